"""Content codings and chunks undone, also where servers got them wrong."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd

from archive.warc import Located, http, read, read_raw, records, walk
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
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(100_000_000)))),
        ("gzip", gzip.compress(bytes(1_000_000)) * 50),
        ("deflate", zlib.compress(bytes(100_000_000))),
        ("br", brotli.compress(bytes(100_000_000), quality=1)),
        ("zstd", zstd.compress(bytes(100_000_000))),
    ],
)
def test_a_decompression_bomb_is_not_unpacked(coding: str, bomb: bytes) -> None:
    message = http.Message(200, "OK", (("Content-Encoding", coding),), bomb)
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
