"""`make bench`: how fast pages get from a server into the archive, beside bare Scrapy and a naive script.

Pages come from a WARC file given as argument, or are generated. They are served as several newsrooms, each with all of
them, on ports of the loopback address, with an ETag. Four programs then fetch the same addresses, one after another:

(a) Scrapy alone, which throws the pages away
(b) a naive script: one spider that calls trafilatura in its callback and inserts into SQLite
(c) `dateline crawl` of everything, from the first request until all is searchable
(d) `dateline crawl` again, with every article due for a recheck and none changed

Rates count pages, by the wall clock between the first request and the end of the program. CPU seconds are those of the
program and all its children; memory is the highest sum of their proportional set sizes (PSS).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import psutil
from rich.console import Console
from rich.table import Table
from warcio.archiveiterator import ArchiveIterator

from tests.demo.newsroom import Newsroom, read_posts

HERE = Path(__file__).parents[1]

BARE = """
import sys, scrapy
from scrapy.crawler import CrawlerProcess
urls = open(sys.argv[1]).read().split()
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = urls
    def parse(self, response):
        pass
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
process.crawl(Bare)
process.start()
"""

NAIVE = """
import sqlite3, sys, scrapy
from scrapy.crawler import CrawlerProcess
from trafilatura import bare_extraction
urls = open(sys.argv[1]).read().split()
db = sqlite3.connect(sys.argv[2])
db.execute("create table articles (url text primary key, title text, date text, author text, text text)")
class Naive(scrapy.Spider):
    name = "naive"
    start_urls = urls
    def parse(self, response):
        page = bare_extraction(response.body, url=response.url, with_metadata=True)
        if page:
            row = (response.url, page.title, page.date, page.author, page.text)
            db.execute("insert into articles values (?, ?, ?, ?, ?)", row)
            db.commit()
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
process.crawl(Naive)
process.start()
"""

SOURCE = """
[[source]]
name = "newsroom-{number}"
title = "Newsroom {number}"
url = "{base}/"
sitemaps = ["{base}/sitemap.xml"]
schedule = "every 1h"
delay = 0
max_pages = 0
recheck = []
recheck_then = "1s"
"""


@dataclass(frozen=True)
class Measure:
    """What one program needed: pages, wall and CPU seconds, and peak memory in MB."""

    name: str
    pages: int
    seconds: float
    cpu: float
    memory: float

    @property
    def rate(self) -> float:
        return self.pages / self.seconds


@dataclass
class StaticSite:
    """Answers GET from memory on a loopback port, in a thread, with ETags; counts what it answered."""

    pages: dict[str, tuple[bytes, bytes]]
    base: str = ""
    first: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    def start(self) -> None:
        loop = asyncio.new_event_loop()
        server = loop.run_until_complete(loop.create_server(lambda: _Connection(self), "127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        rows = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in self.pages)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
        self.pages["/sitemap.xml"] = (b"application/xml", sitemap.encode())
        Thread(target=loop.run_forever, daemon=True).start()

    def reset(self) -> None:
        self.first, self.statuses = 0.0, {}

    def answer(self, path: str, tag: str) -> bytes:
        self.first = self.first or time.monotonic()
        kind, body = self.pages.get(path, (b"text/plain", b""))
        current = f'"{hashlib.sha1(body).hexdigest()}"'
        status = 404 if path not in self.pages else 304 if tag == current else 200
        self.statuses[status] = self.statuses.get(status, 0) + 1
        body = body if status == 200 else b""
        head = (
            f"HTTP/1.1 {status} OK\r\nETag: {current}\r\nContent-Length: {len(body)}\r\nContent-Type: {kind.decode()}"
        )
        return head.encode() + b"\r\n\r\n" + body


class _Connection(asyncio.Protocol):
    def __init__(self, site: StaticSite) -> None:
        self.site = site
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(self.site.answer(first.split()[1], headers.get("if-none-match", "")))


def pages_of(warc: Path) -> Iterator[tuple[bytes, bytes]]:
    """Content type and body of each HTML response in a WARC file."""
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream):
            kind = record.http_headers.get_header("Content-Type", "text/html") if record.http_headers else ""
            if record.rec_type == "response" and "html" in kind:
                yield kind.encode("latin-1", "replace"), record.content_stream().read()


def generated() -> Iterator[tuple[bytes, bytes]]:
    """The demonstration's releases with what stands around real ones: menus, teasers, a footer, scripts; of their size
    and about as many elements."""
    posts = read_posts(HERE / "demo/valdora.txt", datetime(2026, 10, 1, 9, tzinfo=UTC))
    site = Newsroom("Port of Valdora", posts, base="http://127.0.0.1")
    noise = random.Random(1)
    links = [f'<li class="menu-item"><a href="/menu/{n}"><span>Department {n}</span></a></li>' for n in range(200)]
    menu = "".join(f'<ul class="menu">{"".join(links[at : at + 10])}</ul>' for at in range(0, len(links), 10))
    for post in posts:
        script = "".join(f"var v{n}={noise.random()};" for n in range(4000))
        teasers = "".join(
            f'<div class="card"><a href="{other.path}"><img src="/{n}.jpg" alt=""></a>'
            f'<h3><a href="{other.path}">{other.title}</a></h3><p class="excerpt">{other.title} …</p>'
            f'<div class="meta"><time>{n} October 2026</time><span>Harbour</span></div></div>'
            for n, other in enumerate(noise.sample(posts, 24), 1)
        )
        kind, text = site.answer(post.path)[1:]
        text = text.replace("</head>", f"<script>{script}</script></head>")
        text = text.replace("</body>", f'<aside class="latest">{teasers}</aside><footer>{menu}</footer></body>')
        yield kind.encode(), re.sub(r"<body[^>]*>", lambda body: f"{body[0]}<nav>{menu}</nav>", text, count=1).encode()


def measure(name: str, command: list[str], sites: Sequence[StaticSite], pages: int) -> Measure:
    """Run a program to its end and measure it with its children. Raises CalledProcessError if it fails."""
    for site in sites:
        site.reset()
    before = psutil.Process().cpu_times()
    with subprocess.Popen(command) as program:
        peak = _peak_memory(program)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    after = psutil.Process().cpu_times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measure(name, pages, time.monotonic() - min(site.first for site in sites), cpu, peak / 1e6)


def _peak_memory(program: subprocess.Popen[bytes]) -> float:
    peak = 0.0
    while program.poll() is None:
        peak = max(peak, _memory(program.pid))
        time.sleep(0.1)
    return peak


def _memory(pid: int) -> float:
    total = 0.0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:
        return 0.0  # a process ended while it was looked at; the next look counts
    return total


def searchable(archive: Path) -> int:
    """Pages that are in the tables, as articles or with the reason why not."""
    return _count(archive, "select count(*) from captures where kind = 'page' and status = 200 and not revisit")


def articles(archive: Path) -> int:
    """Articles, each of which is due for a recheck."""
    return _count(archive, "select count(*) from articles")


def _count(archive: Path, query: str) -> int:
    with sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True) as db:
        return int(db.execute(query).fetchone()[0])


def run(sites: Sequence[StaticSite], folder: Path) -> Iterator[Measure]:
    urls = [f"{site.base}{path}" for site in sites for path in site.pages if path != "/sitemap.xml"]
    count = len(urls)
    listed, archive = folder / "urls.txt", folder / "archive"
    listed.write_text("\n".join(urls))
    archive.mkdir()
    sources = (SOURCE.format(number=number, base=site.base) for number, site in enumerate(sites, 1))
    (archive / "sources.toml").write_text("".join(sources))
    crawl = [str(Path(sys.executable).parent / "dateline"), "crawl", "--archive", str(archive)]
    yield measure("(a) bare Scrapy, fetch only", [sys.executable, "-c", BARE, str(listed)], sites, count)
    naive = [sys.executable, "-c", NAIVE, str(listed), str(folder / "naive.db")]
    yield measure("(b) naive script", naive, sites, count)
    yield measure("(c) Dateline, to searchable", crawl, sites, count)
    if searchable(archive) != count:
        raise SystemExit(f"only {searchable(archive)} of {count} pages were archived")
    time.sleep(1.5)
    again = measure("(d) Dateline, recheck unchanged", crawl, sites, count)
    rechecked = sum(site.statuses.get(304, 0) for site in sites)
    yield replace(again, pages=rechecked)
    if rechecked < articles(archive):
        raise SystemExit(f"only {rechecked} of {articles(archive)} articles were rechecked")


def report(measures: list[Measure], sizes: list[int]) -> None:
    table = Table(title=f"{measures[0].pages} pages of {sum(sizes) / len(sizes) / 1000:.0f} KB on average")
    for heading in ("", "pages/s", "seconds", "CPU s", "ms CPU a page", "peak MB"):
        table.add_column(heading, justify="left" if not heading else "right")
    for m in measures:
        cells = (m.rate, m.seconds, m.cpu, 1000 * m.cpu / m.pages)
        table.add_row(m.name, *(f"{cell:.1f}" for cell in cells), f"{m.memory:.0f}")
    a, b, c, d = (m.rate for m in measures)
    console = Console(width=110)
    console.print(table)
    console.print(f"(c) is {c / b:.2f} x (b)      (d) is {d / a:.2f} x (a)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warc", nargs="?", type=Path, help="pages to serve (default: generated ones)")
    parser.add_argument("--pages", type=int, default=1000, help="about how many addresses to serve")
    args = parser.parse_args()
    pages = list(pages_of(args.warc) if args.warc else generated())
    copies = max(1, round(args.pages / len(pages)))
    sites = [StaticSite({f"/{number}/": page for number, page in enumerate(pages)}) for _ in range(copies)]
    for site in sites:
        site.start()
    with tempfile.TemporaryDirectory() as folder:
        report(list(run(sites, Path(folder))), [len(body) for _, body in pages])


if __name__ == "__main__":
    main()
