"""Why a fetch failed, in words for a person, and whether to try again. Pure."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.download import TooLarge
from crawler.guard import AddressRefused


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
        if isinstance(cause, (TooLarge, AddressRefused)):
            return NotFetched(str(cause), retry=False, failure=False)
    for cause in causes:
        if isinstance(cause, (ssl.SSLError, aiohttp.ClientSSLError)):
            return NotFetched(f"TLS: {_tls(cause)}", retry=True, failure=True)
        if isinstance(cause, socket.gaierror):
            return NotFetched(f"DNS: the name does not resolve ({cause.strerror})", retry=True, failure=True)
        if isinstance(cause, (DownloadTimeoutError, TimeoutError)):
            return NotFetched(f"no complete answer within {seconds:g} seconds", retry=True, failure=True)
        if isinstance(cause, ResponseDataLossError | aiohttp.ClientPayloadError):
            return NotFetched("the connection broke before the whole body came", retry=True, failure=True)
        if isinstance(cause, ConnectionRefusedError):
            return NotFetched("the connection was refused", retry=True, failure=True)
        if isinstance(cause, (ConnectionResetError, aiohttp.ServerDisconnectedError)):
            return NotFetched("the server closed the connection without an answer", retry=True, failure=True)
    if isinstance(error, DownloadConnectionRefusedError):
        return NotFetched(f"no connection: {causes[-1]}", retry=True, failure=True)
    if isinstance(error, DownloadCancelledError):
        return NotFetched(str(error), retry=False, failure=False)
    return NotFetched(f"{type(causes[-1]).__name__}: {causes[-1]}", retry=True, failure=True)


def is_worth_repeating(error: Exception) -> bool:
    """Whether to ask again at once (not: another crawl). A name that does not resolve or a bad certificate stay so."""
    return not any(
        isinstance(cause, (TooLarge, AddressRefused, ssl.SSLError, aiohttp.ClientSSLError, socket.gaierror))
        for cause in _causes(error)
    )


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
