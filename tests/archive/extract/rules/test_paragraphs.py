"""What a click unfolds goes on with a text, and so do lines of one paragraph and what stands below the headline."""

from __future__ import annotations

import lxml.html
import pytest

from archive.extract.rules.paragraphs import below_headline
from archive.page.blocks import blocks
from tests.support.extract.judged import PROSE, kept

NOTICE = "This site keeps small files on the machine of whoever visits it, and by reading on you agree to that."


def below(body: str, scores: dict[str, float]) -> list[str]:
    """The blocks that are kept of a page that is called "Pier opens", where each that begins so was scored so."""
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    likely = [next((scores[start] for start in scores if block.text.startswith(start)), 0.1) for block in found]
    judged = below_headline(found, likely, "pieropens")
    return [block.text for block, score in zip(found, judged, strict=True) if score >= 0.5]


def test_a_paragraph_that_a_click_unfolds_goes_on_with_the_text() -> None:
    more = PROSE.replace("Monday", "Friday")
    assert kept(f"<p>{PROSE}</p><p hidden>{more}</p>", {more: 0.2}) == [PROSE, more]
    assert kept(f"<p>{PROSE}</p><div hidden><p>{more}</p></div>", {more: 0.2}) == [PROSE, more]


def test_a_hidden_notice_or_dialog_does_not() -> None:
    notice = "We use cookies on this site to give you the best experience of it that there can be."
    assert kept(f"<p>{PROSE}</p><div hidden><p>{notice}</p></div>", {}) == [PROSE]
    dialog = "Your session is about to end, and what you have written will be gone in a minute from now."
    assert kept(f"<p>{PROSE}</p><div hidden><p>{dialog}</p><button>Stay</button></div>", {}) == [PROSE]


def test_a_line_between_two_of_its_paragraph_is_kept_and_a_link_is_not() -> None:
    verse = "<p>Row on, row on<br>against the tide<br>{}<br>until the lamps are lit.</p>"
    scores = {"Row on": 0.7, "against": 0.3, "by": 0.3, "until": 0.6}
    assert len(kept(f"<p>{PROSE}</p>{verse.format('by night and day')}", scores)) == 5
    assert "by night and day" not in kept(f"<p>{PROSE}</p>{verse.format('<a href=/n>by night and day</a>')}", scores)
    assert len(kept("<p>Row on, row on</p><p>against the tide</p><p>until the lamps are lit.</p>", scores)) == 2


def test_a_notice_above_the_headline_is_not_the_text_of_what_stands_below() -> None:
    page = f"<div><p>{NOTICE}</p></div><div><h1>Pier opens</h1><div><p>{PROSE}</p></div></div>"
    assert below(page, {"This site": 0.9}) == [PROSE]
    assert below(page, {"This site": 0.9, "The harbour": 0.6}) == [NOTICE, PROSE]
    assert below(page.replace("h1", "h3"), {"This site": 0.9}) == [NOTICE]
    assert below(page.replace(PROSE, "Pictures"), {"This site": 0.9}) == [NOTICE]
    assert below(page.replace(PROSE, f"<a href='/x'>{PROSE}</a>"), {"This site": 0.9}) == [NOTICE]


BOX = "<aside><h3>The pier in figures</h3><ul><li>Length: 340 metres</li><li>Berths: 12</li></ul></aside>"
IN_BOX = ["The pier in figures", "Length: 340 metres", "Berths: 12"]


def test_a_box_of_facts_between_paragraphs_is_kept() -> None:
    amid = f"<p>{PROSE}</p>{BOX}<p>{PROSE}</p>"
    assert kept(amid, {}) == [PROSE, *IN_BOX, PROSE]
    assert kept(amid.replace("<aside>", "<aside class=infobox>"), {}) == [PROSE, *IN_BOX, PROSE]
    named = amid.replace("<h3>", "<p class=box-title>").replace("</h3>", "</p>")
    assert kept(named, {}) == [PROSE, *IN_BOX, PROSE]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ("<li><a href=/12>Berths: 12</a>", "<li>Berths: 12"),
        ("<li>Subscribe to our newsletter", "<li>Berths: 12"),
        ("<li><input type=email>", "<li>Berths: 12"),
        ("<aside class=newsletter>", "<aside>"),
        ("<aside class=author-box>", "<aside>"),
        ("<aside class=most-read>", "<aside>"),
        ("<p>The pier in figures</p>", "<h3>The pier in figures</h3>"),  # not under a heading: a writer, a day
        ("", "<h3>The pier in figures</h3><ul><li>Length: 340 metres</li>"),
    ],
)
def test_a_box_that_leads_elsewhere_asks_or_has_a_field_is_not(instead: str, words: str) -> None:
    amid = f"<p>{PROSE}</p>{BOX}<p>{PROSE}</p>".replace(words, instead)
    assert kept(amid, {}) == [PROSE, PROSE]


