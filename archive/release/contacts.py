"""Media contacts of a release: the contact blocks, and the people in them. Pure.

A block begins with a label ("Media contact:") in one of a dozen languages, on its own line or before the first name. It
continues as long as its lines look like names, roles, numbers and addresses. A sentence that only says whom to call is
read too, but stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.core.model import Contact

_LABEL_WORDS = (
    # English
    r"(?:(?:media|press|news|public(?:ity)?|investor|pr|corporate|"
    r"editorial)\s(?:and\s\w+\s)?)?contacts?(?:\s(?:info|information|details|person|persons|us))?",
    r"(?:media|press|news|investor|public|analyst)\s(?:enquir(?:y|ies)|inquir(?:y|ies)|relations|office|officer|"
    r"liaison|queries)",
    r"for\s(?:all\s)?(?:further|more|additional|media|press|any)?\s?(?:press\s|media\s)?(?:information|inquiries|"
    r"enquiries|details|questions|interviews)",
    # German, Dutch, Scandinavian
    r"(?:presse|medien|media|pers|rückfrage)-?\s?kontakte?",
    r"kontakte?(?:\sfür\s(?:die\s)?(?:presse|medien|rückfragen))?",
    r"ansprechpartner(?:in)?(?:\sfür\s(?:die\s)?(?:presse|medien))?", r"rückfragen(?:\san|\sbitte\san|hinweis)?",
    r"pressestelle", r"persvoorlichting",
    r"(?:press|presse)kontakt(?:er)?",
    # French, Spanish, Italian, Portuguese
    r"contacts?\s(?:presse|médias?|media|de\sprensa|para\s(?:la\s)?prensa|stampa)",
    r"(?:relations|service|bureau|attachée?s?)\s(?:de\s|avec\sla\s)?presse",
    r"contactos?(?:\s(?:de|para)\s(?:la\s)?(?:prensa|medios))?", r"(?:oficina|gabinete)\sde\s(?:prensa|comunicación)",
    r"contatt[io](?:\sstampa)?", r"ufficio\sstampa",
    r"contatos?(?:\s(?:de|para)\s(?:a\s)?imprensa)?", r"assessoria\sde\simprensa",
    # Polish, Czech
    r"kontakt(?:\sdla\smediów|\sprasowy|\spro\smédia)?", r"biuro\sprasowe", r"rzecznik\sprasowy",
    # Russian, Ukrainian, Kazakh
    r"контакт(?:ы|ное\sлицо|ная\sинформация)?(?:\sдля\s(?:сми|прессы|журналистов))?",
    r"(?:за\s)?дополнительн(?:ая|ой)\sинформаци(?:я|ей)", r"контактна\sособа",
    r"байланыс(?:\s(?:тұлғасы|деректері|телефоны))?", r"бақ\s(?:үшін|өкілдеріне\sарналған)(?:\sбайланыс)?",
    r"қосымша\sақпарат(?:\sүшін)?",
    # Greek, Chinese, Arabic
    r"επικοινωνία", r"στοιχεία\sεπικοινωνίας", r"γραφείο\sτύπου", r"(?:媒体|新闻|媒體|新聞)?"
    r"(?:联系人|联系方式|聯絡人|联络人|联络)",
    r"(?:للتواصل|جهة\sالاتصال|للاستفسارات?(?:\sالإعلامية)?)",
)  # fmt: skip
_OF_WHOM = r"(?:\s(?:for|at|of|in|bei|der|des|de|à|для)\s[^:：]{2,60})?"
_LABEL = re.compile(
    rf"^[\W_]{{0,4}}(?P<label>{'|'.join(_LABEL_WORDS)}){_OF_WHOM}\s?(?P<mark>[:：]|$|\s?[-–—]\s)\s?", re.I
)
_SENTENCE = re.compile(
    r"\b(?:contact|call|e-?mail|reach(?:\sout\sto)?|write\sto|wenden\ssie\ssich\s(?:bitte\s)?an|"
    r"kontaktieren\ssie|contacter|contactar(?:\scon)?|"
    r"обращайтесь|обращаться|связаться)\b\s?:?\s?(?P<whom>[^:]{3,200})$",
    re.I,
)
_ABOUT_MEDIA = re.compile(
    r"\b(?:media|press|interview|reporters?|journalists?|credential|more information|further information|presse|"
    r"medien|prensa|сми|журналист)",
    re.I,
)

EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE = re.compile(
    r"(?<![\w/.])(?:\+|00)?\(?\+?\d[\d\s().\u2010-\u2013/-]{5,20}\d(?:\s?(?:x|ext\.?|доб\.?|вн\.)\s?\d{1,6})?(?![\w/])",
    re.I,
)
_FIGURE = re.compile(r"\d")
_PHONE_LABEL = re.compile(
    r"(?:^|(?<=[\s,;(]))(?:office|mobile|cell|direct|work|desk|main|tel(?:ephone|efon|éfono|\.)?|phone|ph|fon|"
    r"mob(?:il)?|fax|тел(?:ефон)?|моб|e-?mail|mail|почта|эл|web|www|o|m|c|t|p|e|f|d)"
    r"\.?\s?[:.]\s?(?=[+(\d\w]|$)",
    re.I,
)  # fmt: skip
_ROLE = re.compile(
    r"\b(?:officer|director|manager|secretary|spokes(?:man|woman|person)|coordinator|chief|head|specialist|"
    r"advis[eo]r|communications?|relations|"
    r"press|media|vice president|president|deputy|assistant|associate|executive|editor|sprecher(?:in)?|"
    r"leiter(?:in)?|referent(?:in)?|leitung|"
    r"responsable|directeur|directrice|chargée?|attachée?|jefe|jefa|responsabile|rzecznik|специалист|начальник|"
    r"руководитель|"
    r"секретарь|менеджер|директор|басшысы|хатшысы|маман)\b",
    re.I,
)
_NAME = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|Hon|Sr|Sra|Frau|Herr|M|Mme)\.?\s)?[^\W\d_a-z][\w.’'-]*(?:\s(?:(?:de|van|von|der|"
    r"den|la|al|bin|da|di|el|le)\s)?[^\W\d_a-z][\w.’'-]*){1,3}$"
)
_ADDRESS_LINE = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.I)
_ORGANISATION = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|ag|s\.?a|corp|company|department|office|ministry|university|institute|council|agency|"
    r"authority|communications|partners|"
    r"associates|conservancy|foundation|center|centre|group|press|media|relations|министерство|департамент|"
    r"управление)\b\.?",
    re.I,
)
_LEADING_OUT = re.compile(
    r"^(?:please\s)?(?:contact|call|email)\s|\s(?:at|on|by|via|to|under|unter|per|по|au|al)(?:\s(?:phone|email|e-mail|tel))?$",
    re.I,
)
_PRESS_ADDRESS = re.compile(
    r"[\w.+-]*(?:press|media|newsroom|comm(?:s|unications)|\bpr\b|prensa|imprensa|stampa|sala)[\w.+-]*@", re.I
)
_LONGEST_LINE = 90
_MOST_LINES = 10
_MOST_CONTACTS = 60
_SPLIT = re.compile(
    r"\s*(?:[,;|•·\t/]|\s[-–—]\s|\s(?:or|and|at|oder|und|ou|et|или|и|on)\s(?=[\d(+]|\S+@)|\s(?:and|und|et|или|"
    r"и)\s(?=[A-ZА-Я]))\s*"
)


@dataclass(frozen=True)
class ContactBlock:
    """Lines of a text with contacts: from `start` to before `end`; `whole` if they are removed from the text."""

    start: int
    end: int
    contacts: tuple[Contact, ...]
    whole: bool = True


def find_blocks(lines: Sequence[str]) -> Iterator[ContactBlock]:
    """Every contact block of a text, in order."""
    at = 0
    while at < len(lines):
        block = _block(lines, at) or _sentence(lines, at)
        if block:
            yield block
        at = block.end if block else at + 1


def is_label(line: str) -> bool:
    """Whether a line begins a contact block."""
    return _LABEL.match(line[:200]) is not None


def after_label(line: str) -> str:
    """What a line says after its contact label."""
    found = _LABEL.match(line[:200])
    return line[found.end() :].strip() if found else line


def read(text: str) -> tuple[Contact, ...]:
    """The people in the text of a contact block (without its label), in order; line ends and commas separate parts."""
    contacts: list[Contact] = []
    current = Contact()
    for piece in _pieces("\n".join(" ".join(line.split()) for line in text.split("\n"))):
        current, done = _add(current, piece)
        if done:
            contacts.append(done)
    if _says_something(current):
        contacts.append(current)
    return tuple(dict.fromkeys(contacts))


def is_for_media(contact: Contact) -> bool:
    """Whether a contact found outside a release's text is one for the media: a named person, or a press address."""
    return bool(contact.name) or _PRESS_ADDRESS.match(contact.email) is not None


