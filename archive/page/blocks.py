"""A page as blocks: the runs of text that a reader sees as one line or paragraph, each with its place in the tree.

A block ends where a block-level element begins or ends, and at `br`. Nothing here judges: what a page hides until a
script or a click shows it, and what stands in buttons, are blocks with a role of their own. What its author struck out
(HTML Standard, sections 4.5.5 and 4.7.2: no longer accurate, or removed) is no longer said and left out, unless that
were most of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from archive.page.formula import formula
from archive.page.html import close
from archive.page.inline import (
    BLOCK_LEVEL,
    STRUCK,
    holds_line,
    holds_no_block,
    holds_paragraphs_in_spans,
    is_beside_line,
    is_struck_out,
    own_role,
)
from archive.page.markup import is_own_line
from archive.page.places import (
    CONCEALED,
    CONTROL,
    Container,
    is_amid_sentence,
    is_read_out,
    is_shadow,
    leads,
    place_of,
)
from archive.text.characters import visible
from archive.text.fingerprint import word_set

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 2_000_000
BETWEEN_CELLS = " | "
"""What parts the cells of a table's row."""

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
_DEEPEST = 250
"""Elements one inside another that are read as places; what nests deeper is read as lines of the last of them."""
_DEEP = 30
"""Deeper than any layout: what nests here was not closed."""
_UNCLOSED = 100
"""More elements than this that were not closed: what the page says is no more its last one's than its first one's."""
_CELL = 300
"""Characters of a table's cell that is read as part of its row."""
_BOLD = frozenset({"b", "strong"})
_UNLIKE = STRUCK | {"noscript", "button"}
"""The elements that may be struck out or have a role of their own; others only by their style or as `hidden`."""
_WHITE = "\t\n\r\f\v"
_WORD = re.compile(r"\w")
_WRAPPED = (45, 100)
"""The shortest and the longest line of text that was broken to fit a width."""
_COPIED = 0.7
_WORDS = re.compile(r"\w+")
_SPANS = 3
"""An element that holds fewer spans is one paragraph."""


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
    if walk.unclosed > _UNCLOSED:
        close(top, _DEEP)
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
    runs = [_runs(block.text) for block in concealed]
    sought = set(chain.from_iterable(runs))
    texts = {block.text for block in found if CONCEALED not in block.container.roles}
    shown = sought.intersection(chain.from_iterable(map(_runs, texts)))
    copies = {
        id(block)
        for block, own in zip(concealed, runs, strict=True)
        if own and sum(run in shown for run in own) >= _COPIED * len(own)
    }
    return [block for block in found if id(block) not in copies] if copies else found


def _is_data(block: Block) -> bool:
    """Whether a block is an object or list for a script and no text."""
    return (block.text[0], block.text[-1]) in (("{", "}"), ("[", "]")) and '"' in block.text


def _runs(text: str) -> Sequence[tuple[str, ...]]:
    """The runs of five words in a text; its words where it has fewer."""
    words = _WORDS.findall(text)
    if len(words) < 5:
        return (tuple(words),) if words else ()
    return list(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))


