"""Days on pages that state none: which place is looked at first, and which is not the page's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.metadata import fallback_date
from archive.metadata.fallback_date import FallbackDate
from archive.page.html import parse

SEEN = datetime(2026, 6, 1, tzinfo=UTC)


def _find(body: str) -> FallbackDate | None:
    return fallback_date.find(parse(f"<html><body>{body}</body></html>".encode()), "DMY", SEEN)


def _last_change(body: str) -> str:
    return fallback_date.last_change(parse(f"<html><body>{body}</body></html>".encode()), "DMY", SEEN)


def test_an_element_marked_as_a_date_comes_before_a_sentence_and_a_script() -> None:
    script = '<script>var page = {"datePublished": "2026-03-03"}</script>'
    sentence = "<p>This article was published on 2 March 2026.</p>"
    marked = '<span class="post-date">1 March 2026</span>'
    assert _find(script + sentence + marked) == FallbackDate("2026-03-01", "text")
    assert _find(script + sentence) == FallbackDate("2026-03-02", "text")
    assert _find(script) == FallbackDate("2026-03-03", "script")


def test_the_day_of_a_comment_or_an_update_is_not_the_pages() -> None:
    for mark in ("comment-date", "date-modified", "event-date", "related-date"):
        assert _find(f'<span class="{mark}">1 March 2026</span>') is None


def test_a_day_in_an_unmarked_element_is_none() -> None:
    assert _find("<span>1 March 2026</span>") is None


def test_a_day_after_the_capture_is_not_believed() -> None:
    body = '<span class="date">1 March 2031</span><div class="date">4 March 2026</div>'
    assert _find(body) == FallbackDate("2026-03-04", "text")


def test_a_marked_day_of_something_else_is_not_the_pages() -> None:
    for line in ("Deadline: 1 March 2026", "Valid until 1 March 2026", "4 February – 1 March 2026"):
        assert _find(f'<p class="info">{line}</p>') is None


def test_a_text_too_long_for_a_date_is_passed_over() -> None:
    assert _find(f'<div class="date">1 March 2026 {"the ferry sails on " * 8}</div>') is None


def test_an_attribute_states_a_day_and_so_does_a_name() -> None:
    assert _find('<section data-published="2026-04-05">Ferry</section>') == FallbackDate("2026-04-05", "text")
    seconds = '<span class="{}" data-timestamp="1775563200"></span>'
    assert _find(seconds.format("js-published")) == FallbackDate("2026-04-07T12:00:00+00:00", "text")
    assert _find(seconds.format("player")) is None
    named = fallback_date.find(parse(b'<body id="item20260406"><p>Ferry</p></body>'), "DMY", SEEN)
    assert named == FallbackDate("2026-04-06", "text")


def test_the_last_change_is_read_from_its_own_sentence() -> None:
    assert _last_change("<p>This page was last edited on 5 May 2026.</p>") == "2026-05-05"
    assert _last_change("<p>Zuletzt geändert am 6. Mai 2026</p>") == "2026-05-06"
    assert _last_change("<p>The ferry sailed on 5 May 2026.</p>") == ""
    assert _last_change("<p>Site last updated 5 May 2026</p>") == ""


def test_of_two_the_last_on_the_page_counts() -> None:
    body = "<p>Last updated 1 May 2026</p><p>Ferry.</p><footer>Last updated 3 May 2026</footer>"
    assert _last_change(body) == "2026-05-03"


def test_of_several_days_in_a_sidebar_none_is_the_pages() -> None:
    event = '<li><span class="date">{} May 2026</span> Choir</li>'
    events = f'<aside class="sidebar"><ul>{event.format(3)}{event.format(9)}</ul></aside>'
    assert _find(events) is None
    assert _find(f'{events}<div class="date">1 May 2026</div>') == FallbackDate("2026-05-01", "text")
    assert _find(f'<aside class="sidebar"><ul>{event.format(3)}</ul></aside>') == FallbackDate("2026-05-03", "text")


def test_a_place_that_holds_the_headline_stands_not_apart_whatever_it_is_called() -> None:
    own, event = '<div class="date">3 May 2026</div>', '<div class="date">9 May 2026</div>'
    for name in ("page-with-sidebar", "has-sidebar", "single-post comments-open"):
        assert _find(f'<div class="{name}"><h1>Quay</h1>{own}</div>{event}') == FallbackDate("2026-05-03", "text")
    assert _find(f'<div class="sidebar"><h2>Choirs</h2>{event}{own}</div>') is None


def test_a_box_beside_the_text_may_say_which_of_its_days_is_that_of_the_publication() -> None:
    def box(*lines: str) -> str:
        return '<div class="sidebar">' + "".join(f'<p class="date">{line}</p>' for line in lines) + "</div>"

    found = FallbackDate("2026-05-03", "text")
    assert _find(box("Published 3 May 2026", "Updated 9 May 2026")) == found
    assert _find(box("Date of publication: 3 May 2026", "Valid until 9 June 2026")) == found
    assert _find(box("Updated 9 May 2026", "3 May 2026")) == found
    assert _find(box("Published 3 May 2026", "Published 9 May 2026")) is None


def _searched(body: str, url: str = "https://tamsk.example/news/ferry") -> str:
    page = f"<html><head><title>Ferry</title></head><body><h1>Ferry</h1>{body}</body></html>"
    return fallback_date.searched_day(parse(page.encode()), url, SEEN)


TEXT = "<p>The ferry sails to the island and back, six times a day, and all children of the town sail free.</p>"


@pytest.mark.parametrize(
    "line", ["<p>17 April 2026</p>", "<p>By Ada Quill, 17 April 2026</p>", "<time>17 April 2026</time>",
             '<p><abbr title="Friday, 17 April 2026 at 4:00">a while ago</abbr></p>']
)  # fmt: skip
def test_a_day_that_the_page_says_apart_from_its_sentences_is_believed(line: str) -> None:
    assert _searched(TEXT * 3 + line) == "2026-04-17"


@pytest.mark.parametrize(
    "line",
    [
        "<p>The ferry house was opened on 17 April 2019 by the mayor, and has had a million guests since then.</p>",
        "<p>Ada Quill was born on 17 April 1991.</p>",
        "<p>Applications until 17 April 2026</p>",
        "<p>Public meeting: 17 April 2026</p>",
        "<p>The ferry house was opened on <b>17 April 2019</b> by the mayor.</p>",
        '<img src="/uploads/2019/04/17/ferry.jpg">',
        '<p><a href="https://seawire.example/2019/04/17/ferry.html">Seawire on the ferry</a></p>',
        "<style>/* 17/04/2019 */ p {color: red}</style>",
        '<script src="/site.js?ver=20190417"></script>',
        '<span class="updated">2019-04-17</span>',
    ],
)
def test_a_day_that_stands_in_a_sentence_or_an_address_is_not_believed(line: str) -> None:
    assert _searched(TEXT * 3 + line) == ""


def test_a_day_that_the_address_of_the_page_has_among_its_figures_is_believed() -> None:
    picture = '<img src="/uploads/2026/04/17/ferry.jpg">'
    assert _searched(TEXT + picture, "https://tamsk.example/article/A20260417143200051") == "2026-04-17"


def test_data_for_programs_are_read_in_a_meta_too() -> None:
    told = """<meta name="schema" content='{"@type":"Article","datePublished":"2026-04-17"}'>"""
    assert _find(told) == FallbackDate("2026-04-17", "script")
