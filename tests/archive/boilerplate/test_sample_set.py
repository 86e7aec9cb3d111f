"""The pages remembered of a source: which are kept, how they are stored, and which are one article twice."""

from __future__ import annotations

import random
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.boilerplate.sample import UNKNOWN, Sample
from archive.boilerplate.sample_set import NEWEST, SPREAD, SampleSet, TemplatePage


def _sample(page: int, *marks: int, lengths: tuple[int, ...] = (), links: tuple[int, ...] = ()) -> Sample:
    return Sample(
        page,
        True,
        marks,
        tuple(range(len(marks))),
        lengths or (100,) * len(marks),
        links or (0,) * len(marks),
        tuple(f"passage {mark}" for mark in marks),
    )


def _page(page: int, *marks: int, at: int = 0, **columns: tuple[int, ...]) -> TemplatePage:
    return TemplatePage.of(_sample(page, *marks, **columns), at)


def test_a_page_is_read_back_from_its_bytes() -> None:
    one = _page(-5, 11, -12, at=77, links=(0, 40))
    back = TemplatePage.from_bytes(one.to_bytes())
    assert (back.key, back.at, back.shown()) == (-5, 77, ["passage 11", "passage -12"])
    assert (back.marks, back.places, back.lengths, back.links) == (one.marks, one.places, one.lengths, one.links)
    assert _page(1).shown() == []


def test_the_times_of_its_sentences_are_read_back_with_a_page() -> None:
    one = _page(1, 10, 20, at=5).joined(_page(1, 10, 30, at=8))
    assert (one.first, one.at, list(one.marks)) == (5, 8, [10, 30])
    assert one.spans == {20: (5, 5), 30: (8, 8)}
    assert one.had() == {10: (5, 8), **one.spans}
    back = TemplatePage.from_bytes(one.to_bytes())
    assert (back.first, back.spans, back.shown()) == (5, one.spans, one.shown())


def test_likelihoods_are_read_back_with_a_page_and_unknown_in_bytes_of_the_version_before() -> None:
    one = TemplatePage.of(replace(_sample(1, 10, 20), likely=(97, 3)), 5).joined(_page(1, 10, 30, at=4))
    assert list(TemplatePage.from_bytes(one.to_bytes()).likely) == [97, 3]
    stored = one.to_bytes()
    end = len(stored) - len(one.packed)
    older = TemplatePage.from_bytes(b"\x03" + stored[1 : end - 2] + one.packed)
    assert (older.marks, older.spans, older.shown()) == (one.marks, one.spans, one.shown())
    assert list(older.likely) == [UNKNOWN, UNKNOWN]


def test_bytes_of_the_first_version_are_read() -> None:
    one = _page(-5, 11, -12, at=77)
    columns = (one.marks, one.places, one.lengths, one.links)
    older = struct.pack(">BqqI", 2, -5, 77, 2) + b"".join(column.tobytes() for column in columns) + one.packed
    back = TemplatePage.from_bytes(older)
    assert (back.key, back.at, back.first, back.marks, back.shown()) == (-5, 77, 77, one.marks, one.shown())
    assert back.to_bytes() == one.to_bytes()


def test_links_and_short_lines_are_no_sentences() -> None:
    one = _page(1, 1, 2, 3, lengths=(39, 40, 90), links=(0, 19, 20))
    assert one.sentences == {2}


@given(st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(1, 4))), min_size=1, max_size=5), st.randoms())
def test_captures_of_a_page_may_come_in_any_order(captures: list[tuple[int, set[int]]], chance: random.Random) -> None:
    known = []
    for order in (captures, chance.sample(captures, len(captures))):
        samples = SampleSet()
        for at, marks in order:
            samples.add(_sample(1, *sorted(marks)), at=at)
        known.append([page.to_bytes() for page in samples.pages()])
    assert known[0] == known[1]


def test_bytes_of_another_format_are_refused() -> None:
    with pytest.raises(ValueError, match="format 9"):
        TemplatePage.from_bytes(b"\x09" + _page(1, 2).to_bytes()[1:])


def test_prose_is_what_is_less_than_half_links_and_the_longest_five_are_named() -> None:
    one = _page(1, 1, 2, 3, 4, 5, 6, 7, lengths=(10, 20, 30, 40, 50, 60, 70), links=(0, 0, 0, 0, 0, 49, 50))
    assert one.prose() == {1: 10, 2: 20, 3: 30, 4: 40, 5: 50, 6: 60}
    assert one.longest == (6, 5, 4, 3, 2)


def test_twins_share_nearly_all_prose_that_is_not_common() -> None:
    one = _page(1, 1, 2, 3, 9)
    assert one.is_twin(_page(2, 1, 2, 3, 9), common={9})
    assert not one.is_twin(_page(2, 1, 2, 8, 9), common={9}), "two thirds are not enough"
    assert not _page(1, 9).is_twin(_page(2, 9), common={9}), "what all pages have makes no twins"
    assert not one.is_twin(_page(2, 1, 2, 3, 4, 5, 6), common=()), "a part of a longer page is no twin of it"


def test_a_newer_capture_of_a_page_replaces_an_earlier_one_and_an_older_does_not() -> None:
    samples = SampleSet()
    samples.add(_sample(1, 10), at=5)
    samples.add(_sample(1, 20), at=6)
    samples.add(_sample(1, 30), at=4)
    assert [list(page.marks) for page in samples.pages()] == [[20]]


def test_the_newest_and_an_even_spread_are_kept_in_whatever_order_they_come() -> None:
    pages = list(range(400))
    kept = []
    for seed in (1, 2):
        random.Random(seed).shuffle(pages)
        samples = SampleSet()
        for page in pages:
            samples.add(_sample(page, page), at=page)
        kept.append([page.key for page in samples.pages()])
    assert kept[0] == kept[1] == [*range(SPREAD), *range(400 - NEWEST, 400)]


def test_what_came_and_went_is_told_once() -> None:
    samples = SampleSet([_page(page, page, at=page) for page in range(NEWEST + SPREAD)])
    samples.add(_sample(1_000, 1), at=1_000)
    came, went = samples.unsaved()
    assert [page.key for page in came] == [1_000]
    assert went == [SPREAD]
    assert samples.unsaved() == ([], [])


def test_beginnings_are_of_the_passages_asked_for() -> None:
    samples = SampleSet([_page(1, 10, 20), _page(2, 20, 30)])
    assert samples.beginnings({20, 30}) == {20: "passage 20", 30: "passage 30"}
