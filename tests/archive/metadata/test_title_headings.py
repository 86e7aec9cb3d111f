"""Which headings may hold the title."""

from __future__ import annotations

import lxml.html
import pytest

from archive.metadata.title_headings import heading_marks, title_headings
from archive.page.markup import read_markup


def headings(body: str, title: str = "Oats are cheap again - Board of Grain") -> tuple[str, ...]:
    markup = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return title_headings(read_markup(lxml.html.document_fromstring(markup)))


def test_a_logo_is_no_title_and_the_heading_that_the_title_names_is() -> None:
    named = '<h1 class="site-title">Board of Grain</h1><h2>Menu</h2><h2>Oats are cheap again</h2>'
    assert headings(named) == ("Oats are cheap again",)
    led_home = '<h1><a href="/">Board of Grain</a></h1><h2>Oats are cheap again</h2>'
    assert headings(led_home) == ("Oats are cheap again",)


def test_the_sign_of_a_link_to_the_heading_is_no_part_of_it() -> None:
    assert headings('<h1>Oats are cheap again <a href="#oats">#</a></h1>') == ("Oats are cheap again",)
    assert headings("<h1>Oats are counted in Grain #</h1>") == ("Oats are counted in Grain #",)
    linked = '<h1><a href="#oats">Oats are counted in Grain #</a></h1>'
    assert headings(linked) == ("Oats are counted in Grain #",)


LOGO = '<h1><a href="/">Board of Grain</a></h1>'


@pytest.mark.parametrize(
    ("body", "title", "linked", "expected"),
    [
        ("<h2>Notices</h2>", "Oats are cheap again | Notices | Board", "Oats are cheap again", ()),
        ("<h2>Notices</h2><h2>Oats are cheap again</h2>", "Oats are cheap again | Notices", "Oats are cheap again",
         ("Oats are cheap again",)),
        ("<h2>Oats are cheap again</h2>", "Board", "Oats are cheap again", ("Oats are cheap again",)),
        ("<h2>委员会公布今年燕麦价格</h2>", "委员会公布今年燕麦价格-粮食委员会", "", ("委员会公布今年燕麦价格",)),
    ],
)  # fmt: skip
def test_the_name_of_a_section_is_no_title_where_the_list_or_the_title_says_another(
    body: str, title: str, linked: str, expected: tuple[str, ...]
) -> None:
    assert below(LOGO + body, title, linked) == expected


def test_a_heading_that_links_to_its_own_page_stays() -> None:
    assert headings('<h1><a href="/news/oats">Oats are cheap again</a></h1>') == ("Oats are cheap again",)
    assert headings("<h1>Oats are cheap again</h1>") == ("Oats are cheap again",)


def test_a_page_whose_whole_title_is_its_heading_has_no_logo() -> None:
    assert headings('<h1><a href="/">Board of Grain</a></h1>', "Board of Grain") == ("Board of Grain",)


@pytest.mark.parametrize(
    "title",
    ["Mitteilung Nr. 66/2026", "Press release No. 12", "Communiqué n° 12/2026", "Пресс-релиз № 15", "Nota n.º 4"],
)
def test_where_the_title_only_numbers_a_release_its_first_heading_that_says_something_is_the_headline(
    title: str,
) -> None:
    assert headings("<h2>Court</h2><h2>Oats are cheap again</h2><h2>Contact</h2>", title) == ("Oats are cheap again",)


@pytest.mark.parametrize("title", ["Budget for 2026", "Agenda 2030", "Oats and barley"])
def test_another_title_names_its_heading_itself(title: str) -> None:
    assert headings("<h2>Where the money goes this year</h2>", title) == ()


NAMED = "Grain Board, with friends, sows oats"


def below(body: str, title: str, linked: str = "", repeated: tuple[str, ...] = ()) -> tuple[str, ...]:
    markup = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return title_headings(read_markup(lxml.html.document_fromstring(markup)), linked, lambda words: words in repeated)


