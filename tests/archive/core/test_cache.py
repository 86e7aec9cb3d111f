"""Answers that are remembered, and those that are not."""

from __future__ import annotations

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
