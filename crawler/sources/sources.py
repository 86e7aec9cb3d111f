"""sources.toml: what to watch. Reads it into values, names every mistake with its line; edits it and keeps comments.

Reads and writes only this file; does not check whether an address exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from archive.core import toml
from archive.core.credentials import REFUSED, names_user
from archive.core.errors import SourcesError
from archive.core.model import Policy, Processing
from archive.core.toml import LineIndex, TomlDocument, Validator, flag, many, number_of, text_of
from archive.core.urls import canonical, host, key
from crawler.sources.processing import TABLE as PROCESSING
from crawler.sources.processing import processing_in
from crawler.sources.schedule import Cron, Every, Schedule, check_zone, parse_duration, parse_schedule

__all__ = [
    "FILE", "Cron", "Every", "Source", "State", "add", "change", "draft", "example", "load", "name_from", "parse",
    "processing", "tag",
]  # fmt: skip

FILE = "sources.toml"
"""Its name in an archive's directory."""

_MISSING = "Name an archive with --archive, or make one: `dateline init`."

HOURLY = Every(3600)
"""How often a source is crawled if it has no schedule."""

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


def load(path: Path) -> tuple[Source, ...]:
    """The sources of a file, in its order. Raises SourcesError naming every mistake: file, line, field, expected."""
    return parse(toml.read(path, _MISSING), str(path))


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
    text = toml.read(path, _MISSING)
    reading = TomlDocument(LineIndex(text))
    found = processing_in(toml.tables(text, str(path)), reading)
    reading.refuse_mistakes(str(path))
    return found


def add(
    path: Path, url: str, name: str = "", reasons: Mapping[str, str | Sequence[str]] | None = None, **fields: Any
) -> Source:
    """Append a source to a file and return it; the rest of the file, with its comments, stays as it is.

    `fields` are those of sources.toml; empty ones are left out. Without a name, one is made from the address.
    `reasons` say why a field is there, for a list why each of its values is: they become comments. Raises SourcesError
    if the name or the address is already watched, or if the result could not be read.
    """
    source, text = draft(path, url, name, reasons, **fields)
    toml.write(path, text)
    return source


def draft(
    path: Path, url: str, name: str = "", reasons: Mapping[str, str | Sequence[str]] | None = None, **fields: Any
) -> tuple[Source, str]:
    """What `add` would add, with the file's defaults, and the text that the file would have. Writes nothing."""
    text = toml.read(path, _MISSING)
    earlier = parse(text, str(path))
    for source in earlier:
        if source.name == name or (key(url) and key(source.url) == key(url)):
            again = "" if source.state == "watched" else f" `dateline sources watch {source.name}` watches it again."
            what = f'the name "{name}" is taken' if source.name == name else f"{url} is watched already"
            raise SourcesError(f'{path}: {what}, by the source "{source.name}" ({source.url}).{again}')
    name = name or _free(name_from(url), {source.name for source in earlier})
    changed = toml.appended(text, "source", {"name": name, "url": url, **fields}, reasons)
    return parse(changed, "")[-1], changed


def change(path: Path, name: str, comments: Mapping[str, toml.Comment] | None = None, **fields: Any) -> Source:
    """Change fields of a source in a file and return it as it is then; all else stays, but `comments` that are old.

    A field with the value None is taken out. Raises SourcesError if there is no such source, or if the result could not
    be read.
    """
    text = toml.read(path, _MISSING)
    number = next((n for n, source in enumerate(parse(text, str(path))) if source.name == name), None)
    if number is None:
        raise SourcesError(f"{path}: no source is called {name}. `dateline sources` lists them.")
    changed = toml.changed(text, "source", number, fields, comments)
    read = parse(changed, str(path))[number]
    if changed != text:
        toml.write(path, changed)
    return read


