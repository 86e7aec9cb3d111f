"""When two lines say the same."""

from __future__ import annotations

from archive.text.lines import line_mark


def test_typography_is_no_difference_and_a_figure_is_one() -> None:
    assert line_mark("“It’s”\u00ad here") == line_mark('"Its" here')
    assert line_mark("4.1") != line_mark("4.2")
