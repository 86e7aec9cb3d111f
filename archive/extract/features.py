"""What can be said of a block before judging it: its words, its place in the tree, and the page around it.

The features follow boilerpipe (Kohlschütter, Fankhauser and Nejdl, WSDM 2010: text and link density of a block and its
neighbours), Web2Text (Vogels, Ganea and Eickhoff, ECIR 2018: features of a block and of its ancestors) and
site style trees; none reads a word of any one language, and none names a site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log1p
from operator import attrgetter

from archive.page.blocks import Block
from archive.page.places import CONCEALED, CONTROL, OUTSIDE, Container
from archive.text.characters import DENSE
from archive.text.fingerprint import words

_SENTENCE_END = re.compile(r"""[.!?…。！？؟।](?:["'”’»)）」』\]]|\s)*$""")
_STOPS = ".!?…。！？；;،,，、:："
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[^\W\d_a-zа-яα-ω]")
_ADDRESSES = ("@", "http:", "https:", "www.")

TAGS = ("p", "li", "h1", "h2", "div")
ROLES = ("heading", "item", "cell", "quote", "code", "article", CONTROL, CONCEALED)
SIGNS = ("body", "frame", "comments", "others", "service", "about", "media", "hidden", "lead", "title")
"""The tags, roles and signs (see `archive.page.places`) that are features, in the order that the trees know."""

_AWAY = 8
"""Places around a block within which a sign counts for it."""

_PROSE, _SENTENCE_PROSE = 60.0, 25.0
"""Weights from which a block is prose, and one that ends as a sentence does."""

_OUTSIDE_PROSE = 0.3
"""How much of prose counts that stands in the frame of the page, in a control or out of sight."""

_LONG_PROSE = 80.0
"""Weight of prose from which a block is one of the paragraphs between which the text stands."""

_LINK_ONLY, _LITTLE_PROSE = 0.9, 0.2
"""The share in links from which a block is only a link, and of the page's prose up to which places of a build have so
little that such a block there need not be judged."""

_LISTED = 0.6
"""The share in links from which a place is a list of links."""

_MOST_PROSE = 0.6
"""The share of the page's prose that its best place holds."""

_STATED = 200
"""Characters of a stated text, without spaces, from which it is one: a shorter one is a summary."""


@dataclass(frozen=True)
class Context:
    """What else is known of the page: its headline, its summary, and its text as structured data states it."""

    title: str = ""
    description: str = ""
    stated: str = ""


def compact_text(text: str) -> str:
    """The words of a text run together, for comparing passages that differ in space and punctuation."""
    return "".join(words(text))


def weight(text: str) -> float:
    """How much a text says, in characters of an alphabet: one of a dense script (Chinese) counts as 2.6."""
    return float(len(text)) if text.isascii() else len(text) + 1.6 * len(DENSE.findall(text))


def names() -> tuple[str, ...]:
    """The names of the features, in the order of `Description.rows`."""
    return (*_LOCAL, *_AROUND, *_NEAR)


_LOCAL = (
    "weight",  # as a logarithm, as all weights and counts here
    "link",  # the share of its characters in links
    "bold",  # the share in strong type
    "end",  # it ends as a sentence does
    "stops",  # marks of sentences and clauses for each ten characters
    "digits",  # their share in its beginning
    "capitals",  # the share of words there that begin with one
    "address",  # it has an address of the web or of mail
    "marks",  # it has signs of a site's frame: ©, |, an arrow at its end
    *(f"tag {tag}" for tag in TAGS),
    *(f"role {role}" for role in ROLES),
    *(f"sign {sign}" for sign in SIGNS),  # 1 at the block itself, less the further out the sign stands
    "broken",  # a line break, not an element, divides it from the block before
    "led",  # it begins with a link
    "depth",  # of its place in the tree
    "described",  # it stands in the page's summary, or begins as that does
    "stated",  # it stands in the text that structured data states; -1 where they state none
    "repeated",  # how often more the page says the same
)
"""The features of a block by itself."""

_AROUND = (
    "index",  # its place among the blocks, from 0 to 1
    "blocks",
    "prose before",  # shares of the page's prose and weight before it
    "weight before",
    "prose",  # of the page
    "in title",  # how much of the title it is, or the title of it
    "after title",  # blocks from the title to it; -9 where the title is nowhere
    *(f"share {out}" for out in range(4)),  # of the page's prose: what its place and those around it hold
    *(f"density {out}" for out in range(3)),  # prose by weight of its place and those around it
    "path share",  # of the page's prose: what all places of its build hold
    "path blocks",
    "in best",  # the deepest place that holds most of the page's prose holds it
    "below best",  # how much deeper it stands than that place
    "between",  # it stands between the first and the last long paragraph of that place
    "after first",
    "after last",
)
"""The features of a block within its page, and the places that hold it."""

_NEAR = (
    *("vote", "vote -1", "vote +1", "votes"),  # what another extractor took: it, those beside it, their share of seven
    *("weight -2", "weight +2"),
    *(f"{name} {offset:+d}" for offset in (-1, 1) for name in ("weight", "link", "same")),  # same: place, or build
)
"""The features of the blocks before and after, and what another extractor took of them."""

_VOTES = slice(len(_LOCAL) + len(_AROUND), len(_LOCAL) + len(_AROUND) + 4)


class PageFeatures:
    """The blocks of a page with what they hold and where, each sum worked out once."""

    def __init__(self, found: Sequence[Block]) -> None:
        self.found = found
        self.weights = [weight(block.text) for block in found]
        self.links = [block.link / len(block.text) for block in found]
        self.ends = [bool(_SENTENCE_END.search(block.text[-40:])) for block in found]
        self.prose = [self._prose(i) for i in range(len(found))]
        self.all_prose = sum(self.prose) or 1.0
        self.containers = _weigh_spots(found, self.prose, self.weights, self.links)

    def _prose(self, i: int) -> float:
        """How much of a block is prose, in its weight: none of a line or a link, half of what is one quarter links."""
        enough = self.weights[i] >= _PROSE or (self.ends[i] and self.weights[i] >= _SENTENCE_PROSE)
        prose = self.weights[i] * max(0.0, 1 - 2 * self.links[i]) if enough else 0.0
        return prose if OUTSIDE.isdisjoint(self.found[i].container.roles) else _OUTSIDE_PROSE * prose

    def lists_of_links(self) -> list[Container]:
        """The outermost places without any prose that are mostly links: menus, teasers, tags."""
        lists = {
            container
            for container in self.containers
            if container.prose == 0 and container.link >= _LISTED * container.weight
        }
        return [container for container in lists if container.above not in lists and container.above is not None]


class Description:
    """The features of a page's blocks, given what else is known of the page."""

    def __init__(self, page: PageFeatures, context: Context) -> None:
        self.page, self.found = page, page.found
        self.weights, self.links, self.prose = page.weights, page.links, page.prose
        self.all_prose, self.all_weight = page.all_prose, sum(page.weights) or 1.0
        self.best = _best_spot(page.containers, page.all_prose)
        self.inside = _inside(page.containers, self.best)
        self.squeezed = [compact_text(block.text) for block in self.found]
        self.seen = Counter(self.squeezed)
        self._known: dict[int, list[float]] = {}
        self._depths: dict[Container, dict[str, int]] = {}
        self.path_prose: defaultdict[int, float] = defaultdict(float)
        self.path_blocks: Counter[int] = Counter()
        for block, prose in zip(self.found, self.prose, strict=True):
            self.path_prose[block.container.path] += prose
            self.path_blocks[block.container.path] += 1
        self.title, self.description = (
            compact_text(context.title),
            compact_text(context.description),
        )
        self.stated = compact_text(context.stated)
        self.title_at = self._find_title()
        long = [
            i for i, prose in enumerate(self.prose) if prose > _LONG_PROSE and self.found[i].container in self.inside
        ]
        self.first, self.last = (long[0], long[-1]) if long else (len(self.found), -1)
        self.prose_before = list(accumulate(self.prose, initial=0.0))
        self.weight_before = list(accumulate(self.weights, initial=0.0))

    def _find_title(self) -> int:
        """The block that says the page's title: a heading before other blocks, a part of it last; -1 for none."""
        if not self.title:
            return -1
        exact = [i for i, text in enumerate(self.squeezed) if text == self.title]
        heading = next((i for i in exact if "heading" in self.found[i].container.roles), -1)
        within = (i for i, text in enumerate(self.squeezed) if len(text) > 12 and text in self.title)
        return heading if heading >= 0 else exact[0] if exact else next(within, -1)

    def rows(self, votes: Sequence[bool] | None = None) -> list[list[float] | None]:
        """The features of every block; None for what is only a link, away from prose, that no other extractor took.

        `votes` says which blocks another extractor took (see `votes`); None while none was asked.
        """
        few, paths = _LITTLE_PROSE * self.all_prose, self.path_prose
        only_links = [
            link > _LINK_ONLY and paths[block.container.path] <= few
            for link, block in zip(self.links, self.found, strict=True)
        ]
        if votes is not None:
            only_links = [away and not vote for away, vote in zip(only_links, votes, strict=True)]
        return [None if away else self._row(i, votes) for i, away in enumerate(only_links)]

    def votes(self, taken: str) -> list[bool]:
        """Which blocks stand in the page's text as another extractor reads it."""
        return _votes(self.squeezed, taken)

    def _row(self, i: int, votes: Sequence[bool] | None) -> list[float]:
        if i not in self._known:
            self._known[i] = [*self._local(i), *self._around(i), *_opinion(i, None), *self._near(i)]
        if votes is None:
            return self._known[i]
        row = self._known[i].copy()
        row[_VOTES] = _opinion(i, votes)
        return row

    def _local(self, i: int) -> list[float]:
        """The block by itself."""
        block, text, squeezed = self.found[i], self.found[i].text, self.squeezed[i]
        container, start = block.container, block.text[:300]
        away, depth = self._signs(container), container.depth
        return [
            log1p(self.weights[i]),
            self.links[i],
            block.bold / len(text),
            float(self.page.ends[i]),
            10 * sum(map(text.count, _STOPS)) / self.weights[i],
            len(_DIGIT.findall(start)) / len(start),
            len(_CAPITAL.findall("".join([word[0] for word in start.split()]))) / (1 + start.count(" ")),
            float(any(sign in text for sign in _ADDRESSES)),
            float("©" in text or "|" in text or text.rstrip().endswith(("®", "›", "»"))),
            *_of_tag(container.tag),
            *_of_roles(container.roles),
            *[1 / (1 + depth - away[sign]) if away.get(sign, -_AWAY) > depth - _AWAY else 0.0 for sign in SIGNS],
            float(block.broken),
            float(block.led),
            float(container.depth),
            float(len(squeezed) > 15 and bool(self.description) and self._is_described(squeezed)),
            -1.0 if len(self.stated) < _STATED else float(bool(squeezed) and squeezed in self.stated),
            float(min(3, self.seen[squeezed] - 1)),
        ]

    def _signs(self, container: Container) -> dict[str, int]:
        """How deep the nearest place stands that has each sign, among a place and those that hold it."""
        known = self._depths.get(container)
        if known is None:
            known = self._signs(container.above) if container.above is not None else {}
            if container.signs:
                known = known | dict.fromkeys(container.signs, container.depth)
            self._depths[container] = known
        return known

    def _is_described(self, squeezed: str) -> bool:
        return squeezed in self.description or self.description[:60] in squeezed

    def _around(self, i: int) -> list[float]:
        """The block within the page and the containers that hold it."""
        container, total = self.found[i].container, self.all_prose
        held = [place for place, _ in zip(container.upward(), range(4), strict=False)]
        shares = [place.prose / total for place in held] + [1.0] * (4 - len(held))
        densities = [place.prose / (place.weight or 1.0) for place in held[:3]] + [0.0] * (3 - len(held))
        return [
            i / len(self.found),
            log1p(len(self.found)),
            self.prose_before[i] / total,
            self.weight_before[i] / self.all_weight,
            log1p(total),
            self._in_title(self.squeezed[i]),
            float(max(-5, min(20, i - self.title_at))) if self.title_at >= 0 else -9.0,
            *shares,
            *densities,
            self.path_prose[container.path] / total,
            log1p(self.path_blocks[container.path]),
            float(container in self.inside),
            float(container.depth - self.best.depth) if self.best else 0.0,
            float(self.first <= i <= self.last),
            float(max(-10, min(10, i - self.first))),
            float(max(-10, min(10, i - self.last))),
        ]

    def _in_title(self, squeezed: str) -> float:
        """The length of a block by that of the title, or the other way round, where one holds the other; else 0."""
        if len(squeezed) <= 5 or not self.title or not (squeezed in self.title or self.title in squeezed):
            return 0.0
        return min(len(squeezed), len(self.title)) / max(len(squeezed), len(self.title))

    def _near(self, i: int) -> list[float]:
        """The blocks before and after."""
        end = len(self.found)
        return [
            log1p(self.weights[i - 2]) if i > 1 else 0.0,
            log1p(self.weights[i + 2]) if i + 2 < end else 0.0,
            *self._neighbour(i, i - 1),
            *self._neighbour(i, i + 1),
        ]

    def _neighbour(self, i: int, j: int) -> tuple[float, float, float]:
        """Weight and links of a block beside another, and how near its place is: 2 for the same, 1 for its like."""
        if not 0 <= j < len(self.found):
            return 0.0, 0.0, -1.0
        here, there = self.found[i].container, self.found[j].container
        close = here.path == there.path or here.above is there.above
        return (
            log1p(self.weights[j]),
            self.links[j],
            2.0 if here is there else float(close),
        )


@lru_cache(maxsize=200)
def _of_tag(tag: str) -> tuple[float, ...]:
    return tuple(float(tag == one) for one in TAGS)


@lru_cache(maxsize=1_000)
def _of_roles(roles: frozenset[str]) -> tuple[float, ...]:
    return tuple(float(role in roles) for role in ROLES)


def _opinion(i: int, votes: Sequence[bool] | None) -> tuple[float, float, float, float]:
    """What another extractor took of a block and of those around it."""
    if votes is None:
        return -1.0, -1.0, -1.0, -1.0
    after = i + 1 < len(votes) and votes[i + 1]
    return float(votes[i]), float(i > 0 and votes[i - 1]), float(after), sum(votes[max(0, i - 3) : i + 4]) / 7


def _votes(squeezed: Sequence[str], taken: str) -> list[bool]:
    """Which blocks another extractor took: a short one only where it is a line of that text."""
    lines = {compact_text(line) for line in taken.splitlines()}
    whole = compact_text(taken)
    return [bool(text) and (text in lines or (len(text) >= 15 and text in whole)) for text in squeezed]


def _weigh_spots(
    found: Sequence[Block],
    prose: Sequence[float],
    weights: Sequence[float],
    links: Sequence[float],
) -> list[Container]:
    """Sum up what every container holds. Returned are the containers, each before those that hold it."""
    containers: dict[Container, None] = {}
    for block in found:
        container: Container | None = block.container
        while container is not None and container not in containers:
            containers[container] = None
            container.prose = container.weight = container.link = 0.0
            container = container.above
    for block, much, whole, linked in zip(found, prose, weights, links, strict=True):
        holder = block.container
        holder.prose += much
        holder.weight += whole
        holder.link += linked * whole
    inward = sorted(containers, key=attrgetter("depth"), reverse=True)
    for container in inward:
        if above := container.above:
            above.prose += container.prose
            above.weight += container.weight
            above.link += container.link
    return inward


def _best_spot(containers: Sequence[Container], all_prose: float) -> Container | None:
    """The deepest container that holds most of the page's prose."""
    return next((container for container in containers if container.prose >= _MOST_PROSE * all_prose), None)


def _inside(containers: Sequence[Container], best: Container | None) -> set[Container]:
    """The best container and all that it holds."""
    inside: set[Container] = set()
    for container in reversed(containers):
        if container is best or container.above in inside:
            inside.add(container)
    return inside
