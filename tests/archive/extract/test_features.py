"""What is said of a block before it is judged: its numbers, its place, its neighbours, another extractor's opinion."""

from __future__ import annotations

from math import log1p

import lxml.html
import pytest

from archive.extract.features import Context, Description, PageFeatures, compact_text, names, weight
from archive.page.blocks import blocks

TITLE = "The lamps of Orlin quay are mended"
FIRST = (
    "The harbour office of Orlin has mended all forty lamps of the long quay before the autumn storms, it said today."
)
SECOND = (
    "Boats may land again after dark from Monday on; the last lamp, at the fish market, was lit by the pilot herself."
)
PAGE = f"""
<nav><ul><li><a href="/a">Harbour</a></li><li><a href="/b">Market</a></li><li><a href="/c">Pilots</a></li></ul></nav>
<article class="story"><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<footer><p>© Orlin 2026</p></footer>
"""
HARBOUR, MARKET, PILOTS, HEAD, ONE, TWO, FOOT = range(7)


def page(body: str = PAGE) -> PageFeatures:
    return PageFeatures(blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>")))


def described(context: Context = Context(TITLE), taken: str | None = "", body: str = PAGE) -> list[dict[str, float]]:  # noqa: B008  frozen
    """The features by name; none for a block that was passed over."""
    description = Description(page(body), context)
    rows = description.rows(None if taken is None else description.votes(taken))
    return [dict(zip(names(), row or [], strict=row is not None)) for row in rows]


def test_a_character_of_a_dense_script_counts_as_several() -> None:
    assert (weight("quay"), weight("kâfé")) == (4.0, 4.0)
    assert weight("灯台") == pytest.approx(5.2)


def test_compact_text_keeps_words_alone() -> None:
    assert compact_text("The  long—quay, (2026)") == compact_text("the long quay 2026")
    assert compact_text("the long quay") != compact_text("the long key")


def test_every_row_has_a_number_for_every_name() -> None:
    description = Description(page(), Context(TITLE))
    rows = [row for row in description.rows(description.votes(f"{FIRST}\n{SECOND}")) if row is not None]
    assert rows
    assert {len(row) for row in rows} == {len(names())}
    assert len(set(names())) == len(names())


def test_only_links_away_from_prose_are_passed_over_unless_another_extractor_took_them() -> None:
    passed = [not row for row in described()]
    assert passed == [True, True, True, False, False, False, False]
    assert [not row for row in described(taken="Market")] == [True, False, True, False, False, False, False]


def test_the_numbers_of_a_block_by_itself() -> None:
    row = described()[ONE]
    assert row["weight"] == pytest.approx(log1p(len(FIRST)))
    assert (row["link"], row["bold"], row["end"], row["address"], row["marks"]) == (0.0, 0.0, 1.0, 0.0, 0.0)
    assert (row["tag p"], row["tag h1"], row["role article"]) == (1.0, 0.0, 1.0)
    assert row["stops"] == pytest.approx(10 * 2 / len(FIRST))
    assert (described()[HEAD]["end"], described()[FOOT]["marks"], described()[FOOT]["role article"]) == (0.0, 1.0, 0.0)


def test_a_sign_counts_less_the_farther_away_it_stands() -> None:
    story = described(body=f'<div class="comments"><div><p class="comments">{FIRST}</p><p>{SECOND}</p></div></div>')
    assert [row["sign comments"] for row in story] == [1.0, pytest.approx(1 / 3)]


def test_the_place_on_the_page() -> None:
    one, foot = described()[ONE], described()[FOOT]
    assert one["index"] == pytest.approx(ONE / 7)
    assert (one["after title"], foot["after title"]) == (1.0, 3.0)
    assert described(Context())[ONE]["after title"] == -9.0
    assert [row.get("between") for row in described()[HEAD:]] == [0.0, 1.0, 1.0, 0.0]
    assert [row.get("in best") for row in described()[HEAD:]] == [1.0, 1.0, 1.0, 0.0]
    assert one["prose before"] == 0.0
    assert described()[TWO]["prose before"] == pytest.approx(len(FIRST) / (len(FIRST) + len(SECOND)))
    assert (described()[HEAD]["in title"], one["in title"]) == (1.0, 0.0)


def test_prose_in_a_frame_counts_less_and_link_text_does_not_count() -> None:
    whole, framed = page(f"<p>{FIRST}</p>"), page(f"<aside><p>{FIRST}</p></aside>")
    assert whole.prose == [float(len(FIRST))]
    assert framed.prose == [pytest.approx(0.3 * len(FIRST))]
    assert page(f'<p><a href="/">{FIRST}</a></p>').prose == [0.0]
    assert page("<p>Lamps mended.</p>").prose == [0.0]


def test_lists_of_links_are_the_outermost_places_without_prose() -> None:
    assert [container.tag for container in page().lists_of_links()] == ["nav"]
    assert page(f"<article><p>{FIRST}</p></article>").lists_of_links() == []


def test_the_opinion_of_another_extractor() -> None:
    rows = described(taken=f"{TITLE}\n{FIRST}")
    assert [rows[i]["vote"] for i in (HEAD, ONE, TWO, FOOT)] == [1.0, 1.0, 0.0, 0.0]
    assert (rows[TWO]["vote -1"], rows[HEAD]["vote -1"], rows[HEAD]["vote +1"]) == (1.0, 0.0, 1.0)
    assert rows[TWO]["votes"] == pytest.approx(2 / 7)
    unasked = described(taken=None)[ONE]
    assert [unasked[name] for name in ("vote", "vote -1", "vote +1", "votes")] == [-1.0] * 4


def test_a_short_block_is_taken_only_where_it_is_a_line_of_the_other_text() -> None:
    description = Description(page("<p>Lamps</p><p>Pilots of the quay</p>"), Context())
    assert description.votes("Lamps and the pilots of the quay") == [False, True]
    assert description.votes("Lamps\nand more") == [True, False]


def test_what_structured_data_and_the_summary_say_of_a_block() -> None:
    rows = described(Context(TITLE, description=FIRST[:80], stated=f"{FIRST} {SECOND} {SECOND}"))
    assert [rows[i]["stated"] for i in (HEAD, ONE, TWO)] == [0.0, 1.0, 1.0]
    assert [rows[i]["described"] for i in (HEAD, ONE, TWO)] == [0.0, 1.0, 0.0]
    assert described(Context(TITLE, stated="Too short to tell."))[ONE]["stated"] == -1.0


def test_a_repeated_block_and_the_blocks_beside() -> None:
    assert [row["repeated"] for row in described(body=f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>")] == [
        1.0,
        0.0,
        1.0,
    ]
    one, two = described()[ONE], described()[TWO]
    assert (one["weight +1"], two["weight -1"]) == (log1p(len(SECOND)), log1p(len(FIRST)))
    assert one["weight -2"] == pytest.approx(log1p(len("Pilots")))
    assert (one["same -1"], one["same +1"], two["same +1"]) == (1.0, 1.0, 0.0)
    assert described()[FOOT]["same +1"] == -1.0


def test_the_headline_is_a_heading_before_any_other_line_of_the_same_words() -> None:
    rows = described(body=f"<p>{TITLE}</p><article><h1>{TITLE}</h1><p>{FIRST}</p></article>")
    assert [row["after title"] for row in rows] == [-1.0, 0.0, 1.0]


def test_the_share_of_prose_that_each_place_around_a_block_holds() -> None:
    head, one = described()[HEAD], described()[ONE]
    assert [one[f"share {n}"] for n in range(4)] == [pytest.approx(len(FIRST) / len(FIRST + SECOND)), 1.0, 1.0, 1.0]
    assert (head["share 0"], head["share 1"]) == (0.0, 1.0)
    assert (one["density 0"], head["density 0"]) == (1.0, 0.0)


def test_two_lines_of_one_place_are_nearer_than_two_places_of_a_kind() -> None:
    first, second, third = described(body=f"<div><p>{FIRST}<br>{SECOND}</p><p>{SECOND} {FIRST}</p></div>")
    assert (first["same +1"], second["same +1"], third["same -1"]) == (2.0, 1.0, 1.0)
    assert third["weight -2"] == pytest.approx(log1p(len(FIRST)))
