"""Paragraphs and lines that go with a text by where they stand: what a click unfolds, lines of one paragraph, and what
stands right below the headline. Pure.

The likelihoods are those that blocks are text. `HALF` is the one from which a block is taken for text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.boilerplate.cue_words import ASK, COOKIES, READ_ALSO, RIGHTS
from archive.extract.features import compact_text, weight
from archive.page.blocks import Block
from archive.page.places import APART, CALLING, CONCEALED, CONTROL, Container
from archive.text.characters import small
from archive.text.fingerprint import word_set

HALF, TAKEN, LEFT_OUT = 0.45, 0.6, 0.2
"""The likelihood from which a block counts as text; what a block is raised to that goes with a text, and lowered to
that does not."""

DOUBTED = 0.15
"""The likelihood from which a line may go with the text; below it are menus."""

LEVELS = 4
"""Places around a block in which another must stand to be near it."""

PROSE, ENDS = 60, '.!?…。！？؟।”»"'
"""The weight of a paragraph, which no label has, and what ends a sentence."""

NO_PROSE = frozenset({APART, CONTROL})
SERVING = CALLING | {"frame"}
"""Roles of what is no paragraph of a text, and signs of what serves the page."""

_FIELDS = ("form", "input", "button", "select", "iframe")
_NO_LINES = frozenset({CONTROL, CONCEALED, "caption"})
_MOST_LINES, _LINE = 30, 300
"""What no box of a text holds, and which lines; its most lines, and the characters of one."""

_OF_FACTS = re.compile(r"info|fact|fakt", re.I)
_NO_FACTS = CALLING | {"others", "about", "hidden", "media"}
"""How boxes of facts are named, and the signs of other boxes."""

_COUNTED, _FEWEST_STEPS = re.compile(r"(\d{1,2})[.)]\s+\S"), 3
"""How a line begins that counts itself, and how many such lines are steps."""

_HOUR, _FEWEST_HOURS = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h))?", re.I), 3
"""A line that is a time of day, and how many are those of entries."""

_OF_LISTS = word_set("ul ol li dl dt dd table tbody thead tfoot tr td th")
"""The elements of lists and tables, which stand in one element with the paragraphs around them."""

_BELOW = 12
"""Blocks below the headline among which the text is looked for, and above a hidden line."""


def below_headline(found: Sequence[Block], likely: Sequence[float], title: str) -> list[float]:
    """The likelihoods of a page all of whose text would stand above its headline: what stands there is a notice before
    the page, and the paragraphs right below the headline are its text.

    `title` is the page's title in `compact_text`'s form. Without one in an h1, or without such paragraphs, nothing
    changes.
    """
    titled = [at for at, block in enumerate(found) if block.container.tag == "h1" and compact_text(block.text) == title]
    taken = [at for at, score in enumerate(likely) if score >= HALF]
    if not titled or not taken or taken[-1] > titled[0]:
        return list(likely)
    home = set(islice(found[titled[0]].container.upward(), 1, LEVELS))
    near = range(titled[0] + 1, min(len(found), titled[0] + 1 + _BELOW))
    told = [at for at in near if _is_told(found[at]) and stands_in(found[at], home)]
    if not told:
        return list(likely)
    return [
        max(score, TAKEN) if at in told else min(score, LEFT_OUT) if at < titled[0] else score
        for at, score in enumerate(likely)
    ]


def _is_told(block: Block) -> bool:
    """Whether a block is a paragraph of its own that is no part of the page's frame."""
    apart = APART in block.container.roles or not SERVING.isdisjoint(block.container.signs)
    return is_paragraph(block) and not apart


def lines_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Lines of one paragraph, divided by line breaks alone, between two of its lines that are text, as of verse."""
    start = 0
    for end in range(1, len(found) + 1):
        if end < len(found) and found[end].broken and found[end].container is found[start].container:
            continue
        taken = [at for at in range(start, end) if judged[at] >= HALF]
        for at in range(taken[0], taken[-1]) if taken else ():
            if DOUBTED <= judged[at] < HALF and not found[at].link and not asks(found[at].text):
                yield at
        start = end


def bare_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Sentences in doubt without an element of their own, between two passages of the text, where the one above is a
    paragraph of the same element."""
    for at in range(1, len(found) - 1):
        if DOUBTED <= judged[at] < HALF and min(judged[at - 1], judged[at + 1]) >= HALF:
            block = found[at]
            is_sentence = block.text[-1] in ENDS and not block.link and not asks(block.text)
            if is_sentence and block.container is found[at - 1].container.above:
                yield at


def numbered_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Lines that count themselves, three at least, between two passages of the text in one place with both: steps.

    They are no links, though words in them may be, and ask for nothing.
    """
    at = 1
    while at < len(found) - 1:
        start = at
        at += 1
        if judged[start] >= HALF or judged[start - 1] < HALF or (first := _number(found[start])) < 0:
            continue
        while at < len(found) and judged[at] < HALF and _number(found[at]) == first + at - start:
            at += 1
        if at - start < _FEWEST_STEPS or at == len(found) or judged[at] < HALF:
            continue
        homes = set(islice(found[start - 1].container.upward(), 1, LEVELS))
        if all(stands_in(one, homes) for one in found[start : at + 1]) and all(map(_is_step, found[start:at])):
            yield from range(start, at)


def hours_of_entries(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Times of day that stand alone, three at least at places of one build, each right above a line of the text and in
    one place with it: of the entries of a live blog, or of a programme."""
    hours: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(len(found) - 1):
        block = found[at]
        if judged[at + 1] < HALF or not block.text[0].isdecimal() or block.link or not _HOUR.fullmatch(block.text):
            continue
        if stands_in(found[at + 1], set(islice(block.container.upward(), 2))):
            hours[block.container.path].append(at)
    for lines in hours.values():
        if len(lines) >= _FEWEST_HOURS:
            yield from lines


