"""Sources whose pages are made by scripts, with a real browser: what it may ask for, and what the archive keeps."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from archive.warc import read
from archive.warc.file import Located, path_of
from archive.warc.reader import walk
from archive.warc.verify import verify
from crawler.fetch.render import why_not
from crawler.worker.messages import Job
from tests.support.commandline import within
from tests.support.owner import Owner, fetch, source
from tests.support.site import Page, Site, redirect

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")]

SHELL = b"""<!doctype html><html><head><title>Valdora</title><script src="/app.js" defer></script></head>
<body><div id="app"></div></body></html>"""
TEXT = "The second harbour bridge opens on Monday, said the port authority, and ferries keep running until summer."


class Stranger:
    """A server of the local network that no page may reach: counts who connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.2", 0))
        self.connections = 0
        threading.Thread(target=self._take, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.2:{self.socket.getsockname()[1]}"

    def _take(self) -> None:
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.connections += 1


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    running = Stranger()
    yield running
    running.socket.close()


def script(site: Site, code: str) -> None:
    site.pages["/app.js"] = Page(code.encode(), "text/javascript")


def make(site: Site, path: str = "/news/app/") -> None:
    """A page whose text a script puts in, of data that it asks for."""
    site.pages[path] = Page(SHELL)
    site.pages["/data.json"] = Page(json.dumps({"text": TEXT}).encode(), "application/json")
    script(
        site,
        "fetch('/data.json').then(r => r.json()).then(d => {"
        " document.getElementById('app').innerHTML = '<h1>Bridge opens</h1><p>' + d.text + '</p>' })",
    )


def test_the_document_that_a_browser_shows_is_archived_beside_the_raw_one(owner: Owner, site: Site) -> None:
    make(site)
    told = fetch(owner, site, "/news/app/", feeds=(site.at("/none"),), render=True)
    raw, shown = [capture for capture in told.captures if capture.url == site.at("/news/app/")]
    assert (raw.kind, shown.kind, shown.status, shown.content_type) == ("raw", "page", 200, "text/html; charset=utf-8")
    assert read(owner.directory, raw).body == SHELL
    assert TEXT.encode() in read(owner.directory, shown).body
    records = {
        found.offset: found.record
        for found in walk(path_of(owner.directory, shown.warc_file))
        if isinstance(found, Located)
    }
    kept = records[shown.warc_offset]
    assert kept.type == "conversion"
    assert kept.get("WARC-Refers-To") == records[raw.warc_offset].get("WARC-Record-ID") != ""
    assert kept.url == site.at("/news/app/")
    assert not [capture for capture in told.captures if "data.json" in capture.url], "what it asked for is no page"
    assert list(verify(owner.directory, [raw, shown])) == []


def test_a_listing_made_by_scripts_names_its_releases(owner: Owner, site: Site) -> None:
    site.release("one")
    site.release("two")
    site.pages["/latest"] = Page(SHELL)
    script(
        site,
        "document.getElementById('app').innerHTML = ['one', 'two', 'one-more'].map((n, i) => `<article><h2>"
        "<a href='/news/${n}/'>The harbour has news of number ${n}</a></h2><time>${i + 2} March 2026</time></article>`"
        ").join('')",
    )
    told = owner.crawl(Job(source(site, feeds=(), listings=(site.at("/latest"),), render=True)))
    assert {site.at("/news/one/"), site.at("/news/two/")} <= {capture.url for capture in told.captures}


def test_no_request_of_a_page_reaches_the_local_network(owner: Owner, site: Site, stranger: Stranger) -> None:
    make(site)
    there = stranger.host
    site.answers["/hop"] = redirect(f"http://{there}/hop", 302)
    site.pages["/worker.js"] = Page(f"fetch('http://{there}/worker')".encode(), "text/javascript")
    tries = [
        f"fetch('http://{there}/fetch').catch(() => 0)",
        "fetch('/hop').catch(() => 0)",
        f"fetch('http://{there}/post', {{method: 'POST', body: 'x'}}).catch(() => 0)",
        f"navigator.sendBeacon('http://{there}/beacon', 'x')",
        f"try {{ new WebSocket('ws://{there}/socket') }} catch (e) {{}}",
        f"new EventSource('http://{there}/events')",
        "navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(() => 0)",
        "new Worker('/worker.js')",
        f"window.open('http://{there}/window')",
        *(
            f"document.body.appendChild(Object.assign(document.createElement('{tag}'), {{{name}: 'http://{there}/{tag}'}}))"
            for tag, name in (
                ("img", "src"),
                ("iframe", "src"),
                ("video", "src"),
                ("script", "src"),
                ("object", "data"),
            )
        ),
        *(
            f"document.head.appendChild(Object.assign(document.createElement('link'), "
            f"{{rel: '{rel}', href: 'http://{there}/{rel}'}}))"
            for rel in ("stylesheet", "prefetch", "preconnect", "preload", "icon", "dns-prefetch", "manifest")
        ),
        f"new RTCPeerConnection({{iceServers: [{{urls: 'stun:{there}'}}]}}).createDataChannel('x')",
    ]
    code = site.pages["/app.js"].body.decode() + ";addEventListener('load', () => {" + ";".join(tries) + "})"
    script(site, code)
    told = fetch(owner, site, "/news/app/", feeds=(site.at("/none"),), render=True)
    assert any(TEXT.encode() in read(owner.directory, capture).body for capture in told.captures), told
    time.sleep(0.5)
    assert stranger.connections == 0
    asked = {asked.path for asked in site.log}
    assert {"/app.js", "/data.json", "/hop"} <= asked
    with socket.create_connection(stranger.socket.getsockname()):
        assert within(60, lambda: stranger.connections == 1), "the stranger counts"


def test_robots_hold_for_what_a_page_asks_for(owner: Owner, site: Site) -> None:
    make(site)
    site.robots = "User-agent: *\nDisallow: /data.json\n"
    told = fetch(owner, site, "/news/app/", feeds=(site.at("/none"),), render=True)
    assert "/app.js" in {asked.path for asked in site.log}
    assert "/data.json" not in {asked.path for asked in site.log}
    assert [capture.kind for capture in told.captures if capture.url == site.at("/news/app/")] == ["raw", "page"]


def test_a_page_that_goes_elsewhere_or_never_rests_is_shown_all_the_same(owner: Owner, site: Site) -> None:
    make(site)
    script(
        site,
        f"document.getElementById('app').innerHTML = '<p>{TEXT}</p>'; setInterval(() => fetch('/data.json?' +"
        " Math.random()), 50); setTimeout(() => { location.href = '/elsewhere' }, 10)",
    )
    told = fetch(owner, site, "/news/app/", feeds=(site.at("/none"),), render=True)
    assert any(TEXT.encode() in read(owner.directory, capture).body for capture in told.captures)
    assert "/elsewhere" not in {asked.path for asked in site.log}
    assert len([asked for asked in site.log if asked.path.startswith("/data.json")]) <= 80


def test_what_is_no_document_is_archived_as_ever(owner: Owner, site: Site) -> None:
    site.pages["/gone"] = Page(b"gone", status=410)
    site.answers["/old"] = redirect("/gone")
    told = fetch(owner, site, "/old", feeds=(site.at("/none"),), render=True)
    assert [(capture.kind, capture.status) for capture in told.captures] == [("redirect", 301), ("page", 410)]
