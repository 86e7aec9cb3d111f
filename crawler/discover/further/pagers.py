"""Pagers: links to the next page, or to pages by number, whatever they say and in whatever language. Pure.

What links say is read from their text, title and aria-label, from the names of their pictures and the classes of icons.
An address that counts needs little of that; one that does not (a cursor, another file) needs a word for "next".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host, key
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.further.archives import calendar_days
from crawler.discover.further.counting.further_addresses import (
    adds_a_clear_counter,
    adds_a_number,
    adds_a_page,
    counts_to_the_next,
    differs_in_a_count,
    in_step,
)
from crawler.discover.further.counting.same_listing import as_named, as_written_for, is_same_listing
from crawler.discover.links import Document
from crawler.discover.scripts.clicks import address_of
from crawler.discover.vocabulary import BACK, LANGUAGE_PARAMETERS, MORE, NEXT, VIEW_PARAMETERS, hyphened

_LONGEST_NEXT = 25
_LONGEST_LABEL = 60
_MOST_LABELS = 40
"""Texts at the links to one address that are read."""

_MARKED_NEXT = re.compile(
    r"(?:^|[\s_-])(?:next|older|forward|more|weiter|suivante?|siguiente|proxim[ao]|(?:arrow|chevron|angle|caret)[_-]?right)"
    r"(?:$|[\s_-])"
)
_MARKED_BACK = re.compile(
    r"(?:^|[\s_-])(?:prev(?:ious)?|newer|back|first|(?:arrow|chevron|angle|caret)[_-]?left)(?:$|[\s_-])"
)
_ARROWS = re.compile(r"[\s›»>→⟩❯…]+$|^[\s‹«<←›»>→]+(?=\w)")
_NUMBER = re.compile(r"\D{0,12}?(\d{1,4})(?:\D{1,8}\d{1,5}){0,2}\D{0,3}")
_CURSOR = re.compile(
    r"(?:.*[_\[-])?(?:cursor|after|before|until|since|older|max|updated-max|max_?id|last_?id|page_?token|token|key|paged)"
    r"(?:[_-]\w+)?\]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[1-9]\d{0,2}")
_ONWARD = NEXT | MORE
_SEARCHES = re.compile(r"/search/?$")


def pager_links(tree: HtmlElement, page: LinkedPage, base: str, url: str) -> Iterator[Document]:
    """The pages that a listing's pager leads to: those that the head names, then by number and by "next"."""
    for element in tree.iter("link"):
        if "next" in (element.get("rel") or "").lower().split():
            address = canonical(element.get("href") or "", base)
            if _is_page_of(address, url) or adds_a_page(address, url) or moves_a_cursor(address, url):
                yield Document(address, "listing")
    labels = _labels(tree, base)
    later = []
    calendar = calendar_days(page.anchors)
    numbered = [*_numbered(page, calendar), *_choices(tree, base)]
    pages = in_step(numbered, url) | _elsewhere(numbered, page, labels, url)
    yield from (Document(address, "listing") for _, address in numbered if address in pages)
    for anchor in page.anchors:
        if anchor.key == key(url) or anchor.key in calendar or host(anchor.url) != host(url):
            continue
        said = labels.get(anchor.key, ())
        if _counts_on(anchor, said, url):
            yield Document(anchor.url, "listing")
        elif says_next(anchor, said) and not says_back(anchor, said):
            way = _way_of(anchor.url, url)
            if way and (way == "cursor" or not _asks_for_more(anchor, said)):
                later.append(Document(anchor.url, "listing", way))
    yield from later


def _numbered(page: LinkedPage, without: frozenset[str]) -> list[tuple[int, str]]:
    """The links that say nothing but a number, with it, apart from some."""
    kept = (anchor for anchor in page.anchors if anchor.key not in without)
    return [(int(anchor.text), anchor.url) for anchor in kept if _PLAIN.fullmatch(anchor.text)]


