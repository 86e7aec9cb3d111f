"""What stands around a page's headline: short pieces of text, times and bylines, near enough to belong to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from archive.metadata import names, persons
from archive.metadata.headline import find_headline, find_marked
from archive.page.apart import elements_after, own_elements, words_behind
from archive.page.markup import MarkedElement, StatedMarkup, texts_of, words_of
from archive.text import dates
from archive.text.characters import phrases, small, visible, word_count
from archive.text.date_labels import is_of_dateline, is_of_span, says_modified, says_published, tells_published
from archive.text.date_order import Order

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "option", "button", "nav", "iframe", "form"}
)
_LONG = 200
"""Characters of a piece or a byline that are read; more is a paragraph."""

_REACH_AFTER, _REACH_BEFORE, _REACH_SIGNED = 1_800, 250, 600
"""Characters behind and before the headline within which a day is looked for, and behind it a signature."""

_OWN = 150
"""Characters from the headline within which a `time` is the page's own, whatever stands with it."""
_PROSE = 60
"""Characters around a day in its piece from which it stands in a sentence."""

_TOLD = 20
"""Characters before a day that goes on in small letters, from which it stands in a sentence."""

_SENTENCE_WORDS = 3
"""Words before a day at the end of a line with a full stop, from which it is a sentence, if it opens with no label."""

_SENTENCE_ENDS = (".", "!", "?")
_DENSE_SENTENCE = re.compile(r"。|다\.")
"""Where a sentence ends in a script whose lines of prose are short."""


_STRESSED = frozenset({"a", "b", "strong", "em", "i", "u", "mark", "time"})
_IN_LINE = _STRESSED | {"span", "small", "font", "sup", "sub", "abbr", "img"}
"""Elements that stand amid a sentence, and those that stand amid a line."""

_YEAR_WORD = re.compile(r"^\s?(?:г|р|r|ж|m)\.(?=\s|$)")
"""The word for a year behind a day, whose full stop ends no sentence: 4 мая 2026 г."""

_MOST_BYLINES, _MOST_LEAVES, _MOST_PARTS, _SEVERAL = 3, 20, 100, 2
"""Bylines that are read, parts of a byline and of a place that are looked at; elements of a name that are several."""

_HEADLINE_WORDS = 4
"""Words of a heading from which it is no label of a section ("Harbour news")."""
_LABELLED, _TEASER, _WHOLE = 40, 400, 1_600
"""Characters of a label, of a part that is no more than a teaser of another page, and of one that is read for that."""

_LABEL = 12
"""Characters of what may be the label of the next piece ("Author:")."""

_OPEN_LINE = re.compile(r"(?:\s(?:by|von|par|por|door|av|af)|[\w)][:：])$")
"""How a line ends that may go on with a name in an element of its own."""

_ELEMENTS_AFTER, _ELEMENTS_BEFORE = 160, 40
"""Elements around the headline that are looked at."""

_BYLINE = phrases(
    "by-?line|author|autor|auteur|writer|redakt|contributor|posted-?by|reporter|journalist|periodista|verfasser|"
    "skribent|penulis|yazar|szerzo"
)
_NOT_BYLINE = phrases("comment|related|share|social|photo|image|avatar|bio|caption|authority|follow")
_OF_OTHERS = phrases(
    r"(?<![\w-])(?:references?|citations?|bibliography|footnotes?|(?:press-?)?contacts?)(?![\w-])", "quote"
)
_NEAREST = 3
"""Places around an element that say what it is a part of."""
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a"})
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])\0(?=[A-ZÀ-ÞА-ЯΑ-Ω])")
"""Where one element of a byline ends (\\0) and the next begins with a capital: "Ada Quill\\0Harbour desk"."""


@dataclass(frozen=True)
class Piece:
    """A short text, how many characters from the headline it stands, and where: 1 after it, -1 before, 0 inside.
    `is_title`: it is a heading or a link, which may name another page. `element`: the one that it is all of. `opens`:
    it begins a line."""

    text: str
    distance: int
    side: int
    is_title: bool = False
    element: HtmlElement | None = None
    opens: bool = False


@dataclass(frozen=True)
class Nearby:
    """A moment written near a headline, the words before it, whether it stands in a sentence rather than alone, and
    whether that is the dateline of the release, or calls it today."""

    moment: str
    label: str
    distance: int
    side: int
    in_prose: bool
    opens: bool = False


