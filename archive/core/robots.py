"""What a host's robots.txt said when it was last read, as the archive keeps it (RFC 9309 section 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

LONGEST_KEPT = timedelta(hours=24)
"""How long a copy counts at most: RFC 9309 section 2.4."""


def robots_of(url: str) -> str:
    """The address of the robots.txt that holds for an address: that of its scheme, host and port (RFC 9309 section
    2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


@dataclass(frozen=True)
class RobotsCopy:
    """The last answer to a request for one robots.txt. `url` is its address, `body` at most 512 KiB.

    `read_at` is None if no answer ever counted. It counts `until` then. `failing_since` is when the first of the
    requests was made that all failed since: with a server error, or without an answer.
    """

    url: str
    read_at: datetime | None = None
    until: datetime | None = None
    status: int = 0
    body: bytes = b""
    failing_since: datetime | None = None

    def counts(self, now: datetime, longest: timedelta = LONGEST_KEPT) -> bool:
        """Whether it need not be read again yet: it counts for `longest` at most. One of the future is a clock's
        mistake."""
        if self.read_at is None or self.until is None:
            return False
        return self.read_at <= now < min(self.until, self.read_at + min(longest, LONGEST_KEPT))
