"""The process that sends beside the daemon: it starts with the first alert, ends with its parent, and loses nothing."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.alerts.process import AlertProcess, Sender
from archive.alerts.services import Services
from tests.archive.alerts.support import NOW, Happenings, Webhook
from tests.support.commandline import within


def alert(directory: Path, webhook: Webhook, name: str = "Ferries", more: str = "") -> None:
    lines = f'[[alert]]\nname = "{name}"\nsearch = "ferry"\ndeliver = "{webhook.address}"\n{more}'
    (directory / "decisions.toml").write_text(lines)


def has_begun(directory: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{directory}/alerts.db?mode=ro", uri=True)) as ledger:
            return bool(ledger.execute("select count(*) from alerts").fetchone() == (1,))
    except sqlite3.OperationalError:  # not made yet
        return False


def test_the_daemon_starts_it_when_there_are_alerts_and_ends_it(
    tmp_path: Path, happenings: Happenings, webhook: Webhook, caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO, "archive.alerts.process")  # commands in other tests set the level of "archive"
    held = AlertProcess(tmp_path)
    request.addfinalizer(held.stop)
    held.see_to(NOW)
    assert held.process is None
    alert(tmp_path, webhook)
    held.see_to(NOW + timedelta(seconds=2))
    assert held.process is not None
    moments = iter(NOW + timedelta(seconds=n) for n in range(3, 1000))
    assert within(60, lambda: has_begun(tmp_path))

    def arrived() -> bool:
        held.see_to(next(moments))
        return bool(webhook.taken)

    happenings.release(1, "A ferry.", title="One", at=datetime.now(UTC))
    assert within(60, arrived)
    assert within(60, lambda: (held.see_to(next(moments)), "delivered to json://127.0.0.1" in caplog.text)[1])
    began = time.monotonic()
    held.stop()
    assert time.monotonic() - began < 60
    assert held.process is None
    assert webhook.subjects() == ["Ferries: New: One"]


def test_the_time_to_end_counts_from_when_it_was_asked_to(
    tmp_path: Path, happenings: Happenings, webhook: Webhook, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    held = AlertProcess(tmp_path)
    request.addfinalizer(held.stop)
    held.end()  # there is none yet
    alert(tmp_path, webhook)
    held.see_to(NOW)
    ended = held.process
    assert ended is not None
    waited: list[float] = []
    wait = ended.wait

    def noted(seconds: float) -> int:
        waited.append(seconds)
        return wait(60)

    monkeypatch.setattr(ended, "wait", noted)
    held.end()
    asked = held.until
    held.end()
    assert held.until == asked
    held.until = time.monotonic() - 3  # what else had to end took that long
    held.stop()
    assert waited == [0.1]
    assert held.process is None
    assert ended.returncode == 0


def test_a_mistake_in_the_file_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "decisions.toml").write_text('[[alert]]\nname = "a"\n')
    held = AlertProcess(tmp_path)
    for second in range(0, 20, 2):
        held.see_to(NOW + timedelta(seconds=second))
    assert caplog.text.count("decisions.toml has a mistake") == 1
    assert held.process is None


def test_a_turn_reads_the_file_again_when_it_changed_and_ends_without_alerts(
    tmp_path: Path, happenings: Happenings, webhook: Webhook
) -> None:
    said: list[str] = []
    clock = [NOW - timedelta(minutes=5)]
    sender = Sender(tmp_path, Services({}), lambda: clock[0])
    alert(tmp_path, webhook)
    with happenings.reading() as connection:

        def turn() -> bool:
            clock[0] += timedelta(minutes=1)
            return sender.turn(connection, lambda: False, lambda level, words: said.append(words))

        assert turn()
        (tmp_path / "decisions.toml").write_text("[[alert]]\n")
        assert turn()
        assert turn()
        assert "the alerts stay as they were" in said[-1]
        happenings.release(1, "A ferry.", title="One", at=clock[0])
        assert turn()
        assert webhook.subjects() == ["Ferries: New: One"]
        (tmp_path / "decisions.toml").write_text("")
        assert turn()
        assert not turn()


PARENT = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from archive.alerts.process import AlertProcess
held = AlertProcess(Path(sys.argv[1]))
while True:
    held.see_to(datetime.now(UTC))
    time.sleep(0.05)
"""
"""As the daemon does."""

SENDER = "from archive.alerts.process import main; main()"


@contextmanager
def started(code: str, directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", code, str(directory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment) as process:
        yield process
        process.kill()


def killed_again_and_again(
    code: str, directory: Path, happenings: Happenings, webhook: Webhook, kills: int, seed: int
) -> None:
    """Releases come while a process is killed at random moments; each is delivered."""
    alert(directory, webhook)
    order = random.Random(seed)
    wanted = {f"{number}-{one}" for number in range(kills + 1) for one in range(5)}
    for number in range(kills + 1):
        with started(code, directory):
            if number == 0:
                assert within(60, lambda: has_begun(directory))
            for one in range(5):
                at = datetime.now(UTC)
                happenings.release(number * 10 + one + 1, "A ferry.", title=f"{number}-{one}", at=at)
            if number < kills:
                time.sleep(order.uniform(0, 2.5))
            else:
                assert within(120, lambda: {*reported(webhook)} == wanted), sorted(wanted - {*reported(webhook)})
    time.sleep(1)
    once = dict(zip(webhook.ids, webhook.taken, strict=True))
    assert sorted(titles(once.values())) == sorted(wanted)


def reported(webhook: Webhook) -> list[str]:
    return titles(webhook.taken)


def titles(bodies: Iterable[dict[str, Any]]) -> list[str]:
    lines = (line for body in bodies for line in body["message"].splitlines())
    return [line.removeprefix("New: ") for line in lines if line.startswith("New: ")]


@pytest.mark.parametrize("kills", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_a_daemon_that_is_killed_loses_nothing_and_repeats_nothing(
    tmp_path: Path, happenings: Happenings, webhook: Webhook, kills: int
) -> None:
    killed_again_and_again(PARENT, tmp_path, happenings, webhook, kills, seed=kills)
    assert len(webhook.ids) == len({*webhook.ids})


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_what_is_repeated_after_a_kill_of_the_sender_has_the_same_id(
    tmp_path: Path, happenings: Happenings, webhook: Webhook, seed: int
) -> None:
    """Only a kill between the answer of a service and its mark repeats a message."""
    killed_again_and_again(SENDER, tmp_path, happenings, webhook, kills=10, seed=seed)
    assert len(webhook.ids) - len({*webhook.ids}) <= 2
