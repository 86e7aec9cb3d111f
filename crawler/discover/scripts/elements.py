"""Items that a page states as elements of its own making, which a script turns into links. Pure.

Such custom elements (their names have a hyphen: HTML standard, section 4.13.2) carry the address, the title and the day
of an item as attributes: <news-item article-title="..." article-url="/news/12" publish-date="2026-03-04">.
"""

from __future__ import annotations

import re
from html import escape, unescape

from crawler.discover.further.json_items import is_address

_LARGEST, _MOST, _FEWEST = 5_000_000, 1_000, 3
"""Bytes of a page in which they are looked for; elements that are read; elements from which on they are a list."""

_NEAR, _SHORTEST = 3_000, 8
"""Characters behind an element that may show its link already; characters of a title."""

_ELEMENT = re.compile(r"<([a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,5})(\s[^<>]{20,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"[\s:@]([a-z][\w-]{0,60})\s{0,4}=\s{0,4}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')", re.IGNORECASE
)
_TITLE = re.compile(r"(?:^|-)(?:title|heading|headline|header)$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:^|-)(?:url|href|link|permalink)$", re.IGNORECASE)
_DAY = re.compile(r"(?:^|-)(?:date|day|time|published|datetime|created)(?:-|$)", re.IGNORECASE)


def with_elements_shown(body: bytes) -> bytes:
    """A page with its custom elements that state an item as links with their days; the same bytes where it has none."""
    if len(body) > _LARGEST or not _has_any(body):
        return body
    text = body.decode("utf-8", "surrogateescape")
    found = [
        (element.end(), item) for element in list(_ELEMENT.finditer(text))[:_MOST] if (item := _item(element, text))
    ]
    if len(found) < _FEWEST:
        return body
    parts, done = list[str](), 0
    for at, item in found:
        parts += [text[done:at], item]
        done = at
    return "".join([*parts, text[done:]]).encode("utf-8", "surrogateescape")


def _has_any(body: bytes) -> bool:
    return re.search(rb"<[a-zA-Z][a-zA-Z0-9]{0,30}-[\w-]{1,60}\s", body) is not None


def _item(element: re.Match[str], text: str) -> str:
    """A link for an element; "" where it states no item, or shows the link itself."""
    stated = [(found[1], found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(element[2])]
    address = next((value for name, value in stated if _ADDRESS.search(name) and is_address(value)), "")
    title = next((value for name, value in stated if _TITLE.search(name) and len(value) >= _SHORTEST), "")
    if not (address and title) or is_address(title):
        return ""
    if re.search(rf"href\s?=\s?[\"']{re.escape(address)}[\"']", text[element.end() : element.end() + _NEAR]):
        return ""
    days = [value for name, value in stated if _DAY.search(name) and any(map(str.isdecimal, value))]
    day = next((value for value in days if re.match(r"\d{4}-\d\d-\d\d", value)), next(iter(days), ""))
    shown = f'<time datetime="{escape(unescape(day))}">{escape(unescape(day))[:40]}</time>' if day else ""
    return f'<p><a href="{escape(unescape(address))}">{escape(unescape(title))}</a> {shown}</p>'
