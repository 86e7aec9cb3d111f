"""The manual page has every command and option with its environment variable, and troff accepts it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive.cli import terminal
from scheduler import main
from tests.support.commandline import dateline


@pytest.fixture
def page(tmp_path: Path) -> str:
    return dateline("man", archive=tmp_path).stdout.replace("\\-", "-").replace("\\%", "")


def commands(ctx: click.Context) -> Iterator[click.Context]:
    assert isinstance(ctx.command, click.Group)
    for name, command in ctx.command.commands.items():
        inner = click.Context(command, parent=ctx, info_name=name)
        yield inner
        if isinstance(command, click.Group):
            yield from commands(inner)


def test_every_command_and_option_is_there_with_its_variable(page: str) -> None:
    every = list(commands(click.Context(main, info_name="dateline")))
    assert len(every) > 25
    for ctx in every:
        assert f"\n.SS {ctx.command_path}\n" in page
        for option in ctx.command.params:
            if isinstance(option, click.Option) and option.name not in ("archive", "verbose", "debug", "log_format"):
                assert f"({terminal.variable_of(option, ctx)})" in page, option.name
    for name in ("DATELINE_ARCHIVE", "DATELINE_LOG_FORMAT", "DATELINE_SOURCES_TAG_REMOVE", "DATELINE_RUN_SERVE"):
        assert f"({name})" in page
    variables = re.findall(r"\((DATELINE_\w+)\)", page)
    assert len(variables) == len(set(variables)), "one name would mean two options"


def test_the_example_of_every_command_is_one_that_it_takes() -> None:
    for ctx in commands(click.Context(main, info_name="dateline")):
        example = (ctx.command.epilog or "").partition("Example:\n")[2].strip().splitlines()[0]
        for line in re.split(r" && | \| ", example):
            program, *words = shlex.split(line)
            if program != "dateline":
                continue
            command: click.Command = main
            while isinstance(command, click.Group) and words and words[0] in command.commands:
                command = command.commands[words.pop(0)]
            command.make_context(command.name, words, resilient_parsing=False)


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff")
def test_troff_has_nothing_to_warn_of(tmp_path: Path) -> None:
    source = dateline("man", archive=tmp_path).stdout
    done = subprocess.run(["groff", "-man", "-ww", "-z"], input=source, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    shown = subprocess.run(["groff", "-man", "-Tascii"], input=source, capture_output=True, text=True, check=True)
    assert "(-\n" not in shown.stdout, "the name of a variable is broken off behind its bracket"


def test_a_command_that_is_run_by_itself_gives_no_option_another_name(tmp_path: Path) -> None:
    main.commands["run"].make_context("run", ["--serve"])
    assert "\\%(DATELINE_RUN_SERVE)" in dateline("man", archive=tmp_path).stdout
