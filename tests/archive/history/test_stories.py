"""Who republished whose release: what counts as the same text, which tables say so, and that order does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.history import stories
from archive.text.minhash import bands, shingles, similarity, words
from tests.support.retold import EDITS, Writer


def _same(one: str, other: str, *, same_source: bool = False) -> bool:
    return stories.same_text(similarity(shingles(one), shingles(other)), same_source=same_source)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Mayor's plan – 12.5 million", ["the", "mayor", "s", "plan", "12", "5", "million"]),
        ("Ілва Ренн, ЁЛКА", ["ілва", "ренн", "елка"]),
        ("港口办公室 opens", ["港", "口", "办", "公", "室", "opens"]),
        ("１２ ﬁsh", ["12", "fish"]),
        ("", []),
    ],
)
def test_words_of_every_script(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_runs_overlap_and_a_phrase_has_none() -> None:
    assert shingles("a b c d e f") == {"a b c d e", "b c d e f"}
    assert shingles("a b c d") == frozenset()


def test_a_signature_is_the_same_in_every_process() -> None:
    assert bands(shingles("one two three four five six seven"))[:2] == (202929227754767, 134920446700087)
    assert len(set(bands(shingles("one two three four five six seven")))) == 42


@pytest.mark.parametrize("script", ["latin", "han"])
@pytest.mark.parametrize("edit", sorted(EDITS))
def test_what_other_sites_do_to_a_release_leaves_it_the_same(edit: str, script: str) -> None:
    writer = Writer(3, script)
    text = writer.text(6)
    assert _same(text, EDITS[edit](text, writer))


def test_a_paragraph_in_common_is_not_the_same_text() -> None:
    writer = Writer(4)
    about = writer.paragraph(3)
    assert not _same(f"{writer.text(3)}\n\n{about}", f"{writer.text(3)}\n\n{about}")


def test_half_of_each_in_common_is_not_the_same_text() -> None:
    writer = Writer(23)
    shared = writer.paragraph(8)
    assert not _same(f"{writer.paragraph(7)}\n\n{shared}", f"{shared}\n\n{writer.paragraph(7)}")


def test_a_translation_is_another_text() -> None:
    assert not _same(Writer(5).text(6), Writer(6).text(6))


def test_a_form_filled_in_anew_is_another_text() -> None:
    def bulletin(place: str, number: int, name: str) -> str:
        return (
            f"The {place} weather office expects {number} degrees on {name} with wind from the {place} side. Boats of "
            f"up to {number} metres stay in {place} harbour until {name}. The ferry to {place} leaves {number} minutes "
            f"later than usual on {name}, and the pool at {place} is open from {number} in the morning."
        )

    assert not _same(bulletin("Bellmere", 7, "Monday"), bulletin("Fenwick", 11, "Friday"))
    assert _same(bulletin("Bellmere", 7, "Monday"), bulletin("Bellmere", 7, "Monday") + " It may rain.")


def test_within_a_source_only_a_repeat_counts() -> None:
    writer = Writer(7)
    text = writer.text(6)
    assert _same(text, text, same_source=True)
    assert not _same(text, EDITS["shortened"](text, writer), same_source=True)


@pytest.mark.parametrize(
    ("published", "seen", "at"),
    [
        ("2026-03-02T10:00:00+05:00", "2026-03-02T09:00:00+00:00", "2026-03-02T05:00:00+00:00"),
        ("2026-03-02", "2026-03-02T09:00:00+00:00", "2026-03-02T00:00:00+00:00"),
        ("", "2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00"),
        ("2027-01-01", "2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", "2026-03-02T09:00:00+00:00", "1900-01-01T00:00:00+00:00"),
        ("next week", "2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00"),
    ],
)
def test_the_moment_of_an_article(published: str, seen: str, at: str) -> None:
    assert stories.moment(stories.place(published, seen)) == at


def test_of_one_day_the_one_seen_first_is_first() -> None:
    early, late = (stories.place("2026-03-02", f"2026-03-02T{hour}:00:00+00:00") for hour in ("09", "10"))
    assert early < late < stories.place("2026-03-02T00:00:01+00:00", "2026-03-02T01:00:00+00:00")


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9)), min_size=1, max_size=6))
def test_an_article_goes_with_the_one_it_is_most_like(earlier: list[tuple[float, int]]) -> None:
    found = stories.most_like(dict(enumerate(earlier)))
    assert found is not None
    assert earlier[found][0] == max(similarity for similarity, _ in earlier)
    assert all(place >= earlier[found][1] for similarity, place in earlier if similarity == earlier[found][0])
