"""What of a changed text is the publisher's edit, and what only our judgement of the page. Pure.

What surrounds a release (teasers, advertising) sways whether a passage at its edge is taken for part of it. A
publisher's edit is what the page no longer says, or did not say before; all else is our judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from archive.text.alignment import opcodes
from archive.text.lines import line_mark


def reconcile(old: Sequence[str], new: Sequence[str], was: Collection[int], now: Collection[int]) -> list[str]:
    """The lines of a newer text as they would be had its page been judged as the older one was.

    `was` and `now` are the marks of all passages of the older and the newer page. What left the text but not the page
    stays; what came to the text but was on the page before does not.
    """
    before, after = [line_mark(line) for line in old], [line_mark(line) for line in new]
    lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    kept: list[str] = []
    for tag, old_from, old_to, new_from, new_to in opcodes(before, after):
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
