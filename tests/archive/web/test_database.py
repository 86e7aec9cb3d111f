"""SQL that visitors write: it can neither hold the site, nor take its memory, nor say what is no visitor's business."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from archive.web import database, workers
from archive.web.server import build
from archive.web.settings import DEFAULT, SiteOptions
from archive.web.workers import lanes
from tests.archive.web.test_site import rows
from tests.support.sample import article_id, build_sample

COUNT = "with recursive n(i) as (values (1) union all select i + 1 from n where i < {})"
A_LOT = "printf('%.*c', 8000000, 'a')"
LONG = [
    f"select instr({A_LOT}, printf('%.*c', 4000000, 'a') || 'b')",
    f"select replace({A_LOT}, printf('%.*c', 4000000, 'a') || 'b', 'x')",
    f"{COUNT.format(100000)} select sum(length(hex(randomblob(4000000)))) from n",
    f"{COUNT.format(100000)} select sum(length(hex({A_LOT} || i))) from n",
    f"{COUNT.format('1e99')} select max(i) from n",
    f"{COUNT.format('1e99')} select 1 from n where (select count(*) from articles a, articles b, articles c) < 0",
]
"""Queries that take for ever, most of them inside one function of SQL."""

LARGE = [
    "select zeroblob(100000000)",
    "select randomblob(1000000000)",
    "select " + ", ".join(["zeroblob(15000000)"] * 500),
    f"{COUNT.format(1000)} select zeroblob(15000000) from n",
    f"{COUNT.format(1000)} select printf('%.*c', 900000, 'x') from n",
    f"{COUNT.format(1000)} select group_concat(printf('%.*c', 900000, 'x')) from n",
    f"{COUNT.format(10000000)} select printf('%.*c', 10000, 'x') || i as t from n order by t desc, i",
    f"{COUNT.format(10000000)} select count(distinct printf('%.*c', 10000, 'x') || i) from n",
    f"{COUNT.format(1000)} select json_group_array(printf('%.*c', 900000, 'x')) from n",
]
"""Queries that want all memory or disk there is."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("database") / "archive")


@contextmanager
def serving(archive: Path, options: SiteOptions = DEFAULT) -> Iterator[Datasette]:
    site = build(archive, options)
    yield site
    site.executor.shutdown()
    for each in site.databases.values():
        each.close()


@pytest.fixture
def site(archive: Path) -> Iterator[Datasette]:
    with serving(archive) as site:
        yield site


@pytest.fixture
def quick_site(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Datasette]:
    """A site that gives a query a fifth of the usual time; nothing is ended for what else the machine has to do."""
    monkeypatch.setattr(database, "SLACK", 0.2)
    monkeypatch.setattr(workers, "PATIENCE", 200)
    config = tmp_path / "metadata.json"
    config.write_text('{"settings": {"sql_time_limit_ms": 400}}', encoding="utf-8")
    with serving(archive, SiteOptions(config=config)) as site:
        yield site


def asked(site: Datasette, path: str, **parameters: str) -> Any:
    return asyncio.run(site.client.get(path, params=parameters, timeout=300))


@pytest.mark.parametrize("sql", [*LONG, *LARGE])
def test_no_query_takes_for_ever_or_all_memory(quick_site: Datasette, sql: str) -> None:
    answer = asked(quick_site, "/archive.json", sql=sql)
    assert answer.status_code in (400, 503), answer.text[:300]  # 503 where the machine has much else to do
    assert asked(quick_site, "/archive.json", sql="select 1 as one", _shape="array").json() == [{"one": 1}]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/archive/articles.json", {"_where": f"instr({A_LOT}, printf('%.*c', 4000000, 'a') || id) = 1"}),
        ("/archive", {"sql": LONG[0]}),
        pytest.param(
            "/archive/articles.csv",
            {"_where": f"instr({A_LOT}, printf('%.*c', 4000000, 'a') || id) = 1"},
            marks=pytest.mark.soak,
        ),
        pytest.param("/archive.csv", {"sql": LONG[0]}, marks=pytest.mark.soak),
    ],
)
def test_nor_by_another_way(quick_site: Datasette, path: str, parameters: dict[str, str]) -> None:
    assert asked(quick_site, path, **parameters).status_code in (400, 503)


