"""Commands that read, on an archive that an older version made: they bring it up to date, or say what does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.cli.database import note_sources, opened
from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.store.database import Store
from archive.store.opening.readonly import is_outdated
from archive.store.runs import WatchedSource
from tests.support.archiving import DAY, rows, tables
from tests.support.commandline import dateline, running, within
from tests.support.old_archive import MIGRATIONS, make_old, signed_by_nobody
from tests.support.record import EDITED, build

pytestmark = pytest.mark.usefixtures("forked")

READING = [
    ["verify"],
    ["status"],
    ["search", "harbour"],
    ["export", "--format", "jsonl", "--out", "{out}"],
    ["evidence", EDITED, "--out", "{out}"],
    ["boilerplate", "valdora"],
    ["backup", "{out}"],
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    directory = tmp_path / "archive"
    build(directory)
    return directory


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_the_first_command_on_an_older_archive_may_be_one_that_reads(archive: Path, command: list[str]) -> None:
    before = tables(archive / "archive.db")
    make_old(archive / "archive.db")
    words = [word.format(out=archive.parent / "out") for word in command]
    result = dateline(*words, archive=archive)
    assert result.exit_code == 0, result.stderr
    assert not is_outdated(archive / "archive.db")
    assert signed_by_nobody(tables(archive / "archive.db")) == signed_by_nobody(before)


def test_an_older_archive_that_cannot_be_written_is_refused_with_what_to_do(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(archive / "archive.db")
    monkeypatch.setattr("archive.cli.database.os.access", lambda path, mode: False)
    with pytest.raises(ArchiveError, match=r"older version.*cannot be written.*on a copy"), opened(archive):
        pass
    assert is_outdated(archive / "archive.db")


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_command_that_cannot_read_an_older_archive_says_what_mends_it(archive: Path, command: list[str]) -> None:
    make_old(archive / "archive.db", MIGRATIONS[:3])
    words = [word.format(out=archive.parent / "out") for word in command]
    result = dateline(*words, archive=archive)
    assert result.exit_code == 1
    assert "older Dateline" in result.stderr
    assert "dateline rebuild" in result.stderr
    assert dateline("rebuild", archive=archive).exit_code == 0
    assert dateline(*words, archive=archive).exit_code == 0


def test_an_archive_of_today_is_read_while_another_command_writes(archive: Path) -> None:
    with writer_lock(archive, "dateline crawl", DAY):
        assert dateline("search", "harbour", archive=archive).exit_code == 0
        make_old(archive / "archive.db")
        result = dateline("search", "harbour", archive=archive)
    assert result.exit_code == 1
    assert "in use by `dateline crawl`" in result.stderr
    assert dateline("search", "harbour", archive=archive).exit_code == 0


def test_the_tables_follow_sources_toml_and_are_written_only_where_they_differ(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    known = [
        WatchedSource("osk", "Osk", "https://osk.example/", tags=("trains", "ports")),
        WatchedSource("renn", "Renn", "https://renn.example/", "unwatched"),
    ]
    note_sources(tmp_path, known)
    assert not file.exists(), "an archive without tables gets none"
    Store(file).close()
    note_sources(tmp_path, known)
    assert [row["state"] for row in rows(file, "select state from sources order by name")] == ["watched", "unwatched"]
    with writer_lock(tmp_path, "dateline crawl", DAY):
        note_sources(tmp_path, [])
    assert len(rows(file, "select * from source_tags")) == 2, "the other command reads the file itself"
    before = file.stat().st_mtime_ns
    note_sources(tmp_path, known)
    assert file.stat().st_mtime_ns == before
    note_sources(tmp_path, known[1:])
    assert rows(file, "select * from source_tags") == []


def test_status_of_an_archive_that_was_only_just_made(tmp_path: Path) -> None:
    assert dateline("init", str(tmp_path), archive=tmp_path).exit_code == 0
    result = dateline("status", archive=tmp_path)
    assert (result.exit_code, "Nothing was crawled or imported yet." in result.stdout) == (0, True)


def _serves(log: Path) -> bool:
    return "Serving http" in log.read_text()


def test_serve_shows_the_sources_before_their_first_crawl_and_says_what_is_wrong_in_the_file(tmp_path: Path) -> None:
    text = '[[source]]\nname = "osk"\nurl = "https://osk.example/"\n'
    for written, words in ((text, ""), ("[[source", "the site shows the sources as they were")):
        (tmp_path / "sources.toml").write_text(written, encoding="utf-8")
        log = tmp_path / "said"
        with running("serve", "--port", "0", archive=tmp_path, log=log) as process:
            assert within(120, partial(_serves, log)), log.read_text()
            address = log.read_text().rpartition("Serving ")[2].strip()
            with urlopen(f"{address}source/osk", timeout=120) as answer:
                assert b"no crawl finished yet" in answer.read()
            process.terminate()
            process.wait(120)
        assert words in log.read_text()
        log.unlink()
