"""Consent walls are told from other pages, and the link that lets through is found."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from crawler.discover.documents import consent
from crawler.discover.documents.consent import MOST_LINKS, acceptance, get_through

HOST = "https://orlin.example"
ASKED = f"{HOST}/presse/meldungen"
WALL = f"{HOST}/einwilligung?zurueck=/presse/meldungen"


def wall(*links: tuple[str, str]) -> bytes:
    anchors = "".join(f'<p><a class="btn" href="{href}">{label}</a></p>' for href, label in links)
    return f"<html><body><h1>Ihre Privatsphäre</h1>{anchors}</body></html>".encode()


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("/einwilligung/ja?zurueck=/presse/meldungen", "Alle akzeptieren"),
        ("/einwilligung/ja?zurueck=%2Fpresse%2Fmeldungen", "Accept all cookies"),
        ("/ok?url=https%3A%2F%2Forlin.example%2Fpresse%2Fmeldungen", "Tout accepter"),
        ("/presse/meldungen?cookies=yes", "Согласен"),
        ("/ok?r=/presse/meldungen", "同意する"),
    ],
)
def test_the_link_that_lets_through(href: str, label: str) -> None:
    refusal = ("/einwilligung/nein?zurueck=/presse/meldungen", "Nicht akzeptieren")
    found = acceptance(wall(refusal, ("/datenschutz", "Accept our policy"), (href, label)), WALL, ASKED)
    assert found.startswith(HOST)
    assert found.removeprefix(HOST).partition("?")[0] == href.partition("?")[0]


@pytest.mark.parametrize(
    "page",
    [
        wall(("/login?next=/presse/meldungen", "Anmelden")),
        wall(("/ja?zurueck=/karriere", "Akzeptieren")),
        wall(("https://consent.example/ja?zurueck=/presse/meldungen", "Akzeptieren")),
        wall(("/presse/meldungen", "Accept")),
        wall(("/ja?zurueck=/presse/meldungen", "Akzeptieren"), *((f"/{n}", f"Seite {n}") for n in range(MOST_LINKS))),
        b"",
        b'{"accept": "/ja?zurueck=/presse/meldungen"}',
    ],
)
def test_other_pages_are_no_walls(page: bytes) -> None:
    assert acceptance(page, WALL, ASKED) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?><rss><channel><title>Meldungen</title></channel></rss>",
        b"<?xml version='1.0'?>\n<?xml-stylesheet href='/a.xsl'?>\n<!-- by hand --><urlset></urlset>",
        b"\xef\xbb\xbf  <feed xmlns='http://www.w3.org/2005/Atom'></feed>",
        b"<rdf:RDF></rdf:RDF>",
        b"<sitemapindex></sitemapindex>",
        b"\x1f\x8b\x08\x00",
    ],
)
def test_feeds_and_sitemaps_are_not_parsed_as_pages(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consent, "parse_beginning", lambda *given: pytest.fail("parsed"))
    assert acceptance(data, WALL, ASKED) == ""


def test_a_page_behind_a_wall_is_got_by_the_link_that_accepts() -> None:
    yes = f"{HOST}/einwilligung/ja?zurueck=/presse/meldungen"
    pages = {ASKED: (WALL, wall((yes, "Alle akzeptieren"))), yes: (ASKED, b"<p>Meldungen</p>")}
    asked: list[str] = []

    async def get(address: str) -> SimpleNamespace:
        asked.append(address)
        url, body = pages[address]
        return SimpleNamespace(url=url, body=body, content_type="text/html")

    assert asyncio.run(get_through(get, ASKED)).body == b"<p>Meldungen</p>"
    assert asyncio.run(get_through(get, yes)).body == b"<p>Meldungen</p>"
    assert asked == [ASKED, yes, yes]
