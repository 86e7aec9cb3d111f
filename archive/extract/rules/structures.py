"""Lists and tables are judged whole: a text holds all their items and rows or none. Pure.

A list between two paragraphs of the text, or under one that announces it, is the text's, whatever its items look like
one by one; so is a table, or a list of terms or of sentences, without links right below its last paragraph, and what a
short line or a heading announces there. Of any other the larger part decides for the rest. What says how to reach
somebody is left to the fields of the release.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from archive.boilerplate.cue_words import COOKIES, READ_ALSO
from archive.extract.rules.paragraphs import (
    DOUBTED,
    ENDS,
    HALF,
    LEFT_OUT,
    LEVELS,
    PROSE,
    SERVING,
    TAKEN,
    asks,
    is_paragraph,
    stands_in,
)
from archive.page.blocks import Block
from archive.page.places import BESIDE, SUBHEADINGS, Container, table_of, wrapped
from archive.text.characters import small
from archive.text.dates import only_day
from archive.text.fingerprint import word_set

WHOLE = frozenset({"table", "ul", "ol", "dl"})
"""The elements that are a list or a table."""

_INSIDE = WHOLE | word_set("li dt dd tr td th tbody thead tfoot caption p h3 h4 h5 h6")
"""Elements that may stand around a block within a list or table; any other is no part of one (see `_holder`)."""

_FEW, _LINKED, _NAME = 0.35, 0.6, 45
"""Shares of a table in likely text, under which it leaves the text, and of a structure in links, from which it is one
of links; mean characters of linked items that are names (of signatories, say) and no headlines."""

_ANNOUNCING = (":", "：", "…:")
_SENTENCE = 30
"""Characters of an item that is a sentence."""

_FIELDS = ("input", "select", "textarea", "button")
"""The elements of a form."""

REACHES = re.compile(
    r"@|\b(?:tel|fax|phone|telephone|telefon|téléphone|teléfono|e-?mail|contacts?|kontakt|contacto|contatti)\b"
    r"|\+\d[\d\s()./-]{6,}|\b(?:tags?|categor(?:y|ies)|published|filed under|author|topics?|share)\s*:$"
    r"|^\W*(?:tags?|categor(?:y|ies)|published|filed under|author|topics?|share)$"
    r"|\b(?:тел|факс|контакты?|телефон|теги)\b",
    re.IGNORECASE,
)
"""How to reach somebody, or what a page is filed under."""


@dataclass(frozen=True)
class Structure:
    """A list or table on a page: which blocks it holds."""

    container: Container
    start: int
    end: int


def judge_structures(found: Sequence[Block], likely: Sequence[float], judged: list[float]) -> None:
    """Take lists and tables into the text, or tables out of it. In a table that only divides the page, those within it
    are judged in their turn."""
    whole_ones, opening = list(structures(found)), cache(partial(_first_paragraphs, found, likely))
    for one in whole_ones:
        places = range(one.start, one.end)
        if one.container.tag == "table" and _is_layout(found[one.start : one.end], likely[one.start : one.end]):
            whole_ones += structures(found, one)
            continue
        whole = sum(len(found[at].text) for at in places) or 1.0
        share = sum(len(found[at].text) for at in places if likely[at] >= HALF) / whole
        label = _label(one, found, judged)
        if label or _belongs(one, found, judged, share, opening):
            for at in (*label, *places):
                judged[at] = max(judged[at], TAKEN)
        elif one.container.tag == "table" and share < _FEW:
            for at in places:
                judged[at] = min(judged[at], LEFT_OUT)


def _is_layout(held: Sequence[Block], likely: Sequence[float]) -> bool:
    """Whether a table only divides the page: most of what is taken of it are paragraphs, and none of those is a row; or
    it holds further tables, and most of what is taken of it are the lines of one cell."""
    taken = [block for block, score in zip(held, likely, strict=True) if score >= HALF]
    whole = sum(len(block.text) for block in taken)
    prose = sum(len(block.text) for block in taken if block.container.tag != "tr" and is_paragraph(block))
    if prose > whole / 2:
        return True
    cells = Counter(block.container for block in taken if block.container.tag == "td")
    cell, lines = next(iter(cells.most_common(1)), (None, 0))
    in_cell = sum(len(block.text) for block in taken if block.container is cell)
    return lines > 1 and in_cell > whole / 2 and len({table_of(block.container) for block in held}) > 1


def structures(found: Sequence[Block], within: Structure | None = None) -> Iterator[Structure]:
    """The outermost lists and tables that hold items and rows alone, in the order of the page; or those within one."""
    start, end, around = (within.start, within.end, within.container) if within else (0, len(found), None)
    holders = [_holder(block.container, around) for block in found[start:end]]
    at = 0
    while at < len(holders):
        holder, first = holders[at], at
        while at < len(holders) and holders[at] is holder:
            at += 1
        if holder is not None and at - first > 1:
            yield Structure(holder, start + first, start + at)


def _holder(container: Container, within: Container | None) -> Container | None:
    """The outermost list or table (within one) that a place stands in without anything else around it there."""
    if not BESIDE.isdisjoint(container.roles):
        return None
    outermost = None
    for place in container.upward():
        if place is within or (place.tag not in _INSIDE and not _groups_terms(place)):
            break
        if place.tag in WHOLE:
            outermost = place
    return outermost


def _groups_terms(place: Container) -> bool:
    """Whether a place holds a term with what it means (HTML Standard, section 4.4.9: `div` within `dl`)."""
    return place.tag == "div" and place.above is not None and place.above.tag == "dl"


def _belongs(
    one: Structure, found: Sequence[Block], judged: Sequence[float], share: float, opening: Callable[[], Sequence[int]]
) -> bool:
    """Whether a structure is part of the text."""
    if share >= HALF:
        return True
    if one.start == 0 or not SERVING.isdisjoint(one.container.signs):
        return False
    before = found[one.start - 1]
    homes = set(islice(one.container.upward(), 1, LEVELS))
    alike = _are_boxes_alike(one.container.above, before.container.above) and _is_of_text(one, found)
    stands = alike or stands_in(before, homes)
    if judged[one.start - 1] < HALF or not stands or _introduces_others(before.text):
        return False
    if before.text.rstrip().endswith(_ANNOUNCING):
        return True
    items = found[one.start : one.end]
    if _is_about_page(one, found, judged, opening()):
        return False
    goes_on = one.container.tag == "dl" or all(map(_is_sentence, items))
    place = one.container if any(block.link for block in items) else wrapped(one.container)
    below = alike or place.above is before.container.above
    if goes_on and below and _says_by_itself(one, found):
        return True
    closed = one.end < len(found) and judged[one.end] >= HALF and stands_in(found[one.end], homes)
    length = sum(len(block.text) for block in items)
    linked = sum(block.link for block in items) >= _LINKED * length
    if one.container.tag == "table":
        return closed or (not linked and (share >= _FEW or below))
    return closed and (not linked or length <= _NAME * len(items))


def _first_paragraphs(found: Sequence[Block], likely: Sequence[float]) -> list[int]:
    """The first two paragraphs of the text."""
    return list(islice((at for at, one in enumerate(likely) if one >= HALF and is_paragraph(found[at])), 2))


def _is_about_page(one: Structure, found: Sequence[Block], judged: Sequence[float], opening: Sequence[int]) -> bool:
    """Whether a list whose items are unlikely stands before the text, right below its headline, or between its first
    two paragraphs if it says a day: when and by whom the page was published. `opening` are these paragraphs."""
    places = range(one.start, one.end)
    above = sum(at < one.start for at in opening)
    if (
        above == len(opening)
        or one.container.tag == "table"
        or sum(judged[at] for at in places) >= DOUBTED * len(places)
    ):
        return False
    return not above or any(only_day(found[at].text) for at in places)


def _are_boxes_alike(one: Container | None, other: Container | None) -> bool:
    """Whether two places are boxes of one build, with a name, as editors lay out the parts of one text."""
    return one is not None and other is not None and bool(one.named) and one.path == other.path


def _is_of_text(one: Structure, found: Sequence[Block]) -> bool:
    """Whether a list or table asks for nothing, reaches nobody and holds no field, as that of a form does."""
    said = (block.text for block in found[one.start : one.end])
    has_fields = next(one.container.element.iter(*_FIELDS), None) is not None
    return not has_fields and not any(asks(text) or REACHES.search(text) for text in said)


def _introduces_others(text: str) -> bool:
    """Whether a line leads to other articles, or to a table of cookies."""
    words = small(text)
    return READ_ALSO.match(words) is not None or COOKIES.search(words) is not None


def _is_sentence(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and block.text[-1] in ENDS


def _label(one: Structure, found: Sequence[Block], judged: Sequence[float]) -> tuple[int, ...]:
    """The place of a short line that announces a list or table right below the text, taken for text yet or not."""
    at, home = one.start - 1, wrapped(one.container).above
    if at < 1 or judged[at - 1] < HALF:
        return ()
    label, above = found[at], found[at - 1].container
    while above.above is not None and above.tag in _INSIDE and above.above is not home and above.tag != "p":
        above = above.above
    if label.container.above is not home or home is None or above.above is None:
        return ()
    alike = bool(home.named) and above.above.path == home.path
    stands = alike or above.above in (home, home.above)
    announces = label.container.tag in SUBHEADINGS or label.text.rstrip().endswith(_ANNOUNCING)
    fits = stands and announces and len(label.text) < PROSE and not label.link and not asks(label.text)
    items = range(one.start, one.end)
    is_text = fits and (_says_by_itself(one, found) or _are_names_amid(found, items, judged))
    return (at,) if is_text else ()


def _says_by_itself(one: Structure, found: Sequence[Block]) -> bool:
    """Whether a list or table leads nowhere, asks for nothing, and says neither how to reach somebody nor what the page
    is filed under."""
    items = found[one.start - 1 : one.end]
    is_free = SERVING.isdisjoint(one.container.signs)
    return is_free and not any(block.link or asks(block.text) or REACHES.search(block.text) for block in items)


def _are_names_amid(found: Sequence[Block], items: range, judged: Sequence[float]) -> bool:
    """Whether a list that a line with a colon announces holds names, and the text goes on below it in the same place.

    It may lead to their pages; titles of other articles are longer.
    """
    place = found[items.start].container.above
    if items.stop >= len(found) or judged[items.stop] < HALF or place is None or not SERVING.isdisjoint(place.signs):
        return False
    listed = [found[at].text for at in items]
    announced = found[items.start - 1].text[-1] in ":：" and max(map(len, listed)) <= _NAME
    return announced and found[items.stop].container.above is place.above and not any(map(asks, listed))
