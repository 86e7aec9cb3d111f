"""Ids made of what they stand for, so that a rebuilt archive has the same ones."""

from __future__ import annotations

import hashlib

from archive.core.model import Capture


def number_of(*parts: object) -> int:
    """A 52-bit number that stands for these parts: exact in JavaScript, the same in every rebuild."""
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=7).digest(), "big") >> 4


def article_number(source: str, key: str) -> int:
    """The id of the article of a source that lives at an address (`archive.core.urls.key`)."""
    return number_of("article", source, key)


def capture_number(capture: Capture) -> int:
    """The id of a capture: its place in the archive's WARC files."""
    return number_of("capture", capture.warc_file, capture.warc_offset)


def boilerplate_number(source: str, fingerprint: int) -> int:
    """The id of a block that a source repeats."""
    return number_of("boilerplate", source, fingerprint)
