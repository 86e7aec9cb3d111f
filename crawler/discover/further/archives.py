"""Archives by year and month: links, choices and forms that lead to them. Pure.

Addresses that are the same but for a year, or a year and a month, are the pages of one archive. Years of the Persian,
the Thai and the Islamic calendar are years too; so are those of eras, where what is written at the link says the year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

from archive.core.urls import host, key
from archive.text.calendar import MONTHS
from archive.text.eras import in_our_years
from crawler.discover.anchors import Anchor
from crawler.discover.further.era_years import with_year_in_full
from crawler.discover.links import Document
from crawler.discover.vocabulary import ARCHIVE, ELSEWHERE, NEWS, YEAR, hyphened

MOST = 400
"""Pages of archives that one page leads to: thirty years of months."""

_LONGEST_LABEL, _LONGEST_UNSPACED = 40, 12
"""Characters of what is written at a link to an archive, and of that in a script without spaces: more is a headline."""

_UNSPACED = "\u2e80"
"""From this letter on scripts write no spaces between words."""

_STEMS = tuple(one for one in ARCHIVE if len(one) >= (5 if one < _UNSPACED else 2))
"""Words for an archive that are long enough to be known as the end of a compound: "Pressearchiv"."""

_WORDS_OF_AN_INDEX = 4
"""Words up to which a label that says "archive" leads to one: "Archive of all releases"."""

_YEAR = re.compile(r"(?<!\d)(19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)(?!\d)")
"""A year of ours from 1960 on, of the Persian or the Islamic calendar (1403, 1447), or of the Thai one (2569)."""

_YEAR_AND_MONTH = re.compile(
    r"(?<!\d)(?P<year>19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)(?:(?P<between>\D{1,12}?)(?P<month>0?[1-9]|1[0-2])(?!\d)|"
    r"(?P<together>0[1-9]|1[0-2])(?!\d))",
)
"""2026/04, 2026-4, year=2026&month=4, 202604."""

_MONTH_AND_YEAR = re.compile(
    r"(?<!\d)(?P<month>0?[1-9]|1[0-2])(?P<between>[-_/.]|&\w+=)(?P<year>19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)(?!\d)"
)
"""04/2026, 4-2026, month=4&year=2026."""

_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<year>19[6-9]\d|20[0-4]\d|1[34]\d\d|25[0-8]\d)(?:[-_/.]|&\w+=)?"
    r"(?P<month>1[0-2]|0[1-9]|[1-9](?=[-_/.&]))(?:[-_/.]|&\w+=)?"
    r"(?P<day>0[1-9]|[12]\d|3[01]|(?<=[-_/.=])[1-9])(?!\d)"
)
"""2026/4/9, 20260409, y=2026&m=4&d=9."""

_OTHER_CALENDAR = 100
"""Years ahead of today from which on a year is one of another calendar."""

_DIGITS_OF_A_DAY = 2
_WORD = re.compile(r"[^\W\d_]{3,}")
"""A word between a year and a number, which then is no month: 2026-volume-4."""

_BETWEEN = re.compile(r"[\s\d_,;:./()\[\]|–—-]+")
"""What divides the words of a label: blanks, signs and figures."""

_SHORTEST, _WORDS_OF_A_DATE, _WORDS_OF_A_MONTH = 2, 4, 2
"""Letters of a word that counts, and words of a label that is a date ("Releases of April 2026") or a month's name."""

_LONGEST_BESIDE_A_MONTH = 3
"""Letters of words that stand between a month and its year in some languages: noviembre de 2026."""

_COUNT = re.compile(r"\s*[(\[]\s*\d{1,4}\s*[)\]]\s*$")
"""How many stand there, behind a label: April 2026 (12)."""

_NUMBER = re.compile(r"\d+")
_MONTHS_IN_STEP = 3
"""Different months whose labels differ as they do, from which on these are their names."""

_IS_A_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|csv|jpe?g|png|mp[34])$", re.IGNORECASE)
_DAY = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d|(?:19|20)\d{6}")
"""The day of a release, which is no archive: 2026-04-09, 9.4.2026, 20260409."""


@dataclass(frozen=True)
class Dated:
    """An address of an archive: its template with the date left out, its year and month (0: all of the year)."""

    url: str
    template: str
    year: int
    month: int


