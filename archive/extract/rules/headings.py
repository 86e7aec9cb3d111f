"""Headings between the paragraphs of a text, and questions with their answers below it. Pure.

A heading is as short as a line of a menu: what tells that it is the text's is the paragraph below it, and what stands
above in the same place. Page builders set it in a box of its own; a click on some unfolds what stands below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from archive.extract.features import weight
from archive.extract.rules.paragraphs import DOUBTED, ENDS, HALF, LEVELS, NO_PROSE, PROSE, asks, stands_in
from archive.extract.rules.structures import REACHES
from archive.page.blocks import Block
from archive.page.places import CALLING, LABELS, SUBHEADINGS, Container, around_both

_IN_TEXT = 0.5
"""The likelihood from which the blocks around a heading are text; `HALF` for others is lower."""

_NEAR = 6
"""Blocks above a heading among which the text is looked for."""

_LIKELIER = 0.25
"""The likelihood from which a heading goes with the text where no text stands near above it."""

_DETAILS, _BOXED, _IN_LABEL = 3, 8, 3
"""Places in which another must stand to be near: around a question, around a heading in a box of its own, and up to the
heading that a line stands in."""

_WITH_LABEL, _FIRST_WORDS = 2, 20
"""The elements of one that holds what a click unfolds and its label; pieces of its text among which words are."""

_PARAGRAPHS = frozenset({"p", "div", "details"})
"""What an answer stands in."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WITHIN = re.compile("#.")
"""A link to a place of the page itself."""

_QUESTION = ("?", "？", "؟")


def headings_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Headings, or labels of what a click unfolds, right above a paragraph of the text, in one place with it, that come
    after a paragraph of the text in the same place, or in one beside it of the same build. What a button in the heading
    says does not part them."""
    ends: dict[Container, int] = {}
    for at in range(1, len(found) - 1):
        block, place = found[at], found[at + 1].container
        is_apart = place is not block.container and place.depth <= block.container.depth
        if judged[at] >= _IN_TEXT or (is_apart and judged[at + 1] < _IN_TEXT):  # most lines of a page: menus
            continue
        if not (is_label(block.container) or is_bold_line(block)):
            continue
        below, home = max(at + 1, ends.get(block.container, 0)), block.container.above
        while below < len(found) - 1 and stands_in(found[below], {block.container}):
            below += 1
        ends[block.container] = below
        if judged[below] < _IN_TEXT or home is None or asks(block.text):
            continue
        near = range(max(at - _NEAR, 0), at)
        before = [found[one] for one in near if judged[one] >= _IN_TEXT or found[one].container.tag == "h1"]
        if block.container.tag in LABELS and _is_part_of(found[below], home):
            homes = (home, home.above if home.tag == "details" else home)
            if any(any(_is_part_of(one, place) for place in homes) or _is_beside(one, home) for one in before):
                yield at
                continue
        begins = not any(judged[one] >= _IN_TEXT for one in near)
        if begins and (_YEAR.search(block.text) or REACHES.search(block.text)):
            continue
        unfolds = _unfolds(block.container)
        is_likely = unfolds or judged[at] >= (_LIKELIER if begins else DOUBTED)
        if (unfolds and judged[at - 1] >= _IN_TEXT) or (is_likely and _heads_in_box(block, found[below], before)):
            yield at


def is_label(place: Container) -> bool:
    """Whether a place is a heading, or labels what a click unfolds, by its tag or that of a place right around it."""
    return any(one.tag in LABELS or _unfolds(one) for one in islice(place.upward(), _IN_LABEL))


def _unfolds(place: Container) -> bool:
    """Whether a place says of itself that a click on it unfolds another (WAI-ARIA), is a button beside that alone, or a
    heading that a click on it leads to a place of its own page."""
    if place.tag == "button" and _opens_next(place.element):
        return True
    controls = [place.element]
    if place.tag in SUBHEADINGS:
        controls += [one for one in islice(place.element, _IN_LABEL) if one.tag in ("a", "button")]
    leads = any(one.get("aria-controls") is not None or _WITHIN.match(one.get("href", "")) for one in controls)
    return leads or place.element.get("role") == "heading"


def _opens_next(button: HtmlElement) -> bool:
    """Whether a button shares an element with nothing but what it unfolds, and asks or has another such beside: one
    that is alone beside a whole text shares it, prints it or reads it out."""
    around = button.getparent()
    if around is None or not _is_of_two(around, button):
        return False
    if "".join(islice(button.itertext(), _FIRST_WORDS)).rstrip().endswith(_QUESTION):
        return True
    others = (one for one in (around.getprevious(), around.getnext()) if one is not None and one.tag == around.tag)
    return any(_is_of_two(one, one[0]) and one[0].tag == button.tag for one in others if len(one) == _WITH_LABEL)


def _is_of_two(around: HtmlElement, label: HtmlElement) -> bool:
    """Whether an element holds a label, behind it what has words, and nothing else."""
    beside = label.getnext() if len(around) == _WITH_LABEL else None
    return beside is not None and any(map(str.strip, islice(beside.itertext(), _FIRST_WORDS)))


def is_bold_line(block: Block) -> bool:
    """Whether a block is a short line in strong type, as a heading without a heading's tag."""
    return block.bold >= len(block.text) and weight(block.text) < PROSE and block.text[-1] not in ENDS


