"""Newsrooms as many publishing systems make them, and as many ways to what is further back."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.support.newsrooms.made import COUNT, PER_PAGE, At, MadeNewsroom, following, numbered, stories
from tests.support.site import Page


def _load_more(made: MadeNewsroom, at: At) -> dict[str, Page]:
    """What a button loads: the rows of the next page, and the button for the one after."""
    fragments: dict[str, Page] = {}
    for number in (2, 3):
        rows = made.items(stories()[(number - 1) * PER_PAGE : number * PER_PAGE])
        button = f'<button data-url="/fragments/news/{number + 1}">More</button>' if number < 3 else ""
        fragments[f"/fragments/news/{number}"] = Page(f"{rows}{button}".encode())
    return fragments


def _json(made: MadeNewsroom, at: At) -> dict[str, Page]:
    """The pages of an interface in JSON, each with the address of the next."""
    ordered, answers = list(made.releases.items()), dict[str, Page]()
    for number in (1, 2, 3):
        shown = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
        posts = [{"headline": story.title, "href": path, "date": story.day.isoformat()} for path, story in shown]
        following = f"/api/posts?page={number + 1}" if number < 3 else None
        body = json.dumps({"posts": posts, "next": following}).encode()
        answers[f"/api/posts?page={number}"] = Page(body, "application/json")
    return answers


def _years(path: str) -> Callable[[MadeNewsroom, At], dict[str, Page]]:
    """A listing of each year; the path has the field `y`."""

    def more(made: MadeNewsroom, at: At) -> dict[str, Page]:
        links = "".join(f'<a href="{path.format(y=year)}">{year}</a> ' for year in (2026, 2025))
        by_year = {year: [story for story in stories() if story.day.year == year] for year in (2026, 2025)}
        return {path.format(y=year): made.listing(chosen, links) for year, chosen in by_year.items()}

    return more


def _frames(made: MadeNewsroom, at: At) -> dict[str, Page]:
    """A frameset: a menu with the years beside the newest releases, each in a page of its own."""
    frames = '<frame src="menu.htm" name="left"><frame src="/cgi/list?y=now" name="main">'
    body = f"<html><head><title>Nimbrel</title></head><frameset cols='20%,80%'>{frames}</frameset></html>"
    links = "".join(f'<br><a href="/cgi/list?y={year}" target="main">{year}</a>' for year in (2026, 2025))
    links += '<br><a href="/about" target="main">About</a><br><a href="/" target="_top">Home</a>'
    by_year = _years("/cgi/list?y={y}")(made, at)
    menu = Page(f"<html><body><b>News</b>{links}</body></html>".encode())
    newest = made.listing(stories()[:PER_PAGE])
    whole = {path: made.listing([one for one in stories() if path.endswith(str(one.day.year))]) for path in by_year}
    return {made.entry: Page(body.encode()), "/press/menu.htm": menu, "/cgi/list?y=now": newest} | whole


def _cursors(made: MadeNewsroom, at: At) -> dict[str, Page]:
    """Pages that a date divides: each names the day before which the next begins."""
    ordered, found = stories(), dict[str, Page]()
    for start in range(0, COUNT, PER_PAGE):
        chosen = ordered[start : start + PER_PAGE]
        link = f'<a rel="next" href="/notices?before={chosen[-1].day}">Earlier</a>' if start + PER_PAGE < COUNT else ""
        found[f"/notices?before={ordered[start - 1].day}" if start else "/notices"] = made.listing(chosen, link)
    return found


def _guides(made: MadeNewsroom, at: At) -> dict[str, Page]:
    """Pages that visitors like, and that are no releases."""
    text = "<main><h1>A guide</h1><p>The town of Nimbrel keeps this page for its visitors. It is no news.</p></main>"
    return {f"/guide/walk-number-{n}-along-the-shore": Page(text.encode()) for n in range(4)}


def _robots(made: MadeNewsroom, at: At) -> dict[str, Page]:
    return {"/robots.txt": Page(f"User-agent: *\nDisallow:\nSitemap: {at(made.sitemap)}\n".encode(), "text/plain")}


def _first(path: str, others: str) -> Callable[[int], str]:
    """The path of the first page, and that of the others by `{n}` (number) or `{o}` (items before)."""
    return lambda number: path if number == 1 else others.format(n=number, o=(number - 1) * PER_PAGE)


_ROW = "<li><a href='{link}'>{title}</a> <span>{day}</span></li>"
_CARD = "<article class='card'><h3><a href='{link}'>{title}</a></h3><time datetime='{iso}'>{day}</time></article>"
_FORM = (
    '<form action="/bulletins"><select name="year"><option>2026</option><option>2025</option></select>'
    "<button>Show</button></form>"
)
_POPULAR = "".join(
    f'<li><a href="/guide/walk-number-{n}-along-the-shore">Walk number {n} along the shore of Nimbrel</a></li>'
    for n in range(4)
)
_LIST = "<main><h1>News</h1><ul>{items}</ul><nav>{pager}</nav></main>"

NEWSROOMS = (
    MadeNewsroom(
        "ghost",
        "/news/",
        "/{slug}/",
        _CARD,
        _first("/news/", "/news/page/{n}/"),
        following("/news/page/{n}/", "Older posts"),
        feed="/rss/",
    ),
    MadeNewsroom(
        "hugo",
        "/press/",
        "/press/{iso}-{slug}/",
        _ROW,
        _first("/press/", "/press/page/{n}/"),
        numbered("/press/page/{n}/"),
        frame=_LIST,
    ),
    MadeNewsroom(
        "kirby",
        "/newsroom",
        "/newsroom/{slug}",
        _CARD,
        _first("/newsroom", "/newsroom/page:{n}"),
        following("/newsroom/page:{n}", "→"),
    ),
    MadeNewsroom(
        "craft",
        "/news",
        "/news/{y}/{slug}",
        _ROW,
        _first("/news", "/news/p{n}"),
        numbered("/news/p{n}"),
        frame=_LIST,
        day="{dd}.{m}.{y}",
    ),
    MadeNewsroom(
        "statamic",
        "/updates",
        "/updates/{slug}",
        _CARD,
        _first("/updates", "/updates?page={n}"),
        numbered("/updates?page={n}"),
        day="{y}-{m}-{dd}",
    ),
    MadeNewsroom(
        "silverstripe",
        "/media/releases/",
        "/media/releases/{slug}/",
        _ROW,
        _first("/media/releases/", "/media/releases/?start={o}"),
        lambda page, count: f'<a class="next" href="?start={page * PER_PAGE}">Next</a>' if page < count else "",
        frame=_LIST,
    ),
    MadeNewsroom(
        "umbraco",
        "/council/news/",
        "/council/news/{y}/{m}/{slug}/",
        _CARD,
        _first("/council/news/", "/council/news/?pg={n}"),
        numbered("/council/news/?pg={n}", "Page {n}"),
    ),
    MadeNewsroom(
        "contao",
        "/aktuelles.html",
        "/aktuelles-leser/{slug}.html",
        _ROW,
        _first("/aktuelles.html", "/aktuelles.html?page_n12={n}"),
        following("/aktuelles.html?page_n12={n}", "Vorwärts"),
        months="de",
        frame=_LIST,
        day="{dd}. {month} {y}",
    ),
    MadeNewsroom(
        "neos",
        "/presse.html",
        "/presse/{slug}.html",
        _CARD,
        _first("/presse.html", "/presse/seite-{n}.html"),
        numbered("/presse/seite-{n}.html"),
        months="de",
        day="{dd}.{m}.{y}",
    ),
    MadeNewsroom(
        "spip",
        "/spip.php?rubrique4",
        "/spip.php?article{n}",
        _ROW,
        _first("/spip.php?rubrique4", "/spip.php?rubrique4&debut_art={o}"),
        lambda page, count: "".join(
            f'<a href="/spip.php?rubrique4&amp;debut_art={n * PER_PAGE}">{n + 1}</a> '
            for n in range(1, count)
            if n + 1 != page
        ),
        months="fr",
        frame=_LIST,
    ),
    MadeNewsroom(
        "plone",
        "/comunicati",
        "/comunicati/{slug}",
        _ROW,
        _first("/comunicati", "/comunicati?b_start:int={o}"),
        lambda page, count: (
            f'<a class="next" href="/comunicati?b_start:int={page * PER_PAGE}">Successivi 6 elementi</a>'
            if page < count
            else ""
        ),
        months="it",
        frame=_LIST,
    ),
    MadeNewsroom(
        "wagtail",
        "/en/news/",
        "/en/news/{slug}/",
        _CARD,
        _first("/en/news/", "/en/news/?page={n}"),
        following("/en/news/?page={n}", "Next page"),
        day="{month} {d}, {y}",
    ),
    MadeNewsroom(
        "liferay",
        "/web/town/press",
        "/web/town/press/-/view/{n}/{slug}",
        _ROW,
        _first("/web/town/press", "/web/town/press?p_p_id=list_4&_list_4_cur={n}"),
        lambda page, count: "".join(
            f'<a href="/web/town/press?p_p_id=list_4&amp;_list_4_cur={n}">{n}</a> '
            for n in range(2, count + 1)
            if n != page
        ),
        months="es",
        frame=_LIST,
        day="{dd}/{m}/{y}",
    ),
    MadeNewsroom(
        "adobe",
        "/content/town/news.html",
        "/content/town/news/{y}/{slug}.html",
        _CARD,
        _first("/content/town/news.html", "/content/town/news.{n}.html"),
        numbered("/content/town/news.{n}.html"),
    ),
    MadeNewsroom(
        "button",
        "/news",
        "/news/{slug}-{n}",
        _CARD,
        _first("/news", "/none/{n}"),
        lambda page, count: '<button data-url="/fragments/news/2">More</button>',
        more=_load_more,
    ),
    MadeNewsroom(
        "interface",
        "/stories",
        "/stories/{n}",
        _CARD,
        _first("/stories", "/none/{n}"),
        lambda page, count: '<div class="list" data-endpoint="/api/posts?page=2"></div>',
        more=_json,
    ),
    MadeNewsroom(
        "years",
        "/archive",
        "/archive/{y}/{m}/{dd}/{slug}",
        _ROW,
        _first("/archive", "/none/{n}"),
        lambda page, count: '<a href="/archive/2026">2026</a> <a href="/archive/2025">2025</a>',
        frame=_LIST,
        more=_years("/archive/{y}"),
    ),
    MadeNewsroom(
        "form",
        "/bulletins",
        "/bulletins/{n}",
        _ROW,
        _first("/bulletins", "/none/{n}"),
        lambda page, count: _FORM,
        frame=_LIST,
        more=_years("/bulletins?year={y}"),
    ),
    MadeNewsroom(
        "by hand",
        "/news.html",
        "/pr{n}.htm",
        "<p><b>{day}</b><br><a href='{link}'>{title}</a></p>",
        _first("/news.html", "/news{n}.html"),
        following("/news{n}.html", "starsze"),
        months="pl",
        body="<h2>{title}</h2><p><i>{day}</i></p>{text}",
    ),
    MadeNewsroom(
        "cursor", "/notices", "/notices/{slug}", _ROW, _first("/notices", "/none/{n}"), frame=_LIST, more=_cursors
    ),
    MadeNewsroom(
        "strange word",
        "/bodskap",
        "/bodskap/{slug}",
        _ROW,
        _first("/bodskap", "/bodskap?blokk={n}"),
        following("/bodskap?blokk={n}", "Djupare ned i kista"),
        frame='<main><h1>News</h1><p><a href="?emne=hamn">Hamn</a></p><ul>{items}</ul><p>{pager}</p></main>',
    ),
    MadeNewsroom(
        "picture",
        "/log",
        "/log/entry/{n}",
        _CARD,
        lambda number: "/log" if number == 1 else f"/log?under={COUNT - (number - 1) * PER_PAGE + 1}",
        lambda page, count: (
            f'<a href="/log?under={COUNT - page * PER_PAGE + 1}"><img src="/i/3.gif" alt=""></a>'
            if page < count
            else ""
        ),
        frame='<main><div>{items}</div></main><div class="x3">{pager}</div>',
    ),
    MadeNewsroom("frames", "/press/start.htm", "/cgi/text?no={n}", _ROW, _first("/cgi/all", "/none/{n}"), more=_frames),
    MadeNewsroom(
        "without scripts",
        "/newsroom",
        "/newsroom/{slug}",
        _ROW,
        _first("/newsroom", "/newsroom?since={o}"),
        lambda page, count: f'<p><a href="/newsroom?since={page * PER_PAGE}">Older</a></p>' if page < count else "",
        frame='<main><h1>News</h1><div id="app"></div><noscript><ul>{items}</ul>{pager}</noscript></main>',
    ),
    MadeNewsroom(
        "read more",
        "/frettir",
        "/frettir/{n}",
        "<section class='grein'><h2>{title}</h2><p>The council met.</p><a href='{link}'>Lesa meira</a></section>",
        _first("/frettir", "/frettir?page={n}"),
        numbered("/frettir?page={n}"),
        frame=f"<main>{{items}}<div>{{pager}}</div></main><div class='box'><h3>Popular</h3><ul>{_POPULAR}</ul></div>",
        more=_guides,
    ),
    MadeNewsroom(
        "half files",
        "/skjol",
        "/skjol/{slug}.{kind}",
        "<li><span>{day}</span> <a href='{link}'>{title}</a> <a href='/skjol/vidauki-{n}.pdf'>Table of costs</a></li>",
        _first("/skjol", "/skjol?page={n}"),
        numbered("/skjol?page={n}"),
        frame=_LIST,
        files=True,
    ),
    MadeNewsroom(
        "map", "/", "/releases/{slug}", _ROW, _first("/", "/none/{n}"), frame=_LIST, sitemap="/map.xml", more=_robots
    ),
)
"""The newsrooms, by the system or the way that they are examples of."""
