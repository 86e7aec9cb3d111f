"""One way out to the terminal: what pages, names and errors say is text there, in every command."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rich.table import Table
from rich.text import Text

from archive.cli import terminal
from archive.core.errors import DatelineError
from scheduler import main
from tests.support.commandline import dateline, facts
from tests.support.sample import article_id, build_sample

EVIL = (
    "[/red][bold]x[link=https://evil.example]\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\u202egnp.exe\u2066\r:smile:\u2028\ufeff"
)
"""Markup, an unclosed tag, escape sequences that set the title and clear the screen, C1, bidi, a carriage return."""

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive in which everything that a page, a feed or a server can say is hostile."""
    archive = build_sample(tmp_path / "archive")
    (archive / "sources.toml").write_text(
        f'[[source]]\nname = "port-of-ister"\ntitle = {json.dumps("x [/red] :smile: é")}\nurl = "https://port.ister.example/"\n',
        encoding="utf-8",
    )
    connection = sqlite3.connect(archive / "archive.db")
    for sql in (
        "update articles set title = :evil || title, text = 'ferry ' || :evil || text, url = url || :evil",
        "update sources set title = :evil, last_error = :evil, failures = 3, state = 'watched'",
        "update runs set message = :evil",
        "update urls set reason = :evil",
        "update removed set text = :evil || text",
        "update boilerplate set text = :evil || text",
        "update events set detail = :evil",
        "update captures set warc_file = warc_file || :evil where id in (select id from captures limit 2)",
    ):
        connection.execute(sql, {"evil": EVIL})
    connection.commit()
    connection.close()
    return archive


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "ferry"], ["search", "ferry", "--json"], ["search", EVIL], ["search", "ferry", "--source", EVIL],
        ["status"], ["status", "--json"], ["sources"], ["sources", "--json"],
        ["alerts"], ["alerts", "--test", EVIL], ["alerts", "--dry-run", "--json"],
        ["boilerplate", "port-of-ister"], ["boilerplate", "port-of-ister", "--json"], ["boilerplate", EVIL],
        ["keep", "port-of-ister", EVIL, "--dry-run"], ["keep", EVIL, "x"], ["remove", "port-of-ister", EVIL],
        ["reclean", EVIL], ["verify"], ["verify", "--json"], ["compact", EVIL], ["evidence", EVIL],
        ["evidence", str(article_id("ferry")), "--out", "{place}/" + "pack [/red] \x1b[2J"],
        ["export", "--source", EVIL], ["export", "--out", "{place}/\x1b[2J[/red].jsonl"],
        ["backup", "{place}/\x1b[2J[/red]"], ["import", "{place}/\x1b[2J[/red].html"], ["crawl", EVIL],
        ["similar", str(article_id("ferry"))], ["similar", EVIL],
        ["add", f"https://x.invalid/{EVIL}"], ["add", EVIL], ["check", EVIL], ["init", "{place}/\x1b[2J[/red]"],
        ["serve", "--host", "\x1b[2J[/red].invalid"], ["serve", "--config", "\x1b[2J"], ["search", f"--{EVIL}", "x"],
        ["split", EVIL, "--into", "{place}/other"], ["merge", "{place}/\x1b[2J[/red]"], ["man"],
        ["publish", "{place}/\x1b[2J[/red]"], ["offload", EVIL], ["sources", "tag", EVIL, "x"],
        ["sources", "--tag", EVIL], ["sources", "rename", "port-of-ister", EVIL], ["sources", EVIL],
        [EVIL], ["status", EVIL], ["crawl", "--since", EVIL], ["export", "--format", EVIL],
    ],
    ids=lambda arguments: " ".join(arguments)[:24].encode("unicode_escape").decode(),
)  # fmt: skip
def test_no_command_passes_on_what_controls_a_terminal(archive: Path, tmp_path: Path, arguments: list[str]) -> None:
    result = dateline(*(argument.replace("{place}", str(tmp_path)) for argument in arguments), archive=archive)
    printed = result.stdout + result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "MarkupError" not in printed
    assert "a bug in Dateline" not in printed
    assert printed
    assert not UNSAFE.findall(printed)


