"""A newsroom on two days: the demonstration's press office, and everything that may happen to a release overnight.

On the second day every page has other teasers, scripts and footers. Some releases were edited, moved, taken down,
replaced by a page that says "not found" with 200, led to the home page, or shut off. `EXPECTED` says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.core.model import Capture
from tests.demo.newsroom import Newsroom, Post, read_posts
from tests.support.archiving import Newsroom as Writer

HOST = "https://port.valdora.example"
FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = FIRST + timedelta(days=2)
LOOKS = (SECOND, SECOND + timedelta(minutes=10), SECOND + timedelta(hours=30))
"""The second day's looks at what happened: soon again after the first, and again when a day is over."""

_EDITS = {
    "Results for the third quarter": ("4.1 million tonnes", "3.9 million tonnes"),
    "Port of Valdora opens": ("harbour director Petra Solheim", "harbour director Ansgar Tvede"),
    "Customs hall": (
        "Now they may take something away without paying",
        "Nobody can say yet who will pay for all of it",
    ),
    "Shore power": (
        "Residents of Lower Strand",
        "The port added that nobody would have to leave a berth for it, that every line would get a letter before the "
        "end of the month, and that the old engines would be kept.</p><p>Residents of Lower Strand",
    ),
    "Ice service": ("Ice service begins with two tugs", "No ice service this winter, says the port"),
}
_KINDS = {
    "Results for the third quarter": ("minor", "number"),
    "Port of Valdora opens": ("minor", "name"),
    "Customs hall": ("major", "quotation"),
    "Shore power": ("major", "paragraph"),
    "Ice service": ("headline", "headline"),
}
_MOVED = ("Harbour museum", "Works on the eastern mole", "Valdora and Port Amsel", "A bridge that lifts")
_DELETED = ("The port answers", "Seven companies", "Storm Ruben")
_SOFT = ("School classes", "New anchorage")
_LED_HOME = ("Harbour police",)
_BLOCKED = ("Grain silo", "Ferry line")

EXPECTED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_EDITS, ("edited",)),
    **dict.fromkeys(_MOVED, ("moved",)),
    **dict.fromkeys((*_DELETED, *_SOFT, *_LED_HOME), ("missing", "gone")),
    **dict.fromkeys(_BLOCKED, ("blocked",)),
}
"""What happened to which release, in the order in which it is told."""

EDITED = _KINDS
"""How much each edit matters, and what it touched."""

MOVED = _MOVED


class TwoDays:
    """Writes what the newsroom answered to the WARC files of an archive."""

    def __init__(self, directory: Path) -> None:
        posts = read_posts(Path(__file__).parents[1] / "demo/valdora.txt", FIRST - timedelta(hours=2))
        self.before = Newsroom("Port of Valdora", posts, base=HOST)
        gone = {self._post(title).number for title in (*_DELETED, *_SOFT, *_LED_HOME)}
        channels = ("Telegraph", "Semaphore", "Heliograph", "Carrier pigeon", "Beacon")
        self.after = replace(self.before, networks=channels, gone=gone)
        self._writer = Writer(directory, "valdora")

    def first_day(self) -> list[Capture]:
        """Every release."""
        return [self._answer(post.path, FIRST, 200, self._page(self.before, post)) for post in self.before.posts]

    def second_day(self, look: int) -> list[Capture]:
        """What an archive sees at one of the second day's looks: at the first of them new releases come first."""
        at = LOOKS[look]
        captures = (
            list(self._moved_to(at - timedelta(minutes=1))) if look == 0 else [self._probe(at)] if look == 1 else []
        )
        for post in self.before.posts:
            title = next((title for title in EXPECTED if post.title.startswith(title)), "")
            if title or look == 0:
                captures += self._looked_at(title, post, at)
        return captures

    def _looked_at(self, title: str, post: Post, at: datetime) -> Iterator[Capture]:
        if title in _DELETED:
            yield self._answer(post.path, at, 404, self.after.answer(post.path)[2])
        elif title in _SOFT:
            yield self._answer(post.path, at, 200, _lost(self.after))
        elif title in _BLOCKED:
            yield self._answer(post.path, at, 403, "<title>Forbidden</title>")
        elif title in _LED_HOME:
            yield from self._led(post.path, "/", at, self.after.answer("/")[2])
        elif title in _MOVED:
            yield from self._moved_from(post, at)
        else:
            old, new = _EDITS.get(title, ("", ""))
            yield self._answer(
                post.path,
                at,
                200,
                self._page(self.after, post).replace(old, new) if old else self._page(self.after, post),
            )

    def _moved_to(self, at: datetime) -> Iterator[Capture]:
        for title in _MOVED:
            post = self._post(title)
            new = _new_path(post)
            yield self._answer(new, at, 200, self._page(self.after, post).replace(post.path, new))

    def _moved_from(self, post: Post, at: datetime) -> Iterator[Capture]:
        """Half of what moved leaves a redirect behind, half nothing."""
        if post.number % 2:
            yield self._answer(post.path, at, 404, self.after.answer("/nothing/")[2])
        else:
            page = self._page(self.after, post).replace(post.path, _new_path(post))
            yield from self._led(post.path, _new_path(post), at, page)

    def _led(self, old: str, new: str, at: datetime, page: str) -> Iterator[Capture]:
        target = [("Location", HOST + new)]
        yield self._writer.answer(HOST + old, kind="redirect", status=301, headers=target, at=at)
        yield self._writer.answer(HOST + new, page, asked=HOST + old, at=at)

    def _probe(self, at: datetime) -> Capture:
        return self._writer.answer(f"{HOST}/2026/02/no-such-page/", _lost(self.after), kind="probe", at=at)

    def _page(self, site: Newsroom, post: Post) -> str:
        page = replace(site, gone=site.gone - {post.number}).answer(post.path)[2]
        return (
            page
            if site is self.before
            else page.replace("</head>", f"<script>var seen = {post.number};</script></head>")
        )

    def _answer(self, path: str, at: datetime, status: int, body: str) -> Capture:
        return self._writer.answer(HOST + path, body, status=status, at=at)

    def _post(self, title: str) -> Post:
        return self.before.post(title)


def _new_path(post: Post) -> str:
    return post.path.replace("/202", "/archive/202")


def _lost(site: Newsroom) -> str:
    """A page in the site's frame that says in words of its own that nothing is there."""
    page = site.answer("/nothing/")[2].replace("Page not found", "Adrift")
    said = "The tide has taken whatever stood at this address. Ask the harbour office, which keeps a list of it."
    return page.replace("It looks like nothing was found here.", said)
