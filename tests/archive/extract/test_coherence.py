"""What the likelihoods of other blocks say of a block."""

from __future__ import annotations

import lxml.html

from archive.extract.coherence import coherence, names
from archive.page.blocks import Block, blocks


def page(body: str) -> list[Block]:
    return blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


def described(body: str, likely: list[float]) -> list[dict[str, float]]:
    found = page(body)
    rows = coherence(found, [float(len(block.text)) for block in found], likely)
    return [dict(zip(names(), row, strict=True)) for row in rows]


BODY = "<div><p>One text</p><p>Two text</p><p>Six text</p></div><ul><li>Other</li></ul>"


def test_a_block_is_described_by_the_others_of_its_container() -> None:
    rows = described(BODY, [1.0, 1.0, 0.0, 0.0])
    assert rows[0]["likely in container 0"] == -1  # alone in its paragraph
    assert rows[0]["likely in container 1"] == 0.5
    assert rows[2]["likely in container 1"] == 1.0
    assert rows[0]["likely in path"] == 0.5


def test_neighbours_beyond_the_page_are_told_from_unlikely_ones() -> None:
    first, second, third, last = described(BODY, [0.9, 0.8, 0.1, 0.0])
    assert (first["likely -1"], first["likely +1"], first["likely +3"]) == (-1, 0.8, 0.0)
    assert (last["likely +1"], last["likely -1"]) == (-1, 0.1)
    assert second["likely"] == 0.8
    assert third["likely -2"] == 0.9


def test_places_are_counted_from_the_first_and_the_last_sure_block() -> None:
    rows = described(BODY, [0.1, 0.9, 0.95, 0.2])
    assert [row["after first sure"] for row in rows] == [-1, 0, 1, 2]
    assert [row["after last sure"] for row in rows] == [-2, -1, 0, 1]
    unsure = described(BODY, [0.1, 0.2, 0.3, 0.2])
    assert {(row["after first sure"], row["after last sure"]) for row in unsure} == {(15, -15)}


def test_every_row_has_every_feature_also_for_one_block() -> None:
    found = page("<p>Alone</p>")
    (row,) = coherence(found, [5.0], [0.0])
    assert len(row) == len(names())
    assert coherence([], [], []) == []
