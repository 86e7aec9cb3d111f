"""Walks through the site, by mouse and by keyboard, on a phone and on a desk; and pages that strain their layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archive.store.database import Store
from tests.archive.web.queries.extreme import CAPTURES, REVISIONS, TITLES, build_extreme
from tests.end_to_end.test_accessible import EACH_TIME, PAGES, PHONE, WIDE, View, capture_of, hearing, violations
from tests.support.commandline import served
from tests.support.sample import article_id, build_sample

pytestmark = pytest.mark.browser

NARROW_FIRST = [pytest.param(WIDE, id="desk", marks=pytest.mark.soak), pytest.param(PHONE, id="phone")]
"""What overflows does so on a phone first: there each page is seen each time, and wide among the slow checks."""

FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("walks") / "archive")


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[str]:
    with served(archive) as address:
        yield address


@pytest.fixture(scope="module")
def extreme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build_extreme(tmp_path_factory.mktemp("extreme") / "archive")) as address:
        yield address


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("empty")
    Store(directory / "archive.db").close()
    with served(directory) as address:
        yield address


class Mouse:
    """Somebody who points at things."""

    def chooses(self, element: Locator) -> None:
        element.first.click()


class Keyboard:
    """Somebody who has a keyboard alone."""

    def chooses(self, element: Locator) -> None:
        wanted = element.first
        page = wanted.page
        for _ in range(200):
            page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                break
        else:
            raise AssertionError(f"{element} cannot be reached with Tab")
        page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("hand", "options"),
    [
        pytest.param(Mouse(), PHONE, id="mouse-phone"),
        pytest.param(Keyboard(), WIDE, id="keyboard-desk"),
        pytest.param(Mouse(), WIDE, id="mouse-desk", marks=pytest.mark.soak),
        pytest.param(Keyboard(), PHONE, id="keyboard-phone", marks=pytest.mark.soak),
    ],
)
def test_somebody_finds_narrows_brushes_reads_compares_cites_and_downloads(
    browser: Browser, site: str, options: dict[str, Any], hand: Mouse | Keyboard
) -> None:
    with browser.new_context(**options) as context:
        page = context.new_page()
        with hearing(page) as heard:
            page.goto(f"{site}search")
            hand.chooses(page.locator(".facet a", has_text="Council of Valdora"))
            expect(page.locator(".facet a[aria-current]")).to_have_text("Council of Valdora")
            _downloads(hand, page.get_by_role("link", name="CSV"), "releases.csv", b"id,source,")
            hand.chooses(page.locator(".results h2 a", has_text="Council adopts budget"))
            expect(page.get_by_role("heading", name="How it changed")).to_be_visible()
            hand.chooses(page.get_by_role("link", name="Compare revisions"))
            compared = "Side by side" if options is WIDE else "In one column"  # a phone has no room for two
            expect(page.get_by_role("heading", name=compared)).to_be_visible()
            page.go_back()
            _downloads(hand, page.get_by_role("link", name="Evidence"), "", b"PK")
            hand.chooses(page.get_by_role("link", name="Cite this release"))
            _downloads(hand, page.locator("a[href$='.bib']"), ".bib", b"@")
            page.goto(f"{site}source/port-of-ister")
            hand.chooses(page.locator(".chart a"))
            expect(page.get_by_role("status")).to_contain_text("newest first")
            hand.chooses(page.get_by_role("link", name="Changes", exact=True))
            hand.chooses(page.locator(".kinds a", has_text="Taken down"))
            hand.chooses(page.get_by_role("link", name="Night ferry"))
            expect(page.get_by_text("This release is no longer at its address.")).to_be_visible()
            assert heard.errors == []
            assert all(url.startswith((site, "data:")) for url in heard.asked), heard.asked


def _downloads(hand: Mouse | Keyboard, link: Locator, name: str, beginning: bytes) -> None:
    with link.page.expect_download() as waited:
        hand.chooses(link)
    assert waited.value.suggested_filename.endswith(name)
    assert Path(waited.value.path()).read_bytes().startswith(beginning)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EACH_TIME else [pytest.mark.soak]) for name in PAGES]
)
def test_the_keyboard_reaches_all_that_a_page_has_and_shows_where_it_is(
    view: View, site: str, archive: Path, name: str
) -> None:
    page = view(WIDE)
    page.goto(site + PAGES[name].format(capture=capture_of(archive)))
    count = page.evaluate(_MARK, FOCUSABLE)
    reached: set[str] = set()
    for _ in range(count + 25):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        if found and found["mark"] in reached and len(reached) >= count:
            break
        if found:
            reached.add(found["mark"])
            assert found["shown"], f"the focus is not to be seen on {found['html']}"
    missed = page.evaluate(_MISSED, sorted(reached))
    assert missed == []


_MARK = """selector => {
    const seen = [...document.querySelectorAll(selector)].filter(
        element => !element.disabled && !element.closest('.CodeMirror') && element.tabIndex >= 0
            && element.checkVisibility({visibilityProperty: true}));
    seen.forEach((element, n) => { element.dataset.mark = String(n); });
    return seen.length;
}"""
_FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || !element.dataset.mark) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {mark: element.dataset.mark, html: element.outerHTML.slice(0, 120),
        shown: (style.outlineStyle !== 'none' || style.boxShadow !== 'none') && box.width > 0 && box.height > 0};
}"""
_MISSED = """reached => [...document.querySelectorAll('[data-mark]')]
    .filter(element => !reached.includes(element.dataset.mark)).map(element => element.outerHTML.slice(0, 120))"""

