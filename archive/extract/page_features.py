"""What can be said of a page as a whole before judging its kind: how its links, prose and repeated parts stand.

An article is one run of prose under one element. A list of other pages, or a shelf of goods, repeats one small part
again and again, each with a link of its own. No feature reads a word of any one language, and none names a site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from math import log1p
from statistics import median
from typing import Protocol, cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from archive.extract.features import PageFeatures
from archive.extract.page_links import framed, led_to, of_paths, of_wording, paths_of, share
from archive.metadata.title import fold
from archive.page.blocks import Block
from archive.page.jsonld import ARTICLE_TYPES
from archive.page.markup import StatedMarkup
from archive.page.places import Container
from archive.text.characters import small

_CLASSES = etree.XPath("//@class", smart_strings=False)
_MOST_LINKS, _MOST_HEADINGS, _MOST_CLASSES, _LONGEST_CLASS = 600, 400, 5_000, 300
"""Links, headings and class attributes of a page that are looked at, and characters of one class attribute: enough for
any page that a person reads, and a bound for those that a program wrote."""

_PARAGRAPH = 160.0
"""The weight (see `archive.extract.features.weight`) from which a block is a paragraph: some two lines of print."""

_PROSE = 60.0
"""Weight of prose from which a block belongs to a run of it; teasers and captions stay below."""

_SECTION, _EMPTY = 300.0, 25.0
"""Weight of prose between two headings from which the section is a long one, and under which it is empty: the headings
of a list follow each other with nothing between them."""

_WORD = 4.0
"""Weight from which a link ends a run of prose; a lighter one (an arrow, a number) says nothing."""

_MOST_AFTER = 60
"""Blocks after the headline among which the first paragraph is looked for."""

_LETTERS, _ENDING = re.compile(r"[a-z]+"), re.compile(r"\.\w+$")
"""The words of an address's last part, and what it ends with as a file: spring-budget-2026.html."""

_LINE = 40
"""Characters up to which a block is a line that may be a price, a year, or the same as others ("Add to cart")."""

_AGAIN = 4
"""Times from which on a line is said again and again, as below each card of a list."""

_CARDS = 3
"""Like elements with a link of their own, beside each other, from which on they are the cards of a list."""

_MOST_LINKED = 0.7
"""The share in links from which a block is a link, and the share with a link from which like elements are cards."""

_QUERY_NAME = re.compile(r"(?:^|&)([^=&]*)")
_TRACKING = frozenset({"", "srsltid", "gclid", "fbclid", "ref"})
"""Names of parameters that say where a reader came from; with them an address is still that of the whole site."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED_PATH = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}|/)")
"""/2026/04/name, /2026-04-name, /2026/name."""

_PRICE = re.compile(r"(?:[$€£¥₹₽₴]|\b(?:USD|EUR|GBP))\s?\d|\d\s?(?:€|£|zł|kr\b|руб|₽|₴|Kč|USD\b|EUR\b)")
"""$19, EUR 5, 12 zł."""

_COUNTED = (
    *("article", "time", "img", "button", "select", "input", "h1", "h2", "h3", "form", "p", "table"),
    *("li", "main", "section", "figure", "ol", "strong"),
)
"""Elements whose number is a feature by itself."""

_PART_HEADINGS = frozenset({"h2", "h3", "h4"})
_NAMED = {
    "goods": re.compile(r"product|price|cart|basket|(?<![a-z])shop|store(?![a-z])|sku|swatch|rating|stars?(?![a-z])"),
    "parts": re.compile(r"card|tile|grid|teaser|listing|result|catalog|collection|thumb"),
    "choices": re.compile(r"filter|facet|(?<![a-z])sort|refine|pagina|pager|page-numbers|load-?more|category"),
    "one text": re.compile(
        r"byline|author|dateline|caption|published|entry-content|article-?(?:body|content|text)|post-content|share",
    ),
}
"""What class names (in small letters) say of a page, by the words that site builders use."""

_PAGED = re.compile(r"/(?:page|seite|pagina|p)/?\d+/?$|[?&](?:page|paged|pg|p|seite|start|offset|\w*page)=\d+", re.I)
"""Addresses of further pages of a list: /page/2/, /seite3, ?start=20, ?currentpage=2."""

_LIST_TYPES = frozenset({"collectionpage", "searchresultspage", "itemlist", "offercatalog", "productcollection"})
_GOODS = frozenset({"product", "productgroup", "aggregateoffer"})
_STATING = frozenset({"json-ld", "meta", "microdata", "time"})
"""Origins of a day that the markup states; any other was found in words of the page."""


class Described(Protocol):
    """The part of a page's metadata that its kind is judged by."""

    @property
    def title(self) -> str: ...
    @property
    def published_at(self) -> str: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def free(self) -> bool: ...
    @property
    def kinds(self) -> tuple[str, ...]: ...
    @property
    def origins(self) -> Mapping[str, str]: ...


