"""`dateline sources`: lists what is watched; pauses, tags and renames sources, or stops watching them.

What is changed is sources.toml, where a person could change it as well. No article, capture or event is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from archive.cli import database, terminal
from archive.cli.completion import SourceName, Tag
from archive.core.errors import SourcesError
from archive.core.toml import text_of
from archive.core.urls import host
from crawler.cli.schedules import when
from crawler.cli.subscriptions import to_opml
from crawler.sources import edits, fields
from crawler.sources import sources as configuration
from crawler.sources.sources import FILE, Source


@click.group(
    cls=terminal.Group,
    short_help="List the sources, or change how one is watched.",
    invoke_without_command=True,
    example="dateline sources --tag energy",
)
@click.option("--opml", is_flag=True, help="Print those that are watched as OPML, for feed readers.")
@click.option("--tag", type=Tag(), default="", help="Only sources with this tag.")
@terminal.json_option
@terminal.options
@click.pass_context
def sources(ctx: click.Context, opml: bool, tag: str, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """List the sources, or change how one is watched. The articles stay, whatever you change.

    Sources of which the archive only has imported releases are listed as not watched.

    The name of a source is the folder of its WARC files and part of its addresses on the site, so it never changes;
    `rename` changes its title, the name for people.
    """
    if ctx.invoked_subcommand:
        return
    known = configuration.load(archive / FILE)
    known = with_tag((*known, *_imported(archive, known)), tag)
    if opml:
        click.echo(to_opml(source for source in known if source.watched))
    elif as_json:
        terminal.print_json(known)
    else:
        terminal.out().print(_table(known) if known else "No source yet: dateline add URL")


def _imported(archive: Path, known: Sequence[Source]) -> Iterator[Source]:
    """The sources of the archive that sources.toml does not have: their releases were imported, nobody watches them."""
    for name, (title, url) in database.imported(archive, {source.name for source in known}).items():
        yield Source(name, url, title=title, watched=False)


def with_tag(known: Sequence[Source], tag: str) -> tuple[Source, ...]:
    """The sources with a tag; all without one. Raises SourcesError if none has it."""
    found = tuple(source for source in known if not tag or tag.lower() in source.tags)
    if tag and not found:
        there = ", ".join(sorted({each for source in known for each in source.tags}))
        tags = f"tags in {FILE}: {there}" if there else "`dateline sources tag` gives tags, and no source has one yet"
        raise SourcesError(f"no source has the tag {tag}; {tags}.")
    return found


def choose(known: tuple[Source, ...], names: tuple[str, ...], tag: str) -> tuple[Source, ...]:
    """The sources named, and of those with the tag, or of all, those that are watched."""
    missing = set(names) - {source.name for source in known}
    if missing:
        there = ", ".join(source.name for source in known) or "none"
        terminal.fail(f"no source is called {', '.join(sorted(missing))}; there are: {there}")
    tagged = with_tag(known, tag) if tag or not names else ()
    return tuple(source for source in known if source.name in names or (source in tagged and source.state == "watched"))


def _table(known: Sequence[Source]) -> Table:
    tagged = any(source.tags for source in known)
    table = Table("source", "schedule", *(["tags"] if tagged else []), "address", box=None, header_style="bold")
    for source in known:
        schedule = when(source) if source.state == "watched" else source.state
        tags = [", ".join(source.tags)] if tagged else []
        table.add_row(source.name, schedule, *tags, source.url, style="" if source.state == "watched" else "dim")
    return table


@sources.command(
    cls=terminal.Command, short_help="Do not crawl sources for a while.", example="dateline sources pause valdora"
)
@click.argument("names", nargs=-1, required=True, metavar="SOURCE...", type=SourceName())
@terminal.options
@click.pass_context
def pause(ctx: click.Context, names: tuple[str, ...], archive: Path, verbose: int, debug: bool) -> None:
    """Do not crawl sources for a while: neither the daemon nor `dateline crawl`, unless you name one there."""
    for name in names:
        changed = _change(archive, name, paused=True)
        again = f"`dateline sources watch {name}` goes on."
        terminal.say(f"{name} is paused. {again}" if changed.watched else f"{name} is not watched. {again}")
    _apply(ctx, archive)


@sources.command(cls=terminal.Command, example="dateline sources unwatch valdora")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE...", type=SourceName())
@terminal.options
@click.pass_context
def unwatch(ctx: click.Context, names: tuple[str, ...], archive: Path, verbose: int, debug: bool) -> None:
    """Stop watching sources. All that was archived stays, and so do their settings in sources.toml."""
    for name in names:
        _change(archive, name, watched=False, paused=None)
        terminal.say(f"{name} is no longer watched. `dateline sources watch {name}` watches it again.")
    _apply(ctx, archive)


@sources.command(cls=terminal.Command, example="dateline sources watch valdora")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE...", type=SourceName())
@terminal.options
@click.pass_context
def watch(ctx: click.Context, names: tuple[str, ...], archive: Path, verbose: int, debug: bool) -> None:
    """Watch sources again that were paused or are no longer watched."""
    for name in names:
        _refuse_second(archive, name)
        changed = _change(archive, name, watched=None, paused=None)
        terminal.say(f"{name} is watched, {when(changed)}.")
    _apply(ctx, archive)


@sources.command(
    cls=terminal.Command,
    short_help="Give a source tags, or take them away.",
    example="dateline sources tag valdora energy ports",
)
@click.argument("name", metavar="SOURCE", type=SourceName())
@click.argument("tags", nargs=-1, required=True, metavar="TAG...", type=Tag())
@click.option("--remove", "removing", is_flag=True, help="Take these tags away.")
@terminal.options
@click.pass_context
def tag(
    ctx: click.Context,
    name: str,
    tags: tuple[str, ...],
    removing: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Give a source tags: words that searches, changes, feeds and commands can be narrowed by."""
    given = [_read(fields.tag, each, "tag") for each in tags]
    before = _source(archive, name).tags
    after = tuple(each for each in before if each not in given) if removing else tuple(dict.fromkeys([*before, *given]))
    changed = _change(archive, name, tags=after or None)
    terminal.say(f"{name} has the tags {', '.join(changed.tags)}." if changed.tags else f"{name} has no tags.")
    _apply(ctx, archive)


