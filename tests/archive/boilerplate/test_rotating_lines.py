"""Lines that come to pages and leave others take turns; what comes to stay, or goes for good, does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.template import TemplateBuilder, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint

LONG = "Come and see the lighthouse of Elsinore on one of the Sundays of this summer."
SHORT = "The lamps are lit again."
START = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = 12


def repeats(
    said: str, is_said: Callable[[int, int], bool], days: Iterable[int] = range(4), *, amid: bool = False
) -> bool:
    """Whether a line counts as repeated that stands on those of twelve pages on those days."""
    memory = TemplateBuilder()
    for day in days:
        for number in range(PAGES):
            name = chr(97 + number)
            lines = [
                f"Case {name}{part} of {part}{name} against {name}{name}{part} was heard at Elsinore."
                for part in "klmn"
            ]
            if is_said(number, day):
                lines.insert(2 if amid else 4, said)
            told = "".join(f"<p>{line}</p>" for line in lines)
            found = blocks(parse(f"<body><main><h1>Case {name}</h1>{told}</main></body>".encode()))
            marks = [fingerprint(block.text) for block in found]
            one = sample(f"page{number}", found, marks, article=True, likely=[0.9] * len(found))
            learn(memory, one, START + timedelta(days=day, minutes=number))
    return memory.template().repeats(fingerprint(said))


@pytest.mark.parametrize("amid", [False, True])
@pytest.mark.parametrize("said", [LONG, SHORT])
def test_a_line_that_is_shown_now_on_these_pages_and_now_on_those(said: str, amid: bool) -> None:
    assert repeats(said, lambda number, day: (number + day) % 2 == 0, amid=amid)


@pytest.mark.parametrize("said", [LONG, SHORT])
def test_a_line_that_stays_where_it_was(said: str) -> None:
    assert not repeats(said, lambda number, _: number in (1, 3, 4, 8, 11))


def test_a_line_that_was_withdrawn_from_one_release_and_added_to_another() -> None:
    assert not repeats(SHORT, lambda number, day: number in (1, 3, 4, 8, 11 if day > 1 else 6))


def test_a_line_that_was_added_to_a_few_releases() -> None:
    assert not repeats(LONG, lambda number, day: number in (1, 4, 8) or (day > 1 and number in (5, 9)))


def test_a_line_that_was_withdrawn_from_some_releases() -> None:
    assert not repeats(LONG, lambda number, day: number in (1, 3, 4, 8, 11) or (day < 2 and number in (0, 6, 9)))