def name_from(url: str) -> str:
    """A short name for a newsroom, made from its host: "astanatimes" for https://www.astanatimes.com/news/."""
    labels = re.sub(r"[^a-z0-9.-]+", "-", host(url)).strip("-.").split(".")
    if labels[-1].isalpha() and len(labels) > 1:
        labels.pop()
        if len(labels) > 1 and labels[-1] in {"ac", "co", "com", "edu", "gov", "net", "or", "org"}:
            labels.pop()
    name = "-".join(labels)[:_LONGEST_NAME].strip("-") or "source"
    return f"{name}-news" if re.match(_DEVICE, name) else name


def example() -> str:
    """The commented sources.toml that a new archive starts with."""
    return _EXAMPLE


def _address(value: Any) -> str:
    if isinstance(value, str) and names_user(value):
        raise ValueError(f"another address: this one {REFUSED}")
    if isinstance(value, str) and canonical(value):
        return value.strip()
    meant = f"https://{value.strip().lstrip('/')}" if isinstance(value, str) and "://" not in value else ""
    raise ValueError(
        "an http or https address" + (f' (perhaps "{meant}")' if "." in meant and canonical(meant) else "")
    )


def _pattern(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a regular expression")
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"a regular expression ({error})") from error
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes")
    return value


def _ages(value: Any) -> tuple[timedelta, ...]:
    ages: tuple[timedelta, ...] = many(lambda age: parse_duration(_string(age)))(value)
    if list(ages) != sorted(set(ages)):
        raise ValueError("ages that grow, each once")
    return ages


def tag(value: Any) -> str:
    """A tag as it is stored: a word in lower case. Raises ValueError with what was expected."""
    if not isinstance(value, str) or not re.fullmatch(r"\w[\w.-]{0,39}", value.strip()):
        raise ValueError("a word of up to 40 letters, digits, - _ or . (a letter or digit first)")
    return value.strip().lower()


def _span(value: Any) -> timedelta:
    """A duration that may be zero."""
    return timedelta() if value == "0s" else parse_duration(_string(value))


_LONGEST_NAME = 64
_DEVICE = r"(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)"  # Windows opens a device for these names, whatever follows the dot
_READERS: Mapping[str, Validator] = {
    "name": text_of(
        f"up to {_LONGEST_NAME} lower-case letters, digits, - _ or . (it names a folder; a letter or digit first, no"
        " dot or blank last, not con, nul or another device)",
        rf"(?!{_DEVICE})(?=.{{1,{_LONGEST_NAME}}}$)[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?",
        exact=True,
    ),
    "title": text_of("a title on one line"),
    "url": _address,
    "feeds": many(_address),
    "sitemaps": many(_address),
    "listings": many(_address),
    "hosts": many(text_of("the name of a host, such as media.example.org", r"[^\s/:@?#]+(?::\d{1,5})?")),
    "include": many(_pattern),
    "exclude": many(_pattern),
    "schedule": lambda value: parse_schedule(_string(value)),
    "timezone": lambda value: check_zone(_string(value)),
    "delay": number_of("seconds from 0 to 3600", 0, 3600),
    "contact": text_of("an e-mail or web address in ASCII characters on one line", r"[ -~]{0,200}"),
    "recheck": _ages,
    "recheck_then": lambda value: parse_duration(_string(value)),
    "gone_after": _span,
    "confirm": number_of("a whole number from 1 to 10", 1, 10, whole=True),
    "max_pages": number_of("a whole number from 0 (no limit) to 10000000", 0, 10_000_000, whole=True),
    "timeout": number_of("seconds from 1 to 604800 (a week)", 1, 604_800),
    "max_bytes": number_of("a whole number of bytes from 0 (no limit) to 10 to the 15th", 0, 10**15, whole=True),
    "allow_private": flag,
    "backfill": flag,
    "render": flag,
    "tags": lambda value: tuple(dict.fromkeys(many(tag)(value))),
    "paused": flag,
    "watched": flag,
}
_COMMON = {
    field: reader
    for field, reader in _READERS.items()
    if field not in {"name", "title", "url", "feeds", "sitemaps", "listings", "paused", "watched"}
}
_LOOSE = "expected a line [[source]] above the fields of each source (or [defaults], if they are for all)"


