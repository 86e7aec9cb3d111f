"""The shape of a release's address, learned from examples, and how well another address fits it. Pure.

How to use it:

    shapes = learn([listing_addresses, feed_addresses], page=source.url)
    shapes.fit(address)          # 0 to 1; from FITS on it is a release's address, from UNSURE on it may be one
    shapes = shapes.more(addresses_of_page_2)       # learns on as the walk goes on
    shapes.words()               # ("example.org/news/YEAR/TITLE",): for a person
    guess(sitemap_addresses, page=source.url)       # where nothing else is known: the families that look like releases

`learn` takes addresses that are releases for other reasons: they stand in the dated block of a listing, or in a feed.
A shape is a host, a number of folders, an extension and the parameters that name a page; each folder is a fixed word,
one of a few, or free with a kind (number, code, title, word). An address of which one fixed word differs is not
certain (UNSURE): it may be another topic, or another kind of page. One of another language than the examples never
fits. Where nothing was learned (`not shapes`) every address is UNSURE: who asks must judge otherwise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from archive.core.urls import key
from crawler.discover.address_parts import END, Address, Part, is_edition, take_apart
from crawler.discover.vocabulary import GROUPING, NEWS, SERVICE, hyphened

FITS = 0.6
"""From here on an address has the shape of a release."""

UNSURE = 0.4
"""From here on an address may be a release: another reason has to decide."""

MOST_EXAMPLES = 600
"""Addresses from which a shape is learned; of more the first."""

_FEW = 3
"""Different words that a folder may have and still be one of a few."""

_NEARLY_ALL = 0.8
_STEM = re.compile(r"([^\W\d_]{3,})[-_]?\d+")

_ALIKE = 8
"""Addresses of which one parameter differs in each, from which on another that never does names their list."""

_LIST = re.compile(r"[a-z_-]*(?!(?:(?:1[349]|25)\d|20[1-9])\d(?:0[1-9]|1[0-2])(?:\d\d)?$)\d{5,}", re.IGNORECASE)
"""What may name a list: no year or month (202611), and no number of a page or place."""

_TITLE = 4
"""Words at the end of an address from which on they are a title."""

_SIBLINGS = 5
"""Pages of a sitemap with one shape, from which on they may be releases."""


@dataclass(frozen=True)
class _Place:
    """What stands at one place of the addresses of a shape. `seen` is empty where any text of its kinds may stand.
    `stem`: the letters with which all codes begin ("article57"); "" where they have none in common."""

    kinds: frozenset[str]
    seen: frozenset[str]
    fewest: int
    numbered: str
    editions: bool
    stem: str = ""

    def fit(self, part: Part, fewest: int) -> float:
        """How well a part fits: 1, 0, or UNSURE for another fixed word or a title that is short for this place."""
        if self.seen:
            same = part.text in self.seen
            return 1.0 if same else 0.0 if self.editions or is_edition(part.text) else UNSURE
        if part.text in GROUPING or (is_edition(part.text) and not self.editions):
            return 0.0
        if self.stem and part.kind == "code" and _stem(part) not in ("", self.stem):
            return 0.0
        if part.kind in ("number", "code"):
            return 1.0 if self.kinds & {"number", "code"} else 0.0
        if not self.kinds & {"title", "word"}:
            return 0.0
        if self.numbered and part.numbered != self.numbered:
            return 0.3
        is_short = part.words < fewest and not part.numbered
        return UNSURE if is_short or part.text in SERVICE else 1.0


@dataclass(frozen=True)
class _Shape:
    """The addresses of one host, depth and extension. `support` counts its examples."""

    host: str
    folders: tuple[_Place, ...]
    extension: str
    naming: frozenset[str]
    values: dict[str, _Place]
    support: int

    def fit(self, address: Address) -> float:
        if (address.host, len(address.parts), address.extension) != (self.host, len(self.folders), self.extension):
            return 0.0
        if not self.naming <= address.values.keys():
            return 0.0
        last = len(self.folders) - 1
        found = [
            place.fit(part, self._fewest(place) if n == last else 1)
            for n, (place, part) in enumerate(zip(self.folders, address.parts, strict=True))
        ]
        found += [
            place.fit(address.values[name], self._fewest(place))
            for name, place in self.values.items()
            if name in address.values
        ]
        if self.naming and any(fit < 1 for fit, place in zip(found, self.folders, strict=False) if place.seen):
            return 0.0
        return 0.0 if sum(fit < 1 for fit in found) > 1 else min(found, default=0.0)

    def _fewest(self, place: _Place) -> int:
        """Words that a title needs here: few where a folder or a number shows the difference as well."""
        is_anchored = any(other.seen or other.kinds == {"number"} for other in self.folders if other is not place)
        return min(place.fewest, 2) if is_anchored or self.naming else max(2, round(0.6 * place.fewest))

    def words(self) -> str:
        folders = "".join(f"/{_in_words(place)}" for place in self.folders)
        extension = f".{self.extension}" if self.extension else ""
        names = "&".join(f"{name}={_in_words(self.values[name])}" for name in sorted(self.naming & self.values.keys()))
        return f"{self.host}{folders}{extension}{'?' if names else ''}{names}"


@dataclass(frozen=True)
class Shapes:
    """The shapes of a source's releases. False where nothing was learned.

    `is_sure`: those that were guessed stand below a folder called news, below the page, or in folders of days alone.
    """

    page: str = ""
    examples: tuple[str, ...] = ()
    _known: frozenset[str] = field(default=frozenset(), repr=False)
    is_sure: bool = False

    def __bool__(self) -> bool:
        return bool(self._shapes)

    def fit(self, url: str) -> float:
        """How well an address (canonical) has the shape of the examples, from 0 to 1: see FITS and UNSURE."""
        if not self._shapes:
            return UNSURE
        address = take_apart(url)
        if _is_of_another_edition(address, self._editions) or self._is_of_another_room(address):
            return 0.0
        if key(url) in self._known:
            return 1.0
        best = max(shape.fit(address) * (1 if self._is_usual(shape) else 0.5) for shape in self._shapes)
        return max(best, FITS) if best < FITS and self._is_below(address) else best

    def more(self, group: Iterable[str]) -> Shapes:
        """The shapes after more releases were seen."""
        fresh = {key(url): url for url in group}
        room = MOST_EXAMPLES - len(self.examples)
        new = [url for one, url in fresh.items() if one and one not in self._known][: max(room, 0)]
        return Shapes(self.page, (*self.examples, *new), self._known | set(map(key, new))) if new else self

    def words(self) -> tuple[str, ...]:
        """The shapes for a person, the most usual first: "example.org/news/NUMBER/TITLE"."""
        return tuple(shape.words() for shape in self._shapes if self._is_usual(shape))

    @cached_property
    def _shapes(self) -> tuple[_Shape, ...]:
        own = take_apart(self.page) if self.page else Address("", ())
        read = [
            address for address in map(take_apart, self.examples) if not names_another_edition(address, own.editions)
        ]
        read = [address for address in read if not self._is_of_another_room(address)]
        families: dict[tuple[object, ...], list[Address]] = defaultdict(list)
        for address in read:
            families[(address.host, len(address.parts), address.extension, address.naming)].append(address)
        stated = {part.text for part in (*own.parts, *own.values.values())}
        return tuple(sorted((_shape(each, stated) for each in families.values()), key=lambda shape: -shape.support))

    @cached_property
    def _room(self) -> str:
        """The first folder of the page, if nearly all examples lie in it: on hosts that many newsrooms share, that is
        the newsroom's own."""
        own = take_apart(self.page) if self.page else None
        if own is None or not own.parts:
            return ""
        near = [address for address in map(take_apart, self.examples) if address.host == own.host and address.parts]
        inside = sum(address.parts[0].text == own.parts[0].text for address in near)
        return own.parts[0].text if inside and inside >= _NEARLY_ALL * len(near) else ""

    def _is_of_another_room(self, address: Address) -> bool:
        return bool(self._room and address.parts) and address.parts[0].text != self._room

    @cached_property
    def _editions(self) -> frozenset[tuple[str, str]]:
        """The languages that the page, or most of the examples, name; those that paths end in by the examples alone."""
        own = take_apart(self.page).editions if self.page else frozenset()
        counts = Counter(edition for url in self.examples for edition in take_apart(url).own_editions)
        places = dict(own)
        usual = {edition for edition, count in counts.items() if 2 * count > len(self.examples)}
        return own | {edition for edition in usual if edition[0] not in places}

    def _is_usual(self, shape: _Shape) -> bool:
        """Whether a shape is no chance find: a link to an event or another site that once stood among releases."""
        return shape.support > 1 or len(self.examples) <= 5

    def _is_below(self, address: Address) -> bool:
        """Whether an address lies below the newsroom's page, as its releases do, and ends in a title.

        A newsroom that once moved its releases from /news/TITLE to /news/2024/TITLE has both. Below the home page of a
        language (/es) lies all that the site has in it.
        """
        own = take_apart(self.page) if self.page else None
        if own is None or all(is_edition(part.text) for part in own.parts) or address.host != own.host:
            return False
        among = sum(_lies_below(take_apart(url), own) for url in self.examples)
        if 2 * among < len(self.examples) or not _lies_below(address, own) or address.values:
            return False
        further = address.parts[len(own.parts) :]
        return further[-1].words >= 4 and not any(part.text in GROUPING | SERVICE for part in further)


