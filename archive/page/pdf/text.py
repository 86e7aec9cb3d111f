"""The runs of a PDF's pages as paragraphs in reading order: columns, lines, hyphens, running heads and feet. Pure.

Columns are found by cutting a page along blank stripes (the recursive X-Y cut of Nagy and Seth, 1984). Lines join to a
paragraph while their distance, height and left edge go on. What stands at the same place on several pages is no text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from statistics import median

from archive.page.pdf.document import Pdf, PdfPage, Run
from archive.page.pdf.words import blank_between, from_the_left, is_turned

_EDGE = 0.14
"""The part of a page, at its top and at its foot, in which running heads, feet and page numbers stand."""

_DEEPEST, _MOST_CUTS = 12, 40
"""Parts of a page one in another, and rows of a part before which it may be cut across."""

_LEVEL = 1.0
"""Points within which the feet of two lines are at one height."""

_SIZE, _ALIKE = 1.06, 2
"""By what factor one size of letters differs from the next, and how many sizes those of lines of one kind may."""

_ENDS = re.compile(r"[.!?:;…。！？؟।][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•◦▪‣·∙●○■\uf0b7–—*-]|\d{1,2}[.)]|[a-z]\))\s")
_OF_THE_PAGE = re.compile(
    r"\W*(?:\w{1,8}\W+)?\d{1,3}(?:\W+(?:\w{1,4}\W+)?\d{1,3})?\W*|(?:https?|file)://\S+(?:\s+\d+/\d+)?"
)
_SOFT = "\u00ad"
"""The soft hyphen."""

_WITHOUT_BLANKS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff]")
"""Chinese and Japanese letters and signs, between which a line may break anywhere."""


@dataclass(frozen=True)
class Line:
    """A line of text with its place; `column` are the left and right edges of what it stands in."""

    run: Run
    column: tuple[float, float]
    page: int


@dataclass(frozen=True)
class Paragraph:
    """Lines that were joined, and the height of their letters in points."""

    text: str
    height: float


def paragraphs(document: Pdf) -> list[Paragraph]:
    """The paragraphs of a document, without running heads, feet and page numbers."""
    turned = [is_turned(page.runs) for page in document.pages]
    lines = [
        _from_its_beginning(line, turned[number])
        for number, page in enumerate(_without_running([from_the_left(page) for page in document.pages]))
        for line in _lines(page.runs, number, _DEEPEST)
    ]
    if not lines:
        return []
    words = Counter(re.findall(r"[\w-]+", " ".join(line.run.text for line in lines).lower()))
    spacing, usual = _usual_spacing(lines), median(line.run.height for line in lines)
    found: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _goes_on(before, line, spacing, usual):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(_joined(each, words), median(line.run.height for line in each)) for each in found]


def _from_its_beginning(line: Line, turned: bool) -> Line:
    """A line; one that is read against the direction of its page is mirrored in its column, to begin at the left."""
    if is_turned([line.run]) is turned or not any(character.isalpha() for character in line.run.text):
        return line
    both = sum(line.column)
    return replace(line, run=replace(line.run, left=both - line.run.right, right=both - line.run.left))


def _without_running(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages without what stands at the same place on at least half of them (two at least), numbers apart."""
    seen = Counter(mark for page in pages for mark in {_mark(run) for run in page.runs if _is_at_edge(run, page)})
    least = max(2, (len(pages) + 1) // 2)
    running = {mark for mark, count in seen.items() if count >= least}
    return [
        replace(
            page,
            runs=tuple(
                run
                for run in page.runs
                if not (_is_at_edge(run, page) and (_mark(run) in running or _OF_THE_PAGE.fullmatch(run.text)))
            ),
        )
        for page in pages
    ]


def _is_at_edge(run: Run, page: PdfPage) -> bool:
    return run.bottom < page.height * _EDGE or run.top > page.height * (1 - _EDGE)


def _mark(run: Run) -> tuple[int, str]:
    return round(run.top / 6), re.sub(r"\d+", "0", run.text.casefold())


def _lines(runs: Sequence[Run], page: int, deeper: int) -> list[Line]:
    """The lines of a part of a page, in reading order."""
    rows = _rows(runs)
    if deeper and (cut := _column_cut(runs, rows)) is not None:
        sides = ([run for run in runs if run.right <= cut], [run for run in runs if run.left >= cut])
        return [line for side in sides for line in _lines(side, page, deeper - 1)]
    if deeper:
        for at in range(1, min(len(rows), _MOST_CUTS)):
            above, below = [run for row in rows[:at] for run in row], [run for row in rows[at:] for run in row]
            if above and below and (_column_cut(below, rows[at:]) or _column_cut(above, rows[:at])):
                return [*_lines(above, page, deeper - 1), *_lines(below, page, deeper - 1)]
    column = (min((run.left for run in runs), default=0.0), max((run.right for run in runs), default=0.0))
    return [Line(_row_as_run(row), column, page) for row in rows]


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand on one line, from left to right; lines from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        middle = (run.top + run.bottom) / 2
        if rows and any(other.top < middle < other.bottom for other in rows[-1][-3:]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _column_cut(runs: Sequence[Run], rows: Sequence[Sequence[Run]]) -> float | None:
    """Where a blank stripe divides runs into columns that stand side by side: its middle; None for no stripe."""
    if len(rows) < 4:
        return None
    height = median(run.height for run in runs)
    reached, best = None, (0.0, 0.0)
    for run in sorted(runs, key=lambda run: run.left):
        if reached is not None and run.left - reached > best[0]:
            best = (run.left - reached, (run.left + reached) / 2)
        reached = run.right if reached is None else max(reached, run.right)
    gap, middle = best
    if gap < 0.6 * height:
        return None
    left, right = ([run for run in runs if run.right <= middle], [run for run in runs if run.left >= middle])
    sides = sorted((_rows(left), _rows(right)), key=len)
    beside = _rows_beside(*sides)
    if beside < 3 or 2 * beside < len(sides[0]):
        return None
    is_table = min(map(_median_width, sides)) < 8 * height and _are_level(left, right)
    return None if is_table else middle


def _rows_beside(fewer: Sequence[Sequence[Run]], more: Sequence[Sequence[Run]]) -> int:
    """How many rows of a column stand between the first and the last row of the other."""
    top, bottom = min(run.top for run in more[0]), max(run.bottom for run in more[-1])
    return sum(top < (row[0].top + row[0].bottom) / 2 < bottom for row in fewer)


def _are_level(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether two columns stand line by line beside each other, as in a table, and not each with lines of its own."""
    fewer, more = sorted((left, right), key=len)
    feet = [run.bottom for run in more]
    return 2 * sum(any(abs(run.bottom - foot) < _LEVEL for foot in feet) for run in fewer) > len(fewer)


def _median_width(rows: Sequence[Sequence[Run]]) -> float:
    return median(row[-1].right - row[0].left for row in rows)


def _row_as_run(row: Sequence[Run]) -> Run:
    text = row[0].text
    for before, run in pairwise(row):
        text += blank_between(before, run) + run.text
    return Run(
        row[0].left,
        min(run.top for run in row),
        max(run.right for run in row),
        max(run.bottom for run in row),
        " ".join(text.split(" ")),
    )


def _usual_spacing(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance between the feet of two lines of a paragraph, by the size of the first (see `_size`): that of
    lines about as high, since small print stands closer than the text."""
    steps: defaultdict[int, list[tuple[bool, float]]] = defaultdict(list)
    for before, after in pairwise(lines):
        step = after.run.bottom - before.run.bottom
        if before.page == after.page and before.column == after.column and step > 0:
            steps[_size(before.run)].append((_is_full(before), step))
    alike = {size: range(size - _ALIKE, size + _ALIKE + 1) for size in steps}
    return {size: _below_full([one for at in alike[size] for one in steps.get(at, ())]) for size in alike}


def _size(run: Run) -> int:
    return round(log(max(run.height, 0.1), _SIZE))


def _below_full(steps: Sequence[tuple[bool, float]]) -> float:
    """The distance below full lines, if there are any: that of half of them is no larger."""
    below = sorted([step for full, step in steps if full] or [step for _, step in steps])
    return below[(len(below) - 1) // 2]


def _is_full(line: Line, share: float = 0.82) -> bool:
    """Whether a line takes all but a little of the width of its column."""
    left, right = line.column
    return line.run.right > left + share * (right - left)


def _goes_on(before: Line, line: Line, spacing: Mapping[int, float], usual: float) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    one, other = before.run, line.run
    if _BULLET.match(other.text) or abs(one.height - other.height) > 0.3 * max(one.height, other.height):
        return False
    ends = bool(_ENDS.search(one.text))
    if before.page != line.page or before.column != line.column:
        return one.text[-1] in f"-{_SOFT}" or (not ends and (_is_full(before, 0.65) or other.text[:1].islower()))
    is_full = _is_full(before)
    step = other.bottom - one.bottom
    if min(one.height, other.height) > 1.25 * usual:  # a headline of several lines
        return 0 < step <= 1.5 * other.height
    if step > 1.35 * spacing.get(_size(one), step) or step <= 0:
        return False
    indented = other.left - line.column[0] > 0.8 * other.height and one.left - line.column[0] < 0.4 * one.height
    return not (indented or (ends and not is_full)) and (is_full or not other.text[:1].isupper())


def _joined(lines: Iterable[Line], words: Counter[str]) -> str:
    text = ""
    for line in lines:
        said = line.run.text
        text = _with_next(text, said, words) if text else said
    return re.sub(f"[{_SOFT}]", "", " ".join(text.split()))


def _with_next(text: str, said: str, words: Counter[str]) -> str:
    """A text and the line that follows it; a word that was divided is one again.

    A hyphen between small letters goes, unless the document has the word with its hyphen elsewhere and not without.
    """
    if text[-1] in _SOFT:
        return text[:-1] + said
    first, last = re.match(r"\w+", said), re.search(r"[\w-]*\w-$", text)
    if not (first and last):
        beside = _WITHOUT_BLANKS.match(text[-1]) and _WITHOUT_BLANKS.match(said)
        return text + said if beside else f"{text} {said}"
    whole, compound = f"{last[0][:-1]}{first[0]}".lower(), f"{last[0]}{first[0]}".lower()
    if not first[0][0].islower() or (words[compound] and not words[whole]):
        return text + said
    return text[:-1] + said