def _number(block: Block) -> int:
    """The number with which a line counts itself; -1 for any other."""
    counted = _COUNTED.match(block.text) if block.text[0].isdecimal() else None
    return int(counted[1]) if counted else -1


def _is_step(block: Block) -> bool:
    is_apart = not NO_PROSE.isdisjoint(block.container.roles) or not SERVING.isdisjoint(block.container.signs)
    return block.link < len(block.text) / 2 and not is_apart and not asks(block.text)


def unfolded(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Paragraphs that the page does not show at first and that go on with a text among whose paragraphs they stand.

    One that is hidden by itself, and not with what is around it, stands in one of these paragraphs, in the element that
    holds one, or there in a box of such lines alone; or its place is built and named as that of one.
    """
    last = None
    for at, block in enumerate(found):
        if CONCEALED not in block.container.roles:
            last = at
        elif last is not None and judged[last] >= HALF and is_paragraph(block):
            above = block.container.above
            if above is None or CONCEALED in above.roles:
                is_amid = stands_in(found[last], set(islice(block.container.upward(), 1, LEVELS)))
            else:
                before = range(max(0, last - _BELOW), last + 1)
                is_amid = _goes_on(
                    block.container, above, [found[one].container for one in before if judged[one] >= HALF]
                )
            with_buttons = any(CONTROL in one.container.roles for one in found[at + 1 : at + 3])
            if is_amid and not with_buttons:
                yield at


def _goes_on(place: Container, above: Container, before: Sequence[Container]) -> bool:
    """Whether a hidden place is of the same name and build as that of one of the last passages of the text, or stands
    with one in one element, a list or not; a box which the last is not in counts as the hidden place."""
    around = above if above in before[-1].upward() else above.above
    home = _beside_lists(around)
    beside = [_beside_lists(text.above) for text in before]
    if home is None or home in before or home in beside:
        return home is not None
    return bool(place.named) and any(one is not None and one.path == place.path for one in (*before, *beside))


def _beside_lists(place: Container | None) -> Container | None:
    """The innermost place around one that is no part of a list or table, near around it."""
    return next((one for one in islice(place.upward(), LEVELS) if one.tag not in _OF_LISTS), None) if place else None


def boxes_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """The lines of boxes (`aside`) under headings of their own, two at least in each, right between two passages of the
    text in one place with both: facts and advice. They lead nowhere, ask for nothing and hold no field or button."""
    end = 0
    for at in range(1, len(found) - 1):
        if at < end or judged[at - 1] < HALF or judged[at] >= HALF or APART not in found[at].container.roles:
            continue
        box = next((one for one in islice(found[at].container.upward(), LEVELS) if one.tag == "aside"), None)
        end = at + 1
        while box is not None and end < len(found) and box in islice(found[end].container.upward(), LEVELS):
            end += 1
        if box is None or box.above is None or not 1 < end - at <= _MOST_LINES or end == len(found):
            continue
        if not _is_headed(found[at]) or not (_NO_FACTS.isdisjoint(box.signs) or is_of_facts(box)):
            continue
        homes = (islice(found[one].container.upward(), 1, LEVELS) for one in (at - 1, end))
        is_free = judged[end] >= HALF and next(box.element.iter(*_FIELDS), None) is None
        if is_free and all(box.above in home for home in homes) and all(map(_says_by_itself, found[at:end])):
            yield from range(at, end)


def _is_headed(block: Block) -> bool:
    """Whether a line is a heading, by its element or its name."""
    return "heading" in block.container.roles or "title" in block.container.signs


def is_of_facts(box: Container) -> bool:
    """Whether a box is one of facts by its name, and of nothing else."""
    return box.signs <= {"about", "body"} and _OF_FACTS.search(box.named) is not None


def _says_by_itself(block: Block) -> bool:
    """Whether a line leads nowhere, asks for nothing and is no caption."""
    is_apart = not _NO_LINES.isdisjoint(block.container.roles)
    return not (block.link or is_apart or len(block.text) > _LINE or asks(block.text))


def is_paragraph(block: Block) -> bool:
    """Whether a block is a whole sentence at least, and asks its reader for nothing."""
    text = block.text
    prose = weight(text) >= PROSE and text[-1] in ENDS and block.link < len(text) / 2
    return prose and NO_PROSE.isdisjoint(block.container.roles) and not asks(text)


def asks(text: str) -> bool:
    """Whether a line asks for something, leads to other articles, or says whose rights they are: it is no text."""
    words = small(text)
    return any(form.search(words) for form in (COOKIES, ASK, READ_ALSO, RIGHTS))


def stands_in(block: Block, homes: set[Container]) -> bool:
    """Whether one of some places holds a block, near around it."""
    return not homes.isdisjoint(islice(block.container.upward(), LEVELS))
