"""Archives by year and month: which addresses are one, and in which order they are read."""

from __future__ import annotations

from datetime import date

import pytest

from archive.page.html import parse_beginning
from crawler.discover.anchors import read_page
from crawler.discover.further.archives import (
    archive_indexes,
    archive_pages,
    dated_address,
    day_pages,
    is_month_of,
    is_year_of,
    years_by_label,
)

HOST = "https://lake.example.org"


@pytest.mark.parametrize(
    ("address", "label", "template", "year", "month"),
    [
        ("/2025/03/", "March 2025", "/{year}/{month}/", 2025, 3),
        ("/newsroom/2025", "2025", "/newsroom/{year}", 2025, 0),
        ("/presse/presse2024.htm", "Archiv 2024", "/presse/presse{year}.htm", 2024, 0),
        ("/m?jahr=2024", "2024", "/m?jahr={year}", 2024, 0),
        ("/n/?year=2024&month=3", "März", "/n/?year={year}&month={month}", 2024, 3),
        ("/n/2025/march", "March (4)", "/n/{year}/{month}", 2025, 3),
        ("/a/march-2025", "March 2025", "/a/{month}-{year}", 2025, 3),
        ("/n/202503", "2025-03", "/n/{year}{month}", 2025, 3),
        ("/arkiv/12-2024", "december", "/arkiv/{month}-{year}", 2024, 12),
        ("/n/1404/08", "آبان ۱۴۰۴", "/n/{year}/{month}", 1404, 8),
        ("/n?y=2567", "๒๕๖๗", "/n?y={year}", 2567, 0),
        ("/h/h_202510.html", "10月", "/h/h_{year}{month}.html", 2025, 10),
    ],
)
def test_addresses_of_years_and_months(address: str, label: str, template: str, year: int, month: int) -> None:
    dated = dated_address(HOST + address, label)
    assert dated is not None
    assert (dated.year, dated.month) == (year, month)
    assert dated.template in (template, template.replace("{month}-{year}", "{year}-{month}"))


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/2025/03/a-ferry-sails/", "A ferry sails"),
        ("/n/2026/02/14/", "14"),
        ("/n?date=2025-03-01", "1 March"),
        ("/n/budget-2025", "The budget of the year 2025 is out and the council of Orlin speaks"),
        ("/n/lamps", "2025"),
        ("/h/h_202510.html", "第9号"),
        ("/n/2025", "Our services and projects"),
    ],
)
def test_what_is_no_archive(address: str, label: str) -> None:
    assert dated_address(HOST + address, label) is None


def test_an_archive_needs_two_addresses_of_one_kind_and_is_read_from_the_newest() -> None:
    years = [(f"{HOST}/a/{year}", str(year)) for year in (2023, 2025, 2024)]
    found = list(
        archive_pages([*years, (f"{HOST}/budget/2026", "2026"), ("https://x.example/a/2022", "2022")], HOST + "/n")
    )
    assert [document.url for document in found] == [f"{HOST}/a/{year}" for year in (2025, 2024, 2023)]
    assert {(document.way, document.family) for document in found} == {("year", "year /a/{year}")}


def test_one_is_enough_where_it_goes_on_from_the_page() -> None:
    assert [one.url for one in archive_pages([(f"{HOST}/n/2024", "2024")], f"{HOST}/n/2025")] == [f"{HOST}/n/2024"]
    assert [one.url for one in archive_pages([(f"{HOST}/n/2024", "Archive 2024")], f"{HOST}/n")] == [f"{HOST}/n/2024"]


def test_months_of_the_listing_come_before_those_of_others() -> None:
    links = [(f"{HOST}/{folder}/2025/0{n}", f"2025/0{n}") for folder in ("events", "n") for n in (1, 2)]
    found = list(archive_pages(links, f"{HOST}/n"))
    assert [document.url.removeprefix(HOST) for document in found] == [
        "/n/2025/02", "/n/2025/01", "/events/2025/02", "/events/2025/01",
    ]  # fmt: skip
    assert {document.way for document in found} == {"month"}


