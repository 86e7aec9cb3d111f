"""One capture and what is known of its source, to a clean release or the reason why there is none. Pure.

The page is parsed once. What the source is known to repeat is set aside; trafilatura, which lives here alone, reads
what remains; its opinion is one of the features by which every block is judged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from archive.blocks import Block, blocks, without
from archive.decode import Unreadable, parse
from archive.features import Context, describe, squeeze
from archive.fingerprint import fingerprint, hash64
from archive.judge import scores
from archive.metadata import Metadata, kind_of, read_metadata
from archive.model import Extraction, Link, Rejection, Removed, Response
from archive.template import Sample, Template, sample
from archive.urls import key

_STATED = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.){200,})"')
_TAG = re.compile(r"<[^>]{0,300}>")
_KEPT = 0.5
_SAME_TITLE = 0.75


@dataclass(frozen=True)
class Derived:
    """What a capture says, or why it is no article; and what its page teaches of the source."""

    result: Extraction | Rejection
    sample: Sample


@dataclass(frozen=True)
class Passages:
    """The blocks of a page, the verdict of the source's template on each, and the features of those that stay."""

    found: list[Block]
    marks: list[int]
    verdicts: list[str]
    rows: list[list[float] | None]

    @property
    def staying(self) -> list[Block]:
        return [block for block, verdict in zip(self.found, self.verdicts, strict=True) if not verdict]


def derive(response: Response, template: Template | None = None, link: Link | None = None) -> Derived:
    """The clean release of a capture. Never raises: a page that cannot be read is a Rejection with its reason."""
    identity = key(response.capture.url)
    try:
        tree = parse(response.body, _header(response, "content-type"))
    except Unreadable as unreadable:
        return Derived(Rejection("error", str(unreadable)), Sample(hash64(identity), article=False))
    metadata = read_metadata(tree, response.capture.url, response.capture.fetched_at, link)
    passages = read_passages(tree, response.capture.url, metadata.title, template or Template())
    return _decide(response, tree, metadata, passages, identity)


def read_passages(tree: HtmlElement, url: str, title: str, template: Template) -> Passages:
    """The blocks of a page with what can be said of each."""
    found = blocks(tree)
    marks = [fingerprint(block.text) for block in found]
    verdicts = [template.verdict(mark) if mark else "" for mark in marks]
    gone = [block for block, verdict in zip(found, verdicts, strict=True) if verdict]
    staying = [block for block, verdict in zip(found, verdicts, strict=True) if not verdict]
    with without(gone, staying):
        taken = _read_with_trafilatura(tree, url)
    context = Context(title, _description(tree), _stated(tree), taken)
    return Passages(found, marks, verdicts, describe(staying, context))


def _decide(response: Response, tree: HtmlElement, metadata: Metadata, passages: Passages, identity: str) -> Derived:
    kept = _kept(passages, metadata.title)
    text = "\n\n".join(block.text for block in kept)
    kind, reason = kind_of(tree, response.capture.url, response.capture.status, metadata, text)
    if kind != "release" or not text:
        return Derived(Rejection(kind, reason), sample(identity, passages.found, False))
    removed = _removed(passages, kept)
    marks = [fingerprint(block.text) for block in kept] + [item.fingerprint or 0 for item in removed]
    result = Extraction(
        url=metadata.canonical_url or response.capture.url,
        title=metadata.title,
        text=text,
        subtitle=metadata.subtitle,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        authors=metadata.authors,
        language=metadata.language,
        section=metadata.section,
        tags=metadata.tags,
        image=metadata.image,
        image_caption=metadata.image_caption,
        removed=removed,
        origins=metadata.origins,
    )
    return Derived(result, sample(identity, passages.found, True, marks))


def _kept(passages: Passages, title: str) -> list[Block]:
    """The blocks of the release proper, without its headline, each once."""
    kept: list[Block] = []
    seen: set[str] = set()
    headline = squeeze(title)
    for block, score in zip(passages.staying, scores(passages.rows), strict=True):
        words = squeeze(block.text)
        if score < _KEPT or _is_headline(words, headline, block) or (len(words) > 30 and words in seen):
            continue
        seen.add(words)
        kept.append(block)
    return kept


def _is_headline(words: str, headline: str, block: Block) -> bool:
    if words == headline:
        return True
    alike = words in headline or headline in words
    short, long = sorted((len(words), len(headline)))
    return alike and short >= _SAME_TITLE * long and "heading" in block.spot.roles


def _removed(passages: Passages, kept: Sequence[Block]) -> tuple[Removed, ...]:
    """What the template took out from among the blocks that were kept."""
    order = {id(block): i for i, block in enumerate(passages.found)}
    places = [order[id(block)] for block in kept]
    first, last = min(places, default=0), max(places, default=-1)
    held = {block.spot.above for block in kept}
    found: list[Removed] = []
    position = 0
    for i in range(first, min(last + 3, len(passages.found))):
        block, verdict = passages.found[i], passages.verdicts[i]
        if verdict and block.spot.above in held:
            found.append(Removed(position, block.text, verdict, passages.marks[i]))
        position += bool(verdict and block.spot.above in held) or i in set(places)
    return tuple(found)


def _read_with_trafilatura(tree: HtmlElement, url: str) -> str:
    """The text that trafilatura takes for the main one; "" where it finds none. The tree stays as it is."""
    document = bare_extraction(tree, url=url, fast=True, with_metadata=False, include_comments=False)
    return "" if document is None or isinstance(document, dict) else document.text or ""


def _description(tree: HtmlElement) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:description", "description"):
            return meta.get("content") or ""
    return ""


def _stated(tree: HtmlElement) -> str:
    """The text that the page's structured data gives for the article's, without markup; "" where there is none."""
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "") and (match := _STATED.search(script.text or "")):
            try:
                return _TAG.sub(" ", json.loads(f'"{match[1]}"', strict=False))
            except ValueError:
                return ""
    return ""


def _header(response: Response, name: str) -> str:
    return next((value for header, value in response.headers if header.lower() == name), "")
