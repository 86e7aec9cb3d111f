"""A polite guest: robots.txt, pace, one honest name."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.core.downloader import Slot

from crawler.fetch.throttle import HostDelays
from crawler.worker.messages import Job
from tests.support.owner import Owner, fetch, source
from tests.support.site import Conversation, Page, Site, always

# robots.txt and pace.


def test_what_robots_txt_disallows_is_not_asked_for(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /private/\n"
    told = fetch(owner, site, "/private/a", "/open")
    assert told.dropped[site.at("/private/a")] == "robots.txt disallows it"
    assert site.count("/private/a") == 0
    assert site.count("/open") == 1
    assert [capture.kind for capture in told.captures if capture.kind == "robots"] == ["robots"]


def test_rules_for_dateline_by_name_are_obeyed(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow:\n\nUser-agent: Dateline\nDisallow: /news/\n"
    site.release("hidden")
    assert not owner.crawl(Job(source(site))).pages


@pytest.mark.parametrize("status", [429, 500, 503])
def test_nothing_is_fetched_while_robots_txt_cannot_be_read(owner: Owner, site: Site, status: int) -> None:
    site.answers["/robots.txt"] = always(Page(b"", status=status))
    told = fetch(owner, site, "/open")
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert ("robots.txt cannot be read" if status >= 500 else "answered 429") in outcome.message
    assert set(site.paths()) == {"/robots.txt"}


def test_the_longer_of_the_delay_and_the_crawl_delay_is_kept(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 0.4\n"
    fetch(owner, site, "/a", "/b", "/c", delay=0.1)
    moments = [asked.at for asked in site.log]
    assert len(moments) == 5
    assert moments[-1] - moments[1] >= 3 * 0.4 - 0.15


def test_the_delay_of_a_source_is_kept(owner: Owner, site: Site) -> None:
    fetch(owner, site, "/a", "/b", "/c", delay=0.3)
    moments = [asked.at for asked in site.log]
    assert moments[-1] - moments[0] >= 4 * 0.3 - 0.15


def test_a_slow_host_is_asked_less_often_than_its_delay_allows(owner: Owner, site: Site) -> None:
    def slowly(conversation: Conversation) -> None:
        site.wait(0.3)
        conversation.send(Page(b"<p>slow</p>"))

    site.answers.update(dict.fromkeys(("/robots.txt", "/feed/", "/a", "/b", "/c"), slowly))
    fetch(owner, site, "/a", "/b", "/c", delay=0.02)
    moments = [asked.at for asked in site.log]
    assert moments[-1] - moments[0] >= 0.9


class _Downloader:
    """What HostDelays sees of Scrapy's downloader."""

    def __init__(self, **slots: Slot) -> None:
        self.slots = slots
        self.per_slot_settings: dict[str, dict[str, float]] = {}


def test_a_host_once_slowed_is_never_sped_up() -> None:
    downloader: Any = _Downloader(quill=Slot(16, 0.0), valdora=Slot(16, 30.0))
    delays = HostDelays(downloader)
    assert delays.floor("quill") == 0.0
    for delay, kept in ((5.0, 5.0), (1.0, 5.0), (0.0, 5.0), (8.0, 8.0)):
        delays.slow_to("quill", delay, 4)
        assert delays.floor("quill") == downloader.slots["quill"].delay == kept
        assert downloader.per_slot_settings["quill"]["delay"] == kept
    assert downloader.slots["quill"].concurrency == 4
    delays.slow_to("valdora", 2.0, 4)
    assert downloader.slots["valdora"].delay == 30.0
    assert delays.floor("valdora") == 2.0


def test_one_honest_user_agent_and_no_cookies(owner: Owner, site: Site) -> None:
    site.pages["/a"] = Page(b"<p>a</p>", headers=(("Set-Cookie", "track=1"),))
    fetch(owner, site, "/a", "/b", contact="mailto:archive@quill.example")
    assert {asked.headers["user-agent"] for asked in site.log} == {"Dateline/0.0 (+mailto:archive@quill.example)"}
    assert not any({"cookie", "content-length"} & asked.headers.keys() for asked in site.log)
