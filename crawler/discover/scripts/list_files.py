"""Lists that lie in a script file of their own, such as news[0] = {day: "...", head: "...", at: "..."}. Pure.

A page that shows no item may name such a file (`<script src="/lists/press_2026.js">`), which another script shows.
Nothing is run: read are JSON values that are assigned or passed to a call, else the objects of names and texts, or the
lists of texts, that the file holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host, key
from archive.page.markup import words_of
from crawler.discover.links import Document
from crawler.discover.vocabulary import NEWS_STEM

LARGEST = 5_000_000
"""Characters of a file that are read."""

_MOST, _MOST_FILES, _FEWEST = 5_000, 3, 3
"""Items that are read, files that one page proposes, items from which on a file is a list."""

_HOLDERS = ("table", "tbody", "ul", "ol", "div", "section")
"""Elements that may hold a list."""

_MOST_EMPTY, _MOST_SCRIPTS = 40, 100
"""Elements that are empty, and scripts, that are looked at for what fills the former."""

_VALUE = r"\"(?:[^\"\\\n]|\\.){0,2000}+\"|'(?:[^'\\\n]|\\.){0,2000}+'"
_PAIR = re.compile(rf"(?:^|[,\s])[\"']?([A-Za-z_]\w{{0,40}})[\"']?\s{{0,9}}:\s{{0,9}}({_VALUE}|\d{{1,12}}(?![\w.]))")
_OBJECT = re.compile(rf"\{{((?:{_VALUE}|[^{{}}\"']){{10,2000}}+)\}}")
_TEXTS = re.compile(
    rf"[\[(]\s{{0,9}}((?:{_VALUE})(?:\s{{0,9}},\s{{0,9}}(?:{_VALUE}|\d{{1,12}})){{2,20}}+)\s{{0,9}}[\])]"
)
_EACH_VALUE = re.compile(rf"{_VALUE}|\d{{1,12}}")
_WHOLE = re.compile(r"[=(]\s{0,99}(?=[\[{])")
_SAYS_LIST = re.compile(r"data|list|item|archive|release|feed|index|(?:19|20)\d\d", re.IGNORECASE)
_LIBRARY = re.compile(
    r"jquery|bootstrap|polyfill|analytics|modernizr|cookie|consent|slider|menu|lang|\.min\.|(?:^|[/_.-])"
    r"(?:main|app|bundle|vendor|runtime|common|script|scripts|site|global|core|lib|plugins?|theme)\b",
    re.IGNORECASE,
)


def script_files(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The script files of a page's own host whose names say that they hold a list, a few of them."""
    addresses = (canonical(element.get("src") or "", base) for element in tree.iter("script"))
    kept = (each for each in addresses if each and host(each) == host(url) and _may_list(urlsplit(each).path))
    for address in islice(dict.fromkeys(kept), _MOST_FILES):
        yield Document(address, "listing", "json", f"json {re.sub(r'[0-9]+', '#', urlsplit(address).path)}")


def keys_of_fillers(tree: HtmlElement, base: str, addresses: Iterable[str]) -> Iterator[str]:
    """The keys of addresses of data that a script names beside a list that is empty, by its id, or an empty list in
    its own attributes."""
    without_links = (element for element in tree.iter(*_HOLDERS) if next(element.iter("a"), None) is None)
    empty = [element for element in without_links if _is_empty(element)][:_MOST_EMPTY]
    ids = "|".join(re.escape(element.get("id")) for element in empty if element.get("id"))
    texts = (script.text or "" for script in islice(tree.iter("script"), _MOST_SCRIPTS)) if ids else ()
    scripts = [text for text in texts if re.search(rf"['\"]#?(?:{ids})['\" ]", text[:LARGEST])]
    values = (value for element in empty for value in element.attrib.values())
    asked = {key(canonical(value, base)) for value in values if re.search(r"[/.?]", value)}
    for address in addresses:
        name = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        if key(address) in asked or (name and any(name in text for text in scripts)):
            yield key(address)


def _is_empty(element: HtmlElement) -> bool:
    """Whether an element holds nothing, or a table no cells but those of its head."""
    if element.tag in ("table", "tbody"):
        return next(element.iter("td"), None) is None
    return not words_of(element, 1)


def _may_list(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    is_named = bool(_SAYS_LIST.search(name)) or bool(NEWS_STEM.search(re.sub(r"[\W_]+", " ", name)))
    return name.endswith((".js", ".jsonp")) and is_named and not _LIBRARY.search(path.lower())


def items_of_script(text: str) -> Any:
    """What a script file holds as a value of JSON; None where it holds no list."""
    text = text[:LARGEST]
    for begin in islice(_WHOLE.finditer(text), _FEWEST):
        try:
            held, _ = json.JSONDecoder().raw_decode(text, begin.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(held, dict | list) and held:
            return held
    objects = [dict(_pairs(found[1])) for found in islice(_OBJECT.finditer(text), _MOST)]
    items: list[Any] = [pairs for pairs in objects if len(pairs) > 1]
    if len(items) < _FEWEST:
        rows = (_EACH_VALUE.findall(found[1]) for found in islice(_TEXTS.finditer(text), _MOST))
        items = [[_plain(value) for value in row] for row in rows]
    return items if len(items) >= _FEWEST else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return ((found[1], _plain(found[2])) for found in _PAIR.finditer(text))


def _plain(written: str) -> str:
    """A text as it is, without its quotes and the marks before letters."""
    if written[0] not in "\"'":
        return written
    inner = written[1:-1]
    try:
        return str(json.loads('"' + re.sub(r"\\'", "'", inner).replace('"', '\\"').replace('\\\\"', '\\"') + '"'))
    except ValueError:
        return re.sub(r"\\(.)", r"\1", inner)
