"""Schedules and the daemon on simulated time: APScheduler's own loop, a clock that is set, a crawler of our own."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import apscheduler.schedulers.base
import pytest
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler

from archive.core.errors import SourcesError
from crawler.schedule.daemon import PART_OF, RELOAD, Daemon
from crawler.schedule.dispatcher import Dispatcher
from crawler.sources.pace import Pace, in_words
from crawler.sources.sources import Source
from crawler.worker.messages import Batch, Finished, FromWorker, Outcome, Ready, ToWorker
from tests.crawler.schedule.test_dispatcher import Clock, FakeKeeper, Seen
from tests.crawler.schedule.test_triggers import AUTUMN, SPRING

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


class Simulated(BaseScheduler):  # type: ignore[misc]
    """APScheduler without a thread: its loop is run by hand, its jobs at once."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(timezone=UTC, executors={"default": DebugExecutor()})
        self.clock = clock

    def wakeup(self) -> None: ...

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def tick(self, until: datetime) -> None:
        """Do what is due, and go to the moment when something is next."""
        seconds = self._process_jobs()
        ahead = timedelta(seconds=seconds if seconds is not None else 3600)
        self.clock.now = min(until, self.clock.now + max(ahead, timedelta(milliseconds=1)))


OUTCOMES = {
    "fails": Outcome(errors=1, message="refused"),
    "hangs": Outcome(captures=1, stopped_by="time", message="took longer than it may"),
}


class Newsroom:
    """A crawler process that ends each crawl after a time of its source's own; None: never."""

    def __init__(self, clock: Clock, lengths: Mapping[str, timedelta | None]) -> None:
        self.clock, self.lengths = clock, lengths
        self.begun: Counter[str] = Counter()
        self.ends: list[tuple[datetime, Finished]] = []
        self.says: deque[FromWorker] = deque([Ready()])
        self.alive = True

    def start(self) -> None: ...

    def send(self, message: ToWorker) -> None:
        if isinstance(message, Batch):
            for job in message.jobs:
                name = job.source.name
                self.begun[name] += 1
                length = self.lengths.get(name, timedelta(seconds=20))
                outcome = OUTCOMES.get(name, Outcome(captures=1))
                if length is not None:
                    self.ends.append((self.clock.now + length, Finished(name, outcome)))

    def poll(self, timeout: float) -> FromWorker | None:
        for end in [end for end in self.ends if end[0] <= self.clock.now]:
            self.ends.remove(end)
            self.says.append(end[1])
        return self.says.popleft() if self.says else None

    def stop(self, grace: float) -> None: ...

    def kill(self) -> None: ...


class Stage:
    """A daemon on simulated time."""

    def __init__(self, directory: Path, start: datetime, text: str, lengths: Mapping[str, timedelta | None]) -> None:
        self.clock = Clock(start)
        self.newsroom = Newsroom(self.clock, lengths)
        self.file = directory / "sources.toml"
        self.file.write_text(text, encoding="utf-8")
        self.seen = Seen()
        self.last: dict[str, datetime] = {}
        self.watched: list[str] = []
        self.published: list[datetime] = []
        self.pace = Pace()
        self.decided = 0
        self.mistake = ""
        crawl = Dispatcher(FakeKeeper(), lambda: self.newsroom, self.clock, self.seen, renew_after=10**9)
        self.scheduler = Simulated(self.clock)
        self.daemon = Daemon(
            self.file,
            crawl,
            self.clock,
            self,
            self.scheduler,
            look_every=600,
            beside=(self.file.with_name("decisions.toml"),),
        )

    def last_crawls(self) -> dict[str, datetime]:
        return self.last

    def publications(self, source: str, now: datetime) -> tuple[tuple[datetime, ...], tuple[str, ...]]:
        return tuple(at for at in self.published if at <= now), (in_words(self.pace),)

    def recover(self) -> None:
        raise AssertionError("nothing is to be recovered")

    def decide(self) -> None:
        if self.mistake:
            raise SourcesError(self.mistake)
        self.decided += 1

    def watch(self, sources: Iterable[Source]) -> None:
        self.watched = [source.name for source in sources]

    def run(self, hours: float) -> Counter[str]:
        """Let time pass, and count the crawls that began in it."""
        before = Counter(self.newsroom.begun)
        until = self.clock.now + timedelta(hours=hours)
        while self.clock.now < until:
            self.scheduler.tick(until)
            self.daemon.turn(0)
            self.daemon.turn(0)
        return self.newsroom.begun - before


@pytest.fixture
def clock_of_apscheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Stage]]:
    """Lets APScheduler read the clock of the stage that a test puts into the list."""
    stages: list[Stage] = []

    class Moment(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return stages[0].clock.now.astimezone(tz)

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Moment)
    yield stages
    if stages[0].scheduler.running:
        stages[0].scheduler.shutdown()


