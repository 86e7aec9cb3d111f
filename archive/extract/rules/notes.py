"""The notes that a text leads to by short links (`[1]`), wherever they stand. Pure.

A judge of single blocks takes them for references of another page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.extract.rules.paragraphs import HALF
from archive.page.blocks import Block
from archive.page.places import APART, CONTROL, Container

_LEAST = 0.02
"""The likelihood from which a block may be a note: the frame of a page has less."""

_MARK = 5
"""Characters of a link to a note, as of `[12]`, at most."""

_NO_WORD = re.compile(r"\W*(?:\d+|[^\W\d_]|[ivx]{1,4})?\W*$", re.I)
"""What such a link says: a number, a letter or a sign, and no word ("here")."""

_REFERENCE = "doc-noteref"
"""The role of a link to a note, whatever it says (Digital Publishing WAI-ARIA Module)."""

_LEVELS = 2
"""Places whose names lead to a line: its own and the one around it."""

_MOST_LINKS = 3_000
_NO_NOTES = frozenset({APART, "caption", CONTROL})


def notes_of_text(found: Sequence[Block], likely: Sequence[float]) -> set[int]:
    """The blocks that a text's own links name as notes. `likely` are the likelihoods that blocks are text."""
    taken = [at for at, score in enumerate(likely) if score >= HALF]
    if not taken:
        return set()
    doubted: defaultdict[Container, list[int]] = defaultdict(list)
    for at in range(taken[0] + 1, len(found)):
        if _LEAST <= likely[at] < HALF and _may_be_note(found[at]):
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
    marks = {link: "".join(islice(link.itertext(), _MARK)).strip() for link in leading if leading[link] in named}
    signs = {
        link
        for link, mark in marks.items()
        if (0 < len(mark) <= _MARK and _NO_WORD.match(mark)) or link.get("role") == _REFERENCE
    }
    wanted = {leading[link] for link in signs}
    return {at for name in wanted for at in named[name]}


def _may_be_note(block: Block) -> bool:
    around = islice(block.container.upward(), _LEVELS)
    return _NO_NOTES.isdisjoint(block.container.roles) and not any("comments" in place.signs for place in around)


def _names(place: Container) -> Iterator[str]:
    """The names by which a link can lead to the lines of a place: its own, the one around it, an anchor within or right
    before either."""
    for one in islice(place.upward(), _LEVELS):
        yield one.element.get("id") or ""
        before = one.element.getprevious()
        if before is not None and before.tag == "a":
            yield before.get("id") or ""
    anchor = next(place.element.iter("a"), None)
    if anchor is not None:
        yield anchor.get("name") or anchor.get("id") or ""