def archive_pages(labelled: Iterable[tuple[str, str]], url: str, today: date | None = None) -> Iterator[Document]:
    """Of addresses and what is written at them those that are archives by year or month, the newest first.

    Two of one kind are needed, or one whose address goes on from that of the page. What is still to come on the day of
    `today`, to which the arrows of a calendar lead, has no releases.
    """
    groups: dict[str, dict[str, tuple[Dated, str]]] = defaultdict(dict)
    for address, label in labelled:
        dated = _dated(address, label) if host(address) == host(url) and key(address) != key(url) else None
        if dated:
            groups[dated.template].setdefault(key(address), (dated, label))
    here = dated_address(url, "")
    kept = {
        template: _stated(list(found.values())) or _next_to(_month_of(url, here, template, today), found.values())
        for template, found in groups.items()
    }
    for template, found in sorted(kept.items(), key=lambda each: (not _is_related(each[0], url), -len(each[1]))):
        is_one_more = here is not None and here.template == template
        if not found or (len(found) < 2 and not is_one_more and not _is_related(template, url)):
            continue
        way = "month" if any(dated.month for dated in found) else "year"
        begun = (one for one in found if not (today and _is_to_come(one, today)))
        for dated in sorted(begun, key=lambda one: (-one.year, -one.month))[:MOST]:
            yield Document(dated.url, "listing", way, f"{way} {template}")


def _is_to_come(dated: Dated, today: date) -> bool:
    """Whether a month begins after a day, by some hours more, or a year after the next: that may be a fiscal year which
    has begun. Years of the Thai calendar are far ahead."""
    latest = today + timedelta(days=1)
    is_later = (dated.year, dated.month) > (latest.year, latest.month) if dated.month else dated.year > latest.year + 1
    return is_later and dated.year - latest.year < _OTHER_CALENDAR


def years_by_label(labelled: Iterable[tuple[str, str]], url: str) -> Iterator[Document]:
    """Of addresses and what is written at them those that are years of one archive by their labels alone, the newest
    first: "Releases of 2024" and "Releases of 2023" at addresses of one form that state no year, or its last figures.

    Two years at least, each at an address of its own, under labels that differ in nothing else.
    """
    groups: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for address, label in labelled:
        said = in_our_years(label)
        years = _YEAR.findall(said)
        if len(years) != 1 or len(label) > _LONGEST_LABEL or len(_words_of(said)) > _WORDS_OF_A_DATE + 1:
            continue
        rest = hyphened(_YEAR.sub("", said))
        parts = urlsplit(address)
        if any(map(str.isdigit, rest)) or not ELSEWHERE.isdisjoint((rest, *rest.split("-"))):
            continue
        if host(address) == host(url) and key(address) != key(url) and not _IS_A_FILE.search(parts.path):
            form = parts.path if parts.query else f"{parts.path.rstrip('/').rpartition('/')[0]}/"
            form = re.sub(rf"(?<!\d){years[0][2:]}(?!\d)", "{yy}", form)
            groups[rest, form].setdefault(int(years[0]), address)
    for (rest, form), found in groups.items():
        if (
            len(found) > 1
            and len(set(map(key, found.values()))) == len(found)
            and not any(map(_states_a_year, found.values()))
        ):
            for year in sorted(found, reverse=True):
                yield Document(found[year], "listing", "year", f"year {form} {rest}")


def _states_a_year(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_YEAR.search(f"{parts.path}?{parts.query}"))


def day_pages(labelled: Iterable[tuple[str, str]], url: str) -> Iterator[Document]:
    """Of addresses and what is written at them the days of a calendar, the newest first: what is written is the day of
    the month, with which the address goes on behind a year and month."""
    days: dict[str, tuple[tuple[int, int, int], str, str]] = {}
    own = dated_address(url, "")
    above = f"{_bare(own.template)}/{{day}}" if own else "{day}"
    for address, label in labelled:
        found = day_of_calendar(address, label) if host(address) == host(url) and key(address) != key(url) else None
        if found and (_is_related(found[1], url) or found[1].startswith(above)):
            days.setdefault(key(address), (found[0], address, found[1]))
    for _, address, template in sorted(days.values(), reverse=True)[:MOST]:
        yield Document(address, "listing", "day", f"day {template}")


def day_of_calendar(address: str, label: str) -> tuple[tuple[int, int, int], str] | None:
    """The day that an address ends with, and its template, where the label is the number of that day; else None."""
    if not (label.isdecimal() and len(label) <= _DIGITS_OF_A_DAY):
        return None
    parts = urlsplit(address)
    text = unquote(f"{parts.path}{'?' if parts.query else ''}{parts.query}")
    found = list(_YEAR_MONTH_DAY.finditer(text))
    if not found or int(found[-1]["day"]) != int(label):
        return None
    last = found[-1]
    moment = (int(last["year"]), int(last["month"]), int(last["day"]))
    return moment, f"{text[: last.start()]}{{day}}{text[last.end() :]}"


