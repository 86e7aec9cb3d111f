"""How far a source was walked back to its first release, as a value and in words. Does not walk: the crawler does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from archive.core.counted import count
from archive.core.model import Kind


@dataclass(frozen=True)
class WalkPage:
    """A further page of a source's listings, feeds or sitemaps that a backfill found, or a family of them that ended.

    `way` and `family` are those of `crawler.discover.links.Document`. `state`: todo, read, failed (once; after the
    next failure it is given up), or closed: then it stands for the whole family and has no address.
    """

    url: str
    kind: Kind
    way: str = ""
    family: str = ""
    state: Literal["todo", "read", "failed", "closed"] = "todo"


@dataclass(frozen=True)
class Backfill:
    """How far a source was walked back: addresses found, how many there may be, the oldest day reached (or "").

    `pages` are those of the walk; `seen` the keys of the addresses found so far, `listed` the days that lists state of
    these; `coverage` is what the walk has to remember of its sitemaps, as `crawler.worker.walk.coverage` writes it.
    """

    began_at: datetime
    finished_at: datetime | None = None
    found: int = 0
    expected: int = 0
    reached: str = ""
    pages: tuple[WalkPage, ...] = ()
    seen: frozenset[str] = frozenset()
    listed: Mapping[str, str] = field(default_factory=dict)
    coverage: str = ""

    @property
    def is_under_way(self) -> bool:
        """Whether no crawl has ended the walk."""
        return self.finished_at is None


def backfill_in_words(found: int, expected: int, reached: str, finished_on: str = "") -> str:
    """How far a backfill is, for a person. `reached` and `finished_on` are days as ISO 8601; "" for none."""
    if finished_on:
        return f"backfill finished on {finished_on}: {count(found, 'address', 'addresses')} found{_back(reached)}"
    return f"backfill under way: {found_in_words(found, expected, reached)}"


def found_in_words(found: int, expected: int, reached: str) -> str:
    """What a backfill that is not over has found, of how many, and back to which day (ISO 8601; "" for none)."""
    known = f"{found:,} of about {count(max(found, expected), 'address', 'addresses')} found{_back(reached)}"
    return known if found or expected else "no address found yet"


def _back(reached: str) -> str:
    return f", back to {reached}" if reached else ""
