"""The closing parts of a release: paragraphs about its organisation, notes to editors. They stay in the text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.release import contacts
from archive.release.markers import is_end_mark

_BODIES = (
    "company|group|firm|bank|fund|foundation|trust|agency|authority|ministry|department|office|council|city|town|"
    "region|university|college|school|institute|museum|library|theatre|hospital|court|commission|committee|"
    "association|society|union|federation|network|cent(?:re|er)|port|harbour|airport|"
    "entreprise|société|groupe|banque|fondation|agence|autorité|ministère|ville|région|université|institut|musée|"
    "hôpital|tribunal|fédération|réseau|empresa|compañía|grupo|banco|fundación|agencia|autoridad|ministerio|"
    "ayuntamiento|ciudad|universidad|instituto|museo|asociación|federación|fundação|agência|universidade|museu|"
    "associação|azienda|società|gruppo|banca|fondazione|agenzia|ministero|comune|città|università|ospedale|"
    "associazione|bedrijf|stichting|gemeente|universiteit|företaget|bolaget|kommunen|universitetet|stiftelsen"
)
"""What issuers are, where a heading does not name them: "About the foundation". Such words are none without an article
("Over city walls"), or with a full stop."""

_ABOUT = re.compile(
    r"^[\W_]{0,3}(?i:about|über|à\spropos(?:\s(?:de|du|des))?|à\spropos\sd['’](?=\w)|sobre|acerca\sdel?|chi\sè|informazioni\ssu|"
    r"a\sproposito\sdi|over|om|o(?=\s[A-ZŁŚŻČŠŘÚ])|o\s(?:firmie|spółce|grupie|fundacji|uczelni|společnosti|skupině|nadaci|univerzitě)|"
    r"despre|о(?:б)?\s(?:компании|проекте|банке|фонде|группе|центре|университете|организации|нас)|справка\sо|"
    r"про\s(?:компанію|банк|фонд|групу|університет)|про(?=\s[А-ЯІЇЄҐ«])|туралы|σχετικά\sμε|hakkında|关于|關於|"
    r"نبذة\sعن|حول|عن(?=\s))\s?"
    r"(?!(?i:(?:the|this|our|die|diese|das|den|la|le|l['’]|el|het|de|il|lo)\s?)?(?:(?i:stud(?:y|ie)|survey|report|research|data|"
    r"method\w*|results?|findings|étude|estudio|studio|studien|badanie|onderzoek|umfrage|untersuchung|exhibition|ausstellung|"
    r"exposition|author|autor(?:in)?|index|trial|event|book|film))\b)"
    r"(?P<name>(?:(?i:the|die|der|das|den|la|le|les|l['’]|el|il|de|het|o)\s?)?"
    rf"(?:[«“„\"']?[^\W\d_a-zа-яё]|(?<![Oo]ver\s)(?<![Aa]bout\s)(?=(?:{_BODIES})(?![\w'’])(?!.*[.!?]\W*$)))"
    r"[^.!?:：]{1,90}?)?"
    r"(?P<mark>\s?[:：]\s?|\s?[-–—]\s|\W*$)"
)  # fmt: skip
_SUFFIXED_ABOUT = re.compile(
    r"^[^.!?:：。]{2,60}(?:\s(?:туралы|hakkında|소개|lyhyesti)|について|に関して|简介|簡介|概要|회사\s?소개)\s?(?P<mark>[:：]|\W*$)",
    re.I,
)
_NOTES = re.compile(
    r"^[\W_]{0,3}(?:(?:background(?:\sinformation)?|information)\s(?:for|to)\s(?:the\s)?(?:editors?|journalists)|notes?\s(?:to|for)\s(?:the\s)?(?:news\s)?(?:editors?|journalists?|media|desk)|"
    r"editors?['’]?\snotes?|editor['’]s\snotes|notes\sto\sed\.?|"
    r"(?:hinweise?|anmerkung(?:en)?)\s(?:für|an)\s(?:die\s)?(?:redaktion(?:en)?|medien|presse|journalist\w*)|"
    r"hintergrundinformation(?:en)?|"
    r"notes?\s(?:aux?|à\sl['’])\s?(?:rédact\w+|journalistes|éditeurs?)|notas?\s(?:para|a)\s(?:los\s|la\s|"
    r"os\s)?(?:editores|redactores|redacción|medios)|"
    r"note\sper\s(?:i\s)?(?:giornalisti|redattori|la\sredazione)|informacj[ae]\sdla\s(?:redakcji|redaktorów)|"
    r"uwagi\sdla\sredakcji|"
    r"(?:примечани[ея]|справка|информация)\sдля\s(?:редактор(?:ов|а)|редакци[ий]|сми|журналистов)|"
    r"noot\s(?:voor|aan)\s(?:de\s)?(?:redactie|pers)|redactionele\snoot|(?:not|note|notat|anmärkning|bemærkning)\s(?:till|til)\s"
    r"(?:redaktion\w*|redaksjon\w*|redaktör\w*|redaktør\w*|pressen)|till\sredaktionen|til\sredaks?t?jonen|til\sredaktionen|"
    r"tiedoksi\stoimituksille|poznámk[ay]\s(?:pro|k)\s(?:redakci|editory|novináře|redaktory)|editör(?:e|lere)\snot|"
    r"notas?\s(?:aos|à)\s(?:editores|redação|redacção)|nota\s(?:per|ai)\s(?:i\s)?(?:giornalisti|redattori|la\sredazione)|"
    r"приміт(?:ка|ки)\sдля\s(?:редакці[їй]|редакторів|змі)|notă\s(?:pentru|către)\seditori|編集者(?:へ)?の?注|편집자\s?주|"
    r"редакторларға\sарналған\sескертпе|"
    r"σημείωση\sπρος\sσυντάκτες|编者注|致编辑|編者註|ملاحظات?\sللمحرر(?:ين)?)(?P<mark>\s?[:：]\s?|\W*$)",
    re.I,
)  # fmt: skip
_LONGEST_HEADING = 100
_MOST_PARAGRAPHS = 6
_SHORTEST = 60


def about(lines: Sequence[str]) -> tuple[str, ...]:
    """Each "About ..." section in the second half of a text, its heading and paragraphs joined by blank lines."""
    found: list[str] = []
    at = max(1, len(lines) // 3)
    while at < len(lines):
        end = _about_end(lines, at)
        if end > at:
            found.append("\n\n".join(lines[at:end]))
        at = max(end, at + 1)
    return tuple(found)


def notes(lines: Sequence[str]) -> str:
    """The notes to editors with their heading, up to a contact block, an end mark or an "About"; "" if there are
    none.
    """
    for at, line in enumerate(lines):
        mark = _NOTES.match(line[: _LONGEST_HEADING * 2])
        if mark:
            end = at + 1
            while end < len(lines) and not _closes(lines[end]):
                end += 1
            return "\n\n".join(lines[at:end]) if end > at + 1 or mark["mark"].strip() else ""
    return ""


def is_closing(lines: Sequence[str]) -> bool:
    """Whether lines are notes to editors, or what an issuer says of itself, from their heading on."""
    mark = _NOTES.match(lines[0][: _LONGEST_HEADING * 2]) if lines else None
    return bool(mark and (len(lines) > 1 or mark["mark"].strip())) or (bool(lines) and _about_end(lines, 0) > 0)


def _about_end(lines: Sequence[str], at: int) -> int:
    """Where the section that a line opens ends; `at` when it opens none."""
    line = lines[at]
    mark = _ABOUT.match(line[: _LONGEST_HEADING * 2]) or _SUFFIXED_ABOUT.match(line[:_LONGEST_HEADING])
    if not mark:
        return at
    rest = line[mark.end() :].strip()
    if rest and not (mark["mark"].strip() and len(rest) > 40):
        return at
    if not rest and (
        len(line) > _LONGEST_HEADING or at + 1 >= len(lines) or len(lines[at + 1]) < _least(lines[at + 1])
    ):
        return at
    end = at + 1
    while end < len(lines) and end - at <= _MOST_PARAGRAPHS and not _closes(lines[end]) and not _is_heading(lines[end]):
        end += 1
    return end


def _least(line: str) -> int:
    """The fewest characters of a paragraph; in scripts without blanks a word has one or two."""
    if line.endswith("."):
        return _SHORTEST // 2
    return _SHORTEST // 3 if "\u3040" <= line[:1] <= "\u9fff" else _SHORTEST


def _closes(line: str) -> bool:
    return (
        is_end_mark(line)
        or contacts.is_label(line)
        or _NOTES.match(line[:200]) is not None
        or (len(line) <= _LONGEST_HEADING and _ABOUT.match(line) is not None)
    )


def _is_heading(line: str) -> bool:
    return len(line) <= 70 and not line.rstrip().endswith(
        (".", "!", "?", "”", '"', ",", ";", "。", "！", "？", "؟", "।")
    )
