"""TOML files that a person edits: reads them into checked values, edits them and keeps comments, replaces them safely.

Every mistake is reported with its line, field and what was expected. The modules that read a file know what its fields
mean (`crawler.sources.sources`, `archive.boilerplate.decisions`). Only this module uses tomlkit.

The reader of a field gets the value in TOML and returns the final value, or raises ValueError with the words for
"expected ...".
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomlkit
import tomlkit.items

from archive.core.credentials import hidden
from archive.core.errors import ArchiveError, SourcesError
from archive.core.files import atomic_write

Validator = Callable[[Any], Any]

Comment = tuple[Collection[str], str]
"""Comments that commands wrote behind a value, which its change makes untrue, and the one that takes their place."""

_NONE: Mapping[str, Any] = MappingProxyType({})
_HEADER = re.compile(r"\s*\[{1,2}\s*[\w.\"' -]+\]{1,2}\s*(#.*)?$")


_SLIPS = (
    ("Cannot overwrite a value", "this name is given twice: keep one of the two"),
    ("Cannot (declare|mutate|redefine)", "this table is begun twice: put its fields together"),
    (r"^Invalid .*=[\s\[]*[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]", 'write straight quotes: "..."'),
    (r"Illegal character '\\n'|Unterminated string|Expected \"'\"", "a quote is not closed"),
    (r"Unescaped '\\' ", "a text with a backslash stands in single quotes: '...'"),
    ("Unclosed array", "a list is not closed, or lacks a comma"),
    ("Expected '=' after a key", "write NAME = VALUE"),
    ("Expected newline or end of document", "a line has one field and one value; behind them only a # comment"),
    ("Invalid value", 'a text stands in quotes, "..."; what is no text is a number, true, false or a list'),
)
"""Frequent slips of a person who edits a file: what the words of the parser, or the line itself, show it by, and what
to do, in the order in which they count."""


class Unexpected(ValueError):
    """A value in a list that is not what was expected; `found` is only that value."""

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(expected)
        self.found = found


class LineIndex:
    """Where in the text tables and keys stand, which a TOML parser forgets."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self.last = max(text.rstrip().count("\n") + 1, 1)

    def text(self, line: int) -> str:
        """The text of a line, shortened."""
        return hidden(self._lines[line - 1].strip())[:100] if 0 < line <= len(self._lines) else ""

    def tables(self, header: str) -> list[int]:
        """The lines of each `[[header]]` or `[header]`."""
        pattern = re.compile(rf"\s*\[?\[\s*[\"']?{re.escape(header)}[\"']?\s*\]")
        return [n for n, line in enumerate(self._lines, 1) if pattern.match(line)]

    def key(self, table: int, name: str, value: str = "") -> int:
        """The line of a key (or of a value within its list) of the table that begins on a line (0: before any).

        The line of the table itself if it has no such key.
        """
        pattern = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]")
        for n, line in enumerate(self._lines[table:], table + 1):
            if _HEADER.match(line):
                break
            if pattern.match(line):
                return next((m for m in range(n, n + 200) if value and value in self.text(m)), n)
        return max(table, 1)


@dataclass
class TomlDocument:
    """The tables of one file; collects (line, words) of every mistake."""

    lines: LineIndex
    mistakes: list[tuple[int, str]] = field(default_factory=list)

    def unknown(self, keys: Collection[str], known: Collection[str], table: int) -> None:
        """Record unknown keys, with the known key that was perhaps meant."""
        for name in keys:
            if name not in known:
                meant = difflib.get_close_matches(name.lower(), known, 1, 0.6)
                hint = f'did you mean "{meant[0]}"?' if meant else f"expected one of: {', '.join(known)}"
                line = self.lines.key(table, name)
                self.note((self.lines.tables(name) or [line])[0] if not table else line, name, f"unknown field; {hint}")

    def values(self, table: Mapping[str, Any], readers: Mapping[str, Validator], line: int) -> dict[str, Any]:
        """The values of a table that begins on a line, by field, without fields that have a mistake."""
        self.unknown(table, readers, line)
        read: dict[str, Any] = {}
        for name, reader in readers.items():
            if name not in table:
                continue
            try:
                read[name] = reader(table[name])
            except ValueError as error:
                found = error.found if isinstance(error, Unexpected) else table[name]
                where = self.lines.key(line, name, found if isinstance(found, str) else "")
                self.note(where, name, f"expected {error}, found {_shown(found)}")
        return read

    def note(self, line: int, name: str, words: str) -> None:
        self.mistakes.append((line, f"{name}: {words}"))

    def refuse_mistakes(self, file: str) -> None:
        """Raise SourcesError if there are mistakes: each with file, line, field, what was expected. Without a `file`,
        which none of them is in yet, each with field and what was expected."""
        if self.mistakes:
            mistakes = sorted(set(self.mistakes))
            raise SourcesError(
                "\n".join(f"{file}, line {line}, {words}" if file else words for line, words in mistakes)
            )


