"""Picture credits: a line of its own, in brackets at the end of a caption, or behind its last sentence. Pure."""

from __future__ import annotations

import re

_PICTURE = (
    r"(?:photo(?:graph(?:y|s)?|s)?|images?|pictures?|fotos?|fotograf(?:ie|ía|ia)|fotoğraf(?:lar)?|fotók?|фото|сурет|"
    r"bild(?:er)?|bilde(?:r|t)?|billeder?|kuvat?|kép(?:ek)?|zdjęci[ae]|fot\.|φωτο(?:γραφί(?:α|ες))?|ảnh|写真|撮影|摄影|攝影|"
    r"图片?|圖片?|사진|الصورة|صور[ةه]?|تصوير)"
)
"""What the credit of a picture begins with."""

_CREDIT = re.compile(
    rf"^[\W_]{{0,3}}(?:{_PICTURE}\s?[:：]|"
    r"(?:main\s|header\s|cover\s|lead\s|file\s)?(?:photos?|photograph(?:y|s)?|images?|pictures?|"
    r"illustrations?|graphics?)"
    r"\s?(?:(?:credits?|source|by|courtesy(?:\sof)?|via|copyright)(?!\w)|©)\s?[:：/]?|(?:photo|image|picture|pic)\s?[:：/]|"
    r"credits?\s?[:：]|"
    r"(?:fotos?|bilder?|bildquelle|bildnachweis|fotonachweis|bildrechte|titelbild|grafik|"
    r"foto-credit)\s?(?:credit|quelle|von|by|©)?\s?[:：/]|"
    r"foto\svon|(?:crédits?\s)?(?:photos?|images?)\s?[:：]|crédits?\s(?:photo|image)s?\s?[:：]?|©\s?(?:photo|"
    r"foto)\s?[:：]?|"
    r"(?:fotografía|imagen|crédito|foto\sde)\s?[:：]|(?:фото|снимок|иллюстрация|источник\sфото|"
    r"автор\sфото)\s?(?:автора|с\sсайта)?\s?[:：/]|"
    r"(?:сурет|фотосурет|суретті\sтүсірген)\s?[:：/]|(?:fot|zdj|zdjęcie|foto)\.?\s?[:：.]|(?:φωτο|φωτογραφία|φωτό|"
    r"πηγή\sφωτογραφίας)\s?[:：/]|"
    r"(?:图片来源|图片|图|攝影|摄影|圖片來源|圖片)\s?[:：/]|(?:الصورة|تصوير|صورة)\s?[:：/])\s?(?P<name>(?:[^.!?]|(?<=\b\w)\.|"
    r"\.(?=\w)){2,90}\.?)$",
    re.I,
)  # fmt: skip
"""Photo credit: Ada Quill; Foto: Ada Quill; Fotos von: Ada Quill"""
_BRACKETED_CREDIT = re.compile(
    r"^[(\[](?:(?:file\s)?(?:photo|image|picture|foto|фото|сурет|fot\.|bild|photos|credit)s?\s?(?:credit|by|von|"
    r"courtesy(?:\sof)?)?\s?[:：/]?\s(?P<name>[^()\[\]]{2,80})|(?P<sign>©[^()\[\]]{2,80}))[)\]]\W*$",
    re.I,
)  # fmt: skip
"""(Photo by Ada Quill), [© Ada Quill]"""
_COPYRIGHT_CREDIT = re.compile(
    r"^(?:©|\(c\)|copyright:|copyright(?=(?:\s(?-i:[^\W\d_a-z])[\w.'’/-]*){1,4}$))(?!\s?(?:19|20)\d\d)\s?"
    r"(?P<name>[^.!?©]{2,70}(?:/[^.!?©]{2,50})?)$",
    re.I,
)
"""© Ada Quill/Port of Karn, but not © 2026 Port of Karn"""
_CAPTION_CREDIT = re.compile(
    rf"[(\[（［【]\s?(?:{_PICTURE}\s?(?:credits?|by|von|courtesy(?:\sof)?|제공)?\s?[:：/／=]|fot\.|"
    r"(?:photo|image)\s(?:by|courtesy(?:\sof)?)\s|©)\s?(?P<name>[^()\[\]（）【】]{2,80})[)\]）］】]\W*$",
    re.I,
)
"""The same at the end of a caption: The ferry leaves Karn. (Photo: Ada Quill)"""

_TAKEN_BY = re.compile(
    r"[(（]\s?(?P<name>[\u3400-\u9fff]{2,12}(?=\s?[摄攝]\s?[)）]|\s[摄攝]影)|"
    r"[\u3400-\u9fff]{0,4}(?:[记記]者|通[讯訊][员員])\s?[\u3400-\u9fff]{2,4}(?=\s?[摄攝]))\s?[摄攝]影?\s?[)）]\W*$"
)
"""The same behind a name, as in Chinese. The word for photography is also the art: it wants a blank or a reporter."""