def calendar_days(anchors: Iterable[Anchor]) -> frozenset[str]:
    """The keys of the links of a calendar to its days. Numbers that run from 1 or 2 on are rather those of pages."""
    days = {anchor.key: int(anchor.text) for anchor in anchors if day_of_calendar(anchor.url, anchor.text)}
    numbers = sorted(set(days.values()))
    runs = any(numbers == list(range(first, first + len(numbers))) for first in (1, 2))
    return frozenset() if runs else frozenset(days)


def _stated(group: Sequence[tuple[Dated, str]]) -> list[Dated]:
    """The addresses of a group at which their date is written, or all: where several months are there, and the same
    short label always stands at the same month, these are its names, in whatever language."""
    labels: dict[int, set[str]] = defaultdict(set)
    for dated, label in group:
        labels[dated.month].add(label.casefold())
    names = {label for month in labels.values() for label in month}
    in_step = len(names) == len(labels) >= _MONTHS_IN_STEP and 0 not in labels
    if in_step and all(len(label.split()) <= _WORDS_OF_A_MONTH for label in names):
        return [dated for dated, _ in group]
    return [dated for dated, label in group if _says_date(dated, label)]


def _month_of(url: str, here: Dated | None, template: str, today: date | None) -> int:
    """The month that a page shows, counted from the first of all: that of its address, else the current one; 0 where
    neither is known, or for an archive of another form or of something else, such as a calendar of events beside it."""
    if here is None:
        words = set(re.split(r"[\W_]+", template.casefold())) - set(re.split(r"[\W_]+", url.casefold()))
        is_of_the_page = _is_related(template, url) and ELSEWHERE.isdisjoint(words)
        return 12 * today.year + today.month if today and is_of_the_page else 0
    return 12 * here.year + here.month if here.month and here.template == template else 0


def _next_to(shown: int, group: Iterable[tuple[Dated, str]]) -> list[Dated]:
    """The months right before and after the one that is shown, whatever is written at them: "Previous month".

    Their addresses end with the month: behind that of a release stands its title.
    """
    months = (one for one, _ in group if one.month and one.template.rstrip("/").endswith("}"))
    return [one for one in months if shown and abs(12 * one.year + one.month - shown) == 1]


def archive_indexes(anchors: Iterable[Anchor], url: str) -> Iterator[Document]:
    """Links that say "archive", where the older releases of a listing may stand by year and month.

    First those whose address has the name of the list: that of the whole site often stands in a menu above it.
    """
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].casefold().partition(".")[0]

    def is_of_the_site(anchor: Anchor) -> bool:
        return name not in re.split(r"[/?&=.]", unquote(anchor.url).casefold())

    indexes = [anchor for anchor in anchors if anchor.key != key(url) and says_archive(anchor)]
    for anchor in sorted(indexes, key=is_of_the_site):
        yield Document(anchor.url, "listing", "archive", f"archive {anchor.key}")


def says_archive(anchor: Anchor) -> bool:
    """Whether a short label, or the last part of the address behind a somewhat longer one, says "archive".

    A word may be a compound of it ("Pressearchiv"), and one of several where no spaces stand between words.
    """
    said = hyphened(anchor.text)
    words = said.split("-")
    if len(words) <= _WORDS_OF_AN_INDEX and not ARCHIVE.isdisjoint((said, *words)):
        return True
    last = unquote(urlsplit(anchor.url).path).rstrip("/").rpartition("/")[2].lower().partition(".")[0]
    if len(words) <= 2 * _WORDS_OF_AN_INDEX and len(said) <= _LONGEST_LABEL and last in ARCHIVE:
        return True
    if len(words) > _WORDS_OF_AN_INDEX or len(said) > _LONGEST_LABEL:
        return False
    is_unspaced = len(said) <= _LONGEST_UNSPACED
    return any(
        word.endswith(one) if one < _UNSPACED else is_unspaced and one in word for one in _STEMS for word in words
    )


def dated_address(address: str, label: str) -> Dated | None:
    """An address as that of a year's or a month's archive; None where it, or what is written at it, is none."""
    dated = _dated(address, label)
    return dated if dated and _says_date(dated, label) else None


def is_year_of(anchor: Anchor, url: str) -> bool:
    """Whether a link leads to another year of a list: its address is the list's but for the year that its label says,
    or its label is nothing but what lists of news are called, and the year."""
    dated, text = _dated(anchor.url, anchor.text), in_our_years(anchor.text)
    year = dated and _YEAR.search(text)
    if not dated or not year or int(year[1]) != dated.year:
        return False
    said = hyphened(f"{text[: year.start()]} {text[year.end() :]}")
    if said in NEWS or said in YEAR:
        return True
    own = dated_address(url, "")
    here = _bare(own.template) if own else _bare(unquote(urlsplit(url).path))
    return host(anchor.url) == host(url) and here == _bare(dated.template)