def text(**schedules: str) -> str:
    return "".join(
        f'[[source]]\nname = "{name}"\nurl = "https://{name}.example/"\nschedule = "{schedule}"\n'
        + ('timezone = "Europe/Berlin"\n' if " * " in schedule else "")
        + "timeout = 1800\n\n"
        for name, schedule in schedules.items()
    )


@pytest.mark.parametrize(
    ("start", "quarters", "hours"), [(SPRING, 92, 23), (AUTUMN, 100, 25)], ids=["spring", "autumn"]
)
def test_a_simulated_day_crawls_each_source_as_often_as_its_schedule_says(
    start: datetime, quarters: int, hours: int, tmp_path: Path, clock_of_apscheduler: list[Stage]
) -> None:
    stage = Stage(
        tmp_path,
        start - timedelta(minutes=5),
        text(
            quarterly="*/15 * * * *",
            daily="30 2 * * *",
            morning="0 9 * * 1-7",
            interval="every 30m",
            fails="*/15 * * * *",
            slow="*/30 * * * *",
            hangs="every 20m",
        ),
        {"slow": timedelta(minutes=25), "hangs": timedelta(minutes=30)},
    )
    clock_of_apscheduler.append(stage)
    stage.last = dict.fromkeys(("quarterly", "daily", "morning", "fails", "slow"), stage.clock.now)
    stage.last |= {"interval": stage.clock.now - timedelta(minutes=24), "hangs": stage.clock.now}
    stage.daemon.start()
    assert stage.run(5 / 60) == {}
    begun = stage.run(hours)
    assert begun["quarterly"] == begun["fails"] == quarters
    assert begun["slow"] == hours * 2
    assert begun["interval"] == hours * 2
    assert begun["daily"] == begun["morning"] == 1
    assert begun["hangs"] in (hours * 3 // 2, hours * 3 // 2 + 1)
    assert {report.source for report in stage.seen.reports if report.failed} == {"fails", "hangs"}


def test_what_was_missed_while_the_daemon_was_down_is_crawled_once_and_soon(
    tmp_path: Path, clock_of_apscheduler: list[Stage]
) -> None:
    stage = Stage(tmp_path, NOON, text(often="*/5 * * * *", never="0 3 * * *", recent="0 3 * * *"), {})
    clock_of_apscheduler.append(stage)
    stage.last = {"often": NOON - timedelta(days=30), "recent": NOON - timedelta(hours=2)}
    stage.daemon.start()
    assert stage.run(2 / 60) == {"often": 1, "never": 1}


def test_the_log_says_that_a_daemon_runs_and_what_is_due(
    tmp_path: Path, clock_of_apscheduler: list[Stage], caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path, NOON, text(often="every 1h", daily="0 15 * * *"), {})
    clock_of_apscheduler.append(stage)
    stage.last = dict.fromkeys(("often", "daily"), NOON)
    with caplog.at_level("INFO", "crawler.schedule.daemon"):
        stage.daemon.start()
    due = min(stage.daemon.next_times().values())
    assert caplog.messages == [f"the daemon runs; sources on schedule: 2; the next is due at {due:%Y-%m-%d %H:%M} UTC"]


def test_a_computer_that_slept_crawls_once_when_it_wakes(tmp_path: Path, clock_of_apscheduler: list[Stage]) -> None:
    stage = Stage(tmp_path, NOON, text(often="*/5 * * * *"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(0.25)
    stage.clock.now += timedelta(hours=9)
    assert stage.run(1 / 60) == {"often": 1}


def test_a_clock_that_is_set_back_puts_off_no_crawl(tmp_path: Path, clock_of_apscheduler: list[Stage]) -> None:
    stage = Stage(tmp_path, NOON + timedelta(days=700), text(often="every 1h", daily="0 3 * * *"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(2)
    stage.clock.now = NOON
    stage.last = dict.fromkeys(("often", "daily"), NOON + timedelta(days=700))
    stage.daemon.turn(0)
    begun = stage.run(24)
    assert begun["often"] in (23, 24)
    assert begun["daily"] == 1
    stage.file.write_text(text(often="every 1h", new="every 6h"), encoding="utf-8")
    assert stage.run(1)["new"] == 1


def test_sources_toml_is_read_again_when_it_changes(tmp_path: Path, clock_of_apscheduler: list[Stage]) -> None:
    stage = Stage(tmp_path, NOON, text(one="every 1h", two="every 1h"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(0.5)
    kept = stage.daemon.next_times()["two"]
    stage.file.write_text(text(two="every 1h", three="every 15m"), encoding="utf-8")
    begun = stage.run(0.4)
    assert begun["three"] == 1
    assert set(stage.daemon.next_times()) == {"two", "three"}
    assert stage.watched == ["two", "three"]
    assert stage.daemon.next_times()["two"] == kept
    assert stage.run(2)["one"] == 0


def test_what_is_paused_or_not_watched_is_not_crawled_and_stays_known(
    tmp_path: Path, clock_of_apscheduler: list[Stage]
) -> None:
    both = text(one="every 1h", two="every 1h", three="every 1h")
    stage = Stage(tmp_path, NOON, both, {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(0.5)
    paused = both.replace("timeout", "paused = true\ntimeout", 1)
    stage.file.write_text("watched = false\ntimeout".join(paused.rsplit("timeout", 1)), encoding="utf-8")
    stage.run(0.4)
    begun = stage.run(6)
    assert (begun["one"], begun["two"], begun["three"]) == (0, 6, 0)
    assert set(stage.daemon.next_times()) == {"two"}
    assert stage.watched == ["one", "two", "three"]
    stage.clock.now = NOON - timedelta(days=10)
    stage.daemon.turn(0)
    assert stage.watched == ["one", "two", "three"], "also where the clock is set back"
    stage.file.write_text(both, encoding="utf-8")
    stage.run(0.4)
    assert set(stage.daemon.next_times()) == {"one", "two", "three"}


def test_a_broken_sources_toml_changes_nothing_and_is_named_once(
    tmp_path: Path, clock_of_apscheduler: list[Stage], caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path, NOON, text(one="every 1h"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(0.1)
    stage.file.write_text(text(one="every now and then"), encoding="utf-8")
    assert stage.run(2)["one"] == 2
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
    assert "schedule" in caplog.text
    assert str(stage.file) in caplog.text


def test_decisions_are_taken_up_when_their_file_changes_and_a_mistake_changes_nothing(
    tmp_path: Path, clock_of_apscheduler: list[Stage], caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path, NOON, text(one="every 1h"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.run(0.5)
    assert stage.decided == 0
    (tmp_path / "decisions.toml").write_text("# none yet\n", encoding="utf-8")
    stage.run(0.5)
    assert stage.decided == 1
    stage.mistake = "decisions.toml, line 2"
    (tmp_path / "decisions.toml").write_text("[[boilerplate]]\n", encoding="utf-8")
    with caplog.at_level(logging.ERROR, logger="scheduler"):
        assert stage.run(2)["one"] == 2
    assert "what was decided before holds. decisions.toml, line 2" in caplog.text


def test_hup_reads_the_file_again_though_it_looks_the_same(tmp_path: Path, clock_of_apscheduler: list[Stage]) -> None:
    stage = Stage(tmp_path, NOON, text(one="every 1h"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    stage.file.write_text(text(two="every 1h"), encoding="utf-8")
    stage.daemon.seen = stage.daemon.stamp()
    stage.run(0.5)
    assert set(stage.daemon.next_times()) == {"one"}
    stage.daemon.due.put(RELOAD)
    stage.run(0.01)
    assert set(stage.daemon.next_times()) == {"two"}


def test_a_wrong_file_at_the_start_is_an_error(tmp_path: Path, clock_of_apscheduler: list[Stage]) -> None:
    stage = Stage(tmp_path, NOON, text(one="at noon"), {})
    clock_of_apscheduler.append(stage)
    with pytest.raises(Exception, match="schedule"):
        stage.daemon.start()


def test_an_adaptive_schedule_is_learned_again_after_each_crawl(
    tmp_path: Path, clock_of_apscheduler: list[Stage]
) -> None:
    stage = Stage(tmp_path, NOON, text(auto="auto", hourly="every 1h"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.start()
    assert 20 <= stage.run(24)["auto"] <= 26, "nothing is known: once an hour"
    stage.published = [NOON + timedelta(days=1 - n, hours=3) for n in range(60)]
    stage.run(2)
    before = stage.clock.now.replace(hour=14, minute=0)
    stage.run((before - stage.clock.now) / timedelta(hours=1))
    likely = stage.run(2)
    assert likely["auto"] > 8 > 3 >= likely["hourly"], "from two to four, with releases at three"
    stage.pace = Pace(timedelta(hours=6))
    stage.run(1)
    assert stage.run(24)["auto"] <= 5, "the feed asks for more patience"


def test_a_source_that_is_crawled_all_the_time_gets_its_backfill_too(
    tmp_path: Path, clock_of_apscheduler: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(tmp_path, NOON, text(old="every 1m"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.crawl.work.part = 100
    monkeypatch.setitem(OUTCOMES, "old", Outcome(captures=1, unfinished=True))
    stage.daemon.start()
    stage.run(0.5)
    part = stage.daemon.scheduler.get_job(f"{PART_OF}old")
    assert part is not None
    planned = part.next_run_time
    stage.daemon.turn(0)
    assert part.next_run_time == planned
    assert "old" in stage.daemon.parted


def test_a_backfill_goes_on_by_itself_in_parts_with_pauses(
    tmp_path: Path, clock_of_apscheduler: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(tmp_path, NOON, text(old="every 1d", done="every 1d"), {})
    clock_of_apscheduler.append(stage)
    stage.daemon.crawl.work.part = 100
    monkeypatch.setitem(OUTCOMES, "old", Outcome(captures=1, unfinished=True))
    stage.daemon.start()
    begun = stage.run(2)  # simulated time jumps from one look at the file, every ten minutes, to the next
    assert 5 <= begun["old"] <= 14, "a crawl, and then part after part"
    assert begun["done"] == 1