def _elsewhere(
    numbered: Iterable[tuple[int, str]], page: LinkedPage, labels: Mapping[str, tuple[str, ...]], url: str
) -> frozenset[str]:
    """The addresses of a pager that leads to another path, such as that of a search: numbers, and "next" to one of
    them."""
    pages = in_step(numbered, urlsplit(url)._replace(path="", query="").geturl(), from_zero=True)
    keys = set(map(key, pages))
    links = ((anchor, labels.get(anchor.key, ())) for anchor in page.anchors if anchor.key in keys)
    leads_on = any(says_next(anchor, said) and not says_back(anchor, said) for anchor, said in links)
    return pages if leads_on else frozenset()


def _choices(tree: HtmlElement, base: str) -> Iterator[tuple[int, str]]:
    """The options of menus that lead to an address each, with the number that they say."""
    for option in tree.iter("option"):
        text, value = "".join(option.itertext()).strip(), option.get("value") or ""
        if _PLAIN.fullmatch(text) and ("/" in value or "?" in value):
            yield int(text), canonical(value, base)


def says_next(anchor: Anchor, said: tuple[str, ...] = ()) -> bool:
    """Whether a link says that it leads to the next or older page. `said`: what else is written at it."""
    if "next" in anchor.rel.split():
        return True
    if any(_names_next(text) for text in (anchor.text, *said)):
        return True
    return len(anchor.text) <= _LONGEST_NEXT and any(map(_MARKED_NEXT.search, (anchor.marks, *said)))


def _names_next(text: str) -> bool:
    said = hyphened(_ARROWS.sub("", text))
    if said in _ONWARD or text[:2].strip() in NEXT:
        return True
    if len(text) > _LONGEST_NEXT:
        return False
    words = said.split("-")[:4]
    runs = ("-".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2) if end - start > 1)
    return any(word in _ONWARD for word in (*words[:3], *runs))


def _asks_for_more(anchor: Anchor, said: tuple[str, ...]) -> bool:
    """Whether a link only says "more" ("read more"): of what it stands at, perhaps."""
    texts = [hyphened(_ARROWS.sub("", text)) for text in (anchor.text, *said)]
    return any(text in MORE or not MORE.isdisjoint(text.split("-")) for text in texts)


def turns_the_page(anchor: Anchor, url: str) -> bool:
    """Whether a link says that it leads to the page after or before, and its address is that of the list but for a
    number."""
    is_label = len(anchor.text) <= _LONGEST_NEXT and not anchor.heading
    return is_label and (says_next(anchor) or says_back(anchor)) and _is_page_of(anchor.url, url)


def says_back(anchor: Anchor, said: tuple[str, ...] = ()) -> bool:
    """Whether a link says that it leads to the page before, or to newer ones. `said`: what else is written at it."""
    if "prev" in anchor.rel.split() or "next" in anchor.rel.split():
        return "prev" in anchor.rel.split()
    words = [hyphened(_ARROWS.sub("", text)) for text in (anchor.text, *said)]
    if any(word in BACK or word.split("-")[0] in BACK for word in words):
        return True
    return bool(_MARKED_BACK.search(anchor.marks)) and not _MARKED_NEXT.search(anchor.marks)


def _counts_on(anchor: Anchor, said: tuple[str, ...], url: str) -> bool:
    """Whether a link leads to a page of the listing by a number, in its address and in what it says."""
    address = as_written_for(url, anchor.url)
    if anchor.text.isdecimal() and len(anchor.text) <= 4:
        label = int(anchor.text)
        if label <= 1:
            return False
        return _is_page_of(address, url) or adds_a_clear_counter(address, url) or adds_a_number(address, url, label)
    if len(anchor.text) > _LONGEST_LABEL or "prev" in anchor.rel.split():
        return False
    if counts_to_the_next(address, url):
        return True  # also "Previous", which is what blogs call older posts
    if says_back(anchor, said):
        return False
    if says_next(anchor, said):
        return any(test(address, url) for test in (_is_page_of, adds_a_page, adds_a_number))
    number = _NUMBER.fullmatch(anchor.text.strip("[]()"))
    is_numbered = (
        bool(number) and len(anchor.text) <= _LONGEST_NEXT and int(number[1]) > 1 if number else not anchor.text
    )
    return is_numbered and (adds_a_clear_counter(address, url) or is_same_listing(address, url))


def _is_page_of(address: str, listing: str) -> bool:
    return (
        bool(address)
        and host(address) == host(listing)
        and (is_same_listing(address, listing) or differs_in_a_count(address, listing))
    )


