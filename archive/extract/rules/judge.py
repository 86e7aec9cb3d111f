"""The rules in their order: each step takes into the text the blocks of one kind, by where they stand. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extract.rules.amid import amid
from archive.extract.rules.boxes import parts_in_boxes
from archive.extract.rules.closings import closings
from archive.extract.rules.column import column
from archive.extract.rules.day_lines import day_lines
from archive.extract.rules.endings import beginning, ending, place_of_text
from archive.extract.rules.headings import answered, asked_between, headings_between
from archive.extract.rules.notes import notes_of_text
from archive.extract.rules.paragraphs import (
    LEFT_OUT,
    TAKEN,
    asks,
    bare_between,
    boxes_between,
    hours_of_entries,
    lines_between,
    numbered_between,
    unfolded,
)
from archive.extract.rules.quotes import set_apart_between
from archive.extract.rules.related import related_boxes
from archive.extract.rules.sections import at_places_of_text, in_sections, rows_between
from archive.extract.rules.structures import judge_structures
from archive.page.blocks import Block


def apply_rules(found: Sequence[Block], likely: Sequence[float], day: str) -> list[float]:
    """The likelihoods of all blocks: those of a list or table on one side, and those raised that go with a text.

    Each step looks for what stands amid the text, and sees as text what the steps before it took: lists and tables
    first, which no later step divides; then what goes on within one place of the text; rows and headings, which need
    the paragraphs on both sides of them; what is text by its likes elsewhere on the page; questions amid it, of which
    each stands below the answer before it; parts in boxes of their own; and at last the beginning and the end, around
    all of these, and the closing parts beside. The rules of one step see the same text. What only says when the page
    was published leaves it, and so do boxes of related articles.
    """
    judged = list(likely)
    _take(judged, *column(found, likely))
    likely = tuple(judged)
    judge_structures(found, likely, judged)
    _take(judged, *unfolded(found, judged), *set_apart_between(found, judged), *lines_between(found, judged))
    _take(judged, *bare_between(found, judged), *numbered_between(found, judged))
    rows = (*rows_between(found, judged), *boxes_between(found, judged))
    _take(judged, *rows, *headings_between(found, judged))
    for by_likes in (at_places_of_text, in_sections, notes_of_text):
        likes = by_likes(found, judged)
        _take(judged, *(at for at in likes if judged[at] < TAKEN and not asks(found[at].text)))
    _take(judged, *asked_between(found, judged))
    for at in answered(found, judged):
        _take(judged, at)
    _take(judged, *parts_in_boxes(found, judged))
    _take(judged, *amid(found, judged))
    if place := place_of_text(found, judged):
        home, _ = place
        _take(judged, *beginning(found, judged, home), *ending(found, judged, *place), *closings(found, *place))
    _take(judged, *hours_of_entries(found, judged))
    for at in (*day_lines(found, judged, day), *related_boxes(found, judged)):
        judged[at] = min(judged[at], LEFT_OUT)
    return judged


def _take(judged: list[float], *places: int) -> None:
    for at in places:
        judged[at] = max(judged[at], TAKEN)
