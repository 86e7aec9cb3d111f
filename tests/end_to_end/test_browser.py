"""The site in a real browser: what a visitor sees, and what a hostile page as it was served cannot do."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from archive.core.model import Exchange
from archive.warc import WarcWriter
from tests.support.commandline import served
from tests.support.sample import START, article_id, build_sample

REACHING = """<!doctype html><html><head><title>Reaching out</title>
<link rel="preconnect" href="{there}/"><link rel="dns-prefetch" href="{there}/"><link rel="prefetch" href="{there}/p">
<link rel="preload" as="image" href="{there}/l"><link rel="stylesheet" href="{there}/s.css">
<link rel="icon" href="{there}/icon"><link rel="modulepreload" href="{there}/m.js">
<meta http-equiv="refresh" content="0; url={there}/refresh">
<style>@import "{there}/i.css"; @font-face {{ font-family: f; src: url({there}/f) }} body {{ font-family: f;
background: url({there}/b) }}</style><base href="{there}/">
<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{there}/spec"]}}]}}</script>
<script src="{there}/x.js"></script>
<script>document.title = "ran"; fetch("{there}/fetch"); parent.postMessage("ran", "*"); top.stolen = 1;</script></head>
<body onload="document.title = 'loaded'"><h1>A page that reaches out</h1>
<img src="{there}/img" onerror="document.title = 'failed'"><img src="relative.png">
<svg><image href="{there}/svg"/></svg>
<iframe src="{there}/frame"></iframe><object data="{there}/o"></object><embed src="{there}/e">
<video poster="{there}/v" src="{there}/v" autoplay></video><audio src="{there}/a" autoplay></audio>
<form id="f" action="{there}/form" method="post"><button id="send">Send</button></form>
<a id="away" href="{there}/away" target="_top" ping="{there}/ping">Away</a>
<a id="within" href="{there}/within">Within</a></body></html>"""


@dataclass
class Listener:
    """A server elsewhere that notes who connects to it, and says nothing."""

    address: str
    connections: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(f"http://127.0.0.1:{server.getsockname()[1]}")

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(0.2)
                    try:
                        listener.connections.append(connection.recv(200).decode("latin-1").partition("\r")[0])
                    except TimeoutError:
                        listener.connections.append("(connected)")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, elsewhere: Listener) -> Path:
    directory = build_sample(tmp_path_factory.mktemp("browser") / "archive")
    writer = WarcWriter(directory, "Dateline sample")
    writer.write(
        Exchange(
            source="port-of-ister",
            url=f"{elsewhere.address}/hostile",
            kind="page",
            fetched_at=START,
            status=200,
            reason="OK",
            request_headers=(),
            response_headers=(("Content-Type", "text/html"), ("Link", f"<{elsewhere.address}/>; rel=preconnect")),
            body=REACHING.format(there=elsewhere.address).encode(),
        )
    )
    (capture,) = writer.sync()
    writer.close()
    with closing(sqlite3.connect(directory / "archive.db")) as db, db:
        db.execute(
            "update captures set warc_file = ?, warc_offset = ?, warc_length = ? where id = ?",
            [capture.warc_file, capture.warc_offset, capture.warc_length, hostile_capture(directory)],
        )
    return directory


def hostile_capture(directory: Path) -> int:
    with closing(sqlite3.connect(directory / "archive.db")) as db:
        found = db.execute("select capture_id from articles where id = ?", [article_id("hostile")]).fetchone()
    return int(found[0])


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[str]:
    with served(archive) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(java_script_enabled=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page that may ask for nothing but the site."""
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert asked
    assert [url for url in asked if not url.startswith((site, "data:"))] == []


