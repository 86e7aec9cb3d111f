"""When two lines say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.lines import line_mark, normalize

FIGURES = [
    ("It cost $1.5 million.", "It cost $15 million."),
    ("It was -4 degrees.", "It was 4 degrees."),
    ("It was −4 degrees.", "It was 4 degrees."),
    ("It lost -$4 a share.", "It lost $4 a share."),
    ("It costs $40.", "It costs €40."),
    ("It costs 40 $.", "It costs 40 €."),
    ("It costs $40.", "It costs 40."),
    ("Rose by 9%.", "Rose by 9."),
    ("Rose by 9 %.", "Rose by 9."),
    ("Rose by 9%.", "Rose by 9‰."),
    ("Where p < 5.", "Where p > 5."),
    ("At ≤5 knots.", "At ≥5 knots."),
    ("In 3/4 of the cases.", "In 34 of the cases."),
    ("In ¾ of the cases.", "In 34 of the cases."),
    ("In 1½ hours.", "In 11/2 hours."),
    ("About 10² boats.", "About 102 boats."),
    ("At 10:30 on deck.", "At 1030 on deck."),
    ("Between 4-5 boats.", "Between 45 boats."),
    ("Between 4 and 5, 6 boats.", "Between 4 and 56 boats."),
    ("Growth of .5 points.", "Growth of 5 points."),
    ("A change of +4 points.", "A change of -4 points."),
    ("More than 100+ guests.", "More than 100 guests."),
    ("It cost 1,500 crowns.", "It cost 1.500 crowns."),
    ("From 4 to -4.", "From 4 to 4."),
    ("It cost ₹12 crore.", "It cost £12 crore."),
]

TYPOGRAPHY = [
    ("“It’s”\u00ad here", '"Its" here'),
    ("It cost 10 000 crowns.", "It cost 10\u00a0000 crowns."),
    ("It cost 10 000 crowns.", "It cost 10,000 crowns."),
    ("It cost 10\u202f000 crowns.", "It cost 10000 crowns."),
    ("The pier – 4 ships long", "The pier - 4 ships long"),
    ("The pier—4 ships long", "The pier 4 ships long"),
    ("Between 4–5 boats.", "Between 4-5 boats."),
    ("Rose by 9 %.", "Rose by 9\u00a0%."),
    ("It was −4 degrees.", "It was -4 degrees."),
    ("In ¾ of cases.", "In 3/4 of cases."),
    ("In 1½ hours.", "In 1 1/2 hours."),
    ("Call 020 12 34-56 now.", "Call 020 12 34 56 now."),
    ("In May 2026, 12 ships.", "In May 2026 – 12 ships."),
    ("(12 May)", "12 May"),
    ("Covid-19 rules", "Covid 19 rules"),
    ("- 4 ships came", "• 4 ships came"),
    ("It was “4.5” then.", "It was '4.5' then."),
    ("It cost 40\u00a0€.", "It cost 40 €."),
    ("4 × 4 boats", "4 x 4 boats"),
    ("No. 5, pier", "No 5 pier"),
]


@pytest.mark.parametrize(("old", "new"), FIGURES)
def test_what_stands_at_a_figure_is_said(old: str, new: str) -> None:
    assert line_mark(old) != line_mark(new)


@pytest.mark.parametrize(("old", "new"), TYPOGRAPHY)
def test_typography_says_nothing(old: str, new: str) -> None:
    assert normalize(old) == normalize(new)


@given(st.text(st.sampled_from("a1 .,-%$–½/:\u00a0"), max_size=12))
def test_blanks_around_a_line_and_their_kind_say_nothing(line: str) -> None:
    assert normalize(f" {line}\u00a0") == normalize(line.replace("\u00a0", " ").strip())
