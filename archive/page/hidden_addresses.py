"""What a page's lines say to a reader who clicks or lets scripts run: addresses that stand behind their words. Pure.

A link "Write to us" leads to a mailbox (RFC 6068), and Cloudflare hides an address as hexadecimal figures, each two of
them crossed with the first two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from archive.page.blocks import Block
from archive.page.markup import words_of
from archive.page.places import Container

_MOST, _LONGEST = 100, 400
_ADDRESS = re.compile(r"[^\s@<>,;]{1,64}@[\w.-]{3,120}$")
_COVERED = re.compile(r"\[email[\s\xa0]protected\]|\[protected[\s\xa0]email\]")
_FIGURES = re.compile(r"#?((?:[0-9a-f]{2}){6,130})$", re.I | re.A)


class HiddenAddresses:
    """The lines of a page with the addresses behind their words; the links of a place are read once."""

    def __init__(self) -> None:
        self.known: dict[Container, list[tuple[str, str]]] = {}

    def shown(self, block: Block) -> str:
        """The text of a block, an address after the words that lead to it, where it is not written there."""
        text = block.text
        if len(text) > _LONGEST or not (block.link or _COVERED.search(text)):
            return text
        place = block.container
        if place not in self.known:
            self.known[place] = list(islice(_behind(place.element), _MOST))
        if self.known[place]:
            text = text.replace("\xa0", " ")
        for words, address in self.known[place]:
            if words in text and address.casefold() not in text.casefold():
                text = text.replace(words, address if _COVERED.search(words) else f"{words} {address}", 1)
        return text


def _behind(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """The words in an element that lead to an address or cover one, and the address."""
    for one in element.iter("a", "span"):
        figures = one.get("data-cfemail") or ((one.get("href") or "").partition("/email-protection#")[2])
        address = _uncovered(figures) if figures else _led_to(one.get("href") or "")
        words = words_of(one, _LONGEST) if address else ""
        if words:
            yield words, address


def _led_to(href: str) -> str:
    """The address of a `mailto:` link; "" for another."""
    scheme, _, rest = href.strip().partition(":")
    plain = unquote(rest.partition("?")[0]).strip()
    return plain if scheme.lower() == "mailto" and _ADDRESS.match(plain) else ""


def _uncovered(figures: str) -> str:
    found = _FIGURES.match(figures.strip())
    if not found:
        return ""
    key, *covered = bytes.fromhex(found[1])
    plain = bytes(one ^ key for one in covered).decode("utf-8", "replace")
    return plain if _ADDRESS.match(plain) else ""
