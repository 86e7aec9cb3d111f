"""The samples that a source's template is made from: a limited set of pages, independent of the order of arrival.

Each sample is stored separately, so that one more page is one more row to write. The set has the newest pages, and an
even selection over all time (those with the lowest hashes: a bottom-k sample). Both depend only on the set of pages
that were seen. A page is identified by its canonical address: its newest capture replaces an earlier one, of which
only the times stay at which it had its sentences.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nlargest, nsmallest
from typing import Self

from archive.boilerplate.sample import UNKNOWN, Sample, is_likely
from archive.text.fingerprint import hash64

NEWEST, SPREAD = 64, 64
"""Pages that are kept of a source: the newest, and those with the smallest keys, which are spread over all its time."""

_FORMAT, _OLDER_FORMAT, _OLDEST_FORMAT = 4, 3, 2
_HEAD, _OLDEST_HEAD = struct.Struct(">BqqIqI"), struct.Struct(">BqqI")
_TWIN_SHARE = 0.7
"""The share of their prose that two pages have in common, if they are one release at two addresses."""

_PROSE, _SENTENCE_LINKED = 40, 20
"""Characters of a passage that is prose, and the percentage in links under which it is a sentence."""

_SHORT = 12
"""Characters of a short passage that may be a sentence of a text."""

_MOST_SPANS = 400


@dataclass(frozen=True, eq=False)
class TemplatePage:
    """The passages of a page in order: fingerprints, places, lengths, shares of links, and how likely each is text.

    `packed` are the beginnings of the passages as bytes, which `shown` reads. `first` is the time of the oldest capture
    of the page, `at` that of the newest, which has these passages. `spans` are the times of the first and the last
    capture that had a sentence, for those that not all of them had.
    """

    key: int
    at: int
    marks: array[int]
    places: array[int]
    lengths: array[int]
    links: array[int]
    packed: bytes
    first: int
    likely: array[int]
    spans: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, sample: Sample, at: int) -> Self:
        """A page at a time in seconds."""
        return cls(
            sample.page,
            at,
            array("q", sample.fingerprints),
            array("I", sample.places),
            array("H", sample.lengths),
            array("B", sample.links),
            _packed(sample.shown),
            first=at,
            likely=array("B", sample.likely or (UNKNOWN,) * len(sample.fingerprints)),
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The page that `to_bytes` wrote, or one of two versions before. Raises ValueError for another format."""
        if stored[0] == _OLDEST_FORMAT:
            _, key, at, count = _OLDEST_HEAD.unpack_from(stored)
            marks, places, lengths, links, rest = _columns(stored, _OLDEST_HEAD.size, count)
            return cls(key, at, marks, places, lengths, links, stored[rest:], first=at, likely=_unknown(count))
        version, key, at, count, first, spans = _HEAD.unpack_from(stored)
        if version not in (_FORMAT, _OLDER_FORMAT):
            raise ValueError(f"a sample of format {version}; this version reads {_FORMAT}")
        marks, places, lengths, links, rest = _columns(stored, _HEAD.size, count)
        values = array("q", stored[rest : rest + 24 * spans])
        known = {values[n]: (values[n + 1], values[n + 2]) for n in range(0, len(values), 3)}
        rest += 24 * spans
        likely = _unknown(count)
        if version == _FORMAT:
            likely, rest = array("B", stored[rest : rest + count]), rest + count
        return cls(key, at, marks, places, lengths, links, stored[rest:], first, likely, known)

    def to_bytes(self) -> bytes:
        """The page as bytes, for storing."""
        columns = (self.marks, self.places, self.lengths, self.links)
        head = _HEAD.pack(_FORMAT, self.key, self.at, len(self.marks), self.first, len(self.spans))
        spans = array("q", (value for mark in sorted(self.spans) for value in (mark, *self.spans[mark])))
        return b"".join((head, *(column.tobytes() for column in (*columns, spans, self.likely)), self.packed))

    def shown(self) -> list[str]:
        """The beginnings of the passages."""
        return zlib.decompress(self.packed).decode().split("\n") if self.marks else []

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """The fingerprints of the page's five longest passages of prose."""
        prose = sorted(self.prose().items(), key=lambda item: (-item[1], item[0]))
        return tuple(mark for mark, _ in prose[:5])

    @cached_property
    def said(self) -> int:
        """A number that two pages share if they have the same passages of prose; 0 if there are none."""
        marks = sorted(mark for mark, length in self.prose().items() if length >= _PROSE)
        return hash64(" ".join(map(str, marks))) if marks else 0

    def prose(self) -> dict[int, int]:
        """The passages that are no links, with their lengths."""
        rows = zip(self.marks, self.lengths, self.links, strict=True)
        return {mark: length for mark, length, link in rows if link < 50}

    @cached_property
    def sentences(self) -> frozenset[int]:
        """The passages that may be sentences by their length and links, and short ones that are likely to be text."""
        rows = zip(self.marks, self.lengths, self.links, self.likely, strict=True)
        return frozenset(
            mark
            for mark, length, link, likely in rows
            if link < _SENTENCE_LINKED and (length >= _PROSE or (length >= _SHORT and is_likely(likely)))
        )

    def had(self) -> dict[int, tuple[int, int]]:
        """The sentences that the page has or had, each with the times of the first and the last capture that had it."""
        return dict.fromkeys(self.sentences, (self.first, self.at)) | dict(self.spans)

    def joined(self, other: Self) -> Self:
        """What both know of one page: the passages of the newer capture, and the times of its sentences.

        In whatever order captures are joined, the result is the same, while there are not too many sentences.
        """
        newer = max(self, other, key=lambda page: (page.at, page.marks.tobytes()))
        first, spans = min(self.first, other.first), self.had()
        for mark, (begin, end) in other.had().items():
            known = spans.get(mark, (begin, end))
            spans[mark] = min(known[0], begin), max(known[1], end)
        always = (first, newer.at)
        partly = {mark: span for mark, span in spans.items() if span != always or mark not in newer.sentences}
        newest = sorted(partly, key=lambda mark: (-partly[mark][1], mark))[:_MOST_SPANS]
        return replace(newer, first=first, spans={mark: partly[mark] for mark in newest})

    def is_twin(self, other: TemplatePage, common: Container[int]) -> bool:
        """Whether two addresses have the same article: both share nearly all their prose, without common passages."""
        mine = {mark: length for mark, length in self.prose().items() if mark not in common}
        theirs = {mark: length for mark, length in other.prose().items() if mark not in common}
        shared = sum(length for mark, length in mine.items() if mark in theirs)
        return shared >= _TWIN_SHARE * max(sum(mine.values()), sum(theirs.values()), 1)


