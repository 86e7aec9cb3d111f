"""An HTML page as a tree, decoded as a browser would, bounded; and the base of its addresses. Pure; never raises."""

from __future__ import annotations

import re
from itertools import islice
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from archive.core.urls import canonical

Tree: TypeAlias = HtmlElement
"""A parsed page or an element of it."""

LARGEST = 5_000_000
"""Bytes of a listing or home page that are read; the rest is left out."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HUGE_TAG = re.compile(r"<(\w{1,20})[^<>]{10000,}>?")
"""Tags whose attributes libxml2 would compare each with each for minutes; inline pictures are among them."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_RENAMED = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}


def parse_html(body: bytes, content_type: str = "") -> Tree | None:
    """The tree of a page; None where there is nothing of one."""
    text = _HUGE_TAG.sub(r"<\1>", _text(body[:LARGEST], content_type).replace("\0", ""))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):  # an empty document, or nothing but scraps
        return None


def base_of(tree: Tree, url: str) -> str:
    """What the addresses of a page are relative to: its <base>, or its own address."""
    stated = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return (canonical(stated, url) if stated else "") or url


def words(element: Tree, most: int = 500) -> str:
    """The text of an element on one line, of at most that many characters."""
    parts = (part[: 4 * most] for part in islice(element.itertext(), most))
    return " ".join(" ".join(parts).split())[:most]


def _text(body: bytes, content_type: str) -> str:
    """WHATWG's order: byte order mark, header, meta; then UTF-8 if it is that, else Windows-1252."""
    bom = [name for mark, name in _BOMS if body.startswith(mark)]
    header, meta = _CHARSET.findall(content_type)[:1], _CHARSET.findall(body[:4096].decode("latin-1"))[:1]
    wide = [name for name in meta if name.lower().startswith("utf-16")]  # cannot be, as the meta was read
    stated = [*bom, *header, *(["utf-8"] if wide else meta)]
    tries = [(name, "strict") for name in [*stated, "utf-8"]] + [(name, "replace") for name in stated]
    for name, errors in tries:
        try:
            return body.decode(_RENAMED.get(name.lower(), name), errors)
        except (UnicodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")
