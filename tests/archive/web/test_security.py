"""What every request passes: names, methods, time; and what every response does: headers, cells of CSV."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive.web import security
from archive.web.security import Cells, guarded
from archive.web.server import build
from archive.web.settings import SiteOptions
from tests.support.sample import article_id, build_sample

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =HYPERLINK(1)")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("security") / "archive")


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Datasette]:
    site = build(archive, SiteOptions(host_names=("News.Example", "::2"), proxies=("127.0.0.9",)))
    yield site
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()


async def sent(site: Datasette, method: str, path: str, headers: dict[str, str], client: str = "127.0.0.1") -> Any:
    """Status, headers and body of a request as a server hands it on, so that nothing is mended on the way."""
    messages: list[Any] = []
    plain, _, query = path.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": plain, "root_path": "",
        "raw_path": plain.encode(), "query_string": query.encode(), "client": (client, 5000),
        "server": ("10.1.2.3", 80),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    await site.client.app(scope, receive, send)
    found = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], found, b"".join(message.get("body", b"") for message in messages[1:]).decode()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("localhost:8001", 200), ("LOCALHOST.", 200), ("127.0.0.1:8001", 200), ("[::1]:8001", 200),
        ("news.example", 200), ("news.example:443", 200), ("[::2]", 200), ("10.1.2.3", 200), ("", 200),
        ("evil.example", 421), ("evil.example:8001", 421), ("localhost.evil.example", 421), ("127.0.0.2", 421),
        ("10.1.2.4", 421), ("[::3]", 421), ("news.example.evil.example", 421),
        ("a b", 400), ("[", 400), ("[::1", 400), ("localhost:port", 400), ("user@localhost", 400), ("localhost/x", 400),
        ("<script>", 400), ("ü.example", 400), ("localhost:99999999", 400),
    ],
)  # fmt: skip
def test_names_that_are_not_the_sites_get_nothing(site: Datasette, host: str, status: int) -> None:
    for path in ("/", "/feed.xml", "/archive.json?sql=select+1", "/-/dateline/style.css"):
        got, headers, body = asyncio.run(sent(site, "GET", path, {"host": host} if host else {}))
        assert got == status, (path, body[:200])
        if status != 200:
            assert "ferry" not in body
            assert headers["content-type"].startswith("text/plain")
            assert headers["x-content-type-options"] == "nosniff"
        if status == 421:
            assert f"--host-name {host.partition(':')[0]}" in body or "[" in host


def test_only_a_named_proxy_is_believed(site: Datasette) -> None:
    headers = {"host": "localhost", "x-forwarded-host": "news.example", "x-forwarded-proto": "https"}
    _, _, behind = asyncio.run(sent(site, "GET", "/feed.xml", headers, client="127.0.0.9"))
    assert 'href="https://news.example/feed.xml"' in behind
    _, _, stranger = asyncio.run(sent(site, "GET", "/feed.xml", headers, client="127.0.0.8"))
    assert 'href="http://localhost/feed.xml"' in stranger
    evil = headers | {"x-forwarded-host": "evil.example"}
    assert asyncio.run(sent(site, "GET", "/", evil, client="127.0.0.9"))[0] == 421
    odd = headers | {"x-forwarded-proto": "javascript"}
    assert 'href="http://news.example/feed.xml"' in asyncio.run(sent(site, "GET", "/feed.xml", odd, "127.0.0.9"))[2]


def test_a_visitor_who_asks_for_too_much_is_held_off(archive: Path) -> None:
    site = build(archive, SiteOptions(proxies=("127.0.0.9",), rate=2))

    async def statuses(client: str, path: str, **headers: str) -> list[int]:
        given = {"host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        return [(await sent(site, "GET", path, given, client=client))[0] for _ in range(3)]

    async def all_of_them() -> None:
        trends = "/trends.csv?q=street"
        assert await statuses("192.0.2.1", trends) == [200, 200, 429]
        assert await statuses("192.0.2.1", "/") == [200] * 3
        assert await statuses("127.0.0.1", trends) == [200] * 3
        assert await statuses("127.0.0.9", trends, x_forwarded_for="198.51.100.7, 192.0.2.2") == [200, 200, 429]
        assert await statuses("127.0.0.9", trends, x_forwarded_for="198.51.100.7, 192.0.2.2, 127.0.0.9") == [429] * 3
        assert await statuses("192.0.2.3", trends, x_forwarded_for="198.51.100.8") == [200, 200, 429]
        assert await statuses("198.51.100.8", trends) == [200, 200, 429]
        _, headers, body = await sent(site, "GET", trends, {"host": "localhost"}, client="192.0.2.1")
        assert 0 < int(headers["retry-after"]) <= 30
        assert "Try again in 30 seconds" in body
        two_lines = {"X_Forwarded_For": "203.0.113.7", "x_forwarded_for": "192.0.2.9"}
        assert await statuses("127.0.0.9", trends, **two_lines) == [200, 200, 429]
        assert await statuses("192.0.2.9", trends) == [429] * 3
        assert await statuses("192.0.2.5", "/~61rchive.json?sql=select+1") == [200, 200, 429]

    asyncio.run(all_of_them())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "BREW", "get"])
def test_other_methods_are_refused(
    site: Datasette, method: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ("/", "/search", f"/article/{article_id('budget')}", "/archive", "/archive/articles", "/archive/taken_down")
    for path in (*paths, "/feed.xml", "/nothing", "/-/dateline/style.css" if method != "POST" else "/events"):
        status, headers, _ = asyncio.run(sent(site, method, path, {"host": "localhost"}))
        assert status == 405, path
        assert headers["allow"] == "GET, HEAD"
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


def test_a_page_without_an_answer_in_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "ANSWER_WITHIN", 0.05)
    given_up = []

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.append(True)
            raise

    async def begun(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.2)
        await send({"type": "http.response.body", "body": b"whole"})

    async def ask(application: Any) -> list[Any]:
        messages: list[Any] = []

        async def send(message: Any) -> None:
            messages.append(message)

        await guarded(application)({"type": "http", "method": "GET", "path": "/x"}, None, send)  # type: ignore[arg-type]
        return messages

    late = asyncio.run(ask(slow))
    assert late[0]["status"] == 503
    assert given_up == [True]
    assert [message.get("body") for message in asyncio.run(ask(begun))] == [None, b"whole"]


def test_no_csv_of_the_site_holds_a_formula(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    connection = sqlite3.connect(archive / "archive.db")
    nth = "(select id from articles order by id limit 1 offset ?)"
    for number, formula in enumerate(FORMULAS):
        connection.execute(f"update articles set section = ?, word_count = -7 where id = {nth}", (formula, number))
    connection.commit()
    connection.close()
    site = build(archive)
    with asyncio.Runner() as runner:
        for path in (
            "/archive/articles.csv?_size=max", "/archive/articles.csv?_stream=1&_size=2", "/archive/articles.csv?_dl=1",
            "/archive.csv?sql=select+id,section,word_count+from+articles",
        ):  # fmt: skip
            answer = runner.run(site.client.get(path))
            found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
            assert len(found) == 18
            assert {f"'{formula}" for formula in FORMULAS} <= {row["section"] for row in found}, path
            assert {row["word_count"] for row in found} >= {"-7"}
        named = runner.run(site.client.get("/archive.csv", params={"sql": 'select 1 as "=cmd()"'}))
        assert named.text == "'=cmd()\r\n1\r\n"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_rows_come_in_any_pieces(size: int) -> None:
    rows = [["a", 'said "no"\r\n=x'], ["=1", "é,"], ['"=1"', "\n@x"], ["", "ü"]]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    whole = buffer.getvalue().encode()
    cells = Cells()
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    out = b"".join(cells.add(piece, last=number == len(pieces) - 1) for number, piece in enumerate(pieces))
    assert list(csv.reader(io.StringIO(out.decode(), newline=""))) == [
        ["a", 'said "no"\r\n=x'], ["'=1", "é,"], ['"=1"', "'\n@x"], ["", "ü"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "path", "sent_as"),
    [
        (b"text/csv; charset=utf-8", "/anything", b"'=1+1\r\n"),
        (b"text/plain; charset=utf-8", "/archive/articles.csv", b"'=1+1\r\n"),
        (b"text/plain; charset=utf-8", "/robots.txt", b"=1+1\n"),
        (b"application/json", "/archive/articles.csv", b"=1+1\n"),
    ],
)
def test_only_csv_is_changed_cell_by_cell(kind: bytes, path: str, sent_as: bytes) -> None:
    async def answering(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", kind)]})
        await send({"type": "http.response.body", "body": b"=1+1\n"})

    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    asyncio.run(guarded(answering)(scope, None, send))  # type: ignore[arg-type]
    assert b"".join(message.get("body", b"") for message in messages) == sent_as


def test_sql_functions_that_help(archive: Path) -> None:
    connection = sqlite3.connect(archive / "archive.db")
    security.prepare(connection)
    (difference,) = connection.execute("select word_diff('Nine ships sail.', 'Ten ships sail.')").fetchone()
    assert difference == "[-Nine-]{+Ten+} ships sail."
    (passage,) = connection.execute("select excerpt('The ferry sails at nine.', 'FERRY nine')").fetchone()
    assert passage == "The [ferry] sails at [nine]."
    assert (
        connection.execute("select word_diff(null, 'x'), excerpt(null, 'x'), word_diff(1, 2)").fetchone() == (None,) * 3
    )
    (query,) = connection.execute("select dateline_query(printf('%.*c', 1000000, 'a'))").fetchone()
    assert len(query) < 20_000  # a function that runs cannot be interrupted
    connection.close()
