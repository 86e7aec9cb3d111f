"""The lines below the text of a release that lead somewhere: its report, its tables, where to register. Pure.

They are part of what a publisher says, and no prose. What leads to other releases, to topics, to places for sharing or
to other parts of the site is none of them, and neither is what the pages of the source repeat.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.boilerplate import cue_words
from archive.boilerplate.cue_kinds import networks
from archive.boilerplate.cues import Line, find
from archive.core.urls import as_served, host
from archive.extract.asides import is_like
from archive.extract.clean import KEPT, ScoredBlock
from archive.page.markup import words_of
from archive.page.places import BESIDE, Container, names_of
from archive.text.characters import small
from archive.text.fingerprint import NETWORKS, words
from archive.text.linked_lines import FILE, joined

_BELOW = 30
"""Passages below the text that are looked at."""

_MOST = 20
"""Closing lines of a page."""

_LONGEST = 400
"""Characters of a closing line."""

_LEVELS = 4
"""Places around the end of the text in which its closing lines stand."""

_LINKS, _MOST_LINKS = 5, 200
"""Links of one line that are kept, and of one place that are read."""

_NOT_HERE = frozenset({"frame", "comments"})
"""Signs of places that hold no closing line."""

_ELSEWHERE = frozenset({"others", "service", "about"})
"""Signs of places that hold none but files."""

_OTHERS = re.compile(
    r"related|similar|recommend|popular|teaser|promo|latest|recent|trending|carousel|pag(?:er|inat)", re.I
)
_SORTED = frozenset({"tag", "category", "author", "next", "prev", "bookmark", "search"})
"""What `rel` says of links that lead into the order of a site."""

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]", re.I)
_DOWNLOAD = re.compile(r"/(?:down-?load|attachment|get-?file)s?(?:[/.]|$)", re.I)
_FORMAT = re.compile(
    r"(?:^|[(\[,|·–-])\s*(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|csv|epub)\b|\b\d+(?:[.,]\d+)?\s?[kmg]b\b", re.I
)
_ORDER = re.compile(r"/(?:tags?|categor\w+|topics?|themen?|keywords?|authors?|rubri\w+|search)(?:[/?]|$)", re.I)


def closing_links(page: Sequence[ScoredBlock], lines: Collection[str], url: str) -> list[tuple[ScoredBlock, str]]:
    """The closing lines of a page with links, as `archive.text.linked_lines` writes them, each with its passage.

    `lines` are those of the text. A passage with a verdict is one of them too: whoever keeps the lines leaves it out.
    """
    kept = frozenset(lines)
    likely = (n for n in reversed(range(len(page))) if page[n].score >= KEPT and page[n].block.text in kept)
    at = next(likely, None)
    if at is None:
        return []
    home = _home(page[at].block.container)
    found: list[tuple[ScoredBlock, str]] = []
    links = _Links(url)
    for judged in page[at + 1 : at + 1 + _BELOW]:
        if _begins_others(judged) or len(found) == _MOST:
            break
        inside = _below(judged.block.container, home)
        if inside is not None and judged.block.text not in kept and _may_be_closing(judged):
            addresses = links.of(judged) if judged.block.link else _written(judged.block.text)
            if addresses and _is_closing(judged, inside, addresses, url):
                found.append((judged, joined(judged.block.text, addresses)))
    return found


def _home(end: Container) -> list[Container]:
    """The places around the end of the text, up to what its page marks as the whole article."""
    home: list[Container] = []
    for place in islice(end.upward(), _LEVELS):
        if place.tag in ("body", "html"):
            break
        home.append(place)
        if place.tag in ("article", "main"):
            break
    return home


def _begins_others(judged: ScoredBlock) -> bool:
    """Whether a passage announces other pages."""
    block = judged.block
    return not block.link and len(block.text) < _LONGEST and bool(cue_words.READ_ALSO.match(small(block.text)))


def _below(container: Container, home: Sequence[Container]) -> list[Container] | None:
    """The places from a passage up to one that holds the end of the text, this one left out; None if there is none."""
    inside: list[Container] = []
    for place in islice(container.upward(), _LEVELS + 1):
        if place in home:
            return inside
        inside.append(place)
    return None


def _may_be_closing(judged: ScoredBlock) -> bool:
    """Whether a passage is short and stands outside of the frame, of buttons and of what is hidden."""
    block = judged.block
    return BESIDE.isdisjoint(block.container.roles) and len(block.text) <= _LONGEST


def _is_closing(judged: ScoredBlock, inside: Sequence[Container], addresses: Sequence[str], url: str) -> bool:
    """Whether a passage with links is the publisher's: a file, what it says before a link, or another site.

    `inside` are the places around it up to the end of the text (`_below`).
    """
    block = judged.block
    signs = frozenset[str]().union(*(place.signs for place in inside))
    if signs & _NOT_HERE or any(is_like(address, url) for address in addresses):
        return False
    if _is_file(block.text, addresses):
        return not any(_OTHERS.search(names_of(place.element)) for place in inside)
    if any(not NETWORKS.isdisjoint(host(address).split(".")) for address in addresses):
        return False
    if signs & _ELSEWHERE or networks(block.text) or find([Line(block.text, 1.0)])[0]:
        return False
    said = small(block.text)
    if cue_words.READ_ALSO.match(said) or cue_words.SHARE.match(said):
        return False
    return _has_label(judged) or all(host(address) != host(url) for address in addresses)


def _written(said: str) -> list[str]:
    """The addresses that a line without links names, each once."""
    found = (as_served(address) for address in _ADDRESS.findall(said)) if len(said) <= _LONGEST else ()
    return list(dict.fromkeys(filter(None, found)))[:_LINKS]


def _is_file(said: str, addresses: Sequence[str]) -> bool:
    """Whether a line leads to a file, by an address or by what the line calls it ("PDF, 2 MB")."""
    paths = [urlsplit(address).path for address in addresses]
    return any(FILE.search(path) or _DOWNLOAD.search(path) for path in paths) or bool(_FORMAT.search(said))


def _has_label(judged: ScoredBlock) -> bool:
    """Whether a line says something before its one link: "Register: ..."."""
    block = judged.block
    return not block.led and len(words(block.text[: len(block.text) - block.link])) > 0


class _Links:
    """Where the links of a page's passages lead; the links of a place are read once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.known: dict[Container, list[tuple[str, str]]] = {}

    def of(self, judged: ScoredBlock) -> list[str]:
        """The addresses that a passage leads to, each once; none if a link of it leads into the order of the site."""
        place = judged.block.container
        if place not in self.known:
            self.known[place] = list(self._in(place.element))
        own = [address for said, address in self.known[place] if said in judged.block.text]
        return [] if "" in own else list(dict.fromkeys(own))[:_LINKS]

    def _in(self, element: HtmlElement) -> Iterator[tuple[str, str]]:
        """The words and the address of each link in an element or around it; "" for one that counts for none."""
        around = (above for above in islice(element.iterancestors(), _LEVELS) if above.tag == "a")
        for link in islice((*islice(element.iter("a"), _MOST_LINKS), *around), _MOST_LINKS):
            said, to = words_of(link, _LONGEST + 1), (link.get("href") or "").strip()
            is_read = 0 < len(said) <= _LONGEST and to and not to.startswith("#")
            address = as_served(to, self.url) if is_read else ""
            if address:
                is_order = not _SORTED.isdisjoint((link.get("rel") or "").lower().split()) or _ORDER.search(address)
                yield said, "" if is_order else address
