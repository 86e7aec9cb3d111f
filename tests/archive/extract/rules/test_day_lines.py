"""Lines around a text that only say when the page was published leave it."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import LINKED, PROSE, kept

TEXT = f"<p>{PROSE}</p><p>{PROSE}</p>"


def left(above: str = "", below: str = "") -> list[str]:
    """The lines beside the prose that are kept although every line is likely."""
    lines = {"": 0.9}
    found = kept(f"<div><h1>The pier of Karn</h1>{above}{TEXT}{below}</div><div>{LINKED}</div>", lines)
    return [line for line in found if line not in (PROSE, "The pier of Karn", "Karn Rope Walk", "Old Salt House")]


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 5 May 2026, 10:15",
        "Published on May 2, 2026 07:44 PM IST",
        "Published: Monday, January 12, 2026",
        "Updated May 2, 2026",
        "Zuletzt aktualisiert am 5. Mai 2026",
        "Опубликовано: 5 мая 2026",
        "Ημερομηνία δημοσίευσης: 5 Μαΐου 2026",
        "发布时间：2026-05-05",
        "最終更新日:2026年5月5日",
        "Дата публикации: 5 мая 2026",
        "Data da última atualização: 5 de maio de 2026",
        "Publié le 25 novembre 2025 à 17h02 - Mis à jour le 26 novembre 2025 à 9h10",
        "Published: 9.40am, 2 December 2025",
        "Published 4 May 2026 | Updated 5 May 2026",
        "6 min read",
        "Lesezeit: 3 Minuten",
        "Par Odile Marn — Publié le 4 mai 2026 · Lecture 3 min",
        "By Ada Quill | 4 May 2026",
        "Von Ada Quill – 4. Mai 2026",
    ],
)
def test_a_line_that_says_when_the_page_was_published_or_changed_leaves_the_text(line: str) -> None:
    assert left(above=f"<p>{line}</p>") == []
    assert left(below=f"<p>{line}</p>") == []


@pytest.mark.parametrize(
    "line",
    [
        "The list was last updated on 5 May 2026.",
        "Released on 5 May 2026 with a new engine",
        "Apply by 5 May 2026",
        "Effective date: 5 May 2026",
        "Updated piers: 12",
        "Seuraava katsaus julkaistaan 5.5.2026.",
        "Valid from the day of publication: 5 May 2026",
        "5 minutes",
        "It is published on 5 May 2026.",
        "Results released: 5 May 2026",
        "Next publication: 5 May 2026",
        "Record date: 5 May 2026",
        "Date: 5 May 2026",
        "Wasserstand: 5. Mai 2026",
        "Publication des résultats : 5 mai 2026",
        "Data wydarzenia: 5 maja 2026",
        "Дата проведения: 5 мая 2026",
        "会议时间:2026年5月5日",
        "发布会时间:2026年5月5日",
    ],
)
def test_a_line_that_tells_more_stays(line: str) -> None:
    assert left(above=f"<p>{line}</p>") == [line]
    assert left(below=f"<p>{line}</p>") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "<p class='date'>Monday, 4 May 2026</p>",
        "<p><time datetime='2026-05-04'>4 May 2026</time></p>",
        "<div><span class='published'>2026年5月4日</span></div>",
    ],
)
def test_a_line_marked_up_as_a_day_above_the_text_is_none_of_it(line: str) -> None:
    day = "Monday" if "Monday" in line else "4 May" if "time" in line else "2026"
    assert kept(f"<h1>Pier repaired</h1>{line}<p>{PROSE}</p>", {day: 0.8}) == [PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "<p>4 May 2026</p>",  # by no mark: perhaps what the text is about
        "<p class='date'>4 May 2026: the first day of the works</p>",
        "<p class='date'>Karn, 4 May 2026</p>",
    ],
)
def test_a_day_in_words_of_the_text_stays(line: str) -> None:
    said = {"4 May": 0.8, "Karn, 4": 0.8}
    assert len(kept(f"<h1>Pier repaired</h1>{line}<p>{PROSE}</p>", said)) == 2


APART = "<header><h1>Pier repaired</h1><div>4 May 2026</div></header>"


@pytest.mark.parametrize("head", [APART, "<div><h1>Pier repaired</h1></div><ul><li>4 May 2026</li></ul>"])
def test_a_day_below_the_headline_apart_from_the_text_is_none_of_it(head: str) -> None:
    assert kept(f"{head}<div><p>{PROSE}</p></div>", {"4 May": 0.8}) == [PROSE]


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>Pier repaired</h1><div><div>4 May 2026</div><p>{PROSE}</p></div>",
        f"<h1>Programme</h1><section><h2>4 May 2026</h2></section><div><p>{PROSE}</p></div>",
        f"{APART}<div><p>{PROSE}</p></div><div>5 May 2026</div><div><p>{PROSE}</p></div>",
        f"<div>4 May 2026</div><div><p>{PROSE}</p></div>",
    ],
    ids=["in the place of the text", "as a heading", "as one of a programme", "below no headline"],
)
def test_a_day_that_may_head_the_text_stays(page: str) -> None:
    assert "4 May 2026" in kept(page, {"4 May": 0.8, "5 May": 0.8})


def test_the_fields_of_a_page_in_a_list_named_for_them_are_none_of_the_text() -> None:
    rows = "<dt>Details</dt><dd>Published: 4 May 2026</dd><dd>Hits: 12</dd>"
    assert left(above=f"<dl class='article-info'>{rows}</dl>") == []
    assert len(left(above=f"<dl class='harbour'>{rows}</dl>")) == 3
    recall = "<li>Published: 4 May 2026</li><li>Product: Kettle K2</li><li>Hazard: burns</li>"
    assert "Hazard: burns" in left(above=f"<ul class='product-info'>{recall}</ul>")
    assert len(left(above=f"<dl class='article-info'>{rows.replace('Published', 'Opening')}</dl>")) == 3


def test_a_day_amid_the_text_stays() -> None:
    day = "<p class='date'>4 May 2026</p>"
    assert len(kept(f"<p>{PROSE}</p>{day}<p>{PROSE}</p>", {"4 May": 0.8})) == 3


def test_a_labelled_day_amid_the_text_stays() -> None:
    assert left(above=f"<p>{PROSE}</p><p>Updated: 5 May 2026</p>") == ["Updated: 5 May 2026"]


def test_a_labelled_day_among_others_stays() -> None:
    days = ["Opening: 2 May 2026", "Published: 5 May 2026", "Closing: 9 May 2026"]
    assert left(below="".join(f"<p>{day}</p>" for day in days)) == days
    items = ["Two piers", "Updated: 5 May 2026", "Four boats"]
    assert left(below="<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>") == items


def test_labelled_days_of_the_page_alone_leave_the_text_together() -> None:
    assert left(below="<ul><li>Published: 4 May 2026</li><li>Updated: 5 May 2026</li></ul>") == []


def test_a_labelled_day_below_paragraphs_in_a_table_of_the_layout_leaves_the_text() -> None:
    page = f"<table><tr><td>{TEXT}<p>Updated: 5 May 2026</p></td></tr></table>"
    assert kept(page, {"Updated": 0.9}) == [PROSE, PROSE]


LABELS = "<div class='{}'><span>4 May 2026</span><span>{}</span></div>"


def test_a_line_of_labels_of_which_the_first_is_a_day_leaves_the_text_above_it_and_below_its_lead() -> None:
    assert left(above=LABELS.format("date-line", "Boats and piers")) == []
    assert left(above=LABELS.format("top", "Boats and piers")) == ["4 May 2026Boats and piers"]
    lead = f"<p>{PROSE}</p>" + LABELS.format("meta", "Reading time: 2 min.")
    assert left(above=lead) == []
    assert left(above=lead.replace("meta", "box")) == ["4 May 2026Reading time: 2 min."]
    assert left(above="<p>4 May 2026, Boats and piers</p>") == ["4 May 2026, Boats and piers"]
    sentence = "The pier is open again for the boats of all the northern villages."
    assert left(above=f"<p><b>4 May 2026</b> <i>{sentence}</i></p>") == [f"4 May 2026 {sentence}"]


@pytest.mark.parametrize("mark", ["date", "box"])
@pytest.mark.parametrize(
    "rows",
    [
        "<ul><li class='{0}'>{1}</li><li class='{0}'>{2}</li></ul>",
        "<ul><li class='{0}'>{1}</li></ul>",
        "<p class='{0}'>{1}</p><p class='{0}'>{2}</p>",
    ],
)
def test_the_days_of_a_programme_above_the_text_stay(mark: str, rows: str) -> None:
    days = [f"<b>{day} May 2026</b> <span>{what}</span>" for day, what in ((4, "Boats open"), (5, "Piers open"))]
    found = left(above=rows.format(mark, *days))
    assert found == ["4 May 2026 Boats open", "5 May 2026 Piers open"][: rows.count("{0}")]


@pytest.mark.parametrize("asked", ["When is the pier open?", "Opening day:"])
def test_a_day_right_below_what_asks_for_it_stays(asked: str) -> None:
    page = "<div><h2>{}</h2></div><div>4 May 2026</div><div><p>{}</p></div>"
    assert "4 May 2026" in kept(page.format(asked, PROSE), {"4 May": 0.8})
    assert "4 May 2026" not in kept(page.format("Pier repaired", PROSE), {"4 May": 0.8})


def test_labels_above_the_lead_and_below_it_that_say_the_same_day_both_leave_the_text() -> None:
    above, below = LABELS.format("date-line", "Boats and piers"), LABELS.format("meta", "Reading time: 2 min.")
    assert left(above=f"{above}<p>{PROSE}</p>{below}") == []
    other = below.replace("4 May", "9 May")
    assert left(above=f"{above}<p>{PROSE}</p>{other}") == [
        "4 May 2026Boats and piers",
        "9 May 2026Reading time: 2 min.",
    ]


def test_the_day_of_the_page_right_below_its_headline_leaves_the_text() -> None:
    def lines(day: str, line: str = "<p>4 May 2026</p>") -> list[str]:
        body = f"<main><h1>The pier of Karn</h1>{line}<p>{PROSE}</p></main>"
        return kept(body, {"The pier": 0.9, "4 May": 0.9, "A walk": 0.9}, day)

    assert lines("2026-05-04") == ["The pier of Karn", PROSE]
    assert lines("2026-05-03") == lines("") == ["The pier of Karn", "4 May 2026", PROSE]
    walk = lines("2026-05-04", "<p>A walk</p><p>4 May 2026</p>")
    assert walk == ["The pier of Karn", "A walk", "4 May 2026", PROSE]


def test_a_day_below_the_headline_that_begins_a_list_of_days_stays() -> None:
    days = ["4 May 2026", "5 May 2026", "9 May 2026"]
    for rows in ("<ul><li>{}</li><li>{}</li><li>{}</li></ul>", "<p>{}</p><p>{}</p><p>{}</p>"):
        body = f"<main><h1>The fairs of Karn</h1>{rows.format(*days)}</main>"
        assert kept(body, dict.fromkeys(["The fairs", *days], 0.9), "2026-05-04") == ["The fairs of Karn", *days]
    last = kept("<main><p>4 May 2026</p><h1>The fairs</h1></main>", {"4": 0.9, "The": 0.9}, "2026-05-04")
    assert last == ["4 May 2026", "The fairs"]


@pytest.mark.parametrize(
    "lines",
    [
        ["By Ada Quill | 4 May 2026", "By Bo Wren | 6 June 2026"],
        ["The salt house of Karn, read aloud", "By Ada Quill | 4 May 2026"],
        ["Lecture: 45 min"],
    ],
)
def test_who_wrote_a_work_or_speaks_stays_below_the_text(lines: list[str]) -> None:
    assert left(below="".join(f"<p>{line}</p>" for line in lines)) == lines


def test_what_stands_beside_the_day_of_the_page_in_a_list_right_below_its_headline_leaves_the_text() -> None:
    def left_of(*items: str, above: str = "<h1>The pier of Karn</h1>", day: str = "2026-05-04") -> list[str]:
        rows = "".join(f"<li>{item}</li>" for item in items)
        lines = kept(f"<div>{above}<ul>{rows}</ul>{TEXT}</div><div>{LINKED}</div>", {"": 0.9}, day=day)
        return [line for line in lines if line in items]

    assert left_of("4 May 2026", "Topic: Piers", "<a href='/t'>Ferries</a>") == []
    assert left_of("News", "<time>4 May 2026</time>") == []
    assert left_of("4 May 2026", "Town hall", "Admission free") == ["Town hall", "Admission free"]
    assert left_of("4 May 2026", "Gates open at 10") == ["Gates open at 10"]
    assert left_of("4 May 2026", "The pier opens.") == ["The pier opens."]
    assert left_of("Piers", "Ferries") == ["Piers", "Ferries"]
    assert left_of("4 May 2026", "Topic: Piers", day="2026-05-05") == ["4 May 2026", "Topic: Piers"]
    assert left_of("4 May 2026", "Topic: Piers", above="<p>Open on:</p>") == ["4 May 2026", "Topic: Piers"]
    assert left_of("4 May 2026", "Topic: Piers", above="<h2>The pier of Karn</h2>") == []
    fair = "<h1>The pier of Karn</h1><h2>The fair of the pier at a glance</h2>"
    assert left_of("4 May 2026", "Town hall", "Admission free", above=fair) == [
        "4 May 2026",
        "Town hall",
        "Admission free",
    ]
