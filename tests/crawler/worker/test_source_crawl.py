"""One crawl of one source, with real servers: its bounds, and that it ends in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from archive.core.model import Link, Recheck
from crawler.worker.messages import Job
from tests.support.owner import Owner, fetch, page, recheck, source
from tests.support.site import Page, Release, Site, silence


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with Owner(tmp_path_factory.mktemp("archive")) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def listed(site: Site, count: int, start: int = 0) -> list[Release]:
    return [site.release(f"item-{number}") for number in range(start, start + count)]


def test_a_limit_bounds_the_new_pages_and_not_those_looked_at_again(owner: Owner, site: Site) -> None:
    seen = page(fetch(owner, site, "/again"))
    listed(site, 9)
    told = owner.crawl(Job(source(site), rechecks=(recheck(seen),), limit=3))
    (outcome,) = told.outcomes.values()
    assert len([capture for capture in told.pages if "/news/" in capture.url]) == 3
    assert [capture.url for capture in told.pages].count(site.at("/again")) == 1
    assert outcome.stopped_by == "limit"


def test_a_crawl_fetches_no_more_pages_than_its_source_allows(owner: Owner, site: Site) -> None:
    listed(site, 9)
    told = owner.crawl(Job(source(site, max_pages=4)))
    (outcome,) = told.outcomes.values()
    assert (len(told.pages), outcome.stopped_by) == (4, "pages")


def test_a_source_that_hangs_holds_up_nobody_and_ends_in_time(owner: Owner, site: Site) -> None:
    with Site() as slow:
        listed(site, 5)
        slow.answers["/feed/"] = silence(30)
        began = time.monotonic()
        hanging = source(slow, timeout=1.0)
        good = source(site)
        told = owner.crawl(Job(hanging), Job(good))
        took = time.monotonic() - began
    assert told.outcomes[hanging.name].stopped_by == "time"
    assert took < 6
    assert len(told.pages) == 5
    assert told.outcomes[good.name].stopped_by == ""
    assert told.outcomes[good.name].seconds < told.outcomes[hanging.name].seconds


def test_nothing_is_fetched_twice_in_a_crawl(owner: Owner, site: Site) -> None:
    release = site.release("once")
    pending = (Link(site.at("/news/once")), Link(site.at(release.path)), Link(site.at(release.path) + "?utm_source=x"))
    told = owner.crawl(Job(source(site), pending=pending, rechecks=(Recheck(site.at(release.path)),)))
    assert len([capture for capture in told.captures if capture.kind in ("page", "redirect")]) == 1


def test_a_surely_missing_address_is_asked_for_and_its_answer_kept(owner: Owner, site: Site) -> None:
    site.pages["/lost-2"] = Page(b"<h1>Adrift</h1>")
    for path, status in (("/lost-1", 404), ("/lost-2", 200)):
        told = owner.crawl(Job(source(site, max_pages=1), probe=site.at(path)))
        (probe,) = [capture for capture in told.captures if capture.kind == "probe"]
        assert (probe.url, probe.status, probe.revisit) == (site.at(path), status, False)
        assert told.pages == []
