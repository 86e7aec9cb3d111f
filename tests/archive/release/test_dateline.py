"""Datelines of newsrooms in several languages, and what only looks like one."""

import pytest

from archive.release import dateline

FOUND = [
    ("PORTVALE—The harbour board met on Monday to vote on the pier.", "PORTVALE"),
    ("PORTVALE – The harbour board met on Monday to vote on the pier.", "PORTVALE"),
    ("Portvale – The harbour board met on Monday to vote on the pier.", "Portvale"),
    ("PORTVALE-To open the season, the harbour board met on the pier.", "PORTVALE"),
    ("PORTVALE, November 4, 2016 – The harbour board met on the pier.", "PORTVALE, November 4, 2016"),
    ("(Portvale, October 31, 2016) – The harbour board met on the pier.", "(Portvale, October 31, 2016)"),
    ("PORTVALE (September 9, 2016) — Thanks to volunteers the pier is open.", "PORTVALE (September 9, 2016)"),
    ("Portvale, PA – August 15, 2016 –Today the harbour board met on the pier.", "Portvale, PA – August 15, 2016"),
    (
        "NEW PORTVALE, March 3, 2026 /PRNewswire/ -- Anvil Corp. opened a works by the sea.",
        "NEW PORTVALE, March 3, 2026 /PRNewswire/",
    ),
    ("PORT VALE--(BUSINESS WIRE)--Anvil Corp. opened a works by the sea today.", "PORT VALE--(BUSINESS WIRE)"),
    ("PORTVALE, 3 March (Newswire) - The commission said on Tuesday it met.", "PORTVALE, 3 March (Newswire)"),
    ("Seedorf (xyz) - Der Hafenrat hat am Montag über den Steg beraten.", "Seedorf (xyz)"),
    ("Seedorf/Hafen – Der Hafenrat hat am Montag über den Steg beraten.", "Seedorf/Hafen"),
    ("Seedorf, 3. März 2026 – Der Hafenrat hat über den Steg beraten.", "Seedorf, 3. März 2026"),
    ("PORTVAL, le 3 mars – Le conseil du port a voté la construction.", "PORTVAL, le 3 mars"),
    ("ПРИМОРСК. 5 марта. Вестник – Совет порта обсудил новый причал.", "ПРИМОРСК. 5 марта. Вестник"),
    ("ПРИМОРСК, 5 марта. /ВЕСТИ/. Совет порта обсудил новый причал.", "ПРИМОРСК, 5 марта. /ВЕСТИ/."),
    ("(ANSA) - ROMA, 03 NOV - Il porto ha aperto un molo nuovo.", "(ANSA) - ROMA, 03 NOV"),
    ("ISTER, N.S., March 3, 2026 /CNW/ - The harbour board opened the pier.", "ISTER, N.S., March 3, 2026 /CNW/"),
    ("3 March 2026, Portvale – The harbour board opened the pier.", "3 March 2026, Portvale"),
    (
        "東京 – 2026年11月3日 – 港は今日、新しい桟橋を開きました。桟橋は冬の間に造られたものです。",
        "東京 – 2026年11月3日",
    ),
    ("Budapest, 2026. március 3. – A kikötő új mólót nyitott a part lakóinak.", "Budapest, 2026. március 3."),
    ("Ister, Isle of Brekk – 3 March 2026: The board opened the pier.", "Ister, Isle of Brekk – 3 March 2026"),
    ("Ister | 3 March 2026 – The harbour board opened the pier.", "Ister | 3 March 2026"),
    ("ПРИМОРСК. 5 марта. Совет порта обсудил новый причал.", "ПРИМОРСК. 5 марта"),
    ("Ister, 3. mars 2026: Havnerådet har åpnet den nye kaien i byen.", "Ister, 3. mars 2026"),
    (
        "【東京、2026年11月3日】港は今日、新しい桟橋を開きました。桟橋は冬の間に造られたものです。",
        "【東京、2026年11月3日】",
    ),
    (
        "(서울=항구통신) 김민수 기자 = 항구는 오늘 새 부두를 열었다. 부두는 겨울에 지어졌다.",
        "(서울=항구통신) 김민수 기자",
    ),
    (
        "北京2026年11月3日 /港口通讯/ -- 港口今天开放了新的码头，码头是在冬天建造的，所有居民都可以使用。",
        "北京2026年11月3日 /港口通讯/",
    ),
    ("القاهرة في 3 نوفمبر / قنا / فتح الميناء الرصيف الجديد اليوم أمام الجميع.", "القاهرة في 3 نوفمبر / قنا /"),
    ("ПРИМОРСК – Совет порта обсудил новый причал и его открытие.", "ПРИМОРСК"),
    (
        "Теңізкент қаласы, 2026 жылғы 3 наурыз – Порт кеңесі жаңа айлақты талқылады.",
        "Теңізкент қаласы, 2026 жылғы 3 наурыз",
    ),
]
NOT_FOUND = [
    "FILE – In this photo of March 3, 2026, the mayor of Ister opens the ferry pier beside the market.",
    "DIRECTIONS – Take the tram to Harbour Square and walk along the quay to the second gate.",
    "Next week, July 25 – The council of Ister meets in the old town hall to vote on the budget.",
    "The 55-year-old fisherman – known to all – retired on Monday after the vote.",
    "WHAT: The harbour board and city officials will open the pier on Monday.",
    "Today: Patchy fog before eight, otherwise sunny and hot on the whole coast.",
    "Portvale-based organisations receive grants for work on the coast and sea.",
    "Ada Byron – the new chair of the board – said the pier would open.",
    "Note – The harbour board met on Monday to vote on the pier and more.",
    "UNDER STRICT EMBARGO: The harbour board will open the pier in March.",
    "Correction — The harbour board met on Monday to vote on the pier.",
    "Ada, 3 March. She opened the pier and thanked all who helped.",
    "Brekk Ferries Inc. (“Brekk” or the “Company”) (LSE: BFE) said that it has bought a yard.",
    "Dienstag, 3. März 2026. Der Hafenrat hat den neuen Steg am Montag eröffnet.",
    "Dienstag, 3. März 2026 – Der Hafenrat hat den neuen Steg am Montag eröffnet.",
    "Termin, 3. März 2026. Der Hafenrat hat den neuen Steg am Montag eröffnet.",
    "(사진=항만청) 항만청은 월요일에 새 부두를 열었다고 밝히며 시민의 이용을 당부했다.",
    "[출처=항만청] 항만청은 월요일에 새 부두를 열었다고 밝히며 시민의 이용을 당부했다.",
    "【更新3月3日】港湾局は月曜日に新しい岸壁を公開したと発表し、工事には三年を要したという。",
    "【掲載日3月3日】港湾局は月曜日に新しい岸壁を公開したと発表し、工事には三年を要したという。",
    "PORTVALE –",
    "PORTVALE – brief",
    "",
]


