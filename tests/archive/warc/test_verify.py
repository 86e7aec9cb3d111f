"""WARC files and rows checked: every difference is named, and nothing else is."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.core.model import Capture
from archive.warc import locate
from archive.warc.compact import compact
from archive.warc.records import Record
from archive.warc.verify import Difference, verify
from tests.support.warcs import AT, HEADERS, PAGE, exchange, written

FILE = "warc/velmora/2026-11.warc.gz"
OTHER = "warc/osk/2026-11.warc.gz"


@pytest.fixture
def rows(tmp_path: Path) -> list[Capture]:
    """An archive of two sources and its rows, in order."""
    captures = written(
        tmp_path,
        exchange(),
        exchange(url="https://press.velmora.example/b", status=304, body=b""),
        exchange(url="https://press.velmora.example/c", body=gzip.compress(PAGE)),
        exchange(source="osk", url="https://osk.example/a"),
    )
    return sorted(captures, key=lambda one: (one.warc_file, one.warc_offset))


def named(directory: Path, rows: Iterable[Capture]) -> list[tuple[str, str, int | None]]:
    return [(one.fault, one.warc_file, one.offset) for one in verify(directory, rows)]


def test_a_sound_archive_has_no_differences(tmp_path: Path, rows: list[Capture]) -> None:
    assert list(verify(tmp_path, rows)) == []
    compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    assert list(verify(tmp_path, rows)) == []


def test_rows_and_records_without_each_other_are_named(tmp_path: Path, rows: list[Capture]) -> None:
    assert named(tmp_path, rows[:1] + rows[2:]) == [("record without row", FILE, rows[1].warc_offset)]
    assert named(tmp_path, []) == [("record without row", row.warc_file, row.warc_offset) for row in rows]
    beyond = replace(rows[-1], warc_offset=rows[-1].warc_offset + 5000)
    between = replace(rows[1], warc_offset=rows[1].warc_offset + 1)
    assert named(tmp_path, [*rows, beyond]) == [("row without record", FILE, beyond.warc_offset)]
    assert named(tmp_path, [*rows[:2], between, *rows[2:]]) == [("row without record", FILE, between.warc_offset)]
    info = replace(rows[0], warc_offset=0)
    assert named(tmp_path, [info, *rows]) == [("row without record", OTHER, 0)]


def test_a_missing_file_is_named_once_with_what_was_in_it(tmp_path: Path, rows: list[Capture]) -> None:
    (tmp_path / OTHER).unlink()
    gone = replace(rows[-1], warc_file="warc/zeta/2026-11.warc.gz")
    first, last = verify(tmp_path, [*rows, gone, replace(gone, warc_offset=gone.warc_offset + 1)])
    assert first == Difference("missing file", OTHER, None, "", "it had 1 capture")
    assert last == Difference("missing file", gone.warc_file, None, "", "it had 2 captures")


@pytest.mark.parametrize(
    "change",
    [
        lambda row: replace(row, url="https://press.velmora.example/other"),
        lambda row: replace(row, asked="https://press.velmora.example/other"),
        lambda row: replace(row, source="osk"),
        lambda row: replace(row, kind="feed"),
        lambda row: replace(row, status=404),
        lambda row: replace(row, digest="sha1:A"),
        lambda row: replace(row, revisit=not row.revisit),
        lambda row: replace(row, warc_length=row.warc_length + 1),
        lambda row: replace(row, fetched_at=AT + timedelta(microseconds=1)),
    ],
)
def test_a_row_that_says_something_else_is_named(
    tmp_path: Path, rows: list[Capture], change: Callable[[Capture], Capture]
) -> None:
    (found,) = verify(tmp_path, [*rows[:2], change(rows[2]), *rows[3:]])
    assert (found.fault, found.warc_file, found.offset) == ("row differs", FILE, rows[2].warc_offset)


def test_a_difference_reads_as_a_sentence(tmp_path: Path, rows: list[Capture]) -> None:
    (found,) = verify(tmp_path, [*rows[:3], replace(rows[3], status=404)])
    assert str(found) == (
        f"{FILE} at {rows[3].warc_offset}: row differs: the row says status 404 and not 200: "
        "https://press.velmora.example/c"
    )


def test_damage_and_a_torn_end_are_named(tmp_path: Path, rows: list[Capture]) -> None:
    path = tmp_path / FILE
    content = bytearray(path.read_bytes())
    content[rows[1].warc_offset + 20 : rows[1].warc_offset + 40] = bytes(20)
    path.write_bytes(content[:-7])
    assert named(tmp_path, rows) == [
        ("damage", FILE, rows[1].warc_offset),
        ("row without record", FILE, rows[1].warc_offset),
        ("torn record", FILE, rows[3].warc_offset),
        ("row without record", FILE, rows[3].warc_offset),
    ]


def _rewritten(path: Path, row: Capture, old: bytes, new: bytes) -> None:
    """Change a record's bytes, its compression sound, the rest of the file where it was."""
    content = path.read_bytes()
    end = row.warc_offset + row.warc_length
    record = gzip.decompress(content[row.warc_offset : end])
    assert record.count(old) == 1
    member = gzip.compress(record.replace(old, new), 9)
    path.write_bytes(content[: row.warc_offset] + member + content[end:])


