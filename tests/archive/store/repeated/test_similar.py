"""Which articles carry the same text, brought up to date one article at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.store.repeated.similar import NEAR, SimilarArticles
from archive.text.minhash import BANDS
from tests.support.archiving import DAY
from tests.support.retold import Told, put, take_away

WORDS = random.Random(5)
TEXT = " ".join(f"ferry{WORDS.randrange(10_000)}" for _ in range(200))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def _told(source: str, hour: int = 0, text: str = TEXT) -> Told:
    return Told(source, "Ferry", text, 1, "copy", DAY + timedelta(hours=hour))


def _renewed(store: Store, *told: Told) -> SimilarArticles:
    similar = SimilarArticles(store.db)
    for one in told:
        put(store.db, one)
        similar.renew(one.id)
    return similar


def _pairs(store: Store) -> list[tuple[int, int, int]]:
    return store.db.execute("select later_id, earlier_id, near from similar_articles order by 1, 2").fetchall()


def test_a_copy_goes_with_the_earlier_one_whichever_came_first(store: Store) -> None:
    early, late = _told("tamsk"), _told("osk", 1)
    _renewed(store, late, early)
    assert _pairs(store) == [(late.id, early.id, BANDS)]
    assert store.db.execute("select resemblance from similar_articles").fetchone() == (1.0,)


def test_another_text_and_one_too_short_go_with_none(store: Store) -> None:
    other = " ".join(f"cart{WORDS.randrange(10_000)}" for _ in range(200))
    short = "The ferry of Tamsk sails at nine and at ten."
    similar = _renewed(store, _told("tamsk"), _told("osk", 1, other), _told("a", 2, short), _told("b", 3, short))
    assert _pairs(store) == []
    assert store.db.execute("select count(*) from minhashes").fetchone() == (2,)
    assert similar.runs(_told("a").id)
    assert similar.runs(404) == frozenset()


def test_an_article_that_changed_or_went_leaves_its_pairs(store: Store) -> None:
    early, late = _told("tamsk"), _told("osk", 1)
    similar = _renewed(store, early, late)
    put(store.db, replace(late, text=TEXT.upper()[:100] + " ".join(f"eel{n}" for n in range(300))))
    assert late.id in similar.renew(late.id)
    assert _pairs(store) == []
    put(store.db, late)
    similar.renew(late.id)
    take_away(store.db, early)
    assert similar.renew(early.id) == {late.id}
    assert _pairs(store) == []
    assert store.db.execute("select count(*) from minhash_bands").fetchone() == (BANDS,)


def test_only_near_neighbours_are_compared_and_going_ones_bring_others_near(store: Store) -> None:
    told = [_told(f"s{n}", n) for n in range(NEAR + 3)]
    similar = _renewed(store, *told)
    first, last = told[0].id, told[-1].id
    assert (last, first, BANDS) not in _pairs(store)
    assert (told[NEAR].id, first, BANDS) in _pairs(store)
    for gone in told[1:3]:
        take_away(store.db, gone)
        similar.renew(gone.id)
    assert (told[-1].id, first, BANDS) in _pairs(store)


def test_tables_are_the_same_in_whatever_order_articles_come(store: Store, tmp_path: Path) -> None:
    told = [_told(f"s{n}", n) for n in range(9)]
    _renewed(store, *told)
    WORDS.shuffle(told)
    with Store(tmp_path / "other.db") as other:
        _renewed(other, *told)
        assert _pairs(other) == _pairs(store)
