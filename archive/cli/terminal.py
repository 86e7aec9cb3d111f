"""What every command shares: options, exit codes, progress, logging, messages instead of tracebacks, safe output.

Everything is printed with `say`, `print_json`, `fail`, the consoles of `out` and `err`, or the log. All of these
print text from outside (titles, names, addresses, errors) as plain text: without markup of rich, control sequences of
the terminal, or characters that change the direction of the line.
"""

from __future__ import annotations

import json
import logging
import re
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn, TypeVar

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.text import Text

from archive.cli.console.failures import of_bug, of_database, of_system, reader_is_gone
from archive.core.credentials import hidden
from archive.core.errors import DatelineError
from archive.core.logs import JsonLines
from archive.core.model import as_json

OK = 0
FAILED = 1
USAGE = 2
SOME_FAILED = 3
INTERRUPTED = 130

EXIT_CODES = (
    "Exit codes: 0 done; 1 it could not be done; 2 the command line is wrong; "
    "3 done, but some source or file failed; 130 interrupted."
)

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters (C0 except line feed and tab, DEL, C1), characters that are invisible or set the direction of
text, and lone surrogates."""

OURS = ("archive", "crawler", "scheduler")
"""The loggers whose lines a person wants to see."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "auto_envvar_prefix": "DATELINE"}

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


class Command(click.Command):
    """A command that reports failures by a message and an exit code, and whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **keywords: Any) -> None:
        if example:
            keywords["epilog"] = f"\b\nExample:\n  {example}\n\n{EXIT_CODES}"
        super().__init__(*args, **keywords)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's. Its errors repeat parts of the command line, such as names of files, so they are made safe."""
        for option in self.params:
            if isinstance(option, click.Option) and ctx.parent:  # a command by itself is none of the program's
                option.envvar = variable_of(option, ctx)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(visible(error.format_message()), error.ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. With `--debug`, errors keep their traceback."""
        if ctx.params.get("debug"):
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except BrokenPipeError as error:
            if reader_is_gone():
                raise  # click ends quietly, as head(1) expects
            fail(of_bug(error))
        except KeyboardInterrupt:
            fail("interrupted", INTERRUPTED)
        except DatelineError as error:
            fail(str(error))
        except sqlite3.Error as error:
            fail(of_database(error, archive_of(ctx)))
        except OSError as error:
            fail(of_system(error))
        except Exception as error:  # noqa: BLE001 - the outermost boundary: the traceback goes to a file
            fail(of_bug(error))


def variable_of(option: click.Option, ctx: click.Context) -> str:
    """The environment variable of an option: its own, else one of its command and its long name."""
    if isinstance(option.envvar, str):
        return option.envvar
    words = [max(option.opts, key=len).lstrip("-")]
    inner = ctx
    while inner.parent:  # the outermost is the program itself
        words.insert(0, inner.info_name or "")
        inner = inner.parent
    return "_".join(["DATELINE", *words]).upper().replace("-", "_")


class Group(Command, click.Group):
    """A command with commands of its own, which does something by itself as well."""


def _given_above(ctx: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """The archive that the command above was given, unless this one was given another."""
    given = click.core.ParameterSource.COMMANDLINE
    above = ctx.parent
    if above and above.get_parameter_source("archive") is given and ctx.get_parameter_source("archive") is not given:
        return Path(above.params["archive"])
    return value


_LOG_FORMAT = "dateline.log_format"
"""Where the context of a command keeps how its log is written."""


def _keep_log_format(ctx: click.Context, parameter: click.Parameter, value: str) -> None:
    ctx.meta[_LOG_FORMAT] = value


def options(function: AnyFunction) -> AnyFunction:
    """The options every command takes: --archive, --log-format, -v and --debug."""
    for option in (
        click.option(
            "--log-format",
            type=click.Choice(["text", "json"]),
            default="text",
            envvar="DATELINE_LOG_FORMAT",
            expose_value=False,
            callback=_keep_log_format,
            help="How log lines are written: for people, or one JSON object a line.",
        ),
        click.option("--debug", is_flag=True, help="Show the traceback of an error."),
        click.option("-v", "--verbose", count=True, help="Log what happens; -vv also logs the lines of libraries."),
        click.option(
            "--archive",
            "archive",
            metavar="DIR",
            type=click.Path(file_okay=False, path_type=Path),
            envvar="DATELINE_ARCHIVE",
            default=Path(),
            callback=_given_above,
            help="The archive directory; else DATELINE_ARCHIVE, else the current directory.",
        ),
    ):
        function = option(function)
    return function


def json_option(function: AnyFunction) -> AnyFunction:
    """--json: facts as JSON on standard output, and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(function)


def archive_of(ctx: click.Context) -> Path:
    """The archive directory that the command was given."""
    return Path(ctx.params.get("archive") or ".")


def visible(text: str) -> str:
    """Text with control and bidirectional characters written as escapes: ESC as \\x1b, U+202E as \\u202e.

    Line feeds and tabs stay. For what the others can do to a reader see https://trojansource.codes/ and ECMA-48.
    """
    return _UNSAFE.sub(lambda found: _written_out(ord(found[0])), text)


def _written_out(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class SafeConsole(Console):
    """A console that prints plain text: no markup, no emoji names, no control characters except those of rich."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **keywords: Any) -> Text:
        """The text, with unsafe characters escaped before its width is measured."""
        return super().render_str(visible(text), **keywords)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Segments in which only those of rich control the terminal."""
        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control else Segment(visible(text), style)


def out() -> Console:
    """Where facts go: standard output, at most as wide as it is."""
    return SafeConsole()


def err() -> Console:
    """Where progress and messages go, so that standard output stays clean for pipes."""
    return SafeConsole(stderr=True)


def say(message: str, err: bool = False) -> None:
    """One line for a person, on standard output or standard error; passwords in addresses are left out."""
    click.echo(visible(hidden(message)), err=err)


def print_json(value: Any) -> None:
    """Print facts for a script as JSON in UTF-8; unsafe characters are escaped as JSON permits."""
    printed = json.dumps(as_json(value), ensure_ascii=False, indent=2, default=_plain)
    click.echo(_UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], printed))


