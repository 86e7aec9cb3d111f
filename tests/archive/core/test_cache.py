"""Answers that are remembered, and those that are not."""

from __future__ import annotations

import gc

from archive.core.cache import LONGEST, remembered


def test_short_texts_are_asked_once_and_long_ones_are_not_kept() -> None:
    asked: list[str] = []

    @remembered(2)
    def size(text: str, more: int = 0) -> int:
        asked.append(text)
        return len(text) + more

    long = "a" * (LONGEST + 1)
    assert [size("one"), size("one"), size("one", 1), size("one", more=1)] == [3, 3, 4, 4]
    assert [size(long), size(long)] == [LONGEST + 1] * 2
    assert asked == ["one", "one", "one", long, long]
    size("two")
    size("three")
    assert size("one") == 3
    assert asked[-3:] == ["two", "three", "one"]


def test_what_was_asked_lately_is_still_known_and_nothing_is_an_object_to_search() -> None:
    asked: list[str] = []

    @remembered(10)
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    before = len(gc.get_objects())
    for n in range(100):
        size(f"text {n}")
    assert len(gc.get_objects()) - before < 10
    asked.clear()
    for n in range(95, 100):
        size(f"text {n}")
    assert asked == []
    size("text 80")
    assert asked == ["text 80"]
