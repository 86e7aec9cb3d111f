"""When two lines of a text are equal: their letters and figures are, with any typography. Pure.

Quotation marks, dashes, spaces and other punctuation are typography. Signs at a figure are not: a decimal point, a
sign, a percent sign, a currency, a fraction, a comparison. Blanks and marks that only group thousands are typography.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from archive.core.cache import remembered
from archive.text.fingerprint import hash64

_NOT_TELLING = re.compile(r"[\W_]+")
_AT_FIGURES = re.compile(r"([\W_]*\d[\d\W_]*)")
_FIGURE = re.compile(r"[\d¼½¾⅐-⅞]")
_NOT_TELLING_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_MOST = 2000

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("⁄"): "/", ord("∕"): "/", ord("×"): "x"}
_DASH = re.compile(f"[{''.join(map(chr, _DASHES))}]")
_SHIFTED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_FRACTION = re.compile(r"[¼½¾⅐-⅞]")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?P<mark>[ ,'’])\d{3}(?:(?P=mark)\d{3})*(?![\d]|[.,]\d{3})")
_SIGN_AT_FIGURE = re.compile(r"\d\s*(?:[^\w\s]|_)|(?:[^\w\s]|_)\s*\d|\d\s+\d")
_BETWEEN = frozenset(".,:/")
_BEFORE = frozenset("<>≤≥≠=+±~≈")
_AFTER = frozenset("%‰°+")


def normalize(text: str) -> str:
    """A text without typography: compatibility forms, white space, punctuation without meaning."""
    if text.isascii():
        bare = _bare(text)
        if not bare or bare.isalpha():
            return bare
    elif not _FIGURE.search(text):
        return _bare(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    folded = _folded(text)
    if not _SIGN_AT_FIGURE.search(folded):
        return _bare(folded)
    words, *rest = _AT_FIGURES.split(folded)
    kept = [_bare(words)]
    for figures, after in zip(rest[::2], rest[1::2], strict=True):
        kept += (_of_figures(figures, is_first=not words), _bare(after))
        words = after or words
    return "".join(kept)


@remembered(10_000)  # the pages of a source have most of their lines in common
def line_mark(line: str) -> int:
    """A number that is equal for two lines that differ only in typography."""
    return hash64(normalize(line))


def marks_of(lines: Iterable[str]) -> tuple[int, ...]:
    """The marks of a page's passages in order, one for each occurrence, at most 2,000."""
    return tuple(line_mark(line) for line, _ in zip(lines, range(_MOST), strict=False))


def _of_figures(text: str, is_first: bool) -> str:
    """Figures with what belongs to them; signs at the beginning of a text mean more than those behind a word."""
    letter = "" if is_first else "x"
    whole = _GROUPED.sub(lambda group: re.sub(r"\D", "", group[0]), f"{letter}{text}")
    return _NOT_TELLING.sub(_telling, whole)[len(letter) :]


def _bare(text: str) -> str:
    """The letters and figures of a text."""
    if text.isascii():
        return text.encode("ascii").translate(None, _NOT_TELLING_ASCII).decode("ascii")
    return _NOT_TELLING.sub("", text)


def _folded(text: str) -> str:
    """A text with compatibility forms resolved, except those that would join two figures: 10², 1½."""
    if text.isascii():
        return text
    apart = _FRACTION.sub(lambda sign: f" {sign[0]}", text)
    apart = _SHIFTED.sub(lambda sign: f"^{sign[0]}", apart)
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", apart))
    return plain.translate(_DASHES) if _DASH.search(plain) else plain  # searching is quick, translating is not


def _telling(run: re.Match[str]) -> str:
    """The part of a group of signs that belongs to the figures beside it."""
    signs, text = run[0], run.string
    before = text[run.start() - 1 : run.start()]
    after = text[run.end() : run.end() + 1]
    if signs.isspace():
        return "_" if before.isdecimal() and after.isdecimal() else ""
    bare = "".join(signs.split())
    if before.isdecimal() and after.isdecimal():
        if bare in _BETWEEN and (signs == bare or bare == "/"):
            return bare
        kept = "".join(sign for sign in bare if sign in _BEFORE or sign in _AFTER or _is_currency(sign))
        return kept + ("-" if len(signs) > 1 and _is_minus(signs) else "") or "_"
    if after.isdecimal():
        kept = "".join(sign for sign in bare if sign in _BEFORE or _is_currency(sign))
        point = "." if signs[-1] == "." and signs[-2:-1] != "." and (len(signs) > 1 or not before) else ""
        return kept + ("-" if _is_minus(signs) and (len(signs) > 1 or not before) else "") + point
    if before.isdecimal():
        length = next((n for n, sign in enumerate(bare) if sign not in _AFTER and not _is_currency(sign)), len(bare))
        return bare[:length]
    return ""


def _is_minus(signs: str) -> bool:
    """Whether signs before a figure end with a minus: a dash directly before it or its currency, after a space."""
    close = signs.rstrip("".join(sign for sign in signs if _is_currency(sign)))
    return close.endswith("-") and (len(close) == 1 or not close[-2].isalnum()) and not close.endswith("--")


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"
