"""How two readings differ."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import Extraction
from archive.history.change import compare
from tests.support.archiving import story

PARAGRAPH = "The new ferry sails on the first of June, with room for two hundred people and their bicycles and dogs."


def reading(
    text: str = "", title: str = "The path is open", published: str = "2026-03-02", modified: str = ""
) -> Extraction:
    return Extraction(
        "https://press.valdora.example/news/1",
        title,
        text or story(1),
        published_at=published,
        modified_at=modified,
        origins={"published_at": "meta"},
    )


def test_the_same_reading_is_the_same() -> None:
    change = compare(reading(), reading(modified="2026-03-03"))
    assert (change.severity, change.summary, change.silent) == ("same", "", False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It's “here” – now…", 'It’s "here" — now...'),
        ("One two.  Three", "One two. Three"),
        ("One.\n\nTwo.", "One. Two."),
        ("co\u00adoperate", "cooperate"),
        ("ﬁne", "fine"),
        ("half-hourly", "half hourly"),
    ],
)
def test_typography_alone_is_cosmetic(old: str, new: str) -> None:
    change = compare(reading(old), reading(new))
    assert (change.severity, change.silent) == ("cosmetic", False)


def test_a_changed_number_is_named() -> None:
    change = compare(reading(), reading(story(1).replace("18 volunteers", "81 volunteers")))
    assert change.severity == "minor"
    assert change.summary == "numbers changed: 18 → 81; 1 paragraph changed"


def test_a_paragraph_that_comes_or_goes_is_major() -> None:
    added = compare(reading(), reading(f"{story(1)}\n\n{PARAGRAPH}"))
    removed = compare(reading(f"{PARAGRAPH}\n\n{story(1)}"), reading())
    beginning = f"“{PARAGRAPH[:30]}"
    assert added.severity == removed.severity == "major"
    assert added.summary.startswith(f"1 paragraph added: {beginning}")
    assert removed.summary.startswith(f"1 paragraph removed: {beginning}")


def test_a_word_that_turns_the_sense_is_named() -> None:
    change = compare(reading("The quay is open, and it stays so."), reading("The quay is shut, and it stays so."))
    assert change.summary == "words changed: “open” → “shut”; 1 paragraph changed"


def test_a_tenth_of_the_words_is_major() -> None:
    words = [f"word{number}" for number in range(100)]
    few = [*words[:95], *(f"other{number}" for number in range(5))]
    many = [*words[:85], *(f"other{number}" for number in range(15))]
    assert compare(reading(" ".join(words)), reading(" ".join(few))).severity == "minor"
    assert compare(reading(" ".join(words)), reading(" ".join(many))).severity == "major"


def test_characters_are_the_words_of_scripts_without_spaces() -> None:
    text = "区は25億円の予算で港を直し、来年の春から船の数を増やすと説明した。" * 4
    assert compare(reading(text), reading(text.replace("億", "兆"))).severity == "minor"
    assert compare(reading(text), reading(text.replace("直し、来年の春", "閉じ、三年後の秋"))).severity == "major"


def test_a_headline_outweighs_the_text() -> None:
    change = compare(reading(), reading(PARAGRAPH, title="The path is shut"))
    assert change.severity == "headline"
    assert change.summary.startswith("headline changed: “The path is open” → “The path is shut”; ")


def test_a_date_counts_only_where_the_page_states_it_in_the_same_place() -> None:
    change = compare(reading(), reading(published="2026-03-05"))
    assert (change.severity, change.summary) == ("date", "publication date changed: 2026-03-02 → 2026-03-05")
    assert compare(reading(), reading(published="2026-03-02T10:00:00+01:00")).severity == "same"
    zones = compare(reading(published="2026-03-02T10:00:00+01:00"), reading(published="2026-03-02T09:00:00+00:00"))
    assert zones.severity == "same"
    elsewhere = Extraction(
        "u", "The path is open", story(1), published_at="2026-03-09", origins={"published_at": "htmldate"}
    )
    assert compare(reading(), elsewhere).severity == "same"


@pytest.mark.parametrize(
    ("was", "now", "silent"),
    [
        ("", "", None),
        ("", "2026-03-02", False),
        ("2026-03-02", "", None),
        ("2026-03-02", "2026-03-02", True),
        ("2026-03-02", "2026-03-04", False),
    ],
)
def test_an_edit_is_silent_when_the_page_does_not_say_so(was: str, now: str, silent: bool) -> None:
    assert compare(reading(modified=was), reading(story(1, " More."), modified=now)).silent is silent


@pytest.mark.parametrize(
    ("was", "now", "is_edit"),
    [
        ("/i/pier.jpg", "/i/pier.jpg", True),
        ("/i/pier.jpg", "/i/wide/pier.jpg?w=800", True),
        ("", "/i/pier.jpg", True),
        ("/i/pier-1024x683.jpg", "/i/pier-768x512.jpg.webp", True),
        ("/i/pier-scaled.jpg", "/i/pier.JPEG", True),
        ("/i/pier-1.jpg", "/i/pier-2.jpg", False),
        ("/i/pier.jpg", "/i/quay.jpg", False),
    ],
)
def test_a_caption_is_edited_where_its_picture_stays(was: str, now: str, is_edit: bool) -> None:
    old = replace(reading(), image=was, image_caption="Visitors at the pier in early spring")
    new = replace(reading(), image=now, image_caption="Visitors at the pier in late autumn")
    assert compare(old, new).kinds == (("caption",) if is_edit else ())


def test_judging_long_different_texts_takes_little_time() -> None:
    order = random.Random(1)
    words = [f"word{number}" for number in range(3000)]
    old, new = (" ".join(order.choices(words, k=60_000)) for _ in range(2))
    started = time.process_time()
    assert compare(reading(old), reading(new)).severity == "major"
    lines = ["\n\n".join(order.choices(words, k=20_000)) for _ in range(2)]
    compare(reading(lines[0]), reading(lines[1]))
    assert time.process_time() - started < 20


_TEXTS = st.lists(st.sampled_from(["One.", "Two 2.", "Three, 3!", PARAGRAPH, "四五六"]), max_size=6).map("\n\n".join)


@given(_TEXTS, _TEXTS)
def test_judging_is_sound(old: str, new: str) -> None:
    change = compare(reading(old or "x"), reading(new or "x"))
    assert (change.severity == "same") == ((old or "x") == (new or "x"))
    assert bool(change.summary) == (change.severity != "same")
