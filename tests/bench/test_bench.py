"""The programs of `make bench`, `make quality` and `make fit` run to their end, each on a few pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench.bench import generated, pages_of
from tests.demo.newsroom import Newsroom, read_posts
from tests.support.warcs import exchange, written

ROOT = Path(__file__).parents[2]
PAGES = 5
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A directory with two corpora: a few releases, each of another host, and the title and text right for each."""
    folder = tmp_path / "corpora"
    folder.mkdir()
    posts = read_posts(ROOT / "tests/demo/valdora.txt", datetime(2026, 10, 1, 9, tzinfo=UTC))
    for name, some in (("first", posts[:PAGES]), ("second", posts[PAGES : 2 * PAGES])):
        urls = [f"https://{name}-{number}.example{post.path}" for number, post in enumerate(some)]
        site = Newsroom("Port of Valdora", some, base="https://valdora.example")
        bodies = [site.answer(post.path)[2].encode() for post in some]
        pages = zip(urls, bodies, strict=True)
        written(tmp_path / name, *(exchange(url=url, body=body, response_headers=HEADERS) for url, body in pages))
        (warc,) = (tmp_path / name / "warc").rglob("*.warc.gz")
        shutil.copy(warc, folder / f"{name}.warc.gz")
        gold = zip(urls, some, strict=True)
        rows = [{"url": url, "title": post.title, "text": "\n\n".join(post.paragraphs)} for url, post in gold]
        (folder / f"{name}.gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


def _program(name: str, *arguments: object, cwd: Path = ROOT) -> str:
    """What a program of this folder prints, started as the Makefile starts it."""
    command = [sys.executable, "-m", f"tests.bench.{name}", *map(str, arguments)]
    path = os.pathsep.join((str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])))
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.soak
def test_bench_measures_the_four_programs_on_the_pages_of_a_warc_file(corpora: Path) -> None:
    printed = _program("bench", corpora / "first.warc.gz", "--pages", PAGES)
    assert f"{PAGES} pages of" in printed
    for program in ("(a) bare Scrapy", "(b) naive script", "(c) Dateline", "(d) Dateline"):
        assert program in printed
    ratios = re.search(r"\(c\) is (\S+) x \(b\) +\(d\) is (\S+) x \(a\)", printed)
    assert ratios
    assert all(float(ratio) > 0 for ratio in ratios.groups())


def test_bench_has_pages_of_its_own(corpora: Path) -> None:
    assert len(list(pages_of(corpora / "first.warc.gz"))) == PAGES
    pages = list(generated())
    assert len(pages) > PAGES
    assert all(kind.startswith(b"text/html") and len(body) > 100_000 for kind, body in pages)


def test_storybench_groups_the_articles_that_it_makes() -> None:
    facts = json.loads(_program("storybench", 60))
    assert facts["articles"] == 60
    assert 0 < facts["stories"] < 60
    assert len(facts["milliseconds"]) == 10


def test_quality_scores_a_corpus(corpora: Path) -> None:
    pytest.importorskip("lightgbm")
    printed = _program("quality", corpora, "--seed", corpora / "none")
    assert f"second  {PAGES} pages" in printed
    assert printed.index("hosts not seen") < printed.index("corpus not seen")


def test_fit_writes_forests_that_can_be_read(corpora: Path, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    target = tmp_path / "archive/extract/classifier.json"
    target.parent.mkdir(parents=True)
    printed = _program("fit", corpora, cwd=tmp_path)
    assert f"fitted to {2 * PAGES} pages of {2 * PAGES} hosts" in printed
    fitted, stored = (
        json.loads(path.read_text("utf-8")) for path in (target, ROOT / "archive/extract/classifier.json")
    )
    assert {name: forest["features"] for name, forest in fitted.items()} == {
        name: forest["features"] for name, forest in stored.items()
    }


def test_million_makes_an_archive_of_as_many_articles_as_asked(tmp_path: Path) -> None:
    _program("million", tmp_path / "made", "--articles", 60)
    with closing(sqlite3.connect(tmp_path / "made/archive.db")) as db:
        assert db.execute("select count(*) from articles").fetchone() == (60,)
        assert db.execute("select count(*) from articles where text = ''").fetchone() == (0,)
