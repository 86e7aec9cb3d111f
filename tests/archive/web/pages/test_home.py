"""The front page shows what is new, whatever day it bears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive.web.pages.home import SOURCES
from tests.archive.web.test_site import text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_old_releases_that_came_last_are_shown_as_newly_archived(ask: Ask, change: Any) -> None:
    assert "newly archived" not in ask("/").text
    change(
        "update articles set published_day = '2019-05-05', first_seen = '2026-04-01T06:00:00+00:00' where id = ?",
        article_id("ferry"),
    )
    page = text_of(ask("/").text)
    assert "Older releases, newly archived Port of Ister Night ferry" in page
    assert "of 5 May 2019, archived 1 April 2026" in page


def test_a_release_without_a_day_says_so_under_the_day_it_was_seen(ask: Ask, change: Any) -> None:
    change(
        "update articles set published_day = null, published_at = null, first_seen = '2026-04-01T06:00:00'"
        " where id = ?",
        article_id("ferry"),
    )
    page = text_of(ask("/").text)
    assert "Wednesday, 1 April 2026 Port of Ister Taken down no date on the page; first seen 1 April 2026" in page


def test_one_that_is_dated_ahead_does_not_stay_on_top(ask: Ask, change: Any) -> None:
    change("update articles set published_day = '2031-01-01' where id = ?", article_id("street-0"))
    page = text_of(ask("/").text)
    assert page.index("Three electric cranes") < page.index("dated 1 January 2031")


def test_of_many_sources_the_largest_are_shown_and_those_that_fail(ask: Ask, change: Any) -> None:
    for number in range(SOURCES + 3):
        change("insert into sources (name, failures) values (?, ?)", f"office-{number:02}", int(number == SOURCES + 1))
    source = ask("/").text
    assert source.count('href="/source/office-') == SOURCES - 4 + 1
    assert f'href="/source/office-{SOURCES + 1}"' in source
    assert f'<a href="/status">All {SOURCES + 7} sources</a>' in source
