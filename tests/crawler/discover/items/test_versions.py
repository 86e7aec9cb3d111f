"""Other forms of a release beside its headline are no releases."""

from __future__ import annotations

import pytest

from crawler.discover.listings import read_listing

PAGE = "https://grain.example.org/updates"
TITLE = "Board of Grain buys oats for winter {n}"
ROWS = (
    "<tr><td>{n} May 2026</td><td><p class='c'><a href='/updates/oats-for-winter-{n}'>{title}</a></p>"
    "<p class='c'><a href='/item/{n}/paper'>LABEL</a></p></td></tr>"
)
CARDS = (
    "<section><i>{n} May 2026</i><a class='c' href='/item/{n}/paper'>LABEL</a>"
    "<a class='c' href='/updates/oats-for-winter-{n}'>{title}</a></section>"
)


def addresses(item: str, numbers: range) -> list[str]:
    rows = "".join(item.format(n=n, title=TITLE.format(n=n)) for n in numbers)
    page = f"<h1>Updates</h1><table>{rows}</table>" if item.startswith("<tr>") else f"<h1>Updates</h1>{rows}"
    return [link.url for link in read_listing(page.encode(), PAGE).links]


@pytest.mark.parametrize("label", ["PDF version", "Ťap ťap", "Download (12{n} KB, PDF)"])
@pytest.mark.parametrize("item", [ROWS, CARDS])
@pytest.mark.parametrize("numbers", [range(19, 9, -1), range(13, 10, -1)])
def test_what_says_the_same_beside_each_headline_is_no_release(item: str, label: str, numbers: range) -> None:
    found = addresses(item.replace("LABEL", label), numbers)
    assert found == [f"https://grain.example.org/updates/oats-for-winter-{n}" for n in numbers]


def test_headlines_that_repeat_stay_where_each_is_an_item_of_its_own() -> None:
    weekly = "<li><i>{n} May 2026</i><a href='/updates/week-{n}'>What the week of grain brought</a></li>"
    other = "<li><i>{n} May 2026</i><a href='/updates/oats-for-winter-{n}'>" + TITLE + "</a></li>"
    rows = "".join((weekly if n % 3 == 0 else other).format(n=n) for n in range(19, 9, -1))
    assert len(read_listing(f"<ul>{rows}</ul>".encode(), PAGE).links) == 10


def test_a_link_to_a_file_beside_a_single_headline_is_none_either() -> None:
    rest = "<li><i>9 May 2026</i><a href='/updates/rye-is-here-at-last'>Rye is here at last, says the board</a></li>"
    row = "<li><i>8 May 2026</i><a href='/updates/oats-are-dear'>Oats are dear this month, says the board</a>{}</li>"
    page = f"<h1>Updates</h1><ul>{rest}{row.format('<a href=/item/8/paper>Download PDF</a>')}</ul>"
    assert "https://grain.example.org/item/8/paper" not in [
        link.url for link in read_listing(page.encode(), PAGE).links
    ]


@pytest.mark.parametrize("label", ["PDF {title}", "{title} (PDF, 2{n} KB, opens in a new window)", "{title}"])
def test_a_file_that_says_the_title_of_the_page_beside_it_is_another_form_of_it(label: str) -> None:
    row = (
        "<div><span>{n} May 2026</span><div class='h'><a href='/updates/oats-{n}/default.aspx'>{title}</a></div>"
        "<div class='l'><a href='/files/2026/05/oats-for-winter-{n}.pdf'>LABEL</a></div></div>"
    )
    found = addresses(row.replace("LABEL", label), range(19, 9, -1))
    assert found == [f"https://grain.example.org/updates/oats-{n}/default.aspx" for n in range(19, 9, -1)]


def test_files_that_say_more_than_the_title_beside_them_stay_releases() -> None:
    pages = [f"<a href='/updates/oats-{n}'>Board of Grain buys oats</a>" for n in range(3)]
    files = [
        f"<a href='/updates/{n}.pdf'>Board of Grain buys oats {word}</a>"
        for n, word in enumerate(("late", "dear", "old"))
    ]
    rows = "".join(f"<li>{9 - n} May 2026 {link}</li>" for n, link in enumerate([*pages, *files, *pages]))
    found = [link.url for link in read_listing(f"<h1>Updates</h1><ul>{rows}</ul>".encode(), PAGE).links]
    assert {f"https://grain.example.org/updates/{n}.pdf" for n in range(3)} <= set(found)


def test_a_page_of_very_many_files_beside_pages_is_read_at_once() -> None:
    row = "<li><a href='/updates/{n}'>{title}</a> <a href='/f/{n}.pdf'>PDF {title}</a></li>"
    page = "".join(row.format(n=n, title=TITLE.format(n=n)) for n in range(20_000))
    assert not any(link.url.endswith(".pdf") for link in read_listing(f"<ul>{page}</ul>".encode(), PAGE).links)


@pytest.mark.parametrize("last", [3, 11, 12])
def test_files_named_after_the_one_page_above_them_are_a_series_and_stay(last: int) -> None:
    numbers = range(12, last - 1, -1)
    rows = "".join(f"<li>{n} May 2026 <a href='/files/{n}.pdf'>Bulletin of Grain No. {n}</a></li>" for n in numbers)
    rows = rows.replace("No. ", "") if len(numbers) == 1 else rows
    menu = "<nav><a href='/bulletin-of-grain'>Bulletin of Grain</a></nav>"
    found = read_listing(f"{menu}<main><h1>Updates</h1><ul>{rows}</ul></main>".encode(), PAGE).links
    assert [link.url for link in found] == [f"https://grain.example.org/files/{n}.pdf" for n in numbers]
