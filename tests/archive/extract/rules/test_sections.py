"""Sections of one build: a guide's entries are text together, and comments or teasers in doubt are none."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
import pytest

from archive.extract.rules.sections import at_places_of_text, in_sections, rows_between
from archive.page.blocks import Block, blocks

TELLS = "It opens at nine on weekdays, and whoever comes by ferry pays half of the price at the gate."
NAMES = ("Old Mint", "Quay Nine", "Salt House", "Rope Walk", "Mill Barn")


def page_of(body: str) -> list[Block]:
    return blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


def guide(entry: str = "<h3>{name}</h3><p>The {name} stands by the harbour. {tells}</p>") -> str:
    return (
        "<main>" + "".join(f"<div class=entry>{entry.format(name=one, tells=TELLS)}</div>" for one in NAMES) + "</main>"
    )


def taken(found: Sequence[Block], likely: Sequence[float]) -> list[str]:
    return [found[at].text for at in sorted(in_sections(found, likely))]


def scored(found: Sequence[Block], *scores: float, heading: float = 0.1) -> list[float]:
    """The paragraphs' likelihoods in their order, the last for all that are left."""
    given = iter(scores)
    last = scores[-1]
    return [next(given, last) if len(block.text) > 60 else heading for block in found]


def test_entries_in_doubt_are_taken_with_their_headings() -> None:
    found = page_of(guide())
    told = taken(found, scored(found, 0.6, 0.4, 0.4, 0.35))
    assert told == [line for one in NAMES for line in (one, f"The {one} stands by the harbour. {TELLS}")]


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ((0.9, 0.9, 0.1, 0.1), "the larger part is unlikely"),
        ((0.2, 0.2), "all are unlikely"),
        ((0.9, 0.9, 0.9, 0.9, 0.01), "none is in doubt"),
    ],
)
def test_sections_of_which_most_are_unlikely_or_sure_stay_as_they_are(scores: tuple[float, ...], why: str) -> None:
    found = page_of(guide())
    assert taken(found, scored(found, *scores)) == [], why


@pytest.mark.parametrize(
    "entry",
    [
        "<p>The {name} stands by the harbour. {tells}</p>",
        "<h3>{name}</h3><p><a href=/x>The {name} stands by the harbour. {tells}</a></p>",
        "<h3>{name}</h3><figure><img src=x><figcaption>The {name} stands by the harbour. {tells}</figcaption></figure>",
        "<h3>{name}</h3><p>Open at nine.</p>",
    ],
    ids=["a paragraph alone", "links", "captions", "no paragraph"],
)
def test_what_is_no_section_with_a_paragraph_and_a_line_is_left(entry: str) -> None:
    found = page_of(guide(entry))
    assert taken(found, [0.4] * len(found)) == []


def test_what_a_few_of_the_sections_have_beside_is_left() -> None:
    offer = f"<div class=offer><span>Subscribe by Friday and read every guide of this house. {TELLS}</span></div>"
    found = page_of(guide().replace("<h3>Quay Nine", f"{offer}<h3>Quay Nine"))
    told = taken(found, scored(found, 0.4))
    assert len([line for line in told if "stands by the harbour" in line]) == len(NAMES)
    assert not any("Subscribe" in line for line in told)


def test_three_sections_are_no_row() -> None:
    found = page_of("".join(f"<div class=entry><h3>{one}</h3><p>{TELLS}</p></div>" for one in NAMES[:3]))
    assert taken(found, scored(found, 0.4)) == []


PROSE = "The harbour board met on Monday and agreed to repair the long pier before the winter storms arrive."
FIGURES = "".join(
    f"<div class='fact'><div class='number'>{number}</div><div class='of'>{what}</div></div>"
    for number, what in (("41", "boats"), ("52 %", "fewer accidents"), ("9", "pilots"))
)


