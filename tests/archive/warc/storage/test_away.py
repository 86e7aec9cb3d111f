"""The file that stands for one in a storage says where it is and what it must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.warc.storage import away

INDEX = {"of": "2026-03.warc.gz", "sha256": "ab", "lengths": [3, 4], "sizes": [5, 6]}
DIGEST = "916f0027a575074ce72a331777c3478d6513f786a591bd892da1a577bf2335f9"


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage/x").write_bytes(b"test data")
    path = tmp_path / "2026-03.warc.zst.away"
    away.write(path, away.Away(f"file://{tmp_path}/storage/x", 9, DIGEST, 8, INDEX))
    return path


def test_it_is_read_as_it_was_written(stub: Path) -> None:
    known = away.load(stub)
    assert (known.size, known.sha256, known.start, known.index) == (9, DIGEST, 8, INDEX)
    assert away.piece(stub, 5, 4) == b"data"


def test_how_an_object_was_altered_is_said(stub: Path) -> None:
    thing = stub.parent / "storage/x"
    assert away.alteration(stub) == ""
    thing.write_bytes(b"test DATA")
    assert away.alteration(stub).endswith(f"does not have the SHA-256 {DIGEST}")
    thing.write_bytes(b"test")
    assert away.alteration(stub).endswith("has 4 bytes and not 9")
    thing.unlink()
    assert away.alteration(stub).endswith("is not there")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "other"}', '{"format": "dateline-away-1", "url": "x"}'])
def test_a_damaged_one_is_said_to_be(stub: Path, text: str) -> None:
    stub.write_text(text)
    with pytest.raises(WarcError, match="is damaged"):
        away.load(stub)
    stub.unlink()
    with pytest.raises(WarcError, match="cannot be opened"):
        away.load(stub)