@sources.command(
    cls=terminal.Command,
    short_help="Give a source another title.",
    example='dateline sources rename valdora "Port of Valdora"',
)
@click.argument("name", metavar="SOURCE", type=SourceName())
@click.argument("title")
@terminal.options
@click.pass_context
def rename(ctx: click.Context, name: str, title: str, archive: Path, verbose: int, debug: bool) -> None:
    """Give a source another title: its name for people, on the site, in feeds and in exports of it.

    The short name stays. Ids, permanent addresses, WARC files and decisions are made of it.
    """
    _source(archive, name)
    new = _read(text_of("a title on one line"), title, "title")
    changed = edits.change(archive / FILE, name, {"title": (edits.OF_TITLE, edits.TITLE_GIVEN)}, title=new)
    terminal.say(f"{name} is now called {changed.title}.")
    _apply(ctx, archive)


def _read(reader: Callable[[Any], str], value: str, field: str) -> str:
    try:
        return reader(value)
    except ValueError as error:
        raise SourcesError(f"{field}: expected {error}, found {value!r}") from error


def _source(archive: Path, name: str) -> Source:
    """The source of sources.toml; one of which only the archive knows is entered there, as not watched."""
    known = {source.name: source for source in configuration.load(archive / FILE)}
    if name not in known and (address := database.address_of(archive, name)):
        edits.add(archive / FILE, address, name)
        return edits.change(archive / FILE, name, watched=False)
    if name not in known:
        raise SourcesError(f"no source is called {name}: `dateline sources` lists them.")
    return known[name]


def _refuse_second(archive: Path, name: str) -> None:
    """Raise SourcesError where only the archive knows a source, and another one is watched on its site: perhaps its
    table was given another name."""
    known = configuration.load(archive / FILE)
    address = "" if name in {source.name for source in known} else database.address_of(archive, name)
    there = ", ".join(source.name for source in known if address and host(source.url) == host(address))
    if there:
        raise SourcesError(
            f"{name} is no longer in {FILE}, and its site, {address}, is watched as {there}. If that is the same"
            f" newsroom, write {name} there again: its articles and WARC files go by this name. If it is another one,"
            f" write a [[source]] with the name {name} and its own url."
        )


def _change(archive: Path, name: str, **fields: Any) -> Source:
    _source(archive, name)
    return edits.change(archive / FILE, name, **fields)


def _apply(ctx: click.Context, archive: Path) -> None:
    """Bring the tables up to what sources.toml says now, so that the site shows it; a daemon does so by itself."""
    if ctx.obj:
        database.note_sources(archive, ctx.obj(archive).watched)
