"""What belongs to a text of its own although the source repeats it: a form's rows, a heading amid paragraphs. Pure.

Lists and tables are whole (see `structures`): if one row says what no other page says, the others that only name the
hall, the day or the procedure are of the same notice; so is the line that announces them. A heading between two lines
that are the text's own, in one box with both, heads the second, whatever other releases have under theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from archive.extract.rules.paragraphs import SERVING
from archive.extract.rules.structures import REACHES, WHOLE
from archive.page.blocks import BETWEEN_CELLS, Block
from archive.page.places import Container
from archive.text.fingerprint import word_set

_PARTS = word_set("tr li dt dd caption")
_ANNOUNCING = ":："
_WITHIN = 3
"""Places around a row or item that may be its list or table."""

_SURE, _HEADING_LENGTH = 0.85, 40
"""The likelihood of a heading that is sure, and the characters of one, at most."""


def of_own_lists(found: Sequence[Block], repeated: Sequence[bool], own: Sequence[bool]) -> set[int]:
    """The places of repeated rows, terms and items in a list or table of which one row is the text's own.

    None that is a link, reaches somebody or says what a page is filed under.
    """
    if not any(
        is_repeated and block.container.tag in _PARTS for block, is_repeated in zip(found, repeated, strict=True)
    ):
        return set()
    parts: defaultdict[Container, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        if (whole := _whole(block.container)) is not None and 2 * block.link < len(block.text):
            parts[whole].append(at)
    lists = [places for whole, places in parts.items() if SERVING.isdisjoint(whole.signs)]
    says = [places for places in lists if any(own[at] for at in places)]
    return {at for places in says for at in places if repeated[at] and not _is_field(found[at].text)}


def goes_with_own(found: Sequence[Block], own: Sequence[bool], at: int, score: float) -> bool:
    """Whether a repeated passage goes with lines beside it that are the text's own."""
    return is_heading_amid(found, own, at, score) or _announces_own(found, own, at)


def is_heading_amid(found: Sequence[Block], own: Sequence[bool], at: int, score: float) -> bool:
    """Whether a repeated passage is a heading between two lines that are the text's own: a sure one, or one in one box
    with both."""
    block = found[at]
    if (
        block.link
        or len(block.text) > _HEADING_LENGTH
        or not 0 < at < len(found) - 1
        or not (own[at - 1] and own[at + 1])
    ):
        return False
    if score >= _SURE:
        return True
    home, after = block.container.above, found[at + 1]
    is_beside = home is not None and all(_home(one.container) is home for one in (found[at - 1], after))
    return is_beside and "heading" in block.container.roles and 2 * after.link < len(after.text)


def _announces_own(found: Sequence[Block], own: Sequence[bool], at: int) -> bool:
    """Whether a repeated line announces a list or table of the text's own right below it ("The winners are:")."""
    line = found[at]
    if line.text[-1] not in _ANNOUNCING or at + 1 == len(found) or not own[at + 1]:
        return False
    below = found[at + 1]
    whole = _whole(below.container)
    is_free = not (line.link or 2 * below.link >= len(below.text) or _is_field(line.text))
    return is_free and whole is not None and whole.above is line.container.above and SERVING.isdisjoint(whole.signs)


def _is_field(text: str) -> bool:
    """Whether a row says how to reach somebody, or what a page is filed under."""
    label = text.partition(BETWEEN_CELLS)[0].partition(":")[0]
    return REACHES.search(text) is not None or REACHES.search(label) is not None


def _whole(place: Container) -> Container | None:
    """The list or table that a place is a row or item of."""
    if place.tag not in _PARTS:
        return None
    return next((one for one in islice(place.upward(), 1, 1 + _WITHIN) if one.tag in WHOLE), None)


def _home(place: Container) -> Container | None:
    """What a paragraph, or a list with its items, stands in."""
    return (_whole(place) or place).above
