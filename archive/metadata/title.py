"""The title as the institution wrote it: chosen among the places a page gives it, without the site's name or section.

Headings are what a reader sees; `og:title` and the JSON-LD headline are what the institution calls the page elsewhere.
Mostly all say the same with a tail. Where they differ the choice follows who agrees with whom. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive.core.cache import remembered

_SEPARATED = re.compile(r"\s+[|–—\-·•«»:*/ㅣ‹›<>→~]+\s+|\s?[|ㅣ｜：／]\s?|(?<=[^\x00-\x7f])_(?=[^\x00-\x7f])")
_QUOTATION = re.compile(r"«[^«»]*»")
KICKED = re.compile(r"\s?[:–—|]\s+|\s-\s|\s?[：｜]\s?")
_SEPARATORS = " |–—-·•«»:*/ㅣ‹›<>→~｜：／"
"""What sets a name apart from a title. A comma does not: it is one of a sentence."""

_BARE = frozenset("-—_|｜–")
"""Those before which no blank need stand."""

_FOLD = re.compile(r"\W+")
_CUT_OFF = ("...", "…")
_SHORTEST_TITLE, _LONG_TITLE = 12, 50
"""Letters of a text that can be a title, and characters of one that may have been cut off."""

_TAGS = re.compile(r"<(i|b|em|strong|sub|sup|span|u)(?:\s[^<>]{0,80})?>(.*?)</\1>", re.I)
_LINK_TO_IT = re.compile(r"\s*[¶🔗]\s*$")
_SHORTEST_TAIL, _SHORTEST_BEGINNING = 3, 8
"""Letters of a name of the site behind a title, and characters of a title with such a name behind it."""

_CONFIRMED = 2
"""Statements that must say the headline, besides a heading that is it, to hold against the shared title."""

_MORE_WORDS = 2
"""Words that may follow the known name of a site where it is written in full; with more it begins a headline."""


@dataclass(frozen=True)
class TitleCandidates:
    """What the places of a page put forward as its title. `headings` in document order; "" where a place is silent.

    `written` is the link's text from `feed` if the page has it as a text of its own.
    `confirming` are names that the institution's own software gives the page: breadcrumb, page node, newsletter tag.
    """

    headings: tuple[str, ...] = ()
    shared: str = ""
    headline: str = ""
    alternative: str = ""
    page: str = ""
    feed: str = ""
    written: str = ""
    confirming: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """The chosen title, and the place it was taken from."""

    text: str
    origin: str


def never(text: str) -> bool:
    """What says of no text that it names a section."""
    return False


def choose_title(
    candidates: TitleCandidates, names: Iterable[str] = (), is_section: Callable[[str], bool] = never
) -> Title:
    """The title that the places of a page support best.

    `names` are those of the site and section: tails and heads to leave out. `is_section` says of a whole title that it
    is only the name of a section: it counts where no place has another. A heading that readers see wins over titles
    written for search engines; one written for the page's own software, or with care for sharing, wins over it.
    """
    bare = _told(_bare(candidates, tuple(name for name in names if name.strip())), is_section)
    heading = _visible(bare)
    stated = _stated(bare, heading)
    return Title(heading, "h1") if _is_seen_title(bare, heading, stated.text) else stated


def _is_seen_title(bare: TitleCandidates, heading: str, stated: str) -> bool:
    """Whether the visible heading is the title, where another place states it otherwise.

    It is where no structured data name a headline, or these agree with the heading and the page's `title` does not: the
    others are then the search engine's.
    """
    seen, other = fold(heading), fold(stated)
    if not seen or seen == other or not are_related(heading, stated) or _is_tail(other, seen):
        return False
    return not bare.headline or (fold(bare.headline) == seen and fold(bare.page) not in ("", seen))


def _stated(bare: TitleCandidates, heading: str) -> Title:
    """The title by what the page's markup states of it, and by who agrees with whom."""
    tail = _common_tail(heading, bare.shared)
    if tail:
        return Title(tail, "h1")
    if bare.shared and bare.headline:
        return _between(bare, heading)
    stated = bare.shared or bare.headline
    if stated:
        origin = "meta" if bare.shared else "json-ld"
        if not heading or are_related(stated, heading) or are_related(stated, bare.page):
            return Title(stated, "h1" if fold(stated) == fold(heading) else origin)
    if heading:
        return Title(heading, "h1")
    return _first(
        (bare.written if _is_named_elsewhere(bare) else "", "feed"),
        (_within_page_title(bare), "meta"),
        (bare.page, "title"),
        (bare.feed, "feed"),
        *((other, "meta") for other in bare.others),
    )