def test_every_command_is_tried() -> None:
    marks = test_no_command_passes_on_what_controls_a_terminal.pytestmark  # type: ignore[attr-defined]
    tried = {arguments[0] for mark in marks for arguments in mark.args[1]}
    assert set(main.commands) - tried == {"run", "rebuild"}, "these print counts, and the log, which is tried below"


def test_what_is_written_out_can_still_be_read(archive: Path) -> None:
    found = dateline("search", "ferry", archive=archive).stdout
    assert "[/red][bold]x[link=https://evil.example]\\x1b]0;owned\\x1b[2J\\x9b31m\\x7f\\u202egnp.exe" in found
    assert ":smile:" in found
    assert facts("search", "ferry", archive=archive)["hits"][0]["title"].startswith(EVIL)


def test_visible_leaves_other_text_alone() -> None:
    for text in ("Zoë’s\tquay\n", "می‌خواهم", "👩‍👩‍👧", "星野", "a\\x1b", ""):
        assert terminal.visible(text) == text
    every = "".join(chr(code) for code in range(0x3000))
    kept = set(terminal.visible(every))
    assert {unicodedata.category(char) for char in kept if char not in "\n\t"}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert terminal.visible("\udc80") == "\\udc80"
    assert terminal.visible("\U000e0041") == "\\U000e0041"


def test_tables_and_texts_are_measured_as_they_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("[/red]", "\x1b[2J", box=None)
    table.add_row("[b]", Text("\x9b"), style="red")
    terminal.out().print(table)
    terminal.err().print(Text("\x1b[1m"), style="red")
    printed = capsys.readouterr()
    assert printed.out.split() == ["[/red]", "\\x1b[2J", "[b]", "\\x9b"]
    assert printed.err.strip() == "\\x1b[1m"


def test_the_log_has_one_line_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.log_to_stderr(0)
    logging.getLogger("archive").warning("page says %s", "\x1b[2J\n2026-01-01 00:00:00 ERROR forged")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("page says \\x1b[2J\\n2026-01-01 00:00:00 ERROR forged")


def test_a_progress_line_is_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "200")
    with terminal.progress("pages") as progress:
        progress.add_task("[/red]\x1b[2J", total=None, said="[/dim]\x9b")
        progress.refresh()
    assert "[/red]\\x1b[2J" in capsys.readouterr().err


def test_a_broken_pipe_of_ours_is_told() -> None:
    @click.command(cls=terminal.Command)
    def broken() -> None:
        raise BrokenPipeError(32, "Broken pipe")

    result = CliRunner().invoke(broken)
    assert result.exit_code == 1
    assert "a bug in Dateline (BrokenPipeError" in result.stderr


