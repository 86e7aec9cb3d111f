"""The further pages of a listing, and none of anything else."""

from __future__ import annotations

import re

import pytest

from crawler.discover.links import Document
from crawler.discover.listings import read_listing

_ITEMS = "".join(
    f"<li>{day} March 2026 <a href='/news/the-town-news-of-day-{day}'>The town news of day {day}</a></li>"
    for day in range(1, 9)
)


def _further(url: str, links: str, head: str = "") -> list[str]:
    body = f"<html><head>{head}</head><body><ul>{_ITEMS}</ul><div class='pager'>{links}</div></body></html>"
    found = read_listing(body.encode(), url)
    assert len(found.links) == 8
    assert all(document == Document(document.url, "listing") for document in found.documents)
    return [document.url.removeprefix("https://lake.example.org") for document in found.documents]


@pytest.mark.parametrize(
    ("listing", "links", "further"),
    [
        (
            "/news/",
            "<b>1</b> <a href='/news/page/2/'>2</a> <a href='/news/page/3/'>3</a>",
            ["/news/page/2/", "/news/page/3/"],
        ),
        (
            "/news",
            "<a href='?page=1'>2</a><a href='?page=2'>3</a><a href='?page=40'>last »</a>",
            ["/news?page=1", "/news?page=2"],
        ),
        (
            "/news",
            "<a href='/news?start=20'>2</a> <a href='/news?start=40'>3</a>",
            ["/news?start=20", "/news?start=40"],
        ),
        ("/news.html", "<a href='/news.html?tx_news[currentPage]=2'>2</a>", ["/news.html?tx_news[currentPage]=2"]),
        (
            "/l.php?cat=4",
            "<a href='/l.php?cat=4&amp;p=2'>2</a><a href='/l.php?cat=5&amp;p=2'>2</a>",
            ["/l.php?cat=4&p=2"],
        ),
        ("/press", "<a href='/press?PageNum_rs=2&amp;year=2026'>next »</a>", ["/press?PageNum_rs=2&year=2026"]),
        ("/press", "<a href='/press/2'>2</a><a href='/press/3'>3</a>", ["/press/2", "/press/3"]),
        ("/news/", "<a rel='next' href='/news/page/2/'><img src='n.png'></a>", ["/news/page/2/"]),
        ("/news/", "<a class='next page-numbers' href='/news/page/2/'>Onward</a>", ["/news/page/2/"]),
        ("/news?kind=2", "<a href='/news?kind=2&amp;o=20'>2</a>", ["/news?kind=2&o=20"]),
        (
            "/news/",
            "<a href='index_1.html'>2</a><a href='index_2.html'>下一页</a>",
            ["/news/index_1.html", "/news/index_2.html"],
        ),
        ("/news/list.shtml", "<a href='list_2.shtml'>2</a>", ["/news/list_2.shtml"]),
        ("/press", "<a href='/press/P20'>2</a><a href='/press/P40'>&gt;</a>", ["/press/P20", "/press/P40"]),
        ("/news/", "<a href='/news/seite/2'>Nächste Seite</a>", ["/news/seite/2"]),
        ("/news/page/4/", "<a href='/news/page/5/'>Older posts</a>", ["/news/page/5/"]),
    ],
)
def test_the_further_pages_that_a_listing_leads_to(listing: str, links: str, further: list[str]) -> None:
    assert _further(f"https://lake.example.org{listing}", links) == further


_NEXT = """Next|
next ›|Older posts|← Older posts|»|>|›|Weiter|Suivant|Siguiente »|Successivo|Próxima|Następna|Następna strona →|
Volgende|Следующая|Далее|Келесі|下一页|次へ|다음|التالي|Επόμενη|Load more|Sonraki"""


@pytest.mark.parametrize("word", re.split(r"\|\s*", _NEXT))
def test_next_in_many_languages(word: str) -> None:
    assert _further("https://lake.example.org/news/", f"<a href='/news/page/2/'>{word}</a>") == ["/news/page/2/"]


@pytest.mark.parametrize(
    ("listing", "links"),
    [
        ("/news/", "<a href='/news/page/1/'>1</a>"),
        ("/news/page/3/", "<a href='/news/page/1/'>1</a><a href='/news/'>1</a><a href='/news/page/2/'>« Previous</a>"),
        ("/news/page/3/", "<a class='prev' href='/news/page/2/'>Newer</a><a href='/news/'>First</a>"),
        ("/news/page/3/", "<a href='/news/page/3/'>3</a><a rel='next' href='#'>Next</a>"),
        (
            "/news/",
            "<a href='/sport/page/2/'>2</a><a href='/news/tag/ferry/page/2/'>2</a><a href='/events/page/2/'>Next</a>",
        ),
        ("/news/", "<a href='https://other.example.net/news/page/2/'>2</a>"),
        (
            "/events/",
            "<a href='/events/2026-04/'>Next</a><a href='/events/?month=4'>next</a><a href='/events/2026/04/'>»</a>",
        ),
        (
            "/events/",
            "<a href='/events/?date=2026-04-01'>›</a><a href='/events/2026/04/03/'>3</a><a href='?page=20260401'>2</a>",
        ),
        (
            "/events/",
            "<a href='?day=3'>3</a><a href='?week=15'>next</a><a href='?t=1775000000'>»</a><a href='?ym=202604'>›</a>",
        ),
        ("/news/", "<a href='/news/?edition=2025'>2025</a><a href='/news/?edition=2025'>Next</a>"),
        ("/news/", "<a href='/news/?sort=title&amp;page=2'>2</a><a href='/news/?lang=kk'>Next</a>"),
        ("/news/", "<a href='/news/the-town-news-of-day-2'>2</a><a href='/news/the-town-news-of-day-3'>Next</a>"),
        ("/news/", "<a href='javascript:page(2)'>2</a><a href='mailto:next@lake.example.org'>Next</a>"),
    ],
)
def test_what_is_no_further_page(listing: str, links: str) -> None:
    assert _further(f"https://lake.example.org{listing}", links) == []


def test_the_head_may_name_the_next_page() -> None:
    head = "<link rel='next' href='/news/page/2/'><link rel='prev' href='/news/page/0/'>"
    assert _further("https://lake.example.org/news/", "", head) == ["/news/page/2/"]
    assert _further("https://lake.example.org/news/", "", "<link rel='next' href='/about/team'>") == []


def test_each_once_and_not_without_end() -> None:
    links = "<a href='/news/page/2/'>2</a><a href='/news/page/2'>Next</a>"
    assert _further("https://lake.example.org/news/", links) == ["/news/page/2/"]
    many = "".join(f"<a href='/news/page/{n}/'>{n}</a>" for n in range(2, 900))
    assert len(_further("https://lake.example.org/news/", many)) == 200


def test_a_page_without_articles_leads_nowhere() -> None:
    assert (
        read_listing(b"<p>Nothing</p><a href='?page=9'>Next</a>", "https://lake.example.org/news?page=8").documents
        == ()
    )


def test_the_pager_of_a_chosen_year_may_leave_out_what_the_form_sends_besides() -> None:
    form = (
        "<form action='/news'><select name='year'><option>2026<option>2025</select>"
        "<input type='hidden' name='form' value='k3'><input type='submit' name='op' value='Show'></form>"
    )
    pager = "<a href='?year=2025&amp;op=Show&amp;page=1'>2</a><a href='?year=2024&amp;op=Show&amp;page=1'>2</a>"
    asked = "https://lake.example.org/news?year=2025&form=k3&op=Show"
    assert _further(asked, form + pager) == ["/news?year=2025&op=Show&page=1"]
    assert _further(asked, pager) == []
