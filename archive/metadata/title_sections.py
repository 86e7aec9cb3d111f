"""Titles that only name a section of a site ("Press releases", "Aktuelles"), and the headline below one. Pure.

Many sites give every release the same `title`, `og:title` or h1: the name of the list that it is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter

from lxml.html import HtmlElement

from archive.metadata.heading_labels import labels_of
from archive.metadata.title import fold, never, title_beginnings, title_parts
from archive.metadata.title_headings import NUMBER_IN, first_headings, is_logo, leads_home, written_beginning
from archive.page.apart import elements_after, own_elements
from archive.page.markup import StatedMarkup, words_of
from archive.page.places import UNSEEN, wraps_page
from archive.text.characters import DENSE, word_count
from archive.text.dates import find_days, only_day

_SECTION = re.compile(
    r"(?:all |latest |recent |our )?(?:(?:press|media|news) )?(?:releases?|statements?|news|press|media|blog|"
    r"announcements?|"
    r"newsroom|press ?room|bulletins?|notices?|updates?)(?: (?:archive|cent(?:er|re)|details?|items?|articles?|page|"
    r"view))?|"
    r"news (?:and|&) (?:events|media|updates|press)|(?:news )?articles?|home(?: ?page)?|welcome|details?|index|"
    r"untitled(?: "
    r"document)?|pressemitteilung(?:en)?|presse(?:information(?:en)?|meldung(?:en)?|bereich|portal)?|aktuelles?|"
    r"aktuelle meldungen|nachrichten|meldung(?:en)?|medienmitteilung(?:en)?|startseite|actualités?|"
    r"communiqués?(?: de presse)?|espace presse|salle de presse|accueil|noticias?|(?:notas?|comunicados?) de prensa|"
    r"comunicados?|sala de prensa|inicio|notizie|comunicat[oi](?: stampa)?|notícias?|notas? à imprensa|imprensa|"
    r"persbericht(?:en)?|nieuws(?:bericht(?:en)?)?|nyheter|pressmeddelanden?|pressemeddelelser?|pressemelding(?:er)?|"
    r"nyheder|tiedott?eet|tiedote|uutiset|ajankohtaista|aktualności|wiadomości|komunikat(?:y)?(?: prasow[ye])?|"
    r"tiskov[éá] zpráv[ay]|aktuality|novinky|tlačov[éá] správ[ay]|sajtóközlemény(?:ek)?|hírek|comunicate? de presă|"
    r"știri|"
    r"новост[иь]|пресс-?релизы?|пресс-?центр|объявления|новини|прес-?рел[іи]зи?|вести|саопштењ[ае]|съобщения|"
    r"жаңалықтар|"
    r"vesti|novosti|saopštenj[ae]|priopćenj[ae]|haberler|basın (?:bülten(?:leri|i)|açıklama(?:ları|sı))|duyurular|"
    r"δελτί[αο] τύπου|νέα|ανακοινώσεις|新闻(?:中心|发布|稿|动态)?|通知公告|新聞(?:稿|中心)?|プレスリリース|"
    r"(?:報道|記者)発表(?:資料)?|"
    r"お知らせ|ニュース|新着情報|보도 ?자료|뉴스|공지 ?사항|새소식|(?:ال)?أخبار|بيان(?:ات)? صحفي(?:ة)?|اخبار|חדשות|"
    r"(?:news ?flash(?:es)?|breaking news|civic ?alerts?|what['’]?s new|press ?office|"
    r"neuigkeiten|eilmeldung(?:en)?|kurzmeldung(?:en)?|presse(?:raum|stelle)|flash infos?|à la une|quoi de neuf|"
    r"dernières (?:nouvelles|actualités|infos)|novedades|actualidad|(?:últimas|ultimas) not[ií]cias|última hora|"
    r"novidades|ultime notizie|ultim['’]ora|novità|in evidenza|primo piano|ufficio stampa|laatste nieuws|actueel|"
    r"perskamer|senaste nytt|aktuellt|pressrum|siste nytt|aktuelt|presserom|seneste nyt|presserum|uusimmat uutiset|"
    r"nowości|z ostatniej chwili|biuro prasowe|tiskové (?:centrum|oddělení)|nejnovější zprávy|legfrissebb hírek|"
    r"sajtószoba|noutăți|ultimele știri|последние новости|лента новостей|останні новини|последни новини|"
    r"vijesti|novice|најновије вести|τελευταία νέα|επικαιρότητα|son dakika|son haberler|güncel haberler|"
    r"最新(?:消息|动态|動態|情報)|(?:新闻|新聞)?(?:快讯|快訊)|要闻|要聞|トピックス|최신 ?소식|آخر الأخبار|آخرین اخبار|"
    r"חדשות אחרונות|מה חדש|ข่าวล่าสุด|tin mới(?: nhất)?|berita ter(?:kini|baru))|"
    r"הודעות? לעיתונות|ข่าว(?:ประชาสัมพันธ์)?|tin tức|thông cáo báo chí|berita|siaran pers|समाचार|प्रेस विज्ञप्ति",
    re.I,
)
_NUMBER = re.compile(r"(?<![\s,#])[\s,#]+(?:[A-Z]{1,6}[-/ ]?)?\d[\d./-]{0,12}$")
"""The number of a release behind what releases are called: "Press release PR260118", "Comunicado 15/2026"."""

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}(?:\.\w{3,4})?")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_BARS = re.compile(r"\s*[»›>/|]\s*")
_APART = re.compile(r"\s*[|»›–—·:：]+\s+|\s+-\s+|[|｜]")
_LEVELS = ("h2", "h3", "h4")
_NAMED = re.compile(
    r"(?<![a-z])(?:headline|(?:article|news|post|press|pr|entry|story|release|item|detail|content)[-_]{0,2}"
    r"(?:title|heading|headline|head)|art-?postheader|(?:view|board|bbs|read)[-_]?(?:title|tit|subject)|"
    r"(?:noticia|news|nota|artikel|meldung)[-_]?(?:titulo|titel|titolo|titre)|titulo[-_]?(?:noticia|nota)|"
    r"ms-rteelement-h[12]b?)(?![a-z])",
    re.I,
)
"""What systems name the element of the headline: contentheading, itemTitle, art-postheader, ms-rteElement-H1B."""
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:title|heading|headline|titulo|titolo|titre|titel|tit|baslik|judul|otsikko|overskrift|nadpis|tytul|naslov)(?:\s|$)",
    re.I,
)
_STRONG = frozenset({"strong", "b", "font", "big"})
_LARGE = re.compile(r"\+?[3-7]")
_IN_LINES = frozenset({"b", "strong", "big", "font", "span", "em", "i", "u", "a", "center", "small"})
_NO_HEADLINE = re.compile(
    r"@|\d{4,}\D{0,3}\d{3,}|\b(?:immediate release|sofortigen veröffentlichung|diffusion immédiate|"
    r"(?:publicación|difusión|publicação|divulgação) (?:inmediata|imediata)|(?:pubblicazione|diffusione) immediata|"
    r"onmiddellijke (?:publicatie|verspreiding)|natychmiastowej publikacji|немедленной публикации)",
    re.I,
)
"""Addresses, numbers of telephones, and what stands above a headline."""
_AROUND_RELEASE = re.compile(
    r"press(?:e(?:mitteilung|information|meldung|melding|meddelelse)|meddelande| ?release)|media ?release|"
    r"medienmitteilung|communiqué de presse|(?:nota|comunicado) de (?:prensa|imprensa)|comunicato stampa|persbericht|"
    r"komunikat prasowy|tiskov[áé] zpráv|tlačov[áé] správ|пресс-?релиз|прес-?рел[іи]з|δελτίο τύπου|basın bülteni|"
    r"embargo|sperrfrist|(?:press|media|presse|medien)\w* ?(?:contact|kontakt)|contact[eo]?\b|kontakt|контакт",
    re.I,
)
_PLACED = re.compile(r",\s(?:\w{1,4}\s)?$")
"""How lines around a release begin; what stands before the day of a dateline, behind its place."""

_HOLDERS = ("div", "p", "span", "strong", "b", "big", "td", "font")
_SKIPPED = frozenset({"nav", "aside", "footer", "form", "figure"})
_MOST, _DEEPEST = 400, 30
_PROSE, _LONGEST, _REACH, _MOST_TEXT = 160, 250, 800, 4_000
_FEWEST_WORDS, _LISTED_WORDS = 3, 2
_ABOVE, _BELOW, _LINES = 200, 80, 8
"""Characters of its cell that may stand above a headline in strong type, and of those that make a cell that of a text;
the lines in strong type that are compared."""

_SHORTEST_WORD = 3
_SEVERAL = 3
_MOST_LINKS, _MOST_NAMES, _NAME, _NAME_WORDS, _NAME_SIGNS = 40, 3, 60, 3, 8


def names_section(text: str, is_repeated: Callable[[str], bool] = never) -> bool:
    """Whether a title is nothing but what sites call their lists of releases and their home pages, or a text that its
    source is known to repeat; or what an address says in place of a title."""
    if not text or is_repeated(text) or _SLUG.fullmatch(text):
        return bool(text)
    text = _NUMBER.sub("", text.strip(" .:-–|»›>/"))
    return all(_SECTION.fullmatch(part) for part in _BARS.split(text))


def without_section(markup: StatedMarkup, headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings without the name of a section that begins one in a line or an element of its own."""
    rests = {words_of(heading): rest for heading in markup.headings if (rest := _without_section(heading))}
    return tuple(rests.get(text, text) for text in headings)