def _way_of(address: str, listing: str) -> str:
    """How an address that counts nothing may be a next page: a cursor, the date of a view, another file; "" if not."""
    if moves_a_cursor(address, listing):
        return "cursor"
    there, here = urlsplit(address), urlsplit(listing)
    if _goes_on_within(address, listing):
        return "next"
    if there.path.rstrip("/") == here.path.rstrip("/"):
        before = parse_qsl(here.query)
        changed = [name.lower() for name, value in parse_qsl(there.query) if (name, value) not in before]
        return (
            "date"
            if changed and all(name in VIEW_PARAMETERS - _OF_LANGUAGE or "date" in name for name in changed)
            else ""
        )
    folder = here.path.rpartition("/")[0] + "/"
    last = unquote(there.path).rstrip("/").rpartition("/")[2]
    is_near = there.path.startswith(folder) and "/" not in there.path[len(folder) :].strip("/")
    is_below = len(here.path) > 1 and there.path.startswith(here.path.rstrip("/") + "/")
    return "next" if (is_near or is_below) and len(re.split(r"[-_+ ]", last)) < 4 and last else ""


def _goes_on_within(address: str, listing: str) -> bool:
    """Whether an address names the same as the listing's, and one value more or another one, which is no view.

    Its path is the same, or another one with the listing's name as the value of a parameter: wikis have
    /index.php?title=Category:News&pagefrom=Mo for /wiki/Category:News.
    """
    there, here = urlsplit(address), urlsplit(listing)
    before, now = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
    if there.path.rstrip("/") != here.path.rstrip("/"):
        subject = as_named(here.path.rstrip("/").rpartition("/")[2])
        if len(subject) < _SHORTEST_NAME or subject not in map(as_named, now.values()):
            return False
        before |= {name: value for name, value in now.items() if as_named(value) == subject}
    changed = [name for name, value in now.items() if before.get(name) != value]
    is_kept = all(name in now for name in before)
    return is_kept and len(changed) == 1 and changed[0].lower() not in VIEW_PARAMETERS | LANGUAGE_PARAMETERS | _ACTIONS


_SHORTEST_NAME = 4
_ACTIONS = frozenset({"action", "do", "task", "oldid", "diff", "id", "redirect", "return", "returnto"})
"""Parameters that do something to a page, or name another one."""


_OF_LANGUAGE = frozenset(
    {"lang", "language", "locale", "print", "share", "format", "sort", "order", "orderby", "sortby", "dir"}
)


def moves_a_cursor(address: str, listing: str) -> bool:
    """Whether an address goes on from an item or a moment: ?cursor=, ?after=, ?updated-max=, ?Paged=TRUE."""
    there, here = urlsplit(address), urlsplit(listing)
    is_there = there.path.rstrip("/") == here.path.rstrip("/") or _SEARCHES.search(there.path)
    if not is_there or host(address) != host(listing):
        return False
    before = parse_qsl(here.query)
    return any(_CURSOR.fullmatch(name) for name, value in parse_qsl(there.query) if (name, value) not in before)


def _labels(tree: HtmlElement, base: str) -> dict[str, tuple[str, ...]]:
    """What is written at links besides their text, by the key of their address: titles, labels, pictures, icons."""
    labels: dict[str, dict[str, None]] = {}
    for element in tree.iter("a"):
        said = [element.get("title"), element.get("aria-label"), element.get("class")]
        for inner in islice(element.iter("img", "i", "svg", "span", "use"), _MOST_LABELS):
            said += [inner.get("alt"), inner.get("title"), inner.get("aria-label"), inner.get("class")]
            said += [inner.get("href") or inner.get("{http://www.w3.org/1999/xlink}href")]
            if inner.tag == "img":
                said.append((inner.get("src") or "").rpartition("/")[2].partition(".")[0])
        kept = tuple(" ".join(text.lower().split())[:_LONGEST_LABEL] for text in said if text)
        if kept and (address := address_of(element, base)):
            known = labels.setdefault(key(address), {})
            known.update(dict.fromkeys(kept[: _MOST_LABELS - len(known)]))
    return {address: tuple(known) for address, known in labels.items()}
