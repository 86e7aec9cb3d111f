"""Bytes of a page to one lxml tree, and no more of it than can be read safely. Pure.

What is hostile is taken out before libxml2 sees it: it compares the attributes of a tag each with each, and needs some
400 bytes of memory for a tag and 270 for an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import cast
from unicodedata import normalize

from lxml import html
from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError
from lxml.html import HtmlElement

from archive.core.urls import canonical
from archive.page.encoding import decode

MAX_BYTES = 12_000_000
"""A larger page is not read: the largest real articles, with every image inlined, are under this."""

MAX_TAGS = 150_000
"""A page of more tags is not read."""

MAX_ATTRIBUTES = 150_000
"""A page of more attributes is not read. The most of 554 pages of newsrooms is 8,367."""

MAX_ATTRIBUTES_OF_TAG = 250
"""A tag of more is read without any. The most of those pages is 60."""

_XML_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]*\?>")
_XML_TYPE = re.compile(r"\s*(?:application|text)/(?:xhtml\+)?xml\b", re.I)
_CDATA = re.compile(
    r"<(?P<raw>script|style)\b[^>]*+(?:(?<=/)>|>(?:.*?</(?P=raw)\s*+>|.*)|\Z)|<!\[CDATA\[(?P<said>.*?)(?:\]\]>|\Z)",
    re.I | re.S,
)
"""A script or style with its text, or a section of characters; what is not closed ends with the page: linear time."""
_MARKED = b"\xcc"
"""Begins most marks that are written behind their letter, in UTF-8 (U+0300 to U+033F)."""
_LETTER_AND_MARKS = re.compile(r"<(?!meta\s(?![^<>]*://))[^<>]*>|[^\W\d_][\u0300-\u036f]{1,3}", re.I)
"""A tag, which stays as it is with its addresses, but for a meta without one; or a letter with its marks."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f")
_ATTRIBUTE = rb"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?"""
_MARKUP = re.compile(
    rb"<(?:!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)"
    rb"|(?:(?P<raw>script|style)(?=[\s/>])|[a-z])[^\s/>]*+(?P<attributes>(?:[\s/]++|" + _ATTRIBUTE + rb")*+)>?"
    rb"(?(raw)(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+))",
    re.I,
)
"""A comment, a script with its text, or a tag, as the tokenizer of the HTML standard divides them; in linear time."""

_ATTRIBUTES = re.compile(_ATTRIBUTE)
_PLAIN = ElementDefaultClassLookup(element=HtmlElement)
"""One class for every element, chosen in C: lxml.html asks a Python function for each, a third of all time."""

_BINARY = 0.02


class Unreadable(ValueError):
    """The bytes hold no page that can be read; the message says why in words for a person."""


def parse(body: bytes, content_type: str = "") -> HtmlElement:
    """The tree of a page. Raises Unreadable for bytes that are too many, empty, or no markup at all."""
    if len(body) > MAX_BYTES:
        raise Unreadable(f"page of {len(body):,} bytes; at most {MAX_BYTES:,} are read")
    if body.count(b"<") > MAX_TAGS:
        raise Unreadable(f"page of {body.count(b'<'):,} tags; at most {MAX_TAGS:,} are read")
    clean = _clean(body, content_type)
    cut, stripped = _bounds(clean)
    if cut < len(clean):
        raise Unreadable(f"page of more than {MAX_ATTRIBUTES:,} attributes")
    return _tree(_without(clean, stripped))


@lru_cache(maxsize=1)  # a list is read for its releases, its further pages and the lists it names: parsed once for all
def parse_beginning(body: bytes, content_type: str = "") -> HtmlElement:
    """The tree of the beginning of a page, as much as can be read safely. Raises Unreadable where nothing can.

    The next call for the same page gives the same tree: do not change it.
    """
    clean = _clean(body[:MAX_BYTES], content_type)
    cut, stripped = _bounds(clean)
    return _tree(_without(clean[:cut], [(start, end) for start, end in stripped if end <= cut]))


def close(tree: HtmlElement, depth: int) -> None:
    """Set elements that were never closed, each the end of one of its own kind, beside one another from a depth on.

    Nothing comes to be read in another order. `depth` is counted from the tree's own root.
    """
    depths = {tree: 0}
    for element in [*tree.iterdescendants()]:
        above = cast("HtmlElement", element.getparent())
        depths[element] = depths[above] + 1
        is_end = element.getnext() is None and not (element.tail or "").strip()
        if is_end and depths[element] > depth and element.tag == above.tag:
            above.addnext(element)
            depths[element] = depths[above]


