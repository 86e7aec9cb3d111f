"""A page that shows only the beginning of its text without a subscription, and the whole text before or later."""

from __future__ import annotations

import pytest

from archive.core.model import PREVIEW, Extraction
from archive.history.previews import completes, is_preview_of

PARTS = tuple(
    f"Part {word} of the report on the lock gates." for word in ("one", "two", "three", "four", "five", "six", "seven")
)


def _text(*lines: str, preview: bool = False) -> Extraction:
    origins = {"text": PREVIEW} if preview else {}
    return Extraction("https://press.valdora.example/7", "The gates", "\n\n".join(lines), origins=origins)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (PARTS[:1], True),
        ((PARTS[0][:25] + " …",), True),
        ((*PARTS[:2], "This report is for members. Log in to read on, or ask the office for an account."), True),
        (PARTS[3:], True),
        (("The gates were never built, and there is no report.",), False),
        (PARTS[:6], False),
    ],
)
def test_what_a_page_that_asks_to_subscribe_shows_of_its_text(shown: tuple[str, ...], expected: bool) -> None:
    assert is_preview_of(_text(*PARTS), _text(*shown, preview=True)) is expected


def test_a_page_that_asks_for_nothing_shows_its_text() -> None:
    assert not is_preview_of(_text(*PARTS), _text(PARTS[0]))


def test_where_the_page_always_asked_only_the_beginning_alone_is_a_preview() -> None:
    always = _text(*PARTS, preview=True)
    assert is_preview_of(always, _text(*PARTS[:2], preview=True))
    assert is_preview_of(always, _text(PARTS[0], "Subscribe to read on.", preview=True))
    assert not is_preview_of(always, _text(*PARTS[2:4], preview=True))
    changed = (
        "The rest of the report was withdrawn by the council, which will vote again in spring on the money for it, " * 2
    )
    assert not is_preview_of(always, _text(PARTS[0], changed, preview=True))


def test_figures_at_the_ends_of_lines_do_not_hide_a_beginning() -> None:
    lines = ("The lock was built in 1874.", "12 gates were renewed in 1931.", *PARTS)
    assert is_preview_of(_text(*lines, preview=True), _text(*lines[:2], preview=True))


def test_the_whole_of_a_text_whose_beginning_was_shown() -> None:
    first, whole = _text(PARTS[0], "Log in to read on.", preview=True), _text(*PARTS)
    assert completes(first, whole)
    assert completes(first, _text("3 March 2026", *PARTS))
    assert is_preview_of(_text("3 March 2026", *PARTS, preview=True), first)
    assert not completes(_text(PARTS[0]), whole)
    assert not completes(first, _text(*PARTS, preview=True))
    assert not completes(first, _text("No gate was built.", *PARTS[1:]))
    assert not completes(_text(*PARTS[:6], preview=True), whole)
