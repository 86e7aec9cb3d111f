"""The daemon and the command line: the only file that imports both crawler and archive.

`ArchiveSession` connects them. `crawler.schedule.due` decides what may run when; `crawler.schedule.dispatcher` runs it,
both for the daemon (`crawler.schedule.daemon`) and for `dateline crawl`.
"""

from __future__ import annotations

from archive.cli.console import start

start.begin()  # before all else is imported

import atexit
import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from apscheduler.schedulers.background import BackgroundScheduler
from rich.progress import Progress

from archive.alerts.process import AlertProcess
from archive.boilerplate.decisions import FILE as DECISIONS
from archive.cli import alerts, archive_commands, boilerplate, man, offload, records, searching, serve, shards, terminal
from archive.cli.completion import Day, SourceName, Tag
from archive.cli.lazy import LazyCommands
from archive.cli.processing import ProcessingOptions, processing_options
from archive.cli.source_settings import SourceSettings
from archive.core import daemon_note
from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.core.model import CrawlCounts, KnownDocument, Validators
from archive.core.processes import collect_rarely, spare_children
from archive.core.software import version
from archive.history.recheck import is_full_due
from archive.ingest.clock_corrections import utc_now
from archive.ingest.pipeline import Ingest
from archive.ingest.session import IngestSession, extraction_processes
from archive.store.database import Store
from archive.store.hosts import robots
from archive.store.repeated import moves
from archive.store.runs import RunResult, WatchedSource
from crawler.cli import commands
from crawler.cli.commands import SOURCES
from crawler.cli.sources import choose
from crawler.schedule.daemon import PART, RELOAD, STOP_WITHIN, Daemon
from crawler.schedule.disk_room import has_room, wait_for_room
from crawler.schedule.dispatcher import Dispatcher
from crawler.schedule.progress import CrawlProgress, summary
from crawler.schedule.runs import CrawlObserver, Report
from crawler.sources import sources
from crawler.sources.addresses import front_pages, hosts, reached
from crawler.sources.sources import LEFT, Source, missing
from crawler.worker.messages import BackfillProgress, DocumentRead, Dropped, HostRefused, Job, Outcome, RobotsRead
from crawler.worker.owner import Worker

start.imported()

SOFTWARE = f"dateline/{version()}"
_SOON = 0.02  # seconds between looks whether all that was fetched is in the tables
_RECENTLY = timedelta(minutes=10)  # what a walk read so long before it was cut short is not asked for again
_AS_STATED = ProcessingOptions()


