"""Compressed bytes: gzip, zlib, Brotli and Zstandard, packed, and unpacked as far as they can be read.

The one file that knows the libraries for them. ISA-L is ten times faster than zlib for files a tenth larger.
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

_GZIP_LEVEL = 2
_ZSTD_LEVEL = 19
_ZSTD_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: _ZSTD_LEVEL,
    zstd.CompressionParameter.window_log: 24,
    zstd.CompressionParameter.hash_log: 22,
    zstd.CompressionParameter.chain_log: 23,
    zstd.CompressionParameter.checksum_flag: 1,
}
"""Tables large enough to find every passage of a large dictionary; a checksum, as for any archive."""

_ZSTD_SMALLEST: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 22,
    zstd.CompressionParameter.window_log: 24,
}
_DICTIONARY_HEAD = 64 * 1024
"""Room for a dictionary's statistics."""

_STEP = 1024
"""Bytes given to a decoder at a time: what a fault in a stream may cost."""


def gzip_member(content: bytes) -> bytes:
    """One gzip member; the same bytes for the same content, so that a file can be made again as it was."""
    member: bytes = isal_zlib.compress(content, _GZIP_LEVEL, 31)
    return member


def gunzipper() -> isal_zlib.Decompress:
    """A decoder of one gzip member: `decompress(bytes, max_length)`, `eof`, `unused_data`. Raises InflateError."""
    return isal_zlib.decompressobj(31)


def zstd_dictionary(content: bytes, samples: list[bytes]) -> ZstdDictionary:
    """A dictionary of that content, with the statistics of the samples compressed against it.

    Chosen content, and not trained content, because whole pages serve a site's other pages better than the short
    passages that training picks: dictionaries of a megabyte are cheap where a month shares one.
    """
    raw = zstd.ZstdDict(content, is_raw=True)
    return zstd.finalize_dict(raw, samples, len(content) + _DICTIONARY_HEAD, _ZSTD_LEVEL)


def zstd_packer(dictionary: ZstdDictionary) -> Callable[[bytes], bytes]:
    """What makes one frame a call against a dictionary, which is loaded once."""
    compressor = zstd.ZstdCompressor(options=_ZSTD_OPTIONS, zstd_dict=dictionary.as_undigested_dict)

    def pack(content: bytes) -> bytes:
        compressor.set_pledged_input_size(len(content))
        return compressor.compress(content, compressor.FLUSH_FRAME)

    return pack


def pack_zstd(content: bytes) -> bytes:
    """One frame without a dictionary, as small as can be."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: 22,
        zstd.CompressionParameter.window_log: 24,
    }
    return zstd.compress(content, options=options)


def unpack_zstd(frame: bytes, dictionary: ZstdDictionary | None, limit: int) -> bytes:
    """One frame's content. Raises ZstdError when it is damaged, ValueError when it is cut off or beyond the limit."""
    decompressor = zstd.ZstdDecompressor(zstd_dict=dictionary)
    content = decompressor.decompress(frame, limit)
    if not decompressor.eof:
        raise ValueError("it is cut off or too large")
    return content


def pack_brotli(content: bytes) -> bytes:
    """As small as can be: a sixth smaller than Zstandard for a single page, as Brotli knows HTML by heart."""
    packed: bytes = brotli.compress(content, quality=11, lgwin=24)
    return packed


def unpack_brotli(packed: bytes, limit: int) -> bytes:
    """A whole stream. Raises ValueError when it is damaged, cut off or beyond the limit."""
    stream = brotli.Decompressor()
    try:
        content: bytes = stream.process(packed, output_buffer_limit=limit)
    except _BROTLI_ERROR as error:
        raise ValueError(str(error)) from error
    if not stream.is_finished():
        raise ValueError("it is cut off or too large")
    return content


def _gunzipped(body: bytes, limit: int) -> bytes:
    """One or more gzip members; what follows the last (padding, rubbish) is dropped, as browsers do."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    content = b""
    while body.startswith(b"\x1f\x8b") and len(content) < limit:
        part, body = _inflated(body, 31, limit - len(content))
        content += part
    return content


def _inflated_deflate(body: bytes, limit: int) -> bytes:
    """RFC 9110 says zlib; many servers send raw deflate."""
    content = _inflated(body, 15, limit)[0]
    return content or _as_far_as_read([_inflated(body, -15, limit)[0]], body)


def _inflated(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What can be inflated, and what follows the stream's end; bounded in output, not only at the end."""
    stream = isal_zlib.decompressobj(window)
    parts: list[bytes] = []
    size = at = 0
    try:
        while at < len(body) and not stream.eof and size < limit:
            parts.append(stream.decompress(body[at : at + _STEP], limit - size))
            size += len(parts[-1])
            at += _STEP
    except InflateError:
        return b"".join(parts), b""
    return b"".join(parts), stream.unused_data + body[at:]


def _unbrotlied(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = at = 0
    try:
        while size < limit and not stream.is_finished():
            piece = body[at : at + _STEP] if stream.can_accept_more_data() else b""
            at += len(piece)
            part = stream.process(piece, output_buffer_limit=limit - size)
            parts.append(part)
            size += len(part)
            if not piece and not part:
                break
    except _BROTLI_ERROR:
        return _as_far_as_read(parts, body)
    return b"".join(parts) or body


def _unzstandarded(body: bytes, limit: int) -> bytes:
    stream = zstd.ZstdDecompressor()
    parts: list[bytes] = []
    size = at = 0
    try:
        while at < len(body) and not stream.eof and size < limit:
            parts.append(stream.decompress(body[at : at + _STEP], limit - size))
            size += len(parts[-1])
            at += _STEP
    except zstd.ZstdError:
        return _as_far_as_read(parts, body)
    return b"".join(parts) or body


def _as_far_as_read(parts: list[bytes], body: bytes) -> bytes:
    """What came before a fault, as for a connection that broke; the body itself where it is plainly not compressed."""
    return body if body.lstrip()[:1] in (b"<", b"{") else b"".join(parts) or body


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated_deflate,
    "br": _unbrotlied,
    "zstd": _unzstandarded,
}
"""By the names of RFC 9110 and the registry: a body, and the bytes of output at most. They never raise."""
