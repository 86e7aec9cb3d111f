"""Lines around a text that only say who made it leave it; people of whom it tells stay."""

from __future__ import annotations

import lxml.html
import pytest

from archive.extract.whole.bylines import byline_lines, is_byline
from archive.page.blocks import blocks
from tests.archive.extract.whole.judged import PROSE


def signed(body: str) -> list[str]:
    """The lines of a text that are bylines."""
    found = blocks(lxml.html.document_fromstring(f"<html><body><div>{body}</div></body></html>"))
    return [found[at].text for at in sorted(byline_lines(found))]


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
    ],
)
def test_a_line_that_says_who_made_the_text(line: str) -> None:
    assert is_byline(line)
    assert signed(f"<p>{line}</p><p>{PROSE}</p><p>{PROSE}</p>") == [line]
    assert signed(f"<p>{PROSE}</p><p>{PROSE}</p><p>{line}</p>") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers",
        "By 2030",
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
    assert signed(f"<p>{PROSE}</p><p>By Ada Quill</p><p>{PROSE}</p>") == ["By Ada Quill"]


def test_names_amid_the_text_in_lists_and_among_facts_are_none() -> None:
    far = f"<p>{PROSE}</p>" * 4
    assert signed(f"{far}<p>By Ada Quill</p>{far}") == []
    assert signed(f"<ul><li>Text: Ada Quill</li><li>Music: Bo Wren</li></ul><p>{PROSE}</p>") == []
    assert signed(f"<p>Title: The pier</p><p>Author: Ada Quill</p><p>{PROSE}</p>") == []
    assert signed("<p>By Ada Quill</p>") == []
