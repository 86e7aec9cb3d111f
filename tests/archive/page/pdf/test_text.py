"""Paragraphs of PDF documents in reading order: lines, hyphens, pages, columns, running heads and feet."""

from __future__ import annotations

from archive.page.pdf.document import Pdf, PdfPage, Run, read_pdf
from archive.page.pdf.text import paragraphs
from tests.support.pdfs import HEIGHT, WIDTH, Text, column, pdf

BRIDGE = (
    "The Port of Valdora will open its second harbour bridge on Monday, the",
    "authority said today. The bridge carries trams, bicycles and pedes-",
    "trians, and takes eleven minutes off the way to the islands.",
    "",
    "Mayor Ana Brandt called it a long-term gift to the city. It cost 41",
    "million crowns, two less than was planned.",
)
SMALL = (
    "Port Authority of Valdora runs the harbour for the town and for the county, and",
    "keeps the papers of each company that ever sailed from one of its seven piers to",
)
LEFT = (
    "The left column begins here and runs on",
    "for several lines so that it is a text",
    "which people read from the top to the",
    "bottom before the other one comes. Only",
    "then it is done.",
)
RIGHT = (
    "The right column comes second. It too",
    "has several lines which end with a full",
    "stop when all was said. More of it is",
    "here so that it is long, and then it",
    "ends with this.",
)


def read(*pages: list[Text]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(read_pdf(pdf(*pages)))]


def test_lines_join_to_paragraphs_and_divided_words_are_whole_again() -> None:
    first, second = read(column(BRIDGE))
    assert first.startswith("The Port of Valdora will open its second harbour bridge on Monday, the authority said")
    assert "bicycles and pedestrians, and" in first
    assert second == (
        "Mayor Ana Brandt called it a long-term gift to the city. It cost 41 million crowns, two less than was planned."
    )


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    lines = (
        "She said that a long-term contract for the ferries was near, and that a long-",
        "term view helps everybody here.",
    )
    (said,) = read(column(lines))
    assert said.endswith("a long-term view helps everybody here.")
    (name,) = read(column(("The agreement was signed today in the old town hall of Vitry-", "Valdora by both mayors.")))
    assert "Vitry-Valdora by" in name


def test_a_paragraph_goes_on_over_the_page_and_running_heads_feet_and_numbers_are_none_of_it() -> None:
    pages = []
    for number, lines in enumerate((BRIDGE[:2], BRIDGE[2:4], BRIDGE[4:]), 1):
        frame = [(70, 40, 8, "Port Authority of Valdora"), (480, 810, 8, f"Page {number} of 3")]
        pages.append([*frame, *column(lines, top=90)])
    assert read(*pages) == read(column(BRIDGE))


def test_a_number_at_the_foot_of_a_single_page_is_that_of_the_page() -> None:
    assert read([*column(BRIDGE), (290, 815, 9, "- 1 -")]) == read(column(BRIDGE))
    assert "1989" in read([*column(BRIDGE), (290, 500, 9, "In 1989 it was the first.")])[-1]


def test_what_stands_at_the_edge_of_one_page_alone_stays() -> None:
    said = read([(70, 60, 11, "A first line that only this page has.")], column(BRIDGE), column(BRIDGE))
    assert said[0] == "A first line that only this page has."


def test_two_columns_are_read_one_after_the_other_below_the_headline_that_spans_both() -> None:
    headline, left, right = read(
        [(70, 80, 18, "A headline that spans both of the columns"), *column(LEFT, 60, 130), *column(RIGHT, 320, 130)]
    )
    assert headline == "A headline that spans both of the columns"
    assert left == " ".join(LEFT)
    assert right == " ".join(RIGHT)


def test_columns_in_the_order_of_the_file_make_no_difference() -> None:
    rows = [line for pair in zip(column(LEFT, 60, 130), column(RIGHT, 320, 130), strict=True) for line in pair]
    assert read(rows) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_table_of_names_and_numbers_is_read_line_by_line() -> None:
    names = ("Ferries", "Trams", "Buses", "Bicycles", "Others")
    rows = [*column(names, 70, 200), *column(("12", "40", "7", "90", "3"), 300, 200)]
    assert read(rows)[0].startswith("Ferries 12")


def test_a_headline_of_two_lines_is_one() -> None:
    said = read([(70, 90, 20, "Second harbour bridge"), (70, 114, 20, "opens on Monday"), *column(BRIDGE)])
    assert said[0] == "Second harbour bridge opens on Monday"
    assert len(said) == 3


