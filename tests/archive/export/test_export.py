"""Exports: what is selected, whole and only that, in every format, in bounded memory."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow.parquet
import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.core.errors import ArchiveError
from archive.core.files import atomic_write
from archive.export.columns import COLUMNS
from archive.export.export import About, Format, export
from archive.store.rows import LISTS
from archive.store.search import Selection
from tests.support.archiving import later
from tests.support.record import EDITED, GONE, build, reading

ABOUT = About("dateline 9.9", later(days=9))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("archive")
    build(directory)
    return directory


def exported(archive: Path, form: Format, **asked: Any) -> bytes:
    file = io.BytesIO()
    with reading(archive) as connection:
        export(archive, connection, replace(Selection(), **asked), form, file, ABOUT)
    return file.getvalue()


def told(archive: Path, **asked: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(archive, "jsonl", **asked).decode().splitlines()]


def stored(archive: Path) -> list[dict[str, Any]]:
    with reading(archive) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("select * from articles order by published_day, first_seen, id").fetchall()
    return [
        {name: json.loads(row[name]) if name in LISTS else row[name] for name in COLUMNS} for row in map(dict, rows)
    ]


def test_json_lines_hold_every_article_as_it_is(archive: Path) -> None:
    assert told(archive) == stored(archive)
    assert len(told(archive)) == 6


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"source": "osk"}, lambda row: row["source"] == "osk"),
        ({"since": date(2026, 3, 2)}, lambda row: (row["published_day"] or "") >= "2026-03-02"),
        ({"until": date(2026, 3, 1)}, lambda row: (row["published_day"] or "9") <= "2026-03-01"),
        ({"words": "Rain expected"}, lambda row: row["url"] == EDITED),
        ({"words": "council", "source": "osk"}, lambda row: row["source"] == "osk"),
        ({"words": "?!"}, lambda row: False),
        ({"source": "nobody"}, lambda row: False),
    ],
)
def test_only_what_is_asked_for(
    archive: Path, asked: dict[str, Any], expected: Callable[[dict[str, Any]], bool]
) -> None:
    wanted = [row["id"] for row in stored(archive) if expected(row)]
    assert [row["id"] for row in told(archive, **asked)] == wanted
    assert len(wanted) < 6
    assert wanted or asked in ({"words": "?!"}, {"source": "nobody"})
    cells = list(csv.DictReader(io.StringIO(exported(archive, "csv", **asked).decode(), newline="")))
    assert [int(row["id"]) for row in cells] == wanted


def test_csv_can_be_read_back(archive: Path) -> None:
    cells = list(csv.DictReader(io.StringIO(exported(archive, "csv").decode(), newline="")))
    for cell, row in zip(cells, stored(archive), strict=True):
        for name in COLUMNS:
            value = json.loads(cell[name]) if name in LISTS else cell[name]
            assert value == (row[name] if name in LISTS else "" if row[name] is None else str(row[name]))


def test_parquet_has_types_and_every_value(archive: Path) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(exported(archive, "parquet")))
    assert table.column_names == list(COLUMNS)
    rows = table.to_pylist()
    assert rows == stored(archive)
    types = {name: str(table.schema.field(name).type) for name in ("id", "text", "authors", "contacts")}
    assert (types["id"], types["text"], types["authors"]) == ("int64", "string", "list<element: string>")
    assert types["contacts"].startswith("list<element: struct<name: string, role: string")


def test_parquet_without_its_library_says_what_to_install(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "archive.export.parquet", raising=False)
    with pytest.raises(ArchiveError, match=r"pip install 'dateline\[parquet\]'"):
        exported(archive, "parquet")


def test_warc_holds_the_captures_of_what_is_asked_for(archive: Path) -> None:
    content = exported(archive, "warc", words="Rain expected")
    found = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
        for record in ArchiveIterator(io.BytesIO(content))
    ]
    assert found[0] == ("warcinfo", None)
    assert {url for kind, url in found[1:]} == {EDITED}
    assert [kind for kind, _ in found[1:]].count("request") == 5
    everything = [record.rec_type for record in ArchiveIterator(io.BytesIO(exported(archive, "warc")))]
    assert everything.count("warcinfo") == 2
    assert everything.count("response") + everything.count("revisit") == 13


def test_warc_of_nothing_is_refused(archive: Path) -> None:
    for form in ("warc", "wacz"):
        with pytest.raises(ArchiveError, match="nothing to write"):
            exported(archive, form, source="nobody")


def test_wacz_has_a_page_for_every_revision(archive: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(archive, "wacz", source="valdora"))) as packed:
        _, *pages = map(json.loads, packed.read("pages/pages.jsonl").decode().splitlines())
        package = json.loads(packed.read("datapackage.json"))
    edited = [(page["ts"], "Rain is" in page["text"]) for page in pages if page["url"] == EDITED]
    assert edited == [("2026-03-02T09:01:00Z", False), ("2026-03-03T09:00:00Z", True)]
    assert len(pages) == 6
    assert package["title"] == "Releases of valdora"
    assert GONE in {page["url"] for page in pages}


def test_an_export_is_of_one_moment(tmp_path: Path) -> None:
    build(tmp_path)
    file = io.BytesIO()

    def meanwhile() -> None:
        with reading(tmp_path) as other, other:
            other.execute("delete from revisions")

    with reading(tmp_path) as connection:
        export(tmp_path, connection, Selection(), "wacz", file, ABOUT, meanwhile)
        assert connection.execute("select count(*) from revisions").fetchone() == (0,)
    with zipfile.ZipFile(file) as packed:
        assert len(packed.read("pages/pages.jsonl").splitlines()) == 1 + 7


@pytest.mark.soak
def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    build(tmp_path)
    with reading(tmp_path) as connection, connection:
        names = [row[1] for row in connection.execute("pragma table_info(articles)")]
        shown = ", ".join("a.id + n" if name == "id" else "t" if name == "text" else name for name in names)
        names = [f'"{name}"' for name in names]
        connection.execute(
            "with recursive counted(n) as (select 1 union all select n + 1 from counted where n < 1500),"
            f" grown as (select {', '.join(names)}, replace(hex(zeroblob(20000)), '00', 'word ') as t from articles"
            f" where url = ?) insert into articles ({', '.join(names)}) select {shown} from grown a, counted",
            (EDITED,),
        )
    for form in ("jsonl", "csv"):
        with atomic_write(tmp_path / "out") as file, reading(tmp_path) as connection:
            tracemalloc.start()
            export(tmp_path, connection, Selection(), form, file, ABOUT)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert (tmp_path / "out").stat().st_size > 100_000_000
        assert peak < 10_000_000


def _break_off(file: BinaryIO) -> None:
    file.write(b"half")
    raise ZeroDivisionError


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as file:
        _break_off(file)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    with atomic_write(path) as file:
        file.write(b"after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    with pytest.raises(ArchiveError, match="cannot be written"), atomic_write(tmp_path / "no" / "where"):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
