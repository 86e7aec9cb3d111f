"""`dateline man`: the manual page, made of the same texts as --help. See man(7) and groff_man(7) for the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from archive.cli import terminal
from archive.core.software import version

COMMON = ("archive", "verbose", "debug", "log_format", "help")
"""Options that every command has; they are explained once."""

_FILES = (
    ("sources.toml", "What to watch."),
    ("decisions.toml", "What a person decided: passages kept or removed, alerts."),
    ("warc/SOURCE/YYYY-MM.warc.gz", "Every response as it was served."),
    ("archive.db", "SQLite: derived from the WARC files, can be deleted and rebuilt."),
)


@click.command("man", cls=terminal.Command, example="dateline man | man -l -")
@terminal.options
@click.pass_context
def man_command(ctx: click.Context, archive: Path, verbose: int, debug: bool) -> None:
    """Print the manual page of all commands, for man(1)."""
    root = ctx.find_root()
    click.echo("\n".join(page(root)))


def page(root: click.Context) -> Iterator[str]:
    """The lines of the manual page of a command line; `root` is the context of its first word."""
    name = root.info_name or ""
    summary = (root.command.help or "").strip().rstrip(".")
    yield f'.TH {name.upper()} 1 "" "{name} {version()}" "User Commands"'
    yield from (".SH NAME", f"{name} \\- {_plain(summary)}")
    yield from (".SH SYNOPSIS", f".B {name}", "COMMAND [OPTIONS] [ARGUMENTS]")
    yield from (".SH DESCRIPTION", _plain(summary) + ".")
    yield "Every option can be given by the environment variable that stands behind it, too."
    yield ".SH COMMANDS"
    for ctx in _commands(root):
        yield from _command(ctx)
    yield from (".SH OPTIONS OF EVERY COMMAND", "In a variable, COMMAND is the name of the command.")
    any_command = click.Context(man_command, parent=root, info_name="COMMAND")
    for option in man_command.params:
        if isinstance(option, click.Option):
            yield from _option(option, any_command)
    yield ".SH FILES"
    for file, words in _FILES:
        yield from (".TP", f".I {_plain(file)}", _plain(words))
    yield from (".SH EXIT STATUS", _plain(terminal.EXIT_CODES.removeprefix("Exit codes: ")))


def _commands(ctx: click.Context) -> Iterator[click.Context]:
    """The contexts of all commands below one, in the order of their names, each before its own."""
    group = ctx.command
    if isinstance(group, click.Group):
        for name in sorted(group.commands):
            inner = click.Context(group.commands[name], parent=ctx, info_name=name)
            yield inner
            yield from _commands(inner)


def _command(ctx: click.Context) -> Iterator[str]:
    command = ctx.command
    yield from (f".SS {_plain(ctx.command_path)}", f".B {_plain(ctx.command_path)}")
    yield _plain(" ".join(command.collect_usage_pieces(ctx)))
    for paragraph in re.split(r"\n\s*\n", (command.help or "").strip()):
        yield from (".PP", _plain(" ".join(paragraph.replace("\b", "").split())))
    for option in (each for each in command.get_params(ctx) if isinstance(each, click.Option)):
        if option.name not in COMMON:
            yield from _option(option, ctx)


def _option(option: click.Option, ctx: click.Context) -> Iterator[str]:
    record = option.get_help_record(ctx)
    if record:
        yield from (".TP", f".B {_plain(record[0])}")
        yield f"{_plain(record[1])} \\%({terminal.variable_of(option, ctx)})"


def _plain(text: str) -> str:
    """A line of text without what roff would read as its own: backslashes, hyphens that may break, a dot first."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


ALL = (man_command,)
