"""JSON Feed: characters that no reader can show are left out, and an entry without words has its title."""

from __future__ import annotations

import json
from dataclasses import replace

from archive.web.feeds.entries import Entry, Feed
from archive.web.feeds.json_feed import json_feed


def test_an_item_has_text_whatever_there_is() -> None:
    entry = Entry("tag:1", "https://a.example/1", "Bell \x07 rings", "Port", "2026-03-11T00:00:00Z", "2026-03-12", "")
    (item,) = json.loads(json_feed(Feed("tag:x", "t", "a", "b", "c", (entry,))))["items"]
    assert (item["title"], item["content_text"]) == ("Bell  rings", "Bell  rings")
    assert (item["date_published"], item["date_modified"]) == ("2026-03-11T00:00:00Z", "2026-03-12")


def test_an_item_names_the_language_of_its_words_where_it_is_known() -> None:
    entry = Entry("tag:1", "https://a.example/1", "鐘", "Port", "2026-03-11T00:00:00Z", "2026-03-12", "")
    found = Feed("tag:x", "t", "a", "b", "c", (replace(entry, language="ja"), entry))
    assert [item.get("language") for item in json.loads(json_feed(found))["items"]] == ["ja", None]
