"""What labels say of the dates beside them."""

from __future__ import annotations

import pytest

from archive.text.date_labels import (
    calls_release,
    has_own_label,
    is_of_dateline,
    is_of_span,
    says_modified,
    says_other,
    says_published,
    tells_of_act,
    tells_published,
)
from archive.text.dates import find_moments


@pytest.mark.parametrize(
    "label",
    [
        "Updated: ",
        "Last change of this site: ",
        "Letzte Änderung ",
        "Zuletzt aktualisiert am",
        "zuletzt verändert: ",
        "Senast ändrad ",
        "Sist endret: ",
        "Sidst ændret: ",
        "Muokattu ",
        "Ostatnio zmieniono: ",
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


@pytest.mark.parametrize(
    "label",
    ["Effective date: ", "Apply by ", "Anmeldeschluss: ", "Date limite : ", "締切：", "Anmeldung bis ", "Valid until ",
     "Plazo: hasta el ", "Inscription jusqu’au ", "до ", "When: Saturday, ", "Beginn: ", "Closing date for entries: ",
     "Ada Quill (born ", "Date of birth: ", "Eröffnet am ", "Harbour Act No. 12 of ", "Die Hafensatzung vom ",
     "Loi du ", "Ustawa z dnia ", "Закон от ", "© "],
)  # fmt: skip
def test_labels_of_something_else(label: str) -> None:
    assert says_other(label)


def test_a_word_further_before_a_date_is_no_label() -> None:
    assert not says_other("Deadline for all boats moved. ")
    assert not says_other("Posted on ")
    assert says_other("Inicio: ")
    assert not says_other("Inicio Publicado: ")
    assert not says_other("Início Data: ")
    assert not says_other("Wann die Boote fahren Veröffentlicht: ")
    assert not says_other("When boats sail | Ada Quill | ")
    assert not says_other("Press release No. 12 of ")
    assert not says_other("Pressemitteilung vom ")


def test_a_day_of_a_span_and_one_with_an_ending() -> None:
    for before, behind in (
        ("4 May – ", ""),
        ("vom 4.-", ""),
        ("", " – 3 June 2026"),
        ("", "まで"),
        ("A híd ", "-én nyílt"),
        ("", " tarihinde açıldı"),
        ("", " tarihinde açılan köprü için bir kitap yayınlandı"),
    ):
        assert is_of_span(before, behind)
    for before, behind in (
        ("Release 12 – ", ""),
        ("12 min - ", ""),
        ("", " – 6 minutes"),
        ("", " - 10:30"),
        ("", " 広報課"),
        ("", " tarihinde yayınlandı"),
        ("", "-én jelent meg"),
        ("Közzétéve: ", "-én"),
        ("", "に公開"),
    ):
        assert not is_of_span(before, behind)


def test_the_word_for_a_moment_is_of_the_page_behind_one_for_publishing() -> None:
    for label in ("配信日時：", "公開日時：", "등록일시 : ", "작성일시: "):
        assert not says_other(label)
    for label in ("日時：", "일시: ", "公開期間：", "掲載期間："):
        assert says_other(label)


def test_the_word_for_a_date_in_a_sentence_is_a_label_right_before_the_day_alone() -> None:
    for label in ("Date: ", "Press office, date: ", "The date is ", "Datum: ", "Published by the board on "):
        assert tells_published(label)
    for label in ("Date and place: Marlow, ", "Datum, Ort: Marlow, den ", "Date/Time: Tuesday, "):
        assert tells_published(label)
    assert tells_published("Diese Meldung wurde am ", " veröffentlicht.")
    assert not tells_published("Das Haus wurde am ", " eröffnet.")
    assert not tells_published("Das Haus wurde am ", " eröffnet, ein Buch veröffentlicht.")
    assert not tells_published("Date palms bloom late. They are shown: come on ")
    for label in ("The fair keeps its date, and opens on ", "A date for the vote was set: it is held on ", "Held on "):
        assert not tells_published(label)


def _is_of_dateline(line: str) -> bool:
    day = next(find_moments(line))
    return is_of_dateline(line[: day.start], line[day.end :])


@pytest.mark.parametrize(
    "line",
    [
        "TAMSK, 4 May 2026 – The ferry sails",
        "Tamsk, 14. April 2026. Die Fähre fährt",
        "Tamsk/Marlow, 4. Mai 2026 – Die Fähre fährt",
        "Tamsk, den 4. Mai 2026: Die Fähre fährt",
        "Tamsk, am Montag, 4. Mai 2026 – Die Fähre",
        "Val-Tamsk, le 6 octobre 2026 - Le bac",
        "Tamsk, 9 de julio de 2026.- El puerto",
        "NEW TAMSK, May 4, 2026 /Seawire/ -- The ferry",
        "Tamsk, Vermont, May 4, 2026 (Seawire) -- The ferry",
        "TAMSK (Jan. 24, 2017) — The ferry",
        "Tamsk (4. Mai 2026). Die Fähre",
        "(Tamsk, 4 March 2026) The ferry",
        "[Tamsk] 4 March 2026 – The ferry",
        "Tamsk 4 March 2026 – The ferry",
        "4 March 2026, Tamsk – The ferry",
        "4 March 2026 – The ferry",
        "Тамск, 4 мая 2026 г. — Паром",
        "Tamsk, 2026. május 4. – A komp",
        "【丹須、2026年3月9日】市は",
        "【丹須2026年3月9日】市は",
        "（丹須，2026年3月9日）渡轮",
        "(탐스크=2026년 3월 9일) 여객선이",
        "2026年3月9日 — 市は",
        "The office says today, 4 May 2026, that",
        "Wie das Amt heute (4. Mai 2026) mitteilt",
    ],
)
def test_the_day_of_a_dateline(line: str) -> None:
    assert _is_of_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The museum was opened on 4 May 2019 and has",
        "Registration ends on 3 June 2026. Parents",
        "Deadline is Friday, 3 June 2026. Send",
        "Since May 4, 2019, The Ferry sails",
        "On Saturday, 19 September 2026, forty boats",
        "Inauguré le 4 mai 2019, le pont",
        "Eröffnet am 4. Mai 2019. Das Museum",
        "Am 4. Mai 2019 Der Rat",
        "Most otwarto 4 maja 2019 roku i od",
        "Otwarty 4 maja 2019 r. most",
        "Мост был открыт 4 мая 2019 года и",
        "The Harbour Act (21 January 2024) requires",
        "4 Mayıs 2019 tarihinde açılan",
        "市立美術館は2019年5月4日に開館し",
        "다리는 2019년 5월 4일 문을",
    ],
)
def test_a_day_that_a_sentence_tells_of_is_of_no_dateline(line: str) -> None:
    assert not _is_of_dateline(line)


