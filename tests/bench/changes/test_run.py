"""The benchmark of edits: its changes change what they say, and are counted right on fictional pages."""

from __future__ import annotations

from random import Random

import pytest

from archive.boilerplate.template import Template
from archive.core.model import Capture, Response
from archive.page.html import parse
from tests.bench.changes.ground import Ground, compact
from tests.bench.changes.kinds import Change, kinds
from tests.bench.changes.run import Page, history, trials
from tests.support.archiving import DAY, later, page, story

URL = "https://press.valdora.example/news/1"
TEXT = "\n\n".join((story(1), " ".join(story(2).split("\n\n")), story(3)))
KINDS = {change.name: change for change in kinds()}
NOT_THERE = {"emphasis"}
"""Kinds for which the fictional page has nothing to change."""


def _page() -> Page:
    body = page(1, TEXT, title="The coastal path opened at last").encode()
    capture = Capture("valdora", URL, URL, "page", DAY, 200, "", "", 0, 0)
    response = Response(capture, (("Content-Type", "text/html; charset=utf-8"),), body)
    return Page(response, TEXT, Template(), story(5).split("\n\n")[1])


def _words(change: Change, number: int) -> str:
    """The words of the fictional page after a change."""
    tree = parse(_page().response.body, "text/html; charset=utf-8")
    ground = Ground(tree, TEXT, "The coastal path opened at last", _page().strange, number)
    assert change.mutation(ground, Random(7)) is (change.name not in NOT_THERE)
    return "".join(tree.find("body").itertext())


@pytest.mark.parametrize("name", KINDS)
def test_an_edit_changes_the_words_of_a_page(name: str) -> None:
    change = KINDS[name]
    before = _words(change, 0) if change.prepared else "".join(parse(_page().response.body, "").find("body").itertext())
    after = _words(change, 1)
    if change.is_edit and name != "struck out":
        assert compact(after) != compact(before)
    if not change.is_edit:
        assert all(compact(line) in compact(after) for line in TEXT.split("\n\n"))


def test_what_is_recorded_of_a_change_is_told_from_what_is_not() -> None:
    found = {trial.kind: trial for trial in trials([_page()], every=True)}
    assert found.keys() == KINDS.keys() - NOT_THERE
    edits = {kind for kind, trial in found.items() if trial.is_edit}
    missed = {kind for kind in edits if not found[kind].recorded}
    invented = {kind for kind, trial in found.items() if trial.recorded and not trial.is_edit}
    assert not missed
    assert invented <= {"weather", "newsletter"}


def test_a_page_that_stays_has_no_events_but_the_first() -> None:
    first = next(trials([_page()], every=True)).events[0]
    assert (first.kind, first.at) == ("new", later().isoformat())
    assert history([]) == ()
