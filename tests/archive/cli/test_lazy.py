"""Commands that are imported at their first use, and what that spares the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from archive.cli.lazy import LazyCommands


def test_a_command_is_imported_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "greeting_command.py").write_text("import click\n\n@click.command()\ndef greet() -> None: ...\n")
    monkeypatch.syspath_prepend(tmp_path)
    group = click.Group("main", commands=LazyCommands(greet="greeting_command:greet"))
    assert list(group.commands) == ["greet"]
    assert "greeting_command" not in sys.modules
    assert group.commands["greet"].name == "greet"
    assert group.commands["greet"] is sys.modules.pop("greeting_command").greet


def test_no_command_but_those_that_fetch_waits_for_scrapy() -> None:
    program = "import sys, scheduler; print('scrapy' in sys.modules, *sorted(scheduler.main.commands))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "False"
    assert {"add", "check", "crawl"} < set(told)
