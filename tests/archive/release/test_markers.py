"""The marks of releases, line by line: what each says, and which lines only look like one."""

from __future__ import annotations

import pytest

from archive.release import markers


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("FOR IMMEDIATE RELEASE", " "),
        ("For immediate release: 3 March 2026", "3 March 2026"),
        ("Zur sofortigen Veröffentlichung", " "),
        ("Для немедленной публикации", " "),
        ("For release of the eels the ponds were opened.", ""),
        ("The ferry was for immediate release", ""),
    ],
)
def test_release_lines(line: str, rest: str) -> None:
    assert markers.is_release_line(line) == rest


def test_a_line_that_names_its_kind_may_number_it() -> None:
    assert markers.release_kind("Press release No. 14/2026") == (True, "14/2026")
    assert markers.release_kind("Pressemitteilung") == (True, "")
    assert markers.release_kind("Press release about the eels of Tamsk") == (False, "")


def test_an_embargo_names_its_end_or_none() -> None:
    assert markers.embargo("EMBARGOED until 3 March 2026, 10:00") == "2026-03-03T10:00:00"
    assert markers.embargo("Strictly embargoed") == ""
    assert markers.embargo("The council lifted its embargo on eels") is None
    assert markers.embargo("Embargoed " + "x" * 200) is None


def test_references() -> None:
    assert markers.reference("Ref. No. TB-2026/17") == "TB-2026/17"
    assert markers.reference("Reference: none") == ""
    assert markers.code_in("See MEMO/26/118 of the commission") == "MEMO/26/118"
    assert markers.code_in("See MEMORY/26/118") == ""


def test_issuers() -> None:
    assert markers.issuer("Issued by: Tamsk Harbour Office.") == "Tamsk Harbour Office"
    assert markers.issuer("SOURCE Brekk Ferries") == "Brekk Ferries"
    assert markers.issuer("Source Brekk Ferries") == ""
    assert markers.issuer("Source: " + "x" * 140) == ""


def test_a_header_date_is_short_and_labelled() -> None:
    assert markers.is_header_date("Date: 3 March 2026")
    assert not markers.is_header_date("3 March 2026")
    assert not markers.is_header_date("Date: " + "x" * 80)


@pytest.mark.parametrize("line", ["###", "# # #", "- 30 -", "-ends-", "END", "ENDE", "(ends)"])
def test_end_marks(line: str) -> None:
    assert markers.is_end_mark(line)


@pytest.mark.parametrize("line", ["End", "ends", "Ends of the quay", "#", "30", "THE END OF THE EEL SEASON"])
def test_no_end_marks(line: str) -> None:
    assert not markers.is_end_mark(line)


def test_an_end_mark_at_the_end_of_a_line_is_taken_off() -> None:
    assert markers.without_end_mark("The quay is open. ###") == ("The quay is open.", "###")
    assert markers.without_end_mark("The quay is open. #quay") == ("The quay is open. #quay", "")


