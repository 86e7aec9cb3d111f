"""Bylines read into names: people first, then the agencies and desks they are signed with. Pure text in, names out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from archive.metadata.persons import (
    NAME,
    begins_as_institution,
    is_agency,
    is_chinese,
    is_institution,
    is_office,
    is_person,
)
from archive.text import dates
from archive.text.calendar import MONTHS
from archive.text.characters import AUTHOR, FURTHER_WORD, NAME_WORD, WRITTEN_BY, is_way, visible
from archive.text.date_labels import says_page_alone, says_published
from archive.text.fingerprint import NETWORKS

_BY = re.compile(
    rf"^(?:{WRITTEN_BY}\b|{AUTHOR}\s*[:：]|(?:story|text|words|article|review|analysis|opinion|recipe)\s+by\b|by\b|"
    r"(?:view|show|see|read)?\s*all\s+(?:posts|articles|stories)\s+(?:by|of|from)\b|"
    r"(?:(?:veröffentlicht|erstellt|eingestellt|geschrieben|verfasst|publié|publicado|escrito)\s+)?(?:von|vom|par|"
    r"por)(?:\b|(?=(?-i:[A-ZÄÖÜ])))|"
    r"(?:autor|author|auteur|автор)(?=\s|(?-i:[A-Z]))|"
    r"di\b|door\b|av\b|af\b|od\b|(?:text|autor|autorin|autoren|author|authors|auteur|автор|авторы|авторка|текст|"
    r"συντάκτης|"
    r"γράφει ο|γράφει η|επιμέλεια|autore|autores|redakcja|reporter|interview|"
    r"作者|记者|編集|기자|文|取材・文|撰文|글|szerző|írta|tekst|kirjoittanut|napsal[ai]?|zpracoval[ai]?|opracował[ai]?|"
    r"autorka|penulis|tác giả|skrevet av|skrevet af|skriven av|yazan)\s*[:：／]|بقلم\s*:?|από\b|автор\b)\s*[:：]?\s*",
    re.I,
)
"""What a byline begins with: By, Written by, Von, Text:, Автор:, 文："""
_SIGNED = re.compile(
    r"^(?:By:?|BY|Von:?|VON|Par|Por|Автор:?|Текст:|Text:|Autor(?:in|e|ka)?:?|Auth?[oe]u?rs?:|Door|Af|Av|"
    rf"Story by:?|Di|Tekst:|Opracowała?:?|文[：:]|(?i:{WRITTEN_BY}):?|(?i:{AUTHOR})\s?[:：])"
    r"\s*(?<=[\s：:])(?=[^\W\d_a-zа-яё])"
)
"""The same where a line near a headline begins so, before a capital: By Ada Quill, Von: Ada Quill"""
_WITHIN = re.compile(
    rf"(?:(?:^|[\s|·•,–—-])(?P<by>by|By|von|par|Par|por|Por|door|Door|av|af|(?i:{WRITTEN_BY}))\s|"
    rf"(?:^|[\s|·•,;–—-])(?:(?i:{AUTHOR}|{WRITTEN_BY})|Opracowała?|记者|記者|"
    r"Te(?:xte?|ksti?)(?=\s?:.{4,60}[|·•,;/–—-]\s?(?:Fotos?|Bilde?r?|Photos?|Kuvat?|Zdjęci[ae])\s?:\s?[^\W\d_a-z])"
    r")\s?[:：]\s?)"
    rf"(?P<name>{NAME})(?P<others>(?:\s(?:and|und|et|y|e|og|och|en|и)\s{NAME_WORD}(?:{FURTHER_WORD}){{1,4}}){{0,2}})"
)
"""A byline within a line that tells more, and the name it gives; `by` where no colon shows that it is a label."""

_CREDITED = re.compile(
    r"(?:写真|撮影|図版?|摄影|攝影|图|责任编辑|責任編輯|编辑|編輯|校对|审核|사진|그래픽)\s?[:：／]\s*[^\s，、|/]+"
)
"""Those who took the pictures or edited the text, behind what they did."""
_CHINESE_ROLE = re.compile(
    r"(?:^|(?<=[\s，、/|]))(?:本报|本网|本刊|见习|特约|實習|特約)*(?:记者|記者|通讯员|通訊員|作者|撰稿|"
    r"撰文)[\s:：]+(?=[\u4e00-\u9fff])"
)
_KOREAN_REPORTER = re.compile(r"(?<=[\uac00-\ud7af])\s(?:기자|특파원|선임기자)$")
_SITE_TAIL = re.compile(
    r"(?:com?|de|at|ch|fr|uk|ru|kz|org|net|tr|it|es|pl|news|nachrichten|online|redaktion|d|comtr|couk)"
)
_INITIALS = re.compile(r"\s*\(\w{2,5}\)?$")
"""Initials behind a name: Ada Quill (aq)"""
_AND = "and|und|et|y|og|och|en|ja|и|та|және|και"
_APART = re.compile(
    rf"\s*(?:[,;|•·、،](?:\s*(?:(?:{_AND}|con|with|mit)\s|&))?|(?:\s(?:{_AND}|con|with|mit)\s)|\s&\s|(?<=\w)\s+/\s+)\s*",
    re.I,
)
_AGENCY_BEHIND = re.compile(r"(?<=[a-zà-ÿ])/(?=(?:[a-z]{2,4}|[A-Z]{2,5}(?:-[A-Z]+)?)$)")
"""What parts a name from the signs of an agency."""

_DEGREES = re.compile(
    r"(?<=[a-zà-ÿ])(?:,\s(?:Ph\.?\s?D|M\.?D|M\.?P\.?H|M\.?B\.?A|J\.?D|R\.?N|D\.?V\.?M|LL\.?[BM]|[MB]\.?Sc)\.?)+"
    r"(?=\s*(?:[,;|]|and\b|$))"
)
"""What somebody learned, behind a name."""

_SUFFIX = re.compile(r"(?<=[a-zà-ÿ]),\s(?=(?:Jr|Sr|Inc|Ltd|LLC)\b|I{2,3}\b)")
"""What parts a name from the word that tells the father's from the son's, or what kind of company it is."""

_APART_SHORT = re.compile(r"\s+(?:e|i|a|o)\s+(?=[A-ZÀ-Ž])")
""""And" in languages where it is one letter: Ada Quill e Bo Wren"""
_EMAIL = re.compile(r"\(?\b[\w.+-]+@[\w.-]+\.\w{2,}\)?")
_ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|net)/", re.I)
_HANDLE = re.compile(r"(?<!\w)@\w+")
_ROLE = re.compile(
    r"^(?:(?:senior|chief|deputy|managing|executive|associate|assistant|staff|special|guest|contributing|foreign|"
    r"political|"
    r"business|sports?|science|health|technology|news|lead|freelance|digital)\s+)*"
    r"(?:writers?|reporters?|editors?|correspondents?|journalists?|columnists?|contributors?|producer|author|anchor|"
    r"(?:press|media|communications?|information|public (?:affairs|information|relations)) (?:officer|manager|director|"
    r"adviser|advisor|assistant|secretary|lead|specialist|coordinator)s?|spokes(?:person|man|woman)|"
    r"pressesprecher(?:in)?|pressereferent(?:in)?|attachée? de presse|пресс-секретарь|"
    r"redakteur(?:in)?|journalist(?:e|in)?|korrespondent(?:in)?|autor(?:in)?|reporterin|rédact(?:eur|rice)|"
    r"correspondante?s?|envoyée?s? spécia(?:le|l|ux|les)|corresponsal|redactora?|periodista|enviad[oa] especial|"
    r"giornalista|"
    r"corrispondente|inviat[oa](?: speciale)?|redattore|redattrice|jornalista|repórter|correspondente|"
    r"verslagge(?:ver|efster)|redacteur|redaktør|redaktör|journalistka|dziennikar(?:z|ka)|korespondent(?:ka)?|"
    r"muhabiri?|редактор|(?:специальный )?корреспондент|журналист(?:ка)?|кореспондент(?:ка)?|"
    r"(?:(?:co|vice|deputy|acting|interim|general|executive|managing)[ -])*(?:director|chair(?:man|woman|person)?|"
    r"president|head|dean|minister|commissioner|professor|lecturer|secretary)|chief (?:executive|economist|scientist)|"
    r"(?:direktor|leiter|professor|geschäftsführer|sprecher)(?:in)?|vorsitzende[rs]?|(?:co-?)?direct(?:eur|rice)|"
    r"président(?:e)?|directora|president[ae]|direttrice|direttore|директор|руководитель|председатель)"
    r"(?:\s+(?:at|for|in|of|bei|für|der|des|de|du|di|à|en|a)\b.*)?$",
    re.I,
)
_LED = re.compile(
    r"^(?:[\w.]+[ -])?(?:redakteur|reporter|korrespondent|journalist|autor)(?:in)?\s+(?=(?-i:[A-ZÄÖÜ]))|"
    r"^(?:(?:staff|special|senior|chief)\s)?(?:writer|reporter|correspondent|корреспондент|"
    r"журналист)\s+(?=(?-i:[A-ZА-Я]))",
    re.I,
)
"""What somebody is, before the name."""
_NO_AUTHOR = re.compile(
    r"^(?:translated|übersetzt|traduit|traducido|tradotto|traduzido|vertaald|translator|перевод|переклад|翻译|翻譯|(?:translation|übersetzung|"
    r"traduction|traducción|traduzione|tradução|vertaling|przekład|tłumaczenie|çeviri)"
    r"(?=\s?[:：]|\s(?:by|from|von|aus|par|du|de|di|da|del|dal|por|door)\b|$)|(?:edit(?:ed|ing)|reviewed) by|redigiert|"
    r"(?:video|graphics?|layout|design|camera|photo(?:s|graphs?|graphy)?|pictures?|illustrations?) by|"
    r"additional reporting|with reporting)\b",
    re.I,
)
"""How a part of a byline begins that names who translated or edited the text, or made its pictures, and not who wrote
it."""
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
)
_TAIL = re.compile(
    r"\s*(?:[|–—]\s.*|\s-\s.*|\((?!\w{2,6}\)).*|\bfor\s+(?:the\s+)?(?:daily\s?mail|mail\s?online|dailymail|"
    r"associated press).*|"
    rf"\b(?:updated|published|posted)\b.*|\s(?:(?:on|am|le|el|den)\s)?(?:{_MONTHS}\.?\s)?\d.*|"
    rf"\s(?:(?:on|am)\s)?(?:{_WEEKDAYS})|\s(?:ph\.?d|m\.?d|mba)\.?(?:\s.*)?|"
    r"(?<=\w)\s(?:(?:senior|contributing|staff|chief|special|deputy)\s)*(?:news\s)?"
    r"(?:writer|reporter|editor|correspondent)s?)$",
    re.I,
)
_MONTH_AND_DAY = re.compile(r"([^\W\d_]{3,12})\.? \d{1,2}")
_PLACE_TAIL = re.compile(r"(?<=\w)\s(?:in|aus|from|reporting from)\s[A-ZÄÖÜ][\w .-]{1,30}$")
"""Where somebody writes from, behind the name."""
_NO_NAME = re.compile(
    r"(?<!\w)\d|\d{3}|^©|^(?:(?:fotos?|photo(?:s|graph\w*)?|фото|bild(?:er)?|images?|pictures?|illustrations?)|"
    r"(?:kontakt|contact)(?=\W*$|\s?[:：])|"
    r"(?:hace|vor|il y a|há)(?:$|\s(?:une?|una|um|uma|ein(?:e[mrn]?)?|wenigen|pocos)\b)|"
    r"view|show|more|mehr|home|my|the\s(?:staff|editors))\b|"
    r"^(?:GMT|IST|EST|PST)$|\sago$",
    re.I,
)
_WIRE_TAIL = re.compile(r"\s(?=(?:The\s)?(?:Associated Press|USA TODAY|Reuters|AFP|Bloomberg)\b)")
_NO_PERSON = re.compile(
    r"(?:the )?(?:web|site|website|content|cms|digital|online|system)[ -]?(?:team|staff|editors?|admin\w*|manager|"
    r"publisher|author|support|user)|(?:site|wp|super)[ -]?(?:admin\w*|user)",
    re.I,
)
"""What a publishing system calls those who put pages into it."""
_NOBODY_WORDS = """admin administrator webmaster root editor user wordpress unknown anonymous none null undefined n/a
    na false true author authors guest default test system superuser super-user siteadmin website moderator
    staff"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_PARTED = re.compile(r"[-_.]")
