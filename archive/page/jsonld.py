"""The JSON-LD a page carries, as a flat list of nodes. Tolerates what publishers do to JSON; resolves `@id` references.

Source: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents and schema.org's Article.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from archive.text.characters import visible

Node = Mapping[str, Any]

ARTICLE_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "pressrelease",
        "blogposting",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "liveblogposting",
        "socialmediaposting",
        "scholarlyarticle",
        "techarticle",
        "report",
        "satiricalarticle",
        "askpublicnewsarticle",
        "specialannouncement",
    }
)

_MAX_NODES = 2_000
_MAX_DEPTH = 12
_MAX_SOURCE = 2_000_000
"""Characters of all scripts of a page that are read."""

_MAX_VALUES = 100_000
"""Values of a script that is read, by its separators: each takes some hundred bytes of memory."""

_COMMENT = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*\n|<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)\s*", re.S)
_TAIL = re.compile(r"(?:\s*(?://\s*)?(?:-->|\]\]>|/\*\]\]>\*/|;))+\s*\Z")
_LONGEST_TAIL = 200
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_NOTE = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\Z))|/\*.*?(?:\*/|\Z)|//[^\n]*', re.S)
"""A string, or a comment outside of strings."""
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def nodes(sources: Iterable[str]) -> tuple[Node, ...]:
    """Every object in the given script texts, outer before inner, references to `@id` resolved one step.

    A script that is not JSON even after repair adds nothing: publishers' broken scripts are no reason to drop a page.
    """
    found: list[Node] = []
    room = _MAX_SOURCE
    for source in sources:
        room -= len(source)
        if room < 0 or len(found) >= _MAX_NODES:
            break
        found.extend(_walk(_load(source), 0, _MAX_NODES - len(found)))
    named: dict[str, Node] = {}
    for node in found:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(named.get(name, {"@id": 0})):
            named[name] = node
    return tuple(_resolved(node, named) for node in found)


def types(node: Node) -> frozenset[str]:
    """The schema.org types of a node, lower case, without their address."""
    return frozenset(str(name).rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower() for name in listed(node.get("@type")))


def listed(value: Any) -> list[Any]:
    """A JSON-LD value as a list: absent is empty, one is a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str:
    """The first text in a value: a string, a number, an object's `@value` or `name`, a list's first text."""
    for item in listed(value):
        if isinstance(item, Mapping):
            item = item.get("@value") or item.get("name") or ""
            if not isinstance(item, str):
                item = words(item) if isinstance(item, list) else ""
        text = _unescaped(str(item))
        if text and not isinstance(item, bool):
            return text
    return ""


def _unescaped(text: str) -> str:
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    return " ".join(visible(plain).split())


def _load(source: str) -> Any:
    """A script's JSON, repaired if need be: comments, breaks in strings, trailing commas, bad escapes, entities."""
    text = source.strip()
    if sum(map(text.count, ",:{[")) > _MAX_VALUES:
        return None
    for repair in (_as_it_is, _bare, _mended, _without_entities, _first_value):
        try:
            return repair(text)
        except (ValueError, RecursionError):
            continue
    return None


def _as_it_is(text: str) -> Any:
    return json.loads(text, strict=False)


def _bare(text: str) -> Any:
    return json.loads(_without_frame(text), strict=False)


def _without_frame(text: str) -> str:
    """A script's text without the comments that stand around it. The end is looked for in the last characters alone."""
    bare = _COMMENT.sub("", text, count=1)
    return bare[:-_LONGEST_TAIL] + _TAIL.sub("", bare[-_LONGEST_TAIL:])


def _mended(text: str) -> Any:
    bare = _NOTE.sub(r"\1", _without_frame(text))
    return json.loads(_TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", bare)), strict=False)


def _without_entities(text: str) -> Any:
    return _mended(html.unescape(text)) if "&quot;" in text else _mended("[" + text.replace("}\n{", "},{") + "]")


def _first_value(text: str) -> Any:
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=0)
    return json.JSONDecoder(strict=False).raw_decode(_TRAILING_COMMA.sub(r"\1", text[start:]))[0]


def _walk(value: Any, depth: int, room: int) -> Iterator[Node]:
    """Objects in document order, breadth limited by `room`, depth by a constant."""
    if depth > _MAX_DEPTH:
        return
    queue: deque[tuple[Any, int]] = deque([(value, depth)])
    while queue and room > 0:
        item, level = queue.popleft()
        if isinstance(item, Mapping):
            room -= 1
            yield item
            inner: Iterable[Any] = item.values()
        elif isinstance(item, list):
            inner = item
        else:
            continue
        if level < _MAX_DEPTH:
            parts = (part for part in inner if isinstance(part, (Mapping, list)))
            queue.extend((part, level + 1) for part in islice(parts, _MAX_NODES))


def _resolved(node: Node, named: Mapping[str, Node]) -> Node:
    return {key: _followed(value, named) for key, value in node.items()}


def _followed(value: Any, named: Mapping[str, Node]) -> Any:
    if isinstance(value, list):
        return [_followed(item, named) if isinstance(item, Mapping) else item for item in value]
    if isinstance(value, Mapping):
        name = value.get("@id")
        if isinstance(name, str) and name in named and len(named[name]) > len(value):
            return named[name]
    return value
