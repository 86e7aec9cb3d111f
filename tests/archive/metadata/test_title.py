"""Which of a page's titles is the one the institution wrote."""

import pytest

from archive.metadata.title import Title, TitleCandidates, choose_title, title_parts, title_tails, whole, without_names

CASES = [
    # All say the same with a tail.
    (
        TitleCandidates(
            ("Pier Opens on Monday",),
            "Pier Opens on Monday | Portvale News",
            page="Pier Opens on Monday | Portvale News",
        ),
        "Pier Opens on Monday",
    ),
    (TitleCandidates((), "Pier Opens on Monday - Portvale News", "Pier Opens on Monday"), "Pier Opens on Monday"),
    (TitleCandidates((), "", "", page="Pier Opens on Monday – Portvale News"), "Pier Opens on Monday"),
    (TitleCandidates((), "Pier Opens on Monday-HarbourㅣPortvale News"), "Pier Opens on Monday"),
    # What is cut off with dots is whole elsewhere.
    (
        TitleCandidates(("Pier Opens on Monday After Nine Years",), "Pier Opens on Monday…", page="Pier Opens on..."),
        "Pier Opens on Monday After Nine Years",
    ),
    (TitleCandidates((), "Pier Opens on Monday…", page="Pier Opens"), "Pier Opens on Monday…"),
    # What the list calls the page is what is left of its title, also where a bare dash sets the name apart.
    (
        TitleCandidates((), page="Pier Opens on Monday | Notices | Portvale", feed="Pier Opens on Monday"),
        "Pier Opens on Monday",
    ),
    (
        TitleCandidates((), page="港口管理局周一启用新码头-港口管理局", feed="港口管理局周一启用新码头"),
        "港口管理局周一启用新码头",
    ),
    # Without a heading, a title stated for programs is what the page's title holds between section and site.
    (
        TitleCandidates(
            (), page="港口管理局 通知公告 新码头周一启用并向公众开放", others=("新码头周一启用并向公众开放",)
        ),
        "新码头周一启用并向公众开放",
    ),
    (TitleCandidates((), page="Pier Opens on Monday", others=("Portvale",)), "Pier Opens on Monday"),
    (
        TitleCandidates(
            (), page="Pier Opens | City of Portvale News Service", others=("City of Portvale News Service",)
        ),
        "Pier Opens",
    ),
    # The site's name is in a heading of its own.
    (
        TitleCandidates(("Portvale News", "Pier Opens on Monday"), page="Pier Opens on Monday | Portvale News"),
        "Pier Opens on Monday",
    ),
    (
        TitleCandidates(("City of Portvale", "Pier Opens on Monday"), "Pier Opens on Monday | Press | City"),
        "Pier Opens on Monday",
    ),
    # A headline that begins with the name of the site is no name.
    (
        TitleCandidates(
            ("Notices", "Portvale opens a second pier for ferries"),
            "Notices • Portvale opens a second pier for ferries",
            page="Notices • Portvale • Portvale opens a second pier for ferries",
        ),
        "Portvale opens a second pier for ferries",
    ),
    # A tail that is part of the title stays.
    (
        TitleCandidates(("Pier Opens - Ferry Waits",), "Pier Opens - Ferry Waits", page="Pier Opens - Ferry Waits"),
        "Pier Opens - Ferry Waits",
    ),
    # A kicker before the title.
    (
        TitleCandidates(("Harbour: The long pier opens",), "The long pier opens", "Harbour: The long pier opens"),
        "The long pier opens",
    ),
    (
        TitleCandidates(
            ("News from the coast - The pier at Portvale opens",), "Winter storm: The pier at Portvale opens"
        ),
        "The pier at Portvale opens",
    ),
    # Headline against shared title.
    (
        TitleCandidates(("The pier is open",), "The pier is open", "Pier of Portvale opened by chair", "Open at last"),
        "Pier of Portvale opened by chair",
    ),
    (
        TitleCandidates(("Pier is open",), "Pier is open", "Chair opens pier", page="Chair opens pier | Portvale News"),
        "Chair opens pier",
    ),
    (
        TitleCandidates(("Pier opens at Portvale",), "Why the pier opens now", "Pier opens at Portvale"),
        "Why the pier opens now",
    ),
    (
        TitleCandidates(
            ("Pier opens at Portvale",),
            "Why the pier opens",
            "Pier opens at Portvale",
            confirming=("Pier opens at Portvale",) * 2,
        ),
        "Pier opens at Portvale",
    ),
    # A kicker that both have stays.
    (
        TitleCandidates(("Sea: The pier of Portvale opens now",), "Sea: The pier of Portvale opens now"),
        "Sea: The pier of Portvale opens now",
    ),
    # A shared title that says nothing of the page.
    (TitleCandidates(("Pier opens at Portvale",), "Welcome", page="Pier opens at Portvale"), "Pier opens at Portvale"),
    # Only a feed names it.
    (TitleCandidates(feed="Pier opens at Portvale"), "Pier opens at Portvale"),
    (TitleCandidates(), ""),
]


