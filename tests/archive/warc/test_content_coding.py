"""Content codings and chunks undone, also where servers got them wrong, in bounded time and memory."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.warc import Located, content_coding, http, read, read_raw, records, walk
from archive.warc.content_coding import decode
from tests.support.warcs import PAGE, exchange, written


def _compressed(body: bytes, window: int) -> bytes:
    packer = zlib.compressobj(wbits=window)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0padding"),
        ("gzip", PAGE),
        ("deflate", _compressed(PAGE, 15)),
        ("deflate", _compressed(PAGE, -15)),
        ("deflate", PAGE),
        ("br", brotli.compress(PAGE)),
        ("br", PAGE),
        ("zstd", zstd.compress(PAGE)),
        ("zstd", PAGE),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("unheard-of", PAGE),
    ],
)
def test_content_codings_are_undone_for_reading_and_kept_in_the_file(tmp_path: Path, coding: str, body: bytes) -> None:
    headers = (("Content-Encoding", coding),) if coding else ()
    (capture,) = written(tmp_path, exchange(response_headers=headers, body=body))
    assert read(tmp_path, capture).body == PAGE
    assert read_raw(tmp_path, capture.warc_file, capture.warc_offset, capture.warc_length) == (200, headers, PAGE)
    assert capture.digest == records.digest(body)
    last = list(walk(tmp_path / capture.warc_file))[-1]
    assert isinstance(last, Located)
    assert last.record.block.endswith(b"\r\n\r\n" + body)


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_a_body_that_breaks_off_is_read_as_far_as_it_goes(pack: Any) -> None:
    body = b"".join(b"<p>Line %d of the minutes.</p>" % number for number in range(20_000))
    packed = pack(body)
    coding = "gzip" if packed.startswith(b"\x1f\x8b") else "br"
    message = http.Message(200, "OK", (("Content-Encoding", coding),), packed[: len(packed) // 2])
    found = http.decoded_body(message)
    assert len(found) > 1000
    assert body.startswith(found)


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip, gzip", lambda: gzip.compress(gzip.compress(bytes(40_000_000), 1), 1)),
        ("gzip", lambda: gzip.compress(bytes(1_000_000)) * 50),
        ("deflate", lambda: zlib.compress(bytes(40_000_000), 1)),
        ("br", lambda: brotli.compress(bytes(40_000_000), quality=1)),
        ("zstd", lambda: zstd.compress(bytes(40_000_000))),
    ],
)
def test_a_decompression_bomb_is_not_unpacked(coding: str, bomb: Callable[[], bytes]) -> None:
    message = http.Message(200, "OK", (("Content-Encoding", coding),), bomb())
    tracemalloc.start()
    try:
        assert http.decoded_body(message, limit=1_000_000) == bytes(1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"4\r\nHarb\r\n3;x=1\r\nour\r\n0\r\nTrailer: 1\r\n\r\n", b"Harbour"),
        (b"4\nHarb\n3\nour\n0\n\n", b"Harbour"),
        (b"4\r\nHarb\r\n9\r\nour", b"Harbour"),
        (b"<p>Harbour</p>", b"<p>Harbour</p>"),
        (b"", b""),
    ],
)
def test_chunks_left_in_a_record_are_joined(body: bytes, expected: bytes) -> None:
    assert http.decoded_body(http.Message(200, "OK", (("Transfer-Encoding", "chunked"),), body)) == expected


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@settings(deadline=None)
@given(st.binary(max_size=5000), st.lists(st.sampled_from(sorted(PACK)), max_size=content_coding.CODINGS))
def test_what_was_coded_comes_back(content: bytes, codings: list[str]) -> None:
    body = content
    for coding in codings:
        body = PACK[coding](body)
    found = decode(body, "", ", ".join(codings), 10_000)
    if content or not codings:
        assert found == content_coding.Decoded(content)


@settings(deadline=None)
@given(st.binary(max_size=2000), st.lists(st.integers(1, 400)), st.sampled_from([b"\r\n", b"\n"]))
def test_chunks_come_back(content: bytes, sizes: list[int], end: bytes) -> None:
    pieces, rest = [], content
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    body = b"".join(b"%x%b%b%b" % (len(one), end, one, end) for one in [*pieces, rest] if one) + b"0" + end * 2
    assert decode(body, "chunked", "", 10_000) == content_coding.Decoded(content)
    assert content.startswith(decode(body[: len(body) // 2], "chunked", "", 10_000).content) or len(body) < 12


@settings(deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(sorted(PACK)), st.booleans())
def test_no_body_breaks_a_decoder(content: bytes, coding: str, chunked: bool) -> None:
    assert len(decode(content, "chunked" if chunked else "", coding, 10_000).content) <= 10_000


@pytest.mark.parametrize("coding", sorted(PACK))
def test_a_cut_body_is_not_whole(coding: str) -> None:
    text = b"".join(b"<p>Line %d of the minutes.</p>" % number for number in range(20_000))
    packed = PACK[coding](text)
    assert decode(packed, "", coding, len(text)).whole
    assert not decode(packed[:-40], "", coding, len(text)).whole
    assert not decode(packed, "", coding, len(text) - 1).whole
    assert decode(text, "", coding, len(text)) == content_coding.Decoded(text), "it is not coded at all"


def test_chunks_that_end_early_are_not_whole() -> None:
    body = b"4\r\nHarb\r\n9\r\nour"
    assert not decode(body, "chunked", "", 100).whole
    assert decode(b"4\r\nHarb\r\n0\r\n\r\n", "chunked", "", 100).whole
    assert decode(b"<p>Harbour</p>", "chunked", "", 100).whole, "an archiving program undid the chunks"


def test_a_transfer_coding_is_undone_before_the_content_coding() -> None:
    packed = gzip.compress(brotli.compress(PAGE))
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    assert decode(body, "gzip, chunked", "br", 10_000) == content_coding.Decoded(PAGE)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("field", "unit"),
    [
        ("content", gzip.compress(b"", mtime=0)),
        ("content", gzip.compress(b"<p>", mtime=0)),
        ("transfer", b"1\r\nx\r\n"),
        ("transfer", b"1;" + b"y" * 60 + b"\r\nx\r\n"),
    ],
)
def test_work_grows_with_the_body_and_no_faster(field: str, unit: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processor time of one run: four times the body takes about four times as long, and not sixteen."""
    monkeypatch.setattr(content_coding, "MEMBERS", 10**9)
    codings = ("", "gzip") if field == "content" else ("chunked", "")
    body = unit * 10_000
    decode(body[:1000], *codings, 10**9)
    small = min(_seconds(lambda: decode(body, *codings, 10**9)) for _ in range(3))
    large = min(_seconds(lambda: decode(body * 4, *codings, 10**9)) for _ in range(3))
    assert large < 9 * small


