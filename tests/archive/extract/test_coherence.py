"""What the likelihoods of other blocks say of a block."""

from __future__ import annotations

import lxml.html
import pytest

from archive.extract.coherence import coherence, names
from archive.page.blocks import Block, blocks


def page(body: str) -> list[Block]:
    return blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


def described(body: str, likely: list[float], votes: list[bool] | None = None) -> list[dict[str, float]]:
    found = page(body)
    rows = coherence(found, [float(len(block.text)) for block in found], likely, votes=votes)
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


def test_a_block_is_described_by_what_another_extractor_took_around_it() -> None:
    rows = described(BODY, [0.5, 1.0, 0.0, 0.0], [False, True, True, False])
    assert [row["voted in container 1"] for row in rows] == [1.0, 0.5, 0.5, -1.0]
    assert rows[0]["voted in path"] == 1.0
    assert rows[3]["voted within 5"] == pytest.approx(28 / 53)  # two of four, each with six characters more than it has
    assert [row["after first voted"] for row in rows] == [-1, 0, 1, 2]
    assert [row["after last voted"] for row in rows] == [-2, -1, 0, 1]
    assert [row["voted weight before"] for row in rows] == [0, 0, 0.5, 1]
    assert rows[0]["likely of voted"] == 0.5
    assert rows[0]["voted of likely"] == pytest.approx(2 / 3)


def test_where_no_other_extractor_was_asked_is_told_from_where_it_took_nothing() -> None:
    names_of_votes = [name for name in names() if "voted" in name]
    unasked, nothing = described(BODY, [0.5] * 4)[0], described(BODY, [0.5] * 4, [False] * 4)[0]
    assert {unasked[name] for name in names_of_votes} == {-1}
    assert nothing["voted within 5"] == nothing["voted weight"] == 0
    assert (nothing["after first voted"], nothing["after last voted"]) == (15, -15)


def test_every_row_has_every_feature_also_for_one_block() -> None:
    found = page("<p>Alone</p>")
    (row,) = coherence(found, [5.0], [0.0])
    assert len(row) == len(names())
    (row,) = coherence(found, [5.0], [0.0], votes=[True])
    assert len(row) == len(names())
    assert coherence([], [], []) == coherence([], [], [], votes=[]) == []
