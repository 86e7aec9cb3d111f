"""The commands split and merge, as a person and a script use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.shards.support import build, spoil_file
from tests.support.commandline import dateline, facts


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    build(tmp_path / "one", count=4)
    return tmp_path / "one"


def test_split_and_merge_say_what_was_moved(archive: Path) -> None:
    two = archive.parent / "two"
    result = dateline("split", "osk", "tarn", "--into", two, archive=archive)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("osk, tarn: 20 captures, 8 articles, 2 WARC files (")
    assert result.stdout.endswith(f"moved from {archive} to {two}.\n")
    done = facts("merge", two, "tarn", archive=archive)
    assert (done["sources"], done["articles"], done["problems"]) == (["tarn"], 4, [])
    assert (done["giving"], done["taking"]) == (str(two), str(archive))
    assert dateline("merge", two, archive=archive).stdout.startswith("osk: 10 captures")


def test_faults_that_moved_along_are_said_with_exit_code_3(archive: Path) -> None:
    spoil_file(archive / "warc/osk/2026-03.warc.gz")
    result = dateline("split", "osk", "--into", archive.parent / "two", archive=archive)
    assert result.exit_code == 3
    assert "warc/osk/2026-03.warc.gz at " in result.stderr


def test_what_cannot_be_moved_is_one_message(archive: Path) -> None:
    result = dateline("split", "bellmere", "--into", archive.parent / "two", archive=archive)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"dateline: {archive} has no source bellmere; there are: osk, tarn, valdora.\n"
    assert dateline("split", "osk", archive=archive).exit_code == 2
    assert not (archive.parent / "two").exists()
