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
