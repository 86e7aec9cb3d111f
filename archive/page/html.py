"""Bytes of a page to one lxml tree: which encoding it is really in, and no more of it than can be read safely.

The order of belief follows the WHATWG encoding sniffing algorithm (byte order mark, header, meta), except that a
declaration is believed only as far as the bytes agree: valid UTF-8 with multi-byte sequences is UTF-8 whatever a page
says of itself, and the superset of a declared legacy encoding is used (gb2312 to gb18030, latin-1 to windows-1252).
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from lxml import html
from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError
from lxml.html import HtmlElement

MAX_BYTES = 12_000_000
"""A larger page is not read: the largest real articles, with every image inlined, are under this."""

MAX_TAGS = 60_000
"""A page of more tags is not read: parsing needs some 400 bytes of memory for each."""

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_PLAIN = ElementDefaultClassLookup(element=HtmlElement)
"""One class for every element, chosen in C: lxml.html asks a Python function for each, a third of all time."""

_TOLERATED_ERRORS = 0.005
_BINARY = 0.02


class Unreadable(ValueError):
    """The bytes hold no page that can be read; the message says why in words for a person."""


def parse(body: bytes, content_type: str = "") -> HtmlElement:
    """The tree of a page. Raises Unreadable for bytes that are too many, empty, or no markup at all."""
    if len(body) > MAX_BYTES:
        raise Unreadable(f"page of {len(body):,} bytes; at most {MAX_BYTES:,} are read")
    if body.count(b"<") > MAX_TAGS:
        raise Unreadable(f"page of {body.count(b'<'):,} tags; at most {MAX_TAGS:,} are read")
    text = _XML_DECLARATION.sub("", decode(body, content_type)).encode("utf-8", "replace")
    clean = text.translate(None, _CONTROLS)
    if len(text) - len(clean) > _BINARY * len(text):
        raise Unreadable("the page is binary, not text")
    if b"<" not in clean:
        raise Unreadable("no markup in the page" if clean.strip() else "the page is empty")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_PLAIN)
    try:
        return html.document_fromstring(clean, parser=parser, ensure_head_body=True)
    except (ParserError, ValueError) as error:
        raise Unreadable(f"the markup cannot be parsed: {error}") from error


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a page; bytes that fit no encoding become U+FFFD, never an error."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _declared(body, content_type)
    stateful = [encoding for encoding in declared if encoding.startswith("iso2022") and b"\x1b$" in body]
    for encoding in [*stateful, "utf-8", *declared]:
        if text := _strictly(body, encoding):
            return text
    for encoding in ["utf-8", *declared]:
        text = body.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) * _TOLERATED_ERRORS):
            return text
    return _guess(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    """Encodings that the header and the page name, as Python codecs, most trusted first."""
    header = _HEADER_CHARSET.search(content_type)
    inside = (_META_CHARSET.search(body[:8192]), _XML_ENCODING.match(body))
    names = [header[1]] if header else []
    names += [match[1].decode("ascii") for match in inside if match]
    known = [_codec(name) for name in names]
    return list(dict.fromkeys(name for name in known if name and name != "utf-8"))


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        b"a".decode(codec)
    except (LookupError, ValueError):
        return ""
    if codec.startswith(("utf-16", "utf-32")):
        return ""  # a page whose declaration could be read as ASCII is in neither
    return _SUPERSETS.get(codec, codec)


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _guess(body: bytes) -> str:
    best = from_bytes(body[:65536]).best()
    return body.decode(best.encoding if best else "cp1252", "replace")
