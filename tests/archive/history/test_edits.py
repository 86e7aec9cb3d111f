"""What a reading says of a text: edited once that is certain, or only a page that varies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.core.model import Extraction, Policy
from archive.history import edits
from archive.history.events import ArticleState, MissingSince, Observation, Status
from tests.support.archiving import later, story

URL = "https://press.valdora.example/news/1"
POLICY = Policy(gone_after=timedelta(days=1), confirm=2)
OLD, NEW = story(1), story(1, " Rain is expected.")


def _seen(day: int, text: str = "", *, truncated: bool = False, title: str = "The path") -> Observation:
    read = Extraction(URL, title, text) if text else None
    at = later(days=day).isoformat()
    return Observation(at, day, "read" if text else "unchanged", extraction=read, truncated=truncated)


def _first(text: str = OLD, *, truncated: bool = False) -> ArticleState:
    state = edits.found(_seen(0, text, truncated=truncated)).state
    assert state is not None
    return state


def _told(state: ArticleState, *looks: Observation) -> tuple[ArticleState, list[str], int]:
    kinds: list[str] = []
    revisions = 0
    for look in looks:
        more = edits.present(state, look, POLICY)
        assert more.state is not None
        state, kinds, revisions = more.state, kinds + [one.kind for one in more.events], revisions + len(more.revisions)
    return state, kinds, revisions


def test_the_first_reading_is_new_and_its_first_revision() -> None:
    history = edits.found(_seen(0, OLD))
    assert [event.kind for event in history.events] == ["new"]
    (revision,) = history.revisions
    assert (revision.n, revision.text, revision.first) == (1, OLD, True)


def test_another_text_is_an_edit_once_it_was_seen_twice_dated_by_the_first_time() -> None:
    state, kinds, revisions = _told(_first(), _seen(1, NEW))
    assert (kinds, revisions, state.extraction.text) == ([], 0, OLD)
    state, kinds, revisions = _told(state, _seen(2, NEW))
    assert (kinds, revisions, state.extraction.text, state.changed_at) == (["edited"], 1, NEW, _seen(1).at)


def test_an_unchanged_answer_confirms_what_waits() -> None:
    assert _told(_first(), _seen(1, NEW), _seen(2))[1] == ["edited"]


def test_a_text_shown_once_is_no_edit() -> None:
    state, kinds, _ = _told(_first(), _seen(1, NEW), _seen(2, OLD), _seen(3, OLD))
    assert (kinds, state.revisions, state.pending) == ([], 1, None)


def test_a_part_of_a_page_takes_nothing_out() -> None:
    state, kinds, _ = _told(_first(), *(_seen(day, story(1)[:200], truncated=True) for day in (1, 2, 3)))
    assert (kinds, state.extraction.text, state.last_seen) == ([], OLD, _seen(3).at)


def test_the_first_whole_reading_completes_a_part_and_is_no_edit() -> None:
    state, kinds, revisions = _told(_first(OLD[:200], truncated=True), _seen(1, OLD))
    assert (kinds, revisions, state.extraction.text, state.revisions, state.partial) == ([], 1, OLD, 1, False)


@pytest.mark.parametrize("status", ["gone", "moved", "blocked"])
def test_an_article_that_is_there_again_has_returned(status: Status) -> None:
    state = _first()
    away = replace(state, status=status, missing=MissingSince(state.first_seen))
    back, kinds, _ = _told(away, _seen(2))
    assert (kinds, back.status, back.missing) == (["returned"], "live", None)


def test_is_another_compares_what_is_whole() -> None:
    assert edits.is_another(_first(), _seen(1, NEW))
    assert not edits.is_another(_first(), _seen(1, OLD))
    assert not edits.is_another(_first(), _seen(1, NEW, truncated=True))
    assert not edits.is_another(_first(), _seen(1))


def _dated(day: str, origin: str) -> Extraction:
    return Extraction(URL, "The path", OLD, published_at=day, origins={"published_at": origin} if origin else {})


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (("2026-03-01", "feed"), ("", ""), "2026-03-01"),
        (("2026-03-01", "json-ld"), ("2026-03-05", "text"), "2026-03-01"),
        (("2026-03-01", "text"), ("2026-03-05", "meta"), "2026-03-05"),
        (("2026-03-01", "meta"), ("2026-03-05", "meta"), "2026-03-05"),
        (("", ""), ("2026-03-05", "htmldate"), "2026-03-05"),
    ],
)
def test_a_date_gives_way_only_to_one_from_as_good_a_place(
    old: tuple[str, str], new: tuple[str, str], kept: str
) -> None:
    assert edits.keep_better_date(_dated(*old), _dated(*new)).published_at == kept


def test_a_mark_is_of_title_text_and_date() -> None:
    one = _dated("2026-03-01", "meta")
    assert edits.mark(one) == edits.mark(_dated("2026-03-01", "text"))
    assert edits.mark(one) != edits.mark(_dated("2026-03-02", "meta"))
