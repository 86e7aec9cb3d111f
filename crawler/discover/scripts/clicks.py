"""Links whose address only the script of a click states: onclick="location.href='/news/12'". Pure.

So do lists of SharePoint (the address of their next part), boards, and rows of tables that lead to a page as a whole.
Nothing is run: read is the one text of the script that is an address, with the escapes of its letters undone.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from archive.core.urls import canonical
from crawler.discover.scripts.calls import Calls

_LONGEST, _BEFORE = 2_000, 80
"""Characters of a script that are read, and of those before an address that say whether the click leads there."""

_TEXT = re.compile(r"'((?:[^'\\\n]|\\.){1,1000}+)'|\"((?:[^\"\\\n]|\\.){1,1000}+)\"")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_ADDRESS = re.compile(
    r"(?:https?://|\.{0,2}/(?!/)|\?)[^\s<>]+|[\w./-]{1,200}\.(?:[sp]?html?|php\d?|aspx?|jsp|do|cfm|nsf)(?:\?[^\s<>]*)?",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?<![a-z])(?:location|href)\s{0,3}=\s{0,3}$|"
    r"(?<!\w)(?:fn_?)?(?:open|assign|replace|go(?!ogle)|navigate|redirect|move|refresh|view|show)"
    r"(?!\w{0,30}(?:track|count|log|stat))\w{0,30}\(\s{0,3}(?:(?:event|this)\s{0,3},\s{0,3})?$",
    re.IGNORECASE,
)
"""What stands before an address that a click leads to: an assignment, or a call that says so by its name. What only
counts a click has an address too."""

_ELSEWHERE = re.compile(r"print|share|mail|login|popup_?cookie", re.IGNORECASE)
_NO_ADDRESS = ("", "#", "javascript:")


def address_of(element: HtmlElement, base: str, calls: Calls | None = None) -> str:
    """Where a link leads (canonical): by its address, else by the script of its click, or by the function of the page
    that it calls (`calls`); "" where it leads nowhere."""
    href = (element.get("href") or "").strip()
    if not href.lower().startswith("javascript:") and href not in _NO_ADDRESS:
        return canonical(href, base)
    there = _script_address(f"{element.get('onclick') or ''};{href}", base, calls)
    return there or (canonical(href, base) if href else "")


def row_address(element: HtmlElement, base: str, calls: Calls | None = None) -> str:
    """Where a click anywhere on an element that is no link leads; "" where nowhere."""
    stated = (element.get("data-href") or "").strip()
    return canonical(stated, base) if stated else _script_address(element.get("onclick") or "", base, calls)


def _script_address(script: str, base: str, calls: Calls | None) -> str:
    stated = clicked_address(script, base)
    if stated or calls is None or "(" not in script or len(script) > _LONGEST or _ELSEWHERE.search(script):
        return stated
    return calls.address(script, base)


def clicked_address(script: str, base: str) -> str:
    """The address (canonical) that the script of a click states; "" where it states none, or several."""
    if len(script) > _LONGEST or _ELSEWHERE.search(script):
        return ""
    texts = ((_unescaped(found[1] or found[2]), script[: found.start()]) for found in _TEXT.finditer(script))
    stated = [text for text, before in texts if _ADDRESS.fullmatch(text) and _LEADS.search(before[-_BEFORE:])]
    return canonical(stated[0], base) if len(stated) == 1 else ""


def _unescaped(text: str) -> str:
    """A text of a script as it is: \\u002f is a slash."""

    def letter(escaped: re.Match[str]) -> str:
        return chr(int(escaped[1] or escaped[2], 16)) if escaped[1] or escaped[2] else escaped[3]

    return _ESCAPED.sub(letter, text)
