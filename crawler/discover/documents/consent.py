"""Consent walls: pages that stand in the way of what was asked for until a link on them was followed. Pure.

Following that link sets a cookie and leads back. Walls that are asked by POST or by a script are not passed.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import host, key
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


_PERSONAL = re.compile(
    r"cookie|consent|privacy|datenschutz|einwilligung|confidentialit|privacidad|privacidade|riservatezza|integritet|"
    r"personvern|prywatno|soukrom|конфиденциальн|приватн|куки|الخصوصية|クッキー|隐私|隱私|쿠키",
    re.IGNORECASE,
)
_LONGEST_WALL = 6_000
"""Letters of a page that only asks for something."""

CONSENT = "a page that asks for consent to cookies stands there"
LOGIN = "a page that asks for a login stands there"


class Page(Protocol):
    """An answer as it is looked at here."""

    @property
    def body(self) -> bytes: ...

    @property
    def url(self) -> str: ...

    @property
    def content_type(self) -> str: ...

    @property
    def status(self) -> int: ...


P = TypeVar("P", bound=Page)


class ConsentWalls:
    """The way of one crawl's requests through consent walls: gone once, for its cookie opens them to the others.

    `known` are the links by which an earlier crawl got to addresses behind walls: they are asked at once. `found` are
    those by which this one did, by the address behind, "" for one that leads there no longer.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self.found: dict[str, str] = {}
        self._known = {url: way for url, way in (known or {}).items() if way}
        self._is_open = False
        self._going = asyncio.Lock()

    async def get(self, get: Callable[[str], Awaitable[P]], url: str, redirected: bool = False) -> P:
        """What stands at an address: `get` asks for it by way of another one, or of itself.

        With `redirected`, only a page at another address than the one asked for can be a wall.
        """
        if self._known and not self._is_open:
            async with self._going:
                answer = await self._by_known_way(get, url)
            if answer is not None:
                return answer
        answer = await get(url)
        if not _is_wall(answer, url, redirected):
            return answer
        async with self._going:
            if self._is_open:
                answer = await get(url)
            if way := _is_wall(answer, url, redirected):
                answer = await get(way)
                self._is_open = True
                self.found[url] = way
        return answer

    async def _by_known_way(self, get: Callable[[str], Awaitable[P]], url: str) -> P | None:
        way = "" if self._is_open else self._known.pop(url, "")
        if not way:
            return None
        answer = await get(way)
        self._is_open = answer.status in (200, 304) and not _is_wall(answer, url)
        if not self._is_open:
            self.found[url] = ""
            return None
        return answer


def _is_wall(answer: Page, asked: str, redirected: bool = False) -> str:
    """The link through the wall that an answer is; "" where it is none."""
    if redirected and key(answer.url) == key(asked):
        return ""
    return acceptance(answer.body, answer.url, asked, answer.content_type)


def acceptance(body: bytes, url: str, asked: str, content_type: str = "") -> str:
    """The address of the link by which a consent wall at `url` lets through to the address asked; "" for other pages.

    It is on the same host, says that it accepts, and names where it leads back to.
    """
    tree = _parsed(body, content_type)
    if tree is None:
        return ""
    anchors = read_page(tree, base_of(tree, url)).anchors
    if len({anchor.key for anchor in anchors}) > MOST_LINKS:
        return ""
    return next((anchor.url for anchor in anchors if _says_yes(anchor) and _leads_back(anchor.url, asked)), "")


def what_is_asked(body: bytes, content_type: str = "") -> str:
    """What a page that shows nothing else asks of who comes, in words: CONSENT, LOGIN, or "" for other pages."""
    tree = _parsed(body, content_type)
    if tree is None:
        return ""
    text = " ".join(" ".join(tree.itertext("title", "h1", "h2", "h3", "p", "div", "span", "label", "button")).split())
    if len(text) > _LONGEST_WALL or len(tree.xpath("//a[@href]")) > MOST_LINKS:
        return ""
    if tree.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']"):
        return LOGIN
    answers = tree.xpath("//button | //a | //input[@type='submit' or @type='button'] | //*[@role='button']")
    says_yes = any(_ACCEPTS.search(f"{' '.join(one.itertext())} {one.get('value', '')}") for one in answers)
    return CONSENT if says_yes and _PERSONAL.search(text) else ""


def _parsed(body: bytes, content_type: str) -> HtmlElement | None:
    """The tree of a page; None for data, and for what is none."""
    if not body or _DATA.match(body, 0, 2_000):
        return None
    try:
        return parse_beginning(body, content_type)
    except Unreadable:
        return None


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
