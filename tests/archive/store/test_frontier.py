"""The crawl's memory: what is asked again and when, validators that lie, hosts that refuse, clocks that were ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from archive.core.model import Capture, HostRest, KnownDocument, Link, Validators
from archive.core.urls import host
from archive.store.database import Store
from tests.support.archiving import DAY, HOST, Newsroom, ingesting, later, page, story

FEED = f"{HOST}/feed"
HOME = host(HOST)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def link(path: str) -> Link:
    return Link(f"{HOST}{path}", via=FEED)


def crawl(store: Store, at: datetime, *paths: str, changed: bool = True) -> frozenset[str]:
    """A crawl of a feed that names these pages; the addresses of those to fetch."""
    store.begin_run("valdora", at)
    wanted = store.fresh("valdora", [link(path) for path in paths], at) if changed else frozenset()
    pending = {each.url for each in store.pending("valdora", at)}
    seconds = timedelta(seconds=9)
    read = KnownDocument(FEED, "feed", full_at=at + seconds if changed else None)
    store.note_document("valdora", read, at + seconds, offered=changed)
    return wanted | pending


def answers(room: Newsroom, tmp_path: Path, *captures: Capture) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
        ingest.flush()


def first_due(tmp_path: Path, url: str, hours: Iterator[int]) -> int | None:
    """The first of these hours at which a crawl, one each hour, asks for an address; None if none does."""
    with Store(tmp_path / "archive.db") as store:
        return next((hour for hour in hours if url in crawl(store, later(hours=hour), changed=False)), None)


BAD = {
    "not found": lambda room, at: room.answer("/a", status=404, at=at),
    "soft 404": lambda room, at: room.answer("/a", "<title>Page not found</title><h1>Page not found</h1>", at=at),
    "empty": lambda room, at: room.answer("/a", "", at=at),
    "forbidden": lambda room, at: room.answer("/a", status=403, at=at),
    "trouble": lambda room, at: room.answer("/a", status=503, at=at),
    "304 unasked": lambda room, at: room.answer("/a", "", status=304, at=at),
}


@pytest.mark.parametrize("bad", sorted(BAD))
def test_a_release_whose_first_answer_was_bad_is_asked_for_again_while_its_feed_names_it(
    bad: str, tmp_path: Path
) -> None:
    room = Newsroom(tmp_path)
    with Store(tmp_path / "archive.db") as store:
        assert crawl(store, DAY, "/a") == {f"{HOST}/a"}
    answers(room, tmp_path, BAD[bad](room, DAY))
    asked: list[int] = []
    with Store(tmp_path / "archive.db") as store:
        assert crawl(store, later(minutes=2), "/a", "/b") == {f"{HOST}/b"}
    hours = iter(range(1, 24 * 40))
    while (hour := first_due(tmp_path, f"{HOST}/a", hours)) is not None:
        asked.append(hour)
        answers(room, tmp_path, BAD[bad](room, later(hours=hour)))
    assert 2 <= len(asked) <= 25
    waits = [after - before for before, after in pairwise(asked)]
    assert all(before <= after + 1 for before, after in pairwise(waits))
    answers(room, tmp_path, room.answer("/a", page(1), at=later(days=60)))
    with Store(tmp_path / "archive.db") as store:
        ((state,),) = store.db.execute("select state from urls where key like '%/a'").fetchall()
        assert state == "article"


@pytest.mark.parametrize("where", ["/status", "/"])
def test_a_release_that_led_to_a_page_of_maintenance_is_asked_for_again(where: str, tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    closed = page(9, title="We are back soon")
    for hours in (0, 2):
        with Store(tmp_path / "archive.db") as store:
            assert crawl(store, later(hours=hours), "/a", changed=not hours) == {f"{HOST}/a"}
        answers(room, tmp_path, room.answer(where, closed, asked="/a", at=later(hours=hours)))
    answers(room, tmp_path, room.answer("/a", page(1), at=later(hours=5)))
    with Store(tmp_path / "archive.db") as store:
        assert store.db.execute("select state from urls where key like '%/a'").fetchall() == [("article",)]


def test_an_address_that_leads_to_the_wrong_article_is_asked_again_for_some_days_and_its_own_comes_back(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path)
    paths = ("/news/1-path", "/news/2-path")
    answers(room, tmp_path, *(room.answer(path, page(number)) for number, path in enumerate(paths)))
    closed = page(9, title="We are back soon")
    asked: list[int] = []
    for hour in (*range(30, 50), *range(50, 24 * 60, 24)):
        at = later(hours=hour)
        with Store(tmp_path / "archive.db") as store:
            named = {link.url for link in store.pending("valdora", at)}
        if hour == 30 or f"{HOST}{paths[0]}" in named:
            asked.append(hour)
            answers(room, tmp_path, *(room.answer("/status", closed, asked=path, at=at) for path in paths))
    assert 5 <= len(asked) <= 10
    answers(room, tmp_path, *(room.answer(path, page(n), at=later(days=61)) for n, path in enumerate(paths)))
    with Store(tmp_path / "archive.db") as store:
        told = store.db.execute("select url, kind from events where kind <> 'new' order by at").fetchall()
        again = {recheck.url for recheck in store.due("valdora", later(days=500))}
    assert sorted(told) == sorted((f"{HOST}{path}", kind) for path in paths for kind in ("missing", "gone", "returned"))
    assert {f"{HOST}{path}" for path in paths} <= again


def test_an_address_that_leads_where_it_promised_is_not_asked_again(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    named = Link(f"{HOST}/?p=7", "The path is open", via=FEED)
    answers(room, tmp_path, room.answer("/news/a7", page(1, title="The path is open"), asked="/?p=7", link=named))
    answers(room, tmp_path, room.answer("/n/the-path-is-shut", page(2, title="Shut!"), asked="/old/the-path-is-shut"))
    answers(room, tmp_path, room.answer("/news/a8", page(3, title="A pier"), asked="/?p=8"))
    with Store(tmp_path / "archive.db") as store:
        assert {link.url for link in store.pending("valdora", later(days=1))} == {f"{HOST}/?p=8"}


def test_what_nothing_names_any_longer_is_not_asked_for_until_it_is_named_again(store: Store) -> None:
    crawl(store, DAY, "/a", "/b")
    store.drop("valdora", f"{HOST}/a", "redirected to another site", DAY)
    assert f"{HOST}/a" in crawl(store, later(hours=1), changed=False)
    crawl(store, later(hours=2), "/b")
    assert f"{HOST}/a" not in crawl(store, later(days=40), changed=False)
    plan = "select count(*) from urls where next_check is not null and key like '%/a'"
    assert store.db.execute(plan).fetchone()[0] == 0
    assert f"{HOST}/a" in crawl(store, later(days=41), "/a", "/b")


def test_answers_of_one_crawl_are_one_failed_look(store: Store) -> None:
    for minute in range(4):
        store.drop("valdora", f"{HOST}/a", "no answer", later(minutes=minute), retry=True)
    assert store.db.execute("select failures from urls").fetchone()[0] == 1


def test_a_page_is_asked_for_in_full_now_and_then(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = replace(room.answer("/a", page(1)), etag='"v1"')
    answers(room, tmp_path, first)
    with Store(tmp_path / "archive.db") as store:
        etags = [store.due("valdora", later(days=day))[0].validators.etag for day in (1, 13, 14, 400)]
        assert etags == ['"v1"', '"v1"', "", ""]
    same = replace(room.answer("/a", page(1), at=later(days=5)), etag='"v1"', revisit=True, digest=first.digest)
    answers(room, tmp_path, same)
    with Store(tmp_path / "archive.db") as store:
        (again,) = store.due("valdora", later(days=18))
        assert (again.validators.etag, again.validators.digest) == ('"v1"', first.digest)


@pytest.mark.parametrize(
    ("etag", "modified", "trusted"),
    [('"v1"', "", False), ('"v2"', "", True), ("", "Mon, 02 Mar 2026 09:00:00 GMT", False), ("", "", True)],
)
def test_a_validator_that_stays_though_the_page_changed_is_not_believed_for_ninety_days(
    etag: str, modified: str, trusted: bool, tmp_path: Path
) -> None:
    room = Newsroom(tmp_path)
    first = replace(room.answer("/a", page(1)), etag='"v1"' if etag else "", last_modified=modified)
    answers(room, tmp_path, first)
    changed = replace(room.answer("/a", page(2), at=later(days=1)), etag=etag, last_modified=modified)
    answers(room, tmp_path, changed)
    with Store(tmp_path / "archive.db") as store:
        assert store.trusts_validators("valdora", later(days=2)) == trusted
        assert store.trusts_validators("valdora", later(days=92))
        (again,) = store.due("valdora", later(days=2))
        assert bool(again.validators.etag or again.validators.last_modified) == (trusted and bool(etag))


def test_a_feed_that_changed_under_one_etag_is_found_out(store: Store) -> None:
    store.begin_run("valdora", DAY)
    for digest in ("one", "one", "two"):
        assert store.trusts_validators("valdora", DAY)
        read = KnownDocument(FEED, "feed", Validators(etag='"v1"', digest=digest), full_at=DAY)
        store.note_document("valdora", read, DAY, offered=True)
    assert not store.trusts_validators("valdora", DAY)


def test_a_host_that_asks_to_be_left_alone_is_remembered_up_to_a_bound(store: Store) -> None:
    store.note_refusal(HOME, "answered 429", DAY, 3600.0)
    assert store.resting_hosts(later(minutes=59)) == (HostRest(HOME, later(hours=1), "answered 429"),)
    assert store.resting_hosts(later(minutes=60)) == ()
    store.note_refusal(HOME, "answered 503", DAY, 10.0**300)
    assert store.resting_hosts(later(days=6)) != ()
    assert store.resting_hosts(later(days=7)) == ()
    assert store.resting_hosts(DAY - timedelta(days=2)) == ()  # the clock was ahead when it was written


def test_a_host_that_refuses_without_a_word_rests_longer_each_time_until_it_answers(store: Store) -> None:
    waits = []
    at = DAY
    for _ in range(12):
        store.note_refusal(HOME, "answered 429", at, None)
        (rest,) = store.resting_hosts(at)
        waits.append(rest.until - at)
        at = rest.until
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits[-1] == timedelta(days=1)
    store.note_answers([HOME], at)
    store.note_refusal(HOME, "answered 429", at, None)
    assert store.resting_hosts(at)[0].until - at == timedelta(minutes=10)


def test_a_clock_that_was_ahead_puts_nothing_off_for_years(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    ahead = later(days=700)
    with Store(tmp_path / "archive.db") as store:
        crawl(store, ahead, "/a", "/b")
    answers(room, tmp_path, room.answer("/a", page(1), at=ahead), room.answer("/b", status=404, at=ahead))
    with Store(tmp_path / "archive.db") as store:
        assert store.due("valdora", DAY) == ()
        store.heal_clock("valdora", DAY)
        assert [again.url for again in store.due("valdora", DAY)] == [f"{HOST}/a"]
        assert crawl(store, DAY, "/b") == {f"{HOST}/b"}
        (feed,) = store.documents("valdora")
        assert feed.full_at is not None
        assert feed.full_at < later(days=1)
    answers(room, tmp_path, room.answer("/a", page(1), at=later(minutes=1)))
    with Store(tmp_path / "archive.db") as store:
        assert store.due("valdora", later(days=3))


def test_a_date_of_modification_that_is_never_true_is_believed_ever_more_rarely(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = room.answer("/a", page(1))
    answers(room, tmp_path, first)
    looks = []
    hours = iter(range(1, 24 * 30, 3))

    def next_asked() -> int | None:
        with Store(tmp_path / "archive.db") as store:
            for hour in hours:
                at = later(hours=hour)
                store.begin_run("valdora", at)
                named = Link(f"{HOST}/a", modified=at.isoformat(), via=FEED)
                wanted = store.fresh("valdora", [named], at)
                assert store.conditions("valdora", wanted, at).keys() == wanted
                if wanted:
                    return hour
        return None

    while (hour := next_asked()) is not None:
        looks.append(hour)
        same = replace(room.answer("/a", page(1), at=later(hours=hour)), revisit=True, digest=first.digest)
        answers(room, tmp_path, same)
    assert 3 <= len(looks) <= 7
    assert 24 <= looks[1] - looks[0] <= 28


def test_a_date_of_modification_that_is_true_stays_believed(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    answers(room, tmp_path, room.answer("/a", page(1)))
    for hour, word in enumerate(("rain", "hail", "snow", "a gale", "the sun"), start=1):
        at = later(hours=hour)
        with Store(tmp_path / "archive.db") as store:
            named = Link(f"{HOST}/a", modified=at.isoformat(), via=FEED)
            assert store.fresh("valdora", [named], at) == {f"{HOST}/a"}
        answers(room, tmp_path, room.answer("/a", page(1, story(1, f" Then came {word}.")), at=at))


def test_what_is_checked_again_comes_with_what_a_list_called_it_first_and_without_its_days(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    called = Link(f"{HOST}/a", "Pier 4 opens", published="2026-03-01", via=FEED)
    answers(room, tmp_path, room.answer("/a", page(1), at=DAY, link=called))
    answers(room, tmp_path, room.answer("/b", page(2), at=DAY, link=Link(f"{HOST}/b", via=f"{HOST}/sitemap.xml")))
    with Store(tmp_path / "archive.db") as store:
        store.begin_run("valdora", later(days=1))
        store.fresh("valdora", [Link(f"{HOST}/{name}", "Pier 4 …", via=FEED) for name in "ab"], later(days=1))
        again = {one.url: one.link for one in store.due("valdora", later(days=2))}
    assert again == {f"{HOST}/a": replace(called, published="", via=""), f"{HOST}/b": None}