def _without_section(heading: HtmlElement) -> str:
    for one in labels_of(heading):
        if names_section(one.label) and not one.rest[0].islower():
            return one.rest
    lines = [heading.text or ""]
    for part in heading:
        if part.tag == "br":
            lines.append("")
        lines[-1] += (words_of(part) if part.tag != "br" else "") + (part.tail or "")
    return " ".join(" ".join(lines[1:]).split()) if len(lines) > 1 and names_section(" ".join(lines[0].split())) else ""


def home_names(markup: StatedMarkup) -> tuple[str, ...]:
    """What the links to the home page call the site, by their words or their pictures."""
    home = (link for link in islice(markup.tree.iter("a"), _MOST_LINKS) if leads_home(link.get("href") or ""))
    called = (
        words_of(link, _NAME + 1) or next((one.get("alt") or "" for one in link.iter("img")), "") for link in home
    )
    names = (name for name in called if _SHORTEST_WORD <= len(name) <= _NAME and not _SECTION.fullmatch(name))
    return tuple(dict.fromkeys(names))[:_MOST_NAMES]


def linked_names(markup: StatedMarkup) -> tuple[str, ...]:
    """What links call the site, and the parts of the page's title that name a section and that a link says as well: of
    its menu, or of the way to the page."""
    parts = list(filter(names_section, title_parts(markup.title)))
    links = islice(markup.tree.iter("a"), _MOST_LINKS if parts else 0)
    linked = {fold(words_of(link, _NAME + 1)) for link in links}
    return (*home_names(markup), *(part for part in parts if fold(part) in linked))


