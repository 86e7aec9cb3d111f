"""The day, or the month, that the address of a page names in its path. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote

from archive.text import dates

_URL_DAY = re.compile(
    r"[/\-_=.](20[0-3]\d|19[89]\d)[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?=[/\-_.?&a-zA-Z]|$)"
)
_URL_NUMBERED = re.compile(r"/\d{4}/\d\d/(?P<number>[123]\d)-(?=[^/.]*[^\W\d])(?P<next>\w)")
"""The folder of a month, and behind it what may be a title that begins with a number: "/2026/05/10-new-bridges"."""
_URL_LOOSE_DAY = re.compile(r"/(20[0-3]\d|19[89]\d)/([a-z]{3,9}|[01]?\d)/([0123]?\d)/")
_URL_MONTH = re.compile(r"/(20[0-3]\d|19[89]\d)[/-](0[1-9]|1[0-2])(?=/)")


def url_day(url: str, title: str) -> str:
    """The day an address names in its path, "" when it names none. A number of the `title` is no day."""
    found = _URL_DAY.search(url)
    if found and not _is_of_title(url[found.start() :], title):
        return dates.read_moment("-".join(found.groups()))
    loose = _URL_LOOSE_DAY.search(url.lower())
    if not loose:
        return ""
    year, month, day = loose.groups()
    return dates.read_moment(f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}")


def _is_of_title(path: str, title: str) -> bool:
    """Whether the number below the folder of a month is one of the title, with what follows it there."""
    found = _URL_NUMBERED.match(unquote(path))
    return found is not None and re.search(rf"(?<!\d){found['number']}\W+{found['next']}", title, re.I) is not None


def url_month(url: str) -> str:
    """The year and the month of a folder in an address, as in "2026-05"; "" without one."""
    named = _URL_MONTH.search(url)
    return "-".join(named.groups()) if named else ""
