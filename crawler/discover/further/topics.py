"""The topics, or other parts, of which a newsroom has a list each, and perhaps none of all its releases. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from crawler.discover.address_parts import Address, take_apart
from crawler.discover.anchors import Anchor
from crawler.discover.vocabulary import ELSEWHERE, SERVICE, TOPICS

MOST_TOPICS = 12
"""Topics of one newsroom that are read."""

_LEAST = 2
_LONGEST = 60
"""Letters of what a topic may be called."""


def topic_pages(anchors: Iterable[Anchor], url: str) -> tuple[str, ...]:
    """The addresses of the topics to which a newsroom's page leads, in its order.

    They lie in one folder of that name (topics/health/, thema/verkehr.html) below that of the newsroom, and have short
    names. Of several such folders that with most topics counts; one page alone is no choice of topics.
    """
    here, above = take_apart(url), _folder_of(url)
    groups: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for anchor in anchors:
        there = take_apart(anchor.url)
        folder = tuple(part.text for part in there.parts[:-1])
        is_topic = folder and folder[-1] in TOPICS and not there.values and there.host == here.host
        if is_topic and folder[: len(above)] == above and 0 < len(anchor.text) <= _LONGEST:
            groups[folder].setdefault(anchor.key, anchor.url)
    best = max(groups.values(), key=len, default={})
    return tuple(best.values())[:MOST_TOPICS] if len(best) >= _LEAST else ()


def pages_below(anchors: Iterable[Anchor], url: str) -> tuple[str, ...]:
    """The addresses to which a newsroom's page leads that lie right below it and are called by a word or two: each may
    be the list of a part of what it shows ("All of economy"). None below a home page, where the whole site lies, nor
    what serves the site. Those called products, people or the like come last; one alone is no part of anything."""
    here, above = take_apart(url), _folder_of(url)
    found: dict[str, str] = {}
    for anchor in anchors if above else ():
        there = take_apart(anchor.url)
        if there.host != here.host or there.values or _texts(there)[:-1] != above or not there.parts:
            continue
        if (last := there.parts[-1]).kind == "word" and last.text not in SERVICE:
            found.setdefault(anchor.key, anchor.url)
    likeliest = sorted(found.values(), key=lambda one: take_apart(one).parts[-1].text in ELSEWHERE)
    return tuple(likeliest)[:MOST_TOPICS] if len(found) >= _LEAST else ()


def _folder_of(url: str) -> tuple[str, ...]:
    """The names of the folders below which the pages of a page lie: its own, or those of its file."""
    here = take_apart(url)
    return _texts(here)[:-1] if here.extension else _texts(here)


def _texts(address: Address) -> tuple[str, ...]:
    return tuple(part.text for part in address.parts)
