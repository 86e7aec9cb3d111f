"""Code and quotes amid a text: set apart by their element or its name, they go with the lines around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.extract.rules.paragraphs import DOUBTED, HALF
from archive.page.blocks import Block
from archive.page.places import Container

_NEAR = 4
"""Places around preformatted text in which the text is."""

_QUOTE = 30
"""Characters of a quote, at least."""

_NAMED, _OWNER = 0.1, 100
"""The likelihood from which a line may name whose a quote is, and its most characters."""

_QUOTED = re.compile(r"quot|zitat|citation|citat|cita(?![a-z])", re.I)


def set_apart_between(found: Sequence[Block], likely: Sequence[float]) -> Iterator[int]:
    """The lines of code and of quotes that are text, as they stand between lines of it."""
    yield from _code_between(found, likely)
    yield from _quotes_between(found, likely)


def _code_between(found: Sequence[Block], likely: Sequence[float]) -> Iterator[int]:
    """The lines of preformatted text between two paragraphs of the text, in a place with both."""
    start = 0
    for end, block in enumerate(found):
        if "code" in block.container.roles:
            continue
        if 0 < start < end:
            before, after = _around_figure(found, start, end)
            homes = set(islice(found[start].container.upward(), 1, _NEAR))
            goes_on = likely[after] >= HALF or _is_below_code(found[after], likely[after], found[start].container)
            around = (islice(found[at].container.upward(), _NEAR) for at in (before, after))
            if likely[before] >= HALF and goes_on and not any(map(homes.isdisjoint, around)):
                yield from range(start, end)
        start = end + 1


def _around_figure(found: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """The blocks before and behind some lines; of those in a figure before and behind it and what it says beside them,
    as its caption and the numbers of the lines."""
    figure = next((one for one in islice(found[start].container.upward(), 1, _NEAR) if one.tag == "figure"), None)
    before, after = start - 1, end
    while figure and start - before < _NEAR and before and figure in islice(found[before].container.upward(), _NEAR):
        before -= 1
    while (
        figure
        and after - end < _NEAR
        and after + 1 < len(found)
        and figure in islice(found[after].container.upward(), _NEAR)
    ):
        after += 1
    return before, after


def _is_below_code(block: Block, likely: float, code: Container) -> bool:
    """Whether a block in doubt is a paragraph of the element that holds preformatted text."""
    return likely >= DOUBTED and block.container.tag == "p" and block.container.above is code.above


def _quotes_between(found: Sequence[Block], likely: Sequence[float]) -> Iterator[int]:
    """Sentences in doubt that are set as quotes, by their element or its name, amid the text: one of the three lines
    above is text, and one of those below. So are the words right below a quote that say whose it is."""
    for at in range(1, len(found) - 1):
        block = found[at]
        if not _NAMED <= likely[at] < HALF or block.link:
            continue
        if likely[at - 1] >= HALF and len(block.text) <= _OWNER and _is_in_same_quote(block, found[at - 1]):
            yield at
        if likely[at] < DOUBTED or len(block.text) < _QUOTE:
            continue
        amid = min(max(likely[max(0, at - 3) : at]), max(likely[at + 1 : at + 4])) >= HALF
        if amid and any(is_quote(one) for one in islice(block.container.upward(), 2)):
            yield at


def _is_in_same_quote(block: Block, above: Block) -> bool:
    """Whether a line stands in one quotation with the line above it, or in one figure or place named for it."""
    quote = next((one for one in islice(above.container.upward(), 2) if is_quote(one)), None)
    around = list(islice(block.container.upward(), 2))
    if quote is None or quote in around:
        return quote is not None
    figure = quote.above
    return figure in around and figure is not None and (figure.tag == "figure" or is_quote(figure))


def is_quote(place: Container) -> bool:
    """Whether a place is a quote by its element or its name."""
    return place.tag == "blockquote" or (bool(place.named) and _QUOTED.search(place.named) is not None)