@pytest.mark.parametrize(
    ("label", "is_other"),
    [
        ("Foto: Ada Quill, ", True),
        ("The quay. Photo credit: Ada Quill (", True),
        ("Фото: Ада Квилл, ", True),
        ("Foto: Ada Quill | ", False),
        ("Text: Ada Quill, photo: Bo Wren, ", False),
        ("Text und Foto: Ada Quill, ", False),
        ("Foto: Dr. A. Quill, ", True),
        ("Foto: Ada Quill. Karn, ", False),
        ("By Ada Quill, photo: Bo Wren, ", False),
    ],
)
def test_a_day_behind_who_took_a_picture(label: str, is_other: bool) -> None:
    assert says_other(label) is is_other


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Přihlášky do ", "."),
        ("Ansøg senest den ", "."),
        ("Înscrieri până la ", "."),
        ("Pendaftaran dibuka hingga ", "."),
        ("Inscripcions fins al ", "."),
        ("מועד ההרשמה עד ", ""),
        ("مهلت ثبت نام: ", ""),
        ("Ilmoittaudu ", " mennessä"),
        ("Başvurular ", "'ya kadar"),
        ("आवेदन ", " तक लिए जाएंगे।"),
    ],
)
def test_a_day_until_which_something_holds(before: str, behind: str) -> None:
    assert says_other(before) or is_of_span(before, behind)


def test_a_label_in_the_line_of_a_day_that_does_not_speak_of_the_page_is_its_own() -> None:
    for label in ("Public meeting: ", "Karn\nBorgermøde: ", "説明会：", "Released\nMeeting: "):
        assert has_own_label(label)
    for label in (
        "",
        "Karn, ",
        "Published: ",
        "Last updated: ",
        "12: ",
        "Meeting:\nKarn, ",
        "日期：",
        "วันที่ : ",
        "Fecha: ",
        "दिनांक: ",
    ):
        assert not has_own_label(label)


def test_a_line_that_calls_its_page_a_release_of_the_day() -> None:
    for label in ("Press release of ", "Home\nMedienmitteilung Nr. 12 vom Montag, ", "Tiedote 12/2026 ", "新闻稿 "):
        assert calls_release(label)
    for label in ("Press release of\n", "Release notes ", "A reply to the press release of ", "Sitzung vom "):
        assert not calls_release(label)


def test_what_is_decided_or_held_on_a_day() -> None:
    for label in ("Judgment of ", "Gerichtsurteil vom ", "At the meeting of Tuesday, ", "Beslut av "):
        assert tells_of_act(label)
    for label in ("Judgment, ", "Medienmitteilung vom ", "The meeting hall of Marlow, "):
        assert not tells_of_act(label)


@pytest.mark.parametrize(
    "label",
    [
        "Added: ",
        "Eingestellt am: ",
        "Ausgabedatum: ",
        "Mis en ligne le : ",
        "Fecha de emisión: ",
        "Criado em: ",
        "Vydáno: ",
        "Utworzono: ",
        "Добавлено: ",
        "Оприлюднено: ",
        "Haber | Eklenme Tarihi: ",
        "Julkaisupäivä: ",
        "Upplagd: ",
        "Oprettet: ",
        "Įkelta: ",
        "Lisatud: ",
        "Ημ/νία: ",
        "Feltöltve: ",
        "Diunggah: ",
        "Ngày tạo: ",
        "תאריך פרסום: ",
        "تاريخ الإضافة: ",
        "วันที่ลงข่าว: ",
        "登録日：",
        "成文日期：",
        "보도일자: ",
    ],
)
def test_a_label_that_says_that_a_page_was_put_online_is_that_of_the_page(label: str) -> None:
    assert not has_own_label(label)
    assert has_own_label(f"{label}1, Meeting: ")


@pytest.mark.parametrize(
    "words",
    [
        "Leitzinsen bleiben unverändert",
        "Styrräntan oförändrad",
        "Styringsrenten uendret",
        "Renten uændret",
        "Stopy procentowe niezmienione",
        "La tasa se mantiene inalterada",
        "Faiz oranı değiştirilmedi",
        "Облікова ставка незмінена",
    ],
)
def test_what_did_not_change_is_no_label_of_a_change(words: str) -> None:
    assert not says_modified(words)