"""What parts the words of an account."""

_OF_NOBODY = _NOBODY | {"report", "reports"}
_LABEL = re.compile(
    r"(?:(?:e-?)?mail|contact|follow|message|tweet|write to|send|about|more (?:from|by|about)|bio(?:graphy)?|profile|"
    r"see (?:all|more)|view (?:all|profile)|all posts|rss|share|print|subscribe|kontakt|folgen|seguir|suivre|contacter|"
    r"написать|подписаться)(?:\s(?:to|on|the|this|an?|me|us|via|by|from|author|authors|writer|reporter|journalist|den|"
    r"dem|der|"
    r"die|autor|al|à|l['’]auteur|автору|e-?mail|twitter|facebook|instagram|linkedin|x|story|article))*",
    re.I,
)
"""What links and buttons beside a byline say."""
_AROUND = ' \t.,;:-–—|/*•"“”«»()[]【】'
_LONGEST = 120
_FIRST_AND_LAST = 2
_LETTERS = re.compile(r"[^\W\d_]")
_OPEN_END = re.compile(r"\s[a-zà-ÿ]{2}$")
_LINE, _LABELLED, _OF_HOUR = 160, 25, 3
"""Characters of a line that names its author, of what says in it that its day is that of the publication, and of words
that stand beside the hour ("at", "14h30", "Uhr")."""
_SENTENCE_ENDS = (".", "!", "?", "”", "。")


