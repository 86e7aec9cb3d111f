"""What runs in the extraction pool: reads a capture from its WARC file and extracts it. Bodies stay in the process."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from archive import warc
from archive.boilerplate.sample import Sample
from archive.boilerplate.template import Template
from archive.core import http_status
from archive.core.errors import WarcError
from archive.core.model import Capture, Rejection, Response, Unread
from archive.extract.extract import Derived, derive
from archive.history.events import REDIRECTED
from archive.store.rows import storable
from archive.warc import redirect

Extracted = Derived | Unread
"""The result of a capture, or why it could not be read."""

ENDED_TWICE = "extraction ended its process twice: the page takes too much time or memory, or the process was killed"
"""Why a capture counts as unread whose reading has cost two processes."""

_CLOSING = re.compile(rb"</(?:body|html|main)\s*>|<footer\b", re.I)
"""In a page that broke off, this shows that its main part is complete."""

_RANGE = re.compile(r"\s*bytes\s+0-(\d{1,15})/(\d{1,15})\s*", re.I)
"""Content-Range that begins with the first byte (RFC 9110, section 14.4)."""


def readable(capture: Capture) -> bool:
    """Whether a capture has a body that may be an article, or a "not found" page."""
    return capture.kind in ("page", "probe") and capture.status in http_status.PAGE and not capture.revisit


def extract_capture(directory: str, capture: Capture, template: bytes) -> Extracted:
    """Read a capture and extract it with the template of its source (as bytes).

    A record that cannot be read is `Unread`, also if another capture is in its place. All other errors are raised.
    """
    record = stored_record(Path(directory), capture)
    return record if isinstance(record, Unread) else extract_record(record, capture, template)


def stored_record(directory: Path, capture: Capture) -> bytes | Unread:
    """The bytes of a capture's record as they are stored, or why they cannot be read."""
    try:
        return warc.stored(directory, capture)
    except (WarcError, OSError) as error:
        return _no_record(error)


def extract_record(record: bytes, capture: Capture, template: bytes) -> Extracted:
    """Extract a capture from the bytes of its record (`extract_capture`). Takes and gives plain values, no files."""
    try:
        response = warc.response_in(record, capture)
    except WarcError as error:
        return _no_record(error)
    if response.truncated and not _CLOSING.search(response.body):
        cut = Rejection("error", "the answer broke off before the end of the page")
        return Derived(cut, Sample(page=0, article=False))
    if capture.status == HTTPStatus.PARTIAL_CONTENT and not _is_whole(response):
        return Derived(
            Rejection("error", "206: the server sent only a part of the page"), Sample(page=0, article=False)
        )
    led = redirect.target(capture.url, capture.status, _without_coding(response), response.body)
    if led:
        return Derived(Rejection("other", f"{REDIRECTED}{led}"), Sample(page=0, article=False))
    derived = derive(response, _template(template), capture.link)
    return replace(derived, result=storable(derived.result))


def _no_record(error: Exception) -> Unread:
    return Unread("record", f"the record cannot be read: {error}")


def reason_unread(capture: Capture) -> Rejection:
    """Why a capture is not read as an article, without reading its body."""
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


def _is_whole(response: Response) -> bool:
    """Whether an answer 206, for which nobody asked, has the whole page: by its Content-Range, else by its end."""
    stated = next((value for name, value in response.headers if name.lower() == "content-range"), "")
    if stated:
        found = _RANGE.fullmatch(stated)
        return found is not None and int(found[1]) + 1 == int(found[2])
    return _CLOSING.search(response.body) is not None


def _without_coding(response: Response) -> tuple[tuple[str, str], ...]:
    """The headers that are still true for a decoded body."""
    return tuple((name, value) for name, value in response.headers if name.lower() != "content-encoding")


@lru_cache(maxsize=16)
def _template(packed: bytes) -> Template:
    return Template.from_bytes(packed)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return ""
