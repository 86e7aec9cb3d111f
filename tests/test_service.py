"""docs/service.md, followed line by line, with what needs a whole machine played.

Played are the commands that change the machine (useradd, systemctl, runuser, pip, docker). Dateline itself, the unit of
systemd, the health check and the signals are real.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path

import pytest

from scheduler import main
from tests.docs.pages import blocks, chapter
from tests.support.commandline import ROOT, publish, within
from tests.support.site import Site


def _blocks(title: str, language: str) -> list[str]:
    return blocks(language, chapter("docs/service.md", title))


def _lines(block: str) -> list[str]:
    """The commands of a block, without remarks; a line that goes on is one."""
    return [re.sub(r"\s{2,}#.*$", "", line) for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def _unit() -> ConfigParser:
    """The unit of systemd. Names keep their capitals, and a % is one."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    (text,) = _blocks("systemd", "ini")
    parser.read_string(text)
    return parser


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a `dateline` in a virtual environment, and players of what would change it."""
    program = tmp_path / "opt/bin/dateline"
    program.parent.mkdir(parents=True)
    code = "from scheduler import main; main(prog_name='dateline')"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c "{code}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    played = tmp_path / "played"
    played.mkdir()
    for name, after in {
        "useradd": f'mkdir -p "{tmp_path}/var"',
        "runuser": 'shift 3; exec "$@"',
        "systemctl": "",
        "journalctl": "",
        "python3": "",
        "pip": "",
    }.items():
        command = (program.parent if name == "pip" else played) / name
        command.write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/log\n{after}\n', encoding="utf-8")
        command.chmod(0o755)
    return tmp_path


def _on(machine: Path, text: str) -> str:
    return text.replace("/opt/dateline", f"{machine}/opt").replace("/var/lib/dateline", f"{machine}/var/dateline")


@pytest.fixture
def newsroom() -> Iterator[Site]:
    with Site() as site:
        publish(site, 2)
        yield site


@pytest.fixture
def example() -> Iterator[Site]:
    """The newsroom that an archive starts with."""
    with Site() as site:
        publish(site, 2, first=3)
        yield site


def test_the_lines_for_systemd_can_be_followed_in_their_order(machine: Path, newsroom: Site, example: Site) -> None:
    (block,) = _blocks("systemd", "sh")
    environment = os.environ | {"PATH": f"{machine / 'played'}:{os.environ['PATH']}"}
    for line in _lines(block):
        address = f"{newsroom.url} --allow-private"
        command = _on(machine, line).replace("https://press.un.org/en", address)
        done = subprocess.run(["sh", "-ec", command], env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (line, done.stderr)
        if " init " in line:  # the newsroom that it starts with is out of reach here
            file = machine / "var/dateline/sources.toml"
            text = file.read_text(encoding="utf-8").replace("https://astanatimes.com/", example.url)
            file.write_text(text.replace("[defaults]", "[defaults]\ndelay = 0"), encoding="utf-8")
        if "enable" in line:
            assert (machine / "var/dateline/sources.toml").is_file(), "the archive is there before the service starts"
            _serves(machine)
    played = [line.split()[0] for line in (machine / "log").read_text(encoding="utf-8").splitlines()]
    assert played == ["python3", "pip", "useradd", "runuser", "runuser", *["systemctl"] * 3, "journalctl"]


def _serves(machine: Path) -> None:
    """The unit's command runs, answers, reads its files again and ends as systemd would ask it to."""
    service = _unit()["Service"]
    command = shlex.split(_on(machine, service["ExecStart"]).replace("--port 8001", "--port 0"))
    name, _, value = _on(machine, service["Environment"]).partition("=")
    said = machine / "said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            command, env=os.environ | {name: value, "PYTHONUNBUFFERED": "1"}, stdout=out, stderr=out
        )
    try:
        note = Path(value) / ".daemon.json"
        assert within(120, lambda: "Serving http" in said.read_text() and note.exists()), said.read_text()
        subprocess.run(shlex.split(service["ExecReload"].replace("$MAINPID", str(process.pid))), check=True)
        assert within(120, lambda: "sources.toml was read again" in said.read_text()), said.read_text()
        assert within(120, lambda: _is_well(note)), said.read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(int(service["TimeoutStopSec"])) == 0
    finally:
        process.kill()
        process.wait()


def _is_well(note: Path) -> bool:
    """Whether the site passes the health check of the image."""
    address = json.loads(note.read_text(encoding="utf-8"))["address"]
    check = [sys.executable, "-c", _check().replace("http://127.0.0.1:8001/", address)]
    return subprocess.run(check, capture_output=True, timeout=120, check=False).returncode == 0


def _check() -> str:
    """The Python of the image's health check."""
    (dockerfile,) = _blocks("Docker", "dockerfile")
    command = re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", dockerfile, re.M)
    assert command
    python, option, code = json.loads(command[1])
    assert (python, option) == ("python", "-c")
    return str(code)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_finds_no_fault_in_the_unit(machine: Path) -> None:
    (text,) = _blocks("systemd", "ini")
    unit = machine / "dateline.service"
    unit.write_text(_on(machine, text), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, timeout=120, check=False)
    about = [line for line in done.stderr.splitlines() if "dateline" in line]
    assert about == []


def _dockerfile() -> dict[str, list[str]]:
    """The instructions of the image, by their names."""
    (dockerfile,) = _blocks("Docker", "dockerfile")
    found: dict[str, list[str]] = {}
    for line in dockerfile.replace("\\\n", " ").splitlines():
        name, _, rest = line.partition(" ")
        found.setdefault(name, []).append(rest)
    return found


def test_the_image_runs_what_the_command_line_knows() -> None:
    image = _dockerfile()
    program, words = json.loads(image["ENTRYPOINT"][0]), json.loads(image["CMD"][0])
    assert program == ["dateline"]
    assert image["EXPOSE"] == [words[-1]]
    assert f"install -d -o {image['USER'][0]} {image['VOLUME'][0]}" in image["RUN"][0], "a volume belongs to the user"
    main.commands[words[0]].make_context(words[0], words[1:], resilient_parsing=False)
    (block,) = _blocks("Docker", "sh")
    (made,) = [line for line in _lines(block) if " init " in line]
    _, _, arguments = made.partition(" dateline ")
    name, *words = shlex.split(arguments)
    main.commands[name].make_context(name, words, resilient_parsing=False)
    assert [line.split()[1] for line in _lines(block) if line.startswith("docker")] == ["build", "run", "run", "kill"]


def test_the_image_is_built_of_all_that_it_needs_and_of_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line.removeprefix("!") for line in lines if line.startswith("!")]
    assert lines[[line.startswith("#") for line in lines].index(False)] == "*", "what is not named stays out"
    needed = {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "scheduler.py", "archive", "crawler"}
    assert set(kept) == needed
    assert all((ROOT / name).exists() for name in kept)
    ignored = [line for line in lines if line.startswith("**/")]
    assert any(fnmatch("archive/web/__pycache__", pattern) for pattern in ignored)


def test_the_line_for_cron_can_be_run() -> None:
    (block,) = (found for found in _blocks("cron", "") if "dateline crawl" in found)
    before, _, rest = block.partition("dateline crawl")
    *when, place = before.split()
    assert len(when) == 5
    assert place.startswith("/"), "cron does not look where pip and pipx put programs"
    words = shlex.split(rest.partition(">")[0])
    main.commands["crawl"].make_context("crawl", words, resilient_parsing=False)
