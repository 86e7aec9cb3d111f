"""The samples a source's template is made of: a bounded set of pages that does not depend on the order of arrival.

Kept are the newest pages and an even spread over all time (those whose hash is lowest: a bottom-k sample). Both are
functions of the set of pages seen. A page is its canonical address: its newest capture replaces an earlier one.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Container, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from typing import Self

from archive.sample import Sample

NEWEST = 64
SPREAD = 64
_FORMAT = 1
_TWIN_SHARE = 0.7


@dataclass(frozen=True, eq=False)
class Page:
    """One page's passages in order: fingerprints, places, lengths and shares of links, row by row."""

    key: int
    at: int
    marks: array[int]
    places: array[int]
    lengths: array[int]
    links: array[int]

    @property
    def longest(self) -> list[int]:
        """The fingerprints of the page's five longest passages of prose."""
        prose = sorted(self.prose().items(), key=lambda item: (-item[1], item[0]))
        return [mark for mark, _ in prose[:5]]

    def prose(self) -> dict[int, int]:
        """The passages that are no links, with their lengths."""
        rows = zip(self.marks, self.lengths, self.links, strict=True)
        return {mark: length for mark, length, link in rows if link < 50}

    def is_twin(self, other: Page, common: Container[int]) -> bool:
        """Whether two addresses hold one article: nearly all the prose of each, common passages aside, is both's."""
        mine = {mark: length for mark, length in self.prose().items() if mark not in common}
        theirs = {mark: length for mark, length in other.prose().items() if mark not in common}
        shared = sum(length for mark, length in mine.items() if mark in theirs)
        return shared >= _TWIN_SHARE * max(sum(mine.values()), sum(theirs.values()), 1)


class Samples:
    """What is remembered of a source: at most NEWEST + SPREAD pages and the beginnings of their passages."""

    def __init__(self, pages: dict[int, Page], shown: dict[int, str]) -> None:
        self._pages = pages
        self._shown = shown
        self._forgotten = False

    @classmethod
    def empty(cls) -> Self:
        return cls({}, {})

    def pages(self) -> Sequence[Page]:
        """The remembered pages in an order that is always the same."""
        return [self._pages[key] for key in sorted(self._pages)]

    def shown(self, mark: int) -> str:
        """The beginning of a passage as a page has it."""
        return self._shown.get(mark, "")

    def add(self, sample: Sample, at: int) -> None:
        """Remember a page as of a moment in seconds, and forget what no longer belongs to the sample."""
        page = Page(
            sample.page,
            at,
            array("q", sample.fingerprints),
            array("I", sample.places),
            array("H", sample.lengths),
            array("B", sample.links),
        )
        earlier = self._pages.get(page.key)
        if earlier and (earlier.at, earlier.marks.tobytes()) >= (page.at, page.marks.tobytes()):
            return
        self._pages[page.key] = page
        for mark, text in zip(sample.fingerprints, sample.shown, strict=True):
            self._shown[mark] = min(self._shown.get(mark, text), text)
        if len(self._pages) > NEWEST:
            self._forget()

    def _forget(self) -> None:
        newest = nlargest(NEWEST, self._pages.values(), key=lambda page: (page.at, page.key))
        kept = {page.key for page in newest} | set(nsmallest(SPREAD, self._pages))
        for key in self._pages.keys() - kept:
            del self._pages[key]
            self._forgotten = True

    def _held(self) -> dict[int, str]:
        """The beginnings of the passages of remembered pages."""
        if self._forgotten:
            held = {mark for page in self._pages.values() for mark in page.marks}
            self._shown = {mark: text for mark, text in self._shown.items() if mark in held}
            self._forgotten = False
        return self._shown

    def to_bytes(self) -> bytes:
        """The memory as bytes, to be kept; under 1 MB for any source."""
        pages = self.pages()
        head = [_FORMAT, [[page.key, page.at, len(page.marks)] for page in pages], sorted(self._held().items())]
        rows = b"".join(
            column.tobytes() for page in pages for column in (page.marks, page.places, page.lengths, page.links)
        )
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return zlib.compress(len(text).to_bytes(4, "big") + text + rows, 3)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The memory that `to_bytes` wrote. Raises ValueError for bytes of another format."""
        raw = zlib.decompress(stored)
        start = 4 + int.from_bytes(raw[:4], "big")
        version, heads, shown = json.loads(raw[4:start])
        if version != _FORMAT:
            raise ValueError(f"a template memory of format {version}; this version reads {_FORMAT}")
        pages: dict[int, Page] = {}
        for key, at, count in heads:
            columns = []
            for kind, size in (("q", 8), ("I", 4), ("H", 2), ("B", 1)):
                columns.append(array(kind, raw[start : start + count * size]))
                start += count * size
            pages[key] = Page(key, at, *columns)
        return cls(pages, {int(mark): text for mark, text in shown})
