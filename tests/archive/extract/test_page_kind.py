"""Releases told from what stands around them on a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html
import pytest

from archive.core.model import PageKind
from archive.extract.features import PageFeatures
from archive.extract.page_kind import kind_of
from archive.page import markup
from archive.page.blocks import blocks

SITE = "https://portvale.example"
PROSE = (
    "The harbour board has opened the new pier, and it is now in use by all who live on the coast, it said on Monday. "
)
TEXT = "\n\n".join([PROSE * 2] * 7)
LINKS = "".join(
    f'<h3><a href="/news/pier-opens-again-{n}">Pier number {n} opens on the coast again</a></h3>' for n in range(12)
)
CONSENT = "Read on with advertising and cookies. Our partners and vendors use your data by your consent."
LINK_LINES = "\n\n".join(f"Pier number {n} opens on the coast again" for n in range(12))


@dataclass(frozen=True)
class Said:
    title: str = "Pier opens at Portvale"
    published_at: str = "2026-03-11"
    authors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    free: bool = True
    origins: Mapping[str, str] = field(default_factory=dict)


def kind(
    body: str = "",
    path: str = "/news/pier-opens-at-portvale",
    status: int = 200,
    text: str = TEXT,
    classes: str = "",
    named: str = "",
    built: bool = False,
    head: object = "",
    **said: object,
) -> PageKind:
    title = head or said.get("title", "x")
    tree = lxml.html.document_fromstring(
        f'<html><head><title>{title}</title></head><body class="{classes}">{body}</body></html>'
    )
    stated = Said(**said)  # type: ignore[arg-type]
    page = PageFeatures(blocks(tree)) if built else None
    found, reason = kind_of(markup.read_markup(tree), SITE + path, status, stated, text, page, named)
    assert reason
    return found


def test_an_article_is_a_release() -> None:
    assert kind() == "release"
    assert kind(kinds=("newsarticle",)) == "release"


@pytest.mark.parametrize("text", ["The board has no public events on Friday, May 27, 2026.", "Pier closed."])
def test_a_very_short_release_is_one(text: str) -> None:
    assert kind(text=text, path="/press-releases/schedule-for-may-27-2026/") == "release"


def test_an_article_with_many_teasers_below_it_is_a_release() -> None:
    assert kind(LINKS) == "release"
    assert kind(LINKS, classes="single single-post", text=PROSE) == "release"


@pytest.mark.parametrize(
    ("path", "title", "classes", "text"),
    [
        ("/news/page/4/", "News", "archive paged", LINK_LINES),
        ("/press-releases/", "Press Releases | Archive", "archive post-type-archive", PROSE),
        ("/category/harbour/", "Category: Harbour", "", LINK_LINES),
        ("/news?page=3", "News from the harbour", "", LINK_LINES),
        ("/newsroom", "Newsroom", "", LINK_LINES),
        ("/search?q=pier", "Search results for pier", "search", LINK_LINES),
    ],
)
def test_a_list_of_releases_is_a_listing(path: str, title: str, classes: str, text: str) -> None:
    assert kind(LINKS, path=path, title=title, classes=classes, text=text, kinds=("og:article",)) == "listing"


def test_several_releases_below_one_another_are_a_listing() -> None:
    text = "\n\n".join(f"PORTVALE – {PROSE}" for _ in range(5))
    assert kind(LINKS, path="/index?id=5", title="Media Releases", text=text, kinds=("og:article",)) == "listing"
    assert kind(LINKS, path="/index?id=5", title="Pier opens", text=f"PORTVALE – {TEXT}") == "release"


def test_an_article_named_like_a_section_needs_more_signs() -> None:
    assert kind(title="News", path="/2026/03/news-of-the-pier") == "release"


def test_a_dated_page_amid_its_site_that_announces_works_is_a_release() -> None:
    text = "Our website will be temporarily unavailable on Sunday, 15 March 2026. Please come back after 10 a.m."
    shown: dict[str, object] = {
        "title": "Website down for maintenance",
        "text": text,
        "origins": {"published_at": "text"},
    }
    assert kind(LINKS, **shown) == "release"  # type: ignore[arg-type]
    assert kind("", **shown) == "maintenance"  # type: ignore[arg-type]
    assert kind(LINKS, published_at="", **shown) == "maintenance"  # type: ignore[arg-type]
    assert kind(LINKS, published_at="2026-03-15", **shown) == "maintenance"  # type: ignore[arg-type]
    dated = {**shown, "text": f"11 March 2026\n\n{text}"}
    assert kind(LINKS, **dated) == "release"  # type: ignore[arg-type]


def test_a_notice_of_maintenance_below_the_menu_of_its_site_and_the_day_of_today_is_one() -> None:
    text = "Our website is being updated and not available for a while. Please come back later."
    for title in ("Maintenance", "Our website is under maintenance"):
        assert kind(LINKS, title=title, text=text, origins={"published_at": "text"}) == "maintenance"


def test_the_root_of_a_site_with_teasers_is_its_home() -> None:
    assert kind(LINKS, path="/", title="Portvale", text=LINK_LINES) == "home"
    assert kind(path="/", title="Portvale", text="") == "home"


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("404 Page not found", "<h1>404</h1>", "The page was not found."),
        ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1>", "Die Seite wurde nicht gefunden."),
        ("Страница не найдена", "<h1>Ошибка 404</h1>", "Страница не найдена"),
        ("404 | Portvale", "<h1>Oh no</h1>", "Try the search."),
        ("HTTP 404", "<h1>HTTP 404</h1>", ""),
        ("Portvale - 404", "<h1>404</h1>", "Nothing here."),
        ("Portvale", "<h1>Oops! That page could not be found</h1>", "The page could not be found. Try a search."),
        ("Portvale Harbour Press Office", "<h1>Sorry!</h1>", "The page you asked for no longer exists. Go home."),
        ("Portvale", "", "This page is no longer available. Our search may help."),
        ("Hafen Portvale", "<h1>Schade</h1>", "Die Seite wurde leider nicht gefunden. Zur Startseite."),
        ("Portvale", "<h1>This page isn't available</h1>", "The link may be broken. Go to the front page."),
        ("Portvale", "<h1>Nothing to see</h1>", "The article you are looking for has been removed."),
        ("Portvale", "<h1>Diese Seite existiert nicht mehr</h1>", "Bitte suchen Sie im Archiv."),
        ("Portvale", "<h1>Cette page n'existe plus</h1>", "Elle a été déplacée."),
        ("Portvale", "<h1>Strona nie istnieje</h1>", "Przejdź do wyszukiwarki."),
        ("Portvale", "<h1>Sivua ei löydy</h1>", "Palaa etusivulle."),
        ("Portvale", "<h1>お探しのページは見つかりません</h1>", "トップへ戻る"),
        ("Portvale", "<h1>ไม่พบหน้าที่คุณต้องการ</h1>", "กลับสู่หน้าแรก"),
    ],
)
def test_a_page_that_says_it_is_missing_is_an_error(title: str, body: str, text: str) -> None:
    assert kind(body, title=title, text=text, published_at="") == "missing"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Harbour page not found on old map", TEXT),
        ("Pier 404 opens", PROSE),
        ("Route 404 is open again", PROSE * 2),
        ("404 jobs at the new pier", PROSE),
        ("The old pier no longer exists", TEXT),
    ],
)
def test_an_article_about_what_is_missing_or_numbered_404_is_a_release(title: str, text: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text) == "release"


@pytest.mark.parametrize(
    ("status", "expected"), [(404, "error"), (410, "error"), (500, "error"), (402, "paywalled"), (403, "error")]
)
def test_an_error_status_is_an_error(status: int, expected: PageKind) -> None:
    assert kind(status=status) == expected


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_challenge_is_no_error(status: int) -> None:
    body = '<form id="challenge-form"><script src="/cdn-cgi/challenge-platform/x.js"></script></form>'
    assert (
        kind(
            body,
            status=status,
            title="Just a moment...",
            text="Enable JavaScript and cookies to continue",
            published_at="",
        )
        == "challenge"
    )


def test_short_notices_that_refuse_are_no_releases() -> None:
    denied = "You don't have permission to access this page on this server. Reference #18.6f3d1702.17"
    assert kind("<h1>Access Denied</h1>", title="Access Denied", text=denied, published_at="") == "challenge"
    pier = "The old pier has been removed. The harbour office of Portvale said so on its page on Monday."
    assert kind("<h1>Pier removed</h1>", title="Pier removed", text=pier, published_at="") == "release"
    assert kind("<h1>Page of the charter not found in flood</h1>", title="Charter", text=TEXT) == "release"


def test_a_challenge_without_text_is_told_by_its_heading_or_its_script() -> None:
    asks = "<h1>Checking your browser before you go on to portvale.example</h1>"
    assert kind(asks, title="Just a moment...", text="", published_at="") == "challenge"
    script = "<script>window._cf_chl_opt={cType: 'managed'}</script>"
    assert kind(f"<h1>portvale.example</h1>{script}", title="Just a moment...", text="", published_at="") == "challenge"
    news = "Bot protection for the captcha of the library"
    assert kind(f"<h1>{news}</h1>", title=news, text=PROSE, published_at="") == "release"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("429 Too Many Requests", "You have sent too many requests. Please slow down and try again later."),
        ("Zu viele Anfragen", "Zu viele Anfragen von Ihrer Adresse. Bitte versuchen Sie es in einer Stunde erneut."),
        ("Слишком много запросов", "С вашего адреса поступило слишком много запросов."),
    ],
)
def test_a_page_that_asks_to_come_more_slowly_is_a_challenge(title: str, text: str) -> None:
    assert kind(title=title, text=text, published_at="") == "challenge"
    stated = "The office gets too many requests for bus stops. It will answer all of them in spring, said Ida Wren."
    assert kind(title="Too many requests for bus stops", text=stated) == "release"


def test_a_page_of_maintenance_is_no_release_and_a_release_about_some_is_one() -> None:
    text = "We are working on our website. Please come back later."
    assert kind(title="Scheduled maintenance", text=text, published_at="") == "maintenance"
    works = "The lift at quay 9 is closed for maintenance until Friday. The harbour office regrets the inconvenience."
    assert kind(title="Lift at quay 9 closed for maintenance", text=works, published_at="") == "release"
    stated = {"published_at": "meta"}
    assert kind(title="Website maintenance", text=f"{works} {text}", origins=stated) == "release"


@pytest.mark.parametrize(
    "text",
    [
        "You need to enable JavaScript to see this page.",
        "JavaScript is disabled.",
        "Bitte aktivieren Sie JavaScript.",
        "Для работы сайта включите JavaScript.",
    ],
)
def test_a_page_that_asks_for_scripts_is_no_article(text: str) -> None:
    assert kind(text=text, published_at="", path="/boats") == "other"
    assert kind(text=f"{text}\n\n{TEXT}", published_at="", path="/boats") == "release"


def test_an_article_about_captchas_is_a_release() -> None:
    assert kind(title="Why captchas ask whether you are human") == "release"
    assert (
        kind(title="Security check at the pier", text="Visitors pass a security check at the pier from Monday.")
        == "release"
    )


def test_a_consent_page_is_no_article() -> None:
    text = "We and our partners use cookies. By giving consent you accept personalised ads, see our privacy policy."
    assert kind(title="Before you continue to Portvale", text=text, published_at="") == "consent"
    assert kind(title="Before you continue to Portvale", text=text, origins={"published_at": "feed"}) == "consent"
    assert kind(title="Harbour adopts privacy and cookie rules", text=text) == "release"


def test_a_wall_of_consent_is_known_by_its_sentences_where_it_has_no_menu() -> None:
    asking = (
        "Read on with advertising as before. Our partners use cookies for that. You may end your consent at any time."
    )
    wall: dict[str, Any] = {"title": "The Portvale Post", "path": "/pier", "published_at": ""}
    assert kind(text=asking, **wall) == "consent"
    assert kind(text=asking, named="Pier opens", **wall) == "release"
    assert kind(LINKS, text=asking, **wall) == "release"
    assert kind(text=asking, **{**wall, "published_at": "2026-03-11"}) == "release"
    told = (
        "The port is fined for the cookies of its partners. It had asked nobody for consent. The fine is paid by June. "
    )
    assert kind(text=f"{told}Ships are not concerned. The court sits again on Friday.", **wall) == "release"


def test_a_paywalled_page_with_little_text_is_no_article() -> None:
    teaser = "The board has a plan. Subscribe to continue reading."
    assert kind(free=False, text=teaser) == "paywalled"
    assert kind(free=False) == "release"
    assert kind(free=True, text=teaser) == "release"


def test_a_form_for_a_password_without_words_is_a_wall() -> None:
    form = "<form><input name=u><input type=password></form>"
    assert kind(form, text="", published_at="", title="") == "paywalled"
    assert kind(f"<p>{PROSE}</p>{form}", text=PROSE, published_at="") == "paywalled"
    assert kind(f"<p>{PROSE * 3}</p>{form}", text=PROSE * 3, published_at="") == "release"
    dense = "港務局說，九號碼頭的渡輪從星期一起每半小時開一班，冬天也一樣。" * 4  # says as much as 250 letters
    assert kind(f"<p>{dense}</p>{form}", text=dense, published_at="") == "release"
    twice = f"<p>{PROSE}</p><p>{PROSE}</p>{form}"
    assert kind(twice, text=f"{PROSE}\n\n{PROSE}", origins={"published_at": "meta"}) == "release"


def test_a_form_for_a_password_is_no_release_because_a_feed_told_a_day() -> None:
    wall = "<p>Enter your name and your password to read on. The office gives you both.</p>"
    form, told = "<form><input name=u><input type=password></form>", {"published_at": "feed"}
    words = "Enter your name and your password to read on. The office gives you both."
    assert kind(wall + form, text=words, title="Enter", origins=told) == "paywalled"
    assert kind(f"<time>11 March</time>{wall}{form}", text=words, origins=told) == "release"


def test_a_page_without_text_is_none() -> None:
    assert kind(text="  ") == "other"


STATED = {"published_at": "meta"}
DATED = "The road over the Karn is blocked by snow. It will be cleared by Thursday, and nobody was hurt."


@pytest.mark.parametrize(
    "title",
    [
        "Road over the Karn blocked",
        "Lost skiers not found yet",
        "Verschütteter nicht gefunden",
        "Security check at the port",
    ],
)
def test_a_short_release_that_says_when_it_was_published_is_no_obstacle(title: str) -> None:
    body = '<form><div class="g-recaptcha"></div></form>'
    assert kind(body, text=DATED, title=title, origins=STATED) == "release"


def test_a_person_who_was_not_found_makes_no_missing_page() -> None:
    text = "The skier was not found on Sunday. Forty people and two dogs searched the slopes until dark."
    assert kind("<h1>Skier not found</h1>", text=text, title="Skier not found", published_at="") == "release"
    law = "The document was not found in the vault, said the harbour master. It was lost in the flood of 1874."
    assert kind("<h1>Charter lost</h1>", text=law, title="Charter lost", published_at="") == "release"
    gone = "The page you asked for was not found. Try the search."
    assert kind("<h1>Not found</h1>", text=gone, title="Not found", published_at="") == "missing"


SHELF = "".join(
    f'<div class="card"><a href="/p/{n}"><img src="/{n}.jpg">Lamp {n}</a><span>$4{n}.50</span></div>' for n in range(9)
)


def test_a_shelf_of_a_shop_is_a_listing() -> None:
    text = "Lamps for every ship, by day and by night."
    assert kind(SHELF, path="/collections/lamps", text=text, published_at="") == "listing"
    assert kind(SHELF, path="/lamps", text=text, published_at="", kinds=("productgroup",)) == "listing"


def test_an_article_with_prices_beside_it_is_a_release() -> None:
    assert kind(SHELF, path="/news/lamps-are-dear", origins=STATED) == "release"
    assert kind(SHELF, path="/news/lamps-are-dear", published_at="") == "release"
    assert kind(SHELF, path="/news/lamps-are-dear", kinds=("newsarticle", "product")) == "release"


def test_a_home_page_is_one_however_it_was_reached() -> None:
    found = kind("<h2><a href='/a'>One</a></h2>" * 8, path="/?utm_source=feed", text="Lamps. " * 9, published_at="")
    assert found == "home"


WALL = (
    "We and our 88 partners store cookies on your device, for advertising that suits you and to measure it.\n\n"
    "With your consent we use your location, too. You may change this under privacy at any time.\n\n"
    + "If you refuse, we ask you to take out a subscription. "
    * 8
)


def test_a_demand_for_consent_is_known_by_its_first_heading() -> None:
    heading = "<h1>Before you continue to the Portvale Post</h1>"
    by_url = {"published_at": "url"}
    assert kind(heading, text=WALL, origins=by_url) == "consent"
    assert kind("<h1>Pier opens at Portvale</h1>", text=WALL, origins=by_url) == "release"
    assert kind(heading, text=WALL, origins={"published_at": "meta"}) == "release"
    assert kind(heading, text=TEXT, origins=by_url) == "release"


def test_a_longer_demand_to_sign_in_is_known_by_its_heading() -> None:
    form = '<h1>{}</h1><p>{}</p><form><input type="password"></form>'
    told = "This is for reporters who have registered with us. " * 8
    assert kind(form.format("Please sign in", told), text=told, published_at="", title="Please sign in") == "paywalled"
    assert kind(form.format("Pier opens at Portvale", told), text=told, published_at="") == "release"


def test_short_lines_without_a_sentence_or_a_day_are_no_release() -> None:
    table = "\n".join(f"Pier {n} | 4 Quay Road | {n} ships" for n in range(8))
    assert kind(built=True, text=table, published_at="") == "other"
    assert kind(built=True, text=table) == "release"
    assert kind(built=True, text=table, published_at="", named="Piers of Portvale") == "release"
    assert kind(built=True, text=f"{table}\nThe board counted them.", published_at="") == "release"
    assert kind(built=True, text=f"{table}\n{PROSE.strip(' .')}", published_at="") == "release"


def test_a_page_that_has_the_heading_by_which_a_list_named_it_is_not_closed() -> None:
    title, text = (
        "Portal maintenance on Saturday",
        "The portal is down for maintenance on Saturday. Please come back later.",
    )
    page = {"text": text, "title": title, "published_at": ""}
    assert kind(f"<h1>{title}</h1>", named=title, **page) == "release"  # type: ignore[arg-type]
    assert kind(f"<h1>{title}</h1>", named="Pier opens at Portvale", **page) == "maintenance"  # type: ignore[arg-type]
    assert kind(f"<h1>{title}</h1>", **page) == "maintenance"  # type: ignore[arg-type]
    gone = {"title": "Pier opens", "text": "The page you requested is no longer available.", "published_at": ""}
    assert kind("<h1>Pier opens</h1>", named="Pier opens", **gone) == "missing"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Az oldal nem található", "Sajnáljuk, a keresett oldal nem található. Kérjük, ellenőrizze a címet."),
        ("お探しのページは見つかりませんでした", "お探しのページは見つかりません。アドレスをご確認ください。"),
        ("Nie znaleziono", "Strona, której szukasz, nie istnieje."),
        ("Không tìm thấy trang", "Trang bạn tìm không tìm thấy hoặc đã bị xóa."),
        ("페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다."),
        ("Oups !", "La page que vous recherchez est introuvable."),
        ("Oops!", "The page you are looking for does not exist. It may have been moved."),
    ],
)
def test_a_page_that_says_in_another_language_that_it_is_missing_is_so(title: str, text: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=f"{title}\n\n{text}", published_at="") == "missing"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Access Denied",
            'You don\'t have permission to access "http://portvale.example/" on this server. Reference #18',
        ),
        ("Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
        ("ERROR: The request could not be satisfied", "The request could not be satisfied. Request blocked."),
        ("Einen Moment bitte", "Ihr Browser wird überprüft, bevor Sie weitergeleitet werden."),
        (
            "Your access to this site has been limited by the site owner",
            "If you think you have been blocked in error, contact the owner.",
        ),
        ("Making sure you're not a bot!", "Making sure you're not a bot! Loading..."),
    ],
)
def test_a_refusal_of_a_firewall_is_a_challenge(title: str, text: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text, published_at="") == "challenge"
    assert kind(f"<h1>{title}</h1>", title=title, text=PROSE * 2) == "release"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working."),
        ("portvale.example", "This domain may be for sale. Buy this domain."),
        ("Coming soon", "Our new pages are being made. Come again."),
    ],
)
def test_a_page_of_a_server_or_domain_without_a_site_is_no_release(title: str, text: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text, published_at="") == "other"
    assert kind(title="Coming soon: a new pier", text=PROSE) == "release"


def test_a_search_that_found_nothing_is_no_release_and_one_for_somebody_is() -> None:
    assert kind(title="Search results for fog", text="0 results were found for fog.", published_at="") == "listing"
    told = "The search for two sailors brought no results on Monday. It will go on, the coast guard said."
    assert kind(title="Coast guard goes on with its search", text=told) == "release"


def test_a_page_named_for_consent_asks_for_it() -> None:
    text = "Read on with advertising, cookies and tracking. Our partners and vendors work with your personal data. " * 8
    assert kind("<h1>Welcome to the Courier</h1>", title="Consent - Courier", text=text, published_at="") == "consent"
    assert kind("<h1>Consent of owners needed</h1>", title="Consent of owners needed", text=TEXT) == "release"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Anmeldung erforderlich", "Dieser Bereich ist nur für angemeldete Nutzer zugänglich.", "paywalled"),
        ("Login required", "This area is for members.", "paywalled"),
        ("Your browser is not supported", "Please upgrade to a newer one.", "other"),
        ("This content is not available in your region", "We cannot show it at this time.", "other"),
    ],
)
def test_a_page_that_is_shown_to_others_only_is_no_release(title: str, text: str, expected: PageKind) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text, published_at="") == expected
    assert kind(title=f"Portvale: {title.lower()} for boats", text=PROSE) == "release"


@pytest.mark.parametrize("title", ["Something went wrong", "Es ist ein Fehler aufgetreten", "Произошла ошибка"])
def test_a_page_that_says_that_its_server_failed_is_an_error(title: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text="Please ask the support.", published_at="") == "error"
    told = f"{title} when the pier was built, engineers say"
    assert kind(f"<h1>{told}</h1>", title=told, text=PROSE) == "release"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Strandfund an der Südseite gelöscht", "Der Brand am Strand von Portvale ist aus. Verletzt wurde niemand."),
        ("Бетонные сваи у пирса удалены", "Сваи вывезли в понедельник. Пирс открыт, сказали в порту."),
        ("Ismét lehet halászni: olaj nem található", "A kikötő közölte, hogy a víz tiszta. A móló hétfőn nyit."),
        ("Båt ikke funnet siden mars", "Havnen leter videre. Tips kan gis til vakten i Portvale."),
        ("Trang trại không tìm thấy cá", "Cảng cho biết các mẫu đều âm tính. Trang trại sẽ mở lại."),
        ("False page of the harbour has been removed", "It asked for money. The harbour office had it taken down."),
        ("Fake page has been removed", "It asked for money in the name of the pier. Nobody paid, said Ida Wren."),
        ("Pier opens", "The documents you need for the pier have been moved to the office at quay 9."),
        ("El puerto aclara que el permiso no existe", "Circula un documento sobre el muelle. El documento no existe."),
        ("Порт: документ не существует", "Порт сообщает: документа о сборах не существует. Сборы прежние."),
        (
            "Ships were not harmed",
            "Our security system saw unusual activity and blocked an attack. Work goes on. It is safe.",
        ),
        ("Security checkpoint opens at pier 9", "The security system protects sailors better. It has two lanes."),
        ("Wren Ltd shows bot detection", "The security solution helps to protect shops. It costs ten crowns a month."),
        (
            "Search for two sailors ends",
            "Three boats were out until Monday, but nothing was found. Tips go to the port.",
        ),
        ("Search: port asks for help", "A boat is missing. Nothing was found so far. Call the port."),
        ("Dock dry", "The page about the dock is no longer available on the old site. Use the new one."),
        ("Domain for sale", "The forest of the crown has ten hectares, the estate says."),
        ("Поиск лодки прекращён", "Три дня работали водолазы, но ничего не найдено. Порт открыт."),
        ("Résultats du relevé des moules", "Le port dit que, sur trois bancs, aucun résultat n'est mauvais."),
        ("Report on technical error", "Some letters of the port had a wrong sum. All get a new one in ten days."),
        ("Fehler im Bescheid aufgeklärt", "Es ist ein Fehler im Programm gewesen. Der Hafen schreibt neu."),
        ("Update your browser", "A flaw lets others read along, the port warns. Install the newest one today."),
        ("New waiting room at pier 9", "The waiting time for our services fell by a third, said Ida Wren."),
        ("Virtual queue for berths opens", "Boats take a number. The waiting time fell. Our portal opens on Monday."),
        ("Port police seize domain", "Two men sold berths. The domain is for sale, a note on it said before."),
    ],
)
def test_a_short_release_without_a_day_that_has_words_of_a_notice_stays_one(title: str, text: str) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text, published_at="") == "release"


def test_a_page_titled_by_the_failure_of_a_server_is_an_error_and_a_release_of_that_name_is_one() -> None:
    text = (
        "The server could not complete your request.\n\nPlease contact the webmaster and tell when it occurred, and "
        "what you did before it.\n\nMore may be in the log of the server. You may also go back and try it once again."
    )
    body = "<h1>Bad gateway</h1>"
    page = {"title": "502 Bad gateway", "published_at": ""}
    assert kind(body, text=text, **page) == "error"  # type: ignore[arg-type]
    assert kind(body, text=text, named="Bad gateway", **page) == "release"  # type: ignore[arg-type]
    assert kind(body, text="\n\n".join([text] * 5), **page) == "release"  # type: ignore[arg-type]
    outage = "The harbour board said on Tuesday that its berths can be booked again. Nine ships had waited since noon."
    assert kind("<h1>Service unavailable on two lines</h1>", text=outage, title="Service unavailable on two lines") == (
        "release"
    )


def test_a_part_of_a_title_that_is_no_headline_makes_no_notice() -> None:
    wing = "The museum of Portvale opens its wing in spring. It holds four rooms. Ida Wren thanked the donors."
    head = "New wing | Coming soon | Museum of Portvale"
    assert kind("<h1>New wing</h1>", title=head, text=wing, published_at="") == "release"
    talk = "Posters explain consent and privacy in plain words. They were made with partners from the port."
    head = "Consent matters | Portvale"
    assert kind("<h1>Consent matters</h1>", title=head, text=talk, published_at="") == "release"
    assert (
        kind("<h1>Consent required</h1>", title="Consent required - Courier", text=CONSENT, published_at="")
        == "consent"
    )


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Страница удалена", "Вернитесь на главную.", "missing"),
        ("This page has been removed", "Go to the front page.", "missing"),
        ("Oh!", "The page you are looking for has been moved.", "missing"),
        ("Siden findes ikke", "Gå til forsiden.", "missing"),
        ("Recherche : « quai »", "Aucun résultat.", "listing"),
        ("Oops! Something went wrong.", "Ask the office.", "error"),
        ("Waiting Room", "You are now in line for this website. Waiting time: 4 minutes.", "maintenance"),
        ("Bot verification", "Making sure you are not a bot: press and hold.", "challenge"),
    ],
)  # fmt: skip
def test_a_notice_that_says_next_to_nothing_else_is_told(title: str, text: str, expected: PageKind) -> None:
    assert kind(f"<h1>{title}</h1>", title=title, text=text, published_at="") == expected


TEASED = [f"The pier of number {n} was mended on Monday, and it is in use by all who live near it." for n in range(4)]


def teased(href: str = "/news/{n}", told: int = 1) -> tuple[str, str]:
    """A small page of teasers, and the text that is found in it."""
    heads = [f"Pier {n} opens again" for n in range(4)]
    entries = [
        [f"<h3><a href='{href.format(n=n)}'>{head}</a></h3>"] + [f"<p>{TEASED[n]}</p>"] * told
        for n, head in enumerate(heads)
    ]
    lines = (line for n, head in enumerate(heads) for line in [head, *[TEASED[n]] * told])
    return "".join("".join(entry) for entry in entries), "\n\n".join(lines)


def test_a_small_page_of_teasers_is_a_listing() -> None:
    body, text = teased()
    assert kind(body, "/all", text=text, built=True, published_at="") == "listing"
    inside = (
        body.replace("<h3><a", "<a")
        .replace("</a></h3>", "</a>")
        .replace("Pier", "<h3>Pier")
        .replace("again<", "again</h3><")
    )
    assert kind(inside, "/all", text=text, built=True, published_at="") == "listing"
    days = "".join(f"<span>{n} March 2026</span><br>" for n in range(1, 5))
    assert kind(body + days, "/all", text=text, built=True, origins={"published_at": "text"}) == "listing"


@pytest.mark.parametrize("count", [5, 9])
def test_a_list_in_which_a_release_is_named_is_not_that_release(count: int) -> None:
    row = '<h2><a href="/{0}">Pier {0} opens at Portvale Quay</a></h2><time>2026-03-02</time><p>In short: pier {0}.</p>'
    rows = "".join(map(row.format, range(count)))
    named = "Pier 4 opens at Portvale Quay"

    def of(heading: str = "What we said", origin: str = "time", **said: object) -> PageKind:
        text = "\n".join(f"Pier {n} opens at Portvale Quay\nIn short: pier {n}." for n in range(count) if n != 4)
        said |= {"title": named, "origins": {"published_at": origin}}
        said = {"head": "What we said", "text": text} | said
        return kind(f"<h1>{heading}</h1>{rows}", "/4", named=named, **said)  # type: ignore[arg-type]

    assert of() == "listing"
    assert of(head=f"{named} | Portvale Quay") == "release", "a page of this title, whose headline is a link to itself"
    assert of(text="\n".join(["The council of Portvale decided on pier 4."] * 9)) == "release", "links beside a text"
    assert of(heading=named) == "release"
    assert of(origin="meta") == "release"
    assert of(kinds=("og:article",)) == "release"


def test_a_small_article_whose_headings_lead_elsewhere_is_a_release() -> None:
    body, text = teased()
    assert kind(body, "/all", text=text, built=True, published_at="", named="Pier opens at Portvale") == "release"
    assert kind(body, "/all", text=text, built=True, published_at="", kinds=("newsarticle",)) == "release"
    assert kind(body, "/all", text=text, built=True, origins={"published_at": "text"}) == "release"
    below = f"<p>{PROSE}</p>{body}"
    assert kind(below, "/all", text=TEXT, built=True, published_at="") == "release"
    lead = "Four piers that the storm had broken in January are in use again from this week on, said the harbour board."
    above = f"<p>{lead}</p>{body}"
    assert kind(above, "/all", text=f"{lead}\n\n{text}", built=True, published_at="") == "release"
    in_part = body.replace("<h3><a", "<h3>Visit: <a")
    in_text = text.replace("Pier", "Visit: Pier")
    assert kind(in_part, "/all", text=in_text, built=True, published_at="") == "release"
    own = "/all#pier-{n}"
    for href, told in (("#pier-{n}", 1), (own, 1), ("https://winner{n}.example/", 1), ("/news/{n}", 3)):
        body, text = teased(href, told)
        assert kind(body, "/all", text=text, built=True, published_at="") == "release"
