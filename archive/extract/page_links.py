"""Where the links of a page lead (below its own address, to a folder of its site, to itself from a menu), and how they
and its headline read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log1p
from statistics import mean, median
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.extract.features import PageFeatures, weight
from archive.metadata.title import fold
from archive.page.places import Container
from archive.text import dates

_WORDS = re.compile(r"\w+")
_SHORT_WORD, _MOST_WORDS = 3, 25
_ONLY_LINK, _LINE, _LONGEST = 0.7, 8.0, 400
_LINKED, _A_LINK, _SOME, _FEW_PARTS, _MOST_OF = 0.6, 0.9, 20.0, 3, 0.75
_LEAST_LIKELY, _LIKELY = -1.5, -0.9
"""Log-odds of being built like a list from which a page is one whose text leads on, or whose headings do."""

_HEADLINE_WORDS, _HEADLINE = 4, 26.0
"""Words, or characters of an alphabet, from which a title is a headline."""

_FILE = re.compile(r"\.(?!html?$|php$|aspx?$|jsp$)[a-z][a-z0-9]{1,4}$", re.I)


@dataclass
class _Part:
    """What stands below one heading of a page: how much, and how much of it is of the page's text."""

    is_linked: bool
    ends_linked: bool = False
    weight: float = 0.0
    text: float = 0.0
    lines: list[str] = field(default_factory=list)


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


def is_headline(title: str) -> bool:
    """Whether a title is long enough to say what happened: the names of sections, tags and blogs are short."""
    return len(title.split()) >= _HEADLINE_WORDS or weight(title) >= _HEADLINE


def leads_on(page: PageFeatures, url: str, lines: Iterable[str], likely: float, is_dated: bool) -> str:
    """Why a page that may be a list by its build (`likely`) leads on to others, in words; "" if it does not.

    Most of its text stands in three or more parts that each lead to a page of their own on the site: their heading is a
    link, or their last line is nothing else. Or, of a page without a day (`is_dated`), no more stands above such parts
    than in them. A day above them makes it one text, and the parts chapters of it, or teasers of others.
    """
    if likely < _LEAST_LIKELY:
        return ""
    parts = _parts(page, url, {fold(line.lstrip("-*# ")) for line in lines})
    leading = [one for one in parts if one.is_linked or one.ends_linked]
    taken, whole = [one.text for one in leading if one.text >= _SOME], sum(one.text for one in parts)
    if len(taken) >= _FEW_PARTS and sum(taken) >= _MOST_OF * whole and not _is_dated_above(parts):
        return "its text stands in parts that each lead to a page of their own"
    linked = [one for one in leading if one.is_linked]
    is_above = likely >= _LIKELY and not is_dated and sum(one.weight for one in linked) >= whole
    return "below its text it tells of more pages than one" if is_above and len(linked) > _FEW_PARTS else ""


def _parts(page: PageFeatures, url: str, wanted: Set[str]) -> list[_Part]:
    """What stands above the headings of a page, and below each of them."""
    parts = [_Part(False)]
    leads: dict[Container, bool] = {}
    for block, own_weight, link in zip(page.found, page.weights, page.links, strict=True):
        place = block.container
        if "frame" in place.roles and "article" not in place.roles:
            continue
        if link > _LINKED and place not in leads:
            leads[place] = _leads_to_page(place.element, url)
        if "heading" in place.roles:
            parts.append(_Part(link > _LINKED and leads[place]))
            continue
        last = parts[-1]
        last.ends_linked = link > _A_LINK and leads[place]
        last.weight += own_weight if link < _LINKED else 0.0
        last.text += own_weight if fold(block.text) in wanted else 0.0
        last.lines.append(block.text)
    return parts


def _is_dated_above(parts: Sequence[_Part]) -> bool:
    """Whether a day stands above the first part that leads on, or below the first heading if that is no link."""
    first = next((at for at, one in enumerate(parts) if one.is_linked or one.ends_linked), 0)
    above = [one for one in parts[: max(first, 2)] if not one.is_linked]
    return any(next(dates.find_moments(line), None) is not None for one in above for line in one.lines)


def _leads_to_page(element: HtmlElement, url: str) -> bool:
    """Whether the link around an element, or the first in it, leads to another page of the site, and to no file."""
    around = next(element.iterancestors("a"), None)
    link = next(element.iter("a"), None) if around is None else around
    target = "" if link is None else link.get("href") or ""
    path = "" if target.startswith("#") else paths_of((target,), url)[target].rstrip("/")
    return path not in ("", urlsplit(url).path.rstrip("/")) and _FILE.search(path) is None
