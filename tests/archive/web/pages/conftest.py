"""The sample archive's site, to ask for pages and to change beneath it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.web.server import build
from tests.support.sample import build_sample


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return build_sample(tmp_path / "archive")


@pytest.fixture
def ask(archive: Path) -> Iterator[Callable[..., Any]]:
    """Asks the site for a path."""
    site = build(archive)
    with asyncio.Runner() as runner:
        yield lambda path, **options: runner.run(site.client.get(path, **options))
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()


@pytest.fixture
def change(archive: Path) -> Callable[..., None]:
    """Runs SQL on the archive."""

    def run(sql: str, *parameters: Any) -> None:
        connection = sqlite3.connect(archive / "archive.db")
        connection.execute(sql, parameters)
        connection.commit()
        connection.close()

    return run
