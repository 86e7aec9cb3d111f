"""PDF documents that a listing links to: releases themselves, or only another form of a page beside them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from archive.core.model import Link

_LABEL = re.compile(
    r"\b(?:pdf|download|herunterladen|télécharger|descargar|baixar|scarica|скачать|завантажити|pobierz|stáhnout|letöltés|"
    r"print|version|document|datei|file|fichier|documento|kb|mb|ko|mo|кб|мб)\b|[\d\W_]",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:[kmкм]i?[bб]|[km]o|bytes)\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*[(\[][^()\[\]]{3,40}[)\]]\s*$")
"""What stands in brackets at the end of a title."""

_TO_A_PERIOD = frozenset({"date", "year", "month", "day", "form"})
"""Ways (see `Document`) to a page of one period: a form, too, chooses a year or month of an archive."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=(?:0[1-9]|1[0-2])?(?!\d))")
"""A year that an address names, also with its month (202610)."""

_SHORTEST = 6
"""Letters that a title has at least, labels apart."""


def is_document(url: str) -> bool:
    """Whether an address names a PDF document."""
    return urlsplit(url).path.lower().endswith(".pdf")


def without_size(text: str) -> str:
    """What a link says, without the size of a file ("214 KB")."""
    return _SIZE.sub("", text)


def says_file(text: str) -> bool:
    """Whether a link says nothing but that it leads to a file or a form for print ("PDF version")."""
    said = without_size(text)
    return bool(text) and not re.search(r"\d", said) and len(_LABEL.sub("", said)) < _SHORTEST


def without_attachments(links: Sequence[Link]) -> tuple[Link, ...]:
    """Links without documents that have no title of their own, or that of a page in the same listing.

    A document that stays is a release that has no page. Its title is without a note of its file: "(PDF, 84 KB)".
    """
    pages = {_folded(link.title) for link in links if not is_document(link.url)}
    return tuple(
        replace(link, title=_without_note(link.title)) if is_document(link.url) else link
        for link in links
        if not is_document(link.url)
        or (len(_LABEL.sub("", link.title)) >= _SHORTEST and _folded(link.title) not in pages)
    )


def documents_of_a_period(links: Sequence[Link], way: str) -> frozenset[str]:
    """The addresses of documents with a title and a day that a page of a year, month or day names: releases themselves,
    whatever the shape of those of other years. Where its address says which year it is of, only those of that year:
    reports beside the list are of today."""
    if way not in _TO_A_PERIOD:
        return frozenset()
    dated = (link for link in links if link.title and link.published and is_document(link.url))
    return frozenset(link.url for link in dated if link.published[:4] in (_YEAR.findall(link.via) or link.published))


def _without_note(title: str) -> str:
    note = _NOTE.search(title)
    said = note[0] if note else ""
    is_of_file = "pdf" in said.lower() or _SIZE.search(said)
    return title[: -len(said)] if is_of_file and not _LABEL.sub("", without_size(said)) else title


def _folded(title: str) -> str:
    return "".join(re.findall(r"\w", re.sub(r"\(?pdf\b.*", "", title.casefold())))
