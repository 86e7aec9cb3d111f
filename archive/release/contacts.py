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
from archive.release.contact_reading import ADDRESS_LINE, SPLIT, read
from archive.release.emails_phones import (
    EMAIL,
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

_PRESS_ADDRESS = re.compile(
    r"[\w.+-]*(?:press|media|newsroom|comm(?:s|unications)|\bpr\b|prensa|imprensa|stampa|sala)[\w.+-]*@", re.I
)
_LONGEST_LINE = 90
_SHORT, _UNREACHED = 60, 6
"""Characters of a line that may name somebody or their office in any words, and such lines below a bare label."""

_BRACKETED = re.compile(r"[(（【\[＜<〈《].{2,30}[)）】\]＞>〉》]$")
"""A line in brackets, which parts a block by what its people can be asked."""

_NEAR = 2
"""Lines below an office behind a label, in which its number stands."""

_OFFICE_LINES = 4
"""Lines in which an office in any words, with the name of a person, goes on with a block up to a number."""

_LAST = 3
_REPORTERS = ("기자", "특파원", "記者", "记者")
"""The lines at the end of a text in which its writer may sign, and how the name of a reporter ends."""

_MOST_LINES, _LED = 10, 2
"""Lines of a block, and people to whom a line in any words leads."""


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
        block = block or _part(lines, at) or _led(lines, at, end) or _office(lines, at, end)
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


def for_media(block: ContactBlock) -> tuple[Contact, ...]:
    """The contacts of a block outside a release's text that are for the media: its label says so, or they are people
    who can be reached, or press addresses."""
    reachable = tuple(one for one in block.contacts if one.email or one.phone)
    return tuple(one for one in reachable if block.for_media or one.name or _PRESS_ADDRESS.match(one.email))


def _block(lines: Sequence[str], at: int) -> ContactBlock | None:
    found = contact_labels.find(lines[at])
    return (_person_of_office(lines, at, found) or _labelled(lines, at, found)) if found else None


def _labelled(lines: Sequence[str], at: int, found: contact_labels.Label) -> ContactBlock | None:
    line = lines[at]
    if not found.marked and len(line) > 60:
        return None
    first = line[found.end :].strip()
    if len(first) > 400 or is_amount(first):
        return None
    names_somebody = is_reachable(first) or people.looks_like_name(SPLIT.split(first)[0])
    if first and not names_somebody and not _names_office(first, lines[at + 1 : at + 1 + _NEAR]):
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


def _person_of_office(lines: Sequence[str], at: int, found: contact_labels.Label) -> ContactBlock | None:
    """The block of somebody with a label of their own ("Ansprechpartner: ...") right below that of their office."""
    office = lines[at][found.end :].strip() if found.marked else ""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if not 0 < len(office) <= _SHORT or office[-1] in ".!?。" or is_amount(office) or len(below) > _LONGEST_LINE:
        return None
    person = contact_labels.find(below)
    block = _labelled(lines, at + 1, person) if person and not is_reachable(office) else None
    return replace(block, start=at) if block and block.whole else None


def _names_office(words: str, below: Sequence[str]) -> bool:
    """Whether words behind a label name an office in any words: who can be reached there stands right below them."""
    is_short = len(words) <= _SHORT and words[-1] not in ".!?。" and all(len(line) <= _SHORT for line in below)
    return is_short and any(map(is_surely_reachable, below))


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


def _part(lines: Sequence[str], at: int) -> ContactBlock | None:
    """The block of one line at the end of a text that only says for whom somebody is, who, and how to reach them
    ("Investors: Ada Marsh, ir@karn.example")."""
    head, mark, rest = lines[at].partition(":")
    if not mark or len(rest) > _LONGEST_LINE or not _closes(lines, at) or not contact_labels.is_part(head):
        return None
    named = read(rest.strip()) if is_reachable(rest) else ()
    is_reached = bool(named) and all(one.name and (one.email or one.phone) for one in named)
    return ContactBlock(at, at + 1, named, for_media=True) if is_reached else None


def _led(lines: Sequence[str], at: int, free: int) -> ContactBlock | None:
    """The block of a person or two to whom a line leads that offers more ("Do you want to know more? Ask:"), or who
    speak to the media, at the end of a text: right below it a name, and how to reach them. More of them are a list,
    with a street it is a place, and whom else a line leads to is news: a winner, a witness's officer, a doctor."""
    line = lines[at].rstrip()
    is_lead = at >= free and len(line) <= _LONGEST_LINE and line.endswith((":", "："))
    if not is_lead or not _closes(lines, at) or at + 1 >= len(lines) or contact_labels.find(line) or _is_mark(line):
        return None
    end = _end(lines, at, "") if people.is_name(SPLIT.split(lines[at + 1].strip())[0]) else 0
    named = read("\n".join(lines[at + 1 : end])) if end else ()
    is_reached = 0 < len(named) <= _LED and all(one.name and (one.phone or one.email) for one in named)
    is_reached = is_reached and (contact_labels.offers_more(line) or any(map(_speaks, named)))
    is_reached = is_reached and not any(_has_figures(one) and not is_reachable(one) for one in lines[at:end])
    return ContactBlock(at, end, named, for_media=_ABOUT_MEDIA.search(line) is not None) if is_reached else None


def _speaks(one: Contact) -> bool:
    """Whether somebody speaks to the media, by their post or address."""
    return people.is_for_media(one.role) or _PRESS_ADDRESS.match(one.email) is not None


def _office(lines: Sequence[str], at: int, free: int) -> ContactBlock | None:
    """The block of an office that speaks to the media, without a label: its name, right below a paragraph at the end
    of a text, and how to reach it."""
    line = lines[at].strip()
    if at < free or not _closes(lines, at) or len(line) > _SHORT or not people.is_press_office(line):
        return None
    if line[-1] in ".!?:：" or _is_mark(line) or _continues(lines[at - 1], reached=False):
        return None
    end = _end(lines, at, "")
    found = read("\n".join(lines[at:end])) if end else ()
    is_reached = len(found) == 1 and bool(found[0].email or found[0].phone)
    return ContactBlock(at, end, found, for_media=True) if is_reached and not _has_figures(line) else None


def _closes(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands at the end of a text, or in the second half of a long one."""
    return at > 0 and (2 * at >= len(lines) or len(lines) - at <= _MOST_LINES)


def _has_figures(line: str) -> bool:
    return any(map(str.isdigit, line))


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
        if reached and _names_reached(lines[end]):
            break
        if not _continues(lines[end], reached):
            end, last = _reached_at(lines[: end + _OFFICE_LINES], end), end
            is_parted = end > last and _BRACKETED.match(lines[last].strip())
            is_named = is_parted or any(map(people.is_name, lines[last:end]))
            if not reached or not is_named:
                end = last
                break
        end += 1
    if not _reaches([first, *lines[at + 1 : end]]):
        return 0
    while end > at + 1 and _names_another(first, lines[at + 1 : end]):
        end -= 1
    return end


def _names_reached(line: str) -> bool:
    """Whether a line with a label of its own names somebody and how to reach them."""
    found = contact_labels.find(line) if is_reachable(line) else None
    return found is not None and found.marked and any(one.name for one in read(line[found.end :]))


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
    if is_reachable(line) or ADDRESS_LINE.match(line.strip()) or is_announced(line):
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
