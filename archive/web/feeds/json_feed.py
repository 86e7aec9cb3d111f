"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Pure: values in, text out."""

from __future__ import annotations

import json
from typing import Any

from archive.text.wording import readable
from archive.web.feeds.entries import Entry, Feed

TYPE = "application/feed+json; charset=utf-8"


def json_feed(feed: Feed) -> str:
    """The feed's JSON."""
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": readable(feed.title),
        "home_page_url": feed.link,
        "feed_url": feed.own,
        **({"hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs]} if feed.hubs else {}),
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(found, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    said = readable(entry.text or entry.summary or entry.title)
    return {
        "id": entry.identity,
        "url": entry.link,
        "title": readable(entry.title),
        "summary": readable(entry.summary),
        "content_text": said,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": readable(entry.author)}],
        **({"language": entry.language} if entry.language else {}),
    }