SITE = "site"
"""The origin of authors where a page names only its own site."""


def author_names(values: Iterable[str]) -> tuple[str, ...]:
    """The names in some byline texts: split, cleaned of roles and addresses, each once, people before the others."""
    found: dict[str, str] = {}
    for value in values:
        for name in _split(value):
            found.setdefault(_folded(name), name)
    names = set(found.values())
    found = {key: name for key, name in found.items() if not (_has_office(name, names) and is_person(name))}
    people = [name for name in found.values() if is_person(name)]
    return tuple(people + [name for name in found.values() if name not in people])


def _has_office(name: str, names: Container[str]) -> bool:
    """Whether a name goes on behind another whole one of the same byline, as where an office stands behind it, or ends
    with one behind a small word, as where a label stands before it."""
    words = name.split(" ")
    begun = (" ".join(words[:n]) for n in range(_FIRST_AND_LAST, len(words)))
    behind = (" ".join(words[n:]) for n in range(1, len(words) - 1) if words[n - 1].islower())
    return any(one in names for one in (*begun, *behind))


class Institution(str):
    """A name that its page calls an organisation's: it is one, whatever commas it has."""

    __slots__ = ()


def is_one_of(name: str, sites: Iterable[str]) -> bool:
    """Whether a byline's name is one of a site's own names, give or take its domain or a word behind it."""
    own = _squeezed(name)
    return any(own == other or _beside(own, other) or _beside(other, own) for other in map(_squeezed, sites) if other)


