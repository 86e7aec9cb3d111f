"""`dateline add`: find the ways to a newsroom's releases, show them with samples, ask, and write it to sources.toml."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Column, Table

from archive.cli import terminal
from archive.cli.sample_release import SampleReading, read_sample
from archive.core.credentials import REFUSED, hidden, names_user
from archive.core.errors import DatelineError, SourcesError
from archive.core.software import version
from archive.core.urls import canonical, key
from crawler.cli.probe import NoNewsroom, SiteProbe, Unreachable, probe, refuse_local_names
from crawler.cli.schedules import when
from crawler.cli.subscriptions import Listed, from_csv, from_opml
from crawler.discover.further.counting.counters import first_page
from crawler.discover.ways import SAMPLES, Way
from crawler.fetch.settings import user_agent
from crawler.sources import edits
from crawler.sources import sources as configuration
from crawler.sources.sources import FILE, Source

_LONGEST_TITLE = 60
_FEED_SCHEME = re.compile(r"feed:(?=//|https?://)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9/])", re.IGNORECASE)
"""The scheme of what is no web address, as `mailto:`: behind the colon of a host is the number of a port."""
_NO_ADDRESS = "is not a web address: give one such as https://www.example.org/news"


@dataclass(frozen=True)
class Wish:
    """What a person wants watched: the address, and what the options say of it."""

    url: str
    name: str = ""
    title: str = ""
    feeds: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    schedule: str = ""
    allow_private: bool = False
    render: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a person named where its releases are listed."""
        return bool(self.feeds or self.listings or self.sitemaps)


