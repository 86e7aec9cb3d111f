"""Whether a page names other authors because its publisher changed them. Pure.

Pages name authors in several places: structured data, which a script may add, metas, and the line near the headline.
Who is read from another place, or from one that was not there at one of both looks, is not another author; nor is who
is read at one look only, if the page shows the lines with the name at both. Neither is a name in another order, case or
length ("Ada Quill", "Dr Ada Quill", "A. Quill"), an office that stands beside a person's name, comes or goes, nor the
account of whoever put the page into the publishing system.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive.core.model import Extraction
from archive.history.change_summary import apart
from archive.metadata.names import SITE
from archive.metadata.persons import is_person

_WORD = re.compile(r"\w+")
_UMLAUT = re.compile("(?<=[aou])e")
_PLAIN = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ı": "i"})
_ACCOUNT = re.compile(r"(?=[a-z]|\S*[\d_])\S+", re.ASCII)
"""A name that somebody has in a publishing system: "aquill", "Editor2"."""

_SCRIPTED, _TEXT = "json-ld", "text"
_MOST = 3
_SEVERAL = 2
_READ, _HELD = 1_000, 40
"""Names of a page that are looked at, and those of them against which others are held that are not written alike."""

_Words = frozenset[str]


@dataclass(frozen=True)
class _Byline:
    """The words of each name, those of people apart; where they are read from ("" where the page names nobody)."""

    names: Sequence[_Words]
    people: Sequence[_Words]
    origin: str


def changed(old: Extraction, new: Extraction) -> bool:
    """Whether somebody came to the authors of a page or left them by its publisher's doing."""
    if old.authors == new.authors:
        return False
    was, now = _byline(old), _byline(new)
    if _is_same(was, now):
        return False
    if was.origin and now.origin:
        return was.origin == now.origin and bool(was.names and now.names)
    if not (was.people or now.people):
        return False
    return _has_place(new, was.origin) and _has_place(old, now.origin)


def steadied(old: Extraction, new: Extraction) -> Extraction:
    """The newer reading with the authors of before, unless the publisher changed them or there were none."""
    if old.authors == new.authors or changed(old, new):
        return new
    was, now = _byline(old), _byline(new)
    if not was.origin and (now.origin or not old.authors):
        return new
    origin = now.origin if now.origin and _is_same(was, now) else old.origins.get("authors", "")
    return _with_those_of(old, new, origin)


def as_shown(old: Extraction, new: Extraction, was: Collection[int], now: Collection[int]) -> Extraction:
    """The newer reading with the authors of before, where the page only shows them in another place than was read.

    `was` and `now` are the marks of all passages of the older and the newer page.
    """
    if not changed(old, new):
        return new
    before, after = _byline(old), _byline(new)
    if before.people and after.people and after.origin != _TEXT:
        return new  # the place that named the one names the other
    stays = bool(old.signed) and set(now).issuperset(old.signed)
    stood = bool(new.signed) and set(was).issuperset(new.signed)
    went, came = _other_than(before.people, after.names), _other_than(after.people, before.names)
    is_shown = (stays or not went) and (stood or not came) and (stays or stood)
    return of_before(old, new) if is_shown else new


def of_before(old: Extraction, new: Extraction) -> Extraction:
    """The newer reading with the authors of before."""
    return _with_those_of(old, new, old.origins.get("authors", ""))


def _with_those_of(old: Extraction, new: Extraction, origin: str) -> Extraction:
    origins = {name: place for name, place in new.origins.items() if name != "authors"}
    if origin:
        origins["authors"] = origin
    return replace(new, authors=old.authors, origins=origins, signed=new.signed or old.signed)


def in_words(old: Extraction, new: Extraction) -> str:
    """Who left the authors, and who came to them."""
    was, now = _byline(old).names, _byline(new).names
    went, came = set(_other_than(map(_words, old.authors), now)), set(_other_than(map(_words, new.authors), was))
    gone = [name for name in old.authors if _words(name) in went]
    come = [name for name in new.authors if _words(name) in came]
    if gone and come:
        return f"authors changed: {_listed(gone)} → {_listed(come)}"
    return f"authors changed: {_listed(gone or come)} {'went' if gone else 'came'}"


def said(extraction: Extraction) -> frozenset[str]:
    """The names, equal for two readings that name the same."""
    return frozenset(" ".join(sorted(words)) for words in _byline(extraction).names)


def _byline(extraction: Extraction) -> _Byline:
    origin = extraction.origins.get("authors", "")
    if not extraction.authors or origin == SITE:
        return _Byline((), (), "")
    stated = [name for name in extraction.authors[:_READ] if not _ACCOUNT.fullmatch(name)]
    people = [_words(name) for name in stated if is_person(name)]
    return _Byline([_words(name) for name in stated], people, origin or _TEXT)


def _words(name: str) -> _Words:
    """The words of a name, without accents, and with "ae", "oe" and "ue" as "ä", "ö" and "ü" without them."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return frozenset(_WORD.findall(_UMLAUT.sub("", letters.translate(_PLAIN))))


def _is_same(was: _Byline, now: _Byline) -> bool:
    """Whether both name the same people, or, without any, offices of which one is the same."""
    if was.people or now.people:
        return not (_other_than(was.people, now.names) or _other_than(now.people, was.names))
    return len(_other_than(was.names, now.names)) < len(was.names)


def _other_than(names: Iterable[_Words], others: Sequence[_Words]) -> list[_Words]:
    """The names that are not among others, be it with more words or fewer."""
    known = frozenset(others)
    return [name for name in islice(names, _READ) if name not in known and not _is_alike(name, others[:_HELD])]


def _is_alike(name: _Words, names: Iterable[_Words]) -> bool:
    """Whether a name says all that one of these does, or part of it."""
    pairs = (sorted((name, other), key=len) for other in names)
    return any(_is_part(less, more) if len(less) > 1 else _is_short(less, more) for less, more in pairs)


def _is_short(less: _Words, more: _Words) -> bool:
    """Whether one word is of a name of several, or is put together of its beginning and another of its words, as
    accounts are."""
    if len(less) != 1 or len(more) < _SEVERAL:
        return False
    (word,) = less
    ends = [part for part in more if len(part) >= _SEVERAL and word.endswith(part)]
    return any(word == part or any(one.startswith(word[: -len(part)]) for one in more - {part}) for part in ends)


def _is_part(less: _Words, more: _Words) -> bool:
    """Whether the words of a name are all in another; some, but not all of them, may be there as initials."""
    rest, given = less - more, more - less
    if rest == less:
        return False
    first = {word[0] for word in given}
    return all((len(word) == 1 and word in first) or (word[0] in given) for word in rest)


def _has_place(extraction: Extraction, origin: str) -> bool:
    """Whether a page has the place that names authors elsewhere: structured data may be missing as a whole."""
    stated = (place for name, place in extraction.origins.items() if name != "authors")
    return origin != _SCRIPTED or _SCRIPTED in stated


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(map(apart, names[:_MOST])) + more
