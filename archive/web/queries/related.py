"""The same text in other places: who published it when, and how much of it, as the article page says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.text.wording import day
from archive.web.queries.rows import Reader, rows

_OTHERS = """
    select a.id, a.source, coalesce(nullif(s.title, ''), a.source) as source_title, a.title, a.published_day,
        a.language, a.first_seen, t.share, t.kept, t.delay_seconds, a.id = t.origin_id as first
    from story_articles t indexed by story_articles_story join articles a on a.id = t.article_id
    left join sources s on s.name = a.source
    where t.story_id = ? and a.id <> ? order by t.delay_seconds, a.first_seen, a.id limit ?
"""
_REPEATS = """
    with pairs as (
        select earlier_id as id, resemblance from similar_articles where later_id = :id
        union all select later_id, resemblance from similar_articles indexed by similar_articles_earlier
        where earlier_id = :id
    )
    select a.id, a.source, a.source as source_title, a.title, a.published_day, a.language, a.first_seen,
        p.resemblance as share, p.resemblance as kept, 0 as delay_seconds, 0 as first
    from pairs p join articles a on a.id = p.id where a.source = :source order by a.first_seen, a.id limit :most
"""
_SPANS = ((86400, "day", "days"), (3600, "hour", "hours"), (60, "minute", "minutes"))


@dataclass(frozen=True)
class RelatedArticle:
    """An article of another place with the same text, compared with the first of all.

    `share` is how much of its text is that of the first, `kept` how much of the first's text it has.
    """

    id: int
    title: str
    source: str
    source_title: str
    published_day: str
    first: bool
    share: float
    kept: float
    delay_seconds: int
    language: str

    @property
    def facts(self) -> str:
        """What there is to say of it: when, and how it differs."""
        if self.first:
            return ", ".join(filter(None, (day(self.published_day), "the first")))
        said = [day(self.published_day), f"{span(self.delay_seconds)} after the first" if self.delay_seconds else ""]
        return ", ".join(filter(None, (*said, _amount(self.share, self.kept))))


async def of(db: Reader, article: Any, most: int = 12) -> tuple[list[RelatedArticle], int]:
    """The other articles that carry an article's text, the earliest of them, and how many more there are.

    Without a story these are of its own source: one release under two addresses, such as those of two categories.
    """
    if article["story_id"] is None:
        values = {"id": article["id"], "source": article["source"], "most": most}
        return [_related(row) for row in await rows(db, _REPEATS, values)], 0
    found = await rows(db, _OTHERS, [article["story_id"], article["id"], most])
    counted = await rows(db, "select articles from stories where id = ?", [article["story_id"]])
    others = counted[0][0] - 1 if counted else len(found)
    return [_related(row) for row in found], max(others - len(found), 0)


def _related(row: Any) -> RelatedArticle:
    return RelatedArticle(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        source_title=row["source_title"],
        published_day=row["published_day"] or row["first_seen"],
        first=bool(row["first"]),
        share=row["share"],
        kept=row["kept"],
        delay_seconds=row["delay_seconds"],
        language=row["language"] or "",
    )


def span(seconds: int) -> str:
    """A stretch of time in its largest unit: "3 hours"."""
    for size, one, many in _SPANS:
        if seconds >= size:
            count = seconds // size
            return f"{count} {one if count == 1 else many}"
    return "less than a minute"


def _amount(share: float, kept: float) -> str:
    if kept >= 0.97:
        return "the same text" if share >= 0.97 else f"the whole text, which is {share:.0%} of what it says"
    return f"{kept:.0%} of the text" + ("" if share >= 0.97 else f", which is {share:.0%} of what it says")
