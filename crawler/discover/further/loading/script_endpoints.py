"""The endpoints that the scripts of a page ask for more of its listing. Pure.

Nothing is run. Read are arguments of fetch and its kin, what reads like an endpoint, addresses that scripts spell, and
the actions that WordPress sends to admin-ajax.php.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from archive.core.urls import canonical
from crawler.discover.further.loading.next_part import (
    MOST,
    has_counter,
    has_place,
    likeliest,
    number_of_next,
    with_parameters,
    with_place_filled,
)
from crawler.discover.items.addresses import is_below
from crawler.discover.scripts.actions import does_something
from crawler.discover.scripts.built_addresses import Scripts
from crawler.discover.scripts.year_files import is_year

_MOST_SCRIPT = 300_000
"""Characters of a script."""

_IN_SCRIPT = re.compile(
    r"""(?P<quote>["'`])(?P<address>(?:https?:)?(?:\\?/|\?|\.{1,2}/)[^"'`\s<>]{2,400})(?P=quote)"""
    r"""(?P<after>\s*\+\s*[\w.+(]{1,40})?"""
)
"""An address in quotes, and what a script adds to it."""

_BEFORE = 40
_ASKS = re.compile(
    r"(?:fetch|get|getJSON|ajax|load|post|axios|open|request|url|uri|endpoint|api\w*|ajax\w*|href|path|source|src|next\w*)"
    r"['\"]?\s*[(:=,]\s*(?:['\"]GET['\"]\s*,\s*)?$",
    re.IGNORECASE,
)
"""What stands before an address in a script that asks for it, and so many characters are looked at."""

_LIKELY = re.compile(
    r"api|ajax|json|load|more|page|offset|list|feed|search|query|news|press|article|posts", re.IGNORECASE
)
"""Words of addresses that may give items."""

_ADMIN_AJAX = re.compile(r"/admin-ajax\.php$")
_ACTION = re.compile(r"""\baction['"]?\s*:\s*['"]([\w-]{3,60})['"]""")
_PAGE_KEY = re.compile(r"""['"]?\b(page|paged|pg|offset|page_?num(?:ber)?|pageIndex|current_?page|start)['"]?\s*:""")
_page_key_in = lru_cache(maxsize=1)(_PAGE_KEY.search)  # each address of a script asks
_PARAMETERS = re.compile(r"""['"]?\b([a-z_]\w{1,30})['"]?\s*:\s*['"]([\w.-]{1,60})['"]""")
_REFERENCES = re.compile(r"""['"]?\b([a-z_]\w{1,30})['"]?\s*:\s*\w{1,40}\.(\w{1,30})\b""")
"""Parameters that scripts of WordPress send along: the action, the number of the page, values, and values that are
named elsewhere ("settings.nonce")."""

_NOT_SENT = frozenset({"action", "type", "method", "url"})
"""Names beside an action that are no parameters of it."""

_MOST_ACTIONS, _MOST_SENT = 3, 6
_NEAR = (300, 500)
"""Characters of a script before and after an action, in which its parameters stand."""


def asked_by_scripts(tree: HtmlElement, base: str, url: str, shown: int) -> Iterator[str]:
    """Addresses that the page's own scripts ask, the likeliest first; `shown`: releases on the page."""
    texts = list(_texts(tree))
    built = (canonical(each, base) for each in Scripts(tree, texts, shown).addresses())
    ranked = [(0, there) for there in built if there and not does_something(there)]
    for text in texts:
        ranked += _asked_in(text, texts, url, shown)
    return likeliest(ranked)


def _texts(tree: HtmlElement) -> Iterator[str]:
    """The texts of a page's scripts, structured data of search engines apart."""
    for element in tree.iter("script"):
        text = (element.text or "")[:_MOST_SCRIPT]
        if text and (element.get("type") or "").lower() != "application/ld+json":
            yield text.replace("\\/", "/").replace("\\u0026", "&")


def _asked_in(text: str, texts: Sequence[str], url: str, shown: int) -> Iterator[tuple[int, str]]:
    """The addresses that one script of several asks, each with its rank."""
    actions_of = set[str]()
    for found in _IN_SCRIPT.finditer(text):
        address = found["address"]
        if _ADMIN_AJAX.search(re.split("[?#]", address, maxsplit=1)[0]):
            if address not in actions_of and len(actions_of) < MOST:
                actions_of.add(address)
                stated = "\n".join([text, *(other for other in texts if other is not text)])[:_MOST_SCRIPT]
                yield from ((0, one) for one in _admin_ajax(canonical(address, url), stated, shown))
        elif _is_asked(found, url) and not does_something(address):
            yield from ((1, one) for one in _as_asked(found, url, shown))


def _is_asked(found: re.Match[str], url: str) -> bool:
    """Whether a script asks an address that it names for items: it reads so, or is one below the listing."""
    address = found["address"]
    is_argument = bool(_ASKS.search(found.string[max(0, found.start() - _BEFORE) : found.start()]))
    if _LIKELY.search(address) and (is_argument or found["after"] or has_place(address)):
        return True
    return is_argument and is_below(canonical(address, url), url)


def _as_asked(found: re.Match[str], url: str, shown: int) -> Iterator[str]:
    """An address of a script as it is asked for the next part."""
    address, after = found["address"], found["after"] or ""
    if after and is_year(after):
        return
    if after and address.endswith(("=", "/")):
        before = re.split(r"[?&/]", address)[-1] or after
        yield canonical(address + number_of_next(before + after, shown), url)
        return
    filled = with_place_filled(address, shown)
    if filled:
        yield canonical(filled, url)
        return
    whole = canonical(address, url)
    if whole and not has_counter(whole, url) and (counted := _page_key_in(found.string)):
        yield with_parameters(whole, {counted[1]: number_of_next(counted[1], shown)})
    if whole:
        yield whole


def _admin_ajax(address: str, script: str, shown: int) -> Iterator[str]:
    """WordPress: the actions that scripts ask admin-ajax.php for, with the next page. It heeds GET too.

    `script` begins with the script that names the address: values that others refer to by name ("settings.nonce") are
    stated there.
    """
    if not address:
        return
    stated = dict(reversed(_PARAMETERS.findall(script)))
    for action in list(dict.fromkeys(_ACTION.findall(script)))[:_MOST_ACTIONS]:
        at = script.find(action)
        near = script[max(0, at - _NEAR[0]) : at + _NEAR[1]]
        others = dict(_PARAMETERS.findall(near))
        others |= {name: stated[value] for name, value in _REFERENCES.findall(near) if value in stated}
        counted = _PAGE_KEY.search(near) or _PAGE_KEY.search(script)
        counter = counted[1] if counted else "page"
        kept = [each for each in others.items() if each[0] not in {*_NOT_SENT, counter}]
        sent = {"action": action, **dict(kept[:_MOST_SENT]), counter: number_of_next(counter, shown)}
        yield with_parameters(address, sent)
