"""Lines of a page's text, compared: which of them the page still has, whatever was thought of them. Pure.

What surrounds a release (teasers, advertising) sways whether a passage at its edge is taken for part of it. A
publisher's edit is what the page no longer says anywhere, or did not say anywhere before; all else is our judgement.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher

from archive.text.fingerprint import hash64

_NOT_TELLING = re.compile(r"[\W_]+")
_NOT_TELLING_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}
_MOST = 2000


def normalize(text: str) -> str:
    """A text without what typography changes: compatibility forms, white space, punctuation, soft hyphens."""
    if text.isascii():
        return text.translate(_NOT_TELLING_ASCII)
    return _NOT_TELLING.sub("", unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def line_mark(line: str) -> int:
    """A number that two lines share when only typography tells them apart."""
    return hash64(normalize(line))


def marks_of(lines: Iterable[str]) -> tuple[int, ...]:
    """The marks of a page's passages, bounded."""
    return tuple(dict.fromkeys(line_mark(line) for line, _ in zip(lines, range(_MOST), strict=False)))


def reconcile(old: Sequence[str], new: Sequence[str], was: Collection[int], now: Collection[int]) -> list[str]:
    """The lines of a newer text as they would be had its page been judged as the older one was.

    `was` and `now` are the marks of all passages of the older and the newer page. What left the text but not the page
    stays; what came to the text but was on the page before does not.
    """
    before, after = [line_mark(line) for line in old], [line_mark(line) for line in new]
    lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > 1000)
    kept: list[str] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            kept += new[new_from:new_to]
            continue
        kept += [old[n] for n in range(old_from, old_to) if before[n] in now and _takes(lost, before[n])]
        kept += [new[n] for n in range(new_from, new_to) if after[n] not in was or not _takes(come, after[n])]
    return kept


def _takes(counted: Counter[int], mark: int) -> bool:
    """Take one of what was counted, if any is left: lines that only changed places are not counted."""
    left = counted[mark]
    counted[mark] -= 1
    return left > 0
