"""The addresses of feeds: what each holds, what it refuses, and what a reader that has it is spared."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from archive.store.search_index import index
from archive.web.server import build
from archive.web.settings import SiteOptions
from tests.support.sample import article_id, build_sample

ATOM = "{http://www.w3.org/2005/Atom}"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = build_sample(tmp_path_factory.mktemp("feeds") / "archive")
    connection = sqlite3.connect(archive / "archive.db")
    connection.execute(
        "update articles set published_day = null, first_seen = '2026-04-01T06:00:00+00:00' where id = ?",
        [article_id("ferry")],
    )
    connection.execute("update events set detail = 'minor (silent): 1 number' where detail like 'One figure%'")
    connection.commit()
    connection.close()
    return archive


@pytest.fixture(scope="module")
def ask(archive: Path) -> Iterator[Ask]:
    site = build(archive)
    with asyncio.Runner() as runner:
        yield lambda path, **options: runner.run(site.client.get(path, **options))


FEEDS = (
    "/feed.xml",
    "/feed.json",
    "/feed.xml?source=port-of-ister",
    "/feed.xml?full=1",
    "/search.xml?q=street",
    "/search.json?q=street&source=port-of-ister",
    "/changes.xml",
    "/changes.json?kind=gone",
    "/changes.xml?severity=minor",
)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_what_its_format_wants(ask: Ask, path: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2; JSON Feed 1.1."""
    answer = ask(path)
    assert answer.status_code == 200
    if ".json" in path:
        feed = answer.json()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert {"title", "home_page_url", "feed_url", "items"} <= set(feed)
        assert feed["feed_url"].endswith(path)
        assert all(item["id"] and item["url"] and item["content_text"] for item in feed["items"])
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) > 0
        return
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f"{ATOM}feed"
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
    assert next(link.get("href", "") for link in root.findall(f"{ATOM}link[@rel='self']")).endswith(path)
    read = feedparser.parse(answer.text)
    assert not read.bozo
    assert all(entry.updated_parsed and entry.published_parsed and entry.author for entry in read.entries)
    assert len({entry.id for entry in read.entries}) == len(read.entries) > 0


def test_what_came_last_comes_first_and_is_dated_as_stated(ask: Ask) -> None:
    entries = feedparser.parse(ask("/feed.xml").text).entries
    assert entries[0].title == "Night ferry to Korrin suspended after engine fire"
    budget = next(entry for entry in entries if entry.title.startswith("Council adopts budget"))
    assert (budget.published, budget.updated) == ("2026-03-10T14:30:00+02:00", "2026-03-12T06:00:00+00:00")


def test_feeds_of_a_source_a_search_and_some_changes(ask: Ask) -> None:
    assert {item["authors"][0]["name"] for item in ask("/feed.json?source=port-of-ister").json()["items"]} == {
        "Port of Ister"
    }
    found = ask("/search.json?q=street&source=port-of-ister").json()["items"]
    assert len(found) == 6
    (gone,) = ask("/changes.json?kind=gone").json()["items"]
    assert gone["title"].startswith("Taken down: Night ferry")
    (minor,) = ask("/changes.json?severity=minor").json()["items"]
    assert minor["summary"] == "Minor edit, silent: 1 number"
    assert minor["content_text"].startswith("Minor edit, silent: 1 number\n\n")
    assert "[-" in minor["content_text"]
    assert "{+" in minor["content_text"]
    assert gone["content_text"] == gone["summary"]
    answer = ask("/source/port-of-ister/feed.json")
    assert (answer.status_code, answer.headers["location"]) == (302, "/feed.json?source=port-of-ister")


def test_a_search_gives_as_many_entries_as_every_feed(archive: Path, tmp_path: Path) -> None:
    """More than a page of results has."""
    many = tmp_path / "many"
    copytree(archive, many)
    with closing(sqlite3.connect(many / "archive.db")) as db, db:
        for number in range(1, 60):
            db.execute(
                "insert into articles (id, source, url, title, text, word_count, published_day, first_seen, last_seen,"
                " last_checked, changed_at, capture_id) values (?, 'port-of-ister', ?, 'Lantern', '', 0, '2026-04-01',"
                " :at, :at, :at, :at, 0)".replace(":at", "'2026-04-01T06:00:00+00:00'"),
                [number, f"https://port.ister.example/{number}"],
            )
            index.update(db, None, index.read(db, number))
    found = asyncio.run(build(many).client.get("/search.json?from=2026-04-01")).json()["items"]
    assert len(found) == 50


def test_full_texts_come_when_they_are_asked_for(ask: Ask) -> None:
    assert "Passengers with tickets" not in ask("/feed.xml").text
    assert "Passengers with tickets" in ask("/feed.xml?full=1").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feed.xml?sorce=port-of-ister", 400),
        ("/feed.xml?source=nobody", 404),
        ("/changes.xml?kind=eaten", 400),
        ("/changes.xml?severity=mild", 400),
        ("/changes.xml?source=nobody", 404),
        ("/changes.xml?source=port-of-ister", 200),
        ("/search.xml?words=ferry", 400),
        ("/search.xml?q=ferry&from=march", 400),
        ("/search.xml?q=ferry&status=lost", 400),
        ("/search.xml?q=%22night+ferry", 200),
        ("/search.xml?q=ferry&source=nobody", 404),
        ("/search.xml?q=ferry&tag=nothing", 404),
        ("/search.json?q=zeppelin&source=port-of-ister", 200),
    ],
)
def test_a_slip_in_a_parameter_is_refused(ask: Ask, path: str, status: int) -> None:
    assert ask(path).status_code == status


@pytest.mark.parametrize("path", FEEDS)
def test_a_reader_that_has_a_feed_is_told_so(ask: Ask, path: str) -> None:
    first = ask(path, headers={"accept-encoding": "identity"})
    etag = first.headers["etag"]
    for known in (etag, f'"x", {etag}', "*"):
        again = ask(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    other = ask(path, headers={"if-none-match": '"x"', "accept-encoding": "gzip"})
    assert other.status_code == 200
    assert other.headers["content-encoding"] == "gzip"
    assert other.content in (first.content, gzip.decompress(gzip.compress(first.content)))


def test_feeds_name_their_hub(archive: Path) -> None:
    """https://www.w3.org/TR/websub/#discovery"""
    hub = "https://hub.example/"
    site = build(archive, SiteOptions(hubs=(hub,)))
    answer = asyncio.run(site.client.get("/search.xml?q=street"))
    links = {
        link.attrib["rel"]: link.attrib["href"] for link in ElementTree.fromstring(answer.text).iter(f"{ATOM}link")
    }
    assert (links["hub"], links["self"]) == (hub, "http://localhost/search.xml?q=street")
    assert answer.headers["link"] == f'<{hub}>; rel="hub", <{links["self"]}>; rel="self"'
    as_json = asyncio.run(site.client.get("/changes.json"))
    assert as_json.json()["hubs"] == [{"type": "WebSub", "url": hub}]
    assert 'rel="self"' in as_json.headers["link"]


def test_no_hub_is_named_where_none_is_given(ask: Ask) -> None:
    assert "hub" not in ask("/feed.xml").text
    assert "hubs" not in ask("/feed.json").json()
    assert "link" not in ask("/feed.xml").headers
