"""What another extractor took of a page, as features of its blocks."""

from __future__ import annotations

from archive.blocks import blocks
from archive.decode import parse
from archive.features import Context, Page, names, squeeze
from archive.opinion import NAMES, UNASKED, Opinion, votes

BODY = "The harbour office counted forty ferries on Sunday, more than on any day since the new pier was opened."
TEASER = "Elsewhere in the region the bakers have agreed on longer hours, to the joy of everyone who rises late."
MARKUP = f"<body><main><h1>Ferries</h1><p>{BODY}</p><p>{BODY}!</p></main><aside><p>{TEASER}</p></aside></body>"
PAGE = Page(blocks(parse(MARKUP.encode())))


def opinion(taken: str) -> list[dict[str, float]]:
    found = PAGE.found
    asked = Opinion(found, PAGE.weights, votes([squeeze(block.text) for block in found], taken))
    return [dict(zip(NAMES, asked.of(i), strict=True)) for i in range(len(found))]


def test_a_short_block_counts_as_taken_only_as_a_line_of_its_own() -> None:
    assert votes(["ferries", squeeze(BODY)], f"Many ferries. {BODY}") == [False, True]
    assert votes(["ferries"], f"Ferries\n{BODY}") == [True]
    assert votes([""], "") == [False]


def test_a_block_is_seen_among_what_was_taken_in_its_containers() -> None:
    _, first, second, teaser = opinion(BODY)
    assert first["votes above"] > 0.9
    assert teaser["votes above"] == 0.0
    assert second["above of votes"] == 1.0
    assert (first["vote"], teaser["vote"], teaser["after last vote"]) == (1.0, 0.0, 1.0)


def test_an_opinion_that_took_nothing_is_an_opinion() -> None:
    assert [row["vote"] for row in opinion("")] == [0.0] * 4
    assert all(row["votes of page"] < 0.1 for row in opinion(""))


def test_features_have_one_length_asked_or_not() -> None:
    start = names().index(NAMES[0])
    for taken in (None, "", BODY):
        rows = [row for row in PAGE.describe(Context("Ferries", taken=taken)) if row is not None]
        assert {len(row) for row in rows} == {len(names())}
        assert all((tuple(row[start : start + len(NAMES)]) == UNASKED) == (taken is None) for row in rows)
