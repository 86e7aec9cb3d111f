"""What sources repeat, as kept in the database: learned, decided on, and read again by the next process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.boilerplate.decisions import Decision
from archive.boilerplate.sample import Sample, sample
from archive.boilerplate.sample_set import NEWEST, SPREAD
from archive.boilerplate.template import Template
from archive.core.errors import ArchiveError
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.store.database import Store
from archive.store.repeated.templates import TemplateStore
from archive.text.fingerprint import fingerprint
from tests.support.archiving import DAY, page, story

NOTICE = "Write to the harbour office at any hour, and somebody who knows the tides will answer you the same day."
MARK = fingerprint(NOTICE)


def _lesson(number: int) -> Sample:
    found = blocks(parse(page(number, footer=NOTICE).encode()))
    return sample(f"tamsk.example/{number}", found, [fingerprint(block.text) for block in found], article=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def _learned(store: Store, count: int = 6) -> TemplateStore:
    templates = TemplateStore(store.db)
    templates.learn("tamsk", [(_lesson(n), DAY + timedelta(hours=n)) for n in range(count)])
    templates.retrain("tamsk")
    return templates


def test_what_pages_share_is_learned_and_known_to_the_next_process(store: Store) -> None:
    assert not TemplateStore(store.db).version("tamsk").template.verdict(MARK)
    templates = _learned(store)
    for one in (templates, TemplateStore(store.db)):
        version = one.version("tamsk")
        assert version.template.verdict(MARK)
        assert Template.from_bytes(version.packed) == version.template
    assert not templates.version("osk").template.verdict(MARK)


def test_the_blocks_with_another_verdict_are_told_once(store: Store) -> None:
    templates = TemplateStore(store.db)
    told = [templates.learn("tamsk", [(_lesson(n), DAY)]) for n in range(6)]
    assert sum(MARK in marks for marks in told) == 1
    assert templates.retrain("tamsk") == frozenset()


def test_the_table_has_what_is_known_once_it_is_written(store: Store) -> None:
    templates = _learned(store)
    assert templates.unfinished() == ("tamsk",)
    templates.tabulate("tamsk")
    assert templates.unfinished() == ()
    sql = "select fingerprint, text, documents, why, state from boilerplate where source = 'tamsk'"
    assert (MARK, NOTICE[:80], 6, "repeated", "active") in store.db.execute(sql).fetchall()


@pytest.mark.parametrize(("verb", "state"), [("keep", "kept"), ("remove", "removed")])
def test_a_decision_holds_until_it_is_withdrawn_also_while_nothing_ran(store: Store, verb: str, state: str) -> None:
    text = NOTICE if verb == "keep" else "The eels of Tamsk are sold at the northern quay."
    decision = Decision("tamsk", text, verb)  # type: ignore[arg-type]
    before = bool(_learned(store).version("tamsk").template.verdict(decision.mark))
    templates = TemplateStore(store.db)
    assert templates.decide([decision]) == {"tamsk": frozenset({decision.mark})}
    assert templates.decide([decision]) == {}
    assert bool(templates.version("tamsk").template.verdict(decision.mark)) != before
    assert store.db.execute("select state, why from boilerplate where why = 'decided'").fetchall() == [
        (state, "decided")
    ]
    later = TemplateStore(store.db)
    assert later.decide([]) == {"tamsk": frozenset({decision.mark})}
    assert bool(later.version("tamsk").template.verdict(decision.mark)) == before


def test_a_template_is_made_anew_when_its_pages_grew_by_half_whichever_process_counts(store: Store) -> None:
    pages = []
    for number in range(9):
        templates = TemplateStore(store.db)
        templates.learn("tamsk", [(_lesson(number), DAY)])
        pages.append(templates.version("tamsk").template.pages)
    assert pages == [1, 2, 3, 4, 4, 6, 6, 6, 9]


def test_no_more_pages_are_kept_than_are_remembered(store: Store) -> None:
    templates = TemplateStore(store.db)
    for start in (0, 70):
        templates.learn("tamsk", [(_lesson(n), DAY + timedelta(hours=n)) for n in range(start, start + 70)])
    (kept,) = store.db.execute("select count(*) from template_pages").fetchone()
    assert NEWEST < kept <= NEWEST + SPREAD


def test_a_passage_that_was_decided_is_counted_on_the_pages_that_hold_it(store: Store) -> None:
    paragraph = story(2).split("\n\n")[0]
    unknown = "The eels of Tamsk are sold at the northern quay."
    _learned(store).decide([Decision("tamsk", text, "remove") for text in (paragraph, unknown)])
    sql = "select text, documents, first_seen, last_seen from boilerplate where why = 'decided' order by documents"
    at = (DAY + timedelta(hours=2)).isoformat()
    assert store.db.execute(sql).fetchall() == [(unknown, 0, None, None), (paragraph, 1, at, at)]


def test_what_a_failed_transaction_learned_is_forgotten(store: Store) -> None:
    templates = TemplateStore(store.db)
    store.db.execute("begin immediate")
    templates.learn("tamsk", [(_lesson(n), DAY) for n in range(6)])
    assert templates.version("tamsk").template.verdict(MARK)
    store.db.rollback()
    templates.forget()
    assert templates.version("tamsk").template == Template()


def test_a_template_is_packed_without_loss() -> None:
    template = Template().decided(frozenset({1, -2}), frozenset({3}))
    assert Template.from_bytes(template.to_bytes()) == template


def test_a_memory_of_another_form_asks_for_a_rebuild(store: Store) -> None:
    _learned(store)
    store.db.execute("update template_pages set sample = cast(x'09' || substr(sample, 2) as blob)")
    with pytest.raises(ArchiveError, match="dateline rebuild"):
        TemplateStore(store.db).version("tamsk")
