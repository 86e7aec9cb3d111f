"""Records of chosen captures: each whole, with what belongs to it, and nothing of its neighbours."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.core.model import Capture
from archive.export.records import Excerpt, excerpts
from archive.store.search import all_captures
from archive.warc.records import Record
from tests.support.record import build, reading


def _taken(directory: Path, chosen: list[Capture]) -> list[Excerpt]:
    with reading(directory) as connection:
        return list(excerpts(directory, connection, chosen))


def _captures(directory: Path) -> list[Capture]:
    build(directory)
    with reading(directory) as connection:
        return list(all_captures(connection))


def test_a_capture_comes_with_its_request_and_the_first_of_a_file_with_the_warcinfo(tmp_path: Path) -> None:
    one, two = _captures(tmp_path)[2:4]
    found = _taken(tmp_path, [one, two])
    assert [excerpt.record.type for excerpt in found] == ["warcinfo", "request", "response", "request", "response"]
    assert [excerpt.capture for excerpt in found if excerpt.record.type == "response"] == [one, two]
    assert {excerpt.record.url for excerpt in found[1:3]} == {one.url}


def test_each_file_has_its_own_warcinfo(tmp_path: Path) -> None:
    captures = _captures(tmp_path)
    sources = {capture.source: capture for capture in captures}
    found = _taken(tmp_path, [sources["osk"], sources["valdora"]])
    assert [excerpt.record.type for excerpt in found].count("warcinfo") == 2


def test_a_member_is_the_record_and_always_the_same_bytes() -> None:
    excerpt = Excerpt(Record((), b""), b"WARC/1.1\r\nX: y\r\n\r\n")
    assert gzip.decompress(excerpt.member) == excerpt.content
    assert excerpt.member == replace(excerpt).member


def test_a_record_that_is_not_where_it_was_is_told(tmp_path: Path) -> None:
    one = _captures(tmp_path)[2]
    with pytest.raises(WarcError, match="dateline verify"):
        _taken(tmp_path, [replace(one, warc_offset=one.warc_offset + 1)])


def test_damage_beside_a_record_does_not_keep_it_back(tmp_path: Path) -> None:
    before, chosen = _captures(tmp_path)[2:4]
    path = tmp_path / chosen.warc_file
    content = bytearray(path.read_bytes())
    request = before.warc_offset + before.warc_length
    content[request + 30 : request + 40] = bytes(10)
    path.write_bytes(content)
    assert [excerpt.record.type for excerpt in _taken(tmp_path, [chosen])] == ["warcinfo", "response"]
