"""Many idle sources in one daemon: how late crawls start, what memory and CPU they cost, how many requests at once.

Each source is a host of its own on the loopback network (127.0.0.0/8), with a feed that does not change. The server
answers conditional requests with 304, and counts how many requests a host has at the same time. Schedules are
compressed: a source that is due once in a simulated day is due once in `day` seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from apscheduler.events import EVENT_JOB_SUBMITTED
from apscheduler.schedulers.background import BackgroundScheduler
from rich.progress import Progress

from archive.alerts.process import AlertProcess
from archive.cli import terminal
from archive.ingest.clock_corrections import utc_now
from crawler.schedule.daemon import Daemon
from crawler.schedule.dispatcher import Dispatcher
from crawler.schedule.progress import CrawlProgress
from crawler.schedule.runs import Report, Run
from scheduler import opened, run_until, worker_in

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Idle</title>
<item><title>The only release</title><link>/news/1</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = b"""<html><head><title>The only release</title></head><body><article><h1>The only release</h1><p>Valdora, 2 March
2026. The harbour stays as it is, said the port authority, and nothing else will be said about it this year or the next.
Ferries keep their timetable. The bridge stays open for trams and for bicycles.</p></article></body></html>"""


@dataclass
class Server:
    """Answers for every host of the loopback network at one port."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    conditional: int = 0
    most_at_once: int = 0
    _under_way: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    async def _serve(self, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._answer, "0.0.0.0", 0, backlog=4096)  # all of 127.0.0.0/8
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                path = head.split(" ", 2)[1]
                self._under_way[host] += 1
                self.most_at_once = max(self.most_at_once, self._under_way[host])
                self.asked[path] += 1
                known = "if-none-match" in head.lower()
                self.conditional += known
                await asyncio.sleep(0.005)
                writer.write(_response(path, known))
                self._under_way[host] -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _response(path: str, known: bool) -> bytes:
    bodies = {"/feed": (FEED, "application/rss+xml"), "/news/1": (PAGE, "text/html; charset=utf-8")}
    if path not in bodies:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if known:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    body, kind = bodies[path]
    head = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n'
    return head.encode() + body


@dataclass
class Figures:
    """What a run of many sources cost. Seconds and bytes; `late` has the delay of each start after its time.

    `memory` is the highest of the last third, when every source is idle, `peak` that of all.
    """

    sources: int
    seconds: float
    crawls: int = 0
    late: list[float] = field(default_factory=list)
    memory: int = 0
    peak: int = 0
    cpu: float = 0.0
    most_at_once: int = 0
    requests: int = 0
    conditional: int = 0

    def words(self) -> str:
        ordered = sorted(self.late) or [0.0]
        at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.99, 1)]
        crawl = 1000 * self.cpu / max(self.crawls, 1)
        return (
            f"{self.sources:,} sources, {self.crawls:,} crawls in {self.seconds:.0f} s: late by {at[0]:.2f} s "
            f"(median), {at[1]:.2f} s (99 of 100), {at[2]:.2f} s (worst); memory {self.memory / 2**20:.0f} MB "
            f"(highest {self.peak / 2**20:.0f} MB), "
            f"CPU {self.cpu:.0f} s ({crawl:.0f} ms a crawl); {self.requests:,} requests, {self.conditional:,} "
            f"conditional, at most {self.most_at_once} at once to a host"
        )


class _Starts(CrawlProgress):
    """Notes how long after its time each crawl starts."""

    def __init__(self) -> None:
        super().__init__(Progress(disable=True), keep=0)
        self.due: dict[str, datetime] = {}
        self.late: list[float] = []
        self.crawls = 0

    def started(self, run: Run) -> None:
        super().started(run)
        if due := self.due.pop(run.source.name, None):
            self.late.append((run.started - due).total_seconds())

    def ended(self, run: Run, report: Report) -> None:
        super().ended(run, report)
        self.due.pop(run.source.name, None)  # a time that came while it ran is served by this crawl
        self.crawls += 1


def measure(count: int, day: int, length: float) -> Figures:
    """Run a daemon with so many idle sources for `length` seconds; each is due once in `day` seconds."""
    server = Server()
    server.start()
    starts = _Starts()
    with tempfile.TemporaryDirectory() as place, terminal.stop_signals() as asked:
        archive = Path(place)
        (archive / "sources.toml").write_text(_sources(count, server.port, day), encoding="utf-8")
        with opened(archive, "dateline run", asked) as session:
            dispatcher = Dispatcher(session, worker_in(archive), utc_now, starts)
            clockwork = BackgroundScheduler(timezone=UTC)
            clockwork.add_listener(
                lambda event: starts.due.setdefault(event.job_id, event.scheduled_run_times[-1]), EVENT_JOB_SUBMITTED
            )
            daemon = Daemon(archive / "sources.toml", dispatcher, utc_now, session, clockwork)
            daemon.start()
            figures = Figures(count, length)
            threading.Thread(target=_watch, args=(figures, asked), daemon=True).start()
            run_until(asked, daemon, None, archive, AlertProcess(archive))
            figures.cpu = _cpu()
            daemon.stop()
    figures.late, figures.crawls, figures.most_at_once = starts.late, starts.crawls, server.most_at_once
    figures.requests, figures.conditional = server.asked.total(), server.conditional
    return figures


def _watch(figures: Figures, asked: terminal.StopFlag) -> None:
    """Look at the memory every few seconds, and stop the daemon when its time is over."""
    began = time.monotonic()
    while time.monotonic() - began < figures.seconds:
        time.sleep(min(5.0, figures.seconds / 4))
        now = _memory()
        figures.peak = max(figures.peak, now)
        if time.monotonic() - began > figures.seconds * 2 / 3:
            figures.memory = max(figures.memory, now)
    figures.seconds = time.monotonic() - began
    asked.to_stop = True


def _cpu() -> float:
    """Seconds of this process, its children that ended, and those that run; the server of the test included."""
    ended, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    running = sum(_of(child) for child in psutil.Process().children(True))
    return ended.ru_utime + ended.ru_stime + own.ru_utime + own.ru_stime + running


def _of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _memory() -> int:
    """Proportional memory of this process and its children, the server of the test included."""
    processes = [psutil.Process(), *psutil.Process().children(True)]
    return sum(int(process.memory_full_info().pss) for process in processes)


def _sources(count: int, port: int, day: int) -> str:
    hosts = (f"127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}" for n in range(count))
    common = f'[defaults]\nschedule = "every {day}s"\ndelay = 0\n'
    return common + "".join(
        f'[[source]]\nname = "s{n}"\nurl = "http://{host}:{port}/"\nfeeds = ["http://{host}:{port}/feed"]\n'
        for n, host in enumerate(hosts)
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--day", type=int, default=864)
    parser.add_argument("--length", type=float, default=1000)
    chosen = parser.parse_args(arguments)
    print(measure(chosen.sources, chosen.day, chosen.length).words())


if __name__ == "__main__":
    main(sys.argv[1:])
