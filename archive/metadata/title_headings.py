"""Which headings of a page may hold its title: not the logo that some sites put into an h1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.metadata.heading_labels import labels_of, without_labels
from archive.metadata.headline import find_marked, is_written
from archive.metadata.title import KICKED, begins, fold, title_beginnings, title_parts
from archive.page import jsonld
from archive.page.markup import StatedMarkup, words_of
from archive.text.characters import DENSE, word_count

_LOGO = re.compile(
    r"(?<![a-z])(?:logo|brand(?:ing)?|site-?(?:title|name|heading)|blog-?(?:title|name)|masthead)(?![a-z])", re.I
)
_HOME = re.compile(r"(?:/?(?:index|default|home)\.\w{3,4}|/[a-z]{2}(?:-[a-z]{2})?/?|/)?")
_NUMBERED = re.compile(
    r"(?:[^\W\d]+(?:-[^\W\d]+)?[.:]? ){0,4}(?:(?:no|nr|nro|num|núm|č|n)(?:\.º|[.:º°])? ?|№ ?)\d{1,5}(?:[/-]\d{2,4})?",
    re.I,
)
"""A title that only numbers a release, after at most four words: "No. 12", "n° 12/2026", "№ 12"."""
NUMBER_IN = re.compile(r"(?:\b(?:no|nr|nro|num|núm|č)[.:º°]|№|n[º°])\s?\d", re.I)

_SIGNS = frozenset("#§¶🔗")
"""What a heading's link to itself shows."""

_BARS, _DASHES = ("|", "｜"), " -–—:·|｜»"
"""Signs behind which a title has the site's name, and all that may stand before that."""

_DENSE_DASH = re.compile(rf"(?<={DENSE.pattern})[-–—_]+(?={DENSE.pattern})")
"""A dash without blanks, behind which titles in scripts without blanks may have the site's name ("…开工-岚洲大学")."""

_TITLE_LABELS = frozenset({"제목", "件名", "題名", "標題", "标题"})
_MOST_CELLS, _LABEL = 40, 8
"""How a table names a page's title; its cells that are looked at, and the characters of such a name."""

_TITLED = re.compile(r"title|headline|heading|subject|titulo|titre|titel", re.I)
_FRAME, _NEAREST = frozenset({"header", "nav", "footer"}), 3
_MOST, _MOST_SECOND, _MOST_PARTS, _MOST_LINKS = 6, 20, 12, 200
_SHORTEST, _LONGEST_LINE = 8, 200
_FEWEST_WORDS = 4


def title_headings(
    markup: StatedMarkup,
    linked: str = "",
    is_repeated: Callable[[str], bool] = lambda words: False,
    headings_only: bool = False,
) -> tuple[str, ...]:
    """The texts of the h1 that are no logo, without labels; where none is left, the h2 that is a part of the page's
    title, or that the h1 stands above with the name of the site; for a page without h1, see `_without_h1`.

    `linked` is what a list calls the page; `is_repeated` says whether the source is known to repeat a text;
    `headings_only`: no other line counts.
    """
    first = _headings(markup) if headings_only else first_headings(markup)
    titles = (markup.title, markup.meta("og:title"), linked, jsonld.words(markup.article.get("headline")))
    stated = frozenset(fold(part) for title in titles for part in (title, *title_parts(title))) - {""}
    found = tuple(
        without_labels(heading, stated, is_repeated)
        for heading, text in first
        if text and not is_logo(heading, text, markup)
    )
    seconds = markup.second_headings[:_MOST_SECOND]
    second = [_without_sign(words_of(one), one) for one in seconds if headings_only or not markup.boxes_over.hold(one)]
    if not headings_only:
        found = _without_site(tuple(_without_button(text, markup) for text in found), markup.title)
    if found:
        below = _below_name(found, second, markup.title, linked, is_repeated)
        return (below,) if below and (headings_only or not _goes_on_below(markup, found, below)) else found
    return _second_titled(markup, second, linked) if first else _without_h1(markup, second, linked, headings_only)


