"""`make bench`: how soon a release is found with `schedule = "auto"`, beside a fixed interval of as many requests.

Made newsrooms publish for half a year, and real ones as a directory of feeds (RSS, Atom) states it. The first half of
each is its history; of the second half nothing is known before it was found. Requests are counted in the second half,
and the fixed interval makes as many of them. Delays are from a release to the next request.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from crawler.discover.discover import read_feed
from crawler.schedule.rhythm import Limits, learn

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 182
_PHASES = 20
_FEWEST = 10


@dataclass(frozen=True)
class Score:
    """Requests and median delays (seconds) in the second half; `pause` is the longest time between two requests."""

    name: str
    releases: int
    requests: int
    adaptive: float
    fixed: float
    pause: float

    @property
    def ratio(self) -> float:
        """The median delay beside that of a fixed interval; below 1 is sooner."""
        return self.adaptive / self.fixed


def score(name: str, moments: Sequence[datetime], limits: Limits) -> Score:
    """How a newsroom's second half is found by what its first half taught, and what was found since."""
    ordered = sorted(moments)
    half = len(ordered) // 2
    begin, end = ordered[half - 1], ordered[-1]
    polls = list(_polls(ordered, begin, end, limits))
    later = [at for at in ordered[half:] if at > begin]
    delays = [(polls[bisect_left(polls, at)] - at).total_seconds() for at in later]
    interval = (polls[-1] - begin) / len(polls)
    fixed = [
        (interval - (at - begin - interval * phase / _PHASES) % interval).total_seconds()
        for at in later
        for phase in range(_PHASES)
    ]
    pauses = [(after - at).total_seconds() for at, after in zip([begin, *polls], polls, strict=False)]
    return Score(name, len(later), len(polls), median(delays), median(fixed), max(pauses))


def _polls(moments: Sequence[datetime], begin: datetime, end: datetime, limits: Limits) -> Iterator[datetime]:
    known = bisect_left(moments, begin) + 1
    at, rhythm = begin, learn(moments[:known], begin, limits)
    while at < end:
        at = rhythm.following(at)
        yield at
        found = bisect_left(moments, at)
        if found > known:
            known, rhythm = found, learn(moments[:found], at, limits)


def newsrooms(seed: int) -> dict[str, list[datetime]]:
    """Half a year of newsrooms of several habits."""
    return {name: _made(habit, Random(f"{name} {seed}")) for name, habit in HABITS.items()}


Habit = Callable[[Random, int], list[float]]
"""The hours (from midnight in UTC) of the releases on a day (from Monday, 0)."""


def _made(habit: Habit, random: Random) -> list[datetime]:
    return sorted(
        START + timedelta(days=day, hours=hour) for day in range(DAYS) for hour in habit(random, day % 7) if hour < 24
    )


def _office(random: Random, day: int, mean: float, first: float = 9, last: float = 17) -> list[float]:
    """Some on working days, at any time of office hours."""
    return [random.uniform(first, last) for _ in range(_count(random, mean))] if day < 5 else []


def _count(random: Random, mean: float) -> int:
    count, left = 0, random.expovariate(1)
    while left < mean:
        count, left = count + 1, left + random.expovariate(1)
    return count


def _sharp(random: Random, day: int) -> list[float]:
    """Each working day at ten, by a clock: minutes late at most, rarely once more in the afternoon."""
    often = [10 + random.uniform(0, 0.1)] * (random.random() < 0.9)
    return [*often, *([random.uniform(13, 17)] * (random.random() < 0.15))] if day < 5 else []


def _bursts(random: Random, day: int) -> list[float]:
    """Some days nothing, some days one after another within two hours."""
    if day > 5 or random.random() > 0.35:
        return []
    first = random.uniform(8, 19)
    return [first + random.uniform(0, 2) for _ in range(random.randint(2, 7))]


def _day_and_night(random: Random, _: int) -> list[float]:
    return [random.uniform(0, 24) for _ in range(_count(random, 3))]


HABITS: dict[str, Habit] = {
    "ministry, office hours": lambda random, day: _office(random, day, 3),
    "agency, office hours far east": lambda random, day: _office(random, day, 2, 1, 9),
    "stock exchange, before and after trading": lambda random, day: (
        _office(random, day, 2, 6.5, 7.5) + _office(random, day, 1, 17.5, 18.5)
    ),
    "statistics office, ten sharp": _sharp,
    "court, Thursdays": lambda random, day: _office(random, day, 4, 9, 11) if day == 3 else [],
    "club, twice a week": lambda random, day: _office(random, day, 0.4, 10, 16),
    "police, bursts": _bursts,
    "parliament, evenings": lambda random, day: _office(random, day, 3, 16, 22) if day in (1, 2, 3) else [],
    "wire, day and night": _day_and_night,
}
"""What each made newsroom does on a day of the week."""


def real(directory: Path) -> dict[str, list[datetime]]:
    """The moments that the feeds of a directory state, where they are enough and have times of day."""
    found: dict[str, list[datetime]] = {}
    for file in sorted(path for path in directory.rglob("*") if path.is_file()):
        stated = [link.published for link in read_feed(file.read_bytes(), "https://feed.example/").links]
        moments = sorted({_moment(text) for text in stated if len(text) > 10})
        if len(moments) >= _FEWEST and moments not in found.values():
            found[file.name] = moments
    return found


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(arguments: Sequence[str]) -> None:
    """Print a table of delays: made newsrooms, then those of a directory of feeds."""
    limits, console = Limits(), Console()
    made = [score(name, moments, limits) for name, moments in newsrooms(1).items()]
    console.print(table("made newsrooms", made))
    if arguments:
        scores = [score(name, moments, limits) for name, moments in real(Path(arguments[0])).items()]
        console.print(table("real feeds", scores))


def table(title: str, scores: Sequence[Score]) -> Table:
    """One line a newsroom, and the median of all."""
    shown = Table(title=title, box=None, header_style="bold", title_justify="left")
    for column in ("newsroom", "releases", "requests", "auto, min", "fixed, min", "auto / fixed", "longest pause, h"):
        shown.add_column(column, justify="left" if column == "newsroom" else "right")
    for one in scores:
        delays = (f"{one.adaptive / 60:.1f}", f"{one.fixed / 60:.1f}", f"{one.ratio:.2f}", f"{one.pause / 3600:.1f}")
        shown.add_row(one.name[:50], str(one.releases), str(one.requests), *delays)
    shown.add_row("median", "", "", "", "", f"{median(one.ratio for one in scores):.2f}", "")
    return shown


if __name__ == "__main__":
    main(sys.argv[1:])
