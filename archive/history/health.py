"""How a source keeps its own promise: what it usually publishes, and what is otherwise now. Pure; asks no clock.

Every expectation comes from the source's own history, so that a calm newsroom is never compared with a busy one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import mean, median, pstdev, quantiles

from archive.core.counted import count
from archive.core.urls import host
from archive.history.failing.causes import cause_of, is_of_pages, is_of_the_host

_UNLIKELY_SILENCE = 1e-5
_UNLIKELY_FALL = 1e-6
"""How seldom chance alone may make what is reported: many sources are looked at, each day anew."""

_FEWEST_DAYS, _FEWEST_READINGS = 6, 20
"""Days with releases, and readings, before which nothing can be said of a source."""

_SHORTEST_SILENCE, _FIRST_YEAR_SILENCE = 10.0, 35.0
"""Days. Weekends and public holidays lie within the first; a summer's closure, which a history of less than a year may
not have met yet, within the second."""

_YEAR = 365
_SHORTEST_WINDOW, _LONGEST_WINDOW = 6, 60
"""The newest readings that are compared with those before them."""

_FALL = 0.4
"""By how much a share must have fallen."""

_ODD_LENGTH = 0.4
"""The part of the shortest usual length, and its reverse for the longest, beyond which an article has an odd one."""

_BLOCKED_IN_A_ROW, _REFUSALS = 5, 3
"""Pages shut off one after the other, and refusals of the host, from which a source is blocked."""

_FRESH = timedelta(days=7)
"""How old a release may be when it is first seen for the way that named it to have named it while it was new."""


@dataclass(frozen=True)
class Reading:
    """A page of a source that was read in full: when, whether it gave an article, and whether it was closed to us."""

    at: datetime
    is_article: bool
    is_blocked: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Release:
    """An article as the tables have it: when it was first seen, what day it states, its length, what named it first."""

    seen: datetime
    day: date | None
    words: int
    titled: bool = True
    via: str = ""


@dataclass(frozen=True)
class Way:
    """A feed, listing or sitemap: what is wrong with it ("" for nothing), and how many links it named.

    `moved_to` is the address of another host that answers for it now, since `moved_at`; empty where its own host does.
    """

    url: str
    kind: str
    problem: str = ""
    links: int = 0
    moved_to: str = ""
    moved_at: datetime | None = None


@dataclass(frozen=True)
class History:
    """What is known of a source. `days` are the days on which it published; all sequences are oldest first.

    `trouble` is why its last crawl failed, in words; it has each way of sources.toml that gives nothing.
    `robots_at` is when its robots.txt was last another, if ever; `forbidden` counts articles that it forbids now.
    `refusals` counts how often in a row its host refused, since `refused_at`, because of `refusal`; it is left
    alone until `rest_until`. `watched_since` is when it was first crawled.
    """

    url: str
    days: tuple[date, ...] = ()
    releases: tuple[Release, ...] = ()
    readings: tuple[Reading, ...] = ()
    ways: tuple[Way, ...] = ()
    trouble: str = ""
    robots_at: datetime | None = None
    forbidden: int = 0
    refusals: int = 0
    refusal: str = ""
    refused_at: datetime | None = None
    watched_since: datetime | None = None
    rest_until: datetime | None = None


@dataclass(frozen=True)
class Contract:
    """What a source can be expected to do. Shares are from 0 to 1, None where too little is known.

    `usual_days` is the median pause between days with releases, `longest_days` the longest, `silent_after` the pause
    in days that would be no chance any more. `articles` is the share of pages read that gave one, `titled` and
    `dated` the shares of articles with a title of their own and a day, `words` their median length.
    """

    releases: int = 0
    usual_days: float | None = None
    longest_days: float | None = None
    silent_after: float | None = None
    articles: float | None = None
    titled: float | None = None
    dated: float | None = None
    words: int | None = None


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a source: since when (None: since it was first noticed), and what to do about it.

    `about` is the address of the way that it concerns; empty where it is the whole source. `explains`: it says in other
    words why the last crawl failed.
    """

    kind: str
    words: str
    advice: str
    since: datetime | date | None = None
    about: str = ""
    explains: bool = False


KINDS = {
    "silent": "its ways answer, but nothing new was published for far longer than ever before",
    "way dead": "a feed, listing or sitemap gives nothing, while another one does",
    "feed stale": "new releases are named elsewhere, but no longer in the feed that used to name them",
    "blocked": "its pages are shut off from us, or its host refuses",
    "moved": "its address leads to another site now",
    "certificate": "its certificate is not valid",
    "name": "the name of its host leads nowhere",
    "address": "there is no page at its address",
    "server": "its server gives errors, or no answer",
    "busy": "its host asks to be left alone for a while",
    "login": "its list asks for a login",
    "consent": "its list stands behind a wall that asks for consent",
    "empty": "its list is empty, or names no releases",
    "limit": "its crawls end at a limit of sources.toml",
    "robots": "robots.txt forbids its list, or what it used to allow",
    "articles": "its pages no longer give articles",
    "titles": "its articles no longer have titles of their own",
    "days": "its articles no longer have days",
    "lengths": "its articles are far shorter or longer than they were",
}
"""Every kind of finding, and what it means."""


