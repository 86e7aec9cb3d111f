"""The command line as a person and a script use it: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from scheduler import main
from tests.support.site import Site

ROOT = Path(__file__).parents[2]


def dateline(*arguments: str | Path, archive: Path, typed: str = "") -> Result:
    """Run a command in this process, with `typed` on its standard input."""
    environment = {"DATELINE_ARCHIVE": str(archive), "COLUMNS": "160"}
    words = [str(each) for each in arguments]
    return CliRunner().invoke(main, words, env=environment, prog_name="dateline", input=typed)


def facts(*arguments: str | Path, archive: Path) -> Any:
    """What a command prints with --json, which must be all of standard output."""
    result = dateline(*arguments, "--json", archive=archive)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return json.loads(result.stdout)


def watching(archive: Path, site: Site) -> Path:
    """Make an archive that watches a site's listing and looks at nothing again."""
    archive.mkdir()
    text = sources(quill=site.url) + f'listings = ["{site.at("/news/")}"]\nrecheck = []\n'
    (archive / "sources.toml").write_text(text, encoding="utf-8")
    return archive


def sources(*addresses: str, schedule: str = "every 1h", **names: str) -> str:
    """The text of a sources.toml: addresses as source1, source2, ..., or by name. No delay between requests.

    One process reads the pages: each one more would cost a second before it reads the first.
    """
    named = {f"source{number}": address for number, address in enumerate(addresses, 1)} | names
    return "[processing]\nworkers = 1\n\n" + "\n".join(
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
        process.wait(120)


class Command:
    """A command that runs in a process forked from one that has imported everything: it begins at once."""

    def __init__(self, forking: Forking, pid: int) -> None:
        self.pid = pid
        self._forking = forking
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self._code is None and select.select([self._forking.told], [], [], 0)[0]:
            self._code = int(self._forking.told.readline())
        return self._code

    def wait(self, seconds: float) -> int:
        """Its exit code, when it has ended."""
        if not within(seconds, lambda: self.poll() is not None):
            raise TimeoutError(f"process {self.pid} still runs after {seconds} seconds")
        assert self._code is not None
        return self._code


class Forking:
    """Runs commands as processes of their own, one after another, without the second that Python needs to import them.

    They write to `log`. What is forked has one thread, so that nothing is inherited but what was imported.
    """

    def __init__(self, archive: Path, log: Path) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _FORKING],
                env=os.environ | {"DATELINE_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT), "COLUMNS": "160"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                bufsize=0,
                start_new_session=True,
            )
        assert self._process.stdin
        assert self._process.stdout
        self._asked, self.told = self._process.stdin, self._process.stdout

    def start(self, *arguments: str | Path) -> Command:
        """Start a command; the one before must have ended."""
        self._asked.write(json.dumps([str(each) for each in arguments]).encode() + b"\n")
        return Command(self, int(self.told.readline()))

    def close(self) -> None:
        """End the process that forks."""
        self._asked.close()
        self._process.wait(120)
        self.told.close()


_FORKING = """
import json, os, sys
from scheduler import main
for line in sys.stdin.buffer:
    told = os.dup(1)
    pid = os.fork()
    if pid == 0:
        os.close(told)
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        main(json.loads(line), prog_name="dateline")
        os._exit(0)
    os.write(told, b"%d\\n" % pid)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.write(told, b"%d\\n" % code)
    os.close(told)
"""


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
        with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            for child in task.read_text().split():
                found |= {int(child)} | descendants(int(child))
    return found


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


_SERVE = """
import sys
from pathlib import Path
from archive.web import security, server, workers

def build(archive, options, usual=server.build):
    site = usual(archive, options)
    site.sql_time_limit_ms = 600_000
    return site

server.build = build
security.ANSWER_WITHIN = 600.0
workers.PATIENCE = 200
server.serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The site of an archive, in a process of its own as for its visitors: its address.

    Its limits by the clock are far away: on a busy machine a page is late, and right.
    """
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(archive)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()
        assert server.wait(120) == 0
