"""A page in, the release out: in any markup, from the first page on, and whatever is thrown at it."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.boilerplate.template import Template, TemplateBuilder, learn
from archive.core.model import PREVIEW, SUMMARY, Capture, Extraction, Link, Rejection, Response
from archive.extract import extract
from archive.extract import likelihoods as likelihood_rules
from archive.extract.extract import derive
from archive.extract.features import PageFeatures
from archive.extract.likelihoods import likelihoods
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.page.markup import StatedMarkup
from archive.text.fingerprint import fingerprint
from tests.examples import examples
from tests.support.pages import (
    BODY,
    CREDIT,
    FOOTER,
    HEADLINE,
    LINES,
    PARAGRAPHS,
    TOPICS,
    page,
    paragraphs,
    release,
    response,
)

LAST = PARAGRAPHS[-1]

MARKUPS = {
    "paragraphs": page(paragraphs(LINES)),
    "divisions": page("".join(f"<div>{escape(line)}</div>" for line in LINES)),
    "emphasis": page(paragraphs(LINES[:-1]) + f"<p><em>{escape(FOOTER)}</em></p>"),
    "line breaks": page(paragraphs(LINES[:-2]) + f"<p>{escape(LAST)}<br><br>{escape(FOOTER)}</p>"),
    "list": page(paragraphs(LINES[:-1]) + f"<ul><li>{escape(FOOTER)}</li></ul>"),
    "table cell": page(paragraphs(LINES[:-1]) + f"<table><tr><td>{escape(FOOTER)}</td></tr></table>"),
    "captions": page(
        "".join(
            f'<figure><img src="/quay.jpg"><figcaption>{escape(line)}</figcaption></figure>'
            if line == CREDIT
            else f"<p>{escape(line)}</p>"
            for line in LINES
        )
    ),
    "spans": page("<div>" + "".join(f"<span><span>{escape(line)}</span></span>" for line in LINES) + "</div>"),
}


def extraction(markup: str | bytes, template: Template | None = None, **headers: str) -> Extraction:
    result = derive(response(markup, **headers), template).result
    assert isinstance(result, Extraction), result
    return result


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS.keys())
def test_the_first_page_of_a_source_comes_out_clean(markup: str) -> None:
    result = extraction(markup)
    assert result.text == BODY
    assert result.title == HEADLINE
    assert [removed.text for removed in result.removed] == [CREDIT, CREDIT, FOOTER]
    assert [removed.why for removed in result.removed] == ["credit", "credit", "cue"]
    assert result.photo_credits == ("Harbour Authority",)
    assert result.dateline == "PORT ELSINORE"
    assert result.attribution == "Harbour Authority press service"


def test_removed_passages_go_back_where_they_stood() -> None:
    result = extraction(MARKUPS["paragraphs"])
    lines = result.text.split("\n\n")
    for removed in result.removed:
        lines.insert(removed.position, removed.text)
    assert tuple(lines) == LINES


def test_an_article_about_networks_stays_whole() -> None:
    lines = (
        "Twitter and Facebook said on Monday that they would let users subscribe to newsletters, following YouTube, "
        "Instagram and TikTok, which began to do so a year ago.",
        "“Follow us on Telegram,” the minister had told the crowd, and thousands did so within an hour.",
        "The survey found that most pupils of the town use Facebook, Instagram and YouTube every day, and that few "
        "of them share what they read there.",
        "Facebook, Twitter, Instagram, Telegram, YouTube and TikTok were asked for comment; none had answered.",
    )
    result = extraction(page(paragraphs(lines), "Networks Sell Letters"))
    assert result.text == "\n\n".join(lines)
    assert result.removed == ()


NOTICE = (
    '<div style="display: none"><p>We use cookies on this site to give you the best experience. Our policy says more '
    "about them and how to refuse them.</p><button>Accept</button></div>"
)
FOLDED = "The board will meet again in May, and the ferry keeps its winter timetable until the pier is open again."


def test_a_notice_that_is_not_shown_is_not_text() -> None:
    assert extraction(page(paragraphs(PARAGRAPHS[:3]) + NOTICE)).text == "\n\n".join(PARAGRAPHS[:3])


@pytest.mark.parametrize(
    "rest",
    [
        f'<div id="more" hidden><p>{FOLDED}</p></div>',
        f'<p style="display:none">{FOLDED}</p>',
        f"<details><summary>Read on</summary><p>{FOLDED}</p></details>",
    ],
    ids=["hidden", "display", "details"],
)
def test_the_rest_of_an_article_that_a_click_shows_is_text(rest: str) -> None:
    assert FOLDED in extraction(page(paragraphs(PARAGRAPHS[:3]) + rest)).text.split("\n\n")


def test_what_is_only_read_out_and_an_offer_to_subscribe_leave_a_text() -> None:
    label = '<div class="visually-hidden">The article goes on</div>'
    pitch = (
        '<div class="pitch"><h3>This story is for subscribers only</h3><p>Subscribe now to read all of the Gazette.</p>'
        "<ul><li>Tide tables for every quay, each morning</li><li>The crossword, and the chess corner</li></ul></div>"
    )
    first, *rest = PARAGRAPHS
    markup = page(f"{label}{paragraphs([first])}{label}{pitch}{paragraphs(rest)}")
    assert extraction(markup).text == "\n\n".join(PARAGRAPHS)


def test_a_page_that_comes_hidden_until_its_script_runs_is_read() -> None:
    streamed = f'<div hidden="" id="S:0">{paragraphs(PARAGRAPHS[:3])}</div>'
    assert extraction(page(streamed)).text == "\n\n".join(PARAGRAPHS[:3])


RUSSIAN = (
    "АСТАНА. Городской музей открыл новый зал, в котором собраны карты реки за двести лет.",
    "Директор музея сообщил, что первые посетители пришли ещё до рассвета, и что зал останется открыт всю зиму.",
    "Вход для школьников свободный, а по воскресеньям карты показывает сам хранитель собрания.",
)
CHINESE = (
    "市博物馆昨天宣布，新的展厅将于本月底向公众开放，展出两百年来的河流地图。",
    "馆长表示，第一批参观者在天亮之前就已经到达，展厅整个冬天都将开放。",
    "学生可以免费参观，每个星期日由馆藏保管员亲自讲解这些地图。",
)
TRADITIONAL = (
    "市立博物館昨天宣布，新的展覽廳將於本月底開放，展出兩百年來的河流地圖。",
    "館長表示，第一批訪客在天亮之前就已經到達，展覽廳整個冬天都會開放。",
    "學生可以免費參觀，每個星期日由典藏人員親自解說這些地圖。",
)


@pytest.mark.parametrize(
    ("lines", "encoding", "declared", "header"),
    [
        (RUSSIAN, "windows-1251", "windows-1251", "text/html"),
        (RUSSIAN, "windows-1251", "", "text/html; charset=windows-1251"),
        (RUSSIAN, "utf-8", "windows-1251", "text/html"),
        (RUSSIAN, "koi8-r", "koi8-r", "text/html; charset=utf-8"),
        (CHINESE, "gb18030", "gb2312", "text/html"),
        (TRADITIONAL, "big5", "big5", "text/html"),
        (CHINESE, "utf-8", "", "text/html"),
        (PARAGRAPHS[:3], "windows-1252", "iso-8859-1", "text/html"),
        (PARAGRAPHS[:3], "utf-16", "", "text/html"),
    ],
)
def test_encodings_and_lies_about_them(lines: tuple[str, ...], encoding: str, declared: str, header: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    markup = f"<html><head>{meta}<title>A room of maps</title></head><body>{paragraphs(lines)}</body></html>"
    text = extraction(markup.encode(encoding, "xmlcharrefreplace"), content_type=header).text
    assert text.split("\n\n") == list(lines)


HOSTILE = {
    "nested": b"<div>" * 100_000 + b"deep",
    "huge": b"<p>" + b"word " * 10_000_000,
    "tags": b"<html><body>" + b"<p>Some words.</p>" * 200_000,
    "noise": random.Random(1).randbytes(2_000_000),
    "noise in markup": b"<html><body><p>" + random.Random(2).randbytes(1_000_000),
    "zeros": b"\0" * 1_000_000,
    "nothing": b"",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_end_soon_with_a_reason(body: bytes) -> None:
    start = time.process_time()
    result = derive(response(body, content_type="text/html")).result
    assert time.process_time() - start < 5
    assert isinstance(result, Rejection)
    assert result.reason


@settings(examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/html; charset=nonsense", "charset=base64", ""]))
def test_no_bytes_make_it_fail(body: bytes, header: str) -> None:
    result = derive(response(b"<html><body><p>" + body, content_type=header)).result
    assert isinstance(result, Extraction | Rejection)


@examples(25)
@given(st.lists(st.integers(0, 25), min_size=1, max_size=4, unique=True), st.booleans(), st.booleans())
def test_cleaning_twice_is_cleaning_once(numbers: list[int], credited: bool, footed: bool) -> None:
    lines = [line for number in numbers for line in release(number)[1]]
    lines[1:1] = [CREDIT] * credited
    lines += [FOOTER] * footed
    title = release(numbers[0])[0]
    once = extraction(page(paragraphs(lines), title))
    twice = extraction(page(paragraphs(once.text.split("\n\n")), title))
    assert twice.text == once.text
    assert twice.removed == ()


def test_what_a_source_repeats_is_removed_and_explained() -> None:
    notice = "The Elsinore Gazette is printed on paper from the island mill and delivered by the morning ferry."
    memory = TemplateBuilder()
    pages = [response(page(paragraphs([*release(i)[1], notice])), f"https://gazette.example/{i}") for i in range(6)]
    for each in pages:
        memory = learn(memory, derive(each).sample, each.capture.fetched_at)
    result = extraction(page(paragraphs([*release(9)[1], notice]), release(9)[0]), memory.template())
    assert result.text == "\n\n".join(release(9)[1])
    assert [(removed.text, removed.why, removed.position) for removed in result.removed] == [(notice, "repeated", 3)]
    kept = memory.template().decided(keep=[removed.fingerprint for removed in result.removed if removed.fingerprint])
    assert extraction(page(paragraphs([*release(9)[1], notice]), release(9)[0]), kept).text.endswith(notice)


def test_what_all_releases_say_of_their_issuer_stays_and_what_the_site_says_below_it_goes() -> None:
    about = ["About the town", "Elsinore has stood beside its sound for six hundred years, and has two ferries."]
    site = "Tickets for the ferry are sold in the house beside the eastern quay, from six in the morning on."

    def shown(at: int) -> str:
        below = f"<div class='c'><div>{site}</div></div>"
        return page(paragraphs([*release(at)[1], *about]) + below, release(at)[0])

    memory = TemplateBuilder()
    for i in range(6):
        each = response(shown(i), f"https://gazette.example/{i}")
        memory = learn(memory, derive(each).sample, each.capture.fetched_at)
    result = extraction(shown(9), memory.template())
    assert result.text == "\n\n".join([*release(9)[1], *about])


def test_a_page_that_shares_nothing_is_untouched_by_a_template() -> None:
    memory = TemplateBuilder()
    for i in range(8):
        other = (
            f"<html><body><div class=x>{paragraphs(release(i)[1])}<p>Other Paper of Kronborg</p></div></body></html>"
        )
        each = response(other, f"https://other.example/{i}")
        memory = learn(memory, derive(each).sample, each.capture.fetched_at)
    assert memory.template().repeated
    assert extraction(MARKUPS["paragraphs"], memory.template()) == extraction(MARKUPS["paragraphs"])


def test_a_decision_to_remove_wins() -> None:
    shown = extraction(page(paragraphs(PARAGRAPHS)))
    sample = derive(response(page(paragraphs(PARAGRAPHS)))).sample
    mark = next(m for m, text in zip(sample.fingerprints, sample.shown, strict=True) if text == PARAGRAPHS[4])
    result = extraction(page(paragraphs(PARAGRAPHS)), Template().decided(remove=[mark]))
    assert PARAGRAPHS[4] in shown.text
    assert PARAGRAPHS[4] not in result.text
    assert [(one.text, one.why, one.fingerprint) for one in result.removed] == [(PARAGRAPHS[4], "decided", mark)]


def test_the_sample_names_the_passages_of_the_text_and_those_removed() -> None:
    derived = derive(response(MARKUPS["paragraphs"]))
    by_mark = dict(zip(derived.sample.fingerprints, derived.sample.shown, strict=True))
    named = [by_mark[mark] for mark in derived.sample.fingerprints_in_text if mark in by_mark]
    title = derived.result.title if isinstance(derived.result, Extraction) else ""
    assert [line[:16] for line in dict.fromkeys((*LINES, title))] == [text[:16] for text in named]


def test_the_sample_names_the_heading_on_which_the_title_hangs() -> None:
    head = "<div><div><h1>Boats and piers of Karn</h1></div></div>"
    derived = derive(response(f"<html><body>{head}<main><div>{paragraphs(PARAGRAPHS)}</div></main></body></html>"))
    assert fingerprint("Boats and piers of Karn") in derived.sample.fingerprints_in_text


_DAY = '<meta property="article:published_time" content="2026-05-07T09:00:00Z">'
_ARTICLE = '<meta property="og:type" content="article">' + _DAY
_SUMMARY = "The Elsinore ferry sails again from Friday, with two more crossings on each day of the week."


def _empty_page(head: str) -> Extraction | Rejection:
    markup = (
        f"<html lang=en><head><title>{HEADLINE}</title>{head}</head><body><h1>{HEADLINE}</h1><div id=app></div></body>"
    )
    return derive(response(markup)).result


def test_a_page_without_text_is_read_from_its_structured_data() -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(PARAGRAPHS)})
    found = _empty_page(f'<script type="application/ld+json">{stated}</script>')
    assert isinstance(found, Extraction)
    assert found.text.split("\n\n") == [" ".join(line.split()) for line in PARAGRAPHS]
    assert found.origins["text"] == "json-ld"


def test_a_page_that_scripts_build_is_called_as_its_data_call_it() -> None:
    state = json.dumps({"post": {"title": HEADLINE, "body": "\n".join(PARAGRAPHS)}})
    markup = f"<title>{HEADLINE} - Ferry Board of the Isles</title><div id=app></div><script>window.s={state}</script>"
    found = derive(response(f"<html lang=en><body>{markup}</body>")).result
    assert isinstance(found, Extraction)
    assert (found.title, found.origins["text"]) == (HEADLINE, "script")
    assert found.text.split("\n\n") == [" ".join(line.split()) for line in PARAGRAPHS]


def test_an_article_without_text_has_its_summary() -> None:
    summary = f"{HEADLINE.split()[0]} {HEADLINE.split()[-1]}: {_SUMMARY}"
    found = _empty_page(f'{_ARTICLE}<meta name="description" content="{summary}">')
    assert isinstance(found, Extraction)
    assert (found.text, found.origins["text"]) == (summary, SUMMARY)


@pytest.mark.parametrize(
    "head",
    [
        f'{_ARTICLE}<meta name="description" content="What this office says of itself on each one of its pages.">',
        f'{_DAY}<meta name="description" content="{HEADLINE}. {_SUMMARY}">',
        f'<meta property="og:type" content="article"><meta name="description" content="{HEADLINE}. {_SUMMARY}">',
        _ARTICLE,
    ],
    ids=["a slogan", "no article", "no day", "no summary"],
)
def test_a_page_without_text_that_states_no_article_is_none(head: str) -> None:
    assert isinstance(_empty_page(head), Rejection)


def test_a_page_read_again_with_another_template_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def counted(markup: StatedMarkup, url: str, title: str, page: PageFeatures) -> list[float]:
        judged.append(title)
        return likelihoods(markup, url, title, page)

    monkeypatch.setattr(extract, "likelihoods", counted)
    extract.judge_once.cache_clear()
    first = derive(response(MARKUPS["paragraphs"]))
    again = derive(response(MARKUPS["paragraphs"]), Template(9, frozenset(first.sample.fingerprints_in_text)))
    derive(response(MARKUPS["emphasis"]))
    assert len(judged) == 2
    assert isinstance(first.result, Extraction)
    assert again.result != first.result


def test_what_a_header_asks_of_every_visitor_makes_no_preview_of_a_text() -> None:
    asks = "<div><p>Already a subscriber? Log in.</p></div>"
    whole = page(paragraphs(LINES))
    assert extraction(whole.replace("</body>", f"{asks}</body>")).origins["text"] == PREVIEW
    assert "text" not in extraction(whole.replace("<body>", f"<body>{asks}")).origins


def _judged(monkeypatch: pytest.MonkeyPatch, aside: float) -> str:
    """A page with a text, and a paragraph of this likelihood beside it."""
    lines = [*PARAGRAPHS, *LINES]
    beside = "Who reads this page also reads of the ferry and of its masters."
    monkeypatch.setattr(likelihood_rules, "first_scores", lambda rows: [0.5] * len(rows))
    monkeypatch.setattr(
        likelihood_rules,
        "scores",
        lambda found, *more: [{beside: aside}.get(one.text, 0.99 if one.text in lines else 0.0) for one in found],
    )
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "")
    extract.judge_once.cache_clear()
    return page(paragraphs(lines) + f"<div class=more><p>{beside}</p></div>")


@pytest.mark.parametrize(
    ("likely", "stays"), [(0.5, False), (0.94, False), (0.96, True)], ids=["unsure", "rather sure", "sure"]
)
def test_a_place_that_holds_no_text_on_a_sources_pages_holds_none_unless_it_is_sure(
    monkeypatch: pytest.MonkeyPatch, likely: float, stays: bool
) -> None:
    markup = _judged(monkeypatch, likely)
    alone = derive(response(markup))
    assert isinstance(alone.result, Extraction)
    assert "masters" in alone.result.text
    [beside] = [one for one in blocks(parse(markup.encode(), "")) if one.text.endswith("masters.")]
    place = beside.container.path
    known = derive(response(markup), Template(9, places=frozenset({place})))
    assert isinstance(known.result, Extraction)
    without = "\n\n".join(line for line in alone.result.text.split("\n\n") if line != beside.text)
    assert known.result.text == (alone.result.text if stays else without)
    assert (place in alone.sample.fingerprints_in_text) is not stays, "the page is read again where it may matter"
    assert known.sample.likely == alone.sample.likely, "a template is learned from what none had a part in"


@pytest.mark.parametrize(
    ("below", "stays"),
    [("text", True), ("elsewhere", False), ("unlikely", False)],
    ids=["a paragraph of the text", "one in a place that holds none", "what is no text"],
)
def test_a_heading_stays_in_a_place_that_heads_no_text_on_other_pages_right_above_a_paragraph(
    monkeypatch: pytest.MonkeyPatch, below: str, stays: bool
) -> None:
    heading, beside = "How the quay was mended", "Who reads this page also reads of the ferry and of its masters."
    likely = {heading: 0.7, beside: 0.1 if below == "unlikely" else 0.7}
    text = [*PARAGRAPHS, *LINES]
    monkeypatch.setattr(likelihood_rules, "first_scores", lambda rows: [0.5] * len(rows))
    monkeypatch.setattr(
        likelihood_rules,
        "scores",
        lambda found, *more: [likely.get(one.text, 0.99 if one.text in text else 0.0) for one in found],
    )
    monkeypatch.setattr(likelihood_rules, "opinion", lambda *page: "")
    extract.judge_once.cache_clear()
    boxed = f"<div class=title><div class=title-box><h2>{heading}</h2></div></div>"
    other = "" if below == "text" else f"<aside class=more><p>{beside}</p></aside>"
    markup = page(f"{paragraphs(PARAGRAPHS)}{boxed}{other}{paragraphs(LINES)}")
    places = {one.container.path for one in blocks(parse(markup.encode(), "")) if one.text in (heading, beside)}
    known = derive(response(markup), Template(9, places=frozenset(places)))
    assert isinstance(known.result, Extraction)
    assert (heading in known.result.text) is stays
    assert beside not in known.result.text


def test_a_text_is_left_where_all_of_it_stands_in_places_that_hold_none(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = page(paragraphs(PARAGRAPHS))
    places = frozenset(one.container.path for one in blocks(parse(markup.encode(), "")))
    monkeypatch.setattr(extract, "SURE", 1.1)
    text = extraction(markup, Template(9, places=places)).text
    assert text == extraction(markup).text


def test_a_notice_to_switch_scripts_on_is_no_text_beside_what_the_page_carries() -> None:
    short = ["The northern quay is open again, and the ferry to the isles leaves at noon.", PARAGRAPHS[2]]
    node = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(short)})
    head = f'<title>{HEADLINE}</title><script type="application/ld+json">{node}</script>'
    notice = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    result = derive(response(f"<html><head>{head}</head><body><div id='app'></div>{notice}</body></html>")).result
    assert isinstance(result, Extraction)
    assert result.text.split("\n\n") == short


@pytest.mark.parametrize(
    ("form", "least"),
    [
        ("<div>{}</div>", 0.99),
        ("<li>{}</li>", 0.99),
        ("<p>{}</p>", 0.99),
        ("<div>{}", 0.92),
    ],  # its first lines are nested
)
def test_a_text_of_hundreds_of_lines_is_kept_to_its_end(form: str, least: float) -> None:
    chance = random.Random(5)
    asked = ("asked why the {} had not been repaired", "said that the {} would be opened in spring", "praised the {}")
    lines = [
        f"Member {number} {chance.choice(asked).format(chance.choice(TOPICS))}, and the chair thanked the {other} of "
        f"the {chance.choice(TOPICS)} for what they had done since the last meeting of the council."
        for number, other in enumerate(chance.choices(("friends", "keepers", "owners", "neighbours"), k=400))
    ]
    text = extraction(page("".join(map(form.format, lines)))).text.split("\n\n")
    assert len(set(lines) & set(text)) >= least * len(lines)
    assert text[-1] == lines[-1]


def _front(body: str, link: Link | None) -> Extraction | Rejection:
    url = "https://varnholt.example/press/"
    capture = Capture("varnholt", url, url, "probe", datetime(2026, 3, 4, tzinfo=UTC), 200, "", "", 0, 0, link=link)
    page = f"<html><head><title>Press | Varnholt</title></head><body>{body}</body></html>"
    return derive(Response(capture, (("Content-Type", "text/html; charset=utf-8"),), page.encode())).result


def test_a_page_of_the_site_itself_is_no_release_and_is_known_by_how_it_begins() -> None:
    body = "<nav><a href=/>Home</a></nav><h1>Welcome</h1><p>We keep the harbour open to all who come.</p>"
    assert isinstance(_front(body, None), Extraction)
    result = _front(body, Link("https://varnholt.example/press/"))
    assert isinstance(result, Rejection)
    assert (result.kind, result.title) == ("listing", "Welcome")
    assert result.text.split("\n")[:3] == ["Press | Varnholt", "Home", "Welcome"]
    assert result.text.endswith("all who come.")
    long = _front(
        body + "<p>The tide comes in and goes out again.</p>" * 9_000, Link("https://varnholt.example/press/")
    )
    assert isinstance(long, Rejection)
    assert len(long.text) == 6_000


def test_a_list_that_names_a_page_no_longer_speaks_for_it_only_where_the_page_says_what_it_was_called() -> None:
    def kind(heading: str, via: str) -> str:
        url = "https://varnholt.example/news/7.html"
        page = f"<title>Varnholt</title><h1>{heading}</h1><p>All are welcome to the pages of the town of Varnholt.</p>"
        link = Link(url, "Seventh quay reopens", via=via)
        capture = Capture("varnholt", url, url, "page", datetime(2026, 3, 4, tzinfo=UTC), 200, "", "", 0, 0, link=link)
        result = derive(Response(capture, (("Content-Type", "text/html"),), page.encode()), link=link).result
        return "release" if isinstance(result, Extraction) else result.kind if isinstance(result, Rejection) else "?"

    assert kind("Varnholt", "https://varnholt.example/news/") == "release"
    assert kind("Varnholt", "") == "other"
    assert kind("Seventh quay reopens", "") == "release"