@pytest.mark.parametrize(("claims", "expected"), CASES)
def test_the_title_is_the_institutions(claims: TitleCandidates, expected: str) -> None:
    assert choose_title(claims, ("Portvale News", "portvale", "Harbour")).text == expected


def test_a_title_says_where_it_is_from() -> None:
    assert choose_title(TitleCandidates(("Pier Opens on Monday",), "Pier Opens on Monday | X")) == Title(
        "Pier Opens on Monday", "h1"
    )
    assert choose_title(TitleCandidates((), "Pier Opens on Monday")) == Title("Pier Opens on Monday", "meta")
    assert choose_title(TitleCandidates(page="Pier Opens on Monday")) == Title("Pier Opens on Monday", "title")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pier Opens | Harbour | Portvale News", "Pier Opens"),
        ("Portvale News: Pier Opens", "Portvale News: Pier Opens"),
        ("Portvale News | Pier Opens", "Pier Opens"),
        ("Portvale News", "Portvale News"),
        ("Why I love Portvale News", "Why I love Portvale News"),
        ("Pier Opens — PortvaleNews.example", "Pier Opens"),
        ("Pier Opens > Harbour > Portvale News", "Pier Opens"),
        ("Pier Opens With Music, Songs and Portvale News", "Pier Opens With Music, Songs and Portvale News"),
        ("A Pier for All, Portvale News", "A Pier for All, Portvale News"),
        ("Portvale News, the Oldest Paper, Closes", "Portvale News, the Oldest Paper, Closes"),
    ],
)
def test_only_a_name_behind_a_separator_is_cut(text: str, expected: str) -> None:
    assert without_names(text, ("Portvale News", "Harbour")) == expected


def test_the_tails_of_a_title_are_what_separators_set_apart() -> None:
    assert title_tails("Tides rise – News | Harbour of Valdora") == ("News", "Harbour of Valdora")
    assert title_tails("Tides rise: what to do | A | Harbour of Valdora") == ("Harbour of Valdora",)
    assert title_tails("Tides rise in the well-known harbour") == ()
    assert title_tails("潮水上涨_青港灯塔协会") == ("青港灯塔协会",)
    assert title_tails("Tides rise_in the harbour") == ()


def test_marks_of_a_quotation_set_no_tail_apart() -> None:
    """French writes them with spaces inside."""
    assert title_tails("Odile Marn prend la tête de « Phares – Nord » chez Port de Valdora") == ()
    assert title_tails("Le port ouvre « Phares » | Port de Valdora") == ("Port de Valdora",)
    assert title_tails("Les marées montent » Actualités » Port de Valdora") == ("Actualités", "Port de Valdora")
    assert title_parts("« Phares » | Port de Valdora") == ("« Phares »", "Port de Valdora")


def test_the_name_of_the_site_after_a_quotation_is_part_of_the_title() -> None:
    title = "Odile Marn prend la tête de « Phares » chez Port de Valdora"
    assert without_names(title, ["Port de Valdora"]) == title
    assert without_names(f"{title} | Port de Valdora", ["Port de Valdora"]) == title


def test_the_name_of_the_site_before_a_colon_is_left_out_where_nothing_else_is_a_title() -> None:
    page = "Portvale Water: Burst main repaired"
    assert choose_title(TitleCandidates((), page=page), ["Portvale Water"]).text == "Burst main repaired"
    assert choose_title(TitleCandidates((), page=page), ["Portvale"]).text == page
    assert choose_title(TitleCandidates((page,), page=page), ["Portvale Water"]).text == page


def test_a_title_that_only_names_a_section_counts_where_no_other_is() -> None:
    generic = TitleCandidates(headings=("Pier opens at Portvale",), shared="Press release", page="Press release")
    assert choose_title(generic, (), "Press release".__eq__).text == "Pier opens at Portvale"
    alone = TitleCandidates(headings=("Press release",), shared="Press release")
    assert choose_title(alone, (), "Press release".__eq__).text == "Press release"


def test_a_title_cut_off_within_a_word_is_told_whole() -> None:
    whole_title = "Passengers can buy one ticket for train, bus and ferry as soon as the machines are switched on"
    assert whole(whole_title[:-20], [whole_title]) == whole_title
    assert whole("Pier op", ["Pier opens"]) == "Pier op"
    assert whole(whole_title.removesuffix(" on"), [whole_title]) == whole_title.removesuffix(" on")


def test_what_links_to_a_title_tags_in_it_and_the_title_again_are_no_part_of_it() -> None:
    assert whole("Pier opens at Portvale¶", []) == "Pier opens at Portvale"
    assert whole("<i>Salix orrae</i> found at Portvale", []) == "Salix orrae found at Portvale"
    assert whole("Pier opens at PortvalePier opens at Portvale", []) == "Pier opens at Portvale"
    assert whole("Again and again", []) == "Again and again"
    assert whole("Courses in Lamp #", []) == "Courses in Lamp #"
    assert whole("What <br> and <b> mean at Portvale", []) == "What <br> and <b> mean at Portvale"


def test_a_wide_slash_sets_the_site_apart() -> None:
    assert title_tails("県産いちごの出荷が始まりました／青浜県") == ("青浜県",)
