"""Ids that are computed from what they identify, so that a rebuilt archive has the same ids."""

from __future__ import annotations

import hashlib
from datetime import UTC

from archive.core.model import Capture


def number_of(*parts: object) -> int:
    """A number of 52 bits for these parts: the same in every rebuild, and exact in JavaScript.

    JavaScript and most spreadsheets store whole numbers exactly only below 2**53. The probability that two of a million
    have the same number is 1 in 9,000 (Feller, An Introduction to Probability Theory, 1968, on birthdays).
    """
    return _hash(parts, 7) >> 4


def article_number(source: str, key: str) -> int:
    """The id of the article of a source at an address (`archive.core.urls.key`).

    It has 52 bits because the addresses and the JSON of the site contain it. There are few enough articles for that.
    """
    return number_of("article", source, key)


def capture_number(capture: Capture) -> int:
    """The id of a capture, 63 bits (SQLite's integers have 64 with the sign), from its place and its content.

    The place alone is not enough: a WARC file that was restored or cut off gets new records at old offsets. The
    probability that two of ten million captures have the same id is 1 in 180,000.
    """
    at = capture.dated.astimezone(UTC).isoformat()
    return capture_number_of(capture.warc_file, capture.warc_offset, at, capture.digest, capture.url)


def capture_number_of(warc_file: str, warc_offset: int, fetched_at: str, digest: str, final_url: str) -> int:
    """The id of a capture from the columns of its row. `fetched_at` is ISO 8601 in UTC, as its record states it."""
    return _hash(("capture", warc_file, warc_offset, fetched_at, digest, final_url), 8) >> 1


def boilerplate_number(source: str, fingerprint: int) -> int:
    """The id of a block that a source repeats, 52 bits like the id of an article."""
    return number_of("boilerplate", source, fingerprint)


def _hash(parts: tuple[object, ...], size: int) -> int:
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=size).digest(), "big")
