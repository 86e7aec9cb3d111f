"""What loads more of a listing: data attributes, htmx and its kin, endpoints that scripts name, admin-ajax. Pure.

Nothing is run. An address that an attribute or a script names is asked for with the number of the next page where it
has a place for one; whether releases come is for the walk to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from crawler.discover.address_parts import is_near
from crawler.discover.further.counting.counters import counts, counts_items, following
from crawler.discover.further.counting.further_addresses import adds_a_page, differs_in_a_count
from crawler.discover.items.addresses import is_below
from crawler.discover.links import Document
from crawler.discover.scripts.spelled import Scripts
from crawler.discover.vocabulary import MORE, hyphened, hyphened_name

_MOST = 12
"""Addresses that a page proposes."""

_MOST_SCRIPT, _LONGEST = 300_000, 600
"""Characters of a script, and of a text in JSON."""

_AROUND = 20
"""Elements around one whose `hx-vals` it inherits."""

_HTMX = frozenset({"hx-get", "data-hx-get"})
_ASK_NOTHING = frozenset({"script", "style", "img", "source", "video", "link", "meta", "form"})
_NOWHERE = frozenset({"#", "", "javascript:void(0)", "javascript:;"})
"""Addresses of links that lead nowhere without a script."""

_BEGINNINGS = (
    *("load-more", "show-more", "view-more", "mehr-laden", "afficher-plus", "cargar-más", "carregar-mais"),
    "показать-ещё",
)
"""What buttons that load more begin with, as `hyphened` writes it."""

_ASKING = re.compile(
    r"(?:^|-)(?:next|more|load|url|uri|href|link|endpoint|ajax|api|src|path|source|action|remote|feed|get|fetch|scroll|"
    r"infinite|options|props|config|settings|page|component|view|model|data)(?:-|$)"
)
_SURELY = re.compile(r"(?:^|-)(?:next|more|load|endpoint|ajax|api|remote|scroll|infinite|hx-get|fetch|hx|get)(?:-|$)")
_NOT_ASKING = re.compile(
    r"(?:^|-)(?:share|image|img|srcset|bg|background|icon|thumb|video|tweet|pin|login|analytics|lazy|poster)(?:-|$)"
)
"""Names of attributes that may hold the address to ask, those that surely do, and those that never do."""

_COUNTING = re.compile(
    r"^(?:data-)?(?:.*-)?(?:(?:next|current)-?)?(?:page|pagenum(?:ber)?|current|paged|offset|start|skip)$"
)
_NOT_COUNTING = re.compile(r"(?:^|-)(?:last|max|total|per|end|final|num(?:ber)?-of)(?:-|$)")
_ITEM_NAME = re.compile(r"(?:^|-)(?:next)?(?P<name>offset|skip|start)$")
_PAGE_NAME = re.compile(r"(?:^|-)(?:current|(?:current|next)?page|next|paged|pagenum(?:ber)?)(?:-|$)")
"""Names of attributes whose number is that of an item, and those of a page."""

_SECOND = 2
"""The number of the page that is asked for first."""

_SIZE = re.compile(r"^data-(?:\w+-)*(?P<name>limit|page-?size|per-page)$")
_CURSOR = re.compile(r"^(?:data-)?(?:.*-)?(?:cursor|after|last-id|before|token|max-id)$")
_PLACE = re.compile(
    r"\$?\{\{?\s*(?:this\.|state\.)?#?(?P<name>[\w.+ ]*)\s*\}\}?|%7B%7B?#?(?P<escaped>\w*)%7D%7?D?|"
    r"%(?:page|d|s|offset)%?|__\w+__|\[page\]|:page\b|#page#|<page>",
    re.IGNORECASE,
)
"""Places that an address has for a number, as templates write them: {page}, ${this.offset}, %d, __PAGE__."""

_BETWEEN = re.compile(r"\s*[,;|]\s*(?=/|https?://)|\s+")
"""What stands between addresses of which an attribute holds several."""

_ITEMS = re.compile(r"offset|start|skip|from|first", re.IGNORECASE)
_SIZES = re.compile(r"size|limit|per|count|rows|take|num", re.IGNORECASE)
"""Names of parameters that count items, and those that say how many to give."""

_IN_SCRIPT = re.compile(
    r"""(?P<quote>["'`])(?P<address>(?:https?:)?(?:\\?/|\?|\.{1,2}/)[^"'`\s<>]{2,400})(?P=quote)"""
    r"""(?P<after>\s*\+\s*[\w.+(]{1,40})?"""
)
_ASKS = re.compile(
    r"(?:fetch|get|getJSON|ajax|load|post|axios|open|request|url|uri|endpoint|api\w*|ajax\w*|href|path|source|src|next\w*)"
    r"['\"]?\s*[(:=,]\s*(?:['\"]GET['\"]\s*,\s*)?$",
    re.IGNORECASE,
)
"""What stands before an address in a script that asks for it."""

_LIKELY = re.compile(
    r"api|ajax|json|load|more|page|offset|list|feed|search|query|news|press|article|posts", re.IGNORECASE
)
_ASSET = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|pdf|map)(?:$|\?)", re.IGNORECASE)
_ACTION = re.compile(r"""\baction['"]?\s*:\s*['"]([\w-]{3,60})['"]""")
_PAGE_KEY = re.compile(r"""['"]?\b(page|paged|pg|offset|page_?num(?:ber)?|pageIndex|current_?page|start)['"]?\s*:""")
_page_key_in = lru_cache(maxsize=1)(_PAGE_KEY.search)  # each address of a script asks
_PARAMETERS = re.compile(r"""['"]?\b([a-z_]\w{1,30})['"]?\s*:\s*['"]([\w.-]{1,60})['"]""")
_REFERENCES = re.compile(r"""['"]?\b([a-z_]\w{1,30})['"]?\s*:\s*\w{1,40}\.(\w{1,30})\b""")
"""Parameters that scripts of WordPress send along: the action, the number of the page, values, and values that are
named elsewhere ("settings.nonce")."""

