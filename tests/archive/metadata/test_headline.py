"""Which element shows the headline."""

from __future__ import annotations

import pytest

from archive.metadata.headline import find_headline, find_marked, is_written
from archive.page.html import parse
from archive.page.markup import StatedMarkup, read_markup

TITLE = "Tamsk bridge opens to walkers"


def _said(body: str) -> StatedMarkup:
    return read_markup(parse(f"<html><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<h1>Tamsk Courier</h1><h2>{TITLE}</h2>", TITLE),
        (f"<h1>Tamsk Courier</h1><h1>{TITLE}: pictures</h1><h2>More</h2>", f"{TITLE}: pictures"),
        (f"<h1>Another heading</h1><h1>{TITLE}: pictures</h1><h1>{TITLE}</h1>", TITLE),
        ("<h1>Courier</h1>", "Courier"),
    ],
)
def test_the_heading_that_is_the_title_or_holds_it_or_stands_alone(body: str, found: str) -> None:
    headline = find_headline(_said(body), TITLE)
    assert headline is not None
    assert headline.text == found


def test_of_several_headings_without_the_title_none_is_the_headline() -> None:
    assert find_headline(_said("<h1>Courier</h1><h1>Weather</h1>"), TITLE) is None


def test_a_headline_in_a_dense_script_is_written_in_fewer_signs() -> None:
    assert is_written(_said("<b>漁港の食堂が新装</b><p>港</p>"), "漁港の食堂が新装")
    assert not is_written(_said("<b>漁港</b><p>港</p>"), "漁港")
    assert not is_written(_said("<b>Pier open</b><p>A</p>"), "Pier open")


def test_an_element_of_another_name_may_hold_the_title_and_nothing_else() -> None:
    marked = find_marked(_said(f"<p>{TITLE}, says the mayor</p><div><font> {TITLE}</font></div>").tree, TITLE)
    assert marked is not None
    assert marked.tag == "font"
    assert find_marked(_said("<font>Bridge</font>").tree, "Bridge") is None