@pytest.mark.parametrize(
    ("title", "linked", "repeated"),
    [
        (f"{NAMED} > Press", "", ()),
        (f"{NAMED} | Grain Board", "", ()),
        (f"Grain Board | {NAMED}", NAMED, ()),
        (f"Grain Board | {NAMED}", "", ("Grain Board",)),
        ("Grain Board", NAMED, ("Grain Board",)),
        ("Welcome", NAMED, ()),
    ],
)
def test_a_heading_with_the_name_of_the_site_is_no_title_above_one_that_title_or_list_name(
    title: str, linked: str, repeated: tuple[str, ...]
) -> None:
    body = f"<h1>Grain Board</h1><h2>Press</h2><h2>{NAMED}</h2><h2>Comments</h2>"
    assert below(body, title, linked, repeated) == (NAMED,)


@pytest.mark.parametrize(
    ("title", "linked"),
    [("{} - Grain Board - Valley", ""), ("Notices | Grain Board | {}", "{}"), ("Notices | {} | Valley", "{}")],
)
def test_a_headline_with_a_dash_is_named_by_several_parts_of_the_title(title: str, linked: str) -> None:
    dashed = "Oats for all – Board of the valley sows on Monday"
    body = f"<h1>Notices</h1><h2>Grain Board</h2><h2>{dashed}</h2>"
    assert below(body, title.format(dashed), linked.format(dashed)) == (dashed,)


@pytest.mark.parametrize(
    ("title", "linked"),
    [
        ("Oats are back | Press room and archive | Grain Board", "Oats are back"),
        ("Oats are back - Press room and archive", ""),
        ("Grain Board", ""),
        ("Oats are back", "Press room and archive"),
        ("Grain Board - Press room and archive", "Oats are back"),
        ("Press room and archive - Grain Board", "Oats are back"),
    ],
)
def test_a_heading_that_begins_the_title_or_is_in_the_list_stays(title: str, linked: str) -> None:
    assert below("<h1>Oats are back</h1><h2>Press room and archive</h2>", title, linked) == ("Oats are back",)


def test_labels_and_names_above_a_headline_are_what_the_source_may_repeat() -> None:
    body = f"<h1><small>Note</small> Grain Board</h1><h2>{NAMED}</h2>"
    markup = f"<html><head><title>Grain Board | {NAMED}</title></head><body>{body}</body></html>"
    said = read_markup(lxml.html.document_fromstring(markup))
    assert heading_marks(said) == ("Note", "Note Grain Board")
    plain = lxml.html.document_fromstring("<html><head><title>Oats</title></head><h1>Oats</h1></html>")
    assert heading_marks(read_markup(plain)) == ()


@pytest.mark.parametrize("line", ["<font size=5><b>{}</b></font>", "<p><strong>{}</strong></p>"])
def test_a_line_in_strong_type_is_the_title_where_that_only_numbers_the_release(line: str) -> None:
    told = (
        "<b>Press Release No. 14/2026<br>3 May 2026</b><br>"
        + line.format("Oats are cheap again this spring")
        + "<p>Text</p>"
    )
    assert headings(told, "Board of Grain - Press Release No. 14/2026") == ("Oats are cheap again this spring",)
    assert headings(told, "Oats are cheap - Board of Grain") == ()
    linked = f"<b><a href='/all'>All that the board has told</a></b>{told}"
    assert headings(linked, "Board of Grain - Press Release No. 14/2026") == ("Oats are cheap again this spring",)


def test_the_beginning_of_the_title_that_is_written_by_itself_is_the_headline() -> None:
    title = "委员会公布今年燕麦价格和产量_粮食新闻_粮食委员会"
    assert headings("<div>委员会公布今年燕麦价格和产量</div><p>正文。</p>", title) == ("委员会公布今年燕麦价格和产量",)
    assert headings("<div>Oats - cheap again this year</div>", "Oats - cheap again this year - Board") == (
        "Oats - cheap again this year",
    )
    assert headings("<p>Oats are cheap again, the board says.</p>") == ()
    site = "<i>Board of Grain</i>"
    assert headings(f"{site}<b>Oats are cheap again</b>", "Board of Grain - Oats are cheap again - Board of Grain") == (
        "Oats are cheap again",
    )


