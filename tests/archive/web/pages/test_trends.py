"""The page of trends, its picture and its figures."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

from tests.archive.web.test_site import text_of

Ask = Callable[..., Any]


def test_words_are_lines_and_each_figure_leads_to_its_releases(ask: Ask) -> None:
    answer = ask("/trends?q=street&q=budget")
    page = text_of(answer.text)
    assert "Releases that hold the words, by month" in page
    assert answer.text.count("<polyline") == 2
    assert '<a href="/search?q=street&amp;sort=best&amp;from=2026-03-01&amp;to=2026-03-31">13</a>' in answer.text
    assert '<a href="/search?q=budget&amp;sort=best&amp;from=2026-03-01&amp;to=2026-03-31">1</a>' in answer.text


def test_a_share_is_of_all_releases_of_the_month(ask: Ask) -> None:
    page = text_of(ask("/trends?q=street&share=1").text)
    assert "Percent of releases that hold the words" in page
    assert "72.22 %" in page  # 13 of 18


def test_by_source_there_is_a_line_for_each(ask: Ask) -> None:
    rows = list(csv.reader(ask("/trends.csv?q=street&by=source").text.splitlines()))
    assert rows == [["month", "Council of Valdora", "Port of Ister"], ["2026-03", "7", "6"]]
    shares = list(csv.reader(ask("/trends.csv?q=street&by=source&share=1").text.splitlines()))
    assert all(0 < float(value) <= 100 for value in shares[1][1:])
    assert "there is one word for all lines: the first" in text_of(ask("/trends?q=street&q=budget&by=source").text)


def test_filters_narrow_what_is_counted(ask: Ask) -> None:
    assert ask("/trends.csv?q=street&source=port-of-ister").text.split() == ["month,street", "2026-03,6"]
    assert "No release matches" in text_of(ask("/trends?q=street&from=2027-01-01").text)


def test_the_picture_stands_alone(ask: Ask) -> None:
    answer = ask("/trends.svg?q=street&q=<budget>&share=1")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    picture = ET.fromstring(answer.text)
    names = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert names[-2:] == ["street", "<budget>"]
    assert "script" not in answer.text


def test_what_was_typed_wrongly_is_said_and_never_an_error(ask: Ask) -> None:
    six = "&".join(f"q=word{n}" for n in range(6))
    for query, said in (
        ("", "Type up to 5 words"),
        ("?q=***", "“***” has no word to search for."),
        ('?q="night+ferry', "A quotation mark has no partner"),
        ("?q=street&source=nobody", "No release is of a source “nobody”."),
        ("?q=street&from=yesterday", "“yesterday” is not a day"),
        (f"?{six}", "A chart holds 5 lines"),
    ):
        for address in ("/trends", "/trends.svg", "/trends.csv"):
            assert ask(f"{address}{query}").status_code == 200
        assert said in text_of(ask(f"/trends{query}").text)


def test_it_saves_itself_with_a_script_of_the_site_and_no_other(ask: Ask) -> None:
    answer = ask("/trends?q=street")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.text.count("<script") == 1
    assert 'src="/-/dateline/trends.js?v=' in answer.text
    assert "script-src" not in ask("/search?q=street").headers["content-security-policy"]


def test_a_search_leads_to_its_trend(ask: Ask) -> None:
    assert (
        'href="/trends?q=night+ferry&amp;source=port-of-ister"'
        in ask("/search?q=night+ferry&source=port-of-ister").text
    )
