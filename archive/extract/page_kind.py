"""What kind of page a response holds; only a release becomes an article. Weak signs are summed, none decides alone.

Signs are taken from the address, from what the page says it is, from its headings and links, and from its clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.core.model import PageKind
from archive.extract.paywall import asks_to_subscribe
from archive.metadata.title import fold
from archive.page.jsonld import ARTICLE_TYPES
from archive.page.markup import StatedMarkup
from archive.release import dateline
from archive.text import dates


class Described(Protocol):
    """The part of a page's metadata that its kind is judged by."""

    @property
    def title(self) -> str: ...
    @property
    def published_at(self) -> str: ...
    @property
    def kinds(self) -> tuple[str, ...]: ...
    @property
    def free(self) -> bool: ...
    @property
    def origins(self) -> Mapping[str, str]: ...


Sign = tuple[float, str]
"""How much something speaks for a kind, and what it is, in words."""

_LISTING_SCORE = 4.0
_PARTS = re.compile(r"\s[|–—·»:-]\s|:\s")
_MOST_HEADINGS, _MOST_LINKS, _MOST_MARKED = 400, 600, 1_000
_LISTING_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|authors?|search|archives?|label|section|rubrik|rubric|themen?|"
    r"kategorie|tema|schlagwort|"
    r"hashtag|news-archive|latest|all-news)(?:/|$)",
    re.I,
)
_PAGED = re.compile(r"/(?:page|seite|pagina|p)/\d+/?$|[?&](?:page|paged|pg|seite|start|offset|PAGEN_\d)=\d+", re.I)
_SECTION_PATH = re.compile(r"^(?:/[a-z][a-z-]{1,24}){1,3}/?(?:index\.\w+)?$", re.I)
_SECTION_WORD = re.compile(
    r"^(?:news|newsroom|press|press-?releases?|releases?|media|media-?cent(?:re|er)|blog|aktuell(?:es)?|"
    r"presse(?:mitteilungen)?|actualites|"
    r"noticias|comunicados|novosti|events?|stories|articles?)$",
    re.I,
)
_LISTING_TITLE = re.compile(
    r"\b(?:archives?|archiv|category|search results|suchergebnisse|page \d+|seite \d+|tag:|posts tagged|all news|"
    r"latest news|news archive|"
    r"архив(?: новостей)?|все новости|результаты поиска|лента новостей|résultats de recherche|"
    r"resultados de búsqueda)\b",
    re.I,
)
_LISTING_NAME = re.compile(
    r"(?:all\s|latest\s|recent\s|our\s)?(?:(?:press|media|news)\s(?:releases?|room|cent(?:er|re)|advisories|statements|archive)|"
    r"news(?:room|\s(?:&|and)\sevents)?|press|media|(?:press\s)?releases|statements|blog|in\sthe\snews|"
    r"aktuelles|presse|(?:presse|medien)(?:mitteilungen|informationen|bereich)|nachrichten|actualités|communiqués(?:\sde\spresse)?|"
    r"espace\spresse|noticias|comunicados(?:\sde\sprensa)?|notas\sde\sprensa|sala\sde\sprensa|notizie|comunicati\sstampa|"
    r"aktualności|komunikaty(?:\sprasowe)?|новости|пресс-релизы|пресс-центр|новини|жаңалықтар|баспасөз\s(?:релиздері|орталығы)|"
    r"νέα|ανακοινώσεις|δελτία\sτύπου|新闻|新闻中心|新闻发布|新聞|الأخبار|بيانات\sصحفية)",
    re.I,
)
_LISTING_KINDS = frozenset({"collectionpage", "searchresultspage"})
_ARCHIVE_CLASSES = frozenset({"archive", "category", "tag", "search", "search-results", "post-type-archive", "author"})
_SINGLE_CLASSES = frozenset(
    {"single", "single-post", "singular", "postid", "node-type-article", "node-type-news", "page-node-type-article"}
)

