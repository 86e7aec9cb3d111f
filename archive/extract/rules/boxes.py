"""Parts of a text that stand in boxes of their own, each below its heading or a label that unfolds it. Pure.

Systems that build a page of components set facts, background and next steps each in a box (an accordion, a card, a
section) beside the paragraphs. One block at a time such a box looks like what sites put around a text. It is told apart
by its place, which is that of the paragraphs, and by what it holds: it leads nowhere, reaches nobody, asks for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, takewhile, zip_longest
from typing import NamedTuple

from archive.extract.features import weight
from archive.extract.rules.endings import calls
from archive.extract.rules.headings import is_bold_line, is_label
from archive.extract.rules.paragraphs import ENDS, HALF, PROSE, asks, is_of_facts
from archive.extract.rules.quotes import is_quote
from archive.extract.rules.structures import REACHES, WHOLE
from archive.page.blocks import Block
from archive.page.places import CONTROL, DIALOGS, Container, around_both, is_apart, plain_signs, table_of
from archive.release.bylines import FACT
from archive.text.dates import only_day

_MOST, _DEEP, _MOST_BOXES = 60, 30, 300
"""Blocks of a box, places around a line that are looked at, and boxes of a page, at most."""

_NEAR = 3
"""Blocks from the beginning of a box, one of which is no text yet: else there is nothing to take."""

_OF_SITE = frozenset({"service", "comments", "frame", "media", "about"})
"""Signs of what sites put beside a text."""

_OF_QUOTE = frozenset({"about", "media"})
"""Those that a quote has too: of the one who speaks, and of a row of quotes of which one is shown."""

_AUTHOR = re.compile(
    r"\W*(?:(?:about|meet) (?:the|our) authors?|über (?:die|den) autor|à propos de l.aut(?:eur|rice)|"
    r"sobre (?:el|la|o|a) autora?|(?:sull.|l.)aut(?:ore|rice)|over de auteur|o autor(?:ze|ce)|"
    r"об авторе|yazar hakkında)",
    re.IGNORECASE,
)
_WORDS_OF_NAME = range(2, 5)
"""The label of a box about the author of a text; how many words a name has."""

_FIELDS = ("form", "input", "select", "textarea", "iframe")
_LANDMARKS = frozenset({"banner", "complementary", "contentinfo", "form", "navigation", "search"})
"""Roles of the parts of a page that are beside its main one (WAI-ARIA 1.2, section 5.3.4)."""

_BUTTONS = frozenset({"btn", "button", "cta"})
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)", re.IGNORECASE)
"""Classes of buttons; the address of a picture, which a link around a smaller one shows."""

_BOXES = frozenset({"div", "section"})
_SAID, _SENTENCE, _TOLD, _SEVERAL = 8, 12, 40, 3
"""The least mean weight of the lines of a list that says something; characters of a sentence, and of one that shows
where the text stands; lines that are several."""

_IN_QUOTE = 3
"""Places around a sentence that may be a quote: its own, a slide, the slider."""

HOUR = re.compile(r"\W*\d{1,2}[:.h]\d\d")
"""How a line begins that says when something of a day was written."""


class _Text(NamedTuple):
    """The text as it was taken so far: where its first and last sentences and its last line are among the blocks, the
    innermost place that holds these sentences, and how many characters they have. `in_boxes`: they stand in boxes of
    one build themselves."""

    first: int
    told: int
    last: int
    home: Container
    length: int
    in_boxes: bool


class _Box(NamedTuple):
    """A box right below a line of the text, and the blocks that it holds."""

    place: Container
    lines: Sequence[Block]

    @property
    def length(self) -> int:
        return sum(len(one.text) for one in self.lines)


def parts_in_boxes(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """The blocks of boxes right below a line of the text, in the innermost place that holds its lines: those with a
    label, quotes, and where passages of the text are boxes of one build themselves, others too.

    Each is at most half as much as the text. Below its last paragraph they are as much together, and the first that is
    none ends them.
    """
    text = _text_of(found, judged)
    if text is None:
        return
    at, boxes, below, is_below_text = text.first + 1, 0, 0, True
    while at < len(found) and boxes < _MOST_BOXES:
        is_untaken = min(judged[at : at + _NEAR]) < HALF
        box = _box_at(found, at, text) if is_below_text and is_untaken else None
        boxes += box is not None
        is_amid = at < text.told
        if box is not None and _is_part(box, text, is_amid):
            below += 0 if is_amid else box.length
            if below > text.length:
                return
            yield from range(at, at + len(box.lines))
            at += len(box.lines)
            continue
        is_below_text = judged[at] >= HALF
        if at > text.last and not is_below_text:
            return
        at += 1


def _text_of(found: Sequence[Block], judged: Sequence[float]) -> _Text | None:
    """The text by its sentences; None where it has fewer than two, or they stand in no place of their own."""
    taken = [at for at, score in enumerate(judged) if score >= HALF and found[at].container.tag != "h1"]
    told = [at for at in taken if len(found[at].text) >= _TOLD and found[at].text[-1] in ENDS]
    if len(told) < 2:
        return None
    home = around_both(found[taken[0]].container, found[told[-1]].container)
    if home is None or home.tag == "body":
        return None
    in_boxes = _are_in_boxes([found[at].container for at in told], home)
    return _Text(told[0], told[-1], taken[-1], home, sum(len(found[at].text) for at in told), in_boxes)


def _are_in_boxes(places: Sequence[Container], home: Container) -> bool:
    """Whether two of the boxes that hold paragraphs, in the place of the text, are of one build and have a name."""
    boxes = {next((one for one in place.upward() if one.above is home), home) for place in places}
    built = Counter(box.path for box in boxes if box.named and box.tag in _BOXES)
    return any(times > 1 for times in built.values())


def _box_at(found: Sequence[Block], at: int, text: _Text) -> _Box | None:
    """The box that begins with a block: the largest place around it that does not hold the line above it too, and is at
    most half as much as the text.

    None if that is the line's own place, or does not stand within that of the text.
    """
    around = set(islice(found[at - 1].container.upward(), _DEEP))
    place = found[at].container
    within = list(takewhile(lambda one: one not in around, islice(place.upward(), _DEEP)))
    if not within or text.home not in islice(within[-1].upward(), 1, _DEEP):
        return None
    lines: Sequence[Block] = found[at : at + _MOST]
    for one in reversed(within[1:]):
        lines = list(takewhile(partial(_is_within, one), lines))
        box = _Box(one, lines)
        if len(lines) < _MOST and 2 * box.length <= text.length:
            return box
    return None


def _is_within(place: Container, block: Block) -> bool:
    return place in islice(block.container.upward(), _DEEP)


def _is_part(box: _Box, text: _Text, is_amid: bool) -> bool:
    """Whether a box is not one of the site's, and says something."""
    return _is_free(box) and _says_something(box.lines, text.in_boxes, is_amid)