def is_signature(text: str) -> bool:
    """Whether a short text opens as a byline does ("By ...", "Von ...", "Автор: ..."), without a further label that no
    blank need part from it ("作者：李明 来源：")."""
    found = _SIGNED.match(text) if len(text) <= 80 else None
    return found is not None and not is_way(text[found.end() :]) and "：" not in text[found.end() :]


def signed_within(line: str) -> str:
    """The name of a person that a line with the day of a page gives as its author ("3 May 2026 by ...", "... | Author:
    ..."); "" for a line without one, and for a sentence.

    Before a word without a colon stands the day alone, or what says that it is that of the publication.
    """
    found = _WITHIN.search(line) if len(line) <= _LINE else None
    if found is None or line.endswith(_SENTENCE_ENDS):
        return ""
    name = found["name"]
    if (first := name.partition(" ")[0]) and is_chinese(first):
        name = first
    if found["by"]:
        before = line[: found.start("by")]
        day = next(dates.find_moments(before), None)
        label = before[: day.start].strip() if day else before.strip()
        behind = re.findall(r"[^\W\d_]+", before[day.end :]) if day else []
        if len(label) > _LABELLED or any(len(word) > _OF_HOUR for word in behind):
            return ""
        if not says_published(f"{label} {found['by']}".split()[0]) and (label or not day):
            return ""
    return name + found["others"] if is_person(name) and not begins_as_institution(name) else ""


