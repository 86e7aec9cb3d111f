"""A real newsroom on a loopback port that can misbehave, for tests and by hand: `python -m tests.support.site`.

    with Site() as site:
        site.release("harbour-opens", "Harbour opens", "2026-03-11")
        ...crawl site.url...
        assert site.count("/news/harbour-opens/") == 1

A plain threading server that writes HTTP itself, so that it can also write it wrongly. It serves robots.txt, a home
page, a feed, a sitemap index and a paginated listing of its releases, answers conditional requests, and keeps a log.
The manner is that of the mock server in Scrapy's own tests.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import brotli  # type: ignore[import-untyped]

PER_LISTING_PAGE = 10
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What an address answers. With `validators` it has an ETag and answers 304 to who knows it."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = False


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    at: float
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Release:
    slug: str
    title: str
    day: str
    paragraphs: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/news/{self.slug}/"


Answer = Callable[["Conversation"], None]


class Conversation(BaseHTTPRequestHandler):
    """One connection to the site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.log.append(Asked(time.monotonic(), self.path, {key.lower(): v for key, v in self.headers.items()}))
        self.site.answer(self)

    def send(self, page: Page) -> None:
        """Answer well-behaved: with a length, a validator where the page has one, 304 where that is known."""
        etag = f'"{hashlib.sha1(page.body).hexdigest()[:16]}"'
        validators = (("ETag", etag),) if page.validators else ()
        if page.validators and self.headers.get("If-None-Match") == etag:
            self.raw(304, validators, b"")
            return
        length = (("Content-Length", str(len(page.body))),)
        self.raw(page.status, (("Content-Type", page.content_type), *length, *validators, *page.headers), page.body)

    def raw(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        """Write an answer exactly as told."""
        reason = HTTPStatus(status).phrase if status in {code.value for code in HTTPStatus} else ""
        lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        self.wfile.flush()

    def drop(self) -> None:
        """Close the connection."""
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """The site keeps its own log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error here."""


@dataclass
class Site:
    """The newsroom. Change it while it runs: `releases`, `robots`, `pages` (by path) and `answers` (by path)."""

    robots: str = ""
    releases: list[Release] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    title: str = "Port of Quill Press Office"

    def __enter__(self) -> Site:
        handler = type("BoundConversation", (Conversation,), {"site": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._closing = threading.Event()
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port of its server."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """Its address, with a slash."""
        return f"http://127.0.0.1:{self.port}/"

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.url + path.removeprefix("/")

    def release(self, slug: str, title: str = "", day: str = "2026-03-11", *paragraphs: str) -> Release:
        """Publish a release; the newest is published last."""
        text = paragraphs or (
            f"The Port of Quill announced on {day} that work named {slug} is complete.",
            "Harbour master Ida Wren said the quay would take its first ship within the week.",
        )
        made = Release(slug, title or slug.replace("-", " ").capitalize(), day, text)
        self.releases.append(made)
        return made

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked.path == path for asked in self.log)

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.log]

    def wait(self, seconds: float) -> None:
        """Sleep while the site is open."""
        self._closing.wait(seconds)

    def answer(self, conversation: Conversation) -> None:
        path = conversation.path
        if path in self.answers:
            self.answers[path](conversation)
            return
        conversation.send(self.pages.get(path) or self._newsroom(path) or Page(b"<h1>Not found</h1>", status=404))

    def _newsroom(self, path: str) -> Page | None:
        if path == "/robots.txt":
            return Page(self.robots.encode(), "text/plain") if self.robots else None
        made = {
            "/": lambda: Page(self._home().encode()),
            "/feed/": lambda: Page(self._feed().encode(), "application/rss+xml", validators=True),
            "/sitemap.xml": lambda: Page(self._sitemap_index().encode(), XML, validators=True),
            "/sitemap-releases.xml": lambda: Page(self._sitemap().encode(), XML, validators=True),
        }
        if path in made:
            return made[path]()
        if path.startswith("/news/"):
            return self._news(path)
        return None

    def _news(self, path: str) -> Page | None:
        number = path.removeprefix("/news/").removeprefix("page/").strip("/") or "1"
        if number.isdecimal() and 1 <= int(number) <= self.listing_pages:
            return Page(self._listing(int(number)).encode(), validators=True)
        found = [release for release in self.releases if release.path == path]
        return Page(self.article(found[-1]).encode(), validators=True) if found else None

    @property
    def listing_pages(self) -> int:
        return max(1, -(-len(self.releases) // PER_LISTING_PAGE))

    def _newest(self) -> list[Release]:
        return list(reversed(self.releases))

    def article(self, release: Release) -> str:
        """The page of a release."""
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.paragraphs)
        published = f'<time datetime="{release.day}T09:00:00+00:00">{release.day}</time>'
        main = f"<article><h1>{escape(release.title)}</h1>{published}{text}</article>"
        return self._page(release.title, main)

    def _home(self) -> str:
        return self._page(self.title, "<h1>Welcome to the port</h1><p>Tides, berths and news.</p>")

    def _listing(self, number: int) -> str:
        shown = self._newest()[(number - 1) * PER_LISTING_PAGE : number * PER_LISTING_PAGE]
        items = "".join(
            f'<article class="post"><h2><a href="{release.path}">{escape(release.title)}</a></h2>'
            f'<time datetime="{release.day}">{release.day}</time><p>{escape(release.paragraphs[0])}</p></article>'
            for release in shown
        )
        numbers = "".join(
            f'<a class="page-numbers" href="/news/page/{page}/">{page}</a>'
            for page in range(1, self.listing_pages + 1)
            if abs(page - number) <= 2 and page != number
        )
        following = f'<a class="next page-numbers" rel="next" href="/news/page/{number + 1}/">Older releases</a>'
        pages = numbers + (following if number < self.listing_pages else "")
        main = f'<h1>Press releases</h1><div class="posts">{items}</div><nav class="pagination">{pages}</nav>'
        return self._page("Press releases", main)

    def _page(self, title: str, main: str) -> str:
        return (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
            f"<link rel='alternate' type='application/rss+xml' title='News' href='/feed/'></head><body>"
            f"<header><nav><a href='/'>Home</a> <a href='/news/'>Press releases</a> <a href='/berths/'>Berths</a></nav>"
            f"</header><main>{main}</main><footer><p>Port of Quill, 1 Quay Street</p></footer></body></html>"
        )

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{escape(release.title)}</title><link>{self.at(release.path)}</link>"
            f"<pubDate>{_rfc822(release.day)}</pubDate></item>"
            for release in self._newest()[:PER_LISTING_PAGE]
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{escape(self.title)}</title>'
            f"<link>{self.url}</link><description>News</description>{items}</channel></rss>"
        )

    def _sitemap_index(self) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<sitemap><loc>{self.at('/sitemap-releases.xml')}</loc></sitemap></sitemapindex>"
        )

    def _sitemap(self) -> str:
        entries = "".join(
            f"<url><loc>{self.at(release.path)}</loc><lastmod>{release.day}</lastmod></url>"
            for release in self.releases
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"{entries}</urlset>"
        )


def always(page: Page) -> Answer:
    """Answer with a page whatever is asked."""
    return lambda conversation: conversation.send(page)


def redirect(location: str, status: int = 301) -> Answer:
    """Send the reader elsewhere."""
    return always(Page(b"moved", status=status, headers=(("Location", location),)))


def in_turn(*answers: Answer) -> Answer:
    """The first answer to the first request, and so on; the last one to all that follow."""
    rest = list(answers)
    return lambda conversation: (rest.pop(0) if len(rest) > 1 else rest[0])(conversation)


def chunked(body: bytes, size: int = 700) -> Answer:
    """A body in chunks, without a length."""

    def answer(conversation: Conversation) -> None:
        parts = [body[start : start + size] for start in range(0, len(body), size)]
        coded = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        conversation.raw(200, (("Content-Type", HTML), ("Transfer-Encoding", "chunked")), coded)

    return answer


def compressed(body: bytes, coding: str) -> Answer:
    """A body as gzip or br."""
    coded = gzip.compress(body, mtime=0) if coding == "gzip" else brotli.compress(body)
    return always(Page(coded, headers=(("Content-Encoding", coding),)))


def cut_short(body: bytes, promised: int) -> Answer:
    """A body that ends before the length it promised: a wrong Content-Length, or a connection dropped in the middle."""

    def answer(conversation: Conversation) -> None:
        conversation.raw(200, (("Content-Type", HTML), ("Content-Length", str(promised))), body)
        conversation.drop()

    return answer


def hang_up(conversation: Conversation) -> None:
    """Close the connection without an answer."""
    conversation.drop()


def silence(seconds: float) -> Answer:
    """Take the request and say nothing for a while."""

    def answer(conversation: Conversation) -> None:
        conversation.site.wait(seconds)
        conversation.drop()

    return answer


def drip(seconds: float) -> Answer:
    """A body of which a byte comes now and then."""

    def answer(conversation: Conversation) -> None:
        conversation.raw(200, (("Content-Type", HTML), ("Content-Length", "100000")), b"")
        until = time.monotonic() + seconds
        while time.monotonic() < until and not conversation.site._closing.is_set():
            conversation.wfile.write(b".")
            conversation.wfile.flush()
            conversation.site.wait(0.05)
        conversation.drop()

    return answer


def endless(conversation: Conversation) -> None:
    """A body without end, in chunks, until the reader hangs up."""
    conversation.raw(200, (("Content-Type", HTML), ("Transfer-Encoding", "chunked")), b"")
    chunk = b"%x\r\n%s\r\n" % (65536, b"x" * 65536)
    try:
        while not conversation.site._closing.is_set():
            conversation.wfile.write(chunk)
    except OSError:
        conversation.drop()


def _rfc822(day: str) -> str:
    return format_datetime(datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC))


def main() -> None:
    """Serve thirty releases until the input ends."""
    with Site(robots="User-agent: *\nDisallow: /private/\n") as site:
        for number in range(30):
            site.release(f"notice-{number}", day=f"2026-02-{number % 28 + 1:02}")
        print(site.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
