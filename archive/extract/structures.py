"""Lists and tables are judged whole: a text holds all their items and rows or none. So is what a click unfolds, and a
heading goes with the paragraphs that it stands between. So are paragraphs and sections of one build
(`archive.page.sections`).

A list between two paragraphs of the text, or under one that announces it, is the text's, whatever its items look like
one by one; so is a table, or a list of terms or of sentences, without links right below its last paragraph, and what a
short line or a heading announces there. Of any other the larger part decides for the rest. What says how to reach
somebody is left to the fields of the release.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.boilerplate.cue_words import ASK, COOKIES, READ_ALSO, RIGHTS
from archive.extract.features import compact_text, weight
from archive.page.blocks import Block
from archive.page.places import CALLING, CONCEALED, CONTROL, LABELS, OUTSIDE, SUBHEADINGS, Container, table_of, wrapped
from archive.page.sections import TOGETHER, are_names_amid, home_of_text, rows_between, set_apart_between
from archive.text.characters import small
from archive.text.fingerprint import word_set

_WHOLE = frozenset({"table", "ul", "ol", "dl"})
_INSIDE = _WHOLE | word_set("li dt dd tr td th tbody thead tfoot caption p h3 h4 h5 h6")
"""Elements that may stand around a block within a list or table; any other is no part of one (see `_holder`)."""

_SERVING = CALLING | {"frame"}
_HALF, _TAKEN, _LEFT_OUT = 0.45, 0.6, 0.2
"""The likelihood, or share of a structure, that counts as text; what a block is raised to that goes with a text, and
lowered to that does not."""

_FEW, _LINKED, _NAME = 0.35, 0.6, 45
"""Shares of a table in likely text, under which it leaves the text, and of a structure in links, from which it is one
of links; mean characters of linked items that are names (of signatories, say) and no headlines."""

_ANNOUNCING = (":", "：", "…:")
_LEVELS, _DETAILS, _BOXED, _IN_LABEL = 4, 3, 8, 3
"""Places around a block in which another must stand to be near it; around a question, around a heading in a box of its
own, and up to the heading that a line stands in."""

_PARAGRAPHS = frozenset({"p", "div", "details"})
_NO_PROSE = frozenset({"frame", CONTROL})
_BELOW, _NEAR, _IN_TEXT = 12, 6, 0.5
"""Blocks below the headline, and above a heading, among which the text is looked for, and from which likelihood on."""

_DOUBTED, _LIKELIER = 0.15, 0.25
"""Likelihoods from which a line may go with the text, and a heading where no text stands near above it."""

_REACHES = re.compile(
    r"@|\b(?:tel|fax|phone|telephone|telefon|téléphone|teléfono|e-?mail|contacts?|kontakt|contacto|contatti)\b"
    r"|\+\d[\d\s()./-]{6,}|\b(?:tags?|categor(?:y|ies)|published|filed under|author|topics?|share)\s*:$"
    r"|^\W*(?:tags?|categor(?:y|ies)|published|filed under|author|topics?|share)$"
    r"|\b(?:тел|факс|контакты?|телефон|теги)\b",
    re.IGNORECASE,
)
"""How to reach somebody, or what a page is filed under."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WITHIN = re.compile("#.")
_QUESTION = ("?", "？", "؟")
_PROSE, _SENTENCE, _ENDS = 60, 30, '.!?…。！？؟।”»"'
"""The weight of a paragraph, which no label has, the characters of an item that is a sentence, and what ends one."""


@dataclass(frozen=True)
class Structure:
    """A list or table on a page: which blocks it holds."""

    container: Container
    start: int
    end: int


def judge_whole(found: Sequence[Block], likely: Sequence[float]) -> list[float]:
    """The likelihoods of all blocks, those of a list or table brought to one side."""
    judged = list(likely)
    whole_ones = list(structures(found))
    for one in whole_ones:
        places = range(one.start, one.end)
        if one.container.tag == "table" and _is_layout(found[one.start : one.end], likely[one.start : one.end]):
            whole_ones += structures(found, one)  # those within it are judged in their turn
            continue
        whole = sum(len(found[at].text) for at in places) or 1.0
        share = sum(len(found[at].text) for at in places if likely[at] >= _HALF) / whole
        label = _label(one, found, judged)
        if label or _belongs(one, found, judged, share):
            for at in (*label, *places):
                judged[at] = max(judged[at], _TAKEN)
        elif one.container.tag == "table" and share < _FEW:
            for at in places:
                judged[at] = min(judged[at], _LEFT_OUT)
    for at in (*_unfolded(found, judged), *set_apart_between(found, judged, _HALF), *_lines_between(found, judged)):
        judged[at] = max(judged[at], _TAKEN)
    for at in (*rows_between(found, judged, _HALF, _asks), *_headings_between(found, judged)):
        judged[at] = max(judged[at], _TAKEN)
    for together in TOGETHER:
        for at in together(found, judged, _HALF):
            if judged[at] < _TAKEN and not _asks(found[at].text):
                judged[at] = max(judged[at], _TAKEN)
    for at in _answered(found, judged):
        judged[at] = max(judged[at], _TAKEN)
    return judged


