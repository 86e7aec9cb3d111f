"""docs/commands.md has every command and every option once, in the words of --help."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from archive.cli.man import COMMON
from archive.cli.processing import processing_options
from archive.cli.serve import serve
from crawler.cli.commands import FIRST_STEPS
from scheduler import main
from tests.docs.pages import PAGES, chapter, typed

PAGE = "docs/commands.md"


@processing_options
def _reading() -> None:
    """A command that reads pages."""


READING = {option.name for option in click.command(_reading).params}
SERVING = {option.name for option in serve.params} - set(COMMON)


def _commands(ctx: click.Context) -> Iterator[click.Context]:
    for name, command in getattr(ctx.command, "commands", {}).items():
        inner = click.Context(command, parent=ctx, info_name=name)
        yield inner
        yield from _commands(inner)


COMMANDS = {
    ctx.command_path: ctx for ctx in _commands(click.Context(main, info_name="dateline", **main.context_settings))
}


def row(option: click.Option, ctx: click.Context) -> str:
    """The row of an option in a table."""
    record = option.get_help_record(ctx)
    assert record
    words, default = option.help or "", ""
    if option.show_default and option.default is not None and not option.is_flag:
        default = f"{option.default}"
    cells = ", ".join(f"`{word}`" for word in record[0].split(", ")).replace("|", r"\|")
    return f"| {cells} | {words} {f'Default: {default}.' if default else ''}".rstrip() + " |"


def rows(ctx: click.Context) -> list[str]:
    """The rows of the options that a command has for itself."""
    elsewhere = {*COMMON, "as_json", *READING, *(SERVING if ctx.info_name in ("serve", "run") else ())}
    options = (option for option in ctx.command.params if isinstance(option, click.Option))
    return [row(option, ctx) for option in options if option.name not in elsewhere]


def shared(names: set[str], command: str) -> list[str]:
    """The rows of options that several commands have."""
    ctx = COMMANDS[command]
    return [
        row(each, ctx) for each in ctx.command.get_params(ctx) if isinstance(each, click.Option) and each.name in names
    ]


def _table(text: str) -> list[str]:
    return re.findall(r"^\| `-.*$", text, re.M)


def test_every_command_has_a_chapter_and_nothing_else() -> None:
    named = re.findall(r"^### (dateline .*)$", PAGES[PAGE], re.M)
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_of_a_command_are_those_of_its_help(command: str) -> None:
    assert _table(chapter(PAGE, command, 3)) == rows(COMMANDS[command])


def test_the_options_of_several_commands_are_those_of_their_help() -> None:
    common = {*COMMON, "as_json"}
    assert _table(chapter(PAGE, "Options of every command")) == shared(common, "dateline crawl")
    assert _table(chapter(PAGE, "Options for where pages are read")) == shared(READING, "dateline crawl")
    assert _table(chapter(PAGE, "Options of the site")) == shared(SERVING, "dateline serve")


def test_the_commands_that_share_options_are_named() -> None:
    having = {
        "Options for where pages are read": READING,
        "Options of the site": SERVING,
    }
    for title, names in having.items():
        first = chapter(PAGE, title).strip().partition("\n\n")[0]
        meant = {path for path, ctx in COMMANDS.items() if names <= {each.name for each in ctx.command.params}}
        assert set(re.findall(r"`(dateline \w+)`", first)) == meant, title


def test_what_commands_print_as_json_is_said() -> None:
    first = chapter(PAGE, "Options of every command")
    without = {path for path, ctx in COMMANDS.items() if "as_json" not in {each.name for each in ctx.command.params}}
    (named,) = re.findall(r"All but (.*?) have `--json`", " ".join(first.split()))
    assert set(re.findall(r"`(dateline [\w ]+)`", named)) == {path for path in without if "sources" not in path}


def test_no_chapter_is_empty() -> None:
    for command in COMMANDS:
        assert re.match(r"\n*[A-Z`].{15,}", chapter(PAGE, command, 3)), command


def test_the_first_steps_that_the_help_shows_are_those_of_the_readme() -> None:
    shown = re.findall(r"^  (dateline .*)$", FIRST_STEPS, re.M)
    in_order = iter(typed(chapter("README.md", "Five minutes with your own newsroom")))
    assert len(shown) > 3
    for step in shown:
        assert any(line.startswith(step) for line in in_order), step
