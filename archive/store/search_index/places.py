"""The place of an article in the index of searches, and the marks that it is filtered by. Pure.

FTS5 walks its matches by rowid. So the rowid here is a place in time: the day that an article is listed under, then
when it was first seen. Newest first is the order in which the index is walked, and a period a range of it; neither
sorts anything. What people filter by is indexed as words that no text has, so that a filter narrows the walk too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any

MARK = "\ue000"
"""Begins each mark; of the private use area, so no word of a text begins so."""

_DAY_BITS, _SECOND_BITS, _TIE_BITS = 17, 32, 14
_WITHIN_DAY = _SECOND_BITS + _TIE_BITS
_FIRST_DAY = date(1900, 1, 1)
_FIRST_SECOND = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_DATELINE_PLACE = re.compile(r"[^,(/–—\d-]{2,60}")

LISTING = """
alter table articles add column listed_day text generated always as (
    case when published_day <= date(first_seen, '+1 day') then published_day else substr(first_seen, 1, 10) end
) virtual;
create index articles_listed on articles (listed_day desc, first_seen desc);
create index articles_source_listed on articles (source, listed_day desc, first_seen desc);
create index articles_seen on articles (first_seen desc, listed_day);
create index articles_source_seen on articles (source, first_seen desc);
create index articles_gone on articles (last_checked desc) where status = 'gone';
create index articles_words on articles (word_count desc);
create index revisions_newest on revisions (fetched_at desc);
create index revisions_silent on revisions (fetched_at desc) where silent = 1;
create index revisions_headline on revisions (fetched_at desc) where severity = 'headline';
create index revisions_capture on revisions (capture_id);
"""
"""A release without a day, or with one still to come when it was first seen, is listed under the day of that."""


@dataclass(frozen=True)
class Entry:
    """An article as searches know it: what it is filtered by, beside its words."""

    source: str
    language: str
    standing: str
    edited: bool
    dateline: str
    authors: tuple[str, ...]

    @property
    def marks(self) -> str:
        """Its marks as text to index."""
        given = [mark("source", self.source), mark("status", self.standing)]
        given += [mark("language", self.language)] if self.language else []
        given += [mark("edited", "yes")] if self.edited else []
        given += [mark("dateline", self.dateline)] if self.dateline else []
        return " ".join([*given, *(mark("author", name) for name in self.authors)])


def entry(row: Mapping[str, Any]) -> Entry:
    """What an article's row is filtered by."""
    standing = "missing" if row["status"] == "live" and row["missing_since"] else row["status"]
    return Entry(
        source=row["source"],
        language=row["language"] or "",
        standing=standing,
        edited=row["revisions"] > 1,
        dateline=dateline_place(row["dateline"]),
        authors=tuple(name for name in json.loads(row["authors"] or "[]") if isinstance(name, str) and name.strip()),
    )


def mark(kind: str, value: str) -> str:
    """The word that stands in the index for a value of this kind: one token, whatever the value is made of."""
    named = value.strip().casefold().encode("utf-8", "surrogatepass")
    held = named.hex() if len(named) <= 40 else blake2b(named, digest_size=16).hexdigest()
    return f"{MARK}{kind}{held}"


def dateline_place(dateline: str | None) -> str:
    """The place that a dateline names: "ISTER, March 11" names ISTER; nothing where it begins with none."""
    found = _DATELINE_PLACE.match((dateline or "").strip())
    return found[0].strip(" .:") if found else ""


def place(listed_day: str, first_seen: str, article: int) -> int:
    """The place of an article in time. Two may come to the same one: the later takes the next that is free."""
    return first_of(listed_day) + (_second(first_seen) << _TIE_BITS) + article % (1 << _TIE_BITS)


def first_of(day: str) -> int:
    """The first place of a day (ISO 8601); of the nearest one where that is out of range or none."""
    try:
        number = (date.fromisoformat(day[:10]) - _FIRST_DAY).days
    except ValueError:
        number = 0
    return min(max(number, 0), (1 << _DAY_BITS) - 1) << _WITHIN_DAY


def last_of(day: str) -> int:
    """The last place of a day."""
    return first_of(day) + (1 << _WITHIN_DAY) - 1


def day_of(place: int) -> str:
    """The day that a place is of."""
    return (_FIRST_DAY + timedelta(days=place >> _WITHIN_DAY)).isoformat()


DAY_SHIFT = _WITHIN_DAY
"""A place shifted right by so many bits is the number of its day."""


def day_numbered(number: int) -> str:
    """The day with a number (`DAY_SHIFT`)."""
    return (_FIRST_DAY + timedelta(days=number)).isoformat()


def _second(moment: str) -> int:
    try:
        seconds = int((datetime.fromisoformat(moment) - _FIRST_SECOND).total_seconds())
    except (ValueError, TypeError):
        return 0
    return min(max(seconds, 0), (1 << _SECOND_BITS) - 1)
