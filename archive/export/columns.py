"""The columns of an exported article, and its exported row: the same for every format. Pure."""

from __future__ import annotations

import json

from archive.store.rows import LISTS, Row

COLUMNS = (
    "id", "source", "url", "title", "subtitle", "text", "published_at", "published_day", "modified_at", "authors",
    "language", "section", "tags", "image", "image_caption", "dateline", "issuer", "attribution", "embargo_until",
    "contacts", "photo_credits", "about", "notes", "tickers", "reference", "word_count", "first_seen", "last_seen",
    "last_checked", "status", "revisions", "story_id", "links",
)  # fmt: skip
"""The columns of an exported article: those of `articles` that describe it."""


def plain(row: Row) -> Row:
    """The exported row of an article: the columns in order, lists as lists."""
    return {name: json.loads(row[name] or "[]") if name in LISTS else row[name] for name in COLUMNS}
