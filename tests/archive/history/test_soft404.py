"""Pages that say that nothing is there, told from releases by what a surely missing address answers."""

from __future__ import annotations

import pytest

from archive.history.soft404 import (
    Missing,
    folder_above,
    is_error_message,
    is_list_of,
    is_read_from,
    missing_address,
    says_missing,
    site_pages,
    text_mark,
    title_mark,
)
from tests.support.archiving import story

LOST = "Nobody at the harbour knows of such a page. Perhaps the tide took it, as it takes much in autumn."
PAGES = (Missing("Lost at sea", LOST),)


@pytest.mark.parametrize(
    ("title", "text", "missing"),
    [
        ("Another title", LOST.upper(), True),
        ("Lost at sea!", f"{LOST} You asked for: 2026.", True),
        ("Lost at sea", story(1), False),
        ("Lost at sea", f"{LOST} {story(1)}", False),
        ("Another title", f"{LOST} You asked for a path.", False),
        ("", "", False),
    ],
)
def test_a_page_is_missing_when_it_says_what_missing_addresses_say(title: str, text: str, missing: bool) -> None:
    assert says_missing(title, text, PAGES) is missing
    assert says_missing(title, text, ()) is False


def test_marks_forget_typography_and_keep_figures() -> None:
    assert text_mark("It was 12 of May.") == text_mark("it was, 12 of may")
    assert text_mark("It was 12 of May.") != text_mark("It was 13 of May.")
    assert text_mark("one") != title_mark("one")
    assert (text_mark("12.05."), title_mark("")) == (None, None)


@pytest.mark.parametrize(
    ("url", "missing"),
    [
        ("https://h.example/news/2026/the-path/", "https://h.example/news/2026/no-page/"),
        ("https://h.example/news/the-path", "https://h.example/news/no-page"),
        ("https://h.example/news/123.html", "https://h.example/news/no-page.html"),
        ("https://h.example/news?id=12", "https://h.example/no-page"),
        ("https://h.example/", "https://h.example/no-page"),
        ("https://h.example/press/4017/the-path", "https://h.example/press/9999999/no-page"),
        ("https://h.example/press/4017-the-path/print/", "https://h.example/press/9999999-the-path/no-page/"),
        ("https://h.example/20260518/the-path", "https://h.example/20260518/no-page"),
    ],
)
def test_a_missing_address_is_of_the_form_of_its_neighbours(url: str, missing: str) -> None:
    assert missing_address(url, "no-page") == missing


@pytest.mark.parametrize(
    ("asked", "url", "missing"),
    [
        ("/press/4017/no-such", "/press/4017/lost-path", False),
        ("/press/4017/no-such", "/press/4017", False),
        ("/lost-at-sea/no-such", "/lost-at-sea/print", False),
        ("/press/4017/no-such", "/press/4018/lost-path", True),
        ("/press/no-such", "/press/lost-path", True),
        ("/press-releases/no-such", "/press-releases/lost-path", True),
        ("/2026/05/no-such", "/2026/05/lost-path", True),
    ],
)
def test_what_stands_below_an_address_that_names_a_page_may_be_that_page(asked: str, url: str, missing: bool) -> None:
    site = "https://h.example"
    pages = (Missing("Lost at sea", LOST, folder_above(f"{site}{asked}")),)
    assert says_missing("Lost at sea", LOST, pages, f"{site}{url}") is missing
    assert says_missing("Lost at sea", LOST, pages, f"https://other.example{url}")


BULLETIN = "Water in the port stood at 4.2 metres at 9:30, 3 boats and 40 passengers came."


def test_a_text_of_other_figures_is_another_text_but_for_the_number_of_an_error() -> None:
    bulletin = (Missing("Bulletin", BULLETIN),)
    assert says_missing("Today", BULLETIN, bulletin)
    assert not says_missing(
        "Today", "Water in the port stood at 3.9 metres at 8:10, 7 boats and 52 people came.", bulletin
    )
    lost = (Missing("Lost", f"{LOST} Error 17."),)
    assert says_missing("Today", f"{LOST} Error 18.", lost)