_ADMIN_AJAX = re.compile(r"/admin-ajax\.php$")


def load_more_pages(tree: HtmlElement, base: str, url: str, shown: int) -> Iterator[Document]:
    """The addresses from which a page loads more of its listing; `shown`: releases that it shows at first."""
    found: dict[str, Document] = {}
    for address in (*_of_attributes(tree, base, url, shown), *_of_scripts(tree, base, url, shown)):
        if address and is_near(address, url) and key(address) != key(url) and not _ASSET.search(urlsplit(address).path):
            found.setdefault(key(address), Document(address, "listing", "load more", f"load more {_family(address)}"))
    yield from list(found.values())[:_MOST]


def has_more_button(tree: HtmlElement) -> bool:
    """Whether a button or link without an address says that it loads more."""
    for element in tree.iter("button", "a", "div", "span", "input"):
        if element.tag == "a" and (element.get("href") or "#").strip().rstrip("/") not in _NOWHERE:
            continue
        if len(element) > 3:
            continue
        said = hyphened("".join(element.itertext())[:60] or element.get("value") or element.get("aria-label") or "")
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if said in MORE or said.startswith(_BEGINNINGS) or re.search(r"load-?more|show-?more|infinite-?scroll", names):
            return True
    return False


def _of_attributes(tree: HtmlElement, base: str, url: str, shown: int) -> Iterator[str]:
    """Addresses that attributes name, the likeliest first."""
    likely: list[tuple[int, str]] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _ASK_NOTHING:
            continue
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items() if len(value) < 20_000}
        if not _HTMX.isdisjoint(attributes):
            attributes["hx-vals"] = json.dumps(_sent_along(element))
        numbers = [(name, value) for name, value in attributes.items() if value.isdecimal() and _is_counter(name)]
        cursors = [(name, value) for name, value in attributes.items() if _CURSOR.search(name) and value]
        for name, value in attributes.items():
            if (
                not _ASKING.search(name)
                or _NOT_ASKING.search(name)
                or name in {"href", "src", "action"} - _of_frame(element)
            ):
                continue
            is_sure = bool(_SURELY.search(name)) or bool(numbers) or name.startswith(("hx-", "data-hx-", "up-", "ic-"))
            for address in _addresses_in(value, base, url):
                likely += [(not is_sure, one) for one in _turned(address, numbers, cursors, url, shown, attributes)]
        if numbers and not any(_is_address(value) for value in attributes.values() if not value.startswith("#")):
            likely += [(2, one) for one in _guessed(numbers, url)]
    return _likeliest(likely)


def _likeliest(ranked: Iterable[tuple[int, str]]) -> Iterator[str]:
    """The first addresses by their ranks, each once."""
    return islice(dict.fromkeys(address for _, address in sorted(ranked, key=lambda each: each[0])), _MOST)


def _sent_along(element: HtmlElement) -> dict[str, str]:
    """What htmx sends with a request: the values of the element, which go before those of the elements around it
    (https://htmx.org/docs/#inheritance)."""
    sent: dict[str, str] = {}
    for one in (element, *islice(element.iterancestors(), _AROUND)):
        sent = _values(one.get("hx-vals") or one.get("data-hx-vals") or "") | sent
    return sent


