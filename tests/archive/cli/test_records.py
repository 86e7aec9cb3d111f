"""verify, compact, evidence, export and backup on the command line: what they say, write and return."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.core.files import writer_lock
from tests.support.archiving import Newsroom, later, page
from tests.support.commandline import dateline, facts
from tests.support.record import EDITED, article_at, build, reading

FILE = "warc/valdora/2026-03.warc.gz"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    directory = tmp_path / "archive"
    build(directory)
    return directory


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def test_verify_of_a_sound_archive(archive: Path) -> None:
    result = dateline("verify", archive=archive)
    assert (result.exit_code, result.stdout) == (0, "14 captures checked, 0 differences.\n")
    assert facts("verify", archive=archive) == {"captures": 14, "newer": 0, "differences": []}


def test_verify_names_each_difference_and_fails(archive: Path) -> None:
    flip(archive / FILE, (archive / FILE).stat().st_size - 200)
    result = dateline("verify", archive=archive)
    assert result.exit_code == 1
    assert re.search(rf"^{FILE} at \d+: torn record: ", result.stdout, re.MULTILINE)
    assert "14 captures checked, 2 differences.\n" in result.stdout
    told = dateline("verify", "--json", archive=archive)
    assert told.exit_code == 1
    assert {each["fault"] for each in json.loads(told.stdout)["differences"]} == {"torn record", "row without record"}


def test_verify_while_a_crawl_writes(archive: Path) -> None:
    Newsroom(archive).answer("/news/30-path", page(30), at=later(days=7))
    with writer_lock(archive, "dateline run", later()):
        result = dateline("verify", archive=archive)
        assert (result.exit_code, result.stdout) == (
            0, "14 captures checked, 0 differences. 1 newer record is being written.\n"
        )  # fmt: skip
        with reading(archive) as connection, connection:
            connection.execute("delete from captures where url like '%/news/3-path'")
        lost = dateline("verify", archive=archive)
        assert (lost.exit_code, lost.stdout.count("record without row")) == (1, 1)
    alone = dateline("verify", archive=archive)
    assert alone.exit_code == 1
    assert alone.stdout.count("record without row") == 1
    assert "news/30-path" not in alone.stdout


def test_verify_of_records_that_are_not_taken_in_yet(archive: Path) -> None:
    """As in a backup, whose WARC files are copied after its database."""
    Newsroom(archive).answer("/news/30-path", page(30), at=later(days=7))
    Newsroom(archive).answer("/news/31-path", page(31), at=later(days=60))
    result = dateline("verify", archive=archive)
    assert (result.exit_code, result.stdout) == (
        0,
        "14 captures checked, 0 differences. 2 newer records are not in the tables yet: the next command that writes"
        " takes them in.\n",
    )
    assert facts("verify", archive=archive) == {"captures": 14, "newer": 2, "differences": []}


def test_verify_tells_all_that_a_shorter_file_lacks(archive: Path) -> None:
    with reading(archive) as connection:
        query = "select warc_offset from captures where warc_file = ? order by warc_offset"
        places = [row[0] for row in connection.execute(query, (FILE,))]
    with (archive / FILE).open("r+b") as file:
        file.truncate(places[3])
    result = dateline("verify", archive=archive)
    assert result.exit_code == 1
    assert len(re.findall(rf"row without record: the file ends at {places[3]}: ", result.stdout)) == len(places) - 3


def test_verify_without_an_archive(tmp_path: Path) -> None:
    result = dateline("verify", archive=tmp_path)
    assert result.exit_code == 1
    assert "There is no archive" in result.stderr


def test_compact_tells_what_became_of_each_month(archive: Path) -> None:
    done = facts("compact", "valdora", archive=archive)
    (month,) = done["files"]
    assert month["warc_file"] == FILE
    assert month["after"] < month["before"]
    assert not (archive / FILE).exists()
    result = dateline("compact", archive=archive)
    assert result.exit_code == 0
    assert "warc/osk/2026-03.warc.gz" in result.stdout
    assert re.search(r"1 month: .* became .*, \d+ %\.", result.stdout)
    assert "Nothing to do: no closed month is left to compact" in dateline("compact", archive=archive).stdout
    assert dateline("verify", archive=archive).exit_code == 0


def test_compacting_can_be_undone(archive: Path) -> None:
    before = {path: path.read_bytes() for path in archive.rglob("*.warc.gz")}
    assert dateline("compact", archive=archive).exit_code == 0
    assert not list(archive.rglob("*.warc.gz"))
    (month,) = facts("compact", "valdora", "--undo", archive=archive)["files"]
    assert month["warc_file"] == FILE
    assert dateline("compact", "--undo", archive=archive).exit_code == 0
    assert {path: path.read_bytes() for path in archive.rglob("*.warc.gz")} == before
    assert "Nothing to do: no closed month is compacted" in dateline("compact", "--undo", archive=archive).stdout


def test_compact_leaves_the_month_that_is_not_over(archive: Path) -> None:
    now = datetime.now(UTC)
    Newsroom(archive, "today").answer("https://today.example/a", page(30), at=now)
    assert facts("compact", "today", archive=archive) == {"files": [], "problems": []}
    assert list((archive / "warc/today").glob("*.warc.gz"))


def test_compact_waits_for_nobody_and_knows_its_sources(archive: Path) -> None:
    with writer_lock(archive, "dateline run", later()):
        result = dateline("compact", archive=archive)
    assert result.exit_code == 1
    assert "in use by `dateline run`" in result.stderr
    for name in ("nobody", "../archive", ".."):
        result = dateline("compact", name, archive=archive)
        assert result.exit_code == 1
        assert f"holds no source {name!r}" in result.stderr


def test_compact_goes_on_after_a_damaged_month(archive: Path) -> None:
    flip(archive / FILE, 500)
    result = dateline("compact", archive=archive)
    assert result.exit_code == 3
    assert "is damaged" in result.stderr
    assert (archive / FILE).exists()
    assert not (archive / "warc/osk/2026-03.warc.gz").exists()


def test_evidence_writes_a_directory_or_a_zip_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    number = article_at(archive, EDITED)
    result = dateline("evidence", EDITED, archive=archive)
    assert result.exit_code == 0, result.output
    assert f"evidence-valdora-{number}: 2 revisions, 5 captures in 11 records." in result.stdout
    manifest = json.loads((tmp_path / f"evidence-valdora-{number}/manifest.json").read_text())
    assert set(manifest["software"]) == {"dateline", "trafilatura", "Python"}
    assert dateline("evidence", EDITED, archive=archive).exit_code == 1
    told = facts("evidence", str(number), "--zip", "--out", "mine", archive=archive)
    assert (told["path"], told["captures"]) == ("mine.zip", 5)
    assert (tmp_path / "mine.zip").is_file()


def test_evidence_of_nothing(archive: Path) -> None:
    result = dateline("evidence", "https://press.valdora.example/nothing", archive=archive)
    assert result.exit_code == 1
    assert "No article found for" in result.stderr


def test_export_to_a_pipe_and_to_a_file(archive: Path, tmp_path: Path) -> None:
    result = dateline("export", "--source", "osk", archive=archive)
    (row,) = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, row["source"]) == (0, "osk")
    out = tmp_path / "out.csv"
    result = dateline(
        "export", "--format", "csv", "--search", "Rain expected", "--out", out, "--since", "2026-03-02", archive=archive
    )
    assert (result.exit_code, result.stdout) == (0, f"{out}: 1 article.\n")
    assert EDITED in out.read_text(encoding="utf-8")
    for form, count in (("parquet", "6 articles"), ("warc", "13 captures"), ("wacz", "12 captures")):
        out = tmp_path / f"out.{form}"
        result = dateline("export", "--format", form, "--out", out, archive=archive)
        assert (result.exit_code, result.stdout) == (0, f"{out}: {count}.\n")
        assert out.stat().st_size > 1000


def test_export_that_cannot_be_done(archive: Path, tmp_path: Path) -> None:
    result = dateline("export", "--format", "wacz", archive=archive)
    assert result.exit_code == 2
    assert "wacz cannot go to standard output" in result.stderr
    result = dateline("export", "--format", "warc", "--since", "2999-01-01", "--out", tmp_path / "x", archive=archive)
    assert result.exit_code == 1
    assert "nothing to write" in result.stderr
    assert not (tmp_path / "x").exists()


def test_backup_while_the_daemon_runs(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with writer_lock(archive, "dateline run", later()):
        result = dateline("backup", target, archive=archive)
    assert result.exit_code == 0, result.output
    assert re.match(rf"{target}: 14 captures, 2 WARC files \(.* of them new\), tables .*\.\n", result.stdout)
    assert facts("backup", target, archive=archive)["copied_bytes"] == 0
    assert dateline("verify", archive=target).exit_code == 0
    (archive / FILE).unlink()
    result = dateline("backup", target, archive=archive)
    assert result.exit_code == 3
    assert f"{FILE} is missing" in result.stderr


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file can grow beyond this many bytes, as if the disk were full."""
    earlier = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, earlier[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, earlier)


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--format", "jsonl", "--out", "out"),
        ("export", "--format", "csv", "--out", "out"),
        ("export", "--format", "warc", "--out", "out"),
        ("export", "--format", "wacz", "--out", "out"),
        ("evidence", EDITED, "--out", "out"),
        ("evidence", EDITED, "--out", "out", "--zip"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_a_full_disk_leaves_nothing_behind(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "full").mkdir()
    monkeypatch.chdir(tmp_path / "full")
    with reading(archive) as held:  # which keeps the database's shared memory, a file too
        held.execute("select count(*) from articles").fetchone()
        with room_for(3000):
            result = dateline(*arguments, archive=archive)
    assert result.exit_code == 1
    assert re.search(r"out(\.zip)? cannot be written: File too large\.", result.stderr)
    assert list(Path().iterdir()) == []
    assert dateline(*arguments, archive=archive).exit_code == 0


@pytest.mark.parametrize("size", [5_000, 100_000], ids=["records", "tables"])
def test_a_full_disk_leaves_the_backup_as_it_was(archive: Path, tmp_path: Path, size: int) -> None:
    target = tmp_path / "copy"
    assert dateline("backup", target, archive=archive).exit_code == 0
    build(archive.parent / "more")
    for path in (archive.parent / "more/warc").rglob("*.gz"):
        path.rename(archive / "warc" / path.parent.name / f"more-{path.name}")
    with room_for(size):
        result = dateline("backup", target, archive=archive)
    assert result.exit_code == 1
    assert re.search("could not be (copied|completed)", result.stderr)
    assert dateline("verify", archive=target).stdout.startswith("14 captures checked")
    assert dateline("rebuild", archive=archive).exit_code == 0
    assert facts("backup", target, archive=archive)["captures"] == 28
    assert dateline("verify", archive=target).exit_code == 0
