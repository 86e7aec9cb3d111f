"""Files of a list by year that a script asks for: fetch('/news/data/' + year + '.json'). Pure.

Nothing is run. The years are those that the page lets a person choose (options, attributes such as `data-year`), or
that its scripts state in a list ([2026, 2025, 2024]). A script that works out its years by itself tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from crawler.discover.links import Document

_MOST_SCRIPTS, _LONGEST, _MOST_FILES, _MOST_YEARS, _MOST_CHOICES = 40, 300_000, 2, 60, 2_000
"""Scripts, characters of one, files of one list, years, and elements that may let a person choose one."""

is_year = re.compile(r"(?:year|yr|jahr|annee|anno|nendo|(?<![\w$])y)\W{0,9}$", re.IGNORECASE).search
"""Whether what a script joins to an address is called a year."""

_NAME = r"[\w$.]{0,30}?(?:year|yr|jahr|annee|anno|nendo|(?<![\w$])y)"
_PIECE = r"[\w./?=&%-]"
_AND = r"\s{0,9}\+\s{0,9}"
_FILE = re.compile(
    rf"['\"](?P<before>{_PIECE}{{2,200}})['\"]{_AND}{_NAME}{_AND}['\"](?P<after>{_PIECE}{{1,60}})['\"]|"
    rf"`(?P<start>{_PIECE}{{2,200}})\$\{{{_NAME}\}}(?P<end>{_PIECE}{{1,60}})`",
    re.IGNORECASE,
)
_ENDS = (".json", ".htm", ".xml")
_IS_DATA = re.compile(r"\.(?:json|html?|xml|jsonp?)(?:\?.*)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_QUOTED_YEAR = rf"['\"]?{_YEAR.pattern}['\"]?"
_YEARS = re.compile(rf"\[\s{{0,9}}({_QUOTED_YEAR}(?:\s{{0,9}},\s{{0,9}}{_QUOTED_YEAR}){{1,59}})\s{{0,9}}\]")


def yearly_files(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The files of the years of a list, the newest first."""
    texts = [(script.text or "")[:_LONGEST] for script in islice(tree.iter("script"), _MOST_SCRIPTS)]
    stated = (found for text in texts if any(end in text for end in _ENDS) for found in _FILE.finditer(text))
    pairs = dict.fromkeys((found["before"] or found["start"], found["after"] or found["end"]) for found in stated)
    files = list(islice((pair for pair in pairs if _IS_DATA.search(pair[1])), _MOST_FILES))
    years = sorted({*_years_to_choose(tree), *_years_in_scripts(texts)}, reverse=True)[:_MOST_YEARS] if files else []
    for before, after in files:
        for year in years:
            address = canonical(f"{before}{year}{after}", base)
            if address and host(address) == host(url):
                yield Document(address, "listing", "year", f"year {before}#{after}")


def _years_to_choose(tree: HtmlElement) -> Iterator[str]:
    """The years that a page lets a person choose."""
    for element in islice(tree.iter("option", "button", "a", "li", "input"), _MOST_CHOICES):
        named = (str(value) for name, value in element.attrib.items() if name == "value" or "year" in str(name))
        yield from (value for value in named if _YEAR.fullmatch(value))


def _years_in_scripts(texts: Iterable[str]) -> Iterator[str]:
    """The years that scripts state in a list."""
    for text in texts:
        for found in _YEARS.finditer(text):
            yield from _YEAR.findall(found[1])
