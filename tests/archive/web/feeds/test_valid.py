"""Every feed is valid by RFC 4287 and JSON Feed 1.1, whatever the archive holds; its ids survive a move of the site."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from archive.store.database import Store
from archive.web.server import build
from archive.web.settings import SiteOptions
from tests.archive.web.queries.extreme import build_extreme

Ask = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"
STEMS = ("/feed", "/search", "/changes")
QUERIES = {
    "/feed": ("", "?source=port-of-ister", "?source=noor-institute&full=1", "?full=1", "?tag={tag}"),
    "/search": ("", "?q=eight&full=1", "?q=%F0%9F%9A%A2+%3Cb%3E%26", "?ever=1&q=record", "?language=ar", '?q="'),
    "/changes": ("", "?kind=gone", "?severity=headline", "?source=valdora-council&tag={tag}", "?kind=returned"),
}
TAG = "t" * 38 + "0"
ADDRESSES = [f"{stem}{query.replace('{tag}', TAG)}" for stem in STEMS for query in QUERIES[stem]]
ONCE, AT_MOST_ONCE = ("id", "title", "updated"), ("published", "summary", "content", "generator", "subtitle", "rights")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module", params=["extreme", "empty"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    directory = tmp_path_factory.mktemp(request.param) / "archive"
    if request.param == "extreme":
        build_extreme(directory)
    else:
        _build_empty(directory)
    site = build(directory, SiteOptions(host_names=("news.example.org",)))
    with asyncio.Runner() as runner:
        yield lambda path, **options: runner.run(site.client.get(path, **options))


def _build_empty(directory: Path) -> None:
    directory.mkdir()
    with Store(directory / "archive.db") as store, store.writing() as db:
        for name in ("port-of-ister", "noor-institute", "valdora-council"):
            db.execute("insert into sources (name, title) values (?, ?)", (name, name))
        db.execute("insert into source_tags (tag, source) values (?, 'port-of-ister')", (TAG,))


def _of(path: str, ending: str) -> str:
    stem, mark, query = path.partition("?")
    return f"{stem}.{ending}{mark}{query}"


def _is_iri(value: str) -> bool:
    """An absolute IRI (RFC 3987): a scheme, and nothing that an IRI cannot hold."""
    return bool(urlsplit(value).scheme) and not re.search(r"[\s<>\"{}|\\^`]", value)


def _is_moment(value: str) -> bool:
    """A date construct (RFC 4287, 3.3): RFC 3339 with capital T and Z, of a moment that there is."""
    return bool(MOMENT.fullmatch(value) and datetime.fromisoformat(value))


@pytest.mark.parametrize("path", ADDRESSES)
def test_atom_is_as_rfc_4287_wants_it(ask: Ask, path: str) -> None:
    answer = ask(_of(path, "xml"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        _is_valid(element)
    (own,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert urlsplit(own.get("href", "")).path == _of(path, "xml").partition("?")[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)), "4.1.1: no two entries of a feed have the same id and the same updated"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == ids


def _is_valid(element: ElementTree.Element) -> None:
    """Sections 4.1.1 and 4.1.2, and what they name."""
    counts = {name: len(element.findall(f"{ATOM}{name}")) for name in (*ONCE, *AT_MOST_ONCE)}
    assert [counts[name] for name in ONCE] == [1, 1, 1]
    assert all(counts[name] <= 1 for name in AT_MOST_ONCE)
    assert _is_iri(element.findtext(f"{ATOM}id", ""))
    assert all(_is_moment(element.findtext(f"{ATOM}{name}", "")) for name in ("updated", "published") if counts[name])
    links = [link.attrib for link in element.findall(f"{ATOM}link")]
    assert all(_is_iri(link["href"]) for link in links)
    alternates = [(link.get("type"), link.get("hreflang")) for link in links if link["rel"] == "alternate"]
    assert len(alternates) == len(set(alternates)) > 0
    if element.tag == f"{ATOM}entry":
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        assert element.findtext(f"{ATOM}title")
    known = {*ONCE, *AT_MOST_ONCE, "link", "author", "category", "contributor", "icon", "logo", "source", "entry"}
    assert {child.tag.removeprefix(ATOM) for child in element} <= known


@pytest.mark.parametrize("path", ADDRESSES)
def test_json_feed_is_as_its_text_wants_it(ask: Ask, path: str) -> None:
    answer = ask(_of(path, "json"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert all(_is_iri(feed[name]) for name in ("home_page_url", "feed_url"))
    for item in feed["items"]:
        assert _is_iri(item["url"])
        assert item["id"]
        assert isinstance(item["content_text"], str)
        assert all(_is_moment(item[name]) for name in ("date_published", "date_modified"))
        assert all(author["name"] for author in item["authors"])
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))


def _of_atom(answer: Any) -> list[str]:
    return [entry.id for entry in feedparser.parse(answer.content).entries]


def _of_json(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json()["items"]]


IDS = {"xml": _of_atom, "json": _of_json}


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_reader_knows_the_entries_again_after_the_site_moved(ask: Ask, path: str) -> None:
    before = {ending: ids(ask(_of(path, ending))) for ending, ids in IDS.items()}
    for host in ("127.0.0.1:9999", "news.example.org", "news.example.org:8443"):
        for ending, ids in IDS.items():
            answer = ask(_of(path, ending), headers={"host": host})
            assert answer.status_code == 200
            assert f"http://{host}/" in answer.text
            assert ids(answer) == before[ending]
    assert before["xml"] == before["json"]
