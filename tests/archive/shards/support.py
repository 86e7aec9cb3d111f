"""Archives with several sources, which publish some texts together; what tests of moving and publishing share."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from archive.core import toml
from archive.core.model import Capture
from archive.ingest.pipeline import Ingest
from archive.shards.rows import INDEXES, OWN, REBUILT, columns
from archive.store import search
from archive.store.database import Store
from archive.store.opening.readonly import open_readonly
from archive.store.runs import RunResult
from archive.store.schema import Database
from archive.warc.verify import Difference, verify
from tests.support.archiving import BY_CONTENT, Newsroom, ingesting, later, page, story

SOURCES = ("valdora", "osk", "tarn")

SETTINGS = """\
# Newsrooms of the coast.
[defaults]
delay = 3

[[source]]
name = "valdora"  # the harbour
url = "https://press.valdora.example/"

[[source]]
name = "osk"
url = "https://osk.example/"
delay = 7

[[source]]
name = "tarn"
url = "https://tarn.example/"
"""

DECISIONS = """\
[[boilerplate]]
source = "osk"
text = "Write to the harbour office at any hour."
decision = "remove"

[[boilerplate]]
source = "valdora"
text = "Rain is expected."
decision = "keep"

[[alert]]
name = "piers"
search = "pier"
to = ["json://127.0.0.1/piers"]
"""


def captures(directory: Path, name: str, numbers: Iterable[int], day: int = 0) -> list[Capture]:
    """Releases of a newsroom, safely on disk; every third has a text that the other newsrooms published, too."""
    room = Newsroom(directory, name)
    made = []
    for number in numbers:
        own = number if number % 3 == 0 else number + 100 * (SOURCES.index(name) + 1)
        at = later(days=day, minutes=number, seconds=10 * SOURCES.index(name))
        footer = f"The office of {name} is open on working days from nine to five o'clock for everybody who asks."
        made.append(room.answer(f"https://{name}.example/news/{number}-path", page(own, footer=footer), at=at))
    return made


def edits(directory: Path, name: str, numbers: Iterable[int], day: int) -> list[Capture]:
    """The same releases, seen twice with one more sentence."""
    room = Newsroom(directory, name)
    made = []
    for seen in (day, day + 1):
        for number in numbers:
            own = number if number % 3 == 0 else number + 100 * (SOURCES.index(name) + 1)
            text = page(own, story(own, f" The ferry of stage {number} was moved to pier {number + 4}."))
            at = later(days=seen, minutes=number)
            made.append(room.answer(f"https://{name}.example/news/{number}-path", text, at=at))
    return made


def gone(directory: Path, name: str, number: int, day: int) -> list[Capture]:
    """A release that was taken down."""
    room = Newsroom(directory, name)
    url = f"https://{name}.example/news/{number}-path"
    return [room.answer(url, status=410, at=later(days=day + each)) for each in (0, 2, 4)]


def build(directory: Path, names: Sequence[str] = SOURCES, count: int = 9) -> None:
    """An archive of these newsrooms, with an edit and a removal, addresses to fetch, and runs."""
    shutil.copytree(_built(tuple(names), count), directory, dirs_exist_ok=True)


@cache
def _built(names: tuple[str, ...], count: int) -> Path:
    """Made once in each process, to be copied."""
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    text = toml.without(SETTINGS, "source", lambda table: table["name"] not in names)
    (directory / "sources.toml").write_text(text, encoding="utf-8")
    (directory / "decisions.toml").write_text(DECISIONS, encoding="utf-8")
    with ingesting(directory) as ingest:
        ingest.recover()
        for name in names:
            ingest.add([Newsroom(directory, name).answer(f"https://{name}.example/feed", "<rss/>", kind="feed")])
            ingest.add(captures(directory, name, range(count)))
            ingest.add(edits(directory, name, [1], 3))
            ingest.add(gone(directory, name, 2, 5))
            ingest.flush()
            _crawled(ingest, name)
    return directory


def _crawled(ingest: Ingest, name: str) -> None:
    run = ingest.store.begin_run(name, later(days=9))
    ingest.store.finish_run(run, later(days=9, minutes=1), RunResult(requests=4))
    ingest.store.drop(name, f"https://{name}.example/lost", "robots.txt", later(days=9))
    ingest.store.note_refusal(f"{name}.example", "429", later(days=9), 60)


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All tables of a database but those that say how it came to be, their rows in an order of their own."""
    with Store(path) as store:
        return {table: _rows(store.db, table) for table in tables_of(store.db) if table not in (*OWN, *_SEARCH)}


_SEARCH = ("search_fts", "earlier_fts", "articles_fts")


def tables_of(db: Database) -> list[str]:
    """The tables of ours, without those in which FTS5 and the migrations keep what is theirs."""
    found = [row[0] for row in db.execute("select name from sqlite_master where type = 'table' order by 1").fetchall()]
    return [name for name in found if not name.startswith(("sqlite_", "_sqlite_")) and "_fts_" not in name]


def _rows(db: Database, table: str) -> list[tuple[Any, ...]]:
    named = ", ".join(columns(db, table)) if table not in (*REBUILT, *INDEXES) else "*"
    by_content = BY_CONTENT.get(table) if table in INDEXES else None
    found = db.execute(by_content or f"select {named} from {table}").fetchall()
    return sorted((tuple(row) for row in found if not table.endswith("_counts") or row[-1]), key=repr)


def found(path: Path, words: str, *, ever: bool = False) -> list[int]:
    """The articles that a search finds."""
    with open_readonly(path) as connection:
        return sorted(hit.id for hit in search.search(connection, words, limit=500, ever=ever).hits)


def spoil_file(path: Path, at: int = 4000) -> None:
    """Overwrite some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\0" * 40)


def faults(directory: Path) -> list[Difference]:
    """What `dateline verify` finds."""
    with open_readonly(directory / "archive.db") as connection:
        return list(verify(directory, search.all_captures(connection)))


def integrity(path: Path) -> str:
    """What SQLite says of a database, its full-text indexes included."""
    with closing(Store(path)) as store:
        for index in ("search_fts", "earlier_fts", "articles_fts"):
            store.db.execute(f"insert into {index} ({index}) values ('integrity-check')")
        store.db.conn.rollback()
        return str(store.db.execute("pragma integrity_check").fetchone()[0])
