"""The bytes of a large document piece by piece, out of any gzip, bounded: no more than a piece is in memory. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_PIECE = 65_536
"""Bytes of a piece of what comes out."""

_PACKED_PIECE = 4096
"""Bytes that gzip is given at a time: what is left behind the end of a member is copied, so it has to be few."""

_MOST_MEMBERS = 10_000
_GZIP = b"\x1f\x8b"


class Unpacked:
    """The pieces of a body under any gzip (twice happens), up to a bound; `problem` says in words what was wrong."""

    def __init__(self, body: bytes, most: int, name: str) -> None:
        self.problem = ""
        self._name = name
        self._body = body
        self._most = most

    def __iter__(self) -> Iterator[bytes]:
        left = self._most
        for piece in self._under_gzip():
            yield piece[:left]
            left -= len(piece)
            if left < 0:
                self.problem = f"{self._name} is larger than {self._most // 1_000_000} MB; the rest was not read"
                return

    def _under_gzip(self) -> Iterator[bytes]:
        pieces = _cut(self._body, _PACKED_PIECE if self._body.startswith(_GZIP) else _PIECE)
        for _ in range(2):
            first = next(pieces, b"")
            pieces = chain([first], pieces)
            if not first.startswith(_GZIP):
                break
            pieces = self._gunzipped(pieces)
        return pieces

    def _gunzipped(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        inflate, members, kept = zlib.decompressobj(zlib.MAX_WBITS | 16), 1, b""
        try:
            for whole in pieces:
                piece, kept = kept + whole, b""
                while piece:
                    if inflate.eof and piece == _GZIP[:1]:  # the next member begins at the end of a piece
                        kept = piece
                        break
                    if inflate.eof and (not piece.startswith(_GZIP) or members == _MOST_MEMBERS):
                        return
                    if inflate.eof:
                        inflate, members = zlib.decompressobj(zlib.MAX_WBITS | 16), members + 1
                    if out := inflate.decompress(piece, _PIECE):
                        yield out
                    piece = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
        except zlib.error as error:
            self.problem = f"its gzip data is damaged ({error}); read as far as possible"
            return
        if not inflate.eof:
            self.problem = "its gzip data ends too early; read as far as possible"


def _cut(body: bytes, size: int) -> Iterator[bytes]:
    view = memoryview(body)
    return (bytes(view[start : start + size]) for start in range(0, len(body), size))
