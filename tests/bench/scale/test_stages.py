"""The stages are measured with pages that become articles."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from archive.store.database import Store
from tests.bench.scale.stages import measure, report
from tests.support.archiving import AtOnce


def test_every_stage_is_measured(tmp_path: Path) -> None:
    found = measure(8, tmp_path, AtOnce())
    assert [one.count for one in found.stages] == [8, 8, 8, 8, 50]
    assert all(one.seconds > 0 for one in found.stages)
    assert found.page > found.warc > 1000
    assert "the writer" in report(found)
    with closing(Store(tmp_path / "archive/archive.db")) as store:
        assert store.db.execute("select count(*) from articles").fetchone() == (8,)
