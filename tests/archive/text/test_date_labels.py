"""What labels say of the dates beside them."""

from __future__ import annotations

import pytest

from archive.text.date_labels import says_modified, says_other, says_published


@pytest.mark.parametrize(
    "label",
    [
        "Updated: ",
        "Last change of this site: ",
        "Letzte Änderung ",
        "Zuletzt aktualisiert am",
        "Mis à jour le",
        "更新：",
        "Обновлено",
        "수정 ",
        "تحديث",
        "Cập nhật lúc",
    ],
)
def test_labels_of_changes(label: str) -> None:
    assert says_modified(label)
    assert not says_published(label)


@pytest.mark.parametrize(
    "label",
    ["Published on ", "Veröffentlicht: ", "发布时间：", "Дата ", "입력 ", "掲載日：", "Közzétéve:", "Zveřejněno"],
)
def test_labels_of_publications(label: str) -> None:
    assert says_published(label)
    assert not says_modified(label)


def test_a_label_of_both_is_of_a_publication() -> None:
    assert not says_modified("Published and updated: ")


@pytest.mark.parametrize("label", ["Effective date: ", "Apply by ", "Anmeldeschluss: ", "Date limite : ", "締切："])
def test_labels_of_something_else(label: str) -> None:
    assert says_other(label)


def test_a_word_further_before_a_date_is_no_label() -> None:
    assert not says_other("Deadline for all boats moved. ")
    assert not says_other("Posted on ")
