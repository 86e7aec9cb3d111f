"""The column below the headline of a page on which next to nothing else was found: a short notice, a list. Pure.

The forests know a text by its sentences and by the frame around it; a list of names on a page of few elements has
neither. A reader sees a headline, and takes for its text what stands below it in one place with it. Here nothing has to
look like text, but for more than a frame does: it must lead nowhere, ask for nothing, reach nobody and be no named part
of a site. The first line that does ends the column; days of the page and pictures' lines are passed over, and so is
what stands above the first paragraph that was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from archive.extract.features import weight
from archive.extract.likelihoods import NOTHING
from archive.extract.rules.boxes import is_beside
from archive.extract.rules.endings import calls
from archive.extract.rules.headings import is_label
from archive.extract.rules.paragraphs import HALF, asks, is_paragraph
from archive.extract.rules.structures import REACHES, WHOLE
from archive.page.blocks import Block
from archive.page.places import CONCEALED, CONTROL, HEADINGS, Container, around_both, is_apart, plain_signs
from archive.text.dates import find_days

_EACH, _LABEL = 0.1, 0.03
"""The likelihoods above which each line, and a heading or what labels a thing to unfold, is: below them are menus."""

_LINES, _DEEP, _SAID = 60, 12, 8
"""Lines of a column at most; places around a line within it; the least mean weight of lines that say something."""

_FIELD = 60
"""Characters of a line that says when the page was published."""

_NO_PART = frozenset({"service", "comments", "hidden", "about", "frame"})
_OF_LISTS = WHOLE | {"li", "dt", "dd", "tr", "td", "th"}


def column(found: Sequence[Block], likely: Sequence[float]) -> list[int]:
    """The lines below the page's one `h1`, in one place with it, where next to nothing was found on the page."""
    titled = [at for at, block in enumerate(found) if block.container.tag == "h1"]
    if len(titled) != 1 or sum(weight(found[at].text) for at, score in enumerate(likely) if score >= HALF) >= NOTHING:
        return []
    home = _home(found, titled[0])
    if home is None:
        return []
    lines = list(_lines(found, likely, titled[0] + 1, home))
    told = next((at for at, score in enumerate(likely) if score >= HALF and is_paragraph(found[at])), 0)
    lines = [at for at in lines if at > told]
    while lines and is_label(found[lines[-1]].container):
        lines.pop()
    says = sum(weight(found[at].text) for at in lines) >= _SAID * len(lines)
    return lines if says else []


def _home(found: Sequence[Block], titled: int) -> Container | None:
    """The innermost place that holds the headline and the line below it; None for the whole page."""
    if titled + 1 == len(found):
        return None
    home = around_both(found[titled].container, found[titled + 1].container)
    while home is not None and home.tag in ("header", "hgroup"):
        home = home.above
    return None if home is None or home.tag in ("body", "html", "form") else home


def _lines(found: Sequence[Block], likely: Sequence[float], start: int, home: Container) -> Iterator[int]:
    begun = False
    for at in range(start, min(start + _LINES, len(found))):
        block = found[at]
        within = list(takewhile(lambda one: one is not home, islice(block.container.upward(), _DEEP)))
        if (within[-1] if within else block.container).above is not (home if within else home.above):
            return
        if likely[at] >= HALF:
            begun = True
            continue
        if "caption" in block.container.roles or (not begun and _says_day(block)):
            continue
        if block.link and block.container.tag in _OF_LISTS and begun:
            continue  # judged with its list
        if likely[at] <= (_LABEL if is_label(block.container) else _EACH) or not _is_free(block, within):
            return
        begun = True
        yield at


def _is_free(block: Block, within: Sequence[Container]) -> bool:
    """Whether nothing shows that a line is the site's."""
    place, text = block.container, block.text
    if 2 * block.link > len(text) or CONCEALED in place.roles or is_apart(place):
        return False
    if CONTROL in place.roles and not is_label(place):
        return False
    for one in within:
        signs = plain_signs(one)
        if is_beside(one) or not _NO_PART.isdisjoint(signs) or ("others" in signs and one.tag not in _OF_LISTS):
            return False
    return not (asks(text) or calls(text) or REACHES.search(text))


def _says_day(block: Block) -> bool:
    text = block.text
    is_short = len(text) <= _FIELD and any(map(str.isdigit, text)) and block.container.tag not in HEADINGS
    return is_short and bool(find_days(text))
