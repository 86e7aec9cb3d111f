"""`make bench-web`: how long the pages of the site take on a large archive, beside plain Datasette on the same file.

First one reader, who asks for one page after another; then fifty at a time while a writer commits. Prints for each kind
of page how many were asked for, the median and the 95th percentile in milliseconds, how much processor time the server
took for one, and how many were no page (503). Plain Datasette is asked for FEW pages of each kind, and each is given up
after PATIENCE seconds; no kind takes longer than LONGEST. `--write docs/speed.md` puts the figures into that page.

An archive of `make million` is made first where the directory has none, or finished where it has a part.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode

import httpx

from archive.store.database import Store
from tests.bench.million import NOTE, build, frequent_words, said, vocabularies, write

WORDS = 20
"""Common words, and rare ones, that are searched for."""

FEW, PATIENCE, LONGEST = 6, 10.0, 60.0
_STOPPING = 20
"""Seconds that a site may take to end."""

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"

_COMMON, _RARE = range(5, 5 + WORDS), range(3_000, 3_000 + 100 * WORDS, 100)
SITE = """
import sys
from itertools import pairwise
from pathlib import Path
from archive.web.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""
PLAIN = """
import sys, uvicorn, socket
from datasette.app import Datasette
site = Datasette([sys.argv[1]])
listener = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
uvicorn.Server(uvicorn.Config(site.app(), log_level="error", lifespan="on")).run(sockets=[listener])
"""
_RANKED = (
    "select a.id, a.title, a.published_day from articles_fts join articles a on a.id = articles_fts.rowid"
    " where articles_fts match :q order by rank limit 20"
)


@dataclass
class Timing:
    """Seconds that pages of one kind took, how many were no page, and the server's processor time for all of them."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    cpu: float = 0.0

    @property
    def percentiles(self) -> tuple[float, float] | None:
        """The median and the 95th percentile in milliseconds; None for a single page."""
        if len(self.seconds) < 2:
            return None
        parts = quantiles(self.seconds, n=20)
        return parts[9] * 1000, parts[18] * 1000

    def row(self, name: str) -> str:
        """A line of the table."""
        cpu = f"{self.cpu / len(self.seconds) * 1000:7.1f}" if self.cpu else f"{'-':>7}"
        half, most = (f"{value:7.1f}" for value in self.percentiles) if self.percentiles else (f"{'-':>7}",) * 2
        return f"{name:28} {len(self.seconds):6}  {half} {most} {cpu}  {self.failed:6}"


Kinds = Mapping[str, Sequence[str]]


def pages(database: Path) -> tuple[Kinds, Kinds]:
    """The addresses to ask for by kind of page: those of the site, and what plain Datasette has for the same."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        common, rare = (list(frequent_words(connection, ranks)) for ranks in (_COMMON, _RARE))
        articles = [row[0] for row in connection.execute("select id from articles order by random() limit 40")]
        sources = [row[0] for row in connection.execute("select name from sources order by name limit 200")][::5]
    phrases = [f'"{one} {two}"' for one, two in pairwise(common)]
    ours: dict[str, list[str]] = {
        "front": ["/"] * WORDS,
        "common word, newest": [_query(q=word, sort="newest") for word in common],
        "common word, best": [_query(q=word) for word in common],
        "rare word, newest": [_query(q=word, sort="newest") for word in rare],
        "rare word, best": [_query(q=word) for word in rare],
        "phrase": [_query(q=phrase) for phrase in phrases],
        "filters": [_query(q=word, source=sources[3], status="live", language="en") for word in common],
        "article": [f"/article/{number}" for number in articles],
        "more like this": [f"/article/{number}/similar" for number in articles[:WORDS]],
        "source": [f"/source/{quote(name)}" for name in sources],
        "changes": ["/events"] * WORDS,
        "trends": [f"/trends?{urlencode({'q': word, 'share': 1})}" for word in common],
    }
    newest = "_sort_desc=published_day&_size=20"
    plain: dict[str, list[str]] = {
        "front": [f"/plain/articles?{newest}"] * WORDS,
        "common word, newest": [f"/plain/articles?{newest}&_search={quote(word)}" for word in common],
        "common word, best": [f"/plain?{urlencode({'sql': _RANKED, 'q': word})}" for word in common],
        "rare word, newest": [f"/plain/articles?{newest}&_search={quote(word)}" for word in rare],
        "rare word, best": [f"/plain?{urlencode({'sql': _RANKED, 'q': word})}" for word in rare],
        "article": [f"/plain/articles/{number}" for number in articles],
        "source": [f"/plain/articles?{newest}&source={quote(name)}" for name in sources],
        "changes": ["/plain/events?_sort_desc=at&_size=100"] * WORDS,
    }
    return ours, plain


