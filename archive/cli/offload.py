"""The command that moves compacted months to object storage, and back: offload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.filesize import decimal

from archive.cli import terminal
from archive.cli.completion import SourceName
from archive.core.counted import count
from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.ingest.clock_corrections import utc_now
from archive.warc import compact
from archive.warc.storage import objects, offload
from archive.warc.storage.offload import Offloaded


@click.command(
    "offload",
    cls=terminal.Command,
    short_help="Move past months to object storage, such as S3.",
    example="dateline offload valdora --to s3://bucket/newsrooms",
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=SourceName())
@click.option("--to", metavar="URL", help="Where to: s3://BUCKET/PREFIX, or another address that fsspec knows.")
@click.option("--back", is_flag=True, help="Bring the files back to this disk. They stay in the storage, too.")
@terminal.json_option
@terminal.options
@click.pass_context
def offload_command(
    ctx: click.Context,
    sources: tuple[str, ...],
    to: str | None,
    back: bool,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Move the WARC files of past months to object storage, such as S3. All sources, or those named.

    Months that are not compacted yet are compacted first. Each file is read back from the storage and compared before
    it is deleted here; a small index stays, and records are read by ranges. Everything else works as before. Needs
    pip install 'dateline[s3]', and credentials in the environment. The daemon must not run.
    """
    terminal.log_to_stderr(verbose)
    if bool(to) == back:
        raise click.UsageError("Give either --to URL or --back.")
    _check_sources(archive, sources)
    if to:
        objects.check_address(to)
    done: list[Offloaded] = []
    problems: list[str] = []
    with writer_lock(archive, "dateline offload", utc_now()), terminal.progress("months") as progress:
        names = [name for name in _names(archive, back) if not sources or name.split("/")[1] in sources]
        task = progress.add_task("copying", total=len(names), said="")
        for number, name in enumerate(names):
            progress.update(task, completed=number, said=name)
            try:
                done.append(_moved(archive, name, to))
            except ArchiveError as error:
                problems.append(str(error))
    if as_json:
        terminal.print_json({"files": done, "problems": problems})
    elif done or not problems:
        moved = "came back" if back else f"{'is' if len(done) == 1 else 'are'} in {to} now"
        size = decimal(sum(each.bytes for each in done))
        terminal.say(
            f"{count(len(done), 'month')} ({size}) {moved}." if done else "Nothing to do: no month is left to move."
        )
    for problem in problems if not as_json else ():
        terminal.say(f"  {problem}", err=True)
    if problems:
        ctx.exit(terminal.SOME_FAILED)


def _names(archive: Path, back: bool) -> Iterator[str]:
    yield from (
        offload.in_storage(archive)
        if back
        else sorted({*offload.on_disk(archive), *compact.closed_months(archive, utc_now())})
    )


def _moved(archive: Path, name: str, to: str | None) -> Offloaded:
    if to is None:
        return offload.bring_back(archive, name)
    if (archive / name).exists():
        compact.compact(archive, name, utc_now())
    return offload.offload(archive, name, to)


def _check_sources(archive: Path, sources: tuple[str, ...]) -> None:
    there = sorted(path.name for path in (archive / "warc").glob("*/"))
    for source in sources:
        if source not in there:
            raise ArchiveError(f"{archive} has no WARC files of {source}; there are those of: {', '.join(there)}.")


ALL = (offload_command,)
