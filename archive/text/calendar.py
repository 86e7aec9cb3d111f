"""The words that dates use in many languages: months, days of the week, halves of the day, zones. Tables only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

_OTHER_MONTH_WORDS = {
    1: "januári jān sijecnja қаңтары janeiru januaria январы janvārī urtarrilaren urtarrilak",
    2: "fév ақпаны февралы februārī otsailaren otsailak",
    3: "maerz mrz наурызы марты martā martxoaren martxoak",
    4: "сәуірі ابريل апрели aprīlī apirilaren apirilak",
    5: "μαϊ мамыры μαίου maýis майы maijā maiatzaren maiatzak",
    6: "маусымы июну jūnijā ekainaren ekainak",
    7: "lip шілдесі июлу jūlijā uztailaren uztailak",
    8: "aou тамызы اغسطس августу augustā abuztuaren abuztuak",
    9: "σεπτ қыркүйегі сентябры septembrī irailaren irailak",
    10: "қазаны اكتوبر октябры oktobrī urriaren urriak",
    11: "noi studenog listopada listopad lis қарашасы ноябры novembrī azaroaren azaroak",
    12: "желтоқсаны декабры decembrī abenduaren abenduak",
}
"""Forms that institutions write and the CLDR does not have; of a word that two languages mean otherwise, the meaning
of the larger."""

MONTHS: Mapping[str, int] = {
    **json.loads(files("archive.text").joinpath("months.json").read_text("utf-8")),
    **{word: number for number, text in _OTHER_MONTH_WORDS.items() for word in text.split()},
}
"""Month words of some hundred languages, in the cases and short forms that dates use, folded; some are two words.

From the Unicode CLDR (https://cldr.unicode.org), as tests/bench/months.py takes them out of Babel.
"""

_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag
    måndag tisdag lördag söndag poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa
    čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma cumartesi понедельник вторник среда четверг пятница
    суббота воскресенье понеділок вівторок середа четвер субота неділя дүйсенбі сейсенбі сәрсенбі бейсенбі жұма
    сенбі жексенбі δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    """

MERIDIEM: Mapping[str, str] = {
    "am": "am", "pm": "pm", "πμ": "am", "μμ": "pm", "오전": "am", "오후": "pm", "上午": "am", "下午": "pm",
    "午前": "am", "午後": "pm",
}  # fmt: skip

_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec mai mei maj май мая"

CALENDAR_WORDS: frozenset[str] = (
    frozenset(word for word in MONTHS if len(word) > 3)
    | frozenset(word.casefold() for word in (_WEEKDAYS + _SHORT).split())
    | frozenset(MERIDIEM)
)
"""Words that only express time, folded. Only some names with three letters, because many others are also usual words
(out, set, tem)."""

FIXED_ZONES: Mapping[str, int] = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""American zones in dates that programs write: hours east of Greenwich (RFC 5322, section 4.3)."""

_EAST = """Z 0 UT 0 UTC 0 GMT 0 WET 0 WEST 1 CET 1 MEZ 1 MET 1 CEST 2 MESZ 2 MEST 2 EET 2 SAST 2 EEST 3 MSK 3 МСК 3
    TRT 3 WIB 7 HKT 8 SGT 8 JST 9 KST 9"""

_REGIONS = """EST America/New_York EDT America/New_York ET America/New_York CDT America/Chicago CST America/Chicago
    CT America/Chicago MDT America/Denver MST America/Denver MT America/Denver PST America/Los_Angeles
    PDT America/Los_Angeles PT America/Los_Angeles AKST America/Anchorage AKDT America/Anchorage HST Pacific/Honolulu
    AEST Australia/Sydney AEDT Australia/Sydney NZST Pacific/Auckland NZDT Pacific/Auckland"""


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


ZONES: Mapping[str, int | str] = {
    **{name: int(hours) for name, hours in _pairs(_EAST).items()},
    **_pairs(_REGIONS),
}
"""Zone abbreviations that people write: hours east of Greenwich, or a region. Abbreviations with several meanings (IST,
BST, AST) are left out: no offset is invented."""

_COUNTRY_ZONES = """it Europe/Rome de Europe/Berlin at Europe/Vienna ch Europe/Zurich fr Europe/Paris be Europe/Brussels
    nl Europe/Amsterdam lu Europe/Luxembourg dk Europe/Copenhagen no Europe/Oslo se Europe/Stockholm fi Europe/Helsinki
    ee Europe/Tallinn lv Europe/Riga lt Europe/Vilnius pl Europe/Warsaw cz Europe/Prague sk Europe/Bratislava
    hu Europe/Budapest si Europe/Ljubljana hr Europe/Zagreb rs Europe/Belgrade ba Europe/Sarajevo mk Europe/Skopje
    al Europe/Tirane gr Europe/Athens bg Europe/Sofia ro Europe/Bucharest md Europe/Chisinau ua Europe/Kyiv
    by Europe/Minsk tr Europe/Istanbul uk Europe/London ie Europe/Dublin il Asia/Jerusalem ae Asia/Dubai
    sa Asia/Riyadh qa Asia/Qatar ge Asia/Tbilisi am Asia/Yerevan az Asia/Baku in Asia/Kolkata pk Asia/Karachi
    bd Asia/Dhaka lk Asia/Colombo np Asia/Kathmandu th Asia/Bangkok vn Asia/Ho_Chi_Minh my Asia/Kuala_Lumpur
    sg Asia/Singapore ph Asia/Manila cn Asia/Shanghai hk Asia/Hong_Kong tw Asia/Taipei jp Asia/Tokyo kr Asia/Seoul
    nz Pacific/Auckland za Africa/Johannesburg ng Africa/Lagos ke Africa/Nairobi eg Africa/Cairo ma Africa/Casablanca
    ar America/Argentina/Buenos_Aires co America/Bogota pe America/Lima uy America/Montevideo ve America/Caracas"""

COUNTRY_ZONES: Mapping[str, str] = _pairs(_COUNTRY_ZONES)
"""The zone of a country by its top-level domain, for countries with only one zone (or almost only one)."""
