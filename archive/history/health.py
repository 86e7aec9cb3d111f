"""How a source keeps its own promise: what it usually publishes, and what is otherwise now. Pure; asks no clock.

Every expectation comes from the source's own history, so that a calm newsroom is never compared with a busy one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from archive.core.counted import count
from archive.core.urls import host
from archive.history.failing.causes import cause_of, is_of_pages, is_of_the_host
from archive.history.failing.chance import lost_at, pauses_since_break, silent_after, usual_lengths

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
class SourceHistory:
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

    `usual_days` is the median pause between days with releases since the last break (`pauses_since_break`),
    `longest_days` the longest, `silent_after` the pause in days that would be no chance any more. `articles` is the
    share of pages read that gave one, `titled` and `dated` the shares of articles with a title of their own and a day,
    `words` their median length.
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


def contract(history: SourceHistory) -> Contract:
    """What a source can be expected to do, by what it did."""
    pauses = pauses_since_break(history.days)
    releases, readings = history.releases, history.readings
    return Contract(
        releases=len(releases),
        usual_days=median(pauses) if pauses else None,
        longest_days=max(pauses, default=None),
        silent_after=silent_after(history.days),
        articles=_share([reading.is_article for reading in readings]),
        titled=_share([release.titled for release in releases]),
        dated=_share([release.day is not None for release in releases]),
        words=round(median(release.words for release in releases)) if releases else None,
    )


def findings(history: SourceHistory, now: datetime) -> tuple[Finding, ...]:
    """All that is wrong with a source, what hides the rest first; empty for one that is as it was."""
    reached = tuple(_unreachable(history))
    if reached:
        return reached
    broken = (*_ways(history), *_moved(history), *_fallen(history))
    return broken or tuple(_silent(history, now))


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 3) if flags else None


def _unreachable(history: SourceHistory) -> Iterable[Finding]:
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


def _ways(history: SourceHistory) -> Iterable[Finding]:
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
    start = lost_at([release.via == feed.url for release in fresh])
    return None if start is None else fresh[start].seen


def _moved(history: SourceHistory) -> Iterable[Finding]:
    for way in history.ways:
        if way.moved_to:
            yield Finding(
                "moved",
                f"{way.url} leads to {way.moved_to} now",
                "If that is the newsroom, put the new address into sources.toml.",
                way.moved_at,
                way.url,
            )


def _fallen(history: SourceHistory) -> Iterable[Finding]:
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
    if (start := _since(usual_lengths(lengths), seen)) is not None:
        before, now = round(median(lengths[:start])), round(median(lengths[start:]))
        yield Finding(
            "lengths",
            f"since then articles have about {now:,} words, before about {before:,}",
            "The site was perhaps rebuilt: compare an article with its page.",
            seen[start],
        )


def _since(flags: Sequence[bool], moments: Sequence[datetime]) -> int | None:
    """Where a property was lost (`lost_at`), if that lasts longer than the crawl of one day."""
    start = lost_at(flags)
    return None if start is None or moments[start].date() == moments[-1].date() else start


def _counted(flags: Iterable[bool]) -> str:
    each = list(flags)
    return f"{sum(each)} of {len(each)}"


def _silent(history: SourceHistory, now: datetime) -> Iterable[Finding]:
    limit = silent_after(history.days)
    answering = [way for way in history.ways if not way.problem]
    if limit is None or history.trouble or not answering:
        return
    newest, pauses = history.days[-1], pauses_since_break(history.days)
    pause = (now.date() - newest).days
    watched = (now - history.watched_since).days if history.watched_since else pause
    if min(pause, watched) > limit:  # an old newsroom that was added yesterday has not been silent to us
        yield Finding(
            "silent",
            f"nothing new for {pause} days, though the {answering[0].kind} answers; the longest pause since "
            f"{history.days[-1 - len(pauses)]} was {count(max(pauses), 'day')}, usual are {median(pauses):g}",
            "Look at the newsroom's page: where it shows newer releases, its feed or listing has another address now.",
            newest,
        )
