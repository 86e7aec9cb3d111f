"""Links that call a function which leads on: fn_view('12'), where a script of the page says what that does. Pure.

So do boards: `function fn_view(seq) { location.href = '/news/view.do?seq=' + seq; }`. Nothing is run: read are texts
and parameters joined by +, or a template (`/news/${seq}`), in a function without blocks of its own. What does
something else than to show a page (delete, log out, share) is followed nowhere: a site calls a function for that, so
that no robot does it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from archive.core.urls import canonical
from crawler.discover.scripts.actions import does_something

_MOST_SCRIPTS, _MOST_FUNCTIONS, _LONGEST = 40, 200, 200_000
"""Scripts of a page and functions in them that are read, and characters of one script."""

_VALUE = r"'[^'\\\n]{0,200}'|\"[^\"\\\n]{0,200}\"|\d{1,12}"
_CALL = re.compile(
    rf"(?<![\w.$])([A-Za-z_$][\w$]{{0,60}})"
    rf"\(\s{{0,9}}((?:{_VALUE})(?:\s{{0,9}},\s{{0,9}}(?:{_VALUE})){{0,5}})\s{{0,9}}\)"
)
_ONE_VALUE = re.compile(_VALUE)
_FUNCTION = re.compile(
    r"\bfunction\s{1,9}([A-Za-z_$][\w$]{0,60})\s{0,9}\(([^()]{1,200})\)\s{0,9}"
    r"\{([^{}]{0,800}(?:\$\{[\w$]{1,60}\}[^{}]{0,400}){0,5})\}"
)
_PART = r"(?:'[^'\\\n]{0,300}'|\"[^\"\\\n]{0,300}\"|`[^`\\\n]{0,300}`|[A-Za-z_$][\w$]{0,60})"
_LEADS = re.compile(
    rf"(?<![\w$])(?:location(?:\.href)?\s{{0,9}}=\s{{0,9}}|(?:location\.(?:assign|replace)|window\.open)\(\s{{0,9}})"
    rf"({_PART}(?:\s{{0,9}}\+\s{{0,9}}{_PART}){{0,8}})\s{{0,9}}(?:[;,)\n]|$)"
)
_OF_FILES = re.compile(r"down|file|attach", re.IGNORECASE)
_ASKS = re.compile(r"(?<![\w$])(?:confirm|prompt)\s{0,9}\(")
_EACH_PART = re.compile(_PART)
_IN_TEMPLATE = re.compile(r"\$\{([\w$]{1,60})\}")


class Calls:
    """The functions of a page's scripts that lead to an address made of what they are given."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree

    def address(self, script: str, base: str) -> str:
        """The address (canonical) to which the call in the script of a click leads; "" where it leads nowhere."""
        call = _CALL.search(script)
        if call is None or _OF_FILES.search(call[1]) or call[1] not in self._functions:
            return ""
        names, parts = self._functions[call[1]]
        given = [_plain(value) for value in _ONE_VALUE.findall(call[2])]
        values = dict(zip(names, given, strict=False))
        if any(is_name and part not in values for part, is_name in parts):
            return ""
        return canonical("".join(values[part] if is_name else part for part, is_name in parts), base)

    @cached_property
    def _functions(self) -> dict[str, tuple[Sequence[str], Sequence[tuple[str, bool]]]]:
        """By name the parameters of each function, and the parts of the address to which it leads: each a text, or
        the name of a parameter."""
        found: dict[str, tuple[Sequence[str], Sequence[tuple[str, bool]]]] = {}
        for script in islice(self._tree.iter("script"), _MOST_SCRIPTS):
            for function in islice(_FUNCTION.finditer((script.text or "")[:_LONGEST]), _MOST_FUNCTIONS):
                names = [name.strip() for name in function[2].split(",")]
                stated = [] if _ASKS.search(function[3]) else _LEADS.findall(function[3])
                parts = _parts(stated[0]) if len(stated) == 1 else []
                written = "".join(part for part, is_name in parts if not is_name)
                if does_something(written, function[1]) or not any(is_name for _, is_name in parts):
                    continue
                if all(part in names for part, is_name in parts if is_name):
                    found[function[1]] = (names, parts)
        return found


def _parts(expression: str) -> list[tuple[str, bool]]:
    """The parts of an expression, each with whether it is a name."""
    parts: list[tuple[str, bool]] = []
    for part in _EACH_PART.findall(expression):
        if part[0] == "`":
            pieces = _IN_TEMPLATE.split(part[1:-1])
            parts += [(piece, n % 2 == 1) for n, piece in enumerate(pieces)]
        else:
            parts.append((_plain(part), part[0] not in "'\""))
    return parts


def _plain(written: str) -> str:
    return written[1:-1] if written[0] in "'\"" else written
