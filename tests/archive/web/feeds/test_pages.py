"""The addresses of feeds."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

from archive.web.server import build
from tests.support.sample import article_id, build_sample

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_release_without_a_day_or_of_long_ago_comes_to_the_feed(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    connection = sqlite3.connect(archive / "archive.db")
    connection.execute(
        "update articles set published_day = null, first_seen = '2026-04-01T06:00:00+00:00' where id = ?",
        [article_id("ferry")],
    )
    connection.commit()
    connection.close()
    feed = ElementTree.fromstring(asyncio.run(build(archive).client.get("/feed.xml")).text)
    first = feed.find(f"{ATOM}entry")
    assert first is not None
    assert first.findtext(f"{ATOM}title") == "Night ferry to Korrin suspended after engine fire"