_NOT_FOUND = re.compile(
    r"(?:^|[|–—:·-]\s*)404(?:\s*[|–—:·-]|\W*$)|404\W{1,3}(?:error|not found|page)|"
    r"(?:error|erreur|fehler|errore|błąd|ошибка|помилка|código|hata|http|status)\W{1,3}404\b|"
    r"(?:page|document|article|file|content)\s(?:could\s)?(?:was\s)?not\s(?:be\s)?(?:found|available)|"
    r"^not found|no longer (?:exists|available)|"
    r"nicht gefunden|page introuvable|page non trouvée|página no encontrada|no se encuentra|pagina non trovata|"
    r"não encontrada|"
    r"nie (?:została )?znalezion|страница не найдена|не найден|сторінк\w+ не знайден|бет табылмады|"
    r"табылмады|δεν βρέθηκε|"
    r"sayfa bulunamadı|sidan (?:kunde inte hittas|finns inte)|页面不存在|找不到|頁面不存在|الصفحة غير موجودة|غير موجود",
    re.I,
)
_TOO_MANY = (
    "too many requests|zu viele anfragen|trop de requêtes|demasiad[ao]s (?:solicitudes|peticiones)|troppe richieste|"
    "muitas (?:solicitações|requisições)|te veel (?:aan)?vragen|zbyt wiele (?:żądań|zapytań)|слишком много запросов|"
    "забагато запитів|çok fazla istek|请求过(?:多|于频繁)|リクエストが多すぎ|요청이 너무 많|طلبات كثيرة"
)
_CHALLENGE_TITLE = re.compile(
    rf"^\W*(?:error\W*)?(?:429\W*)?(?:{_TOO_MANY})\s*(?:[|–—:·.!-]|$)|"
    r"just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:robot|human)|"
    r"robot check|"
    r"ddos-guard|pardon our interruption|checking your browser|security check|verify (?:that )?you are|"
    r"human verification|captcha|"
    r"request unsuccessful|^(?:(?:sorry,?\s)?(?:you (?:have been|are)|access|request|your ip)\s)?blocked\W*$|"
    r"проверка браузера|доступ ограничен|один момент|un momento|einen moment",
    re.I,
)
_CHALLENGE_MARKUP = re.compile(
    r"cf-chl|challenge-platform|cf-browser-verification|_Incapsula_|datadome|px-captcha|g-recaptcha|h-captcha|"
    r"ddos-guard|awswaf|sucuri_cloudproxy|perimeterx",
    re.I,
)
_CHALLENGE_TEXT = re.compile(
    rf"{_TOO_MANY}|enable javascript and cookies|unusual (?:traffic|activity)|you are not a (?:robot|bot)|"
    r"you are (?:a )?human|ray id|"
    r"(?:you|access|request|ip(?: address)?|connection) (?:has|have) been blocked|"
    r"checking (?:if the site|your browser)|не робот|bot protection",
    re.I,
)
_CONSENT_URL = re.compile(r"//consent\.|/consent\b|/cookie-?wall|guce\.|/privacy-?gate|/gdpr", re.I)
_CONSENT_TEXT = re.compile(
    r"cookies?|consent|privacy|gdpr|our partners|vendors|personali[sz]ed (?:ads|content)|zustimm|einwillig|"
    r"datenschutz|werbung|"
    r"consentement|acceptez|consentimiento|согласи|обработк\w+ персональных",
    re.I,
)
_CONSENT_TITLE = re.compile(
    r"consent|cookie|privacy|datenschutz|zustimmung|before you continue|bevor sie fortfahren|avant d'accéder", re.I
)
_PAGE_WORD = re.compile(
    r"\b(?:page|site|document|file|content|article|url|link|address|seite|inhalt|adresse|contenu|página|pagina|contenido|documento|"
    r"strona|stron[aey]|страниц\w*|документ\w*|адрес\w*|сторінк\w*|бет\w*|парақ\w*|σελίδα|sayfa\w*|sidan|siden|pagina|stránk\w+)\b|"
    r"页面|頁面|网页|網頁|文件|ページ|페이지|الصفحة|صفحه",
    re.I,
)
_STATING = frozenset({"json-ld", "meta", "microdata", "time", "feed"})
_SENTENCE_ENDS = re.compile(r"[.!?。！？؟।](?=\s|$)")
_SHORT_TITLE, _SHORTEST = 8, 120
_SHOP_PATH = re.compile(
    r"/(?:collections?|product-category|shop|browse|departments?|catalog(?:ue)?s?|cat|c|products?)(?:/|$)", re.I
)
_GOODS = frozenset({"product", "productgroup", "offercatalog", "productcollection", "aggregateoffer", "itemlist"})
_PRICE = re.compile(
    r"(?:(?:from|ab|desde|à partir de|sale|now|von|от)\s)?(?:(?:US|CA|AU|NZ)?[$€£¥₹₽₴]\s?\d[\d.,]*|"
    r"\d[\d.,]*\s?(?:€|£|zł|kr\.?|руб\.?|₽|₴|Kč|USD|EUR))",
    re.I,
)
_QUERY_NAME = re.compile(r"(?:^|&)([^=&]*)")
_TRACKING = frozenset({"", "srsltid", "gclid", "fbclid", "ref"})
_PRICED = ("span", "div", "p", "bdi", "ins", "del", "b", "strong", "li", "td", "a", "s")
_MANY_PRICES, _MANY_CARDS, _FEW_PARAGRAPHS = 6, 12, 3
_TEASER, _LONGEST_LINK = 20, 600
_SIGNS = re.compile(r"[\W_]+")
_SHORT, _VERY_SHORT = 600, 250
_MOST_OF_LINKS = 3.5
"""The most points that `_link_signs` may add."""


