"""Compacted files that are damaged are named, and what they hold is found by the offsets of the file they were."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.warc import Damage, compact, walk
from archive.warc.compact_reader import compacted_form, find_compacted, open_compacted
from tests.support.warcs import PAGE, exchange, written

FILE = "warc/velmora/2026-11.warc.gz"


@pytest.fixture(params=[10**9, 0], ids=["one Brotli stream", "a frame a record"])
def form(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compact, "SMALL", request.param)
    pages = (exchange(url=f"https://press.velmora.example/{n}", body=PAGE * 20 + b"%d" % n) for n in range(12))
    written(tmp_path, *pages)
    compact.compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    path = compacted_form(tmp_path / FILE)
    assert path is not None
    return path


def test_a_record_is_found_by_its_old_offset_under_any_name(form: Path) -> None:
    found = open_compacted(form.rename(form.with_name(".unfinished.part-1")))
    offsets = [offset for offset, _ in found.records()]
    assert len(offsets) == 1 + 2 * 12
    assert found.content(offsets[2]).startswith(b"WARC/1.1\r\nWARC-Type: response")
    with pytest.raises(WarcError, match="no record lay at offset"):
        found.content(offsets[2] + 1)


@pytest.mark.parametrize("size", [0, 3, 40, -30])
def test_a_file_that_is_cut_off_is_named(form: Path, tmp_path: Path, size: int) -> None:
    form.write_bytes(form.read_bytes()[:size])
    with pytest.raises(WarcError, match="is damaged: its index cannot be read"):
        find_compacted(tmp_path / FILE)


def test_a_file_that_is_not_there_has_no_compacted_form(tmp_path: Path) -> None:
    assert find_compacted(tmp_path / FILE) is None


def _with_byte_changed(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def test_a_damaged_record_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compact, "SMALL", 0)
    written(tmp_path, *(exchange(url=f"https://press.velmora.example/{n}", body=PAGE * 20) for n in range(3)))
    compact.compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    path = compacted_form(tmp_path / FILE)
    assert path is not None
    whole = open_compacted(path)
    offsets = [offset for offset, _ in whole.records()]
    _with_byte_changed(path, whole.places[4] + whole.sizes[4] // 2)
    damaged = open_compacted(path)
    with pytest.raises(WarcError, match=rf"the record that lay at offset {offsets[4]} is damaged"):
        damaged.content(offsets[4])
    assert damaged.content(offsets[2]).startswith(b"WARC/1.1\r\nWARC-Type: response")
    found = list(walk(tmp_path / FILE))
    assert [one.offset for one in found if isinstance(one, Damage)] == [offsets[4]]
    assert [one.torn for one in found if isinstance(one, Damage)] == [False], "the file goes on behind it"
    assert len(found) == len(offsets)


@pytest.mark.parametrize("place", [0, 4, 12])
def test_a_damaged_dictionary_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    monkeypatch.setattr(compact, "SMALL", 0)
    written(tmp_path, *(exchange(url=f"https://press.velmora.example/{n}", body=PAGE * 20) for n in range(12)))
    compact.compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    path = compacted_form(tmp_path / FILE)
    assert path is not None
    _with_byte_changed(path, place)
    with pytest.raises(WarcError, match=r"is damaged: its (dictionary|index) cannot be read"):
        open_compacted(path).content(0)


def test_a_compacted_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarcError, match=r"absent\.warc\.zst cannot be opened: No such file"):
        open_compacted(tmp_path / "absent.warc.zst")