def test_a_second_heading_that_begins_the_shared_title_is_the_headline() -> None:
    shared = '<meta property="og:title" content="Oats, rye – and barley – are cheap again - Board of Grain - Portal">'
    assert headings(f"{shared}<h2>Oats, rye – and barley – are cheap again</h2>", "Portal") == (
        "Oats, rye – and barley – are cheap again",
    )
    name = '<meta property="og:title" content="Board of Grain - Oats are cheap again">'
    assert headings(f"{name}<h2>Board of Grain</h2>") == ()


def test_what_leads_to_the_home_page_is_no_headline() -> None:
    way = '<a href="/">Board of Grain</a> » <a href="/news">News</a>'
    assert headings(way, "Board of Grain » News » Oats are cheap again") == ()
    assert headings(f"{way}<b>Oats are cheap</b>", "Oats are cheap - Board of Grain") == ("Oats are cheap",)
    assert headings('<a href="/news/7">Oats are cheap</a>', "Oats are cheap - Board of Grain") == ("Oats are cheap",)


def test_a_button_in_a_heading_is_no_part_of_the_title() -> None:
    assert headings("<h1>Oats are cheap again <button>Share</button></h1>") == ("Oats are cheap again",)
    assert headings("<h1><button>Oats are cheap again</button></h1>") == ("Oats are cheap again",)


def test_of_two_headings_that_the_title_names_the_shorter_at_its_end_is_the_site() -> None:
    both = "<h1>Board of Grain</h1><h1>Oats are cheap again this spring</h1>"
    assert headings(both, "Board of Grain - Oats are cheap again this spring") == ("Oats are cheap again this spring",)
    assert headings(both, "Oats") == ("Board of Grain", "Oats are cheap again this spring")


def test_a_heading_above_the_headline_that_says_the_whole_title_is_none() -> None:
    read_out, headline = "<h2>Oats are cheap again - Board of Grain</h2>", "<h1>Oats are cheap again</h1>"
    assert headings(f"{read_out}{headline}") == ("Oats are cheap again",)
    assert headings(f"<h1>Menu</h1>{read_out}{headline}") == ("Menu", "Oats are cheap again")
    site = "<h1>Board of Grain</h1><h2>Board of Grain - Oats are cheap again</h2>"
    assert headings(site, "Board of Grain - Oats are cheap again") == ("Board of Grain - Oats are cheap again",)


def test_a_second_heading_does_not_cut_a_shared_title_that_the_page_says_whole() -> None:
    whole = "Oats are cheap again - what the board of grain will do"
    shared = f'<meta property="og:title" content="{whole}">'
    second = "<h2>Oats are cheap again</h2>"
    assert headings(f"{shared}<div>{whole}</div><p>Text.</p>{second}", "Portal") == ()
    assert headings(f"{shared}{second}", f"{whole} | Board of Grain") == ()
    assert headings(f"{shared}{second}", "Portal") == ("Oats are cheap again",)


@pytest.mark.parametrize(
    ("end", "named"),
    [
        (" - Board of Grain", ""),
        (" | Board of Grain and Bread in Karn", ""),
        (
            " - Board of Grain and Bread in Karn",
            '<meta property="og:site_name" content="Board of Grain and Bread in Karn">',
        ),
        (" - Board of Grain and Bread in Karn", '<a href="/">Board of Grain and Bread in Karn</a>'),
    ],
)
def test_a_second_heading_is_the_title_without_the_name_of_the_site(end: str, named: str) -> None:
    whole = f"Oats are cheap again{end}"
    page = f'<meta property="og:title" content="{whole}">{named}<div>{whole}</div><h2>Oats are cheap again</h2>'
    for title in ("Portal", f"{whole} | News"):
        assert headings(page, title) == ("Oats are cheap again",)