def kind_of(said: StatedMarkup, url: str, status: int, metadata: Described, text: str) -> tuple[PageKind, str]:
    """What a page is taken for, and why in words. `text` is the clean text that extraction found in it."""
    text = text.strip()
    if status >= 400:
        return _refused(said, status, metadata, text)
    if len(text) < _SHORT and (obstacle := _obstacle(said, url, metadata, text)):
        return obstacle
    if not text:
        return (
            ("home", "the home page of a site, without text of its own")
            if _is_root(url)
            else ("other", "no text was found in the page")
        )
    lines = [line for line in text.split("\n") if line.strip()]
    signs = list(_listing_signs(said, url, metadata, lines))
    if _score(signs) >= _LISTING_SCORE - _MOST_OF_LINKS:
        signs += _link_signs(said, url, metadata, lines)
    if _score(signs) >= _LISTING_SCORE:
        why = ", ".join(words for points, words in signs if points > 0)
        return (
            ("home", f"a home page: {why}") if _is_root(url) else ("listing", f"a list of pages, not an article: {why}")
        )
    return "release", "one text with a title" if metadata.title else "one text"


def _refused(said: StatedMarkup, status: int, metadata: Described, text: str) -> tuple[PageKind, str]:
    """An answer that is no page: a challenge where it looks like one or the server refuses, else an error."""
    if status == 402:
        return "paywalled", "the server asks for payment (402)"
    if status in (401, 403, 429, 503) and _challenge_signs(said, metadata.title, text, False) >= 1:
        return "challenge", f"a challenge page instead of the page ({status})"
    return "error", f"the server answered {status}"


def _obstacle(said: StatedMarkup, url: str, metadata: Described, text: str) -> tuple[PageKind, str] | None:
    """What stands in the place of an article when a page has little text: error, challenge, consent or paywall."""
    title = metadata.title or said.title[:200]
    article = _is_stated_article(metadata, text)
    if _is_soft_error(said, title, text, article):
        return "missing", "says that the page was not found, though the server answered 200"
    if _challenge_signs(said, title, text, article) >= 2:
        return "challenge", "a challenge page instead of the page"
    consent = (
        bool(_CONSENT_URL.search(url))
        + bool(_CONSENT_TITLE.search(title))
        + (len(set(_CONSENT_TEXT.findall(text.lower()))) >= 3)
    )
    if consent >= 2 and not metadata.published_at:
        return "consent", "asks for consent instead of showing the page"
    if not metadata.free and (len(text) < _VERY_SHORT or asks_to_subscribe(text.split("\n"))):
        return "paywalled", "says that it is not free, and shows little text"
    return None


def _is_stated_article(metadata: Described, text: str) -> bool:
    """Whether a page says when it was published, and has two sentences at least: no obstacle does."""
    return metadata.origins.get("published_at") in _STATING and len(_SENTENCE_ENDS.findall(text)) >= 2


def _is_soft_error(said: StatedMarkup, title: str, text: str, article: bool) -> bool:
    if not said.body_classes.isdisjoint(("error404", "page-404")):
        return True
    heading = next(iter(said.heading_texts), "")[:200]
    places = (title if len(title) < 80 else "", heading, text[:300])
    in_title, in_heading, in_text = (_NOT_FOUND.search(place) is not None for place in places)
    of_page = any(_is_page_missing(place) for place in places)
    if article or not of_page:
        return in_title and not article and not in_text and len(text) < _SHORTEST
    return (in_title and (in_text or in_heading or len(text) < _VERY_SHORT)) or (in_heading and in_text)


def _is_page_missing(text: str) -> bool:
    """Whether a text says of a page, and not of a person or a thing, that it was not found."""
    found = _NOT_FOUND.search(text)
    return found is not None and (
        "404" in found[0]
        or _PAGE_WORD.search(text[max(0, found.start() - 60) : found.end() + 60]) is not None
        or _is_bare(text, found)
    )


def _is_bare(text: str, found: re.Match[str]) -> bool:
    """Whether next to nothing stands beside the words: a title that is nothing else."""
    beside = _PARTS.split(text)
    return any(len(part.strip()) <= len(found[0]) + 8 for part in beside if found[0] in part)


