"""Lines that lead somewhere, as a release has them below its text: their words and the addresses of their links. Pure.

Such a line is stored as "WORDS | ADDRESS" (several addresses with a blank between each). An address counts by its end
in comparisons: a file stays the same file when its site puts it into another folder or moves to another host.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from archive.core.urls import canonical, host, key
from archive.text.fingerprint import words
from archive.text.lines import normalize

_BETWEEN = " | "
_NAME = re.compile(r"[^\W\d_]{2,}(?:[-_][^\W\d_]+)*")
FILE = re.compile(r"\.(?!(?:html?|xhtml|shtml|phtml|php\d?|aspx?|jspx?|cfm|com|org|net)$)[a-z0-9]{2,4}$", re.I)
"""How the path to a file ends that is no page."""


def joined(said: str, addresses: Sequence[str]) -> str:
    """A line as it is stored."""
    return f"{said}{_BETWEEN}{' '.join(addresses)}"


def parted(line: str) -> tuple[str, tuple[str, ...]]:
    """The words and the addresses of a stored line."""
    said, _, addresses = line.rpartition(_BETWEEN)
    return (said, tuple(addresses.split())) if said else (line, ())


def meaning(line: str) -> str:
    """What two stored lines have in common that say the same: their words, and the files or hosts to which they lead.

    Of a page only its host counts, and its name where that is words alone: the rest may be a ticket that is another one
    at each look.
    """
    said, addresses = parted(line)
    return f"{normalize(said.casefold())} {' '.join(sorted(map(_named_end, addresses)))}"


def say_the_same(line: str, other: str) -> bool:
    """Whether two stored lines lead to the same, and one has all words of the other: a link that is laid out anew."""
    (said, to), (also, where) = parted(line), parted(other)
    one, two = set(words(said)), set(words(also))
    return (one <= two or two <= one) and not set(map(_target, to)).isdisjoint(map(_target, where))


def _named_end(address: str) -> str:
    last = _last(address)
    return (
        last if FILE.search(last) else f"{host(address).removeprefix('www.')}/{last if _NAME.fullmatch(last) else ''}"
    )


def _target(address: str) -> str:
    last = _last(address)
    return last if FILE.search(last) else key(address).partition("?")[0] or address


def _last(address: str) -> str:
    """The last name in the path of an address."""
    return urlsplit(canonical(address) or address).path.rstrip("/").rpartition("/")[2]
