"""Times at which most releases of a source had another page in their place: its server's doing, or one decision. Pure.

A router that is broken answers with the home page, a list or a "not found" page for every release. One release that
was taken away looks the same: only its siblings tell them apart. So another page in a release's place says nothing
while most of the releases that are looked at in the same time have one. This ends when most of them are back, and after
a week in any case: what is still away then was taken away, and so is what is found away later.

Whether such a time begins at a moment depends on the week that follows it, and on the times before. So only the week
before something new is weighed again, and what a time that is found or lost there meant for later absences.

A 404 or 410 is no inference but what the server says. It counts at once, whatever the siblings show.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from archive.history.mass_changes import FEWEST, SHARE, MassAbsence

LONGEST = timedelta(days=7)
"""How long such a time is at most. What was first found away within it was found in the same time."""

_ALL_WEIGHED = 4
"""Moments of one hour that are weighed one by one; after these, each that doubles how many there were. So what was
removed before an outage, in its hour, hides of it no more moments than it has itself."""

REACH = LONGEST + timedelta(hours=1)
"""How long before something new a moment may lie at which that counts."""


@dataclass(frozen=True)
class Absence:
    """An article that had another page in its place: last seen at `since`, found away at `at`, seen again at `back`."""

    article: int
    since: str
    at: str
    back: str = ""


def mass_absences(
    absences: Iterable[Absence],
    present: Callable[[str, str, int], int],
    fresh: Iterable[str],
    known: Iterable[MassAbsence] = (),
) -> list[MassAbsence]:
    """The mass absences of a source, the earliest first.

    `fresh` are moments at which something new was seen, `known` the mass absences that were known before that.
    `absences` has all that were found from `REACH` before the first of these moments on. `present` says how many
    articles of the source were known before a moment, and looked at and there between it and another; it may stop
    counting at a number.
    """
    is_new = set(fresh)
    new = sorted(is_new)
    before = {one.at: one for one in known}
    if not new:
        return [before[at] for at in sorted(before)]
    begin = moved(new[0], -REACH)
    found = _Found(absences)
    for was in (before[at] for at in sorted(before) if at < begin):
        found.add(was)
    for at in sorted({one.at for one in found.absences} | before.keys()):
        if at < begin:
            continue
        old = before.get(at)
        now = found.weigh(at, present) if _is_near(at, new) else old
        if now:
            found.add(now)
        if _span(now) != _span(old):
            for one in found.from_(at):
                if one.at not in is_new and any(mass and _explains(mass, one) for mass in (old, now)):
                    is_new.add(one.at)
                    insort(new, one.at)
    return found.masses


class _Found:
    """Absences in the order of time, and the mass absences that were found so far, with what these explain."""

    def __init__(self, absences: Iterable[Absence]) -> None:
        self.absences = sorted(absences, key=lambda one: (one.at, one.article))
        self.masses: list[MassAbsence] = []
        self._ends = [one.at for one in self.absences]
        self._begins = sorted(max(one.since, moved(one.at, -LONGEST)) for one in self.absences)
        self._explained: set[Absence] = set()
        self._hour = ""
        self._in_vain = 0

    def from_(self, at: str, until: str = "~") -> Sequence[Absence]:
        """The absences that were found between two moments."""
        return self.absences[bisect_left(self._ends, at) : bisect_left(self._ends, until)]

    def add(self, mass: MassAbsence) -> None:
        """A mass absence later than the others."""
        self.masses.append(mass)
        concerned = self.from_(mass.at, max(mass.until, mass.back) if mass.back else "~")
        self._explained.update(one for one in concerned if _explains(mass, one))

    def weigh(self, at: str, present: Callable[[str, str, int], int]) -> MassAbsence | None:
        """The mass absence that begins at a moment, if there is one."""
        if bisect_left(self._begins, at) - bisect_left(self._ends, at) < FEWEST:
            return None
        if not self._unexplained(at, f"{at}~"):
            return None
        if _hour(at) != self._hour:
            self._hour, self._in_vain = _hour(at), 0
        is_weighed = self._in_vain < _ALL_WEIGHED or self._in_vain.bit_count() == 1
        mass = _mass(at, self._unexplained(at, _later(at)), present) if is_weighed else None
        self._in_vain += mass is None
        return mass

    def _unexplained(self, at: str, until: str) -> list[Absence]:
        """The absences that were found between two moments, began before both, and are of no mass absence so far."""
        return [one for one in self.from_(at, until) if one.since < at and one not in self._explained]


def _mass(at: str, group: Sequence[Absence], present: Callable[[str, str, int], int]) -> MassAbsence | None:
    """What began at a moment, if most articles were so."""
    backs = sorted(one.back for one in group if one.back)
    most = len(group) // 2
    back = backs[most] if most < len(backs) else ""
    until = min(back or _later(at), _later(at))
    absent = len({one.article for one in group if one.at < until})
    if absent < FEWEST:
        return None
    there = present(at, until, int(absent / SHARE) + 1)
    return MassAbsence(at, until, absent, there, back) if absent >= SHARE * (absent + there) else None


def _explains(mass: MassAbsence, one: Absence) -> bool:
    """Whether an absence is of a mass absence, or was found when it was clear that the source had taken away what it
    had not brought back by then, and was not looked at in between."""
    if not one.since < mass.at <= one.at:
        return False
    return one.at < mass.until or not (mass.back and mass.back <= one.at)


def _span(mass: MassAbsence | None) -> tuple[str, ...]:
    return (mass.at, mass.until, mass.back) if mass else ()


def _is_near(at: str, fresh: Sequence[str]) -> bool:
    """Whether something new was seen in the week from a moment on, or in that from another moment of its hour on."""
    first = bisect_left(fresh, _hour(at))
    return first < len(fresh) and fresh[first] < moved(_hour(at), REACH)


def _hour(at: str) -> str:
    return f"{at[:13]}:00:00+00:00"


def _later(at: str) -> str:
    """A moment so long after another that what is found away then is of another time."""
    return moved(at, LONGEST)


@lru_cache(100_000)
def moved(at: str, by: timedelta) -> str:
    """A moment so much later, as it is stored."""
    return (datetime.fromisoformat(at) + by).isoformat()
