"""What can be said of a block before judging it: its words, its place in the tree, and the page around it.

The features follow boilerpipe (Kohlschütter, Fankhauser and Nejdl, WSDM 2010: text and link density of a block and its
neighbours), Web2Text (Vogels, Ganea and Eickhoff, ECIR 2018: features of a block and of its ancestors) and
site style trees; none reads a word of any one language, and none names a site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from archive.blocks import Block, Spot
from archive.fingerprint import NETWORKS, words

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।](?:["'”’»)）」』\]]|\s)*$""")
_STOPS = re.compile(r"[.!?…。！？；;،,，、:：]")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"(?<!\S)[^\W\d_a-zа-яα-ω]")
_MARKS = re.compile(r"[©®|›»]\s*$|[©|]")
_ADDRESS = re.compile(r"@|https?:|www\.")

TAGS = ("p", "li", "h1", "h2", "h3", "td", "div", "blockquote", "pre", "section", "article", "body")
ROLES = ("heading", "item", "cell", "caption", "quote", "frame", "article")
SIGNS = ("body", "frame", "others", "service", "about", "media", "hidden", "lead", "title")
_AWAY = 8
_PROSE = 60.0
_LINK_ONLY = 0.9


@dataclass(frozen=True)
class Context:
    """What else is known of the page: its headline, its summary, its text as structured data states it, and its text
    as another extractor reads it."""

    title: str = ""
    description: str = ""
    stated: str = ""
    taken: str = ""


def squeeze(text: str) -> str:
    """The words of a text run together, for comparing passages that differ in space and punctuation."""
    return "".join(words(text))


def weight(text: str) -> float:
    """How much a text says, in characters of an alphabet: one of a dense script (Chinese) counts as 2.6."""
    return len(text) + 1.6 * len(_DENSE.findall(text)) if not text.isascii() else float(len(text))


def names() -> tuple[str, ...]:
    """The names of the features, in the order of `describe`."""
    return (*_LOCAL, *_AROUND, *_NEAR)


def describe(found: Sequence[Block], context: Context) -> list[list[float] | None]:
    """The features of every block of a page; None for what is nothing but a link that no other extractor took."""
    page = _Page(found, context)
    return [page.describe(i) for i in range(len(found))]


_LOCAL = (
    *("weight", "link", "bold", "end", "colon", "stops", "digits", "capitals", "address", "marks", "networks", "lower"),
    *(f"tag {tag}" for tag in TAGS),
    *(f"role {role}" for role in ROLES),
    *(f"sign {sign}" for sign in SIGNS),
    *("broken", "depth", "described", "stated", "repeated before", "repeated"),
)
_AROUND = (
    *("index", "blocks", "prose before", "weight before", "prose", "title", "in title", "after title"),
    *("share 0", "share 1", "share 2", "share 3", "density 0", "density 1", "density 2", "path share", "path blocks"),
    *("in best", "below best", "between", "after first", "after last"),
)
_NEAR = (
    *("vote", "vote -1", "vote +1", "votes"),
    *(f"{name} {offset:+d}" for offset in (-2, -1, 1, 2) for name in ("weight", "link", "same")),
)


