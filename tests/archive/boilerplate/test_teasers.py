"""The first sentence of a release stays its text where other pages show it in a link to that release."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.template import Template, TemplateBuilder, changed, learn
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint
from tests.support.pages import page, paragraphs, release

LEAD = "Skagen harbour lowered its fees for the mail boats of the outer islands."
CARD = f"<aside><a href='/lead'><h3>Lower fees</h3><p>{LEAD}</p></a></aside>"


def template_of(with_text: int) -> Template:
    """The template of eight pages: some have the sentence as their text, the others in a card that is a link."""
    memory = TemplateBuilder()
    for number in range(8):
        text = paragraphs([LEAD, *release(number)[1]] if number < with_text else release(number)[1])
        found = blocks(parse(page(text + ("" if number < with_text else CARD), f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    return memory.template()


@pytest.mark.parametrize(("with_text", "repeats"), [(0, True), (1, False), (4, True)])
def test_what_is_the_text_of_one_page_and_a_link_elsewhere_is_no_boilerplate(with_text: int, repeats: bool) -> None:
    assert template_of(with_text).repeats(fingerprint(LEAD)) is repeats


TITLE = "<h3><a href='/lead'>Lower fees in Skagen</a></h3>"
BESIDE = f"<aside><ul><li>{TITLE}<p>3 March 2026</p><p>{LEAD}</p></li></ul></aside>"


@pytest.mark.parametrize(("title", "repeats"), [("Lower fees in Skagen", False), ("Another release of that day", True)])
def test_what_stands_below_the_linked_title_of_the_page_that_says_it_is_no_boilerplate(
    title: str, repeats: bool
) -> None:
    memory = TemplateBuilder()
    for number in range(8):
        text = (
            f"<h1>{title}</h1>" + paragraphs([LEAD, *release(0)[1]]) if number == 0 else paragraphs(release(number)[1])
        )
        found = blocks(parse(page(text + ("" if number == 0 else BESIDE), f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert memory.template().repeats(fingerprint(LEAD)) is repeats


@pytest.mark.parametrize(
    ("lead", "owners", "repeats"),
    [
        ("10月に港を出た郵便船は1385隻で、前年より5.6%増えた。", 1, False),
        ("10月に港を出た郵便船は1385隻で、前年より5.6%増えた。", 5, True),
        ("In October 1,385 boats left.", 1, True),
    ],
    ids=["the text of one page", "what many pages say", "a few words"],
)
def test_a_sentence_without_blanks_is_one_from_fewer_characters_on(lead: str, owners: int, repeats: bool) -> None:
    assert len(lead) < len(LEAD) / 2
    beside = f"<aside><ul><li>{TITLE}<p>{lead}</p></li></ul></aside>"
    memory = TemplateBuilder()
    for number in range(10):
        own = f"<h1>Lower fees in Skagen</h1><p>{lead}</p>" if number == 0 else "<h1>Something else</h1>"
        own += f"<p>{lead}</p>" if 0 < number < owners else ""
        text = own + paragraphs(release(number)[1]) + ("" if number < owners else beside)
        found = blocks(parse(page(text, f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert memory.template().repeats(fingerprint(lead)) is repeats


@pytest.mark.parametrize(("namesakes", "repeats"), [(1, False), (9, True)])
def test_a_title_that_some_releases_share_is_still_that_of_the_page_that_says_the_sentence(
    namesakes: int, repeats: bool
) -> None:
    memory = TemplateBuilder()
    for number in range(20):
        title = "<h1>Lower fees in Skagen</h1>" if number <= namesakes else ""
        text = title + paragraphs([LEAD, *release(0)[1]] if number == 0 else release(number)[1])
        found = blocks(parse(page(text + ("" if number == 0 else BESIDE), f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert memory.template().repeats(fingerprint(LEAD)) is repeats


def test_of_several_teasers_in_a_row_each_belongs_to_the_title_right_above_it() -> None:
    leads = {n: f"Skagen harbour lowered its fees for the mail boats of island {word}." for n, word in enumerate(WORDS)}
    cards = "".join(
        f"<li><h3><a href='/{n}'>Lower fees on island {WORDS[n]}</a></h3><p>{lead}</p></li>"
        for n, lead in leads.items()
    )
    memory = TemplateBuilder()
    for number in range(12):
        own = f"<h1>Lower fees on island {WORDS[number]}</h1>" if number in leads else "<h1>Something else</h1>"
        text = own + paragraphs([*filter(None, [leads.get(number)]), *release(number)[1]])
        found = blocks(parse(page(text + f"<aside><ul>{cards}</ul></aside>", f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert [memory.template().repeats(fingerprint(lead)) for lead in leads.values()] == [False] * 4


WORDS = ("Orlin", "Valdora", "Quill", "Ister")


def test_the_first_sentences_of_a_series_that_differ_in_figures_are_those_of_its_releases() -> None:
    def lead(number: int) -> str:
        return f"Skagen harbour counted {300 + number} mail boats from the outer islands this month."

    cards = "".join(
        f"<li><h3><a href='/{n}'>Boats counted in {WORDS[n]}</a></h3><p>{lead(n)}</p></li>" for n in range(3)
    )
    memory = TemplateBuilder()
    for number in range(12):
        own = f"<h1>Boats counted in {WORDS[number]}</h1><p>{lead(number)}</p>" if number < 3 else "<h1>Something</h1>"
        text = own + paragraphs(release(number)[1]) + f"<aside><ul>{cards}</ul></aside>"
        found = blocks(parse(page(text, f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert not memory.template().repeats(fingerprint(lead(0)))


NEWEST = "<ul>" + "".join(f'<li><a href="/{name}">Pier {name} is open</a></li>' for name in "abc") + "</ul>"


def learned_of(first: str, listed: str, on: range = range(9)) -> Template:
    """The template of nine pages, of which the first has a heading of its own; on these stands a list."""
    memory = TemplateBuilder()
    for number in range(9):
        heading = first if number == 0 else f"Boat {'abcdefghi'[number]} sails"
        text = f"<h1>{heading}</h1>{paragraphs(release(number)[1])}{listed if number in on else ''}"
        found = blocks(parse(page(text, f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    return memory.template()


@pytest.mark.parametrize("on", [range(9), range(1, 6)], ids=["of the newest", "of related releases"])
def test_a_headline_that_lists_of_other_pages_link_is_a_headline(on: range) -> None:
    title = "Pier a is shut"
    template = learned_of(title, NEWEST.replace("Pier a is open", title), on)
    assert template.repeats(fingerprint(title))
    assert not template.names_no_page(fingerprint(title))


def test_a_short_entry_of_the_menu_is_none_where_a_page_has_it_as_heading() -> None:
    template = learned_of("Speeches", '<ul><li><a href="/s">Speeches</a></li></ul>')
    assert template.names_no_page(fingerprint("Speeches"))


def test_a_heading_of_many_pages_is_none() -> None:
    title = "From the harbour office of the isles of Karn"
    memory = TemplateBuilder()
    for number in range(9):
        shown = f"<h1>{title}</h1>" if number % 2 else f"<p><a href='/office'>{title}</a></p>"
        found = blocks(parse(page(shown + paragraphs(release(number)[1]), f"Page {number}").encode()))
        one = sample(f"p{number}", found, [fingerprint(block.text) for block in found], article=True)
        learn(memory, one, datetime(2026, 3, 1 + number, tzinfo=UTC))
    assert memory.template().names_no_page(fingerprint(title))


def test_what_becomes_a_headline_has_another_verdict() -> None:
    mark = 7
    assert changed(Template(), Template(headlines=frozenset({mark}))) == {mark}
