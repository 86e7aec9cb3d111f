"""Sources, how their crawls go, and how many releases each has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.core.backfill import backfill_in_words
from archive.web.queries.rows import Reader, number, row, rows

_NEWEST = 50
"""Releases of a source in which passages that cleaning removed are looked for."""


@dataclass(frozen=True)
class Health:
    """A source and how its crawls go.

    `state` is ok, failing, waiting (never crawled), imported, paused or unwatched.
    """

    name: str
    title: str
    url: str
    state: str
    releases: int
    last_crawl: str
    last_ok: str
    last_error: str
    failures: int
    health: str = ""
    health_since: str = ""


async def sources(db: Reader) -> list[Health]:
    """Every source with its count and health, the largest first; sources only imported from are included."""
    counted = await rows(db, "select source, sum(articles) from search_groups group by source having sum(articles)")
    counts: dict[str, int] = dict(counted)
    known = {each["name"]: each for each in await rows(db, "select * from sources")}
    found = [_health(name, known.get(name), counts.get(name, 0)) for name in {*counts, *known}]
    return sorted(found, key=lambda source: (-source.releases, source.name))


async def source_names(db: Reader) -> list[tuple[str, str]]:
    """Name and title of every source with releases, by title."""
    found = await rows(
        db,
        "select c.source as name, coalesce(nullif(s.title, ''), c.source) as title from search_groups c"
        " left join sources s on s.name = c.source group by c.source having sum(c.articles)",
    )
    return sorted(((each["name"], each["title"]) for each in found), key=lambda source: source[1].casefold())


async def sources_by_tag(db: Reader) -> dict[str, tuple[str, ...]]:
    """The names of the sources with each tag, in the order of the tags."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, source in await rows(db, "select tag, source from source_tags order by tag, source"):
        found[tag] = (*found.get(tag, ()), source)
    return found


async def tags_of(db: Reader, name: str) -> list[str]:
    """The tags of a source."""
    return [each["tag"] for each in await rows(db, "select tag from source_tags where source = ? order by tag", [name])]


async def backfill_of(db: Reader, name: str) -> str:
    """How far a source was walked back, in words; "" where no walk has begun."""
    known = await row(db, "select found, expected, reached, finished_at from backfills where source = ?", [name])
    if known is None:
        return ""
    return backfill_in_words(known["found"], known["expected"], known["reached"], (known["finished_at"] or "")[:10])


@dataclass(frozen=True)
class Rhythm:
    """What a source can be expected to do: days between days with releases, and after how many silence is no chance."""

    usual_days: float
    longest_days: float
    silent_after: float | None


async def rhythm_of(db: Reader, name: str) -> Rhythm | None:
    """A source's rhythm, by its own history; None while too little is known."""
    known = await row(db, "select usual_days, longest_days, silent_after from contracts where source = ?", [name])
    if known is None or known["usual_days"] is None:
        return None
    return Rhythm(known["usual_days"], known["longest_days"], known["silent_after"])


async def troubles_of(db: Reader, name: str) -> list[Any]:
    """What is wrong with a source: since when, in words, and what to do, the newest first. Nothing if unwatched."""
    return await rows(
        db,
        "select about, since, words, advice from health where source = ? and not exists (select 1 from sources s"
        " where s.name = health.source and s.state <> 'watched') order by since desc, kind, about",
        [name],
    )


async def learned_of(db: Reader, name: str, most: int) -> list[Any]:
    """Passages that a source repeats, each with how many of its newest releases lost it (`removed`), and one of them.

    What a person decided comes first, then what releases lost, then those on the most pages.
    """
    return await rows(
        db,
        "with newest as materialized (select id from articles where source = :name order by listed_day desc,"
        " first_seen desc limit :newest), lost as materialized"
        " (select boilerplate_id, count(distinct article_id) as removed, max(article_id) as example from removed"
        " where article_id in (select id from newest)"
        " and boilerplate_id is not null group by boilerplate_id)"
        " select b.id, b.text, b.documents, b.why, b.state, coalesce(l.removed, 0) as removed, l.example,"
        " a.title as example_title from boilerplate b left join lost l on l.boilerplate_id = b.id"
        " left join articles a on a.id = l.example where b.source = :name"
        " order by b.state = 'active', l.removed is null, l.removed desc, b.documents desc, b.id limit :most",
        {"name": name, "newest": _NEWEST, "most": most},
    )


async def source_named(db: Reader, name: str) -> Health | None:
    """One source with its count, or None where neither sources nor articles know the name."""
    counting = "select coalesce(sum(articles), 0) from search_groups where source = ?"
    releases = await number(db, counting, [name])
    known = await row(db, "select * from sources where name = ?", [name])
    return _health(name, known, releases) if known or releases else None


def _health(name: str, known: Any, releases: int) -> Health:
    if known is None:
        return Health(name, name, "", "imported", releases, "", "", "", 0)
    return Health(
        name=name,
        title=known["title"] or name,
        url=known["url"] or "",
        state=_state(known, releases),
        releases=releases,
        last_crawl=known["last_crawl"] or "",
        last_ok=known["last_ok"] or "",
        last_error=known["last_error"] or "",
        failures=known["failures"],
        health=known["health"] if known["state"] == "watched" else "",
        health_since=(known["health_since"] or "") if known["state"] == "watched" else "",
    )


def known_as(known: Any, releases: int) -> str:
    """How a source is watched, as its row says; imported if nobody watches it and its releases came without a crawl."""
    imported = releases and not known["last_crawl"] and known["state"] == "unwatched"
    return "imported" if imported else str(known["state"])


def _state(known: Any, releases: int) -> str:
    if known["state"] != "watched":
        return known_as(known, releases)
    if known["failures"]:
        return "failing"
    if known["last_ok"]:
        return "ok"
    return "imported" if releases and not known["last_crawl"] else "waiting"


async def runs_of(db: Reader, source: str, most: int = 10) -> list[Any]:
    """The newest crawls of a source."""
    return await rows(db, "select * from runs where source = ? order by started_at desc limit ?", [source, most])
