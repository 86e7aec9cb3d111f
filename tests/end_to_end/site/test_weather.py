"""Bad weather: a newsroom that fails for a while in one way or another, what is said of it, and what comes after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.commandline import dateline, facts, publish, sources
from tests.support.site import Answer, Page, Site, always, hang_up

pytestmark = pytest.mark.usefixtures("forked")

GONE = always(Page(b"<h1>Not found</h1>", status=404))
BUSY = always(Page(b"", status=429, headers=(("Retry-After", "3600"),)))
WALL = b"<h1>Your privacy</h1><p>We use cookies.</p><form method=post><button>Accept all</button></form>"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as newsroom:
        publish(newsroom, 4)
        yield newsroom


def watching(archive: Path, site: Site, more: str = "") -> Path:
    (archive / "sources.toml").write_text(sources(quill=site.url) + more, encoding="utf-8")
    return archive


def crawled(archive: Path) -> tuple[int, bool, str]:
    """How many new releases a crawl brought, whether it failed, and what it said."""
    (report,) = facts("crawl", archive=archive)
    return report["tally"]["new"], report["failed"], report["outcome"]["message"]


def listed(site: Site) -> Page:
    items = "".join(
        f'<article><h2><a href="{one.path}">{one.title}</a></h2><time datetime="{one.day}">{one.day}</time></article>'
        for one in reversed(site.releases)
    )
    return Page(f"<html lang='en'><title>Quill</title><main><h1>Press releases</h1>{items}</main></html>".encode())


@pytest.mark.parametrize("outage", [always(Page(b"", status=500)), BUSY])
def test_what_robots_txt_closed_for_a_while_is_watched_as_before(site: Site, tmp_path: Path, outage: Answer) -> None:
    site.pages["/"] = listed(site)
    rules = Page(b"User-agent: *\nDisallow: /private/\n", "text/plain", headers=(("Cache-Control", "no-store"),))
    site.pages["/robots.txt"] = rules
    for path in ("/feed/", "/news/", "/sitemap.xml"):
        site.answers[path] = GONE
    watching(tmp_path, site)
    assert crawled(tmp_path) == (4, False, "")
    site.answers["/robots.txt"] = outage
    assert crawled(tmp_path)[:2] == (0, True)
    publish(site, 1, first=5)
    site.pages["/"] = listed(site)
    del site.answers["/robots.txt"]
    if outage is BUSY:  # the host is left alone as long as it asked
        told = crawled(tmp_path)
        assert told[:2] == (0, True)
        assert "left alone until" in told[2]
        assert "robots.txt" not in told[2]
    else:
        assert crawled(tmp_path) == (1, False, "")


@pytest.mark.parametrize("first", [Page(b""), Page(WALL), Page(b"<h1>Down for maintenance</h1>")])
def test_a_first_look_that_found_nothing_is_not_the_last(site: Site, tmp_path: Path, first: Page) -> None:
    site.answers["/"] = always(first)
    watching(tmp_path, site)
    assert crawled(tmp_path)[:2] == (0, True)
    del site.answers["/"]
    assert crawled(tmp_path)[:2] == (4, False)


def test_a_host_that_asks_for_a_pause_is_not_said_to_forbid_anything(site: Site, tmp_path: Path) -> None:
    site.answers["/news/"] = BUSY
    watching(tmp_path, site, f'listings = ["{site.at("/news/")}"]\n')
    new, failed, words = crawled(tmp_path)
    assert (new, failed) == (0, True)
    assert "answered 429 (too many requests) and asks to wait 3600 seconds; it is asked again after 2" in words
    assert "robots" not in crawled(tmp_path)[2]


@pytest.mark.parametrize("end", [{"items": [], "total": 30}, {"items": None, "more": False}, {"html": ""}, []])
def test_a_walk_that_came_to_its_end_says_nothing_of_the_empty_answer_there(
    site: Site, tmp_path: Path, end: object
) -> None:
    site.releases.clear()
    for number in range(30):
        site.release(f"tide-{number}", f"Tide table number {number}", f"2026-02-{28 - number // 2:02}")
    site.releases.reverse()
    newest = site.releases[::-1]
    top = Site(releases=site.releases[-10:])
    button = b'<button class="load-more" data-url="/api/news?page=2" data-page="2">Load more</button></main>'
    site.pages["/news/"] = Page(listed(top).body.replace(b"</main>", button))
    for page in (2, 3, 4):
        items = [{"title": one.title, "url": one.path, "date": one.day} for one in newest[page * 10 - 10 : page * 10]]
        body = json.dumps({"items": items} if items else end).encode()
        site.pages[f"/api/news?page={page}"] = Page(body, "application/json")
    watching(tmp_path, site, f'listings = ["{site.at("/news/")}"]\n')
    assert crawled(tmp_path) == (30, False, "")
    assert site.count("/api/news?page=4") == 1


FORM = b"<h1>Sign in</h1><form method=post><input name=u><input type=password name=p><button>Sign in</button></form>"
EVERYWHERE = ("/", "/news/", "/feed/", "/sitemap.xml")
WEATHERS: dict[str, tuple[Answer, str, str]] = {
    "missing": (GONE, "address", "another address"),
    "empty": (always(Page(b"")), "empty", "render = true"),
    "wall": (always(Page(WALL)), "consent", "sitemaps are often open"),
    "form": (always(Page(FORM)), "login", "never logs in"),
    "unknown": (always(Page(b"<h1>No</h1>", status=401)), "login", "never logs in"),
    "refused": (always(Page(b"<h1>No</h1>", status=403)), "blocked", "contact"),
    "broken": (always(Page(b"", status=500)), "server", "often passes"),
    "silent": (hang_up, "server", "often passes"),
    "busy": (BUSY, "busy", "asked again after that"),
}
"""What every page of a newsroom answers, what `status` calls that, and words of what it advises."""


@pytest.fixture
def newsrooms() -> Iterator[dict[str, Site]]:
    with ExitStack() as stack:
        found = {name: stack.enter_context(Site()) for name in WEATHERS}
        for name, one in found.items():
            publish(one, 2)
            one.answers |= dict.fromkeys(EVERYWHERE, WEATHERS[name][0])
        yield found


def test_status_says_of_each_weather_what_it_is_since_when_and_what_to_do(
    newsrooms: dict[str, Site], tmp_path: Path
) -> None:
    text = sources(**{name: one.url for name, one in newsrooms.items()})
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    assert all(report["failed"] and not report["tally"]["new"] for report in facts("crawl", archive=tmp_path))
    result = dateline("status", "--json", archive=tmp_path)
    assert result.exit_code == 3
    told = {source["name"]: source for source in json.loads(result.stdout)["sources"]}
    shown = " ".join(dateline("status", archive=tmp_path).stdout.split())
    for name, (_, kind, advice) in WEATHERS.items():
        (finding,) = told[name]["findings"]
        assert (finding["kind"], finding["since"]) == (kind, told[name]["health_since"]), name
        assert finding["words"] == told[name]["health"]
        assert advice in finding["advice"]
        assert f"{name}: what to do ({kind}, since " in shown, name
        assert finding["words"].count("the server answered") <= 1
    for one in newsrooms.values():
        one.answers.clear()
    again = {report["source"]: report["tally"]["new"] for report in facts("crawl", archive=tmp_path)}
    assert again == {name: 0 if name == "busy" else 2 for name in WEATHERS}
    findings = {one["name"]: one["findings"] for one in facts("status", archive=tmp_path)["sources"]}
    assert [name for name, found in findings.items() if found] == ["busy"]


def test_a_robots_txt_that_forbids_all_is_told_as_such(site: Site, tmp_path: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    assert crawled(watching(tmp_path, site))[:2] == (0, True)
    (finding,) = facts("status", archive=tmp_path)["sources"][0]["findings"]
    assert (finding["kind"], "lets no program read" in finding["words"]) == ("robots", True)
    assert "Ask the newsroom" in finding["advice"]


def test_pages_that_fail_are_counted_and_said_to_be_tried_again(site: Site, tmp_path: Path) -> None:
    for release in site.releases[:-1]:
        site.answers[release.path] = always(Page(b"oh", status=500))
    new, failed, words = crawled(watching(tmp_path, site))
    assert (new, failed) == (1, False)
    assert words.startswith("3 of 4 pages could not be fetched, the first trouble was http")
    assert "the server answered 500; they are tried again" in words
    (dropped,) = facts("status", archive=tmp_path)["sources"][0]["dropped"]
    assert (dropped["count"], dropped["again"][:2]) == (3, "20")
    assert "3 dropped: the server answered 500; tried again from " in dateline("status", archive=tmp_path).stdout
