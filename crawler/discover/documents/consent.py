"""Consent walls: pages that stand in the way of what was asked for until a link on them was followed. Pure.

Following that link sets a cookie and leads back. Walls that are asked by POST or by a script are not passed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import host
from archive.page.html import Unreadable, base_of, parse_beginning
from crawler.discover.anchors import Anchor, read_page

MOST_LINKS = 12
"""Links of a wall; what has more is a page with a notice, which needs no answer."""

_DATA = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[{\[]|\x1f\x8b|(?:<\?xml[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How feeds, sitemaps and JSON begin: they may be large, and are no pages."""

_LONGEST_LABEL = 60
_ACCEPTS = re.compile(
    r"accept|akzept|accett|aceit|acepta|agree|zustimm|einverstanden|akkoord|godkänn|godkend|godta|tillåt|hyväksy|akcept|"
    r"zgadzam|přijmout|přijímám|souhlas|súhlas|prijať|elfogad|prihva|sprejm|прием|приня|прийня|соглас|погодж|қабылда|"
    r"qabul|kabul|αποδοχ|αποδέχ|συμφων|موافق|أوافق|قبول|می‌پذیرم|אישור|מסכים|同意|接受|承認|동의|수락|स्वीकार|ยอมรับ|"
    r"đồng-ý|đồng ý|setuju|terima",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:not?|refuse|reject|decline|ablehnen|nicht|refuser|rechazar|recusar|rifiuta|weiger|avvisa|neka)\b",
    re.IGNORECASE,
)


class Page(Protocol):
    """An answer as it is looked at here."""

    @property
    def body(self) -> bytes: ...

    @property
    def url(self) -> str: ...

    @property
    def content_type(self) -> str: ...


P = TypeVar("P", bound=Page)


async def get_through(get: Callable[[str], Awaitable[P]], url: str) -> P:
    """What `get` gives for an address; where a consent wall stands before it, what is behind its link that accepts."""
    answer = await get(url)
    wall = acceptance(answer.body, answer.url, url, answer.content_type)
    return await get(wall) if wall else answer


def acceptance(body: bytes, url: str, asked: str, content_type: str = "") -> str:
    """The address of the link by which a consent wall at `url` lets through to the address asked; "" for other pages.

    It is on the same host, says that it accepts, and names where it leads back to.
    """
    if not body or _DATA.match(body, 0, 2_000):
        return ""
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return ""
    anchors = read_page(tree, base_of(tree, url)).anchors
    if len({anchor.key for anchor in anchors}) > MOST_LINKS:
        return ""
    return next((anchor.url for anchor in anchors if _says_yes(anchor) and _leads_back(anchor.url, asked)), "")


def _says_yes(anchor: Anchor) -> bool:
    said = f"{anchor.text} {anchor.marks}"
    is_short = len(anchor.text) <= _LONGEST_LABEL
    return is_short and bool(_ACCEPTS.search(said)) and not _REFUSES.search(anchor.text)


def _leads_back(address: str, asked: str) -> bool:
    """Whether an address has that which was asked for in a parameter, or is the same with one more parameter."""
    if host(address) != host(asked):
        return False
    there, wanted = urlsplit(address), urlsplit(asked)
    path = unquote(wanted.path).rstrip("/")
    if unquote(there.path).rstrip("/") == path:
        return bool(set(parse_qsl(there.query)) - set(parse_qsl(wanted.query)))
    values = [value for _, value in parse_qsl(there.query)]
    return any(unquote(urlsplit(value).path).rstrip("/") == path and "/" in value for value in values)
