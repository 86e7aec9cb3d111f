"""Listing pages: which of their links are articles, and which lead to the further pages of the same listing.

Pure. Article links are found by repeated structure: `items.groups` judges links together that stand in the same kind of
place, and here the groups are weighed against each other. No site is known by name. Never raises.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from archive.core.model import Link
from archive.core.urls import host, key
from archive.page.html import Unreadable, base_of, parse_beginning
from archive.page.markup import words_of
from archive.text.date_labels import says_modified
from archive.text.dates import Stated
from crawler.discover.address_parts import parameters
from crawler.discover.anchors import Anchor, LinkedPage, read_list
from crawler.discover.documents.attachments import without_attachments
from crawler.discover.further.archives import is_month_of, is_year_of, says_archive
from crawler.discover.further.counting.same_listing import without_page_of
from crawler.discover.further.pagers import turns_the_page
from crawler.discover.items.addresses import folder_of, has_article_shape, is_file, without_heads_of_days
from crawler.discover.items.beside import (
    block_of,
    is_another_list,
    is_in_furniture,
    undated_below,
)
from crawler.discover.items.days import days_of, files_of_their_own, items_of
from crawler.discover.items.groups import (
    ENOUGH,
    Group,
    are_of_one_shape,
    groups_of,
    is_among,
    keys_of,
    usual_folder,
    without_claimed,
)
from crawler.discover.items.headed import is_of_blog, names_a_blog, names_releases, names_something_else
from crawler.discover.items.kinds import names_of, said_at
from crawler.discover.items.titles import SHORTEST, each_at_one_address, labels_of, letters, titles_of, with_titles
from crawler.discover.items.totals import stated_total
from crawler.discover.items.versions import without_files_of_pages
from crawler.discover.items.years import moments_of
from crawler.discover.links import Discovered
from crawler.discover.pagination import further_pages, has_pager, is_same_listing
from crawler.discover.shape import FITS, UNSURE, Shapes, learn
from crawler.discover.vocabulary import SERVICE, VIEW_PARAMETERS, hyphened

_LABEL = 20
"""Characters before a date in which its label stands."""

_NEARLY_ALL = 0.8
"""The share of the dates of a list whose labels must agree."""

_MOST_GROUPS = 50
"""Groups that are looked at, the best first."""

_DATED = 3
"""Dated links of a group from which on their addresses show which others are of their kind."""

_LONGEST_TITLE = 500

_LISTS = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|labels?)/[^/]+/?$|/page/\d+/?$|/(?:feed|rss|atom)/?$|\.(?:rss|atom)$|"
    r"/(?:19|20)\d\d(?:/\d\d?)?/?$",
    re.IGNORECASE,
)
_SERVES_THE_SITE = re.compile(
    r"/(?:login|signin|register|subscribe|search|contact(?:-us)?|about(?:-us)?|privacy(?:-policy)?|terms(?:-of-use)?|"
    r"site-?map|accessibility|cookies?|careers?|jobs|help|faqs?|rss|e?newsletters?|home|index)(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d\d?[/.-]\d\d?[/.-]\d{2,4}|\d{4}-\d\d(?:-\d\d)?")


def read_listing(body: bytes, url: str, content_type: str = "", today: date | None = None) -> Discovered:
    """The articles of a listing page in its order, and the further pages of the listing it leads to.

    `today` is the day on which it was read: from it follow the years of days that the page states without one.
    `documents` never holds page 1, the page itself, other listings or calendars, and is empty where no article is.
    """
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return Discovered(problem="the listing is empty or no HTML")
    page = read_list(tree, base_of(tree, url))
    title = _title(tree)
    named = without_files_of_pages([one for one in _without_months(page) if _may_be_article(one, url)])
    candidates, idle = each_at_one_address(with_titles(without_heads_of_days(named), page))
    groups = groups_of(candidates, page, url)
    first = _taken(groups, page, url)
    others = _other_lists(groups, first, page, url)
    first = [group for group in first if not any(group.keys <= other.keys for other in others)]
    of_others = keys_of(others) - keys_of(first)
    candidates = [anchor for anchor in candidates if anchor.key not in of_others]
    taken, shapes = _alike(first, page, url)
    beside = (of_others | keys_of(first)) - keys_of(taken)
    articles = _articles(taken, candidates, shapes)
    below = undated_below(articles, [(group.anchors, group.days) for group in taken], page)
    below = below if below and has_pager(tree, page, url) else frozenset()
    articles = [anchors for anchors in articles if anchors[0].key not in below]
    if not articles:
        return Discovered(title=title, problem="no group of links on the page looks like articles")
    links = _links(articles, titles_of(articles, candidates, page), taken, page, url, today)
    paged = page.without_links_in([block_of(one.anchors, taken[0].anchors) for one in others if not one.is_foreign])
    further = further_pages(tree, paged, url)
    names, said = names_of(title, articles[0][0].start, page), said_at((group.anchors for group in taken), page)
    found = Discovered(without_attachments(links), further, title, idle=idle, beside=beside | below)
    return replace(found, names=names, said=said, total=stated_total(page.text, len(links)))


def _title(tree: HtmlElement) -> str:
    """The first heading of a page that has words; its title where none has."""
    titles = (words_of(one, _LONGEST_TITLE) for name in ("h1", "title") for one in tree.iter(name))
    return next(filter(None, titles), "")


def _links(
    articles: Sequence[Sequence[Anchor]],
    titles: Iterable[str],
    taken: Sequence[Group],
    page: LinkedPage,
    url: str,
    today: date | None,
) -> tuple[Link, ...]:
    """The releases of a page with their titles and days, given the links to each."""
    days = {key: day for group in taken for key, day in moments_of(group.days, page, url, today).items()}
    changed = {key for group in taken if _are_of_changes(group.days.values(), page) for key in group.days}
    named = ((anchors[0], days.get(anchors[0].key, ""), title) for anchors, title in zip(articles, titles, strict=True))
    return tuple(
        Link(without_page_of(one.url, url), title, day, day if one.key in changed else "", via=url)
        for one, day, title in named
    )


def _are_of_changes(days: Collection[Stated], page: LinkedPage) -> bool:
    """Whether the words right before the dates of a list say that they are of changes ("Updated: ")."""
    said = sum(says_modified(page.text[max(0, day.start - _LABEL) : day.start]) for day in days)
    return bool(days) and said >= _NEARLY_ALL * len(days)


def _without_months(page: LinkedPage) -> list[Anchor]:
    """The links but those to months of an archive. Where most of these have a day, they are what comes each month."""
    months = [anchor for anchor in page.anchors if is_month_of(anchor) and not is_file(anchor)]
    keys = {anchor.key for anchor in months} if 2 * len(days_of(months, page)) < len(months) else set()
    return [anchor for anchor in page.anchors if anchor.key not in keys]


def _may_be_article(anchor: Anchor, url: str) -> bool:
    """Whether nothing in a link says that it leads elsewhere than to an article: back to the list or to another page of
    it, to its years, the home page, a folder above, a view of it, an archive, or what serves the site."""
    if anchor.key == key(url) or (letters(anchor.text) < 12 and is_same_listing(anchor.url, url)):
        return False
    if turns_the_page(anchor, url) or is_year_of(anchor, url):
        return False
    here, there = urlsplit(url), urlsplit(anchor.url)
    if there.path in {"", "/"} and not there.query:
        return False
    if host(anchor.url) == host(url):
        if not there.query and here.path.startswith(there.path.rstrip("/") + "/"):
            return False
        query = parameters(there.query)
        views = (name.lower() in VIEW_PARAMETERS or bool(_DATE.fullmatch(value)) for name, value in query)
        if there.path == here.path and all(views):
            return False
    if _LISTS.search(there.path) or (says_archive(anchor) and not (anchor.heading or has_article_shape(anchor))):
        return False
    last = unquote(there.path).rstrip("/").rpartition("/")[2].lower().partition(".")[0]  # folder or file
    return bool(there.query) or not (_SERVES_THE_SITE.search(there.path) or last in SERVICE)


def _taken(groups: Iterable[Group], page: LinkedPage, url: str) -> list[Group]:
    """The groups that are articles: each judged by what the better ones left of its links, and of the dates."""
    taken: list[Group] = []
    for group in sorted(islice(groups, _MOST_GROUPS), key=lambda group: group.is_else):
        is_list = bool(taken) and len(taken[0].days) == len(taken[0].keys) >= _DATED
        if (
            group.score < ENOUGH
            or (group.is_else and taken)
            or (is_list and is_in_furniture(group.anchors, taken[0].anchors))
        ):
            continue
        rest = without_claimed(group, taken, page, url) if taken else group
        if rest and _is_good_beside(rest, taken):
            taken.append(rest)
    return taken


def _other_lists(groups: Iterable[Group], taken: Sequence[Group], page: LinkedPage, url: str) -> list[Group]:
    """The groups that are lists of other things beside that of the releases, as the page says: in another language, of
    events and the like, or undated and under a heading of their own where the releases have their days."""
    if not taken:
        return []
    blogs = [group for group in taken if names_a_blog(group.heading)]
    own = [group for group in taken if group not in blogs]
    is_beside = any(names_releases(group.heading) for group in own) and not is_of_blog(page, url)
    own = own if is_beside else list(taken)
    leading = next((group for group in own if len(group.days) == len(group.keys)), own[0])
    is_dated = _NEARLY_ALL * len(leading.keys) <= len(leading.days)
    titles = {hyphened(anchor.text) for anchor in leading.anchors}

    def is_other(group: Group) -> bool:
        if group.keys & leading.keys:
            return False
        if is_beside and names_a_blog(group.heading):
            return True
        if group.is_foreign or names_something_else(group.heading):
            return group.heading != leading.heading or group.is_foreign is not leading.is_foreign
        is_undated = is_dated and not group.days and len(group.keys) > 1
        is_list = group in taken or (group.score >= ENOUGH and not any(one.startswith(group.heading) for one in titles))
        return is_undated and is_list and is_another_list(group.heading, leading.heading)

    return [group for group in (*taken, *groups) if is_other(group)]


def _alike(taken: Sequence[Group], page: LinkedPage, url: str) -> tuple[list[Group], Shapes]:
    """The groups without links that the best group shows to be none of their kind; and the shape of its addresses,
    if they are dated.

    Menus, pagers and "back to the list" stand in the same kind of place as releases on many old sites; but they have no
    date, and another shape of address. A second group of another shape (events, jobs) is none either, nor are links
    that are no headings beside a list of headings; nor links in the items of the best group that lead elsewhere.
    """
    if not taken:
        return [], Shapes(url)
    dated = (group for group in taken if len(group.days) >= _DATED and 2 * len(group.days) >= len(group.keys))
    best = next(dated, None)
    leading = best or taken[0]
    shapes = learn([[anchor.url for anchor in leading.anchors if best is None or anchor.key in best.days]], url)
    items = sorted(items_of(leading.anchors, page).values()) if len(leading.keys) > 1 else []
    headed = {anchor.key for anchor in leading.anchors if anchor.heading}
    labels = labels_of(anchor for group in taken if group is not leading for anchor in group.anchors)
    is_headed = len(headed) >= max(_DATED, _NEARLY_ALL * len(leading.keys))

    def is_one(anchor: Anchor, group: Group) -> bool:
        if group is leading:
            return best is None or anchor.key in group.days or shapes.fit(anchor.url) >= UNSURE
        if is_file(anchor) and is_among(group, leading):
            return bool(files_of_their_own([anchor], leading.anchors, {**leading.days, **group.days}, page))
        if _is_in_one(anchor, items):
            return shapes.fit(anchor.url) >= FITS and anchor.text not in labels
        if best is None and (not is_headed or anchor.heading):
            return True
        return shapes.fit(anchor.url) >= (UNSURE if anchor.key in group.days else FITS)

    kept: list[Group] = []
    for group in taken:
        anchors = tuple(anchor for anchor in group.anchors if is_one(anchor, group))
        if anchors:
            kept.append(replace(group, anchors=anchors, keys=frozenset(anchor.key for anchor in anchors)))
    return kept, shapes if best else Shapes(url)


def _is_in_one(anchor: Anchor, places: Sequence[tuple[int, int]]) -> bool:
    n = bisect_right(places, (anchor.start, len(anchor.text) + anchor.end)) - 1
    return n >= 0 and anchor.end <= places[n][1]


def _is_good_beside(group: Group, taken: Sequence[Group]) -> bool:
    """Whether a group is not much worse than the best one, unless its addresses are of the same shape."""
    is_alike = any(are_of_one_shape(group, better) for better in taken)
    return group.score >= (max(ENOUGH, 0.6 * taken[0].score) if taken and not is_alike else ENOUGH)


def _articles(taken: Sequence[Group], candidates: Sequence[Anchor], shapes: Shapes) -> list[list[Anchor]]:
    """The links to each article, in the order of the page: also those in the text of the page whose addresses are like
    those of the dated ones (older releases below them, without a day)."""
    keys = keys_of(taken)
    shape = usual_folder(taken[0]) if taken and taken[0].folders else ""
    block = _block_of(taken[0], candidates, shapes) if shapes else None
    by_key: dict[str, list[Anchor]] = defaultdict(list)
    labels = labels_of(candidates)
    for anchor in candidates:
        is_one = _is_another(anchor, shapes, block)
        is_one = is_one or bool(shape and _is_featured(anchor, shape) and shapes.fit(anchor.url) >= UNSURE)
        if anchor.key in keys or (is_one and anchor.text not in labels):
            by_key[anchor.key].append(anchor)
    return sorted(by_key.values(), key=lambda anchors: anchors[0].start)


def _is_featured(anchor: Anchor, folder: str) -> bool:
    """Whether a link that stands alone outside of navigation has the address of an article of the list."""
    is_long = not anchor.chrome and letters(anchor.text) >= 15
    return is_long and has_article_shape(anchor) and folder_of(anchor) == folder


def _is_another(anchor: Anchor, shapes: Shapes, block: tuple[int, int] | None) -> bool:
    """Whether a link of the page's text, or of the block in which the dated releases stand, has their shape.

    Within that block a class name that says "nav" is about how a list looks.
    """
    is_in_text = not anchor.chrome or block in anchor.around
    return bool(shapes) and is_in_text and letters(anchor.text) >= SHORTEST and shapes.fit(anchor.url) >= FITS


def _block_of(group: Group, candidates: Iterable[Anchor], shapes: Shapes) -> tuple[int, int] | None:
    """Where the smallest element stands that holds all dated links of a group; None where it holds a menu too."""
    dated = [anchor for anchor in group.anchors if anchor.key in group.days]
    if not dated:
        return None
    common = frozenset(dated[0].around).intersection(*(anchor.around for anchor in dated[1:]))
    block = min(common, key=lambda place: place[1] - place[0], default=None)
    menus = (anchor for anchor in candidates if anchor.chrome and block in anchor.around)
    return block if all(shapes.fit(anchor.url) >= FITS for anchor in menus) else None
