"""What every page needs."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from archive.web.pages.render import number, quick, vocabulary
from tests.support.sample import SOURCES, article_id


class Unspoken(HTMLParser):
    """Collects the words in Arabic letters that stand in no element of that language.

    Names of sources, and words that a visitor searched for, are in none that is known.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.spoken = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "rect", "col", "img"):
            given = dict(attributes)
            inside = given.get("lang", "ar" if self._inside else "en") == "ar"
            self._open.append((f"{tag} {given.get('class')}", inside))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0].split(" ")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        where = self._open[-1][0] if self._open else ""
        if re.search("[\u0600-\u06ff]", data) and SOURCES["noor-institute"][0] != data.strip():
            self.spoken += self._inside
            if not self._inside and where.split(" ")[0] not in ("title", "pre", "option", "q") and where != "h1 unseen":
                self.found.append(f"{where}: {data}")

    @property
    def _inside(self) -> bool:
        return bool(self._open) and self._open[-1][1]


WATER = article_id("water")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/search?language=ar", "/search?q=%D9%85%D9%8A%D8%A7%D9%87", "/source/noor-institute",
        "/events", f"/article/{WATER}", f"/article/{WATER}/revision/1", f"/article/{WATER}/revision/2",
        f"/article/{WATER}/compare", f"/article/{WATER}/similar", f"/article/{WATER}/cite", "/capture/CAPTURE",
    ],
)  # fmt: skip
def test_words_of_a_release_bear_its_language(
    ask: Callable[..., Any], change: Callable[..., None], archive: Path, path: str
) -> None:
    """So that a screen reader says them in it (WCAG 2.2, 3.1.2)."""
    change("update articles set revisions = 2, notes = text, subtitle = title where id = ?", WATER)
    change(
        "insert into revisions (article_id, n, fetched_at, title, text, severity, capture_id)"
        " select article_id, 2, '2026-03-13T06:00:00+00:00', title || ' 2', 'بعد يومين', 'major', capture_id"
        " from revisions where article_id = ?",
        WATER,
    )
    change(
        "insert into events (at, source, article_id, kind, detail)"
        " values ('2026-03-13T06:00:00+00:00', 'noor-institute', ?, 'edited', 'major: 1 number')",
        WATER,
    )
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        (capture,) = db.execute("select capture_id from revisions where article_id = ?", [WATER]).fetchone()
    read = Unspoken()
    read.feed(ask(path.replace("CAPTURE", str(capture))).text)
    assert read.found == []
    assert read.spoken > 0


def test_a_number_that_sqlite_cannot_hold_is_nobodys() -> None:
    def asked(**parts: str) -> Any:
        return SimpleNamespace(url_vars=parts)

    assert number(asked(id="12")) == 12
    assert number(asked(n="3"), "n") == 3
    assert number(asked(id="9223372036854775808")) == 0


def test_templates_have_words_for_what_the_tables_hold() -> None:
    words = vocabulary()
    assert words["standing"]("live", "2026-03-20") == "missing"
    assert words["standing"]("gone", "2026-03-20") == "gone"
    assert words["standing"]("live", None) == "live"
    assert words["origin"]("feed") == "stated in the feed"
    assert words["origin"]("new-way") == "new-way"
    assert words["detail"]("edited", "major (silent): 2 paragraphs") == "Major edit, silent: 2 paragraphs"
    assert words["detail"]("edited", "something: else") == "something: else"
    assert words["detail"]("gone", "404: minor") == "404: minor"


def test_templates_wait_for_nothing_but_the_links_of_the_menu() -> None:
    environment = Environment(enable_async=True, autoescape=True, loader=DictLoader({"a": "{{ menu_links() }}<"}))

    async def links() -> list[str]:
        return ["Log in"]

    template = quick(environment).get_template("a")
    assert asyncio.run(template.render_async({"menu_links": links})) == "[&#39;Log in&#39;]<"
    assert quick(environment) is quick(environment)
    assert not quick(environment).is_async
    assert environment.is_async
