"""Formulas in MathML (MathML Core, W3C) as a line of text, since a sentence without its formula says something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from archive.page.inline import BLOCK_LEVEL

_FOR_MACHINES = frozenset({"annotation", "annotation-xml"})
"""What says a formula once more, in another notation (MathML Core, section 3.5)."""

_CELLS = frozenset({"mtd", "mtr", "mlabeledtr"})
_WITH_SMALL = {"msub": 2, "msup": 2, "msubsup": 3, "munderover": 3}
"""The elements of a sign with what stands small below and above it, and of how many parts they are."""

_UNSEEN = dict.fromkeys(range(0x2061, 0x2065))
"""Signs for operators that nobody sees: of a function, a product, a list, a sum."""

_DEEPEST = 40
"""Elements of a formula one inside another that are read by what they mean."""

_LEVELS, _DRAWN = 3, 400
"""Elements around a formula beside which it may be drawn, and of such a drawing that are looked at."""


def formula(math: HtmlElement) -> str:
    """A `math` element in one line: a/b for a fraction, x^2 for a power, √(x) for a root; "" if it only says again what
    the page shows beside it in other elements (KaTeX, MathJax)."""
    said = _said(math, 0).translate(_UNSEEN).strip()
    return "" if said and _is_shown_beside(math, said) else said


def _said(element: HtmlElement, depth: int) -> str:
    if depth > _DEEPEST:
        return " ".join("".join(element.itertext()).split())
    own = " ".join((element.text or "").split()) if element.tag != "mtext" else element.text or ""
    parts = [_said(one, depth + 1) for one in element if isinstance(one.tag, str) and one.tag not in _FOR_MACHINES]
    if element.tag == "mfrac" and len(parts) == 2:
        return "/".join(map(_bracketed, parts))
    if element.tag == "mroot" and len(parts) == 2:
        return f"{_bracketed(parts[0])}^(1/{_bracketed(parts[1])})"
    if element.tag == "msqrt":
        return f"√({own}{''.join(parts)})"
    if len(parts) == _WITH_SMALL.get(str(element.tag)):
        return _with_small(str(element.tag), *parts)
    said = own + "".join(parts)
    return f"{said} " if element.tag in _CELLS else said


def _with_small(tag: str, sign: str, *small: str) -> str:
    """A sign with what stands small below and above it; what is below ("CO2") is set apart behind a figure alone."""
    below = "" if tag == "msup" else small[0]
    power = "" if tag == "msub" else f"^{_bracketed(small[-1])}"
    apart = "_" if sign[-1:].isdigit() and below[:1].isdigit() else ""
    return f"{sign if below else _bracketed(sign)}{apart}{below}{power}"


def _bracketed(part: str) -> str:
    return part if len(part) == 1 or part.isalnum() else f"({part})"


def _is_shown_beside(math: HtmlElement, said: str) -> bool:
    """Whether an element right beside a formula, or beside one in its line that holds it, draws it for the eye alone:
    most of its letters and figures."""
    signs = set(filter(str.isalnum, said)) or set(said)
    return any(
        one is not None and one.get("aria-hidden") == "true" and 2 * len(signs & _signs(one)) >= len(signs)
        for place in _around(math)
        for one in (place.getnext(), place.getprevious())
    )


def _signs(drawing: HtmlElement) -> set[str]:
    parts = islice(drawing.iter("*"), _DRAWN)
    pieces = (text for one in parts for text in (one.text, one.tail if one is not drawing else "") if text)
    return {sign for piece in pieces for sign in piece[:_DRAWN]}


def _around(math: HtmlElement) -> Iterator[HtmlElement]:
    """A formula and the elements of its line that hold it."""
    place = math
    for _ in range(_LEVELS):
        yield place
        above = place.getparent()
        if above is None or above.tag in BLOCK_LEVEL:
            return
        place = above
