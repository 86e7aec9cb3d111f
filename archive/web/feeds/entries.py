"""What feeds are made of: a feed and its entries as values, for every format. Pure.

Ids are tag: URIs (RFC 4151) made of what an archive knows for ever, so that a reader knows an entry again when the site
moves to another host or port. Their authority is a name that nobody can have (RFC 6761): the same release has the same
id in every archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from archive.text.wording import CHANGE, event_detail, language_tag
from archive.web.queries.events import Event
from archive.web.queries.releases import Release

TAG = "tag:dateline.invalid,2026:"
NOTHING_YET = "1970-01-01T00:00:00+00:00"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_TO_THE_MINUTE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)")

Address = Callable[[str], str]
"""Makes a path of the site an absolute address."""


@dataclass(frozen=True)
class Entry:
    """One entry. `published` is empty where the page states no moment or day; `updated` is when the archive saw it.

    `text` is the whole text, where the feed gives it; `language` that of title, summary and text, where it is known.
    """

    identity: str
    link: str
    title: str
    author: str
    published: str
    updated: str
    summary: str
    text: str = ""
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed. `own` is its address, `link` that of the page that shows the same, `other` that of its other format.

    `hubs` are the WebSub hubs that tell its readers of new entries.
    """

    identity: str
    title: str
    own: str
    link: str
    other: str
    entries: tuple[Entry, ...]
    hubs: tuple[str, ...] = ()

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)


def of_releases(releases: Sequence[Release], address: Address, full: bool = False) -> tuple[Entry, ...]:
    """Releases as entries: published as stated, updated as seen."""
    return tuple(
        Entry(
            identity=f"{TAG}article/{release.id}",
            link=address(f"/article/{release.id}"),
            title=release.title or "Untitled",
            author=release.source_title,
            published=rfc3339(release.published_at) or release.first_seen,
            updated=max(release.changed_at, release.first_seen),
            summary=release.opening,
            text=release.text if full else "",
            language=language_tag(release.language),
        )
        for release in releases
    )


def of_events(events: Sequence[Event], address: Address, changes: Mapping[int, str]) -> tuple[Entry, ...]:
    """Edits, removals and returns as entries. `changes` has what an edit changed, in plain text, by the event's row."""
    return tuple(
        Entry(
            identity=f"{TAG}event/{item.kind}/{item.at}/{_subject(item)}",
            link=address(f"/article/{item.article_id}" if item.article_id is not None else "/events"),
            title=f"{CHANGE.get(item.kind, item.kind)}: {item.title or item.url or item.source_title}",
            author=item.source_title,
            published=item.at,
            updated=item.at,
            summary=event_detail(item.kind, item.detail),
            text=_with_change(event_detail(item.kind, item.detail), changes.get(item.row, "")),
        )
        for item in events
    )


def _with_change(detail: str, change: str) -> str:
    return f"{detail}\n\n{change}" if change else ""


def _subject(item: Event) -> str:
    """What an event is about: the article, or the address or source where no article is meant."""
    return (
        str(item.article_id)
        if item.article_id is not None
        else sha256((item.url or item.source).encode()).hexdigest()[:32]
    )


def rfc3339(value: str) -> str:
    """A moment as a page states it, as RFC 3339 wants it: a bare day begins at midnight UTC; "" for what is neither."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{value}T00:00:00+00:00"
    short = _TO_THE_MINUTE.fullmatch(value)
    if short:
        return f"{short[1]}:00{short[2]}"
    return value if _MOMENT.fullmatch(value) else ""