@pytest.mark.parametrize(
    ("title", "text", "error"),
    [
        ("", "Fatal error: Uncaught Error: Call to a member function on null in /srv/www/page.php on line 12", True),
        (
            "Valdora",
            "Warning: mysqli_connect(): (HY000/2002): Refused in /srv/db.php on line 3\n\nGo home",
            True,
        ),
        ("Error", "Error establishing a database connection", True),
        ("503 Service Temporarily Unavailable", "nginx", True),
        ("Error", "The website encountered an unexpected error. Please try again later.", True),
        ("Oops", "We are sorry, but something went wrong on our end. Please call the harbour office.", True),
        ("What the storm showed", f"Something went wrong, says the harbour master.\n\n{story(1)}", False),
        ("The path is open", story(1), False),
        ("A notice to sailors", "Warning: the pier is closed on Monday.", False),
        ("Fatal error: how a pier fell", f"{story(1)}\n\n{story(2)}", False),
    ],
)
def test_an_error_message_is_no_text(title: str, text: str, error: bool) -> None:
    assert is_error_message(title, text) is error


MENU = "Valdora Harbour\nHome\nNews\nBerths\nTides"
ROWS = [
    f"Section {n} of the coastal path was opened by its {word}" for n, word in enumerate(("mayor", "wardens", "pilots"))
]
NEWS = "\n".join(("News | Valdora Harbour", MENU, *ROWS))
LIST = Missing(ROWS[0], NEWS, front="https://h.example/news/", listed=True)
HOME = Missing("Welcome", f"Valdora Harbour\n{MENU}\n{LOST}", front="https://h.example/", listed=True)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (NEWS, True),
        (f"{NEWS}\nThe pilots' boat is back", True),
        ("\n".join(("News | Valdora Harbour", MENU, story(1))), False),  # its headings are lost, and it is a release
        ("\n".join(("Events | Valdora Harbour", MENU, *ROWS)), False),
        (f"Valdora Harbour\n{MENU}", False),
        ("", False),
    ],
)
def test_a_list_is_known_by_its_own_title_and_all_that_it_shows(text: str, same: bool) -> None:
    assert is_list_of(LIST.title, text, (LIST, HOME)) is same
    assert is_list_of(LIST.title, text, ()) is False
    assert is_list_of("The path is open", text, (LIST, HOME)) is False


def test_a_release_below_the_long_menu_of_a_site_whose_pages_share_one_title_is_no_list() -> None:
    above = "\n".join(("Valdora Harbour", *(f"Berth {n} of the inner basin" for n in range(300))))
    front = Missing(ROWS[0], above, front="https://h.example/news/", listed=True)
    assert is_list_of(ROWS[0], above, (front,))
    assert not is_list_of("The path is open", above, (front,))


def test_a_list_may_be_what_was_read_as_the_text_of_a_missing_address() -> None:
    shown = f"Valdora Harbour\n{MENU}\n{LOST}\nSection 1 of the coastal path"
    assert is_list_of("Lost at sea", shown, PAGES)
    assert not is_list_of("Found again", shown, PAGES)
    assert not is_list_of("Lost at sea", f"Valdora Harbour\n{MENU}\n{story(1)}", PAGES)


def test_a_home_page_that_is_read_as_a_text_is_known_by_its_heading_and_words() -> None:
    assert is_read_from("Welcome", LOST, (HOME,))
    assert not is_read_from("Welcome", story(1), (HOME,))
    assert not is_read_from("The path is open", LOST, (HOME,))
    assert not is_read_from("", LOST, (Missing("", LOST, listed=True),))


def test_what_two_front_pages_say_is_said_everywhere_and_stands_for_no_missing_page() -> None:
    wall = Missing("One moment", f"One moment\n{LOST}", front="https://h.example/", listed=True)
    missing = Missing("One moment", LOST)
    other = Missing("Lost at sea", story(2))
    same = Missing("One moment", wall.text, front="https://h.example/news/", listed=True)
    site = site_pages((wall, missing, other))
    assert (site.missing, site.instead, site.everywhere, site.perhaps) == ((missing, other), (), (), (wall,))
    site = site_pages((wall, missing, LIST))
    assert (site.missing, site.instead, site.everywhere, site.perhaps) == ((missing,), (wall, LIST), (), ())
    shown = Missing("Lost at sea", f"Lost at sea\n{LOST}", listed=True)
    assert site_pages((wall, LIST, shown)).perhaps == (shown,), "a site may have come to show it everywhere"
    site = site_pages((wall, missing, other, same))
    assert (site.missing, site.instead, site.everywhere) == ((other,), (), (wall, missing, same))
    again = Missing(wall.title, f"{wall.text} 12:30", front=wall.front, listed=True)
    assert site_pages((wall, again)).everywhere == (), "one page at two times is one page"
    assert all(page in site for page in (wall, missing, other, same))
    assert again not in site
