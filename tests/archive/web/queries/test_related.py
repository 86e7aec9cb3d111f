"""The article page says who else published its text, when, and how much of it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.store.repeated.stories import StoryStore
from archive.web.queries.related import span
from archive.web.server import build
from tests.support.archiving import DAY
from tests.support.retold import EDITS, Told, Writer, put


def _archive(path: Path, articles: Sequence[Told]) -> None:
    with Store(path / "archive.db") as store:
        for told in articles:
            put(store.db, told)
        store.db.execute("update articles set published_day = substr(published_at, 1, 10)")
        StoryStore(store).rebuild_stories()


def served(archive: Path, address: str) -> str:
    """A page as the site serves it."""
    answer = asyncio.run(build(archive).client.get(address))
    assert answer.status_code == 200
    return str(answer.text)


def _page(archive: Path, address: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", served(archive, address))))


def test_pages_of_one_release_under_two_categories_name_each_other(tmp_path: Path) -> None:
    writer = Writer(22)
    text = writer.text(6)
    news = Told("office", "The path is open", text, 1, "origin", DAY)
    economy = Told("office", "The path is open at last", text, 2, "origin", DAY + timedelta(hours=1))
    other = Told("office", "Weather", writer.text(6), 3, "origin", DAY)
    _archive(tmp_path, [news, economy, other])
    for one, twin in ((news, economy), (economy, news)):
        page = served(tmp_path, f"/article/{one.id}")
        assert "The same text again" in page
        assert f"/article/{twin.id}" in page
    assert "The same text again" not in served(tmp_path, f"/article/{other.id}")
    (pair,) = json.loads(served(tmp_path, "/archive/repeats.json?_shape=array"))
    assert pair == {"source": "office", "article_id": economy.id, "earlier_id": news.id, "resemblance": 1.0}
    assert "under two categories" in served(tmp_path, "/archive/repeats")


def test_a_page_says_who_else_published_it(tmp_path: Path) -> None:
    writer = Writer(21)
    text = writer.text(6)
    office = Told("office", "The path is open", text, 1, "origin", DAY)
    paper = Told("paper", "A path opens", EDITS["shortened"](text, writer), 1, "shortened", DAY + timedelta(hours=3))
    blog = Told("blog", "Walk with me", text, 1, "whole", DAY + timedelta(days=2))
    alone = Told("blog", "Weather", writer.text(5), 2, "origin", DAY)
    _archive(tmp_path, [office, paper, blog, alone])
    first = _page(tmp_path, f"/article/{office.id}")
    assert "Also published by" in first
    assert re.search(r"paper A path opens 2 March 2026, 3 hours after the first, 5\d% of the text", first)
    assert "blog Walk with me 4 March 2026, 2 days after the first, the same text" in first
    assert "The path is open 2 March 2026, the first" not in first
    assert "office The path is open 2 March 2026, the first" in _page(tmp_path, f"/article/{paper.id}")
    assert "Also published by" not in _page(tmp_path, f"/article/{alone.id}")
    assert "office paper 1" in _page(tmp_path, "/archive/republished")


def test_a_text_that_is_everywhere_is_shown_in_part(tmp_path: Path) -> None:
    text = Writer(22).text(5)
    copies = [Told(f"paper-{n}", f"Copy {n}", text, n, "whole", DAY + timedelta(minutes=n)) for n in range(20)]
    _archive(tmp_path, copies)
    page = _page(tmp_path, f"/article/{copies[0].id}")
    assert page.count("after the first") == 12
    assert "7 more are in the table of this story" in page
    assert "20 rows where story_id" in _page(
        tmp_path, f"/archive/story_articles?story_id={copies[0].id}&_sort=delay_seconds"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "less than a minute"), (61, "1 minute"), (7300, "2 hours"), (86400, "1 day"), (86400 * 40, "40 days")],
)
def test_stretches_of_time(seconds: int, said: str) -> None:
    assert span(seconds) == said
