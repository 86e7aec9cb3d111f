"""Which articles publish the same story in the same words, who was first, and how much the others took. Pure.

Two articles of different sources carry the same text when two thirds of the shorter one stand in the other, and a
quarter of both together is common: a copy, an excerpt of down to a third, another headline, a paragraph more. A
translation is another text, and so are two releases that share a paragraph about their issuer. Within one source only
what is repeated almost whole counts: forms that a newsroom fills in every week are no repeats.

Each article goes with the earlier one that it is most like. What can be traced to one article is a story when it comes
from more than one source, and that article is its origin. A digest of two releases thus goes with one of them and does
not make one story of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.text.minhash import Similarity

LEAST = 30
"""Runs of words below which a text is too short to differ from a phrase that many pages carry."""

CONTAINED, RESEMBLING, REPEATED = 2 / 3, 0.25, 0.9
"""The share of the shorter text that stands in the longer one, and the one that both have in common (Jaccard), from
which they carry the same text; and the second for two of one source."""

_SPAN = 28
"""Bits of a place in time that say how long after its day an article was first seen, in seconds."""

_EARLIEST = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class StoryMember:
    """An article that may be of a story. `place` orders it in time (`place`); `via` is the one that it is most like."""

    article: int
    source: str
    title: str
    place: int
    first_seen: str
    via: int | None


@dataclass(frozen=True)
class Story:
    """One text in several places. `origin` is the earliest of its `members`, which stand in the order of time.

    `id` is the article of it that this archive saw first: an earlier origin that is found late changes neither that
    nor, where it was seen later, the id. Only captures older than all others, imported afterwards, change it.
    """

    id: int
    origin: StoryMember
    members: tuple[StoryMember, ...]

    @property
    def sources(self) -> int:
        """How many sources publish it."""
        return len({member.source for member in self.members})


def comparable(runs: int) -> bool:
    """Whether a text of so many runs of words is long enough to be compared."""
    return runs >= LEAST


def same_text(found: Similarity, *, same_source: bool) -> bool:
    """Whether two articles carry the same text, wholly or mostly."""
    if same_source:
        return found.resemblance >= REPEATED
    return found.containment >= CONTAINED and found.resemblance >= RESEMBLING


def place(published_at: str, first_seen: str) -> int:
    """A number that orders articles by when they were published, as far as known, then by when they were first seen.

    A page that states only a day counts from its midnight in UTC, one that states nothing, or a day after it was seen,
    from when it was seen.
    """
    seen = _seconds(first_seen)
    published = _published(published_at)
    moment = seen if published is None else max(min(published, seen), _EARLIEST)
    return moment << _SPAN | min(seen - moment, (1 << _SPAN) - 1)


def seconds(place: int) -> int:
    """The moment of a place in time, in seconds since 1970."""
    return place >> _SPAN


def moment(place: int) -> str:
    """The moment of a place in time as stored: ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds(place), UTC).isoformat()


def origin_first(member: StoryMember) -> tuple[int, int]:
    """What orders members in time."""
    return member.place, member.article


def most_like(earlier: Mapping[int, tuple[float, int]]) -> int | None:
    """Of earlier articles with the same text (resemblance and place of each), the one that this one goes with."""
    if not earlier:
        return None
    return min(earlier, key=lambda article: (-earlier[article][0], earlier[article][1], article))


def told(members: Iterable[StoryMember]) -> Story | None:
    """The story of articles that all go back to one; None where one source alone publishes it."""
    ordered = tuple(sorted(members, key=origin_first))
    if len({member.source for member in ordered}) < 2:
        return None
    first = min(ordered, key=lambda member: (member.first_seen, member.article))
    return Story(first.article, ordered[0], ordered)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def _published(stated: str) -> int | None:
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    try:
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except OverflowError:
        return None
