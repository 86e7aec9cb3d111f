"""WARC files read back, also where they are torn or damaged."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.warc import Located, WarcWriter, read, read_raw, records, recover, scan, walk
from tests.support.warcs import AT, check, exchange, written


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "warc/../../x.warc.gz",
        "archive.db",
        "warc/velmora/x.txt",
        "../a/b.warc",
        "warc/b.warc",
        "warc/../b.warc",
    ],
)
def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WarcError, match="not the name of a WARC file"):
        read_raw(tmp_path, name, 0, 100)


def test_a_tail_torn_at_any_byte_is_cut_off_and_all_before_it_kept(tmp_path: Path) -> None:
    first, last = written(tmp_path, exchange(), exchange(url="https://press.velmora.example/last"))
    whole = (tmp_path / first.warc_file).read_bytes()
    end = first.warc_offset + first.warc_length
    request_end = last.warc_offset
    for size in range(end, len(whole)):
        (tmp_path / first.warc_file).write_bytes(whole[:size])
        recovery = recover(tmp_path, first.warc_file, first.warc_offset)
        good = request_end if size >= request_end else end
        assert recovery.kept == (first,)
        assert recovery.dropped_bytes == size - good
        assert recovery.torn_at == (good if size > good else None)
        assert (tmp_path / first.warc_file).read_bytes() == whole[:good]
    check(tmp_path)


def test_zeros_after_a_power_cut_are_cut_off(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    with (tmp_path / capture.warc_file).open("ab") as file:
        file.write(bytes(70_000))
    recovery = recover(tmp_path, capture.warc_file, 0)
    assert (recovery.kept, recovery.dropped_bytes, recovery.damaged) == ((capture,), 70_000, ())
    assert recover(tmp_path, capture.warc_file, 0).torn_at is None


def test_a_whole_file_is_recovered_as_it_is(tmp_path: Path) -> None:
    captures = written(tmp_path, exchange(), exchange())
    before = (tmp_path / captures[0].warc_file).read_bytes()
    recovery = recover(tmp_path, captures[0].warc_file, captures[1].warc_offset)
    assert (recovery.kept, recovery.torn_at, recovery.dropped_bytes) == (captures[1:], None, 0)
    assert (tmp_path / captures[0].warc_file).read_bytes() == before


def test_damage_in_the_middle_costs_its_own_record_alone(tmp_path: Path) -> None:
    first, second, third = written(tmp_path, *(exchange(url=f"https://press.velmora.example/{n}") for n in "abc"))
    path = tmp_path / first.warc_file
    content = bytearray(path.read_bytes())
    content[second.warc_offset + 30 : second.warc_offset + 60] = bytes(30)
    path.write_bytes(content)
    assert list(scan(tmp_path, first.warc_file)) == [first, third]
    recovery = recover(tmp_path, first.warc_file)
    assert recovery.kept == (first, third)
    assert [(one.offset, one.length) for one in recovery.damaged] == [(second.warc_offset, second.warc_length)]
    assert path.read_bytes() == content, "only a tail is cut off"
    with pytest.raises(WarcError, match="no whole record"):
        read(tmp_path, second)


def test_a_writer_appends_after_whole_records_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, last = written(tmp_path, exchange(), exchange())
    with (tmp_path / first.warc_file).open("r+b") as file:
        file.truncate(last.warc_offset + 10)
    (later,) = written(tmp_path, exchange(url="https://press.velmora.example/later"))
    assert list(scan(tmp_path, first.warc_file)) == [first, later]
    assert "torn record: its 10 bytes were cut off" in caplog.text
    check(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    shutil.rmtree(tmp_path / "warc")
    for attempt in (lambda: read(tmp_path, capture), lambda: list(scan(tmp_path, capture.warc_file))):
        with pytest.raises(WarcError, match=r"2026-11\.warc\.gz cannot be opened: No such file"):
            attempt()


def test_a_row_that_points_elsewhere_is_refused(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    with pytest.raises(WarcError, match="no whole record"):
        read(tmp_path, replace(capture, warc_offset=capture.warc_offset + 1))
    with pytest.raises(WarcError, match="warcinfo record"):
        read(tmp_path, replace(capture, warc_offset=0))


def test_a_record_without_an_http_response_is_named(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    writer.append("velmora", AT, *records.of_exchange(exchange()))
    (capture,) = writer.sync()
    writer.close()
    located = [one for one in walk(tmp_path / capture.warc_file) if isinstance(one, Located)]
    info = located[0]
    with pytest.raises(WarcError, match="the record at offset 0 is a warcinfo record"):
        read_raw(tmp_path, capture.warc_file, info.offset, info.length)
    content = records.to_bytes(located[-1].record).replace(b"HTTP/1.1 200 OK", b"SMTP/1.1 250 OK")
    with (tmp_path / capture.warc_file).open("ab") as file:
        place, member = file.tell(), gzip.compress(content)
        file.write(member)
    with pytest.raises(WarcError, match=rf"the record at offset {place} holds no HTTP response: no HTTP status line"):
        read_raw(tmp_path, capture.warc_file, place, len(member))