def learn(groups: Iterable[Iterable[str]], page: str = "") -> Shapes:
    """The shapes of addresses (canonical) that are releases; `page` is the address of the newsroom that was given."""
    shapes = Shapes(page)
    for group in groups:
        shapes = shapes.more(group)
    return shapes


def guess(addresses: Sequence[str], page: str = "") -> Shapes:
    """The shapes among the addresses of a sitemap of which nothing else is known that look like releases.

    Those are families of five or more that end in titles or numbers, and stand below a folder called news or the like,
    below the page, or with a date; the rest of the sitemap counts as pages of the site. May find none.
    """
    own = take_apart(page) if page else Address("", ())
    families: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for url in addresses:
        address = take_apart(url)
        if address.parts and not names_another_edition(address, own.own_editions):
            fixed = tuple("" if part.kind == "number" else part.text for part in address.parts[:-1])
            families[(address.host, fixed, address.extension, address.naming)].append(url)
    ranked = [(_likelihood([*map(take_apart, urls)], own), urls) for urls in families.values()]
    best = max((rank for rank, urls in ranked if len(urls) >= _SIBLINGS), default=0)
    chosen = [urls for rank, urls in ranked if best and rank == best and (len(urls) >= _SIBLINGS or rank > 1)]
    chosen.sort(key=len, reverse=True)
    known = frozenset(key(url) for urls in chosen for url in urls)
    is_sure = best > 1 or any(_lies_in_a_year(take_apart(urls[0])) for urls in chosen)
    return Shapes(page, learn(chosen, page).examples, known, is_sure)