def merged(found: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts with each person once: the same address or name is one person. At most a few dozen for a release."""
    kept: dict[str, Contact] = {}
    for one in found[:_MOST_CONTACTS]:
        key = next((key for key, other in kept.items() if _same(one, other)), "")
        if key:
            other = kept[key]
            kept[key] = Contact(
                other.name or one.name, other.role or one.role, other.phone or one.phone, other.email or one.email
            )
        else:
            kept[f"{len(kept)}"] = one
    return tuple(kept.values())


def _same(one: Contact, other: Contact) -> bool:
    if one.email and one.email.casefold() == other.email.casefold():
        return not one.name or not other.name or one.name == other.name
    if one.name and one.name == other.name:
        return not one.email or not other.email
    return not one.name and not one.email and bool(one.phone) and one.phone == other.phone


def _block(lines: Sequence[str], at: int) -> ContactBlock | None:
    line = lines[at]
    found = _LABEL.match(line[:200])
    if not found or (not found["mark"].strip() and len(line) > 60):
        return None
    first = line[found.end() :].strip()
    if len(first) > 400 or (first and not _reachable(first) and not _NAME.match(_SPLIT.split(first)[0])):
        return None
    end = at + 1
    while (
        end < len(lines)
        and end - at <= _MOST_LINES
        and _continues(lines[end], reached=_reachable(" ".join([first, *lines[at + 1 : end]])))
    ):
        end += 1
    text = "\n".join([first, *lines[at + 1 : end]])
    contacts = read(text)
    is_sentence = end == at + 1 and line.rstrip().endswith(".")
    return ContactBlock(at, end, contacts, whole=not is_sentence) if contacts and _reachable(text) else None


def _continues(line: str, reached: bool) -> bool:
    """Whether a line belongs to a block; once it has a number or address, only names, roles and addresses do."""
    if len(line) > _LONGEST_LINE or (line.rstrip().endswith((".", "!", "?", "”")) and not _reachable(line)):
        return False
    if _reachable(line) or _ADDRESS_LINE.match(line.strip()):
        return True
    return bool(
        _NAME.match(line.strip()) or _ROLE.search(line) or (not reached and _ORGANISATION.search(line))
    ) and not is_label(line)


def _sentence(lines: Sequence[str], at: int) -> ContactBlock | None:
    """A sentence that says whom to ask: its contacts are read, and it stays in the text."""
    line = lines[at]
    if len(line) > 400 or not _reachable(line) or not _ABOUT_MEDIA.search(line):
        return None
    found = _SENTENCE.search(line)
    contacts = read(found["whom"]) if found else ()
    named = tuple(contact for contact in contacts if contact.email or contact.phone)
    return ContactBlock(at, at + 1, named, whole=False) if named else None


def _reachable(text: str) -> bool:
    return bool(("@" in text and EMAIL.search(text)) or (_FIGURE.search(text) and PHONE.search(text)))


def _pieces(text: str) -> Iterator[str]:
    """The text of a block in parts: numbers, addresses, or words."""
    for line in text.split("\n"):
        if _ROLE.search(line) and not _reachable(line) and not _is_name(_SPLIT.split(line)[0]):
            yield line.strip(" \t,;:.")
            continue
        start = 0
        bare = _PHONE_LABEL.sub(" ", line)
        for found in sorted([*EMAIL.finditer(bare), *PHONE.finditer(bare)], key=lambda match: match.start()):
            if found.start() < start:
                continue
            yield from _words(bare[start : found.start()])
            yield found[0]
            start = found.end()
        yield from _words(bare[start:])


def _words(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        words = _LEADING_OUT.sub("", part.strip(" \t,;:.()[]|–—-•\u200b"))
        if len(words) > 1 and len(words) <= 100:
            yield words


def _add(current: Contact, piece: str) -> tuple[Contact, Contact | None]:
    """Add a part to a contact, or begin a new one; returns it, and the contact that is complete."""
    if EMAIL.fullmatch(piece):
        piece = piece.rstrip(".")
        return (replace(current, email=piece), None) if not current.email else (Contact(email=piece), current)
    if PHONE.fullmatch(piece):
        return (current, None) if current.phone else (replace(current, phone=piece.strip()), None)
    complete = bool(current.phone or current.email)
    if complete and _is_name(piece):
        return Contact(name=piece), current
    if not current.name and _is_name(piece):
        return replace(current, name=piece), None
    if not current.role and not complete:
        return replace(current, role=piece), None
    return current, None


def _is_name(text: str) -> bool:
    return _NAME.match(text) is not None and not _ROLE.search(text)


def _says_something(contact: Contact) -> bool:
    return bool(contact.name or contact.email or contact.phone)
