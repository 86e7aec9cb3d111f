"""The text that a page carries for its scripts and does not show: the state that frameworks send along to build it.

Read by shape and not by site: JSON scripts, JSON given to a variable or to `JSON.parse`, or to an attribute (Astro,
Inertia), JSON in a string of JSON (SvelteKit), flat tables in which numbers stand for places (Nuxt's `devalue`), pieces
pushed to a list, what a function called in place returns (`archive.page.script_call`). The article is the object that
has the page's title; its text are the passages of prose in it, in their order, without those of other titled objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from archive.page.article_node import letters_of
from archive.page.markup import plain
from archive.page.script_call import MOST_CHARACTERS, called_state, drawn_article, streamed_rows

_MOST_VALUES, _DEEPEST = 50_000, 30
"""Values of a script that are looked at, and how deep they may lie."""

_PUSHED = ".push(["
"""How a piece of a streamed state begins (React Server Components), which may be short."""

_LEAST, _LEAST_SAID = 300, 120
"""Characters of a script or attribute that may hold an article, and of a text that is one."""

_TITLE, _LONGEST_TITLE = 12, 400
"""Letters and figures of a title that tells one article from others; characters that none has."""

_QUOTED = "&q;"
_ENTITY, _ENTITIES = re.compile(r"&([aqslg]);"), {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}
"""How Angular writes the signs of its JSON that HTML knows (`escapeTransferStateContent`, Angular 5 to 15)."""

_GIVEN = re.compile(r"(?:=|\bparse\(|\bpush\()\s*(?=[\[{\"'])")
_KEPT = re.compile(r"(?:data-(?:page|props|state|initial\S*|react-props|content)|:?(?:props|page|article|post|data))$")
"""Attributes in which frameworks keep what an element is built from."""

_SENTENCE = re.compile(r"[.!?…。！？؟।]")
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।:]["'”’»)]*\s*$""")
_NO_PROSE = re.compile(r"\s*(?:https?:|/|\{|\[|function\b|var |<svg|<script|data:)")
_TITLES = ("title", "headline", "name", "heading")
_ADDRESSES = ("url", "slug", "href", "path", "link", "permalink", "canonical")
"""Keys of the title and of the address of an object that is a page of its own."""

_BESIDE = re.compile(
    r"descr|summar|excerpt|teaser|abstract|seo|meta|social|share|alt|caption|credit|copyright|url|slug|href|path|image|"
    r"related|recommend|author|bio|comment|footer|header|nav|menu|cookie|consent|newsletter|config|i18n|translat|label",
    re.I,
)
"""Keys of what an article has beside its text."""

_TEXTS = ("text", "value", "content", "html", "body", "children", "paragraph")
"""Keys of text, whatever else the key says; the first that an object has is its own."""

_BLOCK = re.compile(
    r"(?:core/?)?(?:heading|header|subhead|h[2-6]\b|li\b|(?:bullet|ordered|numbered)?_?list|quote|blockquote)"
)
"""Kinds of blocks whose short lines are text too, as the editors of WordPress, Sanity and the like name them."""

_STYLE = re.compile(r"(?:h[2-6]|blockquote)$")
"""Styles by which Portable Text, whose blocks are all of one kind, tells headings and quotes."""

_SHORT = 40
"""Characters under which a string is no prose by itself."""

_WORD = re.compile(r"\w")
_SAID = (*_TEXTS, "items", "data", "attributes", "attrs", "values")
"""Keys under which a block has what it says."""

_KINDS = ("type", "_type", "nodeType", "blockName", "__typename")
"""Keys of the kind of an object."""

_RUNS = frozenset({"", "text", "span", "link", "strong", "em", "b", "i", "a", "inline"})
"""Kinds of objects that are pieces of a line."""


def script_text(tree: HtmlElement, titles: Iterable[str]) -> str:
    """The article's text in a page's scripts, a line a paragraph; "" where no object has such a title and prose."""
    called = {name for name in map(letters_of, titles) if len(name) >= _TITLE}
    room = MOST_CHARACTERS
    best = ""
    pushed: list[str] = []
    for script in tree.iter("script"):
        source = script.text or ""
        is_piece = _PUSHED in source[:_LEAST]
        if (len(source) < _LEAST and not is_piece) or "ld+json" in (script.get("type") or "") or not called:
            continue
        room -= len(source)
        if room < 0:
            break
        for value in _values(source, pushed):
            best = max(best, _best(value, called), key=len)
    for value in streamed_rows("".join(pushed)):
        best = max(best, _best(value, called), key=len)
    for value in _attributes(tree, room) if called else ():
        best = max(best, _best(_unpaired(value, 0), called), key=len)
    return best if len(best) >= _LEAST_SAID else ""


def _best(value: Any, called: set[str]) -> str:
    """The longest text of the objects in a value that have one of the page's titles."""
    texts = ("\n".join(dict.fromkeys(_lines(found, called, 0))) for found in _titled(_resolved(value), called))
    return max((*texts, drawn_article(value, called)), key=len)


def _attributes(tree: HtmlElement, room: int) -> Iterator[Any]:
    """The values of attributes that hold JSON for scripts."""
    for element in tree.iter():
        for name, source in element.items() if isinstance(element.tag, str) else ():
            if len(source) >= _LEAST and source[0] in "[{" and _KEPT.match(name):
                room -= len(source)
                if room >= 0 and (value := _decoded(source)) is not None:
                    yield value


