"""The text that a page carries for its scripts and does not show: the state that frameworks send along to build it.

Read by shape and not by site: JSON scripts, JSON given to a variable or to `JSON.parse`, flat tables in which numbers
stand for places (Nuxt's `devalue`), pieces pushed to a list (Next's flight data), what a function called in place
returns (`archive.page.script_call`). The article is the object that has
the page's title; its text are the passages of prose in it, in their order, without those of other titled objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from archive.page.article_node import fold
from archive.page.markup import plain
from archive.page.script_call import called_state

_MOST_CHARACTERS = 3_000_000
_MOST_VALUES = 50_000
_DEEPEST = 30
_LEAST, _LEAST_SAID = 300, 120
_TITLE = 12
_GIVEN = re.compile(r"(?:=|\bparse\(|\bpush\()\s*(?=[\[{\"'])")
_FLIGHT = re.compile(r"(?m)^[0-9a-f]{1,4}:(?=[\[{])")
_SENTENCE = re.compile(r"[.!?…。！？؟।]")
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।:]["'”’»)]*\s*$""")
_NO_PROSE = re.compile(r"\s*(?:https?:|/|\{|\[|function\b|var |<svg|<script|data:)")
_TITLES = ("title", "headline", "name", "heading")
_ADDRESSES = ("url", "slug", "href", "path", "link", "permalink", "canonical")
_BESIDE = re.compile(
    r"descr|summar|excerpt|teaser|abstract|seo|meta|social|share|alt|caption|credit|copyright|url|slug|href|path|image|"
    r"related|recommend|author|bio|comment|footer|header|nav|menu|cookie|consent|newsletter|config|i18n|translat|label",
    re.I,
)
_TEXTS = ("text", "value", "content", "html", "body", "children", "paragraph")
_RUNS = frozenset({"", "text", "span", "link", "strong", "em", "b", "i", "a", "inline"})


def script_text(tree: HtmlElement, titles: Iterable[str]) -> str:
    """The article's text in a page's scripts, a line a paragraph; "" where no object has such a title and prose."""
    called = {name for name in map(fold, titles) if len(name) >= _TITLE}
    room = _MOST_CHARACTERS
    best = ""
    for script in tree.iter("script"):
        source = script.text or ""
        if len(source) < _LEAST or "ld+json" in (script.get("type") or "") or not called:
            continue
        room -= len(source)
        if room < 0:
            break
        for value in _values(source):
            for found in _titled(_resolved(value), called):
                text = "\n".join(dict.fromkeys(_lines(found, called, 0)))
                best = max(best, text, key=len)
    return best if len(best) >= _LEAST_SAID else ""


def _values(source: str) -> Iterator[Any]:
    """The JSON values in a script, and in the strings that it parses or pushes."""
    whole = _decoded(source.strip())
    if whole is not None:
        yield whole
        return
    yield from called_state(source)
    flight: list[str] = []
    for given in _GIVEN.finditer(source):
        value = _first_value(source[given.end() :])
        if isinstance(value, str) and value[:1] in ("{", "["):
            value = _decoded(value)
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
            flight.append(value[1])
        elif isinstance(value, (Mapping, list)):
            yield value
    stream = "".join(flight)
    yield from (value for row in _FLIGHT.finditer(stream) if (value := _first_value(stream[row.end() :])) is not None)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _first_value(text: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _resolved(value: Any) -> Any:
    """A flat table with its numbers replaced by what stands at their places; any other value as it is."""
    if not isinstance(value, list) or len(value) < 3 or not any(map(_points, value)):
        return value
    left = [_MOST_VALUES]

    def at(place: Any, depth: int) -> Any:
        left[0] -= 1
        inside = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(value)
        if not inside or depth > _DEEPEST or left[0] < 0:
            return place
        found = value[place]
        if isinstance(found, Mapping):
            return {key: at(one, depth + 1) for key, one in found.items()}
        return [at(one, depth + 1) for one in found] if isinstance(found, list) else found

    return [at(place, 0) for place, found in enumerate(value) if _points(found)]


def _points(value: Any) -> bool:
    """Whether a value is an object that says by numbers where its parts stand."""
    return isinstance(value, Mapping) and len(value) > 1 and all(type(one) is int for one in value.values())


def _titled(value: Any, called: set[str]) -> Iterator[Mapping[str, Any]]:
    """The objects that have one of the page's titles."""
    waiting, left = [(value, 0)], _MOST_VALUES
    while waiting and left > 0:
        one, depth = waiting.pop()
        left -= 1
        inner: Sequence[Any] = ()
        if isinstance(one, Mapping):
            inner = list(one.values())
            if any(isinstance(text, str) and len(text) < 400 and fold(text) in called for text in inner):
                yield one
        elif isinstance(one, list):
            inner = one
        if depth < _DEEPEST:
            waiting += [(part, depth + 1) for part in inner if isinstance(part, (Mapping, list))]


def _lines(value: Any, called: set[str], depth: int) -> Iterator[str]:
    """The passages of prose in an object, in its order."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from (line for line in _passages(value) if fold(line) not in called)
    elif isinstance(value, list):
        if value and all(map(_is_run, value)) and not _are_paragraphs(value):
            yield from _lines("".join(map(_words, value)), called, depth + 1)
        else:
            for one in value:
                yield from _lines(one, called, depth + 1)
    elif isinstance(value, Mapping) and not _is_another(value, called):
        for key, one in value.items():
            if not _BESIDE.search(key) or key in _TEXTS:
                yield from _lines(one, called, depth + 1)


def _passages(text: str) -> list[str]:
    """The lines of a string that is prose or markup with prose; none of one for machines."""
    if len(text) < 40 or _NO_PROSE.match(text) or not _SENTENCE.search(text):
        return []
    return [] if text.isascii() and text.count(" ") < 4 else plain(text).split("\n")


def _is_run(value: Any) -> bool:
    """Whether a value is a piece of a line: a string, or an object that holds nothing but such a string."""
    if isinstance(value, str):
        return True
    return (
        isinstance(value, Mapping) and _kind(value) in _RUNS and any(isinstance(value.get(key), str) for key in _TEXTS)
    )


def _are_paragraphs(values: Sequence[Any]) -> bool:
    """Whether pieces are lines of their own: objects of which each but the last ends a sentence."""
    objects = len(values) > 1 and all(isinstance(one, Mapping) for one in values)
    return objects and all(_SENTENCE_END.search(_words(one)) is not None for one in values[:-1])


def _kind(value: Mapping[str, Any]) -> str:
    stated = next((value[key] for key in ("type", "_type", "nodeType") if key in value), "")
    return stated.lower() if isinstance(stated, str) else ""


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    return next(text for key in _TEXTS if isinstance(text := value.get(key), str))


def _is_another(value: Mapping[str, Any], called: set[str]) -> bool:
    """Whether an object is a page of its own: one with an address and a title that is not this page's."""
    titles = [fold(text) for key in _TITLES if isinstance(text := value.get(key), str) and text]
    return bool(titles) and not called & set(titles) and any(value.get(key) for key in _ADDRESSES)
