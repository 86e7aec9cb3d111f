"""The texts that a release had."""

from __future__ import annotations

from archive.web.queries import revisions
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_revisions_come_newest_first_and_in_pairs(db: Database) -> None:
    budget = article_id("budget")
    assert [one.n for one in got(revisions.revisions(db, budget))] == [3, 2, 1]
    assert [one.n for one in got(revisions.revisions(db, budget, most=2))] == [3, 2]
    assert [one.n for one in got(revisions.revision_pair(db, budget, 2))] == [2, 1]
    assert [one.n for one in got(revisions.revision_pair(db, budget, 1))] == [1]
    assert got(revisions.revisions(db, budget))[0].silent is True


def test_the_revision_that_a_release_was_at(db: Database) -> None:
    budget = article_id("budget")
    third, second, first = got(revisions.revisions(db, budget))
    at = got(revisions.revision_at(db, budget, second.fetched_at))
    assert at is not None
    assert at.n == 2
    last = got(revisions.revision_at(db, budget, "2027-01-01"))
    assert last is not None
    assert last.n == third.n
    assert got(revisions.revision_at(db, budget, "2020-01-01")) is None
    assert first.n == 1
