"""Compares two texts of a release: which words were removed, which were added. Pure.

Paragraphs are aligned first, then the words in paragraphs that were rewritten, with one budget of work for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from archive.text.alignment import Budget, Opcode, opcodes
from archive.text.fulltext import UNSPACED

Mark = Literal["same", "added", "removed"]

_RELATED = 0.35
"""With a smaller share of common words, two paragraphs are shown as one removed and one added."""

_SINGLE = rf"{UNSPACED}\uac00-\ud7af"
_TOKEN = re.compile(rf"\s+|\d+(?:[.,:]\d+)+|[{_SINGLE}]|[^\W{_SINGLE}]+|[^\w\s]")


@dataclass(frozen=True)
class Run:
    """Neighbouring words with the same mark."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the comparison; `mark` is "changed" if only some of its runs differ."""

    mark: Literal["same", "added", "removed", "changed"]
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Fold:
    """Paragraphs left out because nothing near them changed."""

    count: int


def compare(old: str, new: str) -> tuple[Paragraph, ...]:
    """The paragraphs of both texts in reading order, each with its words marked."""
    return tuple(_aligned(_paragraphs(old), _paragraphs(new), Budget()))


def compare_line(old: str, new: str) -> tuple[Run, ...]:
    """The words of two single lines, such as titles, as marked runs."""
    return tuple(_runs(_tokens(old), _tokens(new), Budget()))


def compare_names(old: Sequence[str] | None, new: Sequence[str] | None) -> tuple[Run, ...]:
    """Those who signed a text, before and after, each name whole; nothing where they are the same or not known."""
    if old is None or new is None or set(old) == set(new):
        return ()
    before, after = set(old), set(new)
    marks: list[tuple[Mark, str]] = [("same" if name in after else "removed", name) for name in old]
    marks += [("added", name) for name in new if name not in before]
    parts = [(Run("same", ", "), Run(mark, name)) for mark, name in marks]
    return tuple(run for part in parts for run in part)[1:]


def marked(runs: Iterable[Run]) -> str:
    """Runs as plain text: what went in [-brackets-], what came in {+braces+}, as `git diff --word-diff` writes them."""
    return "".join(_MARKED[run.mark].format(run.text) for run in runs)


_MARKED = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def folded(paragraphs: Sequence[Paragraph], context: int = 1) -> tuple[Paragraph | Fold, ...]:
    """The changed paragraphs with `context` unchanged ones around each; longer unchanged parts become a Fold."""
    changed = [place for place, paragraph in enumerate(paragraphs) if paragraph.mark != "same"]
    near = {place + step for place in changed for step in range(-context, context + 1)}
    shown: list[Paragraph | Fold] = []
    for place, paragraph in enumerate(paragraphs):
        if place in near:
            shown.append(paragraph)
        elif shown and isinstance(shown[-1], Fold):
            shown[-1] = Fold(shown[-1].count + 1)
        else:
            shown.append(Fold(1))
    return tuple(shown)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _whole(mark: Literal["same", "added", "removed"], text: str) -> Paragraph:
    return Paragraph(mark, (Run(mark, text),))


def _aligned(before: list[str], after: list[str], budget: Budget) -> Iterator[Paragraph]:
    for tag, i, j, k, m in opcodes(before, after, budget):
        if tag == "equal":
            yield from (_whole("same", text) for text in before[i:j])
        else:
            yield from _replaced(before[i:j], after[k:m], budget)


def _replaced(before: list[str], after: list[str], budget: Budget) -> Iterator[Paragraph]:
    """Pair rewritten paragraphs in order as long as they are similar; the others were removed or added as a whole."""
    for old, new in zip_longest(before, after):
        if old is None or new is None:
            yield _whole("added", new) if old is None else _whole("removed", old)
            continue
        runs = tuple(_runs(_tokens(old), _tokens(new), budget))
        if _common(runs) >= _RELATED * max(len(old), len(new)):
            yield Paragraph("changed", runs)
        else:
            yield _whole("removed", old)
            yield _whole("added", new)


def _common(runs: tuple[Run, ...]) -> int:
    return sum(len(run.text) for run in runs if run.mark == "same")


def _runs(old: list[str], new: list[str], budget: Budget) -> Iterator[Run]:
    for same, i, j, k, m in _readable(_early(opcodes(old, new, budget), old, new), old):
        if same:
            yield Run("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Run("removed", "".join(old[i:j]))
        if k < m:
            yield Run("added", "".join(new[k:m]))


def _early(codes: Sequence[Opcode], old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """The same difference, with removals and additions as early as possible: " record" and not "record ".

    But not before a punctuation mark: " It rains." and not ". It rains".
    """
    early: list[Opcode] = []
    back = 0
    for tag, i, j, k, m in codes:
        if tag == "equal":
            early.append((tag, i - back, j, k - back, m))
            back = 0
            continue
        before = early.pop() if early and tag != "replace" else None
        items, start, end = (old, i, j) if tag == "delete" else (new, k, m)
        while before and back < before[2] - before[1] and _is_movable(items[start - back - 1], items[end - back - 1]):
            back += 1
        if before and back < before[2] - before[1]:
            early.append(("equal", before[1], before[2] - back, before[3], before[4] - back))
        early.append((tag, i - back, j - back, k - back, m - back))
    if back:
        early.append(("equal", codes[-1][2] - back, codes[-1][2], codes[-1][4] - back, codes[-1][4]))
    return early


def _is_movable(before: str, last: str) -> bool:
    return before == last and (before.isspace() or before[0].isalnum())


def _readable(codes: Sequence[Opcode], old: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Parts that are equal or not; a single blank or comma between two changes is part of one change."""
    start: tuple[int, int] | None = None
    for at, (tag, i, j, k, m) in enumerate(codes):
        inside = 0 < at < len(codes) - 1
        if tag != "equal" or (inside and not any(map(str.isalnum, "".join(old[i:j])))):
            start = start or (i, k)
            continue
        if start:
            yield False, start[0], i, start[1], k
            start = None
        yield True, i, j, k, m
    if start and codes:
        yield False, start[0], codes[-1][2], start[1], codes[-1][4]