class _Walk:
    """A depth-first reading of the tree that gathers text into blocks."""

    def __init__(self, with_struck: bool = False) -> None:
        self.with_struck = with_struck
        self.struck = 0
        self.found: list[Block] = []
        self.characters = self.depth = self.unclosed = 0
        self.pieces: list[str] = []
        self.spoken: set[int] = set()
        self.link = self.bold = 0
        self.broken = self.led = self.speaks = False

    def visit(
        self, element: HtmlElement, above: Container | None, linked: bool = False, bold: bool = False, role: str = ""
    ) -> None:
        """Read a block-level element: its own runs of text become blocks, its block-level children are visited."""
        if above is not None and self.pieces:
            self._flush(above)
        start = len(self.found)
        tag = element.tag
        is_more = above is not None and not role and tag == above.tag and _continues(element, above)
        self.unclosed += is_more
        container = above if above is not None and is_more else place_of(element, above, role)
        self._inside(element, container, linked, bold)
        if self.pieces:
            self._flush(container)
        self.broken = False
        if tag == "tr" and len(self.found) > start + 1:
            self.found[start:] = _as_row(self.found[start:], container)

    def _inside(self, element: HtmlElement, container: Container, linked: bool, bold: bool) -> None:
        """Read what an element holds, in the order of the page: its text, and each child with the text behind it."""
        if (text := element.text) and (self.pieces or not text.isspace()):
            self._take(text, linked, bold)
        children = len(element)
        if not children:
            return
        self.depth += 1
        spans_are_blocks = children >= _SPANS and holds_paragraphs_in_spans(element)
        has_line: bool | None = None
        for child in element:
            tag = "div" if spans_are_blocks else child.tag
            if isinstance(tag, str) and (tag not in _SKIPPED or is_shadow(child)):
                style, role, is_struck = child.get("style"), "", False
                if style is not None or tag in _UNLIKE or child.get("hidden") is not None:
                    is_struck = not self.with_struck and is_struck_out(tag, style)
                    role = own_role(child, element, tag, style)
                if is_struck:
                    self.struck += len(child.text_content().strip())
                elif self.depth > _DEEPEST:
                    self._flat(child, container, linked, bold)
                elif role:
                    if role != CONCEALED or tag not in _INLINE or not is_amid_sentence(child, self.pieces):
                        self.visit(child, container, linked, bold, role)
                elif tag in _INLINE or (
                    tag not in BLOCK_LEVEL
                    and (has_line := holds_line(element) if has_line is None else has_line)
                    and holds_no_block(child)
                ):
                    if not is_beside_line(child, element, tag):
                        is_line = style is not None and is_own_line(child, style)
                        self._inline(child, container, linked, bold or tag in _BOLD, is_line)
                elif tag == "br":
                    self._break(container)
                else:
                    self.visit(child, container, linked, bold)
            elif tag == "math" and CONCEALED not in (
                *container.roles,
                own_role(child, element, tag, child.get("style")),
            ):
                self._take(formula(child), linked, bold)
            if (tail := child.tail) and (self.pieces or not tail.isspace()):
                self._take(tail, linked, bold)
        self.depth -= 1

    def _inline(self, element: HtmlElement, container: Container, linked: bool, bold: bool, is_line: bool) -> None:
        """Read an element as part of the line that it stands in, or as a line of its own (`is_line`)."""
        if is_line:
            self._break(container)
        speaks, self.speaks = self.speaks, self.speaks or is_read_out(element.get("class") or "")
        self._inside(element, container, linked or leads(element), bold)
        self.speaks = speaks
        if is_line:
            self._break(container)

    def _flat(self, element: HtmlElement, container: Container, linked: bool, bold: bool) -> None:
        """Read an element that stands too deep for places of its own: its lines are the container's."""
        walk = iterwalk(element, ("start", "end"))
        for event, one in walk:
            if event == "start" and (not isinstance(one.tag, str) or one.tag in _SKIPPED):
                walk.skip_subtree()
                continue
            if one.tag in BLOCK_LEVEL:
                self._flush(container)
            text = one.text if event == "start" else "" if one is element else one.tail
            if text:
                self._take(text, linked, bold)

    def _take(self, text: str, linked: bool, bold: bool) -> None:
        if linked:
            self.led = self.led or not self.pieces or "".join(self.pieces).isspace()
            self.link += len(text.strip())
        if self.speaks:
            self.spoken.add(len(self.pieces))
        self.pieces.append(text)
        if bold:
            self.bold += len(text.strip())

    def _break(self, container: Container) -> None:
        self._flush(container)
        self.broken = True

    def _flush(self, container: Container) -> None:
        if not self.pieces:
            return
        text = "".join(self.pieces)
        if self.spoken:
            shown = "".join(piece for at, piece in enumerate(self.pieces) if at not in self.spoken)
            text, self.spoken = shown if _WORD.search(shown) else text, set()
        if not text.isspace():
            for line in _lines_of(text) if "code" in container.roles else (text,):
                plain = line if line.isprintable() and "  " not in line else _on_one_line(visible(line))
                self._add(plain.strip(), container)
        self.pieces, self.link, self.bold, self.led = [], 0, 0, False

    def _add(self, text: str, container: Container) -> None:
        is_said = text[:1].isalnum() or _WORD.search(text)  # most lines begin with a letter
        if is_said and len(self.found) < MAX_BLOCKS and self.characters < MAX_CHARACTERS:
            size = len(text)
            self.found.append(Block(text, container, min(self.link, size), min(self.bold, size), self.broken, self.led))
            self.characters += size
            self.broken = False


def _continues(element: HtmlElement, above: Container) -> bool:
    """Whether an element is one more of a row of elements that were never closed, each inside of the one before."""
    if element.tag != above.tag or above.above is None or element.tag != above.above.tag:
        return False
    name = element.get("class")
    same = name is not None and name == above.element.get("class") == above.above.element.get("class")
    return same or above.depth > _DEEP


def _as_row(cells: list[Block], row: Container) -> list[Block]:
    """The blocks of a table's row as one, where each is all that one short cell holds."""
    holders = [_cell_in(block.container, row) for block in cells]
    if None in holders or len(set(holders)) < len(cells) or any(len(block.text) > _CELL for block in cells):
        return cells
    if any(CONTROL in block.container.roles for block in cells):
        return cells
    link, bold = sum(block.link for block in cells), sum(block.bold for block in cells)
    return [Block(BETWEEN_CELLS.join(block.text for block in cells), row, link, bold, False, cells[0].led)]


def _cell_in(container: Container, row: Container) -> Container | None:
    """The cell of a row that holds a place."""
    return next((one for one in container.upward() if one.above is row and one.tag in ("td", "th")), None)


def _on_one_line(text: str) -> str:
    """A text with one blank for each run of white space that is as good as one."""
    for mark in _WHITE:
        text = text.replace(mark, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _lines_of(text: str) -> Iterator[str]:
    """The lines of preformatted text; those of a paragraph that was broken to fit a width are one."""
    for part in re.split(r"\n[ \t\r]*\n", text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        wrapped = len(lines) > 1 and _WRAPPED[0] <= min(map(len, lines[:-1])) and max(map(len, lines)) <= _WRAPPED[1]
        yield from (" ".join(lines),) if wrapped else lines
