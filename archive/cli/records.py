"""The commands that check, compact, copy and export what is archived: verify, compact, evidence, export, backup."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click
from rich.filesize import decimal
from rich.progress import Progress, TaskID
from rich.table import Table

from archive.cli import database, terminal
from archive.cli.completion import Day, SourceName, Tag, lies_ahead, refuse_order
from archive.cli.source_settings import tagged
from archive.core.counted import count
from archive.core.errors import ArchiveError, WarcError
from archive.core.files import atomic_write, is_in_use, writer_lock
from archive.core.model import Capture
from archive.core.software import software, version
from archive.export import backup, evidence, export
from archive.ingest.clock_corrections import utc_now
from archive.store import search
from archive.store.search import Selection
from archive.warc import compact, verify
from archive.warc.compact import Compaction


@click.command(
    "verify",
    cls=terminal.Command,
    short_help="Check every digest and row against the WARC files.",
    example="dateline verify",
)
@terminal.json_option
@terminal.options
@click.pass_context
def verify_command(ctx: click.Context, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """Check every digest in the WARC files, every row of captures against its record, every revisit's original.

    Names each difference and changes nothing; the exit code is 1 if there is one. Records after the last one
    in the tables are counted, but are no differences: a backup, or an archive in which a crawl writes, can have them.
    """
    terminal.log_to_stderr(verbose)
    in_use = is_in_use(archive)
    with database.opened(archive) as connection, terminal.progress("captures") as progress:
        task = progress.add_task("verifying", total=None, said="")
        rows = _Counted(search.all_captures(connection), progress, task)
        connection.execute("begin")
        ends = search.ends(connection)
        found = list(verify.verify(archive, rows))
        connection.rollback()
    in_use = in_use or is_in_use(archive)
    newer = [each for each in found if _is_newer(each, ends, in_use)]
    differences = [each for each in found if each not in newer]
    if as_json:
        terminal.print_json({"captures": rows.count, "newer": len(newer), "differences": differences})
    else:
        for difference in differences:
            terminal.say(str(difference))
        state = "being written" if in_use else "not in the tables yet: the next command that writes takes them in"
        more = f" {count(len(newer), 'newer record')} {'is' if len(newer) == 1 else 'are'} {state}." if newer else ""
        terminal.say(f"{count(rows.count, 'capture')} checked, {count(len(differences), 'difference')}.{more}")
    if differences:
        ctx.exit(terminal.FAILED)


class _Counted:
    """Captures, counted while they are read."""

    def __init__(self, captures: Iterable[Capture], progress: Progress, task: TaskID) -> None:
        self.captures = captures
        self.progress = progress
        self.task = task
        self.count = 0

    def __iter__(self) -> Iterator[Capture]:
        for capture in self.captures:
            self.count += 1
            self.progress.update(self.task, completed=self.count, said=capture.warc_file)
            yield capture


def _is_newer(difference: verify.Difference, ends: Mapping[str, int], in_use: bool) -> bool:
    """Whether a difference is after the last record that the tables had when the check began.

    An incomplete record is still being written if the archive is in use; otherwise it is damage.
    """
    faults = ("record without row", "original missing", *(("torn record",) if in_use else ()))
    if difference.fault not in faults or difference.offset is None:
        return False
    return difference.offset >= ends.get(difference.warc_file, 0)


@click.command(
    "compact",
    cls=terminal.Command,
    short_help="Store past months in a fraction of the space.",
    example="dateline compact valdora",
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=SourceName())
@click.option("--undo", "undoing", is_flag=True, help="Make compacted months plain .warc.gz again, byte for byte.")
@terminal.json_option
@terminal.options
@click.pass_context
def compact_command(
    ctx: click.Context,
    sources: tuple[str, ...],
    undoing: bool,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Store past months in a fraction of the space, readable as before. All sources, or those named.

    Every record of the smaller file is read back and compared before the larger file is deleted. The daemon must not
    run.
    """
    terminal.log_to_stderr(verbose)
    _check_sources(archive, sources)
    done: list[Compaction] = []
    problems: list[str] = []
    with writer_lock(archive, "dateline compact", utc_now()), terminal.progress("months") as progress:
        found = compact.compacted_months(archive) if undoing else compact.closed_months(archive, utc_now())
        names = [name for name in found if not sources or name.split("/")[1] in sources]
        task = progress.add_task("compacting", total=len(names), said="")
        for number, name in enumerate(names):
            progress.update(task, completed=number, said=name)
            try:
                done.append(compact.undo(archive, name) if undoing else compact.compact(archive, name, utc_now()))
            except WarcError as error:
                problems.append(str(error))
    if as_json:
        terminal.print_json({"files": done, "problems": problems})
    elif done or not problems:
        _print_compactions(done, "is compacted" if undoing else "is left to compact")
    for problem in problems if not as_json else ():
        terminal.say(f"  {problem}", err=True)
    if problems:
        ctx.exit(terminal.SOME_FAILED)


def _check_sources(archive: Path, sources: tuple[str, ...]) -> None:
    for source in sources:
        if not (archive / "warc" / source).is_dir() or "/" in source or source in (".", ".."):
            raise ArchiveError(f"{archive} holds no source {source!r}. `dateline status` lists them.")


def _print_compactions(done: Sequence[Compaction], wanted: str) -> None:
    if not done:
        terminal.say(f"Nothing to do: no closed month {wanted}.")
        return
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("file", overflow="fold")
    for column in ("records", "before", "after", "share"):
        table.add_column(column, justify="right", no_wrap=True)
    for each in done:
        table.add_row(
            each.warc_file,
            f"{each.records:,}",
            decimal(each.before),
            decimal(each.after),
            _share(each.after, each.before),
        )
    terminal.out().print(table)
    before, after = sum(each.before for each in done), sum(each.after for each in done)
    terminal.say(f"{count(len(done), 'month')}: {decimal(before)} became {decimal(after)}, {_share(after, before)}.")


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.0f} %" if of else ""


