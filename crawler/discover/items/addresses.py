"""What the address of a link says: whether it looks like that of one article, and where it lies. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from archive.core.urls import host
from archive.text.dates import find_days
from crawler.discover.address_parts import parameters
from crawler.discover.anchors import Anchor
from crawler.discover.vocabulary import ELSEWHERE, hyphened

_NAMES_AN_ARTICLE = re.compile(r"(?:id|no|nr|num|news|article|item|story|release|p|n|key|record)$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|rtf|odt|xlsx?|pptx?|zip)$", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{2,5}$")
_NO_PAGE = re.compile(r"\.(?!\w?html?$|php$|aspx?$|jsp$)[a-z]\w{1,4}$", re.IGNORECASE)
_IN_A_MONTH = re.compile(r"/(?:19|20)\d\d/\d\d?/|/(?:19|20)\d\d(?:0[1-9]|1[0-2])/")
_LONGEST_DAY = 40
"""Characters of a link that says nothing but a day."""

WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Letters of scripts without spaces."""


def has_article_shape(anchor: Anchor) -> bool:
    """Whether an address looks like that of one article: many words, a number, a date."""
    parts = urlsplit(anchor.url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    named = [(name or value.rstrip("0123456789"), value) for name, value in parameters(parts.query)]
    return bool(
        len(re.split(r"[-_+ ]", last)) >= 4
        or len(WIDE.findall(last)) >= 6
        or re.search(r"\d{3,}", last)
        or _IN_A_MONTH.search(parts.path)
        or any(_NAMES_AN_ARTICLE.search(name) and re.search(r"\d", value) for name, value in named)
    )


def is_page_of_a_month(anchor: Anchor) -> bool:
    """Whether an address lies in the folder of a month or a day (/2026/04/, /202604/), and is neither a file there, as
    pictures and forms are that systems keep by month, nor below a folder of events or the like."""
    path = urlsplit(anchor.url).path
    is_elsewhere = any(hyphened(folder) in ELSEWHERE for folder in path.split("/"))
    return bool(_IN_A_MONTH.search(path)) and not is_elsewhere and not _NO_PAGE.search(path)


def without_heads_of_days(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The links without those to the page of a day that stand above the links of that day: their text is the day, and
    others lie in the folder of their name (/2026/11/20.html above /2026/11/20/0155.html)."""
    lying: defaultdict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        for folder in folders_above(anchor.url):
            lying[folder].add(anchor.key)

    def is_head(anchor: Anchor) -> bool:
        folder = _ENDING.sub("", f"{host(anchor.url)}{urlsplit(anchor.url).path}".rstrip("/")) + "/"
        return len(anchor.text) <= _LONGEST_DAY and bool(lying[folder] - {anchor.key}) and bool(find_days(anchor.text))

    return [anchor for anchor in anchors if not is_head(anchor)]


def is_file(anchor: Anchor) -> bool:
    """Whether a link leads to a document of an office and no page."""
    return bool(_DOCUMENT.search(urlsplit(anchor.url).path))


def is_below(url: str, listing: str) -> bool:
    """Whether an address lies in the folder of a listing, on its host."""
    parts, folder = urlsplit(url), folder_below(listing)
    return bool(folder) and f"{host(url)}{parts.path}".startswith(folder)


def folder_below(listing: str) -> str:
    """The host and folder of a listing, with which the addresses begin that lie in it; "" for the root of a site."""
    folder = re.sub(r"/page/\d+/?$|/[^/]*\.\w{2,5}$", "/", urlsplit(listing).path).rstrip("/") + "/"
    return f"{host(listing)}{folder}" if len(folder) > 1 else ""


def folders_above(url: str) -> Iterator[str]:
    """The host and each folder of a path that an address lies in, the root of the site first."""
    there = f"{host(url)}{urlsplit(url).path}"
    return (there[: found.end()] for found in re.finditer("/", there))


def folder_of(anchor: Anchor) -> str:
    """The host and folder of an address, with the names of its parameters."""
    parts = urlsplit(anchor.url)
    names = "&".join(name for name, _ in parameters(parts.query))
    folder = parts.path.rstrip("/").rpartition("/")[0]
    return f"{host(anchor.url)}{folder}?{names}"
