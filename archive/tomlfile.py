"""TOML files that a person edits: read whole, added to with their comments kept, replaced at once.

What their fields mean is for those who read them (`crawler.sources`, `archive.decisions`); tomlkit lives here alone.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from archive.fields import Lines
from archive.model import SourcesError


def read(path: Path, missing: str) -> str:
    """The text of a file. Raises SourcesError; `missing` is what to do when there is no such file."""
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
    """What the text of a file holds. Raises SourcesError with file, line and what was found where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(_syntax(error, file, Lines(text))) from error


def appended(text: str, header: str, values: Mapping[str, Any]) -> str:
    """The text with one more table `[[header]]` at its end; values that say nothing are left out."""
    table = tomlkit.table()
    for field, value in values.items():
        if value not in ("", None, (), []):
            table.add(field, list(value) if isinstance(value, tuple) else value)
    array = tomlkit.aot()
    array.append(table)
    document = tomlkit.document()
    document.add(header, array)
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + tomlkit.dumps(document)


def changed(text: str, header: str, number: int, values: Mapping[str, Any]) -> str:
    """The text with other values in the table `[[header]]` of this number (from 0); all else stays as it is."""
    document = tomlkit.parse(text)
    table: Any = document[header]
    for field, value in values.items():
        table[number][field] = value
    return tomlkit.dumps(document)


def write(path: Path, text: str) -> None:
    """Replace a file's text at once and whole. Raises SourcesError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourcesError(f"{path} cannot be written: {error.strerror}.") from error


def _syntax(error: tomllib.TOMLDecodeError, file: str, lines: Lines) -> str:
    where = re.search(r"at line (\d+), column (\d+)", str(error))
    line = int(where[1]) if where else lines.last
    words = re.sub(r" \(at .*\)$", "", str(error))
    return f"{file}, line {line}: expected TOML, found: {lines.text(line)} ({words})"
