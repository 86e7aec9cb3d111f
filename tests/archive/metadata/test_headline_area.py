"""What stands near a headline."""

from __future__ import annotations

import pytest

from archive.metadata.headline_area import HeadlineArea, headline_area
from archive.page.html import parse
from archive.page.markup import StatedMarkup, read_markup

TITLE = "Tamsk bridge opens to walkers"


def _said(body: str) -> StatedMarkup:
    return read_markup(parse(f"<html><body>{body}</body></html>".encode()))


def _area(body: str) -> HeadlineArea:
    return headline_area(_said(body), TITLE)


def test_an_element_of_another_name_may_hold_the_title() -> None:
    area = _area(f"<p>Before</p><div><font>{TITLE}</font><i>After</i></div>")
    assert area.headline is not None
    assert area.headline.tag == "font"


def test_without_a_headline_the_page_is_read_from_its_start() -> None:
    area = _area("<p>3 May 2026</p>")
    assert (area.headline, area.before) == (None, ())
    assert [piece.text for piece in area.pieces] == ["3 May 2026"]


def test_pieces_have_their_side_and_distance() -> None:
    area = _area(f"<p>Before</p><h1><b>Inside</b></h1><h1>{TITLE}</h1><p>After it</p><p>Later</p>")
    assert [(piece.text, piece.side, piece.distance) for piece in area.pieces] == [
        ("After it", 1, 0),
        ("Later", 1, 8),
        ("Inside", -1, 0),
        ("Before", -1, 6),
    ]


def test_menus_scripts_and_forms_are_not_near() -> None:
    area = _area(f"<h1>{TITLE}</h1><nav>Home</nav><script>var a</script><button>Share</button><p>Text</p>")
    assert [piece.text for piece in area.pieces] == ["Text"]


@pytest.mark.parametrize("said", ["The pier, <b>4 May 2019</b>", "<p>The pier, <em>on <b>4 May 2019</b></em></p>"])
def test_the_caption_of_a_picture_is_not_near(said: str) -> None:
    caption = f"<figure><figcaption>{said}</figcaption></figure>"
    assert [piece.text for piece in _area(f"<h1>{TITLE}</h1>{caption}<p>Text</p>").pieces] == ["Text"]


def test_a_date_and_its_time_in_two_elements_are_one_moment() -> None:
    area = _area(f"<h1>{TITLE}</h1><p>Published</p><span>3 May 2026</span><span>14:20</span>")
    (near,) = area.moments("DMY")
    assert (near.moment, near.side, near.in_prose) == ("2026-05-03T14:20:00", 1, False)
    assert "Published" in near.label


def test_a_moment_in_a_long_piece_stands_in_prose() -> None:
    text = "The harbour office of Tamsk said on 3 May 2026 that walkers may cross before any of the carts do."
    (near,) = _area(f"<h1>{TITLE}</h1><p>{text}</p>").moments("DMY")
    assert near.in_prose


def test_bylines_are_marked_and_signatures_open_with_by() -> None:
    area = _area(f'<h1>{TITLE}</h1><p class="author-name">Oda Brekk</p><p>By Nils Amsel</p><p class=bio>Short</p>')
    assert area.bylines == ("Oda Brekk",)
    assert area.signatures == ("By Nils Amsel",)
    assert _area(f'<h1>{TITLE}</h1><p class="author-comment">Oda Brekk</p>').bylines == ()


def test_a_name_behind_the_label_of_an_author_is_a_signature() -> None:
    assert _area(f"<h1>{TITLE}</h1><p><b>Author:</b> Oda Brekk</p>").signatures == ("Author: Oda Brekk",)
    assert _area(f"<h1>{TITLE}</h1><p><b>Editor:</b> Oda Brekk</p>").signatures == ()


def test_a_signature_far_below_is_none() -> None:
    assert _area(f"<h1>{TITLE}</h1>{('<p>' + 'words ' * 30 + '</p>') * 5}<p>By Nils Amsel</p>").signatures == ()


def test_times_know_their_distance() -> None:
    times = _area(f"<h1>{TITLE}</h1><p>twelve chars</p><time>3 May</time>").times
    assert [(element.text, distance) for element, distance in times] == [("3 May", 12)]


def test_a_day_amid_a_short_sentence_stands_in_prose() -> None:
    def is_in_prose(words: str) -> bool:
        (nearby,) = _area(f"<h1>{TITLE}</h1><p>{words}</p>").moments("DMY")
        return nearby.in_prose

    assert is_in_prose("The plan, lodged on 12 February 2026, is refused.")
    assert not is_in_prose("Published by the board on 12 February 2026 in Tamsk.")
    assert is_in_prose("The next bulletin will be published on 12 February 2026.")
    assert not is_in_prose("Tamsk, 12 February 2026")
    assert is_in_prose("The fair keeps its date, and opens on 12 February 2026 at noon.")
    assert not is_in_prose("The date of this release is 12 February 2026 in Tamsk.")
    assert not is_in_prose("Press office of Tamsk, date: 12 February 2026 at noon.")
    assert is_in_prose("Seuraava katsaus julkaistaan 12.2.2026.")
    assert not is_in_prose("Published on 12 February 2026.")
    assert not is_in_prose("Stand dieses Artikels: 12. Februar 2026.")
    assert not is_in_prose("Published on Thursday, 12 February 2026.")
    assert not is_in_prose("Decided by the whole board on 12 February 2026")
    assert not is_in_prose("Komunikat prasowy z dnia 12 lutego 2026 r.")
    assert is_in_prose("船は2026年2月12日に出ます。")


def test_a_time_in_a_teaser_further_down_is_that_of_another_page() -> None:
    prose, time = f"<p>{'The bridge is open. ' * 9}</p>", "<time>3 May</time>"
    others = f'<div><h3><a href="/b">Pier</a></h3>{time}</div>', f'<a href="/b"><div><h3>Pier</h3>{time}</div></a>'
    for teaser in others:
        assert _area(f"<h1>{TITLE}</h1>{prose}{teaser}").times == ()
        assert len(_area(f"<h1>{TITLE}</h1>{teaser}{prose}").times) == 1
    assert len(_area(f'<h1>{TITLE}</h1>{prose}<h3><a href="/b">Pier</a></h3>{prose}<p>{time}</p>').times) == 1


def test_a_time_further_down_that_only_links_to_its_page_or_stands_in_the_text_is_its_own() -> None:
    prose, time = f"<p>{'The bridge is open. ' * 9}</p>", "<time>3 May</time>"
    heading = '<h3><a href="/b">Pier</a></h3>'
    for own in (
        f'<footer class="entry-footer">Posted on <a rel="bookmark" href="/a">{time}</a></footer>',
        f"<div>{time}{prose * 3}{heading}</div>",
        f'<div><h3><a href="#costs">Costs</a></h3>{time}</div>',
    ):
        assert len(_area(f"<header><h1>{TITLE}</h1>{prose}</header>{own}").times) == 1
    for other in (f"<div>{heading}{time}</div>", f'<a href="/b">{"The pier is open. " * 4}{time}</a>'):
        assert _area(f"<header><h1>{TITLE}</h1>{prose}</header>{other}").times == ()
