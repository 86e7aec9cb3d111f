"""Data that a page streams to its scripts in pieces: self.__next_f.push([1, "5:[...]"]), as React's server components
write it. Pure.

The pieces together are rows (`archive.page.script_call`), of which those of JSON count here. Nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from archive.page.script_call import rows_of_stream

LARGEST = 10_000_000
"""Characters of all pieces that are read."""

_PIECE = re.compile(r"\.push\(\s*(?:\[\s*\d+\s*,\s*)?(?=\")")
_DAY = "$D"


def streamed_values(tree: HtmlElement) -> Iterator[Any]:
    """The JSON values of the rows that the scripts of a page stream."""
    stream = "".join(_pieces(tree))[:LARGEST]
    for _, text, at in rows_of_stream(stream):
        if text is None:
            end = stream.find("\n", at)
            yield from _value(stream[at : end if end >= 0 else len(stream)])


def _pieces(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        text = script.text or ""
        if piece := _PIECE.search(text[:200]):
            try:
                held, _ = json.JSONDecoder().raw_decode(text, piece.end())
            except (ValueError, RecursionError):
                continue
            yield held if isinstance(held, str) else ""


def _value(row: str) -> Iterator[Any]:
    try:
        yield json.loads(row, object_hook=_with_days)
    except (ValueError, RecursionError):
        return


def _with_days(values: dict[str, Any]) -> dict[str, Any]:
    """An object with its moments as other data states them, without the mark of their kind."""
    return {
        name: value[2:] if isinstance(value, str) and value.startswith(_DAY) else value
        for name, value in values.items()
    }
