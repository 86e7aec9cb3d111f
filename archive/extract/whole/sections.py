"""What stands on a page in one build is text together: the paragraphs of one place, and sections beside each other
(entries of a guide, answers to questions, points of a checklist). Pure.

A text that goes on below an offer or a teaser looks less and less like one there: its paragraphs, in doubt one by one,
stand at the place of those above. The paragraphs of sections are each as short and as far from the others as a
teaser's, and a judge of single blocks takes some of them and leaves the others. Together they say what they are: half
of the sections, and all of them as one, are likely to be text, or none of them is.

So do rows of short lines between two paragraphs that are no list by their tags: key figures, a timeline, steps, cards.
Such a row are parts of one place, side by side and built alike, three at least, none of which leads anywhere.

And so do the notes that a text leads to by short links (`[1]`), wherever they stand: a judge of single blocks takes
them for references of another page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Container as Holder
from itertools import chain, islice, takewhile
from statistics import median

from archive.page.blocks import Block
from archive.page.places import APART, BESIDE, CALLING, CONTROL, LABELS, Container

_LEVELS = 8
"""Places around a block that may be the section it stands in."""

_PLAIN = frozenset({"p", "li", "tr", "td", "span", "table"})
"""What is no section: lists and tables are judged whole by themselves."""

_NO_PARAGRAPHS = frozenset({APART, "caption", CONTROL})
_PROSE = 60
_FEWEST, _MOSTLY = 4, 0.7
"""Sections of a row, and the share of them that hold a paragraph and another block."""

_ENOUGH, _UNLIKELY = 0.3, 0.1
"""The likelihood from which a row is text, and the one up to which a block of it is none: that of what other rules have
left out."""

_LINKED, _SHARED = 0.3, 0.5
"""The share of a row that may be links, and of its sections that have a paragraph at the same place."""

_FEWEST_DOUBTED, _ENDS = 2, ".!?…。！？؟।”»"

_THIRD = 1 / 3
"""The share of a place's paragraphs that is text from which those in doubt there are, too. A single one in doubt stays
so: it is mostly a notice or a credit at the end."""


_PARTS = 3
_AROUND, _HOMES = 5, 6
"""In which of the places around a line a row is looked for, and in which around it the text is."""

_DEEP = 8
"""Places around a line in which that of a row is looked for."""

_MOST_LINES, _LINE = 60, 300
"""Lines of a row, and characters of a line."""

_NO_LINES = BESIDE | {"caption", "code"}
_NEAR = 4
"""Places around preformatted text in which the text is."""

_DOUBTED, _QUOTE = 0.15, 30
_NAMED, _OWNER = 0.1, 100
"""The likelihood from which a line may name whose a quote is, and its most characters."""

_QUOTED = re.compile(r"quot|zitat|citation|citat|cita(?![a-z])", re.I)
_PICTURE = re.compile(r"caption|credit|gallery|photo|image", re.I)

_SERVING = CALLING | {"frame"}
_NAME = 45
"""Characters of a name in a list, at most."""

_NOTE_LEAST = 0.02
"""The likelihood from which a block may be a note: the frame of a page has less."""

_NOTE_MARK = 5
"""Characters of a link to a note, as of `[12]`, at most."""

_NO_WORD = re.compile(r"\W*(?:\d+|[^\W\d_]|[ivx]{1,4})?\W*$", re.I)
"""What such a link says: a number, a letter or a sign, and no word ("here")."""

_NOTE_LEVELS = 2
_MOST_LINKS = 3_000


def at_places_of_text(found: Sequence[Block], likely: Sequence[float], kept: float) -> set[int]:
    """The paragraphs in doubt, two at least, at places where others of the same build are text; the last may be short.

    `likely` are the likelihoods that blocks are text, and `kept` the one from which they count as text.
    """
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        if block.container.tag == "p" and _is_prose(block):
            places[block.container.path].append(at)
    text: set[int] = set()
    for lines in places.values():
        doubted = [at for at in lines if _UNLIKELY < likely[at] < kept]
        whole = sum(len(found[at].text) for at in lines)
        taken = sum(len(found[at].text) for at in lines if likely[at] >= kept)
        if doubted and taken >= _THIRD * whole:
            last = range(doubted[-1] + 1, min(doubted[-1] + 1 + _FEWEST_DOUBTED, len(found)))
            doubted += takewhile(lambda at: _is_short_sentence(found, at, likely[at], kept), last)
            text.update(doubted if len(doubted) >= _FEWEST_DOUBTED else ())
    return text


def _is_short_sentence(found: Sequence[Block], at: int, likely: float, kept: float) -> bool:
    """Whether a block in doubt is a sentence at the same place as the block above it."""
    block = found[at]
    is_alike = block.container.tag == "p" and block.container.path == found[at - 1].container.path
    return is_alike and _UNLIKELY < likely < kept and not block.link and block.text[-1] in _ENDS


def in_sections(found: Sequence[Block], likely: Sequence[float], kept: float) -> set[int]:
    """The paragraphs of rows of sections that are text as a whole, each with the heading right above it.

    `likely` are the likelihoods that blocks are text, and `kept` the one from which they count as text. Nothing is
    looked for where no two paragraphs are in doubt.
    """
    doubted = [at for at, score in enumerate(likely) if _UNLIKELY < score < kept and _is_prose(found[at])]
    if len(doubted) < _FEWEST_DOUBTED:
        return set()
    rows = {row for at in doubted for row, _ in _sections_of(found[at])}
    held: defaultdict[tuple[int, int], defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, block in enumerate(found):
        for row, section in _sections_of(block):
            if row in rows:
                held[row][section].append(at)
    text: set[int] = set()
    for row_held in held.values():
        sections = list(row_held.values())
        if _are_text(sections, found, likely):
            places = Counter(path for lines in sections for path in {found[at].container.path for at in lines})
            shared = {path for path, times in places.items() if times >= _SHARED * len(sections)}
            text.update(_paragraphs(chain.from_iterable(sections), shared, found, likely))
    return text


def _sections_of(block: Block) -> Iterator[tuple[tuple[int, int], int]]:
    """The places around a block that may be a section: the row of places of one build that each is of, and itself."""
    for place in islice(block.container.upward(), _LEVELS):
        if place.above is not None and place.tag not in _PLAIN:
            yield (id(place.above), place.path), id(place)


def _are_text(sections: Sequence[Sequence[int]], found: Sequence[Block], likely: Sequence[float]) -> bool:
    """Whether the sections of a row, each given by its blocks, are text."""
    whole = sum(len(lines) > 1 and any(_is_prose(found[at]) for at in lines) for lines in sections)
    if len(sections) < _FEWEST or whole < _MOSTLY * len(sections):
        return False
    lines = [at for section in sections for at in section]
    if sum(found[at].link for at in lines) > _LINKED * sum(len(found[at].text) for at in lines):
        return False
    return (
        _mean(lines, found, likely) >= _ENOUGH
        and median(_mean(section, found, likely) for section in sections) >= _ENOUGH
    )


def _mean(lines: Sequence[int], found: Sequence[Block], likely: Sequence[float]) -> float:
    """The mean likelihood of the characters of some blocks."""
    return sum(likely[at] * len(found[at].text) for at in lines) / sum(len(found[at].text) for at in lines)


def _paragraphs(
    lines: Iterator[int], paths: Holder[int], found: Sequence[Block], likely: Sequence[float]
) -> Iterator[int]:
    """The paragraphs at these places that are not quite unlikely, and the heading right above each."""
    for at in lines:
        block = found[at]
        is_at_one = block.container.path in paths and likely[at] > _UNLIKELY
        if is_at_one and _is_prose(block) and _NO_PARAGRAPHS.isdisjoint(block.container.roles):
            yield at
            if at and found[at - 1].container.tag in LABELS:
                yield at - 1


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.link < len(block.text) / 2


def rows_between(
    found: Sequence[Block], likely: Sequence[float], kept: float, asks: Callable[[str], bool]
) -> Iterator[int]:
    """The blocks of rows right between two passages of the text, in one place with both.

    `kept` is the likelihood from which a block counts as text; `asks` says of words whether they ask for something.
    """
    taken = [at for at, score in enumerate(likely) if score >= kept]
    seen: set[tuple[Container, int]] = set()
    for at in range(taken[0], taken[-1]) if taken else ():
        if likely[at] >= kept or not _may_be_in_row(found[at]):
            continue
        for part in islice(found[at].container.upward(), _AROUND):
            if part.above is None or part.tag != "div" or (part.above, part.path) in seen:
                continue
            seen.add((part.above, part.path))
            row = _row_around(found, at, part)
            if row and all(_may_be_in_row(found[one]) and not asks(found[one].text) for one in row):
                if _is_amid_text(found, likely, row, part.above, kept):
                    yield from row
                break


def _may_be_in_row(block: Block) -> bool:
    short = len(block.text) <= _LINE and not block.link and not _PICTURE.search(block.container.named)
    return short and _NO_LINES.isdisjoint(block.container.roles) and CALLING.isdisjoint(block.container.signs)


def _row_around(found: Sequence[Block], at: int, part: Container) -> range:
    """The blocks that stand, around one, in parts of its place that are built like its own; empty if these are few."""
    first = last = at
    while first and last - first < _MOST_LINES and _part_like(found[first - 1], part):
        first -= 1
    while last + 1 < len(found) and last - first < _MOST_LINES and _part_like(found[last + 1], part):
        last += 1
    row = range(first, last + 1)
    parts = {_part_like(found[one], part) for one in row}
    is_called = part.above is not None and not CALLING.isdisjoint(part.above.signs)
    return row if len(row) < _MOST_LINES and len(parts) >= _PARTS and not is_called else range(0)


def _part_like(block: Block, part: Container) -> Container | None:
    """The part of the same place, of the same build as another, that a block stands in."""
    around = islice(block.container.upward(), _DEEP)
    return next((one for one in around if one.path == part.path and one.above is part.above), None)


def _is_amid_text(found: Sequence[Block], likely: Sequence[float], row: range, place: Container, kept: float) -> bool:
    around = (row[0] - 1, row[-1] + 1)
    if around[0] < 0 or around[1] >= len(found) or min(likely[at] for at in around) < kept:
        return False
    homes = set(islice(place.upward(), _HOMES))
    return all(not homes.isdisjoint(islice(found[at].container.upward(), _HOMES)) for at in around)


def set_apart_between(found: Sequence[Block], likely: Sequence[float], kept: float) -> Iterator[int]:
    """The lines of code and of quotes that are text, as they stand between lines of it."""
    yield from _code_between(found, likely, kept)
    yield from _quotes_between(found, likely, kept)


def _code_between(found: Sequence[Block], likely: Sequence[float], kept: float) -> Iterator[int]:
    """The lines of preformatted text between two paragraphs of the text, in a place with both."""
    start = 0
    for end, block in enumerate(found):
        if "code" in block.container.roles:
            continue
        if 0 < start < end:
            before, after = _around_figure(found, start, end)
            homes = set(islice(found[start].container.upward(), 1, _NEAR))
            goes_on = likely[after] >= kept or _is_below_code(found[after], likely[after], found[start].container)
            around = (islice(found[at].container.upward(), _NEAR) for at in (before, after))
            if likely[before] >= kept and goes_on and not any(map(homes.isdisjoint, around)):
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
    return likely >= _DOUBTED and block.container.tag == "p" and block.container.above is code.above


def _quotes_between(found: Sequence[Block], likely: Sequence[float], kept: float) -> Iterator[int]:
    """Sentences in doubt that are set as quotes, by their element or its name, amid the text: one of the three lines
    above is text, and one of those below. So are the words right below a quote that say whose it is."""
    for at in range(1, len(found) - 1):
        block = found[at]
        if not _NAMED <= likely[at] < kept or block.link:
            continue
        if likely[at - 1] >= kept and len(block.text) <= _OWNER and _is_in_same_quote(block, found[at - 1]):
            yield at
        if likely[at] < _DOUBTED or len(block.text) < _QUOTE:
            continue
        amid = min(max(likely[max(0, at - 3) : at]), max(likely[at + 1 : at + 4])) >= kept
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


def home_of_text(found: Sequence[Block], likely: Sequence[float], kept: float) -> Container | None:
    """The innermost place that holds the first and the last line of the text."""
    taken = [at for at, score in enumerate(likely) if score >= kept]
    around = set(found[taken[0]].container.upward()) if taken else set()
    return next((one for one in found[taken[-1]].container.upward() if one in around), None) if taken else None


def are_names_amid(
    found: Sequence[Block], names: range, likely: Sequence[float], kept: float, asks: Callable[[str], bool]
) -> bool:
    """Whether a list that a line with a colon announces holds names, and the text goes on below it in the same place.

    It may lead to their pages; titles of other articles are longer. The rest is as in `rows_between`.
    """
    place = found[names.start].container.above
    if names.stop >= len(found) or likely[names.stop] < kept or place is None or not _SERVING.isdisjoint(place.signs):
        return False
    listed = [found[at].text for at in names]
    announced = found[names.start - 1].text[-1] in ":：" and max(map(len, listed)) <= _NAME
    return announced and found[names.stop].container.above is place.above and not any(map(asks, listed))


def notes_of_text(found: Sequence[Block], likely: Sequence[float], kept: float) -> set[int]:
    """The blocks that a text's own links name as notes; `kept` is the likelihood from which a block is text."""
    taken = [at for at, score in enumerate(likely) if score >= kept]
    if not taken:
        return set()
    doubted: defaultdict[Container, list[int]] = defaultdict(list)
    for at in range(taken[0] + 1, len(found)):
        if _NOTE_LEAST <= likely[at] < kept and _may_be_note(found[at]):
            doubted[found[at].container].append(at)
    named: defaultdict[str, set[int]] = defaultdict(set)
    for place, lines in doubted.items():
        for name in filter(None, _names(place)):
            named[name].update(lines)
    if not named:
        return set()
    places = dict.fromkeys(found[at].container for at in taken)
    links = islice((link for place in places for link in place.element.iter("a")), _MOST_LINKS)
    leading = {link: (link.get("href") or "")[1:] for link in links if (link.get("href") or "")[:1] == "#"}
    marks = {link: "".join(islice(link.itertext(), _NOTE_MARK)).strip() for link in leading if leading[link] in named}
    signs = {link for link, mark in marks.items() if 0 < len(mark) <= _NOTE_MARK and _NO_WORD.match(mark)}
    wanted = {leading[link] for link in signs}
    return {at for name in wanted for at in named[name]}


def _may_be_note(block: Block) -> bool:
    around = islice(block.container.upward(), _NOTE_LEVELS)
    return _NO_PARAGRAPHS.isdisjoint(block.container.roles) and not any("comments" in place.signs for place in around)


def _names(place: Container) -> Iterator[str]:
    """The names by which a link can lead to the lines of a place: its own, the one around it, an anchor within."""
    for one in islice(place.upward(), _NOTE_LEVELS):
        yield one.element.get("id") or ""
    anchor = next(place.element.iter("a"), None)
    if anchor is not None:
        yield anchor.get("name") or anchor.get("id") or ""


TOGETHER = (at_places_of_text, in_sections, notes_of_text)
"""What is text by what stands at its place, in sections like its own, or leads to it."""