def _split(value: str) -> list[str]:
    text = _EMAIL.sub(" ", " ".join(visible(value).split())[:400])
    if _ADDRESS.search(text):
        return []
    if ";" in text and not isinstance(value, Institution):
        return [name for part in text.split(";") for name in _split(part)]
    bare = _BY.sub("", text).strip(_AROUND)
    if isinstance(value, Institution) or is_institution(bare):
        return [bare] if 2 <= len(bare) <= _LONGEST and not _is_nobody(bare) else []
    text = _alone(_BY.sub("", _HANDLE.sub(" ", text).strip()))
    if not text.isascii():
        text = _CHINESE_ROLE.sub(", ", _CREDITED.sub(", ", text))
    parts: list[str] = []
    at_office = False
    text = _SUFFIX.sub(" ", _DEGREES.sub("", text))
    for part in _APART.split(_WIRE_TAIL.sub(", ", text)):
        pieces = _APART_SHORT.split(part) if len(part.split()) > 4 else [part]
        if "/" in part and len(part.split()) > 1:
            pieces = _AGENCY_BEHIND.split(part)
        names = [cleaned for piece in pieces if (cleaned := _cleaned(piece))]
        if not (at_office and all(map(_is_office, names))):
            parts.extend(names)
        at_office = bool(parts) and not names and _ROLE.match(part.strip()) is not None
    if len(parts) == 2 and value.count(",") == 1 and all(len(part.split()) == 1 for part in parts):
        return [f"{parts[1]} {parts[0]}"] if all(part[0].isupper() and not part.isupper() for part in parts) else parts
    return parts


def _alone(byline: str) -> str:
    """A byline without a further sentence that names who translated or edited the text, or made its pictures."""
    first, *others = byline.split(". ")
    ends = (at for at, part in enumerate(others) if _NO_AUTHOR.match(part))
    return ". ".join((first, *others[: next(ends, len(others))]))


def _is_office(name: str) -> bool:
    """Whether a name, behind what somebody is, says where: an agency is named for itself, and a name in a script
    without capitals may be a person's."""
    return _has_capitals(name) and not is_person(name) and not is_agency(name)


def _cleaned(piece: str) -> str:
    """A name without what stands before and behind it; "" for a piece that is none."""
    said = _LED.sub("", _BY.sub("", piece.strip()))
    dated = _MONTH_AND_DAY.fullmatch(said)
    if dated and dated[1].casefold() in MONTHS:
        return ""
    if _NO_AUTHOR.match(said) or _NO_PERSON.fullmatch(said.strip(_AROUND)):
        return ""
    if _ROLE.match(said) or len(said) > 200 or _LABEL.fullmatch(said.strip(_AROUND)) or said.casefold() in NETWORKS:
        return ""
    name = _KOREAN_REPORTER.sub("", _INITIALS.sub("", _TAIL.sub("", said))).strip(_AROUND)
    bare = _PLACE_TAIL.sub("", name)
    name = bare if is_person(bare) else name
    if _OPEN_END.search(name) and name[0].isupper():  # "Posted on", before a day
        return ""
    if not 2 <= len(name) <= 60 or len(name.split()) > 6 or _is_nobody(name) or _NO_NAME.search(name):
        return ""
    if _ends_with_day(said, name) and _has_capitals(name) and says_page_alone(name):
        return ""  # what says of which day the day behind it is; in scripts without capitals it may be a name
    letters = len(_LETTERS.findall(name))
    return name if letters > 2 or (letters == 2 and (name.isupper() or not name.isascii())) else ""


def _has_capitals(name: str) -> bool:
    """Whether a name is in a script that has capitals."""
    return name.upper() != name.lower()


def _ends_with_day(said: str, name: str) -> bool:
    return len(said) > len(name) and any(map(str.isdigit, said[len(name) :]))


def _is_nobody(name: str) -> bool:
    """Whether all words of a byline stand for whoever works there: "admin", "Guest Author", "Staff Report", an office
    of the house ("Press Office"), or it is the account of one ("admin-rv")."""
    if name[0].islower() and _PARTED.split(name, maxsplit=1)[0] in _NOBODY:
        return True
    words = frozenset(name.casefold().split())
    return (words <= _OF_NOBODY and not words.isdisjoint(_NOBODY)) or is_office(name)


def _beside(longer: str, shorter: str) -> bool:
    """Whether a squeezed name is another with a domain's end or a word for news behind it."""
    return longer.startswith(shorter) and _SITE_TAIL.fullmatch(longer[len(shorter) :]) is not None


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()
