"""Titles that only name a section, and the headline below one."""

from __future__ import annotations

from functools import partial

import pytest

from archive.metadata.title_sections import headline_told, home_names, linked_names, names_section, without_section
from archive.page.html import parse
from archive.page.markup import read_markup

TITLE = "Tamsk bridge opens to walkers"
PROSE = f"<p>{'Walkers cross the new bridge of the town. ' * 5}</p>"


def _told(body: str, title: str = "News", head: str = "", linked: str = "", repeated: str = "") -> str:
    said = read_markup(parse(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()))
    is_section = partial(names_section, is_repeated=lambda text: text == repeated)
    return headline_told(said, is_section, linked, ("한빛도청", "Tamsk", "un", "amselbridge", ""))


@pytest.mark.parametrize(
    "name",
    [
        "Press releases",
        "News & Events",
        "Aktuelles",
        "Communiqué de presse",
        "Новости",
        "新闻中心",
        "お知らせ",
        "記者発表資料",
        "보도자료",
    ],
)
def test_what_sites_call_their_lists_names_a_section(name: str) -> None:
    assert names_section(name)
    assert names_section(f"{name}:")


@pytest.mark.parametrize("title", ["", TITLE, "News of the bridge", "Press freedom in Tamsk", "Новости моста"])
def test_a_headline_names_none(title: str) -> None:
    assert not names_section(title)


def test_a_trail_of_sections_and_the_end_of_an_address_are_no_headlines() -> None:
    assert names_section("Home » News »")
    assert names_section("tamsk-bridge-opens-to-walkers")
    assert not names_section("Home » Tamsk bridge opens")
    assert not names_section("Tamsk-Orra bridge")
    body = f"<h1>Home » News »</h1><p><strong>{TITLE}</strong></p>{PROSE}"
    assert _told(body, title=f"{TITLE} » News » Town of Tamsk") == TITLE


def test_a_text_that_the_source_repeats_names_a_section() -> None:
    assert names_section("From the town hall", lambda text: True)


SERIES = "Prices of bread, May 2026"


@pytest.mark.parametrize(
    ("h1", "linked", "told"),
    [
        (SERIES, SERIES, ""),
        (SERIES, "", TITLE),
        (SERIES, TITLE, TITLE),
        ("Press release 12/2026", "Press release 12/2026", TITLE),
        ("Rundschreiben Nr. 12", "Rundschreiben Nr. 12", TITLE),
    ],
    ids=["listed so", "by no list", "the list names another", "only a number", "a word with a number"],
)
def test_a_heading_that_a_series_repeats_and_a_list_calls_the_page_names_no_section(
    h1: str, linked: str, told: str
) -> None:
    assert _told(f"<h1>{h1}</h1><h2>{TITLE}</h2>{PROSE}", h1, linked=linked, repeated=h1) == told


@pytest.mark.parametrize(
    "headline",
    [f"<h2>{TITLE}</h2>", f'<div class="pr-headline">{TITLE}</div>', f"<p>3 May 2026</p><h4>{TITLE}</h4>"],
)
def test_the_heading_below_the_name_of_a_section_is_the_headline(headline: str) -> None:
    assert _told(f"<h1>Newsroom</h1>{headline}{PROSE}") == TITLE
    assert _told(f"<h1>From the town hall</h1>{headline}{PROSE}", repeated="From the town hall") == TITLE
    assert _told(f"<h1>From the town hall</h1>{headline}{PROSE}") == ""


@pytest.mark.parametrize(
    "body",
    [f"{PROSE}<h2>{TITLE}</h2>", f"<aside><h2>{TITLE}</h2></aside>{PROSE}", "<h2>Share this</h2>" + PROSE, PROSE],
)
def test_what_stands_aside_or_below_prose_or_says_little_is_no_headline(body: str) -> None:
    assert _told(f"<h1>Newsroom</h1>{body}") == ""


def test_without_any_h1_the_first_heading_is_the_headline_that_the_title_shortens() -> None:
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", title="Press release") == TITLE
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", title="Bridge opens") == TITLE
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", title="Ferry sinks") == ""
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", title="Press release", linked=TITLE) == ""
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", head='<meta property="og:title" content="Bridge">') == ""


def test_links_to_the_home_page_name_the_site() -> None:
    page = '<a href="/"><img src="l.png" alt="Town of Tamsk"></a><a href="/">Home</a><a href="/news">News of Tamsk</a>'
    assert home_names(read_markup(parse(page.encode()))) == ("Town of Tamsk",)


