"""Heads of HTTP messages as bytes and back: lenient as browsers are, bounded, in linear time."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.warc import http
from tests.support.warcs import exchange

_NAME = st.text("abcXYZ-09", min_size=1, max_size=20)
_VALUE = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=60).map(
    lambda value: value.strip(" \t\x85\xa0")
)


@settings(deadline=None)
@given(
    st.integers(100, 999),
    st.lists(st.tuples(_NAME, _VALUE), max_size=20),
    st.binary(max_size=500),
)
def test_a_response_comes_back(status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    head = http.response_head(exchange(status=status, reason="So", response_headers=tuple(headers)))
    message = http.parse_response(head + body)
    assert (message.status, message.reason, message.body) == (status, "So", body)
    assert message.headers == tuple(headers)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(block: bytes) -> None:
    try:
        http.parse_response(b"HTTP/1.1 200\r\n" + block)
        http.parse_response(block)
    except ValueError:
        pass


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"HTTP/1.1 200 OK", 200),
        (b"HTTP/1.0 404", 404),
        (b"HTTP/2 200", 200),
        (b"HTTP/2.0 301 ", 301),
        (b"HTTP/3 503 busy", 503),
        (b":status: 200", 200),
        (b"http/1.1 0 none", 0),
    ],
)
def test_status_lines_of_all_versions(line: bytes, status: int) -> None:
    assert http.parse_response(line + b"\r\nA: b\r\n\r\nx") == http.Message(
        status, http.parse_response(line + b"\r\n\r\n").reason, (("A", "b"),), b"x"
    )


@pytest.mark.parametrize("line", [b"", b"no status line at all", b"HTTP/1.1", b"HTTP/1.1 abc", b"GET / HTTP/1.1"])
def test_what_has_no_status_line_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="no HTTP status line"):
        http.parse_response(line + b"\r\n\r\n")


def test_what_stands_before_an_answer_is_passed_over() -> None:
    answer = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </press.css>\r\n\r\n"
    for before in (b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", early * 2, b"\n" + early):
        assert http.final_answer(before + answer) == answer
        assert http.parse_response(before + answer) == http.Message(200, "OK", (("A", "b"),), b"body")
    for alone in (b"HTTP/1.1 100 Continue\r\n\r\n", early + b"words", b"HTTP/1.1 200 OK\r\n\r\n" + answer):
        assert http.final_answer(alone) == alone
    assert http.parse_response(early * 9 + early + answer).status == 103


def test_a_head_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="does not end within"):
        http.parse_response(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300_000)
    assert len(http.parse_response(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 12_000 + b"\r\n").headers) == 12_000


def test_folded_lines_take_linear_time() -> None:
    """Processor time of one run: four times the lines take about four times as long, and not sixteen."""

    def seconds(count: int) -> float:
        lines = [b"X: y", *[b" z"] * count]
        begin = time.process_time()
        http.parse_headers(lines)
        return time.process_time() - begin

    assert min(seconds(160_000) for _ in range(3)) < 9 * min(seconds(40_000) for _ in range(3))


def test_an_address_that_cannot_be_split_asks_for_the_root() -> None:
    assert http.request_head(exchange(url="http://[broken/a")).startswith(b"GET / HTTP/1.1\r\n")


def test_headers_beyond_latin_1_are_written_as_utf_8() -> None:
    head = http.request_head(exchange(request_headers=(("X-Name", "Zoë 港口"),)))
    assert "X-Name: Zoë 港口\r\n".encode() in head
    latin = http.request_head(exchange(request_headers=(("X-Name", "Zoë"),)))
    assert "X-Name: Zoë\r\n".encode("latin-1") in latin


def test_a_head_that_is_too_long_to_be_read_back_is_written_from_its_fields() -> None:
    endless = b"HTTP/1.1 200 OK\r\nX: " + b"x" * http.MAX_HEAD + b"\r\n\r\n"
    assert http.response_head(exchange(head=endless)).startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
    whole = b"HTTP/1.1 200 Fine\r\nX: y\r\n\r\n"
    assert http.response_head(exchange(head=whole)) == whole


def test_gzip_that_no_header_tells_of_is_undone_but_not_for_a_gzip_file() -> None:
    twice = gzip.compress(gzip.compress(b"<p>words</p>"))
    page = http.Message(200, "OK", (("Content-Type", "text/html"),), twice)
    assert http.decoded_body(page) == b"<p>words</p>"
    assert http.decoded_body(replace(page, headers=(("Content-Type", "application/gzip"),))) == twice
