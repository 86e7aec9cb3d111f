"""Addresses that scripts put together: '/list/' + zone + '/' + page + '.htm', with values that the page states. Pure.

Nothing is run. Read are texts joined by +, templates (`/list/${zone}`), names that a script states once by such an
expression, and the values of elements that scripts ask for by id or class. Where one part cannot be read so, there is
no address. A number that counts pages is that of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode

from lxml.html import HtmlElement

from crawler.discover.further.counting.counters import next_number

_MOST_STARTS, _MOST_NAMES, _MOST_PARTS, _LONGEST, _LONGEST_NAME = 400, 2_000, 24, 2_000, 80
"""Texts of scripts that may begin an address, names that are stated, parts of an expression, characters of one and of
a name before it."""

_TEXT = r"'(?:[^'\\\n]|\\.){0,400}'|\"(?:[^\"\\\n]|\\.){0,400}\"|`(?:[^`\\]|\\.){0,400}`"
_TOKEN = re.compile(
    rf"\s*(?:(?P<text>{_TEXT})|(?P<number>\d{{1,9}})(?![\w.])|(?P<name>[A-Za-z_$][\w$]*)|"
    r"(?P<member>\??\.\s*[A-Za-z_$][\w$]*)|(?P<sign>\+\+|--|[-+()\[\],]))"
)
_START = re.compile(
    r"(?P<quote>['\"])(?:(?:https?:/|\.{0,2})/|\?|[\w./-]{0,200}\?)[^'\"\s<>]{0,400}(?P=quote)|"
    r"`(?:\$\{[^{}`]{1,120}\}|\$(?!\{)|[^`\s$]){2,400}`|"
    r"(?P<other>['\"])[\w/-]{2,60}[_/=-](?P=other)\s*\+"
)
_JOINED = re.compile(r"([A-Za-z_$][\w$.]*)?\s*\+\s*$")
_STATED = re.compile(
    r"(?:^|[\s,;{(])(?:var\s|let\s|const\s|window\.|this\.)?['\"]?([A-Za-z_$][\w$]{0,40})['\"]?\s*[=:](?![=>])"
)

_COUNTS = re.compile(
    r"page(?!size|s$|count|total)|^(?:p|pn|pg|n|i|next|trang|seite|sida|strona|sayfa|pagina)$", re.IGNORECASE
)
_ITEMS = re.compile(r"offset|start|skip|from$|first", re.IGNORECASE)
_NOT_COUNTS = re.compile(r"size|total|count|max|last|per|limit|url|name|id$|type", re.IGNORECASE)
_SAYS_PAGE = re.compile(r"page(?:num|no|index|$|\b)", re.IGNORECASE)
"""Names whose value counts pages, or items; names that count neither; what an element is called whose number counts
pages."""

_CONVERTING = frozenset({"parseInt", "Number", "String", "encodeURIComponent", "encodeURI", "escape", "parseFloat"})
"""Functions that give back what they are given."""

_BY_SELECTOR = frozenset({"getElementById", "querySelector", "$", "jQuery"})
_ASKING = {"attr": "{}", "getAttribute": "{}", "data": "data-{}", "text": "text"}
_MEMBERS = {"dataset": "dataset", "value": "value", "textContent": "text", "innerText": "text"}
"""Calls that choose an element; calls, and members, that ask one for something: what that is."""

_SAME = frozenset({"val", "toString", "trim"})
"""Calls after which a value is what it was."""

_BESIDE = re.compile(
    r"\s*\+\s*(?:new\s+)?URLSearchParams\(\s*\{|"
    r"\s*,[^;{}+]{0,120}\{?[^;{}+]{0,120}\b(?:data|params|body|URLSearchParams)['\"]?\s*[:(]\s*\{|\s*,\s*\{"
)
"""What stands between an address and the object whose parameters it is asked with."""

_PARAMETER = re.compile(r"\s*['\"]?([A-Za-z_][\w\[\]-]{0,40})['\"]?\s*(:|(?=[,}]))")
_REST = re.compile(r"[^,{}\n]{0,200}?(?=[,}])")


@dataclass(frozen=True)
class _Value:
    """A text or a number that an expression stands for. `count` is "page" or "items" where it counts; `is_next` says
    that something was added to it already."""

    text: str
    count: str = ""
    is_next: bool = False

    def of_next(self, shown: int) -> str:
        """The text as it is for the next part of a list that shows so many items."""
        if not self.count or self.is_next or not self.text.isdecimal():
            return self.text
        return str(next_number(int(self.text), self.count == "items", shown))


_SECOND = "2"


class Scripts:
    """The scripts of a page, and the elements that they ask for values."""

    def __init__(self, tree: HtmlElement, texts: Sequence[str], shown: int) -> None:
        self._tree = tree
        self._texts = texts
        self._shown = shown
        self._values: dict[str, _Value | None] = {}

    def addresses(self) -> Iterator[str]:
        """The addresses of the next part that scripts build: relative ones as they are written."""
        starts = (start for text in self._texts for start in _START.finditer(text))
        for start in islice(starts, _MOST_STARTS):
            at = _beginning(start.string, start.start())
            if at >= 0:
                yield from self._address_at(start.string, at, start.end())

    def _address_at(self, text: str, at: int, end: int) -> Iterator[str]:
        """The address of the expression at a place; `end` is that of the first text in it."""
        reading = _Reading(self, text, at)
        value = reading.sum()
        if value is not None and value.count and reading.parts > 1:
            yield value.text
            return
        is_whole = value is not None
        beside = _BESIDE.match(text, reading.at if is_whole else end)
        address = value or _Reading(self, text[at:end], 0).sum()
        if beside and address and (is_whole or "+" in beside[0]):
            parameters = self._parameters(text, beside.end())
            if any(each.count for each in parameters.values()):
                asked = urlencode({name: self.of_next(each) for name, each in parameters.items()})
                yield f"{address.text.rstrip('?')}{'&' if '?' in address.text[:-1] else '?'}{asked}"

    def _parameters(self, text: str, at: int) -> dict[str, _Value]:
        """What an object of a script states by name from a place on; what cannot be read is left out."""
        found: dict[str, _Value] = {}
        for _ in range(_MOST_PARTS):
            name = _PARAMETER.match(text, at)
            if name is None:
                break
            reading = _Reading(self, text, name.end())
            value = reading.sum() if name[2] else self.value_of(name[1])
            at = reading.at
            if not re.match(r"\s*[,}]", text[at : at + 20]):
                value, rest = None, _REST.match(text, at)
                at = rest.end() if rest else at
            count = count_of(name[1])
            if value is None and count:
                value = self.value_of(name[1])
            if value is not None:
                found[name[1]] = _Value(value.text, count if value.text.isdecimal() else "", value.is_next)
            if not re.match(r"\s*,", text[at : at + 20]):
                break
            at = text.index(",", at) + 1
        return found

    @cached_property
    def _statements(self) -> dict[str, tuple[str, int]]:
        """By name where the expression stands that a script states for it: the first one."""
        found: dict[str, tuple[str, int]] = {}
        stated = (statement for text in self._texts for statement in _STATED.finditer(text))
        for statement in islice(stated, _MOST_NAMES):
            found.setdefault(statement[1], (statement.string, statement.end()))
        return found

    @cached_property
    def _elements(self) -> dict[str, HtmlElement]:
        found: dict[str, HtmlElement] = {}
        for element in self._tree.iter():
            if isinstance(element.tag, str):
                names = [f"#{element.get('id')}"] + [f".{name}" for name in (element.get("class") or "").split()]
                for name in [*names, f"[name={element.get('name')}]"]:
                    found.setdefault(name, element)
        return found

    def value_at(self, selector: str, asked: str) -> str | None:
        """What a script gets of an element: an attribute or its text; None where there is no such element."""
        element = self._elements.get(re.sub(r"^\w+(?=\[)|['\"]", "", selector.strip()))
        if element is None:
            return None
        return "".join(element.itertext()).strip() if asked == "text" else element.get(asked)

    def value_of(self, name: str) -> _Value | None:
        """The value of a name: what is stated for it, or, if it is called a page and nothing is, the second."""
        if name not in self._values:
            self._values[name] = None  # what is stated by itself has no value
            self._values[name] = self._find_value(name)
        return self._values[name]

    def _find_value(self, name: str) -> _Value | None:
        count = count_of(name)
        where = self._statements.get(name)
        value = _Reading(self, *where).sum() if where else None
        if value is not None and (value.text.isdecimal() or not count):
            return _Value(value.text, value.count or (count if value.text.isdecimal() else ""), value.is_next)
        return _Value(str(self._shown) if count == "items" else _SECOND, count, is_next=True) if count else None

    def of_next(self, value: _Value) -> str:
        return value.of_next(self._shown)


def _beginning(text: str, at: int) -> int:
    """Where the expression begins of which a text at a place is a part: there, or at one name before it; -1 where more
    stands before."""
    before = _JOINED.search(text, max(0, at - _LONGEST_NAME), at)
    if before is None:
        return at
    is_first = bool(before[1]) and not text[max(0, at - _LONGEST_NAME) : before.start()].rstrip().endswith("+")
    return before.start() if is_first else -1


def count_of(name: str) -> str:
    """What a name says that its value counts: "page" or "items"; "" where it counts nothing."""
    if _NOT_COUNTS.search(name):
        return ""
    return "items" if _ITEMS.search(name) else "page" if _COUNTS.search(name) else ""


class _Reading:
    """An expression of a script, read from a place on."""

    def __init__(self, scripts: Scripts, text: str, at: int) -> None:
        self._scripts = scripts
        self._text = text
        self.at = at
        self.parts = 0

    def sum(self) -> _Value | None:
        """Terms joined by + and -; None where one of them cannot be read."""
        total = self._term()
        while total is not None and (sign := self._sign("+", "-")):
            term = self._term()
            if term is None:
                return None
            total = self._join(total, sign, term)
        return total

    def _join(self, one: _Value, sign: str, other: _Value) -> _Value | None:
        is_text = isinstance(one, _Text) or isinstance(other, _Text)
        if one.text.isdecimal() and other.text.isdecimal() and not is_text:
            number = int(one.text) + (int(other.text) if sign == "+" else -int(other.text))
            return _Value(str(number), one.count or other.count, is_next=True) if number >= 0 else None
        if sign == "-" or len(one.text) + len(other.text) > _LONGEST:
            return None
        return _Text(self._scripts.of_next(one) + self._scripts.of_next(other), one.count or other.count, is_next=True)

    def _term(self) -> _Value | None:
        self.parts += 1
        found = _TOKEN.match(self._text, self.at) if self.parts <= _MOST_PARTS else None
        if found is None:
            return None
        self.at = found.end()
        if found["text"]:
            return self._literal(found["text"])
        if found["number"]:
            return _Value(found["number"])
        if found["sign"] in ("(", "+", "++"):
            inner = self.sum() if found["sign"] == "(" else self._term()
            if found["sign"] == "(" and not self._sign(")"):
                return None
            return inner
        return self._value_of_name(found["name"]) if found["name"] else None

    def _literal(self, written: str) -> _Value | None:
        inner = re.sub(r"\\(.)", r"\1", written[1:-1])
        if written[0] != "`" or "${" not in inner:
            return _Text(inner)
        pieces = re.split(r"\$\{([^{}]{1,120})\}", inner)
        values = [_Reading(self._scripts, piece, 0).sum() for piece in pieces[1::2]]
        self.parts += len(values)
        if any(value is None for value in values):
            return None
        said = [self._scripts.of_next(value) for value in values if value]
        count = next((value.count for value in values if value and value.count), "")
        return _Text("".join(f"{piece}{value}" for piece, value in zip(pieces[::2], [*said, ""], strict=True)), count)

    def _value_of_name(self, name: str) -> _Value | None:
        """A name with the members and calls that follow it: `page`, `this.next`, `$("#list").data("page")`.

        Where a call chose an element of the page (`selector`), the value is what the page states there by the member or
        attribute that was last `asked`; else it is what the script gave to the last of the names.
        """
        selector = asked = ""
        last = name
        if name in _CONVERTING:
            return self._converted()
        while True:
            if self._sign("("):
                given = self._first_argument()
                if given is None:
                    return None
                if last in _BY_SELECTOR:
                    selector = f"#{given}" if last == "getElementById" else given
                elif last in _ASKING:
                    asked = _ASKING[last].format(given)
                elif last not in _SAME:
                    return None
            elif (found := _TOKEN.match(self._text, self.at)) and found["member"]:
                self.at = found.end()
                last = found["member"].lstrip("?.").strip()
                is_data = asked == "dataset"
                asked = f"data-{re.sub(r'(?=[A-Z])', '-', last).lower()}" if is_data else _MEMBERS.get(last, asked)
            else:
                break
        self._sign("++", "--")
        return self._value_of_element(selector, asked) if selector else self._scripts.value_of(last)

    def _value_of_element(self, selector: str, asked: str) -> _Value | None:
        stated = self._scripts.value_at(selector, asked or "value")
        if stated is None:
            return None
        said = f"{selector} {asked}"
        count = count_of(said) or ("page" if stated.isdecimal() and _SAYS_PAGE.search(said) else "")
        return _Value(stated.strip(), count if stated.strip().isdecimal() else "")

    def _first_argument(self) -> str | None:
        """The first of one or two texts that a call is given ("": it is given none); None where it cannot be read."""
        if self._sign(")"):
            return ""
        given = self._term()
        if self._sign(","):
            self._term()
        return given.text if given and self._sign(")") else None

    def _converted(self) -> _Value | None:
        """The value of a call that gives back what it is given, such as parseInt(text, 10)."""
        if not self._sign("("):
            return None
        inner = self.sum()
        if self._sign(","):
            self._term()
        if inner is None or not self._sign(")"):
            return None
        return _Value(inner.text, inner.count, inner.is_next)

    def _sign(self, *wanted: str) -> str:
        """The sign that comes next, if it is one of those wanted."""
        found = _TOKEN.match(self._text, self.at)
        if found is None or found["sign"] not in wanted:
            return ""
        self.at = found.end()
        return str(found["sign"])


class _Text(_Value):
    """A value that a script writes as text: + joins it and does not add."""
