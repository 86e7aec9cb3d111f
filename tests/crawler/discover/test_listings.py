"""Listing pages of many builds: their articles, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.listings import read_listing
from tests.examples import examples

_URL = "https://lake.example.org/news/"

_TOPICS = (
    "Council opens the northern bridge to traffic",
    "Mayor names three members of the harbour board",
    "Ferry timetable changes for the winter season",
    "Library adds evening hours in four districts",
    "Water works finish the eastern main pipeline",
    "Budget hearing moves to the town theatre",
    "Volunteers plant nine hundred lime trees",
)
_DAYS = (
    "March 11, 2026",
    "March 9, 2026",
    "March 4, 2026",
    "2026-02-27",
    "26 February 2026",
    "12.02.2026",
    "3 Jan 2026",
)
_ISO = ("2026-03-11", "2026-03-09", "2026-03-04", "2026-02-27", "2026-02-26", "2026-02-12", "2026-01-03")


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


_ADDRESSES = [f"https://lake.example.org/news/{_slug(title)}" for title in _TOPICS]

_NAVIGATION = """
<header class="site-header"><div class="row"><ul class="menu"><li><a href="/">Home</a></li>
<li><a href="/services/parking-permits-and-fees">Parking permits and fees</a></li>
<li><a href="/services/birth-certificates-and-records">Birth certificates and records</a></li>
<li><a href="/news/">News</a></li><li><a href="/contact/">Contact</a></li></ul></div></header>
<div class="breadcrumb"><a href="/">Home</a> <a href="/news/">News</a></div>
"""
_FOOTER = """
<div id="sidebar"><h3>Subjects</h3><ul><li><a href="/news/category/roads/">Roads and bridges of the town</a></li>
<li><a href="/news/tag/ferry/">Ferry</a></li></ul><h3>Archive</h3><ul>
<li><a href="/news/2026/02/">February 2026</a></li><li><a href="/news/2026/01/">January 2026</a></li></ul></div>
<footer><a href="https://social.example.com/lake">Follow the town</a><a href="/privacy-policy/">Privacy policy</a>
<a href="/files/town-budget-2026.pdf">Town budget 2026</a></footer>
"""


def _page(content: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>News - Lake</title>{head}</head><body class='has-sidebar'>{_NAVIGATION}"
        f"<div id='content'><h1>News</h1>{content}</div>{_FOOTER}</body></html>"
    ).encode()


def _each(template: str, number: int = len(_TOPICS)) -> str:
    return "\n".join(
        template.format(n=n, title=title, slug=_slug(title), day=day, iso=iso, odd="odd" if n % 2 else "even")
        for n, (title, day, iso) in enumerate(list(zip(_TOPICS, _DAYS, _ISO, strict=True))[:number])
    )


# What stands before the items, one item, and what stands after them.
_BUILDS = {
    "wordpress": (
        "",
        "<article class='post-{n} post type-post tag-t{n} hentry'><header>"
        "<h2><a href='/news/{slug}'>{title}</a></h2><span>By <a href='/author/ann/'>Ann Lake</a> on "
        "<time datetime='{iso}'>{day}</time></span></header><p>May 1 <a href='/news/{slug}'>More</a></p></article>",
        "",
    ),
    "table": (
        "<table><tr><th>Date</th><th>Title</th></tr>",
        "<tr class='{odd}'><td>{day}</td><td><a href='/news/{slug}'>{title}</a></td></tr>",
        "</table>",
    ),
    "bare list": ("<ul>", "<li><a href='/news/{slug}'>{title}</a> ({day})</li>", "</ul>"),
    "words with dates between": (
        "",
        "<div><em>{day}</em><h4><a href='/news/{slug}'>{title}</a></h4><p>From 1 May 2019 to 2 June 2020.</p></div>",
        "",
    ),
    "definition list": ("<dl>", "<dt>{day}</dt><dd><a href='/news/{slug}'>{title}</a></dd>", "</dl>"),
    "paragraphs without structure": ("", "<b>{day}</b> <a href='/news/{slug}'>{title}</a><br>", ""),
    "cards that are links": (
        "<div class='css-1x27'>",
        "<a class='card css-9f{n}' href='/news/{slug}'><img src='{n}.jpg' alt=''><span>{day}</span><h3>{title}</h3>"
        "<p>What the council said about it at length on the day.</p></a>",
        "</div>",
    ),
    "titles that are no links": (
        "",
        "<div class='item'><p class='date'>{day}</p><h3>{title}</h3><p>Some words.</p>"
        "<a class='more' href='/news/{slug}'>Read the full announcement here</a></div>",
        "",
    ),
    "picture, title and more, each a link": (
        "",
        "<div class='teaser'><a href='/news/{slug}'><img src='{n}.jpg' alt=''></a><div>"
        "<a href='/departments/d{n}'>Office {n} of the town</a><h4><a href='/news/{slug}'>{title}</a></h4>"
        "<em>{day}</em><a href='/news/{slug}'>Continue</a></div></div>",
        "",
    ),
    "dates in parts": (
        "",
        "<div class='item'><div class='cal'><span>{n}</span></div><time datetime='{iso}T10:00:00+05:00'></time>"
        "<h2><a href='/news/{slug}'>{title}</a></h2></div>",
        "",
    ),
}


def _build(name: str, number: int = len(_TOPICS)) -> str:
    before, item, after = _BUILDS[name]
    return before + _each(item, number) + after


@pytest.mark.parametrize("build", _BUILDS)
def test_articles_of_many_builds_and_nothing_else(build: str) -> None:
    found = read_listing(_page(_build(build)), _URL)
    assert [link.url for link in found.links] == _ADDRESSES
    assert [link.title for link in found.links] == list(_TOPICS)
    assert (found.problem, found.documents) == ("", ())
    assert all(link.via == _URL for link in found.links)


@pytest.mark.parametrize("build", _BUILDS)
def test_the_date_beside_a_link_is_its_own(build: str) -> None:
    assert [link.published[:10] for link in read_listing(_page(_build(build)), _URL).links] == list(_ISO)


@pytest.mark.parametrize("build", _BUILDS)
@pytest.mark.parametrize("number", [1, 2])
def test_a_last_page_with_few_articles(build: str, number: int) -> None:
    found = read_listing(_page(_build(build, number)), _URL)
    assert [link.url for link in found.links] == _ADDRESSES[:number]
    if number > 1:  # what one link alone says may be a title
        assert [link.title for link in found.links] == list(_TOPICS[:number])


def test_a_featured_article_stands_apart_from_the_list() -> None:
    featured = "<section class='hero'><p><a href='/news/old-harbour-crane-saved'>Harbour crane saved</a></p></section>"
    other = "<section class='call'><p><a href='/visit/old-harbour-crane-tours'>Book a tour of it</a></p></section>"
    found = read_listing(_page(featured + other + _build("table")), _URL)
    assert [link.url for link in found.links] == ["https://lake.example.org/news/old-harbour-crane-saved", *_ADDRESSES]


def test_another_list_beside_the_articles_is_left_alone() -> None:
    services = "".join(
        f"<p><a href='/services/how-to-get-a-{thing}-permit'>How to get a {thing} permit</a></p>"
        for thing in ("parking", "building", "fishing", "market", "street music", "tree felling", "boat")
    )
    most_read = "".join(
        f"<b><a href='{address}'>{title}</a></b>" for address, title in zip(_ADDRESSES[:3], _TOPICS[:3], strict=True)
    )
    found = read_listing(_page(_build("table") + f"<section>{services}</section><section>{most_read}</section>"), _URL)
    assert [link.url for link in found.links] == _ADDRESSES


@pytest.mark.parametrize(
    ("titles", "days"),
    [
        (("北区の橋が開通しました", "図書館の開館時間を延長します", "冬のフェリー時刻表について"), "2026年3月{}日"),
        (
            ("Открыт мост в северном районе", "Паром переходит на зимнее расписание", "Библиотека работает вечером"),
            "{} марта 2026",
        ),
        (
            ("Солтүстік көпір ашылды бүгін", "Кітапхана кешке дейін ашық", "Кеме қатынасы қысқы кестеге көшті"),
            "2026 жылғы {} наурыз",
        ),
        (
            ("افتتاح الجسر الشمالي أمام المرور", "المكتبة تمدد ساعات العمل مساء", "تغيير مواعيد العبارة في الشتاء"),
            "{} مارس 2026",
        ),
    ],
)
def test_languages_and_numbered_addresses(titles: tuple[str, ...], days: str) -> None:
    items = "".join(
        f"<li><span>{days.format(n + 1)}</span><a href='/view.php?lang=xx&amp;id=10{n}'>{title}</a></li>"
        for n, title in enumerate(titles)
    )
    found = read_listing(_page(f"<ul>{items}</ul>"), "https://lake.example.org/list.php?lang=xx")
    assert [link.url[-6:] for link in found.links] == ["id=100", "id=101", "id=102"]
    assert [link.title for link in found.links] == list(titles)
    assert [link.published for link in found.links] == ["2026-03-01", "2026-03-02", "2026-03-03"]


@pytest.mark.parametrize(
    "address", ["/news/{}", "/?p={}", "/news/?p={}", "/news/index.php?id={}", "/news/t2026_{}.html"]
)
def test_articles_that_are_numbered_like_pages(address: str) -> None:
    items = "".join(
        f"<p>{day} <a href='{address.format(n + 40)}'>{title}</a></p>"
        for n, (title, day) in enumerate(zip(_TOPICS, _DAYS, strict=True))
    )
    further = "<a href='/news/page/2/'>2</a><a href='/news/page/2/'>Next</a>"
    found = read_listing(_page(items + further), _URL)
    assert [link.title for link in found.links] == list(_TOPICS)
    assert [document.url for document in found.documents] == ["https://lake.example.org/news/page/2/"]


def test_a_listing_is_read_in_the_encoding_that_its_bytes_are_in() -> None:
    page = _page(_build("table").replace("Mayor", "Мэр города"))
    for encoding, head, content_type in (
        ("windows-1251", "", "text/html; charset=windows-1251"),
        ("koi8-r", "<meta charset='koi8-r'>", "text/html"),
        ("utf-8", "", ""),
        ("utf-16", "", "text/html"),
        ("utf-8", "<meta charset='utf-16'>", "text/html"),
        ("utf-8", "<meta charset='hex'>", "text/html; charset=undefined"),
    ):
        body = page.decode().replace("<title>", f"{head}<title>").encode(encoding)
        assert read_listing(body, _URL, content_type).links[1].title.startswith("Мэр города")
    torn = page.decode().encode("windows-1251") + b"<p>\x98</p>"
    assert read_listing(torn, _URL, "text/html; charset=windows-1251").links[1].title.startswith("Мэр города")


def test_addresses_are_relative_to_the_base() -> None:
    body = _page(_build("bare list").replace("/news/", ""), head="<base href='/town/press/'>")
    assert read_listing(body, _URL).links[0].url == f"https://lake.example.org/town/press/{_slug(_TOPICS[0])}"


def test_a_day_is_not_invented() -> None:
    body = _page("<ul>" + _each("<li>4/5/2026 <a href='/news/{slug}'>{title}</a></li>") + "</ul>")
    assert [link.published for link in read_listing(body, _URL).links] == [""] * len(_TOPICS)


@pytest.mark.parametrize("body", [b"", b"  ", b"\0", _page("<p>No news today.</p>"), _page(""), b"%PDF-1.4"])
def test_a_page_without_articles_says_so(body: bytes) -> None:
    found = read_listing(body, _URL)
    assert (found.links, found.documents) == ((), ())
    assert found.problem in {"the listing is empty or no HTML", "no group of links on the page looks like articles"}


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000 + b"<a href='/news/x'>x</a>",
        b"<a href='/news/a-b-c-d'>" * 50_000,
        b"<h1>" * 50_000,
        b"<table><tr><td>" * 30_000,
        b"<a href='" + b"x" * 1_000_000 + b"'>",
        b"1 May 2026 " * 100_000,
        b"<!--" * 100_000,
        b"<a " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b" href='/x'>x</a>",
        b"<a href='/news/a-b-c-d'>" * 250 + b"x y z " * 200_000,
        b"&#0;&#xFFFFFFFF;&x;" * 10_000,
        "<a href='/x'>\ud800</a>".encode("utf-8", "surrogatepass"),
        b"".join(b"<li>1 May 2026 <a href='/news/a-b-c-%d'>The news number %d</a>" % (n, n) for n in range(6_000)),
    ],
)
def test_hostile_pages_end(body: bytes) -> None:
    assert len(read_listing(body, _URL).links) <= 5000


@examples(60)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/abh='\" -1&;", max_size=200).map(str.encode)))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    found = read_listing(body, _URL)
    assert bool(found.links) != bool(found.problem)


def test_menus_and_pagers_among_dated_releases_are_no_releases() -> None:
    """On old sites all stand in the same kind of place."""
    menu = "".join(
        f"<tr><td><a href='/port/{word}.htm'>{word}</a></td></tr>" for word in ("fleet-and-quays", "tariffs")
    )
    rows = "".join(
        f"<tr><td>{n}.05.2026</td><td><a href='pm/2605{n}.htm'>Quay {n} opens for ships</a></td></tr>"
        for n in range(11, 19)
    )
    end = "<tr><td><a href='archive2.htm'>Older releases of this port</a></td></tr>"
    found = read_listing(f"<table>{menu}{rows}{end}</table>".encode(), "https://port.example/port/news.htm")
    assert [link.url.rpartition("/")[2] for link in found.links] == [f"2605{n}.htm" for n in range(11, 19)]


def test_a_second_list_of_another_kind_is_left_out() -> None:
    rows = "".join(
        f"<article><h2><a href='/news/quay-{n}-opens-for-ships'>Quay {n} opens for ships</a></h2>"
        f"<time>{n} May 2026</time></article>"
        for n in range(11, 19)
    )
    events = "".join(
        f"<div class='e'><a href='/event/{n}'>Concert number {n} on the old quay</a> <i>{n} June 2027</i></div>"
        for n in range(11, 16)
    )
    found = read_listing(f"<main>{rows}</main><div>{events}</div>".encode(), "https://port.example/news/")
    assert {link.url.split("/")[3] for link in found.links} == {"news"}


def test_what_is_read_most_in_a_sidebar_is_none_of_the_list_though_it_is_made_alike() -> None:
    item = "<article><h3><a href='/rd/70{0}.html'>Quay {0} opens for ships</a></h3><time>{0} May 2026</time></article>"
    rows, most = ("".join(map(item.format, numbers)) for numbers in (range(11, 19), range(21, 24)))
    found = read_listing(f"<main>{rows}</main><aside>{most}</aside>".encode(), "https://port.example/company/7")
    assert [link.url[-7:] for link in found.links] == [f"{n}.html" for n in range(11, 19)]


def test_a_dated_box_whose_addresses_name_another_kind_before_a_number_is_left_out() -> None:
    item = "<div class='i'><i>{1} May 2026</i> <a href='/press/{0}/?id={1}'>Quay {1} opens for ships</a></div>"
    rows = "".join(item.format("event", n) for n in range(11, 19))
    talks = "".join(item.format("interview", n) for n in range(19, 23))
    page = f"<main><h1>News</h1><div>{rows}</div><section><h2>Talks</h2>{talks}</section></main>"
    found = read_listing(page.encode(), "https://port.example/news/")
    assert {link.url.split("/")[4] for link in found.links} == {"event"}


def test_older_releases_without_a_day_below_the_dated_ones_are_releases() -> None:
    rows = "".join(
        f"<article><h2><a href='/news/{n}'>Quay {n} opens</a></h2><time>{n} May 2026</time></article>"
        for n in range(11, 19)
    )
    older = "".join(f"<li><a href='/news/{n}'>Quay {n} closes</a></li>" for n in range(1, 10))
    menu = "<nav><a href='/news/500'>Quay of the week</a></nav><aside><a href='/fleet/7'>All our ships now</a></aside>"
    found = read_listing(
        f"{menu}<main><div>{rows}</div><ul class='more'>{older}</ul></main>".encode(), "https://port.example/news"
    )
    assert {link.url.rpartition("/")[2] for link in found.links} == {str(n) for n in (*range(1, 10), *range(11, 19))}


@pytest.mark.parametrize(("menu", "expected"), [("", 14), ("<nav><a href='/fleet'>Our ships and boats</a></nav>", 8)])
def test_older_releases_in_the_block_of_the_dated_ones_count_whatever_their_list_is_called(
    menu: str, expected: int
) -> None:
    """A class name that says "nav" is about how the list looks; not so where menus stand in the block."""
    rows = "".join(
        f"<div class='item'><h2><a href='/quays/{n}-9'>Quay {n} opens</a></h2><p>{n} May 2026</p></div>"
        for n in range(11, 19)
    )
    older = "".join(f"<li><a href='/quays/{n}-9'>Quay {n} is closed</a></li>" for n in range(1, 7))
    page = f"<h1>Port</h1><div>{menu}{rows}<ol class='nav nav-stacked'>{older}</ol></div><p>End</p>"
    found = read_listing(page.encode(), "https://port.example/quays")
    assert len(found.links) == expected


def test_a_month_of_few_releases_under_days_without_a_year_leads_to_the_earlier_ones() -> None:
    title = "湖の灯台を夜間に開放する事業の責任者が五月に就任します"
    days = "".join(
        f"<h3>11月{n}日</h3><ul class='list'><li><a href='/h/202611/{n:02}-6{n}.html'>{title}{n}</a></li></ul>"
        for n in (9, 7, 4)
    )
    body = f"<div><h2>2026年11月</h2>{days}<p class='link'><a href='/h/back.html'>過去の報道発表資料</a></p></div>"
    found = read_listing(_page(body), "https://lake.example/h/index.html")
    assert [link.url.rpartition("/")[2] for link in found.links] == ["09-69.html", "07-67.html", "04-64.html"]


_PAGE_ROW = "<li><span>{day}</span> <a href='/saker/kaien-{n}'>{title}</a></li>"
_FILE_ROW = "<li><span>{day}</span> <a href='/filer/kaien-{n}.pdf'>{title}</a> (PDF, 214 KB)</li>"
_ANNEX = "<a href='/filer/vedlegg-{n}.pdf'>Vedlegg: tabell over lys</a>"


@pytest.mark.parametrize(
    ("page", "file", "whole"),
    [
        (_PAGE_ROW, _FILE_ROW, "<ul>{}</ul>"),
        (_PAGE_ROW.replace("</li>", f" {_ANNEX}</li>"), _FILE_ROW, "<ul>{}</ul>"),
        (_PAGE_ROW, _FILE_ROW.replace("<li>", "<li class='fil'>"), "<ul>{}</ul>"),
        (_FILE_ROW.replace("<li>", "<li class='fil'>"), _PAGE_ROW, "<ul>{}</ul>"),
        (
            "{day} <a href='/saker/kaien-{n}'>{title}</a><br>",
            "{day} <a href='/filer/kaien-{n}.pdf'>{title}</a><br>",
            "{}",
        ),
        (f"{{day}} <a href='/saker/kaien-{{n}}'>{{title}}</a> {_ANNEX}<br>", "", "{}"),
    ],
)
def test_files_that_are_items_of_a_list_of_pages_are_releases_and_what_stands_beside_a_page_is_none(
    page: str, file: str, whole: str
) -> None:
    kinds = (page, file or page)
    fields = [{"n": n, "title": f"Kaien {n} faar nytt lys i haust", "day": f"{n} March 2026"} for n in range(14, 0, -1)]
    rows = "".join(kinds[place % 2].format(**each) for place, each in enumerate(fields))
    found = read_listing(f"<main>{whole.format(rows)}</main>".encode(), "https://vestrand.example.org/saker").links
    assert [link.title for link in found] == [each["title"] for each in fields]
    assert [link.published for link in found] == [f"2026-03-{n:02}" for n in range(14, 0, -1)]
    assert sum(link.url.endswith(".pdf") for link in found) == (7 if file else 0)


def test_undated_boxes_below_a_dated_list_that_goes_on_name_what_others_published() -> None:
    def row(n: int, day: str) -> str:
        return f"<li><a href='/release/{n}/the-harbour-board-decided-on-berth-{n}.html'>Berth {n} is open</a>{day}</li>"

    rows = "".join(row(n, f" <span>2026-03-{n}</span>") for n in range(25, 15, -1))
    box = "<ul class='o'>" + "".join(row(n, "") for n in range(90, 95)) + "</ul>"

    def found(page: str) -> list[int]:
        links = read_listing(f"<main>{page}</main>".encode(), "https://wire.example.org/orlin").links
        return [int(link.url.rpartition("-")[2].removesuffix(".html")) for link in links]

    releases, others = list(range(25, 15, -1)), list(range(90, 95))
    for pager in (
        "<a href='?page=2' rel='next'>Next</a>",
        "<a class='next' href='?page=2'></a>",
        "<a href='?page=2'>2</a>",
    ):
        assert found(f"<ul class='l'>{rows}</ul>{pager}<h3>Also today</h3>{box}") == releases
    assert found(f"<ul class='l'>{rows}</ul><h3>Older</h3>{box}") == releases + others  # nothing else has them
    assert found(f"<h3>Featured</h3>{box}<ul class='l'>{rows}</ul>{pager}") == others + releases


def test_a_link_that_says_the_same_in_every_item_is_no_release_beside_the_linked_headline() -> None:
    rows = "".join(
        f"<div class='n'><h3><a href='/news.php?item.{n}.3'>Berth {n} of the harbour is open</a></h3><i>2026-03-{n}</i>"
        f"<p>It was time.</p><a href='/news.php?extend.{n}'>Read the whole text</a></div>"
        for n in range(25, 15, -1)
    )
    found = read_listing(f"<main>{rows}</main>".encode(), "https://orlin.example.org/news.php?list.3")
    assert [link.url.rpartition("?")[2] for link in found.links] == [f"item.{n}.3" for n in range(25, 15, -1)]


def test_the_years_of_a_list_beside_it_are_no_releases_though_their_addresses_are_alike() -> None:
    rows = "".join(
        f"<li><span>{day}</span><a href='/sala/Paginas/AV-{2050 - n}.aspx'>{title}</a></li>"
        for n, (title, day) in enumerate(zip(_TOPICS, _DAYS, strict=True))
    )
    years = "".join(
        f"<li><a href='/sala/Paginas/Avisos-{year}.aspx'>Avisos públicos {year}</a></li>" for year in (2025, 2024)
    )
    body = f"<html><body><div><ul>{years}</ul></div><h1>Avisos 2026</h1><ul>{rows}</ul></body></html>".encode()
    found = read_listing(body, "https://lake.example.org/sala/Paginas/Avisos.aspx", "text/html; charset=utf-8")
    assert [link.url[-12:] for link in found.links] == [f"AV-{2050 - n}.aspx" for n in range(len(_TOPICS))]


@pytest.mark.parametrize("day", ["", "<p>published on {:02}.12.2026</p>"])
def test_folders_of_months_are_no_releases_unless_each_has_its_day(day: str) -> None:
    months = ("September", "Oktober", "November")
    cards = "".join(
        f"<div class='card'><h2><a href='/meldungen/meldungen-2026/{month.lower()}-2026'>{month} 2026</a></h2>"
        f"{day.format(number)}</div>"
        for number, month in enumerate(months, 1)
    )
    found = read_listing(f"<h1>Meldungen 2026</h1>{cards}".encode(), "https://orlin.example/meldungen/meldungen-2026")
    assert len(found.links) == (len(months) if day else 0)
