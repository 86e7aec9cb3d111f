"""What opens a contact block: "Media contact:", "Rückfragen bitte an", "Контакты для СМИ". Pure.

A label is no list of phrases but of words: one that speaks of a contact, or two that do together (the press, and
asking), and beside it only words that may stand there; behind "of" or "for" anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.core.cache import remembered
from archive.text.fingerprint import word_set

_PART = 40
_BARE = 60
"""Characters of a label without a colon."""

_HEAD = re.compile(
    r"^[^\w(]{0,4}(?P<head>[^:：\n]{2,100}?)\s?(?:(?P<mark>[:：]|\s[-–—|](?=\s))\s?|[\s*_|»›>】＞）)\]]{0,3}$)"
)
_MARKS = ":：-–—|"
"""The signs of which one follows the label of a long line."""
_PUBLIC_RELATIONS = re.compile(r"\bpublic relations\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_CONTACT = re.compile(
    r"(?:enquiries|inquiries|contact(?:s|os?|personen|persoon|gegevens|informatie)?|(?:presse|medien|media|press?|rückfrage)-?kontakt\w{0,4}|sajtó(?:s)?kapcsolat(?:ok)?|(?:pers|lehdistö|presse|press)contact(?:en)?|"
    r"kontakt(?:e|y|i|er|ní|person(?:en|er)?|daten|adress\w{1,3}|osob[ay]|informationen|uppgifter|oplysninger|informasjon)?|"
    r"контакт(?:ы|и|ная|на|ное|ные|ні|тар)?|contatt[io]|contatos?|iletişim|irtibat|yhteys(?:tiedot|henkilöt?)|lisätie(?:dot|toja)|"
    r"επικοινωνία(?:ς)?|байланыс(?:у)?|связи|язку|persvoorlichting|пресс-служб[аы]|прес-служб[аи]|пресс-центр|ansprech(?:partner(?:in|innen)?|person(?:en)?)|"
    r"rückfrage(?:n|hinweis)|pressestelle|kapcsolat|contactgegevens)$"
)  # fmt: skip
_MEDIA = re.compile(
    r"(?:press|presse|pressen|media|medien|médias?|medi[eo]s|mediów|mídia|médií|média|medier|news|newsroom|journalists?|"
    r"journalist(?:en|innen|er|es)|reporters?|editors?|editorial|redaktion(?:en)?|redakcji|prensa|imprensa|stampa|pers|"
    r"prasow[aye]|medialle|medialta|presă|novináře|tiskové|tiskový|сми|прессы|журналистов|медиа|преси|змі|бақ|basın|баспасөз|medya|sajtó|τύπου|δημοσιογράφους|μμε|ziariști|újságíróknak|investors?|"
    r"investoren|analysts?|publicity|pr|corporate|communications?|scientific|wissenschaftlich\w{0,2}|"
    r"scientifique|científico|scientifico|пресс-\w{1,12}|прес-\w{1,12})$"
)  # fmt: skip
_TOPIC = re.compile(
    r"(?:enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)|questions?|requests?|relations|relaciones|relazioni|office|"
    r"officers?|liaison|desk|team|information(?:en|er|s)?|informaci[óo]n|informações|informazioni|informatie|informasjon|"
    r"informace|informații|oplysninger|upplysningar|πληροφορίες|"
    r"informacj[aei]|informacji|informací|информаци[яию]|информацией|інформаці[яєї]ю?|ақпарат|details|interviews?|oficina|gabinete|"
    r"ufficio|assessoria|biuro|bureau|service|attachée?s?|anfragen|fragen|auskünfte|vragen|frågor|spørgsmål|spørsmål|"
    r"dotazy|pytania|bilgi|spokes(?:person|man|woman|people)|rzecznik|rzecznika|службы?|служба|қызметі|центр)$"
)  # fmt: skip
_FURTHER = word_set(
    """
    more further additional más mais plus weitere mer mere flere fler ytterligare yderligere ulteriori maggiori meer
    nadere więcej dodatkowe dodatkowych szczegółowych bliższych další více ytterligere дополнительной дополнительная
    додаткова қосымша daha fazla
    """
)
_MORE = _FURTHER | word_set("for para pour für för per voor pro pentru για")
_DETAILS = word_set(
    """
    mehr weiteres nähere näheres lisää подробнее подробности подробностями дополнительную дополнительные додатковою
    детальніше περισσότερα περισσότερες
    """
)
_BESIDE = _MORE | word_set(
    """
    public and or the a an us our all any person persons people info number numbers address name names main
    primary local please bitte an to at with de la le les du des d l el los las y o e i och og ja en von vom der
    die das den mit zu zur zum avec con com da do dos dem dei ai gli van met onze s till til für fra til dla na
    по для за и или та до и лицо особа особи информация деректері тұлғасы телефоны үшін өкілдеріне арналған için
    general technical business agency company issuer client kontakta kontakt kontaktieren wenden sich sie
    contactez contacte contactar contacter contactați prosimy o prosím neem op contact direct directly out hours
    emergency στοιχεία γραφείο comunicación comunicação comunicazione communication kommunikation à às ao aos
    antaa steht stehen ihnen verfügung gerne gern udziela udzielają udzieli poskytne podá kan fås hos ges lämnas
    av зв mai multe suplimentare περισσότερες
    """
)
_OFFICE = word_set(
    """
    office oficina gabinete ufficio assessoria biuro bureau служба службы центр пресс-служба пресс-службы
    прес-служба пресс-центр қызметі desk service team
    """
)
_PRESS_OFFICE = re.compile(r"(?:pressestelle|пресс-служба|прес-служба|пресс-центр)$", re.I)
"""Labels that are the names of offices, too, below another label."""

_OF = word_set("for at of in bei der des de à für von vom para per pour до для в of do da")
_UNSPACED = re.compile(
    r"^.{0,30}?(?:联系人|(?:新闻|媒体|新聞|媒體|投资者|投資者)(?:联系|聯繫|聯絡|咨询|查詢|联络)|联系方式|联系电话|聯絡人|聯絡方式|联络人|联络|聯絡|連絡人|连络人|"
    r"問い?合わ?せ先?|連絡先|문의처?|연락처|담당자(?!\s[가-힣]{2,4}$)|담당\s?부서|책임자)[^\w:：]{0,3}"
    r"(?:[\w ]{0,8}?[)）】＞]?)(?P<mark>[:：]|$)|^.{0,12}?(?:للتواصل|للاستفسار(?:ات)?|جهة\sالاتصال|معلومات\sالاتصال|"
    r"ل(?:ل)?مزيد\sمن\sالمعلومات)"
    r"[^:：]{0,40}?(?P<sign>[:：]|$)"
)
_UNSPACED_MEDIA = re.compile("媒体|媒體|新闻|新聞|记者|報道|報導|언론|보도|홍보|الإعلام|الصحف")


@dataclass(frozen=True)
class Label:
    """What opens a contact block: its words, where they end in the line, whether a colon or dash follows them, and
    whether they speak of the press."""

    words: str
    end: int
    marked: bool
    for_media: bool


@remembered(2_000)
def find(line: str) -> Label | None:
    """The label that a line begins with, or None."""
    line = line[:200]
    if not line.isascii() and (found := _UNSPACED.match(line)):
        is_marked = bool(found["mark"] or found["sign"])
        if is_marked or len(line) <= _BARE:
            return Label(found[0].strip(" :："), found.end(), is_marked, bool(_UNSPACED_MEDIA.search(found[0])))
    if len(line) > _BARE and not any(mark in line for mark in _MARKS):
        return None
    found = _HEAD.match(line)
    if not found or (not found["mark"] and len(line) > _BARE):
        return None
    words = [word.lower() for word in _WORD.findall(_PUBLIC_RELATIONS.sub("pr contact", found["head"]))]
    at = _opens(words)
    for_media = any(map(_MEDIA.match, words[: max(at, 0) + 4]))
    return Label(found["head"].strip(), found.end(), bool(found["mark"]), for_media) if at >= 0 else None


def is_part(line: str) -> bool:
    """Whether a line parts a contact block: it only says whom the next lines are for ("Investors:")."""
    words = [word.lower() for word in _WORD.findall(line)] if len(line) <= _PART else []
    known = all(_MEDIA.match(word) or _TOPIC.match(word) or _CONTACT.match(word) or word in _BESIDE for word in words)
    return 0 < len(words) <= 4 and known and any(map(_MEDIA.match, words))


def offers_more(line: str) -> bool:
    """Whether a line says, among any words, that there is more to learn, or speaks of the media."""
    words = [word.lower() for word in _WORD.findall(line)]
    return any(word in _FURTHER or word in _DETAILS or _MEDIA.match(word) for word in words)


def is_office(line: str) -> bool:
    """Whether a line is the bare name of a press office."""
    return _PRESS_OFFICE.match(line.strip()) is not None


def _opens(words: list[str]) -> int:
    """The place of the word by which words speak of a contact; -1 where they do not, or speak of more than that."""
    media = more = False
    opened = -1
    for at, word in enumerate(words[:16]):
        is_topic, is_media = _TOPIC.match(word) is not None, _MEDIA.match(word) is not None
        media, more = media or is_media, more or word in _MORE
        if opened < 0 and (_CONTACT.match(word) or (is_topic and (media or more))):
            opened = at
        elif opened < 0 and is_media and any(map(_TOPIC.match, words[:at])):
            opened = at if words[0] not in _OFFICE else 0
        elif not (is_topic or is_media or word in _BESIDE or _CONTACT.match(word)):
            is_office = 0 <= opened <= 1 and words[opened] in _OFFICE
            return opened if opened >= 0 and (is_office or not _OF.isdisjoint(words[opened:at])) else -1
    return opened
