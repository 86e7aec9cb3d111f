"""Group commit: what was fetched is written, synced to disk and only then announced, many records at a time.

Responses come from any number of crawls on the event loop. One thread writes and syncs, so that neither compression nor
the disk delays the network. Messages about a source are sent in order, after the captures that came before them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from archive.core.errors import WarcError
from archive.core.model import Capture, Exchange
from archive.warc import WarcWriter
from crawler.fetch.settings import Limits
from crawler.worker.messages import (
    Archived,
    BackfillProgress,
    DocumentRead,
    Dropped,
    Finished,
    FromWorker,
    HostRefused,
    RobotsRead,
)

_LONGEST_WRITE = 5.0
"""Seconds that a crawl waits for its records to be written before it goes on."""

Statement = Dropped | DocumentRead | RobotsRead | BackfillProgress | HostRefused | Finished

_NEEDS_RECORDS = (DocumentRead, RobotsRead, BackfillProgress)
"""What is only told if the records on which it rests were written."""


class GroupCommit:
    """What waits to be written and announced. `send` gives a message to the owner and returns when the pipe has it.

    If a WARC file cannot be written, its source has failed: nothing that depends on the lost records is sent, and its
    `Finished` says so.
    """

    def __init__(self, writer: WarcWriter, send: Callable[[FromWorker], Awaitable[None]], limits: Limits) -> None:
        self._writer = writer
        self._send = send
        self._limits = limits
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="warc")
        self._exchanges: list[Exchange] = []
        self._statements: list[Statement] = []
        self._bytes = 0
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._turn = asyncio.Lock()
        self._failures: dict[str, str] = {}
        self._prompt: set[str] = set()
        self._recorded = 0
        self._written = 0
        self._grown = asyncio.Event()
        self._announced: Counter[str] = Counter()

    def begin(self, source: str, prompt: bool = False) -> None:
        """A crawl of a source starts: what failed in an earlier one is forgotten.

        `prompt`: each of its responses is written at once, so that a kill costs hardly any request twice.
        """
        (self._prompt.add if prompt else self._prompt.discard)(source)
        self._failures.pop(source, None)
        self._announced.pop(source, None)

    def failure(self, source: str) -> str:
        """Why the source's records cannot be written, in words; "" if they can."""
        return self._failures.get(source, "")

    def record(self, exchange: Exchange) -> None:
        """Add a response to write."""
        self._exchanges.append(exchange)
        self._bytes += len(exchange.body)
        self._recorded += 1
        if self._bytes > self._limits.waiting_bytes:
            self._room.clear()
        if len(self._exchanges) >= self._limits.flush_records or exchange.source in self._prompt:
            self._wake.set()

    def tell_in_order(self, statement: Statement) -> None:
        """Send a message to the owner, after the captures recorded so far."""
        self._statements.append(statement)
        if isinstance(statement, Finished) or statement.source in self._prompt:
            self._wake.set()

    async def written(self) -> None:
        """Wait, some seconds at most, until what was recorded so far is on the disk: a kill loses nothing of it."""
        recorded = self._recorded
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_WRITE):
                while self._written < recorded:
                    await self._grown.wait()

    async def room(self) -> None:
        """Wait while there is more than can be written, or than the owner reads."""
        await self._room.wait()

    async def run(self) -> None:
        """Write and announce until cancelled: when enough is there, and at least every `flush_seconds`."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._limits.flush_seconds):
                    await self._wake.wait()
            self._wake.clear()
            await self.flush()

    async def flush(self) -> None:
        """Sync and announce what was recorded and stated before the call."""
        async with self._turn:
            exchanges, self._exchanges = self._exchanges, []
            statements, self._statements = self._statements, []
            if exchanges:
                await self._commit(exchanges)
            for statement in statements:
                if not (isinstance(statement, _NEEDS_RECORDS) and statement.source in self._failures):
                    await self._send(self._with_outcome(statement))
            self._bytes = sum(len(exchange.body) for exchange in self._exchanges)
            if self._bytes <= self._limits.waiting_bytes:
                self._room.set()

    async def make_durable(self) -> None:
        """Write and sync what was recorded, without announcing it: the next start finds it."""
        exchanges, self._exchanges = self._exchanges, []
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write, exchanges)

    def close(self) -> None:
        """Close the WARC files. What was not flushed is not announced."""
        self._thread.shutdown(wait=True)
        self._writer.close()

    async def _commit(self, exchanges: list[Exchange]) -> None:
        loop = asyncio.get_running_loop()
        captures, failures = await loop.run_in_executor(self._thread, self._write, exchanges)
        self._written += len(exchanges)
        self._grown.set()
        self._grown = asyncio.Event()
        self._failures |= failures
        self._announced.update(capture.source for capture in captures)
        if captures:
            await self._send(Archived(captures))

    def _write(self, exchanges: list[Exchange]) -> tuple[tuple[Capture, ...], dict[str, str]]:
        """Write and sync: returns the durable captures, and the reasons of sources that lost some. Runs in its
        thread.
        """
        failures: dict[str, str] = {}
        for exchange in exchanges:
            if exchange.source not in failures:
                try:
                    self._writer.write(exchange)
                except WarcError as error:
                    failures[exchange.source] = str(error)
        captures, refusal = self._sync()
        if refusal:
            durable = Counter(capture.source for capture in captures)
            written = Counter(exchange.source for exchange in exchanges)
            failures = {source: refusal for source in written if durable[source] < written[source]} | failures
        return captures, failures

    def _sync(self) -> tuple[tuple[Capture, ...], str]:
        """The durable captures, and why a file could not be synced: only the records of this file are dropped."""
        refusal = ""
        while True:
            try:
                return self._writer.sync(), refusal
            except WarcError as error:
                if refusal == str(error):
                    return (), refusal
                refusal = str(error)

    def _with_outcome(self, statement: Statement) -> Statement:
        """The final message of a crawl, which also says whether its records were written."""
        if not isinstance(statement, Finished):
            return statement
        outcome = replace(statement.outcome, captures=self._announced.pop(statement.source, 0))
        failure = self._failures.pop(statement.source, "")
        if failure:
            outcome = replace(outcome, stopped_by="disk", message=failure, errors=outcome.errors + 1)
        return replace(statement, outcome=outcome)
