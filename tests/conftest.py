"""What all test files share: property tests without a deadline, a real browser, and which files start first."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from archive.core import processes
from tests.examples import FULL, QUICK

gc.disable()  # until all tests are collected: nothing of them is garbage
settings.register_profile("quick", deadline=None, max_examples=QUICK)  # how long an example takes says nothing here
settings.register_profile("full", deadline=None, max_examples=FULL)
settings.load_profile("quick")
PATIENCE = 120_000
"""Milliseconds: a busy machine shows late what it shows."""

expect.set_options(timeout=PATIENCE)

CHROMIUM = os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""The headless shell does in a sixth of the time what Chromium does, which draws its windows for nobody."""

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


END_TO_END = Path(__file__).parent / "end_to_end"
PRELOADED = ["scheduler", "trafilatura", "archive.web.workers", "archive.web.database", "archive.web.revision_diffs"]
"""What processes that are forked find imported: the site's own list, and what commands start."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that run the whole program, for these wait most; then those of few tests, for these take longest.

    Whatever starts last is short then, and no processor waits at the end for one long file (`--no-loadscope-reorder`).
    """
    counts = Counter(item.path for item in items)
    order = {path: (END_TO_END not in path.parents, count) for path, count in counts.items()}
    items.sort(key=lambda item: order[item.path])


def pytest_collection_finish() -> None:
    """All test files are imported, and the site's list with them: the longer one takes its place."""
    gc.freeze()
    gc.enable()
    multiprocessing.set_forkserver_preload(PRELOADED)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: while it is open an event loop runs, and no test could start its own."""
    if not Path(CHROMIUM).exists():
        missing = f"no Chromium at {CHROMIUM}; DATELINE_CHROMIUM says where it is"
        if os.environ.get("DATELINE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        chromium.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def view(browser: Browser) -> Iterator[Callable[[dict[str, Any]], Page]]:
    """Give the page that has these options (of a context): one for a file. A new one costs as much as ten visits."""
    pages: dict[str, Page] = {}

    def having(options: dict[str, Any]) -> Page:
        name = json.dumps(options, sort_keys=True)
        if name not in pages:
            pages[name] = browser.new_context(**options).new_page()
        return pages[name]

    yield having
    for page in pages.values():
        page.context.close()


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in this process fork theirs from one that has imported everything, and so save a second for each."""
    forkserver.ensure_running()
    monkeypatch.setattr(processes, "CONTEXT", multiprocessing.get_context("forkserver"))
