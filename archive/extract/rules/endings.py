"""The ends of a text: what stands right below its last paragraph, or a list right above its first, at the same place,
and says something. Pure.

One block at a time, the end of a text looks like what sites put below it: it is short, and no more text follows. By
its place it is told apart: it stands where the paragraphs stand, leads nowhere and asks for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from archive.boilerplate.call_words import COMMENTS
from archive.boilerplate.cue_words import ADVERTISED, RATE, SHARE
from archive.extract.features import weight
from archive.extract.rules.paragraphs import ENDS, HALF, asks
from archive.extract.rules.structures import REACHES
from archive.page.blocks import BETWEEN_CELLS, Block
from archive.page.places import BESIDE, HEADINGS, Container
from archive.text.characters import small
from archive.text.dates import only_day
from archive.text.fingerprint import word_set

_LEAF = HEADINGS | word_set("p pre li dt dd tr td th")
"""Elements that hold a line, and stand in the place that is asked for."""

_INNER = word_set("ul ol dl table tbody thead tfoot tr li dd td th")
"""What a list or table is made of: not counted as a box around a line."""

NO_END = frozenset({"service", "comments", "frame", "others", "about", "hidden", "media"})
"""Signs of what sites put below a text."""

NO_LINE = BESIDE | {"caption"}
_OF_PAGE = re.compile(
    r"^\W*\d*\W*(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|komentarz[ey]|комментари\w|"
    r"коментар\w{0,2}|пікірлер|reacties|kommentit|评论|評論|コメント|댓글|yorumlar|تعليقات|تعلیقات)\W*\d*\W*$"
    r"|^\W*(?:last )?(?:published|posted|updated|modified|edited|viewed|filed under|read \d)\b"
    r"|\b\d+ (?:views|hits|shares)\b"
    r"|^\W*(?:veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|опубликован|"
    r"обновлен|просмотр|жарияланды|发布|發布|浏览|阅读次数|조회)"
)
"""The label of what readers say, and what a page says of itself, in small letters."""

_OF_OTHERS = (COMMENTS, SHARE, RATE, ADVERTISED, _OF_PAGE)
"""The words by which a line begins what is none of a text."""

_BOXES, _SENTENCE, _SAID, _VERSE = 1, 12, 8, 3
"""Boxes around a line within the place of the text, at most; characters of a line that is a sentence; the least mean
weight of the lines of a list, table or verse that says something ("Print", "Send"); lines of one element that are more
than a name and what it stands for."""


_FAR = 60
"""Blocks above the first paragraph that are looked at, at most: a longer list opens no text."""

_FEWEST, _PHRASE = 3, 22
"""Lines of a list that opens a text, at least: of two, both may be the number and the place of a release. The mean
weight of lines that are phrases, and no labels ("Print this page", "Press releases")."""


def ending(found: Sequence[Block], judged: Sequence[float], home: Container, last: int) -> Iterator[int]:
    """The blocks below the last of the text (`last`), in the place that holds most of it (`home`), up to the last that
    says something.

    They are at most as much as the text. A list or table is taken as a whole or not at all; of several boxes of one
    build, as comments and teasers are, none.
    """
    tail = list(takewhile(lambda at: may_stand_in(found[at], home), range(last + 1, len(found))))
    parts = runs(found, _before_rows_of_boxes(found, tail, home), home)
    below = last + 1 + len(tail)
    if parts and below < len(found) and _are_alike(found[parts[-1][-1]].container, found[below].container, home):
        parts.pop()  # a list of which a line leads elsewhere
    while parts and not _says([found[at] for at in parts[-1]], found[last]):
        parts.pop()
    taken = [at for part in parts for at in part]
    held = sum(weight(found[at].text) for at, score in enumerate(judged) if score >= HALF)
    if sum(weight(found[at].text) for at in taken) <= held:
        yield from taken


def _before_rows_of_boxes(found: Sequence[Block], tail: Sequence[int], home: Container) -> Sequence[int]:
    """The lines above the first of several boxes of one build, which hold what readers say, or other releases."""
    boxes = [next(iter(_boxes(found[at].container, home)), None) for at in tail]
    built = Counter(box.path for box in dict.fromkeys(boxes) if box is not None)
    return [
        at for at, _ in takewhile(lambda one: one[1] is None or built[one[1].path] == 1, zip(tail, boxes, strict=True))
    ]


def _boxes(place: Container, home: Container) -> list[Container]:
    """The boxes around a line, within the place of the text."""
    within = list(takewhile(lambda one: one is not home, place.upward()))
    return [one for one in within[1:] if one.tag not in _INNER]


def place_of_text(found: Sequence[Block], judged: Sequence[float]) -> tuple[Container, int] | None:
    """The place that holds most of the text, several blocks of it, each by itself, and the last block of the text in
    it; of several boxes of one build that do so together, as page builders lay out a text, the last.

    None where there is none, and where the whole page is one place, which tells nothing apart.
    """
    held: Counter[Container] = Counter()
    taken = [at for at, score in enumerate(judged) if score >= HALF]
    for at in taken:
        if place := _place(found, at):
            held[place] += len(found[at].text)
    if not held:
        return None
    home = held.most_common(1)[0][0]
    alike = [place for place in held if place.path == home.path] if home.named else [home]
    several = len(alike) > 1 or sum(_place(found, at) is home for at in taken) > 1
    most = sum(held[place] for place in alike)
    if home.tag == "body" or not several or 2 * most <= sum(len(found[at].text) for at in taken):
        return None
    return alike[-1], max(at for at in taken if _is_in(found[at], alike[-1]))


def _place(found: Sequence[Block], at: int) -> Container | None:
    """What a block stands in: that of its element, or the element itself where it holds several lines."""
    container = found[at].container
    holds_more = container.tag not in _LEAF and any(
        0 <= beside < len(found) and found[beside].container is container for beside in (at - 1, at + 1)
    )
    return container if holds_more else container.above


def _is_in(block: Block, home: Container) -> bool:
    return any(place is home for place in block.container.upward())


def may_stand_in(block: Block, home: Container) -> bool:
    """Whether a block may belong to the end of a text whose place is `home`."""
    if block.link or not NO_LINE.isdisjoint(block.container.roles) or not _is_in(block, home):
        return False
    within = takewhile(lambda place: place is not home, block.container.upward())
    boxes = _boxes(block.container, home)
    is_free = all(NO_END.isdisjoint(place.signs) for place in within)
    is_named = all(box.tag != "div" or box.named for box in boxes)
    if not is_free or not is_named or len(boxes) > _BOXES or asks(block.text) or REACHES.search(block.text):
        return False
    return not calls(block.text)


def calls(text: str) -> bool:
    """Whether a line calls for comments, shares or votes, is an advertisement, or is what a page says of itself."""
    words = small(text)
    return any(form.search(words) for form in _OF_OTHERS)


def runs(found: Sequence[Block], tail: Sequence[int], home: Container) -> list[list[int]]:
    """The lines of each list, table or element of several lines, and the others by themselves."""
    divided: list[list[int]] = []
    for at in tail:
        if divided and _are_alike(found[divided[-1][-1]].container, found[at].container, home):
            divided[-1].append(at)
        else:
            divided.append([at])
    return divided


def _says(lines: Sequence[Block], last: Block) -> bool:
    """Whether a line is a sentence, or one of several of a list or table, or of more in one element, as of verse.

    `last` is the last block of the text.
    """
    place = lines[-1].container
    is_verse = "code" in place.roles or place is last.container or len(lines) >= _VERSE
    if len(lines) > 1 and (is_verse or place is not lines[0].container):
        return sum(weight(line.text) for line in lines) >= _SAID * len(lines)
    return len(lines[-1].text) >= _SENTENCE and lines[-1].text[-1] in ENDS


def _are_alike(one: Container, other: Container, home: Container) -> bool:
    """Whether two lines stand in one element, or in one list or table within the place of the text."""
    return one is other or ((around := list_of(one, home)) is not None and around is list_of(other, home))


def list_of(place: Container, home: Container) -> Container | None:
    """The outermost part of a list or table around a line, within the place of the text."""
    within = takewhile(lambda one: one is not home, place.upward())
    return next((one for one in reversed(list(within)) if one.tag in _INNER), None)


def beginning(found: Sequence[Block], judged: Sequence[float], home: Container) -> Iterator[int]:
    """The lines of the list or table right above the first block of the text, in the place that holds most of it
    (`home`, or one of its build), if it stands below a heading and says neither days nor names alone.

    Taken as a whole or not at all.
    """
    text = (at for at, score in enumerate(judged) if score >= HALF and not _is_heading(found[at]))
    first = next(text, 0)
    home = next((place for place in found[first].container.upward() if place.path == home.path), home)
    above = list(takewhile(lambda at: may_stand_in(found[at], home), range(first - 1, max(first - _FAR, 0), -1)))
    lines = (runs(found, above[::-1], home) or [[]])[-1]
    if len(lines) < _FEWEST or not any(map(_is_heading, found[: lines[0]])):
        return
    opening = list_of(found[lines[0]].container, home)
    if opening is None or list_of(found[lines[0] - 1].container, home) is opening:
        return  # no list, or a line of it cannot stand in a text: who wrote it, a link
    texts = [found[at].text for at in lines]
    if _opens_with(texts) and not any(only_day(cell) for text in texts for cell in text.split(BETWEEN_CELLS)):
        yield from lines


def _opens_with(texts: Sequence[str]) -> bool:
    """Whether lines say something: half of them a figure, or phrases all together."""
    figures = sum(any(map(str.isdigit, text)) for text in texts)
    return 2 * figures >= len(texts) or sum(map(weight, texts)) >= _PHRASE * len(texts)


def _is_heading(block: Block) -> bool:
    return block.container.tag in HEADINGS
