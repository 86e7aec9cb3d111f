"""Edits of sources.toml that keep its comments: a source is added or changed; and how the file begins.

Does not check whether an address exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.core import toml
from archive.core.errors import SourcesError
from archive.core.urls import host, key
from crawler.sources.fields import DEVICE, LONGEST_NAME
from crawler.sources.sources import Source, missing, parse


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
    text = toml.read(path, missing(path))
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
    text = toml.read(path, missing(path))
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
    name = "-".join(labels)[:LONGEST_NAME].strip("-") or "source"
    return f"{name}-news" if re.match(DEVICE, name) else name


def _free(name: str, taken: set[str]) -> str:
    names = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in names if free not in taken)


TITLE_OF_PAGE = "the title of its page"
TITLE_OF_FILE = "what its file says"
TITLE_GIVEN = "you gave it this title"
OF_TITLE = frozenset({TITLE_OF_PAGE, TITLE_OF_FILE, TITLE_GIVEN})
"""The comments that commands write behind a title: why it is there."""

EXAMPLE = """\
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
"""The commented sources.toml that a new archive starts with."""
