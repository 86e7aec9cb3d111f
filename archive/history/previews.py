"""A page that shows only the beginning of its text to those who do not subscribe or log in: no edit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from archive.core.model import PREVIEW, Extraction
from archive.history.passing_lines import is_bare_date, passes
from archive.text.lines import normalize

_LONGEST_PART = 0.7
"""The longest part of a text that a page shows to those who do not subscribe."""

_WORDS_OF_A_WALL = 120
"""The most letters of what asks to subscribe that may be taken for text."""


def is_preview_of(whole: Extraction, read: Extraction) -> bool:
    """Whether a page that asks to subscribe or log in shows only a part of the text that it once showed whole.

    Where the page asked that beside the longer text too, its words alone say nothing: what is shown must be just the
    beginning of that text.
    """
    if not _may_be_preview(read) or len(read.text) > _LONGEST_PART * len(whole.text):
        return False
    text, lines = "".join(_lines(whole)), _lines(read)
    if _may_be_preview(whole):
        return _begins(text, lines)
    shared = sum(len(line) for line in lines if line in text)
    return text.startswith(lines[0]) or 2 * shared >= sum(map(len, lines))


def completes(preview: Extraction, read: Extraction) -> bool:
    """Whether a text, on a page that does not ask to subscribe, is the whole of one that began as the earlier one."""
    if not _may_be_preview(preview) or _may_be_preview(read):
        return False
    return len(preview.text) <= _LONGEST_PART * len(read.text) and _begins("".join(_lines(read)), _lines(preview))


def _may_be_preview(extraction: Extraction) -> bool:
    return extraction.origins.get("text") == PREVIEW


def _lines(extraction: Extraction) -> list[str]:
    """The lines of a text without typography, clocks and dates that stand alone."""
    said = (line for line in extraction.text.split("\n") if not (passes(line) or is_bare_date(line)))
    return [line for line in map(normalize, said) if line] or [""]


def _begins(whole: str, lines: Sequence[str]) -> bool:
    """Whether lines are the beginning of a text, and at most a few words more."""
    at = 0
    while lines and whole.startswith(lines[0], at):
        at += len(lines[0])
        lines = lines[1:]
    return at > 0 and sum(map(len, lines)) <= _WORDS_OF_A_WALL
