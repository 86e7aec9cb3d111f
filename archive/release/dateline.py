"""Where and when a release says it was written: the dateline that opens its first paragraph. Pure.

Place names are not looked up; the form decides: capitals, a date, a wire's tag, a dash. A stop list keeps out labels.
See "Dateline" in the AP Stylebook and the forms of PR Newswire, Business Wire, TASS and Kazinform.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.core.cache import remembered
from archive.text.calendar import CALENDAR_WORDS, MONTHS
from archive.text.fingerprint import word_set

_LONGEST = 130
"""Characters at the beginning of a paragraph that a dateline may take."""

_NAME = r"[^\W\d_a-zа-яёәғқңөұүһі](?:[\w’'ʻ]|[.-](?=\w))*+"
_JOINED = r"(?:de|del|la|le|les|am|an|der|den|sur|of|and|y|do|da|du|upon|in)"
_PLACE = rf"(?:г\.\s?)?{_NAME}(?:\.?\s(?:{_JOINED}\s)?{_NAME}){{0,4}}(?:\sқаласы)?"
"""A place of up to five words with capitals: Karn, ST. ANSELM, Stoke upon Reed."""
_REGION = (
    rf"(?:,\s(?:[A-Z]\.){{2,3}}|,\s{_PLACE}|,\s[A-Z][a-z]{{1,5}}\.(?:\s?[A-Z]\.)?|"
    rf"\s?/\s?{_PLACE}|\s?\([A-Z][a-z][\w .]{{1,20}}\))"
)
"""What follows a place and says where it is: ", N.Y.", ", Vermont", ", Calif.", " / Reedland", " (Reedland)"."""
_MONTH = r"[^\W\d_]{3,12}"
_WEEKDAY = r"(?:[^\W\d_]{3,12},?\s)?"
_CJK_DAY = r"(?:(?:19|20)\d\d\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
_DATE = (
    rf"(?:{_WEEKDAY}(?:le\s|den\s|am\s|el\s|dnia\s)?(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s(?:de\s)?{_MONTH}\.?|"
    rf"{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s(?:de\s|del\s)?(?:19|20)\d\d)?(?:\s?(?:г\.|года|ж\.|року|р\.|roku|r\.))?|(?:19|20)\d\d\s?(?:жылғы|"
    r"ж\.)\s\d{1,2}\s[^\W\d_]{3,12}|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d|"
    r"(?:19|20)\d\d\.\s[^\W\d_]{3,12}\s\d{1,2}\.?|"
    rf"{_CJK_DAY})"
)
"""A day with or without its year: March 4, 2026; le 4 mars; 4 de marzo de 2026; 04.03.2026; 3月4日."""
_WIRE = r"(?:[(/\[](?!\d)[^()/\[\]:“”„\"«»]{2,45}[)/\]]|[A-Z\u0400-\u04ff][\w’-]{2,15})"
"""The tag of a wire: (Seawire), /Seawire/, [Seawire] or Seawire."""
_DASH = r"\s?(?:[—–―‒−]-?|--+|-(?=\s))\s{0,2}"

_OPENING = re.compile(
    rf"^(?P<place>{_PLACE}(?:{_REGION}){{0,3}})"
    rf"(?:(?P<apart>[,.]?\s[(/]?|\s?[(/,.|]\s?|{_DASH})(?P<date>{_DATE})[)/.,]?)?"
    rf"(?:(?:[,.]?\s|{_DASH})(?P<wire>{_WIRE}))?\.?{_DASH}(?=\S)"
)
"""KARN, Vermont, March 4, 2026 (Seawire) -- The ferry …; Karn – The ferry …"""

_BRACKETED = re.compile(
    rf"^[(\[](?P<place>{_PLACE}(?:{_REGION}){{0,3}})(?:,?\s?[—–-]?\s?(?P<date>{_DATE}))?[)\]]\s?(?P<after>{_DATE})?(?:{_DASH}|,?\s(?=\S))"
)
"""(Karn, 4 March 2026) The ferry …; [KARN] 4 March 2026 – The ferry …"""

_TASS = re.compile(
    rf"^(?P<place>{_PLACE})[.,]\s(?:(?P<date>{_DATE})[.,]?\s)?[/(](?P<wire>[^()/:“”„\"«»]{{2,40}})[/)][.,]?\s?(?:{_DASH})?(?=\S)"
)
"""КАРН, 4 марта. /ТАСС/. Паром …"""

_TIGHT = re.compile(r"^(?P<place>[A-Z]{4,}(?:\s[A-Z]{3,}){0,2})-(?=[A-Z“\"'][a-z])")
"""KARN-The ferry …"""

_COLON = re.compile(rf"^(?P<place>[A-Z]{{3,}}(?:\s[A-Z]{{3,}}){{0,2}})(?:,\s(?P<date>{_DATE}))?:\s(?=\S)")
"""KARN, March 4, 2026: The ferry …"""

_AGENCY_FIRST = re.compile(
    rf"^\((?P<wire>[A-Z]{{2,10}}(?:[/ -][A-Z]{{2,10}})?)\)\s?[-–—]+\s?(?P<place>{_PLACE}(?:{_REGION})?),?\s"
    rf"(?P<date>{_DATE}){_DASH}"
)
"""(SEA) - Karn, March 4, 2026 -- The ferry …"""

_STOPPED = re.compile(
    rf"^(?P<place>{_PLACE}(?:{_REGION}){{0,2}})(?:[.,]\s|{_DASH})(?P<date>{_DATE})(?:(?<=\.)|\.|:)\s(?=[^\W\d_a-zа-яё]|[«“\"„])"
)
"""Karn, 4 March 2026. The ferry …"""

_DATE_FIRST = re.compile(
    rf"^(?P<date>{_DATE})(?:,\s(?:in\s)?|\s[|–—-]\s)(?P<place>{_PLACE}(?:{_REGION}){{0,2}}){_DASH}(?=\S)"
)
"""4 March 2026, Karn – The ferry …"""

_ALONE = re.compile(
    rf"^[(\[]?(?P<place>{_PLACE}(?:{_REGION}){{0,2}})(?:[,.]?\s[(]?|\s?[(|]\s?|{_DASH})(?P<date>{_DATE})[)\]]?(?:[.:]|\s?[–—-])?$"
)
"""A line that is nothing else: Karn, 4 March 2026"""

_PARTED = re.compile(r"[^|\d]*[,(–—]")
"""How such a line begins whose place a mark parts from its day."""

_CHINESE = re.compile(
    r"^(?P<wire>\w{1,7}[社网報报])?(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<date>(?:\d{1,2}月)?\d{1,2}日)(?:电|讯|電|訊)"
)
"""海灯社卡恩3月4日电"""

_CJK_WIRE = re.compile(
    rf"^(?P<place>[\u4e00-\u9fff\uac00-\ud7a3\u30a0-\u30ff、， ]{{2,25}}?)[,，]?\s?(?P<date>{_CJK_DAY})\s?"
    rf"/(?P<wire>[^/]{{2,25}})/\s?(?:{_DASH})?(?=\S)"
)
"""卡恩2026年3月4日 /海灯社/ -- …"""

_CJK_BRACKETED = re.compile(
    rf"^[【\[［(（](?P<place>[^\W\d_]{{1,15}}(?:[・／/、,，]\s?[^\W\d_]{{1,15}}){{0,3}}?)[、,，／/]?\s?(?P<date>{_CJK_DAY})"
    r"(?:\s?[、,，／/]?\s?(?P<wire>[^】\]］）)]{2,15}))?[】\]］)）]\s?[-–—]?\s?(?=\S)"
)
"""【カーン、3月4日】 …"""

_KOREAN = re.compile(
    r"^[(\[](?P<place>[가-힣]{2,10})=(?P<wire>[가-힣A-Za-z]{2,12})[)\]](?:\s[가-힣\s]{2,14}기자)?\s?=?\s?(?=\S)"
)
"""(카른=바다뉴스) 김하나 기자 = …"""

_ARABIC = re.compile(
    r"^(?P<place>[\u0600-\u06ff ]{3,20}?)\s?(?:في\s)?(?P<date>\d{1,2}\s[\u0600-\u06ff]{3,10})?\s?"
    r"[/(](?P<wire>[\u0600-\u06ff ]{2,20})[/)]\s?[-–—.]*\s?"
)
"""كارن 4 مارس / سيواير / - …"""

_DIVIDED = re.compile(r"[-—–―‒−/(\[:电讯電訊【［（]|[.,]\s(?:\w{3,12}\.?\s)?\d")
"""What stands between a dateline and its paragraph, or in it, in every form."""

_FORMS = (
    _AGENCY_FIRST,
    _OPENING,
    _KOREAN,
    _CJK_BRACKETED,
    _BRACKETED,
    _TASS,
    _TIGHT,
    _COLON,
    _STOPPED,
    _DATE_FIRST,
    _CHINESE,
    _CJK_WIRE,
    _ARABIC,
)
"""In the order in which they are tried: the first that is believable holds."""

_LABEL_WORDS = """the a an this that these those it he she we they i you our my what when where who why how if in on
    at for from with by as to and but or no not yes today tomorrow yesterday tonight monday tuesday wednesday
    thursday friday saturday sunday note notes update updated updates advisory breaking watch read listen video
    photo photos image caption contact contacts media press release news report analysis opinion comment exclusive
    live question answer q a step part chapter section table figure source sources date time place venue location
    event events summary background about example warning tip tips dear hello dr mr mrs ms icymi fact facts faq re
    fwd subject title file next last agenda schedule program programme location directions parking registration rsvp
    cost tickets website phone email fax mayor president minister der die das ein eine und im am le la
    les un une el los las il lo
    correction corrections clarification reminder introduction conclusion results result methods method objective
    objectives overview highlights context impact challenge solution response statement verdict outcome findings key
    hintergrund hinweis achtung korrektur berichtigung zusammenfassung contexte rappel résumé contexto resumen
    antecedentes conclusión contesto resumo achtergrond samenvatting bakgrund sammanfattning bakgrunn baggrund tausta
    under strictly embargo embargoed hold sperrfrist
    gli um uma os um в на и о об по из для это как что фото видео сурет"""
_LABELS = frozenset(_LABEL_WORDS.split()) | frozenset(MONTHS)
"""Words with which a paragraph begins that opens with a label or a sentence, and with no place."""

_NO_PLACES = _LABELS | word_set(
    """
    published posted created modified released issued uploaded veröffentlicht aktualisiert erstellt stand
    pressemitteilung publié publiée publicado pubblicato gepubliceerd publicerad opublikowano опубликовано
    обновлено blog article author written deadline closing opened founded born died monday statement speech
    communiqué communiqués announcement announcements bekanntmachung bekanntmachungen meldung meldungen aktuelles presse
    releases articles posts publications publication stories newsletter bulletin home all actualités actualité
    nachricht nachrichten mitteilung mitteilungen neuigkeiten berichte noticias noticia comunicado comunicados notizie
    comunicato comunicati notícias nieuws nyheter nyhet nyheder uutiset aktuality aktualności haberler duyurular
    новости новость новини hírek știri vijesti novice νέα ανακοινώσεις
    termin stichtag zuletzt geändert frist anmeldeschluss einsendeschluss beginn datum ab bis seit dated due expires
    échéance début depuis actualizado actualización plazo vencimiento fecha desde scadenza aggiornato inizio
    bijgewerkt uppdaterad oppdatert opdateret päivitetty aktualizováno zveřejněno aktualizacja дата срок начало
    """
)
"""Words before a day that say what day it is ("Published March 4, 2026."), and no place."""

_NO_CJK_PLACE = re.compile(
    "사진|출처|자료|그래픽|영상|제공|이미지|更新|追記|掲載|公開|修正|訂正|配信|最終|締切|写真|出典|資料|图片|图源|来源|发布"
)
"""How the label of a picture, a source or a day in brackets begins."""
_YEAR = re.compile(r"(?:19|20)\d\d|[./]\d\d$")
"""The year of a day, in four figures or in the last two: 2026, 04.03.26."""

_FULL_STOP = re.compile(r"(?<=\w{5})\.$")
"""The stop behind a word of five letters or more, which is no part of a dateline; that of an abbreviation is."""

_VOWEL = re.compile(r"[aeiouyаеёиоуыэюяіүұөәαεηιουω]", re.I)
_BODY_STARTS = re.compile(r"[\"“„«‘'(（]?[^\W\d_]|[\d$€£#@]")
"""What a paragraph begins with behind its dateline."""

_SHORTEST_REST = 25
"""Characters of a paragraph behind its dateline, at least: what is shorter stands behind a label."""


@dataclass(frozen=True)
class Dateline:
    """A dateline: its whole text, its place, its date and its wire's tag as written ("" where it has none)."""

    text: str
    place: str
    date: str = ""
    wire: str = ""


