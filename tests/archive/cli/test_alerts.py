"""The command `alerts`: what it lists, would send, sends and tests; and alerts in `status`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.archive.alerts.support import Happenings, Webhook
from tests.support.commandline import dateline


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as service:
        yield service


@pytest.fixture
def archive(tmp_path: Path, webhook: Webhook) -> Path:
    """An archive whose alert has begun; a release that it is about came since."""
    happenings = Happenings(tmp_path)
    happenings.release(1, "An old ferry.", at=datetime.now(UTC) - timedelta(hours=1))
    (tmp_path / "decisions.toml").write_text(
        f'[[alert]]\nname = "Ferries"\nsearch = "ferry"\ndeliver = "{webhook.address}?+X-Token=hunter2secret"\n'
    )
    assert dateline("alerts", "--dry-run", archive=tmp_path).stdout.startswith("Not begun: Ferries. ")
    sent = dateline("alerts", "--send", archive=tmp_path).stdout
    assert sent == "Begun now, to report what comes from now on: Ferries.\n0 messages delivered, 0 wait.\n"
    happenings.release(2, "A new ferry.", title="Ferry", at=datetime.now(UTC) + timedelta(seconds=1))
    return tmp_path


def test_without_alerts_it_says_how_to_add_one(tmp_path: Path) -> None:
    Happenings(tmp_path)
    assert "Add an [[alert]] to decisions.toml" in dateline("alerts", archive=tmp_path).stdout
    assert dateline("alerts", "--json", archive=tmp_path).stdout.strip() == "[]"


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(archive: Path, webhook: Webhook) -> None:
    for _ in range(2):
        shown = dateline("alerts", "--dry-run", archive=archive).stdout
        assert "Ferries: New: Ferry" in shown
        assert "1 message would be sent now." in shown
    assert webhook.taken == []
    (message,) = json.loads(dateline("alerts", "--dry-run", "--json", archive=archive).stdout)
    assert message["message"]["subject"] == "Ferries: New: Ferry"


def test_it_sends_once_and_lists_when(archive: Path, webhook: Webhook) -> None:
    sent = dateline("alerts", "--send", archive=archive)
    assert (sent.exit_code, "1 message delivered, 0 wait." in sent.stdout) == (0, True)
    assert dateline("alerts", "--send", archive=archive).stdout == "0 messages delivered, 0 wait.\n"
    assert webhook.subjects() == ["Ferries: New: Ferry"]
    listed = dateline("alerts", archive=archive).stdout
    assert "new: ferry" in listed
    assert f"{datetime.now(UTC):%Y-%m-%d}" in listed
    (facts,) = json.loads(dateline("alerts", "--json", archive=archive).stdout)
    assert (facts["name"], facts["undelivered"], facts["when"], facts["max_age"]) == ("Ferries", 0, "at once", "7d")


def test_a_service_that_fails_is_named_here_and_in_status_without_its_secret(archive: Path, webhook: Webhook) -> None:
    webhook.answers = [500]
    sent = dateline("alerts", "--send", archive=archive)
    assert sent.exit_code == 3
    assert "0 messages delivered, 1 waits." in sent.stdout
    for command in ("alerts", "status"):
        result = dateline(command, archive=archive)
        assert result.exit_code == 3
        assert "1 message not delivered; its service failed once, again at" in result.stdout
        assert "hunter2" not in result.stdout + result.stderr + sent.stdout + sent.stderr
    assert dateline("alerts", "--send", archive=archive).exit_code == 0
    assert dateline("status", archive=archive).exit_code == 0


def test_a_test_message_goes_to_every_service_of_the_alert(archive: Path, webhook: Webhook) -> None:
    result = dateline("alerts", "--test", "Ferries", archive=archive)
    assert (result.exit_code, "took it." in result.stdout) == (0, True)
    assert webhook.subjects() == ["Ferries: test"]
    webhook.answers = [500]
    assert dateline("alerts", "--test", "Ferries", archive=archive).exit_code == 3
    unknown = dateline("alerts", "--test", "Boats", archive=archive)
    assert (unknown.exit_code, "has no alert 'Boats'. Its alerts: Ferries." in unknown.stderr) == (1, True)
    assert dateline("alerts", "--test", "Ferries", "--send", archive=archive).exit_code == 2


def test_a_mistake_is_named_with_its_line(archive: Path) -> None:
    (archive / "decisions.toml").write_text('[[alert]]\nname = "a"\nsearch = "x"\n')
    for command in ("alerts", "status"):
        result = dateline(command, archive=archive)
        assert result.exit_code == 1
        assert "decisions.toml" in result.stderr
        assert "expected deliver" in result.stderr


def test_what_would_never_be_reported_or_reach_anybody_is_named(archive: Path, webhook: Webhook) -> None:
    assert dateline("alerts", archive=archive).stderr == ""
    known = sources_of(archive)
    with (archive / "decisions.toml").open("a") as file:
        file.write(
            f'[[alert]]\nname = "Quays"\nsource = ["{known[0]}", "nobody"]\ntag = "ports"\n'
            'deliver = ["nosuch://x", "json://${QUAYS_PLACE}/hunter2secret"]\n'
        )
    result = dateline("alerts", archive=archive)
    assert result.exit_code == 0
    said = " ".join(result.stderr.split())
    assert f"Quays: the archive knows no source nobody yet; there are: {known[0]}" in said
    assert "Quays: the archive knows no tag ports yet; there are: none" in said
    assert "nosuch://... gets no message from here: apprise knows no such service" in said
    assert "the environment variable QUAYS_PLACE is not set" in said
    assert "hunter2secret" not in said


def test_of_many_sources_those_are_named_that_are_most_like_the_one_asked_for(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.executemany("insert into sources (name, title) values (?, '')", [(f"quay-{n:03}",) for n in range(300)])
        number = db.execute("select count(*) from sources").fetchone()[0]
    with (archive / "decisions.toml").open("a") as file:
        file.write('[[alert]]\nname = "Quays"\nsource = ["quay-177a"]\ndeliver = ["json://127.0.0.1:9/"]\n')
    said = " ".join(dateline("alerts", archive=archive).stderr.split())
    assert "quay-177, " in said
    assert "quay-250" not in said
    assert said.endswith(f" and {number - 10} others")


def sources_of(archive: Path) -> list[str]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        return [row[0] for row in db.execute("select name from sources order by name")]
