"""Links to other releases within a text are told from links that say something."""

from __future__ import annotations

import time

import pytest

from archive.extract.asides import asides, folds, teasers_below, teasers_elsewhere
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.lines import line_mark
from tests.support.pages import page

URL = "https://gazette.example/2026/05/ferry"
OWN = "The ferry to the island sails again from Monday, twice a day, and takes forty cars, said the office. " * 3


def found(markup: str, url: str = URL) -> set[str]:
    """The lines of a page that are no news, where all of it is taken for its text."""
    read = blocks(parse(page(markup).encode(), ""))
    lines = {block.text for block in read}
    marks = asides(read, lines, url)
    return {line for line in lines if line_mark(line) in marks}


def test_a_line_that_only_leads_to_a_release_is_one() -> None:
    assert found(f"<p>{OWN}</p><p><a href=/2026/04/bridge>The bridge is closed again</a></p>") == {
        "The bridge is closed again"
    }
    around = f"<p>{OWN}</p><a href='//www.gazette.example/2025/11/bridge'><h4>The bridge is closed again</h4></a>"
    assert found(around) == {"The bridge is closed again"}
    dated = f"<p>{OWN}</p><ul><li><a href=/2026/04/bridge>The bridge is closed again</a> (4 April 2026)</ul>"
    assert found(dated) == {"The bridge is closed again (4 April 2026)"}


def test_a_day_may_stand_on_either_side_of_such_a_link() -> None:
    line = "<p>{}</p><ul><li><span>4 April 2026</span> <a href=/2026/04/bridge>Rain</a></ul>"
    assert found(line.format(OWN)) == {"4 April 2026 Rain"}
    assert found(f"<p>{OWN}</p><p>On 4 April: <a href=/2026/04/bridge>Rain</a></p>") == set()


def test_the_label_of_further_reading_may_stand_before_such_a_link() -> None:
    for label in ("Read also:", "Siehe auch –", "Читайте також: «"):
        line = f"{label} <a href=/2026/04/bridge>Rain at sea</a>"
        assert len(found(f"<p>{OWN}</p><p>{line}</p>")) == 1, label
    more = "Read more of the <a href=/2026/04/bridge>rain at sea</a>"
    assert found(f"<p>{OWN}</p><p>{more}</p>") == set()


def test_lines_in_scripts_without_blanks_are_told_too() -> None:
    own = (
        "<p>渡轮周一起恢复运行，每天两班，每班可载四十辆汽车，港务局表示，冬季班次将于十一月公布，票价不变，"
        "学生和老人半价。居民可在码头购票，也可以提前一天打电话预订座位，逾期不候，请大家相互转告。</p>"
    )
    links = "<ul><li><a href=/2026/04/bridge>大桥因检修再次封闭</a> 2026-04-04<li><a href=/2026/04/x>阅读全文</a></ul>"
    assert found(own + links) == {"大桥因检修再次封闭 2026-04-04"}


@pytest.mark.parametrize(
    "said",
    [
        "<a href=/2026/05/ferry#top>To the top of this page</a>",
        "<a href=/2026/05/ferry?utm_source=mail>The ferry sails again from Monday</a>",
        "<a href=/2026/04/timetable.pdf>The timetable of the ferry</a>",
        "<a href=/forms/berth>The form for a berth</a>",
        "<a href=https://harbour.example/2026/04/bridge>The bridge is closed again</a>",
        "<a href=/2026/04/bridge>Read on</a>",
        "<a>The bridge is closed again</a>",
        "<a href='http://[bad/2026/04/x'>The bridge is closed again</a>",
        "Register for the crossing until Friday: <a href=/2026/04/form>the form of the office</a>",
        "<a href=/2026/04/bridge>The bridge</a> and <a href=/forms/berth>the form for a berth</a>",
    ],
)
def test_any_other_line_is_none(said: str) -> None:
    assert found(f"<p>{OWN}</p><p>{said}</p>") == set()


CARDS = [
    f"<li><h4><a href=/2026/0{n}/x>What happened in month {n}</a></h4><time>{n} May</time><p>It rained {n} days.</p>"
    for n in range(1, 4)
]


