"""The page of changes loses none, and folds what one release does again and again."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from tests.archive.web.test_site import text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_events_of_one_moment_are_all_reached(ask: Ask, change: Any) -> None:
    for number in range(150):
        change(
            "insert into events (at, source, url, kind, detail) values (?, 'port-of-ister', ?, 'edited', '')",
            "2026-04-01T06:00:00+00:00",
            f"https://x.example/{number}",
        )
    seen: set[str] = set()
    link = "/events"
    for _ in range(3):
        page = ask(link).text
        seen |= set(re.findall(r"https://x\.example/\d+", page))
        older = re.search(r'rel="next" href="([^"]+)"', page)
        if not older:
            break
        link = "/events" + unescape(older[1])
    assert len(seen) == 150


def test_many_edits_in_a_row_are_one_line(ask: Ask, change: Any) -> None:
    for number in range(40):
        change(
            "insert into events (at, source, article_id, kind, detail) values (?, 'port-of-ister', ?, 'edited', ?)",
            "2026-04-01T06:00:00+00:00",
            article_id("cranes"),
            f"minor: turn {number}",
        )
    page = text_of(ask("/events").text)
    assert "The last of 40 such changes" in page
    assert page.count("Minor edit: turn") == 1
    assert text_of(ask("/").text).count("Minor edit: turn") == 2


def test_a_place_that_is_none_is_no_mistake(ask: Ask) -> None:
    for row in ("x", "-1", "9" * 40, "١"):
        assert ask("/events", params={"before": "2026-04-01", "row": row}).status_code == 200


def test_what_happened_to_a_source_is_told_of_the_source(ask: Ask, change: Any) -> None:
    change(
        "insert into events (at, source, kind, detail) values ('2026-04-01T06:00:00+00:00', 'port-of-ister',"
        " 'unavailable', 'another page is in the place of 9 of the 9 releases that were looked at')"
    )
    page = ask("/events?kind=unavailable").text
    (what,) = re.findall(r'<p class="what">(.*?)</p>', page)
    assert what == "Port of Ister"
    assert "another page is in the place of 9" in text_of(page)


def test_a_kind_or_severity_that_cannot_be_is_left_out_with_a_remark(ask: Ask) -> None:
    every = ask("/events")
    for query, said in (
        ("kind=<b>eaten", "“<b>eaten” is no kind of change; there are: edited, missing, gone,"),
        ("severity=mild", "“mild” is no severity of change; there are: minor, major, headline, date."),
        ("kind=eaten&severity=major", "“eaten” is no kind of change;"),
    ):
        answer = ask(f"/events?{query}")
        assert answer.status_code == 200
        assert said in unescape(answer.text)
        assert "<b>" not in answer.text
        assert "Feed of this choice" not in answer.text
    assert 'role="alert"' not in every.text
    assert "Feed of this choice" in every.text
    assert 'role="alert"' not in ask("/events?kind=gone&severity=").text
