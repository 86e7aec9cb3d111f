"""Which article a page is: the address that it goes by. Pure, and a function of the one page alone.

A page may name its canonical address (RFC 6596). That is believed when it is of the same site, no place above the
page, and something of the page speaks for it: whole sites name one wrong address on all their pages, and then a
thousand articles would become one.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from archive.core import urls

_PART = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
_LANGUAGE_NAME = re.compile(r"l|ln|lng|hl|lang|language|locale|sprache|langue|idioma|lingua", re.IGNORECASE)
_EDITION = re.compile(r"amp|print(?:able|er|view|version|[-_]?friendly)?|m|mobile?|wap|touch|lite", re.IGNORECASE)
"""Words that call an edition of a page: a folder or the last part of a path, a parameter or its value."""

_EDITION_HOSTS = frozenset({"m", "mobile", "mobil", "amp", "wap", "touch", "lite", "print"})
_EDITION_NAMES = frozenset(
    {"view", "output", "outputtype", "format", "layout", "mode", "tmpl", "template", "type", "version"}
)
_SWITCHED_ON = frozenset({"", "1", "true", "yes", "on", "y"})
_INDEX = re.compile(r"(?:index|default|home)\.\w+", re.IGNORECASE)


def article_key(url: str, claimed: str, title: str) -> str:
    """The identity (`archive.core.urls.key`) of the article at `url`, whose page claims an address and has a title."""
    own = urls.key(url) or url
    stated = urls.key(claimed)
    if not stated or stated == own:
        return own
    return stated if _believable(urls.canonical(url), urls.canonical(claimed), title) else own


def is_named_by(folder: str, url: str, title: str) -> bool:
    """Whether the address of a folder names the page at `url`, by a number or by its title.

    Many servers find a page by that alone, and whatever follows it leads there.
    """
    if urls.host(folder) != urls.host(url):
        return False
    above, own = _segments(folder), _segments(url)
    if not above or own[: len(above)] != above:
        return False
    return _has_number(above[-1]) or _names_title(above[-1], title)


def _believable(url: str, claimed: str, title: str) -> bool:
    if _is_edition(url, claimed):
        return True
    if urls.host(url) != urls.host(claimed):
        return False
    own, other = _segments(url), _segments(claimed)
    if not other or _language(own) != _language(other):
        return False
    if own == other:  # only parameters differ: those the claim leaves out may be what makes two articles differ
        return _names_title(other[-1], title) or (_has_number(other[-1]) and not _names_language(url))
    if own[: len(other)] == other and not _names_title(other[-1], title):
        return False
    return _in_common(url, claimed) or _names_title(other[-1], title)


def _is_edition(url: str, claimed: str) -> bool:
    """Whether an address is the claimed one but for a mark of its edition: for print, for phones, AMP."""
    bare = _without_edition(url)
    return bool(bare[1] or bare[2]) and bare != _as_parts(url) and bare == _as_parts(claimed)


def _without_edition(url: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    site, segments, parameters = _as_parts(url)
    labels = site.split(".")
    if len(labels) > 2 and labels[0] in _EDITION_HOSTS:
        site = ".".join(labels[1:])
    if segments and (_EDITION.fullmatch(segments[-1]) or _EDITION.fullmatch(segments[0])):
        segments = segments[:-1] if _EDITION.fullmatch(segments[-1]) else segments[1:]
    kept = [(name, value) for name, value in parameters if not _chooses_edition(name, value)]
    return site, segments, kept


def _as_parts(url: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    return urls.host(url), _segments(url), parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _chooses_edition(name: str, value: str) -> bool:
    if _EDITION.fullmatch(name):
        return value.lower() in _SWITCHED_ON
    return name.lower() in _EDITION_NAMES and _EDITION.fullmatch(value) is not None


def _segments(url: str) -> list[str]:
    found = [segment for segment in urlsplit(url).path.split("/") if segment]
    return found[:-1] if found and _INDEX.fullmatch(found[-1]) else found


def _language(segments: list[str]) -> str:
    return segments[0].lower() if segments and _LANGUAGE.fullmatch(segments[0]) else ""


def _words(text: str) -> set[str]:
    return {part.lower() for part in _PART.findall(text)}


def _last_words(url: str) -> set[str]:
    parts = urlsplit(url)
    segments = _segments(url)
    values = " ".join(value for _, value in parse_qsl(parts.query))
    return _words(f"{segments[-1] if segments else ''} {values}")


def _in_common(url: str, claimed: str) -> bool:
    """Whether the ends of two addresses share a number that identifies, or two words and most of the shorter one.

    Where both have numbers and share none, they are two.
    """
    own, other = _last_words(url), _last_words(claimed)
    shared = own & other
    if any(map(_is_identifying, shared)):
        return True
    numbers = [{part for part in parts if part.isdigit()} for parts in (own, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    return len(shared) >= 2 and len(shared) >= 0.6 * min(len(own), len(other))


def _is_identifying(part: str) -> bool:
    return part.isdigit() and len(part) >= 3 and not _YEAR.fullmatch(part)


def _has_number(segment: str) -> bool:
    return any(map(_is_identifying, _words(segment)))


def _names_language(url: str) -> bool:
    """Whether a parameter of an address chooses a language: the same number then stands for several texts."""
    return any(_LANGUAGE_NAME.fullmatch(name) for name, _ in parse_qsl(urlsplit(url).query))


def _names_title(segment: str, title: str) -> bool:
    """Whether the end of an address is made of the title's words, at least two of them."""
    named = {word for word in _words(segment) if not word.isdigit()}
    return len(named) >= 2 and len(named & _words(title)) >= 0.6 * len(named)
