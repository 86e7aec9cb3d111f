"""Counts by month: all matches, within the filters."""

from __future__ import annotations

from datetime import date

from archive.store.finding.query import Asked
from archive.web.queries.trends import by_month
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_all_matches_are_counted_by_the_month_they_are_listed_under(db: Database) -> None:
    assert got(by_month(db, Asked("street"))) == {"2026-03": 13}
    db.connection.execute(
        "update search_places set place = place - (31 << 46) where article_id in (?, ?)",
        (article_id("street-0"), article_id("street-1")),
    )
    assert got(by_month(db, Asked())) == {"2026-02": 2, "2026-03": 16}


def test_filters_hold_and_no_words_mean_everything(db: Database) -> None:
    assert got(by_month(db, Asked("street", source="port-of-ister"))) == {"2026-03": 6}
    assert sum(got(by_month(db, Asked())).values()) == 18
    assert got(by_month(db, Asked("street", since=date(2027, 1, 1)))) == {}
    assert got(by_month(db, Asked("***"))) == {}
