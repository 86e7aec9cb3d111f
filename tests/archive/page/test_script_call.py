"""The state that a function called in place returns, with what it is called with."""

from __future__ import annotations

import json

import pytest

from archive.page.article_node import letters_of
from archive.page.script_call import called_state, drawn_article, streamed_rows

CALL = "window.__STATE__=(function(a,b,c){return {on:!0,n:.5,posts:[{id:4,title:a,body:b,draft:!1,by:c,x:d}]}}"


def test_parameters_stand_for_the_arguments() -> None:
    body = json.dumps('<p>He said: "return {a:1}"</p>').replace("<", "\\u003C")
    (state,) = called_state(f'{CALL}("Oats are cheap",{body},void 0)); more(1);')
    assert state == {
        "on": True,
        "n": 0.5,
        "posts": [
            {
                "id": 4,
                "title": "Oats are cheap",
                "body": '<p>He said: "return {a:1}"</p>',
                "draft": False,
                "by": None,
                "x": None,
            }
        ],
    }


@pytest.mark.parametrize(
    "source",
    [
        "x=(function(a){return a.b}(window));",
        f'{CALL}("Oats',
        "(function(a){return {b:a}}(1))",
        "x=(function(a){return {b:a",
        'x=(function(a){return {b:"' + '\\"' * 50_000,
    ],
    ids=["no object", "cut off", "not assigned", "no end", "no closing mark"],
)
def test_what_is_no_state_gives_nothing(source: str) -> None:
    assert list(called_state(source)) == []


TITLE = "Swans on the lock"
PROSE = (
    "A pair of swans has built its nest on the lower gate of the lock of Karn, and boats must wait until June, "
    "or take the old arm."
)


def element(tag: str, *children: object) -> list[object]:
    return ["$", tag, None, {"children": list(children)}]


def test_a_row_that_names_a_text_is_that_text() -> None:
    said = "<p>Ä swan</p>"
    stream = f'1f:T{len(said.encode()):x},{said}2:["$","div",null,{{"html":"$1f"}}]\n3:null\n4:{{"a":"$9"}}\n'
    assert list(streamed_rows(stream)) == [["$", "div", None, {"html": said}], {"a": "$9"}]


def test_a_text_that_is_named_again_and_again_is_put_in_so_often_as_there_is_room() -> None:
    said = "A swan sat. " * 10_000
    ((*values,),) = streamed_rows(f"1:T{len(said):x},{said}2:{json.dumps(['$1'] * 500)}\n")
    assert (values.count(said), values.count("$1")) == (25, 475)
    (state,) = called_state(f"x=(function(a,b){{return {{all:[{'a,' * 500}1]}}}}({json.dumps(said)},2))")
    assert 20 <= state["all"].count(said) <= 25
    assert state["all"].count(None) == 500 - state["all"].count(said)


def test_what_is_cut_off_is_left_out() -> None:
    assert list(streamed_rows('1:["$","p",null,{"children":')) == []
    assert list(streamed_rows('1:Tfffff,short\n2:["a"]')) == []


def test_the_article_is_the_smallest_element_with_the_title_and_a_text() -> None:
    article = element("article", element("h1", TITLE), element("p", PROSE, " ", element("b", "No horns")), "$L2")
    page = element("body", element("nav", "Home"), element("div", article), element("p", "Other words"))
    assert drawn_article(page, {letters_of(TITLE)}) == f"{PROSE} No horns"
    assert drawn_article(page, {letters_of("Another")}) == ""
    assert drawn_article(element("div", element("h1", TITLE), element("p", "Short.")), {letters_of(TITLE)}) == ""


def test_what_an_element_sets_as_html_is_text_and_a_form_is_not() -> None:
    own = ["$", "div", None, {"dangerouslySetInnerHTML": {"__html": f"<p>{PROSE}</p>"}}]
    page = element("main", element("h1", TITLE), own, element("form", "Your name"), 41, True, None)
    assert drawn_article(page, {letters_of(TITLE)}) == f"{PROSE}\n41"


def test_deep_elements_are_read_up_to_a_depth() -> None:
    deep: list[object] = element("h1", TITLE)
    for _ in range(500):
        deep = element("div", deep)
    assert drawn_article(deep, {letters_of(TITLE)}) == ""
    assert list(streamed_rows("1:" + json.dumps({"a": ["$1"]}))) == [{"a": ["$1"]}]