def test_all_that_a_card_says_belongs_to_its_link_where_there_are_several() -> None:
    assert found(f"<p>{OWN}</p><ul>{CARDS[0]}{CARDS[1]}</ul>") == {
        "What happened in month 1", "1 May", "It rained 1 days.", "What happened in month 2", "2 May",
        "It rained 2 days.",
    }  # fmt: skip
    assert found(f"<p>{OWN}</p><ul>{CARDS[0]}</ul>") == {"What happened in month 1"}


def test_a_long_text_is_no_card() -> None:
    told = "".join(
        f"<section><h4><a href=/2026/0{n}/x>What happened in month {n}</a></h4><p>{n} {OWN * 3}</p></section>"
        for n in range(1, 4)
    )
    assert found(told) == {f"What happened in month {n}" for n in range(1, 4)}


def test_a_page_that_says_little_else_is_a_list_of_what_it_says() -> None:
    assert found(f"<p>The week in short.</p><ul>{''.join(CARDS)}</ul>") == set()


def test_pages_that_a_parameter_names_are_like_each_other() -> None:
    link = f"<p>{OWN}</p><p><a href='?id=7'>The bridge is closed again</a></p>"
    assert found(link, "https://gazette.example/news.php?id=9") == {"The bridge is closed again"}
    assert found(link, "https://gazette.example/news.php") == set()


def test_a_label_of_what_a_click_unfolds_is_known() -> None:
    read = blocks(
        parse(page(f"<p>{OWN}</p><details><summary><h4>Read on</h4></summary><p>{OWN}</p></details>").encode(), "")
    )
    assert folds(read, ["Read on", OWN]) == (line_mark("Read on"),)
    assert folds(read, [OWN]) == ()


TEASERS = (
    "<div><h3><a href={0}bridge>The bridge is closed</a></h3><p>Nobody knows for how long, it was said.</p></div>"
    "<div><h3><a href={0}tower>The tower leans</a></h3><p>It did so before, as old pictures show.</p></div>"
)


def below(markup: str, likely: float = 0.6) -> list[str]:
    """The passages of teasers below a text, where sentences in doubt are as likely and other lines none."""
    read = blocks(parse(f"<html><body>{markup}</body></html>".encode(), ""))
    said = [likely if block.text.endswith(".") and not block.link else 0.0 for block in read]
    scores = [
        0.95 if block.text.startswith(("The ferry to", "The ferry sails")) else score
        for block, score in zip(read, said, strict=True)
    ]
    taken = [at for at, score in enumerate(scores) if score >= 0.45]
    weights = [float(len(block.text)) for block in read]
    return [read[at].text for at in sorted(teasers_below(read, weights, scores, taken, URL))]


def test_passages_below_links_to_other_releases_are_no_text() -> None:
    told = ["Nobody knows for how long, it was said.", "It did so before, as old pictures show."]
    assert below(f"<p>{OWN}</p>" + TEASERS.format("/2026/04/")) == told
    more = "<div><p>{}</p><a href=/2026/04/{}>Read on</a></div>"
    assert below(f"<p>{OWN}</p>" + more.format(told[0], "bridge") + more.format(told[1], "tower")) == told


def test_passages_below_links_stay_that_are_sure_or_lead_elsewhere_or_are_most_of_the_text() -> None:
    assert below(f"<p>{OWN}</p>" + TEASERS.format("/2026/04/"), 0.85) == []
    assert below(f"<p>{OWN}</p>" + TEASERS.format("/projects/")) == []
    assert below(f"<p>{OWN}</p>" + TEASERS.format("#")) == []
    assert below("<p>The ferry sails.</p>" + TEASERS.format("/2026/04/")) == []
    assert below(f"<p>{OWN}</p>" + TEASERS.format("/2026/04/").split("</div>")[0] + "</div><p>It sails.</p>") == []


def row_of(cards: int, between: str = "<i>Ada Reed</i><time>9 hours ago</time>") -> str:
    """Teasers, each with whose it is and when amid it; the first is the page's own."""
    own = f"<li><h3><a href={URL}>The ferry again</a></h3>{between}<p>It leaves at six in the morning.</p></li>"
    card = (
        "<li><h3><a href=/2026/04/a{0}>What happened in week {0}</a></h3>{1}<p>In week {0} the tower leaned.</p></li>"
    )
    return f"<ul>{own}{''.join(card.format(week, between) for week in range(1, cards))}</ul>"