def _query(**arguments: str) -> str:
    return f"/search?{urlencode(arguments)}"


class Served(str):
    """The address of a site, and the number of its process."""

    process: int = 0

    def cpu(self) -> float:
        """Processor seconds that its process and those below it have taken; 0 where the system does not say."""
        parents: dict[int, int] = {}
        ticks: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                values = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            number = int(stat.parent.name)
            parents[number], ticks[number] = int(values[1]), int(values[11]) + int(values[12])
        ours = {self.process}
        while more := {number for number, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return sum(ticks.get(number, 0) for number in ours) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(code: str, path: Path) -> Iterator[Served]:
    """A site in a process of its own."""
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = Served(process.stdout.readline().strip().rstrip("/"))
        address.process = process.pid
        # Datasette prints every error; a pipe that nobody reads would fill, and hold it.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        try:
            yield address
        finally:
            process.terminate()
            try:
                process.wait(_STOPPING)
            except subprocess.TimeoutExpired:
                process.kill()


async def one_reader(
    address: Served, kinds: Kinds, patience: float = 30, longest: float = LONGEST
) -> dict[str, Timing]:
    """One page after another, all of one kind before the next; the first of each kind does not count.

    A page is given up after `patience` seconds. What is left of a kind is not asked for after `longest` seconds.
    """
    found: dict[str, Timing] = {}
    async with httpx.AsyncClient(base_url=address, timeout=patience) as client:
        for name, paths in kinds.items():
            _say(f"{name}: {len(paths)} pages")
            until = time.monotonic() + longest
            await _timed(client, paths[0], Timing())
            found[name] = Timing()
            before = address.cpu()
            for path in paths:
                await _timed(client, path, found[name])
                if time.monotonic() > until:
                    break
            found[name].cpu = address.cpu() - before
    return found


async def many_readers(address: str, kinds: Kinds, readers: int, seconds: float, think: float) -> dict[str, Timing]:
    """So many readers at a time, each of whom asks for pages of any kind, and reads for `think` seconds on average."""
    found = {name: Timing() for name in kinds}
    until = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=readers, max_keepalive_connections=readers)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:

        async def read(number: int) -> None:
            chance = random.Random(number)
            await asyncio.sleep(chance.random() * think)
            while time.monotonic() < until:
                name = chance.choice(list(kinds))
                await _timed(client, chance.choice(kinds[name]), found[name])
                await asyncio.sleep(chance.random() * 2 * think)

        await asyncio.gather(*(read(number) for number in range(readers)))
    return found


async def _timed(client: httpx.AsyncClient, path: str, timing: Timing) -> None:
    began = time.perf_counter()
    try:
        failed = (await client.get(path)).status_code != 200
    except httpx.TimeoutException:
        failed = True
    timing.seconds.append(time.perf_counter() - began)
    timing.failed += failed