def _unpaired(value: Any, depth: int) -> Any:
    """Values that each stand in a pair behind the number of their kind (Astro's), by themselves; any other as it is."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {key: _unpaired(one, depth + 1) for key, one in value.items()}
    is_pair = isinstance(value, list) and len(value) == 2 and type(value[0]) is int and value[0] < 2
    if is_pair and value[0] == 1 and isinstance(value[1], list):
        return [_unpaired(one, depth + 1) for one in value[1]]
    return _unpaired(value[1], depth + 1) if is_pair else value


def _values(source: str, pushed: list[str]) -> Iterator[Any]:
    """The JSON values in a script, and in the strings that it parses; pieces of a stream are `pushed`."""
    if _QUOTED in source[:_LEAST]:
        source = _ENTITY.sub(lambda found: _ENTITIES[found[1]], source)
    whole = _decoded(source.strip())
    if whole is not None:
        yield whole
        return
    yield from called_state(source)
    for given in _GIVEN.finditer(source):
        value = _first_value(source[given.end() :])
        if isinstance(value, str) and value[:1] in ("{", "["):
            value = _decoded(value)
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
            pushed.append(value[1])
        elif isinstance(value, (Mapping, list)):
            yield value


def _decoded(text: str) -> Any:
    """The JSON value that a text is as a whole; None where it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _first_value(text: str) -> Any:
    """The JSON value with which a text begins, whatever follows; None where it begins with none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _resolved(value: Any) -> Any:
    """A flat table with its numbers replaced by what stands at their places; any other value as it is."""
    if not isinstance(value, list) or len(value) < 3 or not any(map(_points, value)):
        return value
    left, room = [_MOST_VALUES], [MOST_CHARACTERS]

    def at(place: Any, depth: int) -> Any:
        left[0] -= 1
        inside = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(value)
        if not inside or depth > _DEEPEST or left[0] < 0:
            return place
        found = value[place]
        room[0] -= len(found) if isinstance(found, str) else 0
        if room[0] < 0:
            return place
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
            told = (*inner, *_names(one))
            if any(
                isinstance(text, str) and len(text) < _LONGEST_TITLE and letters_of(text) in called for text in told
            ):
                yield one
        elif isinstance(one, list):
            inner = one
        inner = [_decoded(part) if _is_json(part) else part for part in inner]
        if depth < _DEEPEST:
            waiting += [(part, depth + 1) for part in inner if isinstance(part, (Mapping, list))]


def _is_json(value: Any) -> bool:
    """Whether a value is a string that may hold an article as JSON."""
    return isinstance(value, str) and len(value) >= _LEAST and value[0] in "[{" and value[-1] in "]}"


def _lines(value: Any, called: set[str], depth: int, is_block: bool = False) -> Iterator[str]:
    """The passages of prose in an object, in its order; of what calls itself a heading or list all that it says."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if (
            is_block
            and (len(value) < _SHORT or value.startswith("<li"))
            and _WORD.search(value)
            and not _NO_PROSE.match(value)
        ):
            yield from (line for line in plain(value).split("\n") if letters_of(line) not in called)
            return
        yield from (line for line in _passages(value) if letters_of(line) not in called)
    elif isinstance(value, list):
        are_items = is_block and len(value) > 1 and all(isinstance(one, str) for one in value)
        if value and all(map(_is_run, value)) and not are_items and not _are_paragraphs(value):
            yield from _lines("".join(map(_words, value)), called, depth + 1, is_block)
        else:
            for one in value:
                yield from _lines(one, called, depth + 1, is_block)
    elif isinstance(value, Mapping) and not _is_another(value, called):
        says_all = is_block or _is_set_apart(value)
        for key, one in value.items():
            if not _BESIDE.search(key) or key in _TEXTS:
                yield from _lines(one, called, depth + 1, says_all and key in _SAID)


def _passages(text: str) -> list[str]:
    """The lines of a string that is prose or markup with prose; none of one for machines."""
    if len(text) < _SHORT or _NO_PROSE.match(text) or not _SENTENCE.search(text):
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
    """Whether pieces are lines of their own: objects of which each but the last ends a sentence, or strings that all
    do."""
    if len(values) > 1 and all(isinstance(one, str) for one in values):
        return all(_SENTENCE_END.search(one) is not None for one in values)
    objects = len(values) > 1 and all(isinstance(one, Mapping) for one in values)
    return objects and all(_SENTENCE_END.search(_words(one)) is not None for one in values[:-1])


def _kind(value: Mapping[str, Any]) -> str:
    """What an object says that it is, in small letters; "" where it does not."""
    stated = next((value[key] for key in _KINDS if key in value), "")
    return stated.lower() if isinstance(stated, str) else ""


def _is_set_apart(value: Mapping[str, Any]) -> bool:
    """Whether an object is a heading, a list or the like, by its kind or its looks."""
    style = value.get("style")
    is_styled = isinstance(style, str) and _STYLE.match(style) is not None
    return is_styled or isinstance(value.get("listItem"), str) or _BLOCK.match(_kind(value)) is not None


def _words(value: Any) -> str:
    """The string that a piece of a line is, or holds."""
    if isinstance(value, str):
        return value
    return next(text for key in _TEXTS if isinstance(text := value.get(key), str))


def _is_another(value: Mapping[str, Any], called: set[str]) -> bool:
    """Whether an object is a page of its own: one with an address and a title that is not this page's."""
    titles = list(map(letters_of, _names(value)))
    return bool(titles) and not called & set(titles) and any(value.get(key) for key in _ADDRESSES)


def _names(value: Mapping[str, Any]) -> Iterator[str]:
    """The titles of an object, each a string or as WordPress gives it, rendered as markup (`Ports &amp; piers`)."""
    for key in _TITLES:
        title = value.get(key)
        rendered = title.get("rendered") if isinstance(title, Mapping) else None
        said = plain(rendered) if isinstance(rendered, str) and len(rendered) < _LONGEST_TITLE else rendered or title
        if isinstance(said, str) and said:
            yield said
