"""Times at which most releases of a source had another page in their place: its server's doing, or one decision. Pure.

A router that is broken answers with the home page, a list or a "not found" page for every release. One release that
was taken away looks the same: only its siblings tell them apart. So another page in a release's place says nothing
while most of the releases that are looked at in the same time have one. This ends when most of them are back, and after
a week in any case: what is still away then was taken away, and so is what is found away later.

A 404 or 410 is no inference but what the server says. It counts at once, whatever the siblings show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from archive.history.mass_changes import ABSENT, FEWEST, MOST_REFUSED, SHARE, MassAbsence, SeenChange, busiest

LONGEST = timedelta(days=7)
"""How long such a time is at most. What was first found away within it was found in the same time."""


@dataclass(frozen=True)
class Absence:
    """An article that had another page in its place: last seen at `since`, found away at `at`, seen again at `back`."""

    article: int
    since: str
    at: str
    back: str = ""


def spells(absences: Iterable[Absence]) -> list[list[Absence]]:
    """Absences by when they were found, parted where none was for `LONGEST`: no mass absence has some of two."""
    found: list[list[Absence]] = []
    for one in sorted(absences, key=lambda one: (one.at, one.article)):
        if found and one.at < later(found[-1][-1].at):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def mass_absences(
    spell: Sequence[Absence], present: Callable[[str, str, int], int], earlier: Iterable[MassAbsence] = ()
) -> list[MassAbsence]:
    """The mass absences of a spell.

    `present` says how many articles of the source were known before a moment, and looked at and there between it and
    another; it may stop counting at a number. `earlier`: the mass absences of the spells before.
    """
    left = [one for one in spell if not any(_is_settled(was, one) for was in earlier)]
    found = _found(left, present)
    for was in found:  # the earliest first
        late = {one for one in left if _is_settled(was, one)}
        if late:
            return mass_absences([one for one in left if one not in late], present)
    return found


def _found(absences: Sequence[Absence], present: Callable[[str, str, int], int]) -> list[MassAbsence]:
    left = list(absences)
    found: list[MassAbsence] = []
    refused = 0
    while left and refused < MOST_REFUSED:
        at, articles = busiest([(one.article, _beginning(one)) for one in left])
        if articles < FEWEST:
            break
        group = [one for one in left if one.since < at <= one.at < later(at)]
        mass = _mass(at, group, present)
        if mass is None:
            refused += 1
        else:
            found.append(mass)
        done = {one for one in group if mass is None or one.at < mass.until}
        left = [one for one in left if one not in done]
    return sorted(found, key=lambda one: one.at)


def _mass(at: str, group: Sequence[Absence], present: Callable[[str, str, int], int]) -> MassAbsence | None:
    """What began at a moment, if most articles were so."""
    backs = sorted(one.back for one in group if one.back)
    most = len(group) // 2
    back = backs[most] if most < len(backs) else ""
    until = min(back or later(at), later(at))
    absent = len({one.article for one in group if one.at < until})
    if absent < FEWEST:
        return None
    there = present(at, until, int(absent / SHARE) + 1)
    return MassAbsence(at, until, absent, there, back) if absent >= SHARE * (absent + there) else None


def _is_settled(mass: MassAbsence, one: Absence) -> bool:
    """Whether an article was found away when it was clear that the source had taken away what it had not brought back
    by then, and was not looked at in between."""
    return one.since < mass.at and one.at >= mass.until and not (mass.back and mass.back <= one.at)


def _beginning(one: Absence) -> SeenChange:
    """Between which looks an absence began, as far as it was found in the same time as others."""
    return SeenChange(ABSENT, max(one.since, _moved(one.at, -LONGEST)), one.at)


def later(at: str) -> str:
    """A moment so long after another that what is found away then is of another time."""
    return _moved(at, LONGEST)


@lru_cache(100_000)
def _moved(at: str, by: timedelta) -> str:
    return (datetime.fromisoformat(at) + by).isoformat()
