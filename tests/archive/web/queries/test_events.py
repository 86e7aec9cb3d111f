"""What happened to releases: joined, paged, and never filled by one of them."""

from __future__ import annotations

from archive.web.queries import events
from archive.web.queries.events import Selection
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_events_of_several_kinds_are_joined_newest_first(db: Database) -> None:
    every = got(events.newest_events(db, Selection(events.CHANGES), 100))
    assert {"edited", "gone"} <= {event.kind for event in every}
    assert [event.at for event in every] == sorted((event.at for event in every), reverse=True)
    assert got(events.newest_events(db, Selection(events.CHANGES), 2)) == every[:2]
    assert {event.kind for event in got(events.newest_events(db, Selection(("gone",)), 100))} == {"gone"}
    ister = got(events.newest_events(db, Selection(events.CHANGES, "port-of-ister"), 100))
    assert ister == [event for event in every if event.source == "port-of-ister"]
    earlier = got(events.newest_events(db, Selection(events.CHANGES, before=every[0].at), 100))
    assert earlier == [event for event in every if event.at < every[0].at]


def _edited(db: Database, slug: str, at: str, times: int) -> None:
    for _ in range(times):
        db.connection.execute(
            "insert into events (at, source, article_id, kind) values (?, 'port-of-ister', ?, 'edited')",
            [at, article_id(slug)],
        )


def test_no_event_falls_through_between_two_pages(db: Database) -> None:
    _edited(db, "cranes", "2026-04-01T06:00:00+00:00", 150)
    every = got(events.newest_events(db, Selection(events.CHANGES), 1000))
    paged: list[events.Event] = []
    while more := got(
        events.newest_events(
            db,
            Selection(events.CHANGES, before=paged[-1].at if paged else "", row=paged[-1].row if paged else 0),
            40,
        )
    ):
        paged += more
    assert len(every) >= 153
    assert paged == every


def test_a_release_that_is_edited_again_and_again_does_not_fill_a_short_list(db: Database) -> None:
    before = got(events.newest_of_each(db, events.CHANGES, 8))
    _edited(db, "cranes", "2026-04-01T06:00:00+00:00", 300)
    found = got(events.newest_of_each(db, events.CHANGES, 8))
    assert [event.article_id for event in found].count(article_id("cranes")) == events.EACH
    assert found[events.EACH :] == before[: 8 - events.EACH]


def test_events_in_a_row_of_one_release_are_one_line(db: Database) -> None:
    _edited(db, "cranes", "2026-04-01T06:00:00+00:00", 12)
    lines = events.fold_repeats(got(events.newest_events(db, Selection(events.CHANGES), 100)))
    assert (lines[0].article_id, lines[0].times) == (article_id("cranes"), 12)
    assert all(line.times == 1 for line in lines[1:])


def test_events_of_sources_are_listed_each_by_itself(db: Database) -> None:
    for source in ("port-of-ister", "a", "b", "c", "d"):
        db.connection.execute(
            "insert into events (at, source, kind) values ('2026-04-02T06:00:00+00:00', ?, 'unavailable')", [source]
        )
    lines = events.fold_repeats(got(events.newest_events(db, Selection(events.CHANGES), 5)))
    assert {line.source for line in lines} == {"port-of-ister", "a", "b", "c", "d"}
    assert {(line.article_id, line.url, line.title) for line in lines} == {(None, "", "")}