def headline_told(markup: StatedMarkup, is_section: Callable[[str], bool], linked: str, sites: Sequence[str]) -> str:
    """The headline of a page whose h1, or whose title where it has none but the site's logo, only names a section; ""
    for any other.

    A page without h1 that a list gives a title (`linked`) needs none, and neither does one whose h1 is that title: each
    month has "Consumer prices, May", which names no section. `sites` are the names of its site.
    """
    heads = first_headings(markup)
    own = [text for heading, text in heads if text and not is_logo(heading, text, markup)]
    if not all(map(is_section, own)):
        return _headline_begun(markup, heads, own)
    if _is_listed(linked, own):
        return ""
    if not own:
        return "" if linked else _headline_alone(markup, is_section, sites)
    last = next(heading for heading, text in reversed(heads) if text)
    below = list(islice(elements_after(last), _MOST))
    if found := next(chain(_headlines(below), written_beginning(markup)), ""):
        return found
    line = next(_headlines(below, _is_called), "") or _strong_line(below, is_section)
    names = (*sites, *home_names(markup))
    is_told = all(_names_only(one, is_section, names) for one in (markup.meta("og:title"), markup.title) if one)
    longest = max(title_parts(markup.title), key=len, default="")
    return line if is_told or _is_short_form(longest, line) else ""