def below_headline(found: Sequence[Block], likely: Sequence[float], title: str) -> list[float]:
    """The likelihoods of a page all of whose text would stand above its headline: what stands there is a notice before
    the page, and the paragraphs right below the headline are its text.

    `title` is the page's title in `compact_text`'s form. Without one in an h1, or without such paragraphs, nothing
    changes.
    """
    titled = [at for at, block in enumerate(found) if block.container.tag == "h1" and compact_text(block.text) == title]
    taken = [at for at, score in enumerate(likely) if score >= _HALF]
    if not titled or not taken or taken[-1] > titled[0]:
        return list(likely)
    home = set(islice(found[titled[0]].container.upward(), 1, _LEVELS))
    near = range(titled[0] + 1, min(len(found), titled[0] + 1 + _BELOW))
    told = [at for at in near if _is_told(found[at]) and _stands_in(found[at], home)]
    if not told:
        return list(likely)
    return [
        max(score, _TAKEN) if at in told else min(score, _LEFT_OUT) if at < titled[0] else score
        for at, score in enumerate(likely)
    ]


def _is_told(block: Block) -> bool:
    """Whether a block is a paragraph of its own that is no part of the page's frame."""
    apart = "frame" in block.container.roles or not _SERVING.isdisjoint(block.container.signs)
    return _is_paragraph(block) and not apart


def _is_layout(held: Sequence[Block], likely: Sequence[float]) -> bool:
    """Whether a table only divides the page: most of what is taken of it are paragraphs, and none of those is a row; or
    it holds further tables, and most of what is taken of it are the lines of one cell."""
    taken = [block for block, score in zip(held, likely, strict=True) if score >= _HALF]
    whole = sum(len(block.text) for block in taken)
    prose = sum(len(block.text) for block in taken if block.container.tag != "tr" and _is_paragraph(block))
    if prose > whole / 2:
        return True
    cells = Counter(block.container for block in taken if block.container.tag == "td")
    cell, lines = next(iter(cells.most_common(1)), (None, 0))
    in_cell = sum(len(block.text) for block in taken if block.container is cell)
    return lines > 1 and in_cell > whole / 2 and len({table_of(block.container) for block in held}) > 1


def _headings_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Headings, or labels of what a click unfolds, right above a paragraph of the text, in one place with it, that come
    after a paragraph of the text in the same place, or in one beside it of the same build. What a button in the heading
    says does not part them."""
    ends: dict[Container, int] = {}
    for at in range(1, len(found) - 1):
        block, place = found[at], found[at + 1].container
        is_apart = place is not block.container and place.depth <= block.container.depth
        if judged[at] >= _IN_TEXT or (is_apart and judged[at + 1] < _IN_TEXT):  # most lines of a page: menus
            continue
        if not (_is_label(block.container) or _is_bold_line(block)):
            continue
        below, home = max(at + 1, ends.get(block.container, 0)), block.container.above
        while below < len(found) - 1 and _stands_in(found[below], {block.container}):
            below += 1
        ends[block.container] = below
        if judged[below] < _IN_TEXT or home is None or _asks(block.text):
            continue
        near = range(max(at - _NEAR, 0), at)
        before = [found[one] for one in near if judged[one] >= _IN_TEXT or found[one].container.tag == "h1"]
        if block.container.tag in LABELS and _is_part_of(found[below], home):
            homes = (home, home.above if home.tag == "details" else home)
            if any(any(_is_part_of(one, place) for place in homes) or _is_beside(one, home) for one in before):
                yield at
                continue
        begins = not any(judged[one] >= _IN_TEXT for one in near)
        if begins and (_YEAR.search(block.text) or _REACHES.search(block.text)):
            continue
        unfolds = _unfolds(block.container)
        is_likely = unfolds or judged[at] >= (_LIKELIER if begins else _DOUBTED)
        if (unfolds and judged[at - 1] >= _IN_TEXT) or (is_likely and _heads_in_box(block, found[below], before)):
            yield at


def _is_label(place: Container) -> bool:
    """Whether a place is a heading, or labels what a click unfolds, by its tag or that of a place right around it."""
    return any(one.tag in LABELS or _unfolds(one) for one in islice(place.upward(), _IN_LABEL))


def _unfolds(place: Container) -> bool:
    """Whether a place says of itself that a click on it unfolds another (WAI-ARIA), or is a heading that a click on it
    leads to a place of its own page."""
    controls = [place.element]
    if place.tag in SUBHEADINGS:
        controls += [one for one in islice(place.element, _IN_LABEL) if one.tag in ("a", "button")]
    leads = any(one.get("aria-controls") is not None or _WITHIN.match(one.get("href", "")) for one in controls)
    return leads or place.element.get("role") == "heading"


def _is_bold_line(block: Block) -> bool:
    """Whether a block is a short line in strong type, as a heading without a heading's tag."""
    return block.bold >= len(block.text) and weight(block.text) < _PROSE and block.text[-1] not in _ENDS