@pytest.mark.parametrize(("line", "expected"), FOUND)
def test_a_dateline_is_found(line: str, expected: str) -> None:
    found = dateline.find(line)
    assert found is not None
    assert found.text == expected


@pytest.mark.parametrize("line", NOT_FOUND)
def test_a_sentence_or_label_is_no_dateline(line: str) -> None:
    assert dateline.find(line) is None


def test_place_date_and_wire_are_told_apart() -> None:
    found = dateline.find("PORTVALE, March 3, 2026 /PRNewswire/ -- Anvil Corp. opened a works by the sea.")
    assert found == dateline.Dateline("PORTVALE, March 3, 2026 /PRNewswire/", "PORTVALE", "March 3, 2026", "PRNewswire")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Portvale, 3 March 2026", "Portvale, 3 March 2026"),
        ("DEN HAAG, 3 maart 2026", "DEN HAAG, 3 maart 2026"),
        ("Portval, le 3 mars 2026", "Portval, le 3 mars 2026"),
        ("Ada Marsh, 3 March 2026", ""),
        ("Published, 3 March 2026", ""),
        ("Tuesday, 3 March 2026", ""),
        ("Dienstag, 3. März 2026", ""),
        ("Mardi 3 mars 2026", ""),
        ("Вторник, 3 марта 2026", ""),
        ("Martes, 3 de marzo de 2026", ""),
        ("Termin 3. März 2026", ""),
        ("Stichtag, 3. März 2026", ""),
        ("Zuletzt, 3. März 2026", ""),
        ("Środa Tamska, Kos, 3 marca 2026", "Środa Tamska, Kos, 3 marca 2026"),
        ("Portvale, 3 boats 2026", ""),
        ("Portvale, 3 March", ""),
    ],
)
def test_a_line_of_its_own(line: str, text: str) -> None:
    assert dateline.alone(line) == text
