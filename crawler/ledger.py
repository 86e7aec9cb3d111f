"""Group commit: what was fetched is written, made durable and only then announced, many records at a time.

Responses come from any number of crawls on the event loop; one thread writes and syncs, so that neither compression
nor the disk holds up the network. Messages about a source go out in order behind the captures that came before them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from archive.model import Capture, Exchange, WarcError
from archive.warc import WarcWriter
from crawler.messages import Archived, DocumentRead, Dropped, Finished, FromWorker
from crawler.settings import Limits

Statement = Dropped | DocumentRead | Finished


class Ledger:
    """What waits to be written and told. `send` hands a message to the owner and returns when it is taken.

    After a WARC file could not be written, `failure` says why, and nothing that depends on the lost records is told.
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
        self.failure = ""

    def record(self, exchange: Exchange) -> None:
        """Take a response to be written."""
        self._exchanges.append(exchange)
        self._bytes += len(exchange.body)
        if self._bytes > self._limits.waiting_bytes:
            self._room.clear()
        if len(self._exchanges) >= self._limits.flush_records:
            self._wake.set()

    def state(self, statement: Statement) -> None:
        """Tell the owner something, after the captures recorded so far."""
        self._statements.append(statement)
        if isinstance(statement, Finished):
            self._wake.set()

    async def room(self) -> None:
        """Wait while more is fetched than can be written or than the owner takes."""
        await self._room.wait()

    async def run(self) -> None:
        """Write and announce until cancelled: whenever enough has gathered, and at least every `flush_seconds`."""
        while True:
            try:
                async with asyncio.timeout(self._limits.flush_seconds):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            await self.flush()

    async def flush(self) -> None:
        """Make durable and announce what was recorded and stated before the call."""
        async with self._turn:
            exchanges, self._exchanges = self._exchanges, []
            statements, self._statements = self._statements, []
            if exchanges:
                statements = await self._commit(exchanges, statements)
            for statement in statements:
                await self._send(statement)
            self._bytes = sum(len(exchange.body) for exchange in self._exchanges)
            if self._bytes <= self._limits.waiting_bytes:
                self._room.set()

    async def make_durable(self) -> None:
        """Write and sync what was recorded, and tell nobody: it is found at the next start."""
        exchanges, self._exchanges = self._exchanges, []
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._write, exchanges)
        except WarcError as error:
            self.failure = str(error)

    def close(self) -> None:
        """Let go of the WARC files. What was not flushed is not announced."""
        self._thread.shutdown(wait=True)
        self._writer.close()

    async def _commit(self, exchanges: list[Exchange], statements: list[Statement]) -> list[Statement]:
        """Write and announce; the statements that may follow."""
        try:
            captures = await asyncio.get_running_loop().run_in_executor(self._thread, self._write, exchanges)
        except WarcError as error:
            self.failure = str(error)
            return [statement for statement in statements if not isinstance(statement, DocumentRead)]
        await self._send(Archived(captures))
        return statements

    def _write(self, exchanges: list[Exchange]) -> tuple[Capture, ...]:
        for exchange in exchanges:
            self._writer.write(exchange)
        return self._writer.sync()
