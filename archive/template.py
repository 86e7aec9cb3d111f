"""What the pages of one source share: learned from samples of its pages, applied to the next page. Pure.

After shared-segment template detection (Bar-Yossef and Rajagopalan, WWW 2002): a passage that stands on many pages of
a source is boilerplate. A page here is its canonical address, so that looking at one article again teaches nothing.

The memory holds a bounded set of page samples: the newest, and an even spread over all time (those whose hash is
lowest). Both are functions of the set of pages seen, so that the order of their arrival cannot matter. How often a
passage is repeated is measured only against the pages of its own lifetime, so that a redesign starts afresh.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive.blocks import Block
from archive.fingerprint import fingerprint, hash64

NEWEST = 96
SPREAD = 96
SHOWN = 120
MIN_PAGES = 3
MIN_SHARE = 0.1
_MAX_ROWS = 1500
_FORMAT = 1


@dataclass(frozen=True)
class Sample:
    """One page's blocks, for learning. The rows of the five sequences belong together, one a block.

    `page` is the hash of the page's identity; `article` whether it may teach what articles share. `links` is the share
    of a block's characters inside links, in percent. `fingerprints_in_text` are those of the blocks of the article's
    text and of those taken out of it: when a verdict on one changes, the article is to be derived again.
    """

    page: int
    article: bool
    fingerprints: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()
    fingerprints_in_text: tuple[int, ...] = ()


def sample(page: str, found: Sequence[Block], article: bool, in_text: Iterable[int] = ()) -> Sample:
    """The sample of a page whose identity is the key of its address."""
    rows = [(fingerprint(block.text), block) for block in found[:_MAX_ROWS]]
    rows = [(mark, block) for mark, block in rows if mark]
    return Sample(
        page=hash64(page),
        article=article,
        fingerprints=tuple(mark for mark, _ in rows),
        places=tuple(block.place for _, block in rows),
        lengths=tuple(min(len(block.text), 65535) for _, block in rows),
        links=tuple(100 * block.link // len(block.text) for _, block in rows),
        shown=tuple(block.text[:SHOWN] for _, block in rows),
        fingerprints_in_text=tuple(dict.fromkeys(in_text)),
    )


@dataclass(frozen=True)
class Template:
    """What is known to repeat on a source's pages. Compact, picklable, and all that a worker needs to know of it.

    `kept` and `refused` are a person's decisions, which win over what was learned.
    """

    pages: int = 0
    repeated: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()

    def decided(self, keep: Iterable[int] = (), remove: Iterable[int] = ()) -> Template:
        """The template with a person's decisions: passages to keep for ever, passages to remove for ever."""
        return replace(self, kept=frozenset(keep), refused=frozenset(remove))

    def verdict(self, mark: int) -> str:
        """Why a passage goes: "decided", "repeated", or "" when it stays."""
        if mark in self.refused:
            return "decided"
        return "repeated" if mark in self.repeated and mark not in self.kept else ""


def changed(old: Template, new: Template) -> frozenset[int]:
    """The fingerprints whose verdict differs between two templates."""
    marks = (old.repeated ^ new.repeated) | (old.refused ^ new.refused) | (old.kept ^ new.kept)
    return frozenset(mark for mark in marks if old.verdict(mark) != new.verdict(mark))


@dataclass(frozen=True)
class Known:
    """A passage that the memory takes for boilerplate; `text` is its beginning, as one of the pages has it."""

    fingerprint: int
    text: str
    documents: int
    first_seen: datetime
    last_seen: datetime
    why: str = "repeated"


@dataclass(slots=True)
class _Page:
    at: int
    marks: array[int]
    shown: tuple[str, ...]


class Memory:
    """The samples a source's template is made of: at most NEWEST + SPREAD pages, whatever was seen."""

    def __init__(self, pages: dict[int, _Page]) -> None:
        self._pages = pages

    @staticmethod
    def empty() -> Memory:
        return Memory({})

    def __len__(self) -> int:
        return len(self._pages)

    def add(self, page: int, kept: _Page) -> None:
        earlier = self._pages.get(page)
        if earlier and (earlier.at, list(earlier.marks)) >= (kept.at, list(kept.marks)):
            return
        self._pages[page] = kept
        if len(self._pages) > NEWEST + SPREAD:
            self._forget()

    def _forget(self) -> None:
        newest = sorted(self._pages, key=lambda page: (self._pages[page].at, page), reverse=True)[:NEWEST]
        spread = sorted(self._pages)[:SPREAD]
        self._pages = {page: self._pages[page] for page in sorted({*newest, *spread})}

    def template(self) -> Template:
        """What the samples agree on repeating."""
        return Template(pages=len(self._pages), repeated=frozenset(known.fingerprint for known in self.known()))

    def known(self) -> list[Known]:
        """Every repeated passage with its counts, the most repeated first."""
        moments = sorted(page.at for page in self._pages.values())
        seen: dict[int, list[int]] = defaultdict(list)
        shown: dict[int, str] = {}
        for key in sorted(self._pages):
            page = self._pages[key]
            for mark, text in zip(page.marks, page.shown, strict=True):
                if not seen[mark] or shown.get(mark, "") > text:
                    shown[mark] = text
                seen[mark].append(page.at)
        found = [
            Known(mark, shown[mark], len(times), _moment(min(times)), _moment(max(times)))
            for mark, times in seen.items()
            if _repeats(times, moments)
        ]
        return sorted(found, key=lambda known: (-known.documents, known.fingerprint))

    def to_bytes(self) -> bytes:
        """The memory as bytes, to be kept; under 1 MB for any source."""
        head = [_FORMAT, [[key, page.at, len(page.marks), page.shown] for key, page in sorted(self._pages.items())]]
        marks = b"".join(page.marks.tobytes() for _, page in sorted(self._pages.items()))
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return zlib.compress(len(text).to_bytes(4, "big") + text + marks, 3)

    @staticmethod
    def from_bytes(stored: bytes) -> Memory:
        """The memory that `to_bytes` wrote. Raises ValueError for bytes of another format."""
        raw = zlib.decompress(stored)
        end = 4 + int.from_bytes(raw[:4], "big")
        version, rows = json.loads(raw[4:end])
        if version != _FORMAT:
            raise ValueError(f"a template memory of format {version}; this version reads {_FORMAT}")
        marks, pages, start = array("q", raw[end:]), {}, 0
        for key, at, count, shown in rows:
            pages[key] = _Page(at, marks[start : start + count], tuple(shown))
            start += count
        return Memory(pages)


def learn(memory: Memory, page: Sample, at: datetime) -> Memory:
    """Add one page's sample, as of the moment of its capture; the memory given is changed and returned."""
    if page.article:
        rows = dict(zip(page.fingerprints, page.shown, strict=True))
        memory.add(page.page, _Page(int(at.timestamp()), array("q", rows), tuple(rows.values())))
    return memory


def _repeats(times: Sequence[int], moments: Sequence[int]) -> bool:
    """Whether a passage seen at these times is on enough of the pages of its lifetime."""
    if len(times) < MIN_PAGES:
        return False
    alive = bisect_right(moments, max(times)) - bisect_left(moments, min(times))
    return len(times) >= MIN_SHARE * alive


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
