"""What stands where on the pages of a PDF document, and what it says of itself. pypdfium2 lives here alone.

PDFium is native code that hostile documents may end or hold up: to be called in a process of the extraction pool, whose
limits of memory and time hold. How much is read is bounded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.page.html import Unreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfPage as PdfiumPage
    from pypdfium2 import PdfTextPage as PdfiumText

MOST_PAGES = 40
"""Pages of a document that may be a release; reports and catalogues have more."""

MOST_BYTES = 30_000_000
_MOST_CHARACTERS = 40_000
_SIGNATURE = 1024
_DIVIDING = "\x02\ufffe"
"""How PDFium says a hyphen at the end of a line."""

_DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True)
class Run:
    """Characters that stand together on one line: their place in points, from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class PdfPage:
    """A page of a document: its size in points, and its runs in the order of the file."""

    width: float
    height: float
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Pdf:
    """A document: its pages, and what it states (title, author, day in ISO 8601; empty for nothing)."""

    pages: tuple[PdfPage, ...]
    title: str = ""
    author: str = ""
    created: str = ""


def is_pdf(body: bytes) -> bool:
    """Whether a body is a PDF document, whatever its Content-Type (ISO 32000 wants the signature at its beginning)."""
    return b"%PDF-" in body[:_SIGNATURE]


def read_pdf(body: bytes) -> Pdf:
    """The pages of a document. Raises archive.page.html.Unreadable with the reason, in words."""
    if len(body) > MOST_BYTES:
        raise Unreadable(f"a document of {len(body) // 1_000_000} MB, more than a release has")
    import pypdfium2 as pdfium  # here, because next to no page needs it

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        reason = "it wants a password" if "password" in str(error).lower() else "it is damaged"
        raise Unreadable(f"the PDF document cannot be read: {reason}") from error
    with closing(document):
        count = len(document)
        if count > MOST_PAGES:
            raise Unreadable(f"a document of {count} pages, more than a release has")
        try:
            pages = tuple(_page(document[number]) for number in range(count))
            stated = document.get_metadata_dict()
        except (pdfium.PdfiumError, ValueError) as error:
            raise Unreadable("the PDF document cannot be read: a page of it is damaged") from error
    day = _DATE.match(stated.get("CreationDate", ""))
    return Pdf(
        pages,
        " ".join(stated.get("Title", "").split())[:500],
        " ".join(stated.get("Author", "").split())[:200],
        "-".join(day.groups()) if day else "",
    )


def _page(page: PdfiumPage) -> PdfPage:
    width, height = page.get_size()
    with closing(page), closing(page.get_textpage()) as text:
        return PdfPage(width, height, tuple(_runs(text, height)))


def _runs(text: PdfiumText, height: float) -> Iterator[Run]:
    """Characters joined until a line ends, a wide blank comes or the line changes. Blanks are PDFium's own."""
    from pypdfium2.raw import FPDFText_GetUnicode as text_character

    said, box = "", (0.0, 0.0, 0.0, 0.0)
    for number in range(min(text.count_chars(), _MOST_CHARACTERS)):
        character = chr(text_character(text.raw, number) or 32)
        if character in _DIVIDING:
            character = "-"
        if character in "\r\n":
            yield from _run(said, box, height)
            said = ""
            continue
        left, bottom, right, top = text.get_charbox(number, loose=True)
        if character.isspace() or right <= left:
            said += " " if said and character.isspace() else "" if character.isspace() else character
            continue
        if said and not _is_beside(box, (left, bottom, right, top)):
            yield from _run(said, box, height)
            said = ""
        box = (
            (min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top))
            if said
            else (
                left,
                bottom,
                right,
                top,
            )
        )
        said += character
    yield from _run(said, box, height)


Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the bottom left corner."""


def _is_beside(box: Box, other: Box) -> bool:
    """Whether a character goes on with the run before it: on the same line, and no wide blank between."""
    size = box[3] - box[1]
    middle = (other[1] + other[3]) / 2
    return box[1] <= middle <= box[3] and -size <= other[0] - box[2] <= 0.8 * size


def _run(said: str, box: Box, height: float) -> Iterator[Run]:
    left, bottom, right, top = box
    if text := said.strip():
        yield Run(left, height - top, right, height - bottom, text)