def test_a_changed_body_breaks_both_digests(tmp_path: Path, rows: list[Capture]) -> None:
    _rewritten(tmp_path / FILE, rows[1], b"second quay", b"third! quay")
    found = list(verify(tmp_path, rows))
    assert [one.fault for one in found[:2]] == ["block digest", "payload digest"]
    assert all(one.url == rows[1].url for one in found[:2])


def test_a_changed_header_breaks_the_block_digest_alone(tmp_path: Path, rows: list[Capture]) -> None:
    _rewritten(tmp_path / FILE, rows[1], HEADERS[1][1].encode(), b'"v2"')
    assert [one.fault for one in verify(tmp_path, rows)][:1] == ["block digest"]
    assert "payload digest" not in [one.fault for one in verify(tmp_path, rows)]


def test_an_unreadable_response_is_named(tmp_path: Path, rows: list[Capture]) -> None:
    _rewritten(tmp_path / FILE, rows[1], b"HTTP/1.1 200 OK", b"SMTP/1.1 200 OK")
    assert "unreadable response" in [one.fault for one in verify(tmp_path, rows)]


def test_a_file_that_cannot_be_read_is_named_with_its_rows(tmp_path: Path, rows: list[Capture]) -> None:
    compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    path = locate(tmp_path, FILE)
    path.write_bytes(path.read_bytes()[:-30])
    faults = named(tmp_path, rows)
    assert faults[0] == ("unreadable file", FILE, None)
    assert faults[1:] == [("row without record", FILE, row.warc_offset) for row in rows[1:]]


def test_rows_out_of_order_are_refused(tmp_path: Path, rows: list[Capture]) -> None:
    with pytest.raises(ValueError, match="not in order"):
        list(verify(tmp_path, reversed(rows)))
    with pytest.raises(ValueError, match="not in order"):
        list(verify(tmp_path, [rows[0], *rows]))


def _foreign(directory: Path, body: bytes, *fields: tuple[str, str], head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
    record = Record(
        (
            ("WARC-Type", "response"),
            ("WARC-Target-URI", "https://osk.example/a"),
            ("WARC-Date", "2026-11-24T09:30:15Z"),
            *fields,
        ),
        head + body,
    )
    stated = "".join(
        f"{name}: {value}\r\n" for name, value in (*record.fields, ("Content-Length", str(len(record.block))))
    )
    path = directory / "warc" / "osk" / "foreign.warc"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"WARC/1.0\r\n" + stated.encode() + b"\r\n" + record.block + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("stated", "faults"),
    [
        ("sha1:" + hashlib.sha1(PAGE).hexdigest(), []),
        ("sha256:" + hashlib.sha256(PAGE).hexdigest().upper(), []),
        ("sha-256:" + base64.b32encode(hashlib.sha256(PAGE).digest()).decode().rstrip("="), []),
        ("md5:" + hashlib.md5(PAGE).hexdigest(), []),
        ("xxh3:0123456789abcdef", []),
        ("sha1:" + hashlib.sha1(b"other").hexdigest(), ["payload digest"]),
        ("sha1:!!!", ["payload digest"]),
    ],
)
def test_digests_are_understood_as_other_programs_state_them(tmp_path: Path, stated: str, faults: list[str]) -> None:
    _foreign(tmp_path, PAGE, ("WARC-Payload-Digest", stated))
    found = [one.fault for one in verify(tmp_path, [])]
    assert found == [*faults, "record without row"]


def test_a_digest_may_leave_the_chunks_out(tmp_path: Path) -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for body in (PAGE, chunked):
        _foreign(tmp_path, chunked, ("WARC-Payload-Digest", "sha1:" + hashlib.sha1(body).hexdigest()), head=head)
        assert [one.fault for one in verify(tmp_path, [])] == ["record without row"]
