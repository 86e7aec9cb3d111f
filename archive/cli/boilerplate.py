"""Show what cleaning removes, and decide about it: the commands boilerplate, keep, remove and reclean."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from archive.boilerplate import decisions
from archive.boilerplate.decisions import FILE, Decision, Verb
from archive.cli import database, terminal
from archive.cli.completion import SourceName
from archive.cli.processing import ProcessingOptions, processing_options
from archive.cli.source_settings import settings_of
from archive.core import daemon_note
from archive.core.files import is_in_use, writer_lock
from archive.extract.version import EXTRACTOR
from archive.ingest.clock_corrections import utc_now
from archive.ingest.dry_run import Preview
from archive.ingest.passages import Repeated, named, repeated
from archive.ingest.pipeline import Ingest
from archive.ingest.reclean import SHOWN, Expected, Progress, Reextracted, expect_all, expect_of, read_again
from archive.ingest.session import extraction_processes
from archive.store.database import Store
from archive.store.repeated.block_index import BlockIndex
from archive.store.search import check_source
from archive.text import wording

_LINES = 6
_WIDTH = 160

_examples = click.option(
    "--examples",
    default=5,
    show_default=True,
    type=click.IntRange(0, SHOWN),
    metavar="N",
    help="Show at most this many articles.",
)


@click.command(
    cls=terminal.Command,
    short_help="List what cleaning removes from a source's articles.",
    example="dateline boilerplate valdora",
)
@click.argument("source", type=SourceName())
@click.option(
    "--limit",
    metavar="N",
    default=50,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="At most this many passages.",
)
@terminal.json_option
@terminal.options
def boilerplate(source: str, limit: int, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """List the passages that cleaning removes from a source's articles, each with its id, counts and an example.

    Why: repeated (on many pages of the source), cue (asks the reader to subscribe, follow, share ...), decided (by
    `dateline keep` or `dateline remove`).
    """
    with database.opened(archive) as connection:
        check_source(connection, source)
        found = repeated(connection, source)
    if as_json:
        terminal.print_json(found[:limit])
        return
    console = terminal.out()
    for item in found[:limit]:
        console.print(_described(item), soft_wrap=True)
    shown = f", the first {limit} of them above" if len(found) > limit else ""
    if not found:
        console.print(f"Nothing was learned of {source} yet.")
        return
    lost = sum(item.removed > 0 for item in found)
    beside = sum(not item.removed and item.state == "active" for item in found)
    rest = f"; {beside:,} only beside their text, in menus, lists and the like" if beside else ""
    console.print(f"{wording.count(len(found), 'passage')}{shown}: {lost:,} removed from articles{rest}.")


def _of_a_passage(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of a command that decides about a passage."""
    for parameter in (
        click.pass_context,
        terminal.options,
        terminal.json_option,
        _examples,
        click.option("--note", metavar="WORDS", default="", help="The reason, for readers of decisions.toml."),
        click.option("--dry-run", is_flag=True, help="Only show which articles would change, and how."),
        click.argument("passage"),
        click.argument("source", type=SourceName()),
    ):
        command = parameter(command)
    return command


@click.command(
    cls=terminal.Command,
    short_help="Always keep a passage in a source's articles.",
    example='dateline keep valdora "Where: Council Chamber" --dry-run',
)
@_of_a_passage
def keep(ctx: click.Context, /, source: str, passage: str, **given: Any) -> None:
    """Always keep a passage in a source's articles, whatever is learned. PASSAGE is its text or its id.

    The decision is written to decisions.toml. Then the articles with the passage are cleaned again from their
    captures; nothing is fetched.
    """
    _decide(ctx, source, passage, "keep", **given)


@click.command(cls=terminal.Command, example='dateline remove valdora "Write to the harbour office at any hour."')
@_of_a_passage
def remove(ctx: click.Context, /, source: str, passage: str, **given: Any) -> None:
    """Always remove a passage from a source's articles. PASSAGE is its text or its id.

    The decision is written to decisions.toml. Then the articles with the passage are cleaned again from their
    captures; nothing is fetched.
    """
    _decide(ctx, source, passage, "remove", **given)


