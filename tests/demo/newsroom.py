"""A fictional newsroom: releases read from a text file, served as a WordPress site would serve them.

The pages carry what real ones carry around a release: menus, photo credits, share buttons, "related" lists and a
newsletter footer whose wording and markup vary a little from page to page. A release can be edited or taken down while
the site is up.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

PAGE = 10  # releases on a page of the listing
PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True)
XML = {"/feed/": "feed.xml", "/sitemap.xml": "index.xml", "/post-sitemap.xml": "sitemap.xml"}


@dataclass(frozen=True)
class Post:
    """One release: `paragraphs` are plain text, those that begin with "## " are subheadings."""

    number: int
    title: str
    place: str
    section: str
    credit: str
    paragraphs: tuple[str, ...]
    published: datetime

    @property
    def path(self) -> str:
        words = re.findall(r"\w+", self.title.lower())
        slug = "-".join(words[:8]) if self.title.isascii() else f"post-{self.number}"
        return f"/{self.published:%Y/%m}/{slug}/"

    @property
    def stamp(self) -> str:
        return self.published.isoformat(timespec="seconds")

    @property
    def day(self) -> str:
        return f"{self.published:%B} {self.published.day}, {self.published.year}"

    @property
    def rfc822(self) -> str:
        return format_datetime(self.published)


def read_posts(path: Path, newest: datetime) -> tuple[Post, ...]:
    """The releases of a text file, newest first, dated backwards from `newest`."""
    posts, when = [], newest
    for number, chunk in enumerate(re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.M)[1:]):
        title, head, *paragraphs = [line for line in chunk.splitlines() if line.strip()]
        place, section, credit = (part.strip() for part in head.split("|"))
        posts.append(Post(900 - number, title, place, section, credit, tuple(paragraphs), when))
        when -= timedelta(hours=31 + 17 * (number % 3), minutes=13)
    return tuple(posts)


@dataclass
class Newsroom:
    """A site. `feed` and `sitemap` say whether it has these beside its listing at /news/."""

    title: str
    posts: tuple[Post, ...]
    feed: bool = True
    sitemap: bool = True
    networks: tuple[str, ...] = ("Twitter", "Facebook", "Instagram", "Telegram", "YouTube")
    base: str = ""
    gone: set[int] = field(default_factory=set)

    def post(self, title: str) -> Post:
        """The release whose title begins so. Raises StopIteration where there is none."""
        return next(post for post in self.posts if post.title.startswith(title))

    def live(self) -> list[Post]:
        return [post for post in self.posts if post.number not in self.gone]

    def related(self, post: Post) -> list[Post]:
        return [other for other in self.live() if other.section == post.section and other is not post][:3]

    def footer(self, post: Post) -> str:
        """The newsletter footer in one of the wordings that a site gathers over the years."""
        *names, last = self.networks[: 3 + post.number % 3]
        networks = f"{', '.join(names)} and {last}"
        return (
            f"Get {self.title} stories sent directly to you! Sign up via the website or subscribe to our {networks}!",
            f"Get our stories sent directly to you! Subscribe to our {networks}.",
            f"Sign up for the newsletter of {self.title} or follow us on {networks}!",
        )[post.number % 3]

    def edit(self, title: str, old: str, new: str) -> Post:
        """Change words of a release and leave its dates alone: a silent edit. ValueError if `old` is not there."""
        post = self.post(title)
        if not any(old in paragraph for paragraph in post.paragraphs):
            raise ValueError(f"{old!r} is not in {post.title!r}")
        changed = replace(post, paragraphs=tuple(paragraph.replace(old, new) for paragraph in post.paragraphs))
        self.posts = tuple(changed if other is post else other for other in self.posts)
        return changed

    def take_down(self, title: str) -> Post:
        """Let a release answer 404 from now on."""
        post = self.post(title)
        self.gone.add(post.number)
        return post

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, content type and body for a path."""
        if path == "/robots.txt":
            return 200, "text/plain; charset=UTF-8", self._render("robots.txt")
        if path in XML and (self.feed if path == "/feed/" else self.sitemap):
            return 200, "text/xml; charset=UTF-8", self._render(XML[path])
        body = self._listing(path) or self._post(path)
        return (200 if body else 404), "text/html; charset=UTF-8", body or self._render("missing.html")

    def _listing(self, path: str) -> str:
        match = re.fullmatch(r"/(?:news/(?:page/(\d+)/)?)?", path)
        if not match:
            return ""
        live, number = self.live(), int(match[1] or 1)
        posts = live[(number - 1) * PAGE : number * PAGE] if path != "/" else live[:5]
        pages = -(-len(live) // PAGE) if path != "/" else 1
        heading = "News" if path != "/" else "Latest"
        return self._render("listing.html", posts=posts, number=number, pages=pages, heading=heading) if posts else ""

    def _post(self, path: str) -> str:
        return next((self._render("post.html", post=post) for post in self.live() if post.path == path), "")

    def _render(self, name: str, **values: object) -> str:
        return PAGES.get_template(name).render(site=self, **values)


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Newsroom

    def do_GET(self) -> None:
        status, kind, text = self.site.answer(urlsplit(self.path).path)
        body = text.encode()
        tag = f'"{hashlib.sha1(body).hexdigest()}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status != 404:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the demonstration's terminal is for the archive's messages."""


@contextmanager
def served(site: Newsroom) -> Iterator[Newsroom]:
    """Serve a newsroom on a free loopback port; its `base` is then the address."""
    answer = type("Answer", (_Answer,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        server.daemon_threads = True
        site.base = f"http://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()
