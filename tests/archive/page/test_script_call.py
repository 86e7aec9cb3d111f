"""The state that a function called in place returns, with what it is called with."""

from __future__ import annotations

import json

import pytest

from archive.page.script_call import called_state

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