def is_month_of(anchor: Anchor) -> bool:
    """Whether a link leads to a month of a list: its label is nothing but the month of its address, perhaps the year,
    what lists of news are called, and how many stand there."""
    dated, text = _dated(anchor.url, anchor.text), _COUNT.sub("", in_our_years(anchor.text))
    if not dated or not dated.month:
        return False
    words = [word for word in _BETWEEN.split(text.casefold()) if word]
    named = {MONTHS[word] for word in words if word in MONTHS}
    numbers = [int(number) for number in _NUMBER.findall(text) if int(number) != dated.year]
    if not (named == {dated.month} and not numbers) and not (not named and numbers == [dated.month]):
        return False
    rest = [word for word in words if word not in MONTHS and len(word) > _LONGEST_BESIDE_A_MONTH]
    return not any(map(str.isalpha, rest)) or "-".join(rest) in NEWS


def _bare(template: str) -> str:
    """A template, or the path of an address, without what stands for its date."""
    return re.sub(r"[-_/.]*\{year\}[-_/.]*\{month\}|[-_/.]*\{year\}", "", template).rstrip("/")


def _dated(address: str, label: str) -> Dated | None:
    """An address that holds a year, or a year and a month; None for one of a day, or a link that says much."""
    parts = urlsplit(address)
    text = with_year_in_full(unquote(f"{parts.path}{'?' if parts.query else ''}{parts.query}"), label)
    if len(label) > _LONGEST_LABEL or _DAY.search(text) or day_of_calendar(address, label):
        return None
    found = _YEAR_AND_MONTH.search(text) or _MONTH_AND_YEAR.search(text)
    if found:
        groups = found.groupdict()
        between, month = groups.get("between") or "", groups.get("month") or groups.get("together") or "0"
        if between and _WORD.search(between.replace("month", "").replace("mon", "")) and "=" not in between:
            return None
        template = f"{text[: found.start()]}{{year}}{between}{{month}}{text[found.end() :]}"
        return _of(address, template, int(groups["year"]), int(month), label)
    years = list(_YEAR.finditer(text))
    if not years:
        return None
    year = years[-1]
    rest, month_word = _without_month(text[: year.start()], text[year.end() :])
    return _of(address, rest, int(year[1]), month_word, label)


def _of(address: str, template: str, year: int, month: int, label: str) -> Dated | None:
    return Dated(address, template, year, month) if len(_words_of(label)) <= _WORDS_OF_A_DATE else None


def _says_date(dated: Dated, label: str) -> bool:
    """Whether what is written at a link says a year or a month, or nothing is; the arrows of a calendar say nothing."""
    label = in_our_years(label)
    says = bool(re.search(r"\d{4}", label)) or any(word in MONTHS for word in _words_of(label))
    return (
        says
        or not any(map(str.isalnum, label))
        or (dated.month > 0 and [int(one) for one in re.findall(r"\d+", label)] == [dated.month])
    )


def _words_of(label: str) -> list[str]:
    """The words of a label of some length; with the marks that the letters of some scripts need."""
    return [word.casefold() for word in _BETWEEN.split(label) if len(word) >= _SHORTEST]


def _without_month(before: str, after: str) -> tuple[str, int]:
    """A template where the month may be a word next to the year ("/2025/march/", "/march-2025")."""
    last = re.search(r"([^\W\d_]{3,})([-_/.])$", before)
    if last and last[1].casefold() in MONTHS:
        return f"{before[: last.start()]}{{month}}{last[2]}{{year}}{after}", MONTHS[last[1].casefold()]
    first = re.match(r"([-_/.]|&\w+=)([^\W\d_]{3,})(?![^\W_])", after)
    if first and first[2].casefold() in MONTHS:
        return f"{before}{{year}}{first[1]}{{month}}{after[first.end() :]}", MONTHS[first[2].casefold()]
    return f"{before}{{year}}{after}", 0


def _is_related(template: str, url: str) -> bool:
    """Whether a template goes on from the address of the page, or stands beside it in its folder."""
    path = unquote(urlsplit(url).path)
    stem = re.sub(r"(?:/(?:index|default))?\.\w{2,5}$", "", path).rstrip("/")
    fixed = template.partition("{")[0].partition("?")[0]
    if fixed.rstrip("/") == path.rstrip("/") or (fixed.startswith(f"{stem}/") and stem):
        return True
    folder = path.rpartition("/")[0]
    return bool(folder) and fixed.startswith(f"{folder}/")
