"""How long a crawl waits for hosts that are busy or fail, and when it leaves its source alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

from crawler.fetch import errors
from crawler.fetch.errors import Refusal, SourceRefuses
from crawler.fetch.settings import Limits

TOO_MANY_REQUESTS = 429
_NO_ANSWER = 3
"""For how many answers 5xx an address without any answer counts: each of its tries may cost the whole time allowed."""


class Patience:
    """The patience of one crawl with the hosts of its source. `time_left` gives the seconds that the crawl still has.

    `refusals` gathers the hosts that refuse now; after the first the whole source is left alone. All methods that
    count or wait raise SourceRefuses when it is over.
    """

    def __init__(self, limits: Limits, time_left: Callable[[], float]) -> None:
        self.refusals: list[Refusal] = []
        self._limits = limits
        self._time_left = time_left
        self._rest_until: dict[str, float] = {}
        self._failures = 0
        self._refusal = ""

    def pause(self, attempt: int) -> float:
        """The seconds to wait before the next try, where the host states none: twice as long after each."""
        return self._limits.backoff * 2.0 ** (attempt - 1)

    async def ready(self, host: str) -> None:
        """Wait until the rest of a host is over."""
        await self._rest_over(host)
        if self._refusal:
            raise SourceRefuses(self._refusal)

    async def rest(self, host: str, seconds: float) -> None:
        """Make every request of this crawl to a host wait for a while, this one first."""
        self._rest_until[host] = max(time.monotonic() + seconds, self._rest_until.get(host, 0.0))
        await self._rest_over(host)

    async def busy(self, host: str, status: int, retry_after: str, attempt: int) -> None:
        """Wait as long as a busy host asks in its Retry-After; the source is left alone if that is too long."""
        stated = errors.retry_after(retry_after, datetime.now(UTC))
        wait = self.pause(attempt) if stated is None else stated
        is_last = attempt == self._limits.attempts
        is_too_long = wait > min(self._limits.patience, self._time_left())
        if is_too_long or (is_last and status == TOO_MANY_REQUESTS):
            raise self._given_up(host, f"{host} {errors.busy_in_words(status, stated)}", stated)
        if not is_last:
            await self.rest(host, wait)

    def answered(self) -> None:
        """A host answered as it should: the failures before that count no more."""
        self._failures = 0

    def failed(self, host: str) -> None:
        """Count an answer that says that a host fails."""
        self._count(host, 1)

    def gave_no_answer(self, host: str, why: str = "") -> None:
        """Count an address that got no answer at all; `why` goes on from the words for it."""
        self._count(host, _NO_ANSWER, why)

    def _count(self, host: str, weight: int, why: str = "") -> None:
        self._failures += weight
        if self._failures >= self._limits.failures:
            raise self._given_up(host, f"{host} failed again and again{why}")

    def _given_up(self, host: str, words: str, seconds: float | None = None) -> SourceRefuses:
        self._refusal = words + errors.asked_again(seconds, datetime.now(UTC))
        self.refusals.append(Refusal(host, words, seconds))
        return SourceRefuses(self._refusal)

    async def _rest_over(self, host: str) -> None:
        while (wait := self._rest_until.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)
