"""What the documents that sources.toml names give now, for `dateline check`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.core.model import Kind
from crawler.discover.documents.consent import what_is_asked
from crawler.discover.further.answers import read_document
from crawler.discover.links import Discovered, Document
from crawler.discover.ways import sitemaps_in_order
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, SourceRefuses
from crawler.fetch.fetcher import Fetcher

_MOST_FILES = 5
"""Files of an index of sitemaps that are read."""


@dataclass(frozen=True)
class CheckedDocument:
    """A document that sources.toml names, read again: how many pages it names, or why it names none.

    Those of an index of sitemaps stand in its files, of which `read` were read, of `files`.
    """

    document: Document
    named: int = 0
    problem: str = ""
    read: int = 0
    files: int = 0

    @property
    def words(self) -> str:
        """What it names, or the problem, in words."""
        pages = f"names {self.named:,} {'page' if self.named == 1 else 'pages'}"
        return self.problem or pages + (f" in {self.read:,} of its {self.files:,} files" if self.files else "")


async def check_document(fetcher: Fetcher, document: Document, safe: Callable[[str], bool]) -> CheckedDocument:
    """What a document that is known names now. Of the files of an index only those that are `safe` are requested."""
    try:
        answer = await fetcher.get(document.url, document.kind)
    except (NotFetched, SourceRefuses) as failed:
        return CheckedDocument(document, problem=str(failed))
    if answer.status != 200:
        return CheckedDocument(document, problem=f"the server answered {answer.status}")
    found = read_as(document.kind, answer)
    files = [one for one in found.documents if one.kind == "sitemap"]
    if document.kind != "sitemap" or found.links or not files:
        named = len(found.links) or len(found.documents)
        return CheckedDocument(document, named, "" if named else _nothing(found, answer))
    chosen = [url for url in sitemaps_in_order(files)[:_MOST_FILES] if safe(url)]
    parts = [await _of_file(fetcher, url) for url in chosen]
    read = [count for count in parts if count is not None]
    named = sum(read)
    return CheckedDocument(document, named, "" if named else "its files name nothing", len(read), len(files))


def _nothing(found: Discovered, answer: Answer) -> str:
    """Why a document names nothing, in words."""
    return what_is_asked(answer.body, answer.content_type) or found.problem or "it names nothing"


async def _of_file(fetcher: Fetcher, url: str) -> int | None:
    """How many pages a file of an index names; None where it gives no answer."""
    try:
        answer = await fetcher.get(url, "sitemap")
    except (NotFetched, SourceRefuses):
        return None
    return len(read_as("sitemap", answer).links) if answer.status == 200 else None


def read_as(kind: Kind, answer: Answer) -> Discovered:
    """What a document names, read as today's."""
    return read_document(kind, answer.body, answer.url, answer.content_type, datetime.now(UTC).date())
