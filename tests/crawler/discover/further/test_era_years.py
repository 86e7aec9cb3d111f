"""Archives whose addresses or labels state the years of eras."""

from __future__ import annotations

import pytest

from crawler.discover.further.answers import read_further
from crawler.discover.further.archives import archive_pages
from crawler.discover.further.era_years import with_year_in_full

HOST = "https://www.city.minamo.example"
PAGE = f"{HOST}/osirase/index.html"


@pytest.mark.parametrize(
    ("address", "label", "full"),
    [
        ("/osirase/r7/index.html", "令和7年", "/osirase/2025/index.html"),
        ("/osirase/R07.html", "令和７年度のお知らせ", "/osirase/2025.html"),
        ("/osirase/h31/", "平成31年", "/osirase/2019/"),
        ("/osirase/reiwa7.html", "2025年", "/osirase/2025.html"),
        ("/osirase/r0711.html", "令和7年11月", "/osirase/202511.html"),
        ("/news?y=114", "民國114年", "/news?y=2025"),
        ("/osirase/r8/11.html", "11月", "/osirase/2026/11.html"),
        ("/mitteilungen_25.htm", "2025", "/mitteilungen_2025.htm"),
        ("/osirase/2025/r7.html", "令和7年", "/osirase/2025/r7.html"),
        ("/osirase/r6/index.html", "令和7年", "/osirase/r6/index.html"),
        ("/osirase/r8/11.html", "12月", "/osirase/r8/11.html"),
        ("/n/114", "2025", "/n/114"),
        ("/mitteilungen_25.htm", "Haushalt 2025", "/mitteilungen_25.htm"),
        ("/osirase/or7/", "令和7年", "/osirase/or7/"),
    ],
)
def test_a_year_in_the_short_is_one_where_the_label_says_it(address: str, label: str, full: str) -> None:
    assert with_year_in_full(address, label) == full


def test_years_of_two_eras_are_one_archive() -> None:
    links = [(f"{HOST}/osirase/{code}/", f"{label}年") for code, label in (("h30", "平成30"), ("r2", "令和2"))]
    found = list(archive_pages([(f"{HOST}/osirase/r1/", "令和元年"), *links], PAGE))
    assert [one.url.removeprefix(f"{HOST}/osirase") for one in found] == ["/r2/", "/r1/", "/h30/"]
    assert {one.family for one in found} == {"year /osirase/{year}/"}


def test_a_list_of_the_newest_month_leads_to_its_years_and_has_the_year_of_its_heading() -> None:
    rows = "".join(
        f"<h3>{day}</h3><ul><li><a href='ken/2026/{n}.html'>水門の工事を{n}月に始めます、とみなも市が発表</a></li></ul>"
        for n, day in ((21, "6月18日"), (20, "6月2日"))
    )
    years = "".join(f"<li><a href='ken/{2018 + n}/index.html'>令和{n}年</a></li>" for n in (8, 7))
    body = f"<h1>お知らせ</h1><h2>令和8年6月</h2>{rows}<h2>これまで</h2><ul>{years}</ul>"
    found = read_further(body.encode(), PAGE, "text/html; charset=utf-8")
    assert [link.published for link in found.links] == ["2026-06-18", "2026-06-02"]
    assert [(way.way, way.url[-15:]) for way in found.ways] == [
        ("year", "2026/index.html"),
        ("year", "2025/index.html"),
    ]