def test_a_box_below_the_text_or_beside_it_is_not() -> None:
    assert kept(f"<p>{PROSE}</p>{BOX}", {}) == [PROSE]
    beside = f"<div><div><div><p>{PROSE}</p></div></div></div><div><div><div>{BOX}</div></div></div><p>{PROSE}</p>"
    assert kept(beside, {}) == [PROSE, PROSE]


def test_a_bare_sentence_among_the_paragraphs_of_its_element_is_kept() -> None:
    bare = f"<p>{PROSE}</p>Two boats stay in the bay.<p>{PROSE}</p>"
    assert kept(bare, {"Two boats": 0.3}) == [PROSE, "Two boats stay in the bay.", PROSE]
    assert kept(bare, {"Two boats": 0.1}) == [PROSE, PROSE]
    for other in ("Two boats <a href='/x'>stay</a> in the bay.", "Two boats stay in the bay", "<p>Two boats stay.</p>"):
        assert kept(bare.replace("Two boats stay in the bay.", other), {"Two boats": 0.1}) == [PROSE, PROSE]


STEPS = ["1. Take the <a href='/form'>blue form</a>.", "2. Write down your berth.", "3. Leave it with the pilot."]


def test_lines_that_count_themselves_between_paragraphs_are_kept() -> None:
    steps = "".join(f"<div>{step}</div>" for step in STEPS)
    assert len(kept(f"<p>{PROSE}</p><div>{steps}</div><p>{PROSE}</p>", {})) == 5
    halves = f"<div><div>{STEPS[0]}</div></div><div><div>{STEPS[1]}</div><div>{STEPS[2]}</div></div>"
    assert len(kept(f"<p>{PROSE}</p>{halves}<p>{PROSE}</p>", {})) == 5


def test_lines_that_count_otherwise_lead_away_or_ask_are_not() -> None:
    amid = f"<p>{PROSE}</p><div>{{}}</div><p>{PROSE}</p>"
    most_read = "".join(f"<div>{at}. <a href='/{at}'>Boat number {at} sinks</a></div>" for at in (1, 2, 3))
    assert kept(amid.format(most_read), {}) == [PROSE, PROSE]
    others = "<div>1. One <a href='/boat'>boat</a>.</div><div>3. Three boats.</div><div>7. Seven boats.</div>"
    assert kept(amid.format(others), {}) == [PROSE, PROSE]
    assert kept(amid.format("<div>1. One boat.</div><div>2. Two boats.</div>"), {}) == [PROSE, PROSE]
    asking = "<div>1. One boat.</div><div>2. Subscribe to our newsletter</div><div>3. Three boats.</div>"
    assert kept(amid.format(asking), {}) == [PROSE, PROSE]


def test_many_lines_that_count_themselves_are_read_in_their_time() -> None:
    lines = "".join(f"<div>{at % 100}. Boat</div>" for at in range(15_000))
    assert kept(f"<p>{PROSE}</p>{lines}", {}) == [PROSE]


def test_a_line_that_is_hidden_by_itself_beside_the_place_of_the_text_is_none_of_it() -> None:
    message = "What you have written was sent, and it will be shown here when somebody has read it."
    text = f"<div class=text><p>{PROSE}</p></div>"
    assert kept(f"{text}<div style='display:none'>{message}</div>", {}) == [PROSE]
    assert kept(f"{text}<div style='display:none'><p>{message}</p></div>", {}) == [PROSE, message]
    assert kept(f"<section><h3>Pier</h3><div hidden>{message}</div></section>", {"Pier": 0.9}) == ["Pier", message]


def test_the_times_of_several_entries_are_kept() -> None:
    def entries(*hours: str, head: str = "<time>{}</time>") -> str:
        return "".join(f"<div class=entry>{head.format(hour)}<p>{PROSE} {hour}</p></div>" for hour in hours)

    times = ["14:10", "12.40 Uhr", "9:05 am"]
    assert [line for line in kept(entries(*times), {}) if not line.startswith("The")] == times
    assert kept(entries(*times, head="<div class=at><b>{}</b></div>"), {})[0] == times[0]
    assert kept(entries(*times[:2]), {}) == [f"{PROSE} {hour}" for hour in times[:2]]
    assert kept(entries("14", "300", "7:5"), {})[0].startswith("The")
    assert kept(entries(*times, head="<a href='/e'>{}</a>"), {})[0].startswith("The")


@pytest.mark.parametrize(
    "text",
    [
        "<p>{0}<span style='display:none'>{1}</span> <a href='#'>More</a></p>",
        "<p>{0}</p><blockquote><p>{0}</p></blockquote><p style='display:none'>{1}</p>",
        "<p>{0}</p><div class=rest><p style='display:none'>{1}</p></div>",
        "<p>{0}</p><ul><li>{0}</li><li hidden>{1}</li></ul>",
        "<div class=tab><p>{0}</p></div><div class=tab style='display:none'>{1}</div>",
    ],
)
def test_the_rest_of_a_text_that_a_click_shows_is_kept(text: str) -> None:
    more = "The ferries wait outside of the bay until the last of the boats has left it, as they did before."
    assert more in kept(f"<div class=text>{text.format(PROSE, more)}</div>", {more: 0.2})
