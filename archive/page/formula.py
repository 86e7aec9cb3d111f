"""Formulas in MathML (MathML Core, W3C) as a line of text, since a sentence without its formula says something else."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

_FOR_MACHINES = frozenset({"annotation", "annotation-xml"})
"""What says a formula once more, in another notation (MathML Core, section 3.5)."""

_CELLS = frozenset({"mtd", "mtr", "mlabeledtr"})
_DEEPEST = 40
"""Elements of a formula one inside another that are read by what they mean."""

_LEVELS = 3


def formula(math: HtmlElement) -> str:
    """A `math` element in one line: a/b for a fraction, x^2 for a power, √(x) for a root; "" if it only says again what
    the page shows beside it in other elements (KaTeX, MathJax)."""
    return "" if _is_shown_beside(math) else _said(math, 0).strip()


def _said(element: HtmlElement, depth: int) -> str:
    if depth > _DEEPEST:
        return "".join("".join(element.itertext()).split())
    own = "".join((element.text or "").split()) if element.tag != "mtext" else element.text or ""
    parts = [_said(one, depth + 1) for one in element if isinstance(one.tag, str) and one.tag not in _FOR_MACHINES]
    if element.tag == "mfrac" and len(parts) == 2:
        return "/".join(map(_bracketed, parts))
    if element.tag == "msup" and len(parts) == 2:
        return f"{_bracketed(parts[0])}^{_bracketed(parts[1])}"
    if element.tag == "msqrt":
        return f"√({own}{''.join(parts)})"
    said = own + "".join(parts)
    return f"{said} " if element.tag in _CELLS else said


def _bracketed(part: str) -> str:
    return part if len(part) == 1 or part.isalnum() else f"({part})"


def _is_shown_beside(math: HtmlElement) -> bool:
    """Whether an element right beside a formula, or beside one that holds it, draws it for the eye alone."""
    return any(
        one is not None and one.get("aria-hidden") == "true" and any(map(str.strip, one.itertext()))
        for place in _around(math)
        for one in (place.getnext(), place.getprevious())
    )


def _around(math: HtmlElement) -> Iterator[HtmlElement]:
    place = math
    for _ in range(_LEVELS):
        yield place
        if (above := place.getparent()) is None:
            return
        place = above
