"""The search from one address, against a newsroom in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from archive.core.model import Kind, Validators
from crawler.cli.probe_requests import ProbeRequests
from crawler.cli.search import Search
from crawler.fetch.answers import Answer
from crawler.fetch.fetcher import Fetcher

GIVEN, THERE = "https://www.dalvoort.example/pers", "https://pers.dalvoort.example"


class Newsroom:
    """Answers from memory; 404 for the rest."""

    def __init__(self, pages: Mapping[str, str], robots: str = "") -> None:
        self.pages, self.robots, self.asked = pages, robots, list[str]()

    async def get(self, url: str, kind: Kind, by: str = "") -> Answer:
        url = by or url
        self.asked.append(url)
        body = self.pages.get(url)
        return Answer(url, 404 if body is None else 200, (body or "").encode(), "text/html", Validators())

    async def rules(self, url: str) -> SimpleNamespace:
        return SimpleNamespace(body=self.robots.encode())


def searched(newsroom: Newsroom, given: str = GIVEN) -> Search:
    search = Search(ProbeRequests(cast(Fetcher, newsroom), is_safe=lambda url: True))

    async def run() -> None:
        await search.run(await newsroom.get(given, "listing"), ["https://www.dalvoort.example/sitemap.xml"])

    asyncio.run(run())
    return search


def test_releases_on_another_host_are_looked_for_there() -> None:
    card = f"<div><a href='{THERE}/nl/kade-{{n}}-gaat-open'><h3>Kade {{n}} gaat open voor schepen</h3></a></div>"
    cards = "".join(card.format(n=n) for n in (1, 2, 3))
    rows = "".join(
        f"<li><a href='/nl/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> <b>{n} May 2026</b></li>" for n in range(1, 11)
    )
    urls = "".join(f"<url><loc>{THERE}/nl/kade-{n}-gaat-open</loc></url>" for n in range(1, 31))
    about = "".join(
        f"<url><loc>https://www.dalvoort.example/{word}</loc></url>" for word in ("about", "event/1", "jobs")
    )
    newsroom = Newsroom(
        {
            GIVEN: f"<body>{cards}</body>",
            f"{THERE}/nl/": f"<body><ul>{rows}</ul></body>",
            f"{THERE}/map.xml": f"<urlset>{urls}</urlset>",
            "https://www.dalvoort.example/sitemap.xml": f"<urlset>{about}</urlset>",
        },
        robots=f"Sitemap: {THERE}/map.xml",
    )
    search = searched(newsroom)
    assert [(way.kind, way.url) for way in search.ways] == [
        ("listing", f"{THERE}/nl/"),
        ("sitemap", f"{THERE}/map.xml"),
    ]


@pytest.mark.parametrize("front", ["", "of all"])
def test_a_list_whose_releases_lie_on_a_host_without_a_list_of_its_own_or_with_one_of_all_is_kept(front: str) -> None:
    def rows(numbers: Iterable[int]) -> str:
        row = "<li><a href='{}/b/{}'>Kade {} gaat nu open voor schepen</a> <b>{} May 2026</b></li>"
        return "".join(row.format(THERE, n, n, 31 - n // 2) for n in numbers)

    pages = {GIVEN: f"<body><ul>{rows(range(0, 40, 4))}</ul><a href='{GIVEN}?page=2'>2</a></body>"}
    if front:
        pages[f"{THERE}/"] = f"<body><ul>{rows(range(30))}</ul><a href='/?page=2'>2</a></body>"
    search = searched(Newsroom(pages))
    assert [way.url for way in search.ways] == [GIVEN]
    assert search.hosts == ("pers.dalvoort.example",)


def test_of_chosen_releases_of_another_host_the_list_there_is_taken() -> None:
    def rows(numbers: Iterable[int]) -> str:
        row = "<li><a href='{}/b/{}'>Kade {} gaat nu open voor schepen</a> <b>{} May 2026</b></li>"
        return "".join(row.format(THERE, n, n, 31 - n // 2) for n in numbers)

    there = f"<body><ul>{rows(range(30))}</ul><a href='/?page=2'>2</a></body>"
    search = searched(Newsroom({GIVEN: f"<body><ul>{rows(range(0, 40, 4))}</ul></body>", f"{THERE}/": there}))
    assert [way.url for way in search.ways] == [f"{THERE}/"]
    assert search.hosts == ()


@pytest.mark.parametrize(("list_of", "kept"), [("persberichten", ["kade", "brug", "veer"]), ("nieuws", ["kade"])])
def test_a_list_of_press_releases_in_tabs_of_which_its_page_shows_the_first_is_kept_with_all(
    list_of: str, kept: list[str]
) -> None:
    given = f"https://www.dalvoort.example/{list_of}"
    topics = ("kade", "brug", "veer", "events")

    def page(topic: str) -> str:
        row = "<li><a href='/{}/{}-{}-gaat-open'>De {} gaat nu open voor schepen {}</a> <b>{} May 2026</b></li>"
        rows = "".join(row.format(list_of, topic, n, topic, n, n + 1) for n in range(8))
        tabs = "".join(f"<li><a href='{given}?soort={one}'>{one}</a></li>" for one in topics)
        return f"<body><ul>{tabs}</ul><div>{rows}</div><a href='{given}?soort={topic}&page=2'>2</a></body>"

    first = page("kade").replace(f"<a href='{given}?soort=kade&page=2'>2</a>", "")
    search = searched(Newsroom({given: first, **{f"{given}?soort={one}": page(one) for one in topics}}), given)
    assert [way.url for way in search.ways] == [f"{given}?soort={one}" for one in kept]


def test_a_list_of_the_current_month_that_leads_to_the_month_before_is_taken() -> None:
    today = datetime.now(UTC).date()
    months = [f"{(at := 12 * today.year + today.month - 1 - n) // 12}-{at % 12 + 1:02}" for n in range(6)]

    def page(n: int) -> str:
        row = f"<li><b>{months[n]}-01</b> <a href='/pers/{{}}/'>Kade {{}} gaat nu open voor schepen</a></li>"
        older = f"<a href='{GIVEN}?m={months[n + 1]}'>Vorige maand</a>" if n < 5 else ""
        return f"<body><ul>{row.format(n, n)}</ul>{older}</body>"

    newsroom = Newsroom({GIVEN: page(0), **{f"{GIVEN}?m={months[n]}": page(n) for n in range(1, 6)}})
    assert [way.url for way in searched(newsroom).ways] == [GIVEN]
    assert sum("?m=" in url for url in newsroom.asked) == 2


def test_each_address_is_asked_for_once_and_no_more_than_a_few() -> None:
    links = "".join(
        f"<a href='/{word}'>{word}</a>" for word in ("news", "press", "media", "press-releases", "newsroom")
    )
    newsroom = Newsroom({GIVEN: f"<body>{links}</body>"})
    search = searched(newsroom)
    assert search.ways == []
    assert len(newsroom.asked) == len(set(newsroom.asked)) <= 12
    assert any("the server answered 404" in each for each in search.requests.looked)


def test_a_page_with_few_releases_and_a_form_of_months_is_a_listing() -> None:
    """The month to come is empty, and this one has two releases: the months before show what they look like."""
    row = "<div>{0}.{1:02}.2026 <a href='/pers/2026/{2}'>Kade {2} gaat open voor alle schepen</a></div>"
    months = "".join(
        f"<option value='{n}'>{name}</option>"
        for n, name in enumerate(("Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli"), 1)
    )
    form = f"<form><select name='j'><option>2026</option></select><select name='m'>{months}</select></form>"
    pages = {GIVEN: "".join(row.format(n, 6, 100 + n) for n in (1, 2))}
    pages |= {f"{GIVEN}?j=2026&m=7": "", f"{GIVEN}?j=2026&m=6": pages[GIVEN]}
    pages[f"{GIVEN}?j=2026&m=4"] = "".join(row.format(n, 4, 190 + n) for n in range(1, 5))
    newsroom = Newsroom({url: f"<body><h1>Pers</h1>{form}<div>{rows}</div></body>" for url, rows in pages.items()})
    search = searched(newsroom)
    assert [(way.kind, way.url, len(way.links)) for way in search.ways] == [("listing", GIVEN, 6)]


def test_a_listing_behind_a_consent_wall_is_found() -> None:
    rows = "".join(
        f"<li><a href='/pers/2026/{n}'>Kade {n} gaat nu open</a> <b>{n - 100} May 2026</b></li>"
        for n in range(111, 121)
    )
    there = "https://www.dalvoort.example/persberichten"
    wall = "<body><a href='/ja?terug=/persberichten'>Alles accepteren</a></body>"
    newsroom = Newsroom(
        {
            GIVEN: "<body><a href='/persberichten'>Persberichten</a></body>",
            there: wall,
            "https://www.dalvoort.example/ja?terug=/persberichten": f"<body><ul>{rows}</ul></body>",
        }
    )
    assert [(way.kind, len(way.links)) for way in searched(newsroom).ways] == [("listing", 10)]


def _rows(numbers: range) -> str:
    links = (f"<li><a href='/pers/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> {n} May 2026</li>" for n in numbers)
    return f"<ul>{''.join(links)}</ul>"


def test_of_a_frameset_the_list_is_kept_and_the_frame_that_leads_to_its_years_beside_it() -> None:
    base = "https://www.dalvoort.example"
    menu = "".join(f"<a href='/lijst?jaar={year}'>{year}</a>" for year in (2026, 2025))
    frames = "<frame src='/boven'><frame src='/menu'><frame src='/lijst'>"
    newsroom = Newsroom(
        {
            GIVEN: f"<html><frameset rows='9,*'>{frames}</frameset></html>",
            f"{base}/boven": "<body><b>Dalvoort</b><a href='/contact'>Contact</a></body>",
            f"{base}/menu": f"<body>{menu}<a href='/contact'>Contact</a></body>",
            f"{base}/lijst": f"<body>{_rows(range(20, 24))}</body>",
            f"{base}/lijst?jaar=2026": f"<body>{_rows(range(10, 24))}</body>",
        }
    )
    found = [(way.kind, way.url, len(way.links)) for way in searched(newsroom).ways]
    assert found == [("listing", f"{base}/lijst", 4), ("listing", f"{base}/menu", 0)]


def test_a_list_in_a_frame_on_another_host_is_found_but_not_beside_a_list_that_goes_on() -> None:
    there = f"{THERE}/lijst?klant=9"
    frame = f"<iframe src='{there}' width='100%' height='900'></iframe>"
    pages = {GIVEN: f"<body><h1>Berichten</h1>{frame}</body>", there: f"<body>{_rows(range(10, 20))}</body>"}
    assert [way.url for way in searched(Newsroom(pages)).ways] == [there]
    pages[GIVEN] = f"<body>{_rows(range(10, 20))}<a href='?page=2'>2</a>{frame}</body>"
    newsroom = Newsroom(pages)
    assert [way.url for way in searched(newsroom).ways] == [GIVEN]
    assert there not in newsroom.asked


def test_a_further_page_of_the_page_given_is_no_better_listing_than_the_page_itself() -> None:
    def rows(numbers: range) -> str:
        links = (f"<li><a href='/pers/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> {n} May 2026</li>" for n in numbers)
        return f"<ul>{''.join(links)}</ul>"

    given = "https://www.dalvoort.example/haven"
    menu = "<nav><a href='/haven?lijst_deel=6'>Meer nieuws</a></nav>"
    newsroom = Newsroom(
        {
            given: f"<body>{rows(range(20, 26))}{menu}</body>",
            f"{given}?lijst_deel=6": f"<body>{rows(range(1, 20))}<a href='/haven'>1</a></body>",
        }
    )
    search = searched(newsroom, given)
    assert [way.url for way in search.ways if way.kind == "listing"] == [given]
    assert f"{given}?lijst_deel=6" not in newsroom.asked


def test_a_list_without_further_page_is_said_to_end_early_unless_a_link_may_lead_on_or_a_sitemap_has_it_all() -> None:
    def rows(numbers: range) -> str:
        return "".join(
            f"<li><a href='/pers/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> {n} May 2026</li>" for n in numbers
        )

    given, where = "https://www.dalvoort.example/haven", "https://www.dalvoort.example/sitemap.xml"
    page = f"<body><ul>{rows(range(1, 11))}</ul>{{}}</body>"
    search = searched(Newsroom({given: page.format("")}), given)
    assert search.hint.startswith(f"{given} may be the top of a longer list")
    assert [(way.further, way.proposed) for way in search.ways] == [(False, 0)]
    search = searched(Newsroom({given: page.format("<a href='/haven?lijst_deel=2'>Dieper in de kist</a>")}), given)
    assert (search.hint, [(way.further, way.proposed) for way in search.ways]) == ("", [(False, 1)])
    urls = "".join(f"<url><loc>https://www.dalvoort.example/pers/kade-{n}-gaat-open</loc></url>" for n in range(1, 31))
    search = searched(Newsroom({given: page.format(""), where: f"<urlset>{urls}</urlset>"}), given)
    assert (search.hint, len(search.ways)) == ("", 2)


def test_the_press_releases_of_a_mixed_front_page_are_the_newsroom() -> None:
    home = "https://www.dalvoort.example/"

    def row(folder: str, n: int) -> str:
        return f"<li><a href='/{folder}/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> <b>{n} May 2026</b></li>"

    menu = "<a href='/persberichten/'>Persberichten</a>"
    mixed = "".join(row("vacatures" if n % 3 == 0 else "persberichten", n) for n in range(20, 10, -1))
    press = "".join(row("persberichten", n) for n in range(20, 0, -1) if n % 3)
    pages = {
        home: f"<title>Dalvoort</title>{menu}<ul>{mixed}</ul><a href='/page/2/'>2</a>",
        f"{home}persberichten/": f"<title>Persberichten</title>{menu}<ul>{press}</ul>",
    }
    assert [way.url for way in searched(Newsroom(pages), home).ways] == [f"{home}persberichten/"]
    pages[home] = pages[home].replace(mixed, press)
    assert [way.url for way in searched(Newsroom(pages), home).ways] == [home]


def test_press_releases_go_before_a_longer_list_of_notices_alone() -> None:
    home = "https://www.dalvoort.example/"

    def rows(folder: str, numbers: range) -> str:
        row = "<li><a href='/{0}/kade-{1}-gaat-open'>Kade {1} gaat nu open</a> <b>{1} May 2026</b></li>"
        return "".join(row.format(folder, n) for n in numbers)

    menu = "<a href='/persberichten/'>Persberichten</a><a href='/nieuws/'>Nieuws</a>"
    pages = {
        home: f"<title>Dalvoort</title>{menu}",
        f"{home}persberichten/": f"<title>Persberichten</title>{menu}<ul>{rows('persberichten', range(1, 7))}</ul>",
        f"{home}nieuws/": f"<title>Nieuws</title>{menu}<ul>{rows('nieuws', range(1, 15))}</ul>",
    }
    assert [way.url for way in searched(Newsroom(pages), home).ways] == [f"{home}persberichten/"]
    assert [way.url for way in searched(Newsroom(pages), f"{home}nieuws/").ways] == [f"{home}nieuws/"]


def test_a_bulletin_with_a_page_for_each_day_of_a_calendar_goes_before_a_longer_list_of_notices() -> None:
    base = "https://www.dalvoort.example"
    days = {20: (7,), 18: (6, 5), 11: (4,)}
    grid = "".join(f"<td><a href='/bulletin/202611/{day}.htm'>{day}</a></td>" for day in days)
    pages = {
        f"{base}/bulletin/202611/{day}.htm": f"<body><h1>Bulletin</h1><h2>{day} November 2026</h2><ul>"
        + "".join(
            f"<li><a href='/bulletin/202611/p{n:05}.htm'>Kade {n} gaat nu open voor schepen</a></li>" for n in some
        )
        + f"</ul><table>{grid}</table></body>"
        for day, some in days.items()
    }
    pages[f"{base}/bulletin/today.htm"] = pages[f"{base}/bulletin/202611/20.htm"]
    notices = "".join(f"<li><a href='/notices/{n}.htm'>Notice {n} of the harbour</a></li>" for n in range(800, 809))
    pages[f"{base}/notices/"] = f"<body><h1>News</h1><ul>{notices}</ul></body>"
    pages[GIVEN] = "<body><a href='/bulletin/today.htm'>Press releases</a><a href='/notices/'>News</a></body>"
    assert [way.url for way in searched(Newsroom(pages)).ways if way.kind == "listing"] == [
        f"{base}/bulletin/today.htm"
    ]


def test_a_calendar_whose_days_have_a_release_each_and_whose_month_has_just_begun_is_a_listing() -> None:
    def release(day: int) -> str:
        return (
            f"<body><h1>{day} October</h1><a href='/pers/2026/10/{day}/kade-gaat-open'>Kade {day} gaat open</a></body>"
        )

    def month(number: int, days: tuple[int, ...]) -> str:
        cells = "".join(f"<td><a href='/pers/2026/{number}/{day:02}'>{day}</a></td>" for day in days)
        arrows = "".join(f"<a href='/pers?maand=2026-{n:02}'>\u2190</a>" for n in (number - 1, number + 1))
        return f"<body><table>{cells}</table>{arrows}</body>"

    days = {f"{GIVEN}/2026/10/{day}": release(day) for day in (28, 21, 14, 11)}
    newsroom = Newsroom({GIVEN: month(11, ()), f"{GIVEN}?maand=2026-10": month(10, (28, 21, 14, 11)), **days})
    (way,) = searched(newsroom).ways
    assert (way.kind, way.url, len(way.links)) == ("listing", GIVEN, 3)


def _openings(numbers: Iterable[int], folder: str = "/pers/2026") -> str:
    rows = (f"<li><a href='{folder}/kade-{n}-gaat-open'>Kade {n} gaat open</a> {n} May 2026</li>" for n in numbers)
    return f"<ul>{''.join(rows)}</ul>"


def _hub(topic: str, folder: str = "/thema") -> Newsroom:
    """A newsroom whose page shows the newest three of two topics, with the list of the first of them."""
    menu = "".join(f"<a href='/pers{folder}/{name}'>Alles over {name}</a>" for name in ("kades", "sluizen"))
    return Newsroom(
        {
            GIVEN: f"<body><h1>Pers</h1>{_openings((28, 26, 24))}{_openings((27, 25, 23))}{menu}</body>",
            f"{GIVEN}{folder}/kades": f"<body><h1>Kades</h1>{topic}</body>",
            f"{GIVEN}{folder}/sluizen": f"<body><h1>Sluizen</h1>{_openings((27, 25, 23, 13, 11))}</body>",
        }
    )


@pytest.mark.parametrize("folder", ["/thema", ""])
def test_the_topics_of_a_newsroom_that_shows_but_the_newest_of_each_are_kept_beside_its_page(folder: str) -> None:
    ways = searched(_hub(_openings((28, 26, 24, 12, 10)), folder)).ways
    assert [(way.url.removeprefix(GIVEN), len(way.links)) for way in ways] == [
        ("", 6),
        (f"{folder}/kades", 5),
        (f"{folder}/sluizen", 5),
    ]


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param(_openings((28, 26, 24)) + _openings((12, 10, 8), "/blog/2026/05"), id="of another kind"),
        pytest.param(_openings((28, 22, 26, 21, 24)), id="of the same days"),
        pytest.param(_openings((28, 26, 24)), id="nothing more"),
    ],
)
def test_a_topic_that_has_pages_of_another_newsroom_or_nothing_more_is_not_kept(topic: str) -> None:
    assert [way.url.removeprefix(GIVEN) for way in searched(_hub(topic)).ways] == ["", "/thema/sluizen"]


def test_after_three_pages_below_a_newsroom_that_are_no_list_of_it_no_other_is_asked_for() -> None:
    names = ("kades", "sluizen", "bruggen", "dammen", "dokken", "pieren", "boeien", "bakens", "gemalen")
    menu = "".join(f"<a href='/pers/{name}'>{name}</a>" for name in names)
    newsroom = Newsroom({GIVEN: f"<body><h1>Pers</h1>{_openings((28, 26, 24))}{menu}</body>"})
    assert [way.url for way in searched(newsroom).ways] == [GIVEN]
    assert sum(url.startswith(f"{GIVEN}/") and url != f"{GIVEN}/feed/" for url in newsroom.asked) == 3


def test_of_a_newsroom_with_a_list_for_each_topic_and_none_of_all_each_topic_is_kept() -> None:
    def topic(name: str, numbers: range) -> str:
        file = "202605{0}-kade-{0}-gaat-open-voor-schepen.html"
        item = f"<li><a href='/pers/{file}'>Kade {{0}} gaat open voor schepen</a></li>"
        rows = "".join(map(item.format, numbers))
        return f"<body><h1>{name}</h1><ul>{rows}</ul><p><b>2026</b> <a href='{name}/2025.html'>2025</a></p></body>"

    menu = "".join(f"<a href='/pers/topics/{name}.html'>{name}</a>" for name in ("kades", "sluizen"))
    at = "https://www.dalvoort.example/pers/topics"
    newsroom = Newsroom(
        {
            GIVEN: f"<body>{menu}<h1>Pers</h1><p>Kies een onderwerp.</p></body>",
            f"{at}/kades.html": topic("kades", range(10, 18)),
            f"{at}/sluizen.html": topic("sluizen", range(18, 27)),
        }
    )
    ways = searched(newsroom).ways
    assert [(way.url, len(way.links)) for way in ways] == [(f"{at}/kades.html", 8), (f"{at}/sluizen.html", 9)]


def test_a_blog_beside_a_list_that_shows_the_newest_alone_does_not_hide_the_sitemap() -> None:
    site = "https://www.dalvoort.example"
    rows = "".join(
        f"<li><a href='/bericht/kade-{n}-gaat-open'>Kade {n} gaat nu open</a> <b>{n} May 2026</b></li>"
        for n in range(12, 24)
    )
    posts = "".join(
        f"<item><title>Blog {n}</title><link>{site}/post/kade-{n}-is-mooi</link><pubDate>{n} May 2026</pubDate></item>"
        for n in range(14, 23)
    )
    kinds = ("pages", "blog-posts", "news-views", "artist-press", "bericht")
    index = "".join(f"<sitemap><loc>{site}/{kind}-sitemap.xml</loc></sitemap>" for kind in kinds)
    urls = "".join(f"<url><loc>{site}/bericht/kade-{n}-gaat-open</loc></url>" for n in range(1, 60))
    newsroom = Newsroom(
        {
            GIVEN: f"<head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><ul>{rows}</ul>",
            f"{site}/feed.xml": f"<rss version='2.0'><channel><title>Blog</title>{posts}</channel></rss>",
            f"{site}/sitemap.xml": f"<sitemapindex>{index}</sitemapindex>",
            f"{site}/bericht-sitemap.xml": f"<urlset>{urls}</urlset>",
        }
    )
    found = searched(newsroom)
    assert [(way.kind, len(way.links)) for way in found.ways] == [("listing", 12), ("sitemap", 59)]


def test_behind_a_choice_of_languages_and_a_section_of_the_menu_a_newsroom_is_found() -> None:
    home = "https://www.dalvoort.example/"
    row = "<li><a href='/nl/bestuur/pers/kade-{0}-gaat-open'>Kade {0} gaat nu open</a> <b>{0} May 2026</b></li>"
    menu = "<nav><a href='/nl/bestuur'>Bestuur</a><a href='/nl/contact'>Contact</a></nav>"
    pages = {
        home: "<body><a href='/nl' hreflang='nl'>Nederlands</a><a href='/fr' hreflang='fr'>Frans</a></body>",
        f"{home}nl": f"<html lang='nl'><title>Dalvoort</title><body>{menu}<p>Welkom</p></body></html>",
        f"{home}nl/bestuur": f"<title>Bestuur</title>{menu}<a href='/nl/bestuur/pers'>Persberichten</a>",
        f"{home}nl/bestuur/pers": f"<title>Persberichten</title><ul>{''.join(map(row.format, range(1, 9)))}</ul>",
    }
    newsroom = Newsroom(pages)
    assert [way.url for way in searched(newsroom, home).ways] == [f"{home}nl/bestuur/pers"]
    assert f"{home}nl/contact" not in newsroom.asked


def test_a_small_home_page_that_names_its_news_beside_other_languages_is_no_choice_of_languages() -> None:
    home = "https://www.dalvoort.example/"
    row = "<li><a href='/nieuws/kade-{0}-gaat-open'>Kade {0} gaat nu open</a> <b>{0} May 2026</b></li>"
    pages = {
        home: "<html lang='nl'><a href='/nieuws'>Nieuws</a><a href='/fr' hreflang='fr'>FR</a><a href='/de'>DE</a>",
        f"{home}nieuws": f"<title>Nieuws</title><ul>{''.join(map(row.format, range(1, 9)))}</ul>",
        f"{home}fr": "<html lang='fr'><title>Dalvoort</title><body><a href='/fr/actualites'>Actualites</a>",
    }
    assert [way.url for way in searched(Newsroom(pages), home).ways] == [f"{home}nieuws"]


@pytest.mark.parametrize("folders", [("nl",), ("nl", "fr")])
def test_a_short_list_below_the_folders_of_languages_is_no_choice_of_languages(folders: tuple[str, ...]) -> None:
    home = "https://www.dalvoort.example/"
    paths = {n: f"{folders[n % len(folders)]}/Pages/b{n:02}0526.aspx" for n in range(11, 19)}
    rows = "".join(f"<li><a href='/{there}'>Kade {n} gaat open</a> {n:02}/05/2026</li>" for n, there in paths.items())
    pages = {f"{home}{there}": f"<h1>Kade {n} gaat open</h1><p>De kade is open.</p>" for n, there in paths.items()}
    pages |= {home: f"<html lang='nl'><title>Berichten</title><body><ul>{rows}</ul></body></html>"}
    assert [(way.url, len(way.links)) for way in searched(Newsroom(pages), home).ways] == [(home, 8)]


def test_of_one_department_of_a_site_neither_the_list_nor_the_sitemap_of_all_is_kept() -> None:
    site = "https://www.dalvoort.example"
    row = "<li><a href='/berichten/kade-{n}-gaat-nu-open'>Kade {n} gaat nu open</a> <b>{d} May 2026</b></li>"
    own = "".join(row.format(n=n, d=n - 100) for n in range(120, 110, -1))
    every = "".join(row.format(n=n, d=n % 100) for n in [*range(220, 210, -1), *range(120, 110, -1)])
    further = "<a href='?dienst=havenwerken&page=2'>2</a>"
    urls = "".join(f"<url><loc>{site}/berichten/kade-{n}-gaat-nu-open</loc></url>" for n in range(101, 231))
    newsroom = Newsroom(
        {
            f"{site}/diensten/havenwerken": "<nav><a href='/berichten'>Nieuws</a></nav><main>"
            "<a href='/berichten?dienst=havenwerken'>Al het nieuws</a></main>",
            f"{site}/berichten": f"<body><ul>{every}</ul><a href='?page=2'>2</a></body>",
            f"{site}/berichten?dienst=havenwerken": f"<body><ul>{own}</ul>{further}</body>",
            f"{site}/sitemap.xml": f"<urlset>{urls}</urlset>",
        }
    )
    found = [(way.kind, way.url) for way in searched(newsroom, f"{site}/diensten/havenwerken").ways]
    assert found == [("listing", f"{site}/berichten?dienst=havenwerken")]


def test_the_newest_of_a_host_that_many_share_is_no_better_list_than_the_one_that_was_given() -> None:
    base = "https://wire.example.org"

    def row(of: str, n: int) -> str:
        return f"<li><a href='/rd/{n}.{of}.html'>Kade {n} van {of} gaat nu open</a> <b>{n} May 2026</b></li>"

    menu = "<a href='/persberichten/'>Persberichten</a>"
    own = "".join(row("dalvoort", n) for n in range(20, 10, -1))
    newest = row("dalvoort", 20) + "".join(row("orlin", n) for n in range(20, 12, -1)) + row("dalvoort", 12)
    given = f"{base}/company/dalvoort"
    pages = {
        given: f"<title>Dalvoort</title>{menu}<ul>{own}</ul><a href='/company/dalvoort?page=2'>2</a>",
        f"{base}/persberichten/": f"<title>Persberichten</title>{menu}<ul>{newest}</ul>",
    }
    assert [way.url for way in searched(Newsroom(pages), given).ways] == [given]
    assert [way.url for way in searched(Newsroom(pages), f"{base}/persberichten/").ways] == [f"{base}/persberichten/"]