def test_pages_are_read_while_hostile_queries_run(quick_site: Datasette) -> None:
    """Eight queries of half a second and more for two processes; meanwhile 15 pages are read, one by one."""
    pages = ("/", f"/article/{article_id('budget')}", "/search?q=street", "/feed.xml", "/events")

    async def both() -> tuple[list[int], bool, list[int]]:
        for page in pages:
            await quick_site.client.get(page)  # the processes for it are there
        queries = [quick_site.client.get("/archive.json", params={"sql": sql}) for sql in LONG[:4] * 2]
        hostile = [asyncio.ensure_future(query) for query in queries]
        while lanes().sql.pieces < 8:
            await asyncio.sleep(0.01)
        read = [(await quick_site.client.get(page)).status_code for page in pages * 3]
        running = any(not query.done() for query in hostile)
        return read, running, [answer.status_code for answer in await asyncio.gather(*hostile)]

    read, running, answers = asyncio.run(both())
    assert read == [200] * 15
    assert running, "the pages waited for the queries"
    assert set(answers) <= {400, 503}


@pytest.mark.parametrize(
    "sql",
    [
        "select * from pragma_database_list",
        "select file from pragma_database_list()",
        "select * from pragma_compile_options",
        "pragma database_list",
        "select readfile('/etc/passwd')",
        "select fts3_tokenizer('simple')",
        "select load_extension('/tmp/x')",
    ],
)
def test_what_is_no_visitors_business(site: Datasette, archive: Path, sql: str) -> None:
    answer = asked(site, "/archive.json", sql=sql)
    assert answer.status_code == 400
    assert str(archive) not in answer.text
    for path in ("/archive", "/archive.json", "/-/databases", "/-/metadata"):
        assert str(archive) not in asked(site, path).text


def test_what_datasette_needs_works(site: Datasette) -> None:
    one = {"_shape": "array"}
    assert asked(site, "/archive.json", sql="select :a || :b as ab", a="x", b="ÿ", **one).json() == [{"ab": "xÿ"}]
    assert asked(site, "/archive.json", sql='select 1 as "a""b", 2 as "", null as n', **one).json() == [
        {'a"b': 1, "": 2, "n": None}
    ]
    assert asked(site, "/archive/articles.json", source__exact="port-of-ister", _facet="status").json()[
        "facet_results"
    ]["status"]
    assert asked(site, "/archive.json", sql="select name from pragma_table_info('events')", **one).json()
    assert len(asked(site, "/archive/full_text.json", words="ferry", **one).json()) == 1
    assert asked(site, "/archive.json", sql="select :missing", **one).json() == [{":missing": ""}]
    large = asked(site, "/archive.json", sql=f"{COUNT.format(5000)} select i from n")
    assert large.json()["truncated"] is True
    assert len(large.json()["rows"]) == 1000


def test_magic_parameters_are_known(archive: Path, site: Datasette) -> None:
    site._metadata_local = {
        "databases": {"archive": {"queries": {"when": {"sql": "select :_now_datetime_utc as now, :word as word"}}}}
    }
    found = asked(site, "/archive/when.json", word="quay", _shape="array").json()
    assert found[0]["now"].startswith("20")
    assert found[0]["word"] == "quay"


def test_nothing_can_be_written_even_without_the_guards(archive: Path, site: Datasette) -> None:
    async def write() -> None:
        await site.databases["archive"].execute("delete from events")

    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        asyncio.run(write())
    assert rows(archive, "select count(*) from events")[0][0] > 0


def test_only_tables_that_visitors_are_shown_are_counted(tmp_path: Path) -> None:
    site = build(build_sample(tmp_path / "archive"))
    counts = asyncio.run(site.databases["archive"].table_counts(1000))
    assert (counts["articles"], counts["sources"]) == (18, 4)
    assert counts["minhash_bands"] is counts["search_fts_data"] is None


def test_a_page_goes_to_its_thread_once(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    """With fifty readers, each way to a thread and back waits for the pages of others."""
    ways: list[object] = []
    there = site.executor.submit

    def counted(work: Any, *given: Any) -> Any:
        ways.append(work)
        return there(work, *given)

    monkeypatch.setattr(site.executor, "submit", counted)
    for path in ("/", f"/article/{article_id('budget')}", "/source/port-of-ister"):
        asked(site, path)  # Datasette looks at the schema once
        ways.clear()
        assert asked(site, path).status_code == 200
        assert len(ways) == 1, path


def test_what_a_page_reads_has_a_limit_of_time(site: Datasette) -> None:
    async def forever(db: Any) -> Any:
        return await db.execute(f"{COUNT.format('1e99')} select max(i) from n")

    async def waits(db: Any) -> None:
        await asyncio.sleep(0)

    site.sql_time_limit_ms = 20
    pages = site.databases["archive"].pages
    with pytest.raises(QueryInterrupted):
        asyncio.run(pages.at_once(forever))
    with pytest.raises(RuntimeError, match="waits for something other"):
        asyncio.run(pages.at_once(waits))