@dataclass(frozen=True)
class HeadlineArea:
    """The neighbourhood of a headline: `before` and `after` are the elements around it, nearest first."""

    headline: HtmlElement | None
    before: tuple[HtmlElement, ...]
    after: tuple[HtmlElement, ...]

    @cached_property
    def times(self) -> tuple[tuple[HtmlElement, int], ...]:
        """`time` elements near the headline and their distances in characters, those after it first; without those of
        teasers and in sentences."""
        every = [one for one in (*_times(self.after), *_times(self.before)) if not is_told(one[0])]
        return tuple(one for one in every if one[1] <= _OWN or not self.is_of_teaser(one[0]))

    def is_of_teaser(self, element: HtmlElement) -> bool:
        """Whether an element stands in a link that says more than when, or with a heading that leads to another page,
        in a short part without the headline."""
        holding = frozenset(self.headline.iterancestors()) if self.headline is not None else frozenset()
        own = len(words_of(element, _LABELLED))
        for above in islice(element.iterancestors(), _NEAREST if holding else 0):
            size = len(words_of(above, _TEASER + 1))
            if above in holding or size > _TEASER:
                return False
            heads = [one for one in islice(above.iterdescendants(), _MOST_PARTS) if one.tag in ("h2", "h3", "h4")]
            if (bool(heads) or size - own > _LABELLED) if above.tag == "a" else any(map(_leads_away, heads)):
                return True
        return False

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Short texts inside the headline's parts, then after it, then before it, each way nearest first."""
        inside = (
            (part for part in self.headline.iterdescendants() if isinstance(part.tag, str))
            if self.headline is not None
            else ()
        )
        return (
            *_pieces(tuple(inside), 100, 0),
            *_pieces(self.after, _REACH_AFTER, 1),
            *_pieces(self.before, _REACH_BEFORE, -1),
        )

    def moments(self, order: Order) -> tuple[Nearby, ...]:
        """Every moment written near the headline, with what is said of it and how far away it stands."""
        return tuple(
            nearby
            for side in (0, 1, -1)
            for nearby in _moments([one for one in self.pieces if one.side == side], order)
        )

    def own(self, marked: Iterable[MarkedElement]) -> list[MarkedElement]:
        """Of elements that name what they hold, those behind the headline or in an item with it, if several do: the
        others are of teasers above it."""
        found = list(marked)
        if self.headline is None or len(found) < _SEVERAL:
            return found
        items = {one for one in self.headline.iterancestors() if one.get("itemscope") is not None}
        behind = {*self.after, self.headline}
        near = [one for one in found if one.element in behind or not items.isdisjoint(one.element.iterancestors())]
        return near or found

    @cached_property
    def bylines(self) -> tuple[str, ...]:
        """Texts of elements near the headline whose class, id or rel says they name the author."""
        found: list[str] = []
        for place, element in enumerate(self.after + self.before):
            given = element.attrib
            if not given:
                continue
            related = given.get("rel") or "" if place < len(self.after) else ""  # above it may name the whole site
            marks = small(f"{given.get('class') or ''} {given.get('id') or ''} {related}")
            if _BYLINE.search(marks) and not _NOT_BYLINE.search(marks) and not _names_others(element):
                text = _words_apart(element)
                if not _names_person(text):
                    begins = (leaf for leaf in _leaves(element) if text.lstrip("&|-–— ").startswith(leaf))
                    text = next(filter(persons.is_persons_name, begins), text)
                is_known = any(text in other for other in found)
                if 2 < len(text) < 120 and not is_known and not self._is_of_other_release(element, text):
                    found.append(text)
        return tuple(found[:_MOST_BYLINES])

    def _is_of_other_release(self, element: HtmlElement, byline: str) -> bool:
        """Whether a byline stands in a short part without the headline that has another, which leads to its own page:
        a heading of several words that is neither the author's nor a label."""
        holding = frozenset(self.headline.iterancestors()) if self.headline is not None else frozenset()
        for above in islice(element.iterancestors(), _NEAREST if holding else 0):
            if above in holding or len(words_of(above, _WHOLE)) > _TEASER:
                return False
            parts = islice(above.iterdescendants("h2", "h3", "h4", "h5"), _MOST_PARTS)
            told = [words_of(one, _LONG) for one in parts if _leads_away(one)]
            if any(word_count(said) >= _HEADLINE_WORDS and said not in byline and byline not in said for said in told):
                return True
        return False

    @cached_property
    def signatures(self) -> tuple[str, ...]:
        """The first piece right after the headline that opens as a byline does ("By ..."), or is behind such a word; or
        the name that a line with the day gives, perhaps in an element of its own."""
        label = line = ""
        for piece in _pieces(self.after, _REACH_SIGNED, 1):
            for text in (piece.text, f"{label} {piece.text}") if label else (piece.text,):
                if names.is_signature(text):
                    return (text,)
            if name := names.signed_within(piece.text) or (line and names.signed_within(f"{line} {piece.text}")):
                return (name,)
            label = piece.text if len(piece.text) <= _LABEL else ""
            line = piece.text if _OPEN_LINE.search(piece.text) else ""
        return ()