def _says_something(lines: Sequence[Block], in_boxes: bool, is_amid: bool) -> bool:
    """Whether the lines of a box say something, below the first of them if that names the others."""
    label, rest = lines[0], lines[1:]
    if rest and not is_amid and _is_of_person(label.text, rest):
        return False
    if rest and _names(label) and (is_label(label.container) or is_bold_line(label) or _stands_apart(label, rest[0])):
        return _tell(rest, PROSE, is_amid)
    is_quoted = any(map(is_quote, islice(label.container.upward(), _IN_QUOTE)))
    if not (in_boxes or is_quoted) or any(CONTROL in one.container.roles for one in lines):
        return False
    return _tell(lines, _SENTENCE, is_amid=False)


def _names(block: Block) -> bool:
    """Whether a line may name what stands below it: it is short, and no sentence, hour or figure."""
    text = block.text
    is_short = weight(text) < PROSE and text[-1] not in ENDS and not HOUR.match(text)
    return is_short and any(map(str.isalpha, text)) and not REACHES.search(text)


def _is_of_person(label: str, rest: Sequence[Block]) -> bool:
    """Whether a box below a text tells who wrote it: its label says so, or is the name with which a line
    below it begins."""
    words = label.split()
    is_name = len(words) in _WORDS_OF_NAME and all(word[0].isupper() for word in words)
    return _AUTHOR.match(label) is not None or (is_name and any(one.text.startswith(label) for one in rest[:2]))


