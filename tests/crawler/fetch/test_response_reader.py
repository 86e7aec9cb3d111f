"""Responses read as browsers read them, however they are cut into pieces."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fetch.response_reader import (
    MOST_CHUNKS,
    MOST_HEAD_BYTES,
    BodyReader,
    Framing,
    Head,
    HeadReader,
    NotHttp,
    framing,
)


def head_of(raw: bytes, step: int = 0) -> Head:
    reader = HeadReader()
    for start in range(0, len(raw), step or len(raw)):
        head = reader.feed(raw[start : start + (step or len(raw))])
        if head:
            return head
    raise AssertionError("no head")


def test_a_head_is_kept_byte_for_byte_and_read() -> None:
    raw = b"HTTP/1.1 200 Fine\r\nA: 1\r\na : 2\r\nframe-src 'self'\r\nX: caf\xe9 \x01\r\nB:\r\n folded\r\n\r\n"
    head = head_of(raw)
    assert (head.raw, head.version, head.status, head.reason) == (raw, "1.1", 200, "Fine")
    assert head.values("a") == ("1", "2")
    assert head.get("x") == "caf\xe9 \x01"
    assert head.get("b").strip() == "folded"
    assert head.get("none") == ""


@pytest.mark.parametrize("step", [1, 2, 3, 7])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_head_may_come_in_pieces_and_end_its_lines_with_lf_alone(step: int, end: bytes) -> None:
    raw = end.join((b"HTTP/1.0 301", b"Location: /a", b"", b""))
    head = head_of(raw, step)
    assert (head.status, head.reason, head.version, head.get("location")) == (301, "", "1.0", "/a")


def test_what_follows_the_head_is_given_once() -> None:
    reader = HeadReader()
    assert reader.feed(b"HTTP/1.1 200 OK\r\n\r\nbody") is not None
    assert (reader.take_rest(), reader.take_rest()) == (b"body", b"")


def test_a_line_end_before_the_status_line_is_overlooked() -> None:
    assert head_of(b"\r\nHTTP/1.1 200 OK\r\n\r\n").raw == b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "no status line"),
        (b"HTTP/1.1 OK\r\n\r\n", "no status line"),
        (b"x" * 70, "no status line"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"a" * MOST_HEAD_BYTES, "more than"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000, "more than"),
    ],
)
def test_what_is_no_response_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(NotHttp, match=words):
        HeadReader().feed(raw)


@pytest.mark.parametrize(
    ("lines", "status", "expected"),
    [
        (b"Content-Length: 5", 200, Framing("length", 5)),
        (b"Content-Length: 5\r\nContent-Length: 5", 200, Framing("length", 5)),
        (b"Content-Length: 5, 5", 200, Framing("length", 5)),
        (b"Content-Length: -5", 200, Framing("close")),
        (b"Content-Length: many", 200, Framing("close")),
        (b"Content-Length: 99999999999999999999999999", 200, Framing("close")),
        (b"A: b", 200, Framing("close")),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 5", 200, Framing("chunked")),
        (b"Transfer-Encoding: gzip, Chunked", 200, Framing("chunked")),
        (b"Content-Length: 5", 304, Framing("none")),
        (b"Content-Length: 5", 204, Framing("none")),
    ],
)
def test_how_the_end_of_a_body_is_known(lines: bytes, status: int, expected: Framing) -> None:
    assert framing(head_of(b"HTTP/1.1 %d x\r\n%s\r\n\r\n" % (status, lines))) == expected


def test_two_lengths_that_differ_are_refused() -> None:
    with pytest.raises(NotHttp, match=r"several lengths \(5, 6\)"):
        framing(head_of(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"))


@given(
    parts=st.lists(st.binary(min_size=1, max_size=20), max_size=6),
    extension=st.sampled_from([b"", b";a=b", b" ", b' ; q="x"']),
    cuts=st.lists(st.integers(0, 200), max_size=10),
    trailer=st.sampled_from([b"\r\n", b"X: y\r\n\r\n", b""]),
)
@settings(deadline=None)
def test_chunks_are_put_together_however_they_are_cut(
    parts: list[bytes], extension: bytes, cuts: list[int], trailer: bytes
) -> None:
    coded = b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts) + b"0\r\n" + trailer
    reader = BodyReader(Framing("chunked"))
    edges = sorted({0, len(coded), *(cut for cut in cuts if cut < len(coded))})
    for start, end in itertools.pairwise(edges):
        reader.feed(coded[start:end])
    assert reader.content() == b"".join(parts)
    assert reader.done
    assert reader.rest == trailer


def test_chunks_that_end_early_are_not_whole() -> None:
    reader = BodyReader(Framing("chunked"))
    reader.feed(b"5\r\nhello\r\n6\r\nwor")
    assert (reader.content(), reader.is_whole_at_end()) == (b"hellowor", False)


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        (b"zz\r\n", "is no number"),
        (b"-5\r\nhello\r\n", "is no number"),
        (b"F" * 17 + b"\r\n", "is no number"),
        (b"5;" + b"x" * 10_000, "has no end"),
        (b"1\r\nx\r\n" * (MOST_CHUNKS + 1), "pieces"),
    ],
)
def test_chunks_that_nobody_could_read_are_refused(coded: bytes, words: str) -> None:
    with pytest.raises(NotHttp, match=words):
        BodyReader(Framing("chunked")).feed(coded)


def test_a_length_is_kept_to() -> None:
    reader = BodyReader(Framing("length", 5))
    reader.feed(b"hel")
    assert not reader.done
    reader.feed(b"lo, more")
    assert (reader.content(), reader.done, reader.rest) == (b"hello", True, b", more")
    assert BodyReader(Framing("length", 0)).done


@pytest.mark.parametrize(
    ("length", "came", "kept"), [(1000, 500, True), (1000, 499, False), (100_000, 512, True), (0, 511, False)]
)
def test_what_broke_off_is_worth_keeping_if_half_or_half_a_kilobyte_came(length: int, came: int, kept: bool) -> None:
    reader = BodyReader(Framing("length", length) if length else Framing("chunked"))
    reader.feed(b"x" * came if length else b"fff\r\n" + b"x" * came)
    assert reader.is_worth_keeping() is kept