@contextmanager
def writer(database: Path, pause: float = 0.5, at_once: int = 20) -> Iterator[None]:
    """Commits new releases, with their places in the index of searches, until the block is left."""
    ended = threading.Event()

    def work() -> None:
        chance = random.Random(2)
        languages = vocabularies(chance)
        with Store(database) as store:
            number = store.db.execute("select count(*) from articles").fetchone()[0]
            while not ended.wait(pause):
                with store.writing() as db:
                    for _ in range(at_once):
                        write(db.conn, number, number + 1, languages, chance)
                        number += 1

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _say(words: str) -> None:
    """What is done now, beside the figures."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def _show(title: str, found: Mapping[str, Timing]) -> None:
    print(f"\n{title}\n{'':28} {'pages':>6}  {'p50 ms':>7} {'p95 ms':>7} {'cpu ms':>7}  {'failed':>6}")
    for name, timing in found.items():
        print(timing.row(name), flush=True)


def table(columns: Mapping[str, Mapping[str, Timing]]) -> str:
    """The medians and 95th percentiles ("34 / 80", in milliseconds) as Markdown: a row for each kind of page.

    Where pages failed (503, or given up), the cell says how many of how many.
    """
    kinds = dict.fromkeys(name for found in columns.values() for name in found)
    lines = [f"| p50 / p95, ms | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    lines += [f"| {kind} | {' | '.join(_cell(found.get(kind)) for found in columns.values())} |" for kind in kinds]
    return "\n".join(lines)


def _cell(timing: Timing | None) -> str:
    if timing is None or timing.percentiles is None:
        return ""
    half, most = timing.percentiles
    failed = f" ({timing.failed} of {len(timing.seconds)} failed)" if timing.failed else ""
    return f"{half:,.0f} / {most:,.0f}{failed}"


def put_in(text: str, figures: str) -> str:
    """A page with these figures between its marks. Raises ValueError where it has none."""
    before, _, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"the page has no {_BEGIN} and {_END}")
    return f"{before}{_BEGIN}\n{figures}\n{end}{after}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, help="an archive, such as `make million` makes")
    parser.add_argument("--articles", type=int, default=1_000_000, help="of the archive, where it is made here")
    parser.add_argument("--seconds", type=float, default=30, help="how long many readers read")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--think", type=float, nargs="*", default=[1.0, 0.0], help="seconds between two pages of one")
    parser.add_argument("--write", type=Path, metavar="FILE", help="a page that the figures are put into")
    args = parser.parse_args()
    began = time.monotonic()
    database = prepared(args.directory, args.articles)
    ours, plain = pages(database)
    columns: dict[str, dict[str, Timing]] = {}
    columns["plain Datasette, one reader"] = of_plain(database, plain)
    _show("Plain Datasette, one reader", columns["plain Datasette, one reader"])
    with served(SITE, args.directory) as address:
        _say("the site, one reader")
        columns = {"one reader": asyncio.run(one_reader(address, ours)), **columns}
        _show("The site, one reader", columns["one reader"])
        for think in args.think:
            pause = f"who pause {think:g} s" if think else "without a pause"
            _say(f"the site, {args.readers} readers {pause}, beside a writer, for {args.seconds:g} s")
            with writer(database):
                found = asyncio.run(many_readers(address, ours, args.readers, args.seconds, think))
            columns[f"{args.readers} readers {pause}, and a writer"] = found
            _show(f"The site, {args.readers} readers {pause}, beside a writer", found)
    if args.write:
        text = args.write.read_text(encoding="utf-8")
        args.write.write_text(put_in(text, table(columns)), encoding="utf-8")
    _say(f"done in {(time.monotonic() - began) / 60:.0f} minutes")


def prepared(directory: Path, count: int) -> Path:
    """The database of an archive: the one that is there, brought up to date, or one that is made or finished here."""
    database = directory / "archive.db"
    if not database.exists() or (directory / NOTE).exists():
        _say(f"{directory}: an archive of {count:,} articles is made where it is not there yet")
        build(directory, count, progress=said(count, time.monotonic()))
    _say(f"{directory}: the database is brought up to date where an earlier version made it")
    with Store(database):
        pass
    return database


def of_plain(database: Path, kinds: Kinds) -> dict[str, Timing]:
    """What plain Datasette takes for a few pages of each kind."""
    link = database.parent / "plain.db"
    link.unlink(missing_ok=True)
    link.symlink_to(database.absolute())
    _say("plain Datasette, one reader")
    try:
        with served(PLAIN, link) as address:
            return asyncio.run(one_reader(address, {name: paths[:FEW] for name, paths in kinds.items()}, PATIENCE))
    finally:
        link.unlink()


if __name__ == "__main__":
    main()
