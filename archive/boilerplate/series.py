"""What a source says again and again with new figures: prices, passengers, unemployment, month by month.

A fingerprint sets numbers aside, so that the pages of a series seem to say the same. The figures are their news: such
a sentence is no boilerplate, and neither is such a row of a table. Days are news in a sentence of the text alone;
years, and counters in a line of few words, are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable

from archive.boilerplate.sample import DENSE_SENTENCE, SENTENCE, is_likely
from archive.boilerplate.sample_set import TemplatePage
from archive.core.cache import remembered
from archive.page.blocks import BETWEEN_CELLS
from archive.text.calendar import CALENDAR_WORDS
from archive.text.characters import DENSE, word_count

_LINKED = 20
_WORDS, _SAID = 6, 2
_ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "”", "»", "“", '"')
"""How a sentence ends."""

_VARIED = 0.6
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND_DAY = 1
_OF_DAYS = frozenset("年月日時时分秒号號回년월일시분")
"""What makes the figure before it one of a day, an hour or a number, in scripts without blanks."""

_AMOUNT = re.compile(r"[^\w\s]{0,3}\s?\d{1,3}(?:[ .,'’]?\d{3})*(?:[.,]\d+)?\W{0,2}(?:[^\W\d]{1,12}\W?){0,2}")
"""A cell of a table that holds a figure, perhaps with its unit, and no day, hour or number of a document."""


def said_with_new_figures(pages: Iterable[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent passages that are sentences or rows with other figures on most of the pages that have them, or
    sentences of their text with other days."""
    figures: defaultdict[int, list[tuple[str, ...]]] = defaultdict(list)
    for page in pages:
        rows = list(zip(page.marks, page.lengths, page.links, page.likely, strict=True))
        wanted = [mark in often and link < _LINKED for mark, _, link, _ in rows]
        if any(wanted):
            for (mark, length, _, likely), is_wanted, text in zip(rows, wanted, page.shown(), strict=True):
                if is_wanted and BETWEEN_CELLS in text:
                    figures[mark].append(_amounts(text))
                elif is_wanted and is_likely(likely) and (len(text) < length or text.endswith(_ENDS)):
                    figures[mark].append(_days_and_figures(text))
                elif is_wanted and (length >= SENTENCE or (length >= DENSE_SENTENCE and DENSE.search(text))):
                    figures[mark].append(_figures(text))
    return {mark for mark, told in figures.items() if len({one for one in told if one}) > max(1, _VARIED * len(told))}


@remembered(10_000)  # a template is made anew of the same passages again and again
def _figures(text: str) -> tuple[str, ...]:
    """The figures of a sentence but for its years and days; none for a line of few words."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    dated = [token in CALENDAR_WORDS for token in tokens]
    said = [token for token, is_date in zip(tokens, dated, strict=True) if not token[0].isdigit() and not is_date]
    if len(said) < _WORDS and word_count(" ".join(said)) < _WORDS:
        return ()
    return tuple(
        token
        for at, token in enumerate(tokens)
        if token[0].isdigit()
        and not _YEAR.fullmatch(token)
        and not any(dated[max(0, at - _AROUND_DAY) : at + 2])
        and not (at + 1 < len(tokens) and tokens[at + 1][0] in _OF_DAYS)
    )


@remembered(10_000)
def _days_and_figures(text: str) -> tuple[str, ...]:
    """The figures, days and months of a sentence; none for one of next to no words."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    told = [token for token in tokens if token[0].isdigit() or token in CALENDAR_WORDS]
    said = word_count(" ".join(token for token in tokens if token not in told))
    return tuple(told) if said >= _SAID else ()


@remembered(10_000)
def _amounts(text: str) -> tuple[str, ...]:
    """The figures in a row of a table, but for its years and days."""
    cells = [cell for cell in text.split(BETWEEN_CELLS) if _AMOUNT.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    return tuple(cell for cell in cells if not CALENDAR_WORDS & set(_TOKEN.findall(cell.casefold())))
