"""Listings as many publishing systems make them, in many languages and calendars: each release once, with its day.

Every page has a menu, breadcrumbs, a list of events with days to come, and a footer: nothing of these is a release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from crawler.discover.listings import read_listing
from crawler.discover.shape import FITS, learn

DAYS = [date(2026, 5, 27 - 2 * n) for n in range(9)]
TITLES = {
    "en": "{n} new berths open at the old quay of Valdora",
    "de": "Hafen Valdora eröffnet {n} neue Liegeplätze am alten Kai",
    "fr": "Le port de Valdora ouvre {n} nouveaux postes à quai",
    "es": "El puerto de Valdora abre {n} nuevos amarres en el muelle",
    "cs": "Přístav Valdora otevírá {n} nových kotvišť u starého mola",
    "kk": "Вальдора порты ескі айлақта {n} жаңа орын ашты",
    "ru": "Порт Вальдора открывает {n} новых причалов у старой набережной",
    "el": "Το λιμάνι της Βαλντόρα ανοίγει {n} νέες θέσεις",
    "tr": "Valdora limanı eski rıhtımda {n} yeni yer açıyor",
    "pl": "Port Valdora otwiera {n} nowych miejsc przy starym nabrzeżu",
    "hu": "Valdora kikötője {n} új helyet nyit a régi rakparton",
    "fi": "Valdoran satama avaa {n} uutta laituripaikkaa",
    "vi": "Cảng Valdora mở {n} bến mới tại cầu cảng cũ",
    "ar": "ميناء فالدورا يفتتح {n} رصيفا جديدا",
    "fa": "بندر والدورا {n} اسکله تازه باز کرد",
    "zh": "瓦尔多拉港在旧码头启用{n}个新泊位",
    "ja": "バルドラ港、旧岸壁に{n}の新しい係留所を開設",
    "ko": "발도라 항만, 옛 부두에 새 선석 {n}개 개장",
    "th": "ท่าเรือวัลโดราเปิดท่าเทียบเรือใหม่ {n} แห่ง",
}
MONTHS = {
    "en": "May", "de": "Mai", "fr": "mai", "es": "mayo", "kk": "мамыр", "ru": "мая", "el": "Μαΐου", "tr": "Mayıs",
    "pl": "maja", "hu": "május", "ar": "مايو", "th": "พฤษภาคม",
}  # fmt: skip


@dataclass(frozen=True)
class System:
    """A system: language, where its listing is, a release's address, how its item and its day are written."""

    lang: str
    listing: str
    address: str
    item: str
    day: str
    whole: str = "<div>{rows}</div>"


