"""Made histories of sources: calm ones that nothing is wrong with, and one for each kind of trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.history.health import (
    KINDS,
    Finding,
    Reading,
    Release,
    SourceHistory,
    Way,
    contract,
    findings,
)

Releases = tuple[Release, ...]
Readings = tuple[Reading, ...]

START = date(2023, 1, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOME = "https://press.valdora.example/"
FEED, LISTING = Way(HOME + "feed", "feed", links=10), Way(HOME + "news", "listing", links=20)


def at(day: float) -> datetime:
    return NOW + timedelta(days=day)


def releases(
    count: int, words: int = 400, titled: bool = True, dated: bool = True, via: str = FEED.url, end: int = 0
) -> Releases:
    """Releases of the last days before `end`, one a day."""
    return tuple(
        Release(
            at(end - n),
            at(end - n).date() if dated else None,
            words + 37 * (n % 9) if words > 99 else words,
            titled,
            via,
        )
        for n in range(count, 0, -1)
    )


def readings(count: int, is_article: bool = True, is_blocked: bool = False, reason: str = "", end: int = 0) -> Readings:
    return tuple(Reading(at(end - n), is_article, is_blocked, reason) for n in range(count, 0, -1))


CALM = SourceHistory(
    HOME,
    days=tuple(at(-n).date() for n in range(100, 0, -1)),
    releases=releases(100),
    readings=readings(100),
    ways=(FEED, LISTING),
)


def found(history: SourceHistory, now: datetime = NOW) -> list[str]:
    return [finding.kind for finding in findings(history, now)]


def only(history: SourceHistory, now: datetime = NOW) -> Finding:
    (finding,) = findings(history, now)
    assert finding.kind in KINDS
    assert finding.words
    assert finding.advice.endswith(".")
    return finding


def test_nothing_is_wrong_with_a_calm_source_and_its_contract_says_what_it_does() -> None:
    assert found(CALM) == []
    expected = contract(CALM)
    assert (expected.releases, expected.usual_days, expected.longest_days) == (100, 1, 1)
    assert (expected.articles, expected.titled, expected.dated) == (1, 1, 1)
    assert expected.words == 548
    assert expected.silent_after == 35


def test_nothing_is_said_of_a_source_without_a_history() -> None:
    assert found(SourceHistory(HOME)) == []
    assert contract(SourceHistory(HOME)).usual_days is None


def test_silence_far_beyond_every_pause_before() -> None:
    assert found(CALM, at(20)) == []
    silent = only(CALM, at(40))
    assert (silent.kind, silent.since) == ("silent", at(-1).date())
    assert "41 days, though the feed answers" in silent.words
    assert f"the longest pause since {at(-100).date()} was 1 day," in silent.words


def test_silence_is_told_of_a_source_with_an_old_release() -> None:
    old = replace(CALM, days=(date(1994, 5, 3), *CALM.days))
    assert contract(old) == contract(CALM)
    assert only(old, at(40)) == only(CALM, at(40))


def test_silence_counts_from_when_a_source_is_watched() -> None:
    added = replace(CALM, watched_since=at(700))
    assert found(added, at(720)) == []
    assert found(added, at(740)) == ["silent"]


def test_silence_is_not_said_of_a_source_that_cannot_be_reached() -> None:
    assert found(replace(CALM, trouble="no answer"), at(40)) == []
    dead = tuple(replace(way, problem="the server answered 503") for way in CALM.ways)
    assert found(replace(CALM, ways=dead), at(40)) == []


def test_a_dead_feed_beside_a_living_listing_and_the_other_way_round() -> None:
    dead = replace(FEED, problem="the server answered 404")
    said = f"feed {FEED.url}: the server answered 404; listing {LISTING.url}: names no releases"
    finding = only(replace(CALM, ways=(dead, LISTING), trouble=said))
    assert (finding.kind, finding.about) == ("way dead", FEED.url)
    assert "the feed https://press.valdora.example/feed gives nothing (the server answered 404)" in finding.words
    listless = replace(LISTING, problem="names no releases")
    assert only(replace(CALM, ways=(FEED, listless), trouble=said)).about == LISTING.url
    assert found(replace(CALM, ways=(dead,), trouble=said)) == ["address"], "then none gives anything"
    assert found(replace(CALM, ways=(dead, LISTING))) == [], "one that was only found need not work"


def test_a_feed_that_no_longer_names_what_is_published() -> None:
    stale = replace(CALM, releases=(*releases(60, end=-20), *releases(20, via=LISTING.url)))
    finding = only(stale)
    assert (finding.kind, finding.about, finding.since) == ("feed stale", FEED.url, at(-20))


def test_old_releases_that_a_listing_brings_say_nothing_of_the_feed() -> None:
    old = tuple(replace(release, day=START, via=LISTING.url) for release in releases(40))
    assert found(replace(CALM, releases=(*releases(60, end=-40), *old))) == []


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("robots.txt cannot be read (TLS: certificate has expired), so nothing may be fetched", "certificate"),
        ("robots.txt cannot be read (DNS: the name does not resolve (x)), so nothing may be fetched", "name"),
    ],
)
def test_a_host_that_cannot_be_reached_hides_the_rest(trouble: str, kind: str) -> None:
    dead = tuple(replace(way, problem="x") for way in CALM.ways)
    assert only(replace(CALM, trouble=trouble, ways=dead), at(90)).kind == kind
    assert only(replace(CALM, trouble=trouble), at(90)).kind == kind, "what its lists gave before says nothing now"
    of_one = f"feed {FEED.url}: {trouble}"
    assert found(replace(CALM, trouble=of_one, ways=(dead[0], LISTING))) == ["way dead"]


def test_pages_that_are_shut_off() -> None:
    shut = replace(CALM, readings=(*readings(40, end=-6), *readings(6, False, True, "a page of consent")))
    finding = only(shut)
    assert (finding.kind, finding.since) == ("blocked", at(-6))
    assert "the last 6 pages" in finding.words
    assert "a page of consent" in finding.words
    assert found(replace(CALM, readings=(*readings(40, end=-4), *readings(4, False, True)))) == []


def test_a_host_that_refuses_again_and_again() -> None:
    refusing = replace(CALM, refusals=3, refusal="it answered 429", refused_at=at(-2))
    assert (only(refusing).kind, only(refusing).since) == ("blocked", at(-2))
    assert found(replace(refusing, refusals=2)) == []


def test_robots_that_forbid_what_they_allowed() -> None:
    finding = only(replace(CALM, forbidden=12, robots_at=at(-3)))
    assert (finding.kind, finding.since) == ("robots", at(-3))


def test_an_address_that_leads_to_another_site() -> None:
    moved = replace(LISTING, moved_to="https://www.osk.example/news", moved_at=at(-5))
    finding = only(replace(CALM, ways=(FEED, moved)))
    assert (finding.kind, finding.since) == ("moved", at(-5))


def test_pages_that_give_no_articles_after_a_redesign() -> None:
    broken = replace(CALM, readings=(*readings(60, end=-12), *readings(12, False, reason="too little text")))
    finding = only(broken)
    assert (finding.kind, finding.since) == ("articles", at(-12))
    assert "0 of 12; the last reason: too little text" in finding.words


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        (releases(14, titled=False), "titles"),
        (releases(14, dated=False), "days"),
        (releases(14, words=30), "lengths"),
        (releases(14, words=9000), "lengths"),
    ],
)
def test_articles_that_lack_something_after_a_redesign(later: tuple[Release, ...], kind: str) -> None:
    finding = only(replace(CALM, releases=(*releases(60, end=-14), *later)))
    assert (finding.kind, finding.since) == (kind, at(-14))


def test_what_one_crawl_found_amiss_may_be_no_more_than_that_crawl() -> None:
    once = tuple(replace(reading, at=at(-1)) for reading in readings(12, False))
    assert found(replace(CALM, readings=(*readings(60, end=-12), *once))) == []


def test_what_a_source_never_had_it_cannot_lose() -> None:
    assert found(replace(CALM, releases=releases(100, dated=False))) == []
    assert found(replace(CALM, readings=readings(100, False))) == []
