"""What stands where on the pages of a PDF document, and what it says of itself. pypdfium2 lives here alone.

PDFium is native code that hostile documents may end or hold up: to be called in a process of the extraction pool, whose
limits of memory and time hold. How much is read is bounded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
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

_LEAST_BLANK = 0.25
"""What is narrower than this part of a usual character is no blank but the distance of spaced letters."""

BLANK = 0.1
"""The part of a line's height from which on two words stand apart."""

FROM_THE_RIGHT = re.compile("[\u0590-\u065f\u066a\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
"""A letter or sign of Hebrew, Arabic, Syriac, Thaana or their neighbours. Their figures are written from the left."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the bottom left corner."""

Letter = tuple[str, Box]
"""A character and, if it is written from the right, the place of its ink."""

_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
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
    """Characters joined until a line ends, a wide blank comes or the line changes.

    Blanks are the document's own, and those that PDFium sees between characters, but not between spaced letters. A word
    that is written from the right is a run of its own, and so is one that stands left of the word before it.
    """
    from pypdfium2.raw import FPDFText_GetUnicode as text_character
    from pypdfium2.raw import FPDFText_IsGenerated as is_generated

    run = _OpenRun(height)
    for number in range(min(text.count_chars(), _MOST_CHARACTERS)):
        character = chr(text_character(text.raw, number) or 32)
        if character in _DIVIDING:
            character = "-"
        if character in "\r\n":
            yield from run.close()
        elif character.isspace():
            run.add_blank(is_guessed=is_generated(text.raw, number) == 1)
        else:
            place = text.get_charbox(number, loose=True)
            if place[2] <= place[0]:
                run.add_sign(character)
                continue
            turned = FROM_THE_RIGHT.match(character) is not None
            if not run.is_beside(place, turned):
                yield from run.close()
            run.drop_guessed_blank(place)
            if run.ends_before(place, turned):
                yield from run.close()
            run.add(character, place, turned, ink=text.get_charbox(number) if turned else _NOWHERE)
    yield from run.close()


class _OpenRun:
    """A run whose characters are read one after the other. `height` is that of the page, in points.

    Of a character, `place` is where it stands, and `turned` says that its script is written from the right.
    """

    def __init__(self, height: float) -> None:
        self._height = height
        self._said: list[Letter] = []
        self._box = _NOWHERE
        self._is_turned = False
        self._is_blank_guessed = False

    def add_blank(self, is_guessed: bool) -> None:
        """Add a blank behind a character; one that PDFium saw itself is only guessed."""
        self._is_blank_guessed = is_guessed
        if self._said:
            self._said.append((" ", _NOWHERE))

    def add_sign(self, sign: str) -> None:
        """Add a sign above or below the letter before it."""
        before, where = self._said.pop() if self._said and self._said[-1][0] != " " else ("", _NOWHERE)
        self._said.append((before + sign, where))

    def add(self, character: str, place: Box, turned: bool, ink: Box) -> None:
        """Add a character; `ink` is the place of its ink if it is written from the right."""
        self._is_turned = turned or (bool(self._said) and self._is_turned)
        self._box = _around(self._box, place) if self._said else place
        self._said.append((character, ink))

    def is_beside(self, place: Box, turned: bool) -> bool:
        """Whether a character goes on with the run, if there is one."""
        return not self._said or _is_beside(self._box, place, turned)

    def drop_guessed_blank(self, place: Box) -> None:
        """Take off a blank that was guessed between the run and a character, where their letters are only spaced."""
        is_guessed = self._is_blank_guessed and bool(self._said) and self._said[-1][0] == " "
        if is_guessed and _gap(self._box, place) < _LEAST_BLANK * self._usual_width():
            self._said.pop()

    def ends_before(self, place: Box, turned: bool) -> bool:
        """Whether a character begins a word beside one that is written from the right, or left of the word before."""
        if not self._said:
            return False
        if self._said[-1][0] == " ":
            return turned or self._is_turned or place[2] <= self._box[0]
        return self._is_turned and not turned and _gap(self._box, place) >= BLANK * (place[3] - place[1])

    def close(self) -> Iterator[Run]:
        """The run as it was read, if it says anything; what follows begins another."""
        left, bottom, right, top = self._box
        if text := in_order(self._said).strip():
            yield Run(left, self._height - top, right, self._height - bottom, text)
        self._said = []

    def _usual_width(self) -> float:
        return (self._box[2] - self._box[0]) / max(1, len(self._said) - (self._said[-1][0] == " "))


def _is_beside(box: Box, other: Box, turned: bool) -> bool:
    """Whether a character goes on with the run before it, on either side: on the same line, no wide blank between.

    One that stands within the run is written over it, unless it is of a script that is read from the right (`turned`).
    """
    heights = box[3] - box[1], other[3] - other[1]
    both = min(box[3], other[3]) - max(box[1], other[1])
    gap, size = _gap(box, other), max(heights)
    return 5 * both >= min(heights) and (turned or gap >= -size) and gap <= 0.8 * size


def _around(box: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])


def _gap(box: Box, other: Box) -> float:
    """The blank between two boxes, in points; negative for boxes that overlap."""
    return max(other[0] - box[2], box[0] - other[2])


def in_order(said: Sequence[Letter]) -> str:
    """Characters as they are read.

    PDFium gives some words that are written from the right in the order of their places, from the left. And of a sign
    that is several letters (lam and alef) it turns these round: they have one place, divided evenly.
    """
    if all(place == _NOWHERE for _, place in said):
        return "".join(character for character, _ in said)
    words = [list(word) for is_blank, word in groupby(said, key=lambda letter: letter[0] == " ") if not is_blank]
    return " ".join("".join(_as_read(word)) for word in words)


def _as_read(word: Sequence[Letter]) -> Iterator[str]:
    """The letters of a word; each sequence of letters with a place goes from the right to the left."""
    for has_place, numbered in groupby(enumerate(word), key=lambda one: one[1][1] != _NOWHERE):
        if not has_place:
            yield from (character for _, (character, _) in numbered)
            continue
        signs: list[list[tuple[int, Letter]]] = []
        for number, letter in sorted(numbered, key=lambda one: one[1][1][0] + one[1][1][2]):
            if signs and _are_one(signs[-1][-1][1][1], letter[1]):
                signs[-1].append((number, letter))
            else:
                signs.append([(number, letter)])
        for sign in reversed(signs):  # the letters of one sign are turned back
            yield from (character for _, (character, _) in sorted(sign, reverse=True))


def _are_one(left: Box, right: Box) -> bool:
    """Whether two letters are parts of one sign: side by side, as wide and as high as each other to the hundredth."""
    widths, heights = (left[2] - left[0], right[2] - right[0]), (left[1] - right[1], left[3] - right[3])
    return all(abs(off) < 0.01 for off in (widths[0] - widths[1], *heights, left[2] - right[0]))
