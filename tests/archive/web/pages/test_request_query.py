"""Tags and sources in addresses: they narrow every page, feed and file, and one that does not exist is named."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from archive.web.queries import events, releases
from tests.archive.web.test_site import text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]
TAGGED = {"council": ("valdora-council",), "science": ("hoshino-lab", "noor-institute")}


@pytest.fixture
def tagged(ask: Ask, change: Any) -> Ask:
    for tag, names in TAGGED.items():
        for name in names:
            change("insert into source_tags (tag, source) values (?, ?)", tag, name)
    return ask


def linked(page: str) -> set[int]:
    """The releases that a page links to."""
    return {int(found) for found in re.findall(r'href="/article/(\d+)', page)}


def test_a_search_finds_the_releases_of_a_tags_sources(tagged: Ask) -> None:
    page = tagged("/search?tag=science").text
    assert {article_id("water"), article_id("battery")} <= linked(page)
    assert not {article_id("ferry"), article_id("budget")} & linked(page)
    assert linked(tagged("/search?tag=Science").text) == linked(page)
    assert linked(tagged("/search?tag=science&source=hoshino-lab").text) == {article_id("battery")}
    assert linked(tagged("/search?tag=council&source=hoshino-lab").text) == set()
    ever = tagged("/search?q=record&ever=1&tag=council").text
    assert linked(ever) == {article_id("budget")}
    assert linked(tagged("/search?q=record&ever=1&tag=science").text) == set()


def test_tags_are_offered_with_counts_and_stay_while_a_search_is_narrowed(tagged: Ask) -> None:
    page = tagged("/search").text
    assert 'id="facet-tag"' in page
    assert 'href="?tag=science"' in page
    narrowed = tagged("/search?tag=council").text
    assert '<input type="hidden" name="tag" value="council">' in narrowed
    assert re.search(r'<a href="\?" aria-current="true" dir="auto">council</a>', narrowed)


@pytest.mark.parametrize("path", ["/search", "/events", "/alerts", "/trends"])
def test_a_tag_that_no_source_has_is_said_to_be_none(tagged: Ask, path: str) -> None:
    answer = tagged(f"{path}?tag=trains&q=street")
    assert answer.status_code == 200
    assert "No source has the tag “trains”." in text_of(answer.text)
    assert linked(answer.text) == set()


def test_files_and_feeds_hold_no_more_than_the_tags_sources(tagged: Ask) -> None:
    lines = tagged("/search.jsonl?tag=science").text.splitlines()
    assert len(lines) == len(tagged("/search.json?tag=science").json()["items"]) == 2
    newest = tagged("/feed.json?tag=science").json()
    assert newest["title"].endswith("science")
    assert len(newest["items"]) == 2
    seen = [item["date_published"] for item in tagged("/feed.json").json()["items"]]
    assert len(seen) == 18
    assert "Council" in tagged("/changes.xml?tag=council").text
    removed = ElementTree.fromstring(tagged("/changes.xml?tag=science&kind=gone").content)
    assert removed.findall("{http://www.w3.org/2005/Atom}entry") == []
    for path in ("/feed.xml", "/changes.json"):
        assert tagged(f"{path}?tag=trains").status_code == 404
    assert tagged("/search.csv?tag=trains").status_code == 400


def test_changes_are_chosen_by_source_tag_and_severity(tagged: Ask, change: Any) -> None:
    change("update events set detail = 'minor (silent): 1 number' where detail like 'One figure%'")
    everything = linked(tagged("/events").text)
    assert {article_id("budget"), article_id("ferry")} <= everything
    assert linked(tagged("/events?tag=council").text) == linked(tagged("/events?source=valdora-council").text)
    assert article_id("ferry") not in linked(tagged("/events?tag=council").text)
    assert linked(tagged("/events?severity=minor").text) == {article_id("budget")}
    page = tagged("/events?tag=council&kind=edited").text
    assert 'href="/changes.xml?kind=edited&tag=council"' in unescape(page)
    assert "No release was edited or taken down in this way so far." in tagged("/events?tag=science&kind=gone").text


def test_other_pages_know_tags(tagged: Ask) -> None:
    assert 'href="/search?tag=science"' in tagged("/source/hoshino-lab").text
    assert 'tag = "council"' in unescape(tagged("/alerts?q=street&tag=council").text)
    table = tagged("/trends.csv?q=budget&tag=science").text.splitlines()
    assert sum(int(line.split(",")[1]) for line in table[1:]) == 0


def test_many_sources_of_a_tag_give_the_same_as_few(tagged: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ("/events?tag=science", "/events?tag=council", "/feed.json?tag=science")
    before = [tagged(path).text for path in pages]
    monkeypatch.setattr(events, "_PARTS", 0)
    monkeypatch.setattr(releases, "_PARTS", 1)
    assert [tagged(path).text for path in pages] == before


def test_an_imported_source_and_one_that_is_no_longer_watched_say_so(ask: Ask, change: Any) -> None:
    change("update sources set state = 'unwatched', last_crawl = null where name = 'hoshino-lab'")
    change("update sources set state = 'unwatched' where name = 'port-of-ister'")
    change("update sources set state = 'paused' where name = 'valdora-council'")
    assert "imported, never crawled" in ask("/source/hoshino-lab").text
    assert "no longer watched" in ask("/source/port-of-ister").text
    assert ">paused<" in ask("/source/valdora-council").text