class SampleSet:
    """The samples of a source: at most NEWEST + SPREAD pages with the beginnings of their passages."""

    def __init__(self, pages: Iterable[TemplatePage] = ()) -> None:
        self._pages = {page.key: page for page in pages}
        self._unsaved: set[int] = set()

    def pages(self) -> Sequence[TemplatePage]:
        """The pages, always in the same order."""
        return [self._pages[key] for key in sorted(self._pages)]

    def add(self, sample: Sample, at: int) -> None:
        """Add a page at a time in seconds, and drop pages that no longer belong to the selection."""
        page = TemplatePage.of(sample, at)
        if earlier := self._pages.get(page.key):
            page = earlier.joined(page)
            if page.to_bytes() == earlier.to_bytes():
                return
        self._pages[page.key] = page
        self._unsaved.add(page.key)
        if len(self._pages) > NEWEST:
            self._forget()

    def beginnings(self, marks: Container[int]) -> Mapping[int, str]:
        """The beginnings of these passages, each as one of the pages has it."""
        found: dict[int, str] = {}
        for page in self.pages():
            for mark, text in zip(page.marks, page.shown(), strict=True):
                if mark in marks:
                    found[mark] = min(found.get(mark, text), text)
        return found

    def unsaved(self) -> tuple[list[TemplatePage], list[int]]:
        """The pages that were added, and the keys of those that were dropped, since the last call."""
        keys, self._unsaved = sorted(self._unsaved), set()
        return [self._pages[key] for key in keys if key in self._pages], [key for key in keys if key not in self._pages]

    def _forget(self) -> None:
        newest = nlargest(NEWEST, self._pages.values(), key=lambda page: (page.at, page.key))
        kept = {page.key for page in newest} | set(nsmallest(SPREAD, self._pages))
        for key in self._pages.keys() - kept:
            del self._pages[key]
            self._unsaved.add(key)


def _columns(stored: bytes, start: int, count: int) -> tuple[array[int], array[int], array[int], array[int], int]:
    """The four columns of so many rows, and where they end."""
    ends = [start, *(start + count * size for size in (8, 12, 14, 15))]
    marks, places, lengths, links = (
        array(kind, stored[i:j]) for kind, i, j in zip("qIHB", ends, ends[1:], strict=False)
    )
    return marks, places, lengths, links, ends[-1]


def _unknown(count: int) -> array[int]:
    """The likelihoods of so many passages that nobody judged."""
    return array("B", bytes((UNKNOWN,)) * count)


def _packed(texts: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(texts).encode("utf-8", "replace"), 1)