def rows(body: str) -> list[str]:
    found = blocks(lxml.html.document_fromstring(f"<html><body><main>{body}</main></body></html>"))
    likely = [0.9 if block.text == PROSE else 0.1 for block in found]
    return [found[at].text for at in rows_between(found, likely)]


def test_key_figures_between_paragraphs_are_a_row() -> None:
    body = f"<p>{PROSE}</p><div class='facts'>{FIGURES}</div><p>{PROSE}</p>"
    assert rows(body) == ["41", "boats", "52 %", "fewer accidents", "9", "pilots"]


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("boats", "<a href='/b'>boats</a>"),
        ("boats", "Subscribe to our newsletter"),
        ("'of'", "'photo-credit'"),
        ("'facts'", "'share'"),
    ],
)
def test_what_leads_elsewhere_asks_or_is_called_so_is_none(words: str, instead: str) -> None:
    body = f"<p>{PROSE}</p><div class='facts'>{FIGURES}</div><p>{PROSE}</p>"
    assert rows(body.replace(words, instead)) == []


def test_below_the_last_paragraph_and_in_another_place_there_is_none() -> None:
    assert rows(f"<p>{PROSE}</p><div class='facts'>{FIGURES}</div>") == []
    deep = "<div><div><div><div><div>"
    assert rows(f"{deep}<p>{PROSE}</p></div></div></div></div></div><div>{FIGURES}</div><p>{PROSE}</p>") == []


def test_a_row_has_three_parts_of_one_build_at_least() -> None:
    two = FIGURES.rsplit("<div class='fact'>", 1)[0]
    assert rows(f"<p>{PROSE}</p><div class='facts'>{two}</div><p>{PROSE}</p>") == []


def story(*scores: float) -> list[str]:
    """The paragraphs taken of a story that is cut in two by an offer, with these likelihoods."""
    first, last = (f"<div class=body>{''.join(f'<p>{name}. {TELLS}</p>' for name in names)}</div>" for names in HALVES)
    found = page_of(f"<main>{first}<div class=offer><p>An offer of this house. {TELLS}</p></div>{last}</main>")
    likely = [*scores[:3], 0.2, *scores[3:]]
    return [found[at].text.partition(".")[0] for at in sorted(at_places_of_text(found, likely))]


HALVES = (NAMES[:3], NAMES[3:])


def test_paragraphs_in_doubt_go_with_those_of_their_build_that_are_text() -> None:
    assert story(0.9, 0.9, 0.8, 0.2, 0.15) == ["Rope Walk", "Mill Barn"]
    assert story(0.9, 0.8, 0.2, 0.2, 0.2) == ["Salt House", "Rope Walk", "Mill Barn"]


def test_a_single_paragraph_in_doubt_or_a_place_without_much_text_stays() -> None:
    assert story(0.9, 0.9, 0.8, 0.9, 0.2) == []
    assert story(0.9, 0.2, 0.2, 0.2, 0.2) == []
    assert story(0.9, 0.9, 0.8, 0.1, 0.1) == []


def test_a_short_sentence_right_below_a_paragraph_in_doubt_goes_with_it() -> None:
    body = f"<div><p>One. {TELLS}</p><p>Two. {TELLS}</p></div><div><p>Offer</p></div><div><p>Ten. {TELLS}</p>{{}}</div>"
    for short, goes in (("<p>It rains.</p>", True), ("<p>Photo: Vind</p>", False), ("<div>It rains.</div>", False)):
        found = page_of(f"<main>{body.format(short)}</main>")
        likely = [0.9, 0.9, 0.1, 0.3, 0.3]
        assert at_places_of_text(found, likely) == ({3, 4} if goes else set())


def test_a_row_may_stand_in_the_place_of_the_text_itself() -> None:
    assert rows(f"<p>{PROSE}</p>{FIGURES}<p>{PROSE}</p>") == ["41", "boats", "52 %", "fewer accidents", "9", "pilots"]