_CREDIT_AT_END = re.compile(
    rf"(?:[.!?…»”\"'’|–—-]\s+|[。！？]\s*)(?P<credit>(?:{_PICTURE}\s?"
    r"(?:credits?|by|von|courtesy(?:\sof)?|©)?\s?[:：]|fot\.)\s?(?P<name>[^.!?:：()\[\]]{2,80}))\W*$",
    re.I,
)
"""And without brackets: The ferry leaves Karn. Photo: Ada Quill"""

_SIGNS, _MOST_SIGNS = re.compile("[\u3400-\u9fff]"), 8
"""Chinese signs, and how many of them name a person with their office."""

_FIGURE = re.compile(r"[\W_]{0,3}[图圖]片?\s?[:：／/]")
"""A label that may name who made a figure, or say what it shows."""

_CAPTION, _END_OF_CAPTION = 400, 120
"""Characters of a caption, and of its end in which its credit stands."""

_LABELLED = re.compile(
    r"\W*[^\W\d_]{2,20}\.?(?:\s[^\W\d_]{1,12}){0,2}\s?[:：／=]\s?(?P<name>[^.!?:：()\[\]（）]{2,60}?)[\s)\]）］】]*"
)
_MOST_WORDS = 5
"""A label with what it says, as at the end of a caption, and the words of a name there."""

_SMALL_WORDS = """the and von und des der die das les pour courtesy press service office photo archive archiv file
    handout via with
    пресс служба службы министерства архив предоставлено баспасөз қызметі privat"""
_CREDIT_WORDS = frozenset(_SMALL_WORDS.split())


def photo_credit(line: str) -> str:
    """The name in a line that is only a picture credit; "" for another line."""
    if len(line) > 140:
        return ""
    found = _CREDIT.match(line) or _BRACKETED_CREDIT.match(line) or _COPYRIGHT_CREDIT.match(line)
    if not found:
        return ""
    groups = found.groupdict()
    name = (groups.get("name") or groups.get("sign") or "").strip(" .:/©)]）】")
    says_what = _FIGURE.match(line) is not None and _describes(name)
    return name if _names_somebody(name) and not says_what else ""


def _names_somebody(text: str) -> bool:
    """Whether the words of a credit look like names and not like a sentence: few, and usually capitalised."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2]
    small = sum(word.islower() and word.casefold() not in _CREDIT_WORDS for word in words)
    return len(words) <= 12 and small * 2 <= len(words)


def caption_credit(line: str) -> str:
    """The name in brackets at the end of a picture's caption; "" for a line that is no such caption."""
    found = _bracketed(line) if len(line) <= _CAPTION else None
    return found["name"].strip(" .") if found else ""


def credit_at_end(line: str) -> str:
    """The name behind the last sentence of a picture's caption ("The quay at noon. Photo: Oda Brekk"); "" for none."""
    found = _behind_sentence(line)
    return found["name"].strip() if found else ""


def without_credit(line: str) -> str:
    """A line without the picture credit in brackets at its end or behind its last sentence; the line itself where it
    has none, or says no more."""
    found = _bracketed(line) if len(line) <= _CAPTION else None
    if found and _names_somebody(found["name"]) and not _describes(found["name"]):
        return line[: found.start()].rstrip() or line
    behind = _behind_sentence(line)
    return line[: behind.start("credit")].rstrip(" \xa0|–—-") or line if behind else line


def _describes(name: str) -> bool:
    """Whether Chinese signs are too many for a name: they say what a figure shows."""
    return len(_SIGNS.findall(name)) > _MOST_SIGNS


def _behind_sentence(line: str) -> re.Match[str] | None:
    start = max(0, len(line) - _END_OF_CAPTION)
    found = _CREDIT_AT_END.search(line, start) if len(line) <= _CAPTION else None
    return found if found and _names_somebody(found["name"]) else None


def labelled_name(text: str) -> str:
    """The name behind a label in any words, as the last part of a caption has it ("Foto: Oda Brekk"); "" for another
    text."""
    found = _LABELLED.fullmatch(text)
    name = found["name"].strip() if found else ""
    return name if name[:1] == name[:1].upper() and len(name.split()) <= _MOST_WORDS and _names_somebody(name) else ""


def _bracketed(line: str) -> re.Match[str] | None:
    start = max(0, len(line) - _END_OF_CAPTION)
    return _CAPTION_CREDIT.search(line, start) or _TAKEN_BY.search(line, start)
