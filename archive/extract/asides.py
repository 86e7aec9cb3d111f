"""Lines within a text that are no news: links to other releases (teasers, related items), labels of what unfolds. Pure.

A list of related releases that grows within a text says nothing new about this release. Such a line is nothing but a
link, and leads to an address built like the page's own. In a row of cards that each lead to one such address, the other
lines of the cards (a day, a summary) belong to it. The lines stay in the text; only their change is no edit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.boilerplate.cue_words import READ_ALSO
from archive.core.urls import canonical, host, key
from archive.extract.features import weight
from archive.page.blocks import Block
from archive.page.places import Container
from archive.text.characters import small, word_count
from archive.text.dates import only_day
from archive.text.lines import line_mark
from archive.text.linked_lines import FILE

_LINKED = 0.8
_DATE = 25
"""Characters beside a link that may name a day."""

_AROUND = re.compile(r"[\s:：|·—–\-()\[\]（）【】»«\"]+")
"""What stands around a day or a label."""

_LONGEST = 160
_FEWEST_WORDS = 3
_OWN = 250
"""Characters of an alphabet (`weight`) of a text of its own, beside which lines that lead to other releases are none
of it."""

_SURE, _FEWEST, _MOST = 0.8, 2, 60
"""The likelihood from which a line is surely text, and of how many teasers a row is."""

_SURER, _ROW = 0.95, 4
"""The likelihood from which a line is text in a long row apart from the text too, and of how many such a row is."""

_BETWEEN, _NEARLY_ALL = 4, 0.8
"""The lines between the link of a teaser and its passage, and the share of a place's passages that are teasers."""

_LEVELS = 4
_CARD = 600
"""Characters of all that a card says."""

_MANY = 1_000
"""The links of one place of which it is asked where they lead."""

_DIGITS = re.compile(r"\d+")


def asides(found: Sequence[Block], lines: Collection[str], url: str) -> tuple[int, ...]:
    """The marks (`archive.text.lines`) of those lines of a text that are links to other releases, or belong to them.

    None where there is less text besides: there they are what is said.
    """
    kept = set(lines)
    links = _Links(url, _MANY)
    led = {at: to for at, block in enumerate(found) if (to := _leads_to(block, kept, links))}
    if not led:
        return ()
    texts = {found[at].text for at in (*led, *_in_cards(found, led))} & kept
    linked = sum(map(weight, {found[at].text for at in led}))
    own = sum(map(weight, kept - texts))
    if own < max(_OWN, linked):
        return ()
    return tuple(sorted(map(line_mark, texts)))


def teasers_below(
    found: Sequence[Block], weights: Sequence[float], likely: Sequence[float], taken: Sequence[int], url: str
) -> set[int]:
    """The blocks at the end of what is taken for the text that are the passages of teasers of other releases.

    They are in doubt, and, as nearly all passages of their place, two at least, each with a line that is nothing but a
    link to another release: right below it, or with lines that are no text between (a name, a day), or right above the
    link. In a long row in no place of the text's they may be surer. Empty where they are more than what is left.
    """
    text = _TakenText(found, likely, taken, _Links(url, _FEWEST))
    for doubted in (_SURER, _SURE):  # the surer ones may reach into the text above the row
        teasers = text.teasers_at_end(doubted)
        theirs = sum(weights[at] for at in teasers)
        if teasers and sum(weights[at] for at in taken) - theirs >= max(_OWN, theirs):
            return teasers
    return set()


def teasers_elsewhere(
    found: Sequence[Block], voted: Sequence[bool], likely: Sequence[float], kept: float, url: str
) -> set[int]:
    """The passages that another reader takes (`voted`) and that are teasers, however short the text is.

    They are in doubt, stand each right below a line that is nothing but a link to another release, in no place that
    holds a line of the text, and two at least of their build are likelier none. `kept` is the likelihood from which a
    block counts as text.
    """
    links = _Links(url, _FEWEST)
    theirs = [at for at, vote in enumerate(voted) if vote]
    below = [at for at in theirs if at and likely[at] < _SURE and _is_link_to_release(found[at - 1], links)]
    doubted = Counter(found[at].container.path for at in below if likely[at] < kept)
    rows = {at for at in below if doubted[found[at].container.path] >= _FEWEST}
    if not rows:
        return set()
    text = (found[at].container for at in theirs if likely[at] >= kept and at not in rows)
    homes = {place.above for place in text if "heading" not in place.roles}
    return {at for at in rows if homes.isdisjoint(found[at].container.upward())} if homes else set()


