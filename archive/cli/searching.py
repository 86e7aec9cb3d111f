"""The commands that find articles: search, similar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click
from rich.text import Text

from archive.cli import database, terminal
from archive.cli.completion import Day, SourceName, Tag, refuse_order
from archive.cli.source_settings import tagged
from archive.core.counted import count
from archive.store import search
from archive.store.search import Hit
from archive.store.search_index.query import Order
from archive.text.fulltext import Snippet
from archive.text.wording import STATUS


@click.command("search", cls=terminal.Command, example='dateline search "solar farm" --source valdora --limit 5')
@click.argument("words", nargs=-1)
@click.option("--source", type=SourceName(), default="", help="Only articles of this source.")
@click.option("--tag", type=Tag(), default="", help="Only articles of sources with this tag.")
@click.option("--since", type=Day(past=True), metavar="DAY", help="Published on this day or later (YYYY-MM-DD).")
@click.option("--until", type=Day(), metavar="DAY", help="Published on this day or earlier (YYYY-MM-DD).")
@click.option(
    "--limit",
    metavar="N",
    default=10,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="At most this many articles.",
)
@click.option(
    "--order", default="newest", show_default=True, type=click.Choice(get_args(Order)), help="What comes first."
)
@click.option("--ever", is_flag=True, help="Find words that were edited out, too.")
@click.option("--status", "standing", type=click.Choice(list(STATUS)), help="Only articles with this status now.")
@click.option("--language", default="", metavar="CODE", help="Only articles in this language, such as en.")
@click.option("--author", metavar="NAME", default="", help="Only articles by this author.")
@click.option(
    "--place", "dateline", metavar="PLACE", default="", help="Only articles whose dateline begins with this place."
)
@click.option("--edited", is_flag=True, help="Only articles that were edited.")
@terminal.json_option
@terminal.options
@click.pass_context
def search_command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    source: str,
    tag: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    order: Order,
    ever: bool,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
    **filters: Any,
) -> None:
    """Find articles that contain all these words.

    "quoted words" match only together, beginning* matches the start of a word. OR, NOT and -word work. Where an option
    narrows the search, the words may be left out.
    """
    is_narrowed = bool(source or tag or since or until or any(filters.values()))
    if not (words or is_narrowed):
        terminal.fail(
            "give words to search for, or an option that narrows the search, such as --edited", terminal.USAGE
        )
    refuse_order(since, until)
    with database.opened(archive) as connection:
        if source:
            search.check_source(connection, source)
        found = search.search(
            connection,
            " ".join(words),
            source,
            since and since.date(),
            until and until.date(),
            limit,
            order,
            ever=ever,
            among=tagged(ctx, archive, connection, tag),
            **{name: value for name, value in filters.items() if value},
        )
    if as_json:
        terminal.print_json(found)
        return
    _print_hits(found.hits)
    shown = f", the first {len(found.hits)} of them above" if len(found.hits) < found.total else ""
    none = "No article contains these words" if words else "No article"
    none += f"{' and' if words else ''} is what the options ask for." if is_narrowed else "."
    terminal.say(f"{count(found.total, 'article')}{shown}" if found.total else none)


@click.command(
    "similar",
    cls=terminal.Command,
    short_help="Find articles that say much the same as one.",
    example="dateline similar https://press.valdora.example/news/pier-7",
)
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--limit",
    metavar="N",
    default=10,
    show_default=True,
    type=click.IntRange(1, 60),
    help="At most this many articles.",
)
@terminal.json_option
@terminal.options
def similar_command(article: str, limit: int, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """Find articles that say much the same as one, named by its id or address.

    They share the words that tell it apart best, the most similar first. Other pages with the same text are left out.
    """
    with database.opened(archive) as connection:
        found = search.alike(connection, search.article_named(connection, article), limit)
    if as_json:
        terminal.print_json(found)
        return
    _print_hits(found.hits)
    if not found.hits:
        terminal.say("No other article shares at least two telling words with it.")


def _print_hits(hits: Sequence[Hit]) -> None:
    console = terminal.out()
    for hit in hits:
        console.print(_shown(hit), soft_wrap=True)


def _shown(hit: Hit) -> Text:
    day = hit.published_at[:10] or hit.first_seen[:10]
    marks = ("" if hit.status == "live" else f" [{hit.status}]") + (" [edited]" if hit.revisions > 1 else "")
    marks += "" if hit.now else " [no longer says so]"
    text = Text.assemble((hit.title, "bold"), (marks, "yellow"), f"\n{day}  {hit.source}  ", (hit.url, "blue"), "\n")
    return text.append_text(_marked(hit.snippet)).append("\n")


def _marked(snippet: Snippet) -> Text:
    text = Text(snippet.text)
    for start, end in snippet.hits:
        text.stylize("bold reverse", start, end)
    return text


ALL = (search_command, similar_command)