def text_of(expected: str, pattern: str = r"[^\x00-\x1f\x7f]+", exact: bool = False) -> Validator:
    """A reader of one line of text that a regular expression must match; `exact` allows no blanks around it."""

    def read(value: Any) -> str:
        text = value if exact or not isinstance(value, str) else value.strip()
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            raise ValueError(expected)
        return text

    return read


def number_of(expected: str, lowest: float, highest: float, whole: bool = False) -> Validator:
    """A reader of a number between two limits; optionally only whole numbers."""

    def read(value: Any) -> float:
        kinds = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not lowest <= value <= highest:
            raise ValueError(expected)
        return value if whole else float(value)

    return read


def flag(value: Any) -> bool:
    """A reader of true or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def many(reader: Validator) -> Validator:
    """A reader of a list of values for another reader, as a tuple."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError('a list, such as ["...", "..."]')
        return tuple(_one(reader, item) for item in value)

    return read


def _one(reader: Validator, item: Any) -> Any:
    try:
        return reader(item)
    except ValueError as error:
        raise Unexpected(str(error), item) from error


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return hidden(json.dumps(value, ensure_ascii=False, default=str))[:100]


def read(path: Path, missing: str) -> str:
    """The text of a file. Raises SourcesError; `missing` says what to do if there is no such file."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise SourcesError(f"{path} does not exist. {missing}") from error
    except OSError as error:
        raise SourcesError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SourcesError(f"{path}, line {line}: expected UTF-8 text, found byte {raw[error.start]:#04x}.") from error


def tables(text: str, file: str) -> dict[str, Any]:
    """The content of a TOML text. Raises SourcesError with file, line and what was found if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(_syntax(error, file, LineIndex(text))) from error
    except (ValueError, RecursionError) as error:  # the parser's own limits, which it does not say as TOMLDecodeError
        beyond = "lists within lists" if isinstance(error, RecursionError) else "digits of one number"
        raise SourcesError(f"{file}: expected TOML, found {beyond} by the thousand. Take them out.") from error


def appended(
    text: str, header: str, values: Mapping[str, Any], comments: Mapping[str, str | Sequence[str]] | None = None
) -> str:
    """The text with one more table `[[header]]` at its end; values that say nothing are left out.

    `comments` stand behind the values of their names, for a list one behind each of its values.
    """
    table = tomlkit.table()
    for name, value in values.items():
        if value is not False and value not in ("", None, (), []):  # 0 says something, and equals False
            comment = (comments or {}).get(name, "")
            table.add(name, _commented(list(value) if isinstance(value, tuple) else value, comment))
    array = tomlkit.aot()
    array.append(table)
    document = tomlkit.document()
    document.add(header, array)
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + tomlkit.dumps(document)


def _commented(value: Any, comment: str | Sequence[str]) -> Any:
    """A value with its comment, or a list with one for each value, as tomlkit's item."""
    item = tomlkit.item(value)
    if isinstance(item, tomlkit.items.Array) and not isinstance(comment, str):
        lines = tomlkit.array()
        for each, words in zip(value, comment, strict=True):
            lines.add_line(each, indent="    ", comment=_one_line(words) or None)
        lines.add_line(indent="")
        return lines
    if isinstance(comment, str) and comment:
        item.comment(_one_line(comment))
    return item