def test_members_and_chunks_are_counted() -> None:
    members = gzip.compress(b"x", mtime=0) * (content_coding.MEMBERS + 5)
    found = decode(members, "", "gzip", 10**9)
    assert (len(found.content), found.whole) == (content_coding.MEMBERS, False)


def test_a_stated_truncation_is_written_and_read(tmp_path: Path) -> None:
    whole, cut = written(
        tmp_path, exchange(), exchange(url="https://press.velmora.example/cut", truncated="length", body=PAGE[:50])
    )
    assert (whole.truncated, cut.truncated) == ("", "length")
    assert read(tmp_path, cut).truncated == "length"
    found = [one for one in walk(tmp_path / cut.warc_file) if isinstance(one, Located)]
    assert [one.record.get("WARC-Truncated") for one in found] == ["", "", "", "", "length"]


def test_a_broken_answer_is_read_as_far_as_it_goes_and_marked(tmp_path: Path) -> None:
    text = b"".join(b"<p>Line %d of the minutes.</p>" % number for number in range(5000))
    packed = gzip.compress(text)
    short, gone = written(
        tmp_path,
        exchange(response_headers=(("Content-Encoding", "gzip"),), body=packed[: len(packed) // 2]),
        exchange(response_headers=(("Content-Length", str(len(PAGE) + 9)),), url="https://press.velmora.example/s"),
    )
    response = read(tmp_path, short)
    assert text.startswith(response.body)
    assert (len(response.body) > 1000, short.truncated, response.truncated) == (True, "", "unspecified")
    assert (gone.truncated, read(tmp_path, gone).truncated) == ("disconnect", "disconnect")
    assert read(tmp_path, gone).body == PAGE