LAYOUT = """() => {
    const wrong = [], width = document.documentElement.clientWidth, boxes = [];
    const skipped = element => element.closest('.unseen, .skip, script, style, option, select, .CodeMirror')
        || !element.checkVisibility({visibilityProperty: true});
    const scrolls = element => {
        for (; element && element !== document.documentElement; element = element.parentElement)
            if (/auto|scroll/.test(getComputedStyle(element).overflowX)) return true;
        return false;
    };
    if (document.documentElement.scrollWidth > width) wrong.push('the page is wider than the screen');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, element = text.parentElement;
        if (!text.data.trim() || skipped(element)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
            if (box.width < 1 || box.height < 1) continue;
            if (!scrolls(element) && (box.right > width + 1 || box.left < -1))
                wrong.push('beyond the edge: ' + text.data.trim().slice(0, 60));
            boxes.push([box, element, text.data.trim().slice(0, 40)]);
        }
    }
    const some = boxes.slice(0, 1200);
    some.forEach(([a, one, words], n) => some.slice(n + 1).forEach(([b, other, more]) => {
        if (one.contains(other) || other.contains(one)) return;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 3 && down > 0.4 * Math.min(a.height, b.height)) wrong.push(`over each other: ${words} | ${more}`);
    }));
    for (const cell of document.querySelectorAll('main td, main th'))
        if (cell.getBoundingClientRect().width > width) wrong.push('a cell is wider than the screen');
    for (const part of document.querySelectorAll('main section, main aside, main ul, main ol, main tbody'))
        if (!part.textContent.trim()) wrong.push('empty without a word: ' + part.outerHTML.slice(0, 80));
    return [...new Set(wrong)].slice(0, 9);
}"""

STRAINED = {
    **{name: f"article/{article_id(name)}" for name in (*TITLES, "often")},
    "comparison": f"article/{article_id('long')}/compare",
    "citation": f"article/{article_id('arabic')}/cite",
    "revision": f"article/{article_id('han')}/revision/2",
    "home": "",
    "releases": "search",
    "search": "search?q=eight",
    "changes": "events",
    "status": "status",
    "source with a long name": "source/port-of-ister",
    "source that fails": "source/valdora-council",
    "trends": f"trends?q=level&q={'x' * 200}",
    "alert": f"alerts?q={'x' * 200}",
    "table": "archive/articles",
    "row": f"archive/articles/{article_id('long')}",
    "sql": "archive?sql=select+title,+text+from+articles",
}


@pytest.mark.parametrize("options", NARROW_FIRST)
@pytest.mark.parametrize("name", STRAINED)
def test_nothing_overlaps_overflows_or_is_empty(view: View, extreme: str, name: str, options: dict[str, Any]) -> None:
    page = view(options)
    answer = page.goto(extreme + STRAINED[name])
    assert answer is not None
    assert answer.ok
    assert page.evaluate(LAYOUT) == []


def test_many_revisions_and_checks_are_told_in_few_lines(view: View, extreme: str) -> None:
    page = view(WIDE)
    page.goto(extreme + STRAINED["often"])
    assert len(page.content()) < 150_000
    expect(page.get_by_role("region", name="As it was served")).to_contain_text(
        f"the same {CAPTURES + 1:,} times since"
    )
    expect(page.get_by_role("link", name=f"Revision {REVISIONS} in full")).to_be_visible()
    expect(page.get_by_role("link", name=f"{REVISIONS - 1} older captures")).to_be_visible()


@pytest.mark.parametrize("options", NARROW_FIRST)
@pytest.mark.parametrize(
    "path", ["", "search", "search?q=ferry", "events", "status", "trends?q=ferry", "alerts", "archive"]
)
def test_a_page_without_anything_to_show_says_so(view: View, empty: str, path: str, options: dict[str, Any]) -> None:
    page = view(options)
    with hearing(page) as heard:
        page.goto(empty + path)
        assert page.evaluate(LAYOUT) == []
        assert heard.errors == []
        assert violations(page) == []
    if path not in ("alerts", "archive"):
        assert _says_why(page), page.inner_text("main")


def _says_why(page: Page) -> bool:
    words = page.inner_text("main")
    return any(said in words for said in ("Nothing is archived yet", "No release", "No source", "No daemon"))