def _one_line(words: str) -> str:
    """A comment without what TOML does not allow in one."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def changed(
    text: str, header: str, number: int, values: Mapping[str, Any], comments: Mapping[str, Comment] | None = None
) -> str:
    """The text with other values in the table `[[header]]` of this number (from 0); everything else stays.

    A value None takes the field out. A new field stands behind the last one of the table, before its blank lines. A
    comment behind a value that is one of the old ones of `comments` becomes the new one; a person's own stays.
    """
    document = tomlkit.parse(text)
    tables: Any = document[header]
    table = tables[number]
    known = set(table)
    for name, value in values.items():
        if value is None:
            table.pop(name, None)
        else:
            table[name] = list(value) if isinstance(value, tuple) else value
            old, new = (comments or {}).get(name, (frozenset(), ""))
            item = table[name]
            if isinstance(item, tomlkit.items.Item) and item.trivia.comment.strip("# ") in old:
                item.trivia.comment = f"# {new}"
    if isinstance(table, tomlkit.items.Table):
        _gather(table.value.body, known)
    return tomlkit.dumps(document)


def transferred(
    giving: str, taking: str, header: str, chosen: Callable[[Mapping[str, Any]], bool], more: Mapping[str, Any] = _NONE
) -> str:
    """The text `taking` with the tables `[[header]]` of `giving` that are chosen, with the comments inside them.

    Tables that it has already are not added again. `more` are values for those that do not state them.
    """
    known = [table.unwrap() for table in _array(tomlkit.parse(taking), header)]
    for table in map(_as_table, _array(tomlkit.parse(giving), header)):
        if not chosen(table.unwrap()):
            continue
        for name, value in more.items():
            if name not in table:
                table.add(name, value)
        if table.unwrap() in known:
            continue
        array = tomlkit.aot()
        array.append(table)
        document = tomlkit.document()
        document.add(header, array)
        before = f"{taking.rstrip()}\n\n" if taking.strip() else ""
        taking = f"{before}{tomlkit.dumps(document).strip()}\n"
    return taking


def without(text: str, header: str, chosen: Callable[[Mapping[str, Any]], bool]) -> str:
    """The text without the tables `[[header]]` that are chosen; everything else stays."""
    document = tomlkit.parse(text)
    array = _array(document, header)
    for number in reversed(range(len(array))):
        if chosen(array[number].unwrap()):
            del array[number]
    if header in document and not array:
        del document[header]
    return tomlkit.dumps(document)


def _array(document: tomlkit.TOMLDocument, header: str) -> Any:
    return document.get(header, [])


def _as_table(item: Any) -> tomlkit.items.Table:
    """A table, also of one that was written inline."""
    if isinstance(item, tomlkit.items.Table):
        return item
    table = tomlkit.table()
    table.update(item.unwrap())
    return table


def _gather(body: list[tuple[Any, Any]], known: Collection[str]) -> None:
    """Move new fields of a table up to the others: what stands below them belongs to the next table."""
    new = [entry for entry in body if entry[0] is not None and entry[0].key not in known]
    rest = [entry for entry in body if entry not in new]
    last = max((n for n, (key, _) in enumerate(rest, 1) if key is not None), default=0)
    body[:] = [*rest[:last], *new, *rest[last:]]


def write(path: Path, text: str) -> None:
    """Replace a file's text in one step, and sync it. Raises SourcesError."""
    try:
        with atomic_write(path) as file:
            file.write(text.encode())
    except ArchiveError as error:
        raise SourcesError(str(error)) from error


def _syntax(error: tomllib.TOMLDecodeError, file: str, lines: LineIndex) -> str:
    where = re.search(r"at line (\d+), column (\d+)", str(error))
    line = int(where[1]) if where else lines.last
    words = re.sub(r" \(at .*\)$", "", str(error))
    found = lines.text(line)
    said = next((what for sign, what in _SLIPS if re.search(sign, f"{words} {found}")), words)
    return f"{file}, line {line}: expected TOML, found: {found} ({said})"