def _is_free(box: _Box) -> bool:
    """Whether a box leads nowhere, asks for nothing, and is neither named as one of the site's nor holds any."""
    within = {
        place
        for one in box.lines[1:] or box.lines
        for place in takewhile(lambda place: place is not box.place, one.container.upward())
    }
    is_quoted = any(map(is_quote, (box.place, *within)))
    for one, below in zip_longest(box.lines, box.lines[1:]):
        is_button = CONTROL in one.container.roles
        if is_button and not _opens(one, below):
            return False
        unfolds = is_button or is_label(one.container)
        is_apart = not (is_quoted or _stands_in_text(one.container))
        if (one.link and not unfolds) or is_apart or calls(one.text) or asks(one.text) or REACHES.search(one.text):
            return False
    of_site = _OF_SITE - _OF_QUOTE if is_quoted else _OF_SITE
    if _is_called(box.place, of_site | {"others"}):  # within a box a list, which has this sign, may be its own
        return False
    if any(_is_called(place, of_site) for place in within) or any(map(is_beside, (box.place, *within))):
        return False
    return not leads_out(box.place)


def _is_called(place: Container, signs: frozenset[str]) -> bool:
    """Whether a place has one of some signs, and is no box of facts."""
    return not signs.isdisjoint(plain_signs(place)) and not is_of_facts(place)


def _opens(button: Block, below: Block | None) -> bool:
    """Whether a button unfolds the line below it: it says so, or stands beside what holds that."""
    return below is not None and (is_label(button.container) or _stands_apart(button, below))


def is_beside(place: Container) -> bool:
    """Whether a place is a dialog or beside the main part of its page by its role, or a button of a site's own."""
    role = place.element.get("role")
    return role in DIALOGS or role in _LANDMARKS or ("-" in place.tag and "button" in place.tag)


def leads_out(box: Container) -> bool:
    """Whether a box has a field, a link out of it, though without words, or what is called a button."""
    links: set[str] = set()
    for one in box.element.iter("a", "span", *_FIELDS):
        if one.tag in _FIELDS or (one.tag == "span" and not _BUTTONS.isdisjoint((one.get("class") or "").split())):
            return True
        href = one.get("href") or "#"
        if href[0] == "#":
            links.add(href[1:])
        elif not (_PICTURE.search(href) and one.find("img") is not None):
            return True
    links.discard("")
    return bool(links) and not links <= {one.get("id") or one.get("name") for one in box.element.iter()}


def _stands_in_text(place: Container) -> bool:
    """Whether a line is no part of the frame, and no caption but that of a table."""
    return not is_apart(place) and ("caption" not in place.roles or table_of(place) is not None)


def _stands_apart(label: Block, below: Block) -> bool:
    """Whether a line stands in an element with a name beside another that holds what is below it, as of what a click
    unfolds in markup that does not say so."""
    above, around = set(below.container.upward()), set(label.container.upward())
    own = list(takewhile(lambda one: one not in above, label.container.upward()))
    other = list(takewhile(lambda one: one not in around, below.container.upward()))
    return bool(own and other and own[-1].named and other[-1].named) and other[-1].tag == "div"


def _tell(lines: Sequence[Block], sentence: int, is_amid: bool) -> bool:
    """Whether lines have a sentence of so many characters, or a list or table of more than names ("Print", "Send");
    amid the text several lines that are no days are such a list, too, or two with labels ("Length: 40 m")."""
    if any(len(one.text) >= sentence and one.text[-1] in ENDS for one in lines):
        return True
    listed = [one for one in lines if any(place.tag in WHOLE for place in islice(one.container.upward(), 3))]
    are_facts = len(lines) > 1 and all(FACT.match(one.text) for one in lines)
    if is_amid and (len(listed) > 1 or len(lines) >= _SEVERAL or are_facts):
        if any(only_day(one.text) for one in lines):
            return False
        listed = list(lines)
    return len(listed) > 1 and sum(weight(one.text) for one in listed) >= _SAID * len(listed)
