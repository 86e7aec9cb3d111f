"""A fetcher outside a crawl: the same manners, nothing archived, and errors that reach the caller."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.fetch.address_guard import Guard
from crawler.fetch.errors import NotFetched, SourceRefuses
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.session import fetching
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source
from tests.support.site import Page, Site, drip, redirect

QUICK = Limits(page_seconds=1.0, document_seconds=1.0, attempts=1)
PATIENT = Limits(attempts=1)


def get(site: Site, path: str, seconds: float = 20.0, limits: Limits = PATIENT) -> bytes:
    async def look(fetcher: Fetcher, guard: Guard) -> bytes:
        return (await fetcher.get(site.at(path), "listing")).body

    return fetching(Source("one", site.url, delay=0), "Dateline/0.0", limits, seconds, look)


def test_robots_is_asked_first_and_what_comes_is_given_and_archived_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Site() as site:
        site.answers["/a"] = redirect("/b")
        site.pages["/b"] = Page(b"<p>here</p>")
        assert get(site, "/a") == b"<p>here</p>"
        assert site.paths() == ["/robots.txt", "/a", "/b"]
        assert {asked.headers["user-agent"] for asked in site.log} == {"Dateline/0.0"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seconds", [20.0, 0.3])
def test_a_server_that_drips_ends_within_its_time(seconds: float) -> None:
    with Site() as site:
        site.answers["/a"] = drip(60)
        with pytest.raises((NotFetched, SourceRefuses, TimeoutError)):
            get(site, "/a", seconds, QUICK)


def test_what_robots_forbids_and_what_lies_inside_is_not_fetched() -> None:
    with Site(robots="User-agent: *\nDisallow: /a\n") as site:
        site.answers["/b"] = redirect(site.at("/c").replace("127.0.0.1", "localhost"))
        with pytest.raises(NotFetched, match=r"robots\.txt disallows it"):
            get(site, "/a")
        with pytest.raises(NotFetched, match="localhost leads to"):
            get(site, "/b")
        assert site.paths() == ["/robots.txt", "/robots.txt", "/b"]