def _heads_in_box(block: Block, below: Block, before: Sequence[Block]) -> bool:
    """Whether a heading in a box of its own stands in one place with the paragraph below it and one of the text before,
    as page builders lay it out, and leads nowhere."""
    homes = set(islice(block.container.upward(), 1, _BOXED))
    apart = (bool(block.link) and not _unfolds(block.container)) or not CALLING.isdisjoint(_signs_around(block))
    is_text = below.link < len(below.text) / 2 and not is_label(below.container) and not asks(below.text)
    is_text = is_text and NO_PROSE.isdisjoint(below.container.roles)
    return not apart and is_text and any(not homes.isdisjoint(islice(one.container.upward(), _BOXED)) for one in before)


def _signs_around(block: Block) -> set[str]:
    """What the classes and ids of the places around a block say of it."""
    return {sign for place in islice(block.container.upward(), LEVELS) for sign in place.signs}


def answered(found: Sequence[Block], judged: list[float]) -> Iterator[int]:
    """Questions, as headings or as labels of what a click unfolds, right above a sentence that answers them, which come
    after a line of the text, or its heading, in the same place; of what a click unfolds, anywhere in the text."""
    home: Container | None = None
    for at in range(1, len(found) - 1):
        question, answer = found[at], found[at + 1]
        if min(judged[at : at + 2]) >= _IN_TEXT or not question.text.endswith(_QUESTION):
            continue
        headed = at > 1 and judged[at - 1] < _IN_TEXT and _is_title(found[at - 1]) and _unfolds(question.container)
        if judged[at - 1 - headed] < _IN_TEXT or not is_label(question.container):
            continue
        is_free = not (question.link and not _unfolds(question.container)) and not answer.link
        homes = set(islice(question.container.upward(), 1, _DETAILS))
        tells = answer.text[-1] in ENDS and answer.container.tag in _PARAGRAPHS and not asks(answer.text)
        goes_on = stands_in(answer, homes) and not headed and stands_in(found[at - 1], homes)
        if not goes_on and _unfolds(question.container):
            home = home or _home_of_text(found, judged)
            goes_on = home is not None and home in question.container.upward()
        if is_free and tells and goes_on and NO_PROSE.isdisjoint(answer.container.roles):
            yield from range(at - headed, at + 2)


def _home_of_text(found: Sequence[Block], judged: Sequence[float]) -> Container | None:
    """The innermost place that holds the first and the last line of the text."""
    taken = [at for at, score in enumerate(judged) if score >= _IN_TEXT]
    return around_both(found[taken[0]].container, found[taken[-1]].container)


def asked_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Questions right between two passages of the text, whatever element they stand in: what unfolds is often labelled
    in a plain one."""
    for at in range(1, len(found) - 1):
        if not DOUBTED <= judged[at] < HALF or not found[at].text.endswith(_QUESTION):
            continue
        block = found[at]
        is_free = not block.link and NO_PROSE.isdisjoint(block.container.roles) and not asks(block.text)
        if is_free and min(judged[at - 1], judged[at + 1]) >= HALF and CALLING.isdisjoint(_signs_around(block)):
            yield at


def _is_title(block: Block) -> bool:
    return block.container.tag in SUBHEADINGS and not block.link and not asks(block.text)


def _is_part_of(block: Block, home: Container | None) -> bool:
    """Whether a block that labels nothing stands right in a place."""
    return block.container.tag not in LABELS and block.container.above is home


def _is_beside(block: Block, home: Container) -> bool:
    """Whether a paragraph stands in a place beside this one, of the same build."""
    other = block.container.above
    return block.container.tag == "p" and other is not None and other.above is home.above and other.path == home.path
