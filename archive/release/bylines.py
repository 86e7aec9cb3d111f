"""Lines that only say who wrote a text, took its pictures or edited it: "Text: Ada Quill / Photo: Bo Wren". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.release import people
from archive.text.characters import AUTHOR, FURTHER_WORD, NAME_WORD, WRITTEN_BY, is_way

_ABOVE, _LEAD, _BELOW = 6, 2, 3
"""Lines above the first paragraph, below it where that is a lead, and below the last one, among which such a line may
stand."""

_LONGEST = 100
"""Characters of such a line."""

_AND = r"(?:\s?[&/,+、，]\s?|\s(?:and|und|et|y|e|og|och|en|ja|ve|i|a|и|та|і|dan|và|και)\s)"
_LABEL = (
    r"(?:text[eo]?s?|teksti?|testo|words|story|report(?:er)?|autor(?:in|innen|en|zy|a|es|ka)?|auth?ors?|auteurs?|"
    r"autore|автор(?:ы|и|ка)?|текст|редактор|συντάκτης|συντάκτρια|κείμενο|szerzők?|szöveg|írta|yazan|yazı|haber|"
    r"penulis|penyunting|tác giả|biên tập|kirjoittanut|toimittaja|napsala?|zpracovala?|opracowała?|editors?|"
    r"redak(?:cja|ce|tion|tor)|redac(?:ción|ção|teur|trice)|skrevet a[vf]|skriven av|"
    r"foto(?:s|graf(?:ie|er|ia|ía)?)?|photos?(?:graph(?:y|er|ie|s)?)?|pictures?|images?|bild(?:er)?|billeder?|"
    r"zdjęci[ae]|kuvat?|fotók?|képek|fotoğraf(?:lar)?|фото|φωτογραφί(?:α|ες)|ảnh|"
    r"[撰作]?文|作者|记者|記者|通讯员|通訊員|撰稿|供稿|图片?|圖片?|摄影|攝影|写真|撮影|取材|文責|"
    r"(?:责任)?编辑|(?:責任)?編輯|审核|審核|校对|校對|글|사진|취재|작성|بقلم|كتبت?|تحرير|تصوير|صور)"
)
_BY = (
    r"(?:(?:(?i:written|story|text|words|posted|report(?:ed)?|photos?)\s)?(?i:by)|(?:(?:Text|Bericht)\s)?[Vv]on|VON|"
    rf"Par|PAR|Por:?|POR:?|Di|Door|Av|Af|(?i:{WRITTEN_BY}):?)\s"
)
_SIGNS = r"[\u3040-\u30ff\u3400-\u9fff々]"
_NAME = (
    rf"(?:{_SIGNS}{{2,6}}(?:[\s\u3000]{_SIGNS}{{1,4}}(?!\s?[:：/／]|{_SIGNS}))?|[가-힣]{{2,4}}(?:\s기자)?|"
    rf"{NAME_WORD}(?:{FURTHER_WORD}){{1,3}})"
)
_PART = re.compile(
    rf"(?:(?i:{AUTHOR}|{_LABEL}(?:{_AND}{_LABEL}){{0,2}})\s?[:：/／]\s?|{_BY})"
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,3}})(?:,\s[^.!?:|]{{3,40}})?(?:\s?[|·•;/–—-]\s?|,\s|[\s\u3000]+|$)"
)
"""A part of such a line, what somebody did and their names: "Text: Ada Quill", "By Ada Quill and Bo Wren, press office"
"""

FACT = re.compile(r"[^\W\d_][^:：.!?]{1,30}[:：]\s?\S")
"""A line that says something behind its label."""

_LEADS, _ENDS = (":", "："), (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", "»", '"', ")", "）")
"""How what leads to a line ends, and how a sentence does."""

_BRACKETS = " \t()[]（）【】"


def around(lines: Sequence[str], told: Sequence[int]) -> set[int]:
    """The lines of a text around its first paragraph, and below its last, that say who made it and nothing else; none
    beside a line of facts, below what leads to them ("The prizes go to:"), or, behind a paragraph, below the title of
    a work. `told` are its paragraphs."""
    if not told:
        return set()
    first, last = told[0], told[-1]
    near = {*range(max(0, first - _ABOVE), first + 1 + _LEAD), *range(last + 1, last + 1 + _BELOW)}
    signed = {at for at in near if at < len(lines) and is_byline(lines[at])}
    beside = {one for at in signed for one in (at - 1, at + 1)} - signed
    facts = {at for at in beside if 0 <= at < len(lines) and _is_fact(lines[at])}
    apart = {at for at in signed if facts.isdisjoint((at - 1, at + 1))}
    led = set[int]()
    for at in sorted(apart):
        above = lines[at - 1].rstrip() if at else ""
        is_title = at > first and at - 1 not in told and not above.endswith(_ENDS)
        if at - 1 in led or (at - 1 not in apart and (above.endswith(_LEADS) or is_title)):
            led.add(at)
    return apart - led


def listed(lines: Sequence[str]) -> set[int]:
    """The lines right below what leads to them, or below such facts: "The prizes go to:", "Photo: Bo Wren"."""
    found = set[int]()
    is_led = False
    for at, line in enumerate(lines):
        if is_led:
            found.add(at)
        if not (is_led and _is_fact(line)):
            is_led = line.rstrip().endswith(_LEADS)
    return found


def _is_fact(text: str) -> bool:
    """Whether a line is a label with what it says: who wrote a book stands among its title, its publisher and price."""
    return len(text) <= _LONGEST and FACT.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether a line says who wrote a text, took its pictures or edited it, and nothing else."""
    if len(text) > _LONGEST:
        return False
    names = list(_names_in(text.strip(_BRACKETS)))
    return bool(names) and all(names)


def _names_in(text: str) -> Iterator[bool]:
    """Whether each part of a line names people; False for a part that is none."""
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            yield False
            return
        yield _is_persons(re.split(_AND, part["names"])[0])
        at = part.end()


def _is_persons(name: str) -> bool:
    return name[0] >= "\u3040" or (people.is_name(name.title() if name.isupper() else name) and not is_way(name))