def _within_page_title(bare: TitleCandidates) -> str:
    """A title stated for programs that the page's `title` holds between other words, of which it is most: those are
    the site's name and the section. What separators set apart at its end is a name itself."""
    page, names = fold(bare.page), {fold(tail) for tail in title_tails(bare.page)}
    stated = ((other, fold(other)) for other in bare.others if fold(other) not in names)
    return next((one for one, said in stated if said != page and said in page and 2 * len(said) > len(page)), "")


def _is_named_elsewhere(bare: TitleCandidates) -> bool:
    """Whether the page's `title` is not what list and page write: the site's name, or that before the headline."""
    if fold(bare.written) not in fold(bare.page):
        return True
    return any(fold(bare.page[cut.end() :]) == fold(bare.written) for cut in KICKED.finditer(bare.page))


def title_parts(text: str) -> tuple[str, ...]:
    """The parts of a title that separators set apart."""
    return tuple(part.strip() for part in _split(text) if part.strip())


def title_beginnings(text: str) -> tuple[str, ...]:
    """What stands before each separator of a title, the longest first."""
    return tuple(begun for cut in reversed(_separators(text)) if (begun := text[: cut.start()].strip()))


def title_tails(text: str) -> tuple[str, ...]:
    """The last parts of a title that separators set apart, at most two: its section and its site, if they are these."""
    parts = [" ".join(part.split()) for part in _split(text)]
    return tuple(part for part in parts[1:][-2:] if len(fold(part)) >= _SHORTEST_TAIL)


def _split(text: str) -> list[str]:
    """A text at its separators; none is in a quotation, whose marks may be written with spaces ("« … »")."""
    parts, start = [], 0
    for found in _separators(text):
        parts.append(text[start : found.start()])
        start = found.end()
    return [*parts, text[start:]]


def _separators(text: str) -> list[re.Match[str]]:
    quoted = [found.span() for found in _QUOTATION.finditer(text)]
    every = _SEPARATED.finditer(text)
    return [one for one in every if not any(a < one.end() and one.start() < b for a, b in quoted)]


def without_names(text: str, names: Sequence[str]) -> str:
    """A title without tails (or one head) that are a name of the site or its section, set apart by a separator."""
    for _ in range(4):
        shorter = next((cut for name in names if (cut := _cut(text, name)) != text), text)
        if shorter == text:
            return text
        text = shorter
    return text


@remembered(2_000)
def fold(text: str) -> str:
    """A title for comparing: its words, parted by one blank, case folded. `article_node.letters_of` parts none."""
    return _FOLD.sub(" ", text).strip().casefold()


def begins(title: str, text: str) -> bool:
    """Whether a title is a text with something behind it that a separator sets apart, be it one without spaces, as
    before names in Chinese ("…开工-岚洲大学")."""
    behind = title[len(text) : len(text) + 1]
    return len(text) >= _SHORTEST_BEGINNING and title.startswith(text) and behind in _BARE


def are_related(one: str, two: str) -> bool:
    """Whether two titles share a word that says something."""
    return not {word for word in fold(one).split() if len(word) > 3 or not word.isascii()}.isdisjoint(fold(two).split())


