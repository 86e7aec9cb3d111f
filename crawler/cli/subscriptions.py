"""Lists of newsrooms from other programs and for them: OPML, which feed readers write and read, and CSV.

Sources: OPML 2.0 (opml.org/spec2.opml). Of an outline the attributes xmlUrl, htmlUrl, title and text are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from archive.core.errors import CrawlError
from crawler.discover.opml import outlines
from crawler.sources.sources import Source

_COLUMNS = ("url", "name", "title", "feed")


class UnreadableList(CrawlError):
    """A file of newsrooms cannot be read."""


@dataclass(frozen=True)
class Subscription:
    """A newsroom in such a list. One of `url` and `feed` may be empty."""

    url: str
    feed: str = ""
    title: str = ""
    name: str = ""


def from_opml(body: bytes) -> tuple[Subscription, ...]:
    """The feeds of an OPML file, in its order, folders apart. Raises UnreadableList."""
    found = outlines(body)
    if not found:
        raise UnreadableList("the OPML file names no feed: it must have outlines with an xmlUrl")
    return tuple(Subscription(each.get("htmlurl", ""), each["xmlurl"], each["title"]) for each in found)


def from_csv(body: bytes) -> tuple[Subscription, ...]:
    """The newsrooms of a CSV file: with a first line of column names, or only addresses. Raises UnreadableList."""
    text = body.decode("utf-8-sig", "replace")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    rows = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    if not rows:
        raise UnreadableList("the CSV file is empty")
    header = [cell.lower() for cell in rows[0]]
    if not set(header) & {"url", "feed"}:
        return tuple(Subscription(row[0]) for row in rows)
    read = [dict(zip(header, row, strict=False)) for row in rows[1:]]
    return tuple(Subscription(*(row.get(name, "") for name in ("url", "feed", "title", "name"))) for row in read)


def to_opml(sources: Iterable[Source]) -> str:
    """An OPML file of sources: their first feeds, and their pages."""
    lines = [
        f"    <outline type={quoteattr('rss' if source.feeds else 'link')} text={quoteattr(source.title)}"
        f" title={quoteattr(source.title)}"
        + (f" xmlUrl={quoteattr(source.feeds[0])} htmlUrl=" if source.feeds else " url=")
        + f"{quoteattr(source.url)}"
        + (f" category={quoteattr(','.join(source.tags))}/>" if source.tags else "/>")
        for source in sources
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Dateline</title></head>\n  <body>'
    )
    return "\n".join([head, *lines, "  </body>\n</opml>"])
