"""Lines that say when a page was shown, not what was published: clocks, counters, tickers, stamps. Pure.

They are other at every look, so that a change of one is no edit. A line counts only as a whole, when it holds nothing
else: "Views: 1,024" is a counter, "The harbour had 1,024 visitors." is a sentence.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from archive.text.calendar import CALENDAR_WORDS, MONTHS
from archive.text.dates import find_moments
from archive.text.fingerprint import word_set

_LONGEST = 160
_ZONES = timedelta(days=1)
"""How far ahead a clock may be: it may be that of another zone, or not quite right."""

_WORD = re.compile(r"[^\W\d_]+|\d+|[°℃℉$€£¥₽₸₴₺₹]")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_FROM_TO = re.compile(
    r"\b\d{1,2}[:.]\d{2}\W*(?:[-‐-―]|to|until|till|bis|à|a|alle|do|tot|до|по)\s*\d{1,2}[:.]\d{2}\b", re.IGNORECASE
)
_PART_ENDS = re.compile(r"\s*[|·•]\s*")
_TIME_OF_DAY = re.compile(r"\b\d{1,2}(?::|\s?h\s?)\d{2}\b|\b\d{1,2}\.\d{2}\s*(?:uhr|hrs|hours|h)\b", re.IGNORECASE)
_DEGREES = re.compile(r"\d\s*(?:°|º|℃|℉)|\b\d+\s?[CF]\b")

_ADDRESS = re.compile(
    r"\s(?:(?:from|at|von|auf|de|sur|da|на|с)\s)?(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.IGNORECASE
)
"""The address of a page at the end of a line."""

_SHARE = re.compile(r"[A-Z][A-Z0-9.:-]{0,11}:?\s+[$€£¥]?\d[\d.,]*\s*[A-Z]{0,3}\s*\(?[+−–-]\s?\d[\d.,]*\s?%\)?")
"""A share, its price, and by how much that changed."""

_CHANGED = word_set(
    """
    posted published updated last update modified added online uploaded released edited as
    veröffentlicht aktualisiert stand zuletzt geändert publié mis à jour modifié publicado actualizado
    última actualización publicado atualizado pubblicato aggiornato ultimo aggiornamento geplaatst
    printed ausgedruckt imprimé impreso impresso stampato wydrukowano распечатано
    gepubliceerd bijgewerkt opublikowano zaktualizowano опубликовано обновлено размещено
    оновлено жарияланды жаңартылды yayınlandı güncellendi publicerad uppdaterad
    """
)
_STAMP = _CHANGED | word_set(
    "on at by date time am um uhr vom le el em il alle las op dnia дата в г год h hrs hours pm p m of a"
)
_UNITS = word_set(
    """
    second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks month months year years
    sekunde sekunden minute minuten stunde stunden tag tagen tage woche wochen monat monaten monate jahr jahren jahre
    seconde secondes heure heures jour jours semaine semaines mois an ans segundo segundos minuto minutos hora horas
    día días dia dias semana semanas mes meses año años mês ano anos secondo secondi minuti ora ore giorno giorni
    settimana settimane mese mesi anno anni seconden uur dag dagen weken maand maanden jaar sekund minut godzin
    godziny godzinę dni dzień tygodni tydzień miesiąc miesięcy lat
    секунд секунды секунду минут минуты минуту час часа часов день дня дней неделю недели недель месяц месяца месяцев
    лет года секунд хвилин годин днів тижнів місяців сағат күн апта ай бұрын dakika saat gün hafta ay yıl
    """
)
_AGO = word_set("ago vor il y a hace há atrás fa geleden temu назад тому бұрын önce sedan siden")
_NOW = word_set("now today yesterday heute gestern hier hoy ayer hoje ontem oggi ieri сегодня вчера just gerade")
_IS = word_set("is ist est es è é jest der the le il")
"""Between "today" and the day that it is."""
_NUMBER_WORDS = word_set("a an one two few einer einem einen une un una um uma eine")
_COUNTED = word_set(
    """
    views view viewed reads read visits hits shares share shared likes like comments comment reactions downloads
    downloaded followers subscribers impressions votes prints
    aufrufe aufruf gelesen kommentare zugriffe geteilt vues vue lectures lecture partages commentaires visites
    vistas visitas lecturas comentarios compartidos visualizações leituras comentários visualizzazioni letture
    condivisioni commenti weergaven gelezen reacties wyświetleń odsłon odsłony komentarzy udostępnień
    просмотров просмотры просмотра просмотр прочтений прочитано комментариев комментарии комментария репостов
    переглядів перегляди перегляд қаралды қаралым görüntülenme okunma yorum visningar läsningar
    """
)
_COUNTING = word_set(
    """
    times time number of total count page this article post the been has k m so far people persons users online min
    minute minutes reading mal diese seite artikel anzahl der zahl fois de cet nombre veces número total de
    volte раз количество кол во число материала страницы today total всего
    """
)
_WEATHER = word_set(
    """
    c f weather temperature wind humidity pressure hpa mm mbar km h kmh mph m s n ne e se sw w nw utc gmt cet cest msk
    local time now today wetter temperatur météo tiempo clima погода ветер температура сейчас сегодня uhr и at
    vent viento vento wiatr вітер жел rüzgâr rüzgar tuuli szél άνεμος м с км ч
    """
)
_WIND = word_set("wind vent viento vento wiatr ветер вітер жел rüzgâr rüzgar tuuli szél άνεμος")
_PLACE = 3
"""The most words of the name of a place, beside which the weather stands."""

_RATES = word_set(
    """
    usd eur gbp chf jpy cny rub kzt uah try inr aud cad sek nok dkk pln czk huf btc eth brent wti oil gold index
    dow dax ftse nasdaq nikkei курс доллар евро нефть золото exchange rate rates usdeur eurusd
    """
)
_LABELS = word_set(
    """
    advertisement advertisements advertising advert ad ads sponsored anzeige anzeigen werbung publicité publicidad
    anuncio anuncios publicidade pubblicità advertentie reclame reklama reklame reklam annons annonse annonce ilmoitus
    mainos hirdetés реклама жарнама διαφήμιση iklan quảngcáo 广告 廣告 広告 광고 โฆษณา إعلان פרסומת विज्ञापन
    """
)
_MONEY = frozenset("$€£¥₽₸₴₺₹")
_READING_TIME = frozenset({"reading", "time"})


def passes(line: str, at: str = "") -> bool:
    """Whether a line is a clock, a counter, a ticker, a stamp or the label of an advertisement, and nothing besides.

    `at` is the moment of the look (ISO 8601; "" where it is not known): a line with a day that is still to come says
    when something will be.
    """
    return _passes(line) and not (at and _is_to_come(line, at))


def _is_to_come(line: str, at: str) -> bool:
    """Whether a line names a later day, and not its weather."""
    first = None if _DEGREES.search(line) else next(find_moments(line), None)
    return first is not None and first.moment[:10] > (datetime.fromisoformat(at) + _ZONES).date().isoformat()


def _passes(line: str) -> bool:
    if line.casefold().strip(" .:-–—*()[]") in _LABELS:
        return True
    if len(line) > _LONGEST or (not any(map(str.isdecimal, line)) and not _NOW & _words(line)):
        return False
    words = _words(line)
    return (
        _is_counter(words) or _is_clock(line, words) or _is_stamp(line) or _is_ticker(line, words) or not lasting(line)
    )


def lasting(line: str) -> str:
    """A line of several parts ("Ida Wren · 3 days ago · 17 views") without those that are counters or passed times."""
    parts = _PART_ENDS.split(line) if len(line) <= _LONGEST else [line]
    if len(parts) == 1:
        return line
    stays = [part for part in parts if part and not _is_count_or_age(part)]
    return line if len(stays) == len(parts) else " | ".join(stays)


def staying(line: str) -> str:
    """A line without those of its parts that pass; "" where all of it does."""
    return " | ".join(part for part in _PART_ENDS.split(line) if part and not passes(part))


def _is_count_or_age(part: str) -> bool:
    if not any(map(str.isdecimal, part)):
        return False
    words = _words(part)
    return _is_counter(words) or (bool(words & _UNITS and words & _AGO) and _is_stamp(part))


def is_bare_date(line: str) -> bool:
    """Whether a line is a date and nothing besides."""
    words = _words(line)
    named = {word for word in words if not word.isdecimal()}
    figures = sum(word.isdecimal() for word in words)
    is_day = bool(named & MONTHS.keys()) or re.fullmatch(r"\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W*", line) is not None
    return len(line) < 60 and figures >= 1 and is_day and all(_is_calendar(word) for word in named)


def _words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.casefold()))


def _is_calendar(word: str) -> bool:
    return word in CALENDAR_WORDS or word in MONTHS or word in ("st", "nd", "rd", "th", "de", "г", "of", "year", "жыл")


def _is_counter(words: frozenset[str]) -> bool:
    named = {word for word in words if not word.isdecimal()}
    is_counted = bool(named & _COUNTED) or named >= _READING_TIME
    return is_counted and len(named) < len(words) and named <= _COUNTED | _COUNTING


def _is_clock(line: str, words: frozenset[str]) -> bool:
    """A date with a time of day, or a temperature, beside nothing but words of time and weather. No opening hours."""
    named = {word for word in words if not word.isdecimal() and word != "°"}
    if not (_CLOCK.search(line) or _DEGREES.search(line)) or _FROM_TO.search(line):
        return False
    rest = {word for word in named if not (_is_calendar(word) or word in _WEATHER)}
    return not rest or (len(rest) <= _PLACE and bool(named & _WIND) and _is_of_place(line, rest))


def _is_of_place(line: str, words: set[str]) -> bool:
    """Whether a line gives the temperature, and the words in it are names: those of a place."""
    written = [word for word in _WORD.findall(line) if word.casefold() in words]
    return _DEGREES.search(line) is not None and not any(word.islower() for word in written)


def _is_stamp(line: str) -> bool:
    """A time that passed ("3 hours ago"), or when something was published or printed and by whom; no sentence."""
    line = _ADDRESS.sub("", line).strip()
    words = _words(line)
    named = {word for word in words if not word.isdecimal()}
    rest = named - _STAMP - _UNITS - _AGO - _NOW - _NUMBER_WORDS
    ago = bool(named & _UNITS and named & _AGO) or bool(named & _NOW)
    if named & _NOW and (rest - _IS or len(named) < len(words)):  # "Today is the day" says none
        rest -= _IS
    if ago and all(map(_is_calendar, rest)):
        return True
    first = next(iter(_WORD.findall(line.casefold())), "")
    dated = bool(named & MONTHS.keys()) or bool(re.search(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}", line))
    timed = bool(named & _CHANGED) and bool(_TIME_OF_DAY.search(line))
    author = line.casefold().partition(" by ")[0] if first in _STAMP else line
    if first not in _STAMP - {"on", "at", "by", "a", "of", "p", "m"} or not (dated or timed):
        return False
    return _is_only_stamp(author) and (line[-1] not in ".!?。" or line.casefold().endswith(".m."))


def _is_only_stamp(text: str) -> bool:
    return all(word.isdecimal() or word in _STAMP or _is_calendar(word) for word in _words(text))


def _is_ticker(line: str, words: frozenset[str]) -> bool:
    """Two exchange rates or more, side by side; or one of a share with its change."""
    if _SHARE.fullmatch(line.strip()):
        return True
    named = {word for word in words if not word.isdecimal()}
    named_rates = named & (_RATES | _MONEY)
    return len(named_rates) >= 2 and len(re.findall(r"\d+[.,]\d+", line)) >= 2 and named <= _RATES | _MONEY