def describe(
    markup: StatedMarkup, url: str, metadata: Described, page: PageFeatures, signs: Mapping[str, float]
) -> dict[str, float]:
    """The features of a page by name: counts as logarithms, shares from 0 to 1, signs as 0 or 1.

    `signs` are the points that other rules gave, by name; they are features too.
    """
    return {
        **_of_blocks(page),
        **_of_prose(page),
        **_of_runs(page),
        **_of_cards(page),
        **_of_title(markup, url, metadata.title, page),
        **of_wording(metadata.title, page),
        **_of_tree(markup, url, metadata.title, page),
        **_of_statements(markup, metadata),
        **_of_address(url),
        **signs,
    }


def _of_blocks(page: PageFeatures) -> dict[str, float]:
    """How long the blocks are, how much of them is links, and how many are prices, years, sentences."""
    texts = [block.text for block in page.found]
    weights, total = page.weights, sum(page.weights)
    linked = sum(weight * min(1.0, link) for weight, link in zip(weights, page.links, strict=True))
    short = [text for text in texts if len(text) <= _LINE]
    again = Counter(short)
    prices = sum(_PRICE.search(text) is not None for text in short)
    paragraphs = [w for w, link in zip(weights, page.links, strict=True) if w >= _PARAGRAPH and link < 0.5]
    framed = sum(w for w, block in zip(weights, page.found, strict=True) if "frame" in block.container.roles)
    return {
        "blocks": log1p(len(texts)),
        "weight": log1p(total),
        "median weight": log1p(median(weights)),
        "linked": share(linked, total),
        "framed": share(framed, total),
        "paragraphs": log1p(len(paragraphs)),
        "in paragraphs": share(sum(paragraphs), total),
        "paragraph": log1p(median(paragraphs)) if paragraphs else 0.0,
        "sentences": share(sum(page.ends), len(texts)),
        "prices": log1p(prices),
        "said again": log1p(max(again.values(), default=0)),
        "words said again": log1p(sum(times >= _AGAIN for times in again.values())),
        "years": log1p(sum(_YEAR.search(text) is not None for text in short)),
    }


def _of_prose(page: PageFeatures) -> dict[str, float]:
    """Over how many places the prose is spread: an article's stands under one element, that of teasers in many."""
    prose = sum(page.prose)
    found = {"prose": log1p(prose), "prose of weight": share(prose, sum(page.weights))}
    for level in range(1, 4):
        held: defaultdict[int, float] = defaultdict(float)
        for block, own in zip(page.found, page.prose, strict=True):
            if own:
                held[id(_up(block.container, level))] += own
        shares = [own / prose for own in held.values()]
        found[f"places {level}"] = log1p(1 / sum(share * share for share in shares)) if shares else 0.0
        found[f"first place {level}"] = max(shares, default=0.0)
    long = sorted((own for own in page.prose if own >= _PARAGRAPH), reverse=True)
    paths: defaultdict[int, float] = defaultdict(float)
    for block, own in zip(page.found, page.prose, strict=True):
        paths[block.container.path] += own
    return found | {
        "long prose": share(sum(long), prose),
        "first path": share(max(paths.values(), default=0.0), prose),
    }


def _of_runs(page: PageFeatures) -> dict[str, float]:
    """How much prose follows without a line that is a link, and what stands between the headings."""
    longest = most = prose = 0.0
    blocks = runs = 0
    for weight, link, own in zip(page.weights, page.links, page.prose, strict=True):
        if own >= _PROSE and link < 0.5:
            runs += prose == 0
            prose, blocks = prose + own, blocks + 1
            longest, most = max(longest, prose), max(most, blocks)
        elif link >= _MOST_LINKED and weight >= _WORD:
            prose, blocks = 0.0, 0
    roles = (block.container.roles for block in page.found)
    heads = [at for at, held in enumerate(roles) if "heading" in held and "frame" not in held]
    before = list(accumulate(page.prose, initial=0.0))
    between = [before[end] - before[start] for start, end in pairwise(heads)]
    return {
        "run": log1p(longest),
        "run of prose": share(longest, sum(page.prose)),
        "blocks of run": log1p(most),
        "runs": log1p(runs),
        "heads": log1p(len(heads)),
        "heads linked": share(sum(page.links[at] > 0.6 for at in heads), len(heads)),
        "long sections": share(sum(own >= _SECTION for own in between), len(between)),
        "empty sections": share(sum(own < _EMPTY for own in between), len(between)),
    }


