"""Every page in a real browser: no violation that axe-core finds, no console error, nothing asked of another origin.

Wide and light, and on a phone's width in the dark; nothing is wider than the screen.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect

from tests.support.commandline import served
from tests.support.sample import article_id, build_sample

AXE = (Path(__file__).parent.parent / "support" / "axe" / "axe.min.js").read_text(encoding="utf-8")
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 740}, "color_scheme": "dark"}
EACH_TIME = ("home", "article", "table")
"""The pages that are seen wide and light as well each time; the others among the slow checks."""

ALIKE = ("all releases", "trends without words", "hostile article", "failing source", "filtered table", "canned query")
"""Pages of the same template as another, which are seen among the slow checks alone."""

PAGES = {
    "home": "",
    "search": "search?q=street",
    "search that finds nothing": "search?q=zeppelin&from=2026-03-12&to=2026-03-01",
    "all releases": "search",
    "trends": "trends?q=street&q=budget",
    "trends without words": "trends",
    "alerts": "alerts?q=street&what=edited",
    "article": f"article/{article_id('budget')}",
    "article from right to left": f"article/{article_id('water')}",
    "article taken down": f"article/{article_id('ferry')}",
    "hostile article": f"article/{article_id('hostile')}",
    "revision": f"article/{article_id('budget')}/revision/3",
    "comparison": f"article/{article_id('budget')}/compare?from=1&to=3",
    "more like this": f"article/{article_id('street-1')}/similar",
    "citation": f"article/{article_id('budget')}/cite",
    "capture": "capture/{capture}",
    "source": "source/port-of-ister",
    "failing source": "source/noor-institute",
    "changes": "events",
    "status": "status",
    "api": "api",
    "not there": "nothing",
    "database": "archive",
    "table": "archive/articles",
    "filtered table": "archive/articles?source=port-of-ister&_facet=status",
    "row": f"archive/articles/{article_id('budget')}",
    "canned query": "archive/taken_down",
    "sql": "archive?sql=select+id,+title+from+articles",
    "sql that is wrong": "archive?sql=select+nonsense",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("accessible") / "archive")


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[str]:
    with served(archive) as address:
        yield address


def capture_of(archive: Path) -> int:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        found = db.execute("select capture_id from revisions where article_id = ?", [article_id("budget")])
        return int(found.fetchone()[0])


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, one line for each rule, with the first element concerned.

    Links have room for a finger (WCAG 2.2, 2.5.8), but for the bars of a chart, whose days the search has fields for.
    """
    page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('.chart a').forEach(bar => bar.dataset.bar = 1)")
    page.evaluate("axe.configure({rules: [{id: 'target-size', enabled: true, selector: ':not([data-bar])'}]})")
    found = page.evaluate("axe.run(document, {iframes: false, resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in json.loads(json.dumps(found["violations"]))]


View = Callable[[dict[str, Any]], Page]
"""The page of a file's tests that has these options."""


@dataclass
class Heard:
    """What a page complains of, and what it asks for."""

    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        own = "Blocked script execution in "  # a captured page's own, which its frame does not run
        if message.type == "error" and not message.text.startswith(own):
            self.errors.append(message.text.partition(" (")[0])

    def failed(self, error: Error) -> None:
        self.errors.append(str(error))

    def requested(self, request: Request) -> None:
        self.asked.append(request.url)


@contextmanager
def hearing(page: Page) -> Iterator[Heard]:
    """While the block runs, note what a page complains of and asks for."""
    heard = Heard()
    page.on("console", heard.said)
    page.on("pageerror", heard.failed)
    page.on("request", heard.requested)
    try:
        yield heard
    finally:
        page.remove_listener("console", heard.said)
        page.remove_listener("pageerror", heard.failed)
        page.remove_listener("request", heard.requested)


VIEWS = [
    *(pytest.param(name, PHONE, marks=[pytest.mark.soak] if name in ALIKE else []) for name in PAGES),
    *((name, WIDE) for name in EACH_TIME),
    *(pytest.param(name, WIDE, marks=pytest.mark.soak) for name in PAGES if name not in EACH_TIME),
]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "options"), VIEWS)
def test_a_page_is_for_everybody(view: View, site: str, archive: Path, name: str, options: dict[str, Any]) -> None:
    address = site + PAGES[name].format(capture=capture_of(archive))
    page = view(options)
    with hearing(page) as heard:
        answer = page.goto(address)
        assert answer is not None
        failed = f"Failed to load resource: the server responded with a status of {answer.status}"
        assert heard.errors == ([] if answer.ok else [failed])
        assert heard.asked
        assert all(url.startswith((site, "data:")) for url in heard.asked), heard.asked
        assert violations(page) == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= options["viewport"]["width"], f"{width} px wide"


@pytest.mark.browser
def test_what_columns_mean_is_folded_above_the_rows_and_a_menu_leads_back(view: View, site: str) -> None:
    page = view(WIDE)
    page.goto(f"{site}archive/articles")
    expect(page.get_by_text("Short name of the newsroom", exact=True)).to_be_hidden()
    page.get_by_text("columns mean").click()
    expect(page.get_by_text("Short name of the newsroom", exact=True)).to_be_visible()
    menu = page.locator(".dropdown-menu-icon").nth(1)
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("body > .dropdown-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()


@pytest.mark.soak  # tests/end_to_end/site/test_walks.py walks the same way by keyboard each time
def test_a_visitor_finds_narrows_reads_compares_and_cites_by_keyboard_alone(browser: Browser, site: str) -> None:
    with browser.new_context(**WIDE) as context:
        page = context.new_page()
        page.goto(site)
        _tab_to(page, "#q")
        page.keyboard.type("record budget")
        page.keyboard.press("Enter")
        expect(page.get_by_text("No release matches")).to_be_visible()
        _tab_to(page, "input[name=ever]")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_text("No longer says so")).to_be_visible()
        _tab_to(page, ".results h2 a")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="How it changed")).to_be_visible()
        _tab_to(page, "a[href$='/compare']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
        page.go_back()
        _tab_to(page, "a[href$='/cite']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="BibTeX")).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse would."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")
