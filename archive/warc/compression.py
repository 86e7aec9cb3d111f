"""Compresses and decompresses WARC records: gzip members, Zstandard frames and Brotli streams.

ISA-L is ten times faster than zlib, and its files are a tenth larger. `content_coding` decodes HTTP bodies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

InflateError: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub calls the class an instance
_BROTLI_ERROR: type[Exception] = brotli.error
ZstdError = zstd.ZstdError
ZstdDictionary = zstd.ZstdDict

_GZIP_LEVEL, _ZSTD_LEVEL = 2, 19
"""How much time is spent on size. With another gzip level, a compacted file no longer gives back the same bytes."""

_ZSTD_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: _ZSTD_LEVEL,
    zstd.CompressionParameter.window_log: 24,
    zstd.CompressionParameter.hash_log: 22,
    zstd.CompressionParameter.chain_log: 23,
    zstd.CompressionParameter.checksum_flag: 1,
}
"""Tables that are large enough to find every passage of a large dictionary, and a checksum, as an archive needs."""

_ZSTD_SMALLEST: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 22,
    zstd.CompressionParameter.window_log: 24,
}
_DICTIONARY_HEAD = 64 * 1024
"""The bytes reserved for the statistics of a dictionary."""


def gzip_member(content: bytes) -> bytes:
    """One gzip member; always the same bytes for the same content, so that a file can be restored exactly."""
    member: bytes = isal_zlib.compress(content, _GZIP_LEVEL, 31)
    return member


def gunzipper() -> isal_zlib.Decompress:
    """A decoder of one gzip member: `decompress(bytes, max_length)`, `eof`, `unused_data`. Raises InflateError."""
    return isal_zlib.decompressobj(31)


def zstd_dictionary(content: bytes, samples: list[bytes]) -> ZstdDictionary:
    """A dictionary with this content, and with the statistics of the samples that are compressed with it.

    The content is chosen and not trained: for the other pages of a site, whole pages are better than the short passages
    that training selects. A dictionary of a megabyte is cheap if a whole month uses it.
    """
    raw = zstd.ZstdDict(content, is_raw=True)
    return zstd.finalize_dict(raw, samples, len(content) + _DICTIONARY_HEAD, _ZSTD_LEVEL)


def zstd_packer(dictionary: ZstdDictionary) -> Callable[[bytes], bytes]:
    """A function that compresses one frame for each call with a dictionary, which is loaded once."""
    compressor = zstd.ZstdCompressor(options=_ZSTD_OPTIONS, zstd_dict=dictionary.as_undigested_dict)

    def pack(content: bytes) -> bytes:
        compressor.set_pledged_input_size(len(content))
        return compressor.compress(content, compressor.FLUSH_FRAME)

    return pack


def pack_zstd(content: bytes) -> bytes:
    """One frame without a dictionary, as small as possible."""
    return zstd.compress(content, options=_ZSTD_SMALLEST)


def unpack_zstd(frame: bytes, dictionary: ZstdDictionary | None, limit: int) -> bytes:
    """The content of a frame. Raises ZstdError if it is damaged, ValueError if it is cut off or over the limit."""
    decompressor = zstd.ZstdDecompressor(zstd_dict=dictionary)
    content = decompressor.decompress(frame, limit)
    if not decompressor.eof:
        raise ValueError("it is cut off or too large")
    return content


def pack_brotli(content: bytes) -> bytes:
    """A Brotli stream, as small as possible: a sixth smaller than Zstandard for one page, as Brotli has built-in
    HTML.
    """
    packed: bytes = brotli.compress(content, quality=11, lgwin=24)
    return packed


def unpack_brotli(packed: bytes, limit: int) -> bytes:
    """The content of a whole stream. Raises ValueError if it is damaged, cut off or over the limit."""
    stream = brotli.Decompressor()
    try:
        content: bytes = stream.process(packed, output_buffer_limit=limit)
    except _BROTLI_ERROR as error:
        raise ValueError(str(error)) from error
    if not stream.is_finished() or len(content) > limit:  # the library gives at least a whole buffer
        raise ValueError("it is cut off or too large")
    return content