@click.command(
    "evidence",
    cls=terminal.Command,
    short_help="Write all that the archive can prove about an article.",
    example="dateline evidence https://press.valdora.example/news/1 --zip",
)
@click.argument("article", metavar="ARTICLE")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="The directory or zip file to write.")
@click.option("--zip", "zipped", is_flag=True, help="One zip file instead of a directory.")
@terminal.json_option
@terminal.options
def evidence_command(
    article: str, out: Path | None, zipped: bool, as_json: bool, archive: Path, verbose: int, debug: bool
) -> None:
    """Write everything that the archive can prove about an article, named by its id or address.

    One directory (or zip file) with every revision and its differences, the WARC records of every capture, a WACZ
    file for ReplayWeb.page, the digests of everything, and instructions to verify them.
    """
    terminal.log_to_stderr(verbose)
    with database.opened(archive) as connection:
        number = search.article_named(connection, article)
        source = connection.execute("select source from articles where id = ?", (number,)).fetchone()[0]
        target = out or Path(f"evidence-{source}-{number}")
        if zipped and target.suffix != ".zip":
            target = target.with_name(f"{target.name}.zip")
        pack = evidence.write_evidence(archive, connection, number, target, utc_now(), software())
    if as_json:
        terminal.print_json(pack)
        return
    terminal.say(
        f"{pack.path}: {count(pack.revisions, 'revision')}, {count(pack.captures, 'capture')} in"
        f" {count(pack.records, 'record')}."
    )
    terminal.say(f"SHA-256 of its SHA256SUMS, which stands for all of it: {pack.checksum}")


@click.command(
    "export",
    cls=terminal.Command,
    short_help="Write articles, or their captures, for other programs.",
    example="dateline export --format csv --since 2026-01-01 --out r.csv",
)
@click.option(
    "--format", "form", default="jsonl", show_default=True, type=click.Choice(export.FORMATS), help="What to write."
)
@click.option("--source", type=SourceName(), default="", help="Only articles of this source.")
@click.option("--tag", type=Tag(), default="", help="Only articles of sources with this tag.")
@click.option("--since", type=Day(), metavar="DAY", help="Published on this day or later (YYYY-MM-DD).")
@click.option("--until", type=Day(), metavar="DAY", help="Published on this day or earlier (YYYY-MM-DD).")
@click.option("--search", "words", default="", metavar="WORDS", help="Only articles that `dateline search` would find.")
@click.option(
    "--out", default="-", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The file to write; - is standard output (jsonl and csv), which is the default.",
)  # fmt: skip
@terminal.options
@click.pass_context
def export_command(
    ctx: click.Context,
    form: export.Format,
    source: str,
    tag: str,
    since: datetime | None,
    until: datetime | None,
    words: str,
    out: Path,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Write articles as JSON Lines, CSV or Parquet, or all their captures as WARC or WACZ.

    The file appears when it is complete. Parquet needs the extra "parquet" (pyarrow). In CSV, text that a
    spreadsheet would run as a formula gets an apostrophe in front.
    """
    terminal.log_to_stderr(verbose)
    refuse_order(since, until)
    piped = str(out) == "-"
    if piped and form not in export.STREAMED:
        raise click.UsageError(f"--out is needed: {form} cannot go to standard output.")
    about = export.About(f"dateline {version()}", utc_now())
    with database.opened(archive) as connection, terminal.progress() as progress:
        if source:
            search.check_source(connection, source)
        among = tagged(ctx, archive, connection, tag)
        selection = Selection(None, source, since and since.date(), until and until.date(), words, among)
        task = progress.add_task("exporting", total=None, said="")
        with _standard_output() if piped else atomic_write(out) as file:
            written = export.export(archive, connection, selection, form, file, about, lambda: progress.advance(task))
    if not piped:
        terminal.say(f"{out}: {count(written, 'capture' if form in export.RECORDS else 'article')}.")
    if not written and since and (ahead := lies_ahead(since.date(), utc_now())):
        terminal.fail(f"--since: {ahead}", terminal.USAGE)


@click.command(
    "backup",
    cls=terminal.Command,
    short_help="Make or update a consistent copy, also while the daemon runs.",
    example="dateline backup /mnt/safe/newsrooms",
)
@click.argument("target", metavar="DEST", type=click.Path(path_type=Path, file_okay=False))
@terminal.json_option
@terminal.options
@click.pass_context
def backup_command(ctx: click.Context, target: Path, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """Make or update a consistent copy of the archive in a directory, also while the daemon runs.

    Only the new parts of the WARC files are copied. The copy is itself an archive: to restore, copy it back.
    """
    terminal.log_to_stderr(verbose)
    with terminal.progress("files") as progress:
        task = progress.add_task("copying", total=None, said="")
        database.bring_up_to_date(archive)
        done = backup.backup(
            archive,
            target,
            utc_now(),
            lambda step: progress.update(task, completed=step.file, total=step.files, said=step.warc_file),
        )
    if as_json:
        terminal.print_json(done)
    else:
        terminal.say(
            f"{done.path}: {count(done.captures, 'capture')}, {count(done.warc_files, 'WARC file')}"
            f" ({decimal(done.copied_bytes)}"
            f" of them new), tables {decimal(done.database_bytes)}."
        )
        for problem in done.problems:
            terminal.say(f"  {problem}", err=True)
    if done.problems:
        ctx.exit(terminal.SOME_FAILED)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer


ALL = (verify_command, compact_command, evidence_command, export_command, backup_command)
