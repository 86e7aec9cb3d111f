"""Pagers of many systems and languages: by number, by word, by picture, by cursor."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.anchors import read_page
from crawler.discover.further.pagers import pager_links, says_next, turns_the_page

HOST = "https://lake.example.org"
STATE = "04_LakeCPykssy0xPLMnMz0vMAfIjo8zi_"


def pager(listing: str, links: str, head: str = "") -> list[tuple[str, str]]:
    """The further pages of a listing whose pager holds these links: address and way."""
    tree = parse_beginning(f"<html><head>{head}</head><body><div>{links}</div></body></html>".encode())
    url = HOST + listing
    found = pager_links(tree, read_page(tree, url), url, url)
    return [(document.url.removeprefix(HOST), document.way) for document in found]


@pytest.mark.parametrize(
    ("listing", "links", "further"),
    [
        ("/n", "<a href='/n?page=2' aria-label='Go to page 2'><b>Page 2</b></a>", "/n?page=2"),
        ("/n", "<a href='/n?PAGEN_1=2'>11-20</a>", "/n?PAGEN_1=2"),
        ("/n/", "<a href='/n/?PAGEN_1=2&amp;SIZEN_1=20'>2</a>", "/n/?PAGEN_1=2&SIZEN_1=20"),
        ("/n", "<a href='/n?start=10'>۲</a>", "/n?start=10"),
        ("/n", "<a href='/n?page=1'>๒</a>", "/n?page=1"),
        ("/p", "<a href='/p?tx_n%5BcurrentPage%5D=2&amp;cHash=9f3'>2</a>", "/p?tx_n%5BcurrentPage%5D=2&cHash=9f3"),
        ("/n.html", "<a href='/n,2.html'>2</a>", "/n,2.html"),
        ("/n/", "<a href='/n/(pageindex=2)'>2</a>", "/n/(pageindex=2)"),
        ("/n", "<a href='/n?page=2'><img src='/arrow.gif' alt='Nächste Seite'></a>", "/n?page=2"),
        ("/n", "<a href='/n?page=2'><i class='fa fa-chevron-right'></i></a>", "/n?page=2"),
        ("/n", "<a href='/n?page=2' title='Επόμενη σελίδα'>»</a>", "/n?page=2"),
        ("/n", "<a href='/n?page=2'><svg><use href='#icon-arrow-right'/></svg></a>", "/n?page=2"),
        ("/n/", "<a href='/n/page/2/?et_blog'>Zapomenuté zprávy</a>", "/n/page/2/?et_blog"),
        ("/n/page/2/?et_blog", "<a href='/n/page/1/'>A</a><a href='/n/page/3/?et_blog'>B</a>", "/n/page/3/?et_blog"),
        ("/kade", "<a href='/index.php?mid=kade&amp;page=2'>2</a>", "/index.php?mid=kade&page=2"),
        ("/kade", "<a href='/index.php?mid=kade&amp;category=2'>2</a><a href='/index.php?mid=kade&amp;page=2'>2</a>",
         "/index.php?mid=kade&page=2"),
        (f"/n/!st/{STATE}a1/", f"<a href='/n/!st/{STATE}b2/?PI=1&amp;L_Page.3f=2' title='Sonraki'>›</a>",
         f"/n/!st/{STATE}b2/?PI=1&L_Page.3f=2"),
        ("/n.jsp?p=all", "<a title='avanti' href='/n.jsp?p=all&amp;go=&amp;nroPagina=2&amp;from=01/02/2019'>&gt;</a>",
         "/n.jsp?p=all&go=&nroPagina=2&from=01/02/2019"),
        ("/n", "<a href='/n?de=&amp;paginaActual=2&amp;a=3/2/2025'>&raquo;</a>", "/n?de=&paginaActual=2&a=3/2/2025"),
        ("/n?topic=5", "<a href='/n?topic=5&amp;paged=2&amp;ajax=yes'>Tagasi aega</a>", "/n?topic=5&paged=2&ajax=yes"),
    ],
)  # fmt: skip
def test_pages_by_number_and_picture(listing: str, links: str, further: str) -> None:
    assert pager(listing, links) == [(further, "")]


@pytest.mark.parametrize(
    ("listing", "links", "further", "way"),
    [
        ("/", "<a class='blog-pager-older-link' href='/search?updated-max=2025-01-02&amp;max-results=7'>Older</a>",
         "/search?updated-max=2025-01-02&max-results=7", "cursor"),
        ("/l.aspx", "<a href='/l.aspx?Paged=TRUE&amp;p_ID=30&amp;View=9f'><img alt='Next' src='/n.gif'></a>",
         "/l.aspx?Paged=TRUE&p_ID=30&View=9f", ""),
        ("/n", "<a href='/n?after=bGFrZQ' rel='next'>Weiter</a>", "/n?after=bGFrZQ", "cursor"),
        ("/news.html", "<a href='archive2.html'>Older releases &gt;&gt;</a>", "/archive2.html", "next"),
        ("/n/", "<a href='/n/?month=2026-03'>Föregående månad</a><a href='/n/?month=2026-05'>Nästa</a>",
         "/n/?month=2026-05", "date"),
        ("/w/Category:Ship_news", "<a href='/w.php?title=Category:Ship_news&amp;pagefrom=Mo'>next page</a>",
         "/w.php?title=Category:Ship_news&pagefrom=Mo", "next"),
        ("/w.php?title=Category:Ship_news&pagefrom=Mo",
         "<a href='/w.php?title=Category:Ship_news&amp;pageuntil=Mo'>previous page</a>"
         "<a href='/w.php?title=Category:Ship_news&amp;pagefrom=Ro'>next page</a>",
         "/w.php?title=Category:Ship_news&pagefrom=Ro", "next"),
        ("/n/", "<a href='/n/x'>« Entradas más viejas</a>", "/n/x", "next"),
        ("/n", "<a href='/n/before/a41'>Предыдущие</a><a href='/n/a40-b'>Более ранние</a>", "/n/a40-b", "next"),
    ],
)  # fmt: skip
def test_pages_that_only_a_word_gives_away(listing: str, links: str, further: str, way: str) -> None:
    assert pager(listing, links) == [(further, way)]


@pytest.mark.parametrize(
    ("listing", "links", "further"),
    [
        ("/n", "<a href='/n/previous/2'>&lt;&lt;Previous</a>", ["/n/previous/2"]),
        ("/n/previous/2", "<a href='/n/previous/3'>Previous</a><a href='/n'>Forward</a>", ["/n/previous/3"]),
        ("/n/page/2/", "<a href='/n/page/3/'>« Previous Entries</a><a href='/n/'>Newer »</a>", ["/n/page/3/"]),
        ("/n/page/3/", "<a href='/n/page/2/'>Previous</a>", []),
        ("/n/page/2/", "<a href='/n/page/3/' rel='prev'>Previous</a>", []),
    ],
)
def test_previous_is_older_where_it_counts_to_the_next(listing: str, links: str, further: list[str]) -> None:
    assert [address for address, _ in pager(listing, links)] == further


@pytest.mark.parametrize(
    "links",
    [
        "<a href='/n/another-ferry-sails-to-orlin'>Next</a>",
        "<a href='/n/2026/another-story'>Read more</a><a href='/n/events'>More</a><a href='/n/teaser'>المزيد</a>",
        "<a href='/sport?page=2'>2</a><a href='/n?page=2&amp;sort=title'>2</a>",
        "<a href='/n?page=2' rel='prev'>2 back</a><a href='/n?page=3'>« Previous</a><a href='/n?page=4'>Предыдущая</a>",
        "<a href='https://other.example.net/n?page=2'>2</a>",
        "<a href='/n?page=2&amp;id=55'>Ferries</a><a href='/n/page/2/?lang=fr'>Suite</a><a href='/n?page=1'>Tout</a>",
        "<a href='/n?page=2'>Page two of the story of the harbour and its many long lamps and quays</a>",
    ],
)
def test_what_leads_to_no_further_page(links: str) -> None:
    assert pager("/n", links) == []


def test_days_of_a_calendar_are_no_pages_and_pages_of_a_month_are() -> None:
    links = "<a href='/n/202611/{0:02}.htm'>{0}</a>"
    assert pager("/n/202611.htm", "".join(map(links.format, (4, 8, 20)))) == []
    assert pager("/n/202611.htm", "".join(map(links.format, (2, 3)))) == [
        ("/n/202611/02.htm", ""),
        ("/n/202611/03.htm", ""),
    ]


def test_another_thing_of_a_wiki_and_what_is_done_to_it_are_no_further_page() -> None:
    links = (
        "<a href='/w.php?title=Ship_news&amp;action=edit'>Next</a><a href='/w.php?title=Coasts&amp;from=Mo'>Next</a>"
    )
    assert pager("/wiki/Ship_news", links) == []


def test_the_head_names_the_next_page_by_counter_or_cursor() -> None:
    assert pager("/n", "", "<link rel='next' href='/n?cursor=x9'>") == [("/n?cursor=x9", "")]
    assert pager("/n", "", "<link rel='next' href='/n/page/2'>") == [("/n/page/2", "")]
    assert pager("/n", "", "<link rel='next' href='/about/team'>") == []


@pytest.mark.parametrize(
    "text", ["Next", "Weiter", "Suivant", "Следующая", "Көрсету", "下一页", "Mehr laden", "Показать ещё", "もっと見る"]
)
def test_words_for_next_and_more(text: str) -> None:
    tree = parse_beginning(f"<a href='/n?page=2'>{text}</a>".encode(), "text/html; charset=utf-8")
    (anchor,) = read_page(tree, HOST).anchors
    assert says_next(anchor) == (text != "Көрсету")


def test_a_menu_of_pages_leads_to_them() -> None:
    menu = "".join(f"<option value='/notes?nr={n}'>{n}</option>" for n in (1, 2, 3))
    found = pager("/notes", f"<select onchange='location=this.value'>{menu}<option value='12'>12</option></select>")
    assert [address.rpartition("/")[2] for address, _ in found] == ["notes?nr=2", "notes?nr=3"]


@pytest.mark.parametrize(
    ("text", "address", "turns"),
    [
        ("Vorherige Seite", "/n_node.html?gtp=4512_list%253D6", True),
        ("Zurück", "/n_node.html?gtp=4512_list%253D6", True),
        ("Nächste Seite", "/n_node.html?gtp=4512_list%253D8", True),
        ("Neue Fähre", "/n_node.html?gtp=4512_list%253D6", False),
        ("Zurück an Bord", "/notes/6.html", False),
        ("Zurück an Bord nach vierzehn Monaten im Dock", "/n_node.html?gtp=4512_list%253D6", False),
    ],
)
def test_a_link_that_turns_the_page_says_so_and_differs_in_a_number(text: str, address: str, turns: bool) -> None:
    url = f"{HOST}/n_node.html?gtp=4512_list%253D7"
    tree = parse_beginning(f"<body><a href='{address}'>{text}</a></body>".encode(), "text/html; charset=utf-8")
    assert [turns_the_page(anchor, url) for anchor in read_page(tree, url).anchors] == [turns]


def test_a_pager_that_leads_to_another_path_has_numbers_and_next_to_one_of_them() -> None:
    there = "/act/7/finder?sort=day&pageNo={}"
    links = "".join(f"<a href='{there.format(n - 1)}'>{n}</a>" for n in (2, 3, 4))
    onward = f"<a href='{there.format(1)}'>Nächste Seite</a>"
    found = [address for address, _ in pager("/de/notes", links + onward)]
    assert found == [there.format(n) for n in (1, 2, 3)]
    assert pager("/de/notes", links) == []
    assert pager("/de/notes", links + "<a href='/act/8/other?pageNo=1'>Nächste Seite</a>") == []
    years = "".join(f"<a href='/chronicle/{year}'>{n}</a>" for n, year in ((2, 1902), (3, 1903)))
    assert pager("/de/notes", years + "<a href='/chronicle/1902'>Weiter</a>") == []
