"""Consent walls are told from other pages, and the link that lets through is found."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from crawler.discover.documents import consent
from crawler.discover.documents.consent import CONSENT, LOGIN, MOST_LINKS, ConsentWalls, acceptance, what_is_asked

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


YES = f"{HOST}/einwilligung/ja?zurueck=/presse/meldungen"
OTHER = f"{HOST}/presse/termine"


class Site:
    """A newsroom behind a wall until its link was followed; `is_open`: it has none. Keeps what was asked."""

    def __init__(self, is_open: bool = False, yes: str = YES) -> None:
        self.is_open = is_open
        self.yes = yes
        self.asked: list[str] = []

    async def get(self, address: str) -> SimpleNamespace:
        self.asked.append(address)
        await asyncio.sleep(0)  # others get their turn
        if address == self.yes:
            self.is_open = True
            return _page(ASKED, b"<p>Meldungen</p>")
        if address in (ASKED, OTHER) and not self.is_open:
            return _page(WALL, wall((f"/einwilligung/ja?zurueck={address.removeprefix(HOST)}", "Alle akzeptieren")))
        return _page(address, b"<p>Da</p>", 200 if address in (ASKED, OTHER) or "zurueck" in address else 404)


def _page(url: str, body: bytes, status: int = 200) -> SimpleNamespace:
    return SimpleNamespace(url=url, body=body, content_type="text/html", status=status)


def test_a_page_behind_a_wall_is_got_by_the_link_that_accepts() -> None:
    site, walls = Site(), ConsentWalls()
    assert asyncio.run(walls.get(site.get, ASKED)).body == b"<p>Meldungen</p>"
    assert asyncio.run(walls.get(site.get, OTHER)).body == b"<p>Da</p>"
    assert site.asked == [ASKED, YES, OTHER]
    assert walls.found == {ASKED: YES}


def test_a_way_that_is_known_is_gone_at_once_and_the_others_wait_for_it() -> None:
    site, walls = Site(), ConsentWalls({ASKED: YES, OTHER: ""})

    async def both() -> None:
        await asyncio.gather(walls.get(site.get, ASKED), walls.get(site.get, OTHER))

    asyncio.run(both())
    assert site.asked == [YES, OTHER]
    assert walls.found == {}


def test_a_way_that_leads_there_no_longer_is_forgotten() -> None:
    site, walls = Site(is_open=True, yes=""), ConsentWalls({ASKED: f"{HOST}/frueher"})
    assert asyncio.run(walls.get(site.get, ASKED)).body == b"<p>Da</p>"
    assert site.asked == [f"{HOST}/frueher", ASKED]
    assert walls.found == {ASKED: ""}


def test_of_several_that_stand_before_a_wall_one_goes_the_way() -> None:
    site, walls = Site(), ConsentWalls()

    async def both() -> None:
        await asyncio.gather(walls.get(site.get, ASKED), walls.get(site.get, OTHER))

    asyncio.run(both())
    assert site.asked == [ASKED, OTHER, YES, OTHER]


def test_where_only_redirects_lead_to_walls_a_page_in_its_place_is_none() -> None:
    async def get(address: str) -> SimpleNamespace:
        return _page(address, wall(("/presse/meldungen?cookies=yes", "Alle akzeptieren")))

    answer = asyncio.run(ConsentWalls().get(get, ASKED, redirected=True))
    assert answer.url == ASKED


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        (b"<h1>Your privacy</h1><p>We use cookies.</p><form method=post><button>Accept all</button></form>", CONSENT),
        (b"<p>Diese Seite nutzt Cookies</p><div role=button>Zustimmen</div>", CONSENT),
        (b"<h1>Members</h1><form><input name=u><input type='Password' name=p></form>", LOGIN),
        (b"<h1>Harbour news</h1><p>Nothing here yet.</p><button>Accept</button>", ""),
        (b"<p>We use cookies.</p><button>Accept</button>" + b"<a href='/n'>News</a>" * 20, ""),
        (b"<p>We use cookies.</p><button>Accept</button><p>" + b"Tides and berths. " * 900 + b"</p>", ""),
        (b'{"cookies": "accept"}', ""),
        (b"", ""),
    ],
)
def test_a_page_that_only_asks_for_something_is_a_wall(body: bytes, asked: str) -> None:
    assert what_is_asked(body) == asked
