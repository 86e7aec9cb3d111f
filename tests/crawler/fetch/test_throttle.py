"""A polite and safe guest: robots.txt, pace, one name, and no way into the local network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.core.model import Link
from archive.warc import read
from crawler.fetch.address_guard import AddressRefused, Guard, is_local_name, is_private
from crawler.fetch.settings import user_agent
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import Owner, fetch, page, source
from tests.support.site import Conversation, Page, Site, always, redirect


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with Owner(tmp_path_factory.mktemp("archive")) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


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


def test_nothing_is_fetched_while_robots_txt_cannot_be_read(owner: Owner, site: Site) -> None:
    site.answers["/robots.txt"] = always(Page(b"", status=503))
    told = fetch(owner, site, "/open")
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "robots.txt cannot be read" in outcome.message
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


def test_one_honest_user_agent_and_no_cookies(owner: Owner, site: Site) -> None:
    site.pages["/a"] = Page(b"<p>a</p>", headers=(("Set-Cookie", "track=1"),))
    fetch(owner, site, "/a", "/b", contact="mailto:archive@quill.example")
    assert {asked.headers["user-agent"] for asked in site.log} == {"Dateline/0.0 (+mailto:archive@quill.example)"}
    assert not any({"cookie", "content-length"} & asked.headers.keys() for asked in site.log)


# The local network.


def test_no_link_and_no_redirect_leads_to_another_local_host(owner: Owner, site: Site) -> None:
    elsewhere = site.at("/news/secret/").replace("127.0.0.1", "localhost")
    site.release("secret")
    site.answers["/feed/"] = redirect(site.at("/feed-2/").replace("127.0.0.1", "localhost"))
    told = owner.crawl(Job(source(site), pending=(Link(elsewhere),)))
    assert "localhost leads to 127.0.0.1" in told.dropped[site.at("/feed/")]
    assert "a local network" in told.dropped[elsewhere]
    assert not told.pages
    assert set(site.paths()) == {"/robots.txt", "/feed/"}


def test_a_proxy_that_is_configured_resolves_names_and_is_used(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.delenv("no_proxy", raising=False)
    site.pages["http://newsroom.invalid/a"] = Page(b"<p>through the proxy</p>")
    with Owner(tmp_path) as owner:
        away = Source("away", "http://newsroom.invalid/", feeds=("http://newsroom.invalid/feed",), delay=0)
        told = owner.crawl(Job(away, pending=(Link("http://newsroom.invalid/a"),)))
    assert read(tmp_path, page(told)).body == b"<p>through the proxy</p>"
    assert {asked.headers["host"] for asked in site.log} == {"newsroom.invalid"}


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("64:ff9b::10.0.0.1", True),
        ("2002:7f00:1::", True),
        ("93.184.215.14", False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", False),
        ("::ffff:93.184.215.14", False),
    ],
)
def test_private_addresses_are_known_in_every_guise(address: str, private: bool) -> None:
    assert is_private(address) is private


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("intranet", True),
        ("press.corp", True),
        ("news.home.arpa", True),
        ("example.org", False),
        ("localhost.example.org", False),
        ("93.184.215.14", False),
    ],
)
def test_only_a_plainly_local_host_may_be_local(host: str, local: bool) -> None:
    assert is_local_name(host) is local


def test_a_name_that_leads_to_the_local_network_is_refused_even_to_its_own_source() -> None:
    guard = Guard({"press.internal"}, lookup=_lookup)
    asyncio.run(guard.check("news.example", frozenset({"news.example"})))
    asyncio.run(guard.check("press.internal", frozenset({"press.internal"})))
    with pytest.raises(AddressRefused, match=r"rebound.example leads to 10\.0\.0\.1"):
        asyncio.run(guard.check("rebound.example", frozenset({"rebound.example"})))
    with pytest.raises(AddressRefused, match="leads to 10"):
        asyncio.run(guard.check("press.internal", frozenset({"news.example"})))


def test_a_connection_goes_only_where_the_guard_looked() -> None:
    guard = Guard({"press.internal"}, lookup=_lookup)
    assert [answer["host"] for answer in asyncio.run(guard.resolve("news.example", 80))] == ["93.184.215.14"]
    assert [answer["host"] for answer in asyncio.run(guard.resolve("press.internal", 80))] == ["10.0.0.2"]
    with pytest.raises(AddressRefused, match="local network"):
        asyncio.run(guard.resolve("rebound.example", 80))


def test_a_name_cannot_change_between_the_check_and_the_connection() -> None:
    answers = iter((("93.184.215.14",), ("127.0.0.1",)))

    async def changing(host: str) -> tuple[str, ...]:
        return next(answers)

    async def both() -> str:
        guard = Guard(lookup=changing)
        await guard.check("fickle.example", frozenset())
        return (await guard.resolve("fickle.example", 80))[0]["host"]

    assert asyncio.run(both()) == "93.184.215.14"


async def _lookup(host: str) -> tuple[str, ...]:
    return {
        "news.example": ("93.184.215.14",),
        "rebound.example": ("93.184.215.14", "10.0.0.1"),
        "press.internal": ("10.0.0.2",),
    }[host]


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "Dateline/1.0"),
        ("https://archive.example/about", "Dateline/1.0 (+https://archive.example/about)"),
        ("a@b.example\r\nX: (y)", "Dateline/1.0 (+a@b.exampleX: y)"),
    ],
)
def test_the_contact_is_part_of_the_name(contact: str, agent: str) -> None:
    assert user_agent("Dateline/1.0", contact) == agent
