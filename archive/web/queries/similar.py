"""Releases that say much the same as one, with the passages where they do."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.store.search_index import similar
from archive.store.search_index.query import Statement
from archive.web.queries.releases import Release, releases_with
from archive.web.queries.rows import Reader, number, rows
from archive.web.search_request import PAGE, Excerpt, excerpts

SECONDS = 0.05
"""Processor time after which no more words of the release are weighed."""

_AT_ONCE = 8
"""Words that are counted between two looks at the time."""


@dataclass(frozen=True)
class Alike:
    """Releases that say much the same, the most similar first; of each its title and the passage with shared words."""

    releases: tuple[Release, ...] = ()
    excerpts: dict[int, Excerpt] = field(default_factory=dict)


async def alike(db: Reader, article: int) -> Alike:
    """The releases that are most like an article. Nothing where the article says nothing that others say."""
    found = await _rows(db, similar.of_article(article))
    if not found:
        return Alike()
    said = similar.candidates(found[0]["title"], found[0]["text"])
    total = await number(db, similar.TOTAL.sql)
    chosen = similar.choose(said, await _counts(db, [*said]), total)
    if not chosen:
        return Alike()
    ids = [each[0] for each in await _rows(db, similar.alike(chosen, article, found[0]["story_id"], PAGE))]
    releases = await releases_with(db, ids)
    made = excerpts([(release.title, release.text) for release in releases], " OR ".join(chosen))
    shown = tuple(replace(release, text="") for release in releases)
    return Alike(shown, {release.id: excerpt for release, excerpt in zip(releases, made, strict=True)})


async def _counts(db: Reader, words: Sequence[str]) -> dict[str, int]:
    """In how many articles these words are, the first of them, as far as the time reaches."""
    began = time.process_time()
    counts: dict[str, int] = {}
    for start in range(0, len(words), _AT_ONCE):
        if time.process_time() - began > SECONDS:
            break
        counts |= dict(await _rows(db, similar.counts(words[start : start + _AT_ONCE])))
    return counts


async def _rows(db: Reader, statement: Statement) -> list[Any]:
    return await rows(db, statement.sql, statement.parameters)