@dataclass(frozen=True)
class _TakenText:
    """The places (`taken`, in their order) of the blocks of a page that are taken for its text, and how `likely` each
    block is text."""

    found: Sequence[Block]
    likely: Sequence[float]
    taken: Sequence[int]
    links: _Links

    def teasers_at_end(self, doubted: float) -> set[int]:
        """The last blocks that are teasers: of a row of them whose last ones are less likely text than `doubted`."""
        last = list(takewhile(lambda at: self.likely[at] < doubted and self._is_teaser(at), reversed(self.taken)))
        passages = self._passages_beside(last)
        if not self._is_row(passages):
            return set()
        sure = _SURER if len(passages) >= _ROW and self._is_apart(last, passages) else _SURE
        row = filter(passages.__contains__, reversed(self.taken))
        return set(takewhile(lambda at: self.likely[at] < sure, row))

    def _is_teaser(self, at: int) -> bool:
        """Whether a link to another release stands right below a block, or above it with lines between that are not
        taken for text."""
        nearest = range(at - 1, max(-1, at - 1 - _BETWEEN), -1)
        above = takewhile(lambda one: one == at - 1 or one + 1 not in self._text, nearest)
        beside = (*self.found[at + 1 : at + 2], *(self.found[one] for one in above))
        return any(_is_link_to_release(one, self.links) for one in beside)

    def _passages_beside(self, last: Collection[int]) -> set[int]:
        """All blocks of the page in the kinds of places that some blocks stand in."""
        places = {self.found[at].container.path for at in last}
        return {at for at, block in enumerate(self.found) if block.container.path in places} if places else set()

    def _is_row(self, passages: Collection[int]) -> bool:
        least = _NEARLY_ALL * len(passages)
        return _FEWEST <= len(passages) <= _MOST and sum(map(self._is_teaser, passages)) >= least

    def _is_apart(self, last: Collection[int], passages: Collection[int]) -> bool:
        """Whether the last blocks stand in no place that holds a block of the text beside the row."""
        homes = {self.found[at].container.above for at in self.taken if at not in passages}
        return all(homes.isdisjoint(self.found[at].container.upward()) for at in last)

    @cached_property
    def _text(self) -> frozenset[int]:
        return frozenset(self.taken)


def _is_link_to_release(block: Block, links: _Links) -> bool:
    return block.link >= _LINKED * len(block.text) and bool(links.lead_to(block.container))


def folds(found: Sequence[Block], lines: Collection[str]) -> tuple[int, ...]:
    """The marks of those lines of a text that label what a click unfolds (HTML Standard, section 4.11.2: summary)."""
    kept = set(lines)
    own = (block for block in found if block.text in kept)
    labels = {block.text for block in own if any(one.tag == "summary" for one in islice(block.container.upward(), 3))}
    return tuple(sorted(map(line_mark, labels)))


def _leads_to(block: Block, kept: Collection[str], links: _Links) -> str:
    """The address of another release to which a line leads that is nothing but a link; "" if it is no such line."""
    text = block.text
    if not block.link or len(text) > _LONGEST or text not in kept or word_count(text) < _FEWEST_WORDS:
        return ""
    beside = text[: len(text) - block.link]
    is_link = block.link >= _LINKED * len(text) or (len(beside) <= _DATE and (block.led or _says_nothing(beside)))
    return links.lead_to(block.container) if is_link else ""


def _says_nothing(before: str) -> bool:
    """Whether what stands before a link is a day, or the label of further reading, and nothing else."""
    label = READ_ALSO.match(small(before))
    return not _AROUND.sub("", before[label.end() :]) if label else only_day(_AROUND.sub(" ", before).strip()) != ""


@dataclass(frozen=True)
class _Links:
    """The links of the places of a page, each read once however many lines it holds, and of it the first `most`."""

    url: str
    most: int
    known: dict[Container, str] = field(default_factory=dict)

    def lead_to(self, place: Container) -> str:
        """The other release, or the first of several, to which all links of a place lead; "" if there is none."""
        if place not in self.known:
            targets = {canonical(href, self.url) for href in _hrefs(place.element, self.most)}
            fits = targets and all(is_like(target, self.url) for target in targets)
            self.known[place] = min(map(key, targets)) if fits else ""
        return self.known[place]


def _hrefs(element: HtmlElement, most: int) -> list[str]:
    """Where the links lead that an element holds (the first `most` of them), or in which it stands."""
    inside = [href for link in islice(element.iter("a"), most) if (href := link.get("href"))]
    around = (above.get("href") or "" for above in islice(element.iterancestors(), _LEVELS) if above.tag == "a")
    return inside or [href for href in around if href]


def is_like(target: str, url: str) -> bool:
    """Whether an address (canonical; "" for none) is another one that is built like a page's own."""
    return bool(target) and _shape(target) == _shape(url) and key(target) != key(url)


@lru_cache(maxsize=1_000)
def _shape(url: str) -> tuple[object, ...]:
    """What the addresses of the releases of a newsroom have in common: the host, the folders without their numbers."""
    parts = urlsplit(url)
    names = [name for name in parts.path.split("/") if name]
    folders = tuple(_DIGITS.sub("#", name) for name in names[:-1])
    is_file = bool(names) and FILE.search(names[-1]) is not None
    return host(url).removeprefix("www."), folders, bool(names), bool(parts.query), is_file


def _in_cards(found: Sequence[Block], led: dict[int, str]) -> Iterator[int]:
    """The lines of cards that lead to one release each, where there are several in a row."""
    held: defaultdict[Container, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        for place in islice(block.container.upward(), _LEVELS):
            held[place].append(at)
    rows: defaultdict[tuple[int, Container | None], dict[Container, list[int]]] = defaultdict(dict)
    for place in dict.fromkeys(place for at in led for place in islice(found[at].container.upward(), _LEVELS)):
        of_card = held[place]
        whole = sum(len(found[one].text) for one in of_card) <= _CARD
        if whole and len({led[one] for one in of_card if one in led}) == 1:
            rows[place.path, place.above][place] = of_card
    for cards in rows.values():
        if len(cards) > 1:
            yield from (at for of_card in cards.values() for at in of_card)
