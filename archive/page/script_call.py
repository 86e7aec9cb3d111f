"""The state that a script gets otherwise than as one JSON value: from a function called in place, with its values as
arguments, or from a stream.

`window.__NUXT__=(function(a,b){return {title:a,body:b}}("Oats are cheap","<p>…</p>"))` is how some frameworks send
along what is said more than once. Only literals are read: nothing is run.

React streams what its components say (Next's flight data): rows of JSON and of bare text, and elements as lists that
begin with `$`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from archive.page.article_node import letters_of
from archive.page.markup import plain

_CALLED = re.compile(r"=\s*\(function\s*\(([\w$,\s]*)\)\s*\{")
_RETURNED = re.compile(r"\breturn\s*(?=\{)")
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+"?|(?P<key>[A-Za-z_$][\w$]*+)(?=\s*:)|void 0|!0|!1|(?P<name>[A-Za-z_$][\w$]*)|'
    r"(?<![\d.])(?P<point>\.)(?=\d)",
    re.S,
)
_LITERALS: Mapping[str, str] = {
    "void 0": "null",
    "!0": "true",
    "!1": "false",
    "true": "true",
    "false": "false",
    "null": "null",
}
_MOST_CALLS = 3
MOST_CHARACTERS = 3_000_000
"""Characters that are put in for the names of texts, in all: a text may be named again and again."""

_ROW = re.compile(r"([0-9a-f]{1,4}):(?:T([0-9a-f]{1,6}),|(?=[\[{]))")
"""The beginning of a row. Each begins a line, but for one behind a row of text, whose length is told."""

_DEEPEST, _MOST = 60, 50_000
_LEAST = 120
_TAG = re.compile(r"[a-z][a-z0-9]*$")
_APART = frozenset({"script", "style", "nav", "footer", "aside", "form", "button", "svg", "noscript", "template"})
_HEADLINES = frozenset({"h1", "h2"})


def called_state(source: str) -> Iterator[Any]:
    """The objects that functions called in place return, their parameters replaced by what they are called with."""
    for called in list(_CALLED.finditer(source))[:_MOST_CALLS]:
        returned = _RETURNED.search(source, called.end())
        start = source.rfind("}(", called.end())
        if returned is None or start < returned.end():
            continue
        given = _decoded("[" + _plain(source[start + 2 :].partition("</script")[0], {}), closing=")")
        if isinstance(given, list):
            names = [name.strip() for name in called[1].split(",")]
            known = {name: json.dumps(value) for name, value in zip(names, given, strict=False)}
            if (state := _decoded(_plain(source[returned.end() : start], known))) is not None:
                yield state


def _plain(literal: str, known: Mapping[str, str]) -> str:
    """A literal of JavaScript as JSON: keys in quotes, names by what they stand for, or null."""
    left = [MOST_CHARACTERS]

    def written(found: re.Match[str]) -> str:
        if key := found["key"]:
            return f'"{key}"'
        if found["point"]:
            return "0."
        name = found["name"] or found[0]
        if name.startswith('"') or name in _LITERALS:
            return _LITERALS.get(name, name)
        left[0] -= len(known.get(name, ""))
        return known.get(name, "null") if left[0] >= 0 else "null"

    return _TOKEN.sub(written, literal)


def _decoded(text: str, closing: str = "") -> Any:
    """The first JSON value of a text; `closing` ends it in place of a bracket."""
    decoder = json.JSONDecoder(strict=False)
    for end in reversed([at for at, sign in enumerate(text) if sign == closing][-4:]) if closing else (len(text),):
        try:
            return decoder.raw_decode(text[:end] + "]" if closing else text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def streamed_rows(stream: str) -> Iterator[Any]:
    """The values of a stream's rows; a string that only names a row of text (`$1f`) is that text."""
    texts: dict[str, str] = {}
    values: list[Any] = []
    for number, text, at in rows_of_stream(stream):
        if text is None:
            values += _first(stream, at)
        else:
            texts[f"${number}"] = text
    left = [MOST_CHARACTERS]
    for value in values:
        yield _named(value, texts, left, 0) if texts else value


def rows_of_stream(stream: str) -> Iterator[tuple[str, str | None, int]]:
    """The rows of a stream that hold a text or JSON: the number of each, its text (None for JSON), and where what it
    says begins. A text is as long as its row says, in bytes of UTF-8.

    Source: https://github.com/facebook/react (react-client, ReactFlightClient: processBinaryChunk).
    """
    at = 0
    while at < len(stream):
        row = _ROW.match(stream, at)
        if row and row[2]:
            rest = stream[row.end() : row.end() + int(row[2], 16)]
            text = rest.encode("utf-8", "surrogatepass")[: int(row[2], 16)].decode("utf-8", "ignore")
            yield row[1], text, row.end()
            at = row.end() + len(text)
            continue
        if row:
            yield row[1], None, row.end()
        at = stream.find("\n", at) + 1 or len(stream)


def _first(stream: str, at: int) -> list[Any]:
    """The JSON value that begins at a place, if one does."""
    try:
        return [json.JSONDecoder(strict=False).raw_decode(stream, at)[0]]
    except (ValueError, RecursionError):
        return []


def _named(value: Any, texts: Mapping[str, str], left: list[int], depth: int) -> Any:
    """A value with the texts that it names, as long as there are characters left."""
    if isinstance(value, str):
        left[0] -= len(texts.get(value, ""))
        return texts.get(value, value) if left[0] >= 0 else value
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_named(one, texts, left, depth + 1) for one in value]
    if isinstance(value, Mapping):
        return {key: _named(one, texts, left, depth + 1) for key, one in value.items()}
    return value


def drawn_article(value: Any, called: set[str]) -> str:
    """What the smallest element says that holds a heading with one of the page's titles and a text, a line a paragraph;
    "" where none does. `called` are the titles as `letters_of` gives them."""
    left = [_MOST]
    path = _to_heading(value, called, left, 0)
    for element in reversed(path):
        lines = [line for line in plain(_markup(element, 0)).split("\n") if letters_of(line) not in called]
        if sum(map(len, lines)) >= _LEAST:
            return "\n".join(lines)
    return ""


def _to_heading(value: Any, called: set[str], left: list[int], depth: int) -> list[Any]:
    """The elements around a heading with one of the page's titles, the outermost first."""
    left[0] -= 1
    if depth > _DEEPEST or left[0] < 0 or not isinstance(value, (list, Mapping)):
        return []
    if _is_element(value):
        if value[1] in _HEADLINES and letters_of(plain(_markup(value, 0))) in called:
            return [value]
        found = _to_heading(value[3], called, left, depth + 1)
        return [value, *found] if found else []
    for one in value.values() if isinstance(value, Mapping) else value:
        if found := _to_heading(one, called, left, depth + 1):
            return found
    return []


def _is_element(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 3 and value[0] == "$" and isinstance(value[3], Mapping)


def _markup(value: Any, depth: int) -> str:
    """An element as HTML: its children, and what it sets as HTML itself."""
    if isinstance(value, str):
        return "" if value.startswith("$") else escape(value, quote=False)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if depth > _DEEPEST or not isinstance(value, list):
        return ""
    if not _is_element(value):
        return "".join(_markup(one, depth + 1) for one in value)
    tag, props = value[1], value[3]
    if tag in _APART:
        return ""
    own = props.get("dangerouslySetInnerHTML")
    said = own.get("__html") if isinstance(own, Mapping) else None
    inner = said if isinstance(said, str) else _markup(props.get("children"), depth + 1)
    return f"<{tag}>{inner}</{tag}>" if isinstance(tag, str) and _TAG.match(tag) else inner
