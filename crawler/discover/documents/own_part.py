"""Which lists of news are those of the part of a site whose page was given: of one department among many. Pure.

On a site that many share the menu leads to the news of all. The page of one of them leads to its own: by a folder below
it, by its name in the address, or by a parameter that the list of all does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.discover.address_parts import Address, is_edition, take_apart
from crawler.discover.anchors import Anchor
from crawler.discover.items.addresses import is_below
from crawler.discover.vocabulary import LANGUAGE_PARAMETERS, NEWS, VIEW_PARAMETERS

_LETTERS = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 5
_TELLING = 4
"""Letters from which on a word is left in a name that is written in another way."""


def own_first(anchors: Sequence[Anchor], url: str) -> list[Anchor]:
    """Links to lists of news in their order, those of the part of the site to which a page belongs before the others.

    On a home page all are its own.
    """
    in_menus = [anchor.url for anchor in anchors if anchor.chrome]

    def is_own(anchor: Anchor) -> bool:
        return (not anchor.chrome and is_choice(anchor.url, in_menus)) or _is_own(anchor.url, url)

    return sorted(anchors, key=lambda anchor: not is_own(anchor)) if take_apart(url).parts else list(anchors)


def is_choice(listing: str, others: Iterable[str]) -> bool:
    """Whether the address of a list is that of another one but for a parameter in words, no view and no language."""
    return any(_adds(take_apart(listing), take_apart(other)) for other in others)


def is_of_a_part(listing: str, others: Iterable[str], url: str) -> bool:
    """Whether a list is that of a part of a site, by its address and those of other lists that a page leads to.

    Its address is that of another list but for a parameter in words: it chooses a part of that. Or it belongs to the
    page, which is no newsroom, and another list called news does not.
    """
    others = list(others)
    if is_choice(listing, others):
        return True
    own = take_apart(url)
    if not own.parts or not _is_own(listing, url) or _is_news(own) or is_edition(own.parts[-1].text):
        return False
    return any(_is_news(take_apart(other)) and not _is_own(other, url) for other in others)


def _is_own(listing: str, url: str) -> bool:
    return is_below(listing, url) or _is_named(take_apart(listing), url)


def _is_news(address: Address) -> bool:
    return bool(address.parts) and address.parts[-1].text.replace("_", "-") in NEWS


def _adds(one: Address, other: Address) -> bool:
    """Whether an address is another one with parameters in words besides, which are neither views nor languages."""
    if (one.host, one.parts, one.extension) != (other.host, other.parts, other.extension):
        return False
    more = {name: part for name, part in one.values.items() if other.values.get(name) != part}
    is_kept = all(name in one.values for name in other.values)
    chosen = (part.kind in ("word", "title") for name, part in more.items() if name not in _VIEWS)
    return is_kept and any(chosen)


_VIEWS = VIEW_PARAMETERS | LANGUAGE_PARAMETERS


def _is_named(there: Address, url: str) -> bool:
    """Whether an address has the name of a page in a folder or a parameter, be it written in another way."""
    own = take_apart(url)
    name = own.parts[-1].text if own.parts else ""
    words = _LETTERS.findall(name)
    if len(name) < _SHORTEST_NAME or _is_news(own):
        return False
    said = ("".join(_LETTERS.findall(part.text)) for part in (*there.parts, *there.values.values()))
    telling = [word for word in words if len(word) >= _TELLING]
    return any("".join(words) == one or (len(telling) > 1 and all(word in one for word in telling)) for one in said)