def test_a_row_of_teasers_may_say_names_and_days_and_hold_the_page_itself() -> None:
    text = f"<article><p>{OWN}</p></article>"
    told = ["It leaves at six in the morning.", *(f"In week {week} the tower leaned." for week in range(1, 7))]
    assert set(below(text + row_of(7), 0.4)) == set()  # not taken
    for likely in (0.6, 0.9):
        assert set(below(text + row_of(7), likely)) == set(told), likely
    assert below(f"<article><p>{OWN}</p>{row_of(7)}</article>", 0.9) == []  # sections of the text
    assert below(text + row_of(3), 0.9) == []
    own = "<p>The pier was mended in May, and it will be painted soon.</p>"
    assert below(text + row_of(7, own)) == []  # a text between


def test_a_link_right_below_the_last_passage_of_the_text_hides_no_row_below_it() -> None:
    told = ["Nobody knows for how long, it was said.", "It did so before, as old pictures show."]
    last = "The ferry to the islands waits for the last train."
    link = "<p><a href=/2026/04/timetable>The timetable of the line</a></p>"
    row = TEASERS.format("/2026/04/")
    read = blocks(parse(f"<html><body><p>{OWN}</p><p>{OWN}</p><p>{last}</p>{link}{row}</body></html>".encode(), ""))
    scores = [0.9 if block.text in (OWN.strip(), last) else 0.6 if block.text in told else 0.0 for block in read]
    taken = [at for at, score in enumerate(scores) if score >= 0.45]
    weights = [float(len(block.text)) for block in read]
    assert [read[at].text for at in sorted(teasers_below(read, weights, scores, taken, URL))] == told


def elsewhere(markup: str, *likely: float) -> list[str]:
    """The passages that another reader takes, as it takes all, and that are teasers beside a text."""
    read = blocks(parse(f"<html><body><main><h1>The ferry</h1>{markup}</main></body></html>".encode(), ""))
    told = dict(zip(TOLD, likely or (0.33, 0.33), strict=False))
    scores = [told.get(block.text, 0.0 if block.link else 0.95) for block in read]
    return [read[at].text for at in sorted(teasers_elsewhere(read, [True] * len(read), scores, 0.45, URL))]


TOLD = ("Nobody knows for how long, it was said.", "It did so before, as old pictures show.", "The tide is high.")


def test_teasers_in_a_place_of_their_own_are_no_text_however_short_the_text_is() -> None:
    short = "<div class=text><p>The ferry is late.</p></div>"
    assert elsewhere(f"{short}<section>{TEASERS.format('/2026/04/')}</section>") == list(TOLD[:2])
    third = TEASERS.split("</div>")[0].replace("Nobody knows for how long, it was said.", TOLD[2]) + "</div>"
    row = f"{short}<section>{(TEASERS + third).format('/2026/04/')}</section>"
    assert elsewhere(row, 0.33, 0.4, 0.6) == list(TOLD)
    assert elsewhere(TEASERS.format("/2026/04/")) == []  # where there is no text, they may be it


def test_parts_of_a_text_that_lead_to_other_releases_are_no_teasers() -> None:
    week = f"<div class=text><p>The ferry stops, and more of this week.</p>{TEASERS.format('/2026/04/')}</div>"
    assert elsewhere(week) == []
    beside = f"<div class=text><p>The ferry is late.</p></div><section>{TEASERS}</section>"
    assert elsewhere(beside.format("/projects/")) == []
    assert elsewhere(beside.format("/2026/04/"), 0.5, 0.33) == []
    assert elsewhere(beside.format("/2026/04/"), 0.9, 0.9) == []
    one = beside.format("/2026/04/").replace("<h3><a href=/2026/04/tower>The tower leans</a></h3>", "")
    assert elsewhere(one) == []


def test_thousands_of_lines_and_links_in_one_place_are_read_in_time() -> None:
    lines = "".join(f"<a href=/2026/04/x{n}>What happened in night {n}</a><br>{OWN} {n}<br>" for n in range(3_000))
    start = time.process_time()
    assert len(found(f"<div>{lines}</div>")) == 3_000
    assert time.process_time() - start < 5
