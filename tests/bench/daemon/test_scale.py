"""Ten thousand idle sources in one daemon, a simulated day at a hundred times the speed; `make soak` prints figures."""

from __future__ import annotations

import pytest

from tests.bench.daemon.scale import measure

JITTER = 30.0
"""Seconds: what `crawler.schedule.triggers.jitter` allows for such a schedule."""

MEMORY = 400 * 1024**2


@pytest.mark.soak
def test_ten_thousand_idle_sources(capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure(10_000, day=864, length=1900)
    with capsys.disabled():
        print(f"\n{figures.words()}")
    assert figures.crawls >= 10_000
    assert max(figures.late) <= JITTER
    assert figures.memory <= MEMORY
    assert figures.most_at_once == 1


@pytest.mark.soak
def test_some_idle_sources_are_asked_with_conditions_one_request_a_host_at_a_time() -> None:
    figures = measure(12, day=3, length=12)
    assert figures.crawls > 12
    assert figures.most_at_once == 1
    assert figures.conditional > 0
    assert figures.memory > 0
    assert "12 sources" in figures.words()
