"""What labels say of the dates beside them."""

from __future__ import annotations

import pytest

from archive.text.date_labels import says_modified, says_other, says_published, tells_published


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
        "更新时间：",
        "Дата обновления: ",
        "Data da última atualização",
    ],
)
def test_labels_of_changes(label: str) -> None:
    assert says_modified(label)
    assert not says_published(label)


@pytest.mark.parametrize(
    "label",
    [
        "Published on ",
        "Veröffentlicht: ",
        "发布时间：",
        "Дата ",
        "입력 ",
        "掲載日：",
        "Közzétéve:",
        "Zveřejněno",
        "Datum der Veröffentlichung: ",
        "Fecha de publicación: ",
    ],
)
def test_labels_of_publications(label: str) -> None:
    assert says_published(label)
    assert not says_modified(label)


@pytest.mark.parametrize(
    "label", ["the public hearing on ", "Republic of Tamsk, ", "aduce la cunoștința publicului că, din data de ",
              "à la date du ", "aperto al pubblico dal ", "Publicidad, ", "für das Publikum ab ",
              "open voor publiek vanaf "]
)  # fmt: skip
def test_what_a_sentence_says_is_no_label_of_either(label: str) -> None:
    assert not says_published(label)
    assert not says_modified(label)


def test_a_label_of_both_is_of_a_publication() -> None:
    assert not says_modified("Published and updated: ")


@pytest.mark.parametrize("label", ["Effective date: ", "Apply by ", "Anmeldeschluss: ", "Date limite : ", "締切："])
def test_labels_of_something_else(label: str) -> None:
    assert says_other(label)


def test_a_word_further_before_a_date_is_no_label() -> None:
    assert not says_other("Deadline for all boats moved. ")
    assert not says_other("Posted on ")


def test_the_word_for_a_date_in_a_sentence_is_a_label_right_before_the_day_alone() -> None:
    for label in ("Date: ", "Press office, date: ", "The date is ", "Datum: ", "Published by the board on "):
        assert tells_published(label)
    for label in ("Date and place: Marlow, ", "Datum, Ort: Marlow, den ", "Date/Time: Tuesday, "):
        assert tells_published(label)
    assert not tells_published("Date palms bloom late. They are shown: come on ")
    for label in ("The fair keeps its date, and opens on ", "A date for the vote was set: it is held on ", "Held on "):
        assert not tells_published(label)