@pytest.mark.parametrize("names", [("अक्टूबर", "नवंबर", "दिसंबर"), ("Orlin", "Tarn", "Vesk")])
def test_months_have_names_in_any_language(names: tuple[str, ...]) -> None:
    """Also in one that is not known: the same name stands at the same month, in every year."""
    months = [(y, n + 10, name) for y in (2026, 2025) for n, name in enumerate(names)]
    found = list(archive_pages([(f"{HOST}/all?y={y}&m={m}", name) for y, m, name in months], HOST + "/all"))
    assert [document.url.rpartition("?")[2] for document in found] == [
        f"y={y}&m={m}" for y in (2026, 2025) for m in (12, 11, 10)
    ]
    assert {document.way for document in found} == {"month"}


@pytest.mark.parametrize(
    "links",
    [
        [("y=2026&m=10", "Ferries"), ("y=2026&m=11", "Lamps")],
        [("y=2026&m=10", "Ferries"), ("y=2026&m=11", "Lamps"), ("y=2026&m=12", "Ferries")],
        [("y=2026&m=10", "A ferry sails"), ("y=2026&m=11", "The lamps are lit"), ("y=2026&m=12", "Ice on the lake")],
    ],
)
def test_other_words_are_no_names_of_months(links: list[tuple[str, str]]) -> None:
    assert not list(archive_pages([(f"{HOST}/all?{query}", label) for query, label in links], HOST + "/all"))


def test_links_that_say_archive_lead_to_older_releases() -> None:
    said = {"/a/old": "Archive", "/n/arkiv": "Pressmeddelanden arkiv", "/fa/old": "آرشیو اخبار", "/n": "News archive"}
    said |= {"/n/1": "Archive of the lake opens in May to all", "/n/2": "The lake"}
    markup = "".join(f"<a href='{path}'>{words}</a> " for path, words in said.items())
    page = read_page(parse_beginning(f"<body>{markup}</body>".encode()), f"{HOST}/n")
    found = list(archive_indexes(page.anchors, f"{HOST}/n"))
    assert [document.url.removeprefix(HOST) for document in found] == ["/n/arkiv", "/a/old", "/fa/old"]
    assert {document.way for document in found} == {"archive"}


def test_an_archive_with_the_name_of_the_list_comes_before_that_of_the_site() -> None:
    markup = "".join(f"<a href='{path}'>Archive</a> " for path in ("/archive", "/archive?of=notices", "/old"))
    page = read_page(parse_beginning(f"<body>{markup}</body>".encode()), f"{HOST}/town/notices.html")
    found = [one.url.removeprefix(HOST) for one in archive_indexes(page.anchors, f"{HOST}/town/notices.html")]
    assert found == ["/archive?of=notices", "/archive", "/old"]


@pytest.mark.parametrize(
    ("path", "words", "is_archive"),
    [
        ("/alt", "Zum Pressearchiv", True),
        ("/gamla", "Nyhetsarkivet", True),
        ("/back.html", "過去の報道発表資料", True),
        ("/old", "历史新闻存档", True),
        ("/all", "See archived notices", True),
        ("/media/archive.html", "Media releases before 2026", True),
        ("/media/archive.html", "Our archive of lake maps opens on the first of May", False),
        ("/lake/1", "The archivist of Orlin", False),
        ("/lake/2", "過去の湖の地図を集めた展示が五月に始まります", False),
        ("/media/archive-room", "The reading room", False),
    ],
)
def test_an_archive_is_named_in_compounds_and_addresses_too(path: str, words: str, is_archive: bool) -> None:
    page = read_page(parse_beginning(f"<body><a href='{path}'>{words}</a></body>".encode()), f"{HOST}/n")
    assert bool(list(archive_indexes(page.anchors, f"{HOST}/n"))) is is_archive


def test_the_days_of_a_calendar_lead_to_their_pages_the_newest_first() -> None:
    labelled = [(f"{HOST}/b/202611/0{n}.htm", str(n)) for n in (3, 5)]
    labelled += [(f"{HOST}/b/202610/30.htm", "30"), (f"{HOST}/b/202611/07.htm", "6"), (f"{HOST}/b/202611.htm", "11")]
    labelled += [(f"{HOST}/b/202611/04.htm", "The quay of day 4"), (f"{HOST}/other/202611/05.htm", "5")]
    found = list(day_pages(labelled, f"{HOST}/b/today.htm"))
    days = [page.url.removeprefix(HOST) for page in found]
    assert days == ["/b/202611/05.htm", "/b/202611/03.htm", "/b/202610/30.htm"]
    assert not list(archive_pages([(f"{HOST}/b/202609/09.htm", "9")], f"{HOST}/b/202609.htm"))
    assert {(page.way, page.family) for page in found} == {("day", "day /b/{day}.htm")}


