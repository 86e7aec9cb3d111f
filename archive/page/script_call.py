"""The state that a script gets from a function called in place, with its values as arguments.

`window.__NUXT__=(function(a,b){return {title:a,body:b}}("Oats are cheap","<p>…</p>"))` is how some frameworks send
along what is said more than once. Only literals are read: nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

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

    def written(found: re.Match[str]) -> str:
        if key := found["key"]:
            return f'"{key}"'
        if found["point"]:
            return "0."
        name = found["name"] or found[0]
        return name if name.startswith('"') else _LITERALS.get(name) or known.get(name, "null")

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