def test_small_print_that_stands_closer_does_not_part_the_lines_of_the_text() -> None:
    wide = column(BRIDGE, step=20)
    small = column(SMALL * 2, top=300, size=8, step=10)
    said = read([*wide, *small])
    assert said[:2] == read(column(BRIDGE))
    assert len(said) == 3
    assert read([*wide, *column(SMALL, top=300, size=11, step=14)])[:2] == said[:2]


def test_points_of_a_list_are_paragraphs() -> None:
    said = read(
        column(
            (
                "\u2022 Trams start at five in the morning on all days of the week but Sun-",
                "days.",
                "\u2022 Buses follow.",
            )
        )
    )
    assert said == [
        "\u2022 Trams start at five in the morning on all days of the week but Sundays.",
        "\u2022 Buses follow.",
    ]


def test_a_document_without_text() -> None:
    assert read([]) == []


def typed(*lines: tuple[float, float, float, str], height: float = 12) -> list[str]:
    """The paragraphs of a page with these lines: left, top and right edge, and the words."""
    runs = tuple(Run(left, top, right, top + height, words) for left, top, right, words in lines)
    return [paragraph.text for paragraph in paragraphs(Pdf((PdfPage(WIDTH, HEIGHT, runs),)))]


def test_a_page_in_arabic_is_read_from_the_right() -> None:
    said = typed(
        (60, 100, 530, "أعلنت هيئة الميناء أن الجسر الثاني"),
        (400, 116, 530, "يفتح يوم الاثنين."),
        (330, 142, 530, "وقالت الهيئة إن كلفته"),
        (280, 142, 327, "41 مليون"),
        (60, 142, 276, "كرونة وإن العمل انتهى"),
        (470, 158, 530, "قبل موعده."),
    )
    assert said == [
        "أعلنت هيئة الميناء أن الجسر الثاني يفتح يوم الاثنين.",
        "وقالت الهيئة إن كلفته 41 مليون كرونة وإن العمل انتهى قبل موعده.",
    ]


def test_a_paragraph_that_is_read_against_the_direction_of_its_page_is_whole() -> None:
    arabic = [
        (60.0, 100.0 + 16 * n, 530.0, "أعلنت هيئة الميناء أن الجسر الثاني يفتح يوم الاثنين في المدينة وأن")
        for n in range(4)
    ]
    last = (380.0, 164.0, 530.0, "المشاة يعبرونه غدا.")
    english = [
        (60.0, 200.0, 530.0, "The harbour board opens"),
        (60.0, 216.0, 500.0, "its bridge at nine in"),
        (60.0, 232.0, 180.0, "the morning."),
    ]
    assert typed(*arabic, last, *english)[-1] == "The harbour board opens its bridge at nine in the morning."
    plain = [
        (60.0, 300.0 + 16 * n, 530.0, "and the board of the harbour in Valdora will cross it first of them all")
        for n in range(9)
    ]
    assert len(typed(*arabic, last, *plain)) == 2


def test_chinese_lines_join_without_a_blank_and_a_short_line_above_them_stands_alone() -> None:
    said = typed(
        (60, 100, 130, "2026年3月4日"),
        (60, 126, 530, "瓦尔多拉港务局今天宣布，第二座港口大桥将于星期一开放，行人和自行车"),
        (60, 142, 250, "都可以通行。"),
        (60, 168, 530, "市长说这座桥是给全市的礼物，它的造价比原来的计划少了两百万克朗。"),
    )
    assert said[0] == "2026年3月4日"
    assert said[1].endswith("行人和自行车都可以通行。")
    assert len(said) == 3


def test_a_narrow_column_of_an_address_beside_a_text_is_read_after_it() -> None:
    address = ("Port Authority", "7 Quay Street", "4711 Valdora", "+999 555 0142")
    beside = [(440, 152.5 + 11 * n, 8, words) for n, words in enumerate(address)]
    said = read([*column(BRIDGE, 60, 150), *beside])
    assert said[:2] == read(column(BRIDGE, 60, 150))
    assert "Quay Street" in " ".join(said[2:])


def test_spaced_letters_are_one_word() -> None:
    letters = [(70 + 17 * n, 90, 20, letter) for n, letter in enumerate("HARBOUR")]
    assert read([*letters, *column(BRIDGE)])[0] == "HARBOUR"