def _between(candidates: TitleCandidates, heading: str) -> Title:
    """Both the shared title and the headline are there: who agrees with whom decides.

    One that is the other without its kicker is the title. An institution that keeps an alternative headline apart means
    its headline; so does a page title, its own software, or the want of a heading, on the headline's side. Else the
    shared title holds.
    """
    shared, headline, seen = fold(candidates.shared), fold(candidates.headline), fold(heading)
    origin = "h1" if shared == seen else "meta"
    if shared == headline or _is_tail(shared, headline):
        return Title(candidates.shared, origin)
    page_agrees = fold(candidates.page) == headline and headline != seen
    confirmed = headline == seen and sum(fold(name) == headline for name in candidates.confirming) >= _CONFIRMED
    if candidates.alternative or page_agrees or confirmed or not heading or not are_related(candidates.shared, heading):
        return Title(candidates.headline, "h1" if headline == seen else "json-ld")
    return Title(candidates.shared, origin)


def _bare(candidates: TitleCandidates, names: tuple[str, ...]) -> TitleCandidates:
    """The claims without names at their ends, and without tails that another place shows to be none of the title."""
    apart = {fold(name) for name in (*names, _site_in_title(candidates))}
    headings = tuple(text for text in candidates.headings if text and fold(text) not in apart)
    shared, headline = without_names(candidates.shared, names), without_names(candidates.headline, names)
    if fold(shared) != fold(headline):
        shared, headline = _without_tail(shared, (*headings, headline)), _without_tail(headline, (*headings, shared))
    page = _without_tail(without_names(candidates.page, names), (*headings, headline, shared, candidates.feed))
    shared, headline, page = (_uncut(one, (*headings, headline, shared, page)) for one in (shared, headline, page))
    if not (headings or shared or headline):
        page = next((page[len(name) + 1 :].strip() for name in names if _is_before_colon(name, page)), page)
    return replace(candidates, headings=headings, shared=shared, headline=headline, page=page)


def _told(bare: TitleCandidates, is_section: Callable[[str], bool]) -> TitleCandidates:
    """The claims without those that only name a section, if others are left."""
    shared, headline, page = ("" if is_section(one) else one for one in (bare.shared, bare.headline, bare.page))
    headings = tuple(text for text in bare.headings if not is_section(text))
    if not (headings or shared or headline or page):
        return bare
    return replace(bare, headings=headings, shared=shared, headline=headline, page=page)


def whole(text: str, headings: Iterable[str]) -> str:
    """A title without tags, what links to it, and itself again; one that a program cut off within a word, as the
    heading that goes on has it."""
    text = _LINK_TO_IT.sub("", _TAGS.sub(r"\2", text))
    middle = len(text) // 2
    if middle >= _SHORTEST_TITLE and text[:middle].strip() == text[-middle:].strip():
        text = text[:middle].strip()
    longer = (one for one in headings if len(one) > len(text) >= _LONG_TITLE and one.startswith(text))
    return next((one for one in longer if one[len(text) - 1].isalnum() and one[len(text)].isalnum()), text)


def _site_in_title(candidates: TitleCandidates) -> str:
    """The last part of the page's `title` where none of it is the headline that list and page write: the site's name,
    which many sites make the first heading of each page."""
    parts = title_parts(candidates.page)
    is_elsewhere = candidates.written and fold(candidates.written) not in fold(candidates.page)
    return parts[-1] if is_elsewhere and len(parts) > 1 else ""


def _visible(candidates: TitleCandidates) -> str:
    """The heading that another place confirms; else the first that is long enough to be a title, or the only one."""
    others = [
        text
        for text in (candidates.headline, candidates.shared, candidates.page, candidates.feed, *candidates.others)
        if text
    ]
    for heading in candidates.headings:
        if any(fold(heading) == fold(text) for text in others):
            return heading
    for heading in candidates.headings:
        folded = fold(heading)
        if len(folded) >= _SHORTEST_TITLE and any(folded in fold(text) or fold(text) in folded for text in others):
            return heading
    long_enough = [heading for heading in candidates.headings if len(heading) >= _SHORTEST_TITLE]
    if len(candidates.headings) == 1 or long_enough:
        return (long_enough or list(candidates.headings))[0]
    return ""


