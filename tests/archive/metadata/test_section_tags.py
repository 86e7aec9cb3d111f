"""Where a page says that it is filed: breadcrumbs and tags."""

import lxml.html
import pytest

from archive.metadata.section_tags import shown_section, shown_tags
from archive.page.markup import StatedMarkup, read_markup

URL = "https://www.portvale.example/news/harbour/pier-opens"
TITLE = "Pier opens at Portvale"


def said(body: str) -> StatedMarkup:
    return read_markup(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


def trail(*crumbs: str) -> str:
    return "<nav class='breadcrumb'>" + " / ".join(crumbs) + "</nav>"


HOME, NEWS = "<a href='/'>Home</a>", "<a href='/news'>News</a>"


@pytest.mark.parametrize(
    ("body", "section"),
    [
        (trail(HOME, NEWS, "<a href='/news/harbour'>Harbour</a>", f"<span>{TITLE}</span>"), "Harbour"),
        (trail(HOME, NEWS, f"<a href='{URL}'>Pier opens</a>"), "News"),
        (trail(HOME, NEWS, "<a href='/news/2026'>2026</a>"), "News"),
        (trail(HOME, f"<span>{TITLE}</span>"), ""),
        (trail("<a href='/news/harbour/storm/report/4'>Storm</a>", NEWS), ""),
        (f"<nav>{HOME} {NEWS}</nav>", ""),
    ],
)
def test_the_section_is_the_last_crumb_above_the_page(body: str, section: str) -> None:
    assert shown_section(said(body), TITLE, URL) == section


def test_a_breadcrumb_in_structured_data() -> None:
    items = ",".join(
        f'{{"@type":"ListItem","position":{n},"name":"{name}","item":"{to}"}}'
        for n, (name, to) in enumerate([("Home", "/"), ("Press", "/press"), ("The pier", URL)], 1)
    )
    data = f'{{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{items}]}}'
    assert shown_section(said(f"<script type='application/ld+json'>{data}</script>"), TITLE, URL) == "Press"


TAGS = "<a rel='tag' href='/t/piers'>Piers</a>, <a rel='tag' href='/t/ferries'>#Ferries</a>"


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        (f"<p>Topics: {TAGS}</p><div class='card'><a rel='tag' href='/t/eels'>Eels</a></div>", ("Piers", "Ferries")),
        ("<article><ul class='post-tags'><li><a href='/t/piers'>Piers</a></li></ul></article>", ("Piers",)),
        ("<p><a rel='category tag' href='/c/news'>News</a></p>", ()),
        (f"<aside>{TAGS}</aside>", ()),
        ("<div class='tags'><a href='/t/piers'>Piers</a></div>", ()),
        ("<article><div class='stage'><a href='/t/piers'>Piers</a></div></article>", ()),
    ],
)
def test_tags_are_those_of_the_page(body: str, tags: tuple[str, ...]) -> None:
    assert shown_tags(said(body)) == tags


def test_a_place_with_all_tags_of_a_site_has_none_of_the_page() -> None:
    links = "".join(f"<li><a href='/t/{n}'>Pier {n}</a></li>" for n in range(30))
    assert shown_tags(said(f"<main><ul class='tags'>{links}</ul></main>")) == ()
