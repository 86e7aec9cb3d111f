"""Fictional releases and the pages that could hold them, for the tests of extraction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from archive.core.model import Capture, Response

HEADLINE = "Harbour Authority of Port Elsinore Opens Second Ferry Line to Skerry Island"
CREDIT = "Photo credit: Harbour Authority"
FOOTER = (
    "Get The Elsinore Gazette news sent straight to you! Sign up via the website or subscribe to our Twitter, "
    "Facebook, Instagram, Telegram, YouTube and Tiktok!"
)
PARAGRAPHS = (
    "PORT ELSINORE—The harbour master Ingrid Solvang and the mayor of Skerry Island opened a second ferry line on "
    "May 7 at the northern quay, reported the Harbour Authority press service.",
    "During the ceremony, Solvang thanked the crews who had tested the new vessel through the winter storms and said "
    "that the timetable would follow the school year.",
    "The line carries up to three hundred passengers and forty cars, and makes the crossing in thirty-five minutes.",
    "Island residents, in turn, asked for a late departure on Fridays.",
    "Timetable and Fares",
    "The first departure leaves the northern quay at six in the morning. Fares stay at the level of the old line "
    "until the end of the year, and children travel free of charge.",
    "“Of course, a ferry is no bridge, but the dynamics of this traffic cannot but please us. …\xa0 We shall count "
    "every passenger and add a sailing where the quay is crowded,” Solvang said.",
    "According to the mayor, the new line will bring clinics, schools and markets of the two shores closer together.",
)
BODY = "\n\n".join(PARAGRAPHS)
LINES = (PARAGRAPHS[0], CREDIT, *PARAGRAPHS[1:4], CREDIT, *PARAGRAPHS[4:], FOOTER)
"""The release as its page has it: with two credits inside and the newspaper's footer under it."""

TOPICS = (
    "lighthouse", "library", "tramway", "orchard", "observatory", "museum", "aqueduct", "market hall", "archive",
    "bakery", "theatre", "glasshouse", "shipyard", "laboratory", "stadium", "windmill", "print shop", "bell tower",
    "canal lock", "dairy", "quarry", "weaving mill", "salt works", "cable car", "fish auction", "granary",
)  # fmt: skip


def response(markup: str | bytes, url: str = "https://gazette.example/2026/05/ferry", **headers: str) -> Response:
    """A captured page; keyword arguments are headers (content_type)."""
    at = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
    body = markup.encode() if isinstance(markup, str) else markup
    capture = Capture("gazette", url, url, "page", at, 200, "sha1:x", "warc/gazette/2026-05.warc.gz", 0, 1)
    named = {"content_type": "text/html; charset=utf-8", **headers}
    return Response(capture, tuple((name.replace("_", "-"), value) for name, value in named.items()), body)


def page(inner: str, title: str = HEADLINE) -> str:
    """A page of a small newspaper around an article's markup."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - The Elsinore Gazette'
        '</title></head><body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/port">Port</a></li>'
        f'<li><a href="/isles">Isles</a></li></ul></nav></header><article><h1>{escape(title)}</h1>{inner}</article>'
        '<footer><p>© 2026 The Elsinore Gazette</p><ul><li><a href="/about">About</a></li></ul></footer></body></html>'
    )


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def release(number: int) -> tuple[str, tuple[str, ...]]:
    """The headline and the paragraphs of one of many releases that share no sentence."""
    topic = TOPICS[number % len(TOPICS)]
    year = 1800 + 7 * number
    return f"City Council Restores the {topic.title()} on Quay {number}", (
        f"The city council of Elsinore decided on Tuesday to restore the {topic} built near quay {number} in {year}, "
        f"a {topic} that three generations of harbour families have used.",
        f"Work on the {topic} begins in spring, said the councillor for works, and a {topic} fund of citizens pays for "
        f"a third of the roof and for all of the {topic} windows.",
        f"Until then the {topic} stays open on Sundays, and every class of the {topic} district may visit it free.",
    )