@pytest.mark.browser
def test_a_visitor_reads_a_release_and_sees_its_edits(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Search releases").fill("budget linden")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("1 release with")
    page.get_by_role("link", name="Council adopts budget for schools and roads").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Council adopts budget for schools and roads")
    expect(page.locator(".prose")).to_contain_text("budget of 402 million crowns")
    changes = page.get_by_role("region", name="How it changed")
    expect(changes.locator("details[open] del").nth(1)).to_have_text("412")
    expect(changes.locator("details[open] ins").first).to_have_text("402")
    expect(changes.get_by_text("128", exact=True)).to_be_hidden()
    changes.locator("summary").nth(1).click()
    expect(changes.get_by_text("128", exact=True)).to_be_visible()


@pytest.mark.browser
def test_a_visitor_sees_the_edit_and_the_removal_on_the_first_page(page: Page, site: str) -> None:
    page.goto(site)
    changes = page.get_by_role("region", name="Edits and removals")
    expect(changes).to_contain_text("One figure changed: 128 million became 118 million")
    changes.get_by_role("link", name="Night ferry to Korrin suspended after engine fire").click()
    expect(page.get_by_text("This release is no longer at its address.")).to_be_visible()
    expect(page.locator(".prose")).to_contain_text("Nobody was hurt")


@pytest.mark.browser
def test_everything_reads_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}article/{article_id('budget')}")
    page.get_by_text("Left out of the text").click()
    expect(page.get_by_text("Sign up to our newsletter for the latest stories!")).to_be_visible()
    page.goto(f"{site}archive?sql=select+title+from+articles+where+status='gone'")
    expect(page.get_by_role("cell")).to_have_text("Night ferry to Korrin suspended after engine fire")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("alone", [False, True])
def test_a_page_as_served_can_do_nothing(
    context: BrowserContext, site: str, archive: Path, elsewhere: Listener, alone: bool
) -> None:
    address = f"{site}capture/{hostile_capture(archive)}"
    elsewhere.connections.clear()
    page = context.new_page()
    page.goto(f"{address}/raw" if alone else address)
    page.wait_for_timeout(1500)
    shown = next(frame for frame in page.frames if frame.url == f"{address}/raw")
    expect(shown.get_by_role("heading", name="A page that reaches out")).to_be_visible()
    assert shown.evaluate("document.title") == "Reaching out"
    assert shown.evaluate("self.origin") == "null"
    assert page.evaluate("window.stolen") is None
    assert elsewhere.connections == []
    if not alone:
        shown.locator("#send").click()
        shown.locator("#away").click()
        expect(page.frame_locator("iframe.served").get_by_text("This page was never captured")).to_be_visible()
        assert page.url == address
        assert not elsewhere.connections


@pytest.mark.browser
def test_the_same_page_would_reach_out_if_it_could(context: BrowserContext, elsewhere: Listener) -> None:
    elsewhere.connections.clear()
    page = context.new_page()
    page.route(
        "**/control",
        lambda route: route.fulfill(body=REACHING.format(there=elsewhere.address), content_type="text/html"),
    )
    page.goto("http://control.invalid/control", wait_until="commit")
    page.wait_for_timeout(1500)
    assert len(elsewhere.connections) > 3


@pytest.mark.browser
def test_hostile_text_runs_nowhere(page: Page, site: str) -> None:
    hostile = article_id("hostile")
    for path in (
        "",
        "events",
        "search?q=library",
        f"article/{hostile}",
        f"article/{hostile}/revision/2",
        "archive/articles",
    ):
        page.goto(site + path)
        assert page.evaluate("window.stolen") is None, path
        assert page.locator("img").count() == 0, path


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    ["", "search?q=street", "article/{budget}", "article/{hostile}", "source/noor-institute", "events", "archive"],
)
def test_pages_fit_a_phone(view: Callable[[dict[str, Any]], Page], site: str, path: str) -> None:
    page = view({"viewport": {"width": 320, "height": 740}})
    page.goto(site + path.format(budget=article_id("budget"), hostile=article_id("hostile")))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for landmark in ("banner", "main", "contentinfo", "search"):
        expect(page.get_by_role(landmark)).to_have_count(1)


@pytest.mark.browser
def test_datasettes_editor_works_without_inline_scripts(page: Page, site: str) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}archive?sql=select+title,+status+from+articles")
    page.get_by_role("button", name="Format SQL").click()
    expect(page.locator(".CodeMirror-line")).to_have_count(5)
    page.goto(f"{site}archive/articles")
    page.locator("th svg").first.click()
    expect(page.get_by_role("link", name="Sort ascending")).to_be_visible()
    assert refused == []
