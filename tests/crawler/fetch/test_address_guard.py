"""No way into the local network: not by a link, a redirect, a name that changes, a proxy, or an odd spelling."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from archive.core.model import Link
from archive.core.urls import canonical
from archive.warc import read
from crawler.fetch.address_guard import AddressRefused, Guard, host_names, is_local_name
from crawler.fetch.network.special_addresses import is_private
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import Owner, page, source
from tests.support.site import Page, Site, redirect


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
    assert asyncio.run(guard.resolve("news.example")) == ("93.184.215.14",)
    assert asyncio.run(guard.resolve("press.internal")) == ("10.0.0.2",)
    with pytest.raises(AddressRefused, match="local network"):
        asyncio.run(guard.resolve("rebound.example"))


def test_a_name_cannot_change_between_the_check_and_the_connection() -> None:
    answers = iter((("93.184.215.14",), ("127.0.0.1",)))

    async def changing(host: str) -> tuple[str, ...]:
        return next(answers)

    async def both() -> str:
        guard = Guard(lookup=changing)
        await guard.check("fickle.example", frozenset())
        return (await guard.resolve("fickle.example"))[0]

    assert asyncio.run(both()) == "93.184.215.14"


async def _lookup(host: str) -> tuple[str, ...]:
    return {
        "news.example": ("93.184.215.14",),
        "rebound.example": ("93.184.215.14", "10.0.0.1"),
        "press.internal": ("10.0.0.2",),
    }[host]


def test_a_private_address_behind_a_proxy_is_refused_and_not_passed_on(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.delenv("no_proxy", raising=False)
    inside = ("http://10.0.0.1/a", "http://0x7f.1/b", "http://[::ffff:10.0.0.1]/c", "http://localhost/d")
    with Owner(tmp_path) as owner:
        away = Source("away", "http://newsroom.invalid/", feeds=("http://newsroom.invalid/feed",), delay=0)
        told = owner.crawl(Job(away, pending=tuple(map(Link, inside))))
    for address in inside:
        assert "local network" in told.dropped[canonical(address)] or "this machine" in told.dropped[address]
    assert {asked.headers["host"] for asked in site.log} == {"newsroom.invalid"}


def test_a_source_that_says_so_may_lead_to_the_local_network_by_its_own_names_alone() -> None:
    own = frozenset({"rebound.example"})
    guard = Guard(own, lookup=_lookup)
    asyncio.run(guard.check("rebound.example", own, allow_private=True))
    with pytest.raises(AddressRefused, match=r"press.internal leads to 10\.0\.0\.2"):
        asyncio.run(guard.check("press.internal", own, allow_private=True))
    guard.check_behind_proxy("10.0.0.1", frozenset({"10.0.0.1"}))
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1 is an address"):
        guard.check_behind_proxy("10.0.0.1", own, allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.1:8080/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1%2f.news.example/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[64:ff9b:1::a00:1]/",
        "http://news.example@127.0.0.1/",
        "http://news.example:80@127.0.0.1/",
        "http://127.0.0.1\\.news.example/",
        "http://127.0.0.1\\@news.example/",
        "http:\\\\127.0.0.1/",
        "http:127.0.0.1/",
        "http:///127.0.0.1/",
        "http://127.0.0.1#@news.example/",
        "http://127.0.0.1?@news.example/",
        "http://168.63.129.16/",
        "http://192.0.0.192/",
        "http://1.2.3.4.5/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_no_spelling_of_an_address_leads_inside(address: str) -> None:
    """Either it is no address that is asked for, or its host is refused."""

    async def never(host: str) -> tuple[str, ...]:
        raise AssertionError(f"{host} was looked up")

    asked = canonical(address)
    for host in host_names([asked] if asked else []):
        with pytest.raises(AddressRefused):
            asyncio.run(Guard(lookup=never).check(host, frozenset({"news.example"})))
        with pytest.raises(AddressRefused):
            Guard(lookup=never).check_behind_proxy(host, frozenset({"news.example"}))
