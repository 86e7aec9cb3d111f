"""Fictional newsrooms, each as another publishing system makes it, and what a reader would find in them.

    for made in NEWSROOMS:  # tests.support.newsrooms.systems
        site.pages.update(made.pages(site.at))
        ...crawl site.at(made.entry)...
        assert found == made.releases

Each has 18 releases on several listing pages, linked in its own way, and pages that are no releases: about, contact,
privacy, a vacancy, events with days to come. All words are made up.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.support.pdfs import column, pdf
from tests.support.site import XML, Page

COUNT, PER_PAGE = 18, 6
_FIRST = date(2026, 4, 21)
_PLACES = (
    "harbour",
    "library",
    "tram depot",
    "fish market",
    "north bridge",
    "old mill",
    "weather station",
    "lido",
    "fort",
)
_DEEDS = ("opens again after repairs", "gets a new roof this summer")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}

At = Callable[[str], str]
"""The whole address of a path."""


@dataclass(frozen=True)
class Story:
    """One release: its number (18 is the newest), day and title."""

    number: int
    day: date
    title: str

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


def stories() -> list[Story]:
    """The releases, newest first. They come in no even pace."""
    days = [_FIRST - timedelta(days=9 * n + n % 4) for n in range(COUNT)]
    titles = [f"{place.capitalize()} {deed}" for deed in _DEEDS for place in _PLACES]
    return [Story(COUNT - n, days[n], title) for n, title in enumerate(titles)]


Pager = Callable[[int, int], str]
"""The links of a listing page to others: of its number (from 1) and how many there are."""


def numbered(path: str, label: str = "{n}") -> Pager:
    """Links to all pages by number; `{n}` in the path is the number."""
    return lambda page, count: "".join(
        f'<a href="{path.format(n=n)}">{label.format(n=n)}</a> ' for n in range(1, count + 1) if n != page
    )


def following(path: str, label: str) -> Pager:
    """One link, to the next page."""
    return lambda page, count: f'<a class="older" href="{path.format(n=page + 1)}">{label}</a>' if page < count else ""


@dataclass(frozen=True)
class MadeNewsroom:
    """A newsroom: where it is entered, how its releases are addressed and listed, and how a reader gets further.

    `address`, `item` and `frame` are formats with the fields of a story (`n`, `slug`, `day`, `iso`, `y`, `m`, `d`,
    `kind`: html, and with `files` pdf for every other one),
    `page` gives the path of a listing page by its number, `months` the language of its written days.
    """

    name: str
    entry: str
    address: str
    item: str
    page: Callable[[int], str]
    pager: Pager = lambda page, count: ""
    months: str = "en"
    frame: str = "<main>{items}</main>{pager}"
    day: str = "{d} {month} {y}"
    body: str = "<article><h1>{title}</h1><p class='date'>{day}</p>{text}</article>"
    feed: str = ""
    sitemap: str = ""
    shown: int = PER_PAGE
    files: bool = False
    more: Callable[[MadeNewsroom, At], dict[str, Page]] = field(default=lambda made, at: {})

    @property
    def releases(self) -> dict[str, Story]:
        """The releases by path."""
        return {self.address.format(**self.words(story)): story for story in stories()}

    def words(self, story: Story) -> dict[str, str]:
        """The fields of a story."""
        names = _MONTHS[self.months].split()
        own = {"n": str(4000 + story.number), "slug": story.slug, "title": story.title, "iso": story.day.isoformat()}
        own["kind"] = "pdf" if self.files and story.number % 2 else "html"
        parts = {"y": f"{story.day:%Y}", "m": f"{story.day:%m}", "d": str(story.day.day), "dd": f"{story.day:%d}"}
        written = self.day.format(**parts, month=names[story.day.month - 1], mon=names[story.day.month - 1][:3])
        return own | parts | {"day": written}

    def items(self, chosen: list[Story]) -> str:
        """The rows of a listing."""
        paths = {story.number: path for path, story in self.releases.items()}
        return "".join(self.item.format(**self.words(story), link=paths[story.number]) for story in chosen)

    def pages(self, at: At) -> dict[str, Page]:
        """All its pages, by path."""
        gone = {
            path: Page(b"<h1>Not found</h1>", status=404)
            for path in ("/feed/", "/sitemap.xml", "/sitemap-releases.xml")
        }
        home = self._html(
            "Home", f'<main><h1>Nimbrel</h1><p>A town by the sea. <a href="{self.entry}">News</a></p></main>'
        )
        made = {**gone, "/": home} | dict(self._listings()) | dict(self._articles()) | dict(self._others())
        if self.feed:
            made[self.feed] = Page(self._feed(at).encode(), "application/rss+xml")
        if self.sitemap:
            made[self.sitemap] = Page(self._urls(at).encode(), XML)
        return made | self.more(self, at)

    def listing(self, chosen: list[Story], links: str = "") -> Page:
        """A listing page of some releases."""
        return self._html("News", self.frame.format(items=self.items(chosen), pager=links))

    def _listings(self) -> Iterator[tuple[str, Page]]:
        ordered = stories()
        count = -(-len(ordered) // self.shown)
        for number in range(1, count + 1):
            chosen = ordered[(number - 1) * self.shown : number * self.shown]
            yield self.page(number), self.listing(chosen, self.pager(number, count))

    def _articles(self) -> Iterator[tuple[str, Page]]:
        for path, story in self.releases.items():
            if self.words(story)["kind"] == "pdf":
                yield path, Page(_file(story), "application/pdf")
                continue
            text = "".join(f"<p>{line}</p>" for line in lines(story))
            yield path, self._html(story.title, self.body.format(**self.words(story), text=text))

    def _others(self) -> Iterator[tuple[str, Page]]:
        for path, title in _OTHERS.items():
            text = f"<h1>{title}</h1><p>The town of Nimbrel keeps this page for its visitors. It is no news.</p>"
            yield path, self._html(title, f"<main>{text}</main>")

    def _html(self, title: str, main: str) -> Page:
        feed = f'<link rel="alternate" type="application/rss+xml" href="{self.feed}">' if self.feed else ""
        menu = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in _OTHERS.items())
        events = "".join(f'<li><a href="/events/{n}">Concert {n}</a> {n} June 2026</li>' for n in range(3, 6))
        return Page(
            f'<!doctype html><html lang="{self.months}"><head><meta charset="utf-8">'
            f"<title>{escape(title)} - Town of Nimbrel</title>{feed}</head><body>"
            f'<header><a href="/">Town of Nimbrel</a><nav><ul>{menu}</ul></nav></header>{main}'
            f"<aside><h2>Events</h2><ul>{events}</ul></aside><footer>Town Hall, 1 Mill Lane, Nimbrel</footer>"
            "</body></html>".encode()
        )

    def _feed(self, at: At) -> str:
        items = "".join(
            f"<item><title>{escape(story.title)}</title><link>{at(path)}</link><pubDate>{_rfc(story.day)}</pubDate></item>"
            for path, story in list(self.releases.items())[:5]
        )
        return f'<rss version="2.0"><channel><title>Nimbrel</title><link>{at("/")}</link>{items}</channel></rss>'

    def _urls(self, at: At) -> str:
        known = [*self.releases, *_OTHERS, *(f"/events/{n}" for n in range(3, 6))]
        urls = "".join(f"<url><loc>{at(path)}</loc></url>" for path in known)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


_OTHERS = {
    "/about": "About the town",
    "/contact": "Contact",
    "/privacy": "Privacy",
    "/jobs/gardener-for-the-town-park-wanted": "Gardener for the town park wanted",
}


def lines(story: Story) -> list[str]:
    """The paragraphs of a release."""
    name = story.title.split(" ", 1)[0]
    return [
        f"The town council of Nimbrel decided on the matter of number {story.number} with eleven votes to two.",
        f"“{name} has waited long enough,” said councillor Ebba Thorn, who had asked for the money in spring.",
        f"Work costs {story.number * 7},000 crowns, and will take {story.number + 3} weeks from the first of May.",
    ]


def _file(story: Story) -> bytes:
    wrapped = [part for line in lines(story) for part in (*textwrap.wrap(line, 80), "")]
    return pdf([(70, 110, 18, story.title), *column(wrapped)])


def _rfc(day: date) -> str:
    return format_datetime(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
