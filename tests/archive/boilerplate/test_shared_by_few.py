"""A paragraph that a few releases of one matter share is theirs; what a site puts into texts for a while is its own."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.shared_by_few import shared_by_few
from archive.boilerplate.template import TemplateBuilder, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint

QUOTE = (
    "“A river that people can bathe in is what every town on the Elsin owes its children,” said the mayor, Ada Marsh."
)
FOLLOW = "Follow the harbour office of Elsinore wherever you like to read, and never miss a ferry of ours again."
START = datetime(2026, 1, 1, tzinfo=UTC)


def learned(lines_of: dict[int, int], said: str = QUOTE, offer: str = "") -> TemplateBuilder:
    """Sixteen pages; on these a paragraph stands, each with its line. Between the second and the third is an offer."""
    memory = TemplateBuilder()
    for number in range(16):
        name = chr(97 + number)
        lines = [f"Pier {name}{part} was opened to the boats of {name}ville and {part}{name}." for part in "klmnop"]
        if number in lines_of:
            lines.insert(lines_of[number], said)
        told = [f"<p>{line}</p>" for line in [*lines, FOLLOW]]
        told.insert(2, offer)
        found = blocks(parse(f"<body><main><h1>Pier {name}</h1>{''.join(told)}</main></body>".encode()))
        one = sample(f"page{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, START + timedelta(days=number))
    return memory


def are_shared(memory: TemplateBuilder) -> set[int]:
    pages = memory.pages()
    counts = Counter(mark for page in pages for mark in set(page.marks))
    return shared_by_few(pages, {mark: range(count) for mark, count in counts.items() if count >= 3})


def test_a_quote_amid_a_few_releases_of_one_month_is_no_boilerplate() -> None:
    assert are_shared(learned({3: 1, 4: 2, 5: 5, 7: 3})) == {fingerprint(QUOTE)}
    assert are_shared(learned({3: 2, 4: 2, 5: 2})) == {fingerprint(QUOTE)}, "three have it at one line by chance"


def test_it_stays_in_the_text_beside_an_offer_that_all_pages_have() -> None:
    offer = "<aside><p>Book a tour of the harbour of Elsinore today, and pay less for it.</p></aside>"
    template = learned({3: 1, 4: 2, 5: 1, 7: 2}, offer=offer).template()
    assert not template.repeats(fingerprint(QUOTE))
    assert template.repeats(fingerprint(FOLLOW))


@pytest.mark.parametrize(
    "lines_of",
    [
        {3: 0, 4: 0, 5: 0, 7: 0},
        {3: 6, 4: 6, 5: 6, 7: 6},
        dict.fromkeys(range(3, 9), 2),
        {number: 1 + number % 4 for number in range(12)},
    ],
    ids=["first", "last", "one line of many", "on most pages"],
)
def test_what_a_site_puts_into_texts_for_a_while_is_not_theirs(lines_of: dict[int, int]) -> None:
    assert not are_shared(learned(lines_of))


def test_nor_is_a_short_line() -> None:
    assert not are_shared(learned({3: 1, 4: 2, 5: 5, 7: 3}, said="Harbour news"))
