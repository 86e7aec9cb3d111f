"""Choices: what a GET reaches, and what is told as only a browser's."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.forms.choices import choice_pages, needs_a_browser

HOST = "https://lake.example.org"
YEARS = "".join(f"<option value='{year}'>{year}</option>" for year in (2026, 2025, 2024))
MONTHS = "".join(
    f"<option value='{n}'>{month}</option>"
    for n, month in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"), 1)
)


def pages(markup: str, listing: str = "/n") -> list[tuple[str, str]]:
    url = HOST + listing
    found = choice_pages(parse_beginning(f"<body>{markup}</body>".encode()), url, url)
    return [(document.url.removeprefix(HOST), document.way) for document in found]


def is_for_a_browser(markup: str) -> bool:
    return needs_a_browser(parse_beginning(f"<body>{markup}</body>".encode()))


def test_a_form_of_years_is_asked_by_get_with_what_it_sends_besides() -> None:
    form = (
        f"<form action='/a' method='GET'><input type='hidden' name='view' value='list'><select name='jahr'>"
        f"<option value=''>Alle</option>{YEARS}</select><select name='kind'><option value='7' selected>Press"
        "</select><button>OK</button></form>"
    )
    assert pages(form) == [(f"/a?view=list&jahr={year}&kind=7", "form") for year in (2026, 2025, 2024)]


def test_the_button_that_sends_a_form_goes_with_it_in_the_order_of_the_fields() -> None:
    fields = f"<select name='w_year'>{YEARS}</select><input type='hidden' name='w_id' value='w'>"
    buttons = "<input type='submit' name='do' value='Filter'><input type='submit' name='do' value='Reset'>"
    form = f"<form action='/n'><input type='text' name='q'>{fields}{buttons}</form>"
    assert [url for url, _ in pages(form)] == [f"/n?w_year={year}&w_id=w&do=Filter" for year in (2026, 2025, 2024)]
    by_script = form.replace("<select ", "<select onchange='this.form.submit()' ")  # which no button sends
    assert [url for url, _ in pages(by_script)] == [f"/n?w_year={year}&w_id=w" for year in (2026, 2025, 2024)]


def test_years_with_months_take_all_months_where_they_may() -> None:
    months = f"<select name='m'><option value='all'>All</option>{MONTHS}</select>"
    every = f"<form><select name='y'>{YEARS}</select>{months}</form>"
    assert [url for url, _ in pages(every)] == [f"/n?y={year}&m=all" for year in (2026, 2025, 2024)]
    each = pages(f"<form><select name='y'>{YEARS}</select><select name='m'>{MONTHS}</select></form>")
    assert len(each) == 21
    assert each[0] == ("/n?y=2026&m=7", "form")


def test_a_choice_that_jumps_is_followed() -> None:
    by_script = f"<select name='y' onchange=\"location.href='/n?y=' + this.value\">{YEARS}</select>"
    assert [url for url, _ in pages(by_script)] == [f"/n?y={year}" for year in (2026, 2025, 2024)]
    addresses = "".join(f"<option value='/n/{year}'>{year}</option>" for year in (2025, 2024))
    assert pages(f"<select>{addresses}</select>") == [("/n/2025", "year"), ("/n/2024", "year")]
    loose = f"<select name='rok'>{YEARS}</select>"
    assert [url for url, _ in pages(loose)] == [f"/n?rok={year}" for year in (2026, 2025, 2024)]


def test_a_choice_without_a_name_goes_where_its_script_says() -> None:
    onchange = "onchange=\"window.location='/n?{}' + this.value\""
    numbers = "".join(f"<option value='{n}'>{n}</option>" for n in (1, 2, 3))
    asked = f"<select class='jump' {onchange.format('lot=4&page=')}>{numbers}</select>"
    assert [url for url, _ in pages(asked)] == [f"/n?lot=4&page={n}" for n in (1, 2, 3)]
    below = f"<select onchange=\"location.href='/n/' + this.value\">{YEARS}</select>"
    assert [url for url, _ in pages(below)] == [f"/n/{year}" for year in (2026, 2025, 2024)]
    assert pages(f"<select onchange=\"location.href='/n?lot=' + this.value\">{numbers}</select>") == []


def test_a_choice_of_pages_is_a_pager() -> None:
    numbers = "".join(f"<option value='{n}'>{n}</option>" for n in (1, 2, 3))
    assert pages(f"<form><select name='page'>{numbers}</select></form>")[1:] == [("/n?page=2", ""), ("/n?page=3", "")]


def test_choices_of_other_things_lead_nowhere() -> None:
    topics = "".join(f"<option value='{n}'>Topic {n}</option>" for n in range(4))
    assert (
        pages(f"<form><select name='topic'>{topics}</select></form><select name='page_size'><option>10</select>") == []
    )


def test_what_is_asked_by_post_is_for_a_browser() -> None:
    post = f"<form method='post'><select name='y'>{YEARS}</select></form>"
    assert pages(post) == []
    assert is_for_a_browser(post)
    assert is_for_a_browser("<a href=\"javascript:__doPostBack('ctl00$list','Page$2')\">2</a>")
    assert not is_for_a_browser(f"<form><select name='y'>{YEARS}</select></form><a href='/n?page=2'>2</a>")


def test_a_form_of_months_is_told_from_one_of_years() -> None:
    months = f"<select name='m'>{MONTHS}</select>"
    for markup, family in ((months, "form y by month"), ("", "form y")):
        tree = parse_beginning(f"<form><select name='y'>{YEARS}</select>{markup}</form>".encode())
        assert {document.family for document in choice_pages(tree, f"{HOST}/n", f"{HOST}/n")} == {family}


def test_years_of_an_era_are_chosen_by_what_they_are_called() -> None:
    eras = "".join(f"<option value='{n}'>令和{n}年度</option>" for n in (8, 7, 6))
    assert [url for url, _ in pages(f"<form><select name='nendo'>{eras}</select></form>")] == [
        f"/n?nendo={n}" for n in (8, 7, 6)
    ]


@pytest.mark.parametrize("form", ["{y}-{m:02}", "{m:02}-{y}", "{y}{m:02}", "{m}/{y}"])
def test_a_choice_of_months_with_their_years_leads_to_each(form: str) -> None:
    values = [form.format(y=year, m=month) for year in (2026, 2025) for month in (11, 8, 2)]
    options = "".join(f"<option value='{value}'>{value}</option>" for value in values)
    found = pages(f"<form action='/a'><select name='mois'>{options}</select></form>")
    assert found == [(f"/a?mois={value.replace('/', '%2F')}", "form") for value in values]


def test_a_choice_of_other_numbers_of_six_figures_leads_nowhere() -> None:
    options = "".join(
        f"<option value='{n}'>Office {n}</option>" for n in (201300, 201355, 204999, 190021, 202099, 100112)
    )
    assert not pages(f"<form action='/a'><select name='office'>{options}</select></form>")


def test_a_choice_of_months_that_a_script_goes_to_leads_to_their_addresses() -> None:
    options = "".join(f"<option value='2026/{month:02}'>2026/{month}</option>" for month in (10, 9, 8))
    for select in ("<select", "<select name='m'", "<form method='post'><select name='m'"):
        found = pages(f"{select} onchange='location.href = this.value'>{options}</select>")
        assert [address for address, _ in found] == ["/2026/10", "/2026/09", "/2026/08"], select


def test_numbers_of_offices_that_read_like_months_lead_nowhere() -> None:
    options = "".join(f"<option value='20010{n}'>Office of {word}</option>" for n, word in enumerate("ABCDE", 1))
    assert not pages(f"<form action='/a'><select name='office'>{options}</select></form>")
    for label in ("{n}월 2001년", "March '01", "April"):
        options = "".join(f"<option value='20010{n}'>{label.format(n=n)}</option>" for n in range(1, 6))
        assert len(pages(f"<form action='/a'><select name='when'>{options}</select></form>")) == 5, label