def test_links_name_the_sections_that_the_title_has() -> None:
    way = '<a href="/">Town of Tamsk</a><a href="/news">News</a><a href="/bridge">Bridge opens</a>'
    for title, names in (
        ("Town of Tamsk » News » Bridge opens", ("Town of Tamsk", "News")),
        ("News: Bridge opens", ("Town of Tamsk",)),
        ("Town of Tamsk » Statements » Bridge opens", ("Town of Tamsk",)),
    ):
        assert linked_names(read_markup(parse(f"<title>{title}</title>{way}".encode()))) == names


@pytest.mark.parametrize(
    "heading",
    [f"PRESS RELEASE<br>{TITLE}", f"<span>Press release</span> {TITLE}", f"<small>Aktuelles</small><br/>{TITLE}"],
)
def test_the_name_of_a_section_in_a_line_or_element_of_its_own_begins_no_headline(heading: str) -> None:
    said = read_markup(parse(f"<h1>{heading}</h1>".encode()))
    assert without_section(said, said.heading_texts) == (TITLE,)


@pytest.mark.parametrize("heading", [f"Press release: {TITLE}", f"Tamsk<br>{TITLE}", "<span>News</span> of the bridge"])
def test_other_words_at_the_beginning_of_a_headline_stay(heading: str) -> None:
    said = read_markup(parse(f"<h1>{heading}</h1>".encode()))
    assert without_section(said, said.heading_texts) == said.heading_texts


@pytest.mark.parametrize(
    "title",
    [
        "News | Town of Tamsk",
        "News – Amsel Bridge",
        "City of Tamsk: News",
        "보도자료 | 한빛도청",
        "보도자료｜한빛도청",
        "Aktuelles - Tamsk",
    ],
)
def test_without_any_h1_the_first_heading_is_the_headline_where_the_title_names_section_and_site(title: str) -> None:
    assert _told(f"<h2>News</h2><h3>{TITLE}</h3>{PROSE}", title) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "News: the town buys the old pier",
        "Ferry fares fall | Tamsk",
        "新闻：全市新增公共充电桩三千个",
        "Statement: Ferry fares",
        "News: pier opens",
        "Press release – pier opens",
        "Новости - Пирс открыт",
        "News | Funds grow",
    ],
)
def test_a_title_with_a_headline_of_its_own_keeps_it(title: str) -> None:
    assert _told(f"<h3>More about what we do</h3>{PROSE}", title) == ""


def test_a_logo_in_the_h1_tells_no_more_than_none() -> None:
    logo = '<h1 class="logo"><a href="/">한빛도청</a></h1><h2>보도자료</h2>'
    assert _told(f"{logo}<h3>{TITLE}</h3>{PROSE}", "보도자료 | 한빛도청") == TITLE
    assert _told(f"{logo}<h3>{TITLE}</h3>{PROSE}", "보도자료", '<meta property="og:title" content="한빛도청">') == TITLE
    assert _told(f"{logo}<h3>{TITLE}</h3>{PROSE}", "보도자료", '<meta property="og:title" content="Bridge">') == ""
    assert _told(f"{logo}<h3>{TITLE}</h3>{PROSE}", "Walkers cross | 한빛도청") == ""
    assert _told(f"{logo}<h3>3 May 2026</h3><h4>{TITLE}</h4>{PROSE}", "보도자료 | 한빛도청") == TITLE


def test_a_form_that_holds_the_page_has_its_headline() -> None:
    assert _told(f"<form><nav><a href='/'>Home</a></nav><h2>{TITLE}</h2>{PROSE}</form>") == TITLE
    assert _told(f"<div>Tamsk</div><form><h2>{TITLE}</h2></form>{PROSE}") == ""


def test_a_bar_within_a_headline_does_not_shorten_it() -> None:
    title = "Q1|Q2 results of the harbour compared"
    assert _told(f"<h2>{title}</h2>{PROSE}", title) == title
    assert _told(f'<h1 class="logo"><a href="/">Tamsk</a></h1><h2>{title}</h2>{PROSE}', title) == title
    assert _told(f"<h2>{TITLE} | Tamsk</h2>{PROSE}", f"{TITLE} | Tamsk") == TITLE


@pytest.mark.parametrize(
    "before",
    [
        "<dialog><h2>Your choice about our cookies</h2></dialog>",
        '<div class="cookie-notice"><h1>We use cookies on this site</h1></div>',
        f'<div class="consent"><h3>Your choice about our cookies</h3>{PROSE}</div>',
        '<div role="alert"><h2>Both lifts are closed today</h2></div>',
        '<div style="display:none"><h2>Search the whole site here</h2></div>',
    ],
)
def test_what_lies_over_the_page_or_is_not_shown_has_no_headline(before: str) -> None:
    assert _told(f"{before}<main><h2>{TITLE}</h2>{PROSE}</main>") == TITLE