def _headline_begun(markup: StatedMarkup, heads: Sequence[tuple[HtmlElement, str]], own: Sequence[str]) -> str:
    """The heading below the only h1, and longer than it, that is the page's title, or begins one that ends with the h1:
    the h1 is then the site's name."""
    ends = fold(own[0]) in map(fold, title_parts(markup.title)[-1:])
    titles = (markup.title, *(title_beginnings(markup.title) if ends else ()))
    begun = {fold(one) for one in titles if len(own) == 1 and len(one) > len(own[0])}
    if not begun or fold(markup.title) == fold(own[0]):
        return ""
    above = next(heading for heading, text in heads if text == own[0])
    return next((one for one in _headlines(elements_after(above)) if fold(one) in begun), "")


def _is_listed(linked: str, own: Sequence[str]) -> bool:
    """Whether what a list calls a page is one of its headings, and more than a section with a number or a day."""
    words = " ".join(_WORDS.findall(linked))
    return fold(linked) in map(fold, own) and word_count(words) >= _LISTED_WORDS and not names_section(words)


def _names_only(title: str, is_section: Callable[[str], bool], names: Sequence[str]) -> bool:
    """Whether a title says no more than sections and names of its site."""
    named = set(map(fold, names))
    if is_section(title) or _is_section_of_site(title, names):
        return True
    return title != "" and all(is_section(part) or fold(part) in named for part in title_parts(title))


def _is_short_form(title: str, line: str) -> bool:
    """Whether half the words of a title are in a line."""
    titled = [word for word in fold(title).split() if len(word) >= _SHORTEST_WORD]
    return bool(titled) and 2 * sum(word in fold(line).split() for word in titled) >= len(titled)


def _headline_alone(markup: StatedMarkup, is_section: Callable[[str], bool], sites: Sequence[str]) -> str:
    """The first heading before any prose on a page without h1, whose title only names a section or the site, or is a
    short form of the heading; where it only names one and there is no heading, the line in strong type above the text;
    "" else."""
    names = (*sites, *home_names(markup))
    called = markup.meta("og:title")
    if called and not _names_only(called, is_section, names):
        return ""
    body = next(markup.tree.iter("body"), markup.tree)
    shown = [one for one in islice(own_elements(body), _MOST) if not markup.boxes_over.hold(one)]
    is_told = _names_only(markup.title, is_section, names)
    headings = chain(_headlines(shown), _headlines(shown, _is_called))
    found = next((one for one in headings if not is_section(one)), "")
    if not found:
        return _strong_line(shown, is_section) if is_told else ""
    if fold(found).endswith(f" {fold(markup.title)}") and says_enough(markup.title):
        return ""  # a heading that only adds a kicker
    begun = (one for one in title_beginnings(markup.title) if found.startswith(one) and says_enough(one))
    return next(begun, found) if is_told or _is_short_form(markup.title, found) else ""


def _is_section_of_site(title: str, sites: Sequence[str]) -> bool:
    """Whether a title is the name of a section and one other, too short for a headline, that a sign sets apart.

    What stands behind the section is one of the names of the site: else it is a headline ("News: pier opens").
    """
    parts = [part.strip() for part in _APART.split(title) if part.strip()]
    others = [part for part in parts if not names_section(part)]
    if len(parts) != 2 or len(others) != 1:
        return False
    if others[0] == parts[1] and not _names_site(fold(parts[1]), sites):
        return False
    return len(others[0].split()) <= _NAME_WORDS and len(DENSE.findall(others[0])) <= _NAME_SIGNS


def _names_site(words: str, sites: Sequence[str]) -> bool:
    """Whether folded words are, or hold, one of the names of a site, or are its host's name."""
    named = [site for site in map(fold, sites) if site]
    return any(f" {site} " in f" {words} " or site == words.replace(" ", "") for site in named)


def _is_headed(element: HtmlElement) -> bool:
    """Whether an element is a heading, or its name says that it holds the headline."""
    return element.tag in _LEVELS or element.get("role") == "heading" or _names_headline(_NAMED, element)


def _is_called(element: HtmlElement) -> bool:
    return _names_headline(_CALLED, element)


