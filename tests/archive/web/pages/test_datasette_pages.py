"""Datasette's own pages do not say what is nobody's business."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.web.server import build
from archive.web.settings import SiteOptions


def test_databases_without_paths_and_metadata_without_plugins(ask: Callable[..., Any]) -> None:
    (database,) = ask("/-/databases.json").json()
    assert set(database) == {"name", "size"}
    assert "plugins" not in ask("/-/metadata.json").text


def test_robots_are_told_of_the_paths_that_the_site_has(ask: Callable[..., Any], archive: Path, tmp_path: Path) -> None:
    assert "Disallow: /capture/\nDisallow: /search\n" in ask("/robots.txt").text
    config = tmp_path / "site.json"
    config.write_text('{"settings": {"base_url": "/news/"}}', encoding="utf-8")
    below = build(archive, SiteOptions(config=config))
    assert "Disallow: /news/capture/\n" in asyncio.run(below.client.get("/robots.txt")).text
