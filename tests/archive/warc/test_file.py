"""A WARC file on disk: names that stay inside, locks, and records that are too large to be read."""

from __future__ import annotations

import tracemalloc
import zlib
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.warc import file
from archive.warc.file import Damage, Located, lock, open_file, path_of, torn_tail, walk_file
from tests.support.warcs import exchange, written


def test_a_record_that_unpacks_to_too_much_is_damage_and_takes_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MAX_RECORD", 1_000_000)
    (capture,) = written(tmp_path, exchange())
    path = tmp_path / capture.warc_file
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    whole = path.read_bytes()
    path.write_bytes(whole + bomb + whole)
    tracemalloc.start()
    try:
        found = list(walk_file(path))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
    assert [isinstance(one, Located) for one in found] == [True] * 3 + [False] + [True] * 3
    assert isinstance(found[3], Damage)
    assert "larger than 1000000" in found[3].reason
    assert torn_tail(path) is None


def test_one_writer_holds_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.touch()
    with open_file(path, "r+b") as one, open_file(path, "r+b") as other:
        lock(one.fileno(), path, 0)
        with pytest.raises(WarcError, match="is being written by another process"):
            lock(other.fileno(), path, 0)
    with open_file(path, "r+b") as other:
        lock(other.fileno(), path, 0)


@pytest.mark.parametrize("name", ["warc/osk/a.warc", "warc/osk/2026-03.warc.gz", "warc/ö k/a.warc.gz"])
def test_names_inside_the_archive_are_paths(tmp_path: Path, name: str) -> None:
    assert path_of(tmp_path, name) == tmp_path / name
