"""A number with the noun that it counts, as every message and page says it."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """ "1 release", "1,234 releases"; `many` where the plural is not made with an s alone."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
