"""decisions.toml: what a person decided about passages that newsrooms repeat. It wins over everything that is learned.

The file is beside sources.toml. `dateline keep` and `dateline remove` write it, and people edit it. It is never
derived, so a rebuild does not change it. A decision applies to a passage by its `archive.text.fingerprint`: numbers,
dates and names of networks may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from archive.core import toml
from archive.core.toml import LineIndex, TomlDocument, Validator, text_of
from archive.text.fingerprint import fingerprint

FILE = "decisions.toml"

TABLES = ("boilerplate", "alert", "site")
"""The tables of the file. Those of alerts are read by `archive.alerts.settings`."""

Verb = Literal["keep", "remove"]


@dataclass(frozen=True)
class Decision:
    """A passage that is always kept in, or removed from, a source's articles; when ("" if unknown) and why."""

    source: str
    text: str
    decision: Verb
    at: str = ""
    note: str = ""

    @property
    def mark(self) -> int:
        """The fingerprint of the passage."""
        return fingerprint(self.text)


@dataclass(frozen=True)
class Decided:
    """The decisions of one source, by the fingerprints of the passages."""

    keep: frozenset[int] = frozenset()
    remove: frozenset[int] = frozenset()


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file; none if there is no file. Raises SourcesError with file, line, field, what was
    expected.
    """
    return parse(toml.read(path, ""), str(path)) if path.exists() else ()


def parse(text: str, file: str = FILE) -> tuple[Decision, ...]:
    """The decisions in the text of a decisions.toml. Raises SourcesError as `load` does."""
    reading = TomlDocument(LineIndex(text))
    found = _decisions(toml.tables(text, file), reading)
    reading.refuse_mistakes(file)
    return found


def record(path: Path, source: str, text: str, decision: Verb, at: datetime, note: str = "") -> Decision:
    """Add a decision to the file and return it; the rest of the file, with its comments, stays as it is.

    If there is already a decision about the passage, the new one replaces it. Raises SourcesError.
    """
    before = toml.read(path, "") if path.exists() else _BEGINNING
    known = parse(before, str(path))
    made = Decision(source, text, decision, at.astimezone(UTC).isoformat(timespec="seconds"), note)
    values = {"decision": decision, "at": at.astimezone(UTC).replace(microsecond=0)} | ({"note": note} if note else {})
    of_it = [number for number, old in enumerate(known) if (old.source, old.mark) == (source, made.mark)]
    if of_it:
        after = toml.changed(before, "boilerplate", of_it[-1], values)
    else:
        after = toml.appended(before, "boilerplate", {"source": source, "text": text, **values})
    parse(after, str(path))
    toml.write(path, after)
    return made


def by_source(decisions: Iterable[Decision]) -> dict[str, Decided]:
    """The decisions of each source that has any."""
    marks: dict[str, dict[str, set[int]]] = {}
    for one in decisions:
        marks.setdefault(one.source, {"keep": set(), "remove": set()})[one.decision].add(one.mark)
    return {source: Decided(frozenset(of["keep"]), frozenset(of["remove"])) for source, of in marks.items()}


_BEGINNING = """\
# What a person decided about passages that newsrooms repeat: always keep them in the texts, or always remove them.
# `dateline keep` and `dateline remove` write this file; you may edit it. One [[boilerplate]] for each passage.
"""


def _passage(value: Any) -> str:
    if not isinstance(value, str) or not fingerprint(value):
        raise ValueError("a passage with other words than numbers, dates and names of social networks")
    return value


def _verb(value: Any) -> str:
    if value not in get_args(Verb):
        raise ValueError('"keep" or "remove"')
    return cast(str, value)


def _moment(value: Any) -> str:
    if not isinstance(value, date):
        raise ValueError("a date or moment without quotes, such as 2026-03-11T09:30:00Z")
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


_READERS: Mapping[str, Validator] = {
    "source": text_of("the name of a source"),
    "text": _passage,
    "decision": _verb,
    "at": _moment,
    "note": text_of("a note on one line"),
}
_NEEDED = {"source": "...", "text": "...", "decision": "keep"}


def _decisions(document: Mapping[str, Any], reading: TomlDocument) -> tuple[Decision, ...]:
    reading.unknown(document, TABLES, 0)
    tables, starts = document.get("boilerplate", []), reading.lines.tables("boilerplate")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        line = (starts or [reading.lines.key(0, "boilerplate")])[0]
        reading.note(line, "boilerplate", "expected [[boilerplate]] (with two brackets) before each decision")
        return ()
    lines = starts if len(starts) == len(tables) else [0] * len(tables)
    read = [(_decision(table, reading, line), line) for table, line in zip(tables, lines, strict=True)]
    found = [(decision, line) for decision, line in read if decision]
    _refuse_contradictions(found, reading)
    return tuple(decision for decision, _ in found)


def _decision(table: Mapping[str, Any], reading: TomlDocument, line: int) -> Decision | None:
    values = reading.values(table, _READERS, line)
    for field, example in _NEEDED.items():
        if field not in table:
            reading.note(max(line, 1), field, f'expected {field} = "{example}"; the decision has none')
    return Decision(**values) if values.keys() >= _NEEDED.keys() else None


def _refuse_contradictions(found: Iterable[tuple[Decision, int]], reading: TomlDocument) -> None:
    first: dict[tuple[str, int], tuple[Verb, int]] = {}
    for one, line in found:
        decision, earlier = first.setdefault((one.source, one.mark), (one.decision, line))
        if decision != one.decision:
            words = f'expected one decision for a passage; line {earlier} says "{decision}" of the same'
            reading.note(reading.lines.key(line, "decision"), "decision", words)
