"""Data that a page streams to its scripts in pieces: self.__next_f.push([1, "5:[...]"]), as React's server components
write it. Pure.

The pieces together are rows, each with a number, a colon and JSON; texts of some length state their bytes before them.
Nothing is run.
Source: https://github.com/facebook/react (react-client, ReactFlightClient: processBinaryChunk).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

LARGEST = 10_000_000
"""Characters of all pieces that are read."""

_PIECE = re.compile(r"\.push\(\s*(?:\[\s*\d+\s*,\s*)?(?=\")")
_ROW = re.compile(rb"[0-9a-f]*:")
_TEXT = re.compile(rb"T([0-9a-f]{1,8}),")
_DAY = "$D"


def streamed_values(tree: HtmlElement) -> Iterator[Any]:
    """The JSON values of the rows that the scripts of a page stream."""
    data = "".join(_pieces(tree))[:LARGEST].encode("utf-8", "replace")
    at = 0
    while row := _ROW.match(data, at):
        if text := _TEXT.match(data, row.end()):
            at = text.end() + int(text[1], 16)
            continue
        end = data.find(b"\n", row.end())
        end = len(data) if end < 0 else end
        if data[row.end() : row.end() + 1] in (b"[", b"{"):
            yield from _value(data[row.end() : end])
        at = end + 1


def _pieces(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        text = script.text or ""
        if piece := _PIECE.search(text[:200]):
            try:
                held, _ = json.JSONDecoder().raw_decode(text, piece.end())
            except (ValueError, RecursionError):
                continue
            yield held if isinstance(held, str) else ""


def _value(row: bytes) -> Iterator[Any]:
    try:
        yield json.loads(row, object_hook=_with_days)
    except (ValueError, RecursionError):
        return


def _with_days(one: dict[str, Any]) -> dict[str, Any]:
    """An object with its moments as other data states them, without the mark of their kind."""
    return {
        name: value[2:] if isinstance(value, str) and value.startswith(_DAY) else value for name, value in one.items()
    }
