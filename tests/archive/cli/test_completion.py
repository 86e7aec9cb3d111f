"""What the shell completes, as bash asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli.completion import lies_ahead
from scheduler import main
from tests.support.archiving import Newsroom, ingesting, page

TEXT = '[[source]]\nname = "valdora"\nurl = "https://press.valdora.example/"\ntags = ["energy", "ports"]\n'


def completed(archive: Path, *words: str, named: bool = False) -> set[str]:
    """What bash would offer for the last word."""
    line = " ".join(["dateline", *words])
    environment = {"_DATELINE_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    environment |= {} if named else {"DATELINE_ARCHIVE": str(archive)}
    result = CliRunner().invoke(main, env=environment, prog_name="dateline", args=[])
    assert result.exit_code == 0, result.output
    return {line.partition(",")[2] for line in result.output.splitlines() if line}


@pytest.mark.parametrize(
    ("zone", "day", "is_ahead"),
    [(0, "2026-03-02", True), (0, "2026-03-01", False), (8, "2026-03-02", False), (-11, "2026-03-01", False)],
)
def test_a_day_lies_ahead_that_is_later_than_today_here_and_in_utc(zone: int, day: str, is_ahead: bool) -> None:
    now = datetime(2026, 3, 1, 22, tzinfo=UTC).astimezone(timezone(timedelta(hours=zone)))
    assert bool(lies_ahead(date.fromisoformat(day), now)) is is_ahead


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with ingesting(tmp_path) as ingest:
        ingest.add([Newsroom(tmp_path, "osk").answer("https://osk.example/news/1-path", page(1))])
    (tmp_path / "sources.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        ["crawl"], ["check"], ["compact"], ["reclean"], ["boilerplate"], ["keep"], ["remove"], ["sources", "pause"],
        ["sources", "tag"], ["sources", "rename"], ["search", "x", "--source"], ["export", "--source"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_names_of_sources_are_completed(archive: Path, line: list[str]) -> None:
    assert completed(archive, *line, "") == {"valdora", "osk"}
    assert completed(archive, *line, "val") == {"valdora"}


@pytest.mark.parametrize("line", [["search", "x", "--tag"], ["crawl", "--tag"], ["sources", "tag", "valdora"]])
def test_tags_are_completed(archive: Path, line: list[str]) -> None:
    assert completed(archive, *line, "") == {"energy", "ports"}
    assert completed(archive, *line, "en") == {"energy"}


def test_the_archive_is_that_of_the_line(archive: Path) -> None:
    assert completed(archive, "crawl", "--archive", str(archive), "", named=True) >= {"valdora"}
    assert completed(archive, "crawl", "--archive", str(archive / "empty"), "", named=True) == set()


def test_what_cannot_be_read_completes_nothing(archive: Path) -> None:
    (archive / "sources.toml").write_text("[[source", encoding="utf-8")
    (archive / "archive.db").write_bytes(b"no database")
    assert completed(archive, "crawl", "") == set()
