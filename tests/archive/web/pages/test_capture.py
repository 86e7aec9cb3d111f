"""A captured page as evidence: what the release said then, what came before and after, where its links lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.archive.web.test_site import capture_of, rows, text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_an_old_capture_bears_the_headline_of_its_day(ask: Ask, archive: Path) -> None:
    source = ask(f"/capture/{capture_of(archive, 'budget', 1)}").text
    assert '<h1 dir="auto" lang="en">Council adopts record budget for schools and roads</h1>' in source
    assert "The headline today: Council adopts budget for schools and roads" in text_of(source)
    assert f'<a href="/article/{article_id("budget")}/revision/1">' in source


def test_a_capture_leads_to_its_revision_and_its_neighbours(ask: Ask, archive: Path) -> None:
    first, second, third = (capture_of(archive, "budget", n) for n in (1, 2, 3))
    source = ask(f"/capture/{second}").text
    assert "It made revision 2" in text_of(source)
    assert f'<a rel="prev" href="/capture/{first}">' in source
    assert f'<a rel="next" href="/capture/{third}">' in source
    assert 'rel="prev"' not in ask(f"/capture/{first}").text


def test_the_capture_of_a_removal_names_the_last_text_before(ask: Ask, archive: Path) -> None:
    (gone,) = rows(archive, "select id from captures where article_id = ? and status = 404", article_id("ferry"))
    assert "The last text before it is revision 1" in text_of(ask(f"/capture/{gone[0]}").text)


def test_a_link_in_a_captured_page_leads_to_the_capture_of_its_target(ask: Ask, archive: Path, change: Any) -> None:
    first, third = capture_of(archive, "budget", 1), capture_of(archive, "budget", 3)
    url = rows(archive, "select final_url from captures where id = ?", third)[0][0]
    answer = ask("/capture/near", params={"url": url, "at": "2027-01-01T00:00:00+00:00"})
    assert (answer.status_code, answer.headers["location"]) == (302, f"/capture/{third}/raw")
    early = ask("/capture/near", params={"url": url, "at": "2020-01-01T00:00:00+00:00"})
    assert early.headers["location"] == f"/capture/{first}/raw"


def test_a_link_to_what_was_never_captured_says_so_in_the_frame(ask: Ask) -> None:
    answer = ask("/capture/near", params={"url": "https://x.example/<script>1</script>", "at": "2027"})
    assert answer.status_code == 404
    assert "Not in the archive" in answer.text
    assert "<script>" not in answer.text
    assert answer.headers["content-security-policy"].startswith("sandbox;")


def test_a_capture_of_a_release_bears_the_title_of_its_source(ask: Ask, archive: Path) -> None:
    assert ">Council of Valdora</a>" in ask(f"/capture/{capture_of(archive, 'budget', 1)}").text
