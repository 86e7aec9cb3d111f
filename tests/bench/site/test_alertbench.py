"""A thousand saved searches over ten thousand new releases take less than a minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.site.alertbench import measure


@pytest.mark.parametrize(
    ("searches", "releases", "seconds"), [(20, 200, 30.0), pytest.param(1_000, 10_000, 60.0, marks=pytest.mark.soak)]
)
def test_saved_searches_are_quick(tmp_path: Path, searches: int, releases: int, seconds: float) -> None:
    found = measure(tmp_path, searches, releases)
    print(found)
    assert isinstance(found["matches"], int)
    assert found["matches"] > searches
    assert isinstance(found["seconds"], float)
    assert found["seconds"] < seconds