def _heads_in_box(block: Block, below: Block, before: Sequence[Block]) -> bool:
    """Whether a heading in a box of its own stands in one place with the paragraph below it and one of the text before,
    as page builders lay it out, and leads nowhere."""
    homes = set(islice(block.container.upward(), 1, _BOXED))
    apart = (bool(block.link) and not _unfolds(block.container)) or not CALLING.isdisjoint(_signs_around(block))
    is_text = below.link < len(below.text) / 2 and not _is_label(below.container) and not _asks(below.text)
    is_text = is_text and _NO_PROSE.isdisjoint(below.container.roles)
    return not apart and is_text and any(not homes.isdisjoint(islice(one.container.upward(), _BOXED)) for one in before)


def _signs_around(block: Block) -> set[str]:
    """What the classes and ids of the places around a block say of it."""
    return {sign for place in islice(block.container.upward(), _LEVELS) for sign in place.signs}


def _answered(found: Sequence[Block], judged: list[float]) -> Iterator[int]:
    """Questions, as headings or as labels of what a click unfolds, right above a sentence that answers them, which come
    after a line of the text, or its heading, in the same place; of what a click unfolds, anywhere in the text."""
    home: Container | None = None
    for at in range(1, len(found) - 1):
        question, answer = found[at], found[at + 1]
        if min(judged[at : at + 2]) >= _IN_TEXT or not question.text.endswith(_QUESTION):
            continue
        headed = at > 1 and judged[at - 1] < _IN_TEXT and _is_title(found[at - 1]) and _unfolds(question.container)
        if judged[at - 1 - headed] < _IN_TEXT or not _is_label(question.container):
            continue
        asks = not (question.link and not _unfolds(question.container)) and not answer.link
        homes = set(islice(question.container.upward(), 1, _DETAILS))
        tells = answer.text[-1] in _ENDS and answer.container.tag in _PARAGRAPHS and not _asks(answer.text)
        goes_on = _stands_in(answer, homes) and not headed and _stands_in(found[at - 1], homes)
        if not goes_on and _unfolds(question.container):
            home = home or home_of_text(found, judged, _IN_TEXT)
            goes_on = home is not None and home in question.container.upward()
        if asks and tells and goes_on and _NO_PROSE.isdisjoint(answer.container.roles):
            yield from range(at - headed, at + 2)


def _is_title(block: Block) -> bool:
    return block.container.tag in SUBHEADINGS and not block.link and not _asks(block.text)


def _is_part_of(block: Block, home: Container | None) -> bool:
    """Whether a block that labels nothing stands right in a place."""
    return block.container.tag not in LABELS and block.container.above is home


def _is_beside(block: Block, home: Container) -> bool:
    """Whether a paragraph stands in a place beside this one, of the same build."""
    other = block.container.above
    return block.container.tag == "p" and other is not None and other.above is home.above and other.path == home.path


