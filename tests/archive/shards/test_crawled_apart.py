"""Two archives that were split and crawl their newsrooms apart: the site over both is that of one that crawled all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.archive.shards.support import faults, found
from tests.support.archiving import rows
from tests.support.commandline import ROOT, WORDS, publish, sources
from tests.support.site import Page, Release, Site, always

pytestmark = pytest.mark.soak  # eight commands, each a process

SHARED = tuple(
    f"{' '.join(WORDS.split()[start : start + 26]).capitalize()} were named by both offices in one statement."
    for start in (0, 3, 6)
)
SAID = {
    "articles": "select source, url, title, text, published_at, status, revisions, word_count, language from articles",
    "revisions": "select a.url, r.n, r.title, r.text, r.severity, r.kinds, r.summary from revisions r"
    " join articles a on a.id = r.article_id",
    "removed": "select a.url, r.position, r.text, r.why from removed r join articles a on a.id = r.article_id",
    "events": "select source, url, kind, detail from events",
    "stories": "select s.title, o.url, s.articles, s.sources from stories s join articles o on o.id = s.origin_id",
    "story_articles": "select a.url, o.url as origin, s.share, s.kept from story_articles s"
    " join articles a on a.id = s.article_id join articles o on o.id = s.origin_id",
    "captures": "select source, url, final_url, kind, status, digest, page_kind, note from captures"
    " where kind = 'page' and status <> 304 and not revisit",
    "boilerplate": "select source, text, documents, why, state from boilerplate",
    "sources": "select name, title, url, state from sources",
    "article_counts": "select * from article_counts where articles > 0",
}
"""What the documented tables say, without the moments at which a crawl was made."""


def said(archive: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted((tuple(row.values()) for row in rows(archive / "archive.db", sql)), key=repr)
        for name, sql in SAID.items()
    }


def run(archive: Path, *arguments: str | Path) -> None:
    command = [sys.executable, "-c", "from scheduler import main; main(prog_name='dateline')", *map(str, arguments)]
    environment = {"DATELINE_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def watching(archive: Path, **sites: Site) -> Path:
    archive.mkdir()
    usual = '[defaults]\nrecheck = []\nrecheck_then = "1s"\nconfirm = 1\ngone_after = "0s"\n\n'
    named = sources(**{name: site.url for name, site in sites.items()})
    (archive / "sources.toml").write_text(usual + named, encoding="utf-8")
    return archive


def day_two(port: Site, town: Site) -> None:
    """New releases at both, one of them the same text; an edit at each; a release that is taken down."""
    publish(port, 4, first=9)
    publish(town, 3, first=60)
    port.release("joint-two", "A second statement of both offices", "2026-04-02", *reversed(SHARED))
    town.release("joint-two-too", "A second statement of both offices", "2026-04-03", *reversed(SHARED))
    for site in (port, town):
        before = site.releases[1]
        changed = (*before.paragraphs[:2], "The harbour master said that 14 ships had come, and not 41.")
        site.releases[1] = Release(before.slug, before.title, before.day, changed)
    site = town
    site.answers[site.releases[2].path] = always(Page(b"<h1>Gone</h1>", status=410))


def test_a_site_over_archives_that_crawl_apart_is_that_of_one_that_crawls_all(tmp_path: Path) -> None:
    with Site() as port, Site(title="Town of Marlow") as town:
        publish(port, 8)
        publish(town, 8, first=40)
        port.release("joint", "A statement of both offices", "2026-04-01", *SHARED)
        town.release("joint-too", "A statement of both offices", "2026-04-02", *SHARED)
        whole = watching(tmp_path / "whole", port=port, town=town)
        one = watching(tmp_path / "one", port=port, town=town)
        run(whole, "crawl")
        run(one, "crawl")
        run(one, "split", "town", "--into", tmp_path / "two")
        run(one, "publish", one, tmp_path / "two", "--into", tmp_path / "site")
        assert said(tmp_path / "site") == said(whole)
        day_two(port, town)
        for archive in (whole, one, tmp_path / "two"):
            run(archive, "crawl")
        run(one, "publish", one, tmp_path / "two", "--into", tmp_path / "site")
    site, all_of_it = said(tmp_path / "site"), said(whole)
    assert {name for name in site if site[name] != all_of_it[name]} == set()
    assert {row[2] for row in site["events"]} >= {"new", "edited", "gone"}
    assert sum(row[2] for row in site["stories"]) == 4
    assert {row[3] for row in site["stories"]} == {2}
    for words in ("both offices", "quay", "14 ships"):
        assert found(tmp_path / "site/archive.db", words) == found(whole / "archive.db", words) != []
    assert faults(one) == faults(tmp_path / "two") == []