@pytest.mark.parametrize(
    "line",
    [
        f"<p><strong>{TITLE}</strong></p>",
        f'<div><font size="4"><b>{TITLE}</b></font></div>',
        f'<div class="title">{TITLE}</div>',
        f"<p><b>FOR IMMEDIATE RELEASE: NO DELAY</b></p><p><b>Contact the press office at:</b></p><p><b>{TITLE}</b></p>",
        f'<p><a href="/all"><b>All our notices of today</b></a></p><p><b>{TITLE}</b></p>',
        f"<p>Here the <b>old bridge of the town</b> was.</p><p><b>{TITLE}</b></p>",
    ],
)
def test_without_headings_a_line_in_strong_type_or_called_a_title_is_the_headline(line: str) -> None:
    assert _told(f"<div>{line}{PROSE}</div>") == TITLE


def test_a_line_in_strong_type_below_prose_is_no_headline() -> None:
    assert _told(f"<div>{PROSE}<p><b>{TITLE}</b></p></div>") == ""


@pytest.mark.parametrize(
    "line",
    [
        f"<p><b>{TITLE}</b></p>",
        f'<p><font size="4">{TITLE}</font></p>',
        f"<b>{TITLE}</b><br><br>",
        f"3 May 2026<br><strong>{TITLE}</strong><br>",
        f"<p>Press release 12</p><center><font face='Arial'><b>{TITLE}</b></font></center>",
    ],
)
def test_without_any_heading_the_line_in_strong_type_above_the_text_is_the_headline(line: str) -> None:
    menu = "<td><font size='5'>Tamsk, town at the river</font></td>"
    assert _told(f"<table><tr>{menu}<td>{line}{PROSE}</td></tr></table>", "Tamsk - News") == TITLE
    assert _told(f"{line}{PROSE}", "From the town hall", repeated="From the town hall") == TITLE
    assert _told(f"{line}{PROSE}", "Ferry fares fall") == ""
    assert _told(f"{line}{PROSE}", "Bridge opens") == ""


@pytest.mark.parametrize(
    "body",
    [
        f"<p><b>{TITLE}</b>, after two years.</p>{PROSE}",
        f"<p>Today <b>{TITLE}</b></p>{PROSE}",
        f"<p><i>Today</i> <b>{TITLE}</b></p>{PROSE}",
        f"{PROSE}<p><b>{TITLE}</b></p>",
        f"<p><b>Tamsk, Tuesday, 5 May 2026</b></p>{PROSE}",
        f"<p><b>Tamsk town hall</b></p>{PROSE}",
        f'<p><b><a href="/a">{TITLE}</a></b></p>{PROSE}',
        f'<p><font size="2">{TITLE}</font></p>{PROSE}',
    ],
)
def test_what_is_no_line_of_its_own_or_stands_below_prose_is_no_headline_for_its_strong_type(body: str) -> None:
    assert _told(body, "Tamsk - News") == ""


@pytest.mark.parametrize("name", ["Press release PR260118", "Comunicado 15/2026", "Pressemitteilung #12", "News 2026"])
def test_a_number_behind_the_name_of_a_section_is_of_the_release(name: str) -> None:
    assert names_section(name)
    assert not names_section(f"{name} on the bridge")
    assert _told(f"<h2>{TITLE}</h2>{PROSE}", name) == TITLE


def test_a_heading_by_its_role_is_one() -> None:
    assert _told(f'<div role="heading" aria-level="1">{TITLE}</div>{PROSE}') == TITLE
    assert _told(f'<div role="note">{TITLE}</div>{PROSE}') == ""


def test_a_heading_that_only_adds_a_kicker_to_the_title_does_not_take_its_place() -> None:
    assert _told(f"<h2>Press release by the town: {TITLE}</h2>{PROSE}", TITLE) == ""


@pytest.mark.parametrize("title", [TITLE, f"{TITLE} | Port of Karn", f"{TITLE} - News - Port of Karn"])
def test_below_an_h1_that_is_the_name_of_the_site_stands_the_headline_that_the_title_has(title: str) -> None:
    for heading in ("h3", "h4"):
        assert _told(f"<h1>Port of Karn</h1><{heading}>{TITLE}</{heading}>{PROSE}", title) == TITLE
    assert _told(f"<h1>Port of Karn</h1>{PROSE}<h3>{TITLE}</h3>", title) == ""
    assert _told(f"<h1>Port of Karn</h1><p>{TITLE}</p>{PROSE}", title) == ""
    assert _told(f"<h1>{TITLE}</h1><h3>Port of Karn</h3>{PROSE}", f"Port of Karn | {TITLE}") == ""
    assert _told(f"<h1>Ferry fares fall again in Karn</h1><h3>{TITLE}</h3>{PROSE}", title) == ""


