"""What each stage of a page's way costs, in processor time: WARC, copying, extraction, the writer, search.

Fictional newsrooms publish pages of the size of real ones without pictures; every sixth text is also in another
newsroom. The pages are written as one WARC file, and imported into an empty archive by the product's own import with a
pool of processes. The writer is the process that decides and stores: its processor time has nothing of the pool's.
`make bench` prints the table. What it says of larger archives is in docs/scale.md.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.core.model import Exchange
from archive.ingest.importer import import_files
from archive.ingest.pipeline import Ingest
from archive.ingest.pool import extraction_pool
from archive.ingest.task import extract_capture
from archive.store import search
from archive.store.database import Store
from archive.store.opening.readonly import open_readonly
from archive.store.repeated.templates import TemplateStore
from archive.warc import Archive, Report, WarcWriter, copy_in
from tests.bench.million import frequent_words, vocabularies

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
_SHARES = {"en": 80, "ru": 10, "el": 7, "zh": 3}
_QUERIES = 50


@dataclass(frozen=True)
class Stage:
    """A stage: how many pages (or queries) it did, in so many seconds of processor time."""

    name: str
    count: int
    seconds: float

    @property
    def each(self) -> float:
        """Milliseconds of processor time for one."""
        return 1000 * self.seconds / self.count

    @property
    def rate(self) -> float:
        """How many in a second of one processor."""
        return self.count / self.seconds


@dataclass(frozen=True)
class Stages:
    """What was measured: the stages, bytes a page as it was served and in its WARC file, and bytes an article in
    archive.db with its indexes."""

    stages: tuple[Stage, ...]
    page: float
    warc: float
    database: float


def pages(count: int, sources: int = 20, seed: int = 3) -> Iterator[Exchange]:
    """So many releases of fictional newsrooms, with menus, scripts and footers."""
    chance = random.Random(seed)
    languages = vocabularies(chance)
    shared = ("", "")
    for number in range(count):
        language = languages[chance.choices(list(_SHARES), list(_SHARES.values()))[0]]
        title = language.say(chance, 8).capitalize()
        texts = [language.say(chance, chance.randint(30, 70)).capitalize() for _ in range(6)]
        own = (title, "".join(f"<p>{text}.</p>" for text in texts))
        if number % 6 == 0:
            shared = own
        yield _exchange(number, f"room-{number % sources:02}", *(shared if number % 6 == 1 else own), chance)


def _exchange(number: int, room: str, title: str, text: str, chance: random.Random) -> Exchange:
    offices = (f"<li class='item'><a href='/menu/{n}'><span>Office {n}</span></a></li>" for n in range(40))
    script = "".join(f"var v{n}={chance.random()};" for n in range(300))
    at = BEGIN + timedelta(seconds=number)
    body = (
        f"<html lang=en><head><title>{title} | {room}</title><script>{script}</script>"
        f"<meta property='article:published_time' content='{at.isoformat()}'></head>"
        f"<body><nav><ul>{''.join(offices)}</ul></nav>"
        f"<article><h1>{title}</h1>{text}<p>Write to the press office at press@{room}.example.</p></article>"
        f"<footer><p>The office of {room} is open on working days from nine to five.</p></footer></body></html>"
    )
    url = f"https://{room}.example/news/{number}-release"
    return Exchange(
        source="all",
        url=url,
        kind="page",
        fetched_at=at,
        status=200,
        reason="OK",
        request_headers=(("Host", f"{room}.example"),),
        response_headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        asked=url,
    )


def measure(count: int, folder: Path, executor: Executor) -> Stages:
    """Measure all stages with so many pages, which `executor` reads."""
    made = list(pages(count))
    writer = WarcWriter(folder / "elsewhere", "dateline/bench")
    stages = [_timed("WARC: written and synced", count, lambda: _write(writer, made))]
    (foreign,) = (folder / "elsewhere/warc/all").iterdir()
    copied = WarcWriter(folder / "copied", "dateline/bench")
    archive = Archive(copied, source_of=lambda url: url.split("/")[2])
    stages.append(_timed("import: records copied", count, lambda: list(copy_in([foreign], archive, Report(print)))))
    directory = folder / "archive"
    directory.mkdir()
    stages.append(_timed_import(directory, foreign, count, executor))
    stages += [_extraction(directory, min(count, 200)), _searches(directory)]
    size = (directory / "archive.db").stat().st_size
    stored = sum(path.stat().st_size for path in (directory / "warc").rglob("*.gz"))
    return Stages(tuple(stages), sum(len(one.body) for one in made) / count, stored / count, size / count)


def _timed(name: str, count: int, work: Callable[[], object]) -> Stage:
    begun = time.process_time()
    work()
    return Stage(name, count, time.process_time() - begun)


def _write(writer: WarcWriter, made: Sequence[Exchange]) -> None:
    for one in made:
        writer.write(one)
    writer.sync()
    writer.close()


def _timed_import(directory: Path, foreign: Path, count: int, executor: Executor) -> Stage:
    writer = WarcWriter(directory, "dateline/bench")
    with Store(directory / "archive.db") as store, Ingest(store, directory, executor) as ingest:
        found = _timed("import: the writer, with copying", count, lambda: import_files([foreign], ingest, writer))
        store.db.execute("pragma wal_checkpoint(truncate)")
    writer.close()
    return found


def _extraction(directory: Path, count: int) -> Stage:
    with Store(directory / "archive.db") as store:
        templates = TemplateStore(store.db)
        captures = list(search.all_captures(store.db.conn))[:count]
        versions = [templates.version(capture.source).packed for capture in captures]
    extract_capture(str(directory), captures[0], versions[0])  # loads trafilatura
    pairs = list(zip(captures, versions, strict=True))
    return _timed(
        "extraction, in another process", len(pairs), lambda: [extract_capture(str(directory), *pair) for pair in pairs]
    )


def _searches(directory: Path) -> Stage:
    with open_readonly(directory / "archive.db") as connection:
        words = list(frequent_words(connection, range(3, 3 + _QUERIES)))
        return _timed("a search", _QUERIES, lambda: [search.search(connection, word) for word in words])


def report(found: Stages) -> str:
    """The table, with what each stage would do in a second of one processor."""
    lines = [f"{'stage':<36}{'ms CPU each':>14}{'a second':>12}"]
    lines += [f"{one.name:<36}{one.each:>14.2f}{one.rate:>12.0f}" for one in found.stages]
    lines.append(
        f"{found.page / 1000:.1f} KB a page, {found.warc / 1000:.1f} KB in its WARC file;"
        f" {found.database / 1000:.1f} KB an article in archive.db"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, extraction_pool() as pool:
        print(report(measure(args.pages, Path(folder), pool)))


if __name__ == "__main__":
    main()
