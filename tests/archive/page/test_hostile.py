"""Pages made to take time or memory: each is read, as far as it is, within its budget."""

from __future__ import annotations

import pytest

from archive.page import html, jsonld, markup
from archive.page.blocks import blocks
from archive.page.html import Unreadable
from tests.crawler.discover.test_hostile import PAGES, Make
from tests.support.limits import within_limits

_SCRIPT = b"<body><script type='application/ld+json'>"
BROKEN_JSON = {
    "white space": b" ",
    "ends": b"; ",
    "slashes": b"//",
    "comment ends": b"-->",
    "lists": b"[",
    "objects": b"{},",
    "commas": b", ",
    "escapes": b'"\\x"',
    "entities": b"{&quot;",
    "digits": b"1",
    "open comments": b"/*",
    "breaks": b"}\n{",
}


def _broken(piece: bytes) -> Make:
    return lambda: _SCRIPT + b'{"a":1' + piece * (1_900_000 // len(piece)) + b"x</script>"


OURS: dict[str, Make] = {
    "spans": lambda: b"<body>" + b"<span>a</span><span>b</span><span>" * 80 + b"Words. " * 1_000_000,
    "buttons in a heading": lambda: b"<body><h2>" + b"<button>a</button>" * 40_000,
    "buttons without words": lambda: b"<body><h2>" + b"<button><i></i></button>" * 40_000,
    "properties": lambda: b"<body>" + b"<i itemprop=a>b</i>" * 29_000,
    "metas": lambda: b"".join(b"<meta name=a%d content=b>" % n for n in range(59_000)),
    "scripts": lambda: b"<body>" + b"<script type='application/ld+json'>{\"a\":1}</script>" * 20_000,
    "10 MB of JSON": lambda: _SCRIPT + b"[" + b"{}," * 3_000_000 + b"{}]</script>",
    "5 scripts of JSON": lambda: b"<body>" + (_SCRIPT + b"[" + b"{}," * 600_000 + b"{}]</script>") * 5,
    **{f"broken JSON: {name}": _broken(piece) for name, piece in BROKEN_JSON.items()},
}


_AS_XML = "application/xhtml+xml"
SECTIONS: dict[str, Make] = {
    "open scripts": lambda: b"<![CDATA[a]]>" + b"<script>b " * 140_000,
    "open tags": lambda: b"<![CDATA[a]]>" + b"<script " * 140_000,
    "open sections": lambda: b"<![CDATA[" * 140_000,
    "ends": lambda: b"<![CDATA[a]]><script>" + b"</script " * 140_000,
}
"""Pages of XML whose scripts and sections of characters do not end."""


def _read(body: bytes, content_type: str = "") -> str:
    try:
        tree = html.parse(body, content_type)
    except Unreadable as unreadable:
        return str(unreadable)
    stated = markup.read_markup(tree)
    return f"{len(blocks(tree))} blocks, {len(jsonld.nodes(stated.scripts))} nodes, {stated.title}"


def _read_as_xml(body: bytes) -> str:
    return _read(body, _AS_XML)


@pytest.mark.parametrize("name", [*PAGES, *OURS])
def test_a_page_takes_no_more_than_its_budget(name: str) -> None:
    assert within_limits(_read, (PAGES | OURS)[name])


@pytest.mark.parametrize("name", SECTIONS)
def test_sections_of_characters_take_no_more(name: str) -> None:
    assert within_limits(_read_as_xml, SECTIONS[name])
