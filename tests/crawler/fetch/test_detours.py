"""Pages that lead over another host of their institution and back, and those that do not come back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest

from archive.core.model import Link
from crawler.fetch.detours import may_pass
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import Owner, Told
from tests.support.rawserver import Peer, RawServer

PRESS, LOGIN = "http://press.quill.example/", "http://sso.quill.example/check"
RELEASE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>The ferry sails again.</p>"


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[RawServer]:
    """A proxy that stands for all hosts."""
    with RawServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        yield proxy


def _leads(to: str, cookie: str = "") -> bytes:
    extra = f"Set-Cookie: {cookie}\r\n" if cookie else ""
    return f"HTTP/1.1 302 Found\r\n{extra}Location: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


def _crawled(directory: Path) -> Told:
    with Owner(directory) as owner:
        watched = Source("quill", PRESS, feeds=(PRESS + "none",), delay=0)
        return owner.crawl(Job(watched, pending=(Link(PRESS + "a"),)))


def _of_pages(told: Told) -> list[tuple[str, str]]:
    return [(capture.kind, capture.url) for capture in told.captures if capture.asked == PRESS + "a"]


def test_a_page_that_leads_over_a_login_host_and_back_is_archived_at_its_address(
    tmp_path: Path, hosts: RawServer
) -> None:
    def wall(peer: Peer) -> None:
        peer.send(RELEASE if "pass=1" in peer.head else _leads(LOGIN))

    hosts.answers = {PRESS + "a": wall, LOGIN: _leads(PRESS + "a", "pass=1; Domain=.quill.example; Path=/")}
    told = _crawled(tmp_path)
    assert sorted(_of_pages(told)) == [("page", PRESS + "a"), ("raw", PRESS + "a"), ("raw", LOGIN)]
    assert PRESS + "a" not in told.dropped


def test_a_page_that_ends_on_another_host_is_only_known_to_lead_there(tmp_path: Path, hosts: RawServer) -> None:
    hosts.answers = {PRESS + "a": _leads(LOGIN), LOGIN: RELEASE}
    told = _crawled(tmp_path)
    assert _of_pages(told) == [("redirect", PRESS + "a")]
    assert told.dropped[PRESS + "a"] == f"redirected to {LOGIN}: other site (sso.quill.example)"


def test_a_host_whose_robots_txt_forbids_it_is_not_passed(tmp_path: Path, hosts: RawServer) -> None:
    rules = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nUser-agent: *\nDisallow: /\n"
    hosts.answers = {PRESS + "a": _leads(LOGIN), "http://sso.quill.example/robots.txt": rules, LOGIN: RELEASE}
    told = _crawled(tmp_path)
    assert _of_pages(told) == [("redirect", PRESS + "a")]
    assert LOGIN not in hosts.paths()


def test_other_institutions_are_not_passed(tmp_path: Path, hosts: RawServer) -> None:
    hosts.answers = {PRESS + "a": _leads("http://login.other.example/"), "http://login.other.example/": RELEASE}
    told = _crawled(tmp_path)
    assert _of_pages(told) == [("redirect", PRESS + "a")]
    assert "http://login.other.example/" not in hosts.paths()
    assert not may_pass("http://127.0.0.2/", {"127.0.0.1"})


@pytest.mark.parametrize(("gate", "to"), [(PRESS + "gate", PRESS + "a"), (PRESS + "gate",) * 2, (LOGIN, PRESS + "a")])
def test_a_redirect_that_leads_round_for_ever_is_kept_as_what_the_page_answers(
    tmp_path: Path, hosts: RawServer, gate: str, to: str
) -> None:
    hosts.answers = {PRESS + "a": _leads(gate), gate: _leads(to)}
    told = _crawled(tmp_path)
    assert _of_pages(told) == [("redirect" if gate != LOGIN else "raw", PRESS + "a"), ("page", gate)]
    assert "round in a loop" in told.dropped[PRESS + "a"]


def test_a_redirect_back_for_a_cookie_is_no_loop(tmp_path: Path, hosts: RawServer) -> None:
    def wall(peer: Peer) -> None:
        peer.send(RELEASE if "pass=1" in peer.head else _leads(PRESS + "a", "pass=1; Path=/"))

    hosts.answers = {PRESS + "a": wall}
    told = _crawled(tmp_path)
    assert sorted(_of_pages(told)) == [("page", PRESS + "a"), ("redirect", PRESS + "a")]
    assert PRESS + "a" not in told.dropped


@pytest.mark.parametrize("gates", [(), (PRESS + "gate",), (PRESS + "gate", PRESS + "door"), (LOGIN,)])
def test_one_that_leads_round_with_another_cookie_each_time_does_so_too(
    tmp_path: Path, hosts: RawServer, gates: tuple[str, ...]
) -> None:
    cookies = count()

    def begin(peer: Peer) -> None:
        peer.send(_leads([*gates, PRESS + "a"][0], f"visit={next(cookies)}; Path=/"))

    hosts.answers = {PRESS + "a": begin}
    hosts.answers |= {gate: _leads(to) for gate, to in pairwise([*gates, PRESS + "a"])}
    told = _crawled(tmp_path)
    pages = [capture for capture in told.pages if capture.kind == "page"]
    assert [capture.url for capture in pages] == [[PRESS + "a", *gates][-1]]
    assert "redirects" in told.dropped[PRESS + "a"]