def _challenge_signs(said: StatedMarkup, title: str, text: str, article: bool) -> int:
    elements = islice(said.tree.iter("script", "form", "div"), _MOST_MARKED)
    marks = " ".join(one.get("src") or one.get("id") or one.get("class") or (one.text or "")[:400] for one in elements)
    in_title = not article and _CHALLENGE_TITLE.search(title) is not None and len(title.split()) <= _SHORT_TITLE
    shown = in_title + bool(_CHALLENGE_TEXT.search(text[:1_000]))
    if not shown and (article or len(text) >= _VERY_SHORT):
        return 0
    return shown + bool(_CHALLENGE_MARKUP.search(marks[:20_000]))


def _score(signs: Iterable[Sign]) -> float:
    return sum(points for points, _ in signs)


def _listing_signs(said: StatedMarkup, url: str, metadata: Described, lines: list[str]) -> Iterator[Sign]:
    """What speaks for a page being a list of others, or (below nought) one article; `_link_signs` may add to it."""
    yield from _address_signs(url)
    yield from _stated_signs(said, metadata)
    yield from _title_signs(metadata.title, lines)
    yield from _text_signs(lines)
    long, linked = _long(lines), _linked_headings(said.tree)
    if linked >= 8:
        yield (1.5 if long <= 3 else 1.0), f"{linked} headings are links"
    if long >= 6 and _ARCHIVE_CLASSES.isdisjoint(said.body_classes):
        yield -1.0, "several full paragraphs"


def _link_signs(said: StatedMarkup, url: str, metadata: Described, lines: list[str]) -> Iterator[Sign]:
    """What the links of a page say for a list. It takes long to read them all: asked for only where it may decide."""
    if _linked_headings(said.tree) >= 4 or _is_root(url):
        yield from _teaser_signs(said.tree, lines)
    if _long(lines) <= _FEW_PARAGRAPHS and not _states_article(metadata):
        cards = sum(_is_card(link) for link in islice(said.tree.iter("a"), _MOST_LINKS))
        if cards >= _MANY_CARDS:
            yield 1.5, f"{cards} pictures are links, and hardly a paragraph stands among them"


def _long(lines: list[str]) -> int:
    return sum(len(line) >= 160 for line in lines)


def _linked_headings(tree: HtmlElement) -> int:
    return sum(map(_is_linked, islice(tree.iter("h2", "h3"), _MOST_HEADINGS)))


def _states_article(metadata: Described) -> bool:
    """Whether a page says that it is an article, or when it was published."""
    kinds = set(metadata.kinds)
    stated = metadata.origins.get("published_at") in _STATING
    return stated or "og:article" in kinds or not kinds.isdisjoint(ARTICLE_TYPES)


def _is_card(link: HtmlElement) -> bool:
    return next(link.iter("img", "picture"), None) is not None


def _address_signs(url: str) -> Iterator[Sign]:
    parts = urlsplit(url)
    if _is_root(url):
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


def _stated_signs(said: StatedMarkup, metadata: Described) -> Iterator[Sign]:
    classes = said.body_classes
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
        prices = sum(_PRICE.fullmatch((one.text or "").strip()) is not None for one in said.tree.iter(*_PRICED))
        if prices >= _MANY_PRICES:
            yield 3.0, f"{prices} of its lines are prices"


def _title_signs(title: str, lines: list[str]) -> Iterator[Sign]:
    if any(_LISTING_NAME.fullmatch(part.strip()) for part in _PARTS.split(title)[:2]):
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


def _teaser_signs(tree: HtmlElement, lines: list[str]) -> Iterator[Sign]:
    """How much of the text is only the words of links to other pages, or of short dated teasers."""
    shown = [line for line in (fold(line.lstrip("-*# ")) for line in lines) if len(line) >= _TEASER]
    if len(shown) < 3 or len(shown) * 3 < len(lines):
        return
    texts = ("".join(link.itertext()) for link in islice(tree.iter("a"), _MOST_LINKS))
    links = {_letters(text[:_LONGEST_LINK]) for text in texts if _can_fold_to_teaser(text)}
    linked = sum(_letters(line) in links for line in shown)
    if linked >= 3 and linked * 3 >= len(lines):
        yield 2.0, "much of its text are links to other pages"


def _letters(text: str) -> str:
    """The letters and figures of a text, case folded, so that it does not matter where its elements end."""
    return _SIGNS.sub("", text).casefold()


def _can_fold_to_teaser(words: str) -> bool:
    """Whether a text can be long enough when folded: of one letter that makes three at most, one if it is ASCII."""
    return len(words) >= _TEASER or (not words.isascii() and 3 * len(words) >= _TEASER)


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is a link or inside one."""
    parent = heading.getparent()
    return heading.find(".//a[@href]") is not None or (parent is not None and parent.tag == "a")


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    tracked = all(name.startswith("utm_") or name in _TRACKING for name in _QUERY_NAME.findall(parts.query))
    return parts.path in ("", "/", "/index.html", "/index.php", "/index.htm") and tracked
