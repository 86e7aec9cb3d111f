"""The alerts in decisions.toml: one [[alert]] for each. Other tables of the file are not read here.

An alert is a saved search with filters. It names what kind of change it is about, where its messages go (addresses of
apprise, https://appriseit.com/services/) and when. Secrets may stand in environment variables: `${NAME}` in an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, cast, get_args

from archive.alerts.digest import AT_ONCE, When, parse_when
from archive.boilerplate.decisions import TABLES
from archive.core import toml
from archive.core.ids import number_of
from archive.core.toml import LineIndex, TomlDocument, Unexpected, Validator, flag, many, text_of
from archive.text.fulltext import match_query
from archive.text.wording import STATUS, weblink

What = Literal["new", "edited", "removed", "unwell"]
Severity = Literal["minor", "major", "headline", "date"]

WHATS: tuple[What, ...] = get_args(What)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

MAX_AGE = timedelta(days=7)
"""A release whose stated day is further back than this when it is first seen is no news."""


@dataclass(frozen=True)
class Alert:
    """A saved search, what is reported of it, where and when. An empty filter means: any.

    `search` is written as for `dateline search`; with `ever`, the texts that a release had before count too.
    `max_age` is how far back the stated day of a new release may be. `deliver` are addresses as they are written.
    """

    name: str
    deliver: tuple[str, ...]
    search: str = ""
    ever: bool = False
    what: tuple[What, ...] = ("new",)
    source: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    status: str = ""
    language: str = ""
    author: str = ""
    place: str = ""
    edited: bool = False
    max_age: timedelta = MAX_AGE
    when: When = AT_ONCE
    tag: tuple[str, ...] = ()

    @property
    def definition(self) -> str:
        """A mark of what the alert is about: another one makes it a new alert."""
        about = (
            self.search, self.ever, sorted(self.what), sorted(self.source), sorted(self.severity), self.status,
            self.language, self.author, self.place, self.edited, self.max_age, *sorted(self.tag),
        )  # fmt: skip
        return f"{number_of(*about):x}"


@dataclass(frozen=True)
class Settings:
    """All alerts of an archive, and where its site is for the public ("" if that is not stated)."""

    alerts: tuple[Alert, ...] = ()
    site: str = ""


def load(path: Path) -> Settings:
    """The alerts in a file; none if there is no file. Raises SourcesError with file, line, field, what was expected."""
    return parse(toml.read(path, ""), str(path)) if path.exists() else Settings()


def parse(text: str, file: str = "decisions.toml") -> Settings:
    """The alerts in the text of a decisions.toml. Raises SourcesError as `load` does."""
    reading = TomlDocument(LineIndex(text))
    document = toml.tables(text, file)
    reading.unknown(document, TABLES, 0)
    found = Settings(tuple(_alerts(document, reading)), _site(document.get("site", {}), reading))
    reading.refuse_mistakes(file)
    return found


def _site(table: Any, reading: TomlDocument) -> str:
    line = (reading.lines.tables("site") or [reading.lines.key(0, "site")])[0]
    if not isinstance(table, dict):
        reading.note(line, "site", 'expected a table [site] with address = "https://..."')
        return ""
    return str(reading.values(table, {"address": _address}, line).get("address", ""))


def _alerts(document: Mapping[str, Any], reading: TomlDocument) -> Iterable[Alert]:
    tables, starts = document.get("alert", []), reading.lines.tables("alert")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        line = (starts or [reading.lines.key(0, "alert")])[0]
        reading.note(line, "alert", "expected [[alert]] (with two brackets) before each alert")
        return
    lines = starts if len(starts) == len(tables) else [0] * len(tables)
    first: dict[str, int] = {}
    for table, line in zip(tables, lines, strict=True):
        alert = _alert(table, reading, line)
        if alert is None:
            continue
        if first.setdefault(alert.name, line) != line:
            words = f'expected another name; the alert of line {first[alert.name]} is called "{alert.name}" too'
            reading.note(reading.lines.key(line, "name"), "name", words)
        yield alert


def _alert(table: Mapping[str, Any], reading: TomlDocument, line: int) -> Alert | None:
    values = reading.values(table, _READERS, line)
    for field, example in _NEEDED.items():
        if field not in table:
            reading.note(max(line, 1), field, f"expected {field} = {example}; the alert has none")
    zone = values.pop("timezone", "")
    if "when" in values or zone:
        try:
            values["when"] = parse_when(values.get("when", "at once"), zone or "UTC")
        except ValueError as error:
            name = "timezone" if "time zone" in str(error) else "when"
            reading.note(reading.lines.key(line, name), name, f"expected {error}")
            return None
    if not values.keys() >= _NEEDED.keys():
        return None
    alert = Alert(**values)
    if alert.severity and "edited" not in alert.what:
        reading.note(reading.lines.key(line, "severity"), "severity", 'expected "edited" in what: only edits have one')
    return alert


def _address(value: Any) -> str:
    if not isinstance(value, str) or not weblink(value):
        raise ValueError('the public address of the site, such as "https://news.example.org/"')
    return value.strip().rstrip("/")


def _search(value: Any) -> str:
    if not isinstance(value, str) or (value.strip() and not match_query(value)):
        raise ValueError('words to search for, such as "night ferr*" (not only words to leave out)')
    return value.strip()


def _one_of(known: Iterable[str]) -> Validator:
    words = tuple(known)

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"one of: {', '.join(words)}")
        return cast(str, value)

    return read


def _one_or_many(reader: Validator) -> Validator:
    """A value alone, or a list of at least one."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (reader(value),)
        found: tuple[Any, ...] = tuple(dict.fromkeys(many(reader)(value)))
        if not found:
            raise ValueError("at least one value in the list")
        return found

    return read


def _service(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z][\w+.-]*://\S+|\$\{\w+\}\S*", value.strip()):
        raise Unexpected('an address of apprise, such as "mailto://..." or "ntfys://ntfy.sh/${TOPIC}"', _hidden(value))
    return value.strip()


def _hidden(value: Any) -> Any:
    """An address that is not one, without what may be a secret."""
    return f"{value[:12]}..." if isinstance(value, str) and len(value) > 12 else value


def _age(value: Any) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})\s*d", value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('a number of days, such as "7d"')
    return timedelta(days=int(found[1]))


def _tag(value: Any) -> str:
    return cast(str, text_of("a tag of sources")(value)).lower()


_ONE_LINE = "text on one line"
_READERS: Mapping[str, Validator] = {
    "name": text_of("a name on one line, of at most 80 characters", r"[^\x00-\x1f\x7f]{1,80}"),
    "search": _search,
    "ever": flag,
    "what": _one_or_many(_one_of(WHATS)),
    "source": _one_or_many(text_of("the name of a source")),
    "tag": _one_or_many(_tag),
    "severity": _one_or_many(_one_of(SEVERITIES)),
    "status": _one_of(STATUS),
    "language": text_of(_ONE_LINE),
    "author": text_of(_ONE_LINE),
    "place": text_of(_ONE_LINE),
    "edited": flag,
    "max_age": _age,
    "when": text_of(_ONE_LINE),
    "timezone": text_of(_ONE_LINE),
    "deliver": _one_or_many(_service),
}
_NEEDED = {"name": '"..."', "deliver": '["..."]'}

FIELDS = tuple(_READERS)
"""The fields of an [[alert]], as docs/alerts.md documents them."""