SYSTEMS = {
    "drupal views": System(
        "en", "/newsroom/press-releases", "/newsroom/press-releases/new-berths-open-at-quay-{n}",
        "<div class='views-row'><div class='views-field views-field-title'><span class='field-content'>{link}</span>"
        "</div><div class='views-field views-field-created'><span>Wednesday, {day} - 10:30</span></div></div>",
        "{month} {d.day}, {d.year}", "<div class='view view-news'><div class='view-content'>{rows}</div></div>",
    ),
    "drupal teasers": System(
        "de", "/aktuelles", "/aktuelles/hafen-eroeffnet-liegeplaetze-{n}",
        "<article class='node node--type-news'><h2><a href='{url}' rel='bookmark'><span>{title}</span></a></h2>"
        "<div class='field field--name-field-tags'><a href='/taxonomy/term/{n}'>Häfen</a></div>"
        "<div class='field'><time datetime='{d}T12:00:00Z'>{day}</time></div><p>Bis 1. Juli 2027 kommen mehr.</p>"
        "<ul class='links'><li><a href='{url}'>Weiterlesen<span> über {title}</span></a></li></ul></article>",
        "{d.day}. {month} {d.year}",
    ),
    "joomla": System(
        "de", "/index.php/presse/meldungen", "/index.php/presse/meldungen/{n}-hafen-eroeffnet-liegeplaetze",
        "<tr class='cat-list-row0'><td class='list-title'>{link}</td><td class='list-date small'>{day}</td>"
        "<td class='list-author'>Geschrieben von Admin</td><td><span class='badge'>Zugriffe: 1405</span></td></tr>",
        "{d.day}. {month} {d.year}", "<table class='category'>{rows}</table>",
    ),
    "typo3": System(
        "de", "/presse", "/presse/detail?tx_news_pi1%5Baction%5D=detail&tx_news_pi1%5Bnews%5D={n}&cHash=9f{n}ab34c",
        "<div class='article articletype-0'><div class='header'><h3><a title='{title}'"
        " href='{url}'><span>{title}</span></a>"
        "</h3></div><div class='footer'><time datetime='{d}'>{day}</time> <span>Allgemein</span></div>"
        "<div class='teaser-text'><p>Mehr dazu. <a class='more' href='{url}'>Weiterlesen</a></p></div></div>",
        "{d:%d.%m.%Y}", "<div class='news-list-view'>{rows}</div>",
    ),
    "aem": System(
        "en", "/content/port/en/news.html", "/content/port/en/news/2026/05/new-berths-open-{n}.html",
        "<li class='cmp-list__item'><article><a class='cmp-list__item-link' href='{url}'><span"
        " class='cmp-list__item-title'>"
        "{title}</span></a><span class='cmp-list__item-date'>{day}</span></article></li>",
        "{month} {d.day}, {d.year}", "<ul class='cmp-list'>{rows}</ul>",
    ),
    "sharepoint list": System(
        "en", "/media/Pages/default.aspx", "/media/Lists/News/DispForm.aspx?ID={n}&ContentTypeId=0x0100AB",
        "<tr class='ms-itmhover'><td class='ms-vb2'>{day}</td><td class='ms-vb-title'>{link}</td></tr>",
        "{d:%d/%m/%Y}", "<table class='ms-listviewtable'>{rows}</table>",
    ),
    "sharepoint pages": System(
        "es", "/prensa/Paginas/notas.aspx", "/prensa/Paginas/el-puerto-abre-nuevos-amarres-{n}.aspx",
        "<li class='dfwp-item'><div class='item link-item'><span class='fecha'>{day}</span>{link}</div></li>",
        "{d.day} de {month} de {d.year}", "<ul class='dfwp-list'>{rows}</ul>",
    ),
    "liferay": System(
        "es", "/web/guest/noticias", "/web/guest/noticias/-/asset_publisher/aBcD1234/content/puerto-abre-amarres-{n}",
        "<div class='asset-abstract'><h4 class='asset-title'>{link}</h4><div class='asset-summary'>Más amarres.</div>"
        "<div class='asset-metadata'><span class='metadata-entry'>{day}</span></div></div>",
        "{d:%d/%m/%y}",
    ),
    "plone": System(
        "en", "/news", "/news/new-berths-open-{n}",
        "<article class='entry'><header><span class='summary'><a class='contenttype-news-item url'"
        " href='{url}'>{title}</a>"
        "</span></header><p class='documentByLine'>by admin — <span>published {day}</span>, <span>last"
        " modified June 2,"
        " 2026 10:12 AM</span></p></article>",
        "{month} {d.day}, {d.year}",
    ),
    "wix": System(
        "en", "/press", "/post/new-berths-open-at-the-old-quay-{n}",
        "<div data-hook='post-list-item'><article><a href='{url}'><img alt=''></a><div class='jTiS5K'><a"
        " href='{url}'>"
        "<h2>{title}</h2></a><span title='{day}' data-hook='time-ago'>3 days ago</span></div></article></div>",
        "{month} {d.day}, {d.year}",
    ),
    "ghost": System(
        "en", "/", "/new-berths-open-at-the-old-quay-{n}/",
        "<article class='post-card post'><a class='post-card-image-link' href='{url}'><img"
        " alt=''></a><div><a href='{url}'>"
        "<header><h2 class='post-card-title'>{title}</h2></header><div class='post-card-excerpt'>Boats"
        " came.</div></a>"
        "<footer><time datetime='{d}'>{day}</time><span>2 min read</span></footer></div></article>",
        "{d.day} {month} {d.year}", "<main class='post-feed'>{rows}</main>",
    ),
    "next.js": System(
        "en", "/en/newsroom", "/en/newsroom/new-berths-open-{n}",
        "<a class='Card_card__x9Zq1' href='{url}'><p class='Card_eyebrow__q2'>Press release</p><h3>{title}</h3>"
        "<p class='Card_date__z8'>{day}</p></a>",
        "{d}", "<div class='NewsList_grid__a1B2c'>{rows}</div>",
    ),
    "rented for investors": System(
        "en", "/news/default.aspx", "/news/news-details/2026/New-Berths-Open-{n}/default.aspx",
        "<div class='evergreen-news-item'><span class='evergreen-news-date'>{day}</span>{link}"
        "<a href='/doc_news/{n}.pdf'>PDF</a></div>",
        "{month} {d.day}, {d.year}",
    ),
    "rented wire": System(
        "en", "/news-releases", "/news-releases/news-release-details/new-berths-open-{n}",
        "<div class='card'><small>{day}, 09:00 ET</small><h3>{link}</h3><p>By June 30, 2028 there will be"
        " more.</p></div>",
        "{d.day} {month} {d.year}",
    ),
    "domino": System(
        "en", "/web/press.nsf/all", "/web/press.nsf/0/5F3{n}A9C0D1E2B3F4A5968778695A4B3C?OpenDocument",
        "<tr><td><font size='2'>{day}</font></td><td><font size='2'>{link}</font></td></tr>",
        "{d:%m/%d/%Y}", "<table>{rows}</table>",
    ),
    "coldfusion": System(
        "en", "/press/index.cfm", "/press/release.cfm?id={n}",
        "<p><b>{day}</b><br>{link}</p>", "{d:%m/%d/%y}",
    ),
    "parliament": System(
        "cs", "/cs/tiskove-zpravy", "/cs/tiskove-zpravy?id={n}",
        "<tr><td>{n}/2026</td><td>{day}</td><td>{link}</td><td><a href='/cs/vybory/hospodarsky'>Hospodářský"
        " výbor</a></td></tr>",
        "{d.day}. {d.month}. {d.year}", "<table class='t'>{rows}</table>",
    ),
    "presidency": System(
        "kk", "/kk/events", "/kk/events/valdora-porty-zhana-oryn-ashty-{n}",
        "<div class='news-item'><h3>{link}</h3><span class='news-item__date'>{day}</span></div>",
        "{d.year} жылғы {d.day} {month}",
    ),
    "bitrix": System(
        "ru", "/press/news/", "/press/news/{n}/",
        "<p class='news-item' id='bx_{n}'><span class='news-date-time'>{day}</span> <a"
        " href='{url}'><b>{title}</b></a><br>"
        "Причалы работают с 1 июня 2027 года.</p>",
        "{d:%d.%m.%Y}", "<div class='news-list'>{rows}</div>",
    ),
    "japanese ministry": System(
        "ja", "/houdou/index.html", "/houdou/2026/05/h0{n}.html",
        "<dt>{day}</dt><dd>{link}</dd>", "令和{reiwa}年{d.month}月{d.day}日", "<dl class='newsList'>{rows}</dl>",
    ),
    "chinese ministry": System(
        "zh", "/xwfb/", "/xwfb/202605/t202605{n}_41.html",
        "<li><a href='{url}' title='{title}'>{title}</a><span>{day}</span></li>", "{d}", "<ul"
        " class='list'>{rows}</ul>",
    ),
    "taiwanese office": System(
        "zh", "/News.aspx?n=12", "/News_Content.aspx?n=12&s={n}",
        "<tr><td>{n}</td><td>{link}</td><td>發布日期 {day}</td></tr>", "{roc}-{d:%m-%d}", "<table>{rows}</table>",
    ),
    "korean board": System(
        "ko", "/board/list.do?boardId=12", "/board/view.do?boardId=12&articleId={n}",
        "<tr><td>{n}</td><td class='left'>{link}</td><td>홍보과</td><td>{day}</td><td>1,024</td></tr>",
        "{d:%Y.%m.%d}", "<table class='board'>{rows}</table>",
    ),
    "thai cards": System(
        "th", "/news", "/news/view/{n}",
        "<div class='news-card'><div class='img'><a href='{url}'><img"
        " alt=''></a></div>{link}<span>{day}</span></div>",
        "{d.day} {month} {buddhist}",
    ),
    "persian list": System(
        "fa", "/fa/news", "/fa/news/{n}/bandar-valdora",
        "<li class='news'><h3>{link}</h3><span>{day}</span><p>تا سال ۱۴۰۹</p></li>", "{jalali}", "<ul>{rows}</ul>",
    ),
    "arabic list": System(
        "ar", "/ar/media/news", "/ar/media/news/{n}",
        "<div class='col-md-4'><a href='{url}'><h4>{title}</h4></a><p class='date'>{day}</p>"
        "</div>", "{arabic} {month} ٢٠٢٦",
    ),
    "greek": System(
        "el", "/deltia-typou", "/deltia-typou/limani-{n}", "<article><time>{day}</time><h3>{link}</h3></article>",
        "{d.day} {month} {d.year}",
    ),
    "turkish": System(
        "tr", "/haberler", "/haberler/valdora-limani-yeni-yer-{n}", "<div"
        " class='haber'><h2>{link}</h2><i>{day}</i></div>",
        "{d.day} {month} {d.year}",
    ),
    "polish": System(
        "pl", "/aktualnosci", "/aktualnosci/port-otwiera-miejsca-{n}",
        "<div class='art'><span>{day}</span><h3>{link}</h3></div>", "{d.day} {month} {d.year}",
    ),
    "hungarian": System(
        "hu", "/hirek", "/hirek/kikoto-uj-helyet-nyit-{n}", "<li>{link}<br><small>{day}</small></li>",
        "{d.year}. {month} {d.day}.", "<ul>{rows}</ul>",
    ),
    "finnish": System(
        "fi", "/ajankohtaista", "/-/satama-avaa-laituripaikkoja-{n}", "<li><span>{day}</span> {link}</li>",
        "{d.day}.{d.month}.{d.year}", "<ul>{rows}</ul>",
    ),
    "vietnamese": System(
        "vi", "/tin-tuc", "/tin-tuc/cang-valdora-mo-ben-moi-{n}.html",
        "<div class='item'><h3>{link}</h3><span class='time'>{day} | 09:00</span></div>", "{d:%d/%m/%Y}",
    ),
    "days as headings": System(
        "fr", "/espace-presse", "/espace-presse/communique/{n}", "<h3>{day}</h3><ul><li>{link}</li></ul>",
        "{d.day} {month} {d.year}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_listing_names_each_release_with_its_day_and_nothing_else(name: str) -> None:
    system = SYSTEMS[name]
    found = read_listing(page(system), f"https://www.valdora.example{system.listing}")
    expected = {f"https://www.valdora.example{address(system, n)}": str(day) for n, day in enumerate(DAYS)}
    assert {link.url: link.published[:10] for link in found.links} == expected
    titles = {link.title for link in found.links}
    assert titles == {TITLES[system.lang].format(n=31 + n) for n in range(len(DAYS))}


@pytest.mark.parametrize("name", SYSTEMS)
def test_three_releases_show_the_shape_of_the_rest(name: str) -> None:
    system = SYSTEMS[name]
    every = [f"https://www.valdora.example{address(system, n)}" for n in range(len(DAYS))]
    shapes = learn([every[:3]], f"https://www.valdora.example{system.listing}")
    assert [url for url in every if shapes.fit(url) < FITS] == []
    others = [
        f"https://www.valdora.example/{word}" for word in ("about", "about/history", "jobs/3", "contact.html", "x")
    ]
    assert [url for url in others if shapes.fit(url) >= FITS] == []


def address(system: System, n: int) -> str:
    return system.address.format(n=4131 + n)


def page(system: System) -> bytes:
    rows = "".join(row(system, n, day) for n, day in enumerate(DAYS))
    menu = "".join(
        f"<li><a href='/{word}'>{word.title()}</a></li>" for word in ("about", "services", "contact", "fleet")
    )
    events = "".join(
        f"<li><a href='/calendar/{n}'>Open day number {n} on board the lightship</a> <span>{n} July 2027</span></li>"
        for n in (1, 2, 3, 4)
    )
    crumbs = "<div class='breadcrumb'><a href='/'>Home</a> » <a href='/media'>Media and communication</a></div>"
    side = f"<div class='col-right'><h4>Events</h4><ul class='events'>{events}</ul></div>"
    foot = "<div class='site-footer'><a href='/privacy'>Privacy statement of the port</a><p>© 2026</p></div>"
    main = system.whole.format(rows=rows)
    top = f"<div class='top'><ul>{menu}</ul></div>"
    return f"<body>{top}{crumbs}<div class='main'>{main}</div>{side}{foot}</body>".encode()


def row(system: System, n: int, day: date) -> str:
    title, url = TITLES[system.lang].format(n=31 + n), address(system, n).replace("&", "&amp;")
    said = system.day.format(
        d=day, month=MONTHS.get(system.lang, ""), reiwa=day.year - 2018, roc=day.year - 1911, buddhist=day.year + 543,
        jalali=in_persian(day), arabic="".join("٠١٢٣٤٥٦٧٨٩"[int(figure)] for figure in str(day.day)),
    )  # fmt: skip
    link = f"<a href='{url}'>{title}</a>"
    return system.item.format(n=4131 + n, d=day, day=said, title=title, url=url, link=link)


def in_persian(day: date) -> str:
    """A day of May 2026 in the Persian calendar: 1 Khordad 1405 is 22 May 2026."""
    passed = (day - date(2026, 5, 22)).days
    number, month = (passed + 1, "خرداد") if passed >= 0 else (31 + passed + 1, "اردیبهشت")
    figures = "".join("۰۱۲۳۴۵۶۷۸۹"[int(figure)] for figure in str(number))
    return f"{figures} {month} ۱۴۰۵"
