"""Exchanges as WARC records, and what other programs and we read back from them."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.core.model import Capture, Link, Validators
from archive.warc import Damage, Located, read, records, scan, walk
from tests.examples import examples
from tests.support.warcs import AT, HEADERS, PAGE, check, exchange, known_to_warcio, written


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
@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@pytest.mark.parametrize("length", ["2000", "-1", "many", ""])
def test_a_record_with_fewer_bytes_than_it_states_is_refused(length: str) -> None:
    content = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nshort".encode()
    with pytest.raises(ValueError, match=r"states|invalid literal"):
        records.parse(content)
    whole = content.replace(f"Length: {length}".encode(), b"Length: 5")
    assert records.parse(whole)[0].block == b"short"


def test_what_a_browser_made_of_a_page_is_a_conversion_that_refers_to_it(tmp_path: Path) -> None:
    raw = exchange(kind="raw", record_id=records.new_id())
    made = b"<html><body><p>Now with its text, \xe2\x82\xac 5.</p></body></html>"
    shown = replace(
        raw,
        kind="page",
        fetched_at=AT + timedelta(seconds=2),
        response_headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=made,
        record_id="",
        converts=raw.record_id,
        link=Link(raw.url, "Quay", "2026-11-02"),
    )
    first, second = written(tmp_path, raw, shown)
    assert (first.kind, second.kind, second.status, second.link) == ("raw", "page", 200, shown.link)
    assert (second.digest, second.etag, second.revisit) == (records.digest(made), "", False)
    assert read(tmp_path, first).body == PAGE
    assert read(tmp_path, second).body == made
    *_, answered, converted = [found.record for found in walk(tmp_path / first.warc_file) if isinstance(found, Located)]
    assert (converted.type, converted.get("WARC-Refers-To")) == ("conversion", answered.get("WARC-Record-ID"))
    assert converted.block == made
    assert list(scan(tmp_path, first.warc_file)) == [first, second]
    check(tmp_path)


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01T10:00:00.25+02:00", "2026-03-01T08:00:00.250000+00:00"),
        ("20260301100000", "2026-03-01T10:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
    ],
)
def test_a_date_of_any_program_is_read(stated: str, read: str) -> None:
    assert records.parse_moment(stated).isoformat() == read


@pytest.mark.parametrize("stated", ["", "2026-03-01T10:00:1Z", "2026-13-01T10:00:00Z", "yesterday"])
def test_a_date_that_cannot_be_read_is_named(stated: str) -> None:
    with pytest.raises(ValueError, match=f"its date cannot be read: '{stated}'"):
        records.parse_moment(stated)