def _lines_between(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Lines of one paragraph, divided by line breaks alone, between two of its lines that are text, as of verse."""
    start = 0
    for end in range(1, len(found) + 1):
        if end < len(found) and found[end].broken and found[end].container is found[start].container:
            continue
        taken = [at for at in range(start, end) if judged[at] >= _HALF]
        for at in range(taken[0], taken[-1]) if taken else ():
            if _DOUBTED <= judged[at] < _HALF and not found[at].link and not _asks(found[at].text):
                yield at
        start = end


def _unfolded(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """Paragraphs that the page does not show at first and that go on with a text among whose paragraphs they stand."""
    last = None
    for at, block in enumerate(found):
        if CONCEALED not in block.container.roles:
            last = at
        elif last is not None and judged[last] >= _HALF and _is_paragraph(block):
            homes = set(islice(block.container.upward(), 1, _LEVELS))
            with_buttons = any(CONTROL in one.container.roles for one in found[at + 1 : at + 3])
            if _stands_in(found[last], homes) and not with_buttons:
                yield at


def _is_paragraph(block: Block) -> bool:
    """Whether a block is a whole sentence at least, and asks its reader for nothing."""
    text = block.text
    prose = weight(text) >= _PROSE and text[-1] in _ENDS and block.link < len(text) / 2
    return prose and not _asks(text) and _NO_PROSE.isdisjoint(block.container.roles)


def _asks(text: str) -> bool:
    """Whether a line asks for something, leads to other articles, or says whose rights they are: it is no text."""
    words = small(text)
    return any(form.search(words) for form in (COOKIES, ASK, READ_ALSO, RIGHTS))


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
    if not OUTSIDE.isdisjoint(container.roles):
        return None
    outermost = None
    for place in container.upward():
        if place is within or (place.tag not in _INSIDE and not _groups_terms(place)):
            break
        if place.tag in _WHOLE:
            outermost = place
    return outermost


def _groups_terms(place: Container) -> bool:
    """Whether a place holds a term with what it means (HTML Standard, section 4.4.9: `div` within `dl`)."""
    return place.tag == "div" and place.above is not None and place.above.tag == "dl"


def _belongs(one: Structure, found: Sequence[Block], judged: Sequence[float], share: float) -> bool:
    """Whether a structure is part of the text."""
    if share >= _HALF:
        return True
    if one.start == 0 or not _SERVING.isdisjoint(one.container.signs):
        return False
    before = found[one.start - 1]
    homes = set(islice(one.container.upward(), 1, _LEVELS))
    if judged[one.start - 1] < _HALF or not _stands_in(before, homes) or _introduces_others(before.text):
        return False
    if before.text.rstrip().endswith(_ANNOUNCING):
        return True
    items = found[one.start : one.end]
    goes_on = one.container.tag == "dl" or all(map(_is_sentence, items))
    place = one.container if any(block.link for block in items) else wrapped(one.container)
    below = place.above is before.container.above
    if goes_on and below and _says_by_itself(one, found):
        return True
    closed = one.end < len(found) and judged[one.end] >= _HALF and _stands_in(found[one.end], homes)
    length = sum(len(block.text) for block in items)
    linked = sum(block.link for block in items) >= _LINKED * length
    if one.container.tag == "table":
        return closed or (not linked and (share >= _FEW or below))
    return closed and (not linked or length <= _NAME * len(items))


def _introduces_others(text: str) -> bool:
    """Whether a line leads to other articles, or to a table of cookies."""
    words = small(text)
    return READ_ALSO.match(words) is not None or COOKIES.search(words) is not None


def _is_sentence(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and block.text[-1] in _ENDS


def _label(one: Structure, found: Sequence[Block], judged: Sequence[float]) -> tuple[int, ...]:
    """The place of a short line that is not taken for text yet, and announces a list or table right below the text."""
    at, home = one.start - 1, wrapped(one.container).above
    if at < 1 or judged[at] >= _HALF or judged[at - 1] < _HALF:
        return ()
    label, above = found[at], found[at - 1].container
    while above.above is not None and above.tag in _INSIDE and above.above is not home and above.tag != "p":
        above = above.above
    if label.container.above is not home or home is None or above.above is None:
        return ()
    alike = bool(home.named) and above.above.path == home.path
    stands = alike or above.above in (home, home.above)
    announces = label.container.tag in SUBHEADINGS or label.text.rstrip().endswith(_ANNOUNCING)
    fits = stands and announces and len(label.text) < _PROSE and not label.link and not _asks(label.text)
    items = range(one.start, one.end)
    is_text = fits and (_says_by_itself(one, found) or are_names_amid(found, items, judged, _HALF, _asks))
    return (at,) if is_text else ()


def _says_by_itself(one: Structure, found: Sequence[Block]) -> bool:
    """Whether a list or table leads nowhere, asks for nothing, and says neither how to reach somebody nor what the page
    is filed under."""
    items = found[one.start - 1 : one.end]
    is_free = _SERVING.isdisjoint(one.container.signs)
    return is_free and not any(block.link or _asks(block.text) or _REACHES.search(block.text) for block in items)


def _stands_in(block: Block, homes: set[Container]) -> bool:
    """Whether one of some places holds a block, near around it."""
    return not homes.isdisjoint(islice(block.container.upward(), _LEVELS))
