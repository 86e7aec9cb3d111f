"""Who signed a page: which place is believed, and when the site's own name stands for nobody."""

from __future__ import annotations

from archive.metadata.authors import Byline, read_byline
from archive.metadata.headline_area import headline_area
from archive.metadata.names import SITE
from archive.page.html import parse
from archive.page.markup import read_markup

TITLE = "Tamsk bridge opens to walkers"


def _byline(head: str = "", near: str = "", own: tuple[str, ...] = ("Tamsk Courier",)) -> Byline:
    page = f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{near}<p>The bridge is open.</p></article></body>"
    said = read_markup(parse(page.encode()))
    return read_byline(said, headline_area(said, TITLE), TITLE, own)


def _jsonld(author: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", "author": {author}}}</script>'
    )


def test_the_surest_place_that_names_somebody_is_believed() -> None:
    meta = '<meta name="author" content="Oda Brekk">'
    assert _byline(_jsonld('{"name": "Ilva Renn"}') + meta) == Byline(("Ilva Renn",), "json-ld")
    assert _byline(meta, '<p class="byline">By Nils Amsel</p>') == Byline(("Oda Brekk",), "meta")
    assert _byline(near='<p class="byline">By Nils Amsel</p>') == Byline(("Nils Amsel",), "text")


def test_a_place_that_names_only_the_site_gives_way_to_one_that_names_a_person() -> None:
    site = _jsonld('{"name": "Tamsk Courier"}')
    assert _byline(site + '<meta name="author" content="Oda Brekk">') == Byline(("Oda Brekk",), "meta")
    assert _byline(site) == Byline(("Tamsk Courier",), SITE)


def test_a_name_in_two_parts_is_put_together() -> None:
    assert _byline(_jsonld('[{"givenName": "Ilva", "familyName": "Renn"}, {"name": "Oda Brekk"}]')).names == (
        "Ilva Renn",
        "Oda Brekk",
    )
    assert _byline(_jsonld('{"givenName": "Ilva"}')) == Byline()


def test_microdata_names_an_author() -> None:
    assert _byline(near='<span itemprop="author">Nils Amsel</span>') == Byline(("Nils Amsel",), "microdata")


def test_a_label_beside_the_value_says_that_it_is_an_author() -> None:
    pair = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Oda Brekk">'
    assert _byline(pair.format("Written by")) == Byline(("Oda Brekk",), "meta")
    assert _byline(pair.format("Reading time")) == Byline()


def test_of_words_near_the_headline_people_are_believed_before_a_desk() -> None:
    assert _byline(near='<p class="byline">Regional desk</p>') == Byline(("Regional desk",), "text")
    near = '<p class="byline">Regional desk</p><p class="author">Nils Amsel</p>'
    assert _byline(near=near) == Byline(("Nils Amsel",), "text")


def test_where_the_site_signs_a_desk_near_the_headline_does_not_take_its_place() -> None:
    site = '<meta name="author" content="Tamsk Courier">'
    assert _byline(site, '<p class="byline">Regional desk</p>') == Byline(("Tamsk Courier",), SITE)
    assert _byline(site, '<p class="byline">By Nils Amsel</p>') == Byline(("Nils Amsel",), "text")


def test_names_and_offices_that_only_their_elements_keep_apart_are_two() -> None:
    near = '<div class="byline"><b>Author:</b> <a>Oda Brekk</a><span>Senior Press Officer</span><a>E-mail</a></div>'
    assert _byline(near=near) == Byline(("Oda Brekk",), "text")


def test_authors_of_a_reference_and_contacts_are_not_the_pages() -> None:
    reference = '<p class="reference"><i class="author">N. Amsel</i>: Walking on ice</p>'
    contact = '<div class="contact">Ask <i class="author">Oda Brekk</i></div>'
    assert _byline(near=reference + contact) == Byline()


def test_whose_words_a_quote_has_is_not_the_pages_author() -> None:
    quote = '<div class="quote-block"><p>It is warm.</p><div class="quote-block__author">Oda Brekk, keeper</div></div>'
    assert _byline(near=quote) == Byline()
    assert _byline(near='<div class="story__author">Oda Brekk</div>' + quote) == Byline(("Oda Brekk",), "text")


def test_a_meta_may_name_several_authors() -> None:
    site = _jsonld('{"@type": "Organization", "name": "Tamsk Courier"}')
    assert _byline(site + '<meta name="authors" content="Oda Brekk, Nils Amsel">').names == ("Oda Brekk", "Nils Amsel")


def test_a_sentence_that_begins_with_by_names_nobody() -> None:
    near = "<p>By Order of the council, bathing in the river stays forbidden.</p>"
    assert _byline(near=near) == Byline()
    assert _byline(near="<p>By Tamsk Courier</p>") == Byline(("Tamsk Courier",), SITE)


def test_an_author_at_the_foot_of_the_page_is_that_of_a_teaser() -> None:
    page = (
        f'<body><main><h1>{TITLE}</h1><p>The bridge is open.</p></main><footer><a rel="author">Nils Amsel</a></footer>'
    )
    said = read_markup(parse(page.encode()))
    assert read_byline(said, headline_area(said, TITLE), TITLE, ()) == Byline()
    assert _byline(near='<footer><a rel="author">Nils Amsel</a></footer>') == Byline(("Nils Amsel",), "microdata")


