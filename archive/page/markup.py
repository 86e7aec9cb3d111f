"""What a page states about itself in its markup: metas, links, JSON-LD, microdata, headings, times.

Read once in one pass over the parsed tree, which does not change, and shared by all that need it: the metadata, the
kind of page and the features of its blocks. It does not decide what the statements are worth.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from archive.page import jsonld
from archive.page.apart import BoxesOver
from archive.page.article_node import article_node
from archive.page.jsonld import Node
from archive.text.characters import visible

_SWEPT = ("meta", "link", "script", "title", "h1", "h2", "p", "time", "html", "body")
_PLACES = etree.XPath(
    "//nav[@class|@id|@aria-label]|//ol[@class|@id]|//ul[@class|@id]|//div[@class|@id]|//p[@class|@id]"
)
_MOST_PLACES = 2_000
_MARKED = etree.XPath("//@itemprop/..|//@property/..|//@rel[.='author']/..")
_OTHER_ITEMS = frozenset(
    {
        "imageobject",
        "videoobject",
        "audioobject",
        "comment",
        "usercomments",
        "product",
        "aggregaterating",
        "event",
        "offer",
    }
)
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[\da-fA-F]{2,5}|amp|quot|apos|lt|gt|nbsp|[lr][ds]quo|[mn]dash|hellip);")
_LONGEST = 2_000
_MOST = 400
_PARAGRAPHS = 8
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.){200,})"')
_TAG = re.compile(r"<[/!a-zA-Z][^>]{0,300}>")
_BLOCK_TAG = re.compile(r"<(?:/?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|figure|section)|br)\b[^>]{0,300}>", re.I)


@dataclass(frozen=True)
class MarkedElement:
    """An element that names what it holds: microdata or RDFa property (lower case, no prefix), and its value."""

    name: str
    value: str
    element: HtmlElement


@dataclass(frozen=True)
class StatedMarkup:
    """Everything a page's markup says of itself.

    `metas` maps lower-case names to their contents in order; `paragraphs` are the first eight `p` elements; `tree` is
    the page itself, for those that look for more.
    """

    tree: HtmlElement
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    scripts: tuple[str, ...]
    title: str
    headings: tuple[HtmlElement, ...]
    second_headings: tuple[HtmlElement, ...]
    paragraphs: tuple[HtmlElement, ...]
    times: tuple[HtmlElement, ...]
    marked: tuple[MarkedElement, ...]
    language: str
    body_classes: frozenset[str]
    types: tuple[str, ...]
    description: str

    def meta(self, *names: str) -> str:
        """The first non-empty content among the named metas, in the order asked."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def named(self, names: Set[str]) -> tuple[str, ...]:
        """All contents of the metas among the given names, in the order of the page."""
        return tuple(value for name, values in self.metas.items() if name in names for value in values)

    @cached_property
    def heading_texts(self) -> tuple[str, ...]:
        """The text of each h1, in the order of the page; "" for one without text."""
        return tuple(map(words_of, self.headings))

    @cached_property
    def named_places(self) -> Sequence[HtmlElement]:
        """The first 2,000 places of the page that have a name, in its order: menus, lists, divisions, paragraphs."""
        return cast("list[HtmlElement]", _PLACES(self.tree))[:_MOST_PLACES]

    @cached_property
    def boxes_over(self) -> BoxesOver:
        """What of the page lies over it, each box read when first asked for."""
        return BoxesOver(self.tree)

    @cached_property
    def nodes(self) -> tuple[tuple[Node, frozenset[str]], ...]:
        """The page's JSON-LD objects, each with its schema.org types (lower case)."""
        return tuple((node, jsonld.types(node)) for node in jsonld.nodes(self.scripts))

    def typed(self, name: str) -> Iterator[Node]:
        """The JSON-LD objects of a type, in the order of the page."""
        return (node for node, types in self.nodes if name in types)

    @cached_property
    def article(self) -> Node:
        """The JSON-LD node that describes the page's article; empty when none does."""
        addresses = (*self.links.get("canonical", ()), *self.metas.get("og:url", ()))
        return article_node(self.nodes, addresses, (self.meta("og:title"), self.title, *self.heading_texts[:3]))

    @cached_property
    def article_body(self) -> str:
        """The text that JSON-LD gives for the article, a line a paragraph; "" where it gives none.

        Found in the script itself where that has no node for it, so that a script whose JSON is broken elsewhere still
        gives its text.
        """
        if (body := self.article.get("articleBody")) and isinstance(body, str):
            return plain(body)
        for script in self.scripts:
            if match := _ARTICLE_BODY.search(script):
                try:
                    return plain(json.loads(f'"{match[1]}"', strict=False))
                except ValueError:
                    return ""
        return ""


def plain(text: str) -> str:
    """The lines of a text that holds markup, escaped or not: a tag that ends a block ends a line."""
    for _ in range(2):
        if "<" in text and _BLOCK_TAG.search(text):
            break
        text = html.unescape(text)
    lines = html.unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", text))).split("\n")
    return "\n".join(line for line in (" ".join(visible(line).split()) for line in lines) if line)