@contextmanager
def without(tree: HtmlElement, places: Iterable[HtmlElement]) -> Iterator[None]:
    """The tree without some of its places, nor its scripts, styles and drawings; after the context it is as it was.

    What is stated in JSON-LD stays.
    """
    unseen = (one for one in tree.iter("script", "style", "svg") if "ld+json" not in one.get("type", ""))
    cut: list[tuple[HtmlElement, HtmlElement]] = []
    for element in [*places, *unseen]:
        above = element.getparent()
        if above is not None:
            gap = above.makeelement("script")
            gap.tail = element.tail
            above.replace(element, gap)
            cut.append((gap, element))
    try:
        yield
    finally:
        for gap, element in reversed(cut):
            cast("HtmlElement", gap.getparent()).replace(gap, element)


def base_of(tree: HtmlElement, url: str) -> str:
    """What the addresses of a page are relative to: its <base>, or its own address."""
    stated = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return (canonical(stated, url) if stated else "") or url


def _clean(body: bytes, content_type: str) -> bytes:
    """The markup in UTF-8 without control characters."""
    said = decode(body, content_type)
    if _XML_TYPE.match(content_type) and "<![CDATA[" in said:
        said = _CDATA.sub(_as_text, said)
    text = _XML_DECLARATION.sub("", said, count=1).encode("utf-8", "replace")
    if _MARKED in text:
        text = _LETTER_AND_MARKS.sub(_composed, text.decode("utf-8")).encode("utf-8")
    clean = text.translate(None, _CONTROLS)
    if len(text) - len(clean) > _BINARY * len(text):
        raise Unreadable("the page is binary, not text")
    if b"<" not in clean:
        raise Unreadable("no markup in the page" if clean.strip() else "the page is empty")
    return clean


def _composed(found: re.Match[str]) -> str:
    """A letter and its marks as one (Unicode, annex 15, NFC), as nearly all pages have them and people search."""
    return found[0] if found[0][0] == "<" else normalize("NFC", found[0])


def _as_text(found: re.Match[str]) -> str:
    """A section of characters (XML 1.0, section 2.7), which HTML has not, as text; scripts and styles stay."""
    return found[0] if found["said"] is None else escape(found["said"], quote=False)


def _bounds(markup: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Up to where a page has no more tags and attributes than are read, and the attributes of tags with too many."""
    listed = [attributes for _, attributes in _MARKUP.findall(markup)]
    long = [one for one in listed if len(one) >= 2 * MAX_ATTRIBUTES_OF_TAG]  # each attribute takes two bytes at least
    few = len(listed) <= MAX_TAGS and sum(map(len, listed)) < 2 * MAX_ATTRIBUTES
    if few and all(_count(one, 0, len(one)) <= MAX_ATTRIBUTES_OF_TAG for one in long):
        return len(markup), []
    tags = attributes = 0
    stripped: list[tuple[int, int]] = []
    for found in _MARKUP.finditer(markup):
        start, end = found.span("attributes")
        count = _count(markup, start, end)
        if count > MAX_ATTRIBUTES_OF_TAG:
            stripped.append((start, end))
            count = 0
        tags, attributes = tags + 1, attributes + count
        if tags > MAX_TAGS or attributes > MAX_ATTRIBUTES:
            return found.start(), stripped
    return len(markup), stripped


def _count(markup: bytes, start: int, end: int) -> int:
    """The attributes of a tag: for a short one an upper bound, which needs no counting."""
    if end - start <= 40:
        return (end - start) // 2
    return sum(1 for _ in _ATTRIBUTES.finditer(markup, start, end))


def _without(markup: bytes, places: list[tuple[int, int]]) -> bytes:
    return b"".join(_kept(markup, places)) if places else markup


def _kept(markup: bytes, places: list[tuple[int, int]]) -> Iterator[bytes]:
    last = 0
    for start, end in places:
        yield markup[last:start]
        last = end
    yield markup[last:]


def _tree(markup: bytes) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_PLAIN)
    try:
        return html.document_fromstring(markup, parser=parser, ensure_head_body=True)
    except (ParserError, ValueError) as error:
        raise Unreadable(f"the markup cannot be parsed: {error}") from error