def _without_h1(markup: StatedMarkup, second: Sequence[str], linked: str, headings_only: bool) -> tuple[str, ...]:
    """What a page without h1 has in the place of it, none or one.

    Where its title only numbers the release, it is the first h2 that says something, or the first line in large or
    strong type that does not number it; where the title has parts, those of its beginning that stand in the page by
    themselves.
    """
    shared = markup.meta("og:title")
    if not shared and any(_NUMBERED.fullmatch(part) for part in title_parts(markup.title)):
        told = (*second, *(() if headings_only else _strong_lines(markup)))
        return tuple(text for text in told if word_count(text) >= _FEWEST_WORDS)[:1]
    if before := _before_name(second, markup, linked):
        return (before,)
    if headings_only:
        return ()
    if labelled := _beside_label(markup):
        return (labelled,)
    return _beginning_of(shared, second, markup) if shared else written_beginning(markup, linked)


def _second_titled(markup: StatedMarkup, second: Sequence[str], linked: str) -> tuple[str, ...]:
    """The h2 that is a part of the page's title, or what a list calls the page; none or one."""
    parts = [fold(part) for part in title_parts(markup.title)]
    titled = {*parts, fold(markup.meta("og:title")), fold(linked)} - {""}
    named = [text for text in second if fold(text) in titled or begins(markup.title, text)]
    listed = [text for text in named if fold(text) == fold(linked)]
    is_section = not listed and fold(linked) in parts  # the title is stated, and no heading has it
    return () if is_section else tuple((listed or named)[:1])


def first_headings(markup: StatedMarkup) -> list[tuple[HtmlElement, str]]:
    """The first six h1 of a page that do not stand in a box over it, each with its text."""
    return [(heading, text) for heading, text in _headings(markup) if not markup.boxes_over.hold(heading)]


def _headings(markup: StatedMarkup) -> list[tuple[HtmlElement, str]]:
    """The first six h1 of a page, each with its text."""
    return list(zip(markup.headings[:_MOST], markup.heading_texts, strict=False))


def _beside_label(markup: StatedMarkup) -> str:
    """What a table of the page's fields has as its title, as boards of offices in East Asia show it; "" without one."""
    for cell in islice(markup.tree.iter("th", "td", "dt"), _MOST_CELLS):
        beside = cell.getnext()
        if beside is not None and "".join(words_of(cell, _LABEL).rstrip(":：").split()) in _TITLE_LABELS:
            text = words_of(beside, _LONGEST_LINE)
            if len(text) >= _SHORTEST:
                return text
    return ""