def contract(history: History) -> Contract:
    """What a source can be expected to do, by what it did."""
    gaps = _gaps(history.days)
    releases, readings = history.releases, history.readings
    return Contract(
        releases=len(releases),
        usual_days=median(gaps) if gaps else None,
        longest_days=max(gaps, default=None),
        silent_after=silent_after(history.days),
        articles=_share([reading.is_article for reading in readings]),
        titled=_share([release.titled for release in releases]),
        dated=_share([release.day is not None for release in releases]),
        words=round(median(release.words for release in releases)) if releases else None,
    )


def findings(history: History, now: datetime) -> tuple[Finding, ...]:
    """All that is wrong with a source, what hides the rest first; empty for one that is as it was."""
    reached = tuple(_unreachable(history))
    if reached:
        return reached
    broken = (*_ways(history), *_moved(history), *_fallen(history))
    return broken or tuple(_silent(history, now))


def silent_after(days: Sequence[date]) -> float | None:
    """The pause in days that is too long for chance, by the pauses before; None where they are too few to say.

    At least twice the longest that ever was (up to three times, where a pause already was so much longer than all
    before it), and such that pauses of one mean length (a Poisson process whose rate is only known from these pauses: a
    Lomax distribution) exceed it once in a hundred thousand. The more regular the pauses are, the shorter is that.
    """
    gaps = _gaps(days)
    if len(gaps) < _FEWEST_DAYS - 1:
        return None
    irregular = min(1.0, pstdev(gaps) / mean(gaps) + 1 / math.sqrt(len(gaps)))
    by_chance = sum(gaps) * (math.pow(_UNLIKELY_SILENCE, -1 / len(gaps)) - 1) * irregular
    least = _SHORTEST_SILENCE if sum(gaps) >= _YEAR else _FIRST_YEAR_SILENCE
    return max(least, _record_ratio(gaps) * max(gaps), by_chance)


def _record_ratio(gaps: Sequence[int]) -> float:
    """By how much a pause exceeded the longest before it, at most: sources whose pauses vary much show it here."""
    longest, most = max(gaps[: _FEWEST_DAYS - 1]), 2.0
    for gap in gaps[_FEWEST_DAYS - 1 :]:
        most, longest = max(most, gap / longest), max(longest, gap)
    return min(3.0, most)


def fall(flags: Sequence[bool]) -> int | None:
    """Where a property that most had before was mostly lost: the index of the first that lacks it. None if nowhere.

    The last part is compared with all before it: it must have the property more rarely by 0.4, and so rarely that
    chance (a binomial distribution with the earlier share) gives it once in a million. The newest quarter of that part
    must lack it too: else it came back.
    """
    found, least = None, _UNLIKELY_FALL
    for window in range(_SHORTEST_WINDOW, min(_LONGEST_WINDOW, len(flags) - _FEWEST_READINGS) + 1):
        start, end = len(flags) - window, flags[-max(3, window // 4) :]
        before = (sum(flags[:start]) + 1) / (start + 2)
        now, most = sum(flags[start:]), before - _FALL
        if flags[start] or now / window > most or sum(end) / len(end) > most:
            continue
        if (chance := _at_most(now, window, before)) < least:
            found, least = start, chance
    return found


def _at_most(count: int, of: int, share: float) -> float:
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))


def _gaps(days: Sequence[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(days)]


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 3) if flags else None


