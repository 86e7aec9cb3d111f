"""Which headings may hold the title."""

from __future__ import annotations

import lxml.html

from archive.metadata.title_headings import title_headings
from archive.page.markup import read_markup


def headings(body: str, title: str = "Oats are cheap again - Board of Grain") -> tuple[str, ...]:
    markup = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return title_headings(read_markup(lxml.html.document_fromstring(markup)))


def test_a_logo_is_no_title_and_the_heading_that_the_title_names_is() -> None:
    named = '<h1 class="site-title">Board of Grain</h1><h2>Menu</h2><h2>Oats are cheap again</h2>'
    assert headings(named) == ("Oats are cheap again",)
    led_home = '<h1><a href="/">Board of Grain</a></h1><h2>Oats are cheap again</h2>'
    assert headings(led_home) == ("Oats are cheap again",)


def test_a_heading_that_links_to_its_own_page_stays() -> None:
    assert headings('<h1><a href="/news/oats">Oats are cheap again</a></h1>') == ("Oats are cheap again",)
    assert headings("<h1>Oats are cheap again</h1>") == ("Oats are cheap again",)


def test_a_page_whose_whole_title_is_its_heading_has_no_logo() -> None:
    assert headings('<h1><a href="/">Board of Grain</a></h1>', "Board of Grain") == ("Board of Grain",)