@pytest.mark.parametrize(
    ("here", "there", "label", "expected"),
    [
        ("/sala/Paginas/Avisos.aspx", "/sala/Paginas/Avisos-2024.aspx", "Avisos 2024", True),
        ("/sala/Paginas/Avisos-2025.aspx", "/sala/Paginas/Avisos-2024.aspx", "Avisos 2024", True),
        ("/sala/Paginas/Inicio.aspx", "/sala/Paginas/lista2024.aspx", "Sala de prensa 2024", True),
        ("/sala/Paginas/Avisos.aspx", "/sala/Paginas/AV-2024.aspx", "A ferry for Orlin", False),
        ("/sala/Paginas/Avisos.aspx", "/sala/Paginas/Informe-2024.aspx", "Informe anual 2024", False),
        ("/sala/Paginas/Avisos.aspx", "/sala/Paginas/Avisos-2024.aspx", "Avisos 2023", False),
        ("/salle/avis", "/salle/annee-2024", "Année 2024", True),
        ("/salle/avis", "/salle/budget-2024", "Budget 2024", False),
    ],
)
def test_a_link_to_another_year_of_the_list(here: str, there: str, label: str, expected: bool) -> None:
    anchors = read_page(parse_beginning(f"<a href='{there}'>{label}</a>".encode()), HOST + here).anchors
    assert [is_year_of(anchor, HOST + here) for anchor in anchors] == [expected]


@pytest.mark.parametrize(
    ("there", "label", "expected"),
    [
        ("/avis/2026/Aout-2026", "Août 2026", True),
        ("/avis-2026/aout", "Août", True),
        ("/notices/2026/11/", "November 2026 (12)", True),
        ("/notices/2026-11.html", "Press releases November 2026", True),
        ("/avisos/noviembre-2026", "Noviembre de 2026", True),
        ("/tongzhi/202611/", "2026年11月", True),
        ("/notices/2026/11/", "11/2026", True),
        ("/notices/2026/11/", "October 2026", False),
        ("/notices/2026-11-03", "3 November 2026", False),
        ("/notices/2026-11", "Prices of lamps, November 2026", False),
        ("/notices/2026/11/lamps", "A ferry for Orlin", False),
    ],
)
def test_a_link_to_a_month_of_the_list(there: str, label: str, expected: bool) -> None:
    (anchor,) = read_page(parse_beginning(f"<a href='{there}'>{label}</a>".encode()), f"{HOST}/avis").anchors
    assert is_month_of(anchor) is expected


def test_the_arrow_of_a_calendar_leads_to_the_month_before_and_a_month_to_its_days() -> None:
    (month,) = archive_pages([(f"{HOST}/news/2026/10/", "\u2190")], f"{HOST}/news/")
    assert (month.way, month.url) == ("month", f"{HOST}/news/2026/10/")
    (day,) = day_pages([(f"{HOST}/news/2026/10/17/", "17")], month.url)
    assert (day.way, day.url) == ("day", f"{HOST}/news/2026/10/17/")


def test_the_month_before_the_one_that_is_shown_is_of_the_list_whatever_its_link_says() -> None:
    def found(url: str, *links: str, today: date | None = date(2026, 11, 29)) -> list[str]:
        labelled = [(f"{HOST}{link}", "Zur\u00fcckliegender Monat") for link in links]
        return [one.url.removeprefix(HOST) for one in archive_pages(labelled, f"{HOST}{url}", today)]

    assert found("/news/", "/news/?m=2026-10") == ["/news/?m=2026-10"]
    assert found("/news/?m=2026-01", "/news/?m=2025-12") == ["/news/?m=2025-12"]
    assert found("/news/?m=2026-10", "/news/?m=2026-11", "/news/?m=2026-09") == ["/news/?m=2026-11", "/news/?m=2026-09"]
    assert found("/news/", "/news/2026/10/") == ["/news/2026/10/"]
    assert found("/news/", "/news/2026/10/lamps/") == [], "a release"
    assert found("/news/", "/news/?m=2026-12") == [], "still to come"
    assert found("/news/", "/news/?m=2026-06") == [], "any month"
    assert found("/news/?m=2026-10", "/news/?view=2026-09") == [], "of another form"
    assert found("/news/", "/events/?m=2026-10") == [], "of another list"
    assert found("/news/", "/fairs/2026/10/", "/fairs/2026/12/") == [], "both arrows of another list"
    assert found("/news/", "/news/events/2026/10/") == [], "a calendar of events below the list"
    assert found("/news/events/", "/news/events/2026/10/") == ["/news/events/2026/10/"]
    assert found("/news/", "/news/?m=2026-10", today=None) == []


