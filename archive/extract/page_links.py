"""Where the links of a page lead (below its own address, to a folder of its site, to itself from a menu), and how they
and its headline read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from math import log1p
from statistics import mean, median
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.extract.features import PageFeatures
from archive.metadata.title import fold

_WORDS = re.compile(r"\w+")
_SHORT_WORD, _MOST_WORDS = 3, 25
"""Letters of a short word, and words of a headline from which on more make no difference."""

_ONLY_LINK, _LINE, _LONGEST = 0.7, 8.0, 400
"""The share in links of a block that is one, the least weight of such a line, and characters of it that are read."""


def framed(page: PageFeatures) -> set[HtmlElement]:
    """The links in menus, headers, footers and the like."""
    frames = (one for one in page.containers if "frame" in one.roles)
    outer = (one for one in frames if one.above is None or "frame" not in one.above.roles)
    return {link for one in outer for link in one.element.iter("a")}


def of_paths(
    links: Sequence[HtmlElement], paths: Mapping[str, str], framed: Set[HtmlElement], url: str, names: Sequence[str]
) -> dict[str, float]:
    """The folder in which most links amid the page lie, and how the page links to itself: a menu names a section.

    `paths` are those of the links' addresses (`paths_of`), `framed` the links outside of the page's middle, `names`
    what the page may be called, folded.
    """
    path = urlsplit(url).path.rstrip("/")
    amid = Counter[str]()
    itself = {True: 0, False: 0}
    named = 0
    for link in links:
        address = link.get("href") or ""
        there = paths.get(address, "").rstrip("/")
        if there and there == path:
            if "?" not in address:
                itself[link in framed] += 1
                named += fold("".join(link.itertext())[:300]) in names
        elif there and link not in framed:
            amid[there] += 1
    folder, held = next(iter(Counter(one.rpartition("/")[0] for one in amid).most_common(1)), ("", 0))
    lasts = [one.rpartition("/")[2] for one in amid if one.rpartition("/")[0] == folder]
    above, _, last = path.rpartition("/")
    return {
        "itself in frame": log1p(itself[True]),
        "itself amid": log1p(itself[False]),
        "itself by name": log1p(named),
        "amid": log1p(len(amid)),
        "amid twice": share(sum(times > 1 for times in amid.values()), len(amid)),
        "above amid": float(min(3, sum(path.startswith(f"{one}/") for one in amid))),
        "in folder": log1p(held),
        "share in folder": share(held, len(amid)),
        "folder is own": float(held > 0 and folder == path),
        "folder is beside": float(held > 0 and folder == above),
        "folder deeper": float(folder.count("/") - above.count("/")) if held else 0.0,
        "longer in folder": (median(map(len, lasts)) - len(last)) / 20 if lasts else 0.0,
        "hyphens in folder": median(one.count("-") for one in lasts) - last.count("-") if lasts else 0.0,
    }


def paths_of(targets: Iterable[str], url: str) -> dict[str, str]:
    """The path of each address that a page leads to on its own site; "" for one of another."""
    own = urlsplit(url)
    return {target: _path_in(target, own.netloc, own.path.rstrip("/") + "/") for target in targets}


def led_to(paths: Iterable[str], url: str) -> tuple[int, int, int]:
    """How many paths lie below that of the page, how many are as deep in the site, and how many are of the site."""
    path = urlsplit(url).path.rstrip("/") + "/"
    depth = path.count("/")
    site = below = deeper = 0
    for there in filter(None, paths):
        site += 1
        below += len(path) > 1 and len(there) > len(path) and there.startswith(path)
        deeper += there.rstrip("/").count("/") >= depth
    return below, deeper, site


def _path_in(target: str, site: str, path: str) -> str:
    """The path of an address on a site; "" for one of another site. Quick: a page has hundreds, none is looked up."""
    address = target.strip().split("?", 1)[0].split("#", 1)[0]
    _, absolute, rest = address.partition("//")
    if absolute:
        netloc, _, there = rest.partition("/")
        return f"/{there}" if netloc == site else ""
    if ":" in address[:12]:
        return ""
    return address if address.startswith("/") else path.rsplit("/", 2)[0] + "/" + address


def of_wording(title: str, page: PageFeatures) -> dict[str, float]:
    """How the headline and the links amid a page read: a sentence has short words, which are mostly those of its
    grammar, and small letters; the name of a section or of goods has few of either. No word of a language is known.
    """
    named = _wording(title)
    lines = zip(page.found, page.links, page.weights, strict=True)
    linked = [
        _wording(block.text[:_LONGEST])
        for block, link, weight in lines
        if link >= _ONLY_LINK and weight >= _LINE and "frame" not in block.container.roles
    ]
    words, short, small = (mean(one) for one in zip(*linked, strict=True)) if linked else (0.0, 0.0, 0.0)
    return {
        "headline short words": min(_MOST_WORDS, round(named[0] * named[1])),
        "headline share of short": named[1],
        "headline small letters": named[2],
        "linked lines": log1p(len(linked)),
        "words of linked": words,
        "linked share of short": short,
        "linked small letters": small,
    }


def _wording(text: str) -> tuple[float, float, float]:
    """How many words a text has, and which shares of them are short and begin with a small letter."""
    found = _WORDS.findall(text)
    short = sum(len(word) <= _SHORT_WORD and not word.isdigit() for word in found)
    return float(len(found)), share(short, len(found)), share(sum(word[0].islower() for word in found), len(found))


def share(part: float, whole: float) -> float:
    """A part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0
