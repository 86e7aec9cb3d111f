"""A page as blocks: the runs of text that a reader sees as one line or paragraph, each with its place in the tree.

A block ends where a block-level element begins or ends, and at `br`. Nothing here judges: what a page hides until a
script or a click shows it, and what stands in buttons, are blocks with a role of their own. What its author struck out
(HTML Standard, sections 4.5.5 and 4.7.2: no longer accurate, or removed) is no longer said and left out, unless that
were most of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from zlib import crc32

from lxml.html import HtmlElement

from archive.text.fingerprint import word_set

MAX_BLOCKS = 6_000
MAX_CHARACTERS = 2_000_000

_SKIPPED = word_set(
    """
    script style template svg math iframe object embed applet canvas video audio select datalist textarea
    input head meta link map area frame frameset
    """
)
_INLINE = word_set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr picture source button
    """
)
_STRUCK = frozenset({"del", "s", "strike"})
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_ONE_PARAGRAPH = word_set("p li h1 h2 h3 h4 h5 h6 dd dt blockquote")
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"[ \t\n\r\f\v\u200b\ufeff]{2,}|[\t\n\r\f\v\u200b\ufeff]")
"""White space that is not one blank already."""
_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)]*\s*$""")
_PARAGRAPH = 40
_COPIED = 0.7
_WORDS = re.compile(r"\w+")
_NAME = 200
_SPANS = 3
"""An element that holds fewer spans is one paragraph."""

ROLES = {
    "heading": word_set("h1 h2 h3 h4 h5 h6"),
    "item": word_set("li dt dd"),
    "cell": word_set("td th"),
    "caption": word_set("figcaption caption"),
    "quote": word_set("blockquote"),
    "code": word_set("pre"),
    "frame": word_set("nav footer header aside form menu dialog"),
    "article": word_set("article main"),
}
"""What an element is by its tag; a block inside inherits the roles of every element around it."""

CONTROL, CONCEALED = "control", "concealed"
"""The roles of what stands in a button outside a paragraph or heading, and of what the page does not show at first."""

SIGNS = {
    "body": r"article|content|story|entry|post|text|body|main|news|release|copy|prose",
    "frame": r"nav|menu|foot|head(?:er)?(?![a-z]*line)|breadcrumb|crumb|sidebar|side|widget|masthead|banner|logo",
    "comments": r"comment|disqus|respon[sd]|repl(?:y|ies)|forum|review|testimonial|kommentar|reactie|коммент|отзыв",
    "others": r"related|recommend|similar|popular|teaser|promo|more|most|latest|"
    r"recent|list|archive|also|trending|carousel|pag(?:er|inat)|next|prev",
    "service": r"share|sharing|social|follow|subscri|newsletter|sign-?up|login|cookie|consent|gdpr|popup|modal|print|"
    r"tool|button|btn|search|form|rating|vote|poll|advert|(?<![a-z])ads?(?![a-z])|sponsor|banner|promo|donat",
    "about": r"tags?(?![a-z])|categor|keyword|author|byline|meta|date|time|info|caption|credit|copyright|source|bio",
    "hidden": r"hidden|hide|none|sr-only|visually|invisible|noprint|no-print",
    "media": r"image|img|photo|picture|media|video|figure|caption|gallery|slide|thumb|foto|bild|credit",
    "lead": r"lead|intro|summary|abstract|excerpt|standfirst|subtitle|sub-?head|deck|chapo|teaser|description|sapo",
    "title": r"title|headline|heading",
}
"""What class and id names say of an element, by the words that site builders use."""

_ROLE_OF = {tag: role for role, tags in ROLES.items() for tag in tags}
_SIGN_OF = {name: re.compile(words, re.I) for name, words in SIGNS.items()}
_NAME_PART = re.compile(r"[A-Z]?[a-z]+(?:-up)?|[A-Z]{2,}")
_NO_SIGNS: frozenset[str] = frozenset()
_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True, eq=False)
class Container:
    """A block-level element as a place: `path` hashes the tags and first classes that lead to it, so that the same
    part of two pages of one site has the same path. `signs` are those of the element itself; `prose` is filled by
    whoever weighs the page: the characters of prose inside."""

    element: HtmlElement
    tag: str
    path: int
    above: Container | None
    depth: int
    roles: frozenset[str]
    signs: frozenset[str]
    prose: float = 0.0
    weight: float = 0.0
    link: float = 0.0

    def upward(self) -> Iterable[Container]:
        container: Container | None = self
        while container is not None:
            yield container
            container = container.above


@dataclass(slots=True, eq=False)
class Block:
    """One run of text. `link` counts the characters inside links, `bold` those in strong type; `broken`: a line break,
    not an element, divides it from the block before; `led`: it begins with a link."""

    text: str
    container: Container
    link: int
    bold: int
    broken: bool
    led: bool = False


def blocks(tree: HtmlElement) -> list[Block]:
    """Every block of the page's body, in reading order, bounded by MAX_BLOCKS and MAX_CHARACTERS."""
    body = tree.find("body")
    top = tree if body is None else body
    walk = _Walk()
    walk.visit(top, None)
    if walk.struck > walk.characters:
        walk = _Walk(with_struck=True)
        walk.visit(top, None)
    return _without_copies(walk.found)


