"""Keeps the tables `stories` and `story_articles`, and `articles.story_id`, up to date with the articles.

Articles that were written, changed or deleted wait in `story_queue` (added in the same transaction) until
`rebuild_stories` updates their stories. The result depends only on the articles, so a rebuild gives equal tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from archive.history.stories import Story, StoryMember, moment, most_like, seconds, told
from archive.store.database import Store
from archive.store.repeated.similar import SimilarArticles
from archive.store.rows import Row
from archive.store.schema import Database
from archive.text.minhash import similarity

CHUNK = 500
"""How many articles are updated in one transaction."""


class StoryStore:
    """Which articles belong to the same story. The work for an article is bounded, times the articles of its story."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.similar = SimilarArticles(store.db)

    def rebuild_stories(self, limit: int = -1) -> int:
        """Update the stories of waiting articles, all or at most so many; returns how many were updated."""
        done = 0
        while limit < 0 or done < limit:
            most = CHUNK if limit < 0 else min(CHUNK, limit - done)
            waiting = [
                row[0] for row in self._rows("select article_id from story_queue order by article_id limit ?", most)
            ]
            if not waiting:
                break
            with self.store.writing() as db:
                self._renew(waiting)
                db.conn.executemany("delete from story_queue where article_id = ?", [(article,) for article in waiting])
            done += len(waiting)
        return done

    def _renew(self, articles: Iterable[int]) -> None:
        renewal = _Renewal(self.store.db, self.similar)
        touched: set[int] = set()
        for article in articles:
            renewal.take_out(article)
            touched |= self.similar.renew(article)
        for article in self._in_time(touched):
            renewal.attach(article)
        renewal.write()

    def _in_time(self, articles: set[int]) -> list[int]:
        found = self._rows(
            "select article_id from minhashes where article_id in (select value from json_each(?))"
            " order by sort_key, article_id",
            json.dumps(sorted(articles)),
        )
        return [row[0] for row in found]

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.store.db.conn.execute(sql, values).fetchall()


class _Renewal:
    """The stories that one update changes: `roots` of trees of articles, and `ids` of their stories before."""

    def __init__(self, db: Database, similar: SimilarArticles) -> None:
        self.db = db
        self.similar = similar
        self.roots: set[int] = set()
        self.ids: set[int] = set()

    def take_out(self, article: int) -> None:
        """Remove an article that may have changed from its story, and the shares that were measured against it."""
        found = self.db.execute("select root_id from minhashes where article_id = ?", (article,)).fetchone()
        if found:
            self.roots.add(found[0])
        for (number,) in self._rows("select story_id from story_articles where article_id = ?", article):
            self.ids.add(number)
            self.db.execute(
                "delete from story_articles where story_id = ? and ? in (article_id, origin_id)", (number, article)
            )
        self._mark(article, None)

    def attach(self, article: int) -> None:
        """Attach an article to the earlier one that it is most similar to, and likewise those attached to it."""
        earlier = self._rows(
            "select l.earlier_id, l.resemblance, i.sort_key from similar_articles l"
            " join minhashes i on i.article_id = l.earlier_id where l.later_id = ?",
            article,
        )
        via = most_like({row[0]: (row[1], row[2]) for row in earlier})
        root = article if via is None else self._rows("select root_id from minhashes where article_id = ?", via)[0][0]
        self.db.execute("update minhashes set via_id = ? where article_id = ?", (via, article))
        moved = self._rows(
            "with recursive tree(id) as (select ? union all"
            " select i.article_id from minhashes i join tree t on i.via_id = t.id)"
            " select i.article_id, i.root_id from tree t join minhashes i on i.article_id = t.id where i.root_id <> ?",
            article,
            root,
        )
        self.roots |= {root, *(row[1] for row in moved)}
        self.db.conn.executemany(
            "update minhashes set root_id = ? where article_id = ?", [(root, row[0]) for row in moved]
        )

    def write(self) -> None:
        """Write the stories of all trees that changed."""
        for root in self.roots:
            self.ids.update(
                row[0]
                for row in self._rows(
                    "select distinct s.story_id from minhashes i join story_articles s on s.article_id = i.article_id"
                    " where i.root_id = ?",
                    root,
                )
            )
        self.db.conn.executemany("delete from stories where id = ?", [(number,) for number in self.ids])
        for root in sorted(self.roots):
            members = self._members(root)
            story = told(members)
            if story is None:
                self._put_apart(members)
            else:
                self._write_story(story)

    def _members(self, root: int) -> list[StoryMember]:
        found = self._rows(
            "select i.article_id, a.source, a.title, i.sort_key, a.first_seen, i.via_id"
            " from minhashes i join articles a on a.id = i.article_id where i.root_id = ?",
            root,
        )
        return [StoryMember(*row) for row in found]

    def _put_apart(self, members: Iterable[StoryMember]) -> None:
        for member in members:
            self.db.execute("delete from story_articles where article_id = ?", (member.article,))
            self._mark(member.article, None)

    def _write_story(self, story: Story) -> None:
        self.db.execute(
            "insert into stories (id, title, origin_id, first_at, articles, sources) values (?, ?, ?, ?, ?, ?)",
            (
                story.id,
                story.origin.title,
                story.origin.article,
                moment(story.origin.place),
                len(story.members),
                story.sources,
            ),
        )
        for row in self._changed(story):
            names = ", ".join(row)
            self.db.execute(
                f"insert or replace into story_articles ({names}) values ({', '.join('?' * len(row))})",
                list(row.values()),
            )
        for member in story.members:
            self._mark(member.article, story.id)

    def _changed(self, story: Story) -> Iterator[Row]:
        """Rows of a story's articles that differ from those in the tables."""
        known = {row["article_id"]: row for row in self._known(story.members)}
        for member in story.members:
            row: Row = {
                "article_id": member.article,
                "story_id": story.id,
                "origin_id": story.origin.article,
                "via_id": member.via,
                "delay_seconds": seconds(member.place) - seconds(story.origin.place),
            }
            before = known.get(member.article, {})
            if all(before.get(name, _NOTHING) == value for name, value in row.items()):
                continue
            if before and before["origin_id"] == story.origin.article:
                yield row | {"share": before["share"], "kept": before["kept"]}
            else:
                yield row | self._shares(member.article, story.origin.article)

    def _known(self, members: Iterable[StoryMember]) -> list[Row]:
        numbers = json.dumps([member.article for member in members])
        return list(
            self.db.query(
                "select * from story_articles where article_id in (select value from json_each(?))", [numbers]
            )
        )

    def _shares(self, article: int, origin: int) -> Row:
        found = similarity(self.similar.runs(article), self.similar.runs(origin))
        return {"share": round(found.common / found.one, 4), "kept": round(found.common / found.other, 4)}

    def _mark(self, article: int, story: int | None) -> None:
        self.db.execute("update articles set story_id = ? where id = ? and story_id is not ?", (story, article, story))

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.db.conn.execute(sql, values).fetchall()


_NOTHING = object()