def test_names_for_catalogues_are_told_as_people_say_them() -> None:
    metas = "".join(f'<meta name="citation_author" content="{name}">' for name in ("Brekk Amsel, Oda", "Ilva Renn"))
    assert _byline(metas).names == ("Oda Brekk Amsel", "Ilva Renn")
    assert _byline('<meta name="citation_author" content="Office of Tides, Storms and Ice">').names == (
        "Office of Tides, Storms and Ice",
    )


def test_people_and_their_offices_stand_each_in_a_line_of_a_byline() -> None:
    near = '<div class="authors"><p>Oda Brekk, Director of Tides</p><p>Ilva Renn, Chair of Storms</p></div>'
    assert _byline(near=near).names == ("Oda Brekk", "Ilva Renn")


def test_of_an_item_of_an_author_only_its_name_is_read() -> None:
    item = '<div itemprop="author" itemscope><span itemprop="name">Oda Brekk</span>, <i>Chief of tides</i></div>'
    assert _byline(near=item).names == ("Oda Brekk",)


def test_of_a_card_only_its_name_is_read_and_a_creator_is_an_author() -> None:
    card = '<span class="author vcard"><span class="fn">Oda Brekk</span> <span class="org">Tides</span></span>'
    assert _byline(near=card).names == ("Oda Brekk",)
    assert _byline(_jsonld("null").replace('"author": null', '"creator": ["Oda Brekk"]')).names == ("Oda Brekk",)


def test_a_line_with_the_day_may_name_the_author_too() -> None:
    assert _byline(near="<p>3 May 2026 · by Oda Brekk</p>") == Byline(("Oda Brekk",), "text")
    assert _byline(near="<p>Publié le 3 mai 2026 par <a>Oda Brekk</a> – Mis à jour le 9</p>").names == ("Oda Brekk",)
    assert _byline(near="<div>Submitted by <b>Oda Brekk</b> on 3 May 2026</div>").names == ("Oda Brekk",)
    assert _byline(near="<p>On 3 May 2026 a song by <a>Oda Brekk</a> was sung on the bridge.</p>") == Byline()


def test_of_a_box_about_the_author_the_name_is_read() -> None:
    box = '<div class="author-box"><a>Oda Brekk</a><br><span>Head of the tide desk</span><br>3 May 2026</div>'
    assert _byline(near=box).names == ("Oda Brekk",)
    assert _byline(near='<div class="byline">Published on 3 May 2026</div>') == Byline()
    for other in ("Edited by", "Photo:", "Translated by"):
        assert _byline(near=f'<div class="byline">{other} <b>Oda Brekk</b> 3 May 2026</div>') == Byline()
    assert _byline(near='<div class="author">by obrekk <span>Tide Forum</span> 3 May</div>').names != ("Tide Forum",)


def test_a_link_to_the_home_page_names_the_site_and_no_author() -> None:
    page = f'<header><a rel="author" href="/">Amsel Walks</a></header><main><h1>{TITLE}</h1><p>Open.</p></main>'
    said = read_markup(parse(f"<body>{page}</body>".encode()))
    assert read_byline(said, headline_area(said, TITLE), TITLE, ()) == Byline()
    signed = page.replace("<p>", '<p>By <a rel="author" href="/">Nils Amsel</a></p><p>')
    said = read_markup(parse(f"<body>{signed}</body>".encode()))
    assert read_byline(said, headline_area(said, TITLE), TITLE, ()).names == ("Nils Amsel",)
    for home in ("/", "https://nils-amsel.example"):
        own = f'<article><h1>{TITLE}</h1><a itemprop="author" href="{home}">Nils Amsel</a><p>Open.</p></article>'
        said = read_markup(parse(f"<body>{own}</body>".encode()))
        assert read_byline(said, headline_area(said, TITLE), TITLE, ()).names == ("Nils Amsel",)


def test_a_byline_beside_the_headline_of_another_release_is_of_that_one() -> None:
    card = '<div class="card"><h3><a href="/news/2">%s</a></h3><span class="author">Oda Brekk</span></div>'
    assert _byline(near=card % "A lamp is lit on the mole") == Byline()
    own = f'<span class="author">Ilva Renn</span>{card % "A lamp is lit on the mole"}'
    assert _byline(near=own).names == ("Ilva Renn",)
    for label in ("Harbour news", "Oda Brekk", "About Oda Brekk of Tamsk"):
        assert _byline(near=card % label).names == ("Oda Brekk",), label


def test_a_byline_above_a_long_text_with_linked_headings_is_of_that_text() -> None:
    link = '<h4><a href="/weather">The weather on the mole</a></h4>'
    text = (" " * 40).join(f"<i>{word}</i>" for word in ("Walkers cross here by day. " * 40).split())  # as some indent
    near = f'<div><div><span class="author">Ilva Renn</span></div><p>{text}</p>{link}</div>'
    assert _byline(near=near).names == ("Ilva Renn",)
