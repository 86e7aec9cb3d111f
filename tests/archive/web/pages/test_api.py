"""The page for programs: each example on it is followed, and answers with the kind of data that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from archive.web import ROUTES
from archive.web.pages.api import TOPICS

Ask = Callable[..., Any]
EXAMPLES = [address.example for _, addresses in TOPICS for address in addresses]
KINDS = {
    ".jsonl": "application/jsonl", ".json": "application/", ".csv": "text/csv", ".zip": "application/zip",
    "/-/health": "application/json", "/-/metrics": "text/plain",
}  # fmt: skip


def linked(page: str) -> list[str]:
    return [unescape(path) for path in re.findall(r'<dt><a href="([^"]+)"><code>', page)]


def test_every_example_can_be_followed(ask: Ask) -> None:
    paths = linked(ask("/api").text)
    assert len(paths) == len(EXAMPLES)
    for path in paths:
        answer = ask(path)
        assert answer.status_code == (503 if path == "/-/health" else 200), (path, answer.text[:200])
        ending = next(ending for ending in KINDS if path.partition("?")[0].endswith(ending))
        assert answer.headers["content-type"].startswith(KINDS[ending]), path
        if ending == ".json":
            assert json.loads(answer.text), path


def test_every_address_of_data_is_on_the_page() -> None:
    shown = " ".join(EXAMPLES) + "".join(words for _, addresses in TOPICS for words in map(str, addresses))
    for pattern, *_ in ROUTES:
        found = re.fullmatch(r"\^(/\w+)\\\.(\w+)\$", pattern)
        if found and found[2] not in ("svg", "txt"):
            assert found[1] in shown, pattern
            assert f".{found[2]}" in shown, pattern


def test_an_archive_without_releases_shows_what_there_will_be(ask: Ask, change: Any) -> None:
    change("delete from articles")
    page = ask("/api").text
    assert "<dt><code>/article/ARTICLE/cite.json</code></dt>" in page
    named = [address for _, addresses in TOPICS for address in addresses if not address.needs]
    assert len(linked(page)) == len(named) > 5
