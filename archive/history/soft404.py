"""How the text of a page is told from others of its source: pages that say that nothing is there. Pure.

A server that answers 200 for a missing address gives its "not found" page away when it is asked for an address that
surely is missing (Bar-Yossef et al., "Sic transit gloria telae", WWW 2004). What a release says is not what that says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from archive.core.ids import number_of

_WORD = re.compile(r"[^\W\d_]+")
_LIKE = 0.8
_LAST_PART = re.compile(r"[^/]+?(?P<end>\.\w{1,5})?(?P<slash>/?)$")


@dataclass(frozen=True)
class Missing:
    """What a source's page for a surely missing address said."""

    title: str
    text: str


def text_mark(text: str) -> int | None:
    """A number that two pages share when they say the same, but for figures."""
    return _mark("text", text)


def title_mark(title: str) -> int | None:
    """A number that two pages with one title share."""
    return _mark("title", title)


def says_missing(title: str, text: str, pages: Sequence[Missing]) -> bool:
    """Whether a page says what one of these did: the same text, or under the same title words mostly of that text."""
    if not pages:
        return False
    said, headed = text_mark(text), title_mark(title)
    return any(
        said == text_mark(page.text)
        or (headed is not None and headed == title_mark(page.title) and _within(text, page.text))
        for page in pages
    )


def missing_address(url: str, word: str) -> str:
    """An address beside another that surely is missing, of its form: `word` in place of its last part."""
    parts = urlsplit(url)
    path = _LAST_PART.sub(lambda last: f"{word}{last['end'] or ''}{last['slash']}", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path if path != parts.path else f"/{word}", "", ""))


def _mark(what: str, said: str) -> int | None:
    words = _WORD.findall(said.lower())
    return number_of(what, *words) if words else None


def _within(text: str, other: str) -> bool:
    words, known = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(other.lower()))
    return (words & known).total() >= _LIKE * words.total()
