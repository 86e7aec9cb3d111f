"""Counts by month: all matches, within the filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from archive.store.search_index.query import Asked
from archive.web.queries.trends import by_day, by_month, months_of
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id, publish_on

STREETS = (
    "select listed_day, count(*) from articles_fts f join articles a on a.id = f.rowid"
    " where articles_fts match 'street' and listed_day between ? and ? group by 1"
)


def test_all_matches_are_counted_by_the_month_they_are_listed_under(db: Database) -> None:
    assert got(by_month(db, Asked("street"))) == {"2026-03": 13}
    for slug in ("street-0", "street-1"):
        publish_on(db.connection, article_id(slug), "2026-02-27")
    assert got(by_month(db, Asked())) == {"2026-02": 2, "2026-03": 16}


def test_filters_hold_and_no_words_mean_everything(db: Database) -> None:
    assert got(by_month(db, Asked("street", source="port-of-ister"))) == {"2026-03": 6}
    assert sum(got(by_month(db, Asked())).values()) == 18
    assert got(by_month(db, Asked("street", since=date(2027, 1, 1)))) == {}
    assert got(by_month(db, Asked("***"))) == {}


def test_a_month_is_cut_where_the_period_begins_and_ends(db: Database) -> None:
    publish_on(db.connection, article_id("street-0"), "2026-02-27")
    days = db.connection.execute("select listed_day from articles order by 1").fetchall()
    inside = Counter(day[:7] for (day,) in days if "2026-02-27" <= day <= "2026-03-09")
    assert len(inside) == 2
    period = Asked(since=date(2026, 2, 27), until=date(2026, 3, 9))
    assert got(by_month(db, period)) == inside
    assert got(by_month(db, Asked(since=date(2026, 2, 28), until=date(2026, 2, 28)))) == {}
    streets = dict(db.connection.execute(STREETS, ("2026-02-27", "2026-03-09")).fetchall())
    assert got(by_month(db, replace(period, words="street"))) == {
        "2026-02": 1,
        "2026-03": sum(number for day, number in streets.items() if day > "2026-03"),
    }
    tagged = Asked(among=("port-of-ister", "noor-institute"))
    every = [got(by_month(db, Asked(source=name))) for name in tagged.among or ()]
    assert got(by_month(db, tagged)) == sum((Counter(one) for one in every), Counter())
    assert got(by_month(db, replace(tagged, source="valdora-council"))) == {}
    assert got(months_of(db, (Asked(), period))) == [got(by_month(db, Asked())), inside]


def test_the_days_of_a_source_are_counted_within_a_period(db: Database) -> None:
    publish_on(db.connection, article_id("street-1"), "2026-02-27")
    days = db.connection.execute("select listed_day from articles where source = 'port-of-ister'").fetchall()
    expected = Counter(day for (day,) in days if "2026-02-27" <= day <= "2026-03-11")
    assert got(by_day(db, "port-of-ister", date(2026, 2, 27), date(2026, 3, 11))) == expected
    assert len(expected) > 1


def test_what_is_kept_is_read_once_and_no_group_is_asked_for_without_words(db: Database) -> None:
    asked: list[str] = []
    db.connection.set_trace_callback(asked.append)
    got(months_of(db, [Asked("street"), Asked(), Asked("ferry")]))
    assert sum("month_counts" in sql for sql in asked) == 1
    assert sum("search_groups" in sql for sql in asked) == 1
    asked.clear()
    got(by_month(db, Asked(source="port-of-ister")))
    assert len(asked) == 1