class ArchiveSession(IngestSession):
    """An archive as the crawler sees it (`crawler.schedule.keeper`): what is known, and where to put what comes."""

    def job(self, source: Source, limit: int | None, since: date | None, now: datetime) -> Job:
        """What a crawl of a source has to do, from what the tables know of it; sources.toml may bound its pages."""
        self.heal_clock(source.name, now)
        most = source.max_pages or -1
        backfilled = self.store.backfill(source.name)
        rechecks = self.store.due(source.name, now, most)
        job = Job(
            source,
            documents=self._documents(source.name, backfilled is not None and backfilled.is_under_way, now),
            pending=self.store.pending(source.name, now, most),
            rechecks=rechecks,
            limit=limit,
            since=since,
            rests=self.store.resting_hosts(now),
            backfilled=backfilled,
            newest=self.store.newest(source.name),
        )
        return self._with_pages_to_judge_by(self._with_robots(job), now)

    def _documents(self, source: str, cut_short: bool, now: datetime) -> tuple[KnownDocument, ...]:
        trusted = self.store.trusts_validators(source, now)
        return tuple(
            _known(document, now, trusted=trusted, cut_short=cut_short) for document in self.store.documents(source)
        )

    def _with_robots(self, job: Job) -> Job:
        """A job with the copies that are kept of the robots.txt of its source's hosts."""
        asked = (*reached(job.source), *(document.url for document in job.documents))
        return replace(job, robots=robots.kept(self.store.db, asked))

    def _with_pages_to_judge_by(self, job: Job, now: datetime) -> Job:
        """A job that checks pages again, with the pages that show what its site says where one is missing."""
        if not job.rechecks:
            return job
        source, beside = job.source, job.rechecks[0].url
        is_in_doubt = self.is_in_doubt(source.name, now)
        front = front_pages(source, beside, job.documents) if is_in_doubt else ()
        return replace(job, probe=self.probe(source.name, beside, now), front_pages=front)

    def begin(self, source: Source, now: datetime) -> int:
        return self.store.begin_run(source.name, now)

    def conditions(self, source: str, urls: frozenset[str], now: datetime) -> dict[str, Validators]:
        return self.store.conditions(source, urls, now)

    def drop(self, message: Dropped, now: datetime) -> None:
        if message.kind == "page":
            self.store.drop(message.source, message.url, message.reason, now, retry=message.retry)
        elif message.kind != "probe":  # that is asked again at the next crawl, at another address
            document = KnownDocument(message.url, message.kind, note=message.reason, problem=message.reason)
            self.store.note_document(message.source, document, now)

    def read(self, message: DocumentRead, now: datetime) -> None:
        known = message.known(now)
        self.store.note_document(message.source, known, now, offered=message.offered, settles=message.root)

    def keep_robots(self, message: RobotsRead) -> None:
        with self.store.writing() as db:
            robots.keep(db, message.copy)

    def note_backfill(self, message: BackfillProgress, now: datetime) -> None:
        if message.finished:
            self.store.finish_backfill(message.source, now)
        else:
            source, found, expected = message.source, message.found, message.expected
            with self.store.writing():
                self.store.note_backfill_pages(source, message.pages, now)
                self.store.note_backfill_progress(source, found, expected, message.reached, message.coverage)

    def refused(self, message: HostRefused, now: datetime) -> None:
        self.store.note_refusal(message.host, message.reason, now, message.seconds)

    def count(self, run: int, now: datetime) -> CrawlCounts:
        return self.store.count_run(run, now)

    def finish(self, run: int, outcome: Outcome, failed: bool, now: datetime) -> CrawlCounts:
        self.store.note_answers(outcome.answered, now)
        if outcome.paces:
            self.store.note_paces(run, outcome.paces)
        if outcome.passages:
            self.store.note_passages(run, outcome.passages)
        result = RunResult(
            requests=outcome.requests,
            captures=outcome.captures,
            errors=outcome.errors,
            message=outcome.message,
            failed=failed,
            problems=outcome.problems,
            offline=outcome.offline,
        )
        return self.store.finish_run(run, now, result)

    def is_one_doubted(self, source: str, since: datetime, now: datetime) -> bool:
        return moves.is_one_asked_at_once(self.store.db, source, since, now)

    def watch(self, sources: Iterable[Source]) -> None:
        """Write to the tables which sources are watched, and use their settings for checks."""
        known = tuple(sources)
        self.policies.clear()
        self.policies.update({source.name: source.policy for source in known})
        for name in self.store.watch(map(_as_watched, known)):
            logging.getLogger("scheduler").warning(LEFT, name, SOURCES, name)
        self.store.plan_again(self.policies)


def _as_watched(source: Source) -> WatchedSource:
    """A source as the tables know it."""
    return WatchedSource(source.name, source.title or source.name, source.url, source.state, source.tags)


def _known(document: KnownDocument, now: datetime, *, trusted: bool, cut_short: bool) -> KnownDocument:
    """A document as the crawler should ask for it: in full if that is due, or if its validators are not `trusted`.

    If a walk back was cut short (`cut_short`), what it read a moment ago need not be asked for again.
    """
    reread = is_full_due(document.full_at, now, "document")
    validators = document.validators
    if reread or not trusted:
        validators = replace(validators, etag="", last_modified="")
    read_at = document.validators.captured_at
    recent = cut_short and not document.problem and read_at is not None and timedelta() <= now - read_at < _RECENTLY
    return replace(document, validators=validators, reread=reread, recent=recent)


@contextmanager
def opened(
    directory: Path, command: str, asked: terminal.StopFlag, processing: ProcessingOptions = _AS_STATED
) -> Iterator[ArchiveSession]:
    """An archive open for crawling: locked, its WARC files repaired if needed, its extraction processes ready.

    If it is asked to stop, the rest of the recovery is left for the next start.
    """
    if not (directory / SOURCES).is_file():
        raise ArchiveError(f"{directory / SOURCES} does not exist. {missing(directory / SOURCES)}")
    settings = settings_of(directory)
    policies = dict(settings.policies)  # used from the start: also for what is recovered
    with (
        writer_lock(directory, command, utc_now()),
        Store(directory / "archive.db") as store,
        extraction_processes(processing.over(settings.processing)) as pool,
    ):
        ingest = Ingest(store, directory, pool, policies, stopping=lambda: asked.to_stop)
        session = ArchiveSession(store, ingest, policies, pool.rest)
        session.recover()
        yield session


