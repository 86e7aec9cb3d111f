"""Datasette's own pages do not say what is nobody's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_databases_without_paths_and_metadata_without_plugins(ask: Callable[..., Any]) -> None:
    (database,) = ask("/-/databases.json").json()
    assert set(database) == {"name", "size"}
    assert "plugins" not in ask("/-/metadata.json").text
    assert "Disallow: /capture/" in ask("/robots.txt").text
