"""What discovery finds in a document: the addresses of articles, and further documents to read."""

from __future__ import annotations

from dataclasses import dataclass

from archive.core.model import Kind, Link


@dataclass(frozen=True)
class Document:
    """The address of a further feed, sitemap or listing page."""

    url: str
    kind: Kind


@dataclass(frozen=True)
class Discovered:
    """What a document named, in its order. `problem` says in words what was wrong with it; what was read stands."""

    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    title: str = ""
    problem: str = ""
