"""What nobody sees in a text leaves it, and the letters that need a joiner keep it."""

from __future__ import annotations

from archive.text.invisible import visible


def test_soft_hyphens_and_blanks_of_no_width_leave_a_word() -> None:
    assert visible("Hafen\u00admeis\u200bter\u2060in \ufeffKrug") == "Hafenmeisterin Krug"


def test_joiners_and_visible_blanks_stay() -> None:
    assert visible("می\u200cشود \u00a0–") == "می\u200cشود \u00a0–"