def _up(container: Container, level: int) -> Container:
    for _ in range(level):
        container = container.above or container
    return container


def _of_cards(page: PageFeatures) -> dict[str, float]:
    """The largest group of like elements beside each other that each hold a link: teasers, results, goods."""
    groups: defaultdict[tuple[int, int], list[Container]] = defaultdict(list)
    for container in page.containers:
        if container.above is not None and "frame" not in container.roles:
            groups[id(container.above), container.path].append(container)
    total, prose = sum(page.weights), sum(page.prose)
    cards: list[Container] = []
    every = heaviest = 0.0
    for group in groups.values():
        linked = [one for one in group if one.link > 0]
        if len(linked) < _CARDS or len(linked) < _MOST_LINKED * len(group):
            continue
        every += len(linked)
        own = sum(one.weight for one in linked)
        if own > heaviest:
            cards, heaviest = linked, own
    return {
        "cards": log1p(len(cards)),
        "all cards": log1p(every),
        "in cards": share(heaviest, total),
        "linked in cards": share(sum(one.link for one in cards), heaviest),
        "prose in cards": share(sum(one.prose for one in cards), prose),
        "card": log1p(share(heaviest, len(cards))),
        "prose of card": log1p(share(sum(one.prose for one in cards), len(cards))),
    }


def _of_title(markup: StatedMarkup, url: str, title: str, page: PageFeatures) -> dict[str, float]:
    """How long the headline is, how much of the address it says, and what stands between it and the first paragraph."""
    names = _names(markup, title)
    at = next((at for at, block in enumerate(page.found) if _is_headline(block, names)), -1)
    after = slice(at + 1, at + 1 + _MOST_AFTER) if at >= 0 else slice(0)
    beside = list(zip(page.weights[after], page.links[after], strict=True))
    first = next((n for n, (weight, link) in enumerate(beside) if weight >= _PARAGRAPH and link < 0.5), _MOST_AFTER)
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1].lower()
    slug, words = set(_LETTERS.findall(_ENDING.sub("", last))), set(_LETTERS.findall(names[0]))
    return {
        "headlines": float(min(5, len(markup.heading_texts))),
        "headline at": share(at, len(page.found)) if at >= 0 else -1.0,
        "headline length": float(min(120, len(title))),
        "headline words": float(min(25, len(names[1].split()))) if len(names) > 1 else 0.0,
        "headline has digit": float(any(map(str.isdigit, title))),
        "address in headline": share(len(slug & words), len(slug)),
        "first paragraph after": log1p(first),
        "links before it": log1p(sum(link > _MOST_LINKED for _, link in beside[:first])),
    }


def _names(markup: StatedMarkup, title: str) -> list[str]:
    """What a page may be called in links: its headline, and its first headings."""
    return [fold(title), *map(fold, markup.heading_texts[:3])]


def _is_headline(block: Block, names: Sequence[str]) -> bool:
    return (
        "heading" in block.container.roles
        and len(block.text) < 300
        and bool(said := fold(block.text))
        and said in names
    )


