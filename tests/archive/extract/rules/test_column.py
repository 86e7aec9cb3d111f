"""Short notices and lists below a headline are the text where next to nothing else was found."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import PROSE, kept

TITLE = "The winners of the Karn prize"
WON = ["First prize: Ida Brekk", "Second prize: Oda Marsh", "Third prize: Bo Wren"]
LIST = "<ol>" + "".join(f"<li>{one}</li>" for one in WON) + "</ol>"
UNSURE = dict.fromkeys(WON, 0.2)


def below(inner: str, scores: dict[str, float], head: str = f"<h1>{TITLE}</h1>") -> list[str]:
    """What is kept below the headline of a page."""
    return [line for line in kept(f"<main>{head}{inner}</main>", scores) if line != TITLE]


def test_a_list_below_the_headline_is_the_text_of_a_page_that_has_no_other() -> None:
    assert below(LIST, UNSURE) == WON
    assert below(LIST, UNSURE, f"<header><h1>{TITLE}</h1></header>") == WON
    assert below(LIST, UNSURE, f"<h2>{TITLE}</h2>") == []
    assert below(LIST, UNSURE, f"<h1>{TITLE}</h1><h1>Karn</h1>") == []
    assert below(LIST, dict.fromkeys(WON, 0.1)) == []
    assert below(LIST + f"<p>{PROSE}</p>" * 3, UNSURE)[0] == PROSE


def test_what_goes_on_below_the_only_paragraph_is_kept_and_what_stands_above_it_is_not() -> None:
    said = f"<p>Ada Marsh, Karn</p><p>{PROSE}</p><h2>Results</h2><p>Two of five men row.</p><p>All of them swim.</p>"
    lines = {"Ada": 0.3, "Results": 0.1, "Two": 0.3, "All": 0.3}
    assert below(said, lines) == [PROSE, "Results", "Two of five men row.", "All of them swim."]


@pytest.mark.parametrize(
    "end",
    [
        "<p><a href=/more>Look at the pictures of the day</a></p>",
        "<div class=comments><p>So happy for Ida and for Oda</p></div>",
        "<footer><p>Board of Karn, at the long pier</p></footer>",
        "<p>Subscribe to our newsletter</p>",
        "<p>Contact: Ada Marsh, ada@karn.example</p>",
        "<button>Look at the pictures of the day</button>",
        "<p hidden>Board of Karn, at the long pier</p>",
    ],
    ids=["link", "comments", "footer", "call", "contact", "button", "hidden"],
)
def test_a_line_that_is_the_sites_ends_the_column(end: str) -> None:
    likely = {**UNSURE, "": 0.2}
    assert below(f"{LIST}{end}<p>Some more of what the frame says</p>", likely) == WON
    assert below(f"{LIST}<h2>See this</h2>{end}", likely) == WON


def test_the_day_of_the_page_and_captions_are_passed_over() -> None:
    figure = "<figure><img src=a.jpg><figcaption>Ida Brekk in her boat</figcaption></figure>"
    assert below(f"<p>Karn, 4 May 2026</p>{figure}{LIST}", {**UNSURE, "Karn,": 0.2, "Ida": 0.2}) == WON


def test_buttons_that_unfold_what_is_beside_them_stay_with_it() -> None:
    part = "<div><button>{}</button><div>{}</div></div>"
    body = part.format("Is the ferry running?", f"<p>{PROSE}</p>") + part.format("Who has won?", LIST)
    assert below(body, {**UNSURE, "Is": 0.3, "Who": 0.05})[-4:] == ["Who has won?", *WON]