def _without_site(found: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Headings without one that begins or ends the page's title beside another, longer one: the name of the site."""
    parts = [fold(part) for part in title_parts(title)]
    longest = max((len(text) for text in found if fold(text) in parts), default=0)
    ends = {parts[0], parts[-1]} if len(parts) > 1 else set()
    return tuple(text for text in found if not (fold(text) in ends and len(text) < longest))


def _without_button(text: str, markup: StatedMarkup) -> str:
    """A heading without the words of a button, or the sign of a link to itself, that ends it."""
    text = next((bare for one in markup.headings[:_MOST] if (bare := _without_sign(text, one)) != text), text)
    pressed = (words_of(button, 40) for heading in markup.headings[:_MOST] for button in heading.iter("button"))
    return next((text.removesuffix(one).strip() for one in pressed if one and len(text) > len(one) + _SHORTEST), text)


def _without_sign(text: str, heading: HtmlElement) -> str:
    """A text without the sign that ends it, if that is all that a link in its heading says: "C #" is left as it is."""
    signs = {words_of(link, 2) for link in heading.iter("a")} & _SIGNS
    return text[:-1].rstrip() if text[-1:] in signs and words_of(heading)[-1:] == text[-1:] else text


def _beginning_of(shared: str, second: Sequence[str], markup: StatedMarkup) -> tuple[str, ...]:
    """The h2 of several words that is the beginning of a title stated for sharing, before what separators set apart.

    None where that title is whole, and what follows cannot be the site's name: the page says it so elsewhere, or as its
    own title before its site's name.
    """
    begun = {fold(one): one for one in title_beginnings(shared)[:_MOST_PARTS]}
    found = next((text for text in second if fold(text) in begun and word_count(text) >= _FEWEST_WORDS), "")
    if not found or _may_name_site(markup, shared.strip()[len(begun[fold(found)]) :].strip()):
        return (found,) if found else ()
    is_whole = fold(shared) in map(fold, title_beginnings(markup.title)[:_MOST_PARTS]) or is_written(markup, shared)
    return () if is_whole else (found,)


def _may_name_site(markup: StatedMarkup, behind: str) -> bool:
    """Whether the end of a title, with the sign before it, is what the page or a link home calls the site, stands
    behind a bar, or is short."""
    name = behind.lstrip(_DASHES)
    is_named = fold(name) == fold(markup.meta("og:site_name")) or _is_name_of_home(markup, name)
    return is_named or behind[:1] in _BARS or word_count(name) < _FEWEST_WORDS


def _before_name(second: Sequence[str], markup: StatedMarkup, linked: str) -> str:
    """The h2 behind which the page's title has a colon and the site's name ("Pier opens: Port of Arl"): the list names
    the page so, or a link home has that name."""
    begun = (text for text in second if text and markup.title.startswith(f"{text}: "))
    return next((text for text in begun if _is_named(text, markup, linked)), "")


def _is_named(text: str, markup: StatedMarkup, linked: str) -> bool:
    return fold(text) == fold(linked) or _is_name_of_home(markup, markup.title[len(text) + 1 :].strip())


def written_beginning(markup: StatedMarkup, linked: str = "") -> tuple[str, ...]:
    """The longest beginning of the page's title, of whole parts, that is written in the page by itself, and is not what
    leads to the home page; else, if no list names the page, its longest end of several words that is, and is no
    logo."""
    begun = title_beginnings(markup.title)[:_MOST_PARTS]
    if not begun and not is_written(markup, markup.title):
        begun = tuple(markup.title[: one.start()] for one in islice(_DENSE_DASH.finditer(markup.title), _MOST_PARTS))[
            ::-1
        ]
    parts = title_parts(markup.title)[:_MOST_PARTS]
    if len(parts) > 2 and fold(parts[0]) == fold(parts[-1]):  # the site's name at both ends
        begun = parts[1:-1]
    written = tuple(islice((text for text in begun if is_written(markup, text)), 1))
    if not (written or linked):
        cuts = islice(KICKED.finditer(markup.title), _MOST_PARTS)
        ends = ((markup.title[: cut.start()], markup.title[cut.end() :]) for cut in cuts)
        long = (two for two in ends if word_count(two[1]) >= _FEWEST_WORDS and 2 * len(two[1]) > len(markup.title))
        written = tuple(islice((end for begun, end in long if _is_headline_behind(markup, begun, end)), 1))
    return tuple(text for text in written if not _is_name_of_home(markup, text))


def _is_headline_behind(markup: StatedMarkup, beginning: str, end: str) -> bool:
    """Whether the end of a title is written in the page, and is no logo. A beginning of more words may be the headline:
    then what says the end is called a title."""
    if not is_written(markup, end):
        return False
    found = find_marked(markup.tree, end)
    above = [found, *islice(found.iterancestors(), _NEAREST)] if found is not None else []
    names = [f"{one.get('class') or ''} {one.get('id') or ''}" for one in above]
    if any(one.tag in _FRAME for one in above) or any(map(_LOGO.search, names)):
        return False
    is_short = all(word_count(part) < _FEWEST_WORDS for part in title_parts(beginning))
    return is_short or found is None or _TITLED.search(names[0]) is not None


def _is_name_of_home(markup: StatedMarkup, text: str) -> bool:
    """Whether a link to the home page says just this."""
    links = (link for link in islice(markup.tree.iter("a"), _MOST_LINKS) if leads_home(link.get("href") or ""))
    return any(fold(words_of(link)) == fold(text) for link in links)


def _strong_lines(markup: StatedMarkup) -> Iterator[str]:
    """Lines in large or strong type alone, that are no links and no number of a release, as old pages have headings."""
    for element in islice(markup.tree.iter("font", "b", "strong", "big"), _MOST_SECOND):
        text, above = words_of(element), element.getparent()
        alone = above is not None and fold(words_of(above)) == fold(text)
        if (
            alone
            and len(text) <= _LONGEST_LINE
            and not NUMBER_IN.search(text)
            and next(element.iter("a"), None) is None
        ):
            yield text


def heading_marks(markup: StatedMarkup) -> tuple[str, ...]:
    """What of a page's headings may be no part of its title, as the source shows if it repeats it: labels in its h1,
    and an h1 above an h2 that is a part of the page's title."""
    first = _headings(markup)
    labels = [one.label for heading, _ in first for one in labels_of(heading)]
    parts = {fold(part) for part in title_parts(markup.title)}
    has_another = any(fold(words_of(heading)) in parts for heading in markup.second_headings[:_MOST_SECOND])
    return tuple(dict.fromkeys((*labels, *(text for _, text in first if text and has_another))))


def _below_name(
    first: Sequence[str], second: Sequence[str], title: str, linked: str, is_repeated: Callable[[str], bool]
) -> str:
    """The h2 that is the headline where the h1 is a name of the site or section; "" where it is not so.

    The h2 is the longer one, and the page's title (one of its parts, or several, as a headline may hold a dash) or the
    list names it. It is the headline if the source repeats the h1, or if neither the list nor what is left of the title
    names that.
    """
    listed, parts = fold(linked), [fold(part) for part in title_parts(title)][:_MOST_PARTS]
    runs = {" ".join(parts[start:end]) for start, end in combinations(range(len(parts) + 1), 2)}
    begun = {" ".join(parts[:end]) for end in range(1, len(parts) + 1)}
    names = {fold(text) for text in first}
    longest = max(map(len, names))
    is_name = all(map(is_repeated, first))
    for text in second:
        folded = fold(text)
        is_listed = folded == listed and (folded in runs or names.isdisjoint(parts))
        is_begun = folded in begun and listed not in names
        is_named = is_listed or is_begun or (is_name and folded in (*runs, listed))
        if is_named and len(folded) > longest and len(text) >= _SHORTEST:
            return text
    return ""


def _goes_on_below(markup: StatedMarkup, first: Sequence[str], above: str) -> bool:
    """Whether one of the h1 stands below an h2, and is the beginning of it that a separator sets apart: a heading that
    is only read out says the page's whole title, with the site's name."""
    begun = set(map(fold, title_beginnings(above))).intersection(map(fold, first))
    if not begun:
        return False
    texts = [fold(words_of(one)) for one in islice(markup.tree.iter("h1", "h2"), _MOST + _MOST_SECOND)]
    at = texts.index(fold(above)) if fold(above) in texts else len(texts)
    return not begun.isdisjoint(texts[at + 1 :]) and begun.isdisjoint(texts[:at])


def is_logo(heading: HtmlElement, text: str, markup: StatedMarkup) -> bool:
    """Whether a heading is the site's name: so called or led home by a link, and one of several parts of the title."""
    parts = [fold(part) for part in title_parts(markup.title)]
    if parts == [fold(text)]:
        return False
    near = [heading, *islice(heading.iterancestors(), 1), *islice(heading.iter("a", "div", "span"), 4)]
    called = any(_LOGO.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in near)
    links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
    return called or any(leads_home(link.get("href") or "") for link in links)


def leads_home(address: str) -> bool:
    """Whether an address is a site's root or its home page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(address.strip()) and not parts.fragment and not parts.query and _HOME.fullmatch(parts.path) is not None