def test_a_reader_that_goes_away_is_no_error(archive: Path) -> None:
    code = "import sys; from scheduler import main; main(sys.argv[1:], prog_name='dateline')"
    command = [sys.executable, "-c", code, "export", "--archive", str(archive)]
    here, there = os.pipe()
    os.close(here)
    done = subprocess.run(command, stdout=there, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
    os.close(there)
    assert done.returncode == 1
    assert "bug" not in done.stderr


@pytest.mark.parametrize("command", [["search", "ferry"], ["export"]])
def test_an_unknown_source_is_an_error(archive: Path, command: list[str]) -> None:
    result = dateline(*command, "--source", "port-of-istre", archive=archive)
    assert result.exit_code == 1
    assert "no source port-of-istre; there are: hoshino-lab" in result.stderr
    assert result.stdout == ""
    assert dateline(*command, "--source", "port-of-ister", archive=archive).exit_code == 0


def _logging(*arguments: str, **environment: str) -> list[str]:
    @click.command(cls=terminal.Command)
    @terminal.options
    def speak(archive: Path, verbose: int, debug: bool) -> None:
        """Say something."""
        terminal.log_to_stderr(verbose)
        try:
            raise ValueError("odd")
        except ValueError:
            logging.getLogger("archive.x").warning("a line\nof two \x1b[31m", exc_info=True)

    return CliRunner().invoke(speak, arguments, env=environment).stderr.splitlines()


def test_log_lines_are_json_when_asked_for_by_option_or_environment() -> None:
    for lines in (_logging("--log-format", "json"), _logging(DATELINE_LOG_FORMAT="json")):
        (line,) = lines
        said = json.loads(line)
        assert (said["level"], said["logger"], said["message"]) == ("warning", "archive.x", "a line\nof two \x1b[31m")
        assert said["traceback"].endswith("ValueError: odd")
        assert "\x1b" not in line
        assert datetime.fromisoformat(said["at"]).utcoffset() == timedelta(0)
    assert len(_logging()) > 1


def test_every_option_has_its_environment_variable(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    environment = {"DATELINE_ARCHIVE": str(archive), "DATELINE_SEARCH_LIMIT": "2"}
    environment["DATELINE_SEARCH_SOURCE"] = "port-of-ister"
    found = CliRunner().invoke(main, ["search", "street", "--json"], prog_name="dateline", env=environment)
    hits = json.loads(found.stdout)["hits"]
    assert len(hits) == 2
    assert {hit["source"] for hit in hits} == {"port-of-ister"}


def test_a_search_is_narrowed_as_on_the_site(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    for options, slugs in (
        (["--status", "gone"], {"ferry"}),
        (["--author", "tomas reuel"], {"budget"}),
        (["--place", "Ister"], {"ferry"}),
        (["--language", "en", "--edited"], {"cranes", "budget"}),
        (["--language", "ar", "--edited"], set()),
    ):
        found = json.loads(dateline("search", "the", "--limit", "50", "--json", *options, archive=archive).stdout)
        assert {hit["id"] for hit in found["hits"]} <= {article_id(slug) for slug in slugs}
        assert found["total"] == len(found["hits"])
        assert bool(found["hits"]) == bool(slugs), options


def test_the_variables_are_called_as_the_options_are(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    (archive / "sources.toml").write_text('[[source]]\nname = "port-of-ister"\nurl = "https://x.example/"\n')

    def run(*words: str, **variables: str) -> str:
        environment = {"DATELINE_ARCHIVE": str(archive), **variables}
        return CliRunner().invoke(main, words, prog_name="dateline", env=environment).stdout

    assert run("export", DATELINE_EXPORT_FORMAT="csv", DATELINE_EXPORT_SEARCH="budget").startswith("id,source,")
    assert json.loads(run("status", DATELINE_STATUS_JSON="1"))["sources"]
    assert "has the tags a" in run("sources", "tag", "port-of-ister", "a")
    assert "has no tags" in run("sources", "tag", "port-of-ister", "a", DATELINE_SOURCES_TAG_REMOVE="1")


def test_the_program_runs_as_a_module() -> None:
    said = subprocess.run([sys.executable, "-m", "scheduler", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("dateline, version")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("n\n", False), ("No\n", False), ("n", False), ("y\n", True), ("YES\n", True), ("\n", True), ("", None)],
)
def test_an_answer_may_come_from_a_pipe(typed: str, meant: bool | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert terminal.answer("Write it?", default=True, at_terminal=False) is meant


def test_what_is_neither_yes_nor_no_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("https://press.example/\n"))
    with pytest.raises(DatelineError, match="neither yes nor no"):
        terminal.answer("Write it?", default=True, at_terminal=False)
    monkeypatch.setattr("sys.stdin", None)
    assert terminal.answer("Write it?", default=True, at_terminal=False) is None
