"""Which sources are due and which may start: decisions without a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.due import CrawlQueue, first_due, overtime, spread
from crawler.sources.addresses import reached
from crawler.sources.sources import Source

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def source(name: str, *addresses: str) -> Source:
    return Source(name, addresses[0] if addresses else f"https://{name}.example/", listings=addresses[1:])


def known(*sources: Source) -> dict[str, Source]:
    return {each.name: each for each in sources}


def test_a_source_that_waits_or_runs_is_not_asked_for_twice() -> None:
    agenda = CrawlQueue().ask("valdora").ask("valdora")
    assert agenda.waiting == ("valdora",)
    chosen, agenda = agenda.start(known(source("valdora")), most=4)
    assert [each.name for each in chosen] == ["valdora"]
    assert agenda.ask("valdora") == agenda
    assert not agenda.idle
    assert agenda.finish("valdora").idle


def test_two_sources_of_one_host_wait_for_each_other_and_others_pass_them() -> None:
    sources = known(
        source("news", "https://www.valdora.example/news"),
        source("speeches", "https://valdora.example/speeches"),
        source("ister"),
    )
    agenda = CrawlQueue().ask("news").ask("speeches").ask("ister")
    chosen, agenda = agenda.start(sources, most=9)
    assert [each.name for each in chosen] == ["news", "ister"]
    assert agenda.waiting == ("speeches",)
    assert agenda.start(sources, most=9)[0] == ()
    chosen, agenda = agenda.finish("news").start(sources, most=9)
    assert [each.name for each in chosen] == ["speeches"]


def test_two_sources_whose_releases_lie_on_one_host_beside_theirs_are_not_crawled_at_once() -> None:
    there = replace(source("valdora", "https://valdora.example/"), hosts=("media.ister.example",))
    sources = known(there, source("ister", "https://ister.example/", "https://media.ister.example/list"))
    chosen, agenda = CrawlQueue().ask("valdora").ask("ister").start(sources, most=9)
    assert [each.name for each in chosen] == ["valdora"]
    assert agenda.waiting == ("ister",)
    robots = {"https://media.ister.example/", "http://media.ister.example/"}
    assert set(reached(there)) == {"https://valdora.example/", *robots}, "whose robots.txt is kept for the day"


def test_no_more_run_than_may_and_the_rest_keep_their_places() -> None:
    sources = known(*(source(name) for name in "abcd"))
    agenda = CrawlQueue()
    for name in "dcba":
        agenda = agenda.ask(name)
    chosen, agenda = agenda.start(sources, most=3)
    assert [each.name for each in chosen] == ["d", "c", "b"]
    assert agenda.waiting == ("a",)


def test_a_source_taken_out_of_the_file_is_forgotten() -> None:
    chosen, agenda = CrawlQueue().ask("gone").start({}, most=3)
    assert chosen == ()
    assert agenda.idle


def test_a_crawl_cut_short_is_first_in_line() -> None:
    sources = known(source("a"), source("b"))
    _, agenda = CrawlQueue().ask("a").start(sources, most=1)
    agenda = agenda.ask("b").again("a")
    assert agenda.waiting == ("a", "b")
    assert agenda.running == {}


@given(st.lists(st.tuples(st.sampled_from(["ask", "start", "finish"]), st.sampled_from("abcdef")), max_size=40))
def test_whatever_happens_no_host_is_taken_twice(steps: list[tuple[str, str]]) -> None:
    sources = known(*(source(name, f"https://host{place // 2}.example/") for place, name in enumerate("abcdef")))
    agenda = CrawlQueue()
    for verb, name in steps:
        if verb == "ask":
            agenda = agenda.ask(name)
        elif verb == "finish":
            agenda = agenda.finish(name)
        else:
            chosen, agenda = agenda.start(sources, most=2)
            assert {each.name for each in chosen} <= set(agenda.running)
        taken = [one for each in agenda.running.values() for one in each]
        assert len(taken) == len(set(taken)) <= 2
        assert not set(agenda.waiting) & set(agenda.running)
        assert len(agenda.waiting) == len(set(agenda.waiting))


def hourly(last: datetime) -> datetime:
    return last.replace(minute=0, second=0) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, NOON),
        (NOON - timedelta(days=40), NOON),
        (NOON - timedelta(minutes=1), NOON),
        (NOON + timedelta(minutes=5), NOON + timedelta(hours=1)),
    ],
    ids=["never", "long ago", "one time missed", "the clock was set back"],
)
def test_an_overdue_source_is_due_at_once(last: datetime | None, expected: datetime) -> None:
    assert first_due(last, hourly, NOON) == expected


def test_a_source_that_is_in_time_waits_for_its_time() -> None:
    now = NOON + timedelta(minutes=20)
    assert first_due(NOON + timedelta(minutes=10), hourly, now) == NOON + timedelta(hours=1)
    assert first_due(NOON, lambda last: None, now) is None


def test_overdue_sources_are_spread_within_bounds() -> None:
    few = spread("abc", NOON, timedelta(seconds=2), timedelta(minutes=1))
    assert list(few.values()) == [NOON, NOON + timedelta(seconds=2), NOON + timedelta(seconds=4)]
    many = spread((str(n) for n in range(1000)), NOON, timedelta(seconds=2), timedelta(minutes=1))
    assert max(many.values()) < NOON + timedelta(minutes=1)
    assert len(set(many.values())) == 1000


def test_overtime_is_beyond_the_sources_own_limit() -> None:
    started = {"slow": (NOON - timedelta(seconds=700), 500.0), "fine": (NOON - timedelta(seconds=700), 650.0)}
    assert overtime(started, NOON, timedelta(seconds=120)) == ("slow",)
    assert overtime(started, NOON, timedelta(seconds=300)) == ()
