"""Which lines of two texts the page itself tells apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.history.reconcile import reconcile, reconcile_line, reconcile_links
from archive.text.lines import marks_of

_LINES = st.lists(st.sampled_from(["One.", "Two 2.", "Two 3.", "Three, 3!", "四五六"]), max_size=6, unique=True)


def _page(*lines: str) -> tuple[int, ...]:
    return marks_of(lines)


def test_what_is_on_both_pages_is_no_difference() -> None:
    old, new = ["a", "b", "c"], ["a", "c", "d"]
    assert reconcile(old, new, _page("a", "b", "c", "d"), _page("a", "b", "c", "d")) == ["a", "b", "c"]
    assert reconcile(old, new, _page("a", "b", "c"), _page("a", "c", "d")) == new
    assert reconcile(old, new, _page("a", "b", "c", "d"), _page("a", "c", "d")) == ["a", "c"]
    assert reconcile(["a", "b", "a"], ["b", "a"], _page("a", "b"), _page("a", "b")) == ["a", "b", "a"]
    assert reconcile(old, new, _page("a", "b", "c"), _page("a", "b", "c", "d")) == ["a", "b", "c", "d"]


def test_a_number_or_a_place_is_a_difference_and_typography_is_none() -> None:
    assert reconcile(["Rose by 4%."], ["Rose by 5%."], _page("Rose by 4%."), _page("Rose by 5%.")) == ["Rose by 5%."]
    assert reconcile(["a", "b"], ["b", "a"], _page("a", "b"), _page("a", "b")) == ["b", "a"]


@given(_LINES, _LINES)
def test_pages_that_hold_only_their_texts_leave_the_new_one_as_it_is(old: list[str], new: list[str]) -> None:
    assert reconcile(old, new, _page(*old), _page(*new)) == new
    assert reconcile(old, old, _page(*old), _page(*old)) == old


@given(_LINES, _LINES)
def test_pages_that_hold_everything_give_the_old_text_back(old: list[str], new: list[str]) -> None:
    both = _page(*old, *new)
    assert set(reconcile(old, new, both, both)) == set(old)


def test_a_date_alone_is_one_line_of_the_text_below_its_head() -> None:
    date, lines = "3 May 2026", ["a", "b", "c"]
    assert reconcile([date, *lines], lines, (), ()) == [date, *lines]
    assert reconcile(lines, [date, *lines], (), ()) == lines
    assert reconcile(lines, [*lines, date], (), ()) == [*lines, date]


def test_a_line_that_came_to_more_places_of_the_page_came() -> None:
    assert reconcile(["a"], ["a", "b"], _page("a", "b"), _page("a", "b", "b")) == ["a", "b"]
    assert reconcile(["a", "b"], ["a"], _page("a", "b", "b"), _page("a", "b")) == ["a"]
    assert reconcile(["a"], ["a", "b"], _page("a", "b"), _page("a", "b")) == ["a"]


def test_a_count_or_an_age_beside_an_author_stays_as_it_first_was() -> None:
    old, new = ["Ida Wren · 2 days ago", "a"], ["Ida Wren · 3 days ago · 17 views", "a"]
    assert reconcile(old, new, _page(*old), _page(*new)) == old
    other = ["Tomas Pell · 3 days ago", "a"]
    assert reconcile(old, other, _page(*old), _page(*other)) == other


def test_the_time_of_something_to_come_is_no_clock() -> None:
    old, new = (["a", "b", f"Tuesday, {day} May 2026, 10:00", "c"] for day in (12, 19))
    assert reconcile(old, new, _page(*old), _page(*new), "2026-03-04T09:00:00+00:00") == new
    assert reconcile(old, new, _page(*old), _page(*new), "2026-05-19T10:00:00+00:00") == old


def test_a_link_that_the_other_page_shows_neither_came_nor_went() -> None:
    one, other = "Map | https://v.example/map.pdf", "Fares: a table | https://v.example/fares.xlsx"
    both = _page("Map", "Fares: a table")
    assert reconcile_links([one], [one, other], both, both) == (one,)
    assert reconcile_links([one, other], [one], both, both) == (one, other)
    assert reconcile_links([one], [one, other], _page("Map"), both) == (one, other)
    assert reconcile_links([one, other], [one], both, _page("Map")) == (one,)
    assert reconcile_links([one], [other], (), both) == reconcile_links([one], [other], both, ()) == (one,)


def test_a_link_with_the_same_words_leads_where_it_leads_now() -> None:
    old, new = "Map | https://v.example/map.pdf", "Map | https://v.example/map-2.pdf"
    assert reconcile_links([old], [new], _page("Map"), _page("Map")) == (new,)


def test_links_with_the_same_words_are_each_a_link() -> None:
    one, two, three = (f"Download | https://v.example/{name}" for name in ("a.pdf", "b.xlsx", "c.zip"))
    shown = _page("Download")
    assert reconcile_links([one, two], [one, two], shown, shown) == (one, two)
    assert reconcile_links([one, two], [one, three], shown, shown) == (one, three)
    assert reconcile_links([one, two], [one], shown, shown) == (one, two)
    assert reconcile_links([one, two], ["Fares | https://v.example/f"], shown, _page("Fares")) == (
        "Fares | https://v.example/f",
    )


def test_a_link_of_which_a_redesign_made_two_lines_is_the_same() -> None:
    whole = "Read the report: Figures 2025 | https://v.example/a.pdf"
    part = "Figures 2025 | https://v.example/files/a.pdf"
    assert reconcile_links([whole], [part], _page(whole), _page("Read the report:", "Figures 2025")) == (whole,)
    assert reconcile_links([part], [whole], _page("Figures 2025"), _page(whole)) == (part,)


def test_another_line_below_the_title_counts_where_the_page_shows_that_it_came_or_went() -> None:
    here, there = _page("Pier", "No delay"), _page("Pier", "A delay")
    assert reconcile_line("No delay", "A delay", here, there) == "A delay"
    assert reconcile_line("No delay", "", here, _page("Pier")) == ""
    assert reconcile_line("", "A delay", _page("Pier"), there) == "A delay"


def test_a_line_below_the_title_that_is_only_read_otherwise_stays() -> None:
    both = _page("Pier", "No delay", "A delay")
    assert reconcile_line("No delay", "A delay", both, both) == "No delay"
    assert reconcile_line("No delay", "", both, both) == "No delay"
    assert reconcile_line("Stated for programs", "Otherwise", _page("Pier"), _page("Pier")) == "Stated for programs"
    assert reconcile_line("No delay", "A delay", (), ()) == "No delay"


def test_counts_and_stamps_in_the_line_below_the_title_make_no_other_one() -> None:
    for old, new in [
        ("Harbour news · 3 days ago", "Harbour news · 9 days ago"),
        ("Posted by Harbour | 123 views", "Posted by Harbour | 223 views"),
        ("Valdora, 3 March 2026", "Valdora, 3 March 2026 | Updated 4 March 2026"),
        ("", "Published 3 hours ago"),
    ]:
        assert reconcile_line(old, new, _page("Pier", old), _page("Pier", new)) == old
    old, new = "Harbour news · 3 ferries", "Harbour news · 9 ferries"
    assert reconcile_line(old, new, _page("Pier", old), _page("Pier", new)) == new
