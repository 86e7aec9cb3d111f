"""Kill -9 of the daemon or its crawler process at a random moment of a crawl: after a restart nothing is missing."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.archiving import Newsroom, later, page, story
from tests.support.commandline import dateline, descendants, publish, running, watching, within
from tests.support.site import Site
from tests.support.warcs import damage

pytestmark = pytest.mark.usefixtures("forked")

RELEASES = 40
PATIENCE = 120.0
QUERIES = {
    "articles": "select source, url, title, text, status, revisions from articles order by url",
    "revisions": "select a.url, r.n, r.title, r.text, r.severity from revisions r"
    " join articles a on a.id = r.article_id order by a.url, r.n",
    "captures": "select distinct source, url, final_url, status, digest from captures where kind = 'page' order by url",
    "addresses": "select key, state from urls order by key",
}


def record(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an archive says, apart from when it was said."""
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert db.execute("pragma foreign_key_check").fetchall() == []
        fts = db.execute("select count(*) from articles_fts where articles_fts match 'quay'").fetchone()[0]
        assert fts == db.execute("select count(*) from articles").fetchone()[0]
        full = "select count(*) - count(distinct final_url) from captures where kind = 'page' and not revisit"
        assert db.execute(full).fetchone()[0] == 0, "a page was archived twice"
        return {name: db.execute(query).fetchall() for name, query in QUERIES.items()}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as newsroom:
        publish(newsroom, RELEASES)
        yield newsroom


@pytest.fixture(scope="module")
def undisturbed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    archive = watching(tmp_path_factory.mktemp("undisturbed") / "archive", site)
    assert dateline("crawl", archive=archive).exit_code == 0
    told = record(archive)
    assert len(told["articles"]) == RELEASES
    return told


def crawler_of(pid: int) -> int | None:
    """The crawler process of a daemon: its child whose program is crawler.worker.process's."""
    for child in descendants(pid):
        try:
            files = os.listdir(f"/proc/{child}/fd")
            warcs = [os.readlink(f"/proc/{child}/fd/{each}") for each in files]
        except OSError:
            continue
        if any("/warc/" in each for each in warcs):
            return child
    return None


def kill_somewhere(archive: Path, site: Site, whom: str, moment: float) -> None:
    """Start the daemon, wait until it fetches, and kill it or its crawler process `moment` seconds later."""
    asked = len(site.log)
    with running("run", archive=archive) as process:
        assert within(PATIENCE, lambda: len(site.log) > asked + 2), (archive / "log.txt").read_text()
        time.sleep(moment)
        if whom == "daemon":
            process.send_signal(signal.SIGKILL)
        else:
            victim = crawler_of(process.pid)
            if victim is not None:
                os.kill(victim, signal.SIGKILL)
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def check_one_kill(number: int, archive: Path, site: Site, undisturbed: dict[str, list[tuple[object, ...]]]) -> None:
    chance = random.Random(number)
    whom = ("daemon", "crawler")[number % 2]
    kill_somewhere(watching(archive, site), site, whom, chance.uniform(0, 1.2))
    result = dateline("crawl", archive=archive)
    assert result.exit_code == 0, result.output
    assert record(archive) == undisturbed
    assert damage(archive) == []


@pytest.mark.parametrize("number", range(1))
def test_killed_at_a_random_moment(
    number: int, site: Site, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    check_one_kill(number, tmp_path / "archive", site, undisturbed)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(1, 25))
def test_killed_at_many_random_moments(
    number: int, site: Site, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    check_one_kill(number, tmp_path / "archive", site, undisturbed)


def test_what_a_kill_left_to_the_next_start_counts_by_the_sources_own_settings(site: Site, tmp_path: Path) -> None:
    archive = watching(tmp_path / "archive", site)
    with (archive / "sources.toml").open("a", encoding="utf-8") as file:
        file.write("confirm = 1\n")
    room = Newsroom(archive, "quill")
    url = site.at(f"{site.releases[0].path}old/")
    for day, text in enumerate(("", story(1, " Rain is expected."))):
        room.answer(url, page(1, text), at=later(days=day))
    assert dateline("crawl", archive=archive).exit_code == 0
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        assert db.execute("select revisions from articles where url = ?", (url,)).fetchone() == (2,)
