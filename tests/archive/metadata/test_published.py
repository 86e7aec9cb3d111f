"""When a page was published: how its statements are weighed against each other."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from archive.core.model import Link
from archive.metadata.headline_area import headline_area
from archive.metadata.published import Candidate, Publication, most_supported, read_publication
from archive.page.html import parse
from archive.page.markup import read_markup

TITLE = "Tamsk bridge opens to walkers"
SEEN = datetime(2026, 6, 1, tzinfo=UTC)


def _read(
    head: str = "", near: str = "", url: str = "https://tamsk.example/news/bridge", link: Link | None = None
) -> Publication:
    page = (
        f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{near}<p>Walkers cross.</p></article></body></html>"
    )
    said = read_markup(parse(page.encode()))
    return read_publication(said, headline_area(said, TITLE), url, SEEN, link, "DMY")


def _meta(name: str, moment: str) -> str:
    return f'<meta property="{name}" content="{moment}">'


def _published(found: Publication) -> tuple[str, str]:
    assert found.published
    return found.published.moment, found.published.origin


def test_the_day_with_most_weight_behind_it_wins_and_its_most_precise_statement_is_taken() -> None:
    said = [
        Candidate("2026-05-03", "url", 6),
        Candidate("2026-05-03T10:00:00+02:00", "time", 5),
        Candidate("2026-05-04T09:00:00+02:00", "json-ld", 10),
    ]
    assert most_supported(said) == said[1]
    assert most_supported(said[1:]) == said[2]
    assert most_supported([]) is None


def test_one_place_counts_once_however_often_it_says_a_day() -> None:
    often = [Candidate("2026-05-03", "text", 4)] * 5
    once = Candidate("2026-05-04", "meta", 5)
    assert most_supported([*often, once]) == once


def test_each_kind_of_place_is_read() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-01T08:00:00Z"}</script>'
    )
    assert _published(_read(script))[1] == "json-ld"
    assert _published(_read(_meta("article:published_time", "2026-05-01"))) == ("2026-05-01", "meta")
    assert _published(_read(near='<span itemprop="datePublished">1 May 2026</span>'))[0] == "2026-05-01"
    assert _published(_read(near='<time datetime="2026-05-01T09:00">1 May</time>'))[1] == "time"
    assert _published(_read(near="<p>1 May 2026</p>")) == ("2026-05-01", "text")
    assert _published(_read(link=Link("https://tamsk.example/a", published="2026-05-01"))) == ("2026-05-01", "feed")
    assert _read() == Publication(None, None)


def test_a_day_after_the_capture_is_disbelieved_and_that_is_said() -> None:
    assert _read(_meta("article:published_time", "2031-05-01")) == Publication(None, None, disbelieved=True)


def test_what_is_called_an_update_is_the_modification() -> None:
    found = _read(
        _meta("article:published_time", "2026-05-01"), '<p>Updated: <time datetime="2026-05-09">9 May</time></p>'
    )
    assert found.modified
    assert (_published(found)[0], found.modified.moment) == ("2026-05-01", "2026-05-09")


def test_a_modification_before_the_publication_is_none() -> None:
    head = _meta("article:published_time", "2026-05-05") + _meta("article:modified_time", "2026-05-01")
    assert _read(head).modified is None


def test_an_address_that_names_a_much_earlier_day_tells_when_it_first_appeared() -> None:
    head = _meta("article:published_time", "2026-05-20") + _meta("date", "2026-05-20")
    assert _published(_read(head, url="https://tamsk.example/2026/03/02/bridge")) == ("2026-03-02", "url")
    assert _published(_read(head, url="https://tamsk.example/2026/05/12/bridge")) == ("2026-05-12", "url")
    assert _published(_read(head, url="https://tamsk.example/2026/05/18/bridge"))[0] == "2026-05-20"


def test_a_moment_in_utc_is_told_in_the_zone_in_which_readers_see_it() -> None:
    head = _meta("article:published_time", "2026-05-03T08:30:00+00:00")
    assert _published(_read(head, "<p>3 May 2026 13:30</p>"))[0] == "2026-05-03T13:30:00+05:00"
    assert _published(_read(head, "<p>3 May 2026 13:47</p>"))[0] == "2026-05-03T08:30:00+00:00"
    assert _published(_read(head, "<p>May 3, 2026, 1:30 AM PDT</p>"))[0] == "2026-05-03T01:30:00-07:00"
    assert _published(_read(head, "<p>May 3, 2026, 2:30 AM PDT</p>"))[0] == "2026-05-03T08:30:00+00:00"


def test_a_moment_in_utc_falls_on_the_day_that_its_country_had() -> None:
    head = _meta("article:published_time", "2026-05-03T20:30:00+00:00")
    assert _published(_read(head, url="https://tamsk.pk/2026/05/04/bridge"))[0] == "2026-05-04T01:30:00+05:00"
    assert _published(_read(head, url="https://tamsk.pk/2026/05/03/bridge"))[0] == "2026-05-03T20:30:00+00:00"
    both = _read(head, "<p>3 May 2026</p>", url="https://tamsk.pk/2026/05/04/bridge")
    assert _published(both)[0] == "2026-05-03T20:30:00+00:00", "readers see the day in UTC"


def test_a_day_that_a_time_element_states_as_its_beginning_in_utc_is_the_day_of_its_words() -> None:
    time = '<time datetime="2026-05-{}:00.000Z">{} May 2026</time>'
    assert _published(_read(near=time.format("06T22:00", 7)))[0] == "2026-05-07T00:00:00+02:00"
    assert _published(_read(near=time.format("06T18:30", 7)))[0] == "2026-05-07T00:00:00+05:30"
    assert _published(_read(near=time.format("06T22:10", 7)))[0] == "2026-05-06T22:10:00+00:00"
    assert _published(_read(near=time.format("06T22:00", 8)))[0] == "2026-05-06T22:00:00+00:00"


def test_a_time_among_comments_is_not_the_pages() -> None:
    assert _read(near='<div class="comments"><time datetime="2026-05-09T10:00">9 May</time></div>').published is None


def test_a_time_beside_the_headline_that_the_page_calls_its_modification_is_not_its_publication() -> None:
    stated = _meta("article:published_time", "2019-03-10T15:30:00+00:00") + _meta(
        "og:updated_time", "2026-02-12T13:28:34+00:00"
    )
    shown = '<time datetime="2026-02-12T13:28:34+00:00">12 February 2026</time>'
    assert _published(_read(stated, shown, url="https://tamsk.example/bridge")) == ("2019-03-10T15:30:00+00:00", "meta")


@pytest.mark.parametrize(
    ("head", "shown", "day"),
    [
        (("2026-05-20", "2026-05-20"), "3 March 2026", "2026-03-03"),
        (("2026-05-20", "2026-05-19"), "3 March 2026", "2026-03-03"),
        (("2026-05-20", "2026-05-24"), "3 March 2026", "2026-05-20"),  # it was changed after that
        (("2026-05-20", ""), "3 March 2026", "2026-05-20"),  # nothing says when it was changed
        (("2026-05-20", "2026-05-20"), "19 May 2026", "2026-05-20"),  # late in the evening, or in another zone
        (("2026-05-20", "2026-05-20"), "", "2026-05-20"),
    ],
)
def test_a_day_on_which_a_site_was_written_out_gives_way_to_the_day_beside_the_headline(
    head: tuple[str, str], shown: str, day: str
) -> None:
    stated = {"datePublished": head[0], "dateModified": head[1]}
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE} | {name: at for name, at in stated.items() if at})
    script = f'<script type="application/ld+json">{node}</script>'
    assert _published(_read(script, f"<p>{shown}</p>"))[0] == day
    meta = _meta("article:published_time", head[0])
    assert _published(_read(script + meta, f"<p>{shown}</p>"))[0] == head[0]  # another place says so too


@pytest.mark.parametrize(
    ("address", "day"),
    [("2026/05/bridge", "2026-05-12"), ("news/bridge", "2026-03-03"), ("2026/04/bridge", "2026-03-03")],
)
def test_of_two_days_beside_the_headline_that_of_the_addresss_month_counts(address: str, day: str) -> None:
    shown = "<p>12 May 2026</p><p>Published: 3 March 2026</p>"
    assert _published(_read(near=shown, url=f"https://tamsk.example/{address}"))[0] == day


def test_the_year_that_a_page_states_counts_more_than_that_of_a_list() -> None:
    in_list = Link("https://tamsk.example/a", published="2026-05-03")
    assert _published(_read(near="<p class='date'>3 May 2024</p>", link=in_list)) == ("2024-05-03", "text")
    assert _published(_read(near="<p class='date'>4 May 2024</p>", link=in_list)) == ("2026-05-03", "feed")


def test_a_dateline_states_the_day_where_it_stands_near_the_headline() -> None:
    told = "<p>TAMSK, 4 May 2026 – The harbour office begins the works, which end when the last plank is laid.</p>"
    assert _published(_read(near=told)) == ("2026-05-04", "text")
    before = "<p>The bridge is the longest in the valley, and the oldest one that still stands there.</p>"
    assert _read(near=before * 5 + told).published is None


@pytest.mark.parametrize(
    "told",
    [
        "The museum of Tamsk was opened on 4 May 2019 and has had a million guests since, as the council says.",
        "Registration ends on 3 May 2026. Parents can sign up their children at the desk of each pool in the town.",
        "Inauguré le 4 mai 2019, le pont de la gare montre déjà des fissures. La ville interdit son accès aux camions.",
        "Most otwarto 4 maja 2019 roku i od tego czasu przejechało nim dziesięć milionów aut z całej okolicy.",
        "4 Mayıs 2019 tarihinde açılan köprü bakıma alınıyor. Çalışmalar üç ay sürecek ve yol kapalı kalacak.",
        "The Harbour Act (21 January 2024) requires boats to show their names on both sides of the bow, in large type.",
        "橋は2019年5月4日に開通し、これまでに百万人が渡りました。",
        "다리는 2019년 5월 4일 문을 열었으며 지금까지 백만 명이 건넜다.",
    ],
)
def test_a_day_that_a_sentence_tells_of_is_not_that_of_the_publication(told: str) -> None:
    assert _read(near=f"<p>{told}</p>").published is None


@pytest.mark.parametrize(
    "near",
    [
        "<p class='date'>14 October 1971</p>",
        "<time datetime='1971-10-14'>14 October 1971</time>",
        "<p>Press release, 14 October 1971</p>",
    ],
)
def test_a_release_from_before_the_web_has_the_day_that_stands_alone_with_its_headline(near: str) -> None:
    assert _published(_read(near=near))[0] == "1971-10-14"


@pytest.mark.parametrize(
    "near",
    [
        "<p>On 14 October 1971 the old bridge fell into the river, and nobody was hurt, as the mayor wrote.</p>",
        f"<p>{'Walkers cross here from today. ' * 20}</p><p>14 October 1971</p>",
        "<p>On 14 October 1971 the old bridge fell into the river.</p>",
        "<p>14 October 1971: the fall of the bridge</p>",
        "<p>Born: 14 October 1971</p>",
        "<dl><dt>Founded</dt><dd>14 October 1971</dd></dl>",
        "<p>Born <time datetime='1971-10-14'>14 October 1971</time></p>",
        "<p>On <time datetime='1971-10-14'>14 October 1971</time> the old bridge fell into the river.</p>",
        "<ul><li>14 October 1971</li><li>The bridge falls</li><li>3 May 1975</li><li>A new one</li></ul>",
    ],
)
def test_a_day_from_before_the_web_that_a_text_tells_of_is_not_its_own(near: str) -> None:
    assert _read(near=near) == Publication(None, None)


@pytest.mark.parametrize("stated", ["1984-01-01", "1952-03-04T00:00:00Z"])
def test_a_day_from_before_the_web_counts_less_than_one_that_readers_see(stated: str) -> None:
    head = _meta("article:published_time", stated)
    told = "The quay opens on 4 March 2026, as the harbour office says, and is closed when the last plank is laid."
    assert _published(_read(head=head, near="<p class='date'>4 March 2026</p>")) == ("2026-03-04", "text")
    assert _published(_read(head=head, near=f"<p>{told}</p>"))[1] == "meta"


def _below(date: str, text: str) -> Publication:
    page = f"<html><body><p>{date}</p><ul><li>News</li></ul><article><h1>{TITLE}</h1><p>{text}</p></article></body>"
    said = read_markup(parse(page.encode()))
    return read_publication(said, headline_area(said, TITLE), "https://tamsk.example/bridge", SEEN, None, "DMY")


TOLD = "The bridge of Tamsk opened to walkers this morning, and the mayor was the first to cross it in the rain."


def test_todays_date_above_every_page_is_not_the_day_of_a_release_whose_dateline_has_its_own() -> None:
    today = "Monday, 1 June 2026"
    assert _published(_below(today, f"Tamsk, 3 May 2026. {TOLD}")) == ("2026-05-03", "text")
    assert _published(_below(today, TOLD)) == ("2026-06-01", "text")
    assert _published(_below(today, f"{TOLD} It had been closed since 3 May 2026.")) == ("2026-06-01", "text")
    assert _published(_below(f"Published: {today}", f"Tamsk, 3 May 2026. {TOLD}")) == ("2026-06-01", "text")


@pytest.mark.parametrize(
    "icon",
    [
        '<i class="fa fa-calendar"></i>',
        '<span class="icon icon-calendar" aria-hidden="true"></span>',
        '<svg class="icon"><use href="#calendar"/></svg>',
        "<!-- day -->",
    ],
)
def test_a_day_behind_an_icon_is_that_of_the_page(icon: str) -> None:
    later = '<div class="cards"><p>1 June 2026</p><h3>Tamsk buys two more ferries</h3></div>'
    found = _read(near=f'<p class="day">{icon} 14 March 2024</p>' + later)
    assert _published(found) == ("2024-03-14", "text")


@pytest.mark.parametrize(
    "line",
    ["Deadline: 3 May 2026", "Anmeldung bis 3. Mai 2026", "When: Saturday, 4 April 2026, 6 pm", "Loi du 4 mai 2019",
     "4 April – 3 May 2026", "4 April 2026 – 3 May 2026", "Ada Quill, born 4 May 1991", "期間：2026年5月3日まで"],
)  # fmt: skip
def test_a_line_that_says_of_what_else_its_day_is_states_none(line: str) -> None:
    assert _read(near=f"<p>{line}</p>").published is None


@pytest.mark.parametrize(
    "told",
    [
        "The museum was opened on <b>4 May 2019</b> and has had a million guests.",
        "Registration ends on <strong>3 May 2026</strong>.",
        "The museum was opened on <time datetime='2019-05-04'>4 May 2019</time> and has had a million guests.",
    ],
)
def test_a_stressed_day_amid_a_sentence_is_one_that_it_tells_of(told: str) -> None:
    assert _read(near=f"<p>{told}</p>").published is None


@pytest.mark.parametrize(
    "told",
    [
        "<b>TAMSK, 3 May 2026</b> – The council has ordered two ships.",
        "TAMSK, <b>3 May 2026</b> – The council has ordered two ships.",
        "TAMSK, <time datetime='2026-05-03'>3 May 2026</time> – The council has ordered two ships.",
        "Published on <b>3 May 2026</b> by the press office of the council in the town hall of Tamsk.",
        "By Ada Quill | <b>3 May 2026</b> | News",
    ],
)
def test_a_stressed_day_of_a_dateline_or_with_its_label_counts(told: str) -> None:
    assert _published(_read(near=f"<p>{told}</p>"))[0] == "2026-05-03"


def test_of_the_days_in_sentences_only_the_first_may_be_that_of_the_dateline() -> None:
    later = "<p>TAMSK, 8 June 2024 – The fair of boats drew nine thousand people, as the harbour office wrote then.</p>"
    told = "<p>The fair of boats moves to the eastern quay of the town, where it will be held on 12 June 2027.</p>"
    assert _read(near=told + later).published is None
    told = "<p>The bridge of Tamsk, the office says today (3 May 2026), is open to all walkers of the town again.</p>"
    assert _published(_read(near=told + later)) == ("2026-05-03", "text")


@pytest.mark.parametrize("name", ["published", "published-date"])
def test_a_meta_that_is_called_published_is_one(name: str) -> None:
    assert _published(_read(_meta(name, "May 3, 2026"))) == ("2026-05-03", "meta")


def test_of_several_items_that_state_a_day_the_one_behind_the_headline_is_the_pages() -> None:
    item = '<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="{}"></div>'
    page = (
        f"<body><div>{item.format('2026-05-18')}</div><h1>{TITLE}</h1>{item.format('2026-05-03')}<p>Walkers.</p></body>"
    )
    said = read_markup(parse(page.encode()))
    found = read_publication(said, headline_area(said, TITLE), "https://tamsk.example/a", SEEN, None, "DMY")
    assert _published(found) == ("2026-05-03", "microdata")


def test_the_day_on_which_a_rule_begins_is_not_that_of_its_page() -> None:
    shown = "<p>Effective date: 20 May 2026</p><p>Issued: 3 May 2026</p>"
    assert _published(_read(near=shown)) == ("2026-05-03", "text")


@pytest.mark.parametrize("told", ["2026-05-01", "2026-05-01T13:20:00+02:00"])
def test_a_day_that_the_page_states_without_its_list_too_is_the_page_s(told: str) -> None:
    link = Link("https://tamsk.example/a", published=told)
    assert _published(_read(near="<time datetime='2026-05-01'>1 May</time>", link=link)) == (told, "time")
    assert _published(_read(near="<p>1 May 2026</p>", link=link)) == (told, "feed"), "written days may be others' later"
    assert _published(_read(near="<time datetime='2026-04-30'>30 April</time>", link=link))[1] == "feed"


def test_the_day_of_creation_in_rdfa_tells_what_the_figures_beside_it_mean() -> None:
    def said(words: str, place: str = "") -> str:
        stated = f'<span property="dc:date dc:created" content="2026-03-12T14:22">{words}</span>'
        return f'<div class="{place}">{stated}</div>'

    ambiguous = "Submitted by Nils Amsel on Thu, 03/12/2026 - 14:22"
    assert _published(_read(near=said(ambiguous)))[0] == "2026-03-12T14:22:00"
    assert _published(_read(near=f"<p>3 May 2021</p>{said('')}")) == ("2021-05-03", "text")
    teaser = f'<div class="node-teaser"><h2><a href="/b">Pier</a></h2>{said("12 March 2026")}</div>'
    assert _published(_read(near=f"<p>3 May 2021</p>{teaser}")) == ("2021-05-03", "text")
    read = "<p>3 May 2021</p>" + said("12 March 2026", "comment odd")
    assert _published(_read(near=read))[0] == "2021-05-03"


def test_what_the_headline_of_a_teaser_says_is_no_label_of_the_day_behind_it() -> None:
    teaser = "<h3>An update makes the machines at the pier faster</h3><span>9 May 2026</span>"
    assert _read(near=f"<p>3 May 2026</p>{teaser}").modified is None
    assert _read(near="<p>3 May 2026</p><p>Updated:</p><span>9 May 2026</span>").modified is not None


def test_a_long_label_says_what_its_day_is() -> None:
    """Its end is what tells; only what a heading or a link says at length names another page."""
    order = "<dt>The new order of the harbour on its lamps is in force from</dt><dd>1 May 2026</dd>"
    assert _published(_read(near=f"<dl>{order}</dl><p>3 May 2026</p>")) == ("2026-05-03", "text")
    changed = "<div>This page of the harbour of Amsel was last updated on</div><div>5 May 2026</div>"
    assert _read(near=f"{changed}<p>Published on 3 May 2026</p>").modified is not None
    linked = '<p><a href="/b">What an update of the machines at the pier has changed</a></p><span>9 May 2026</span>'
    assert _read(near=f"<p>3 May 2026</p>{linked}").modified is None


def test_the_day_of_an_article_that_a_page_lists_is_not_its_own() -> None:
    other = {"@type": "NewsArticle", "headline": "Ferry fares stay", "datePublished": "2026-04-01"}
    listed = {"@type": "ItemList", "itemListElement": [other]}
    shown = '<p class="date">3 May 2026</p>'

    def script(*nodes: object) -> str:
        return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'

    assert _published(_read(script(listed), shown)) == ("2026-05-03", "text")
    assert _read(script(listed)).published is None
    page = {"@type": "WebPage", "datePublished": "2026-05-02"}
    assert _published(_read(script(listed, page))) == ("2026-05-02", "json-ld")
    assert _published(_read(script(listed, {**other, "headline": TITLE}))) == ("2026-04-01", "json-ld")


@pytest.mark.parametrize("line", ["<p>{0}<br>Tamsk, 3 May 2026</p>", "<p>{0}</p><p>Tamsk, 3 May 2026 – {1}</p>"])
def test_what_the_line_above_a_dateline_says_of_its_picture_is_no_label_of_its_day(line: str) -> None:
    credit = "Photo: Bo Wren"
    assert _published(_read(near=line.format(credit, TOLD))) == ("2026-05-03", "text")
    assert _read(near=f"<p>{credit}, Tamsk, 3 May 2026</p>").published is None
    assert _read(near="<p>Photo: <a href='/b'>Bo Wren</a>, 3 May 2026</p>").published is None


def test_far_below_the_headline_a_day_behind_a_label_of_its_own_is_of_what_that_says() -> None:
    text = f"<p>{TOLD}</p>" * 5
    assert _read(near=f"{text}<p>Public meeting: 3 May 2026</p>").published is None
    assert _published(_read(near=f"{text}<p>Released: 3 May 2026</p>")) == ("2026-05-03", "text")
    assert _published(_read(near=f"{text}<p>Public meeting:</p><p>3 May 2026</p>")) == ("2026-05-03", "text")
    assert _published(_read(near=f"<p>Public meeting: 3 May 2026</p>{text}")) == ("2026-05-03", "text")


@pytest.mark.parametrize(
    ("release", "act"),
    [
        ("Medienmitteilung vom 3. Mai 2026", "Urteil vom 14. April 2026 (C-11/2026)"),
        ("Press release of 3 May 2026", "Judgment of 14 April 2026"),
        ("Press release No. 12/2026, 3 May 2026", "Hearing of Tuesday, 14 April 2026"),
        ("Communiqué de presse du 3 mai 2026", "Arrêt du 14 avril 2026"),
        ("Nota de prensa del 3 de mayo de 2026", "Sentencia del 14 de abril de 2026"),
        ("Comunicato stampa del 3 maggio 2026", "Seduta del 14 aprile 2026"),
        ("Tisková zpráva ze dne 3. května 2026", "Rozsudek ze dne 14. dubna 2026"),
        ("Komunikat prasowy z dnia 3 maja 2026", "Wyrok z dnia 14 kwietnia 2026"),
        ("Пресс-релиз № 12 от 3 мая 2026", "Решение от 14 апреля 2026"),
        ("Pressmeddelande den 3 maj 2026", "Dom den 14 april 2026"),
        ("Δελτίο τύπου της 3 Μαΐου 2026", "Απόφαση της 14 Απριλίου 2026"),
    ],
)
def test_the_day_of_what_calls_the_page_a_release_goes_before_that_of_an_act(release: str, act: str) -> None:
    page = f"<html><body><p>{release}</p><h1>{TITLE}</h1><p>{act}</p><p>Walkers cross.</p></body></html>"
    said = read_markup(parse(page.encode()))
    found = read_publication(said, headline_area(said, TITLE), "https://tamsk.example/a", SEEN, None, "DMY")
    assert _published(found) == ("2026-05-03", "text")
    assert _published(_read(near=f"<p>{act}</p>")) == ("2026-04-14", "text")


@pytest.mark.parametrize("title", ["Harbour dues are updated", "Regler för hamnen ändrade", "Hafengebühren geändert"])
def test_the_words_of_the_headline_are_no_label_of_the_day_below_it(title: str) -> None:
    page = f"<html><body><article><h1>{title}</h1><time>3 May 2026</time><p>{TOLD}</p></article></body></html>"
    markup = read_markup(parse(page.encode()))
    found = read_publication(markup, headline_area(markup, title), "https://tamsk.example/a", SEEN, None, "DMY")
    assert _published(found) == ("2026-05-03", "time")
    assert found.modified is None
