"""User names and passwords in addresses ("https://name:word@host/"): none is taken, stored or shown. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_BEFORE_HOST = re.compile(r"(?<=//)(?:[^\s/?#\"'<>]*|[^\s/?#@:\"'<>]+:(?!\d{1,5}/)[^\s\"'<>]*)@")
"""What stands between the slashes and the last "@" of a host; a password may itself have slashes."""

_BARE = re.compile(r"(?<![\w/@.:-])(?!mailto:)[\w.+-]+:(?!/)[^\s@/\"'<>]+@(?=[\w.-]+\.\w)")
"""The same in an address without a scheme."""

HIDDEN = "...@"

_AUTHORITY = re.compile(r"\s*(?:https?:)?//[^/?#\\]*@", re.IGNORECASE)
"""The beginning of a web address up to the last "@" before its host."""

REFUSED = (
    "has a user name or a password before its host, and Dateline never logs in: no password belongs in an archive that"
    " others may read. Take all up to the @ out; what only a login shows cannot be watched"
)
"""Why an address with a user name is not taken, and what to do, in words that go on from the address."""


def hidden(text: str) -> str:
    """A text with every user name and password in its addresses replaced."""
    return _BARE.sub(HIDDEN, _BEFORE_HOST.sub(HIDDEN, text)) if "@" in text else text


def without_user(address: str) -> str:
    """A web address without the user name and the password before its host; any other address as it is."""
    begin = _AUTHORITY.match(address) if "@" in address else None
    return begin[0][: begin[0].index("//") + 2] + address[begin.end() :] if begin else address


def names_user(address: str) -> bool:
    """Whether an address, with or without a scheme, has a user name or a password."""
    text = address.strip()
    if "://" not in text:
        return _BARE.match(text) is not None
    try:
        return "@" in urlsplit(text).netloc or _BEFORE_HOST.search(text.partition("?")[0]) is not None
    except ValueError:  # what urllib raises for brackets that cannot be
        return _BEFORE_HOST.search(text) is not None
