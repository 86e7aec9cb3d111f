"""Media contacts of a release: the contact blocks, and the people in them. Pure.

A block begins with a label (`archive.release.contact_labels`), on its own line or before the first name. It continues
as long as its lines look like names, roles, numbers and addresses. A sentence that only says whom to call is read too,
but stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.core.model import Contact
from archive.release import contact_labels, markers, people
from archive.release.reach import (
    EMAIL,
    PHONE,
    PHONE_LABEL,
    are_figures,
    is_amount,
    is_announced,
    is_reachable,
    is_surely_reachable,
    spelled_out,
)

_SENTENCE = re.compile(
    r"\b(?:contact\sop(?:nemen|\ste\snemen)?\smet|contact|call|e-?mail|reach(?:\sout\sto)?|write\sto|speak\sto|(?:directed|addressed|sent)\sto|in\stouch\swith|wenden\ssie\ssich\s(?:bitte\s)?an|"
    r"kontaktieren\ssie|contact(?:er|ez|ar|e|en)(?:\scon)?|en\scontacto\scon|contattare|contatar|entrar\sem\scontato\scom|"
    r"kontakta|kontakt(?:e)?|ota\syhteyttä|kontakt\sz|kontaktujte|kontaktować\ssię\sz|"
    r"обращайтесь|обращаться|связаться|звертайтеся|звертатися)\b\s?:?\s?(?P<whom>.{3,220})$",
    re.I,
)
_ABOUT_MEDIA = re.compile(
    r"\b(?:media|press|interview|reporters?|journalists?|credential|more information|further information|presse|"
    r"medien|prensa|imprensa|mídia|stampa|giornalist|periodist|medios|médias|pers(?:voorlicht\w+)?\b|dziennikarz|medió?w|média|novinář|"
    r"toimittaj|сми|змі|журналист|журналіст)",
    re.I,
)

_ADDRESS_LINE = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.I)
_LEADING_OUT = re.compile(
    r"^(?:please\s)?(?:contact|call|email)\s|^(?-i:and|or|und|oder|et|ou|y|e|o|og|och|en|i|и|та|или)\s(?-i:(?=[^\W\d_a-zа-я]))|"
    r"\s(?:at|on|by|via|to|under|unter|per|по|за|au|al|en(?:\s(?:el|la))?|no|na|à|på|pod|op|über|o)"
    r"(?:\s(?:der|dem|die|the|l['’])?\s?(?:phone|email|e-mail|tel|telefon|telefone|teléfono|numer(?:em)?|number|nr|adresse|"
    r"телефону|телефоном))?$",
    re.I,
)
_PRESS_ADDRESS = re.compile(
    r"[\w.+-]*(?:press|media|newsroom|comm(?:s|unications)|\bpr\b|prensa|imprensa|stampa|sala)[\w.+-]*@", re.I
)
_BLANKS = re.compile(r"[^\S\n\u3000]+")
_CALLED = frozenset(
    {
        "us",
        "me",
        "him",
        "her",
        "them",
        "uns",
        "nous",
        "担当",
        "氏名",
        "姓名",
        "담당",
        "이름",
        "Name",
        "Nom",
        "Nombre",
        "Имя",
    }
)
_LONGEST_LINE = 90
_SHORT, _UNREACHED = 60, 6
"""Characters of a line that may name somebody or their office in any words, and such lines below a bare label."""

_OFFICE_LINES = 4
"""Lines in which an office in any words, with the name of a person, goes on with a block up to a number."""

_LAST = 3
_REPORTERS = ("기자", "특파원", "記者", "记者")
"""The lines at the end of a text in which its writer may sign, and how the name of a reporter ends."""

_MOST_LINES = 10
_MOST_CONTACTS = 60
_SPLIT = re.compile(
    r"\s*(?:\s:\s|[,;|•·\t/，、；：（）()\u3000]|\s[-–—]\s|\s(?:or|and|at|oder|und|ou|et|или|и|on)\s(?=[\d(+]|\S+@)|\s(?:and|und|et|или|"
    r"и)\s(?=[A-ZА-Я]))\s*"
)


@dataclass(frozen=True)
class ContactBlock:
    """Lines of a text with contacts: from `start` to before `end`; `whole` if they are removed from the text;
    `for_media` if the label says that they are for the press."""

    start: int
    end: int
    contacts: tuple[Contact, ...]
    whole: bool = True
    for_media: bool = False


def find_blocks(lines: Sequence[str], signed: bool = False) -> Iterator[ContactBlock]:
    """Every contact block of a text, in order; where it may be `signed`, also the line in which its writer does so."""
    lines = [spelled_out(line) for line in lines]
    at = end = 0
    while at < len(lines):
        block = _person(lines, at, end) or _block(lines, at) or _sentence(lines, at)
        block = block or (_signature(lines, at) if signed else None)
        if block:
            yield block
            end = block.end
        at = block.end if block else at + 1


def is_label(line: str) -> bool:
    """Whether a line begins a contact block."""
    return contact_labels.find(line) is not None


def is_empty_label(line: str) -> bool:
    """Whether a line is such a label and nothing else."""
    found = contact_labels.find(line)
    return found is not None and not line[found.end :].strip()


def of_field(text: str) -> ContactBlock | None:
    """The contacts of a header field ("Contact: Ada Marsh"); None for another field, or one that names nobody."""
    found = contact_labels.find(text)
    said = spelled_out(text[found.end :].strip()) if found else ""
    named = read(said) if said else ()
    is_sure = any(one.name for one in named) or is_surely_reachable(said)
    return ContactBlock(0, 1, named, for_media=found.for_media) if found and named and is_sure else None


def read(text: str) -> tuple[Contact, ...]:
    """The people in the text of a contact block (without its label), in order; line ends and commas separate parts."""
    contacts: list[Contact] = []
    current, said = Contact(), ""
    for piece in _pieces(_BLANKS.sub(" ", text)):
        is_reach = EMAIL.fullmatch(piece) or PHONE.fullmatch(piece)
        if is_reach and said and current.phone and current.email:
            contacts.append(current)
            current = Contact(role=said)
        current, done = _add(current, piece)
        if done:
            contacts.append(done)
        is_said = not is_reach and current.phone and current.email and not _ADDRESS_LINE.match(piece)
        said = piece if is_said else ""
    if _says_something(current):
        contacts.append(current)
    return tuple(dict.fromkeys(map(_in_order, contacts)))


def for_media(block: ContactBlock) -> tuple[Contact, ...]:
    """The contacts of a block outside a release's text that are for the media: its label says so, or they are people
    who can be reached, or press addresses."""
    reachable = tuple(one for one in block.contacts if one.email or one.phone)
    return tuple(one for one in reachable if block.for_media or one.name or _PRESS_ADDRESS.match(one.email))


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
    found = contact_labels.find(line)
    if not found or (not found.marked and len(line) > 60):
        return None
    first = line[found.end :].strip()
    if len(first) > 400 or is_amount(first):
        return None
    if first and not is_reachable(first) and not people.looks_like_name(_SPLIT.split(first)[0]):
        return None
    end = _end(lines, at, first)
    if not end or are_figures(lines[at:end], lines[at - 1] if at else ""):
        return None
    contacts = read("\n".join([first, *lines[at + 1 : end]]))
    if not contacts:
        return None
    if contacts[0].name and not contacts[0].role and people.is_post(found.words):
        contacts = (replace(contacts[0], role=found.words), *contacts[1:])
    is_sentence = end == at + 1 and line.rstrip().endswith(".")
    return ContactBlock(at, end, contacts, whole=not is_sentence, for_media=found.for_media)


def _person(lines: Sequence[str], at: int, free: int) -> ContactBlock | None:
    """The block of a person without a label: a name, right below it a post that speaks to the media, and how to reach
    them. Lines before `free` are of another block."""
    post = lines[at]
    is_post = free < at and len(post) <= _SHORT and people.is_post(post) and people.is_for_media(post)
    if not is_post or not people.is_name(lines[at - 1].strip()):
        return None
    end = _end(lines, at, post)
    contacts = read("\n".join(lines[at - 1 : end])) if end else ()
    is_reached = bool(contacts) and bool(contacts[0].email or contacts[0].phone)
    return ContactBlock(at - 1, end, contacts, for_media=True) if is_reached else None


def _is_mark(line: str) -> bool:
    return markers.is_header(line) or markers.is_end_mark(line)


def _reached_at(lines: Sequence[str], start: int) -> int:
    """Where the first number or address below a bare label stands, with only short lines before it; `start` else, also
    where that number may be a mere figure."""
    for at, line in enumerate(lines[start : start + _UNREACHED], start):
        if is_reachable(line):
            return at if is_surely_reachable(line, lines[at - 1]) else start
        ends = len(line) > _SHORT or line.rstrip().endswith((".", "!", "?", ":")) or _is_mark(line)
        if ends or (is_label(line) and not contact_labels.is_office(line)):
            break
    return start


def _end(lines: Sequence[str], at: int, first: str) -> int:
    """Where a block ends that begins in a line with these words behind its label; 0 if it reaches nobody."""
    end = at + 1 if first and is_reachable(first) else _reached_at(lines, at + 1)
    while end < len(lines) and end - at <= _MOST_LINES:
        reached = is_reachable(" ".join([first, *lines[at + 1 : end]]))
        if not _continues(lines[end], reached):
            end, last = _reached_at(lines[: end + _OFFICE_LINES], end), end
            if not reached or not any(map(people.is_name, lines[last:end])):
                end = last
                break
        end += 1
    if not _reaches([first, *lines[at + 1 : end]]):
        return 0
    while end > at + 1 and _names_another(first, lines[at + 1 : end]):
        end -= 1
    return end


def _reaches(lines: Sequence[str]) -> bool:
    """Whether somebody is reached by the words behind a label and the lines below it: past the first of them, a number
    may be a figure."""
    near = lines[:2]
    return any(map(is_reachable, near)) or any(
        is_surely_reachable(line, above) for above, line in pairwise(lines[len(near) - 1 :])
    )


def _names_another(first: str, lines: Sequence[str]) -> bool:
    """Whether the last line of a block only names somebody who cannot be reached there, behind others who can."""
    if is_reachable(lines[-1]) or not people.looks_like_name(lines[-1].strip()):
        return False
    contacts = read("\n".join([first, *lines]))
    return len(contacts) > 1 and not (contacts[-1].email or contacts[-1].phone)


def _continues(line: str, reached: bool) -> bool:
    """Whether a line belongs to a block; once it has a number or address, only names, roles and addresses do."""
    if len(line) > _LONGEST_LINE or (line.rstrip().endswith((".", "!", "?", "”")) and not is_reachable(line)):
        return False
    if is_reachable(line) or _ADDRESS_LINE.match(line.strip()) or is_announced(line):
        return True
    if contact_labels.is_part(line) or contact_labels.is_office(line):
        return True
    if _is_mark(line):
        return False
    if people.looks_like_name(line.strip()):
        return not is_label(line) or people.is_post(line)
    return (people.is_role(line) or (not reached and people.is_organisation(line))) and (
        not is_label(line) or people.is_post(line)
    )


def _sentence(lines: Sequence[str], at: int) -> ContactBlock | None:
    """A sentence that says whom to ask: its contacts are read, and it stays in the text. Whom everybody can ask for
    more information is a contact for the media if it is a person, or has a press address."""
    line = lines[at]
    topics = _ABOUT_MEDIA.findall(line) if len(line) <= 400 and is_reachable(line) else []
    if not topics:
        return None
    found = _SENTENCE.search(line)
    contacts = read(found["whom"]) if found else ()
    block = ContactBlock(
        at, at + 1, contacts, whole=False, for_media=any("information" not in topic.lower() for topic in topics)
    )
    named = for_media(block)
    return replace(block, contacts=named) if named else None


def _signature(lines: Sequence[str], at: int) -> ContactBlock | None:
    """One of the last lines that only says who wrote the text, and their address. A line of a list of people is none,
    and neither is what the line above leads to ("Write to:")."""
    if at + _LAST < len(lines) or not _signs(lines[at]) or any(len(line) > _SHORT for line in lines[at + 1 :]):
        return None
    above, below = lines[max(0, at - 1) : at], lines[at + 1 : at + 2]
    is_led_to = any(map(_signs, (*above, *below))) or any(line.rstrip().endswith((":", "：")) for line in above)
    return None if is_led_to else ContactBlock(at, at + 1, read(lines[at].strip(" []()<>")))


def _signs(line: str) -> bool:
    """Whether a line is nothing but the name of a person and an address."""
    if "@" not in line or len(line) > _SHORT + _SHORT or len(EMAIL.findall(line)) != 1:
        return False
    name = EMAIL.sub("", line).strip(" \t[](){}<>|/,·=-–—")
    return len(name) <= _SHORT and (people.is_name(name) or name.endswith(_REPORTERS))


def _pieces(text: str) -> Iterator[str]:
    """The text of a block in parts: numbers, addresses, or words."""
    for line in text.split("\n"):
        if is_announced(line):
            continue
        if people.is_role(line) and not is_reachable(line) and not people.is_name(_SPLIT.split(line)[0]):
            yield line.strip(" \t,;:.")
            continue
        start = 0
        bare = PHONE_LABEL.sub(" ", line)
        for found in sorted([*EMAIL.finditer(bare), *PHONE.finditer(bare)], key=lambda match: match.start()):
            if found.start() < start:
                continue
            yield from _words(bare[start : found.start()])
            yield found[0]
            start = found.end()
        yield from _words(bare[start:])


def _words(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        words = _LEADING_OUT.sub("", part.strip(" \t,;:.()[]|–—-•\u200b\u200e"))
        if 1 < len(words) <= 100 and not people.is_title(words) and words not in _CALLED:
            yield words


def _add(current: Contact, piece: str) -> tuple[Contact, Contact | None]:
    """Add a part to a contact, or begin a new one; returns it, and the contact that is complete."""
    if EMAIL.fullmatch(piece):
        piece = piece.rstrip(".")
        return (replace(current, email=piece), None) if not current.email else (Contact(email=piece), current)
    if PHONE.fullmatch(piece):
        return (current, None) if current.phone else (replace(current, phone=piece.strip()), None)
    complete = bool(current.phone or current.email)
    name, role = people.name_and_role(piece)
    name = name or (piece if people.is_name(piece) else "")
    if name and complete:
        return Contact(name=name, role=role), current
    if name and not current.name:
        return replace(current, name=name, role=role or current.role), None
    if name and not complete:  # one of them is an organisation that looks like a name
        return replace(current, role=f"{current.role}\n{name}".strip()), None
    if not complete and (not current.role or (people.is_role(piece) and not people.is_role(current.role))):
        return replace(current, role=f"{current.role}\n{piece}".strip()), None
    return current, None


def _in_order(contact: Contact) -> Contact:
    """A contact with one role, and the person for its name: one whose name is in the address, where what was read first
    is only an organisation that looks like a name."""
    said = [words for words in contact.role.split("\n") if words]
    named = [words for words in (contact.name, *said) if words and people.is_name(words)]
    name = next((words for words in named if _is_in_mailbox(words, contact.email)), contact.name)
    others = [words for words in said if not people.is_name(words)]
    others = [*filter(people.is_role, others[::-1]), *others, *(words for words in named if words != name)]
    return replace(contact, name=name, role=next(iter(others), ""))


def _is_in_mailbox(name: str, email: str) -> bool:
    mailbox = email.partition("@")[0].casefold()
    return any(len(word) > 2 and word.casefold() in mailbox for word in name.split())


def _says_something(contact: Contact) -> bool:
    return bool(contact.name or contact.email or contact.phone)
