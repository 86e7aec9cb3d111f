"""What every command shares: options, exit codes, consoles, progress, logging, and messages instead of tracebacks."""

from __future__ import annotations

import errno
import json
import logging
import signal
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from archive.core.errors import DatelineError
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

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

OURS = ("archive", "crawler", "scheduler")
"""The loggers whose lines a person wants to see."""

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose failures end in a message and an exit code, and whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **keywords: Any) -> None:
        if example:
            keywords["epilog"] = f"\b\nExample:\n  {example}\n\n{EXIT_CODES}"
        super().__init__(*args, **keywords)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. `--debug` lets the traceback of any error through."""
        if ctx.params.get("debug"):
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            fail("interrupted", INTERRUPTED)
        except DatelineError as error:
            fail(str(error))
        except sqlite3.Error as error:
            fail(_of_database(error, archive_of(ctx)))
        except OSError as error:
            fail(_of_system(error))
        except Exception as error:  # noqa: BLE001 - the outermost boundary: the traceback goes to a file
            fail(_of_bug(error))


def version() -> str:
    """The version of the installed package; "0" in a checkout that is not installed."""
    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "0"


def options(function: AnyFunction) -> AnyFunction:
    """The options every command takes: --archive, -v and --debug."""
    for option in (
        click.option("--debug", is_flag=True, help="Show the traceback of an error."),
        click.option("-v", "--verbose", count=True, help="Say what happens; twice: the libraries' own lines too."),
        click.option(
            "--archive",
            "archive",
            metavar="DIR",
            type=click.Path(file_okay=False, path_type=Path),
            envvar="DATELINE_ARCHIVE",
            default=Path(),
            help="The archive directory; else DATELINE_ARCHIVE, else the current directory.",
        ),
    ):
        function = option(function)
    return function


def json_option(function: AnyFunction) -> AnyFunction:
    """--json: facts as JSON on standard output, and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")(function)


def archive_of(ctx: click.Context) -> Path:
    """The archive directory that the command was given."""
    return Path(ctx.params.get("archive") or ".")


def out() -> Console:
    """Where facts go: standard output, at most as wide as it is."""
    return Console(highlight=False)


def err() -> Console:
    """Where progress and messages go, so that standard output stays clean for pipes."""
    return Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Facts for a script, UTF-8 as it is."""
    click.echo(json.dumps(as_json(value), ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    """What JSON has no word for: lengths of time are seconds, the rest is text."""
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def fail(message: str, code: int = FAILED) -> NoReturn:
    """End the command with a message on standard error."""
    click.echo(f"dateline: {message}", err=True)
    raise click.exceptions.Exit(code)


def progress(unit: str = "") -> Progress:
    """A progress display on standard error; silent when that is not a terminal."""
    console = err()
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn(f"{{task.completed:,.0f}} {unit}"),
        TextColumn("[dim]{task.fields[said]}"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


class StopFlag:
    """Whether a signal asked this process to stop. SIGTERM and SIGINT (Ctrl-C) mean the same."""

    def __init__(self) -> None:
        self.to_stop = False

    def take(self, number: int, frame: FrameType | None) -> None:
        """The signal handler: only notes it; the loop ends at its next turn."""
        self.to_stop = True


@contextmanager
def stop_signals() -> Iterator[StopFlag]:
    """While the block runs, SIGTERM and SIGINT are noted instead of ending the process."""
    asked = StopFlag()
    earlier = {number: signal.signal(number, asked.take) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


class _StandardError(logging.StreamHandler[IO[str]]):
    """Writes to whatever standard error is now: a progress display takes its place while it is up."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> IO[str]:  # type: ignore[override]
        return sys.stderr


def log_to_stderr(verbose: int, usual: int = logging.WARNING) -> None:
    """One line an event on standard error. Ours from `usual` on (-v: INFO), libraries' warnings (-vv: everything)."""
    handler = _StandardError()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S"))
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, _StandardError)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose > 1 else logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if verbose > 1 else logging.INFO if verbose else usual)


def _of_database(error: sqlite3.Error, archive: Path) -> str:
    told = str(error)
    file = archive / "archive.db"
    if "full" in told:
        return f"the disk is full: {file} could not be written. Make room and run the command again; nothing is lost."
    if "disk I/O" in told:
        return (
            f"{file} could not be read or written ({told}): the disk is full or failing. Make room, or look at the "
            "disk, and run the command again; nothing is lost."
        )
    if "malformed" in told or "not a database" in told:
        return f"{file} is damaged ({told}). Move it away and run `dateline rebuild`: the WARC files hold everything."
    if "readonly" in told or "unable to open" in told:
        return f"{file} cannot be opened for writing ({told}): look at the permissions of the directory and the file."
    if "locked" in told:
        return f"{file} is locked by another program. Close it and run the command again."
    return f"{file}: {told}"


def _of_system(error: OSError) -> str:
    name = error.filename or ""
    reason = error.strerror or str(error) or type(error).__name__
    said = f"{reason}: {name}" if name else reason
    return f"{said}. Make room and run the command again; nothing is lost." if error.errno in _FULL else said


def _of_bug(error: Exception) -> str:
    with tempfile.NamedTemporaryFile(
        "w", prefix="dateline-error-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    return f"an error of ours ({type(error).__name__}: {error}). The traceback is in {file.name}; please report it."
