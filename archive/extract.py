"""One capture and what is known of its source, to a clean release or the reason why there is none. Pure.

Trafilatura lives here alone. The page is parsed once; what the source is known to repeat is cut from the tree before
trafilatura reads it, and from its text after.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from archive.blocks import blocks, clear
from archive.decode import Unreadable, parse
from archive.fingerprint import fingerprint, hash64
from archive.model import Extraction, Link, Rejection, Removed, Response
from archive.template import Sample, Template, sample
from archive.urls import key


@dataclass(frozen=True)
class Derived:
    """What a capture says, or why it is no article; and what its page teaches of the source."""

    result: Extraction | Rejection
    sample: Sample


def derive(response: Response, template: Template | None = None, link: Link | None = None) -> Derived:
    """The clean release of a capture. Never raises: a page that cannot be read is a Rejection with its reason."""
    identity = key(response.capture.url)
    nothing = Sample(page=hash64(identity), article=False)
    try:
        tree = parse(response.body, _header(response, "content-type"))
    except Unreadable as unreadable:
        return Derived(Rejection("error", str(unreadable)), nothing)
    return _read(response, tree, template or Template(), identity)


def _read(response: Response, tree: HtmlElement, template: Template, identity: str) -> Derived:
    found = blocks(tree)
    title = _title(tree)
    gone = [block for block in found if template.verdict(fingerprint(block.text))]
    removed = tuple(
        Removed(position, block.text, template.verdict(mark), mark)
        for position, block in enumerate(found)
        if (mark := fingerprint(block.text)) and template.verdict(mark)
    )
    clear(gone)
    lines = _main_text(tree, response.capture.url)
    if not lines:
        return Derived(Rejection("other", "no text found on the page"), sample(identity, found, False))
    marks = [fingerprint(line) for line in lines] + [item.fingerprint for item in removed if item.fingerprint]
    result = Extraction(response.capture.url, title, "\n\n".join(lines), removed=removed)
    return Derived(result, sample(identity, found, True, marks))


def _main_text(tree: HtmlElement, url: str) -> list[str]:
    document = bare_extraction(deepcopy(tree), url=url, fast=True, with_metadata=False, include_comments=False)
    text = document.text if document is not None and not isinstance(document, dict) else ""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _title(tree: HtmlElement) -> str:
    heading = tree.find(".//h1")
    return " ".join((heading.text_content() if heading is not None else tree.findtext(".//title") or "").split())


def _header(response: Response, name: str) -> str:
    return next((value for key_, value in response.headers if key_.lower() == name), "")