def test_below_an_h1_that_names_a_section_the_line_in_strong_type_or_called_a_title_is_the_headline() -> None:
    for line in (f"<p><b>{TITLE}</b></p>", f"<b>{TITLE}</b><br>", f"<div class='tit'>{TITLE}</div>"):
        assert _told(f"<h1>Newsroom</h1><p>3 May 2026</p>{line}{PROSE}") == TITLE
        assert _told(f"<h1>Newsroom</h1>{PROSE}{line}") == ""


def test_a_long_menu_does_not_hide_the_line_in_strong_type() -> None:
    menu = "".join(f"<li><a href='/{at}'>What the town does for bridge {at}</a></li>" for at in range(40))
    assert _told(f"<ul>{menu}</ul><p><b>{TITLE}</b></p>{PROSE}", "Tamsk - News") == TITLE
    assert _told(f"<p>{'Walkers cross it. ' * 8}</p>" * 6 + f"<p><b>{TITLE}</b></p>{PROSE}", "Tamsk - News") == ""


@pytest.mark.parametrize(
    "title", [f"{TITLE} | Port of Karn", f"{TITLE} - Karn", "渡し船が運賃を下げました | カルン港湾局"]
)
@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Ministry of Ports and Bridges</b></p>",
        "<p><b>The town opens it, and walkers cross it now.</b></p>",
        "<div class='title'>Share this page with friends</div>",
        "<p><b>カルン港湾局 広報課</b></p>",
    ],
)
def test_a_line_that_is_no_heading_does_not_take_the_place_of_a_headline_that_the_title_says(
    line: str, title: str
) -> None:
    assert _told(f"<h1>Press release</h1>{line}{PROSE}", title) == ""
    assert _told(f"<h1>Press release</h1><p><b>{TITLE}</b></p>{PROSE}", "Tamsk bridge | Port of Karn") == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "The town opens it, and walkers cross it now.",
        "For immediate release to all media",
        "Zur sofortigen Veröffentlichung frei",
        "Para su publicación inmediata hoy",
        "Pour diffusion immédiate aux médias",
        "Pressemitteilung der Stadt Tamsk 12",
        "Sperrfrist: Montag, 9 Uhr früh",
        "Contact for the press: Ada Quill",
        "Tamsk et sa rive, le 3 mai 2026",
    ],
)
def test_a_sentence_in_strong_type_and_what_stands_above_a_headline_are_none(line: str) -> None:
    assert _told(f"<p><b>{line}</b></p>{PROSE}", "Tamsk - News") == ""
    assert _told(f"<p><b>{line}</b></p><p><b>{TITLE}</b></p>{PROSE}", "Tamsk - News") == TITLE


@pytest.mark.parametrize(
    "section",
    ["News Flash", "Newsflash", "Breaking news", "What's new", "Neuigkeiten", "Flash info", "Últimas noticias",
     "In evidenza", "Laatste nieuws", "Siste nytt", "Z ostatniej chwili",
     "Последние новости", "Τελευταία νέα", "最新消息", "最新情報",
     "آخر الأخبار", "Tin mới nhất", "Berita terbaru"],
)  # fmt: skip
def test_a_heading_that_names_what_is_new_names_a_section(section: str) -> None:
    assert names_section(section)
    assert not names_section(f"{section} Tamsk")
    page = f"<h1 class='headline'>{section}</h1><h2 class='headline'>{TITLE}</h2>{PROSE}"
    assert _told(page, title="TamskAlerts • Tamsk, KS • TamskEngage") == TITLE


@pytest.mark.parametrize(
    "name",
    ["contentheading", "art-postheader", "itemTitle", "tit", "titulo", "node-title", "field--name-title",
     "view_subject", "ms-rteElement-H1B", "noticia-titulo", "judul"],
)  # fmt: skip
def test_what_old_systems_call_the_element_of_the_headline(name: str) -> None:
    for title in ("Tamsk Port :: Media Releases", "Media Releases - Tamsk"):
        assert _told(f'<div class="{name}">{TITLE}</div>{PROSE}', title=title) == TITLE


@pytest.mark.parametrize("page", ['<div style="display:none">{}</div>', '<div id="page" hidden>{}</div>'])
def test_a_page_that_is_hidden_until_a_script_shows_it_has_its_headline(page: str) -> None:
    assert _told(page.format(f"<h1>News</h1><h2>{TITLE}</h2>{PROSE * 3}")) == TITLE
    assert _told(f"{page.format('<h2>Search the whole site here</h2>')}<h1>News</h1><h3>{TITLE}</h3>{PROSE}") == TITLE
