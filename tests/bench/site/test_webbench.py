"""The bench of the site: every kind of page is a page, here and in plain Datasette, also beside a writer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench.million import build
from tests.bench.site import webbench
from tests.support.site import Site


@pytest.mark.soak
def test_every_kind_is_measured_and_none_fails(tmp_path: Path) -> None:
    database = build(tmp_path / "some", 400) / "archive.db"
    ours, plain = webbench.pages(database)
    link = tmp_path / "plain.db"
    link.symlink_to(database)
    with webbench.served(webbench.PLAIN, link) as address:
        measured = asyncio.run(webbench.one_reader(address, plain))
    assert {name: timing.failed for name, timing in measured.items()} == dict.fromkeys(plain, 0)
    with webbench.served(webbench.SITE, database.parent) as address:
        measured = asyncio.run(webbench.one_reader(address, ours))
        assert {name: timing.failed for name, timing in measured.items()} == dict.fromkeys(ours, 0)
        with webbench.writer(database, pause=0.05, at_once=2):
            many = asyncio.run(webbench.many_readers(address, ours, 5, seconds=3, think=0.1))
    assert sum(len(timing.seconds) for timing in many.values()) > 10
    assert sum(timing.failed for timing in many.values()) == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from articles").fetchone()[0] > 400


def test_a_row_shows_the_median_and_the_95th_percentile() -> None:
    timing = webbench.Timing([number / 1000 for number in range(1, 101)], failed=3)
    assert timing.row("front").split() == ["front", "100", "50.5", "96.0", "-", "3"]
    assert webbench.Timing([0.1]).row("front").split() == ["front", "1", "-", "-", "-", "0"]
    assert webbench.Timing([0.1, 0.1], cpu=0.06).row("front").split()[4] == "30.0"


def test_the_figures_are_put_into_a_page() -> None:
    steady = webbench.Timing([0.02] * 40)
    columns = {"one reader": {"front": steady, "trends": steady}, "plain": {"front": webbench.Timing([2.0] * 6, 6)}}
    made = webbench.table(columns).splitlines()
    assert made[0] == "| p50 / p95, ms | one reader | plain |"
    assert made[2:] == ["| front | 20 / 20 | 2,000 / 2,000 (6 of 6 failed) |", "| trends | 20 / 20 |  |"]
    page = "# Speed\n<!-- figures -->\nold\n<!-- end of figures -->\nWords\n"
    assert webbench.put_in(page, "new") == "# Speed\n<!-- figures -->\nnew\n<!-- end of figures -->\nWords\n"
    with pytest.raises(ValueError, match="no <!-- figures"):
        webbench.put_in("# Speed\n", "new")


def test_an_archive_is_made_once_and_any_other_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(webbench, "build", lambda directory, count, progress: made.append(count))
    webbench.prepared(tmp_path, 30)
    assert made == [30]
    webbench.prepared(tmp_path, 40)  # there is a database now, and nothing says that it is of `make million`
    assert made == [30]


def test_what_takes_too_long_is_left() -> None:
    with Site() as site:
        found = asyncio.run(webbench.one_reader(webbench.Served(site.url), {"front": ["/"] * 9}, longest=-1.0))
        assert site.count("/") == 2  # one that does not count, and one that does
    assert len(found["front"].seconds) == 1