@click.group(context_settings=terminal.CONTEXT, commands=LazyCommands(**commands.LATE), epilog=commands.FIRST_STEPS)
@click.version_option(version(), prog_name="dateline")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Keep an archive of what institutions say: every release, every edit, every removal."""
    spare_children()
    collect_rarely()
    atexit.register(gc.freeze)  # else Python looks for cycles among all modules before it ends: 0.2 s a command
    ctx.obj = settings_of


def settings_of(directory: Path) -> SourceSettings:
    """What the archive's own commands need of sources.toml; no settings if there is no such file."""
    if not (directory / SOURCES).is_file():
        return SourceSettings()
    known = sources.load(directory / SOURCES)
    by_host = {name: source.name for source in reversed(known) for name in hosts(source)}
    policies = {source.name: source.policy for source in known}
    return SourceSettings(by_host, policies, tuple(map(_as_watched, known)), sources.processing(directory / SOURCES))


@main.command(cls=terminal.Command, short_help="Crawl sources once, now.", example="dateline crawl valdora --limit 20")
@click.argument("names", nargs=-1, metavar="[SOURCE]...", type=SourceName())
@click.option("--tag", type=Tag(), default="", help="The sources with this tag.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most this many new releases of each source.")
@click.option("--since", type=Day(past=True), metavar="DAY", help="Skip releases from before this day (YYYY-MM-DD).")
@click.option("--backfill", is_flag=True, help="Walk back to the first release, also if sources.toml says not to.")
@click.option(
    "--max", "most", metavar="N", type=click.IntRange(min=1), help="With --backfill: at most this many releases now."
)
@processing_options
@terminal.json_option
@terminal.options
def crawl(
    names: tuple[str, ...], tag: str, limit: int | None, since: datetime | None, backfill: bool, most: int | None,
    processing: ProcessingOptions, as_json: bool, archive: Path, verbose: int, debug: bool,
) -> None:  # fmt: skip
    """Crawl sources once, now: those named or tagged, else all. Fetches what is new and checks again what is due.

    A source that is paused, or no longer watched, is crawled only if it is named.
    """
    terminal.log_to_stderr(verbose)
    chosen = choose(sources.load(archive / SOURCES), names, tag)
    if most and not backfill:
        terminal.fail("--max bounds a backfill: give it with --backfill, or use --limit", terminal.USAGE)
    if backfill:
        chosen = tuple(replace(source, backfill=True) for source in chosen)
        limit = min(filter(None, (limit, most)), default=None)
    if not chosen:
        terminal.fail("there is no source to crawl: dateline add URL, or dateline sources watch SOURCE", terminal.OK)
    with terminal.stop_signals() as asked, terminal.progress("pages") as progress:
        shown = CrawlProgress(progress)
        with opened(archive, "dateline crawl", asked, processing) as session:
            daemon_note.expect_none(archive)
            crawl_once(archive, session, chosen, shown, asked, limit, since.date() if since else None)
            now = utc_now()
            reports = tuple(replace(report, tally=_counted(session, report, now)) for report in shown.reports)
    if as_json:
        terminal.print_json(reports)
    else:
        terminal.out().print(summary(reports, now - shown.began if shown.began else None), crop=False)
    if asked.to_stop:
        terminal.fail("stopped before the end; what was fetched is kept", terminal.INTERRUPTED)
    if unreached := [report.source for report in shown.reports if report.outcome.offline]:
        terminal.fail(
            f"no host could be reached ({len(unreached)} of {len(shown.reports)} sources): the network of this machine"
            " seems to be down. No source is blamed for it. Check the connection, then run the command again."
        )
    if any(report.failed for report in shown.reports):
        raise click.exceptions.Exit(terminal.SOME_FAILED)


