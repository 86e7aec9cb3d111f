"""Why a fetch failed, in words for a person, whether to try again, and how long a Retry-After asks to wait. Pure."""

from __future__ import annotations

import math
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from scrapy.exceptions import IgnoreRequest

from archive.core.model import HostRest
from crawler.fetch.connections import NoAnswer, ProxyRefused
from crawler.fetch.http import CutShort
from crawler.fetch.response_reader import NotHttp

SILENT = "no complete answer to several requests in a row, so it is left alone in this crawl"

_LASTING = (IgnoreRequest, ssl.SSLError, socket.gaierror)
"""What a second try cannot change: a rule, a bad certificate, a name that does not resolve."""

_ONE_MORE_CHANCE = (TimeoutError, CutShort, NotHttp)
_LONGEST_RETRY_AFTER = 365 * 24 * 3600.0
"""Most seconds of a Retry-After. Servers that name more (or absurdly many digits) would mean "never again"."""


class NotFetched(Exception):
    """An address gave no usable answer: why, in words. `retry`: another crawl may succeed.

    `failure` says that the host failed, and not that we obeyed a rule (robots.txt, another site, too large).
    """

    def __init__(self, reason: str, *, retry: bool, failure: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry
        self.failure = failure


class Resting(NotFetched):
    """Nothing was asked for, since the host asked an earlier crawl to wait until later than now."""


@dataclass(frozen=True)
class Refusal:
    """A host that refused: why, in words, and how many seconds it asked to wait (None: it did not say)."""

    host: str
    reason: str
    seconds: float | None = None


class SourceRefuses(Exception):
    """The host wants no more requests for now: why, in words."""

    by: Literal["refused", "bytes", "time"] = "refused"
    """What ended the crawl, as its outcome names it."""


class TimeOver(SourceRefuses):
    """The crawl has no time left for another request."""

    by = "time"


class HostClosed(SourceRefuses):
    """The host that a crawl begins with gives no answer, and its robots.txt cannot be read: no address is to blame."""


class BudgetSpent(SourceRefuses):
    """The source has sent as many bytes as one crawl may download."""

    by = "bytes"


def explain(error: Exception, seconds: float) -> NotFetched:
    """A download's exception in words; `seconds` was its time limit."""
    found = tuple(causes(error))
    for cause in found:
        if isinstance(cause, IgnoreRequest):
            return NotFetched(str(cause), retry=False, failure=False)
    words = next((said for cause in found if (said := _words(cause, seconds))), "")
    return NotFetched(words or f"{type(found[-1]).__name__}: {found[-1]}", retry=True, failure=True)


def tries(error: Exception, most: int) -> int:
    """How often at most to request an address in one crawl; `most` is the general limit.

    A name that does not resolve and a bad certificate get one try. A server that gave no answer, broke off or did not
    speak HTTP gets one more try.
    """
    found = tuple(causes(error))
    if any(isinstance(cause, _LASTING) for cause in found):
        return 1
    return min(2, most) if any(isinstance(cause, _ONE_MORE_CHANCE) for cause in found) else most


def _words(cause: BaseException, seconds: float) -> str:
    """What one cause says to a person; "" for one that says nothing."""
    if isinstance(cause, ssl.SSLError):
        return f"TLS: {_tls(cause)}"
    if isinstance(cause, socket.gaierror):
        return f"DNS: the name does not resolve ({cause.strerror})"
    if isinstance(cause, TimeoutError):
        return f"no complete answer within {seconds:g} seconds"
    if isinstance(cause, (CutShort, ProxyRefused)):
        return str(cause)
    if isinstance(cause, ConnectionRefusedError):
        return "the connection was refused"
    if isinstance(cause, (NoAnswer, ConnectionResetError, BrokenPipeError)):
        return "the server closed the connection without an answer"
    if isinstance(cause, NotHttp):
        return f"the server's answer cannot be read: {cause}"
    return ""


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110 section 10.2.3), at most a year.

    None if it cannot be read: it is neither a number nor a date.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:400]), _LONGEST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(value)
        wait = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, wait), _LONGEST_RETRY_AFTER) if math.isfinite(wait) else None


def busy_in_words(status: int, seconds: float | None) -> str:
    """What a busy host answered, and how many seconds it asks to wait (None or 0: it does not say)."""
    busy = " (too many requests)" if status == 429 else ""
    return f"answered {status}{busy}" + (f" and asks to wait {seconds:g} seconds" if seconds else "")


def asked_again(seconds: float | None, now: datetime) -> str:
    """When a host that asks to wait for some seconds is asked again, in words that go on from the reason."""
    return f"; it is asked again after {_at(now + timedelta(seconds=seconds))}" if seconds else ""


def resting(rest: HostRest) -> Resting:
    """That a host is left alone still, and why."""
    return Resting(f"left alone until {_at(rest.until)}: {rest.reason}", retry=True, failure=True)


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and those that caused it, the last one first."""
    while error is not None:
        yield error
        error = error.__cause__


def _tls(cause: ssl.SSLError) -> str:
    return getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or str(cause)