def _without_tail(text: str, shorter: Iterable[str]) -> str:
    """A text cut down to another claim, when all it adds is set apart by a separator."""
    for other in sorted(shorter, key=len, reverse=True):
        if len(fold(other)) >= 8 and _adds_only_tail(text, other):
            return other
    return text


def _uncut(text: str, others: Iterable[str]) -> str:
    """The whole of a title that is cut off with dots, where another place has it."""
    begun = _begun(text)
    if begun == text.rstrip() or len(begun) < _SHORTEST_TITLE:
        return text
    return next((other for other in others if other.startswith(begun) and not _is_cut_off(other)), text)


def _begun(text: str) -> str:
    """A title without the dots that it ends with."""
    whole = text.rstrip()
    return next((whole.removesuffix(dots).rstrip() for dots in _CUT_OFF if whole.endswith(dots)), whole)


def _is_cut_off(text: str) -> bool:
    return text.rstrip().endswith(_CUT_OFF)


def _is_before_colon(name: str, text: str) -> bool:
    """Whether a title has a name and a colon before the rest."""
    return text[: len(name)].casefold() == name.casefold() and text[len(name) : len(name) + 2] == ": "


def _adds_only_tail(longer: str, shorter: str) -> bool:
    whole, part = fold(longer), fold(shorter)
    if len(part) >= len(whole) or not (whole.startswith(part) or whole.endswith(part)):
        return False
    return begins(longer, shorter) or any(fold(longer[: cut.start()]) == part for cut in _SEPARATED.finditer(longer))


def _is_tail(short: str, long: str) -> bool:
    """Whether a folded title is the end or the beginning of another: without its kicker or its afterthought."""
    return len(short.split()) >= 3 and (long.endswith(" " + short) or long.startswith(short + " "))


def _common_tail(one: str, two: str) -> str:
    """What two titles with unlike kickers have in common after them; "" when they do not differ so."""
    first, second = fold(one), fold(two)
    if first in ("", second) or not second or _is_tail(first, second) or _is_tail(second, first):
        return ""
    cuts = {fold(one[cut.end() :]): cut for cut in KICKED.finditer(one)}
    for cut in KICKED.finditer(two):
        same = cuts.get(fold(two[cut.end() :]))
        if same and len(two[cut.end() :].split()) >= 4 and not are_related(one[: same.start()], two[: cut.start()]):
            return one[same.end() :]
    return ""


def _cut(text: str, name: str) -> str:
    folded, lowered = name.strip().casefold(), text.casefold()
    if lowered.endswith(folded) and len(lowered) == len(text):
        head = text[: len(text) - len(folded)].rstrip()
        if head and head[-1] in _SEPARATORS and len(head.rstrip(_SEPARATORS)) >= 3:
            return head.rstrip(_SEPARATORS)
    parts = _separators(text)
    if parts and _same_name(text[parts[-1].end() :], name):
        return text[: parts[-1].start()].rstrip()
    if parts and fold(text[: parts[0].start()]) == fold(name):
        return text[parts[0].end() :]
    return text


def _same_name(part: str, name: str) -> bool:
    words = [fold(text).split() for text in (part, name)]
    one, two = map("".join, words)
    if len(one) < 3 or len(two) < 3:
        return False
    few, many = sorted(words, key=len)
    if one.startswith(two) or two.startswith(one):
        return two.startswith(one) or len(words[0]) <= len(words[1]) + _MORE_WORDS
    initials = "".join(word[0] for word in many)
    return (len(few) == 1 and len(initials) >= 3 and few[0] == initials) or (len(few) >= 2 and set(few) <= set(many))


def _first(*places: tuple[str, str]) -> Title:
    return next((Title(text, origin) for text, origin in places if text), Title("", ""))
