"""How long a crawl waits for a host, and when it leaves its source alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from crawler.fetch.errors import Refusal, SourceRefuses
from crawler.fetch.hosts.patience import Patience
from crawler.fetch.settings import Limits

HOST = "press.velmora.example"
LIMITS = Limits(backoff=0.01, patience=5.0, failures=4, attempts=3)


def patience(time_left: float = 60.0) -> Patience:
    return Patience(LIMITS, lambda: time_left)


def refused(tried: Callable[[], object]) -> str:
    with pytest.raises(SourceRefuses) as failure:
        tried()
    return str(failure.value)


def test_each_pause_is_twice_as_long_as_the_one_before() -> None:
    assert [patience().pause(attempt) for attempt in (1, 2, 3)] == [0.01, 0.02, 0.04]


def test_a_source_whose_host_fails_again_and_again_is_left_alone() -> None:
    patient = patience()
    for _ in range(3):
        patient.failed(HOST)
    words = refused(lambda: patient.failed(HOST))
    assert words == f"{HOST} failed again and again"
    assert patient.refusals == [Refusal(HOST, words)]
    assert refused(lambda: asyncio.run(patient.ready("files.velmora.example"))) == words


def test_an_answer_ends_the_count_and_no_answer_counts_for_three() -> None:
    patient = patience()
    patient.gave_no_answer(HOST)
    patient.answered()
    patient.gave_no_answer(HOST)
    assert refused(lambda: patient.gave_no_answer(HOST, ": it is silent")).endswith("again: it is silent")


@pytest.mark.parametrize(
    ("retry_after", "time_left", "attempt", "status"),
    [("6", 60.0, 1, 503), ("3", 2.0, 1, 503), ("", 60.0, 3, 429)],
    ids=["longer than a crawl waits", "longer than this crawl lasts", "too many requests at the last try"],
)
def test_a_rest_that_is_too_long_ends_the_crawl(retry_after: str, time_left: float, attempt: int, status: int) -> None:
    patient = patience(time_left)
    words = refused(lambda: asyncio.run(patient.busy(HOST, status, retry_after, attempt)))
    assert words.startswith(f"{HOST} answered {status}")
    assert [refusal.host for refusal in patient.refusals] == [HOST]


@pytest.mark.parametrize(("retry_after", "attempt"), [("", 1), ("0", 2), ("", 3)])
def test_a_short_rest_is_waited_for(retry_after: str, attempt: int) -> None:
    patient = patience()
    asyncio.run(patient.busy(HOST, 503, retry_after, attempt))
    asyncio.run(patient.ready(HOST))
    assert patient.refusals == []
