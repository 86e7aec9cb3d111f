"""Exchanges written to WARC files and read back, whatever happens in between."""

from __future__ import annotations

import errno
import gzip
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.core.errors import WarcError
from archive.core.model import Capture, Link, Validators
from archive.warc import Damage, Located, WarcWriter, files, read, read_raw, records, recover, scan, walk
from tests.support.warcs import AT, HEADERS, PAGE, check, exchange, known_to_warcio, written

# Writing


def test_a_response_is_read_back_as_it_came(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    response = read(tmp_path, capture)
    assert response.body == PAGE
    assert response.headers == HEADERS
    assert capture == Capture(
        source="velmora",
        url="https://press.velmora.example/news/quay?lang=en",
        asked="https://press.velmora.example/news/quay?lang=en",
        kind="page",
        fetched_at=AT,
        status=200,
        digest=records.digest(PAGE),
        warc_file="warc/velmora/2026-11.warc.gz",
        warc_offset=capture.warc_offset,
        warc_length=capture.warc_length,
        etag='"v1"',
        last_modified="Mon, 23 Nov 2026 08:00:00 GMT",
        content_type="text/html; charset=utf-8",
    )


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [("", ""), ("disconnect", "disconnect"), ("length", "length"), ("time", "time"), ("moonlight", "unspecified")],
)
def test_what_broke_off_is_marked_in_the_record(tmp_path: Path, stated: Any, read_as: str) -> None:
    (capture,) = written(tmp_path, exchange(truncated=stated))
    check(tmp_path)
    assert known_to_warcio(tmp_path / capture.warc_file)[2][1].get("WARC-Truncated", "") == stated
    assert capture.truncated == read_as
    assert [found.truncated for found in scan(tmp_path, capture.warc_file)] == [read_as]


