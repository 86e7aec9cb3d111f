"""What stands beside a page's own text, by its elements and their names."""

from __future__ import annotations

import lxml.html
import pytest

from archive.page.apart import BoxesOver, elements_after, is_apart, own_elements, without_apart
from archive.page.html import parse


@pytest.mark.parametrize(
    "markup",
    [
        "<aside><h3>Coming up</h3><ul><li>Open day</li></ul></aside>",
        "<footer>Founded on 3 May 1998</footer>",
        '<div class="sidebar"><p>Words</p></div>',
        '<section id="upcoming-events"><p>Words</p></section>',
        '<div class="latest"><p>Words</p></div>',
    ],
)
def test_what_stands_beside_is_apart(markup: str) -> None:
    assert is_apart(lxml.html.fragment_fromstring(markup))


@pytest.mark.parametrize(
    "markup",
    [
        "<aside><time>3 May 2026</time></aside>",
        '<footer class="entry-footer">Posted on 3 May 2026</footer>',
        '<div class="layout-sidebar-left"><p>Words</p></div>',
        '<div class="eventually"><p>Words</p></div>',
        '<article class="related"><p>Words</p></article>',
    ],
)
def test_what_belongs_to_the_article_is_not(markup: str) -> None:
    assert not is_apart(lxml.html.fragment_fromstring(markup))


def test_own_elements_leave_out_what_is_apart() -> None:
    tree = lxml.html.fragment_fromstring("<div><p>One</p><footer><p>Two</p></footer><p>Three</p></div>")
    assert [one.text for one in own_elements(tree) if one.tag == "p"] == ["One", "Three"]


def test_words_behind_what_is_apart_are_the_pages_own() -> None:
    tree = lxml.html.fragment_fromstring('<p>On <i class="fa fa-calendar"></i> 3 May 2026 <b class="latest">x</b></p>')
    assert [one.tail for one in own_elements(tree) if one is not tree] == [" 3 May 2026 "]


def test_a_tree_is_as_it_was_after_it_was_read_without() -> None:
    tree = lxml.html.fragment_fromstring("<div><p>One</p><footer><p>Two</p></footer>tail<p>Three</p></div>")
    before = lxml.html.tostring(tree)
    with without_apart(tree):
        assert "Two" not in tree.text_content()
        assert "tail" in tree.text_content()
    assert lxml.html.tostring(tree) == before


def test_a_day_right_below_an_element_is_its_own_though_it_is_called_that_of_an_event() -> None:
    def after(body: str) -> list[str]:
        heading = next(parse(f"<html><body>{body}</body></html>".encode()).iter("h1"))
        return [element.text or "" for element in elements_after(heading)]

    assert after('<h1>Tamsk</h1><p class="event-date">3 May</p><p>Open.</p>') == ["3 May", "Open."]
    assert after('<h1>Tamsk</h1><p>Open.</p><p class="event-date">3 May</p>') == ["Open."]
    assert after('<h1>Tamsk</h1><div class="events"><p>3 May</p></div>') == []
    for name in ("event", "sidebar", "upcoming-event", "latest"):
        assert after(f'<h1>Tamsk</h1><p class="{name}">7 May, Town Hall</p><p>3 May</p>') == ["3 May"]


@pytest.mark.parametrize(
    "box",
    [
        '<div role="dialog" aria-modal="true">{}</div>',
        "<dialog open>{}</dialog>",
        '<div class="site-cookieBanner"><div>{}</div></div>',
        '<section id="consent-box">{}</section>',
        '<div role="search">{}</div>',
        '<div class="popup">{}</div>',
    ],
)
def test_a_box_over_the_page_is_known_by_its_role_or_its_name(box: str) -> None:
    page = parse(
        f"<body>{box.format('<h2>Your choice</h2>')}<p>{'The ferry to Orsk sails again. ' * 3}</p></body>".encode()
    )
    assert BoxesOver(page).hold(next(page.iter("h2")))
    assert not BoxesOver(page).hold(next(page.iter("p")))


def test_a_box_that_holds_the_text_lies_not_over_it_whatever_it_is_called() -> None:
    script, text = "<script>" + "x = 1;" * 99 + "</script>", "<h2>Ferry sails</h2><p>To Orsk, daily.</p>"
    page = parse(f'<body>{script}<div class="modal-page">{text}</div></body>'.encode())
    assert not BoxesOver(page).hold(next(page.iter("h2")))


WORDS = f"<p>{'The ferry to Orsk sails again. ' * 9}</p>"


@pytest.mark.parametrize(
    "box",
    [
        '<header class="newsletter-header">{}</header>',
        '<div class="lightbox-gallery">{}<img src="/a.jpg"></div>',
        '<div role="alert">{}</div>',
        '<article class="node--type-newsletter">{}<form><input></form></article>',
    ],
)
def test_a_part_of_a_page_that_is_only_called_like_a_box_over_it_and_has_its_h1_is_none(box: str) -> None:
    page = parse(f"<body>{box.format('<h1>Ferry sails</h1>')}{WORDS}</body>".encode())
    assert not BoxesOver(page).hold(next(page.iter("h1")))
    sign_up = '<div class="newsletter"><h1>Get our letter</h1><form><input name="mail"></form></div>'
    page = parse(f"<body>{sign_up}{WORDS}</body>".encode())
    assert BoxesOver(page).hold(next(page.iter("h1")))


def test_a_box_is_read_once_however_many_elements_stand_in_it() -> None:
    page = parse(f"<body><div class='popup'>{'<b>Buy</b>' * 50}</div>{WORDS}</body>".encode())
    over, (first, *others) = BoxesOver(page), list(page.iter("b"))
    assert over.hold(first)
    first.text = "Buy " * 999
    assert all(map(over.hold, others))
    assert not any(map(BoxesOver(page).hold, others))
