"""Places that hold no text on the pages of a source."""

from __future__ import annotations

import pytest

from archive.boilerplate.sample import UNKNOWN, Sample
from archive.boilerplate.sample_set import TemplatePage
from archive.boilerplate.unlikely_places import unlikely_places

TEXT, ASIDE = 5, 7


def pages(*asides: int | tuple[int, ...], length: int = 80) -> list[TemplatePage]:
    """Pages with two sure paragraphs, and blocks of these likelihoods (in percent) at one other place."""
    made = []
    for number, aside in enumerate(asides):
        likely = (99, 99, *(aside if isinstance(aside, tuple) else (aside,)))
        rows = len(likely)
        one = Sample(
            number, True, tuple(range(rows)), (TEXT, TEXT, *(ASIDE,) * (rows - 2)), (length,) * rows, (0,) * rows
        )
        made.append(TemplatePage.of(Sample(**{**vars(one), "likely": likely, "shown": ("",) * rows}), number))
    return made


@pytest.mark.parametrize(
    ("asides", "is_unlikely"),
    [
        ((60, 10, 10), True),
        ((95, 2, 2), True),
        ((60, 10), False),
        ((60, 60, 2), False),
        ((60, 60, 2, 2), True),
        ((40, 42, 44), False),
        ((2, 2, 2), False),
        (((60, 10), (10, 60), (5, 5)), True),
        ((60, 10, UNKNOWN), False),
    ],
    ids=[
        "taken on one of three",
        "surely taken on one",
        "two pages",
        "taken on most",
        "taken on half",
        "doubted on all",
        "doubted on none",
        "several on a page",
        "one was not judged",
    ],
)
def test_a_place_holds_no_text_where_the_pages_of_a_source_say_so(
    asides: tuple[int | tuple[int, ...], ...], is_unlikely: bool
) -> None:
    assert unlikely_places(pages(*asides)) == ({ASIDE} if is_unlikely else frozenset())


def test_long_passages_of_a_place_count_for_more_than_short_ones() -> None:
    made = pages((99, 2), (99, 2), (60, 2))
    for page in made:
        page.lengths[2] = 900
    assert unlikely_places(made) == frozenset()
