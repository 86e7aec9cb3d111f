"""Ids made of what they stand for, so that a rebuilt archive has the same ones."""

from __future__ import annotations

import hashlib
from datetime import UTC

from archive.core.model import Capture


def number_of(*parts: object) -> int:
    """A number of 52 bits that stands for these parts: the same in every rebuild, and exact in JavaScript.

    JavaScript (and most spreadsheets) keep whole numbers exactly below 2**53 alone. Two of a million have the same
    number with odds of 1 in 9,000 (Feller, An Introduction to Probability Theory, 1968, on birthdays).
    """
    return _hash(parts, 7) >> 4


def article_number(source: str, key: str) -> int:
    """The id of the article of a source that lives at an address (`archive.core.urls.key`).

    It has 52 bits because it stands in the addresses and the JSON of the site. Articles are few enough for that.
    """
    return number_of("article", source, key)


def capture_number(capture: Capture) -> int:
    """The id of a capture, 63 bits (SQLite's integers have 64 with the sign), of its place and of what it is.

    The place alone is not enough: a WARC file that was restored or cut off gets new records at old offsets. Two of ten
    million captures have the same id with odds of 1 in 180,000.
    """
    at = capture.dated.astimezone(UTC).isoformat()
    return capture_number_of(capture.warc_file, capture.warc_offset, at, capture.digest, capture.url)


def capture_number_of(warc_file: str, warc_offset: int, fetched_at: str, digest: str, final_url: str) -> int:
    """The id of a capture from the columns of its row. `fetched_at` is ISO 8601 in UTC, as its record states it."""
    return _hash(("capture", warc_file, warc_offset, fetched_at, digest, final_url), 8) >> 1


def boilerplate_number(source: str, fingerprint: int) -> int:
    """The id of a block that a source repeats, 52 bits as that of an article."""
    return number_of("boilerplate", source, fingerprint)


def _hash(parts: tuple[object, ...], size: int) -> int:
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=size).digest(), "big")
