"""Boxes that sites call related are none of the text, wherever they stand."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import PROSE, kept

LABEL, TEASER = "More on this topic", "The old salt house opens its doors on Sundays from May."
BOX = '<div class="{}"><span>{}</span><a href="/salt"><h4>Old salt house opens</h4></a><p>{}</p></div>'
LIKELY = {LABEL: 0.6, TEASER: 0.7}


@pytest.mark.parametrize("name", ["related-box", "inline_related", "noticias-relacionadas", "lire-aussi", "Related"])
@pytest.mark.parametrize("page", ["<p>{0}</p>{1}<p>{0}</p>", "{1}<p>{0}</p><p>{0}</p>", "<p>{0}</p><p>{0}</p>{1}"])
def test_a_box_of_related_articles_leaves_the_text(name: str, page: str) -> None:
    assert kept(page.format(PROSE, BOX.format(name, LABEL, TEASER)), LIKELY) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "box",
    [
        BOX.format("unrelated-facts", LABEL, TEASER),
        BOX.format("correlated", LABEL, TEASER),
        f'<div class="related"><span>{LABEL}</span><p>{TEASER}</p></div>',  # it leads nowhere
        f'<div class="related"><p>{LABEL}</p><p>{TEASER}</p><a href="/a">Salt house</a>{f"<p>{PROSE}</p>" * 12}</div>',
    ],
)
def test_other_boxes_stay(box: str) -> None:
    found = kept(f"<p>{PROSE}</p>{box}<p>{PROSE}</p>", LIKELY)
    assert LABEL in found
    assert TEASER in found
