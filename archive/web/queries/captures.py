"""Pages as they were served: those of a release, one, its neighbours in time, and the nearest of any address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.web.queries.rows import Reader, row, rows

_SHOWABLE = "and status < 400 and kind in ('page', 'listing')"


@dataclass(frozen=True)
class Neighbours:
    """The captures of the same release before and after one, each an id and when it was fetched, or None."""

    before: tuple[int, str] | None
    after: tuple[int, str] | None


async def captures(db: Reader, article_id: int, most: int = 100) -> list[Any]:
    """The newest captures of an article, newest first."""
    sql = "select * from captures where article_id = ? order by fetched_at desc limit ?"
    return await rows(db, sql, [article_id, most])


@dataclass(frozen=True)
class Stretch:
    """Captures in a row that show the same: the newest and the oldest of them, and how many there are."""

    newest: Any
    oldest: Any
    times: int


def stretches(found: Sequence[Any]) -> list[Stretch]:
    """Captures, newest first, with those in a row that show the same page as one."""
    groups: list[list[Any]] = []
    for capture in found:
        if groups and _alike(groups[-1][-1], capture):
            groups[-1].append(capture)
        else:
            groups.append([capture])
    return [Stretch(group[0], group[-1], len(group)) for group in groups]


def _alike(one: Any, other: Any) -> bool:
    """Whether two captures show the same: refused in the same way, equal byte for byte, or with the same text."""
    if one["status"] >= 400 or other["status"] >= 400:
        return bool(one["status"] == other["status"])
    marks = [(each["text_mark"], each["title_mark"]) for each in (one, other)]
    return bool(one["digest"] == other["digest"] or (None not in marks[0] and marks[0] == marks[1]))


@dataclass(frozen=True)
class Stretches:
    """The newest stretches of an article's captures, and how many captures are older than these."""

    shown: list[Stretch]
    older: int = 0


async def stretches_of(db: Reader, article_id: int, most: int) -> Stretches:
    """The stretches of the newest `most` captures of an article. The oldest of them is followed to its true beginning.

    What is older than that is only counted.
    """
    found = stretches(await captures(db, article_id, most))
    if not found or sum(stretch.times for stretch in found) < most:
        return Stretches(found)
    last = found[-1]
    start = await row(db, _OTHER, _parameters(article_id, last.oldest))
    older = await row(
        db, _STRETCH, {"article": article_id, "at": last.oldest["fetched_at"], "since": start[0] if start else ""}
    )
    if older and older["times"]:
        oldest = await capture(db, older["id"])
        found[-1] = Stretch(last.newest, oldest or last.oldest, last.times + older["times"])
    before = {"article": article_id, "at": found[-1].oldest["fetched_at"]}
    more = await row(db, "select count(*) from captures where article_id = :article and fetched_at < :at", before)
    return Stretches(found, more[0] if more else 0)


_OTHER = """
    select fetched_at from captures where article_id = :article and fetched_at < :at and not case
        when status >= 400 or :status >= 400 then status = :status
        else digest = :digest or (text_mark = :text_mark and title_mark = :title_mark) is true end
    order by fetched_at desc limit 1
"""
"""When the newest capture before a moment was made that shows something else."""

_STRETCH = """
    select count(*) as times, (select id from captures where article_id = :article and fetched_at > :since
        order by fetched_at limit 1) as id
    from captures where article_id = :article and fetched_at > :since and fetched_at < :at
"""


def _parameters(article_id: int, shown: Any) -> dict[str, Any]:
    names = ("status", "digest", "text_mark", "title_mark")
    return {"article": article_id, "at": shown["fetched_at"], **{name: shown[name] for name in names}}


async def capture(db: Reader, capture_id: int) -> Any | None:
    """One capture's row, or None."""
    return await row(db, "select * from captures where id = ?", [capture_id])


async def full_capture(db: Reader, asked: Any) -> Any | None:
    """The capture that holds the body: the row itself, or for a revisit the newest full one with the same payload."""
    if not asked["revisit"]:
        return asked
    return await row(
        db,
        "select * from captures where url in (?, ?) and digest = ? and revisit = 0 and fetched_at <= ?"
        " order by fetched_at desc limit 1",
        [asked["url"], asked["final_url"], asked["digest"], asked["fetched_at"]],
    )


async def neighbours(db: Reader, asked: Any) -> Neighbours:
    """The captures before and after one: of its release, or of its address where it belongs to none."""
    of = "article_id = :article" if asked["article_id"] is not None else "url = :url"
    values = {"article": asked["article_id"], "url": asked["url"], "at": asked["fetched_at"], "id": asked["id"]}
    before = await row(
        db,
        f"select id, fetched_at from captures where {of} and (fetched_at, id) < (:at, :id)"
        " order by fetched_at desc, id desc limit 1",
        values,
    )
    after = await row(
        db,
        f"select id, fetched_at from captures where {of} and (fetched_at, id) > (:at, :id)"
        " order by fetched_at, id limit 1",
        values,
    )
    return Neighbours(tuple(before) if before else None, tuple(after) if after else None)


async def nearest(db: Reader, url: str, moment: str) -> int | None:
    """The capture of an address that is the last before a stored moment, else the first after it; None without any.

    Pages alone: a redirect leads to what it led to then, a refusal is none.
    """
    values = {"url": url, "at": moment}
    for when, order in (("and fetched_at <= :at", "desc"), ("", "asc")):
        either = " union all ".join(
            f"select * from (select id, fetched_at from captures where {column} = :url {_SHOWABLE} {when}"
            f" order by fetched_at {order} limit 1)"
            for column in ("url", "final_url")
        )
        found = await row(db, f"select id from ({either}) order by fetched_at {order} limit 1", values)
        if found:
            return int(found[0])
    return None