def test_tickers() -> None:
    line = "Brekk Ferries (NYSE: brk; LSE: BFE) and Amsel (page: 4)"
    assert markers.tickers(line) == ("NYSE: BRK", "LSE: BFE")
    assert markers.tickers("Brekk Ferries (NYSE BRK)") == ()
    assert markers.tickers("Brekk (Nasdaq Helsinki: BREKK B) (FSE: 5BK) (証券コード：1234)") == (
        "Nasdaq Helsinki: BREKK B",
        "FSE: 5BK",
        "証券コード: 1234",
    )
    assert markers.tickers("Brekk (ASX: BRK | OTCQX: BRKLF)") == ("ASX: BRK", "OTCQX: BRKLF")
    assert markers.tickers("Brekk (NYSE and TSX: BRK)") == ("NYSE: BRK", "TSX: BRK")
    assert markers.tickers("The yard (set: ten) and the play (six: acts)") == ()


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("Strictly under embargo until 16:00 London time (GMT) on Wednesday 4 March 2026", "2026-03-04T16:00:00+00:00"),
        ("Sous embargo jusqu'au mardi 3 mars 2026 à 10 h 30", "2026-03-03T10:30:00"),
        ("Sperrfrist: 3.3.2026, 18 Uhr", "2026-03-03T18:00:00"),
        ("Embargoed until noon on 3 March 2026", "2026-03-03T12:00:00"),
        ("Bitte nicht vor dem 3. März 2026, 10 Uhr, veröffentlichen!", "2026-03-03T10:00:00"),
        ("THIS RELEASE IS EMBARGOED UNTIL 6 PM EST ON MARCH 3, 2026", "2026-03-03T18:00:00-05:00"),
        ("EMBARGO LIFTED", ""),
        ("Embargo until the minister rises to speak", ""),
        ("Sperrfrist: Redebeginn", ""),
        ("Sperrfrist Beginn der Rede, 3. März 2026, 10 Uhr", "2026-03-03T10:00:00"),
        ("Embargo hasta las 10:00 horas del 3 de marzo de 2026", "2026-03-03T10:00:00"),
        ("Embargo tot 3 maart 2026, 10 uur", "2026-03-03T10:00:00"),
        ("Embargo: none", ""),
        ("Embargo: immediate release", ""),
        ("Embargo total de la sal", None),
        ("Embargo documents found in the salt house", None),
        ("Embargo lifts for herring and cod", None),
        ("Embargo: what changes for skippers", None),
        ("Embargo to end on 3 March 2026", None),
        ("Under embargo since 3 March 2019, the two ports trade no salt", None),
        ("Sous embargo depuis 2021, le sel des marais peut de nouveau être vendu.", None),
        ("Sperrfrist für Feuerwerk beginnt am 3. März 2026", None),
        ("Embargo on eels until 3 March 2026", None),
        ("Embargoed goods were released on 3 March 2026", None),
        ("EMBARGO – 3 March 2026, 10 a.m. GMT", "2026-03-03T10:00:00+00:00"),
        ("Embargo – council keeps its ban on eels until 3 March 2026", None),
        ("Embargo, said the mayor, ends on 3 March 2026", None),
        ("解禁日時：2026年3月3日 14時", "2026-03-03T14:00:00"),
        ("解禁：3月3日からうなぎ漁", None),
        ("Do not use until further notice: ladders of the Brekk yard", None),
        ("Do not use before 3 March 2026: the new pier", None),
        ("Эмбарго до 3 марта 2026, 10:00", "2026-03-03T10:00:00"),
        ("Эмбарго на угря действует с 3 марта 2026", None),
        ("Embargado el barco que llegó el 3 de marzo de 2026", None),
    ],
)
def test_until_when_a_line_embargoes(line: str, until: str | None) -> None:
    assert markers.embargo(line) == until


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Pressemitteilung Nr. 212 vom 3. März 2026", "212"),
        ("Pressemeldung 12/2026", "12/2026"),
        ("Comunicato stampa n. 45/2026", "45/2026"),
        ("Communiqué de presse n° 26-114", "26-114"),
        ("Press release PR-2026-07", "PR-2026-07"),
        ("Press release, 3 March 2026", ""),
        ("Press release: 3.3.2026", ""),
    ],
)
def test_the_number_of_a_release(line: str, number: str) -> None:
    assert markers.release_kind(line) == (True, number) or not number


@pytest.mark.parametrize(
    "line",
    [
        "Persbericht - 3 september 2026",
        "Press release | 3 March 2026",
        "Pressemitteilung vom 3. März 2026",
        "Communiqué de presse du 3 mars 2026",
        "NOTA DE PRENSA – 12/03/2026",
        "Пресс-релиз от 3 марта 2026 г.",
        "Medienmitteilung, 3. März 2026, 10 Uhr",
    ],
)
def test_a_line_of_the_kind_and_the_day_is_a_header(line: str) -> None:
    assert markers.release_kind(line) == (True, "")


@pytest.mark.parametrize(
    "line",
    ["Press release: 40 boats in 2026", "Media note: 3 May 2026 is a holiday", "Press release - Karn, 3 May 2026"],
)
def test_a_line_of_the_kind_that_says_more_is_none(line: str) -> None:
    assert markers.release_kind(line) == (False, "")


def test_a_release_line_with_more_than_number_and_day_is_a_sentence() -> None:
    assert markers.release_kind("Press release No. 5 of the harbour office was read by nine people") == (False, "")


def test_below_a_text_only_some_words_name_the_issuer() -> None:
    assert markers.closing_issuer("Herausgeber: Hafenamt Tamsk") == "Hafenamt Tamsk"
    assert markers.closing_issuer("Udgivet af: Tamsk Havn") == "Tamsk Havn"
    assert markers.closing_issuer("SOURCE Brekk Ferries") == "Brekk Ferries"
    assert markers.closing_issuer("发布机构：港口局") == "港口局"
    assert markers.closing_issuer("Source: survey of 1,204 households") == ""
    assert markers.closing_issuer("SOURCE: Brekk Ferries") == "Brekk Ferries"


