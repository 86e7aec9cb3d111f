"""What runs in the extraction pool: captures read back from their WARC files and derived. Bodies never leave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from archive import warc
from archive.boilerplate.template import Template
from archive.core.errors import WarcError
from archive.core.model import Capture, Rejection
from archive.extract.extract import Derived, derive
from archive.history.events import REDIRECTED
from archive.store.rows import storable
from archive.store.templates import unpacked

Extracted = Derived | Rejection
"""What a process makes of a capture; a bare Rejection where its record could not be read."""

_CLOSING = re.compile(rb"</(?:body|html|main)\s*>|<footer\b", re.I)
"""What shows, in a page that broke off, that its main part came whole."""

_READ_AS_PAGE = frozenset({200, 203})


def readable(capture: Capture) -> bool:
    """Whether a capture has a body that may be an article, or that of a page for missing addresses."""
    return capture.kind in ("page", "probe") and capture.status in _READ_AS_PAGE and not capture.revisit


def extract_captures(directory: str, captures: Sequence[Capture], template: bytes) -> tuple[Extracted, ...]:
    """Read captures of one source back and extract them with what is known of the source (packed)."""
    return tuple(_read_and_derive(Path(directory), capture, _template(template)) for capture in captures)


def reason_unread(capture: Capture) -> Rejection:
    """Why a capture is not read as an article, before looking into it."""
    if capture.kind != "page":
        return Rejection("other", f"{REDIRECTED}{capture.location}" if capture.kind == "redirect" else capture.kind)
    if capture.status == 304:
        return Rejection("other", "not modified")
    if capture.revisit:
        return Rejection("other", "same payload as before")
    if 300 <= capture.status < 400:
        return Rejection(
            "other", f"{REDIRECTED}{capture.location}" if capture.location else "redirect without a target"
        )
    return Rejection("error", f"{capture.status} {_phrase(capture.status)}".strip())


def _read_and_derive(directory: Path, capture: Capture, template: Template) -> Extracted:
    try:
        response = warc.read(directory, capture)
    except WarcError as error:
        return Rejection("error", f"the record cannot be read: {error}")
    if capture.truncated and not _CLOSING.search(response.body):
        return Rejection("error", "the answer broke off before the end of the page")
    derived = derive(response, template, capture.link)
    return replace(derived, result=storable(derived.result))


@lru_cache(maxsize=16)
def _template(packed: bytes) -> Template:
    return unpacked(packed)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return ""
