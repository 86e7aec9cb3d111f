"""Bytes of a page to a tree, and no more of it than can be read safely."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring, fragment_fromstring, tostring

from archive.page import html
from archive.page.html import Unreadable, base_of, close, parse, parse_beginning, without

MANY = " ".join(f"a{n}=1" for n in range(html.MAX_ATTRIBUTES_OF_TAG + 1))


@pytest.mark.parametrize(
    ("before", "tag"),
    [
        ("", f"<p {MANY}>"),
        ("", f"<p {MANY.replace(' ', '/')}>"),
        ("", "<p " + MANY.replace("=1", "='<>'") + ">"),
        ("", f'<p =="><b c=">" {MANY}>'),
        ("<!-->", f"<p {MANY}>"),
        ('<script>if (a < b && c == "it\'s") {}</script >', f"<p {MANY}>"),
        ("<style></STYLE>", f"<P {MANY}"),
    ],
)
def test_a_tag_of_very_many_attributes_is_read_without_them(before: str, tag: str) -> None:
    tree = parse(f"<html><body>{before}{tag}<i>Words</i></body></html>".encode())
    assert max(len(element.attrib) for element in tree.iter()) <= html.MAX_ATTRIBUTES_OF_TAG


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='a' title='1 < 2 > 0' data-x=\"it's\">Words of a page</p>",
        "<script>for (i=0; i<n; i++) { s = '\"'; }</script><p id=b>Words of a page</p>",
        "<!-- <p a='> --><p>Words of a page</p>",
        "<p it's>Words of a page</p>",
        f"<script>x<y {MANY}</script><p id='{MANY}'>Words of a page</p>",
    ],
)
def test_what_a_page_says_stays(markup: str) -> None:
    page = f"<html><head></head><body>{markup}</body></html>"
    for read in (parse, parse_beginning):
        tree = read(page.encode())
        assert tree.xpath("string(//body/p[last()])") == "Words of a page"
        if "<!--" not in markup:
            assert tostring(tree) == tostring(document_fromstring(page))


def test_a_page_of_too_much_is_refused_or_cut() -> None:
    few = b"<p id=1 class=2>Words</p>"
    for piece, most in ((b"<p>Words</p>", html.MAX_TAGS), (b"<p" + b" abc" * 100 + b">", html.MAX_ATTRIBUTES // 100)):
        page = b"<html><body>" + few + piece * (most + 1)
        with pytest.raises(Unreadable, match=r"page of .* (tags|attributes)"):
            parse(page)
        tree = parse_beginning(page)
        assert tree.find("body/p").get("id") == "1"
        assert sum(1 for _ in tree.iter()) <= html.MAX_TAGS + 3  # and html, head, body
    with pytest.raises(Unreadable, match="bytes; at most"):
        parse(few + b" " * html.MAX_BYTES)
    assert parse_beginning(few + b" " * html.MAX_BYTES).find("body/p") is not None


@pytest.mark.parametrize("body", [b"", b" \n", b"only words", b"\0\1\2" * 100 + b"<p>"])
def test_no_page(body: bytes) -> None:
    for read in (parse, parse_beginning):
        with pytest.raises(Unreadable):
            read(body)


def test_the_base_of_addresses() -> None:
    page = "https://gazette.example/a/b"
    assert base_of(parse(b"<base href='/c/'><p>x"), page) == "https://gazette.example/c/"
    assert base_of(parse(b"<base href='javascript:1'><p>x"), page) == page


@given(st.binary(max_size=400))
def test_any_bytes_give_a_tree_or_a_reason(body: bytes) -> None:
    for read in (parse, parse_beginning):
        with suppress(Unreadable):
            assert read(b"<" + body).tag == "html"


def test_a_page_of_exactly_as_many_tags_as_are_read_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<p>a" * 10
    monkeypatch.setattr(html, "MAX_TAGS", 10)
    assert len(parse(page).xpath("//p")) == 10
    monkeypatch.setattr(html, "MAX_TAGS", 9)
    with pytest.raises(Unreadable, match="tags"):
        parse(page)
    assert len(parse_beginning(page).xpath("//p")) == 9


def test_a_section_of_characters_is_text_in_xml_alone() -> None:
    page = b"<html><head><script><![CDATA[a < b]]></script></head><body><p><![CDATA[Less than <9 & more]]></p></body>"
    body = parse(page, "application/xhtml+xml; charset=utf-8").find("body")
    assert body is not None
    assert body.text_content() == "Less than <9 & more"
    assert "Less than" not in parse(page, "text/html").text_content()


def test_letters_and_their_marks_are_one_and_addresses_stay() -> None:
    apart = "Zu\u0308ge fu\u0308r alle"
    page = f"<meta name='a' content='{apart}'><p>{apart} <a href='/zu\u0308ge'>mehr</a> \u0308 a<b</p>"
    tree = parse(page.encode())
    assert tree.find(".//p").text == "Züge für alle "
    assert tree.find(".//a").get("href") == "/zu\u0308ge"
    assert tree.find(".//meta").get("content") == "Züge für alle"
    stated = "https://127.0.0.1/zu\u0308ge"
    assert parse(f"<meta property=og:url content='{stated}'>".encode()).find(".//meta").get("content") == stated


def test_a_page_of_nothing_but_marks_is_read_at_once() -> None:
    assert parse(("<p>a" + "\u0308\u0323" * 1_000_000).encode()).find(".//p") is not None


def test_a_tree_without_some_places_is_whole_again_afterwards() -> None:
    tree = document_fromstring("<html><body><ul><li>A</li></ul><p>The pier opens.</p><script>x</script></body></html>")
    before = tostring(tree)
    with without(tree, tree.iter("ul")):
        assert b"<li>" not in tostring(tree)
        assert b"<script>x" not in tostring(tree)
    assert tostring(tree) == before


def test_what_was_never_closed_stands_beside_what_it_ended_from_a_depth_on() -> None:
    tree = fragment_fromstring("<div>a<div>b<div>c<p>d</p>e<div>f</div></div></div></div>")
    close(tree, 1)
    assert tostring(tree) == b"<div>a<div>b</div><div>c<p>d</p>e</div><div>f</div></div>"


def test_what_something_follows_in_its_place_was_closed() -> None:
    markup = b"<div>a<div>b<div>c</div> d</div><div>e<div>f</div><p>g</p></div></div>"
    tree = fragment_fromstring(markup)
    close(tree, 1)
    assert tostring(tree) == markup
