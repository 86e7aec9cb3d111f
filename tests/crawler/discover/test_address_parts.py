"""What an address is made of."""

from __future__ import annotations

import pytest

from crawler.discover.address_parts import END, is_edition, parameters, read_part, take_apart


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("2026", "number", 0),
        ("2026-11-03", "number", 0),
        ("november", "number", 0),
        ("қараша", "number", 0),
        ("r0012", "code", 0),
        ("pm2403001", "code", 0),
        ("7f3c9a1be2", "code", 4),
        ("release-0042", "code", 1),
        ("about", "word", 1),
        ("privacy-policy", "word", 2),
        ("harbour-opens-new-quay", "title", 4),
        ("港口新建码头今日开放", "title", 5),
        ("donaudampfschifffahrtsgesellschaft", "title", 1),
        ("новый-причал-открыт", "title", 3),
        ("ท่าเรือแห่งใหม่เปิดแล้ว", "title", 11),
    ],
)
def test_a_part_has_a_kind(text: str, kind: str, words: int) -> None:
    part = read_part(text)
    assert part.kind == kind
    assert abs(part.words - words) <= 1


def test_a_title_may_have_a_number_at_either_end() -> None:
    assert read_part("4711-new-quay-opens").numbered == "first"
    assert read_part("new-quay-opens-4711").numbered == "last"
    assert read_part("new-quay-opens-7").numbered == ""


def test_an_address_comes_apart() -> None:
    found = take_apart("https://www.valdora.example/en/News/%D0%BF%D1%80%D0%B8%D1%87%D0%B0%D0%BB.html?id=7&lang=en")
    assert found.host == "valdora.example"
    assert [part.text for part in found.parts] == ["en", "news", "причал"]
    assert found.extension == "html"
    assert found.naming == {"id"}
    assert found.editions == {("0", "en"), ("lang", "en")}


def test_an_index_file_is_its_folder() -> None:
    assert take_apart("https://a.example/news/quay/index.html") == take_apart("https://a.example/news/quay/")
    assert take_apart("https://a.example/index.php?id=7").parts[0].text == "index"


@pytest.mark.parametrize(("text", "is_one"), [("fr", True), ("pt-br", True), ("eng", True), ("news", False)])
def test_folders_that_name_a_language(text: str, is_one: bool) -> None:
    assert is_edition(text) is is_one


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("news/quay-opens-2026-05-04_fr", "fr"),
        ("home_fr", "fr"),
        ("news/quay.pt-br.html", "pt-br"),
        ("news/quay-fr", ""),
        ("news/quay_xx", ""),
        ("fr", ""),
        ("_fr", ""),
        ("", ""),
    ],
)
def test_a_path_may_end_in_a_language(path: str, ending: str) -> None:
    address = take_apart(f"https://a.example/{path}")
    assert address.ending == ending
    assert address.own_editions - address.editions == ({(END, ending)} if ending else set())


def test_a_word_alone_in_a_query_is_a_value_without_a_name() -> None:
    assert parameters("note41&lang=fr") == [("", "note41"), ("lang", "fr")]
    assert take_apart("https://lake.example.org/index.cgi?note41").naming == {""}
    assert not take_apart("https://lake.example.org/index.cgi?print").naming
