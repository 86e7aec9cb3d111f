"""Days of other calendars and in other scripts, as the days of ours: Persian, Buddhist, Japanese eras, the Republic of
China. Also the days of languages whose month words a search by letters does not find. Pure.

Sources: the 33-year rule of the Solar Hijri calendar (right for 1799 to 2256), Buddhist era = Common Era + 543,
Reiwa 1 = 2019, Heisei 1 = 1989, Showa 1 = 1926, Minguo 1 = 1912.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐０"
_FIGURES = str.maketrans({chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)})

_PERSIAN = """فروردین|فروردين|حمل اردیبهشت|ارديبهشت|ثور خرداد|جوزا تیر|تير|سرطان مرداد|امرداد|اسد شهریور|شهريور|سنبله
    مهر|میزان آبان|ابان|عقرب آذر|اذر|قوس دی|دي|جدی بهمن|دلو اسفند|حوت"""
_MARKED = (
    """มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม""",
    """ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.""",
    """ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ""",
    """មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ""",
    """जनवरी फ़रवरी|फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर""",
    """জানুয়ারি|জানুয়ারি ফেব্রুয়ারি|ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর""",
    """ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்""",
)
"""Month words in scripts whose vowels are marks, and no letters; and short forms with points."""


def _months(*lists: str) -> dict[str, int]:
    return {word: n for text in lists for n, words in enumerate(text.split(), 1) for word in words.split("|")}


def _any(words: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_PERSIAN_MONTHS, _MARKED_MONTHS = _months(_PERSIAN), _months(*_MARKED)
_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "民國": 1911,
    "民国": 1911,
    "": 1911,
}

_PERSIAN_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{0,3}}(?:ام\s)?({_any(_PERSIAN_MONTHS)})(?:\s?ماه)?(?:\s|،|,|سال){{1,6}}(1[34]\d\d)(?!\d)"
)
_PERSIAN_FIGURES = re.compile(r"(?<![\d/.-])(1[34]\d\d)([/.-])(\d{1,2})\2(\d{1,2})(?![\d/])")
_PERSIAN_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(1[34]\d\d)(?![\d/])")
_MARKED_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s,-]{{0,3}}(?:เดือน\s?)?({_any(_MARKED_MONTHS)})[\s,]{{0,3}}"
    rf"(?:(?:พ\.?ศ\.?|ค\.?ศ\.?|ប\.ស\.?)\s?)?(\d{{4}}|\d\d)(?!\d)"
)
_MARKED_MONTH_FIRST = re.compile(rf"({_any(_MARKED_MONTHS)})\s{{1,3}}(\d{{1,2}}),?\s{{1,3}}(\d{{4}})(?!\d)")
_BUDDHIST_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(2[45]\d\d|26[0-2]\d)(?![\d/])")
_BUDDHIST_FIRST = re.compile(r"(?<![\d/.-])(2[45]\d\d|26[0-2]\d)([/.-])(\d{1,2})\2(\d{1,2})(?![\d/])")
_ERA = re.compile(
    r"(令和|平成|昭和|民國|民国|(?<![A-Za-z])[RHS](?=\d{1,2}[.年])|(?<!\d)(?=1\d\d\s?年))\s?(元|\d{1,3})\s?[.年]\s?"
    r"(\d{1,2})\s?[.月](?:[^\S\n]?|\n(?=\d{1,2}\s?日))(\d{1,2})(?!\d|\s?月)"
)
_ERA_YEAR = re.compile(
    r"(令和|平成|昭和|民國|民国|(?<![A-Za-z])[RHS](?=\d{1,2}\s?年)|(?<!\d)(?=1[0-4]\d\s?年))\s?(元|\d{1,3})(?=\s?年)"
)
_REPUBLIC = re.compile(r"(?<![\d/.-])(1[0-4]\d)([/.-])(\d\d?)\2(\d\d?)(?![\d/.-])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s?tháng\s?(\d{1,2})(?:,|\s?năm|\s){1,2}\s?((?:19|20)\d\d)(?!\d)", re.I)
_MONGOLIAN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?оны?\s(\d{1,2})(?:[\s-][^\W\d_]{2,8})?\s(?:дугаар\s)?сарын?\s(\d{1,2})"
)

_HAN_FIGURES = {figure: n for n, figures in enumerate(("〇零○", *"一二三四五六七八九")) for figure in figures}
_IN_HAN = re.compile(
    r"([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿]{1,3})日"
)

HINT = (
    r"(?<!\d)(?:1[34]\d\d|2[456]\d\d)(?!\d)|令和|平成|昭和|民國|民国|(?<!\d)1\d\d\s?年|[RHS]\d{1,2}[.年]|"
    r"(?<!\d)1\d\d[/.-]\d|[ก-ฮ]\.\s?\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2}年"
)
"""What a day of another calendar cannot be without, as a regular expression."""


def in_our_figures(text: str) -> str:
    """A text, of the same length, with the figures of all scripts as ours."""
    return text if text.isascii() else text.translate(_FIGURES)


def in_our_years(text: str) -> str:
    """A text with the years of eras as ours: "2026年11月" for "令和8年11月", "2026年度" for "民國115年度"."""
    return text if text.isascii() else _ERA_YEAR.sub(_our_year, in_our_figures(text))


def _our_year(found: re.Match[str]) -> str:
    return str(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2])))


def days_in(text: str) -> Iterator[tuple[int, int, date]]:
    """The days of other calendars that a text states, with where each starts and ends. Takes our figures."""
    for form, read in _IN_FIGURES if text.isascii() else _FORMS:
        for found in form.finditer(text):
            try:
                day = read(found)
            except ValueError:
                continue
            if day:
                yield found.start(), found.end(), day


def solar_hijri(year: int, month: int, day: int) -> date:
    """A day of the Solar Hijri calendar (Iran, Afghanistan) as one of ours. Raises ValueError for none.

    Takes years 1178 to 1633. 33 years have 12,053 days, and 8 leap years; 1 Farvardin 1405 is 21 March 2026.
    """
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError(f"{year}-{month}-{day} is no day of the Solar Hijri calendar")
    years = year + 1595
    passed = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    passed += day + ((month - 1) * 31 if month < 7 else (month - 7) * 30 + 186)
    return date(1, 1, 1) + timedelta(days=passed - 356_034)


def _persian_words(found: re.Match[str]) -> date:
    return solar_hijri(int(found[3]), _PERSIAN_MONTHS[found[2]], int(found[1]))


def _persian_figures(found: re.Match[str]) -> date | None:
    return solar_hijri(int(found[1]), int(found[3]), int(found[4])) if int(found[1]) <= _LAST_PERSIAN else None


def _persian_last(found: re.Match[str]) -> date | None:
    return solar_hijri(int(found[4]), int(found[3]), int(found[1])) if int(found[4]) <= _LAST_PERSIAN else None


_LAST_PERSIAN = 1420
"""Years in figures above are those of the lunar calendar, whose days depend on the moon: they are not read."""


def _marked_day_first(found: re.Match[str]) -> date:
    year = int(found[3])
    if year < 100:  # 69 is 2569 where the month is Thai
        year += 2500 if year > 42 else 2000
    return date(_common(year), _MARKED_MONTHS[found[2]], int(found[1]))


def _common(year: int) -> int:
    return year - 543 if year > 2400 else year


def _era(found: re.Match[str]) -> date | None:
    """A day of an era; after a letter (R8.11.20) only among Japanese words."""
    if found[1].isascii() and found[1] and not _is_among_han(found):
        return None
    year = 1 if found[2] == "元" else int(found[2])
    return date(_ERAS[found[1]] + year, int(found[3]), int(found[4]))


def _in_han(found: re.Match[str]) -> date:
    """A day in Chinese figures: its year figure by figure, its month and day as numbers below a hundred."""
    year = int("".join(str(_HAN_FIGURES[figure]) for figure in found[1]))
    return date(year, _number(found[2]), _number(found[3]))


def _number(figures: str) -> int:
    """二十五 as 25. Raises ValueError for what is no number below a hundred."""
    tens, ten, ones = figures.replace("廿", "二十").rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        raise ValueError(f"{figures} is no number")
    return (_HAN_FIGURES[tens] if tens else 1 if ten else 0) * 10 * bool(ten) + (_HAN_FIGURES[ones] if ones else 0)


def _republic(found: re.Match[str]) -> date | None:
    """A year of the Republic in figures counts only among Chinese words: elsewhere 110-12-24 is a vote or a number."""
    return date(1911 + int(found[1]), int(found[3]), int(found[4])) if _is_among_han(found) else None


def _is_among_han(found: re.Match[str]) -> bool:
    return bool(_HAN.search(found.string[max(0, found.start() - 60) : found.end() + 60]))


_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]

_IN_FIGURES: tuple[_Form, ...] = (
    (_PERSIAN_FIGURES, _persian_figures),
    (_PERSIAN_LAST, _persian_last),
    (_BUDDHIST_LAST, lambda found: date(_common(int(found[4])), int(found[3]), int(found[1]))),
    (_BUDDHIST_FIRST, lambda found: date(_common(int(found[1])), int(found[3]), int(found[4]))),
)
_FORMS: tuple[_Form, ...] = (
    (_PERSIAN_WORDS, _persian_words),
    (_MARKED_DAY_FIRST, _marked_day_first),
    (_MARKED_MONTH_FIRST, lambda found: date(_common(int(found[3])), _MARKED_MONTHS[found[1]], int(found[2]))),
    (_ERA, _era),
    (_REPUBLIC, _republic),
    (_IN_HAN, _in_han),
    (_VIETNAMESE, lambda found: date(int(found[3]), int(found[2]), int(found[1]))),
    (_MONGOLIAN, lambda found: date(int(found[1]), int(found[2]), int(found[3]))),
    *_IN_FIGURES,
)
