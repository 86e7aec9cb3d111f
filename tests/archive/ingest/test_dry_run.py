"""What it would change to read articles again, without changing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from archive.boilerplate.template import Template
from archive.ingest.dry_run import Preview, Subject, difference, previews, subjects
from archive.text.fingerprint import fingerprint
from tests.archive.ingest.test_extraction import Fragile
from tests.support.archiving import AtOnce, Newsroom, ingesting, page, story, tables

P = ParamSpec("P")
T = TypeVar("T")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1)), room.answer("/void", "<html><body></body></html>")])
    with closing(sqlite3.connect(tmp_path / "archive.db")) as opened:
        yield opened


def _subjects(connection: sqlite3.Connection) -> list[Subject]:
    numbers = [row[0] for row in connection.execute("select coalesce(article_id, id) from captures")]
    return list(subjects(connection, numbers))


def _previews(directory: Path, wanted: list[Subject], **templates: Template) -> list[Preview | None]:
    return list(previews(directory, AtOnce(), wanted, templates))


def test_subjects_are_articles_as_they_are_and_pages_that_are_none(connection: sqlite3.Connection) -> None:
    article, void = _subjects(connection)
    assert (article.text, article.url) == (story(1), article.capture.url)
    assert article.id is not None
    assert (void.id, void.text) == (None, "")
    assert list(subjects(connection, [1, 2])) == []


def test_where_nothing_would_change_nothing_is_told(connection: sqlite3.Connection, tmp_path: Path) -> None:
    assert _previews(tmp_path, _subjects(connection)) == [None, None]


def test_a_supposed_template_shows_the_line_that_would_go(connection: sqlite3.Connection, tmp_path: Path) -> None:
    line = story(1).split("\n\n")[1]
    before = tables(tmp_path / "archive.db")
    template = Template().decided(frozenset(), frozenset({fingerprint(line)}))
    (preview, _) = _previews(tmp_path, _subjects(connection), valdora=template)
    assert preview is not None
    assert (preview.outcome, preview.before, preview.after) == ("changed", (line,), ())
    assert (preview.words_removed, preview.words_added) == (len(line.replace(":", "").split()), 0)
    assert tables(tmp_path / "archive.db") == before


def test_what_another_extractor_left_out_would_come(connection: sqlite3.Connection, tmp_path: Path) -> None:
    article = _subjects(connection)[0]
    first, second, third = story(1).split("\n\n")
    (preview,) = _previews(tmp_path, [replace(article, text=f"{first}\n\n{third}")])
    assert preview is not None
    assert (preview.before, preview.after) == ((), (second,))
    (fresh,) = _previews(tmp_path, [replace(article, id=None, title="", text="")])
    assert fresh is not None
    assert (fresh.outcome, fresh.title) == ("new", article.title)


def test_what_cannot_be_read_would_stay(connection: sqlite3.Connection, tmp_path: Path) -> None:
    article, void = _subjects(connection)
    (rejected,) = _previews(tmp_path, [replace(article, capture=void.capture)])
    assert rejected is not None
    assert (rejected.outcome, rejected.before) == ("rejected", tuple(story(1).split("\n\n")))
    assert rejected.reason
    (tmp_path / article.capture.warc_file).unlink()
    (unread,) = _previews(tmp_path, [article])
    assert unread is not None
    assert (unread.outcome, unread.before) == ("unread", ())


class Pool(Fragile):
    """Runs what it was given once so many tasks are there, or as soon as one is asked for again."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future = super().submit(task, *args, **kwargs)
        if len(self.running) == AT_A_TIME or self.batches:
            self.finish()
        return future


AT_A_TIME = 12


def test_a_page_that_ends_its_process_would_stay_and_the_others_are_read(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer(f"/news/{number}", page(number)) for number in range(AT_A_TIME)])
    with closing(sqlite3.connect(tmp_path / "archive.db")) as opened:
        wanted = _subjects(opened)
    line = story(1).split("\n\n")[0]
    supposed = {"valdora": Template(refused=frozenset({fingerprint(line)}))}
    found = list(previews(tmp_path, Pool("7"), wanted, supposed))
    outcomes = {one.url.rpartition("/")[2]: one.outcome for one in found if one is not None}
    assert outcomes.pop("7") == "unread"
    assert set(outcomes.values()) == {"changed"}


def test_lines_of_one_and_of_the_other() -> None:
    assert difference(["a", "b", "c"], ["a", "x", "c", "d"]) == (("b",), ("x", "d"))
    assert difference(["a"], ["a"]) == ((), ())
