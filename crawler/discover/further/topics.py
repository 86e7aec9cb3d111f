"""The topics below which a newsroom without a list of all its releases has them, a page each. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor
from crawler.discover.vocabulary import TOPICS

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
    here = take_apart(url)
    above = [part.text for part in here.parts]
    if here.extension:
        above.pop()
    groups: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for anchor in anchors:
        there = take_apart(anchor.url)
        folder = tuple(part.text for part in there.parts[:-1])
        is_topic = folder and folder[-1] in TOPICS and not there.values and there.host == here.host
        if is_topic and list(folder[: len(above)]) == above and 0 < len(anchor.text) <= _LONGEST:
            groups[folder].setdefault(anchor.key, anchor.url)
    best = max(groups.values(), key=len, default={})
    return tuple(best.values())[:MOST_TOPICS] if len(best) >= _LEAST else ()
