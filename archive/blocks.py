"""A page as blocks: the runs of text that a reader sees as one line or paragraph, each with its place in the tree.

A block ends where a block-level element begins or ends, and at `br`. Its place is a hash of the path of tags and first
classes that leads to it, so that the same part of two pages of one site has the same place. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from zlib import crc32

from lxml.html import HtmlElement

from archive.fingerprint import names

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 3_000_000

_SKIPPED = names(
    """
    script style noscript template svg math iframe object embed applet canvas video audio select datalist textarea
    button input head meta link map area frame frameset
    """
)
_INLINE = names(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr picture source
    """
)
_HEADINGS = names(
    """
    h1 h2 h3 h4 h5 h6
    """
)
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")

Slot = tuple[HtmlElement, bool]
"""Where a piece of text hangs in the tree: an element, and whether the text is its tail (else its own text)."""


@dataclass(slots=True)
class Block:
    """One run of text. `link` counts the characters inside links; `slots` lead back to the tree, in order.

    `places` is the hash of every prefix of the path to the block, outermost first; the last is the block's own place.
    """

    text: str
    element: HtmlElement
    places: tuple[int, ...]
    link: int
    slots: list[Slot] = field(default_factory=list)

    @property
    def place(self) -> int:
        return self.places[-1]


def blocks(tree: HtmlElement) -> list[Block]:
    """Every block of the page's body, in reading order, bounded by MAX_BLOCKS and MAX_CHARACTERS."""
    body = tree.find("body")
    walk = _Walk()
    walk.visit(tree if body is None else body, ())
    walk.flush()
    return walk.found


def clear(gone: Iterable[Block]) -> None:
    """Take the text of blocks out of the tree; elements that hold nothing more are dropped with it."""
    for block in gone:
        for element, tail in block.slots:
            if tail:
                element.tail = " "
            else:
                element.text = None
        _drop_if_empty(block.element)


def _drop_if_empty(element: HtmlElement) -> None:
    parent = element.getparent()
    while parent is not None and element.tag not in ("body", "html") and not "".join(element.itertext()).strip():
        if element.find(".//img") is not None:
            return
        element.drop_tree()
        element, parent = parent, parent.getparent()


class _Walk:
    """A depth-first reading of the tree that gathers text into blocks (libxml2 bounds the depth at 255)."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.characters = 0
        self.pieces: list[str] = []
        self.slots: list[Slot] = []
        self.link = 0
        self.owner: tuple[HtmlElement, tuple[int, ...]] | None = None

    def visit(self, element: HtmlElement, above: tuple[int, ...], linked: bool = False) -> None:
        places = (*above, _place(element, above[-1] if above else 0))
        self.owner = (element, places)
        self._inside(element, places, linked)
        self.flush()

    def _inside(self, element: HtmlElement, places: tuple[int, ...], linked: bool) -> None:
        """Read an element's content into blocks that belong to the nearest block-level element around it."""
        owner = self.owner
        if element.text:
            self._take(element, False, element.text, linked)
        for child in element:
            tag = child.tag
            if tag in _INLINE:
                self._inside(child, places, linked or tag == "a")
            elif tag == "br":
                self.flush()
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self.flush()
                self.visit(child, places, linked)
                self.owner = owner
            if child.tail:
                self._take(child, True, child.tail, linked)

    def _take(self, element: HtmlElement, tail: bool, text: str, linked: bool) -> None:
        self.pieces.append(text)
        self.slots.append((element, tail))
        if linked:
            self.link += len(text.strip())

    def flush(self) -> None:
        if not self.slots:
            return
        text = _SPACE.sub(" ", "".join(self.pieces)).strip()
        if text and self.owner and len(self.found) < MAX_BLOCKS and self.characters < MAX_CHARACTERS:
            element, places = self.owner
            self.found.append(Block(text, element, places, min(self.link, len(text)), self.slots))
            self.characters += len(text)
        self.pieces, self.slots, self.link = [], [], 0


def _place(element: HtmlElement, above: int) -> int:
    name = element.get("class") or element.get("id") or ""
    first = name.split(None, 1)[0] if name and not name.isspace() else ""
    if element.tag == "body":
        first = ""
    return crc32(f"{above} {element.tag} {_DIGITS.sub('#', first)}".encode("utf-8", "replace"))
