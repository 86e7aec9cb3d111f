"""Ready-made queries walk an index where they sort (that they run: test_metadata.py, test_site.py)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.web.data.canned import CANNED


@pytest.mark.parametrize(
    "name", ["edits_this_month", "silent_edits", "taken_down", "headlines_changed", "longest_releases"]
)
def test_a_list_of_the_newest_needs_no_sorting(name: str, tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        plan = [row[3] for row in connection.execute(f"explain query plan {CANNED[name]['sql']}")]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