def _is_counter(name: str) -> bool:
    """Whether an attribute holds the number of a page or an item, and not how many there are."""
    return bool(_COUNTING.search(name)) and not _NOT_COUNTING.search(name)


def _of_frame(element: HtmlElement) -> frozenset[str]:
    """The usual attributes whose address these elements load by themselves, into their own place."""
    return frozenset({"src"}) if element.tag in {"turbo-frame", "include-fragment", "esi:include"} else frozenset()


def _is_address(value: str) -> bool:
    return value.startswith(("/", "?", "http://", "https://")) and not any(sign in value for sign in " <>\n")


def _addresses_in(value: str, base: str, url: str) -> Iterator[str]:
    """The addresses that an attribute holds: itself, several, or those in its JSON. Places for numbers stay."""
    value = value.strip()
    if value[:1] in "{[" and value:
        try:
            held = json.loads(value)
        except (ValueError, RecursionError):
            return
        yield from (one for name, one in _strings(held) if _is_address(one) and _ASKING.search(hyphened_name(name)))
    else:
        pieces = _BETWEEN.split(value)
        several = pieces if all(map(_is_address, pieces)) else [value]
        yield from filter(_is_address, several)


def _strings(held: Any) -> Iterator[tuple[str, str]]:
    """The texts in a JSON value with their keys, in its order, without recursion."""
    todo: list[tuple[str, Any]] = [("", held)]
    for _ in range(20_000):
        if not todo:
            return
        name, one = todo.pop()
        if isinstance(one, dict):
            todo += [(str(key_), value) for key_, value in reversed(list(one.items()))]
        elif isinstance(one, list):
            todo += [(name, value) for value in reversed(one)]
        elif isinstance(one, str) and len(one) < _LONGEST:
            yield name, one


def _turned(
    address: str,
    numbers: Iterable[tuple[str, str]],
    cursors: Iterable[tuple[str, str]],
    url: str,
    shown: int,
    attributes: dict[str, str],
) -> Iterator[str]:
    """An address as it is asked for the next part: its place for a number filled, or with what stands beside it."""
    filled = _filled(address, shown)
    if filled:
        yield canonical(filled, url)
        return
    whole = canonical(address, url)
    if not whole:
        return
    if _has_counter(whole, url):
        yield whole
        return
    extra = {_parameter(name): str(int(value) + _step(name, value)) for name, value in numbers}
    if extra:
        sizes = ((_SIZE.match(name), value) for name, value in attributes.items() if value.isdecimal())
        extra |= {found["name"].replace("-", "_"): value for found, value in sizes if found}
    extra |= {_parameter(name): value for name, value in cursors}
    sent = _values(attributes.get("hx-vals") or "")
    if sent and urlsplit(whole).path == urlsplit(url).path:
        sent = dict(parse_qsl(urlsplit(url).query)) | sent  # a piece of the same component, in which it is put
    extra |= sent or _values(attributes.get("data-params") or "")
    if extra:
        yield _with(whole, extra)
    if not sent:
        yield whole


def _step(name: str, value: str) -> int:
    """What has to be added to a number that the first page states: nothing to that of the next page, or the next item.

    A number from 2 on is that of the next page, unless its name says that it is that of the current one.
    """
    if "next" in name or _ITEMS.search(name):
        return 0
    return 1 if "current" in name or int(value) < _SECOND else 0


def _parameter(name: str) -> str:
    """The parameter that a data attribute stands for: data-current-page is page, data-last-id is last_id."""
    bare = name.removeprefix("data-")
    if counted := _ITEM_NAME.search(bare):
        return counted["name"].replace("-", "_")
    if _PAGE_NAME.search(bare) and not bare.startswith("paged"):
        return "page"
    return bare.replace("-", "_")


def _values(stated: str) -> dict[str, str]:
    """The values of a JSON object; none where there is no such object."""
    try:
        held = json.loads(stated) if stated else {}
    except (ValueError, RecursionError):
        return {}
    return (
        {str(name): str(value) for name, value in held.items() if isinstance(value, str | int)}
        if isinstance(held, dict)
        else {}
    )


def _guessed(numbers: Iterable[tuple[str, str]], url: str) -> Iterator[str]:
    """Where only the number of the page is stated: the listing with that number."""
    for name, value in numbers:
        yield _with(url, {_parameter(name): str(int(value) + _step(name, value))})


def _has_counter(address: str, url: str) -> bool:
    return bool(following(address)) or adds_a_page(address, url) or differs_in_a_count(address, url)


