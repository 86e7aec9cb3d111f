"""What some releases say and others do not is theirs; what a site puts at the end of its texts is its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.template import TemplateBuilder, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint

NOT_FINAL = "The ruling is not final."
FOOT = "The court of Elsinore sits at Pier 4."
START = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = 12


def repeats(
    said: str,
    said_on: Callable[[int], str],
    build: str = "<p>{}</p>",
    likely: float = 0.9,
    own: int = 3,
    foot: str = FOOT,
) -> bool:
    """Whether this counts as repeated, where `said_on` says what closes the text of each of twelve pages."""
    memory = learned(lambda number: (said_on(number),), build, likely, own, foot)
    assert memory.template().repeats(fingerprint(foot)), "what all pages have is repeated"
    return memory.template().repeats(fingerprint(said))


def learned(
    said_on: Callable[[int], tuple[str, ...]],
    build: str = "<p>{}</p>",
    likely: float = 0.9,
    own: int = 3,
    foot: str = FOOT,
) -> TemplateBuilder:
    memory = TemplateBuilder()
    for number in range(PAGES):
        name = chr(97 + number)
        lines = [f"Case {name}{part} of {part}{name} against {name}{name}{part} was heard." for part in "klmno"[:own]]
        told = [f"<p>{line}</p>" for line in lines]
        told += [build.format(closing) for closing in said_on(number) if closing]
        body = f"<body><main><h1>Case {name}</h1>{''.join(told)}<p>{foot}</p></main></body>"
        found = blocks(parse(body.encode()))
        marks = [fingerprint(block.text) for block in found]
        one = sample(f"page{number}", found, marks, article=True, likely=[likely] * len(found))
        learn(memory, one, START + timedelta(days=number))
    return memory


def on(*numbers: int) -> Callable[[int], str]:
    return lambda number: NOT_FINAL if number in numbers else ""


@pytest.mark.parametrize("numbers", [(0, 4, 9), (1, 3, 4, 8, 11), (0, 2, 3, 5, 7, 9, 11), (1, 2, 4, 5, 7, 8)])
def test_a_sentence_that_closes_some_releases_and_not_others_stays(numbers: tuple[int, ...]) -> None:
    assert not repeats(NOT_FINAL, on(*numbers))


def test_in_releases_of_one_sentence_too() -> None:
    assert not repeats(NOT_FINAL, on(1, 3, 4, 8, 11), own=1)


@pytest.mark.parametrize(
    "numbers",
    [(3, 4, 5, 6), (3, 4, 5, 7), (0, 1, 2, 3, 5, 6, 8, 9, 11)],
    ids=["for a while", "for a while with a gap", "on most pages"],
)
def test_what_a_site_puts_under_its_texts_does_not(numbers: tuple[int, ...]) -> None:
    assert repeats(NOT_FINAL, on(*numbers))


def test_a_sentence_with_a_link_is_still_one() -> None:
    linked = '<p>The order of <a href="/order">the harbour of Elsinore</a> says what boats must do.</p>'
    said = "The order of the harbour of Elsinore says what boats must do."
    assert not repeats(said, lambda number: said if number in (1, 3, 4, 8, 11) else "", linked)


def test_offers_that_take_turns_under_the_texts_do_not() -> None:
    offers = ("Visit the old court on a Sunday.", "Read our letter to all towns.", "Come and work with the judges.")
    assert repeats(offers[1], lambda number: offers[number % 3])


def test_nor_two_of_them_on_each_page() -> None:
    offers = (
        "Visit the old court on a Sunday.",
        "Read our letter to all towns.",
        "Come and work with the judges.",
        "The rooms of the court are shown.",
    )
    memory = learned(lambda number: (offers[number % 4], offers[(number + 1) % 4]))
    assert all(memory.template().repeats(fingerprint(offer)) for offer in offers)


def test_two_procedures_of_which_one_in_six_releases_has_none_stay() -> None:
    said = (
        NOT_FINAL,
        "An appeal may be lodged within a month.",
        NOT_FINAL,
        "",
        "An appeal may be lodged within a month.",
    )
    assert not repeats(NOT_FINAL, lambda number: said[number % 5])


@pytest.mark.parametrize(
    "build", ['<div class="promo">{}</div>', '<p><a href="/letter">{}</a></p>'], ids=["box", "link"]
)
def test_what_stands_in_a_box_of_its_own_or_is_a_link_does_not(build: str) -> None:
    assert repeats(NOT_FINAL, on(1, 3, 4, 8, 11), build)


def test_nor_what_does_not_look_like_text() -> None:
    assert repeats(NOT_FINAL, on(1, 3, 4, 8, 11), likely=0.2)
