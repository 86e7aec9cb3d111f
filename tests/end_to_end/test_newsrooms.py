"""From an address alone to every release: newsrooms of many systems, added and walked back to their first release."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.support.commandline import dateline
from tests.support.newsrooms.made import COUNT, MadeNewsroom
from tests.support.newsrooms.systems import NEWSROOMS
from tests.support.site import Site

pytestmark = pytest.mark.usefixtures("forked")

QUICK = ("by hand", "interface", "form", "map", "strange word", "half files", "frames", "without scripts")
_MOST_REQUESTS = 1.6
"""Requests for each release, those of `add` apart."""


def check(chosen: Sequence[MadeNewsroom], archive: Path) -> None:
    (archive / "sources.toml").write_text("[defaults]\ndelay = 0\n", encoding="utf-8")
    with ExitStack() as running:
        sites = {f"room-{n}": (made, running.enter_context(Site())) for n, made in enumerate(chosen)}
        refused: dict[str, dict[str, object]] = {}
        for name, (made, site) in sites.items():
            site.pages.update(made.pages(site.at))
            told = dateline("add", site.at(made.entry), "--name", name, "--allow-private", "--yes", archive=archive)
            refused |= {} if told.exit_code == 0 else {made.name: {"add": told.output}}
            site.log.clear()
        crawled = dateline("crawl", "--backfill", archive=archive)
        asked = {name: len(site.log) for name, (_, site) in sites.items()}
        for _, site in sites.values():
            site.log.clear()
        again = dateline("crawl", archive=archive)
        anew = {name: len(site.log) for name, (_, site) in sites.items()}
    assert (crawled.exit_code, again.exit_code) == (0, 0), crawled.output + again.output
    wrong = dict(refused)
    for name, (made, site) in sites.items():
        found = _found(archive, name)
        days = {site.at(path): story.day.isoformat() for path, story in made.releases.items()}
        titles = {site.at(path): story.title for path, story in made.releases.items()}
        problem = {
            "missing": len(days.keys() - found.keys()),
            "wrong": sorted(found.keys() - days.keys()),
            "days": [url for url, (day, _) in found.items() if days.get(url, day) != day],
            "titles": [title for url, (_, title) in found.items() if titles.get(url, title) != title],
            "requests": asked[name] if asked[name] > _MOST_REQUESTS * COUNT else 0,
            "requests again": anew[name] if anew[name] > 3 else 0,
        }
        if any(problem.values()) and made.name not in refused:
            wrong[made.name] = {what: value for what, value in problem.items() if value}
    assert not wrong, "\n".join(f"{name}: {problem}" for name, problem in wrong.items())


def _found(archive: Path, source: str) -> dict[str, tuple[str, str]]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        rows = db.execute("select url, substr(published_at, 1, 10), title from articles where source = ?", (source,))
        return {url: (day, title) for url, day, title in rows}


def test_every_release_of_some_newsrooms_is_found(tmp_path: Path) -> None:
    check([made for made in NEWSROOMS if made.name in QUICK], tmp_path)


@pytest.mark.soak
def test_every_release_of_all_newsrooms_is_found(tmp_path: Path) -> None:
    check(NEWSROOMS, tmp_path)
