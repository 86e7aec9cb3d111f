"""What speaks for a page being a list of other pages: its address, what it says it is, its title, text and links.

Weak signs are summed, none decides alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from archive.extract.notices.shown import LONGEST_TITLE, title_parts
from archive.extract.page_features import Described, is_root
from archive.metadata.title import fold
from archive.page.article_node import letters_of
from archive.page.jsonld import ARTICLE_TYPES
from archive.page.markup import StatedMarkup
from archive.release import dateline
from archive.text import dates

Sign = tuple[float, str]
"""How much something speaks for a list, and what it is, in words. The points were set by hand: four points
are enough (see `page_kind`), and what speaks for an article is below nought."""

_MOST_HEADINGS, _MOST_LINKS = 400, 600
"""Headings (and lines) and links of a page that are looked at."""

_LISTING_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|authors?|search|archives?|label|section|rubrik|rubric|themen?|"
    r"kategorie|tema|schlagwort|"
    r"hashtag|news-archive|latest|all-news)(?:/|$)",
    re.I,
)
"""/category/ports, /tag/ferry, /news-archive."""

_PAGED = re.compile(r"/(?:page|seite|pagina|p)/\d+/?$|[?&](?:page|paged|pg|seite|start|offset|PAGEN_\d)=\d+", re.I)
"""/page/2, /seite/3/, ?start=20, &PAGEN_1=2. The trees know more of them (see `page_features`); here one is enough."""

_SECTION_PATH = re.compile(r"^(?:/[a-z][a-z-]{1,24}){1,3}/?(?:index\.\w+)?$", re.I)
"""A path of words alone: /press/ports/, /en/news/index.html."""

_SECTION_WORD = re.compile(
    r"^(?:news|newsroom|press|press-?releases?|releases?|media|media-?cent(?:re|er)|blog|aktuell(?:es)?|"
    r"presse(?:mitteilungen)?|actualites|"
    r"noticias|comunicados|novosti|events?|stories|articles?)$",
    re.I,
)
"""A part of a path that is the name of a section."""

_LISTING_TITLE = re.compile(
    r"\b(?:archives?|archiv|category|search results|suchergebnisse|page \d+|seite \d+|tag:|posts tagged|all news|"
    r"latest news|news archive|"
    r"архив(?: новостей)?|все новости|результаты поиска|лента новостей|résultats de recherche|"
    r"resultados de búsqueda)\b",
    re.I,
)
"""What a title has that is of a list: "Archives: 2026", "Page 3", "Search results for ferry"."""

_LISTING_NAME = re.compile(
    r"(?:all\s|latest\s|recent\s|our\s)?(?:(?:press|media|news)\s(?:releases?|room|cent(?:er|re)|advisories|statements|archive)|"
    r"news(?:room|\s(?:&|and)\sevents)?|press|media|(?:press\s)?releases|statements|blog|in\sthe\snews|"
    r"aktuelles|presse|(?:presse|medien)(?:mitteilungen|informationen|bereich)|nachrichten|actualités|communiqués(?:\sde\spresse)?|"
    r"espace\spresse|noticias|comunicados(?:\sde\sprensa)?|notas\sde\sprensa|sala\sde\sprensa|notizie|comunicati\sstampa|"
    r"aktualności|komunikaty(?:\sprasowe)?|новости|пресс-релизы|пресс-центр|новини|жаңалықтар|баспасөз\s(?:релиздері|орталығы)|"
    r"νέα|ανακοινώσεις|δελτία\sτύπου|新闻|新闻中心|新闻发布|新聞|الأخبار|بيانات\sصحفية)",
    re.I,
)
"""A title that is the name of a section: "Press releases", "News & Events"."""

_LISTING_KINDS = frozenset({"collectionpage", "searchresultspage"})
_ARCHIVE_CLASSES = frozenset({"archive", "category", "tag", "search", "search-results", "post-type-archive", "author"})
_SINGLE_CLASSES = frozenset(
    {"single", "single-post", "singular", "postid", "node-type-article", "node-type-news", "page-node-type-article"}
)
STATING = frozenset({"json-ld", "meta", "microdata", "time", "feed"})
"""Origins of a day of publication that somebody stated; the others are read out of an address or a text."""

_SHOP_PATH = re.compile(
    r"/(?:collections?|product-category|shop|browse|departments?|catalog(?:ue)?s?|cat|c|products?)(?:/|$)", re.I
)
"""/collections/lamps, /shop/, /c/lamps."""

_GOODS = frozenset({"product", "productgroup", "offercatalog", "productcollection", "aggregateoffer", "itemlist"})
_PRICE = re.compile(
    r"(?:(?:from|ab|desde|à partir de|sale|now|von|от)\s)?(?:(?:US|CA|AU|NZ)?[$€£¥₹₽₴]\s?\d[\d.,]*|"
    r"\d[\d.,]*\s?(?:€|£|zł|kr\.?|руб\.?|₽|₴|Kč|USD|EUR))",
    re.I,
)
"""A line that is a price: from $19.90, US$5, 12 zł."""

_PRICED = ("span", "div", "p", "bdi", "ins", "del", "b", "strong", "li", "td", "a", "s")
"""The elements whose own text may be a price."""

_MANY_PRICES, _MANY_CARDS, _FEW_PARAGRAPHS = 6, 12, 3
"""Lines that are prices and pictures that are links from which on a page is a shelf or a list, and paragraphs up to
which it has hardly one."""

_PARAGRAPH = 160
"""Characters from which a line is a full paragraph."""

_TEASERS, _TOLD, _DAY = 3, 60, 30
"""Headings that lead elsewhere from which on a text may be one of teasers, characters of what each tells, and those of
a line that is a day."""

_TEASER, _LONGEST_LINK = 20, 600
"""Letters from which the words of a link may be a teaser, and characters of a link that are looked at."""

_COUNTED = re.compile(
    r"(?:\S+\s){0,5}?\W?(?P<first>\d+)\s?(?:-|–|to|bis|à|a)\s?(?P<last>\d+)\s(?:of|von|sur|de|di|из)\s(?:about\s)?"
    r"\d+(?:[.,'’\s]\d{3})*\W*(?:\s\S+)?"
)
_COUNT, _FIRST = 80, 3
"""How a search says what it shows ("Showing 1 to 10 of 48 results"), the characters of such a line, and the lines it is
among."""

_VERY_SHORT = 250
"""Characters under which the text of a page is next to none."""


def sign_points(url: str, metadata: Described, stated: Iterable[Sign]) -> dict[str, float]:
    """The points that the address, the statements (`stated_signs`) and the title of a page give for a list, by name."""
    return {
        "address signs": score(_address_signs(url)),
        "stated signs": score(stated),
        "title signs": score(_title_signs(metadata.title, ["-" * _VERY_SHORT])),
    }


def score(signs: Iterable[Sign]) -> float:
    return sum(points for points, _ in signs)


def listing_signs(
    markup: StatedMarkup, url: str, metadata: Described, lines: list[str], stated: Iterable[Sign], named: str = ""
) -> Iterator[Sign]:
    """What speaks for a page being a list of others, or (below nought) one article; `link_signs` may add to it.

    `stated` are the `stated_signs`, which take as long as the page is and are asked for more than once. `named`: the
    title that a feed or a listing gave for the page. Where all addresses show a list, each release's title is in it.
    """
    yield from _address_signs(url)
    yield from stated
    yield from _title_signs(metadata.title, lines)
    yield from _text_signs(lines)
    long, linked = _long(lines), _linked_headings(markup.tree)
    if linked >= 8:
        yield (1.5 if long <= 3 else 1.0), f"{linked} headings are links"
    if linked >= 4 and named and not _is_told_of_article(metadata) and _is_one_of_a_list(markup, lines, named):
        yield (1.5 if linked >= 8 else 2.5), "its headline is one of many headings that are links"
    if long >= 6 and _ARCHIVE_CLASSES.isdisjoint(markup.body_classes):
        yield -1.0, "several full paragraphs"


def link_signs(markup: StatedMarkup, url: str, metadata: Described, lines: list[str]) -> Iterator[Sign]:
    """What the links of a page say for a list. It takes long to read them all: asked for only where it may decide."""
    if _linked_headings(markup.tree) >= 4 or is_root(url):
        yield from _teaser_signs(markup.tree, lines)
    if _long(lines) <= _FEW_PARAGRAPHS and not _states_article(metadata):
        cards = sum(_is_card(link) for link in islice(markup.tree.iter("a"), _MOST_LINKS))
        if cards >= _MANY_CARDS:
            yield 1.5, f"{cards} pictures are links, and hardly a paragraph stands among them"


def is_of_teasers(markup: StatedMarkup, url: str, metadata: Described, lines: list[str], shown: Iterable[str]) -> bool:
    """Whether a text tells one paragraph at most for each of its headings, which lead to other pages of its site, and
    nothing before them: for small pages, whose build says too little.

    The page states neither that it is an article nor its day; if it shows days, then several among all its lines
    (`shown`).
    """
    if _states_article(metadata) or (metadata.published_at and sum(map(_is_day, shown)) < _TEASERS):
        return False
    told = sum(len(line) >= _TOLD for line in lines)
    headings = islice(markup.tree.iter("h2", "h3", "h4"), _MOST_HEADINGS)
    heads = {_letters_in(one) for one in headings if _leads_on(one, url)}
    headed = sum(letters_of(line) in heads for line in lines) if len(heads) >= _TEASERS else 0
    return headed >= _TEASERS and told <= headed


def _is_day(line: str) -> bool:
    return len(line) <= _DAY and dates.only_day(line) != ""


def _leads_on(heading: HtmlElement, url: str) -> bool:
    """Whether all words of a heading are a link to another page of its site."""
    said = _letters_in(heading)
    inside = (link for link in islice(heading.iter("a"), 1) if _letters_in(link) == said)
    links = (*inside, *islice(heading.iterancestors("a"), 1))
    leading = {canonical(href, url) for link in links if (href := link.get("href") or "#")[0] != "#"}
    return any(host(one) == host(url) for one in leading - {canonical(url)})


def _letters_in(element: HtmlElement) -> str:
    return letters_of("".join(element.itertext())[:_LONGEST_LINK])


def _long(lines: list[str]) -> int:
    return sum(len(line) >= _PARAGRAPH for line in lines)


def _linked_headings(tree: HtmlElement) -> int:
    return sum(map(_is_linked, islice(tree.iter("h2", "h3"), _MOST_HEADINGS)))


def _is_told_of_article(metadata: Described) -> bool:
    """Whether a page says that it is an article, or its markup for programs when it was published: rows of a list have
    days of their own, in `time` elements."""
    kinds = set(metadata.kinds)
    if "og:article" in kinds or not kinds.isdisjoint(ARTICLE_TYPES):
        return True
    return metadata.origins.get("published_at") in STATING - {"time", "feed"}


def _is_one_of_a_list(markup: StatedMarkup, lines: list[str], words: str) -> bool:
    """Whether a heading of these words is a link as others are that stand in the text, and neither a heading of the
    first rank nor the title of the page has them: a release's own headline may be a link to itself, among links to
    others beside the text."""
    said = letters_of(words)
    if said in letters_of(markup.title[:LONGEST_TITLE]):
        return False
    headings = list(islice(markup.tree.iter("h1", "h2", "h3"), _MOST_HEADINGS))
    heads = [_letters_in(heading) for heading in headings]
    found = [heading for heading, head in zip(headings, heads, strict=True) if head == said]
    if not found or any(heading.tag == "h1" or not _is_linked(heading) for heading in found):
        return False
    others = set(heads) - {said, ""}
    return any(letters_of(line) in others for line in lines)


def _states_article(metadata: Described) -> bool:
    """Whether a page says that it is an article, or when it was published."""
    kinds = set(metadata.kinds)
    stated = metadata.origins.get("published_at") in STATING
    return stated or "og:article" in kinds or not kinds.isdisjoint(ARTICLE_TYPES)


def _is_card(link: HtmlElement) -> bool:
    return next(link.iter("img", "picture"), None) is not None


def _address_signs(url: str) -> Iterator[Sign]:
    parts = urlsplit(url)
    if is_root(url):
        yield 3.0, "it is the root of its site"
    elif _SHOP_PATH.search(parts.path):
        yield 1.5, "its address names a shop's shelf"
    if _PAGED.search(url):
        yield 2.5, "its address numbers a page of a list"
    if _LISTING_PATH.search(parts.path):
        yield 1.5, "its address names an archive, a category or a search"
    words = [word for word in parts.path.split("/") if word]
    if words and _SECTION_WORD.match(words[-1]):
        yield 1.5, "its address is that of a section"
    elif (
        words
        and _SECTION_WORD.match(words[0])
        and _SECTION_PATH.match(parts.path)
        and len(words) == 2
        and words[1].count("-") < 4
    ):
        yield 0.5, "its address may be that of a section"


def stated_signs(markup: StatedMarkup, metadata: Described) -> Iterator[Sign]:
    """What a page's markup and metadata call it, and how many of its lines are prices."""
    classes = markup.body_classes
    if not _ARCHIVE_CLASSES.isdisjoint(classes):
        yield 2.5, "its markup calls it an archive"
    elif not classes.isdisjoint(("blog", "paged", "home")):
        yield 1.5, "its markup calls it a list"
    if not _SINGLE_CLASSES.isdisjoint(classes):
        yield -3.0, "its markup calls it a single page"
    kinds = set(metadata.kinds)
    if kinds & _LISTING_KINDS:
        yield 1.5, "its metadata calls it a collection"
    if kinds & ARTICLE_TYPES:
        yield -2.0, "its metadata calls it an article"
    elif not _states_article(metadata):
        if kinds & _GOODS or any(kind.startswith("og:product") for kind in kinds):
            yield 2.5, "its metadata calls it goods"
        prices = sum(_PRICE.fullmatch((one.text or "").strip()) is not None for one in markup.tree.iter(*_PRICED))
        if prices >= _MANY_PRICES:
            yield 3.0, f"{prices} of its lines are prices"


