"""A Dask cluster on this machine: a scheduler and workers, each a process of its own in an empty directory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_START = 120.0
"""Seconds in which a scheduler has started."""


class DaskCluster:
    """The processes of a cluster at a free port of 127.0.0.1. Workers that end are not started again by themselves."""

    def __init__(self, directory: Path, threads: int = 1) -> None:
        self.directory = directory
        self.threads = threads
        self._started = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start_scheduler()

    @property
    def address(self) -> str:
        """Where its scheduler answers."""
        return f"tcp://127.0.0.1:{self.port}"

    def add_worker(self) -> None:
        """Start one more worker."""
        options = ("--host", "127.0.0.1", "--nthreads", str(self.threads), "--no-nanny", "--no-dashboard")
        self.workers.append(self._start("worker", self.address, *options))

    def kill_worker(self) -> None:
        """Kill the oldest worker, as a crash of its machine would."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()

    def restart_scheduler(self) -> None:
        """Kill the scheduler, which knows nothing any more when it starts again; its workers end without it."""
        self.scheduler.kill()
        self.scheduler.wait()
        for worker in self.workers:
            worker.kill()
            worker.wait()
        count, self.workers = len(self.workers), []
        self.scheduler = self._start_scheduler()
        for _ in range(count):
            self.add_worker()

    def wait(self) -> None:
        """Wait until the scheduler answers: on a busy machine that takes long, and no test is about it."""
        until = time.monotonic() + _START
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=_START):
                return
            time.sleep(0.05)
        raise TimeoutError(f"no scheduler answers at {self.address}: see the logs in {self.directory}")

    def stop(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        return self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        self._started += 1
        empty = self.directory / f"{command[0]}-{self._started}"
        empty.mkdir(parents=True)
        # Without Python's warning filters: what Dask's own processes warn of is nothing that a test is about.
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        with (self.directory / f"{empty.name}.log").open("wb") as log:
            return subprocess.Popen(
                (sys.executable, "-m", "dask", *command), cwd=empty, env=environment, stdout=log, stderr=log
            )


@contextmanager
def dask_cluster(directory: Path, workers: int = 2, threads: int = 1) -> Iterator[DaskCluster]:
    """A cluster with so many workers, of so many threads each."""
    cluster = DaskCluster(directory, threads)
    try:
        cluster.wait()
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()
