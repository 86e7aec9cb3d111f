"""What a person wrote about sources, moved with them: sources.toml, and the parts of decisions.toml and clock.toml.

First the tables are added to the files of the archive that takes the sources; from the other archive they are removed
when everything else has moved. Alerts, and what decisions.toml says of the site, stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from archive.core import toml
from archive.core.errors import SourcesError
from archive.core.model import as_json

SOURCES, DECISIONS, CLOCK = "sources.toml", "decisions.toml", "clock.toml"

Names = frozenset[str]


def _by_name(sources: Names) -> Callable[[Mapping[str, Any]], bool]:
    return lambda table: table.get("name") in sources


def _by_source(sources: Names) -> Callable[[Mapping[str, Any]], bool]:
    return lambda table: table.get("source") in sources


def _by_file(sources: Names) -> Callable[[Mapping[str, Any]], bool]:
    return lambda table: PurePosixPath(str(table.get("warc_file"))).parent.name in sources


_PARTS = {SOURCES: ("source", _by_name), DECISIONS: ("boilerplate", _by_source), CLOCK: ("ahead", _by_file)}
"""For each file the tables that are about one source, and whether one is about some sources."""


def watched(directory: Path) -> Names:
    """The names of the sources in sources.toml. Raises SourcesError if the file cannot be read."""
    path = directory / SOURCES
    text = toml.read(path, "") if path.exists() else ""
    return frozenset(str(table.get("name")) for table in toml.tables(text, str(path)).get("source", []))


def add(giving: Path, taking: Path, sources: Names) -> None:
    """Add what one archive's files say of sources to those of another. What is there already is not added again.

    Raises SourcesError if a file cannot be read or written, or if a source would get other defaults.
    """
    for name, (header, about) in _PARTS.items():
        if not (giving / name).exists():
            continue
        given = toml.read(giving / name, "")
        if (taking / name).exists():
            before = toml.read(taking / name, "")
            more = _defaults(given, before, giving, taking, sources) if name == SOURCES else {}
            text = toml.transferred(given, before, header, about(sources), more)
        elif name == SOURCES:  # with its defaults and what is written above them
            before, others = "", about(sources)
            text = toml.without(given, header, lambda table: not others(table))  # noqa: B023 - called at once
        else:
            before, text = "", toml.transferred(given, "", header, about(sources))
        if text.strip() and text != before:
            toml.write(taking / name, text)


def remove(giving: Path, sources: Names) -> None:
    """Remove what an archive's files say of sources. Raises SourcesError if a file cannot be read or written."""
    for name, (header, about) in _PARTS.items():
        if not (giving / name).exists():
            continue
        before = toml.read(giving / name, "")
        text = toml.without(before, header, about(sources))
        if text != before:
            toml.write(giving / name, text)


def _defaults(given: str, taken: str, giving: Path, taking: Path, sources: Names) -> dict[str, Any]:
    """The defaults of the one file that the sources must state themselves, because the other file has others."""
    ours = toml.tables(given, str(giving / SOURCES))
    theirs = toml.tables(taken, str(taking / SOURCES)).get("defaults", {})
    mine = ours.get("defaults", {})
    for table in ours.get("source", []):
        strange = [name for name in theirs if name not in mine and name not in table]
        if table.get("name") in sources and strange:
            fields = ", ".join(f"{name} = {as_json(theirs[name])!r}" for name in strange)
            raise SourcesError(
                f"{taking / SOURCES} has [defaults] that {table['name']} does not have in {giving / SOURCES}: {fields}."
                f" State these fields for {table['name']} in {giving / SOURCES}, as they are to be, then try again."
            )
    return {name: value for name, value in mine.items() if theirs.get(name) != value}
