"""Commands that read, on an archive that an older version made: they bring it up to date, or say what does."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.files import writer_lock
from archive.store.database import is_outdated
from tests.support.archiving import DAY, tables
from tests.support.commandline import dateline
from tests.support.old_archive import MIGRATIONS, make_old
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
    assert tables(archive / "archive.db") == before


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
