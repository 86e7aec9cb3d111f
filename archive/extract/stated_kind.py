"""What a page says that it is, by the types of its metadata and of its elements, and by the name of its address. Pure.

Pages may say that they are an article; a thread of a forum, an offer, a profile or a standing page of their site, which
are none; or nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import cast
from urllib.parse import urlsplit

from lxml import etree

from archive.extract.list_signs import STATING
from archive.extract.page_features import Described
from archive.metadata.title import fold
from archive.page.jsonld import ARTICLE_TYPES, words
from archive.page.markup import StatedMarkup

_OFFERS = frozenset({"product", "productgroup", "individualproduct", "jobposting"})
_NAME_OF_HEADING = 0.5
"""The share of a heading from which a name is next to all that it says: a release tells more of a thing."""

_SERVICES = frozenset({"service", "governmentservice"})
_THREAD = "discussionforumposting"
_STANDING = frozenset({"contactpage", "aboutpage", "checkoutpage"})
"""The type of pages where people write to each other, and those of pages that stand on a site for years. A page of a
question and its answers (`QAPage`) may be the text that its site has to offer."""

_STANDING_NAME = re.compile(
    r"/(?:contacts?(?:-us)?|kontakty?|contacto|contatti|imprint|impressum|(?:privacy|legal|cookie)(?:-(?:policy|notice))?|"
    r"datenschutz|terms(?:-of-(?:use|service)|-and-conditions)?|disclaimer|agb|faqs?|glossary|sitemap|login|"
    r"accessibility(?:-statement)?)(?:\.\w{2,5})?/?$",
    re.I,
)
"""The last part of an address, where it is the whole name of such a page."""

_ITEM_TYPES = etree.XPath("//@itemtype", smart_strings=False)
_MOST_ITEMS = 400


def says_no_article(markup: StatedMarkup, url: str, metadata: Described) -> str:
    """What a page says that it is, in words, where that is no article; "" for any other."""
    return _thread_or_standing(markup, url, metadata) or _offered(markup, metadata)


def is_of_article(markup: StatedMarkup, metadata: Described) -> bool:
    """Whether a page says that it is an article, and when that was published.

    Elements may mark one article; several are those of a list.
    """
    if metadata.origins.get("published_at") not in STATING:
        return False
    return _names_article(metadata.kinds) or sum(one in ARTICLE_TYPES for one in _item_types(markup)) == 1


def states_own_day(metadata: Described, kinds: Collection[str]) -> bool:
    """Whether a page of some kinds states the day of its publication: that of a `WebPage` is any page's."""
    return metadata.origins.get("published_at") in STATING and "webpage" not in kinds


def _names_article(kinds: Collection[str]) -> bool:
    """Whether one of some kinds is an article: `og:article` beside a `WebPage` says nothing, as some systems call any
    page so."""
    return not ARTICLE_TYPES.isdisjoint(kinds) or ("og:article" in kinds and "webpage" not in kinds)


def is_of_person(metadata: Described) -> bool:
    """Whether a page says that it is the profile of a person, and neither an article nor when it was published."""
    kinds = set(metadata.kinds)
    is_profile = not kinds.isdisjoint(("og:profile", "profilepage"))
    return is_profile and kinds.isdisjoint(ARTICLE_TYPES) and metadata.origins.get("published_at") not in STATING


def _thread_or_standing(markup: StatedMarkup, url: str, metadata: Described) -> str:
    """That a page says that it is a thread of a forum or, without a day, a standing page of its site; "" if neither."""
    if not ARTICLE_TYPES.isdisjoint(metadata.kinds):
        return ""
    kinds = {*metadata.kinds, *_item_types(markup)} - _types_elsewhere(markup, url)
    if _names_article(kinds):
        return ""
    if _THREAD in kinds:
        return "says that it is a thread of a forum"
    dated = metadata.origins.get("published_at") == "url" or states_own_day(metadata, kinds)
    stands = not kinds.isdisjoint(_STANDING) or _STANDING_NAME.search(urlsplit(url).path) is not None
    if (stands and not dated) or ("faqpage" in kinds and not metadata.published_at):
        return "says that it is a standing page of its site, and states no day"
    return ""


def _types_elsewhere(markup: StatedMarkup, url: str) -> set[str]:
    """The types that only objects of other addresses have: threads that a page lists, or the pages of its site."""
    own = _path(url)
    here, elsewhere = set[str](), set[str]()
    for node, types in markup.nodes:
        address = node.get("url") or node.get("@id")
        path = _path(address) if isinstance(address, str) and "/" in address else own
        (here if own.startswith(path or "/") or (own and path.startswith(own)) else elsewhere).update(types)
    return elsewhere - here


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _item_types(markup: StatedMarkup) -> list[str]:
    """The types, lower case, of the items that a page's elements mark, if any names what it holds."""
    types = cast(list[str], _ITEM_TYPES(markup.tree))[:_MOST_ITEMS] if markup.marked else []
    return [one.rsplit("/", 1)[-1].lower() for one in types]


def _offered(markup: StatedMarkup, metadata: Described) -> str:
    """What a page says that it offers, for a price, as a job or, without a day, as a service, where it calls itself no
    article; "" if nothing."""
    kinds = set(metadata.kinds)
    if not kinds.isdisjoint(ARTICLE_TYPES) or kinds.isdisjoint(_OFFERS | _SERVICES):
        return ""
    headings = {fold(text) for text in (metadata.title, *markup.heading_texts[:2])} - {""}
    for node, types in markup.nodes:
        names = {fold(words(node.get(name))) for name in ("name", "title")} - {""}
        is_page = any(_is_name_of(name, heading, metadata) for name in names for heading in headings)
        if is_page and "jobposting" in types:
            return "offers a job"
        if is_page and not types.isdisjoint(_OFFERS) and (node.get("offers") or node.get("hasVariant")):
            return "offers goods for sale"
        is_service = not types.isdisjoint(_SERVICES) and not _names_article(kinds)
        if is_service and not metadata.published_at and fold(metadata.title) in names:
            return "offers a service"
    return ""


def _is_name_of(name: str, heading: str, metadata: Described) -> bool:
    """Whether a heading says a name (both folded) and, on a page with a day, little more; or is a part of it."""
    share = _NAME_OF_HEADING if metadata.published_at else 0.0
    return heading in name or (name in heading and len(name) >= share * len(heading))
