"""The article page says how a release stands, with a way to what shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.archive.web.test_site import capture_of, text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]
Change = Callable[..., None]


def _event(change: Change, slug: str, kind: str, detail: str) -> None:
    change(
        "insert into events (at, source, article_id, url, kind, detail) values (?, 'port-of-ister', ?, 'x', ?, ?)",
        "2026-03-20T06:00:00+00:00",
        article_id(slug),
        kind,
        detail,
    )


def test_a_missing_release_is_not_called_live(ask: Ask, change: Change) -> None:
    change("update articles set missing_since = '2026-03-20T06:00:00+00:00' where id = ?", article_id("cranes"))
    source = ask(f"/article/{article_id('cranes')}").text
    assert '<span class="badge missing">Missing</span>' in source
    assert 'class="badge live"' not in source
    assert "Missing since 20 March 2026, 06:00 UTC" in text_of(source)
    assert '<span class="badge missing">Missing</span>' in ask("/search?q=cranes").text


def test_a_moved_release_leads_to_where_it_is(ask: Ask, change: Change) -> None:
    change("update articles set status = 'moved', moved_to = ? where id = ?", article_id("ferry"), article_id("cranes"))
    source = ask(f"/article/{article_id('cranes')}").text
    assert f'it is now <a href="/article/{article_id("ferry")}" dir="auto">Night ferry to Korrin' in source
    assert "https://port.ister.example/news/ferry" in source


def test_a_release_that_moved_to_another_site_names_it(ask: Ask, change: Change) -> None:
    change("update articles set status = 'moved' where id = ?", article_id("cranes"))
    _event(change, "cranes", "moved", "redirect to https://new.example/cranes, on another site")
    page = text_of(ask(f"/article/{article_id('cranes')}").text)
    assert "leads elsewhere: redirect to https://new.example/cranes, on another site" in page


def test_a_blocked_release_says_why(ask: Ask, change: Change) -> None:
    change("update articles set status = 'blocked' where id = ?", article_id("cranes"))
    _event(change, "cranes", "blocked", "403 Forbidden")
    page = text_of(ask(f"/article/{article_id('cranes')}").text)
    assert "does not let this archive read the page since 20 March 2026, 06:00 UTC ( 403 Forbidden )" in page


def test_a_change_that_was_seen_once_is_shown_with_its_capture(ask: Ask, change: Change, archive: Path) -> None:
    capture = capture_of(archive, "budget", 2)
    change("update articles set unconfirmed = ? where id = ?", capture, article_id("budget"))
    source = ask(f"/article/{article_id('budget')}").text
    assert "It counts as an edit when it is seen again" in source
    assert f'<a href="/capture/{capture}">as served</a>' in source


def test_a_source_does_not_publish_its_own_release_as_another(ask: Ask, change: Change) -> None:
    for slug in ("street-0", "street-2", "street-1"):
        change("update articles set story_id = 7 where id = ?", article_id(slug))
        change(
            "insert into story_articles values (?, 7, ?, null, 1.0, 1.0, 3600)",
            article_id(slug),
            article_id("street-0"),
        )
    change("insert into stories values (7, 'x', ?, '2026-03-09', 3, 2)", article_id("street-0"))
    page = text_of(ask(f"/article/{article_id('street-0')}").text)
    others, _, own = page.partition("By the same source:")
    assert "Birch Street" in others.partition("Also published by")[2]
    assert "Cedar Street" not in others.partition("Also published by")[2]
    assert "Cedar Street" in own


def test_an_edit_is_told_in_words(ask: Ask, change: Change) -> None:
    _event(change, "cranes", "edited", "minor (silent): 1 number changed")
    page = text_of(ask(f"/article/{article_id('cranes')}").text)
    assert "Minor edit, silent: 1 number changed" in page
    assert "minor (silent)" not in page


def test_a_revision_number_that_no_database_holds_is_not_there(ask: Ask) -> None:
    assert ask(f"/article/{article_id('budget')}/revision/999999999").status_code == 404
