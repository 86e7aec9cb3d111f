"""A PDF document as a release: its text, and title and day from the document or from the list that named it. Pure.

A document without text (a scan) stays a capture, with the reason.
"""

from __future__ import annotations

import re

from archive.boilerplate.sample import Sample
from archive.core.model import Extraction, Link, Rejection, Response
from archive.core.urls import canonical, key
from archive.metadata.title import fold
from archive.page.html import Unreadable
from archive.page.pdf.document import Pdf, is_pdf, read_pdf
from archive.page.pdf.text import Paragraph, paragraphs
from archive.release.anatomy import dissect
from archive.text.dates import find_days, is_of_web, only_day, plausible
from archive.text.fingerprint import hash64
from archive.text.language import guess

__all__ = ["is_pdf", "read_release"]

_LEAST_TEXT = 120
"""Letters below which a document is taken for pictures of text."""

_OF_A_PROGRAM = re.compile(
    r"^(?:microsoft \w+ -|untitled|document\d*$|slide \d|presentation\d*$|\S+\.[a-z]{2,5}$)"
    r"|\.(?:docx?|pdf|odt|rtf|indd|qxd|pptx?|xlsx?|html?)$",
    re.I,
)
_TITLE_LINES = 6
"""Paragraphs at the beginning of a document among which its title and its day are."""


def read_release(response: Response, link: Link | None) -> tuple[Extraction | Rejection, Sample]:
    """What a PDF document says, or why it is no article; and that it teaches nothing of the source's pages."""
    url = response.capture.url
    nothing = Sample(hash64(key(url)), article=False)
    try:
        document = read_pdf(response.body)
    except Unreadable as unreadable:
        return Rejection("error", str(unreadable)), nothing
    found = paragraphs(document)
    if sum(character.isalpha() for one in found for character in one.text) < _LEAST_TEXT:
        reason = "a scanned document: its pages are pictures without text" if document.pages else "an empty document"
        return Rejection("other", reason), nothing
    title, title_origin = _title(document, found, link)
    lines = _without_title([one.text for one in found], title)
    at = response.capture.fetched_at
    stated = (link.published if link else "", "listing"), (_day_in(lines), "text"), (document.created, "pdf")
    day, day_origin = next(((day, origin) for day, origin in stated if day and plausible(day, at)), ("", ""))
    lines = _without_day(lines, day[:10])
    language = guess("\n".join(lines))
    anatomy = dissect(lines, language)
    if not anatomy.body:
        return Rejection("other", "a document without running text"), nothing
    origins = {"title": title_origin, "text": "pdf", **({"published_at": day_origin} if day else {})}
    extraction = Extraction(
        url=canonical(url) or url,
        title=title,
        text="\n\n".join(anatomy.body),
        published_at=day,
        language=language,
        removed=anatomy.removed,
        origins=origins,
    )
    return anatomy.added_to(extraction), nothing


def _title(document: Pdf, found: list[Paragraph], link: Link | None) -> tuple[str, str]:
    """The title and where it is from: what the document states if its first lines say so too, what its list says, what
    it states anyhow, its largest lines."""
    stated = "" if _OF_A_PROGRAM.search(document.title) else document.title
    named = link.title if link else ""
    beginning = fold(" ".join(one.text for one in found[:_TITLE_LINES]))
    if stated and fold(stated) in beginning:
        return stated, "pdf"
    if named:
        return named, "listing"
    if stated:
        return stated, "pdf"
    largest = max(found[:_TITLE_LINES], key=lambda one: one.height)
    return largest.text[:300], "text"


def _without_title(lines: list[str], title: str) -> list[str]:
    """The lines without those at the beginning that only say the title, whole or in parts."""
    wanted, at = fold(title), 0
    for number, line in enumerate(lines[:_TITLE_LINES]):
        said = fold(line)
        if said and said in wanted and 2 * len(said) >= min(len(wanted), 30):
            at = number + 1
    return [line for number, line in enumerate(lines) if number >= at or fold(line) not in wanted]


def _without_day(lines: list[str], day: str) -> list[str]:
    """The lines without those at the beginning that say the day of publication and nothing else."""
    return [line for number, line in enumerate(lines) if number >= _TITLE_LINES or not day or only_day(line) != day]


def _day_in(lines: list[str]) -> str:
    """The first day that the beginning states; one before the Web if it has a line of its own."""
    first = lines[:_TITLE_LINES]
    alone = set(map(only_day, first))
    days = (stated.moment[:10] for stated in find_days("\n".join(first)[:1500]))
    return next((day for day in days if is_of_web(day) or day in alone), "")
