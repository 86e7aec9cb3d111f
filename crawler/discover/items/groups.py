"""A page's links by the kind of place that they stand in, each group with how much it looks like a list of articles.

Pure. Links in places of one kind are judged together: by their number, the length of their texts, the days beside them,
headings, being outside of navigation, and the shape of their addresses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby

from archive.core.urls import host
from archive.text.dates import Stated
from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.documents.attachments import is_document
from crawler.discover.items.addresses import folder_of, has_article_shape, is_below, is_file
from crawler.discover.items.beside import is_of_another_language
from crawler.discover.items.days import days_of, files_of_their_own, items_of, merged
from crawler.discover.items.headed import headed_lists, heading_of, names_something_else
from crawler.discover.items.titles import letters
from crawler.discover.items.versions import versions_in
from crawler.discover.vocabulary import ELSEWHERE

ENOUGH = 5.0
"""The score from which a group of links is taken for articles (see `_score`)."""

_MOST_PLACES = 200
"""Kinds of places that are compared, those with most links."""

_OF_FILES = frozenset({"document", "documents", "download", "downloads"})
"""Folders that say of a file only that it is one."""

_COMMON = 3
"""Places of a group in which an address stands, from which on it is none of one item."""


@dataclass(frozen=True)
class Group:
    """Links in the same kind of place, in the order of the text; `score` says how much they look like articles.

    `days` has the date next to each link that has one, by key, `folders` counts the shapes of the addresses. `is_else`:
    most of the addresses, or the heading, name events, jobs and the like, or the links are in another language than the
    page (`is_foreign`); such a group counts where no other does.
    """

    anchors: tuple[Anchor, ...]
    keys: frozenset[str]
    days: Mapping[str, Stated]
    folders: Counter[str]
    score: float
    is_else: bool = False
    is_foreign: bool = False
    heading: str = ""


def groups_of(candidates: Iterable[Anchor], page: LinkedPage, url: str) -> list[Group]:
    """The links by kind of place, best first."""
    places: dict[tuple[str, bool], list[Anchor]] = defaultdict(list)
    for anchor in candidates:
        places[anchor.place, is_of_another_language(anchor, page, url)].append(anchor)
    largest = nlargest(_MOST_PLACES, places.items(), key=lambda each: len(each[1]))
    lists = headed_lists(page, url)
    parts = (
        (part, is_foreign)
        for (_, is_foreign), anchors in largest
        for part in lists.divided(anchors, lambda anchor: _is_of_something_else(anchor.url, url))
    )
    kept = ((_without_side_links(part, page), is_foreign) for part, is_foreign in parts)
    return sorted((_group(one, page, url, foreign) for one, foreign in kept if one), key=lambda group: -group.score)


def _without_side_links(anchors: Sequence[Anchor], page: LinkedPage) -> list[Anchor]:
    """The links of one kind of place without those that stand beside the releases: topics that several items have in
    common, other forms of the releases, and files that are no items of their own where most are pages."""
    runs, versions = Counter(key for key, _ in groupby(anchor.key for anchor in anchors)), versions_in(anchors, page)
    single = [anchor for anchor in anchors if runs[anchor.key] < _COMMON and anchor.key not in versions]
    files = [anchor for anchor in single if is_file(anchor)]
    pages = [anchor for anchor in single if not is_file(anchor)]
    if not files or 2 * len({anchor.key for anchor in pages}) < len({anchor.key for anchor in single}):
        return single
    own = files_of_their_own(files, pages, days_of(single, page), page)
    return [anchor for anchor in single if anchor.key in own or not is_file(anchor)]


def keys_of(groups: Iterable[Group]) -> frozenset[str]:
    """The addresses, by their keys, to which the links of some groups lead."""
    return frozenset[str]().union(*(group.keys for group in groups))


def _group(anchors: Sequence[Anchor], page: LinkedPage, url: str, is_foreign: bool = False) -> Group:
    days = days_of(anchors, page)
    keys = frozenset(anchor.key for anchor in anchors)
    score = _score(anchors, len(keys), len(days), url)
    is_else = 2 * sum(_is_of_something_else(anchor.url, url) for anchor in anchors) > len(anchors)
    heading = heading_of(anchors, page)
    is_else = is_else or is_foreign or names_something_else(heading)
    return Group(tuple(anchors), keys, days, Counter(map(folder_of, anchors)), score, is_else, is_foreign, heading)


def _score(anchors: Sequence[Anchor], distinct: int, dated: int, url: str) -> float:
    """How much links in the same kind of place look like a list of articles; from `ENOUGH` on they count as one."""
    share = 1 / len(anchors)
    texts = Counter(anchor.text for anchor in anchors)
    lengths = sorted(letters(anchor.text) for anchor in anchors if texts[anchor.text] == 1 or len(anchors) == 1)
    length = lengths[len(lengths) // 2] if lengths else 0
    own = host(url)
    return (
        min(distinct, 10) * 0.2
        + 3 * dated / distinct
        + (2 if length >= 20 else 1 if length >= 12 else -1 if length and length < 6 else 0)
        + 1.5 * share * sum(anchor.heading for anchor in anchors)
        + 2 * share * sum(map(has_article_shape, anchors))
        + share * sum(is_below(anchor.url, url) for anchor in anchors)
        - 4 * share * sum(anchor.chrome for anchor in anchors)
        - 2 * share * sum(not _is_related(host(anchor.url), own) for anchor in anchors)
    )


def _is_of_something_else(address: str, listing: str) -> bool:
    """Whether an address names a folder of events, jobs, products and the like, and the listing does not.

    That of a PDF document may lie among documents or downloads, whatever it is.
    """
    here = {part.text for part in take_apart(listing).parts} | (_OF_FILES if is_document(address) else frozenset())
    return any(part.text in ELSEWHERE and part.text not in here for part in take_apart(address).parts[:-1])


def _is_related(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def without_claimed(group: Group, taken: Collection[Group], page: LinkedPage, url: str) -> Group | None:
    """What better groups leave of a group: links to no article of theirs, with days that stand in no item of theirs.

    None where nothing is left.
    """
    keys = keys_of(taken)
    claimed = [place for better in taken for place in items_of(better.anchors, page).values()]
    claimed += [(day.start, day.end) for better in taken for day in better.days.values()]
    anchors = [anchor for anchor in group.anchors if anchor.key not in keys]
    return _group(anchors, page.without_days(merged(claimed)), url, group.is_foreign) if anchors else None


def are_of_one_shape(group: Group, better: Group) -> bool:
    """Whether half of the addresses of a group at least have shapes that those of another have, too."""
    alike = sum(number for folder, number in group.folders.items() if folder in better.folders)
    return alike * 2 >= len(group.anchors)


def usual_folder(group: Group) -> str:
    """The shape that more than half of the addresses have, if one has."""
    folder, number = group.folders.most_common(1)[0]
    return folder if number * 2 > len(group.anchors) else ""


def is_among(group: Group, leading: Group) -> bool:
    """Whether links of one kind of place stand among those of another, and not above or below all of them."""
    return any(leading.anchors[0].start < anchor.start < leading.anchors[-1].start for anchor in group.anchors)