def _title_signs(title: str, lines: list[str]) -> Iterator[Sign]:
    if any(_LISTING_NAME.fullmatch(part.strip()) for part in title_parts(title)[:2]):
        yield 3.0, "its title is the name of a section"
        if sum(map(len, lines)) < _VERY_SHORT:
            yield 1.0, "it has next to no text"
    elif _LISTING_TITLE.search(title):
        yield 2.0, "its title names an archive, a category or a search"


def _text_signs(lines: list[str]) -> Iterator[Sign]:
    """What a text of many releases shows: several datelines, several days in lines of their own."""
    datelines = sum(dateline.find(line) is not None for line in lines[:_MOST_HEADINGS])
    if datelines >= 3:
        yield 2.0, f"{datelines} of its paragraphs open with a dateline"
    days = sum(len(line) <= 30 and next(dates.find_moments(line), None) is not None for line in lines[:_MOST_HEADINGS])
    if days >= 4:
        yield 1.5, f"{days} of its lines are days"
    if any(map(_counts, lines[:_FIRST])):
        yield 1.5, "it counts what it shows"


def _counts(line: str) -> bool:
    """Whether a line says which results of how many are shown; "2 to 3 of 10 homes have no water" tells more."""
    found = _COUNTED.fullmatch(line) if len(line) <= _COUNT else None
    return found is not None and int(found["first"]) <= int(found["last"])


def _teaser_signs(tree: HtmlElement, lines: list[str]) -> Iterator[Sign]:
    """How much of the text is only the words of links to other pages, or of short dated teasers."""
    shown = [line for line in (fold(line.lstrip("-*# ")) for line in lines) if len(line) >= _TEASER]
    if len(shown) < 3 or len(shown) * 3 < len(lines):
        return
    texts = ("".join(link.itertext()) for link in islice(tree.iter("a"), _MOST_LINKS))
    links = {letters_of(text[:_LONGEST_LINK]) for text in texts if _can_fold_to_teaser(text)}
    linked = sum(letters_of(line) in links for line in shown)
    if linked >= 3 and linked * 3 >= len(lines):
        yield 2.0, "much of its text are links to other pages"


def _can_fold_to_teaser(words: str) -> bool:
    """Whether a text can be long enough when folded: of one letter that makes three at most, one if it is ASCII."""
    return len(words) >= _TEASER or (not words.isascii() and 3 * len(words) >= _TEASER)


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is a link or inside one."""
    parent = heading.getparent()
    holds_link = any(link.get("href") is not None for link in heading.iter("a"))
    return holds_link or (parent is not None and parent.tag == "a")