@pytest.mark.parametrize(("label", "cell"), [("제목", "th"), ("件名", "td"), ("标 题：", "td"), ("제목", "dt")])
def test_the_title_is_what_the_table_of_a_boards_fields_calls_so(label: str, cell: str) -> None:
    row = f"<{cell}>{label}</{cell}><td>Oats are cheap again, says the board</td>"
    board = f"<h3>Notices</h3><table><tr>{row}</tr><tr><th>Day</th><td>2026-05-04</td></tr></table>"
    assert headings(board, "Notices | Board of Grain") == ("Oats are cheap again, says the board",)
    assert headings(board.replace(label, "Day"), "Notices | Board of Grain") == ()
    assert headings(f"<h1>Oats are cheap</h1>{board}") == ("Oats are cheap",)


@pytest.mark.parametrize(
    ("title", "linked", "expected"),
    [
        ("Oats are cheap again: Village of Arl", "Oats are cheap again", ("Oats are cheap again",)),
        ("Oats are cheap again: Village of Arl", "", ()),
        ("Oats are cheap again: Board of Grain", "", ("Oats are cheap again",)),
        ("Oats are cheap again, says the Board of Grain", "", ()),
    ],
)
def test_the_name_of_a_site_behind_a_colon_leaves_the_heading_that_list_or_home_page_confirm(
    title: str, linked: str, expected: tuple[str, ...]
) -> None:
    body = '<div><a href="/">Board of Grain</a></div><h2>Menu</h2><h2>Oats are cheap again</h2><p>Oats cost 3.</p>'
    markup = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    assert title_headings(read_markup(lxml.html.document_fromstring(markup)), linked) == expected


def test_a_heading_in_a_box_over_the_page_is_no_title_and_the_one_of_the_page_is() -> None:
    over = '<div role="dialog"><h1>We use cookies on this site</h1></div>'
    words = "<p>Oats cost three a sack since Monday.</p>" * 3
    assert headings(f"{over}<h1>Oats are cheap again</h1>{words}") == ("Oats are cheap again",)
    assert headings(f"{over}<h2>Oats are cheap again</h2>{words}") == ("Oats are cheap again",)


def test_the_end_of_a_title_that_the_page_shows_by_itself_is_the_headline() -> None:
    line = "<p><b>Oats are cheap again</b></p><p>Oats cost 3.</p>"
    for title in (
        "Board of Grain | Oats are cheap again",
        "Board :: News :: Oats are cheap again",
        "Board: Oats are cheap again",
    ):
        assert headings(line, title) == ("Oats are cheap again",)
    assert headings("<p>Oats are cheap again, it says.</p>", "Board of Grain | Oats are cheap again") == ()
    assert headings("<p>Board of Grain and Hay</p>", "Oats are cheap and good | Board of Grain and Hay") == ()
    assert headings("<p>Oats fall</p>", "Board | Oats fall") == ()


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Oats and barley fall again - Board of Grain and Hay of Karn", "<p><b>{}</b></p>"),
        ("Oats fall - Board of Grain and Hay", '<div class="logo">{}</div>'),
        ("Oats fall - Board of Grain and Hay", "<header><div><b>{}</b></div></header>"),
    ],
)
def test_the_end_of_a_title_behind_a_headline_or_in_a_logo_is_the_name_of_the_site(title: str, line: str) -> None:
    assert headings(line.format(title.partition(" - ")[2]) + "<p>Oats cost 3.</p>", title) == ()


def test_the_end_of_a_title_behind_many_words_is_the_headline_where_the_page_calls_it_a_title() -> None:
    title, line = "The Board of Grain in Karn - Oats are cheap again all over Karn", "<div class='{}'>{}</div>"
    end = title.partition(" - ")[2]
    assert headings(line.format("art_title", end), title) == (end,)
    assert headings(line.format("site-title", end), title) == headings(line.format("a", end), title) == ()


def test_a_sites_name_behind_a_dash_without_blanks_in_a_script_without_blanks() -> None:
    line = "委员会公布今年新港燕麦价格"
    for title in (f"{line}-新港大学新闻网", f"{line}_要闻_新港大学", f"{line}—粮食频道-新港网"):
        assert headings(f"<h3>{line}</h3>", title) == (line,)
        assert headings("<h3>别的事情写在这里没有标题</h3>", title) == ()
    assert headings(f"<h3>{line}</h3><h4>{line}-新港</h4>", f"{line}-新港") == ()