@click.command(
    cls=terminal.Command,
    short_help="Watch a newsroom: find the ways to its releases, and ask.",
    example="dateline add https://www.valdora.example/news --schedule 'every 30m'",
)
@click.argument("url", required=False)
@click.option("--name", metavar="NAME", default="", help="Short name of the source; else made from its host.")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed to read; repeatable.")
@click.option("--listing", "listings", multiple=True, metavar="URL", help="A page that lists releases; repeatable.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="A sitemap to read; repeatable.")
@click.option("--schedule", metavar="WHEN", default="", help='"every 30m" or five cron fields; else "auto".')
@click.option("--opml", type=click.File("rb"), metavar="FILE", help="Add all feeds of a file that a feed reader wrote.")
@click.option("--csv", type=click.File("rb"), metavar="FILE", help="Add many: a column url, perhaps name, title, feed.")
@click.option("--yes", "-y", is_flag=True, help="Write what was found without asking.")
@click.option("--allow-private", is_flag=True, help="The address may lead to a local network; the source says so.")
@click.option("--render", is_flag=True, help="Show its pages in a browser, if scripts make their text.")
@click.option("--no-fetch", is_flag=True, help="Do not fetch anything; write what the options say.")
@terminal.json_option
@terminal.options
def add(
    url: str | None,
    name: str,
    feeds: tuple[str, ...],
    listings: tuple[str, ...],
    sitemaps: tuple[str, ...],
    schedule: str,
    opml: Any,
    csv: Any,
    yes: bool,
    allow_private: bool,
    render: bool,
    no_fetch: bool,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Watch a newsroom: find the ways to its releases, show them, ask, and write them to sources.toml.

    From the address alone it finds the listing, its further pages, feeds and sitemaps, and reads ten releases as
    samples. Pages are fetched as a crawl fetches them: robots.txt and the limits apply. It asks before it writes,
    unless you give --yes. The answer may also come from a pipe; if the input is empty, as in cron, it writes without
    an answer. Nothing is written if no server answers, if there is no such page, or if nothing to read is found: then
    it says what it read, and what to try.

    --opml and --csv add many newsrooms and ask nothing.
    """
    ways = (*feeds, *listings, *sitemaps)
    _check_usage(url, opml, csv, name, ways)
    _refuse_users((url or "", *ways))
    wish = Wish(url or "", name, "", feeds, listings, sitemaps, schedule, allow_private, render)
    if opml or csv:
        listed = from_opml(opml.read()) if opml else from_csv(csv.read())
        _add_many(archive / FILE, listed, wish, not no_fetch, as_json)
        return
    wish = replace(wish, url=_address(wish.url))
    wish, found, samples = _looked(archive / FILE, wish, not no_fetch, "://" in (url or ""))
    if not as_json:
        _show(found, samples)
    is_asked = not (yes or as_json or no_fetch)
    if is_asked and terminal.answer("Add it to sources.toml?", True, is_person_there()) is False:
        terminal.say("Nothing was written.")
        return
    source = _write(archive / FILE, wish, found)
    if as_json:
        terminal.print_json({"source": source, "found": _facts(found), "samples": samples})
        return
    _report(archive / FILE, source)


def _check_usage(url: str | None, opml: Any, csv: Any, name: str, ways: Sequence[str]) -> None:
    """End with a message where arguments do not go together: one newsroom is added, or those of one file."""
    if not (url or opml or csv) and ways:
        terminal.fail(
            f"{ways[0]} is a way to the releases of a newsroom: give the address of the newsroom as well, as in "
            "`dateline add URL --listing URL`",
            terminal.USAGE,
        )
    if sum(map(bool, (url, opml, csv))) != 1:
        terminal.fail("give one of: the address of a newsroom, --opml FILE, --csv FILE", terminal.USAGE)
    if (opml or csv) and (name or ways):
        terminal.fail(
            "--name, --feed, --listing and --sitemap say something of one newsroom: give its address", terminal.USAGE
        )


def is_person_there() -> bool:
    """Whether a person can be asked: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _address(stated: str) -> str:
    address = _with_scheme(stated)
    if not address:
        terminal.fail(f"{stated} {_NO_ADDRESS}", terminal.USAGE)
    return address


def _with_scheme(stated: str) -> str:
    """An address that a person gave, perhaps without a scheme, as it is archived; "" if it is none.

    Feed readers write `feed:` before an address, or in place of its `http:`.
    """
    bare = _FEED_SCHEME.sub("", stated.strip())
    if "://" not in bare and _OTHER_SCHEME.match(bare):
        return ""
    if bare.startswith("//"):
        return canonical(f"http:{bare}")
    return canonical(bare if "://" in bare else f"https://{bare}") if bare else ""


def _refuse_users(addresses: Sequence[str]) -> None:
    """Raise SourcesError for an address with a user name or a password, which is neither stored nor shown."""
    for address in filter(names_user, addresses):
        raise SourcesError(f"{hidden(address)} {REFUSED}.")


def _looked(file: Path, wish: Wish, fetch: bool, has_scheme: bool) -> tuple[Wish, SiteProbe, tuple[SampleReading, ...]]:
    """What is found at the address given, or, where it has no scheme and no server answers by https, by http. Raises
    DatelineError."""
    try:
        return _looked_at_first(file, wish, fetch)
    except Unreachable:
        if has_scheme:
            raise
    return _looked_at_first(file, replace(wish, url=wish.url.replace("https://", "http://", 1)), fetch)


def _looked_at_first(file: Path, wish: Wish, fetch: bool) -> tuple[Wish, SiteProbe, tuple[SampleReading, ...]]:
    """What is found at the first page of a list of which a later one was given, or else at that page itself."""
    first = first_page(wish.url) if fetch and not wish.is_named else ""
    if first:
        one = replace(wish, url=first)
        try:
            return one, *_look(file, one, fetch)
        except Unreachable:
            raise
        except NoNewsroom:
            pass
    return wish, *_look(file, wish, fetch)


def _look(file: Path, wish: Wish, fetch: bool) -> tuple[SiteProbe, tuple[SampleReading, ...]]:
    """What is found of a newsroom, and some of its releases as they would be read. Raises DatelineError."""
    if not wish.allow_private:
        refuse_local_names((wish.url, *wish.feeds, *wish.listings, *wish.sitemaps))
    draft = edits.draft(file, wish.url, wish.name, **_fields(wish, SiteProbe(wish.url)))[0]
    if not fetch:
        return SiteProbe(wish.url), ()
    agent = user_agent(f"dateline/{version()}", draft.contact)
    samples = 0 if wish.is_named else SAMPLES
    found = probe(draft, agent, named=wish.is_named, samples=samples, again=wish.is_named)
    if not wish.is_named:
        _refuse_watched(file, found)
    at = datetime.now(UTC)
    read = tuple(read_sample(page.url, page.body, page.content_type, page.link, at) for page in found.pages)
    return replace(found, pages=()), read


def _refuse_watched(file: Path, found: SiteProbe) -> None:
    """Raise SourcesError if a source watches the listings that were found, or, where there is none, the feeds."""
    places = found.listings or found.feeds
    for source in configuration.load(file):
        known = {key(url) for url in (*source.listings, *source.feeds)}
        if places and all(key(url) in known for url in places):
            raise SourcesError(
                f"{source.name} watches this newsroom already: {places[0]}. Nothing was written. To watch it a second "
                f"time, give its list: --listing {places[0]}"
            )


def _fields(wish: Wish, found: SiteProbe) -> dict[str, Any]:
    return {
        "title": wish.title or found.title,
        "feeds": wish.feeds if wish.is_named else found.feeds,
        "listings": wish.listings if wish.is_named else found.listings,
        "sitemaps": wish.sitemaps if wish.is_named else found.sitemaps,
        "hosts": found.hosts,
        "schedule": wish.schedule or "auto",
        "allow_private": wish.allow_private,
        "render": wish.render,
    }


def _write(file: Path, wish: Wish, found: SiteProbe) -> Source:
    return edits.add(file, wish.url, wish.name, _reasons(wish, found), **_fields(wish, found))


def _reasons(wish: Wish, found: SiteProbe) -> Mapping[str, str | Sequence[str]]:
    """Why each line stands in sources.toml."""
    whys = {way.url: way.why for way in found.ways}
    given = "you named it"
    reasons: dict[str, str | Sequence[str]] = {
        "name": "the name of its folder, and in commands" if wish.name else "made from the host; you may change it now",
        "title": edits.TITLE_OF_FILE if wish.title else edits.TITLE_OF_PAGE,
        "url": "the address that you gave",
        "schedule": given if wish.schedule else "learned from when it publishes; or: every 30m, or cron",
        "allow_private": "you said --allow-private",
        "render": "you said --render",
    }
    reasons["hosts"] = ["the releases of the list lie there"] * len(found.hosts)
    for kind in ("feeds", "listings", "sitemaps"):
        reasons[kind] = [given if wish.is_named else whys.get(url, "") for url in _fields(wish, found)[kind]]
    return reasons


def _show(found: SiteProbe, samples: Sequence[SampleReading]) -> None:
    """The table of ways, and the samples."""
    if found.ways:
        table = Table("way", "releases", "back to", Column("address", overflow="fold"), box=None, header_style="bold")
        for way in found.ways:
            table.add_row(way.kind, _how_many(way), way.back_to or "-", way.url)
        terminal.out().print(table)
    if found.shapes:
        terminal.say(f"A release's address looks like: {', '.join(found.shapes)}")
    if samples:
        terminal.say("")
        table = Table("title", "day", "words", "parts", box=None, header_style="bold")
        for sample in samples:
            title = _shortened(sample.title) or sample.url
            rest = (sample.day or "-", str(sample.words), ", ".join(sample.anatomy) or "-")
            table.add_row(title, *(("-", "-", f"no article: {sample.refused}") if sample.refused else rest))
        terminal.out().print(table)
    for words in filter(None, (found.browser, found.hint)):
        terminal.say(words)
    _warn(found)


def _warn(found: SiteProbe) -> None:
    """What is wrong with the address, and with what a person named."""
    named = (f"the {one.document.kind} {one.document.url}: {one.problem}" for one in found.known if one.problem)
    for problem in (*filter(None, [found.problem]), *named):
        terminal.say(f"dateline: {problem}; a crawl tries again.", err=True)


def _how_many(way: Way) -> str:
    if way.kind != "listing":
        return str(len(way.links))
    if way.proposed and not way.further:
        return f"{len(way.links)}, {way.proposed} {'link' if way.proposed == 1 else 'links'} to try"
    return f"{len(way.links)} on its first page" if way.further else f"{len(way.links)}, no further page found"


def _report(file: Path, source: Source) -> None:
    """How a source is watched, and which others read the same: two lists of one site may share its feed."""
    terminal.say(f"{source.name} is watched {when(source)}: {source.title or source.url}")
    others = [one for one in configuration.load(file) if one.name != source.name]
    for kind in ("feeds", "listings", "sitemaps"):
        for place in getattr(source, kind):
            sharing = [one.name for one in others if key(place) in map(key, getattr(one, kind))]
            note = f" (read by {', '.join(sharing)} too)" if sharing else ""
            terminal.say(f"  {kind[:-1]}: {place}{note}")
    if not (source.feeds or source.listings or source.sitemaps):
        terminal.say("  No feed was named or found: the crawl will search for releases from the page itself.")


def _facts(found: SiteProbe) -> dict[str, Any]:
    """What was found, for --json: of each way how many releases it names, not all of them."""
    facts = {
        name: getattr(found, name)
        for name in ("url", "title", "feeds", "sitemaps", "listings", "problem", "shapes", "looked", "browser", "hint")
    }
    facts["ways"] = [
        {"kind": way.kind, "url": way.url, "why": way.why, "releases": len(way.links), "back_to": way.back_to}
        for way in found.ways
    ]
    return facts


def _add_many(file: Path, listed: Listed, wish: Wish, fetch: bool, as_json: bool) -> None:
    """Add newsrooms one after the other; one that cannot be added is reported, and the rest goes on."""
    added: list[Source] = []
    failed = [{"where": one.where, "url": hidden(one.found), "error": one.words} for one in listed.mistakes]
    for each in listed.found:
        stated = each.url or each.feed
        feeds = (_with_scheme(each.feed) or each.feed,) if each.feed else ()
        one = replace(wish, url=_with_scheme(stated), name=each.name, title=each.title)
        try:
            _refuse_users((each.url, each.feed))
            if not one.url:
                raise SourcesError(f"{stated} {_NO_ADDRESS}")
            if not one.allow_private:
                refuse_local_names(feeds)
            one, found = _looked_by_feed(file, one, feeds, fetch, "://" in stated)
            if not found.ways:
                _refuse_watched(file, _with_feed(found, feeds))
                one = replace(one, feeds=feeds)
            added.append(_write(file, one, _with_feed(found, feeds)))
        except DatelineError as error:
            failed.append({"where": each.where, "url": hidden(stated), "error": hidden(str(error))})
            continue
        if not as_json:
            _report(file, added[-1])
            _warn(found)
    if as_json:
        terminal.print_json({"added": added, "failed": failed})
    else:
        for problem in sorted(failed, key=lambda one: int(one["where"].split()[-1])):
            about = (
                "" if not problem["url"] or problem["url"] in problem["error"] else f", {_shortened(problem['url'])}"
            )
            terminal.say(f"dateline: {problem['where']}{about}: {problem['error']}", err=True)
        terminal.say(f"{len(added)} of {len(listed.found) + len(listed.mistakes)} newsrooms were added.")
    if failed:
        sys.exit(terminal.SOME_FAILED)


def _looked_by_feed(
    file: Path, wish: Wish, feeds: tuple[str, ...], fetch: bool, has_scheme: bool
) -> tuple[Wish, SiteProbe]:
    """What is found at a newsroom's page, or, where that is nothing, at the feed that a file names for it."""
    try:
        return _looked(file, wish, fetch, has_scheme)[:2]
    except NoNewsroom as nothing:
        try:
            if not feeds or feeds[0] == wish.url:
                raise
            return wish, _look(file, replace(wish, url=feeds[0]), fetch)[0]
        except NoNewsroom:
            raise nothing from None


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}..."


def _with_feed(found: SiteProbe, feeds: tuple[str, ...]) -> SiteProbe:
    """What was found, with the feed that the file names first."""
    ways = tuple(Way("feed", url, "the file that you gave names it") for url in feeds if url not in found.feeds)
    return replace(found, feeds=(*(way.url for way in ways), *found.feeds), ways=(*found.ways, *ways))