def headline_area(markup: StatedMarkup, title: str) -> HeadlineArea:
    """The neighbourhood of the heading that holds the title; the start of the body when there is none."""
    headline = find_headline(markup, title)
    if headline is None:
        headline = find_marked(markup.tree, title)
    if headline is None:
        start = next(markup.tree.iter("body"), markup.tree)
        return HeadlineArea(None, (), tuple(_take(own_elements(start), _ELEMENTS_AFTER * 3)))
    return HeadlineArea(
        headline,
        tuple(_take(_before(headline), _ELEMENTS_BEFORE)),
        tuple(_take(elements_after(headline), _ELEMENTS_AFTER)),
    )


def _moments(pieces: list[Piece], order: Order) -> Iterator[Nearby]:
    """Moments in pieces read as one text, since a date and its time often stand in two elements."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.text) + 1)
    joined = "".join(f"\n{piece.text}" if piece.opens else f" {piece.text}" for piece in pieces)[1:]
    said = 0
    for stated in dates.find_moments(joined.replace("\n", " "), order):
        at = bisect_right(starts, stated.start) - 1
        label = joined[max(said, _label_from(pieces, starts, at, stated.start)) : stated.start]
        said = stated.end
        text = pieces[at].text
        before, behind = text[: stated.start - starts[at]], text[stated.end - starts[at] :]
        if (sentence := _sentence_around(pieces[at].element)) is not None:
            before, behind = sentence[0] + before, behind + sentence[1]
        in_prose = len(before) + len(behind) > _PROSE or _is_within(before, behind, stated.moment)
        opens = in_prose and is_of_dateline(before, behind)
        yield Nearby(stated.moment, label, pieces[at].distance, pieces[at].side, in_prose, opens)


def _sentence_around(element: HtmlElement | None) -> tuple[str, str] | None:
    """What stands before and behind an element within a sentence of its paragraph (<p>It opened on <b>4 May</b> …</p>);
    None for one that stands elsewhere, opens its line, or is labelled as the day of the page."""
    if element is None or element.tag not in _STRESSED:
        return None
    line = element.getparent()
    if line is None or line.tag != "p":
        return None
    first = list(islice(element.itersiblings(preceding=True), _MOST_PARTS))[::-1]
    last = list(islice(element.itersiblings(), _MOST_PARTS))
    before, behind = ("".join(words_of(one, _LONG) + (one.tail or "") for one in ones) for ones in (first, last))
    before, behind = (line.text or "") + before, (element.tail or "") + behind
    direct = (line.text or "") + "".join(one.tail or "" for one in first)
    is_sentence = any(map(str.isalpha, direct)) and behind.rstrip().endswith((*_SENTENCE_ENDS, "。"))
    if not is_sentence or tells_published(before) or says_modified(before):
        return None
    return " ".join(before.split()) + " " * before[-1:].isspace(), behind


def _label_from(pieces: list[Piece], starts: list[int], at: int, day: int) -> int:
    """Where the label of a day begins that stands in a piece: a heading or link that is longer than a label is none, be
    it the headline of another page."""
    begin, first = day - _LABELLED, at
    while first and starts[first] > begin:
        first -= 1
    return starts[first + 1] if first < at and starts[first] < begin and pieces[first].is_title else begin


def _is_within(before: str, behind: str, moment: str) -> bool:
    """Whether a moment stands in a sentence that tells of something else, ends one, or is of history and is told of."""
    words, behind = before.split(), _YEAR_WORD.sub("", behind)
    is_labelled = len(words) < _SENTENCE_WORDS or words[-1][-1] in ":：" or says_published(words[0])
    if (behind.strip() == "." and not is_labelled) or (any(map(str.isalpha, behind)) and not dates.is_of_web(moment)):
        return True
    if is_of_span(before, behind) or (_DENSE_SENTENCE.search(behind) and not tells_published(before)):
        return True
    goes_on = behind.lstrip(" ,")[:1].islower() and behind.endswith(_SENTENCE_ENDS)
    return goes_on and len(before) >= _TOLD and not tells_published(before, behind)


def _words_apart(element: HtmlElement) -> str:
    """The text of a byline, where parts that only their elements keep apart are divided by a bar."""
    parts = [(one, (one.get("class") or "").split()) for one in islice(element.iterdescendants(), _MOST_PARTS)]
    if any("org" in classes for _, classes in parts):  # a business card: its names, without its organisation
        named = [words_of(one, _LONG) for one, classes in parts if "fn" in classes]
        if any(named):
            return " | ".join(filter(None, named))[:_LONG].strip()
    lines = [
        text for one in islice(element, _MOST_PARTS) if one.tag in ("p", "div", "li") and (text := words_of(one, _LONG))
    ]
    if len(lines) > 1 and not (element.text or "").strip():
        return " | ".join(lines).replace(": | ", ": ")[:_LONG].strip()
    joined, room = "", 2 * _LONG
    for text in texts_of(element):
        joined += f"\0{text}"
        room -= len(text)
        if room <= 0:
            break
    return " ".join(visible(_GLUED.sub(" | ", joined).replace("\0", "")).split())[:_LONG].strip()


def _leads_away(heading: HtmlElement) -> bool:
    """Whether a heading is, or holds, a link to another page."""
    link = next(heading.iter("a"), None)
    return link is not None and not (link.get("href") or "#").startswith("#")


def _names_person(text: str) -> bool:
    return any(map(persons.is_person, names.author_names((text,))))


def _leaves(element: HtmlElement) -> Iterator[str]:
    """The texts of the elements within one that hold no others, and of those behind a break."""
    for one in islice(element.iterdescendants(), _MOST_LEAVES):
        if isinstance(one.tag, str) and not len(one):
            text = one.tail if one.tag == "br" else one.text
            if words := " ".join((text or "").split()):
                yield words[:_LONG]


def _names_others(element: HtmlElement) -> bool:
    """Whether an element stands in a reference to other texts, or a quote, or says who can be reached."""
    above = islice(element.iterancestors(), _NEAREST)
    return any(_OF_OTHERS.search(small(one.get("class") or "")) is not None for one in above)


def _before(element: HtmlElement) -> Iterator[HtmlElement]:
    node: HtmlElement | None = element
    levels = 0
    while node is not None and node.tag != "body" and levels < 4:
        for sibling in node.itersiblings(preceding=True):
            yield from own_elements(sibling)
        node = node.getparent()
        levels += 1


def _take(elements: Iterator[HtmlElement], most: int) -> Iterator[HtmlElement]:
    left = most
    for element in elements:
        if left <= 0:
            return
        if isinstance(element.tag, str) and element.tag not in _SKIPPED:
            left -= 1
            yield element
        else:
            yield from words_behind(element)


def is_told(element: HtmlElement) -> bool:
    """Whether a sentence tells of the moment that an element holds, which is not that of a dateline."""
    sentence = _sentence_around(element)
    return sentence is not None and not is_of_dateline(*sentence)


def _times(elements: tuple[HtmlElement, ...]) -> Iterator[tuple[HtmlElement, int]]:
    passed = 0
    for element in elements:
        if element.tag == "time":
            yield element, passed
        passed += len(element.text or "") + len(element.tail or "")


def _pieces(elements: tuple[HtmlElement, ...], reach: int, side: int) -> Iterator[Piece]:
    """Texts directly inside elements and right behind them, long ones cut to their start, until `reach` characters;
    none of a picture's caption."""
    passed = 0
    captions = set[HtmlElement]()
    for element in elements:
        above = element.getparent()
        is_caption = element.tag == "figcaption" or (above is not None and above.tag == "figcaption")
        if is_caption or above in captions:
            captions.add(element)
            continue
        is_within = above is not None and above.tag in _TITLES
        own = (element.text, is_within or element.tag in _TITLES, element)
        for text, is_title, whole in (own, (element.tail, is_within, None)):
            if text and (piece := " ".join(text[:600].split())):
                yield Piece(piece[:_LONG], passed, side, is_title, whole, element.tag not in _IN_LINE)
                passed += len(piece)
        if passed >= reach:
            return