def are_pages(addresses: Iterable[str]) -> bool:
    """Whether addresses look like those of a site's pages: half or more end in a word or a few, and neither in titles
    nor in numbers, and they do not lie in one folder, as statements or portraits do."""
    read = [address for address in map(take_apart, addresses) if address.parts and not address.naming]
    folders = Counter(one.parts[-2].text for one in read if one.parts[1:] and not is_edition(one.parts[-2].text))
    return 2 * sum(map(_is_page, read)) >= len(read) > 2 * max(folders.values(), default=0)


def _is_page(address: Address) -> bool:
    last = address.parts[-1]
    is_title = last.kind in ("number", "code") or last.words >= _TITLE or last.numbered
    return not is_title or any(part.text in GROUPING for part in address.parts[:-1])


def _lies_in_a_year(address: Address) -> bool:
    first = next((part for part in address.parts[:-1] if not is_edition(part.text)), None)
    return first is not None and first.kind == "number"


def names_another_edition(address: Address, editions: frozenset[tuple[str, str]]) -> bool:
    """Whether an address names another language at a place where the editions name one."""
    own, other = dict(editions), dict(address.own_editions)
    return any(own[place] != language for place, language in other.items() if place in own)


def _likelihood(family: Sequence[Address], own: Address) -> int:
    """0 for what are no releases; more for those below the page, in a folder called news, or with a date."""
    first = family[0]
    folders, last = first.parts[:-1], [address.parts[-1] for address in family]
    many = sorted(part.words for part in last)[len(last) // 2]
    is_numbered = sum(part.kind in ("number", "code") or bool(part.numbered) for part in last) * 2 > len(last)
    if any(part.text in GROUPING for part in folders) or not (many >= _TITLE or is_numbered or first.naming):
        return 0
    is_named = any(hyphened(part.text.replace("_", "-")) in NEWS for part in folders)
    is_dated = any(part.kind == "number" for part in folders)
    return 4 * (bool(own.parts) and _lies_below(first, own)) + 2 * is_named or int(is_dated)


def _shape(family: Sequence[Address], stated: Collection[str]) -> _Shape:
    """The shape of some addresses alike; `stated` is what the address of their list says."""
    first = family[0]
    folders = tuple(
        _place([address.parts[n] for address in family], is_last=n == len(first.parts) - 1 and not first.naming)
        for n in range(len(first.parts))
    )
    common = set.intersection(*(set(address.values) for address in family))
    found = {name: [address.values[name] for address in family] for name in sorted(common)}
    lists = [name for name in _names_of_lists(found, first.naming) if found[name][0].text in stated]
    values = {name: _place(parts, is_last=name in first.naming) for name, parts in found.items()}
    values |= {name: replace(values[name], seen=frozenset({found[name][0].text})) for name in lists}
    return _Shape(first.host, folders, first.extension, first.naming, values, len(family))


def _names_of_lists(found: Mapping[str, Sequence[Part]], naming: Collection[str]) -> list[str]:
    """The parameters that may say of which list all releases are (`menuNo=200009`): their number is the same in all,
    where another differs in each. The part of a date, or the kind of the newest, may be the same by chance: they do if
    the address of the list says so too."""
    if len(naming) < 2 or not any(len({part.text for part in found.get(name, ())}) >= _ALIKE for name in naming):
        return []
    same = (name for name in naming if len(found.get(name, ())) >= _ALIKE and len(set(found[name])) == 1)
    return [name for name in same if _LIST.fullmatch(found[name][0].text)]


def _place(parts: Sequence[Part], is_last: bool) -> _Place:
    texts = frozenset(part.text for part in parts)
    kinds = frozenset(part.kind for part in parts)
    return _Place(
        kinds,
        texts if _is_fixed(parts, texts, kinds, is_last) else frozenset(),
        _usual_fewest(parts),
        _usual_number(parts),
        any(map(is_edition, texts)),
        _common_stem(parts),
    )


def _stem(part: Part) -> str:
    """The word with which a code begins that ends in a number; "" where it is none."""
    found = _STEM.fullmatch(part.text)
    return found[1] if found else ""


def _common_stem(parts: Sequence[Part]) -> str:
    stems = set(map(_stem, parts))
    return stems.pop() if len(stems) == 1 and len(parts) >= _FEW else ""


def _is_fixed(parts: Sequence[Part], texts: frozenset[str], kinds: frozenset[str], is_last: bool) -> bool:
    """Whether a place of some addresses has the same word in all, or one of a few."""
    if kinds & {"number", "code"}:
        return False
    if len(parts) == 1:
        return not is_last
    if len(texts) == 1:
        return True
    return not is_last and (len(texts) < _FEW or len(parts) >= _FEW * len(texts))


def _usual_fewest(parts: Sequence[Part]) -> int:
    """The fewest words of the parts, one odd one of ten left out."""
    counts = sorted(part.words for part in parts)
    return counts[len(counts) // 10]


def _usual_number(parts: Sequence[Part]) -> str:
    ends = {part.numbered for part in parts}
    return next(iter(ends)) if len(ends) == 1 and len(parts) >= _FEW else ""


def _is_of_another_edition(address: Address, editions: frozenset[tuple[str, str]]) -> bool:
    """The same, or the address alone names a language, where the examples need none."""
    is_named = any(place != END for place, _ in editions)
    return names_another_edition(address, editions) or (not is_named and bool(address.editions))


def _lies_below(address: Address, folder: Address) -> bool:
    texts = [part.text for part in address.parts]
    return len(texts) > len(folder.parts) and texts[: len(folder.parts)] == [part.text for part in folder.parts]


def _in_words(place: _Place) -> str:
    if place.seen:
        return "|".join(sorted(place.seen))
    return "NUMBER" if place.kinds == {"number"} else "CODE" if not place.kinds & {"title", "word"} else "TITLE"


def fitting(shapes: Shapes, urls: Iterable[str], least: float = FITS) -> Iterator[str]:
    """The addresses that fit at least so well, in their order."""
    return (url for url in urls if shapes.fit(url) >= least)
