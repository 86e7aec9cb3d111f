"""Code and quotes go with the lines around them."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import PROSE, kept


@pytest.mark.parametrize(
    ("below", "score", "goes"),
    [("<p>So it ends.</p>", 0.3, True), ("<p>So it ends.</p>", 0.1, False), ("<div>So it ends</div>", 0.3, False)],
)
def test_preformatted_lines_before_a_paragraph_in_doubt_are_text(below: str, score: float, goes: bool) -> None:
    lines = ["The river has no side it favours,", "it takes the hill, it takes the street"]
    body = f"<p>{PROSE}</p><pre>{'<br>'.join(lines)}</pre>{below}"
    assert kept(body, {PROSE: 0.9, "So it": score})[:3] == [PROSE, *lines * goes]


def test_preformatted_lines_in_a_figure_are_text_whatever_stands_beside_them_in_it() -> None:
    lines = ["day,time,height", "16,03:12,2.4"]
    code = f"<div><span>1\n2</span><pre>{'<br>'.join(lines)}</pre></div>"
    for figure in (
        f"<figure>{code}<figcaption>tides.csv</figcaption></figure>",
        f"<figure><figcaption>A</figcaption>{code}</figure>",
    ):
        assert kept(f"<p>{PROSE}</p>{figure}<p>{PROSE}</p>", {PROSE: 0.9}) == [PROSE, *lines, PROSE]
        assert kept(f"<p>Menu</p>{figure}<p>{PROSE}</p>", {PROSE: 0.9}) == [PROSE]
    assert kept(f"<p>{PROSE}</p><div><p>tides.csv</p>{code}</div><p>{PROSE}</p>", {PROSE: 0.9}) == [PROSE, PROSE]


def test_a_quote_in_doubt_amid_the_text_is_text_with_whose_it_is() -> None:
    said = "Nobody on this pier slept while the storm went on."
    quote = f"<div class='quote'><p>{said}</p><p>Runa Vind</p></div>"
    scores = {said: 0.3, "Runa Vind": 0.2}
    assert kept(f"<p>{PROSE}</p>{quote}<p>{PROSE}</p>", scores) == [PROSE, said, "Runa Vind", PROSE]
    offer = f"<p>{PROSE}</p>{quote.replace('quote', 'offer')}<p>{PROSE}</p>"
    assert kept(offer, dict.fromkeys(scores, 0.1)) == [PROSE, PROSE]