def _decide(
    ctx: click.Context, source: str, passage: str, verb: Verb, *, dry_run: bool, note: str, examples: int,
    as_json: bool, archive: Path, verbose: int, debug: bool,
) -> None:  # fmt: skip
    """Decide about a passage, or with `dry_run` only show what would come of it."""
    terminal.log_to_stderr(verbose)
    with database.opened(archive) as connection:
        text = named(connection, archive, source, passage).text
        if dry_run:
            expected = _expected(ctx, archive, connection, Decision(source, text, verb))
            _show(expected, examples, as_json)
            _end_unread(expected.count("unread"), as_json)
            return
    made = decisions.record(archive / FILE, source, text, verb, utc_now(), note)
    done = None if is_in_use(archive) else _clean_again(ctx, archive, f"dateline {verb}", (), _AS_STATED)
    if as_json:
        facts = {"read": done.read, "changed": done.changed, "unread": done.unread} if done else {}
        terminal.print_json({"decision": made, "read": None, "changed": None, "unread": None} | facts)
    else:
        _say_decided(archive, made, done)
    _end_unread(done.unread if done else 0, as_json)


def _expected(ctx: click.Context, archive: Path, connection: sqlite3.Connection, supposed: Decision) -> Expected:
    """What a decision would change, beside those that were made."""
    held = decisions.load(archive / FILE)
    stated = settings_of(ctx, archive).processing
    with _at_work("reading") as progress, extraction_processes(stated) as pool:
        return expect_of(connection, archive, pool, supposed, held, progress)


def _say_decided(archive: Path, made: Decision, done: Reextracted | None) -> None:
    """Say what was decided, and what came of it, or, where another program writes to the archive, when it will."""
    decided = "will be kept in" if made.decision == "keep" else "will be removed from"
    terminal.say(f"This passage {decided} the articles of {made.source}: {_short(made.text)}")
    if done:
        terminal.say(_cleaned_again(done))
    elif daemon_note.read_note(archive):
        terminal.say("The daemon applies it within seconds.")
    else:
        terminal.say("Another command is writing to the archive; the next command applies the decision.")