def _sources(document: Mapping[str, Any], reading: TomlDocument) -> tuple[Source, ...]:
    loose = [field for field in document if field in _READERS]
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
    defaults = reading.values(common, _COMMON, begins[0] if begins else 0)
    read = [
        _source(defaults, table, reading, starts[n] if len(starts) == len(tables) else 0)
        for n, table in enumerate(tables)
    ]
    return tuple(source for source in _unique(read, reading) if source)


def _source(
    defaults: Mapping[str, Any], table: Mapping[str, Any], reading: TomlDocument, line: int
) -> tuple[Source | None, int]:
    own = reading.values(table, _READERS, line)
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


def _free(name: str, taken: set[str]) -> str:
    names = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in names if free not in taken)


_EXAMPLE = """\
# What Dateline watches: one [[source]] for each newsroom.
#
# Only name and url are required. If feeds, sitemaps or listings are named, only those are read; if none is named,
# Dateline searches for them on the page at url. `dateline add URL` appends a source and keeps the rest of this file.

# Values for all sources that do not have their own:
[defaults]
# contact = "archive@example.org"          # goes into the user agent, so that a newsroom can reach you

[[source]]
name = "astana-times"                      # its folder and its name in commands
title = "The Astana Times"
url = "https://astanatimes.com/"
feeds = ["https://astanatimes.com/feed/"]
listings = []
schedule = "every 30m"                     # s, m, h, d or w; "auto": learned; or cron: "*/15 * * * *"
delay = 2                                  # seconds between requests to the host; 0 allowed

# All other fields of a source, with their defaults:
#
# timezone = "UTC"                         # of a cron schedule, such as "Asia/Almaty"
# sitemaps = []                            # read in full: an archive from the first release on
# hosts = []                               # other hosts on which its releases lie, such as "media.example.org"
# include = []                             # regular expressions; an address must match one of them
# exclude = []                             # an address that matches one of these is left out
# recheck = ["1h", "6h", "1d", "3d", "7d", "30d"]   # ages at which a release is checked again
# recheck_then = "365d"                    # how often after the last of these ages
# gone_after = "1d"                        # how long a page must be missing before it counts as gone; "0s" allowed
# confirm = 2                              # in how many checks an edit, or a missing page, must be seen to count
# max_pages = 5000                         # pages for one crawl; 0 for no limit
# timeout = 3600                           # seconds for one crawl
# max_bytes = 2000000000                   # bytes sent by its servers in one crawl; 0 for no limit
# allow_private = false                    # whether its hosts may lead to addresses of a local network
# backfill = true                          # false: watch for what is new, and leave the older releases
# tags = []                                # words that it is found by, such as "energy"; also for commands and feeds
# paused = false                           # true: not crawled for a while
# watched = true                           # false: no longer crawled; its releases stay in the archive
# render = false                           # true: show pages in the system's Chromium (pip install '.[render]')

# More newsrooms; remove the "# " to watch them.
#
# [[source]]
# name = "united-nations"
# title = "United Nations, meetings coverage and press releases"
# url = "https://press.un.org/en"
# feeds = ["https://press.un.org/en/rss.xml"]
# schedule = "every 1h"
#
# [[source]]
# name = "nasa"
# title = "NASA, news releases"
# url = "https://www.nasa.gov/news/"
# feeds = ["https://www.nasa.gov/news-release/feed/"]
# schedule = "every 1h"
#
# [[source]]
# name = "who"
# title = "World Health Organization, news"
# url = "https://www.who.int/news"
# feeds = ["https://www.who.int/rss-feeds/news-english.xml"]
# schedule = "every 1h"
#
# [[source]]
# name = "european-central-bank"
# title = "European Central Bank, press releases and speeches"
# url = "https://www.ecb.europa.eu/press/"
# feeds = ["https://www.ecb.europa.eu/rss/press.html"]
# schedule = "*/20 8-20 * * mon-fri"
# timezone = "Europe/Berlin"
"""
