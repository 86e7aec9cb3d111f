"""WARC files are copied, proved equal, and deleted only where the other archive has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.shards import folders


@pytest.fixture
def giving(tmp_path: Path) -> Path:
    folder = tmp_path / "giving/warc/osk"
    folder.mkdir(parents=True)
    (folder / "2026-03.warc.gz").write_bytes(b"march" * 1000)
    (folder / "2026-02.warc.zst").write_bytes(b"february" * 300_000)
    (folder / ".2026-04.warc.gz.part-1").write_bytes(b"half")
    (tmp_path / "taking").mkdir()
    return tmp_path / "giving"


def test_files_are_copied_once_and_then_deleted(giving: Path) -> None:
    taking = giving.parent / "taking"
    seen: list[Path] = []
    assert folders.size(giving, "osk") == 2_405_000
    assert folders.copy(giving, taking, "osk", seen.append) == 2_405_000
    assert [path.name for path in seen] == ["2026-02.warc.zst", "2026-03.warc.gz"]
    assert folders.copy(giving, taking, "osk") == 0
    folders.delete(giving, taking, "osk")
    assert not (giving / "warc/osk").exists()
    assert (taking / "warc/osk/2026-03.warc.gz").read_bytes() == b"march" * 1000
    folders.delete(giving, taking, "osk")


def test_a_file_that_differs_is_copied_anew(giving: Path) -> None:
    taking = giving.parent / "taking"
    folders.copy(giving, taking, "osk")
    path = taking / "warc/osk/2026-03.warc.gz"
    path.write_bytes(b"MARCH" * 1000)
    assert folders.copy(giving, taking, "osk") == 5000
    assert path.read_bytes() == b"march" * 1000


def test_nothing_is_deleted_that_the_other_lacks(giving: Path) -> None:
    taking = giving.parent / "taking"
    folders.copy(giving, taking, "osk")
    (taking / "warc/osk/2026-03.warc.gz").unlink()
    with pytest.raises(ArchiveError, match=r"2026-03.warc.gz stays"):
        folders.delete(giving, taking, "osk")
    assert len(folders.warc_files(giving, "osk")) == 2


def test_a_source_without_files_has_none(tmp_path: Path) -> None:
    assert folders.warc_files(tmp_path, "osk") == []
    assert folders.size(tmp_path, "osk") == 0