def _unreachable(history: History) -> Iterable[Finding]:
    name = host(history.url)
    is_reached = any(not way.problem and way.links for way in history.ways) and not is_of_the_host(history.trouble)
    cause = None if is_reached and not is_of_pages(history.trouble) else cause_of(history.trouble, name)
    if cause and (cause.kind != "busy" or history.refusals < _REFUSALS):
        again = history.rest_until if cause.kind == "busy" and "asked again after" not in cause.words else None
        words = cause.words + (f"; it is asked again after {again.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if again else "")
        yield Finding(cause.kind, words, cause.advice, explains=True)
    elif history.refusals >= _REFUSALS:
        yield Finding(
            "blocked",
            f"{name} refused {history.refusals} times in a row ({history.refusal})",
            "Raise `delay`, name a `contact` that the newsroom can write to, or ask it to let Dateline in.",
            history.refused_at,
        )
    elif blocked := _blocked(history.readings):
        yield Finding(
            "blocked",
            f"the last {len(blocked)} pages read were shut off from us ({blocked[-1].reason or 'refused'})",
            "Open one in a browser: where it asks for consent, a login or a puzzle, only the newsroom can let us in.",
            blocked[0].at,
        )
    elif history.forbidden:
        yield Finding(
            "robots",
            f"robots.txt now forbids {count(history.forbidden, 'article')} that it allowed before",
            "They stay as they were read. Ask the newsroom if you need to go on.",
            history.robots_at,
        )


def _blocked(readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings at the end that were all shut off, where they are enough to say so."""
    start = len(readings)
    while start and readings[start - 1].is_blocked:
        start -= 1
    return readings[start:] if len(readings) - start >= _BLOCKED_IN_A_ROW else ()


def _ways(history: History) -> Iterable[Finding]:
    alive = [way for way in history.ways if not way.problem and way.links]
    for way in history.ways:
        if way.problem and alive and f"{way.kind} {way.url}: " in history.trouble:
            yield Finding(
                "way dead",
                f"the {way.kind} {way.url} gives nothing ({way.problem}), though the {alive[0].kind} "
                f"{alive[0].url} does",
                f"Look for the new address of the {way.kind}, and put it into sources.toml, or take the old one out.",
                about=way.url,
            )
    for way in alive:
        if way.kind == "feed" and (since := _stale_since(way, history.releases)):
            yield Finding(
                "feed stale",
                f"the feed {way.url} no longer names what the newsroom publishes; other ways do",
                "Look whether the newsroom has another feed now. Until then the listing is what matters.",
                since,
                way.url,
            )


def _stale_since(feed: Way, releases: Sequence[Release]) -> datetime | None:
    """When releases that were seen while they were new began to be named by other ways than the feed."""
    fresh = [
        release for release in releases if release.via and release.day and release.seen.date() - release.day <= _FRESH
    ]
    start = fall([release.via == feed.url for release in fresh])
    return None if start is None else fresh[start].seen


def _moved(history: History) -> Iterable[Finding]:
    for way in history.ways:
        if way.moved_to:
            yield Finding(
                "moved",
                f"{way.url} leads to {way.moved_to} now",
                "If that is the newsroom, put the new address into sources.toml.",
                way.moved_at,
                way.url,
            )


def _fallen(history: History) -> Iterable[Finding]:
    readings = [reading for reading in history.readings if not reading.is_blocked]
    releases = history.releases
    start = _since([reading.is_article for reading in readings], [reading.at for reading in readings])
    if start is not None:
        reason = next((reading.reason for reading in reversed(readings) if reading.reason), "")
        yield Finding(
            "articles",
            f"since then few pages give an article ({_counted(reading.is_article for reading in readings[start:])}"
            + (f"; the last reason: {reason})" if reason else ")"),
            "The site was perhaps rebuilt: open a page. Check `listings`, `include` and `exclude`; where the text is "
            "made by scripts, `render = true` helps.",
            readings[start].at,
        )
    seen = [release.seen for release in releases]
    for kind, lacking, flags in (
        ("titles", "a title of its own", [release.titled for release in releases]),
        ("days", "a day", [release.day is not None for release in releases]),
    ):
        if (start := _since(flags, seen)) is not None:
            yield Finding(
                kind,
                f"since then few articles have {lacking} ({_counted(flags[start:])})",
                "The site was perhaps rebuilt: compare an article with its page, and report what is wrong.",
                seen[start],
            )
    lengths = [release.words for release in releases]
    if (start := _since(_usual_lengths(lengths), seen)) is not None:
        before, now = round(median(lengths[:start])), round(median(lengths[start:]))
        yield Finding(
            "lengths",
            f"since then articles have about {now:,} words, before about {before:,}",
            "The site was perhaps rebuilt: compare an article with its page.",
            seen[start],
        )


def _since(flags: Sequence[bool], moments: Sequence[datetime]) -> int | None:
    """Where a property was lost (`fall`), if that lasts longer than the crawl of one day."""
    start = fall(flags)
    return None if start is None or moments[start].date() == moments[-1].date() else start


def _usual_lengths(lengths: Sequence[int]) -> list[bool]:
    """Which lie in the range that nearly all have; its borders are those of the older half."""
    if len(lengths) < _FEWEST_READINGS + _SHORTEST_WINDOW:
        return []
    deciles = quantiles(lengths[: max(_FEWEST_READINGS, len(lengths) // 2)], n=10)
    return [deciles[0] * _ODD_LENGTH <= words <= deciles[-1] / _ODD_LENGTH for words in lengths]


def _counted(flags: Iterable[bool]) -> str:
    each = list(flags)
    return f"{sum(each)} of {len(each)}"


def _silent(history: History, now: datetime) -> Iterable[Finding]:
    limit = silent_after(history.days)
    answering = [way for way in history.ways if not way.problem]
    if limit is None or history.trouble or not answering:
        return
    newest, gaps = history.days[-1], _gaps(history.days)
    pause = (now.date() - newest).days
    watched = (now - history.watched_since).days if history.watched_since else pause
    if min(pause, watched) > limit:  # an old newsroom that was added yesterday has not been silent to us
        yield Finding(
            "silent",
            f"nothing new for {pause} days, though the {answering[0].kind} answers; the longest pause before was "
            f"{count(max(gaps), 'day')}, usual are {median(gaps):g}",
            "Look at the newsroom's page: where it shows newer releases, its feed or listing has another address now.",
            newest,
        )
