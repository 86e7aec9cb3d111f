"""How often a feed asks to be read: RSS ttl, skipHours and skipDays, Cache-Control, WebSub. Pure.

Sources: RSS 2.0 (ttl in minutes, skipHours and skipDays in GMT), RFC 9111 (max-age), W3C
WebSub (a hub that would send news; it is noted, for a guest that nobody can call has no address for it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

_HEAD = 20_000
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TTL = re.compile(r"<ttl>\s{0,9}(\d{1,7})\s{0,9}</ttl>", re.I)
_HOURS = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.I | re.S)
_SKIPPED_DAYS = re.compile(r"<skipDays>(.{0,1000}?)</skipDays>", re.I | re.S)
_NUMBER = re.compile(r"<hour>\s{0,9}(\d{1,2})\s{0,9}</hour>", re.I)
_DAY = re.compile(r"<day>\s{0,9}(\w{1,20})\s{0,9}</day>", re.I)
_HUB = re.compile(r"<(?:[\w-]{1,20}:)?link\b[^<>]{0,500}\brel=[\"']hub[\"'][^<>]{0,500}>", re.I)
_HREF = re.compile(r"\bhref=[\"'](https?://[^\"'<>\s]{1,500})", re.I)
_HUB_HEADER = re.compile(r"<(https?://[^<>\s]{1,500})>[^,]{0,200}\brel=\"?hub\b", re.I)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age=\"?(\d{1,9})", re.I)
_STORED = re.compile(r"(\w+)=(\S*)")


@dataclass(frozen=True)
class Pace:
    """What a feed asks of who reads it. `skip_days` count from Monday, 0; hours and days are in UTC.

    `shortest` is the time that should lie between two requests. `hub` is its WebSub hub; "" for none.
    """

    shortest: timedelta = timedelta()
    skip_hours: frozenset[int] = field(default_factory=frozenset)
    skip_days: frozenset[int] = field(default_factory=frozenset)
    hub: str = ""


def pace_of(body: bytes, cache_control: str = "", link: str = "") -> Pace:
    """What a feed's own head and its HTTP headers ask for. Never raises, whatever the bytes."""
    head = body[:_HEAD].decode("utf-8", "replace")
    hours = (int(number) % 24 for found in _HOURS.finditer(head) for number in _NUMBER.findall(found[1]))
    days = (day.lower() for found in _SKIPPED_DAYS.finditer(head) for day in _DAY.findall(found[1]))
    ttl, age = _TTL.search(head), max_age(cache_control)
    waits = [int(ttl[1]) * 60 if ttl else 0, int(age.total_seconds()) if age else 0]
    tag = _HUB.search(head)
    hub = (_HREF.search(tag[0]) if tag else None) or _HUB_HEADER.search(link)
    return Pace(
        timedelta(seconds=min(max(waits), 10**8)),
        frozenset(hours),
        frozenset(_DAYS.index(day) for day in days if day in _DAYS),
        hub[1] if hub else "",
    )


def max_age(cache_control: str) -> timedelta | None:
    """How long an answer is fresh, as its Cache-Control header says (RFC 9111 section 5.2.2.1); None: not said."""
    found = _MAX_AGE.search(cache_control)
    return timedelta(seconds=int(found[1])) if found else None


def in_words(pace: Pace) -> str:
    """A pace on one line, as the tables keep it; "" for one that asks for nothing."""
    parts = {
        "seconds": f"{pace.shortest.total_seconds():.0f}" if pace.shortest else "",
        "hours": ",".join(map(str, sorted(pace.skip_hours))),
        "days": ",".join(map(str, sorted(pace.skip_days))),
        "hub": pace.hub,
    }
    return " ".join(f"{name}={value}" for name, value in parts.items() if value)


def from_words(text: str) -> Pace:
    """The pace that `in_words` wrote; what cannot be read asks for nothing."""
    parts = dict(_STORED.findall(text))
    seconds = parts.get("seconds", "")
    return Pace(
        timedelta(seconds=min(int(seconds), 10**8)) if seconds.isdecimal() else timedelta(),
        _numbers(parts.get("hours", ""), 24),
        _numbers(parts.get("days", ""), 7),
        parts.get("hub", ""),
    )


def _numbers(text: str, below: int) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part.isdecimal() and int(part) < below)


def joined(paces: list[Pace]) -> Pace:
    """What several feeds of one source ask for together: as often as the most patient wants, no hour that one skips."""
    return Pace(
        max((pace.shortest for pace in paces), default=timedelta()),
        frozenset().union(*(pace.skip_hours for pace in paces)),
        frozenset().union(*(pace.skip_days for pace in paces)),
        next((pace.hub for pace in paces if pace.hub), ""),
    )
