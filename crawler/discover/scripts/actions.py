"""Addresses in scripts that do something, in place of showing a page: delete, log out, vote, share. Pure.

Nobody asks for them who only reads: a site writes a script for that, and no link, so that no robot does it.
"""

from __future__ import annotations

import re

from archive.text.fingerprint import word_set
from crawler.discover.vocabulary import hyphened_name

_DOES = word_set(
    "bookmark buy cancel cart confirm del delete dislike edit erase flag intent like login logoff logon logout mail "
    "modify pay print recommend regist register remove reply scrap share sharer signin signout signup sns "
    "subscribe trash tweet unsubscribe vote withdraw write"
)


def does_something(address: str, function: str = "") -> bool:
    """Whether an address, or the start of one, does something: by its last part, by its parameters (`?mode=delete`), or
    by the name of the function that leads to it."""
    path, _, query = address.partition("?")
    last = path.rstrip("/").rpartition("/")[2]
    words = " ".join(map(hyphened_name, (function, last, query)))
    return not _DOES.isdisjoint(re.split(r"[\W_]+", words))
