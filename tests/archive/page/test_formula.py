"""A formula is a part of its sentence, and is said once."""

from __future__ import annotations

import time

import pytest

from archive.page.blocks import blocks
from archive.page.html import parse


def read(body: str) -> list[str]:
    return [block.text for block in blocks(parse(f"<html><body>{body}</body></html>".encode(), ""))]


LENGTH = "<math><semantics><mrow><mi>L</mi><mo>=</mo><mn>5</mn></mrow><annotation>L=5 m</annotation></semantics></math>"


@pytest.mark.parametrize(
    ("math", "said"),
    [
        ("<mi>L</mi>", "L"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10^6"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>", "10^(−6)"),
        ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO2"),
        ("<msub><mn>10</mn><mn>2</mn></msub>", "10_2"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x1^2"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<mi>sin</mi><mo>&#8289;</mo><mi>x</mi>", "sinx"),
        ("of the northern pier", "of the northern pier"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable>", "1 0"),
        ("<mi> n </mi><mtext> for all </mtext><mi>m</mi>", "n for all m"),
    ],
)
def test_a_formula_is_read_in_its_sentence(math: str, said: str) -> None:
    assert read(f"<p>A beam of length <math>{math}</math> bends.</p>") == [f"A beam of length {said} bends."]


def test_a_formula_that_is_drawn_beside_is_read_once() -> None:
    drawn = '<span aria-hidden="true"><span>L</span><span>=5</span></span>'
    for both in (
        f"<span><span>{LENGTH}</span>{drawn}</span>",
        f'<span>{drawn}<span role="presentation">{LENGTH}</span></span>',
    ):
        assert read(f"<p>A beam of length {both} bends.</p>") == ["A beam of length L=5 bends."]
    undrawn = '<x-formula><x-math aria-hidden="true"><x-c></x-c></x-math>' + LENGTH + "</x-formula>"
    assert read(f"<p>A beam of length {undrawn} bends.</p>") == ["A beam of length L=5 bends."]


def test_a_formula_that_the_page_hides_stays_hidden() -> None:
    assert read(f'<p>A beam.</p><div style="display: none">{LENGTH}</div>') == ["A beam."]


def test_many_and_deep_formulas_are_read_in_time() -> None:
    start = time.process_time()
    assert len(read(f"<p>{LENGTH * 5_000}</p>")[0]) == 15_000
    read(f"<p>A beam of length <math>{'<mrow>' * 5_000}<mi>L</mi></math> bends.</p>")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("hidden", ["hidden", "style='display: none'"])
def test_a_formula_that_is_hidden_itself_stays_hidden(hidden: str) -> None:
    assert read(f"<p>A beam <math {hidden}><mi>L</mi></math> bends.</p>") == ["A beam bends."]


@pytest.mark.parametrize(
    "beside",
    [
        "<p>A beam of length {} bends.</p><div aria-hidden='true'>L=5</div>",
        "<p>A beam of length {}<i aria-hidden='true'>i</i> bends.</p>",
    ],
)
def test_what_is_beside_a_formula_and_does_not_draw_it_leaves_it_there(beside: str) -> None:
    assert "A beam of length L=5" in read(beside.format(LENGTH))[0]
