"""The title as the institution wrote it: chosen among the places a page gives it, without the site's name or section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SEPARATED = re.compile(r"\s+[|–—\-·•«»:*/ㅣ‹›→~]+\s+|\s?[|ㅣ]\s?|(?<=[^\W\d_])\s?::?\s(?=\S+$)")
_FOLD = re.compile(r"\W+")


@dataclass(frozen=True)
class Claim:
    """A text that a page puts forward as its title: where it stands, and how much that place is worth."""

    text: str
    origin: str
    weight: float


def choose(claims: Sequence[Claim], site: str = "") -> Claim | None:
    """The claim that the others agree with most; a claim that only adds a site's tail to another gives way to it."""
    usable = [claim for claim in claims if claim.text and fold(claim.text) != fold(site)]
    if not usable:
        return next((claim for claim in claims if claim.text), None)
    bare = [Claim(without_site(claim, usable, site), claim.origin, claim.weight) for claim in usable]
    support: dict[str, float] = {}
    for claim in bare:
        support[fold(claim.text)] = support.get(fold(claim.text), 0.0) + claim.weight
    return max(bare, key=lambda claim: (support[fold(claim.text)], claim.weight))


def without_site(claim: Claim, claims: Sequence[Claim], site: str) -> str:
    """A claim's text without the tail or head that names the site or a section, where another claim shows it to be one."""
    text = claim.text
    if claim.origin == "h1":
        return text
    folded = fold(text)
    for other in claims:
        inner = fold(other.text)
        if other is not claim and inner and len(inner) >= 8 and inner != folded and _adds_only_tail(text, other.text):
            return other.text
    return strip_site(text, site)


def strip_site(text: str, site: str) -> str:
    """A text without the parts after (or before) a separator that name the site."""
    parts = _SEPARATED.split(text)
    if len(parts) < 2:
        return text
    name = fold(site)
    if name and (fold(parts[-1]) == name or _same_name(parts[-1], name)):
        cut = [found.start() for found in _SEPARATED.finditer(text)][-1]
        return text[:cut].strip() or text
    if name and fold(parts[0]) == name:
        return text[next(_SEPARATED.finditer(text)).end() :].strip() or text
    return text


def fold(text: str) -> str:
    """A title for comparing: letters and figures only, case folded."""
    return _FOLD.sub(" ", text).strip().casefold()


def _adds_only_tail(longer: str, shorter: str) -> bool:
    """Whether the longer text is the shorter one plus parts set apart by a separator."""
    whole, part = fold(longer), fold(shorter)
    if len(part) >= len(whole) or not (whole.startswith(part) or whole.endswith(part)):
        return False
    return any(
        fold(longer[: found.start()]) == part or fold(longer[found.end() :]) == part
        for found in _SEPARATED.finditer(longer)
    )


def _same_name(part: str, site: str) -> bool:
    one, two = fold(part).replace(" ", ""), site.replace(" ", "")
    return len(one) >= 3 and len(two) >= 3 and (one.startswith(two) or two.startswith(one))
