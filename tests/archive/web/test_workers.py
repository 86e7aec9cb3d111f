"""Work in processes that can be ended: budgets hold inside one function of C, the dead are replaced, none is left."""

from __future__ import annotations

import asyncio
import os
import signal
import time
import zlib
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from archive.web.workers import Busy, Lane, Overrun


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane(1, memory=200 * 1024**2, waiting=3)
    yield made
    made.close()


def result(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def complain() -> None:
    raise ValueError("no such harbour")


def one_long_call() -> int:
    """Seconds in one function of C, where no signal handler of Python and no look at a clock gets a turn."""
    return len(zlib.compress(os.urandom(1 << 20) * 60, 9))


def test_work_is_done_elsewhere(lane: Lane) -> None:
    assert result(lane.run(5, os.getpid)) != os.getpid()
    assert result(lane.run(5, sorted, [3, 1, 2], reverse=True)) == [3, 2, 1]
    assert lane.ended == 0


def test_an_error_is_the_askers_and_the_process_lives(lane: Lane) -> None:
    first = result(lane.run(5, os.getpid))
    with pytest.raises(ValueError, match="no such harbour"):
        result(lane.run(5, complain))
    assert result(lane.run(5, os.getpid)) == first


@pytest.mark.parametrize("task", [one_long_call, die])
def test_what_spends_its_budget_or_dies_is_ended_and_replaced(lane: Lane, task: Any) -> None:
    with pytest.raises(Overrun):
        result(lane.run(0.2, task))
    assert lane.ended == 1
    assert result(lane.run(5, sum, [1, 2])) == 3


def test_waiting_is_bounded_by_the_clock_too(lane: Lane) -> None:
    with pytest.raises(Overrun):
        result(lane.run(0.05, time.sleep, 3600))
    assert result(lane.run(5, sum, [1, 2])) == 3


def test_memory_is_bounded(lane: Lane) -> None:
    with pytest.raises(Overrun):
        result(lane.run(5, bytearray, 600 * 1024**2))
    assert result(lane.run(5, len, bytearray(1024**2))) == 1024**2


def test_a_full_lane_refuses_and_goes_on(lane: Lane) -> None:
    async def crowd() -> list[Any]:
        return await asyncio.gather(*(lane.run(30, time.sleep, 0.1) for _ in range(5)), return_exceptions=True)

    found = result(crowd())
    assert [type(each) for each in found] == [type(None)] * 3 + [Busy] * 2
    assert lane.pieces == 0
    assert result(lane.run(5, sum, [1, 2])) == 3


def test_a_closed_lane_leaves_no_process(lane: Lane) -> None:
    process = result(lane.run(5, os.getpid))
    lane.close()
    until = time.monotonic() + 60
    while _is_there(process):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert result(lane.run(5, sum, [1, 2])) == 3


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
