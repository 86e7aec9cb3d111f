"""Where a block stands: paths, roles by tags, signs by names."""

from __future__ import annotations

import lxml.html
import pytest
from lxml.html import HtmlElement

from archive.page.blocks import blocks
from archive.page.places import (
    APART,
    CONCEALED,
    UNSEEN,
    Container,
    is_apart,
    is_of_browser,
    place_of,
    plain_signs,
    table_of,
    wrapped,
)


def chain(body: str, tag: str) -> Container:
    """The place of the first element with a tag, below all that hold it."""
    tree: HtmlElement = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    element = next(tree.iter(tag))
    above: Container | None = None
    for one in reversed([element, *element.iterancestors()]):
        if one.tag != "html":
            above = place_of(one, above, "")
    assert above is not None
    return above


def test_roles_come_from_every_element_around() -> None:
    place = chain("<article><footer><ul><li>Words</li></ul></footer></article>", "li")
    assert place.roles == {"article", "frame", APART, "item"}
    assert place.depth == 4
    assert [one.tag for one in place.upward()] == ["li", "ul", "footer", "article", "body"]


@pytest.mark.parametrize(
    ("style", "is_unseen"),
    [
        ("display: none", True), ("position:absolute;left:-9999px", True), ("text-indent:-9999px", True),
        ("color:red;top: -500em", True), ("left:-20px", False), ("margin-left:-100px", False),
        ("padding-left:9999px", False),
    ],
)  # fmt: skip
def test_what_is_far_outside_of_the_page_is_not_seen(style: str, is_unseen: bool) -> None:
    assert bool(UNSEEN.search(style)) is is_unseen


def test_an_elements_own_role_is_added() -> None:
    place = chain("<div><p>Words</p></div>", "p")
    assert CONCEALED in place_of(place.element, place.above, CONCEALED).roles


def test_the_heading_of_a_section_is_in_a_header_of_its_own_no_part_of_the_frame() -> None:
    assert not is_apart(chain("<main><section><header><h4>Boats</h4></header></section></main>", "h4"))
    assert is_apart(chain("<main><section><header><p>Boats</p></header></section></main>", "p"))
    assert is_apart(chain("<aside><header><h4>Boats</h4></header></aside>", "h4"))
    assert is_apart(chain("<footer><h4>Boats</h4></footer>", "h4"))
    assert not is_apart(chain("<main><p>Boats</p></main>", "p"))


def test_names_of_plain_text_are_no_signs() -> None:
    for name in ("text-formatted", "platform", "research-centre", "frame-type-textmedia", "information"):
        assert {"service", "media", "about"}.isdisjoint(plain_signs(chain(f"<div class='{name}'>Boats</div>", "div")))
    for name, sign in (("contact-form", "service"), ("site-search", "service"), ("post-media", "media")):
        assert sign in plain_signs(chain(f"<div class='{name}'>Boats</div>", "div"))


def test_numbers_and_further_classes_do_not_change_a_path() -> None:
    one = chain('<div class="item-12 odd"><p>Words</p></div>', "p")
    assert one.path == chain('<div class="item-7 even"><p>Other</p></div>', "p").path
    assert one.path != chain('<div class="entry-7"><p>Other</p></div>', "p").path


def test_signs_are_read_from_the_words_of_names() -> None:
    assert "others" in chain('<div class="relatedPosts"><p>Words</p></div>', "div").signs
    assert "body" in chain('<div id="entry-content"><p>Words</p></div>', "div").signs
    assert not chain('<div class="zzz"><p>Words</p></div>', "div").signs
    assert "comments" in chain('<ol class="responses"><li>Words</li></ol>', "ol").signs
    assert "frame" in chain('<div class="footer-links"><p>Words</p></div>', "div").signs
    assert not chain('<div class="responsivegrid table-responsive"><p>Words</p></div>', "div").signs
    assert not chain('<div class="footnotes"><p>Words</p></div>', "div").signs


@pytest.mark.parametrize(
    "named",
    ["sr-only", "visually-hidden", "screen-reader-text x", "usa-sr-only", "u-visually-hidden", "hide-accessible"],
)
def test_what_is_only_read_out_is_told_by_the_usual_class_names(named: str) -> None:
    assert chain(f'<p class="{named}">Article content</p>', "p").is_for_screen_readers


@pytest.mark.parametrize("named", ["hidden", "user-only", "screen", "reader", "sr-onlyness", ""])
def test_other_class_names_do_not(named: str) -> None:
    assert not chain(f'<p class="{named}">The pier opens.</p>', "p").is_for_screen_readers


def test_a_table_is_wrapped_in_the_boxes_that_hold_nothing_else() -> None:
    page = "<div id=all><p>Boats</p><figure id=box><div><table><tr><td>12</td></tr></table></div></figure></div>"
    found = blocks(lxml.html.document_fromstring(f"<html><body>{page}</body></html>"))
    table = table_of(found[-1].container)
    assert table is not None
    assert wrapped(table).element.get("id") == "box"
    assert table_of(found[0].container) is None


@pytest.mark.parametrize(
    ("links", "is_of"),
    [
        ("<a href='javascript:window.print()'>Out</a> | <a href='javascript:history.back()'>&lt;&lt;</a>", True),
        ("<a href='JavaScript:void(self.close())'>X</a>", True),
        ("<a href='javascript: history.go(-1)'>Before</a>", True),
        ("<a href='javascript:window.print()'>Out</a> | <a href='/x'>On</a>", False),
        ("<a href=\"javascript:window.open('/report.pdf')\">The report</a>", False),
        ("<a href='javascript:showPrint(7)'>The print</a>", False),
        ("<a href='javascript:gallery.close()'>The pier as it is today</a>", False),
        ("<a>Out</a>", False),
        ("Out", False),
    ],
)
def test_links_that_do_what_a_browser_does_are_told_from_others(links: str, is_of: bool) -> None:
    assert is_of_browser(lxml.html.fromstring(f"<p>{links}</p>")) is is_of


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("<form><h1>Pier opens</h1><p>Words</p></form>", True),
        ("<div><form><nav><a href='/'>Home</a></nav><p>Words</p></form></div>", True),
        ("<script>a()</script><form><p>One</p><p>Two</p><p>Three</p><p>Words</p></form><!-- end -->", True),
        ("<form><p>Search</p><p>Words</p></form>", False),
        ("<form><p>1</p><p>2</p><p>3</p><p>Words</p><input type='password'></form>", False),
        ("<div>The pier opens.</div><form><p>1</p><p>2</p><p>3</p><p>Words</p></form>", False),
        ("<main><div><div><form><h1>Tell us</h1><p>Words</p></form></div></div></main>", False),
    ],
)
def test_a_form_that_holds_the_page_is_no_frame_of_it(body: str, holds: bool) -> None:
    assert (APART not in chain(body, "p").roles) is holds
    assert "frame" in chain(body, "p").roles  # as the trees know it