class _Page:
    """The sums over a page that the features of its blocks need, each worked out once."""

    def __init__(self, found: Sequence[Block], context: Context) -> None:
        self.found = found
        self.weights = [weight(block.text) for block in found]
        self.links = [block.link / len(block.text) for block in found]
        self.ends = [bool(_SENTENCE_END.search(block.text[-40:])) for block in found]
        self.prose = [self._prose(i) for i in range(len(found))]
        self.all_prose = sum(self.prose) or 1.0
        self.all_weight = sum(self.weights) or 1.0
        self.best = _weigh_spots(found, self.prose, self.weights)
        self.path_prose: Counter[int] = Counter()
        self.path_blocks: Counter[int] = Counter()
        for block, prose in zip(found, self.prose, strict=True):
            self.path_prose[block.spot.path] += prose  # type: ignore[assignment]
            self.path_blocks[block.spot.path] += 1
        self.squeezed = [squeeze(block.text) for block in found]
        self.seen = Counter(self.squeezed)
        self.earlier: set[str] = set()
        self.votes = _votes(self.squeezed, context.taken)
        self.title = squeeze(context.title)
        self.description = squeeze(context.description)
        self.stated = squeeze(context.stated)
        self.title_at = self._find_title()
        long = [i for i, prose in enumerate(self.prose) if prose > 80 and self._in_best(found[i].spot)]
        self.first, self.last = (long[0], long[-1]) if long else (len(found), -1)
        self.prose_before = self.weight_before = 0.0

    def _prose(self, i: int) -> float:
        enough = self.weights[i] >= _PROSE or (self.ends[i] and self.weights[i] >= 25)
        prose = self.weights[i] * max(0.0, 1 - 2 * self.links[i]) if enough else 0.0
        return 0.3 * prose if "frame" in self.found[i].spot.roles else prose

    def _in_best(self, spot: Spot) -> bool:
        return any(place is self.best for place in spot.upward())

    def _find_title(self) -> int:
        if not self.title:
            return -1
        exact = [i for i, text in enumerate(self.squeezed) if text == self.title]
        for i in exact:
            if "heading" in self.found[i].spot.roles:
                return i
        within = (i for i, text in enumerate(self.squeezed) if len(text) > 12 and text in self.title)
        return exact[0] if exact else next(within, -1)

    def describe(self, i: int) -> list[float] | None:
        """The features of one block. To be called for every block in order: some look back on those before."""
        described = None
        if self.votes[i] or self.links[i] <= _LINK_ONLY:
            described = self.local(i) + self.around(i) + self.near(i)
        self.earlier.add(self.squeezed[i])
        self.prose_before += self.prose[i]
        self.weight_before += self.weights[i]
        return described

    def local(self, i: int) -> list[float]:
        """The block by itself."""
        block, text = self.found[i], self.found[i].text
        spot, size, squeezed = block.spot, len(text), self.squeezed[i]
        away: dict[str, float] = {}
        for distance, place in enumerate(spot.upward()):
            if distance >= _AWAY:
                break
            for sign in place.signs:
                away.setdefault(sign, 1 / (1 + distance))
        start = text[:300]
        again = squeezed in self.earlier and len(squeezed) > 20
        stated = -1.0 if len(self.stated) < 200 else float(bool(squeezed) and squeezed in self.stated)
        return [
            log1p(self.weights[i]),
            self.links[i],
            block.bold / size,
            float(self.ends[i]),
            float(text[-1] in ":："),
            10 * len(_STOPS.findall(text)) / self.weights[i],
            len(_DIGIT.findall(start)) / len(start),
            len(_CAPITAL.findall(start)) / (1 + start.count(" ")),
            float(bool(_ADDRESS.search(text))),
            float(bool(_MARKS.search(text))),
            float(sum(word in NETWORKS and len(word) > 2 for word in words(text))) if size < 400 else 0.0,
            float(text[0].islower()),
            *[float(spot.tag == tag) for tag in TAGS],
            *[float(role in spot.roles) for role in ROLES],
            *[away.get(sign, 0.0) for sign in SIGNS],
            float(block.broken),
            float(spot.depth),
            float(len(squeezed) > 15 and bool(self.description) and self._is_described(squeezed)),
            stated,
            float(again),
            float(min(3, self.seen[squeezed] - 1)),
        ]

    def _is_described(self, squeezed: str) -> bool:
        return squeezed in self.description or self.description[:60] in squeezed

    def around(self, i: int) -> list[float]:
        """The block within the page and the containers that hold it."""
        block, squeezed = self.found[i], self.squeezed[i]
        spot, total = block.spot, self.all_prose
        held = [place for place, _ in zip(spot.upward(), range(4), strict=False)]
        shares = [place.prose / total for place in held] + [1.0] * (4 - len(held))
        densities = [place.prose / (place.weight or 1.0) for place in held[:3]] + [0.0] * (3 - len(held))
        inside = self._in_best(spot)
        return [
            i / len(self.found),
            log1p(len(self.found)),
            self.prose_before / total,
            self.weight_before / self.all_weight,
            log1p(total),
            float(squeezed == self.title),
            self._in_title(squeezed),
            float(max(-5, min(20, i - self.title_at))) if self.title_at >= 0 else -9.0,
            *shares,
            *densities,
            self.path_prose[spot.path] / total,
            log1p(self.path_blocks[spot.path]),
            float(inside),
            float(spot.depth - self.best.depth) if self.best else 0.0,
            float(self.first <= i <= self.last),
            float(max(-10, min(10, i - self.first))),
            float(max(-10, min(10, i - self.last))),
        ]

    def _in_title(self, squeezed: str) -> float:
        if len(squeezed) <= 5 or not self.title or not (squeezed in self.title or self.title in squeezed):
            return 0.0
        return min(len(squeezed), len(self.title)) / max(len(squeezed), len(self.title))

    def near(self, i: int) -> list[float]:
        """The blocks before and after, and what another extractor took of them."""
        votes = self.votes
        window = votes[max(0, i - 3) : i + 4]
        row = [
            float(votes[i]),
            float(i > 0 and votes[i - 1]),
            float(i + 1 < len(votes) and votes[i + 1]),
            sum(window) / 7,
        ]
        for offset in (-2, -1, 1, 2):
            row += self._neighbour(i, i + offset)
        return row

    def _neighbour(self, i: int, j: int) -> tuple[float, float, float]:
        if not 0 <= j < len(self.found):
            return 0.0, 0.0, -1.0
        here, there = self.found[i].spot, self.found[j].spot
        close = here.path == there.path or here.above is there.above
        return log1p(self.weights[j]), self.links[j], 2.0 if here is there else float(close)


def _votes(squeezed: Sequence[str], taken: str) -> list[bool]:
    """Which blocks another extractor took: a short one only where it is a line of that text."""
    lines = {squeeze(line) for line in taken.splitlines()}
    whole = squeeze(taken)
    return [bool(text) and (text in lines or (len(text) >= 15 and text in whole)) for text in squeezed]


def _weigh_spots(found: Sequence[Block], prose: Sequence[float], weights: Sequence[float]) -> Spot | None:
    """Sum up what every container holds; the deepest that holds most of the page's prose is returned."""
    places = {spot: None for block in found for spot in block.spot.upward()}
    for spot in places:
        spot.prose = spot.weight = 0.0
    for block, much, whole in zip(found, prose, weights, strict=True):
        for spot in block.spot.upward():
            spot.prose += much
            spot.weight += whole
    total = sum(prose) or 1.0
    most = [spot for spot in places if spot.prose >= 0.6 * total]
    return max(most, key=lambda spot: spot.depth, default=None)