def read_markup(tree: HtmlElement) -> StatedMarkup:
    """Collect a page's statements."""
    metas: dict[str, list[str]] = {}
    description: list[str] = []
    links: dict[str, list[str]] = {}
    found: dict[str, list[HtmlElement]] = {name: [] for name in _SWEPT}
    for element in tree.iter(*_SWEPT):
        tag = str(element.tag)
        if tag == "meta":
            _note_meta(element, metas)
            if not description and _is_description(element):
                description.append(element.get("content") or "")
        elif tag == "link":
            _note_link(element, links)
        elif len(found[tag]) < (_PARAGRAPHS if tag == "p" else _MOST):
            found[tag].append(element)
    outer = found["html"][0] if found["html"] else tree
    body = found["body"][0] if found["body"] else tree
    return StatedMarkup(
        tree=tree,
        metas={name: tuple(values) for name, values in metas.items()},
        links={name: tuple(values) for name, values in links.items()},
        scripts=tuple(script.text or "" for script in found["script"] if _is_jsonld(script)),
        title=next((text for one in found["title"] if not _is_drawn(one) and (text := words_of(one))), ""),
        headings=tuple(found["h1"]),
        second_headings=tuple(found["h2"]),
        paragraphs=tuple(found["p"]),
        times=tuple(found["time"]),
        marked=tuple(_marked(tree)),
        language=outer.get("lang") or outer.get("{http://www.w3.org/XML/1998/namespace}lang") or body.get("lang") or "",
        body_classes=frozenset((body.get("class") or "").lower().split()) if found["body"] else frozenset(),
        types=tuple(element.get("itemtype", "") for element in (outer, body) if element.get("itemtype")),
        description="".join(description),
    )


def words_of(element: HtmlElement, longest: int = _LONGEST) -> str:
    """The text inside an element with white space folded, scripts and styles left out, cut at `longest` characters."""
    if not len(element):
        text = element.text
        if not text or not isinstance(element.tag, str) or element.tag in _SILENT:
            return ""
        return " ".join(visible(text).split())[:longest].strip()
    parts: list[str] = []
    room = longest * 2
    for text in texts_of(element):
        parts.append(text)
        room -= len(text)
        if room <= 0:
            break
    return " ".join(visible("".join(parts)).split())[:longest].strip()


def texts_of(element: HtmlElement, depth: int = 0) -> Iterator[str]:
    """The pieces of text in an element in order; a break, a block or a line adds a space. Deep nesting is cut off."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or depth > _DEEPEST:
        return
    if element.text:
        yield element.text
    for child in element:
        apart = child.tag in _SPACED or ((style := child.get("style")) is not None and is_own_line(child, style))
        if apart:
            yield " "
        yield from texts_of(child, depth + 1)
        if apart:
            yield " "
        if child.tail:
            yield child.tail


_SILENT = frozenset({"script", "style", "noscript", "template", "svg"})
_DEEPEST = 40


def is_own_line(element: HtmlElement, style: str) -> bool:
    """Whether a style makes a line of an inline element; what floats and a large initial stand beside their line."""
    if "display" not in style or element.tag not in _STYLED or "float" in style or not _OWN_LINE.search(style):
        return False
    return len(element) > 0 or len((element.text or "").strip()) > 1


_STYLED = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong"})
_OWN_LINE = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)(?![\w-])", re.I)
_SPACED = frozenset({"br", "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt", "section", "figcaption"})


def _note_meta(element: HtmlElement, metas: dict[str, list[str]]) -> None:
    content = element.get("content")
    if not content or not content.strip():
        return
    for attribute in ("property", "name", "http-equiv"):
        name = element.get(attribute)
        if name:
            values = metas.setdefault(name.strip().lower(), [])
            if len(values) < _MOST:
                values.append(visible(_unescaped(" ".join(content.split())[:_LONGEST])))


def _is_drawn(title: HtmlElement) -> bool:
    """Whether a title is that of a drawing in the page."""
    return any(one.tag == "svg" for one in islice(title.iterancestors(), _DEEPEST))


def _is_description(element: HtmlElement) -> bool:
    return (element.get("property") or element.get("name") or "").lower() in ("og:description", "description")


def _unescaped(text: str) -> str:
    """A content that its publisher escaped twice, as read by people."""
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def _note_link(element: HtmlElement, links: dict[str, list[str]]) -> None:
    address = element.get("href")
    for relation in (element.get("rel") or "").lower().split():
        if address and len(links.setdefault(relation, [])) < _MOST:
            links[relation].append(address.strip())


def _is_jsonld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower() and bool(script.text)


def _owner(element: HtmlElement) -> str:
    """The schema type of the microdata item that a property belongs to; "" when it belongs to none."""
    above = islice(element.iterancestors(), _DEEPEST)
    item = next((one for one in above if one.get("itemscope") is not None), None)
    return (item.get("itemtype") or "").rsplit("/", 1)[-1].lower() if item is not None else ""


def _is_marked(element: HtmlElement) -> bool:
    """Whether an element names what it holds; a meta's property is read with the metas."""
    return element.tag != "meta" or "itemprop" in element.attrib or element.get("rel") == "author"


def _marked(tree: HtmlElement) -> Iterator[MarkedElement]:
    for element in islice(filter(_is_marked, cast(list[HtmlElement], _MARKED(tree))), _MOST):
        if _owner(element) in _OTHER_ITEMS:
            continue
        names = element.get("itemprop") or element.get("property") or "author"
        value = element.get("content") or element.get("datetime") or ""
        if not value and element.tag == "abbr":
            value = element.get("title") or ""
        for name in names.split():
            yield MarkedElement(name.rsplit(":", 1)[-1].lower(), value.strip(), element)
