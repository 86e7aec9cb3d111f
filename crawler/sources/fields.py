"""The fields of a source in sources.toml: what each may be, and how it is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from archive.core.credentials import REFUSED, names_user
from archive.core.toml import Validator, flag, many, number_of, text_of
from archive.core.urls import canonical
from crawler.sources.schedule import check_zone, parse_duration, parse_schedule

LONGEST_NAME = 64
"""Characters of a name, which is a folder's."""

DEVICE = r"(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)"
"""Names for which Windows opens a device, whatever follows the dot."""


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


FIELDS: Mapping[str, Validator] = {
    "name": text_of(
        f"up to {LONGEST_NAME} lower-case letters, digits, - _ or . (it names a folder; a letter or digit first, no"
        " dot or blank last, not con, nul or another device)",
        rf"(?!{DEVICE})(?=.{{1,{LONGEST_NAME}}}$)[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?",
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
"""The fields of a source, with what reads the value of each: it raises ValueError with what was expected."""

OF_ALL = {
    field: reader
    for field, reader in FIELDS.items()
    if field not in {"name", "title", "url", "feeds", "sitemaps", "listings", "paused", "watched"}
}
"""The fields that [defaults] may have."""
