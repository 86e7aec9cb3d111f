"""The extraction processes: renewed, ended when they hang, and gone when their parent is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import sys
import time
from concurrent.futures import BrokenExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from archive.ingest.pool import MEMORY_LIMIT, NOTICED, RenewedPool, extraction_pool


def test_a_pool_is_renewed_after_its_tasks_and_answers_them_all() -> None:
    with RenewedPool(1, renew_after=3) as pool:
        futures = [pool.submit(os.getpid) for _ in range(8)]
        pids = [future.result() for future in futures]
    assert [len(set(pids[start : start + 3])) for start in (0, 3, 6)] == [1, 1, 1]
    assert len(set(pids)) == 3


def test_a_pool_without_work_rests_after_a_while_and_works_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with RenewedPool(1) as pool:
        first = pool.submit(os.getpid).result()
        pool.rest()
        assert pool.submit(os.getpid).result() == first, "it worked a moment ago"
        monkeypatch.setattr("archive.ingest.pool.IDLE", 0.0)
        waiting = pool.submit(time.sleep, 0.5)
        pool.rest()
        waiting.result()
        assert pool.submit(os.getpid).result() == first, "it had something to do"
        while pool.submit(os.getpid).result() == first:
            time.sleep(0.05)
            pool.rest()


def test_a_task_that_hangs_is_ended_and_the_next_one_runs() -> None:
    with RenewedPool(1, task_limit=1) as pool:
        with pytest.raises(BrokenExecutor):
            pool.submit(time.sleep, 60).result(timeout=50)
        assert pool.submit(abs, -1).result() == 1


def test_a_page_that_asks_for_too_much_memory_fails_alone() -> None:
    with extraction_pool(1) as pool:
        with pytest.raises(MemoryError):
            pool.submit(bytearray, MEMORY_LIMIT).result()
        assert pool.submit(abs, -1).result() == 1


def _die_within_the_result() -> None:
    """Write the beginning of a long result, as a process does that is killed at that moment, and hold its turn."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    results = frame.f_locals["result_queue"]
    results._wlock.acquire()
    os.write(results._writer.fileno(), struct.pack("!i", 1_000_000) + b"half")
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_process_that_is_killed_within_its_result_holds_up_nobody(workers: int) -> None:
    """The out-of-memory killer takes no account of what a process is doing."""
    with RenewedPool(workers) as pool:
        pool.submit(abs, -1)
        for task in (pool.submit(_die_within_the_result), pool.submit(time.sleep, 50)):
            with pytest.raises(BrokenExecutor):
                task.result(timeout=40)
        assert pool.submit(abs, -2).result(timeout=40) == 2


def test_what_a_process_answers_after_a_renewal_is_not_lost() -> None:
    """The watch of a pool that was replaced ends nothing that still runs."""
    with RenewedPool(1, renew_after=1) as pool:
        slow = pool.submit(_answer_after, NOTICED + 1.0, 7)
        assert pool.submit(abs, -1).result(timeout=40) == 1
        assert slow.result(timeout=40) == 7


def _answer_after(seconds: float, answer: int) -> int:
    time.sleep(seconds)
    return answer


def _start_pool(pipe: Connection) -> None:
    pool = extraction_pool(1)
    pipe.send(pool.submit(os.getpid).result())
    pool.submit(time.sleep, 50)
    os._exit(0)


def test_the_processes_end_when_their_parent_ends() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    parent = context.Process(target=_start_pool, args=(theirs,))
    parent.start()
    pid = ours.recv()
    parent.join()
    deadline = time.monotonic() + 30
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    """Whether a process does anything still (one that nobody has waited for yet does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
