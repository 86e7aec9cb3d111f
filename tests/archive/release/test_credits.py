"""Picture credits are told from sentences about pictures, in any language."""

from __future__ import annotations

import pytest

from archive.release import credits


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Photo: Oda Brekk", "Oda Brekk"),
        ("Photo credit: Tamsk Harbour Office", "Tamsk Harbour Office"),
        ("(Photo: Oda Brekk)", "Oda Brekk"),
        ("© Oda Brekk/Tamsk Courier", "Oda Brekk/Tamsk Courier"),
        ("Фото: пресс-служба порта", "пресс-служба порта"),
        ("© 2026 Tamsk Courier", ""),
        ("Photo: walkers cross the bridge before any carts do", ""),
        ("Photography is a fine trade.", ""),
        ("Photographer / Videographer", ""),
        ("Photography/Videography", ""),
        ("Photo Sources and Harbour Controls", ""),
        ("Image copyright Tamsk Courier", "Tamsk Courier"),
        ("Copyright Oda Brekk", "Oda Brekk"),
        ("Copyright Law in a Small Harbour", ""),
        ("– Credit/debit cards (Brekk Card, Amsel Bank)", ""),
        ("Fotoğraf: Oda Brekk", "Oda Brekk"),
        ("写真：山本海子", "山本海子"),
        ("（圖：王海燕）", "王海燕"),
        ("（圖：正午時分的北碼頭和渡輪）", ""),
    ],
)
def test_photo_credits(line: str, name: str) -> None:
    assert credits.photo_credit(line) == name


def test_a_caption_ends_with_its_credit() -> None:
    assert credits.caption_credit("Walkers on the bridge (Photo: Oda Brekk)") == "Oda Brekk"
    assert credits.caption_credit("Walkers on the bridge (Photo: Oda Brekk) at noon") == ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The quay at noon. Photo: Oda Brekk", "Oda Brekk"),
        ("Der Kai am Mittag – Foto: Oda Brekk / Brekk Ferries", "Oda Brekk / Brekk Ferries"),
        ("Причал в полдень. Фото: Ода Брекк", "Ода Брекк"),
        ("The photo: Oda Brekk", ""),
        ("The quay. Photo: the wall was built by the county and will be repaired", ""),
        ("The quay. Photo: Oda Brekk. It was taken at noon.", ""),
    ],
)
def test_a_credit_behind_the_words_of_a_caption(line: str, name: str) -> None:
    assert credits.credit_at_end(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "The quay at noon (Foto: Oda Brekk)",
        "The quay at noon [Fotoğraf: Oda Brekk]",
        "Nabrzeże w południe (fot. Oda Brekk)",
        "A móló délben (Fotó: Brekk Oda)",
        "정오의 부두 (사진=항만청)",
        "正午的码头（摄影：李明远）",
        "正午的码头（李明远 摄）",
        "正午的码头（李明远 摄影）",
        "正午的码头（记者李明远摄影）",
        "الرصيف ظهراً (تصوير: سالم البحري)",
    ],
)
def test_a_credit_in_brackets_is_taken_off_its_line(line: str) -> None:
    rest = credits.without_credit(line)
    assert rest == line[: max(line.rfind(mark) for mark in "([（")].rstrip()
    assert credits.caption_credit(line)


def test_a_credit_behind_the_last_sentence_is_taken_off() -> None:
    assert credits.without_credit("The quay at noon. Foto: Oda Brekk") == "The quay at noon."
    assert credits.without_credit("Nabrzeże w południe. Fot. Oda Brekk") == "Nabrzeże w południe."
    assert credits.without_credit("Причал в полдень – Фото: Ода Брекк") == "Причал в полдень"
    assert credits.without_credit("The quay. Photo: Oda Brekk. It was taken at noon.").endswith("noon.")


@pytest.mark.parametrize(
    "line",
    [
        "The quay is wide (map: see page 3)",
        "The quay (photo: the wall before it was built)",
        "(Photo: Oda Brekk)",
        "The quay was opened (image 3)",
        "Photo: Oda Brekk",
        "码头很宽。（图：正午时分的北码头和渡轮）",
        "获奖作品共十件（山水摄影）",
    ],
)
def test_nothing_else_is_taken_off(line: str) -> None:
    assert credits.without_credit(line) == line


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Valokuva: Oda Brekk", "Oda Brekk"),
        ("(Aufnahme: Oda Brekk)", "Oda Brekk"),
        ("صورة: سالم البحري", "سالم البحري"),
        ("写真：山本海子", "山本海子"),
        ("The view from there: all boats leave", ""),
        ("Oda Brekk", ""),
    ],
)
def test_a_label_of_any_words_with_a_name(text: str, name: str) -> None:
    assert credits.labelled_name(text) == name