def crawl_once(
    archive: Path, session: ArchiveSession, chosen: Iterable[Source], observer: CrawlObserver, asked: terminal.StopFlag,
    limit: int | None, since: date | None,
) -> None:  # fmt: skip
    """Crawl these sources until all are done, or until asked to stop."""
    dispatcher = Dispatcher(session, worker_in(archive), utc_now, observer, limit=limit, since=since)
    dispatcher.sources = {source.name: source for source in chosen}
    session.watch(sources.load(archive / SOURCES))
    for name in dispatcher.sources:
        dispatcher.ask(name)
    while not dispatcher.idle and not asked.to_stop:
        dispatcher.turn(0.2)
    dispatcher.stop(STOP_WITHIN)
    while not (session.settled or asked.to_stop):
        session.poll()
        time.sleep(_SOON)


def _counted(session: ArchiveSession, report: Report, now: datetime) -> CrawlCounts:
    """The counts of a crawl, read from the tables after everything that it learned was applied."""
    return sum((session.count(run, now) for run in report.runs), CrawlCounts())


def worker_in(directory: Path) -> Callable[[], Worker]:
    """A function that starts crawler processes for an archive."""
    return lambda: Worker(directory, SOFTWARE, json_logs=terminal.logs_json())


@main.command(cls=terminal.Command, example="dateline run --serve --port 8001")
@click.option("--serve", "with_site", is_flag=True, help="Serve the archive's site as well.")
@serve.site_options
@processing_options
@terminal.options
def run(
    with_site: bool, host: str, port: int, processing: ProcessingOptions, archive: Path, verbose: int, debug: bool,
    **given: Any,
) -> None:  # fmt: skip
    """The daemon: crawl every source on its schedule until stopped.

    SIGTERM or Ctrl-C end it within ten seconds. After SIGHUP, or a change of sources.toml or decisions.toml, it reads
    these files again.
    """
    terminal.log_to_stderr(verbose, logging.INFO)
    with ExitStack() as ending:  # each of these steps runs even if another one fails
        asked = ending.enter_context(terminal.stop_signals())
        session = ending.enter_context(opened(archive, "dateline run", asked, processing))
        ending.callback(daemon_note.remove_note, archive)
        site = serve.site(archive, host, port, lambda: asked.to_stop, **given) if with_site else None
        if site:
            ending.callback(site.stop)
            try:
                site.start()
            except ArchiveError:
                if asked.to_stop:
                    return
                raise
            terminal.say(f"Serving {site.address}")
        unseen = CrawlProgress(Progress(disable=True), keep=0)
        dispatcher = Dispatcher(session, worker_in(archive), utc_now, unseen, part=PART)
        clockwork = BackgroundScheduler(timezone=UTC)
        daemon = Daemon(archive / SOURCES, dispatcher, utc_now, session, clockwork, beside=(archive / DECISIONS,))
        sending = AlertProcess(archive)
        ending.callback(sending.stop)
        signal.signal(signal.SIGHUP, lambda number, frame: daemon.due.put(RELOAD))
        ending.callback(daemon.stop)
        for end in (sending.end, *([site.end] if site else [])):  # both end while the crawls do
            ending.callback(end)
        daemon.start()
        run_until(asked, daemon, site, archive, sending)


def run_until(
    asked: terminal.StopFlag, daemon: Daemon, site: serve.ServedSite | None, archive: Path, sending: AlertProcess
) -> None:
    """Run the daemon, its site and what sends alerts until asked to stop, and keep the note for `dateline status`."""
    note = daemon_note.DaemonNote(os.getpid(), utc_now().isoformat(timespec="seconds"), site.address if site else "")
    notes = daemon_note.NoteWriter(archive, note)
    while not asked.to_stop:
        try:
            daemon.turn(0.5)
            if site and not asked.to_stop:
                site.see_to(utc_now())
            sending.see_to(utc_now())
            notes.show(daemon.next_times, utc_now())
        except (ArchiveError, OSError) as error:
            if has_room(archive):
                raise
            wait_for_room(daemon, archive, lambda: asked.to_stop, str(error))
        if daemon.crawl.disk_full:
            wait_for_room(daemon, archive, lambda: asked.to_stop, "The crawler could not write.")


_ROOMS = (commands, archive_commands, searching, alerts, boilerplate, man, offload, records, serve, shards)
for command in (command for room in _ROOMS for command in room.ALL):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="dateline")
