"""Every address of the site with arguments that make no sense: never 500, no traceback, no entry in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive.web.server import build
from tests.archive.web.test_access import addresses
from tests.support.sample import article_id, build_sample

LONG = "9" * 6000
ARGUMENTS = (
    "_sort=nope", "_sort_desc=%00", "_sort=title&_sort_desc=id", "_next=x", "_next=%00,%ff",
    "_next=9,9,9,9&_sort=title",
    "_size=-1", "_size=abc", f"_size={LONG[:400]}", "_timelimit=abc", "_timelimit=-5&sql=select+1", "_facet=nope",
    "_facet_array=nope", "_facet_date=title", "_facet_size=x", "_shape=nope", "_shape=object", "_where=(",
    "_where=1%3B+drop+table+articles", "_search=%22+OR", "_search_nope=x", "_through=%7B", "_through=%7B%7D",
    "_col=nope", "_nocol=id", "_nocol=nope", "_labels=%00", "_ttl=99999999999999999999", "_json=nope", "_extra=x",
    "title__nope=1", "id__gt=%00", "id__in=%5B", "id__exact=9e999", "nope=1", "_blob_column=nope", "_format=x",
    "sql=select", "sql=select+:a,+:b&a=%00", "sql=select+%00", "sql=%ff", "sql=explain+select+1",
    "sql=select+1;select+2",
    "sql=with+a+as+(select+1)+select+*+from+b", "sql=select+json('%7B')", "sql=select+x'00'&_shape=array",
    "q=%00%ff", f"q={LONG}", f"page={LONG}", "page=-1", "page=%D9%A1", "page=1.5", "from=9999-99-99", f"to={LONG}",
    "source=%00", f"source={LONG}", "kind=%00", f"kind={LONG}", "before=%00", f"before={LONG}", "download=%00", "v=%00",
    "a=1&a=2&a=3", "%00=%00", "=", "&&&", "token=x", "actor=%7B&allow=%5B", "_trace=1", "_context=1", "_hash=x",
)  # fmt: skip
PATHS = (
    "/article/9223372036854775807", "/article/9223372036854775808", "/article/9999999999999999999", "/article/0",
    "/capture/9999999999999999999/raw", "/article/1/revision/999999999", "/article/-1", "/article/١",
    "/source/%00", "/source/%ff", "/source/" + "x" * 5000, "/source/..%2f..", "/archive/articles/1,2,3",
    "/archive/x~00",
    "/archive/articles/~FF", "/archive/articles/" + LONG, "/archive/articles/1.blob?_blob_column=title",
    f"/archive/articles/{article_id('budget')}.blob?_blob_column=title", "/archive/articles/x.nope", "/archive.nope",
    "/archive/articles.jsono", "/archive/nope.csv", "/%2e%2e/%2e%2e/etc/passwd", "//evil.example/%2f",
    "//evil.example/",
    "/-/dateline/..%2fviews.py", "/-/static/../../app.py", "/-/static/%00", "/:memory:", "/_internal",
    "/_internal.json",
    "/archive/events/x,y.json", "/archive/revisions/1,1,1.json", "/-/nope", "/-/config", "/" + "a/" * 2000,
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("errors") / "archive")


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Datasette]:
    site = build(archive)
    yield site
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()


def check(answer: Any, address: str) -> None:
    assert answer.status_code < 500 or answer.status_code == 503, (address[:120], answer.status_code, answer.text[:300])
    assert "Traceback" not in answer.text, address[:120]
    location = answer.headers.get("location", "/")
    assert location.startswith("/"), address[:120]
    assert not location.startswith("//"), address[:120]


@pytest.mark.parametrize("share", [10, pytest.param(1, marks=pytest.mark.soak)])  # one of ten addresses, or all
@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda arguments: arguments[:30])
def test_no_argument_is_our_failure(
    site: Datasette, archive: Path, runner: asyncio.Runner, arguments: str, share: int,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    paths = [path for routes in addresses(site, archive).values() for path in routes if "_internal" not in path]
    own = sorted(path for path in paths if not path.startswith("/archive/"))[
        ARGUMENTS.index(arguments) % share :: share
    ]
    for path in {*own, "/archive/articles", "/archive/events.json", "/archive/articles.csv", "/archive/taken_down"}:
        check(runner.run(site.client.get(f"{path}?{arguments}")), f"{path}?{arguments}")
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_no_address_is_our_failure(
    site: Datasette, runner: asyncio.Runner, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    check(runner.run(site.client.get(path, follow_redirects=False)), path)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/archive/articles?_sort=nope", 400),
        ("/archive/articles.json?_size=-1", 400),
        ("/archive/nope", 404),
        ("/archive/articles/1", 404),
    ],
)
def test_what_makes_no_sense_is_told(site: Datasette, runner: asyncio.Runner, address: str, status: int) -> None:
    assert runner.run(site.client.get(address)).status_code == status


def test_an_unknown_address_is_no_database_and_sql_that_failed_is_not_lost(tmp_path: Path) -> None:
    site = build(build_sample(tmp_path / "archive"))
    with asyncio.Runner() as runner:
        unknown = runner.run(site.client.get("/nothing"))
        assert "There is no page at this address." in unknown.text
        assert "Database not found" not in unknown.text
        endless = (
            "with recursive n(i) as (values (1) union all select i + 1 from n) select max(i) as m from n where i <> '<'"
        )
        slow = runner.run(site.client.get("/archive", params={"sql": endless}))
        assert slow.status_code in (400, 503)
        assert "select max(i) as m from n where i &lt;&gt; &#39;&lt;&#39;" in slow.text
        assert "textarea" in slow.text


@pytest.mark.parametrize("address", ["/archive.csv?sql=select+nope+from+articles", "/archive/articles.csv?_where=nope"])
@pytest.mark.parametrize("more", ["", "&_stream=1"])
def test_sql_that_fails_is_no_empty_file_of_csv(
    site: Datasette, runner: asyncio.Runner, address: str, more: str
) -> None:
    answer = runner.run(site.client.get(address + more))
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.strip() == "Invalid SQL: no such column: nope"
    assert runner.run(site.client.get("/archive.csv?sql=select+1+as+one")).text == "one\r\n1\r\n"