@remembered(500)  # the first lines of a release are looked at several times
def find(line: str) -> Dateline | None:
    """The dateline that opens a paragraph, or None."""
    head = line[:_LONGEST]
    if not _DIVIDED.search(head):
        return None
    for form in _FORMS:
        found = form.match(head)
        if found and _believable(found, line):
            return _read(found)
    return None


def alone(line: str) -> str:
    """A dateline that is all that a line says: a place of one word or in capitals, or one with its region, and a day
    with its year; "" for another line."""
    found = _ALONE.match(line) if len(line) <= 70 else None
    if not found or not _YEAR.search(found["date"]) or not _is_day(found["date"]):
        return ""
    place = found["place"]
    words = [word.casefold().strip(".") for word in re.split(r"[\s,/()]+", place) if word]
    is_place = len(words) == 1 or place.isupper() or any(mark in place for mark in ",/(")
    return line.strip(" .:–—-") if is_place and not _is_label(words) else ""


def above(lines: Sequence[str]) -> str:
    """The last such line between a headline and its text, where a mark parts place and day: else the place may be the
    section of the site ("Harbour 4 March 2026"); "" without one."""
    return next((said for line in reversed(lines) if _PARTED.match(line) and (said := alone(line))), "")


def _is_label(words: Sequence[str]) -> bool:
    """Whether the folded words before a day say what day it is, and no place."""
    return not _NO_PLACES.isdisjoint(words) or all(word in CALENDAR_WORDS for word in words)


