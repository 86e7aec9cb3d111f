"""How a line says to reach somebody: e-mail addresses, also those written so that machines do not find them, and
telephone numbers with what announces them. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE = re.compile(
    r"(?<![\w/.])(?!\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d(?!\d)|\d{1,2}\.\d\d\s?[-–]\s?\d{1,2}\.\d\d)"
    r"(?:\+|00)?\(?\+?\d[\d\s().\u2010-\u2013/-]{5,20}\d(?:,?\s?(?:x|ext\.?|extension|доб\.?|вн\.|内线)\s?\d{1,6})?(?![\w/])",
    re.I,
)
_LONGEST = 400
_FIGURE = re.compile(r"\d")
_AT = r"\s?[\[({<]\s?(?:at|@|ät|æt|arroba|chiocciola|собака|a)\s?[\])}>]\s?"
_DOT = r"\s?[\[({<]\s?(?:dot|punkt|punto|point|ponto|\.)\s?[\])}>]\s?"
_BRACKETED = re.compile(rf"(?<![\w.])([\w.+-]{{1,64}}){_AT}([\w-]{{1,63}}(?:(?:\.|{_DOT})[\w-]{{1,63}}){{1,5}})", re.I)
_SPOKEN = re.compile(r"(?<![\w.])([\w.+-]{1,64})\sat\s([\w-]{1,63}(?:\sdot\s[\w-]{2,63}){1,4})(?!\w)", re.I)
_DOTS = re.compile(rf"{_DOT}|\sdot\s", re.I)

PHONE_LABEL = re.compile(
    r"(?:(?:^|(?<=[,;(|]\s)|(?<=[,;(|：:]))(?:office|mobile|cell|direct|work|desk|main)"
    r"|(?:^|(?<=[\s,;(|]))(?:tel(?:ephone|efon[oi]?|éfono|\.)?|tél(?:éphone)?|phone|ph|fon|puh(?:elin)?|gsm|"
    r"mob(?:ile?|iel|il)?|móvil|celular|cell|fax|whatsapp|тел(?:ефоны?)?|моб|τηλ|tlf|e-?mails?|e-?posta|mails?|correo|courriel|"
    r"почта|эл|пошта|web|www)"
    r"|(?:联系|咨询)?电话|電話|手机|传真|邮箱|电邮|电子邮[件箱]|郵箱|電郵|電子郵件|メール(?:アドレス)?|전화(?:번호)?|연락처|이메일|هاتف|جوال|البريد(?:\sالإلكتروني)?)"
    r"\.?(?:\s?[:.：|]\s?(?=[+(\d\w\u200e]|$)|\s(?=[+(\d]|\S{1,64}@))"
    r"|(?:^|(?<=[\s,;(|]))[omctpefd](?:\s?[:：]\s?|\.?\s)(?=[+(\d]|\S{1,64}@)",
    re.I,
)  # fmt: skip
"""What announces a number or an address: "Tel.:"."""

_ALONE = re.compile(
    r"(?:tel(?:ephone|efon[oi]?|éfono)?|tél(?:éphone)?|phone(?:\snumber)?|mobile|mobil|cell|fax|e-?mails?(?:\saddress)?|"
    r"e-?posta|mails?|correo(?:\selectrónico)?|courriel|телефон|почта|пошта|电话|邮箱|電話|メール|전화|이메일|هاتف|"
    r"name|naam|nom|nombre|nome|имя|ім['’]я|姓名|氏名|담당|担当)\s?[.:：]{0,2}$",
    re.I,
)


_SURE = re.compile(
    r"(?<![\w/.,])(?:(?:\+|00|\(\+?)\d|0[\d(\s/-]|(?:1[\s.-])?\d{3}[\s.-]\d{3}[\s.-]\d{4}(?!\d)|\d{3}-\d{4}(?!\d)|"
    r"\d\d(?:\s\d\d){3}(?!\s?\d)|\d{3}\s\d\d\s(?:\d{3}|\d\d\s\d\d)(?!\s?\d))"
)
"""How only telephone numbers begin, or are written: a figure is parted into thousands."""


_AMOUNT = re.compile(r"\W*\d{1,3}(?:[\s.]\d{3})+\s?(?:[^\W\d_]{2,20}|[€$£¥%])\W*")
"""A figure parted into thousands with what it counts, as a number is written, too."""


_LONGEST_ROW = 120
_LEAST_DIGITS = 7
"""Digits of a telephone number that is written like a figure, at least."""

_PARTED = re.compile(r"(?<![\d.+])(\d{1,3}(?:[\s.]\d{3})+)$")


def spelled_out(line: str) -> str:
    """A line with the addresses in it written as such: "name [at] office [dot] example" and the like."""
    if len(line) > _LONGEST or not ("[" in line or "(" in line or "{" in line or " at " in line.lower()):
        return line
    line = _BRACKETED.sub(lambda found: f"{found[1]}@{_DOTS.sub('.', found[2])}", line)
    return _SPOKEN.sub(lambda found: f"{found[1]}@{_DOTS.sub('.', found[2])}", line)


def is_reachable(text: str) -> bool:
    """Whether a text has an address or a number."""
    return bool(("@" in text and EMAIL.search(text)) or (_FIGURE.search(text) and PHONE.search(text)))


def is_amount(text: str) -> bool:
    """Whether words are nothing but a figure and what it counts: "800 000 crowns". A long one ends in thousands."""
    digits = re.sub(r"\D", "", text)
    return _AMOUNT.fullmatch(text) is not None and (len(digits) <= _LEAST_DIGITS or digits.endswith("000"))


def are_figures(lines: Sequence[str], above: str) -> bool:
    """Whether lines, with the one above them, end in figures of different sizes, as the rows of a table do, one of the
    lines in a figure too short for a telephone number, and none has a sure number."""
    sizes, before = _sizes(lines), _sizes([above])
    is_short = min(sizes, default=_LEAST_DIGITS) < _LEAST_DIGITS
    return is_short and len(sizes | before) > 1 and not any(map(_is_sure_row, (above, *lines)))


def _sizes(lines: Sequence[str]) -> set[int]:
    """The digits of the figures, parted into thousands, in which lines end."""
    found = (_PARTED.search(line) for line in lines if len(line) <= _LONGEST_ROW)
    return {len(re.sub(r"\D", "", figure[1])) for figure in found if figure}


def _is_sure_row(line: str) -> bool:
    return len(line) <= _LONGEST_ROW and is_surely_reachable(line)


def is_surely_reachable(line: str, above: str = "") -> bool:
    """Whether a line has an address, or a number that is no mere figure: it is announced, in it or by the line above,
    or written as only telephone numbers are."""
    if "@" in line and EMAIL.search(line):
        return True
    if not is_reachable(line):
        return False
    announced = is_announced(above.strip()) or PHONE_LABEL.search(line)
    return bool(announced or any(_SURE.match(found[0]) for found in PHONE.finditer(line)))


def is_announced(line: str) -> bool:
    """Whether a line only announces what the next one says: "Phone"."""
    return _ALONE.match(line) is not None