def test_a_head_is_kept_byte_for_byte_where_it_is_known(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200\r\nframe-src 'self'\r\nX-Odd : caf\xe9\nETag:\tx\r\n\r\n"
    (capture,) = written(tmp_path, exchange(head=head))
    check(tmp_path)
    with gzip.open(tmp_path / capture.warc_file) as file:
        assert head + PAGE in file.read()
    assert read(tmp_path, capture).body == PAGE
    assert capture.etag == "x"


def test_a_head_that_would_be_read_back_otherwise_is_written_anew(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange(head=b"HTTP/1.1 200 OK\r\n \r\nA: b\r\n\r\n"))
    assert read(tmp_path, capture).body == PAGE


def test_other_programs_accept_the_file_and_find_its_records(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    check(tmp_path)
    info, request, response = known_to_warcio(tmp_path / capture.warc_file)
    assert info[0] == "warcinfo"
    assert info[2].decode().splitlines() == [
        "software: Dateline/0.1",
        "operator: press-archive@velmora.example",
        "robots: obey",
        "format: WARC File Format 1.1",
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ]
    assert request[0] == "request"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    assert response[0] == "response"
    assert response[1]["WARC-Date"] == "2026-11-24T09:30:15.250000Z"
    assert response[1]["WARC-IP-Address"] == "192.0.2.7"
    assert response[1]["WARC-Payload-Digest"] == records.digest(PAGE)
    assert response[2] == PAGE


def test_warcio_notices_a_changed_byte(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange())
    path = tmp_path / capture.warc_file
    content = path.read_bytes()
    response = gzip.decompress(content[capture.warc_offset :]).replace(b"second quay", b"third! quay")
    path.write_bytes(content[: capture.warc_offset] + gzip.compress(response))
    with pytest.raises(AssertionError):
        check(tmp_path)


def test_a_request_stands_as_it_was_sent(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange(method="GET", http_version="1.0"))
    request = next(one for one in walk(tmp_path / capture.warc_file, 0) if _type(one) == "request")
    assert isinstance(request, Located)
    assert request.record.block == (
        b"GET /news/quay?lang=en HTTP/1.0\r\nHost: press.velmora.example\r\nUser-Agent: Dateline/0.1\r\n\r\n"
    )


def _type(found: Located | Damage) -> str:
    return found.record.type if isinstance(found, Located) else "damage"


def test_header_bytes_beyond_ascii_survive(tmp_path: Path) -> None:
    headers = (("X-Title", "Ünïté ÿ".encode("latin-1").decode("latin-1")), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    (capture,) = written(tmp_path, exchange(response_headers=headers))
    check(tmp_path)
    assert read(tmp_path, capture).headers == headers
    block = list(walk(tmp_path / capture.warc_file))[-1]
    assert isinstance(block, Located)
    assert "X-Title: Ünïté ÿ\r\n".encode("latin-1") in block.record.block


def test_a_header_cannot_end_the_head_early(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange(response_headers=(("X-Bad", "one\r\n\r\n<script>"), ("X-Good", "yes"))))
    response = read(tmp_path, capture)
    assert response.headers == (("X-Bad", "one <script>"), ("X-Good", "yes"))
    assert response.body == PAGE


def test_what_discovery_knew_is_known_after_a_scan(tmp_path: Path) -> None:
    link = Link(
        "https://press.velmora.example/q", "Hafen “neu” 港", "2026-11-24T09:00+01:00", "", "https://x.example/feed"
    )
    (capture,) = written(
        tmp_path, exchange(kind="redirect", asked="https://press.velmora.example/q", link=link, status=301, body=b"")
    )
    assert (capture.kind, capture.asked, capture.link) == ("redirect", "https://press.velmora.example/q", link)
    assert list(scan(tmp_path, capture.warc_file)) == [capture]


def test_a_redirect_tells_where_to(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange(status=302, response_headers=(("Location", "../moved"),), body=b""))
    assert capture.location == "https://press.velmora.example/moved"


def test_a_month_is_that_of_greenwich_and_a_source_has_its_folder(tmp_path: Path) -> None:
    late = datetime(2026, 12, 1, 3, 0, tzinfo=timezone(timedelta(hours=5)))
    captures = written(tmp_path, exchange(), exchange(fetched_at=late), exchange(source="osk-énergie", fetched_at=late))
    assert [capture.warc_file for capture in captures] == [
        "warc/velmora/2026-11.warc.gz",
        "warc/velmora/2026-11.warc.gz",
        "warc/osk-énergie/2026-11.warc.gz",
    ]
    assert captures[1].fetched_at == late
    assert files(tmp_path) == ["warc/osk-énergie/2026-11.warc.gz", "warc/velmora/2026-11.warc.gz"]


def test_a_second_writer_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    first = written(tmp_path, exchange())
    second = written(tmp_path, exchange(url="https://press.velmora.example/news/2"))
    assert list(scan(tmp_path, first[0].warc_file)) == [*first, *second]
    assert [_type(one) for one in walk(tmp_path / first[0].warc_file)].count("warcinfo") == 1


@pytest.mark.parametrize("source", ["", "..", ".hidden", "a/b", "a\\b", "a\0b", "x" * 101, "a\nb"])
def test_a_source_name_that_leads_elsewhere_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(WarcError, match="choose another name"):
        WarcWriter(tmp_path, "Dateline/0.1").write(exchange(source=source))
    assert list(tmp_path.iterdir()) == []


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


def test_more_sources_than_may_be_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.warc.writer._MAX_OPEN", 3)
    sources = [f"s{number % 7}" for number in range(30)]
    captures = written(tmp_path, *(exchange(source=source) for source in sources))
    assert [capture.source for capture in captures] == sources
    assert {capture for name in files(tmp_path) for capture in scan(tmp_path, name)} == set(captures)


# Revisits


def _earlier(digest: str) -> Validators:
    return Validators('"v1"', "", digest, AT - timedelta(days=1), "https://press.velmora.example/news/quay")


def test_not_modified_becomes_a_revisit_of_the_earlier_capture(tmp_path: Path) -> None:
    first, again = written(
        tmp_path,
        exchange(),
        exchange(status=304, reason="Not Modified", body=b"", earlier=_earlier(records.digest(PAGE))),
    )
    check(tmp_path)
    assert again.revisit
    assert again.digest == first.digest
    assert read(tmp_path, again).body == b""
    revisit = known_to_warcio(tmp_path / again.warc_file)[-1]
    assert revisit[0] == "revisit"
    assert revisit[1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit[1]["WARC-Refers-To-Target-URI"] == "https://press.velmora.example/news/quay"
    assert revisit[1]["WARC-Refers-To-Date"] == "2026-11-23T09:30:15.250000Z"


def test_equal_bytes_become_a_revisit_without_the_body(tmp_path: Path) -> None:
    first, again = written(tmp_path, exchange(), exchange(earlier=_earlier(records.digest(PAGE))))
    check(tmp_path)
    assert (first.revisit, again.revisit) == (False, True)
    assert again.digest == records.digest(PAGE)
    last = known_to_warcio(tmp_path / again.warc_file)[-1]
    assert last[1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert read(tmp_path, again).headers == HEADERS


@pytest.mark.parametrize(
    "changes",
    [
        {"earlier": _earlier(records.digest(b"other"))},
        {"earlier": replace(_earlier(records.digest(PAGE)), captured_at=None)},
        {"earlier": _earlier(records.digest(PAGE)), "status": 404},
        {"earlier": Validators()},
    ],
)
def test_anything_else_is_kept_in_full(tmp_path: Path, changes: dict[str, Any]) -> None:
    (capture,) = written(tmp_path, exchange(**changes))
    assert not capture.revisit
    assert read(tmp_path, capture).body == PAGE


def test_not_modified_without_anything_earlier_is_still_recorded(tmp_path: Path) -> None:
    (capture,) = written(tmp_path, exchange(status=304, body=b""))
    check(tmp_path)
    assert (capture.revisit, capture.digest) == (True, "")
    assert list(scan(tmp_path, capture.warc_file)) == [capture]


# Durability


def test_nothing_is_announced_before_it_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    capture = writer.write(exchange())
    folder = tmp_path / "warc" / "velmora"
    assert synced == [str(folder), str(tmp_path / "warc"), str(tmp_path)], "the folders that name the new file"
    assert writer.sync() == (capture,)
    assert synced[3:] == [str(tmp_path / capture.warc_file)]
    assert writer.sync() == ()
    assert len(synced) == 4, "nothing was written since"
    writer.close()


def test_a_disk_that_fails_to_sync_takes_back_what_was_not_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    writer.write(exchange(url="https://press.velmora.example/lost"))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WarcError, match="No space left on device"):
            writer.sync()
    later = writer.write(exchange(url="https://press.velmora.example/later"))
    assert writer.sync() == (later,)
    writer.close()
    assert list(scan(tmp_path, safe.warc_file)) == [safe, later]
    check(tmp_path)


def test_what_was_safe_before_a_failed_sync_is_announced_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange(source="first"))
    writer.write(exchange(source="second"))
    fsync = os.fsync

    def failing(name: str) -> None:
        def sync(descriptor: int) -> None:
            if name in os.readlink(f"/proc/self/fd/{descriptor}"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            fsync(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", sync)
            with pytest.raises(WarcError, match=f"{name}.*Input/output error"):
                writer.sync()

    failing("second")
    writer.write(exchange(source="first", url="https://press.velmora.example/lost"))
    failing("first")
    assert writer.sync() == (safe,)
    writer.close()
    assert list(scan(tmp_path, safe.warc_file)) == [safe]


def test_a_record_that_begins_where_the_safe_ones_end_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An imported response has no request before it."""
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    lost = writer.append("velmora", AT, records.of_exchange(exchange(body=b"lost"))[1])
    assert lost.warc_offset == safe.warc_offset + safe.warc_length

    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(WarcError, match="Input/output error"):
            writer.sync()
    assert writer.sync() == ()
    writer.close()


@contextmanager
def _room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size, as on a disk with no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_stops_cleanly_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    path = tmp_path / safe.warc_file
    size = path.stat().st_size
    waiting = writer.write(exchange(url="https://press.velmora.example/waiting"))
    for room in range(path.stat().st_size, path.stat().st_size + 400, 40):
        with _room(room), pytest.raises(WarcError, match=r"2026-11\.warc\.gz cannot be written: File too large"):
            writer.write(exchange(url="https://press.velmora.example/too-much"))
        assert path.stat().st_size == waiting.warc_offset + waiting.warc_length
    later = writer.write(exchange(url="https://press.velmora.example/later"))
    assert writer.sync() == (waiting, later)
    writer.close()
    assert path.stat().st_size > size
    assert list(scan(tmp_path, safe.warc_file)) == [safe, waiting, later]
    check(tmp_path)


def test_a_disk_too_full_to_begin_a_file(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    with _room(20), pytest.raises(WarcError, match="cannot be written"):
        writer.write(exchange())
    capture = writer.write(exchange())
    assert writer.sync() == (capture,)
    writer.close()
    check(tmp_path)
    assert [_type(one) for one in walk(tmp_path / capture.warc_file)] == ["warcinfo", "request", "response"]


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    first = WarcWriter(tmp_path, "Dateline/0.1")
    first.write(exchange())
    second = WarcWriter(tmp_path, "Dateline/0.1", patience=0.05)
    with pytest.raises(WarcError, match="being written by another process"):
        second.write(exchange())
    with pytest.raises(WarcError, match="being written by another process"):
        recover(tmp_path, "warc/velmora/2026-11.warc.gz", patience=0.05)
    first.close()
    assert second.write(exchange()).warc_offset > 0
    second.close()


# Torn and damaged files


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


# Any exchange

_token = st.text("ABCdef-0123", min_size=1, max_size=12)
_value = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40).map(
    lambda text: text.strip(" \t")
)
_headers = st.lists(st.tuples(_token.filter(lambda name: name.lower() != "content-encoding"), _value), max_size=6)
_moments = st.integers(0, 4 * 10**15).map(
    lambda microseconds: datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)
)
_text = st.text(max_size=30)


@given(
    body=st.binary(max_size=2000),
    headers=_headers.map(tuple),
    at=_moments,
    status=st.integers(100, 999).filter(lambda status: status != 304),
    reason=st.text("OK notfud", max_size=10).map(str.strip),
    kind=st.sampled_from(["page", "feed", "sitemap", "listing", "robots", "redirect"]),
    link=st.none() | st.builds(Link, _text, _text, _text, _text, _text),
    path=st.text("abc/é?=&%20 \t", max_size=20),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_exchange_comes_back_the_same(tmp_path: Path, path: str, headers: Any, at: datetime, **rest: Any) -> None:
    shutil.rmtree(tmp_path / "warc", ignore_errors=True)
    one = exchange(url="https://press.velmora.example/" + path, response_headers=headers, fetched_at=at, **rest)
    (capture,) = written(tmp_path, one)
    response = read(tmp_path, capture)
    assert response.headers == headers
    assert response.body == one.body
    assert (capture.status, capture.kind, capture.link, capture.fetched_at) == (one.status, one.kind, one.link, at)
    assert list(scan(tmp_path, capture.warc_file)) == [capture]
    check(tmp_path)