@click.command(
    cls=terminal.Command,
    short_help="Read articles again with today's extractor.",
    example="dateline reclean valdora --apply",
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=SourceName())
@click.option("--apply", is_flag=True, help="Do it, without asking.")
@click.option("--all", "everything", is_flag=True, help="Also articles that today's extractor made.")
@_examples
@processing_options
@terminal.json_option
@terminal.options
@click.pass_context
def reclean(
    ctx: click.Context, sources: tuple[str, ...], apply: bool, everything: bool, examples: int,
    processing: ProcessingOptions, as_json: bool, archive: Path, verbose: int, debug: bool,
) -> None:  # fmt: skip
    """Read articles of these sources (or of all) again with today's extractor. Shows what would change, then asks.

    Only articles that another extractor made, unless --all. What is only read otherwise makes no revision and no
    event; an edit of the publisher that the earlier extractor did not look for does.
    """
    terminal.log_to_stderr(verbose)
    with database.opened(archive) as connection:
        for source in sources:
            check_source(connection, source)
        chosen = sources or tuple(row[0] for row in connection.execute("select name from sources order by name"))
        noted = BlockIndex(connection)
        numbers = sorted(
            number
            for source in chosen
            for number in (noted.everything(source) if everything else noted.stale(source, EXTRACTOR))
        )
        stated = processing.over(settings_of(ctx, archive).processing)
        with _at_work("reading") as progress, extraction_processes(stated) as pool:
            expected = expect_all(connection, archive, pool, numbers, chosen, progress)
    if not (as_json or numbers):
        terminal.say("Today's extractor made every article; --all reads them again all the same.")
    elif not as_json:
        _show(expected, examples, as_json=False)
    asked = bool(numbers) and not (apply or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    to_do = bool(numbers) and (apply or (asked and click.confirm("Clean them again?")))
    done = _clean_again(ctx, archive, "dateline reclean", numbers, processing) if to_do else None
    if as_json:
        applied = {"applied": {"read": done.read, "changed": done.changed}, "unread": done.unread} if done else {}
        terminal.print_json(_facts(expected, examples) | {"applied": None} | applied)
    elif done:
        terminal.say(_cleaned_again(done))
    elif numbers and not asked:
        terminal.say("Nothing was changed: --apply does it.")
    _end_unread(done.unread if done else expected.count("unread"), as_json)


def _cleaned_again(done: Reextracted) -> str:
    were = "was" if done.read == 1 else "were"
    return f"{wording.count(done.read, 'article')} {were} cleaned again, {done.changed:,} of them changed."


def _end_unread(count: int, as_json: bool) -> None:
    """If some pages could not be read, say so and end with the exit code for it."""
    if not count:
        return
    if not as_json:
        terminal.say(
            f"{wording.count(count, 'capture')} could not be read: what the archive has stays, and it is tried again. "
            "`dateline status` says why.",
            err=True,
        )
    raise click.exceptions.Exit(terminal.SOME_FAILED)


_AS_STATED = ProcessingOptions()


def _clean_again(
    ctx: click.Context, archive: Path, command: str, numbers: Sequence[int], processing: ProcessingOptions
) -> Reextracted:
    """Apply what decisions.toml says, and read these articles again too."""
    settings = settings_of(ctx, archive)
    with (
        writer_lock(archive, command, utc_now()),
        Store(archive / "archive.db") as store,
        extraction_processes(processing.over(settings.processing)) as pool,
        _at_work("cleaning") as progress,
    ):
        ingest = Ingest(store, archive, pool, settings.policies)
        ingest.decide(decisions.load(archive / FILE))
        done = read_again(ingest, numbers, progress)
        ingest.recover()
        return replace(done, unread=ingest.unread.count())


@contextmanager
def _at_work(what: str) -> Iterator[Progress]:
    with terminal.progress("articles") as progress:
        task = progress.add_task(what, total=None, said="")
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _described(item: Repeated) -> Text:
    seen = f"{item.first_seen[:10]} to {item.last_seen[:10]}" if item.first_seen else "on no remembered page"
    state = {"active": "", "kept": ", kept by decision", "removed": ", removed by decision"}[item.state]
    removed = f"; removed from {wording.count(item.removed, 'article')}" if item.removed else ""
    words = f"\n  {item.id}  pages: {item.documents:,}, {seen}; why: {item.why}{state}{removed}"
    example = f"\n  e.g. {item.example}  {item.example_url}" if item.example else ""
    return Text.assemble((_short(item.text), "bold"), words, (example, "dim"), "\n")


def _show(expected: Expected, examples: int, as_json: bool) -> None:
    if as_json:
        terminal.print_json(_facts(expected, examples))
        return
    console = terminal.out()
    for preview in expected.previews[:examples]:
        console.print(_shown(preview), soft_wrap=True)
    counts = _counts(expected)
    rest = len(expected.previews) - examples
    more = f" ({rest:,} more than shown)" if rest > 0 and examples else ""
    console.print(
        f"{wording.count(counts['read'], 'article or page', 'articles and pages')} would be read again:"
        f" {counts['changed']:,} would change{more}, {wording.count(counts['new'], 'page')} would become"
        f" {'an article' if counts['new'] == 1 else 'articles'},"
        f" {wording.count(counts['rejected'], 'article')} would be dropped;"
        f" {wording.count(counts['words_added'], 'word')} added, {counts['words_removed']:,} removed."
    )


def _shown(preview: Preview) -> Text:
    text = Text.assemble((preview.title, "bold"), f"\n  {preview.source}  ", (preview.url, "blue"), "\n")
    if preview.outcome != "changed":
        reason = {
            "rejected": f"would be dropped: {preview.reason}",
            "unread": f"cannot be read now and stays as it is: {preview.reason}",
        }.get(preview.outcome, "would become an article")
        text.append(f"  {reason}\n", "yellow")
    for sign, lines, style in (("-", preview.before, "red"), ("+", preview.after, "green")):
        for line in lines[:_LINES]:
            text.append(f"  {sign} {_short(line)}\n", style)
        if len(lines) > _LINES:
            text.append(f"  {sign} ... and {wording.count(len(lines) - _LINES, 'more line')}\n", style)
    return text


def _counts(expected: Expected) -> dict[str, int]:
    return {
        "read": expected.read,
        **{outcome: expected.count(outcome) for outcome in ("changed", "new", "rejected", "unread")},
        "words_added": sum(preview.words_added for preview in expected.previews),
        "words_removed": sum(preview.words_removed for preview in expected.previews),
    }


def _facts(expected: Expected, examples: int) -> dict[str, Any]:
    return {
        **_counts(expected),
        "extractor": EXTRACTOR,
        "examples": [_bounded(each) for each in expected.previews[:examples]],
    }


def _bounded(preview: Preview) -> dict[str, Any]:
    return asdict(preview) | {"before": preview.before[:_LINES], "after": preview.after[:_LINES]}


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _WIDTH else f"{one_line[: _WIDTH - 1]}…"


ALL = (boilerplate, keep, remove, reclean)
