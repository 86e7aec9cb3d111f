"""The rows of a form are its text, though each is on many pages; what a site puts on all of them is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.template import Template, TemplateBuilder, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint

SKIES = ("clear", "cloudy", "misty")
FOLLOW = ("Follow the ferries of Elsinore", "Printed at Elsinore")
START = datetime(2026, 1, 1, tzinfo=UTC)


def rows(number: int) -> list[str]:
    days = ("Monday", "Tuesday", "Friday")
    return [f"{day}: {SKIES[number // 3**at % 3]}, wind {number} knots" for at, day in enumerate(days)]


def offers(number: int) -> list[str]:
    """Two of six offers, those of a page wherever they fall."""
    of = ("tickets", "rooms", "boots", "bread", "lessons", "boats")
    return [f"Our {of[number % 6]} are the best", f"Our {of[(number + 1 + number // 6) % 6]} are the best"]


def template_of(lists: list[list[str]], likely: float = 0.8, link: str = "{}") -> Template:
    memory = TemplateBuilder()
    for number, one in enumerate(lists):
        name = chr(97 + number)
        own = "".join(f"<p>Pier {name}{part} was opened to the boats of {part}{name}ville.</p>" for part in "klmn")
        items = "".join(f"<li>{link.format(row)}</li>" for row in one)
        found = blocks(parse(f"<body><main>{own}<ul>{items}</ul></main></body>".encode()))
        marks = [fingerprint(block.text) for block in found]
        page = sample(f"page{number}", found, marks, article=True, likely=[likely] * len(found))
        learn(memory, page, START + timedelta(days=number))
    return memory.template()


def test_rows_that_are_chosen_for_each_page_are_no_boilerplate() -> None:
    template = template_of([rows(number) for number in range(18)])
    assert not any(template.repeats(fingerprint(row)) for row in rows(7))


def test_rows_that_stand_each_in_their_own_field_are_no_boilerplate() -> None:
    lists = [[f"Sky: {SKIES[n % 3]}", f"Sea: {SKIES[n // 3 % 3]}", f"Air: {SKIES[n // 9 % 3]}"] for n in range(18)]
    template = template_of(lists)
    assert not any(template.repeats(fingerprint(row)) for row in lists[7])


@pytest.mark.parametrize(
    ("lists", "likely", "link"),
    [
        ([rows(7)] * 18, 0.8, "{}"),
        ([rows(number) for number in range(18)], 0.05, "{}"),
        ([rows(number) for number in range(18)], 0.8, "<a href=/sky>{}</a>"),
        ([[*FOLLOW, rows(number)[0]] for number in range(18)], 0.8, "{}"),
        ([offers(number) for number in range(24)], 0.8, "{}"),
        ([rows(number)[:1] for number in range(18)], 0.8, "{}"),
    ],
    ids=["the same", "unlikely", "links", "one that alternates", "offers", "one row"],
)
def test_what_a_site_puts_on_its_pages_is_boilerplate(lists: list[list[str]], likely: float, link: str) -> None:
    template = template_of(lists, likely, link)
    assert template.repeats(fingerprint(lists[7][0]))
