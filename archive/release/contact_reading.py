"""The people in the text of a contact block: names, roles, numbers and addresses, in order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.core.model import Contact
from archive.release import people
from archive.release.emails_phones import EMAIL, PHONE, PHONE_LABEL, is_announced, is_reachable

ADDRESS_LINE = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.I)
_LEADING_OUT = re.compile(
    r"^(?:please\s)?(?:contact|call|email)\s|^(?-i:and|or|und|oder|et|ou|y|e|o|og|och|en|i|и|та|или)\s(?-i:(?=[^\W\d_a-zа-я]))|"
    r"\s(?:at|on|by|via|to|under|unter|per|по|за|au|al|en(?:\s(?:el|la))?|no|na|à|på|pod|op|über|o)"
    r"(?:\s(?:der|dem|die|the|l['’])?\s?(?:phone|email|e-mail|tel|telefon|telefone|teléfono|numer(?:em)?|number|nr|adresse|"
    r"телефону|телефоном))?$",
    re.I,
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
_MOST_CONTACTS = 60
SPLIT = re.compile(
    r"\s*(?:\s:\s|[,;|•·\t/，、；：（）()\u3000]|\s[-–—]\s|\s(?:or|and|at|oder|und|ou|et|или|и|on)\s(?=[\d(+]|\S+@)|\s(?:and|und|et|или|"
    r"и)\s(?=[A-ZА-Я]))\s*"
)


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
        is_said = not is_reach and current.phone and current.email and not ADDRESS_LINE.match(piece)
        said = piece if is_said else ""
    if _says_something(current):
        contacts.append(current)
    return tuple(dict.fromkeys(map(_in_order, contacts)))


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


def _pieces(text: str) -> Iterator[str]:
    """The text of a block in parts: numbers, addresses, or words."""
    for line in text.split("\n"):
        if is_announced(line):
            continue
        if people.is_role(line) and not is_reachable(line) and not people.is_name(SPLIT.split(line)[0]):
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
    for part in SPLIT.split(text):
        words = _LEADING_OUT.sub("", part.strip(" \t,;:.()[]|–—-•\u200b\u200e"))
        if 1 < len(words) <= 100 and not people.is_title(words) and words not in _CALLED:
            yield words


def _add(current: Contact, piece: str) -> tuple[Contact, Contact | None]:
    """Add a part to a contact, or begin a new one; returns it, and the contact that is complete."""
    if EMAIL.fullmatch(piece):
        piece = piece.rstrip(".")
        return (replace(current, email=piece), None) if not current.email else (Contact(email=piece), current)
    if PHONE.fullmatch(piece):
        number = piece.strip() if ")" in piece else piece.strip(" (")
        return (current, None) if current.phone else (replace(current, phone=number), None)
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
