"""Lines that lead somewhere: how they are stored, and which say the same."""

from __future__ import annotations

import pytest

from archive.text.linked_lines import joined, meaning, parted, say_the_same

FILE = "https://press.valdora.example/f/figures-2025.pdf"


def test_a_line_is_its_words_and_its_addresses() -> None:
    line = joined("Fares | Zone 2: table, map", (FILE, "https://tarn.example/map"))
    assert line == f"Fares | Zone 2: table, map | {FILE} https://tarn.example/map"
    assert parted(line) == ("Fares | Zone 2: table, map", (FILE, "https://tarn.example/map"))
    assert parted("no address") == ("no address", ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f"Figures 2025 (PDF) | {FILE}", f"figures 2025 – PDF | {FILE}", True),
        (f"Figures | {FILE}", "Figures | http://files.tarn.example/new/figures-2025.pdf?v=7", True),
        (f"Figures | {FILE}", "Figures | https://press.valdora.example/f/figures-2026.pdf", False),
        (f"Figures 2025 | {FILE}", f"Figures 2026 | {FILE}", False),
        ("Register | https://tarn.example/", "Register | https://www.tarn.example", True),
        ("Register | https://tarn.example/", "Register | https://elm.example/", False),
        ("Register | https://tarn.example/fair-of-ropes", "Register | https://tarn.example/fair-of-boats?s=1", False),
        ("Register | https://tarn.example/in/8f3a", "Register | https://tarn.example/in/77b2", True),
        ("Register | https://tarn.example/in?ticket=4", "Register | https://tarn.example/in?ticket=5", True),
    ],
)
def test_what_lines_have_in_common_that_mean_the_same(one: str, other: str, same: bool) -> None:
    assert (meaning(one) == meaning(other)) is same


def test_a_line_that_is_laid_out_anew_has_the_words_and_the_file_of_the_older_one() -> None:
    whole = f"Read the full report: Figures 2025 | {FILE}"
    assert say_the_same(whole, f"Figures 2025 | {FILE}")
    assert say_the_same(f"Figures 2025 | {FILE}", whole)
    assert not say_the_same(whole, f"Figures 2026 | {FILE}")
    assert not say_the_same(whole, "Figures 2025 | https://press.valdora.example/f/other.pdf")
    get = "https://press.valdora.example/media/{}/download"
    assert not say_the_same(f"Second report | {get.format(2)}", f"Report | {get.format(1)}")
    assert say_the_same(f"Second report | {get.format(2)}", f"Report | {get.format(2)}?ticket=5")
