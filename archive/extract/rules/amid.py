"""What stands between two sure passages of a text, in the place that holds both. Pure.

A reader takes a column of text for one thing: what stands in it belongs to it unless it shows that it is the site's.
Here nothing has to look like text: it must lead nowhere, ask for nothing, reach nobody, and be no control and no named
part of a site; nor may it be a figure in a box, as counters and the weather are, which change at every look. One line
that is, and all that stands with it is left to the other rules. Captions are passed over: they are not taken and do not
part a text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise, takewhile

from archive.extract.features import weight
from archive.extract.rules.boxes import HOUR, is_beside, leads_out
from archive.extract.rules.endings import calls
from archive.extract.rules.paragraphs import ENDS, HALF, asks
from archive.extract.rules.quotes import is_quote
from archive.extract.rules.structures import REACHES, WHOLE
from archive.page.blocks import Block
from archive.page.places import CONCEALED, CONTROL, HEADINGS, Container, around_both, is_apart, plain_signs, table_of
from archive.release.credits import caption_credit, credit_at_end
from archive.text.dates import find_days, only_day

_SURE = 1.3
"""The likelihoods of the passages above and below, together, from which both are surely text."""

_EACH, _MOST = 0.03, 0.11
"""The likelihood that each line has at least, and that of the likeliest: the frame of a page has less."""

_LINES, _DEEP, _IN_QUOTE, _IN_PICTURE = 40, 12, 4, 2
"""Lines that are taken together at most; places around a line within that of the text, those that may be a quote, and
those that may be a picture's."""

_SENTENCE, _SAID = 40, 8
"""Characters of a sentence with which a text has begun; the least mean weight of lines that say something ("Print")."""

_BAR = " | "

_NO_PART = frozenset({"service", "comments", "hidden", "about"})
"""Signs of what is a part of the site."""

_OF_QUOTE, _OF_LISTS = frozenset({"comments", "about"}), WHOLE | {"li", "dt", "dd", "tr", "td", "th"}
"""Signs that a quote and its speaker have too; elements whose class may say "list" of any list."""


def amid(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """The blocks between two passages of the text that are sure together, below its first sentence."""
    taken = [at for at, score in enumerate(judged) if score >= HALF]
    first = next((at for at in taken if _is_sentence(found[at])), len(found))
    for above, below in pairwise(at for at in taken if at >= first):
        if not 1 < below - above <= _LINES or judged[above] + judged[below] < _SURE:
            continue
        lines = range(above + 1, below)
        if above == first and any(_says_day(found[at].text) for at in lines):
            continue  # what a page says of itself below its lead
        home = around_both(found[above].container, found[below].container)
        if home is not None and home.tag != "body":
            of_text = {*found[above].container.upward(), *found[below].container.upward()}
            yield from _free(found, judged, lines, home, of_text)


def _free(
    found: Sequence[Block], judged: Sequence[float], lines: range, home: Container, of_text: Collection[Container]
) -> list[int]:
    """Those of some lines that are no captions; none where one of them may be the site's."""
    told, parts = [], set[Container]()
    for at in lines:
        place = found[at].container
        within = list(takewhile(lambda one: one is not home, islice(place.upward(), _DEEP)))
        is_quoted = any(is_quote(one) or "testimonial" in one.named for one in within[:_IN_QUOTE])
        is_picture = any("media" in plain_signs(one) for one in within[:_IN_PICTURE])
        is_caption = is_picture or ("caption" in place.roles and table_of(place) is None)
        if is_caption and not is_quoted:
            continue
        if judged[at] < _EACH or not _is_free(found[at], within, is_quoted, of_text):
            return []
        told.append(at)
        parts.update(within[-1:])
    if any(map(leads_out, parts)):
        return []
    says = told and sum(weight(found[at].text) for at in told) >= _SAID * len(told)
    return told if says and max(judged[at] for at in told) >= _MOST else []


def _is_free(block: Block, within: Sequence[Container], is_quoted: bool, of_text: Collection[Container]) -> bool:
    """Whether nothing shows that a line is the site's."""
    place, text = block.container, block.text
    if (_BAR in text and place.tag != "tr") or _credits(text):  # labels, or a caption
        return False
    if block.link or CONTROL in place.roles or CONCEALED in place.roles or place.tag == "h1" or is_apart(place):
        return False
    no_part = _NO_PART - _OF_QUOTE if is_quoted else _NO_PART
    for one in within:
        signs = plain_signs(one)
        if is_beside(one) or not no_part.isdisjoint(signs) or ("others" in signs and one.tag not in _OF_LISTS):
            return False
    if not is_quoted and _may_count(block, within, of_text):
        return False
    return not (asks(text) or calls(text) or REACHES.search(text) or HOUR.match(text) or only_day(text))


def _may_count(block: Block, within: Sequence[Container], of_text: Collection[Container]) -> bool:
    """Whether a line in an element with a name, that holds none of the passages around, has a figure, and is no
    sentence, heading or code, nor of a list or table."""
    if block.text[-1] in ENDS or "code" in block.container.roles or not any(map(str.isdigit, block.text)):
        return False
    is_of_list = any(one.tag in HEADINGS or one.tag in _OF_LISTS for one in within)
    return not is_of_list and any(one.named for one in within if one.tag != "p" and one not in of_text)


def _credits(text: str) -> bool:
    """Whether a line says who took a picture."""
    return "©" in text or bool(caption_credit(text) or credit_at_end(text))


def _says_day(text: str) -> bool:
    return any(map(str.isdigit, text)) and next(iter(find_days(text)), None) is not None


def _is_sentence(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and block.text[-1] in ENDS and block.container.tag not in HEADINGS
