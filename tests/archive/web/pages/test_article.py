"""The article page says how a release stands, with a way to what shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.archive.web.test_site import capture_of, rows, text_of
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
    assert f'it is now <a href="/article/{article_id("ferry")}" dir="auto" lang="en">Night ferry to Korrin' in source
    assert "https://port.ister.example/news/ferry" in source
    source = ask(f"/article/{article_id('ferry')}").text
    assert f'It was at <a href="/article/{article_id("cranes")}" class="address">' in source


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


def test_any_two_revisions_are_compared(ask: Ask) -> None:
    path = f"/article/{article_id('budget')}/compare"
    source = ask(f"{path}?from=1&to=3").text
    assert "Council adopts<del> record</del> budget" in source
    assert "<del>412</del>" in source
    assert "<ins>402</ins>" in source
    beside = source.partition('class="beside"')[2].partition("</table>")[0]
    assert "<td" in beside
    left = re.findall(r"<td[^>]*>(.*?)</td>", beside, re.S)
    assert "412" in left[0]
    assert "402" not in left[0]
    assert "402" in left[1]
    assert text_of(source).count("Revision 3") >= 1
    assert ask(path).status_code == 200
    assert "The texts of both are the same" in text_of(ask(f"{path}?from=2&to=2").text)
    assert "<del>402</del>" in ask(f"{path}?from=3&to=1").text
    assert ask(f"{path}?from=9&to=1").status_code == 404
    assert ask(f"{path}?from=x&to=%D9%A1").status_code == 200
    assert ask("/article/1/compare").status_code == 404


def test_a_release_is_cited_in_every_format(ask: Ask, archive: Path) -> None:
    path = f"/article/{article_id('budget')}/cite"
    page = text_of(ask(path).text)
    digest = rows(archive, "select digest from captures where id = ?", capture_of(archive, "budget", 3))[0][0]
    assert page.count(digest) == 4
    assert f"/article/{article_id('budget')}/revision/3" in page
    for form, kind in (("txt", "text/plain"), ("bib", "application/x-bibtex"), ("ris", "application/x-research")):
        answer = ask(f"{path}.{form}")
        assert answer.headers["content-type"].startswith(kind)
        assert digest in answer.text
    assert ask(f"{path}.json").json()[0]["author"] == [{"literal": "Tomas Reuel"}]
    assert ask("/article/1/cite").status_code == 404


def test_looks_that_saw_the_same_are_one_line(ask: Ask, archive: Path, change: Change) -> None:
    first = capture_of(archive, "water")
    columns = [row[1] for row in rows(archive, "pragma table_info(captures)")]
    same = ", ".join(
        {"id": "id + ?", "fetched_at": "?", "warc_offset": "warc_offset + ?"}.get(name, name) for name in columns
    )
    for day in range(1, 10):
        change(
            f"insert into captures select {same} from captures where id = ?",
            day, f"2026-03-2{day}T06:00:00+00:00", day, first,
        )  # fmt: skip
    page = text_of(ask(f"/article/{article_id('water')}").text)
    assert "29 March 2026, 06:00 UTC 200 · the same 10 times since 11 March 2026, 06:00 UTC" in page


def test_print_says_where_it_came_from(ask: Ask) -> None:
    page = text_of(ask(f"/article/{article_id('budget')}").text)
    assert f"Printed from this archive: http://localhost/article/{article_id('budget')}." in page


def test_only_a_language_is_stated_as_one(ask: Ask) -> None:
    assert 'class="prose" lang="ar"' in ask(f"/article/{article_id('water')}").text
    assert 'class="prose">' in ask(f"/article/{article_id('hostile')}").text


def test_a_release_leads_to_others_like_it(ask: Ask) -> None:
    path = f"/article/{article_id('street-1')}/similar"
    assert f'href="{path}">More like this' in ask(f"/article/{article_id('street-1')}").text
    source = ask(path).text
    assert "<mark>" in source
    assert f'<h2><a href="/article/{article_id("street-2")}"' in source
    assert f'<h2><a href="/article/{article_id("street-1")}"' not in source
    assert "No other release shares" in ask(f"/article/{article_id('battery')}/similar").text
    assert ask("/article/1/similar").status_code == 404


def test_the_links_below_a_text_are_shown_and_lead_to_pages_alone(ask: Ask, change: Change) -> None:
    source = ask(f"/article/{article_id('budget')}").text
    assert "Links below the text Tables: the budget by district" in text_of(source)
    assert re.search(r'<a href="https://council.valdora.example/f/budget.xlsx" rel="noopener', source)
    stored = '["Tables | javascript:alert(1)", 5, "<b>Map</b> | https://a.example/m.pdf?a=1&b=2"]'
    change("update articles set links = ? where id = ?", stored, article_id("budget"))
    source = ask(f"/article/{article_id('budget')}").text
    assert 'href="javascript' not in source
    assert "&lt;b&gt;Map&lt;/b&gt;" in source
    assert 'href="https://a.example/m.pdf?a=1&amp;b=2"' in source


def test_a_release_with_one_revision_is_compared_with_nothing(ask: Callable[..., Any]) -> None:
    page = text_of(ask(f"/article/{article_id('street-1')}/compare").text)
    assert "This release has one revision: there is nothing to compare it with." in page
    assert "Side by side" not in page


def test_the_heading_of_what_an_issuer_says_of_itself_stands_in_a_line_of_its_own(ask: Ask, change: Change) -> None:
    change(
        "update articles set about = ? where id = ?",
        '["About the port\\n\\nIt is the oldest one."]',
        article_id("cranes"),
    )
    source = ask(f"/article/{article_id('cranes')}").text
    assert '<p class="detail" dir="auto" lang="en">About the port</p>' in source
    assert '<p class="detail" dir="auto" lang="en">It is the oldest one.</p>' in source
