"""What a page states of itself: metas, links, JSON-LD, microdata, headings, times; and the words of an element."""

from __future__ import annotations

from archive.page.html import parse
from archive.page.markup import StatedMarkup, read_markup, texts_of, words_of


def _read(body: str = "", head: str = "", html: str = "<html>") -> StatedMarkup:
    return read_markup(parse(f"{html}<head>{head}</head><body class='News Item' lang=kk>{body}</body></html>".encode()))


def test_metas_go_by_small_names_in_their_order_and_empty_ones_are_none() -> None:
    said = _read(
        head='<meta property="OG:Title" content=" Two \n words "><meta name=author content=Oda>'
        '<meta name=author content=Nils><meta name=empty content=" ">'
    )
    assert said.metas == {"og:title": ("Two words",), "author": ("Oda", "Nils")}
    assert said.meta("empty", "author", "og:title") == "Oda"
    assert said.meta("nothing") == ""
    assert said.named(frozenset({"author", "og:title"})) == ("Two words", "Oda", "Nils")


def test_a_content_that_was_escaped_twice_is_read_as_people_do() -> None:
    said = _read(head='<meta name=a content="Brekk &amp;amp; Sons"><meta name=b content="R&amp;D">')
    assert (said.meta("a"), said.meta("b")) == ("Brekk & Sons", "R&D")


def test_links_go_by_each_of_their_relations() -> None:
    said = _read(head='<link rel="Canonical shortlink" href=" /a "><link rel=canonical>')
    assert said.links == {"canonical": ("/a",), "shortlink": ("/a",)}


def test_headings_paragraphs_and_times_in_the_order_of_the_page() -> None:
    said = _read("<h1>One</h1><h1></h1><h2>Two</h2>" + "<p>x</p>" * 12 + "<time>3 May</time>", "<title> A\nB </title>")
    assert said.heading_texts == ("One", "")
    assert [heading.text for heading in said.second_headings] == ["Two"]
    assert (len(said.paragraphs), len(said.times), said.title) == (8, 1, "A B")
    assert said.body_classes == {"news", "item"}


def test_the_language_is_the_outermost() -> None:
    assert _read(html="<html lang=de>").language == "de"
    assert _read().language == "kk"


def test_the_article_is_the_json_ld_node_that_states_something() -> None:
    said = _read(
        head='<script type="application/ld+json">[{"@type": "Organization", "name": "Brekk"},'
        '{"@type": "NewsArticle"}, {"@type": "NewsArticle", "headline": "Ferry"}]</script>'
        '<script>{"@type": "NewsArticle", "headline": "No JSON-LD"}</script>'
    )
    assert said.article["headline"] == "Ferry"
    assert [node["name"] for node in said.typed("organization")] == ["Brekk"]
    assert _read().article == {}


def test_an_article_body_is_found_in_a_script_that_is_broken_elsewhere() -> None:
    text = "The ferry of Tamsk sails \\u201ctwice\\u201d. <b>Bold</b> " * 6
    said = _read(head=f'<script type="application/ld+json">{{"articleBody": "{text}", "x": }}</script>')
    assert said.article == {}
    assert said.article_body.startswith("The ferry of Tamsk sails “twice”. Bold The")
    assert _read(head='<script type="application/ld+json">{"articleBody": "Short."}</script>').article_body == ""


def test_marked_elements_name_what_they_hold_but_not_of_other_things() -> None:
    said = _read(
        '<span itemprop="datePublished" content="2026-05-03">3 May</span><a rel=author>Oda</a>'
        '<i property="schema:headline">Ferry</i><abbr itemprop=dateModified title="2026-05-04">today</abbr>'
        '<div itemscope itemtype="https://schema.org/Comment"><b itemprop=author>Reader</b></div>'
    )
    assert [(one.name, one.value) for one in said.marked] == [
        ("datepublished", "2026-05-03"),
        ("author", ""),
        ("headline", ""),
        ("datemodified", "2026-05-04"),
    ]


def test_the_words_of_an_element_are_those_that_a_reader_sees() -> None:
    tree = parse(b"<body><div>One<br>two<script>no</script> <i>three</i>four<p>five</p>six</div><p>alone</p></body>")
    (div,) = tree.iter("div")
    assert words_of(div) == "One two threefour five six"
    assert words_of(div, 9) == "One two t"
    assert words_of(next(tree.iter("script"))) == ""
    assert "".join(texts_of(next(tree.iter("i")))) == "three"


def test_a_headline_of_elements_that_are_lines_by_their_style_keeps_its_words_apart() -> None:
    lines = "<h1><span style='display: block'>Pier</span><span style='color:red;display:block'>opens</span>{}</h1>"
    tree = parse(f"<body>{lines.format('<i style=display:inline-block>ing</i>')}</body>".encode())
    assert words_of(next(tree.iter("h1"))) == "Pier opens ing"
    initial = parse(b"<body><h1><b style='display:block'>P</b>ier <i style='display:inline'>open</i>s</h1></body>")
    assert words_of(next(initial.iter("h1"))) == "Pier opens"


def test_what_lies_very_deep_is_cut_off() -> None:
    tree = parse(("<body><main>Top" + "<div>" * 60 + "Deep" + "</div>" * 60 + "End</main></body>").encode())
    (main,) = tree.iter("main")
    assert words_of(main) == "Top End"


def test_the_title_of_a_drawing_is_not_the_pages() -> None:
    page = "<html><head><svg><title>Menu</title></svg><title>Oats are cheap again</title></head><body></body></html>"
    assert read_markup(parse(page.encode())).title == "Oats are cheap again"
