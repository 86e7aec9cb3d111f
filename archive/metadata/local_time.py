"""A moment stated in UTC, in the zone in which its page shows it to readers. Pure.

The zone is not invented: it is shown, is that of the country of the address, or is the difference between two
statements of one moment, if there is such a zone. A moment that ends otherwise than in "+00:00" stays as it is.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from archive.page.markup import words_of
from archive.text import dates
from archive.text.calendar import COUNTRY_ZONES
from archive.text.date_order import Order

_UTC = "+00:00"
_HALF_HOURS = frozenset(timedelta(hours=hours) for hours in (-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 6.5, 9.5, 10.5))
"""The zones that are not whole hours from UTC."""

_FARTHEST = timedelta(hours=14)
_LONGEST = 80
"""Characters of a `time` element that may be a day."""


def as_written(moment: str, written: str) -> str:
    """A moment in the zone of `written`: the same moment as the page shows it, with its zone or in one of its own."""
    if not moment.endswith(_UTC) or not dates.has_time(written):
        return moment
    stated, seen = datetime.fromisoformat(moment), datetime.fromisoformat(written)
    if seen.tzinfo:
        is_same = abs(seen - stated) < timedelta(minutes=1)
        return stated.astimezone(seen.tzinfo).isoformat() if is_same else moment
    offset = seen.replace(tzinfo=UTC, second=0) - stated.replace(second=0, microsecond=0)
    is_zone = abs(offset) <= _FARTHEST and _is_zone(offset)
    return stated.astimezone(timezone(offset)).isoformat() if is_zone else moment


def on_day_told(moment: str, days: Container[str], url: str) -> str:
    """A moment in the zone of its address's country, if only so it falls on one of the days that readers see.

    `days`: those that the address names or that are written near the headline.
    """
    zone = COUNTRY_ZONES.get(urlsplit(url).netloc.rsplit(":", 1)[0].rsplit(".", 1)[-1].lower())
    if zone is None or not moment.endswith(_UTC) or moment[:10] in days:
        return moment
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).isoformat()
    return local if local[:10] in days else moment


def from_midnight(moment: str, times: Sequence[HtmlElement], order: Order) -> str:
    """A moment in the zone in which the day begins then that a `time` element with it has as its words.

    Site builders write a day so: `<time datetime="2026-03-03T23:00:00Z">4 March 2026</time>`.
    """
    if not moment.endswith(_UTC):
        return moment
    stated = datetime.fromisoformat(moment)
    for element in times:
        if dates.read_moment(element.get("datetime") or "", order) != moment:
            continue
        written = dates.read_moment(words_of(element, _LONGEST), order)
        offset = datetime.fromisoformat(written[:10]).replace(tzinfo=UTC) - stated if written else timedelta()
        if not dates.has_time(written) and timedelta() < offset <= _FARTHEST and _is_zone(offset):
            return stated.astimezone(timezone(offset)).isoformat()
    return moment


def _is_zone(offset: timedelta) -> bool:
    return not offset % timedelta(hours=1) or offset in _HALF_HOURS
