"""When two lines of a text say the same: their letters and figures, whatever the typography. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from archive.text.fingerprint import hash64

_NOT_TELLING = re.compile(r"[\W_]+")
_NOT_TELLING_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}
_MOST = 2000


def normalize(text: str) -> str:
    """A text without what typography changes: compatibility forms, white space, punctuation, soft hyphens."""
    if text.isascii():
        return text.translate(_NOT_TELLING_ASCII)
    return _NOT_TELLING.sub("", unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def line_mark(line: str) -> int:
    """A number that two lines share when only typography tells them apart."""
    return hash64(normalize(line))


def marks_of(lines: Iterable[str]) -> tuple[int, ...]:
    """The marks of a page's passages, bounded."""
    return tuple(dict.fromkeys(line_mark(line) for line, _ in zip(lines, range(_MOST), strict=False)))
