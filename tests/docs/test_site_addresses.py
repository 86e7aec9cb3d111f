"""Every address of the site that docs/site.md names answers, and every page of the site's own is named there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from archive.web import ROUTES
from archive.web.server import build
from tests.archive.web.test_site import capture_of
from tests.docs.pages import chapter
from tests.support.sample import article_id, build_sample

CHAPTER = chapter("docs/site.md", "Addresses")
NAMED = [address for row in re.findall(r"^\| (`/.*?) \|", CHAPTER, re.M) for address in re.findall(r"`([^`]+)`", row)]


def test_every_address_that_is_named_answers(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    ids = {
        "ARTICLE": str(article_id("budget")),
        "CAPTURE": str(capture_of(archive, "budget")),
        "SOURCE": "port-of-ister",
    }
    site = build(archive)
    assert len(NAMED) > 18
    with asyncio.Runner() as runner:
        for address in NAMED:
            path = re.sub("ARTICLE|CAPTURE|SOURCE", lambda name: ids[name[0]], address)
            wanted = 503 if address == "/-/health" else 200
            answers = (runner.run(site.client.get(path)).status_code for _ in range(20))
            given = next((code for code in answers if code != 503), 503)  # as on a machine with much else to do
            assert given == wanted, address


def test_every_page_is_named() -> None:
    parts = {address.partition("?")[0].split("/")[1].partition(".")[0] for address in NAMED}
    unnamed = {"robots", "-"}
    for pattern, *_ in ROUTES:
        first = re.match(r"\^/(\w*|-)", pattern)
        assert first is not None
        assert first[1] in parts | unnamed, pattern
