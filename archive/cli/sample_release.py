"""A release as the archive would keep it, for a look before anything is archived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.core.model import Capture, Extraction, Link, Rejection, Response
from archive.extract.extract import derive
from archive.store.rows import count_words


@dataclass(frozen=True)
class SampleReading:
    """What would be read from a page: its title, day (ISO 8601, "" for none), words, and parts of a release.

    `anatomy` names the parts that were found beside the text: dateline, contacts, about, and so on. `refused` says why
    the page would be no article ("" where it would be one).
    """

    url: str
    title: str = ""
    day: str = ""
    words: int = 0
    anatomy: tuple[str, ...] = ()
    refused: str = ""


def read_sample(url: str, body: bytes, content_type: str, link: Link, at: datetime) -> SampleReading:
    """Read a page that was served at a moment (aware, UTC) as a crawl would, without anything known of its source."""
    capture = Capture("", url, link.url, "page", at, 200, "", "", 0, 0, content_type=content_type, link=link)
    result = derive(Response(capture, (("Content-Type", content_type),), body), link=link).result
    if isinstance(result, Rejection):
        return SampleReading(url, refused=result.reason)
    return SampleReading(url, result.title, result.published_at[:10], count_words(result.text), tuple(_parts(result)))


def _parts(found: Extraction) -> list[str]:
    parts = {
        "dateline": found.dateline,
        "embargo": found.embargo_until,
        "contacts": found.contacts,
        "photo credit": found.photo_credits,
        "about": found.about,
        "notes": found.notes,
        "links": found.links,
    }
    return [name for name, value in parts.items() if value]
