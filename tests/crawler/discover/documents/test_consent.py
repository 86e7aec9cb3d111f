"""Consent walls are told from other pages, and the link that lets through is found."""

from __future__ import annotations

import pytest

from crawler.discover.documents.consent import MOST_LINKS, acceptance

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
