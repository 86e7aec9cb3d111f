"""A number and its noun agree."""

from __future__ import annotations

from archive.core.counted import count


def test_a_count_has_its_noun_in_the_right_number_and_commas_of_thousands() -> None:
    assert count(1, "release") == "1 release"
    assert count(1234, "release") == "1,234 releases"
    assert count(0, "story", "stories") == "0 stories"
