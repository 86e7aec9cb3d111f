"""One release at several addresses: what in an address varies with the place of a link, and what names the release."""

from __future__ import annotations

from crawler.discover.twins import CASE, EARLIER, Named, Twins

SITE = "http://www.orlin.example"
HEADLINES = ("Ferry fares stay as they are", "Night buses run again", "New locks for the canal", "A bridge is closed")


def links(form: str, place: str, titles: tuple[str, ...] = HEADLINES, day: str = "") -> list[Named]:
    """Links to releases; `form` has {id} where their numbers stand, and {n} for the place in the list."""
    found = ((title, 100 + HEADLINES.index(title), n) for n, title in enumerate(titles))
    return [Named(SITE + form.format(id=number, n=n), title, day, place) for title, number, n in found]


def test_a_part_that_varies_with_the_place_of_a_link_is_left_out_of_account() -> None:
    twins = Twins()
    assert twins.take(links("/show?id={id}&pos={n}&all=4", "list")) == {}
    shifted = links("/show?id={id}&pos={n}&all=9", "year", HEADLINES[1:])
    assert twins.take(shifted) == {
        f"{SITE}/show?id=10{n}&pos={n - 1}&all=9": f"{SITE}/show?id=10{n}&pos={n}&all=4" for n in (1, 2, 3)
    }
    assert twins.idle == {"?pos", "?all"}
    assert twins.take([Named(f"{SITE}/show?id=103&pos=70&all=90", "")]) == {
        f"{SITE}/show?id=103&pos=70&all=90": f"{SITE}/show?id=103&pos=3&all=4"
    }


def test_the_case_of_letters_and_the_folder_of_a_topic_are_such_parts() -> None:
    twins = Twins()
    other = twins.take([*links("/Show.asp?ID={id}", "list"), *links("/show.asp?id={id}", "box", HEADLINES[:2])])
    assert (set(other), twins.idle) == ({f"{SITE}/show.asp?id=100", f"{SITE}/show.asp?id=101"}, frozenset({CASE}))
    twins = Twins()
    twins.take([*links("/water/{id}-x", "list"), *links("/roads/{id}-x", "box", HEADLINES[:2])])
    assert twins.idle == {"/0"}


def test_a_value_that_is_made_of_several_is_compared_piece_by_piece() -> None:
    twins = Twins()
    twins.take([*links("/news.php?item.{id}.3", "list"), *links("/news.php?extend.{id}", "feed", HEADLINES[:2])])
    assert twins.idle == {"? 0", "? 2"}


def test_of_addresses_that_are_new_together_the_one_that_leaves_a_part_out_stands_for_all() -> None:
    other = Twins().take([*links("/{id}?ref=place{n}", "list"), *links("/{id}", "box", HEADLINES[:2])])
    assert other == {f"{SITE}/100?ref=place0": f"{SITE}/100", f"{SITE}/101?ref=place1": f"{SITE}/101"}


def test_headlines_that_many_releases_have_show_nothing() -> None:
    weekly = ("Water levels of the week", "Market prices of the week")
    same_place = [Named(f"{SITE}/{n}", weekly[n % 2], "", "list") for n in range(6)]
    assert Twins().take(same_place) == {}
    elsewhere = [Named(f"{SITE}/{n}", weekly[n % 2], "", f"page {n}") for n in range(8)]
    assert Twins().take(elsewhere) == {}


def test_what_names_the_release_is_no_such_part_though_some_headlines_come_again() -> None:
    twins = Twins()
    first = [Named(f"{SITE}/show?id={n}", title, "", "list") for n, title in enumerate(HEADLINES)]
    again = [Named(f"{SITE}/show?id={n + 50}", title, "", "year") for n, title in enumerate(HEADLINES)]
    assert (twins.take([*first, *again]), twins.idle) == ({}, frozenset())


def test_other_days_languages_and_hosts_are_other_releases() -> None:
    assert Twins().take([*links("/de/{id}", "list"), *links("/fr/{id}", "box")]) == {}
    twins = Twins()
    twins.take([*links("/{id}", "list", HEADLINES, "2026-03-04"), *links("/{id}?v=1", "box", HEADLINES, "2026-03-04")])
    assert twins.take(links("/{id}?v=2", "year", HEADLINES, "2026-04-04")) == {}
    assert Twins().take([*links("/{id}", "list"), Named("http://other.example/100?x=1", HEADLINES[0], "", "box")]) == {}


def test_a_short_headline_needs_its_day() -> None:
    short = [Named(f"{SITE}/{n}?pos={n}", f"{n}/26", "2026-03-04", "list") for n in (1, 2)]
    there = [Named(f"{SITE}/{n}?pos=7", f"{n}/26", "2026-03-04", "year") for n in (1, 2)]
    assert len(Twins().take([*short, *there])) == 2
    there = [Named(one.url, one.title, "2026-03-09", one.place) for one in there]
    assert Twins().take([*short, *there]) == {}


def test_what_a_whole_page_shows_holds_for_the_few_links_that_are_new() -> None:
    twins = Twins()
    twins.take(links("/{id}", "earlier crawls"))
    moved = links("/{id}?pos=5", "list", HEADLINES[2:3])
    assert twins.take(moved, frozenset({"?pos"})) == {f"{SITE}/102?pos=5": f"{SITE}/102"}


def test_a_site_that_moved_to_another_folder_has_new_addresses() -> None:
    twins = Twins()
    twins.take(links("/news/{id}-x", EARLIER))
    assert (twins.take(links("/media/{id}-x", "list")), twins.idle) == ({}, frozenset())


def test_the_folder_of_a_topic_may_be_another_than_in_earlier_crawls() -> None:
    twins = Twins()
    twins.take([*links("/water/{id}-x", EARLIER, HEADLINES[:3]), *links("/roads/{id}-x", EARLIER, HEADLINES[3:])])
    today = [*links("/roads/{id}-x", "list", HEADLINES[:2]), *links("/water/{id}-x", "list", HEADLINES[2:])]
    assert twins.take(today) == {
        f"{SITE}/roads/100-x": f"{SITE}/water/100-x",
        f"{SITE}/roads/101-x": f"{SITE}/water/101-x",
        f"{SITE}/water/103-x": f"{SITE}/roads/103-x",
    }


def test_a_parameter_that_is_another_in_every_crawl_says_nothing() -> None:
    twins = Twins()
    twins.take(links("/show?id={id}&session=4f2", EARLIER))
    assert len(twins.take(links("/show?id={id}&session=9c1", "list"))) == len(HEADLINES)
