"""Compressed records come back as they were, or are refused."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.warc import compression
from archive.warc.compression import ZstdError

SAMPLES = [b"<p>Harbour minutes, line %d of the year.</p>" % number for number in range(300)]


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_what_was_packed_comes_back(content: bytes) -> None:
    assert gzip.decompress(compression.gzip_member(content)) == content
    assert compression.gzip_member(content) == compression.gzip_member(bytes(content))
    assert compression.unpack_zstd(compression.pack_zstd(content), None, 3000) == content
    assert compression.unpack_brotli(compression.pack_brotli(content), 3000) == content


def test_a_dictionary_makes_records_smaller_and_is_needed_to_read_them() -> None:
    content = b"".join(SAMPLES)
    dictionary = compression.zstd_dictionary(content, SAMPLES)
    frames = [compression.zstd_packer(dictionary)(one) for one in (content[500:2500], content[3000:4000])]
    assert len(frames[0]) < len(compression.pack_zstd(content[500:2500]))
    assert compression.unpack_zstd(frames[0], dictionary, 2000) == content[500:2500]
    assert compression.unpack_zstd(frames[1], dictionary, 2000) == content[3000:4000]
    with pytest.raises(ZstdError):
        compression.unpack_zstd(frames[0], None, 2000)


@pytest.mark.parametrize(
    ("pack", "unpack"),
    [
        (compression.pack_brotli, compression.unpack_brotli),
        (compression.pack_zstd, lambda packed, limit: compression.unpack_zstd(packed, None, limit)),
    ],
)
def test_what_is_cut_off_or_too_large_is_refused(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes]
) -> None:
    content = b"".join(SAMPLES)
    packed = pack(content)
    assert unpack(packed, len(content)) == content
    for broken, limit in ((packed[:-9], len(content)), (packed, 100)):
        with pytest.raises(ValueError, match="cut off or too large"):
            unpack(broken, limit)
