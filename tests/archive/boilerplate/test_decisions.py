"""decisions.toml: written with its comments kept, read with every mistake named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.boilerplate.decisions import Decided, Decision, by_source, load, parse, record
from archive.core.errors import SourcesError
from archive.text.fingerprint import fingerprint
from tests.examples import examples

AT = datetime(2026, 5, 7, 8, 30, tzinfo=UTC)
NOTICE = "Write to the harbour office at any hour."
BY_HAND = f"""\
# ours
[[boilerplate]]
source = "valdora"     # the port
text = "{NOTICE}"
decision = "remove"
note = "under every release"
"""


def test_no_file_means_no_decision(tmp_path: Path) -> None:
    assert load(tmp_path / "decisions.toml") == ()


def test_what_a_person_wrote_is_read(tmp_path: Path) -> None:
    assert parse(BY_HAND) == (Decision("valdora", NOTICE, "remove", "", "under every release"),)
    assert by_source(parse(BY_HAND)) == {"valdora": Decided(remove=frozenset({fingerprint(NOTICE)}))}


def test_a_decision_is_added_and_what_stands_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(BY_HAND, encoding="utf-8")
    made = record(file, "valdora", "Where: Council Chamber", "keep", AT, "a schedule")
    assert made == Decision("valdora", "Where: Council Chamber", "keep", "2026-05-07T08:30:00+00:00", "a schedule")
    assert load(file) == (*parse(BY_HAND), made)
    assert file.read_text(encoding="utf-8").startswith(BY_HAND)


def test_a_second_thought_takes_the_place_of_the_first(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(BY_HAND, encoding="utf-8")
    record(file, "valdora", NOTICE.upper(), "keep", AT)
    (only,) = load(file)
    assert (only.text, only.decision, only.note) == (NOTICE, "keep", "under every release")
    text = file.read_text(encoding="utf-8")
    assert "# ours" in text
    assert "# the port" in text
    record(file, "gazette", NOTICE, "remove", AT)
    assert [(one.source, one.decision) for one in load(file)] == [("valdora", "keep"), ("gazette", "remove")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[boilerplate]\n", "line 1: expected TOML"),
        ("\n[boilerplate]\nsource = 'a'\n", "line 2, boilerplate: expected [[boilerplate]]"),
        ("[[boilerplat]]\n", 'line 1, boilerplat: unknown field; did you mean "boilerplate"?'),
        (BY_HAND.replace("decision", "desicion"), 'line 5, desicion: unknown field; did you mean "decision"?'),
        (BY_HAND.replace('"remove"', '"delete"'), 'line 5, decision: expected "keep" or "remove", found "delete"'),
        (BY_HAND.replace("source", "# source"), 'line 2, source: expected source = "..."'),
        (BY_HAND.replace(NOTICE, "3 March 2026"), "line 4, text: expected a passage with other words"),
        (BY_HAND + 'at = "yesterday"\n', "line 7, at: expected a date or moment without quotes"),
        (
            BY_HAND + BY_HAND.replace("remove", "keep").replace("Write", "write"),
            'line 11, decision: expected one decision for a passage; line 2 says "remove" of the same',
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError) as caught:
        load(file)
    assert f"{file}, {said}" in str(caught.value)


def test_a_file_with_a_mistake_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text("[[boilerplate]]\n", encoding="utf-8")
    with pytest.raises(SourcesError):
        record(file, "valdora", NOTICE, "keep", AT)
    assert file.read_text(encoding="utf-8") == "[[boilerplate]]\n"


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(fingerprint)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30).map(str.strip)


@examples(60)
@given(st.lists(st.tuples(st.sampled_from("ab"), TEXTS, st.sampled_from(("keep", "remove")), WORDS), max_size=6))
def test_whatever_is_decided_is_read_back_and_the_last_word_holds(made: list[tuple[str, str, str, str]]) -> None:
    with TemporaryDirectory() as directory:
        file = Path(directory) / "decisions.toml"
        expected: dict[tuple[str, int], str] = {}
        for source, text, verb, note in made:
            record(file, source, text, "keep" if verb == "keep" else "remove", AT, note)
            expected[source, fingerprint(text)] = verb
        assert {(one.source, one.mark): one.decision for one in load(file)} == expected
