"""The text that a page carries for its scripts: JSON, assigned JSON, flat tables, pushed pieces; nothing of others."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import lxml.html
import pytest

from archive.page.script_text import script_text

TITLE = "Ferry to the outer isles sails again"
LINES = [
    "The ferry to the outer isles sails again from Monday, after two winters in the dock at Karnholm.",
    "Its new engine burns half as much oil as the old one, and is so quiet that the crew hears the gulls.",
    "“We had almost forgotten what that sounds like,” said its captain, Runa Vind, on the quay.",
    "A crossing costs the same as before the storm, and children of the isles travel free of charge.",
]
LAMP = "The lamp is new, and the keeper is glad. " * 20
OTHER = {"title": "Karnholm mends its lighthouse", "slug": "lighthouse", "body": LAMP}


def read(script: str) -> list[str]:
    return script_text(lxml.html.document_fromstring(f"<html><body>{script}</body></html>"), (TITLE,)).split("\n")


def as_json(value: Any) -> str:
    return f'<script id="__STATE__" type="application/json">{json.dumps(value)}</script>'


HTML = "".join(f"<p>{line}</p>" for line in LINES)
RICH = [{"type": "paragraph", "children": [{"text": line[:20]}, {"text": line[20:], "bold": True}]} for line in LINES]
FLAT: list[Any] = [{"article": 1, "other": 4}, {"title": 2, "body": 3}, TITLE, HTML, {"title": 5, "x": 5}, "Another"]
ROW = "4:" + json.dumps(["$", "x", {"title": TITLE, "html": HTML}])


@pytest.mark.parametrize(
    "script",
    [
        as_json({"props": {"page": {"headline": TITLE, "body": HTML}, "more": [OTHER]}}),
        as_json({"props": {"page": {"headline": TITLE, "content": RICH, "related": [OTHER]}}}),
        as_json({"post": {"title": TITLE, "blocks": [{"type": "p", "text": line} for line in LINES], "next": OTHER}}),
        as_json(FLAT),
        f"<script>window.__DATA__ = {json.dumps({'title': TITLE, 'text': HTML})};</script>",
        f"<script>window.s = JSON.parse({json.dumps(json.dumps({'title': TITLE, 'text': HTML}))})</script>",
        f"<script>self.f.push([1, {json.dumps(ROW)}])</script>",
    ],
    ids=["markup", "rich text", "blocks", "flat table", "assigned", "parsed", "pushed"],
)
def test_the_article_is_read_by_the_shape_of_its_data(script: str) -> None:
    assert read(script) == LINES


def test_other_pages_and_what_is_no_prose_are_left_out() -> None:
    assert read(as_json({"items": [OTHER], "strings": {"title": TITLE, "description": "Words. " * 80}})) == [""]
    assert read("<script>" + "var a = {b: 'c'};" * 100 + "</script>") == [""]


def test_without_a_title_nothing_is_read() -> None:
    script = as_json({"title": TITLE, "body": HTML})
    tree = lxml.html.document_fromstring(f"<html><body>{script}</body></html>")
    assert script_text(tree, ("", "News")) == ""


def test_paragraphs_that_are_objects_of_text_alone_are_lines_of_their_own() -> None:
    blocks = [{"__typename": "Block", "id": n, "text": line} for n, line in enumerate(LINES)]
    assert read(as_json({"post": {"title": TITLE, "blocks": blocks}})) == LINES


def test_a_short_release_is_read() -> None:
    padding = {"labels": [f"menu {n}" for n in range(60)]}
    assert read(as_json({"post": {"title": TITLE, "body": "\n".join(LINES[:2])}, **padding})) == LINES[:2]


def test_headings_and_lists_say_all_that_they_hold() -> None:
    blocks = [
        {"type": "paragraph", "data": {"text": LINES[0]}},
        {"type": "header", "data": {"text": "The engine", "level": 2}},
        {"type": "list", "data": {"style": "ordered", "items": ["Half the oil", "No noise"]}},
        {"type": "paragraph", "data": {"text": LINES[1]}},
    ]
    said = read(as_json({"post": {"title": TITLE, "content": {"blocks": blocks}}}))
    assert said == [LINES[0], "The engine", "Half the oil", "No noise", LINES[1]]


def test_json_in_a_string_of_json_is_read() -> None:
    assert read(as_json({"status": 200, "body": json.dumps({"post": {"title": TITLE, "body": HTML}})})) == LINES


def test_attributes_in_which_frameworks_keep_data_are_read() -> None:
    said = escape(json.dumps({"post": {"title": TITLE, "body": HTML}, "related": [OTHER]}))
    assert read(f'<div id="app" data-page="{said}"></div>') == LINES
    paired = escape(json.dumps({"post": [0, {"title": [0, TITLE], "lines": [1, [[0, line] for line in LINES]]}]}))
    assert read(f'<astro-island props="{paired}"></astro-island>') == LINES
    assert read(f'<div data-other="{said}"></div>') == [""]


def test_pieces_of_a_stream_are_read_over_several_scripts() -> None:
    element = [
        "$",
        "main",
        None,
        {"children": [["$", "h1", None, {"children": TITLE}], ["$", "p", None, {"children": "$5"}]]},
    ]
    text = " ".join(LINES)
    stream = f"5:T{len(text.encode()):x},{text}6:{json.dumps(element)}\n"
    pieces = (stream[:90], stream[90:300], stream[300:])
    scripts = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    assert read(scripts) == [text]


def test_blocks_that_are_named_by_their_kind_say_all_that_they_hold() -> None:
    blocks = [
        {"__typename": "CoreParagraphBlock", "attributes": {"content": LINES[0]}},
        {"__typename": "CoreHeadingBlock", "attributes": {"content": "The engine", "level": 2}},
        {"blockName": "core/list", "attributes": {"values": "<li>Half the oil, twice the way</li><li>No noise</li>"}},
        {"__typename": "CoreParagraphBlock", "attributes": {"content": LINES[1]}},
    ]
    said = read(as_json({"post": {"title": TITLE, "blocks": blocks}}))
    assert said == [LINES[0], "The engine", "Half the oil, twice the way", "No noise", LINES[1]]


def test_a_table_that_points_to_one_text_again_and_again_is_read_within_bounds() -> None:
    said = LAMP * 120 + "So it goes on"
    table = [{"article": 1}, {"title": 2, "body": 4}, TITLE, said, [3] * 400]
    assert len(said) <= len("".join(read(as_json(table)))) <= 3_100_000


def test_the_signs_that_angular_escapes_are_read() -> None:
    lines = [line.replace("costs the same", "of isles & ports costs <the> same") for line in LINES]
    data = json.dumps({"post": {"title": TITLE, "paragraphs": lines, "said": 'It\'s late & "cold"'}})
    for sign, escaped in (("&", "&a;"), ('"', "&q;"), ("'", "&s;"), ("<", "&l;"), (">", "&g;")):
        data = data.replace(sign, escaped)
    found = read(f'<script id="app-state" type="application/json">{data}</script>')
    assert found[0] == LINES[0]
    assert "isles & ports" in found[-1]


def test_a_title_as_wordpress_renders_it_names_its_object_and_those_of_others() -> None:
    post = {"title": {"rendered": TITLE}, "content": {"rendered": HTML}, "link": "/ferry"}
    other = {"title": {"rendered": OTHER["title"]}, "content": {"rendered": LAMP}, "link": "/lighthouse"}
    assert read(as_json({"post": {**post, "more": [other]}})) == LINES
    assert read(as_json({"posts": [other]})) == [""]


def test_headings_and_items_of_portable_text_are_read_however_short() -> None:
    def block(text: str, **looks: str) -> dict[str, Any]:
        return {"_type": "block", **looks, "children": [{"_type": "span", "text": text}]}

    body = [
        block(LINES[0], style="normal"),
        block("The engine", style="h2"),
        block("Half the oil", style="normal", listItem="bullet"),
        block("Dark blue", style="header-wide"),
        block(LINES[1], style="normal"),
    ]
    assert read(as_json({"post": {"title": TITLE, "body": body}})) == [LINES[0], "The engine", "Half the oil", LINES[1]]


def test_a_title_that_wordpress_renders_with_entities_is_the_page_s_own() -> None:
    title = "The mayor’s ferry & the island"
    post = {"title": {"rendered": "The mayor&#8217;s ferry &#038; the <em>island</em>"}, "link": "/ferry"}
    for data in ({"title": title, "post": {**post, "content": HTML}}, {"post": {**post, "content": HTML}}):
        assert script_text(lxml.html.document_fromstring(as_json(data)), [title]).split("\n") == LINES
