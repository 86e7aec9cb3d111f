"""Sentences of a series keep their new figures; counters, days and years do not make a series."""

from __future__ import annotations

from datetime import UTC, datetime

import lxml.html
import pytest

from archive.boilerplate.sample import sample
from archive.boilerplate.template import Template, TemplateBuilder, learn
from archive.page.blocks import blocks
from archive.text.fingerprint import fingerprint

PARTS = (
    "quay",
    "crane",
    "gull",
    "rope",
    "tide",
    "mast",
    "sail",
    "oar",
    "keel",
    "deck",
    "bow",
    "stern",
    "anchor",
    "buoy",
)
WORDS = (*PARTS, "lamp", "wave", "dune", "reed", "cliff", "cove")


def template_of(lines: list[str], likely: float | None = None) -> Template:
    """The template of pages that hold one of the lines each, between words of their own."""
    memory = TemplateBuilder()
    for number, line in enumerate(lines):
        own = f"<p>{' '.join(f'{word}{chr(97 + number)}' for word in WORDS)} rests.</p>"
        found = blocks(
            lxml.html.document_fromstring(f"<body>{own}<p>{line}</p><p>Harbour office of Portvale</p></body>")
        )
        marks = [fingerprint(block.text) for block in found]
        judged = [likely] * len(found) if likely is not None else []
        page = sample(f"page{number}", found, marks, article=True, likely=judged)
        learn(memory, page, datetime(2026, 3, 1 + number, tzinfo=UTC))
    return memory.template()


def test_a_sentence_with_new_figures_is_no_boilerplate() -> None:
    lines = [f"The ferries of Portvale carried {300 + 7 * n}.{n} thousand people across the sound." for n in range(5)]
    assert not template_of(lines).repeats(fingerprint(lines[0]))


def test_new_figures_count_wherever_they_stand_in_a_sentence() -> None:
    line = "In {month} 2026 the office of Portvale and all its outer quays together landed fish for {n}.5 crowns."
    lines = [line.format(month=month, n=40 + n) for n, month in enumerate(("March", "April", "May", "June", "July"))]
    assert line.index("{n}") > 80
    assert not template_of(lines).repeats(fingerprint(lines[0]))


@pytest.mark.parametrize(
    ("line", "is_boilerplate"),
    [
        ("{n}月の魚の水揚げは{n}.5%増え、前の年を上回りました。", False),
        ("本月港口卸鱼{n}吨，比去年同期多，海湾渔民表示满意。", False),
        ("{n}月の魚の水揚げは、前の年の同じ月を大きく上回りました。", True),
        ("2026年{n}月{n}日、係の者がこのページの内容をすべて確かめました。", True),
        ("{n}人が、今日読みました", True),
    ],
    ids=["figures", "Chinese", "month alone", "day", "counter"],
)
def test_a_sentence_in_a_script_without_blanks_may_be_short(line: str, is_boilerplate: bool) -> None:
    lines = [line.format(n=4 + n) for n in range(5)]
    marks = {fingerprint(one) for one in lines}
    assert any(map(template_of(lines).repeats, marks)) is is_boilerplate


MONTHS = ("March", "April", "May", "June", "July")


@pytest.mark.parametrize(
    ("line", "likely", "is_boilerplate"),
    [
        ("The council meets on {n} {month} at 19:00 in the town hall.", 0.9, False),
        ("Unemployment rose in {month}.", 0.9, False),
        ("The council meets in the town hall.", 0.9, True),
        ("Last seen in {month}", 0.9, True),
        ("Printed in {month}.", 0.2, True),
        ("Printed {month}.", 0.9, True),
    ],
    ids=["day", "month", "same", "no sentence", "no text", "next to no words"],
)
def test_a_sentence_of_the_text_that_says_another_day_each_time_is_no_boilerplate(
    line: str, likely: float, is_boilerplate: bool
) -> None:
    lines = [line.format(n=3 + n, month=month) for n, month in enumerate(MONTHS)]
    assert template_of(lines, likely).repeats(fingerprint(lines[0])) is is_boilerplate


def test_a_page_shows_so_much_of_its_passages_and_no_more() -> None:
    found = blocks(lxml.html.document_fromstring("<p>" + "</p><p>".join(["quay " * 40 + "12"] * 400) + "</p>"))
    page = sample("page", found, [fingerprint(block.text) for block in found], article=True)
    assert sum(map(len, page.shown)) < 6000 + 240 + 16 * 400


@pytest.mark.parametrize(
    "line",
    [
        "The harbour office answers questions on 555 {same} until five every working day.",
        "Harbour office of Portvale, since 2001; all that stands here may be used, 20{two} and after.",
        "This page of the harbour office was last looked through on {day} March 2026 by its keeper.",
        "Read {n} times, liked {n} times so far",
        "All that the harbour office of Portvale and its outer quays say here may be used, since {day} March 20{two}.",
    ],
    ids=["same", "year", "day", "counter", "late year"],
)
def test_what_is_the_same_but_for_days_and_counters_is_boilerplate(line: str) -> None:
    lines = [line.format(same=1234, two=20 + n, day=3 + n, n=41 + n) for n in range(5)]
    assert template_of(lines).repeats(fingerprint(lines[0]))


@pytest.mark.parametrize(
    ("row", "is_boilerplate"),
    [
        ("<td>Northern quay</td><td>{n}</td><td>{n}.5 %</td>", False),
        ("<td>Fish landed</td><td>1,{n}0 tons</td>", False),
        ("<td>Northern quay</td><td>12</td><td>14</td>", True),
        ("<td>Issued</td><td>{day} March 2026</td>", True),
        ("<td>Number</td><td>{n}/2026</td>", True),
    ],
    ids=["figures", "unit", "same", "day", "number"],
)
def test_a_row_with_new_figures_is_no_boilerplate_and_one_with_a_new_day_is(row: str, is_boilerplate: bool) -> None:
    tables = [f"<table><tr>{row.format(n=41 + n, day=3 + n)}</tr></table>" for n in range(5)]
    shown = [block.text for block in blocks(lxml.html.document_fromstring(f"<body>{tables[0]}</body>"))]
    assert template_of(tables).repeats(fingerprint(shown[0])) is is_boilerplate
