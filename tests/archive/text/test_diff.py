"""Two texts side by side: which words went, which came."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.diff import Paragraph, Run, compare, compare_line, compare_names, marked

_LINES = st.lists(st.sampled_from(["ferry", " ", ",", "open", "the", "4", "pier"]), max_size=20).map("".join)
_TEXTS = st.lists(_LINES, max_size=5).map("\n\n".join)


def _side(runs: tuple[Run, ...], besides: str) -> str:
    return "".join(run.text for run in runs if run.mark != besides)


@given(_LINES, _LINES)
def test_a_line_reads_as_it_was_and_as_it_is(old: str, new: str) -> None:
    runs = compare_line(old, new)
    assert (_side(runs, "added"), _side(runs, "removed")) == (old, new)


@given(_TEXTS, _TEXTS)
def test_a_text_reads_as_it_was_and_as_it_is(old: str, new: str) -> None:
    found = compare(old, new)
    for text, besides in ((old, "added"), (new, "removed")):
        lines = [_side(one.runs, besides) for one in found if one.mark != besides]
        assert lines == [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("Council adopts record budget", "Council adopts budget", "Council adopts[- record] budget"),
        ("The pier is shut", "The old pier is shut now", "The[+ old] pier is shut[+ now]"),
        (
            "It opens at ten, on Monday",
            "It opens on Friday, at nine",
            "It opens [-at ten, on Monday][+on Friday, at nine]",
        ),
        ("Eight ships came by night", "Nine boats came by day", "[-Eight ships][+Nine boats] came by [-night][+day]"),
        ("25億円の予算で始める。", "25兆円の予算で始める。", "25[-億][+兆]円の予算で始める。"),
        ("AI技術は安全", "AI手法は安全", "AI[-技術][+手法]は安全"),
        ("same", "same", "same"),
    ],
)
def test_a_difference_is_marked_as_a_reader_would(old: str, new: str, marked: str) -> None:
    signs = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    assert "".join(signs[run.mark].format(run.text) for run in compare_line(old, new)) == marked


def test_a_rewritten_paragraph_is_one_and_another_paragraph_two() -> None:
    old = "The ferry sails at ten.\n\nAll are welcome."
    rewritten = compare(old, old.replace("ten", "nine"))
    assert [one.mark for one in rewritten] == ["changed", "same"]
    other = compare(old, old.replace("The ferry sails at ten.", "Bring your own boots, gloves and lunch."))
    assert [one.mark for one in other] == ["removed", "added", "same"]
    assert other[2] == Paragraph("same", (Run("same", "All are welcome."),))


def test_texts_of_few_words_are_compared_within_a_budget() -> None:
    order = random.Random(5)
    old, new = ("\n\n".join(" ".join(order.choices("abcde", k=2_000)) for _ in range(40)) for _ in range(2))
    found = compare(old, new)
    assert "\n\n".join(_side(one.runs, "added") for one in found if one.mark != "added") == old


def test_names_are_compared_whole_and_in_no_order() -> None:
    found = compare_names(("Ada Quill", "Bo Wren"), ("Bo Wren", "Ada Quille"))
    assert marked(found) == "[-Ada Quill-], Bo Wren, {+Ada Quille+}"
    assert compare_names(("Ada Quill", "Bo Wren"), ("Bo Wren", "Ada Quill")) == ()
    assert compare_names(None, ("Ada Quill",)) == compare_names(("Ada Quill",), None) == ()
    assert marked(compare_names(("Ada Quill",), ())) == "[-Ada Quill-]"
