"""Types of options: names of sources and tags, which the shell completes of the archive that the line names, and days.

While a line is completed nothing may be printed and nothing may fail: what cannot be read completes nothing.
"""

from __future__ import annotations

import os
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from archive.core.errors import DatelineError
from archive.store.opening.readonly import open_readonly

if TYPE_CHECKING:
    _Word = click.ParamType[str]  # not a generic class before click 8.2
else:
    _Word = click.ParamType

_DAY = "%Y-%m-%d"


class Day(click.DateTime):
    """A day as YYYY-MM-DD. With `past`, one that lies ahead is refused: nothing was published on it."""

    def __init__(self, past: bool = False) -> None:
        super().__init__([_DAY])
        self._past = past

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, as the datetime of its midnight."""
        try:
            found = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)[:40]!r} is not a day written as YYYY-MM-DD, such as 2026-03-01.", param, ctx)
        if self._past and (ahead := lies_ahead(found.date(), datetime.now().astimezone())):
            self.fail(ahead, param, ctx)
        return found


def refuse_order(since: date | None, until: date | None) -> None:
    """Raise a UsageError if no day lies from the first to the last."""
    if since and until and since > until:
        raise click.UsageError(
            f"--since {since:{_DAY}} is later than --until {until:{_DAY}}: no day lies between them."
        )


def lies_ahead(day: date, now: datetime) -> str:
    """That a day lies ahead of an aware moment, in words; "" if it does not, where the moment is or in UTC."""
    today = max(now.date(), now.astimezone(UTC).date())
    return f"{day} lies ahead (today is {today}): nothing was published since then." if day > today else ""


class SourceName(_Word):
    """The name of a source. Only completes it; whether there is such a source is for the command to say."""

    name = "source"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names of sources that begin so: of sources.toml, and of the archive."""
        archive = _archive(ctx)
        stated = {str(table["name"]): str(table.get("title", "")) for table in _tables(archive) if "name" in table}
        names = {**dict.fromkeys(_stored(archive, "select name from sources"), ""), **stated}
        return _items(names.items(), incomplete)


class Tag(_Word):
    """A tag of sources. Only completes it."""

    name = "tag"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The tags that begin so."""
        tags = {str(tag) for table in _tables(_archive(ctx)) for tag in table.get("tags", ())}
        return _items(((tag, "") for tag in tags), incomplete)


def _items(found: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=words or None) for name, words in sorted(found) if name.startswith(incomplete)]


def _archive(ctx: click.Context) -> Path:
    """The archive of the line so far. Options of a line that is not complete yet may not be in its parameters."""
    above: click.Context | None = ctx
    while above:
        given = above.params.get("archive")
        if given and given != Path():
            return Path(given)
        above = above.parent
    return Path(os.environ.get("DATELINE_ARCHIVE", "."))


def _tables(archive: Path) -> Iterator[dict[str, Any]]:
    with suppress(OSError, ValueError):
        tables = tomllib.loads((archive / "sources.toml").read_text(encoding="utf-8-sig")).get("source", [])
        yield from (table for table in tables if isinstance(table, dict))


def _stored(archive: Path, sql: str) -> list[str]:
    with suppress(DatelineError, sqlite3.Error, OSError), open_readonly(archive / "archive.db") as connection:
        return [str(row[0]) for row in connection.execute(sql)]
    return []