def _is_day(date: str) -> bool:
    """Whether a date in words names a month."""
    words = re.findall(r"[^\W\d_]+", date)
    return not words or any(word.casefold() in MONTHS for word in words)


def _read(found: re.Match[str]) -> Dateline:
    groups = found.groupdict()
    text = found[0].strip().rstrip("—–―‒−-:=").strip()
    date = groups.get("date") or groups.get("after") or ""
    return Dateline(
        text if groups.get("wire") else _FULL_STOP.sub("", text),
        groups["place"],
        date,
        (groups.get("wire") or "").strip("()/[]"),
    )


def _believable(found: re.Match[str], line: str) -> bool:
    """Whether what opens a paragraph is a place with a paragraph behind it, not a label or the start of a sentence.

    First what no dateline has, by its words; then what the freer forms must have besides; last, how little a place may
    look like a name where neither a day nor a wire's tag stands with it.
    """
    place = found["place"]
    words = [word for word in re.split(r"[\s,/]+", place) if word]
    rest = line[found.end() :]
    if len(rest) < _SHORTEST_REST or not _BODY_STARTS.match(rest) or words[0].casefold().strip(".") in _LABELS:
        return False
    folded = [word.casefold().strip(".") for word in words]
    if all(word in CALENDAR_WORDS for word in folded) or _NO_CJK_PLACE.match(place):
        return False
    if found.re is _STOPPED and _is_label(folded):
        return False
    if found.re in (_STOPPED, _DATE_FIRST) and not (
        _is_day(found["date"]) and (place.isupper() or _YEAR.search(found["date"]))
    ):
        return False
    if found.re is _TASS and not (found["date"] or place.isupper() or "/" in found[0] or _bare(place)):
        return False
    signed = bool(found.groupdict().get("date") or found.groupdict().get("wire") or found.groupdict().get("after"))
    if _bare(place):
        return True
    shout = len(words[0]) >= 3 and words[0].upper() == words[0]
    if not signed and len(words) == 1 and shout and len(place) <= 4 and not _VOWEL.search(place):
        return False
    if shout or signed:
        return len(words) <= 8
    return len(words) <= 4 and not any(word.casefold() in _LABELS for word in words) and rest[0].isupper()


def _bare(place: str) -> bool:
    """Whether a place is written without letters that have a case (Chinese, Arabic)."""
    return place.upper() == place.lower()
