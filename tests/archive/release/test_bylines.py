"""Lines around a text that only say who made it; people of whom it tells."""

from __future__ import annotations

import pytest

from archive.release.bylines import around, is_byline, listed

PROSE = "The harbour board met on Monday and agreed to repair the long pier before the winter storms arrive."


def signed(*lines: str) -> list[str]:
    """The bylines among the lines of a text."""
    return [lines[at] for at in sorted(around(lines, [at for at, line in enumerate(lines) if line == PROSE]))]


@pytest.mark.parametrize(
    "line",
    [
        "Von Oda Brekk",
        "By Ada Quill and Bo Wren, harbour office",
        "Written by ADA QUILL",
        "Story by Ada Quill | Photos by Bo Wren",
        "Texte : Ada Quill",
        "Text und Fotos: Ada Quill",
        "Text: Ada Quill / Foto: Bo Wren",
        "Автор: Ада Квилл",
        "Írta: Quill Ada",
        "Penulis: Ada Quill",
        "Tác giả: Lan Anh",
        "Por: Ada Quill",
        "文：李明远",
        "文 / 李明远 图 / 王海燕",
        "（责任编辑：李明远）",
        "文：山本 海子",
        "글: 김바다 기자",
        "بقلم: سالم البحري",
        "كتبت: مريم البحري",
        "Scritto da Ada Quill",
        "Publicerad av Ada Quill",
        "Đăng bởi: Lan Anh",
        "Objavila Ada Quill",
        "Publicado por Ada Quill",
    ],
)
def test_a_line_that_says_who_made_the_text(line: str) -> None:
    assert is_byline(line)
    assert signed(line, PROSE, PROSE) == [line]
    assert signed(PROSE, PROSE, line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers",
        "By Public Transport",
        "By Public Transport and Car",
        "By 2030",
        "BY THE NUMBERS",
        "Von Karn nach Hale",
        "Von der Mole reist Ada Quill nach Karn",
        "Where: Harbour House",
        "Moderation: Ada Quill",
        "Text: We are open",
        "By the Harbour Ministry",
        "文章来源：港口报",
        "Foto: 12",
    ],
)
def test_a_line_that_says_something_else(line: str) -> None:
    assert not is_byline(line)


def test_a_byline_between_the_lead_and_the_text() -> None:
    assert signed(PROSE, "By Ada Quill", PROSE) == ["By Ada Quill"]


def test_names_amid_the_text_and_among_facts_are_none() -> None:
    assert signed(*[PROSE] * 4, "By Ada Quill", *[PROSE] * 4) == []
    assert signed("Title: The pier", "Author: Ada Quill", PROSE) == []
    assert signed("By Ada Quill") == []


def test_people_to_whom_a_line_leads_and_the_makers_of_a_work_are_none() -> None:
    assert signed(PROSE, "The prizes go to:", "Photographer: Ada Quill", "Editor: Bo Wren") == []
    assert signed(PROSE, "The Long Quay", "by Ada Quill", "The Short Pier", "by Bo Wren") == []
    assert signed(PROSE, "The ferry sails.", "Text: Ada Quill", "Photos: Bo Wren") == [
        "Text: Ada Quill",
        "Photos: Bo Wren",
    ]


def test_facts_below_what_leads_to_them_are_listed_however_many_they_are() -> None:
    facts = ["Photo: Bo Wren"] * 3000
    assert listed(["A line.", *facts]) == set()
    assert listed(["The prizes go to:", *facts, "A line.", "Photo: Ada Quill"]) == set(range(1, 3002))
