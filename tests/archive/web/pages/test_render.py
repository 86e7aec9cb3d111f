"""What every page needs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from archive.web.pages.render import number, vocabulary


def test_a_number_that_sqlite_cannot_hold_is_nobodys() -> None:
    def asked(**parts: str) -> Any:
        return SimpleNamespace(url_vars=parts)

    assert number(asked(id="12")) == 12
    assert number(asked(n="3"), "n") == 3
    assert number(asked(id="9223372036854775808")) == 0


def test_templates_have_words_for_what_the_tables_hold() -> None:
    words = vocabulary()
    assert words["standing"]("live", "2026-03-20") == "missing"
    assert words["standing"]("gone", "2026-03-20") == "gone"
    assert words["standing"]("live", None) == "live"
    assert words["origin"]("feed") == "stated in the feed"
    assert words["origin"]("new-way") == "new-way"
    assert words["detail"]("edited", "major (silent): 2 paragraphs") == "Major edit, silent: 2 paragraphs"
    assert words["detail"]("edited", "something: else") == "something: else"
    assert words["detail"]("gone", "404: minor") == "404: minor"
