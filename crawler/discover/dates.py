"""Dates as feeds, sitemaps and listing pages state them, in the words of many languages. Pure; guesses nothing.

A date whose order of day and month neither it nor another date of the text tells (4/5/2026) is not read: an archive
must not invent a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "jan januar january janv janvier jän jänner ene enero gen gennaio янв января қаңтар қаңтары қаң січня sty stycznia "
    "ιαν ιανουαρίου ocak oca يناير ianuarie sijecnja siječnja ledna leden jaanuar tammikuuta januári jān gener",
    "feb februar february févr fév février febrero febbraio fev fevereiro фев февр февраля ақпан ақпаны ақп лютого lut "
    "lutego φεβ φεβρουαρίου şubat şub فبراير februarie veljače února únor veebruar helmikuuta február febr februari",
    "mar march märz mär mrz mars marzo março мар марта наурыз наурызы нау березня marca μαρ μαρτίου mart مارس martie "
    "ožujka března březen märts maaliskuuta március márc maart mrt",
    "apr april avril avr abril abr aprile апр апреля сәуір сәуірі сәу квітня kwi kwietnia απρ απριλίου nisan nis أبريل "
    "ابريل aprilie travnja dubna duben aprill huhtikuuta április ápr",
    "may mai mayo maggio mag maio мая май мамыр мамыры мам травня maj maja μαΐ μαΐου μαϊ mayıs مايو svibnja května "
    "květen toukokuuta május máj mei",
    "jun june juni juin junio giugno giu junho июн июня маусым маусымы мау червня cze czerwca ιουν ιουνίου haziran haz "
    "يونيو iunie lipnja června červen juuni kesäkuuta június jún",
    "jul july juli juil juillet julio luglio lug julho июл июля шілде шілдесі шіл липня lip lipca ιουλ ιουλίου temmuz "
    "tem يوليو iulie srpnja července červenec juuli heinäkuuta július júl",
    "aug august août aou agosto ago авг августа тамыз тамызы там серпня sie sierpnia αυγ αυγούστου ağustos ağu أغسطس "
    "اغسطس kolovoza srpna srpen elokuuta augusztus augusti augustus",
    "sep sept september septembre septiembre settembre set setembro сен сент сентября қыркүйек қыркүйегі қыр вересня "
    "wrz września σεπ σεπτεμβρίου eylül eyl سبتمبر septembrie rujna září syyskuuta szeptember szept",
    "oct october okt oktober octobre octubre ottobre ott outubro out окт октября қазан қазаны қаз жовтня paź "
    "października οκτ οκτωβρίου ekim eki أكتوبر اكتوبر octombrie listopada· října říjen oktoober lokakuuta október",
    "nov november novembre noviembre novembro ноя нояб ноября қараша қарашасы қар листопада lis listopada νοε "
    "νοεμβρίου kasım kas نوفمبر noiembrie studenog studenoga listopadu marraskuuta",
    "dec december dez dezember déc décembre diciembre dic dicembre dezembro дек декабря желтоқсан желтоқсаны жел "
    "грудня gru grudnia δεκ δεκεμβρίου aralık ara ديسمبر decembrie prosinca prosince detsember joulukuuta",
)
_MONTH = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_ZONES = {
    name: hours
    for hours, names in (
        (-10, "hst"),
        (-8, "pst"),
        (-7, "pdt mst"),
        (-6, "mdt cst"),
        (-5, "cdt est"),
        (-4, "edt"),
        (0, "z ut utc gmt wet"),
        (1, "cet met mez"),
        (2, "cest mest mesz eet"),
        (3, "eest msk"),
        (9, "jst kst"),
    )
    for name in names.split()
}
"""Offsets of zone names that mean one thing (IST, BST and the like mean several)."""

_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?=[T\s]|\b)"
    r"|(?<!\d)(?P<cjk_year>(?:19|20)\d\d)\s*[年년]\s*(?P<cjk_month>\d\d?)\s*[月월]\s*(?P<cjk_day>\d\d?)\s*[日号號일]"
)
_NUMBERS = re.compile(
    r"(?<![\d.])(?P<a>\d\d?)(?P<mark>[./-])(?P<b>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]?\d)"
)
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_CLOCK = re.compile(
    r"(?:T|\b)(?P<hour>\d\d?):(?P<minute>\d\d?)(?::(?P<second>\d\d?)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b)?\s*"
    r"(?P<zone>(?:(?:GMT|UTC)\s?)?[+-]\d\d?(?::?\d\d)?\b|[A-Z][A-Za-z]{0,4}\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A date found in a text: where it begins and ends there, and the day, "" where its year is not said."""

    start: int
    end: int
    day: str


