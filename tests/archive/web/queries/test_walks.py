"""Walks in steps with a budget, and which words a search is ranked by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.store.search_index.plan import plan
from archive.store.search_index.query import RANK, Asked
from archive.text.fulltext import match_query
from archive.web.queries import walks
from tests.archive.web.queries.support import Database, got
from tests.bench.million import build, frequent_words


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(sqlite3.connect(build(tmp_path_factory.mktemp("walks") / "some", 600) / "archive.db")) as opened:
        opened.row_factory = sqlite3.Row
        yield Database(opened)


def test_steps_join_and_stop_when_there_is_no_time(many: Database) -> None:
    (word,) = frequent_words(many.connection, [5])
    planned = plan(Asked(word), got(walks.groups_of(many)))
    whole = got(walks.walk(many, planned, (10_000,)))
    assert whole.complete
    assert len(whole.places) > 100
    stepped = got(walks.walk(many, planned, (7, 30, 10_000), seconds=60))
    assert stepped == whole
    cut = got(walks.walk(many, planned, (7, 30, 10_000), seconds=0))
    assert (cut.places, cut.groups, cut.complete) == (whole.places[:7], whole.groups[:7], False)
    exact = got(walks.walk(many, planned, (len(whole.places),)))
    assert (exact.places, exact.complete) == (whole.places, False)


def test_the_best_are_those_of_bm25(many: Database) -> None:
    one, other = frequent_words(many.connection, [40, 90])
    for words in (one, f"{one} {other}", f"{one} OR {other}", f'"{one}"', f"{one} -{other}"):
        asked = Asked(words, standing="live")
        planned = plan(asked, got(walks.groups_of(many)))
        ranking = got(walks.ranking(many, asked))
        among = frozenset(got(walks.walk(many, planned, (10_000,))).places)
        ranked = got(walks.best(many, planned, ranking, among))
        slowly = many.connection.execute(
            "select f.rowid from search_fts f join search_places p on p.place = f.rowid and p.standing = 'live'"
            f" where search_fts match ? order by {RANK.replace('bm25(', 'bm25(search_fts, ')}",
            [match_query(words)],
        ).fetchall()
        assert len(ranked) > 3
        assert ranked == [row[0] for row in slowly], words


def test_frequent_words_are_not_what_matches_are_ranked_by(many: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    frequent, rare = frequent_words(many.connection, [2, 90])
    monkeypatch.setattr(walks, "RANKED", 100)

    def ranking(words: str) -> str:
        return got(walks.ranking(many, Asked(words)))

    assert ranking(frequent) == ""
    assert ranking(f"{frequent} {rare}") == f'("{rare}")'
    assert ranking(f"{frequent} OR {rare}") == ""
    assert ranking(f"{rare} -{frequent}") == f'("{rare}")'
    assert ranking(f'"{frequent} {rare}"') == f'("{frequent} {rare}")'
    monkeypatch.setattr(walks, "_PHRASED", 1)
    assert ranking(f'"{frequent} {rare}"') == ""
    monkeypatch.setattr(walks, "_TERMS", 1)
    assert ranking(f"{rare} nowhere") == f'("{rare}")'


def test_articles_are_read_in_steps(many: Database) -> None:
    (word,) = frequent_words(many.connection, [40])
    everything = got(walks.articles_before(many, Asked(word), None, 10_000))
    further = got(walks.articles_before(many, Asked(word), everything[1][0], 3))
    assert further == everything[2:5]
    once = got(walks.ever(many, Asked(word, ever=True), 10_000))
    assert {number for number, now in once if now} == {number for _, number in everything}
    assert got(walks.ever(many, Asked(word, ever=True), 2, 1)) == once[1:3]
