"""Which changes of a text are the publisher's, and which come only from our cleaning of the page. Pure.

What surrounds a release (teasers, advertising) sways whether a passage at its edge is taken for part of it. A
publisher's edit is what the page no longer says, or did not say before; all else is our judgement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from archive.history.passing_lines import is_bare_date, lasting, passes, staying
from archive.text.alignment import opcodes
from archive.text.lines import line_mark, normalize
from archive.text.linked_lines import parted, say_the_same

_HEAD = 2
"""Lines at the head of a text, among which a date that stands alone may come and go."""


def reconcile(
    old: Sequence[str], new: Sequence[str], was: Sequence[int], now: Sequence[int], at: str = ""
) -> list[str]:
    """The lines of a newer text as they would be had its page been judged as the older one was.

    `was` and `now` are the marks of all passages of the older and the newer page, one for each place; empty where they
    are not known. What left the text but not the page stays; what came to the text but was on the page before does not.
    A heading that the page has twice, above and in a table of contents, stays where it was. Clocks and counters stay
    as they first were, and a date that stands alone above a text may come and go. `at` is the moment of the newer page.
    """
    before, after = [line_mark(lasting(line)) for line in old], [line_mark(lasting(line)) for line in new]
    there, here = Counter(was), Counter(now)
    both = Counter(before) & Counter(after)
    twice = {mark for mark in both if max(there[mark], here[mark]) > 1}
    lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)

    def stays(place: int) -> bool:
        mark = before[place]
        still = 0 < there[mark] <= here[mark]
        return mark in twice or (still and _takes(lost, mark)) or _says_nothing(old[place], place, at)

    def comes(place: int) -> bool:
        mark = after[place]
        known = 0 < here[mark] <= there[mark]
        return not ((known and _takes(come, mark)) or _says_nothing(new[place], place, at))

    kept: list[str] = []
    for same, from_old, from_new in _steps(before, after, twice):
        if same:
            both_ways = zip(from_old, from_new, strict=True)
            kept += [new[n] if line_mark(old[o]) == line_mark(new[n]) else old[o] for o, n in both_ways]
        else:
            kept += [old[place] for place in from_old if stays(place)]
            kept += [new[place] for place in from_new if comes(place)]
    return kept


def _steps(before: list[int], after: list[int], apart: Collection[int]) -> Iterator[tuple[bool, list[int], list[int]]]:
    """The places of both sequences in the order of the older one, and whether they are the same lines.

    Those with marks in `apart` are given as they stand in the older one alone.
    """
    old, new = ([n for n, mark in enumerate(marks) if mark not in apart] for marks in (before, after))
    at = 0
    for tag, i, j, k, m in opcodes([before[n] for n in old], [after[n] for n in new]):
        end = old[j] if j < len(old) else len(before)
        if tag != "equal":
            yield False, list(range(at, end)), new[k:m]
        else:
            pairs = dict(zip(old[i:j], new[k:m], strict=True))
            for place in range(at, end):
                yield place in pairs, [place], [pairs[place]] if place in pairs else []
        at = end
    if at < len(before):
        yield False, list(range(at, len(before))), []


def reconcile_links(old: Sequence[str], new: Sequence[str], was: Sequence[int], now: Sequence[int]) -> tuple[str, ...]:
    """The links below a newer text as they would be had its page been judged as the older one was.

    `was` and `now` as for `reconcile`; where one of them is not known, the older links stay. A line that the other page
    shows too, anywhere, neither came nor went, and one that was laid out anew still says the same. Several lines may
    have the same words.
    """
    if not (was and now):
        return tuple(old)
    known, now_at = set(map(_words_mark, old)), defaultdict[int, list[str]](list)
    for line in new:
        if line not in old:
            now_at[_words_mark(line)].append(line)
    there, here = set(was), set(now)
    kept: list[str] = []
    for line in old:
        mark = _words_mark(line)
        if line not in new and now_at[mark]:
            kept.append(now_at[mark].pop(0))
        elif line in new or mark in here or any(say_the_same(line, other) for other in new):
            kept.append(line)
    came = {_words_mark(line): line for line in new}
    return *kept, *(
        line
        for mark, line in came.items()
        if mark not in known and mark not in there and not any(say_the_same(line, other) for other in old)
    )


def reconcile_line(old: str, new: str, was: Sequence[int], now: Sequence[int]) -> str:
    """The line below the title or the picture as it would be had its page been judged as the older one was.

    `was` and `now` as for `reconcile`. Another line counts where the older one left the page, or the newer one was not
    on it: what a page only states for programs, and what it shows at both looks, is no other line. Neither is one
    of which only a count or a stamp is another.
    """
    if normalize(staying(old)) == normalize(staying(new)):
        return old
    left, came = line_mark(old), line_mark(new)
    is_edit = (left in was and left not in now) or (came in now and came not in was)
    return new if is_edit and was and now else old


def _words_mark(line: str) -> int:
    return line_mark(parted(line)[0])


def _says_nothing(line: str, place: int, at: str) -> bool:
    return passes(line, at) or (place < _HEAD and is_bare_date(line))


def _takes(counted: Counter[int], mark: int) -> bool:
    """Take one of what was counted, if any is left: lines that only changed places are not counted."""
    left = counted[mark]
    counted[mark] -= 1
    return left > 0
