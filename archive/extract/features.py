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
from archive.text.fingerprint import words

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।](?:["'”’»)）」』\]]|\s)*$""")
_STOPS = ".!?…。！？；;،,，、:："
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[^\W\d_a-zа-яα-ω]")
_ADDRESSES = ("@", "http:", "https:", "www.")

TAGS = ("p", "li", "h1", "h2", "div")
ROLES = ("heading", "item", "cell", "quote", "code", "article", CONTROL, CONCEALED)
SIGNS = (
    "body",
    "frame",
    "comments",
    "others",
    "service",
    "about",
    "media",
    "hidden",
    "lead",
    "title",
)
_AWAY = 8
_PROSE = 60.0
_LONG_PROSE = 80.0
_LINK_ONLY = 0.9
_LISTED = 0.6
_STATED = 200


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
    return float(len(text)) if text.isascii() else len(text) + 1.6 * len(_DENSE.findall(text))


def names() -> tuple[str, ...]:
    """The names of the features, in the order of `Description.rows`."""
    return (*_LOCAL, *_AROUND, *_NEAR)


_LOCAL = (
    *(
        "weight",
        "link",
        "bold",
        "end",
        "stops",
        "digits",
        "capitals",
        "address",
        "marks",
    ),
    *(f"tag {tag}" for tag in TAGS),
    *(f"role {role}" for role in ROLES),
    *(f"sign {sign}" for sign in SIGNS),
    *("broken", "led", "depth", "described", "stated", "repeated"),
)
_AROUND = (
    *(
        "index",
        "blocks",
        "prose before",
        "weight before",
        "prose",
        "in title",
        "after title",
    ),
    *(
        "share 0",
        "share 1",
        "share 2",
        "share 3",
        "density 0",
        "density 1",
        "density 2",
        "path share",
        "path blocks",
    ),
    *("in best", "below best", "between", "after first", "after last"),
)
_NEAR = (
    *("vote", "vote -1", "vote +1", "votes", "weight -2", "weight +2"),
    *(f"{name} {offset:+d}" for offset in (-1, 1) for name in ("weight", "link", "same")),
)
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
        enough = self.weights[i] >= _PROSE or (self.ends[i] and self.weights[i] >= 25)
        prose = self.weights[i] * max(0.0, 1 - 2 * self.links[i]) if enough else 0.0
        return prose if OUTSIDE.isdisjoint(self.found[i].container.roles) else 0.3 * prose

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
        few, paths = 0.2 * self.all_prose, self.path_prose
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
    return next((container for container in containers if container.prose >= 0.6 * all_prose), None)


def _inside(containers: Sequence[Container], best: Container | None) -> set[Container]:
    inside: set[Container] = set()
    for container in reversed(containers):
        if container is best or container.above in inside:
            inside.add(container)
    return inside