def _filled(address: str, shown: int) -> str:
    """An address template with the next page's number in its place; "" where it has none."""
    if not _PLACE.search(address):
        return ""

    def number(found: re.Match[str]) -> str:
        name = found.groupdict().get("name") or ""
        before = re.split(r"[?&/]", address[: found.start()])[-1]
        said = f"{before}{name}"
        if _SIZES.search(before) or (_SIZES.search(name) and not before):
            return str(max(shown, 10))
        return str(shown if _ITEMS.search(said) else 2)

    return _PLACE.sub(number, address)


def _of_scripts(tree: HtmlElement, base: str, url: str, shown: int) -> Iterator[str]:
    """Addresses that the page's own scripts ask: arguments of fetch and its kin, and what reads like an endpoint."""
    likely: list[tuple[int, str]] = []
    texts = list(_scripts(tree))
    likely += [(0, there) for one in Scripts(tree, texts, shown).addresses() if (there := canonical(one, base))]
    for text in texts:
        asked = set[str]()
        for found in _IN_SCRIPT.finditer(text):
            address, after = found["address"], found["after"] or ""
            if _ADMIN_AJAX.search(re.split("[?#]", address, maxsplit=1)[0]):
                if address in asked or len(asked) >= _MOST:
                    continue
                asked.add(address)
                asking = "\n".join([text, *(other for other in texts if other is not text)])[:_MOST_SCRIPT]
                likely += [(0, one) for one in _admin_ajax(canonical(address, url), asking, shown)]
                continue
            is_asked = bool(_ASKS.search(text[max(0, found.start() - 40) : found.start()]))
            is_likely = bool(_LIKELY.search(address)) and (is_asked or after or _PLACE.search(address))
            if is_likely or (is_asked and is_below(canonical(address, url), url)):
                likely += [(1, one) for one in _scripted(address, after, url, shown, text)]
    return _likeliest(likely)


def _scripts(tree: HtmlElement) -> Iterator[str]:
    """The texts of a page's scripts, structured data of search engines apart."""
    for element in tree.iter("script"):
        text = (element.text or "")[:_MOST_SCRIPT]
        if text and (element.get("type") or "").lower() != "application/ld+json":
            yield text.replace("\\/", "/").replace("\\u0026", "&")


def _scripted(address: str, after: str, url: str, shown: int, script: str) -> Iterator[str]:
    """An address of a script as it is asked for the next part."""
    if after and address.endswith(("=", "/")):
        before = re.split(r"[?&/]", address)[-1] or after
        yield canonical(address + str(shown if _ITEMS.search(before + after) else 2), url)
        return
    filled = _filled(address, shown)
    if filled:
        yield canonical(filled, url)
        return
    whole = canonical(address, url)
    if whole and not _has_counter(whole, url) and (counted := _page_key_in(script)):
        yield _with(whole, {counted[1]: str(shown if _ITEMS.search(counted[1]) else 2)})
    if whole:
        yield whole


def _admin_ajax(address: str, script: str, shown: int) -> Iterator[str]:
    """WordPress: the actions that scripts ask admin-ajax.php for, with the next page. It heeds GET too.

    `script` begins with the script that names the address: values that others refer to by name ("settings.nonce") are
    stated there.
    """
    stated = dict(reversed(_PARAMETERS.findall(script)))
    for found in list(dict.fromkeys(_ACTION.findall(script)))[:3]:
        at = script.find(found)
        near = script[max(0, at - 300) : at + 500]
        others = dict(_PARAMETERS.findall(near))
        others |= {name: stated[value] for name, value in _REFERENCES.findall(near) if value in stated}
        counted = _PAGE_KEY.search(near) or _PAGE_KEY.search(script)
        counter = counted[1] if counted else "page"
        kept = [each for each in others.items() if each[0] not in {"action", "type", "method", "url", counter}]
        if address:
            number = str(shown if _ITEMS.search(counter) else 2)
            yield _with(address, {"action": found, **dict(kept[:6]), counter: number})


def _with(address: str, parameters: dict[str, str]) -> str:
    """An address with these parameters, in the place of its own of the same names."""
    parts = urlsplit(address)
    names = {name for name, _ in parameters.items()}
    kept = [piece for piece in parts.query.split("&") if piece and piece.partition("=")[0] not in names]
    return canonical(parts._replace(query="&".join([*kept, urlencode(parameters)])).geturl())


def _family(address: str) -> str:
    """What the addresses of one endpoint share: all but numbers that count."""
    parts = urlsplit(address)
    kept = [piece for piece in parts.query.split("&") if not counts(*piece.partition("=")[::2])]
    return re.sub(r"\d+", "#", parts.path) + ("?" + "&".join(kept) if kept else "")


def after(address: str, named: int) -> str:
    """The address that goes on from one that gave so many releases, by its counter; "" where it has none."""
    return following(address, max(named, 1) if counts_items(address) else 1)
