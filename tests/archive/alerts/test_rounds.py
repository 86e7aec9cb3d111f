"""Rounds: what is stored becomes messages, once each, whatever happens in between."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from archive.alerts import ledger, rounds
from archive.alerts.digest import When, last_time
from archive.alerts.services import Services
from archive.alerts.settings import Alert, Settings
from tests.archive.alerts.support import NOW, Happenings, Webhook

BEGAN = NOW - timedelta(hours=2)


class Rounds:
    """An archive with alerts, and its rounds."""

    def __init__(self, directory: Path, happenings: Happenings, webhook: Webhook) -> None:
        self.directory, self.happenings = directory, happenings
        self.settings = Settings((Alert("Ferries", (webhook.address,), "ferry", what=("new", "edited", "removed")),))
        self.run(BEGAN)

    def alert(self, **fields: object) -> None:
        (alert,) = self.settings.alerts
        self.settings = replace(self.settings, alerts=(replace(alert, **fields),))  # type: ignore[arg-type]

    def run(self, at: datetime = NOW) -> list[str]:
        """The subjects of what was tried."""
        with ledger.open_ledger(self.directory) as book, self.happenings.reading() as connection:
            rounds.prepare(connection, book, self.settings, at)
            return [each.message.subject for each in rounds.deliver(book, self.settings, Services({}), lambda: at)]


@pytest.fixture
def alerted(tmp_path: Path, happenings: Happenings, webhook: Webhook) -> Rounds:
    return Rounds(tmp_path, happenings, webhook)


def test_each_change_that_matches_is_delivered_once(alerted: Rounds, happenings: Happenings, webhook: Webhook) -> None:
    happenings.release(1, "The night ferry sails.", title="Ferry")
    happenings.release(2, "A bridge opens.")
    assert alerted.run() == ["Ferries: New: Ferry"]
    assert alerted.run() == []
    happenings.edit(1, "The ferry rests.", severity="major", at=NOW - timedelta(minutes=2))
    happenings.remove(1, at=NOW - timedelta(minutes=1))
    assert alerted.run() == ["Ferries: 1 edit, 1 removal"]
    assert alerted.run() == []
    assert webhook.subjects() == ["Ferries: New: Ferry", "Ferries: 1 edit, 1 removal"]
    assert len(set(webhook.ids)) == 2


def test_a_new_alert_sends_nothing_of_before(alerted: Rounds, happenings: Happenings) -> None:
    happenings.release(1, "An earlier ferry.", at=BEGAN - timedelta(minutes=1))
    assert alerted.run() == []


def test_a_release_of_long_ago_that_a_backfill_brings_is_not_new(alerted: Rounds, happenings: Happenings) -> None:
    happenings.release(1, "The ferry of old.", age=timedelta(days=900))
    assert alerted.run() == []


def test_what_a_service_refuses_is_tried_again_and_loses_nothing(
    alerted: Rounds, happenings: Happenings, webhook: Webhook
) -> None:
    webhook.answers = [503, 503]
    happenings.release(1, "A ferry.", title="One")
    assert len(alerted.run()) == 1
    assert alerted.run() == []
    happenings.release(2, "Another ferry.", title="Two")
    assert len(alerted.run(NOW + timedelta(seconds=6))) == 1
    assert webhook.taken == []
    assert sorted(alerted.run(NOW + timedelta(minutes=2))) == ["Ferries: New: One", "Ferries: New: Two"]
    assert sorted(webhook.subjects()) == ["Ferries: New: One", "Ferries: New: Two"]


def test_another_database_repeats_nothing(
    alerted: Rounds, happenings: Happenings, tmp_path: Path, webhook: Webhook
) -> None:
    happenings.release(1, "A ferry.", title="One")
    assert len(alerted.run()) == 1
    happenings.path.unlink()
    for beside in ("-wal", "-shm"):
        Path(f"{happenings.path}{beside}").unlink(missing_ok=True)
    again = Happenings(tmp_path)
    again.release(1, "A ferry.", title="One")
    assert alerted.run() == []
    again.release(2, "A second ferry.", title="Two")
    assert alerted.run() == ["Ferries: New: Two"]
    assert webhook.subjects() == ["Ferries: New: One", "Ferries: New: Two"]


def test_a_digest_waits_for_its_time_and_holds_all(alerted: Rounds, happenings: Happenings) -> None:
    daily = When("daily", time(8))
    planned = last_time(daily, NOW) + timedelta(days=1)
    alerted.alert(when=daily)
    assert alerted.run() == []
    for number in range(1, 4):
        happenings.release(number, "A ferry.")
    assert alerted.run(planned - timedelta(minutes=1)) == []
    assert alerted.run(planned + timedelta(minutes=1)) == ["Ferries: 3 new releases"]
    assert alerted.run(planned + timedelta(hours=6)) == []


def test_many_changes_make_messages_of_twenty(alerted: Rounds, happenings: Happenings) -> None:
    for number in range(1, 46):
        happenings.release(number, "A ferry.")
    sizes = ["Ferries: 20 new releases", "Ferries: 20 new releases", "Ferries: 5 new releases"]
    assert sorted(alerted.run()) == sizes


def test_a_change_that_was_withdrawn_before_its_digest_is_not_sent(alerted: Rounds, happenings: Happenings) -> None:
    alerted.alert(when=When("hourly"))
    happenings.release(1, "A ferry.")
    alerted.run(NOW.replace(minute=0, second=0))
    happenings.release(2, "A ferry.")
    alerted.run(NOW.replace(minute=0, second=0) + timedelta(seconds=1))
    with happenings.writing() as db:
        db.execute("delete from events where article_id = 2")
    assert alerted.run(NOW + timedelta(hours=2)) in ([], ["Ferries: New: Release 1"])


def test_a_copy_that_was_kept_apart_goes_on_from_where_it_was(
    alerted: Rounds, happenings: Happenings, tmp_path: Path, webhook: Webhook
) -> None:
    """As after a restored backup of alerts.db: what was delivered since is not known there, and has the same id."""
    kept = tmp_path / "kept.db"
    shutil.copy(tmp_path / ledger.FILE, kept)
    happenings.release(1, "A ferry.")
    alerted.run()
    for beside in ("", "-wal", "-shm"):
        Path(f"{tmp_path / ledger.FILE}{beside}").unlink(missing_ok=True)
    shutil.copy(kept, tmp_path / ledger.FILE)
    alerted.run()
    assert len(webhook.ids) == 2
    assert len(set(webhook.ids)) == 1
