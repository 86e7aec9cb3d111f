"""When a changed text counts, and what is remembered of texts before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.core.model import Extraction, Policy
from archive.history.events import History, Observation
from archive.history.replay import replay
from tests.support.archiving import later, story

_TEXTS = {name: story(ord(name)) for name in "ABCDEFGHIJKL"}


def _look(hours: float, name: str) -> Observation:
    page = Extraction("https://press.valdora.example/news/1", "The path", _TEXTS[name])
    return Observation(later(hours=hours).isoformat(), int(hours * 100), "read", "", page)


def _history(looks: Sequence[tuple[float, str]], policy: Policy | None = None) -> History:
    return replay([_look(*look) for look in looks], policy or Policy())


def _edits(history: History) -> int:
    return sum(event.kind == "edited" for event in history.events)


def _all_edited(names: str) -> list[tuple[float, str]]:
    return [(place * 2 + again, name) for place, name in enumerate(names) for again in (0, 1)]


@pytest.mark.parametrize("names", ["AB", "ABC", "ABCDEFGH", "ABCDEFGHI"])
def test_a_text_is_remembered_over_eight_others(names: str) -> None:
    looks = _all_edited(names)
    begin = looks[-1][0] + 1
    back = [*looks, (begin, "A"), (begin + 1, "A")]
    assert _edits(_history(back)) == len(names) - 1
    stayed = _history([*back, (begin + 24, "A")])
    assert _edits(stayed) == len(names)
    assert stayed.events[-1].detail.endswith("a text it had before")


def test_what_was_said_nine_texts_ago_is_a_new_text() -> None:
    looks = _all_edited("ABCDEFGHIJ")
    back = [*looks, (looks[-1][0] + 1, "A"), (looks[-1][0] + 2, "A")]
    assert _edits(_history(back)) == 10


@pytest.mark.parametrize(("confirm", "looks"), [(1, 1), (2, 2), (3, 3)])
def test_an_edit_counts_at_as_many_looks_as_the_policy_asks_for(confirm: int, looks: int) -> None:
    policy = Policy(confirm=confirm)
    seen = [(0.0, "A"), *((1.0 + n, "B") for n in range(looks))]
    assert _edits(_history(seen, policy)) == 1
    assert _edits(_history(seen[:-1], policy)) == 0


@pytest.mark.parametrize(("days", "looks", "edited"), [(7, 4, 1), (6.9, 4, 0), (7, 3, 0), (30, 3, 0)])
def test_a_page_that_showed_texts_in_turn_settles_in_a_week_and_four_looks(
    days: float, looks: int, edited: int
) -> None:
    turns = [(n, "AB"[n % 2]) for n in range(6)]
    stays = [(5 + days * 24 * n / (looks - 1), "B") for n in range(1, looks)]
    assert _edits(_history([*turns, *stays])) == edited
    longer = Policy(gone_after=timedelta(days=20))
    assert _edits(_history([*turns, *stays], longer)) == 0


def _kinds(names: str) -> list[str]:
    return [event.kind for event in _history([(n, name) for n, name in enumerate(names)]).events]


def test_a_page_that_is_other_at_each_of_six_looks_varies() -> None:
    assert _kinds("ABCDE") == ["new"]
    assert _kinds("ABCDEF") == ["new", "alternates"]


def test_typography_that_comes_and_goes_is_no_text_in_turn() -> None:
    plain = story(1, " Zo\u00eb said “yes”.")
    for other in (story(1, " Zoe\u0308 said “yes”."), story(1, ' Zo\u00eb said "yes".')):
        texts = [(plain, other)[n % 2] for n in range(14)]
        looks = [
            Observation(later(hours=24 * n).isoformat(), n, "read", "", Extraction("https://v.example/a", "A", text))
            for n, text in enumerate(texts)
        ]
        assert [event.kind for event in replay(looks).events] == ["new"]


def test_lines_in_another_order_are_no_growth() -> None:
    first, second, third = _TEXTS["A"].split("\n\n")
    texts = ("\n\n".join(lines) for lines in ((first, second, third), (second, first, third), (third, second, first)))
    looks = [
        Observation(later(hours=n).isoformat(), n, "read", "", Extraction(_look(0, "A").detail, "The path", text))
        for n, text in enumerate(texts)
    ]
    assert _edits(replay(looks)) == 0


NOTICE = "The office moves to Quay Nine this weekend. Its pages are here again on Monday morning."


def _notice(hours: float, text: str = NOTICE, title: str = "Back on Monday") -> Observation:
    page = Extraction("https://press.valdora.example/news/1", title, text)
    return Observation(later(hours=hours).isoformat(), int(hours * 100), "read", "", page)


def test_a_short_notice_in_the_place_of_a_page_counts_once_it_has_stayed() -> None:
    away = [_look(0, "A"), _notice(1), _notice(2), _notice(3)]
    assert _edits(replay([*away, _look(20, "A"), _look(40, "A")])) == 0
    stayed = replay([*away, _notice(26)])
    assert [one.at for one in stayed.revisions[1:]] == [later(hours=1).isoformat()]
    assert _edits(replay(away, Policy(confirm=1, gone_after=timedelta()))) == 1


@pytest.mark.parametrize(
    "notice",
    [
        _notice(1, title="The path"),
        _notice(1, text=f"{_TEXTS['A'][:300]}."),
        _notice(1, text="\n\n".join((_TEXTS["B"], _TEXTS["C"]))),
    ],
    ids=["its title stays", "its words stay", "it is no shorter"],
)
def test_what_says_something_of_the_release_is_an_edit_at_once(notice: Observation) -> None:
    again = replace(notice, at=later(hours=2).isoformat(), capture_id=200)
    assert _edits(replay([_look(0, "A"), notice, again])) == 1
