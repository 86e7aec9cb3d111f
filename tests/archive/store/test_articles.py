"""Articles' rows: what changed in them since a moment, counted without reading those that did not."""

from __future__ import annotations

from pathlib import Path

from archive.core.model import Extraction
from archive.history.events import ArticleState
from archive.store.articles import packed, text_changes, with_memory
from archive.store.database import Store

COLUMNS = "(id, source, url, title, text, word_count, first_seen, last_seen, last_checked, changed_at, capture_id)"


def test_articles_that_say_something_else_are_counted(tmp_path: Path) -> None:
    def put(number: int, text: str) -> None:
        values = (number, "valdora", "", "Pier", text, 1, "", "", "", "", 1)
        store.db.execute(f"insert or replace into articles {COLUMNS} values ({', '.join('?' * 11)})", values)

    with Store(tmp_path / "archive.db") as store:
        for number in range(6):
            put(number, f"Text {number}")
        for _ in range(2):
            with text_changes(store.db) as changed:
                assert changed() == 0
                put(0, "Text 0")
                store.db.execute("update articles set last_seen = 'x' where id = 1")
                store.db.execute("update articles set text = 'other' where id = 2")
                assert changed() == 1
                put(3, "other")
                put(3, "again other")
                store.db.execute("delete from articles where id = 4")
                put(6, "new")
                assert changed() == 4
                put(2, "Text 2")
                put(7, "came and went")
                store.db.execute("delete from articles where id = 7")
                assert changed() == 3
                plan = store.db.execute("explain query plan select * from changed_articles, articles using (id)")
                assert any("SEARCH articles USING INTEGER PRIMARY KEY" in row[3] for row in plan.fetchall())
            put(3, "Text 3")
            put(4, "Text 4")
            store.db.execute("delete from articles where id = 6")


def test_what_is_known_of_the_lines_of_a_text_is_remembered_with_it() -> None:
    said = Extraction("https://v.example/1", "Ferry", "It sails.\n\nRead on", asides=(4, 5), folds=(-7,))
    state = ArticleState(said, 1, "", "", "", "")
    bare = ArticleState(Extraction(said.url, said.title, said.text), 1, "", "", "", "")
    assert with_memory(bare, packed(state)) == state
