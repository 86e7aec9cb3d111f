"""The command line as a person and a script use it: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from scheduler import main
from tests.site import Site

ROOT = Path(__file__).parent.parent


def dateline(*arguments: str | Path, archive: Path) -> Result:
    """Run a command in this process."""
    environment = {"DATELINE_ARCHIVE": str(archive), "COLUMNS": "160"}
    return CliRunner().invoke(main, [str(each) for each in arguments], env=environment, prog_name="dateline")


def facts(*arguments: str | Path, archive: Path) -> Any:
    """What a command prints with --json, which must be all of standard output."""
    result = dateline(*arguments, "--json", archive=archive)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return json.loads(result.stdout)


def sources(*addresses: str, schedule: str = "every 1h", **names: str) -> str:
    """The text of a sources.toml: addresses as source1, source2, ..., or by name. No delay between requests."""
    named = {f"source{number}": address for number, address in enumerate(addresses, 1)} | names
    return "\n".join(
        f'[[source]]\nname = "{name}"\nurl = "{address}"\ndelay = 0\nschedule = "{schedule}"\n'
        for name, address in named.items()
    )


WORDS = """
    harbour crane tide cargo ferry pilot anchor timber grain mayor council budget opens repairs lantern bridge winter
    spring signal captain barrel warehouse customs fisher market railway engineer storm measure dredger channel buoy
"""


def publish(site: Site, count: int, first: int = 1) -> None:
    """Publish releases called quay-1, quay-2, ... whose texts have nothing in common but their language."""
    for number in range(first, first + count):
        day = f"2026-03-{(number - 1) % 28 + 1:02}"
        site.release(f"quay-{number}", f"Quay {number} opens", day, *_story(random.Random(number)))


def _story(chance: random.Random) -> tuple[str, ...]:
    return tuple(f"{' '.join(chance.choices(WORDS.split(), k=25)).capitalize()}." for _ in range(3))


@contextmanager
def running(*arguments: str | Path, archive: Path, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A command as a process of its own, in its own process group; killed at the end if it still runs."""
    output = (log or archive / "log.txt").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-c", "from scheduler import main; main(prog_name='dateline')", *map(str, arguments)],
        env=os.environ | {"DATELINE_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    output.close()
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(10)


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether a condition becomes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that these started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found |= {int(child)} | descendants(int(child))
    return found


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
