"""What lies before a newsroom: pages that only ask for a language, and sections that may lead to it."""

from __future__ import annotations

import pytest

from crawler.discover.documents.entry_pages import edition_behind, sections_of

URL = "https://www.orlin.example/"
CHOICE = "<li><a href='/nl' hreflang='nl'>Nederlands</a></li><li><a href='/fr' hreflang='fr'>Fran\u00e7ais</a></li>"


def behind(body: str, language: str = "") -> str:
    page = f"<html lang='{language}'><head><meta charset='utf-8'></head><body>{body}</body></html>"
    return edition_behind(page.encode(), URL).removeprefix(URL)


@pytest.mark.parametrize(
    ("body", "language", "there"),
    [
        (f"<ul>{CHOICE}</ul>", "", "nl"),
        (f"<ul>{CHOICE}</ul>", "fr-BE", "fr"),
        (
            "<a href='/en/home.html'>English</a> <a href='/fr/home.html'>Fran\u00e7ais</a> <a href='/terms'>Terms</a>",
            "",
            "en/home.html",
        ),
        ("<a href='/a'>DE</a><a href='/b'>FR</a><a href='/c'>IT</a>", "de", "a"),
        (f"<ul>{CHOICE}</ul><p>{'The council of Orlin welcomes you to its house. ' * 20}</p>", "", ""),
        (f"<ul>{CHOICE}</ul><a href='/news'>News</a><a href='/town'>Town</a><a href='/work'>Work</a>", "", ""),
        ("<a href='/nl' hreflang='nl'>Nederlands</a>", "", ""),
        (f"<ul>{CHOICE}<li><a href='/be' hreflang='nl-BE'>Belgi\u00eb</a></li></ul>", "nl-BE", "nl"),
        ("".join(f"<li><a href='/nl/pers/b{n}.aspx'>Brug {n} is open</a></li>" for n in range(8)), "nl", ""),
        ("", "", ""),
    ],
)
def test_the_edition_behind_a_page_that_only_asks_for_a_language(body: str, language: str, there: str) -> None:
    assert behind(body, language) == there


def test_sections_are_short_links_of_a_menu_but_for_services_and_the_like() -> None:
    names = {
        "town": "Town hall",
        "contact": "Contact",
        "events": "Events",
        "en/house/2026/lamps": "Deep",
        "work": "Work",
    }
    menu = "".join(f"<li><a href='/{path}'>{label}</a></li>" for path, label in names.items())
    body = f"<nav><ul>{menu}<li><a href='https://other.example/x'>Elsewhere</a></li></ul></nav>"
    assert sections_of(f"{body}<main><a href='/a'>In text</a></main>".encode(), URL) == [f"{URL}town", f"{URL}work"]
    assert sections_of(b"", URL) == []
