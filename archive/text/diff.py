"""Two texts of a release, side by side in one reading: which words went, which came. Pure.

Paragraphs are aligned first, then the words within paragraphs that were rewritten (difflib's Ratcliff-Obershelp).
The work is bounded: texts too long to align word by word are compared paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Mark = Literal["same", "added", "removed"]

_WORDS_LIMIT = 400_000  # words of one paragraph times words of the other
_PARAGRAPHS_LIMIT = 1_000
_RELATED = 0.35  # below this share of common words two paragraphs are shown as one gone and one come
_TOKEN = re.compile(r"\s+|\d+(?:[.,:]\d+)+|[\u2e80-\u9fff\uac00-\ud7af\u3040-\u30ff\u0e00-\u0eff]|\w+|[^\w\s]")


@dataclass(frozen=True)
class Run:
    """Words in a row that share one fate."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the comparison; `mark` is "changed" when only some of its runs differ."""

    mark: Literal["same", "added", "removed", "changed"]
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Fold:
    """Paragraphs left out because nothing near them changed."""

    count: int


def compare(old: str, new: str) -> tuple[Paragraph, ...]:
    """The paragraphs of both texts in reading order, each with its words marked."""
    before, after = _paragraphs(old), _paragraphs(new)
    if max(len(before), len(after)) > _PARAGRAPHS_LIMIT:
        return tuple([_whole("removed", text) for text in before] + [_whole("added", text) for text in after])
    return tuple(_aligned(before, after))


def compare_line(old: str, new: str) -> tuple[Run, ...]:
    """The words of two single lines, such as titles, as marked runs."""
    return tuple(_runs(_tokens(old), _tokens(new)))


def folded(paragraphs: Sequence[Paragraph], context: int = 1) -> tuple[Paragraph | Fold, ...]:
    """The changed paragraphs with `context` unchanged ones around each; longer stretches become a Fold."""
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


def _aligned(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole("same", text) for text in before[i:j])
        else:
            yield from _replaced(before[i:j], after[k:m])


def _replaced(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    """Rewritten paragraphs are paired in order while they resemble each other; the rest went or came whole."""
    for old, new in zip_longest(before, after):
        if old is None or new is None:
            yield _whole("added", new) if old is None else _whole("removed", old)
            continue
        runs = tuple(_runs(_tokens(old), _tokens(new)))
        if _common(runs) >= _RELATED * max(len(old), len(new)):
            yield Paragraph("changed", runs)
        else:
            yield _whole("removed", old)
            yield _whole("added", new)


def _common(runs: tuple[Run, ...]) -> int:
    return sum(len(run.text) for run in runs if run.mark == "same")


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) > _WORDS_LIMIT:
        yield Run("removed", "".join(old))
        yield Run("added", "".join(new))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Run("removed", "".join(old[i:j]))
        if k < m:
            yield Run("added", "".join(new[k:m]))
