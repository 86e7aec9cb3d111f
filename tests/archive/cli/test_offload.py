"""The command offload: which months, where to, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.warc.compact import undo
from tests.archive.warc.storage.support import LARGE, SMALL, build
from tests.support.commandline import dateline, facts


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    directory = build(tmp_path / "archive")
    undo(directory, SMALL)
    return directory


def test_months_go_and_come_back(archive: Path) -> None:
    to = f"file://{archive.parent}/storage"
    done = dateline("offload", "osk", "--to", to, archive=archive)  # which is compacted first
    assert done.exit_code == 0
    assert done.stdout.startswith("1 month (")
    assert done.stdout.endswith(f") is in {to} now.\n")
    assert [each["warc_file"] for each in facts("offload", "--to", to, archive=archive)["files"]] == [LARGE]
    assert dateline("offload", "--to", to, archive=archive).stdout == "Nothing to do: no month is left to move.\n"
    assert dateline("verify", archive=archive).stdout == "15 captures checked, 0 differences.\n"
    back = facts("offload", "--back", archive=archive)
    assert [each["warc_file"] for each in back["files"]] == [SMALL, LARGE]
    assert dateline("offload", "--back", archive=archive).stdout == "Nothing to do: no month is left to move.\n"


def test_what_cannot_be_moved_is_named_and_the_rest_is_moved(archive: Path) -> None:
    other = archive.parent / "storage/osk/2026-03.warc.br"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"of somebody else")
    done = dateline("offload", "--to", f"file://{archive.parent}/storage", archive=archive)
    assert done.exit_code == 3
    assert done.stdout.startswith("1 month (")
    assert "another archive may use this address" in done.stderr


def test_a_command_line_that_says_not_where_to_is_refused(archive: Path) -> None:
    assert dateline("offload", archive=archive).exit_code == 2
    assert dateline("offload", "--back", "--to", "s3://x/y", archive=archive).exit_code == 2
    unknown = dateline("offload", "bell", "--back", archive=archive)
    assert unknown.exit_code == 1
    assert "has no WARC files of bell; there are those of: osk, valdora." in unknown.stderr
    nowhere = dateline("offload", "--to", "storage", archive=archive)
    assert nowhere.exit_code == 1
    assert "is no address of a storage" in nowhere.stderr
