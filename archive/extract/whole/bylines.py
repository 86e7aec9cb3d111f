"""Lines around a text that only say who wrote it, took its pictures or edited it. Pure.

The authors of a release are a field of its own, which is read from where its page names them; amid the text a name is a
part of what it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.extract.whole.paragraphs import is_paragraph
from archive.metadata.persons import FURTHER_WORD, NAME_WORD, begins_as_institution, is_person
from archive.page.blocks import Block

_ABOVE, _LEAD, _BELOW = 6, 2, 3
"""Blocks above the first paragraph, below it where that is a lead, and below the last one, among which such a line may
stand."""

_LONGEST, _LEVELS = 100, 5
"""Characters of such a line, and places around it that may be a list."""

_LISTS = frozenset({"ul", "ol", "dl"})

_AND = r"(?:\s?[&/,+、，]\s?|\s(?:and|und|et|y|e|og|och|en|ja|ve|i|a|и|та|і|dan|và|και)\s)"
_LABEL = (
    r"(?:text[eo]?s?|teksti?|testo|words|story|report(?:er)?|autor(?:in|innen|en|zy|a|es|ka)?|auth?ors?|auteurs?|"
    r"autore|автор(?:ы|и|ка)?|текст|редактор|συντάκτης|συντάκτρια|κείμενο|szerzők?|szöveg|írta|yazan|yazı|haber|"
    r"penulis|penyunting|tác giả|biên tập|kirjoittanut|toimittaja|napsala?|zpracovala?|opracowała?|editors?|"
    r"redak(?:cja|ce|tion|tor)|redac(?:ción|ção|teur|trice)|skrevet a[vf]|skriven av|"
    r"foto(?:s|graf(?:ie|er|ia|ía)?)?|photos?(?:graph(?:y|er|ie|s)?)?|pictures?|images?|bild(?:er)?|billeder?|"
    r"zdjęci[ae]|kuvat?|fotók?|képek|fotoğraf(?:lar)?|фото|φωτογραφί(?:α|ες)|ảnh|"
    r"[撰作]?文|作者|记者|記者|通讯员|通訊員|撰稿|供稿|图片?|圖片?|摄影|攝影|写真|撮影|取材|文責|"
    r"(?:责任)?编辑|(?:責任)?編輯|审核|審核|校对|校對|글|사진|취재|작성|بقلم|تحرير|تصوير|صور)"
)
_BY = (
    r"(?:(?:(?i:written|story|text|words|posted|report(?:ed)?|photos?)\s)?(?i:by)|(?:(?:Text|Bericht)\s)?[Vv]on|VON|"
    r"Par|PAR|Por:?|POR:?|Di|Door|Av|Af|بقلم)\s"
)
_SIGNS = r"[\u3040-\u30ff\u3400-\u9fff々]"
_NAME = (
    rf"(?:{_SIGNS}{{2,6}}(?:[\s\u3000]{_SIGNS}{{1,4}}(?!\s?[:：/／]|{_SIGNS}))?|[가-힣]{{2,4}}(?:\s기자)?|"
    rf"{NAME_WORD}(?:{FURTHER_WORD}){{1,3}})"
)
_PART = re.compile(
    rf"(?:(?i:{_LABEL}(?:{_AND}{_LABEL}){{0,2}})\s?[:：/／]\s?|{_BY})"
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,3}})(?:,\s[^.!?:|]{{3,40}})?(?:\s?[|·•;/–—-]\s?|,\s|[\s\u3000]+|$)"
)
"""A part of such a line, what somebody did and their names: "Text: Ada Quill", "By Ada Quill and Bo Wren, press office"
"""

_FACT = re.compile(r"[^\W\d_][^:：.!?]{1,30}[:：]\s?\S")
_BRACKETS = " \t()[]（）【】"


def byline_lines(text: Sequence[Block]) -> set[int]:
    """The lines of a text around its first paragraph, and below its last, that say who made it and nothing else; none
    in a list or a row of a table, which may be of people, nor beside a line of facts."""
    told = [at for at, block in enumerate(text) if is_paragraph(block)]
    if not told:
        return set()
    first, last = told[0], told[-1]
    around = {*range(max(0, first - _ABOVE), first + 1 + _LEAD), *range(last + 1, last + 1 + _BELOW)}
    signed = {at for at in around if at < len(text) and _may_sign(text[at])}
    facts = {at for at, block in enumerate(text) if at not in signed and _is_fact(block.text)}
    return {at for at in signed if facts.isdisjoint((at - 1, at + 1))}


def _may_sign(block: Block) -> bool:
    is_listed = any(place.tag in _LISTS for place in islice(block.container.upward(), _LEVELS))
    return not is_listed and block.container.tag != "tr" and is_byline(block.text)


def _is_fact(text: str) -> bool:
    """Whether a line is a label with what it says: who wrote a book stands among its title, its publisher and price."""
    return len(text) <= _LONGEST and _FACT.match(text) is not None


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
    return name[0] >= "\u3040" or (is_person(name) and not begins_as_institution(name))