def test_years_may_stand_at_addresses_that_state_none() -> None:
    """Systems that address each page by a number or a key have a page for each year, too."""
    links = [
        ("/n/5071", "Dock notices of 2023"),
        ("/n/6012", "Dock notices of 2025"),
        ("/n/5503", "Dock notices of 2024"),
    ]
    found = list(years_by_label([(HOST + address, label) for address, label in links], f"{HOST}/n/7001"))
    assert [each.url.removeprefix(HOST) for each in found] == ["/n/6012", "/n/5503", "/n/5071"]
    assert {(each.way, each.family) for each in found} == {("year", "year /n/ dock-notices-of")}
    short = [(f"{HOST}/n/rel{year}_e/rel{year}_e.htm", f"20{year}") for year in (25, 24, 23)]
    assert len(list(years_by_label(short, f"{HOST}/n/rel26_e/rel26_e.htm"))) == 3
    keys = [(f"{HOST}/sub.x?7c1f-a{year % 7}", f"{year} yılı duyuruları") for year in (2024, 2025)]
    assert len(list(years_by_label(keys, f"{HOST}/sub.x?90b2-c1"))) == 2


@pytest.mark.parametrize(
    "links",
    [
        [("/n/5071", "Dock notices of 2023")],
        [("/n/5071", "Dock notices of 2023"), ("/n/5071", "Dock notices of 2024")],
        [("/n/5071", "The dock of 2023"), ("/n/5072", "A crane of 2024")],
        [("/n/5071.pdf", "Dock notices of 2023"), ("/n/5072.pdf", "Dock notices of 2024")],
        [("/n/5071", "Events 2023"), ("/n/5072", "Events 2024")],
        [("/n/5071", "10 docks in 2023"), ("/n/5072", "10 docks in 2024")],
    ],
)
def test_other_labels_with_a_year_are_none_of_an_archive(links: list[tuple[str, str]]) -> None:
    assert not list(years_by_label([(HOST + address, label) for address, label in links], f"{HOST}/n/7001"))


@pytest.mark.parametrize(
    ("addresses", "begun"),
    [
        (("/n?ym=2026-12", "/n?ym=2026-11", "/n?ym=2026-10"), ("/n?ym=2026-11", "/n?ym=2026-10")),
        (("/n/fy2028", "/n/fy2027", "/n/fy2026"), ("/n/fy2027", "/n/fy2026")),
        (("/n/2027", "/n/2026"), ("/n/2027", "/n/2026")),
        (("/n?ym=2569-12", "/n?ym=2569-11"), ("/n?ym=2569-12", "/n?ym=2569-11")),
        (("/n/1405", "/n/1404"), ("/n/1405", "/n/1404")),
    ],
)
def test_what_is_still_to_come_is_no_archive(addresses: tuple[str, ...], begun: tuple[str, ...]) -> None:
    links = [(HOST + address, "") for address in addresses]
    found = [one.url.removeprefix(HOST) for one in archive_pages(links, f"{HOST}/n", date(2026, 11, 20))]
    assert found == [*begun]
    assert len([*archive_pages(links, f"{HOST}/n")]) == len(addresses), "without a day all are"


def test_a_month_that_has_begun_somewhere_is_not_to_come() -> None:
    links = [(f"{HOST}/n/2026/12", "12"), (f"{HOST}/n/2026/11", "11")]
    assert len([*archive_pages(links, f"{HOST}/n", date(2026, 11, 30))]) == 2