def _plain(value: object) -> object:
    """A value that JSON has no type for: durations become seconds, everything else becomes text."""
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def fail(message: str, code: int = FAILED) -> NoReturn:
    """End the command with a message on standard error."""
    say(f"dateline: {message}", err=True)
    raise click.exceptions.Exit(code)


def answer(question: str, default: bool, at_terminal: bool) -> bool | None:
    """What was answered to a question: by a person, or by a line on standard input; None if that has ended already.

    `at_terminal` says whether a person is there, who is asked again after an answer that is neither yes nor no. From a
    pipe such an answer raises DatelineError.
    """
    if at_terminal:
        return click.confirm(question, default=default)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        return None
    said = line.strip().lower()
    if said and said not in _ANSWERS:
        raise DatelineError(f"the answer {said[:40]!r} is neither yes nor no, so nothing was done: answer y or n.")
    say(f"{question} {said}")
    return _ANSWERS.get(said, default)


_ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


class _PlainColumn(TextColumn):
    """A column of plain text, with unsafe characters escaped before its width is measured."""

    def render(self, task: Task) -> Text:
        """The words of a task."""
        return Text(visible(self.text_format.format(task=task)), style=self.style)


def progress(unit: str = "") -> Progress:
    """A progress display on standard error; it shows nothing if that is not a terminal."""
    console = err()
    return Progress(
        SpinnerColumn(),
        _PlainColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn(f"{{task.completed:,.0f}} {unit}"),
        _PlainColumn("{task.fields[said]}", style="dim"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


class StopFlag:
    """Whether a signal has asked this process to stop. SIGTERM and SIGINT (Ctrl-C) mean the same."""

    def __init__(self) -> None:
        self.to_stop = False

    def take(self, number: int, frame: FrameType | None) -> None:
        """The signal handler. It only sets the flag; the loop ends at its next turn."""
        self.to_stop = True


@contextmanager
def stop_signals() -> Iterator[StopFlag]:
    """While the block runs, SIGTERM and SIGINT only set the flag and do not end the process."""
    asked = StopFlag()
    earlier = {number: signal.signal(number, asked.take) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


class _Lines(logging.Formatter):
    """A formatter that gives one line for each message, whatever is in it; a traceback keeps its lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The message, with the line ends inside it escaped."""
        return super().formatMessage(record).replace("\n", "\\n")

    def format(self, record: logging.LogRecord) -> str:
        """The message and its traceback, if there is one."""
        return visible(super().format(record))


class _StandardError(logging.StreamHandler[IO[str]]):
    """A stream that writes to the current standard error, which a progress display replaces while it is shown."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> IO[str]:  # type: ignore[override]
        return sys.stderr


def logs_json() -> bool:
    """Whether the command that runs was asked to write its log as JSON."""
    context = click.get_current_context(silent=True)
    return context is not None and context.meta.get(_LOG_FORMAT) == "json"


def log_to_stderr(verbose: int, usual: int = logging.WARNING) -> None:
    """Log one line for each event to standard error.

    Our own lines from the level `usual` up (with -v: INFO), warnings of libraries (with -vv: everything)."""
    handler = _StandardError()
    lines = _Lines("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(JsonLines() if logs_json() else lines)
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, _StandardError)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose > 1 else logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if verbose > 1 else logging.INFO if verbose else usual)
