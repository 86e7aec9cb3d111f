"""How a site is served: the options of the command line, and the Datasette metadata or config file that goes with them.

A file that could leave open what its writer meant to close is refused: unknown tables, queries, databases or settings,
and the `permissions` blocks of Datasette 1.0, which 0.65 does not read.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.app import DEFAULT_SETTINGS
from datasette.utils import BadMetadataError, parse_metadata

from archive.core.errors import ArchiveError
from archive.web.access import DATABASE
from archive.web.data.canned import CANNED


@dataclass(frozen=True)
class SiteOptions:
    """What a site needs to know beside its archive and address.

    `config` is a Datasette metadata or config file (JSON or YAML), `plugins_dir` a directory of plugin modules,
    `host_names` what the site is called beside loopback and its address, `proxies` the addresses of reverse proxies,
    `hubs` the addresses of WebSub hubs that feeds name, `rate` how many expensive pages one visitor may ask for in a
    minute (0: any number).
    """

    config: Path | None = None
    plugins_dir: Path | None = None
    host_names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    rate: int = 60


DEFAULT = SiteOptions()


@dataclass(frozen=True)
class SiteConfig:
    """A file that was read: its `settings`, and all else, which is Datasette's metadata."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)


def secret() -> str | None:
    """The secret that signs sessions: DATASETTE_SECRET, as for Datasette. Without it they end with the process."""
    return os.environ.get("DATASETTE_SECRET") or None


def read_config(file: Path | None, archive_db: Path) -> SiteConfig:
    """The file, checked against the archive's tables. Raises ArchiveError that names what is wrong with it."""
    if file is None:
        return SiteConfig()
    try:
        content = parse_metadata(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise ArchiveError(f"{file} cannot be read: {error}. Nothing is served.") from error
    except BadMetadataError as error:
        raise ArchiveError(f"{file} is neither JSON nor YAML. Nothing is served.") from error
    for problem in _problems(content, archive_db):
        raise ArchiveError(f"{file}: {problem} Nothing is served until the file is mended.")
    return SiteConfig(content.get("settings") or {}, {key: content[key] for key in content if key != "settings"})


def _problems(content: Any, archive_db: Path) -> Iterator[str]:
    if not isinstance(content, dict):
        yield "a mapping of settings was expected."
        return
    blocks = {name: _block(content, name) for name in ("settings", "databases", "plugins")}
    for name in [name for name, block in blocks.items() if not isinstance(block, dict)]:
        yield f'"{name}" must be a mapping.'
        return
    for name in sorted(set(blocks["settings"]) - set(DEFAULT_SETTINGS)):
        yield f"Datasette has no setting {name!r}."
    for name in sorted(set(blocks["databases"]) - {DATABASE}):
        yield f'the database is called "{DATABASE}", not {name!r}.'
    if "permissions" in _keys({key: value for key, value in content.items() if key != "plugins"}):
        yield '"permissions" belongs to Datasette 1.0 and closes nothing here; write "allow" blocks.'
    database = _block(blocks["databases"], DATABASE)
    if not isinstance(database, dict):
        yield f'"{DATABASE}" must be a mapping.'
        return
    yield from _unknown(database, archive_db)


def _block(content: Mapping[str, Any], name: str) -> Any:
    return {} if content.get(name) is None else content[name]


def _unknown(database: Any, archive_db: Path) -> Iterator[str]:
    """Tables and queries in the file that the archive does not have, so that a slip in a name closes nothing."""
    tables, queries = (_block(database, name) for name in ("tables", "queries"))
    if not (isinstance(tables, dict) and isinstance(queries, dict)):
        yield f'"tables" and "queries" of "{DATABASE}" must be mappings.'
        return
    with closing(sqlite3.connect(f"{archive_db.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        known = {row[0].lower() for row in connection.execute("select name from sqlite_master")}
    for name in sorted(name for name in tables if name.lower() not in known):
        yield f"the archive has no table {name!r}."
    for name in sorted(name for name, facts in tables.items() if not isinstance(facts, dict)):
        yield f"what is said of the table {name!r} must be a mapping."
    for name, query in sorted(queries.items()):
        if name not in CANNED and not (isinstance(query, str) or (isinstance(query, dict) and query.get("sql"))):
            yield f"the query {name!r} has no SQL, and no ready-made query is called so."


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*(_keys(each) for each in value.values()))
    return set().union(*(_keys(each) for each in value)) if isinstance(value, list) else set()
