"""What the site opens, it cannot write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.web.readonly import open_readonly
from tests.support.sample import build_sample


@pytest.mark.parametrize("is_mutable", [True, False])
def test_it_reads_and_cannot_write(tmp_path: Path, is_mutable: bool) -> None:
    file = build_sample(tmp_path / "archive") / "archive.db"
    with closing(open_readonly(file, is_mutable)) as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (18,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("delete from articles")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        open_readonly(tmp_path / "archive.db", is_mutable=True)
    assert not (tmp_path / "archive.db").exists()