def _without_copies(found: list[Block]) -> list[Block]:
    """The blocks without concealed ones that only say again what the page shows: a text for printing, for listening."""
    concealed = [block for block in found if CONCEALED in block.container.roles]
    if any(map(_is_data, concealed)):
        found = [block for block in found if CONCEALED not in block.container.roles or not _is_data(block)]
        concealed = [block for block in concealed if not _is_data(block)]
    if not concealed or len(concealed) == len(found):
        return found
    shown = {run for block in found if CONCEALED not in block.container.roles for run in _runs(block.text)}
    copies = set()
    for block in concealed:
        runs = _runs(block.text)
        if runs and sum(run in shown for run in runs) >= _COPIED * len(runs):
            copies.add(id(block))
    return [block for block in found if id(block) not in copies] if copies else found


def _is_data(block: Block) -> bool:
    """Whether a block is an object or list for a script and no text."""
    return (block.text[0], block.text[-1]) in (("{", "}"), ("[", "]")) and '"' in block.text


def _runs(text: str) -> list[tuple[str, ...]]:
    """The runs of five words in a text; its words where it has fewer."""
    words = _WORDS.findall(text)
    return [tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))] if words else []


@contextmanager
def without(tree: HtmlElement, places: Iterable[Container]) -> Iterator[None]:
    """The tree without some of its places, nor its scripts, styles and drawings; after the context it is as it was.

    What is stated in JSON-LD stays.
    """
    unseen = (one for one in tree.iter("script", "style", "svg") if "ld+json" not in one.get("type", ""))
    cut: list[tuple[HtmlElement, HtmlElement]] = []
    for element in [*(container.element for container in places), *unseen]:
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


class _Walk:
    """A depth-first reading of the tree that gathers text into blocks (libxml2 bounds the depth at 255)."""

    def __init__(self, with_struck: bool = False) -> None:
        self.with_struck = with_struck
        self.struck = 0
        self.found: list[Block] = []
        self.characters = 0
        self.pieces: list[str] = []
        self.link = self.bold = 0
        self.broken = self.led = False

    def visit(
        self, element: HtmlElement, above: Container | None, linked: bool = False, bold: bool = False, role: str = ""
    ) -> None:
        """Read a block-level element: its own runs of text become blocks, its block-level children are visited."""
        if above is not None and self.pieces:
            self._flush(above)
        container = _place_of(element, above, role)
        self._inside(element, container, linked, bold)
        if self.pieces:
            self._flush(container)
        self.broken = False

    def _inside(self, element: HtmlElement, container: Container, linked: bool, bold: bool) -> None:
        if (text := element.text) and (self.pieces or not text.isspace()):
            self._take(text, linked, bold)
        spans_are_blocks = len(element) >= _SPANS and _holds_paragraphs_in_spans(element)
        for child in element:
            tag = "div" if spans_are_blocks else child.tag
            if not isinstance(tag, str) or (tag in _SKIPPED and not _is_shadow(child)):
                pass
            elif not self.with_struck and _is_struck(tag, child.get("style")):
                self.struck += len(child.text_content().strip())
            elif role := _own_role(child, element, tag):
                self.visit(child, container, linked, bold, role)
            elif tag in _INLINE:
                self._inside(child, container, linked or tag == "a", bold or tag in ("b", "strong"))
            elif tag == "br":
                self._flush(container)
                self.broken = True
            else:
                self.visit(child, container, linked, bold)
            if (tail := child.tail) and (self.pieces or not tail.isspace()):
                self._take(tail, linked, bold)

    def _take(self, text: str, linked: bool, bold: bool) -> None:
        if linked:
            self.led = self.led or not self.pieces or "".join(self.pieces).isspace()
            self.link += len(text.strip())
        self.pieces.append(text)
        if bold:
            self.bold += len(text.strip())

    def _flush(self, container: Container) -> None:
        pieces = self.pieces
        if not pieces:
            return
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if not text.isspace() and len(self.found) < MAX_BLOCKS and self.characters < MAX_CHARACTERS:
            text = _SPACE.sub(" ", text).strip()
            if _WORD.search(text):
                size = len(text)
                self.found.append(
                    Block(text, container, min(self.link, size), min(self.bold, size), self.broken, self.led)
                )
                self.characters += size
                self.broken = False
        self.pieces, self.link, self.bold, self.led = [], 0, 0, False