def _strong_line(shown: Iterable[HtmlElement], is_section: Callable[[str], bool]) -> str:
    """The line all in strong or large type above any prose, as pages have headlines that have no headings; "" without
    one. In tables of a layout it is one that begins its cell, of several that whose cell has most text."""
    found: list[tuple[int, str]] = []
    forms: dict[HtmlElement, bool] = {}
    passed = 0
    for element in islice(shown, _MOST):
        is_prose = element.tag == "p" and len(words_of(element, _PROSE + 1)) >= _PROSE
        own = element.text if element.tag != "a" else ""  # a menu is no prose
        passed += _REACH if is_prose else len((own or "").strip()) + len((element.tail or "").strip())
        text = words_of(element, _LONGEST + 1) if element.tag in _STRONG else ""
        if not _can_be_headline(text) or not _is_line(element) or is_section(text) or _stands_aside(element, forms):
            continue
        cell = next(element.iterancestors("td"), None)
        around = words_of(cell, _MOST_TEXT) if cell is not None else ""
        at = around.find(text)
        if 0 <= at <= _ABOVE or (cell is None and passed < _REACH):
            rest = len(around) - at - len(text) if cell is not None else _BELOW
            found.append((rest if rest >= _BELOW else 0, text))
        if len(found) == _LINES:
            break
    return max(found, key=itemgetter(0))[1] if found else ""


def _can_be_headline(text: str) -> bool:
    """Whether a line has the words of a headline besides a day, and is no sentence, label, number, address or dateline;
    nor does it begin as what stands above or below a release."""
    if not 0 < len(text) <= _LONGEST or text[-1] in ".。।:：" or NUMBER_IN.search(text) or _NO_HEADLINE.search(text):
        return False
    days = find_days(text)
    if _AROUND_RELEASE.match(text) or (days and not text[days[0].end :] and _PLACED.search(text[: days[0].start])):
        return False
    return word_count(f"{text[: days[0].start]} {text[days[0].end :]}" if days else text) > _FEWEST_WORDS


def _is_line(element: HtmlElement) -> bool:
    """Whether an element in strong or large type is all of a line: of its block, or between breaks or blocks in it; and
    no link."""
    is_small = element.tag == "font" and not _LARGE.fullmatch((element.get("size") or "").strip())
    if is_small or next(chain(element.iter("a"), element.iterancestors("a")), None) is not None:
        return False
    one: HtmlElement | None = element
    while one is not None:
        above, before, behind = one.getparent(), one.getprevious(), one.getnext()
        said_before = (above.text if above is not None else "") if before is None else before.tail
        if (said_before or "").strip() or (one.tail or "").strip():
            return False
        if any(beside is not None and beside.tag in _IN_LINES for beside in (before, behind)):
            return False
        is_all = before is None and behind is None
        one = above if is_all and above is not None and above.tag in _IN_LINES else None
    return True


def _names_headline(pattern: re.Pattern[str], element: HtmlElement) -> bool:
    return pattern.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _headlines(
    elements: Iterable[HtmlElement], is_headline: Callable[[HtmlElement], bool] = _is_headed
) -> Iterator[str]:
    """The headlines among elements in the order of the page, until the first that is prose, or much else is passed."""
    passed = 0
    forms: dict[HtmlElement, bool] = {}
    for element in islice(elements, _MOST):
        passed += len((element.text or "").strip()) + len((element.tail or "").strip())
        if passed > _REACH:
            return
        text = words_of(element, _LONGEST + 1) if element.tag in (*_LEVELS, *_HOLDERS) else ""
        if element.tag == "p" and len(text) >= _PROSE:
            return
        if not text or len(text) > _LONGEST or not says_enough(text) or only_day(text) or _stands_aside(element, forms):
            continue
        if is_headline(element):
            yield text


def says_enough(text: str) -> bool:
    """Whether a text has the words of a headline, and not only those of a name or a label."""
    return word_count(text) >= _FEWEST_WORDS


def _stands_aside(element: HtmlElement, forms: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands in a part of the page's frame, or in one that is not shown; `forms` keeps of each
    whether it holds the page, as scripts show some pages when they are complete."""
    above: set[str] = set()
    for one in islice(element.iterancestors(), _DEEPEST):
        is_hidden = one.tag != "body" and (one.get("hidden") is not None or UNSEEN.search(one.get("style") or ""))
        if (is_hidden or one.tag == "form") and one not in forms:
            forms[one] = wraps_page(one)
        if is_hidden and not (forms[one] and sum(1 for _ in islice(one.iter("p"), _SEVERAL)) == _SEVERAL):
            return True
        if not forms.get(one, False):
            above.add(one.tag)
    return not above.isdisjoint(_SKIPPED) or ("header" in above and above.isdisjoint(("main", "article")))
