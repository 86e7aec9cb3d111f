"""Why a fetch failed, in words for a person, and whether to try again. Pure."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from scrapy.exceptions import IgnoreRequest

from crawler.fetch.address_guard import AddressRefused
from crawler.fetch.http import TooLarge

_LASTING = (IgnoreRequest, ssl.SSLError, aiohttp.ClientSSLError, socket.gaierror)


class NotFetched(Exception):
    """An address gave no usable answer: why, in words. `retry`: another crawl may have better luck.

    `failure` tells trouble with the host from a rule that was kept (robots.txt, another site, too large).
    """

    def __init__(self, reason: str, *, retry: bool, failure: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry
        self.failure = failure


def explain(error: Exception, seconds: float) -> NotFetched:
    """A download's exception in words; `seconds` is how long it was given."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, (TooLarge, AddressRefused, IgnoreRequest)):
            return NotFetched(str(cause), retry=False, failure=False)
    words = next((said for cause in causes if (said := _words(cause, seconds))), "")
    return NotFetched(words or f"{type(causes[-1]).__name__}: {causes[-1]}", retry=True, failure=True)


def tries(error: Exception, most: int) -> int:
    """How often at most to ask in one crawl, where `most` is the rule.

    A name that does not resolve and a bad certificate stay so; whoever was silent once gets one more chance.
    """
    causes = tuple(_causes(error))
    if any(
        isinstance(cause, (IgnoreRequest, ssl.SSLError, aiohttp.ClientSSLError, socket.gaierror)) for cause in causes
    ):
        return 1
    return min(2, most) if any(isinstance(cause, TimeoutError) for cause in causes) else most


def _words(cause: BaseException, seconds: float) -> str:
    if isinstance(cause, (ssl.SSLError, aiohttp.ClientSSLError)):
        return f"TLS: {_tls(cause)}"
    if isinstance(cause, socket.gaierror):
        return f"DNS: the name does not resolve ({cause.strerror})"
    if isinstance(cause, TimeoutError):
        return f"no complete answer within {seconds:g} seconds"
    if isinstance(cause, aiohttp.ClientPayloadError):
        return "the connection broke before the whole body came"
    if isinstance(cause, ConnectionRefusedError):
        return "the connection was refused"
    if isinstance(cause, (ConnectionResetError, aiohttp.ServerDisconnectedError)):
        return "the server closed the connection without an answer"
    if isinstance(cause, aiohttp.ClientResponseError):
        return f"the server's answer is not HTTP: {cause.message}"
    return ""


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110 section 10.2.3); None if it cannot be read."""
    value = value.strip()
    if value.isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        inner = getattr(error, "os_error", None)
        if isinstance(inner, BaseException) and inner is not error:
            yield inner
        error = error.__cause__


def _tls(cause: BaseException) -> str:
    inner = getattr(cause, "certificate_error", None) or cause
    return getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or str(inner)