def _holds_paragraphs_in_spans(element: HtmlElement) -> bool:
    """Whether an element has nothing but spans, of which most are whole paragraphs by their length and end."""
    if element[0].tag != "span" or element.tag in _ONE_PARAGRAPH or (element.text or "").strip():
        return False
    texts = ["".join(child.itertext()) for child in element if child.tag == "span" and not (child.tail or "").strip()]
    whole = [text for text in texts if len(text) >= _PARAGRAPH and _SENTENCE_END.search(text[-_PARAGRAPH:])]
    return len(texts) == len(element) and len(whole) >= 2 and 2 * len(whole) >= len(texts)


def _own_role(element: HtmlElement, above: HtmlElement, tag: str) -> str:
    """The role of an element that is not shown at first, or is a button that is no part of a sentence or heading."""
    style = element.get("style")
    if (style is not None and _STYLE_HIDDEN.search(style)) or element.get("hidden") is not None or tag == "noscript":
        return CONCEALED
    return CONTROL if tag == "button" and above.tag not in _ONE_PARAGRAPH else ""


def _is_struck(tag: str, style: str | None) -> bool:
    """Whether an element is struck out, by its tag or its own style."""
    return tag in _STRUCK or (style is not None and _STRIKING.search(style) is not None)


def _is_shadow(element: HtmlElement) -> bool:
    """Whether a template is a declarative shadow root, which browsers show in place."""
    return element.tag == "template" and element.get("shadowrootmode") is not None


def _place_of(element: HtmlElement, above: Container | None, own: str) -> Container:
    tag = element.tag
    named = tag != "body"
    classes = (element.get("class") or "")[:_NAME] if named else ""
    number = (element.get("id") or "")[:_NAME] if named else ""
    if above is None:
        path, signs = _place(0, tag, classes, number)
        roles = _with_roles(frozenset(), tag, own)
        return Container(element, tag, path, None, 0, roles, signs)
    path, signs = _place(above.path, tag, classes, number)
    roles = _with_roles(above.roles, tag, own) if own or tag in _ROLE_OF else above.roles
    return Container(element, tag, path, above, above.depth + 1, roles, signs)


@lru_cache(maxsize=1_000)
def _with_roles(roles: frozenset[str], tag: str, own: str) -> frozenset[str]:
    return roles.union(role for role in (_ROLE_OF.get(tag), own) if role)


@lru_cache(maxsize=4_000)
def _place(above: int, tag: str, classes: str, number: str) -> tuple[int, frozenset[str]]:
    """The path of an element below a path, and its signs."""
    first, signs = _read_name(f"{classes} {number}")
    return crc32(f"{above} {tag} {first}".encode("utf-8", "replace")), signs


@lru_cache(maxsize=20_000)
def _read_name(name: str) -> tuple[str, frozenset[str]]:
    """Of a class and id: the first with numbers set aside, and the signs, word by word (camelCase, hyphens divide)."""
    parts = name.split(None, 1)
    signs = _NO_SIGNS
    for word in _NAME_PART.findall(name):
        signs |= _signs_of_word(word.lower())
    return _DIGITS.sub("#", parts[0]) if parts else "", signs


@lru_cache(maxsize=20_000)
def _signs_of_word(word: str) -> frozenset[str]:
    return frozenset(sign for sign, pattern in _SIGN_OF.items() if pattern.search(word))
