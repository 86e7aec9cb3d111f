"""An address taken apart: its folders, its extension and its parameters, each with the kind of word it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.cache import remembered
from archive.core.urls import host
from archive.text.calendar import MONTHS
from crawler.discover.vocabulary import LANGUAGE_CODES, LANGUAGE_PARAMETERS, VIEW_PARAMETERS

PartKind = Literal["number", "code", "title", "word"]

_EXTENSION = re.compile(r"(?<=.)\.([a-z]\w{1,4})$", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default)(?:\.\w{2,5})?$", re.IGNORECASE)
_NUMBER = re.compile(r"[\d._,-]*\d[\d._,-]*")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{6,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_EDITION = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_ENDING = re.compile(r"(?<=[^\W_])[_.]([a-z]{2}(?:-[a-z]{2,4})?)$")
_LONG_WORD = 25
"""Letters from which on a word without any hyphen is a title."""


END = "end"
"""The place of a language in which a path ends."""


@dataclass(frozen=True)
class Part:
    """A folder of a path, or the value of a parameter: its text, unescaped and lower-case, and what it looks like.

    kind: `number` is made of figures (a month's name too), `code` of letters and figures that are no words, `title` of
    three words or more, `word` of fewer. `words` counts its words; in scripts without spaces two letters count as one.
    `numbered` says at which end of a title or word a number of three figures or more stands.
    """

    text: str
    kind: PartKind
    words: int = 0
    numbered: Literal["", "first", "last"] = ""


@dataclass(frozen=True)
class Address:
    """An address taken apart. `values` holds its parameters by lower-case name, in no order."""

    host: str
    parts: tuple[Part, ...]
    extension: str = ""
    values: Mapping[str, Part] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """The language that the path may end in: "fr" for /presse/quai_fr or /presse/quai.fr.html; "" for none.

        "what_is_it" ends so by chance: what other addresses end in has to show which it is.
        """
        found = _ENDING.search(self.parts[-1].text) if self.parts else None
        return found[1] if found and is_edition(found[1]) else ""

    @property
    def naming(self) -> frozenset[str]:
        """The names of the parameters that may say which page of many this is: those with a number or a title."""
        return frozenset(
            name for name, part in self.values.items() if part.kind != "word" and name not in VIEW_PARAMETERS
        )

    @property
    def editions(self) -> frozenset[tuple[str, str]]:
        """Which languages it names, and where: {("0", "fr")} for /fr/presse/, {("lang", "fr")} for ?lang=fr.

        A host such as fr.example.org is another host, and says nothing here, nor does the end of the path (`ending`).
        """
        return frozenset(_editions(self))

    @property
    def own_editions(self) -> frozenset[tuple[str, str]]:
        """The same for the page of a newsroom, also by `ending`: {(END, "fr")} for /presse/accueil_fr."""
        return self.editions | ({(END, self.ending)} if self.ending else frozenset())


def is_near(address: str, site: str) -> bool:
    """Whether an address is on the host of a site, or on one that its owner names beside or below it (api.lake.example
    for www.lake.example)."""
    there, own = host(address), host(site)
    return there == own or there.endswith(f".{own}")


def are_related(one: str, other: str) -> bool:
    """Whether the last two names of two hosts are the same, as those of an institution's hosts usually are."""
    return one.split(".")[-2:] == other.split(".")[-2:]


@remembered(16_384)
def take_apart(url: str) -> Address:
    """An address in its parts; index files and the slash at the end are left out. Takes canonical addresses."""
    parts = urlsplit(url)
    folders = [unquote(folder).lower() for folder in parts.path.split("/") if folder]
    if folders and _INDEX.fullmatch(folders[-1]) and not parts.query:
        folders.pop()
    extension = ""
    if folders and (found := _EXTENSION.search(folders[-1])):
        extension = found[1]
        folders[-1] = folders[-1][: found.start()]
    values = {name.lower(): read_part(value) for name, value in parameters(parts.query)}
    return Address(host(url), tuple(map(read_part, folders)), extension, values)


def parameters(query: str) -> list[tuple[str, str]]:
    """The names and values of a query. A word alone (`?article4018`) is the value of a parameter without a name."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return [(name, value) if value else ("", name) for name, value in pairs if name or value]


def values_of(address: str) -> dict[str, str]:
    """The values in the query of an address by their names; the last one of a name that comes again."""
    return dict(parameters(urlsplit(address).query))


@remembered(16_384)
def read_part(text: str) -> Part:
    """A folder or value, unescaped, with its kind."""
    text = text.lower()
    if _NUMBER.fullmatch(text) or text.casefold() in MONTHS:
        return Part(text, "number")
    words = _WORD.findall(text)
    wide = len(_WIDE.findall(text))
    count = (wide + 1) // 2 + sum(not _WIDE.search(word) for word in words)
    if _HEX.fullmatch(text) or (has_figure(text) and not any(len(word) >= 3 or wide for word in words)):
        return Part(text, "code", count)
    kind: PartKind = "title" if count >= 3 or len(text) >= _LONG_WORD else "word"
    if kind == "word" and has_figure(text):
        kind = "code"
    return Part(text, kind, count, _numbered(text))


def is_edition(text: str) -> bool:
    """Whether a folder names a language: "fr", "pt-br", "eng"."""
    found = _EDITION.fullmatch(text)
    return bool(found and found[1].lower() in LANGUAGE_CODES)


def has_figure(text: str) -> bool:
    """Whether a text has a number ("release-42", "pm2403001"), be it the ninth or the tenth of a series."""
    return any(map(str.isdigit, text))


def _numbered(text: str) -> Literal["", "first", "last"]:
    if re.match(r"\d{3,}\D", text):
        return "first"
    return "last" if re.search(r"\D\d{3,}$", text) else ""


def _editions(address: Address) -> Iterator[tuple[str, str]]:
    for place, part in enumerate(address.parts[:3]):
        if is_edition(part.text):
            yield str(place), part.text
    for name, part in address.values.items():
        if name in LANGUAGE_PARAMETERS:
            yield name, part.text
