"""sources.toml: what to watch. Reads it into values, and names every mistake with its line. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from archive.core import toml
from archive.core.model import Policy, Processing
from archive.core.toml import LineIndex, TomlDocument
from crawler.sources.fields import FIELDS, OF_ALL
from crawler.sources.processing import TABLE as PROCESSING
from crawler.sources.processing import processing_in
from crawler.sources.schedule import Cron, Every, Schedule

__all__ = ["FILE", "HOURLY", "LEFT", "Cron", "Every", "Source", "State", "load", "missing", "parse", "processing"]

FILE = "sources.toml"
"""Its name in an archive's directory."""

LEFT = (
    "%s is no longer in %s: it is not crawled, and its articles stay. `dateline sources watch %s` enters it again; "
    "under another name a new source begins."
)
"""What is said of a source once its table is gone, by its name, the file and its name."""

HOURLY = Every(3600)
"""How often a source is crawled if it has no schedule."""

_LOOSE = "expected a line [[source]] above the fields of each source (or [defaults], if they are for all)"

_USUAL = Policy()

State = Literal["watched", "paused", "unwatched"]
"""How a source is watched."""


@dataclass(frozen=True)
class Source:
    """A newsroom to watch. If feeds, sitemaps or listings are named, only those are read; else they are searched for.

    `hosts` are others on which its releases lie. `include` and `exclude` are regular expressions, searched for in
    addresses. `delay` is seconds between requests to a host, `timeout` seconds for one whole crawl, `max_pages` pages
    and `max_bytes` bytes (as they are sent, compressed or not) for one crawl (0: no limit). `contact` goes into the
    user agent. `recheck`, `recheck_then`, `gone_after` and `confirm` are the fields of its `policy`. `allow_private`
    lets the hosts of its addresses lead to a local network. `backfill`: besides watching for what is new, walk back to
    the first release. `tags` are lower-case words that it is found by. One that is `paused`, or no longer `watched`, is
    crawled only if a person names it; its settings still hold for the articles that are there.
    """

    name: str
    url: str
    title: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    schedule: Schedule = HOURLY
    delay: float = 2.0
    contact: str = ""
    recheck: tuple[timedelta, ...] = _USUAL.ages
    recheck_then: timedelta = _USUAL.then
    gone_after: timedelta = _USUAL.gone_after
    confirm: int = _USUAL.confirm
    max_pages: int = 5000
    timeout: float = 3600.0
    max_bytes: int = 2_000_000_000
    allow_private: bool = False
    backfill: bool = True
    render: bool = False
    tags: tuple[str, ...] = ()
    paused: bool = False
    watched: bool = True

    @property
    def state(self) -> State:
        """Whether it is crawled on its schedule, paused for a while, or no longer watched."""
        return "unwatched" if not self.watched else "paused" if self.paused else "watched"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that sources.toml names for it: the newsroom, its feeds, sitemaps and listings."""
        return (self.url, *self.feeds, *self.sitemaps, *self.listings)

    @property
    def policy(self) -> Policy:
        """When its articles are checked again, and when what is seen then counts."""
        return Policy(self.recheck, self.recheck_then, self.gone_after, self.confirm)


def missing(path: Path) -> str:
    """What to do where there is no such file: in an archive, or where none is."""
    if not (path.parent / "warc").is_dir():
        return "Name an archive with --archive, or make one: `dateline init`."
    return (
        "What was archived is there: copy the file back from a backup. Without one, `dateline init` makes a new one, "
        "and `dateline sources watch SOURCE` enters a source again."
    )


def load(path: Path) -> tuple[Source, ...]:
    """The sources of a file, in its order. Raises SourcesError naming every mistake: file, line, field, expected."""
    return parse(toml.read(path, missing(path)), str(path))


def parse(text: str, file: str = "sources.toml") -> tuple[Source, ...]:
    """The sources that a text describes. Raises SourcesError as `load` does; without a `file` it names no lines."""
    reading = TomlDocument(LineIndex(text))
    document = toml.tables(text, file)
    sources = _sources(document, reading)
    processing_in(document, reading)
    reading.refuse_mistakes(file)
    return sources


def processing(path: Path) -> Processing:
    """Where pages are read, as a file says. Raises SourcesError if its table [processing] has mistakes."""
    text = toml.read(path, missing(path))
    reading = TomlDocument(LineIndex(text))
    found = processing_in(toml.tables(text, str(path)), reading)
    reading.refuse_mistakes(str(path))
    return found


def _sources(document: Mapping[str, Any], reading: TomlDocument) -> tuple[Source, ...]:
    loose = [field for field in document if field in FIELDS]
    for field in loose[:1]:
        reading.note(reading.lines.key(0, field), field, _LOOSE)
    reading.unknown([name for name in document if name not in loose], ("source", "defaults", PROCESSING), 0)
    tables, common = document.get("source", []), document.get("defaults", {})
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        line = (reading.lines.tables("source") or [reading.lines.key(0, "source")])[0]
        reading.note(line, "source", "expected [[source]] (with two brackets) before the fields of each source")
        return ()
    if not isinstance(common, dict):
        reading.note(reading.lines.key(0, "defaults"), "defaults", "expected [defaults] before its fields")
        return ()
    starts, begins = reading.lines.tables("source"), reading.lines.tables("defaults")
    defaults = reading.values(common, OF_ALL, begins[0] if begins else 0)
    read = [
        _source(defaults, table, reading, starts[n] if len(starts) == len(tables) else 0)
        for n, table in enumerate(tables)
    ]
    return tuple(source for source in _unique(read, reading) if source)


def _source(
    defaults: Mapping[str, Any], table: Mapping[str, Any], reading: TomlDocument, line: int
) -> tuple[Source | None, int]:
    own = reading.values(table, FIELDS, line)
    for field in ("name", "url"):
        if field not in table:
            reading.note(max(line, 1), field, f'expected {field} = "..."; the source has none')
    values = {**defaults, **own}
    zone = values.pop("timezone", "UTC")
    if isinstance(values.get("schedule"), Cron):
        values["schedule"] = replace(values["schedule"], zone=zone)
    if "name" not in own or "url" not in own:
        return None, line
    return Source(**{"title": own["name"], **values}), line


def _unique(read: list[tuple[Source | None, int]], reading: TomlDocument) -> list[Source | None]:
    first: dict[str, int] = {}
    for source, line in read:
        if source and first.setdefault(source.name, line) != line:
            where = reading.lines.key(line, "name")
            words = (
                f'expected a name of its own; "{source.name}" is also that of the source on line {first[source.name]}'
            )
            reading.note(where, "name", words)
    return [source for source, _ in read]
