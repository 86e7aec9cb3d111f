"""Notes to editors, and what an issuer says of itself, go with the text also where they have a box beside it."""

from __future__ import annotations

import pytest

from archive.extract.rules.closings import of_closings
from archive.page.blocks import blocks
from archive.page.html import parse
from tests.support.extract.judged import LINKED, PROSE, kept

TEXT = f"<div class='body'><p>{PROSE}</p><p>{PROSE}</p></div>"
WHO = "The harbour board of Karn runs nine piers and two ferries for a town of forty thousand people."
ABOUT = f"<h3>About Karn Harbour Board</h3><p>{WHO}</p>"
NOTES = "<h4>Notes to editors</h4><ol><li>Figures are those of March.</li><li>Built in 1911</li></ol>"


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        (f"<div>{ABOUT}</div>", ["About Karn Harbour Board", WHO]),
        (f"<section class='about'>{ABOUT}</section>", ["About Karn Harbour Board", WHO]),
        (
            f"<div class='field'><div>{NOTES}</div></div>",
            ["Notes to editors", "Figures are those of March.", "Built in 1911"],
        ),
        (f"<div class='share'>Send</div><div>{ABOUT}</div>", ["About Karn Harbour Board", WHO]),
    ],
)
def test_a_box_with_the_heading_of_a_closing_part_is_kept(box: str, lines: list[str]) -> None:
    assert kept(f"<article>{TEXT}{box}</article>{LINKED}", {}) == [PROSE, PROSE, *lines]
    field = f"<div class='field'><div class='items'>{TEXT}</div></div>"
    assert kept(f"<article>{field}{box}</article>{LINKED}", {}) == [PROSE, PROSE, *lines]


def test_a_box_that_is_called_boilerplate_is_kept_without_a_heading() -> None:
    box = f"<div class='release__boilerplate'><p>{WHO}</p></div>"
    assert kept(f"<article>{TEXT}{box}</article>{LINKED}", {}) == [PROSE, PROSE, WHO]
    assert kept(f"<article>{TEXT}{box.replace('boilerplate', 'note')}</article>{LINKED}", {}) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "rest",
    [
        f"<div><h3>Background</h3><p>{WHO}</p></div>",  # any heading
        f"<aside>{ABOUT}</aside>",
        f"<footer>{ABOUT}</footer>",
        f"<div class='sidebar'>{ABOUT}</div>",
        f"<div><h3>About Karn Harbour Board</h3>{LINKED}</div>",
        "<div><h3>About Karn</h3><p>Subscribe to our newsletter and never miss the news of the harbour.</p></div>",
        f"<div><h3>About the author</h3><p>{WHO}</p></div>",
        f"</article><div>{ABOUT}</div><article>",  # elsewhere on the page
    ],
)
def test_other_boxes_are_not(rest: str) -> None:
    assert kept(f"<article>{TEXT}{rest}</article>", {}) == [PROSE, PROSE]


def _closing(html: str) -> list[str]:
    section = f"About Karn Harbour Board\n\n{WHO}\n\nIt sits on Mondays.\n\nPilots wanted."
    found = blocks(parse(f"<body>{html}</body>".encode()))
    return [found[at].text for at in sorted(of_closings([(one.text, one.container) for one in found], (section,)))]


def test_a_closing_part_ends_where_lines_stand_in_a_box_of_another_build() -> None:
    head, rest = "<p>About Karn Harbour Board</p>", ["About Karn Harbour Board", WHO, "It sits on Mondays."]
    other = "<div class='site'><div>Pilots wanted.</div></div>"
    for part in (
        f"{head}<p>{WHO}</p><p>It sits on Mondays.</p>",
        f"{head}<p>{WHO}</p><ul><li>It sits on Mondays.</li></ul>",
        f"{head}<div class='w'><p>{WHO}</p></div><div class='w'><p>It sits on Mondays.</p></div>",
        f"{head}<div class='lead'><p>{WHO}</p></div><div class='rest'><p>It sits on Mondays.</p></div>",
        f"{head}<ul><li>{WHO}</li></ul><p>It sits on Mondays.</p>",
        f"{head}<ol><li><p>{WHO}</p></li></ol><p>It sits on Mondays.</p>",
        f"{head}<table><tr><td>{WHO}</td></tr></table><div><p>It sits on Mondays.</p></div>",
        f"{head}<p>{WHO}</p><blockquote><p>It sits on Mondays.</p></blockquote>",
    ):
        assert _closing(f"<div>{part}{other}</div>") == rest
    assert _closing(f"<div>{head}<p>{WHO}</p><p>Pilots wanted.</p></div>") == [*rest[:2], "Pilots wanted."]
    assert _closing(f"<p>Pilots wanted.</p><div>{head}<p>{WHO}</p></div>") == ["Pilots wanted.", *rest[:2]]