def _of_tree(markup: StatedMarkup, url: str, title: str, page: PageFeatures) -> dict[str, float]:
    """How often some elements stand on the page, what its classes say, and where its links lead."""
    found = list(markup.tree.iter(*_COUNTED, "picture", "h4", "a"))  # one pass: each takes as long as the whole tree is
    tags = cast(list[str], [element.tag for element in found])
    seen = Counter(tags)
    links = [element for element, tag in zip(found, tags, strict=True) if tag == "a"][:_MOST_LINKS]
    headings = [element for element, tag in zip(found, tags, strict=True) if tag in _PART_HEADINGS][:_MOST_HEADINGS]
    pictures = (element for element, tag in zip(found, tags, strict=True) if tag in ("img", "picture"))
    shown = {link for picture in pictures for link in picture.iterancestors("a")}
    linked = sum(map(_is_linked, headings))
    targets = Counter(
        address for link in links if (address := link.get("href")) and not address.startswith(("#", "java"))
    )
    paths = paths_of(targets, url)
    below, deeper, site = led_to(paths.values(), url)
    return {
        **{f"<{tag}>": log1p(seen[tag]) for tag in _COUNTED},
        **_of_classes(markup.tree),
        "linked headings": log1p(linked),
        "headings linked": share(linked, len(headings)),
        "headings": log1p(len(headings)),
        "links": log1p(len(links)),
        "pictures": log1p(sum(link in shown for link in links)),
        "targets": log1p(len(targets)),
        "of the site": share(site, len(targets)),
        "twice": log1p(sum(times > 1 for times in targets.values())),
        "further pages": log1p(sum(_PAGED.search(target) is not None for target in targets)),
        "below": log1p(below),
        "share below": share(below, site),
        "deeper": share(deeper, site),
        **of_paths(links, paths, framed(page), url, _names(markup, title)),
    }


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is a link or inside one."""
    parent = heading.getparent()
    return next(heading.iter("a"), None) is not None or (parent is not None and parent.tag == "a")


def _of_classes(tree: HtmlElement) -> dict[str, float]:
    classes = Counter(islice(cast(list[str], _CLASSES(tree)), _MOST_CLASSES))
    named = dict.fromkeys(_NAMED, 0)
    for words, times in classes.items():
        for name in _signs_of(words):
            named[name] += times
    return {
        **{f"named {name}": log1p(times) for name, times in named.items()},
        **{f"share named {name}": share(times, classes.total()) for name, times in named.items()},
    }


@lru_cache(maxsize=20_000)
def _signs_of(words: str) -> tuple[str, ...]:
    words = small(words[:_LONGEST_CLASS])
    return tuple(name for name, sign in _NAMED.items() if sign.search(words))


def _of_statements(markup: StatedMarkup, metadata: Described) -> dict[str, float]:
    """What the page says it is, its headline, and whether it has an author and a moment of publication."""
    kinds = set(metadata.kinds)
    types = {name for _, names in markup.nodes for name in names}
    og = markup.meta("og:type").lower()
    title, headings = fold(metadata.title), [fold(text) for text in markup.heading_texts[:5]]
    return {
        "calls itself article": float(not kinds.isdisjoint(ARTICLE_TYPES)),
        "holds articles": log1p(sum(not names.isdisjoint(ARTICLE_TYPES) for _, names in markup.nodes)),
        "calls itself list": float(not (types | kinds).isdisjoint(_LIST_TYPES)),
        "calls itself goods": float(not (types | kinds).isdisjoint(_GOODS) or og.startswith("product")),
        "og article": float(og == "article"),
        "og website": float(og == "website"),
        "section": float(bool(markup.meta("article:section", "article:tag"))),
        "dated": float(metadata.origins.get("published_at") in _STATING),
        "day found": float(bool(metadata.origins.get("published_at"))),
        "changed": float(bool(markup.meta("article:modified_time", "og:updated_time"))),
        "authors": float(bool(metadata.authors)),
        "pages": float("next" in markup.links or "prev" in markup.links),
        "title words": float(min(20, len(metadata.title.split()))),
        "title is heading": float(bool(title) and title in headings),
        "single": float(any(name.startswith(("single", "postid", "node-type")) for name in markup.body_classes)),
        "archive": float(not markup.body_classes.isdisjoint(_ARCHIVES)),
    }


_ARCHIVES = frozenset({"archive", "category", "tag", "search", "blog", "home", "paged", "post-type-archive", "author"})


def _of_address(url: str) -> dict[str, float]:
    """How the address is built: a headline in it has many words, a shelf has few."""
    parts = urlsplit(url)
    words = [word for word in parts.path.split("/") if word]
    last = words[-1] if words else ""
    return {
        "root": float(is_root(url)),
        "depth": float(min(8, len(words))),
        "last length": float(min(80, len(last))),
        "last hyphens": float(min(12, last.count("-") + last.count("_"))),
        "digits": float(min(12, sum(map(str.isdigit, parts.path)))),
        "dated path": float(_DATED_PATH.search(parts.path) is not None),
        "ends with slash": float(parts.path.endswith("/")),
        "file": float("." in last),
    }


def is_root(url: str) -> bool:
    """Whether an address is that of a whole site, whatever campaign it counts."""
    parts = urlsplit(url)
    tracked = all(name.startswith("utm_") or name in _TRACKING for name in _QUERY_NAME.findall(parts.query))
    return parts.path in ("", "/", "/index.html", "/index.php", "/index.htm") and tracked