def test_a_bare_number_with_its_year() -> None:
    assert markers.reference("No. 114/2026") == "114/2026"
    assert markers.reference("No. 114") == ""


def test_a_header_date_says_nothing_else() -> None:
    assert markers.is_header_date("Date: Tuesday, March 3, 2026")
    assert not markers.is_header_date("Date: March 3, 2026 The council opens its new pier.")


@pytest.mark.parametrize(
    ("line", "name", "whole"),
    [
        ("来源：港口日报", "港口日报", True),
        ("来源：港口日报(塔姆斯克) 有3人参与 手机版", "港口日报(塔姆斯克)", False),
        ("來源：港口日報\u3000市長今日宣布新碼頭啟用", "港口日報", False),
        ("発行元：株式会社 波止場", "株式会社 波止場", True),
        ("Issued by: Harbour Board of Ister", "Harbour Board of Ister", True),
    ],
)
def test_the_name_of_a_chinese_issuer_ends_at_a_blank(line: str, name: str, whole: bool) -> None:
    assert markers.issuer(line) == name
    assert markers.is_issuer(line) is whole


@pytest.mark.parametrize("line", ["MG/RK/SS", "SJ/IC", "(AD/NS)", "ИВ/ПС", "एमजी/आरके/एसएस"])
def test_initials_side_by_side_are_those_of_the_writers(line: str) -> None:
    assert markers.are_initials(line, "Boats may land.")


@pytest.mark.parametrize(
    "line", ["N/A", "km/h", "IP/24/12", "Paris/Berlin", "東京/大阪", "2/3", "NATO", "MG/RK/SS said so"]
)
def test_other_words_with_strokes_are_none(line: str) -> None:
    assert not markers.are_initials(line, "Boats may land.")


@pytest.mark.parametrize(
    "line",
    [
        "View source version on karnwire.example: https://karnwire.example/news/20260304/en/",
        "View original content to download multimedia:https://wire.example/karn-1.html",
        "View original content with multimedia: https://wire.example/karn-1.html",
        "View source version on karnwire.example:",
        "Originalversion auf karnwire.example ansehen: https://karnwire.example/news/1/de/",
        "Consultez la version source sur karnwire.example : https://karnwire.example/news/1/fr/",
        "Vea la versión original en karnwire.example",
        "Ver contenido original:https://wire.example/karn-1.html",
        "Ver o conteúdo original para fazer download de multimídia: https://wire.example/karn-1.html",
        "Vedi la versione originale su karnwire.example:",
        "Bekijk de oorspronkelijke versie op karnwire.example:",
    ],
)
def test_what_a_wire_links_to_below_a_release_ends_it(line: str) -> None:
    assert markers.is_end_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "View original content of the letters in the reading room",
        "View of the port",
        "View original content. Free",
        "Originalversion auf der Bühne",
    ],
)
def test_what_else_can_be_viewed_ends_none(line: str) -> None:
    assert not markers.is_end_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "Für den Inhalt der Mitteilung ist der Emittent verantwortlich.",
        "The issuer is solely responsible for the content of this announcement.",
        "06.08.2026 CET/CEST Veröffentlichung einer Corporate News, übermittelt durch den Dienst der EQS",
        "Dissemination of a Corporate News, transmitted by EQS News.",
        "This information is provided by RNS, the news service of the London Stock Exchange.",
        "This announcement is distributed by Nasdaq on behalf of Karn Ferries.",
        "This information was brought to you by Cision http://karn.example",
        "Copyright Business Wire 2026",
        "Original-Content von: Fährhaus Karn, übermittelt durch news aktuell",
        "Distributed by APO Group on behalf of Karn Ferries.",
    ],
)
def test_a_note_of_a_wire_is_no_text(line: str) -> None:
    assert markers.is_wire_note(line)
    assert not markers.is_wire_note(f"The board said: {line}")


@pytest.mark.parametrize(
    "line",
    [
        "This release contains forward-looking statements about the ferries of Karn.",
        "The issuer is solely responsible.",
        "Source: Karn Ferries, Inc.",
        "Copyright law changes in Karn",
        "This announcement contains inside information of Karn Ferries.",
        "This information is information that Karn Ferries is obliged to make public.",
        "Veröffentlichung einer Studie über Fähren am 6. August 2026",
    ],
)
def test_what_a_company_says_itself_is_no_note_of_a_wire(line: str) -> None:
    assert not markers.is_wire_note(line)
