"""What a page says of itself, and what it is worth."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement

from archive.core.model import Link
from archive.metadata.metadata import Metadata, read_metadata, read_title
from archive.page import markup
from tests.examples import examples

CAPTURED = datetime(2026, 4, 1, tzinfo=UTC)
URL = "https://www.portvale.example/news/pier-opens"
BODY = "<p>The harbour board has opened the pier and it is now in use by all who live on the coast.</p>" * 3


def tree_of(
    head: str = "", body: str = "<h1>Pier opens at Portvale</h1>", html: str = '<html lang="en-US">'
) -> HtmlElement:
    return lxml.html.document_fromstring(f"<!doctype html>{html}<head>{head}</head><body>{body}{BODY}</body></html>")


def read(
    head: str = "",
    body: str = "<h1>Pier opens at Portvale</h1>",
    url: str = URL,
    link: Link | None = None,
    html: str = '<html lang="en-US">',
) -> Metadata:
    return read_metadata(markup.read_markup(tree_of(head, body, html)), url, CAPTURED, link)


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def test_tags_are_read_from_any_of_the_metas_that_hold_them() -> None:
    assert read('<meta name="parsely-tags" content="pier,ferry"><meta name="keywords" content="">').tags == (
        "pier",
        "ferry",
    )
    assert read('<meta name="news_keywords" content="tide"><meta name="parsely-tags" content="pier">').tags == ("tide",)


def test_a_page_whose_title_is_only_its_site_is_named_by_its_heading() -> None:
    head = '<title>Port of Karn</title><meta property="og:title" content="Port of Karn">'
    head += '<meta property="og:site_name" content="Port of Karn">'
    logo = '<header><h1><a href="/"><img src="l.png" alt="Port of Karn"></a></h1></header>'
    assert read(head, f"{logo}<main><h2>The long pier is repaired</h2></main>").title == "The long pier is repaired"
    assert read(head, logo).title == "Port of Karn"


def test_a_page_with_everything() -> None:
    found = read(
        """<title>Pier opens at Portvale | Portvale Post</title><link rel="canonical" href="/news/pier-opens?x=1#y">
        <meta property="og:title" content="Pier opens at Portvale - Portvale Post">
        <meta property="og:site_name" content="Portvale Post">
        <meta property="og:image" content="/i/pier.jpg"><meta property="og:image:alt" content="The pier at noon">
        <meta property="article:section" content="Harbour"><meta property="article:tag" content="pier">
        <meta property="article:tag" content="ferry">"""
        + ld(
            """{"@type": "NewsArticle", "headline": "Pier opens at Portvale",
            "datePublished": "2026-03-11T09:30:00+05:00",
            "dateModified": "2026-03-12T10:00:00+05:00", "author": [{"@type": "Person", "name": "Ada Marsh"}],
            "alternativeHeadline": "Ferries return"}"""
        )
    )
    assert found == Metadata(
        title="Pier opens at Portvale",
        subtitle="Ferries return",
        published_at="2026-03-11T09:30:00+05:00",
        modified_at="2026-03-12T10:00:00+05:00",
        authors=("Ada Marsh",),
        language="en",
        section="Harbour",
        tags=("pier", "ferry"),
        image="https://www.portvale.example/i/pier.jpg",
        image_caption="The pier at noon",
        canonical_url="https://www.portvale.example/news/pier-opens?x=1#y",
        site_name="Portvale Post",
        kinds=("newsarticle", "person"),
        origins={
            "title": "h1",
            "published_at": "json-ld",
            "modified_at": "json-ld",
            "authors": "json-ld",
            "language": "meta",
        },
    )


def test_reading_leaves_the_tree_as_it_was() -> None:
    tree = tree_of(
        '<meta name="date" content="2026-03-11">',
        "<h1>Pier opens <small>11.03.2026</small></h1><script>x()</script><p>By Ada Marsh</p>",
    )
    before = lxml.html.tostring(tree)
    read_metadata(markup.read_markup(tree), URL, CAPTURED, None)
    assert lxml.html.tostring(tree) == before


@pytest.mark.parametrize(
    ("head", "body", "url", "expected", "origin"),
    [
        # Structured statements, each in its own dress.
        (
            '<meta property="article:published_time" content="2026-03-11T09:30:00Z">',
            "",
            URL,
            "2026-03-11T09:30:00+00:00",
            "meta",
        ),
        ('<meta name="dc.date.issued" content="2026-03-11">', "", URL, "2026-03-11", "meta"),
        ('<meta name="sailthru.date" content="2026-03-11 09:30:00">', "", URL, "2026-03-11T09:30:00", "meta"),
        (
            "",
            '<div itemscope itemtype="https://schema.org/NewsArticle">'
            '<span itemprop="datePublished">11 March 2026</span></div>',
            URL,
            "2026-03-11",
            "microdata",
        ),
        (
            "",
            '<h1>Pier opens</h1><time datetime="2026-03-11T09:30+05:00">Wednesday</time>',
            URL,
            "2026-03-11T09:30:00+05:00",
            "time",
        ),
        # Words near the headline.
        ("", "<h1>Pier opens</h1><p>Posted on March 11, 2026</p>", URL, "2026-03-11", "text"),
        ("", "<h1>Pier opens</h1><p>03/11/2026</p>", URL, "2026-03-11", "text"),
        ("", "<h1>Pier opens<br><small>11 March 2026</small></h1>", URL, "2026-03-11", "text"),
        ("", "<p>11 March 2026</p><h1>Pier opens</h1>", URL, "2026-03-11", "text"),
        (
            "",
            "<h1>Pier opens</h1><span>March 11, 2026</span><span> | </span><span>9:25pm</span>",
            URL,
            "2026-03-11T21:25:00",
            "text",
        ),
        # The address.
        ("", "<h1>Pier opens</h1>", "https://portvale.example/2026/03/11/pier", "2026-03-11", "url"),
        ("", "<h1>Pier opens</h1>", "https://portvale.example/2026/mar/11/pier", "2026-03-11", "url"),
        # A day in a sentence is not the day of publication when another stands alone.
        (
            "",
            "<h1>Pier opens</h1><p>The first pier of the old harbour town was opened on 4 May 2011 by the sea.</p>"
            "<p>11 March 2026</p>",
            URL,
            "2026-03-11",
            "text",
        ),
        # A day to come is not believed, whoever states it.
        (
            '<meta property="article:published_time" content="2031-01-01">',
            "<h1>Pier opens</h1><p>11 March 2026</p>",
            URL,
            "2026-03-11",
            "text",
        ),
        # What the page says of a video is not said of the page.
        (
            "",
            '<div itemscope itemtype="https://schema.org/VideoObject">'
            '<meta itemprop="datePublished" content="2020-01-05"></div>'
            "<h1>Pier opens</h1><p>11 March 2026</p>",
            URL,
            "2026-03-11",
            "text",
        ),
        # Modified is not published.
        (
            "",
            "<h1>Pier opens</h1><p>Updated 12 March 2026</p><p>Published 11 March 2026</p>",
            URL,
            "2026-03-11",
            "text",
        ),
        # A page that was saved again years later keeps the day of its address.
        (
            ld('{"@type": "Article", "datePublished": "2025-06-17"}'),
            "<h1>Pier opens</h1>",
            "https://portvale.example/2017/7/12/pier",
            "2017-07-12",
            "url",
        ),
    ],
)
def test_the_moment_of_publication(head: str, body: str, url: str, expected: str, origin: str) -> None:
    found = read(head, body, url)
    assert (found.published_at, found.origins.get("published_at")) == (expected, origin)


def test_the_day_that_most_places_agree_on_wins() -> None:
    found = read(
        '<meta name="date" content="2026-01-01">',
        '<h1>Pier opens</h1><time datetime="2026-03-11">11 March</time>',
        "https://portvale.example/2026/03/11/pier",
    )
    assert found.published_at == "2026-03-11"


def test_an_ambiguous_meta_is_settled_by_the_page() -> None:
    found = read(
        '<meta name="date" content="11/01/2025 12:43:42">',
        "<h1>Steg offen</h1><p>Erstellt am: 01.11.2025</p>",
        html='<html lang="de">',
    )
    assert found.published_at == "2025-11-01T12:43:42"


def test_utc_is_told_in_the_zone_that_the_page_shows() -> None:
    found = read(
        ld('{"@type": "Article", "datePublished": "2026-03-12T02:25:54Z"}'),
        "<h1>Pier opens</h1><p>March 11, 2026 9:25 pm</p>",
    )
    assert found.published_at == "2026-03-11T21:25:54-05:00"


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("https://porto.example.it/2026/03/12/molo", "", "2026-03-12T00:01:00+01:00"),
        ("https://porto.example.it/molo", "<p>12 marzo 2026</p>", "2026-03-12T00:01:00+01:00"),
        ("https://porto.example.it/2026/03/11/molo", "", "2026-03-11T23:01:00+00:00"),
        ("https://porto.example.it/2026/03/13/molo", "", "2026-03-11T23:01:00+00:00"),
        ("https://porto.example/2026/03/12/molo", "", "2026-03-11T23:01:00+00:00"),
    ],
)
def test_utc_is_told_in_the_country_s_zone_if_only_there_it_is_the_day_told(url: str, body: str, expected: str) -> None:
    stated = ld('{"@type": "Article", "datePublished": "2026-03-11T23:01:00Z", "headline": "Il molo riapre"}')
    assert read(stated, f"<h1>Il molo riapre</h1>{body}", url).published_at == expected


def test_the_time_of_a_comment_is_not_the_page_s() -> None:
    comment = "<ol class='comment-list'><li><time datetime='2026-03-20T10:00:00Z'>20 March 2026</time></li></ol>"
    found = read(body=f"<h1>Pier opens at Portvale</h1><p>Opened on <i>16 March 2026</i></p>{comment}")
    assert found.published_at == "2026-03-16"


@pytest.mark.parametrize(
    ("body", "published", "modified"),
    [
        ("<p>30 March 2026</p>{}<ul><li>This page was last edited on 29 March 2026, at 13:22.</li></ul>", "29", "29"),
        ("<p>5 March 2026</p>{}<p>Diese Seite wurde zuletzt am 29. März 2026 um 13:22 Uhr geändert.</p>", "05", "29"),
        ("{}<div id='footer-lastmod'>29 March 2026</div>", "29", "29"),
        ("<p>5 March 2026</p>{}<p>The person who edited it left on 29 March 2026.</p>", "05", ""),
    ],
)
def test_a_page_was_not_published_after_its_last_change(body: str, published: str, modified: str) -> None:
    found = read(body=f"<h1>Pier opens at Portvale</h1>{body.format(BODY * 8)}")
    assert (found.published_at[8:10], found.modified_at[8:10]) == (published, modified)


def test_a_feed_says_when_the_page_does_not() -> None:
    found = read(
        link=Link(
            URL, title="Pier opens at Portvale", published="Wed, 11 Mar 2026 09:30:00 +0500", modified="2026-03-12"
        )
    )
    assert (found.published_at, found.origins["published_at"]) == ("2026-03-11T09:30:00+05:00", "feed")
    assert (found.modified_at, found.origins["modified_at"]) == ("2026-03-12", "feed")


@pytest.mark.parametrize(
    ("body", "expected", "origin"),
    [
        (f"{BODY * 8}<span class='entry-date'>11 March 2026</span>", "2026-03-11", "text"),
        (
            f"{BODY * 8}<abbr class='published' title='2026-03-11T09:30:00+05:00'>9:30</abbr>",
            "2026-03-11T09:30:00+05:00",
            "text",
        ),
        (
            f"{BODY * 8}<p>Dieser Artikel wurde am 11. März 2026 um 14:48 geschrieben.</p>",
            "2026-03-11T14:48:00",
            "text",
        ),
        (
            f"{BODY * 8}<small>Dieser Beitrag wurde am Mittwoch, 11. März 2026 veröffentlicht</small>",
            "2026-03-11",
            "text",
        ),
        (f'{BODY * 8}<div class="timeline" data-date="11. März 2026"></div>', "2026-03-11", "text"),
        (f'<article id="news20260311_k100">{BODY * 8}</article>', "2026-03-11", "text"),
        (
            f'{BODY}<script>x = {{"published_at":"2026-03-11T09:30:00Z"}}</script>',
            "2026-03-11T09:30:00+00:00",
            "script",
        ),
    ],
)
def test_a_page_that_states_no_day_may_bear_one(body: str, expected: str, origin: str) -> None:
    found = read(body=f"<h1>Pier opens at Portvale</h1>{body}")
    assert (found.published_at, found.origins["published_at"]) == (expected, origin)


def test_a_day_that_cannot_be_is_not_replaced_by_a_guess() -> None:
    found = read(
        '<meta property="article:published_time" content="2031-05-04">', "<h1>Pier</h1><p>© 2019</p><!-- 2019-05-04 -->"
    )
    assert found.published_at == ""


def test_a_page_that_says_nothing_has_no_date() -> None:
    found = read()
    assert found.published_at == found.modified_at == ""
    assert "published_at" not in found.origins


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (ld('{"@type": "Article", "author": {"@type": "Person", "name": "Ada Marsh"}}'), "", ("Ada Marsh",)),
        (ld('{"@type": "Article", "author": "Ada Marsh and Rob Hill"}'), "", ("Ada Marsh", "Rob Hill")),
        (ld('{"@type": "Article", "author": {"givenName": "Ada", "familyName": "Marsh"}}'), "", ("Ada Marsh",)),
        ('<meta name="author" content="Ada Marsh, Reporter">', "", ("Ada Marsh",)),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Marsh">',
            "",
            ("Ada Marsh",),
        ),
        (
            '<meta property="article:author" content="https://social.example/ada">',
            "<h1>Pier</h1><p class='byline'>By Ada Marsh</p>",
            ("Ada Marsh",),
        ),
        ("", "<h1>Pier</h1><p>By Ada Marsh</p>", ("Ada Marsh",)),
        # The site's own name gives way to a person's, and stands when nobody else is named.
        (
            ld('{"@type": "Article", "author": {"name": "Portvale"}}'),
            "<h1>Pier</h1><p class='author'>Von Ada Marsh, Seedorf</p>",
            ("Ada Marsh",),
        ),
        (ld('{"@type": "Article", "author": {"name": "Portvale"}}'), "", ("Portvale",)),
        ("", "", ()),
    ],
)
def test_authors(head: str, body: str, expected: tuple[str, ...]) -> None:
    assert read(head, body).authors == expected


def test_an_entity_written_twice_is_read_once() -> None:
    assert (
        read('<meta property="og:title" content="The board&amp;#039;s pier opens">', "").title
        == "The board's pier opens"
    )


def test_a_schema_that_is_not_free_is_noted() -> None:
    assert not read(ld('{"@type": "NewsArticle", "isAccessibleForFree": false}')).free
    assert not read(ld('{"@type": "NewsArticle", "isAccessibleForFree": "False"}')).free
    assert read(ld('{"@type": "NewsArticle", "isAccessibleForFree": true}')).free
    assert read().free


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[bad", "data:text/html,x", "mailto:a@b.example"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    found = read(f'<link rel="canonical" href="{address}"><meta property="og:image" content="{address}">')
    assert found.canonical_url == found.image == ""


def test_no_password_stands_in_an_address_that_a_page_states() -> None:
    address = "https://ida:tide77@press.example/a.jpg"
    found = read(f'<link rel="canonical" href="{address}"><meta property="og:image" content="{address}">')
    assert found.canonical_url == found.image == "https://press.example/a.jpg"


MARKUP = st.lists(
    st.sampled_from(
        [
            "<h1>",
            "</h1>",
            "<time>",
            "<time datetime='2026-13-99'>",
            "<meta name='date' content='0000'>",
            "<p>",
            "<!-- c -->",
            "<script type='application/ld+json'>{",
            "</script>",
            "12 May 2026",
            "Updated",
            "By ",
            "<title>",
            "</title>",
            "<?pi x?>",
            "<span itemprop='author'>",
            "<a rel=author>",
            "\ufffd",
            "<svg><title>s</title></svg>",
            "<h2>",
            "2026",
            ":",
            "&#0;",
        ]
    ),
    max_size=30,
)


@examples(60)
@given(MARKUP)
def test_any_markup_is_read(parts: list[str]) -> None:
    tree = lxml.html.document_fromstring("<html><body>x" + "".join(parts) + "</body></html>")
    assert isinstance(read_metadata(markup.read_markup(tree), URL, CAPTURED, None), Metadata)


def test_a_deep_page_is_read() -> None:
    tree = lxml.html.document_fromstring(
        "<html><body>" + "<div>" * 200 + "<h1>" + "<b>" * 40 + "Pier" + "</body></html>"
    )
    assert read_metadata(markup.read_markup(tree), URL, CAPTURED, None).title == "Pier"


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2026-01-01">x</time>' * 50_000,
        "<meta name='date' content='12/01/2025'>" * 50_000,
        "<div itemscope>" * 200 + "<b itemprop=author>A B</b>" * 5_000,
        "<h1>Pier number one</h1>" * 50_000,
        "<p>" + "word 12 May " * 400_000,
        "<script type='application/ld+json'>" + '{"a":' * 100_000,
        "<title>" + "a | " * 100_000 + "</title>",
    ],
    ids=["times", "metas", "items", "headings", "text", "json", "title"],
)
def test_a_hostile_page_is_read_in_bounded_time(body: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><body>{body}")
    started = time.process_time()
    read_metadata(markup.read_markup(tree), URL, CAPTURED, None)
    assert time.process_time() - started < 4


class Counted(HtmlElement):  # type: ignore[misc]
    """An element that notes each walk over all that is in it."""

    walks: list[str] = []  # noqa: RUF012 - of the one test that reads it

    def iter(self, *tags: str) -> Iterator[HtmlElement]:
        self.walks.append(f"iter {self.tag}")
        return cast(Iterator[HtmlElement], super().iter(*tags))

    def itertext(self, *tags: str, with_tail: bool = True) -> Iterator[str]:
        self.walks.append(f"itertext {self.tag}")
        return cast(Iterator[str], super().itertext(*tags, with_tail=with_tail))


@pytest.mark.parametrize(
    ("dated", "most"), [(True, 1), (False, 5)], ids=["a page that states its day", "a page without any day"]
)
def test_the_whole_page_is_walked_once(monkeypatch: pytest.MonkeyPatch, dated: bool, most: int) -> None:
    monkeypatch.setattr("archive.metadata.fallback_date.find_date", lambda *_, **__: None)  # walks as it likes
    parser = etree.HTMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counted))
    stated = "<meta property='article:published_time' content='2026-03-03T09:00:00Z'>" if dated else ""
    tree = etree.fromstring(
        f"<html lang=en><head><title>Pier opens | Port</title>{stated}</head><body><h1>Pier opens</h1>"
        f"<p class=date>By Ida Wren</p>{BODY * 10}</body></html>",
        parser,
    )
    Counted.walks.clear()
    read_metadata(markup.read_markup(tree), URL, CAPTURED, None)
    assert 1 <= len([walk for walk in Counted.walks if walk in ("iter html", "itertext html")]) <= most


@pytest.mark.parametrize(
    "headline",
    [
        "<h2>Pier opens at Portvale</h2>",
        "<table><tr><td><b><font size=4>Pier opens at Portvale</font></b></td></tr></table>",
        "<p class=headline>Pier opens at Portvale</p>",
    ],
)
def test_where_every_page_is_called_as_the_site_the_headline_is_what_the_list_and_the_page_write(headline: str) -> None:
    link = Link(URL, "Pier opens at Portvale")
    found = read("<title>Harbour Trust of Selby</title>", headline, link=link)
    assert (found.title, found.origins["title"]) == ("Pier opens at Portvale", "feed")


def test_words_of_a_link_that_the_page_does_not_write_are_no_headline() -> None:
    head = "<title>Portvale Harbour Trust</title>"
    assert read(head, "<h2>Pier news</h2>", link=Link(URL, "Read the whole text")).title == "Portvale Harbour Trust"
    assert read(head, "<h2>Read more</h2>", link=Link(URL, "Read more")).title == "Portvale Harbour Trust"
    with_tail = "<title>Pier opens at Portvale: three photographs</title>"
    kept = read(with_tail, "<b>Pier opens at Portvale</b>", link=Link(URL, "Pier opens at Portvale"))
    assert kept.title == "Pier opens at Portvale: three photographs"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Harbour Trust of Selby: Pier opens at Portvale", "<h1 class=logo><a href=/>Harbour Trust of Selby</a></h1>"),
        ("Press release: Pier opens at Portvale", ""),
        ("News board | Harbour Trust of Selby", "<h1><a href=/main>Harbour Trust of Selby</a></h1>"),
    ],
)
def test_what_list_and_page_write_is_the_headline_where_the_title_has_the_site_before_it(
    title: str, heading: str
) -> None:
    body = f"{heading}<h3>Pier opens at Portvale</h3>"
    found = read(f"<title>{title}</title>", body, link=Link(URL, "Pier opens at Portvale"))
    assert (found.title, found.origins["title"]) == ("Pier opens at Portvale", "feed")


def test_a_heading_that_begins_the_title_is_the_headline_though_a_list_calls_the_page_otherwise() -> None:
    body = "<h1>Pier opens at Portvale</h1><aside><p>New life by the sea</p></aside>"
    head = "<title>Pier opens at Portvale | Harbour Trust of Selby</title>"
    assert read(head, body, link=Link(URL, "New life by the sea")).title == "Pier opens at Portvale"


def test_a_title_is_without_what_turns_its_direction() -> None:
    assert read(body="<h1>\u202bהמזח נפתח למבקרים\u202c</h1>", html='<html lang="he">').title == "המזח נפתח למבקרים"


def test_the_language_of_a_page_without_paragraphs_is_read_from_its_lines() -> None:
    lines = "Порт открыл новый причал, и он доступен для всех жителей.<br>Суда не ждут, как и прежде."
    tree = lxml.html.document_fromstring(f"<html><body><b>Новый причал порта</b><br>{lines}</body></html>")
    found = read_metadata(markup.read_markup(tree), URL, CAPTURED, None)
    assert (found.language, found.origins["language"]) == ("ru", "text")


def test_the_name_of_the_site_behind_a_title_is_what_its_link_home_says() -> None:
    title = "Pier opens at Portvale • Harbour Trust of Selby"
    home = '<a href="/"><img src="/l.png" alt="Harbour Trust of Selby"></a>'
    assert read(f"<title>{title}</title>", f"{home}<h1></h1><p>Boats.</p>").title == "Pier opens at Portvale"
    assert read(f"<title>{title}</title>", "<h1></h1><p>Boats.</p>").title == title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harbour Trust » News » Pier opens at Portvale", "Pier opens at Portvale"),
        ("Pier opens at Portvale | News | Harbour Trust", "Pier opens at Portvale"),
        ("Pier news » News » Harbour Trust", "Pier news » News"),
        ("Pier opens at Portvale » Regatta", "Pier opens at Portvale » Regatta"),
        ("Press » freedom: what the town owes it", "Press » freedom: what the town owes it"),
    ],
)
def test_a_title_without_heading_is_without_the_way_to_the_page(title: str, expected: str) -> None:
    way = '<p><a href="/">Harbour Trust</a> » <a href="/news">News</a> » <a href="/sea">Regatta</a></p>'
    assert read(f"<title>{title}</title>", f"{way}<p>Boats.</p>").title == expected


def test_a_title_that_the_page_writes_is_believed_before_one_that_it_does_not() -> None:
    head = '<title>Selby</title><meta property="og:title" content="Selby"><meta name="twitter:title" content="{}">'
    body = "<div>Pier opens at Portvale</div><p>Boats.</p>"
    assert read(head.format("Pier opens at Portvale"), body).title == "Pier opens at Portvale"
    assert read(head.format("Pier closes at Portvale"), body).title == "Selby"


def test_a_title_of_all_pages_gives_way_to_the_heading_below_it() -> None:
    head = '<title>Press releases</title><meta property="og:title" content="Press releases">'
    body = "<h1>Press releases</h1><h3>Pier opens at Portvale</h3><p>Boats.</p>"
    found = read(head, body)
    assert (found.title, found.origins["title"]) == ("Pier opens at Portvale", "h1")
    said = markup.read_markup(tree_of(head, body, "<html>"))
    assert read_title(said, URL) == "Press releases", "the trees were fitted to such titles"


def test_what_a_title_ends_with_behind_the_headline_is_the_site_and_no_author() -> None:
    head = '<title>Pier opens at Portvale | %s</title><meta name="author" content="Tamsk Strand">'
    heading = "<h1>Pier opens at Portvale</h1>"
    found = read(head % "Tamsk Strand")
    assert (found.authors, found.origins["authors"]) == (("Tamsk Strand",), "site")
    assert read(head % "Tamsk Strand", f"{heading}<p>By Oda Brekk</p>").authors == ("Oda Brekk",)
    found = read(head % "Portvale Post")
    assert (found.authors, found.origins["authors"]) == (("Tamsk Strand",), "meta")
    talk = "<title>A talk on the pier | Tamsk Strand</title><h1>A talk on the pier | Tamsk Strand</h1>"
    found = read('<meta name="author" content="Tamsk Strand">', talk)
    assert (found.authors, found.origins["authors"]) == (("Tamsk Strand",), "meta")


def test_the_title_of_a_page_that_names_itself_nowhere_else_may_be_what_its_source_repeats() -> None:
    def shown(body: str, head: str = "<title>Port of Vale</title>", *repeated: str) -> tuple[str, bool]:
        said = markup.read_markup(tree_of(head, body))
        read = read_metadata(said, URL, CAPTURED, None, lambda words: words in repeated)
        return read.title, "Port of Vale" in read.title_tails

    line, shared = "<p><b>Pier opens at Portvale</b></p>", '<meta property="og:title" content="Port of Vale">'
    assert shown(line) == ("Port of Vale", True)
    assert shown(line, "<title>Port of Vale</title>", "Port of Vale") == ("Pier opens at Portvale", True)
    assert shown("", "<title>Port of Vale</title>", "Port of Vale") == ("Port of Vale", True)
    assert not shown("<h1>Pier opens at Portvale</h1>")[1]
    assert not shown(line, f"<title>Port of Vale</title>{shared}")[1]


def test_an_h1_that_leads_home_and_is_the_whole_title_is_the_name_of_the_site() -> None:
    logo = '<h1><a href="/">Port of Vale</a></h1>'
    for line in ("<h2>Pier opens at Portvale</h2>", "<h3>Pier opens at Portvale</h3>"):
        assert read("<title>Port of Vale</title>", logo + line).title == "Pier opens at Portvale"
        assert read("<title>Port of Vale</title>", f"<h1>Port of Vale</h1>{line}").title == "Port of Vale"
    assert read("<title>Port of Vale</title>", logo).title == "Port of Vale"
