"""The sample archive, to read and to change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.web.queries.support import Database
from tests.support.sample import build_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("queries") / "archive") / "archive.db"


@pytest.fixture
def db(sample: Path) -> Iterator[Database]:
    """What a test changes in it is rolled back."""
    connection = sqlite3.connect(sample)
    connection.row_factory = sqlite3.Row
    yield Database(connection)
    connection.rollback()
    connection.close()