def moment(text: str) -> str:
    """The date and time a text states, ISO 8601, as precise as stated and with its offset; "" when not understood."""
    text = text[:200].strip()
    numeric = next(_numeric(text), None)
    day = numeric if numeric and numeric.start == 0 and numeric.day else None
    day = day or next((found for found in days(text) if found.day), None)
    if day is None:
        return ""
    clock = _CLOCK.search(text, day.end) or _CLOCK.search(text, 0, day.start)
    return f"{day.day}{_time(clock)}" if clock else day.day


def days(text: str) -> list[Day]:
    """The dates a text states, in its order, those with the name of a month even without a year."""
    found = [*_numeric(text), *_named(text)]
    return sorted(found, key=lambda day: day.start)


def _numeric(text: str) -> Iterator[Day]:
    for match in _ISO.finditer(text):
        year, month, day = (match[name] or match[f"cjk_{name}"] for name in ("year", "month", "day"))
        yield from _day(match.span(), int(year), int(month), int(day))
    matches = list(_NUMBERS.finditer(text))
    days_first = {match["mark"] for match in matches if int(match["a"]) > 12}
    months_first = {match["mark"] for match in matches if int(match["b"]) > 12}
    for match in matches:
        a, b, year = int(match["a"]), int(match["b"]), _full_year(match["year"])
        order = "day" if a == b else _order(match, match["mark"] in days_first, match["mark"] in months_first)
        if order:
            yield from _day(match.span(), year, *((b, a) if order == "day" else (a, b)))
        else:
            yield Day(*match.span(), "")


def _order(match: re.Match[str], days_first: bool, months_first: bool) -> str:
    """What comes first in a date of numbers: what any date of the text that is written alike can only have first.

    Where none tells, a day comes first before dots and a full year, and nothing is said of the rest.
    """
    if int(match["a"]) > 12 or (days_first and not months_first):
        return "day"
    if int(match["b"]) > 12 or (months_first and not days_first):
        return "month"
    return "day" if match["mark"] == "." and len(match["year"]) == 4 and not days_first else ""


def _named(text: str) -> Iterator[Day]:
    """Day, month and year in words, in the order of any language: "7 November 2016", "Nov 7, 2016", "7 de mayo"."""
    words = list(_WORDS.finditer(text))
    for n, match in enumerate(words):
        month = _MONTH.get(match[0].lower())
        if not month:
            continue
        before = [word for word in words[max(n - 3, 0) : n] if word[0].lower() not in _BETWEEN]
        after = [word for word in words[n + 1 : n + 5] if word[0].lower() not in _BETWEEN]
        orders = [(before[-1], [*after[:1], *before[:-1]])] if before else []
        orders += [(after[0], [*after[1:2], *before[-1:]])] if after else []
        orders = [(day, around) for day, around in orders if _is_day(day[0])]
        if not orders:
            continue
        day, around = next((order for order in orders if _year(order[1])), orders[0])
        year = _year(around)
        span = _span([match, day, *([year] if year else [])])
        if year:
            yield from _day(span, int(year[0]), month, int(day[0]))
        else:
            yield Day(*span, "")


_BETWEEN = frozenset({"de", "del", "of", "the", "st", "nd", "rd", "th", "er", "жылғы", "года"})


def _span(words: list[re.Match[str]]) -> tuple[int, int]:
    return min(word.start() for word in words), max(word.end() for word in words)


def _year(words: list[re.Match[str]]) -> re.Match[str] | None:
    return next((word for word in words if _is_year(word[0])), None)


def _is_day(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal() and 1 <= int(word) <= 31


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and 1900 <= int(word) < 2100


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 70 else 1900)


def _day(span: tuple[int, int], year: int, month: int, day: int) -> Iterator[Day]:
    try:
        yield Day(*span, date(year, month, day).isoformat())
    except ValueError:
        return


def _time(clock: re.Match[str]) -> str:
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return ""
    return f"T{hour:02}:{minute:02}:{min(second, 59):02}{_offset(clock['zone'] or '')}"


def _offset(zone: str) -> str:
    """ "+05:00" for "+0500", "GMT+5", "+05:00"; by name where the name has one meaning; "" for any other."""
    name = zone.lower()
    if name in _ZONES:
        return f"{_ZONES[name]:+03d}:00"
    match = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d\d?):?(\d\d)?", name)
    if not match or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return ""
    hours, minutes = int(match[2]), int(match[3] or 0)
    return f"{match[1] if hours or minutes else '+'}{hours:02}:{minutes:02}"
