"""The text that a page carries for its scripts: JSON, assigned JSON, flat tables, pushed pieces; nothing of others."""

from __future__ import annotations

import json
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
