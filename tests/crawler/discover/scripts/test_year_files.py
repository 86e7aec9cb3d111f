"""Files of a list by year that a script asks for."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.answers import read_further
from crawler.discover.scripts.year_files import yearly_files

URL = "https://lake.example.org/news/"


def files(script: str, markup: str = "") -> list[str]:
    tree = parse_beginning(f"<body><p>Lamps</p>{markup}<script>{script}</script></body>".encode())
    return [one.url.removeprefix(URL) for one in yearly_files(tree, URL, URL)]


@pytest.mark.parametrize(
    ("script", "markup"),
    [
        ("var all = [2025, 2026]; function show(y) { fetch('/news/d/' + y + '.json') }", ""),
        ("var all = ['2025','2026']; $.getJSON('d/'+year+'.json', show)", ""),
        ("fetch(`d/${this.year}.json`)", "<select><option value='2026'><option value='2025'></select>"),
        (
            "load('d/' + opts.currentYear + '.json')",
            "<button data-year='2025'>5</button><li data-year='2026'>6</li>",
        ),
    ],
)
def test_the_files_of_the_years_that_a_page_states(script: str, markup: str) -> None:
    assert files(script, markup) == ["d/2026.json", "d/2025.json"]


@pytest.mark.parametrize(
    "script",
    [
        "var all = [2025, 2026]; fetch('/news/d/' + page + '.json')",
        "var all = [2025, 2026]; img.src = '/news/d/' + year + '.png'",
        "var all = [2025, 2026]; fetch('https://elsewhere.example/d/' + year + '.json')",
        "var all = [25, 26]; fetch('/news/d/' + year + '.json')",
        "fetch('/news/d/' + year + '.json')",
    ],
)
def test_other_files_and_years_that_nothing_states_are_not_asked_for(script: str) -> None:
    assert files(script) == []


def test_a_page_proposes_them_and_no_number_of_a_page_in_their_place() -> None:
    script = "<script>var all = [2026, 2025]; function show(y) { fetch('/news/d/' + y + '.json') }</script>"
    found = read_further(f"<body><h1>News</h1><div id='list'></div>{script}</body>".encode(), URL)
    assert [(one.way, one.url) for one in found.ways] == [("year", f"{URL}d/{year}.json") for year in (2026, 2025)]


def test_a_huge_script_is_read_in_passing() -> None:
    assert files(".json '/news/d/' + " * 100_000 + "[2026, " * 100_000) == []
