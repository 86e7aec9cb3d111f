"""The difference between two sequences of lines or words, for all code that compares texts. Pure.

Sequences are aligned by their longest common subsequence (rapidfuzz, bit-parallel: Hyyrö 2004). The work grows with the
product of both lengths, so it is counted, in cells of that product, and limited by a budget. Longer sequences are first
divided at items that occur once in both (Bram Cohen's patience diff); if there are none, the whole is one replacement.
Then the work is linear in the length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel

Tag = Literal["equal", "replace", "delete", "insert"]
Opcode = tuple[Tag, int, int, int, int]
"""A difference (tag, from and to in the old sequence, from and to in the new one)."""

CELLS = 100_000_000
"""How many pairs of items one comparison of two pages may compare: at most 0.1 s, and 13 MB."""

_WINDOWS = (1, 16)
_DEEPEST = 4

_Range = tuple[int, int, int, int]


@dataclass
class Budget:
    """The remaining work for a comparison of two pages, in pairs of items."""

    cells: int = CELLS

    def take(self, cells: int) -> bool:
        """Use so many pairs; False, and none are used, if fewer are left."""
        if cells > self.cells:
            return False
        self.cells -= cells
        return True


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Opcode]:
    """How `old` becomes `new`: parts in order that cover both, like those of `difflib.SequenceMatcher`.

    Two neighbouring parts never have the same tag, and a removal beside an addition is one replacement.
    """
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(item, len(numbers)) for item in old]
    b = [numbers.setdefault(item, len(numbers)) for item in new]
    equal = _aligned(a, b, (0, len(a), 0, len(b)), Budget() if budget is None else budget, 0)
    return list(_between(equal, len(a), len(b)))


def _aligned(a: list[int], b: list[int], where: _Range, budget: Budget, depth: int) -> Iterator[tuple[int, int, int]]:
    """Equal parts within a section of both sequences, in order: place in the first, place in the second, length."""
    i, j, k, m = where
    start = _common(a, b, i, k, min(j - i, m - k), 1)
    if start:
        yield i, k, start
    i, k = i + start, k + start
    end = _common(a, b, j - 1, m - 1, min(j - i, m - k), -1)
    j, m = j - end, m - end
    if i < j and k < m:
        if budget.take((j - i) * (m - k)):
            for code in Indel.opcodes(a[i:j], b[k:m]):
                if code.tag == "equal":
                    yield i + code.src_start, k + code.dest_start, code.src_end - code.src_start
        elif depth < _DEEPEST:
            yield from _divided(a, b, (i, j, k, m), budget, depth + 1)
    if end:
        yield j, m, end


def _common(a: list[int], b: list[int], i: int, k: int, most: int, step: int) -> int:
    count = 0
    while count < most and a[i + step * count] == b[k + step * count]:
        count += 1
    return count


def _divided(a: list[int], b: list[int], where: _Range, budget: Budget, depth: int) -> Iterator[tuple[int, int, int]]:
    i, j, k, m = where
    for size in _WINDOWS:
        anchors = _anchors(a, b, where, size)
        if anchors:
            marks = [(i, k), *anchors, (j, m)]
            for (before, beside), (after, beyond) in pairwise(marks):
                yield from _aligned(a, b, (before, after, beside, beyond), budget, depth)
            return


def _anchors(a: list[int], b: list[int], where: _Range, size: int) -> list[tuple[int, int]]:
    """The places of items that occur once in both sections and have the same order (longest increasing subsequence)."""
    i, j, k, m = where
    there, here = _once(a, i, j, size), _once(b, k, m, size)
    pairs = [(place, here[item]) for item, place in there.items() if item in here]
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(tails[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            tails.append(number)
        else:
            ends[at], tails[at] = place, number
    found: list[tuple[int, int]] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _once(items: list[int], start: int, end: int, size: int) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    for at in range(start, end - size + 1):
        item = tuple(items[at : at + size])
        places[item] = -1 if item in places else at
    return {item: at for item, at in places.items() if at >= 0}


def _between(equal: Iterator[tuple[int, int, int]], a: int, b: int) -> Iterator[Opcode]:
    """Equal parts, with neighbouring ones joined, and what is between them."""
    i = k = 0
    start: tuple[int, int] | None = None
    for there, here, size in (*equal, (a, b, 0)):
        if start is not None and (there, here) == (i, k) and size:
            i, k = i + size, k + size
            continue
        if start is not None:
            yield "equal", start[0], i, start[1], k
        if there > i or here > k:
            yield "replace" if there > i and here > k else "delete" if there > i else "insert", i, there, k, here
        start = (there, here) if size else None
        i, k = there + size, here + size
