"""Data that a page streams to its scripts."""

from __future__ import annotations

import json
from typing import Any

from archive.page.html import parse_beginning
from crawler.discover.scripts.streams import streamed_values


def streamed(*pieces: str) -> list[Any]:
    scripts = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    page = f"<body><script>(self.__next_f=self.__next_f||[]).push([0])</script>{scripts}</body>"
    return list(streamed_values(parse_beginning(page.encode())))


def test_rows_are_read_however_they_are_cut() -> None:
    rows = '1:{"slug":"new-lamps"}\n2:I[7,["chunk"]]\na3:["$","$L2",null,{"items":[{"slug":"old-lamps"}]}]\n'
    expected = [{"slug": "new-lamps"}, ["$", "$L2", None, {"items": [{"slug": "old-lamps"}]}]]
    assert streamed(rows) == streamed(rows[:9], rows[9:50], rows[50:]) == expected


def test_long_texts_are_passed_over_by_their_bytes() -> None:
    text = 'Läden\n9:{"slug":"no-row"}\n'
    assert streamed(f'4:T{len(text.encode()):x},{text}5:{{"slug":"a-row"}}\n') == [{"slug": "a-row"}]


def test_moments_lose_the_mark_of_their_kind() -> None:
    assert streamed('1:{"at":"$D2026-03-04T08:00:00.000Z","price":"$5"}') == [
        {"at": "2026-03-04T08:00:00.000Z", "price": "$5"}
    ]


def test_what_is_no_such_data_gives_nothing() -> None:
    assert streamed("no rows", "{") == []
    assert streamed('1:{"slug":\n2:["lamps"]\n') == [["lamps"]]
    for script in ('words.push("lamps")', 'words.push([1,"ferries)', "words.push(lamps)"):
        assert list(streamed_values(parse_beginning(f"<body><script>{script}</script>".encode()))) == []
