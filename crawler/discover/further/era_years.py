"""Addresses of archives that state a year in the short: of an era (`/r7/` for 令和7年), or its last figures. Pure.

Such a number says nothing by itself: it is a year only where the label of the link says the same one, or where an era
and a month stand together that the label says ("11月" for `/r8/11.html`).
"""

from __future__ import annotations

import re

from archive.text.eras import in_our_years

_YEAR = re.compile(r"(?<!\d)(?:19[6-9]\d|20[0-4]\d)(?!\d)")
_ONLY_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*[年년]?度?\W*")
_ERAS = ((2018, "r|reiwa"), (1988, "h|heisei"), (1925, "s|showa|shouwa"))
_LONGEST_ERA = 64
_REPUBLIC = 1911
_ONLY_MONTH = re.compile(r"(1[0-2]|0?[1-9])\s?月分?")
_MONTH = r"(?=(?:0[1-9]|1[0-2])?(?!\d))"


def with_year_in_full(address: str, label: str) -> str:
    """The path and query of an address, whose one year the label says, with that year in full ("/2025/" for "/r7/");
    the same where none stands there, or one in full does."""
    if _YEAR.search(address):
        return address
    said = in_our_years(label)
    years = {int(year) for year in _YEAR.findall(said)}
    if len(years) != 1:
        return address if years else _with_year_before_month(address, said)
    year = years.pop()
    for form in _forms(year, is_era=said != label, is_alone=bool(_ONLY_YEAR.fullmatch(said))):
        found = list(re.finditer(form, address, re.IGNORECASE))
        if found:
            return f"{address[: found[-1].start()]}{year}{address[found[-1].end() :]}"
    return address


def _with_year_before_month(address: str, label: str) -> str:
    month = _ONLY_MONTH.fullmatch(label.strip())
    if month is None:
        return address
    for before, letters in _ERAS:
        form = rf"(?<![a-z0-9])(?:{letters})[-_]?(\d{{1,2}})(?=\D{{1,3}}0?{int(month[1])}(?!\d))"
        if found := re.search(form, address, re.IGNORECASE):
            return f"{address[: found.start()]}{before + int(found[1])}{address[found.end() :]}"
    return address


def _forms(year: int, is_era: bool, is_alone: bool) -> list[str]:
    """How an address may state a year in the short, the surest first."""
    numbers = [(year - before, letters) for before, letters in _ERAS if 0 < year - before <= _LONGEST_ERA]
    forms = [rf"(?<![a-z0-9])(?:{letters})[-_]?0?{number}{_MONTH}" for number, letters in numbers]
    forms += [rf"(?<!\d){year - _REPUBLIC}{_MONTH}"] if is_era and year > _REPUBLIC else []
    return [*forms, *([rf"(?<!\d){year % 100:02}(?!\d)"] if is_alone else [])]
