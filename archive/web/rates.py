"""How often one visitor may ask for pages that cost the server much: a token bucket for each address.

A bucket holds as many tokens as there are pages in a minute and fills at this rate, so that somebody may open many
pages at once and then go on steadily. Time is an argument.
"""

from __future__ import annotations

import ipaddress
import math
import re
from collections import OrderedDict
from dataclasses import dataclass, field

from archive.web.access import DATABASE

EXPENSIVE = re.compile(
    rf"/(?:{DATABASE}(?:[./?-].*)?|search\.(?:csv|jsonl)|trends(?:\.\w+)?|article/\d+/(?:similar|evidence\.zip))"
)
"""Paths of SQL, tables and their files, whole results of searches, trends, and what is computed for one release."""

_KNOWN = 10_000
"""Visitors that are remembered; who was here longest ago is forgotten."""


def visitor(address: str) -> str:
    """Who an address stands for: of IPv6 the network of 64 bits, which is one visitor's; "" for this machine itself.

    Who is on the machine has no need to be held off. Behind a proxy that was not named all visitors look so.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if parsed.is_loopback:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@dataclass
class Visitors:
    """The buckets of the visitors: so many expensive pages in a minute for each."""

    a_minute: int
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, address: str, path: str, now: float) -> int:
        """Seconds until an address may ask for a path; 0 if it may now, which is then counted. `now` is in seconds."""
        name = visitor(address)
        if not name or not EXPENSIVE.fullmatch(path):
            return 0
        tokens, at = self._buckets.pop(name, (float(self.a_minute), now))
        tokens = min(tokens + (now - at) * self.a_minute / 60, float(self.a_minute))
        allowed = tokens >= 1
        self._buckets[name] = (tokens - allowed, now)
        if len(self._buckets) > _KNOWN:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - tokens) * 60 / self.a_minute))
