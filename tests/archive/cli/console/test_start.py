"""Signals in the second in which a command imports what it needs, sent to real processes."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

BEGUN = "import os, signal\nfrom archive.cli.console import start\nstart.begin()\n"
HIT = "os.kill(os.getpid(), signal.{})\n"
COMMAND_LINE = """
import os, signal, sys

class Meanwhile:
    def find_spec(self, name, *rest):
        if name == "apscheduler":
            os.kill(os.getpid(), signal.{})

sys.meta_path.insert(0, Meanwhile())
import scheduler
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""


def ended(code: str, *arguments: str) -> tuple[int, str, str]:
    """The exit code, output and errors of a Python process."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_ctrl_c_ends_a_command_that_still_imports_without_a_word() -> None:
    assert ended(COMMAND_LINE.format("SIGINT"), "crawl") == (-signal.SIGINT, "", "")


def test_then_it_is_an_interruption_that_the_command_answers() -> None:
    code, _, errors = ended(BEGUN + "start.imported()\n" + HIT.format("SIGINT"))
    assert code != 0
    assert errors.endswith("KeyboardInterrupt")


def test_who_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    hit = HIT.format("SIGINT")
    assert ended(f"{deaf}{BEGUN}{hit}start.imported()\n{hit}print('on')") == (0, "on", "")


@pytest.mark.parametrize(
    ("command", "expected"), [("run", (0, "True", "")), ("serve", (-signal.SIGHUP, "", ""))], ids=["daemon", "other"]
)
def test_a_hup_does_not_end_a_daemon_that_still_imports(command: str, expected: tuple[int, str, str]) -> None:
    assert ended(COMMAND_LINE.format("SIGHUP"), command) == expected


def test_what_a_daemon_starts_is_ended_by_a_hup_as_ever() -> None:
    child = "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', sys.argv[2]]).returncode)"
    assert ended(BEGUN + child, "run", "import os, signal\n" + HIT.format("SIGHUP")) == (0, str(-signal.SIGHUP), "")


def test_another_program_may_import_it_in_a_thread() -> None:
    thread = "import threading\nother = threading.Thread(target=__import__, args=('scheduler',))\n"
    assert ended(f"{thread}other.start()\nother.join()\nprint('on')", "run") == (0, "on", "")
