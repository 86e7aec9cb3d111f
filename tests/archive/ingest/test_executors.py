"""Where pages are read, as it was chosen."""

from __future__ import annotations

import os

import pytest

from archive.core.errors import ClusterError
from archive.core.model import Processing
from archive.ingest import executors
from archive.ingest.pool import in_flight_on
from tests.support.archiving import AtOnce


def test_processes_are_as_many_as_asked_for_or_as_there_are_cores() -> None:
    assert executors.chosen(Processing()).size == len(os.sched_getaffinity(0))
    many = executors.chosen(Processing(workers=32))
    assert many.size == 32
    assert in_flight_on(many) >= 64, "a process finds its next task waiting"
    assert in_flight_on(AtOnce()) == 16


def test_a_cluster_without_an_address_is_none() -> None:
    with pytest.raises(ClusterError, match="--address"):
        executors.chosen(Processing("dask"))
