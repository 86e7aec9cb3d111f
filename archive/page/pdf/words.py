"""The words of a PDF's page that are written from the right, joined in the order in which they are read. Pure.

Words stand where they are seen; in which order they are read follows from their letters, as in UAX #9: a name in Latin
letters within a line from the right is read from the left, and so is one in Arabic letters the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from archive.page.pdf.document import BLANK, FROM_THE_RIGHT, PdfPage, Run

_BESIDE = 0.45
"""The part of a line's height that words of one line stand apart at most."""

_SIGNS_LEFT = re.compile(r"(?P<signs>[.,:;!%…]+)(?P<word>\w.*)")
"""A Latin word or a number in a line from the right, and what follows it: ".2026", "%12.5"."""

_SIGNS_RIGHT = re.compile(r"(?P<word>.*\w)(?P<signs>[.,:;!،؛؟…]+)")
"""A word from the right in a line from the left, and what follows it."""

_SURELY = 2 / 3
"""The part of its letters that a line from the right has in such letters, on a page that is read from the left."""

_CALLED = re.compile(r"(?P<signs>[.,:;]?)(?P<rest>(?:[\d().-]+ ){1,6})(?P<country>\d+)\+")
"""A telephone number whose groups a line from the right shows from there: "0142 555 999+"."""

_MIRRORED = re.compile(r"(?<!\S)[)\]](?=\w)|[(\[](?=[\s.,:;!?،؛؟]|$)")
_MIRROR = str.maketrans("()[]", ")(][")
"""A bracket that closes before a word or opens behind one, in a line from the right; and what it means."""


def blank_between(run: Run, other: Run) -> str:
    """A blank, if there is one between two runs of a line."""
    return " " if max(other.left - run.right, run.left - other.right) >= BLANK * other.height else ""


def from_the_left(page: PdfPage) -> PdfPage:
    """A page whose words from the right are joined; one that is read from the right is mirrored, so that its lines too
    begin at the left."""
    turned = sum(len(FROM_THE_RIGHT.findall(run.text)) for run in page.runs)
    if not turned:
        return page
    is_mirrored = is_turned(page.runs)
    runs = tuple(run for row in _rows(page.runs) for part in _parts(row) for run in _joined(part, is_mirrored))
    if is_mirrored:
        runs = tuple(replace(run, left=page.width - run.right, right=page.width - run.left) for run in runs)
    return replace(page, runs=runs)


def is_turned(runs: Sequence[Run], share: float = 0.5) -> bool:
    """Whether at least this part of the letters is written from the right."""
    text = "".join(run.text for run in runs)
    return len(FROM_THE_RIGHT.findall(text)) >= share * sum(character.isalpha() for character in text)


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs that stand at one height, from left to right."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        if row and 2 * row[-1].bottom <= run.top + run.bottom:
            yield sorted(row, key=lambda run: run.left)
            row = []
        row.append(run)
    yield sorted(row, key=lambda run: run.left)


def _parts(row: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of a row that stand close together."""
    part = [row[0]]
    for before, run in pairwise(row):
        if run.left - before.right > _BESIDE * max(run.height, before.height):
            yield part
            part = []
        part.append(run)
    yield part


def _joined(part: Sequence[Run], is_mirrored: bool) -> Sequence[Run]:
    """The words of a part as one run, if any of them is written from the right."""
    if not any(FROM_THE_RIGHT.search(run.text) for run in part):
        return part
    is_so = is_mirrored or is_turned(part, _SURELY)
    words = _from_the_right(part) if is_so else _with_turned(part)
    text = words[0].text
    for before, run in pairwise(words):
        text += blank_between(before, run) + run.text
    if is_so:
        text = _MIRRORED.sub(lambda found: found[0].translate(_MIRROR), text)
    top, bottom = min(run.top for run in part), max(run.bottom for run in part)
    return [Run(min(run.left for run in part), top, max(run.right for run in part), bottom, text)]


def _from_the_right(part: Sequence[Run]) -> list[Run]:
    """The words of a part that is read from the right; Latin words beside each other, and the numbers behind them, are
    read from the left."""
    words: list[Run] = []
    for is_such, group in groupby(reversed(part), key=lambda run: FROM_THE_RIGHT.search(run.text) is not None):
        beside = list(group)
        if is_such:
            words += beside
            continue
        first = 1 + max((at for at, run in enumerate(beside) if _is_word(run)), default=-1)
        words += _with_signs_behind(beside[:first][::-1], _SIGNS_LEFT)
        for run in beside[first:]:
            words += _with_signs_behind([_as_called(run)], _SIGNS_LEFT)
    return words


def _with_turned(part: Sequence[Run]) -> list[Run]:
    """The words of a part that is read from the left; words from the right beside each other are read from there."""
    words: list[Run] = []
    for is_such, group in groupby(part, key=lambda run: FROM_THE_RIGHT.search(run.text) is not None):
        beside = list(group)
        words += _with_signs_behind(beside[::-1], _SIGNS_RIGHT) if is_such else beside
    return words


def _as_called(run: Run) -> Run:
    number = _CALLED.fullmatch(run.text)
    if number is None:
        return run
    groups = " ".join(number["rest"].split()[::-1])
    return replace(run, text=f"+{number['country']} {groups}{number['signs']}")


def _is_word(run: Run) -> bool:
    return any(character.isalpha() for character in run.text)


def _with_signs_behind(words: Sequence[Run], pattern: re.Pattern[str]) -> list[Run]:
    """Words in the order in which they are read, with the signs that end them behind the last: they stand at the first,
    since the line goes the other way."""
    signs = pattern.fullmatch(words[0].text) if words else None
    if signs is None:
        return list(words)
    bare = [replace(words[0], text=signs["word"]), *words[1:]]
    return [*bare[:-1], replace(bare[-1], text=bare[-1].text + signs["signs"])]
