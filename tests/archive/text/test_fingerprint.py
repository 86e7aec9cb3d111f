"""When two passages count as the same."""

from __future__ import annotations

import pytest

from archive.text.fingerprint import fingerprint, hash64, normalise, word_set, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Updated 3 March 2026", "UPDATED: 14 May 2031!"),
        ("Follow us on Telegram", "Follow us on Instagram"),
        ("Follow us on Telegram and X", "Follow us on Viber, TikTok and YouTube"),
        ("Read 12 comments", "Read 4,817 comments"),
    ],
)
def test_numbers_dates_and_networks_do_not_tell_passages_apart(one: str, other: str) -> None:
    if "and" in one:
        assert normalise(one) == normalise(other) == "follow us on @ and @"
    assert fingerprint(one) == fingerprint(other) != 0


def test_other_words_do() -> None:
    assert fingerprint("Follow us on Telegram") != fingerprint("Find us on Telegram")
    assert fingerprint("Follow us on Telegram") != fingerprint("Follow us on 12")


def test_a_passage_that_says_nothing_has_no_fingerprint() -> None:
    assert [fingerprint(text) for text in ("", "•", "12", "Telegram | 3 March", "— 4 —")] == [0] * 5


def test_long_prose_keeps_its_numbers() -> None:
    text = "The ferry of Tamsk carried walkers to the eel market. " * 8
    assert len(text) > 400
    assert fingerprint(text + "In 2026.") != fingerprint(text + "In 2027.")


def test_words_are_folded_without_punctuation() -> None:
    assert words("The “FERRY”, Straße_7!") == ("the", "ferry", "strasse", "7")
    assert word_set(" a b\n a ") == {"a", "b"}


def test_a_hash_is_signed_in_64_bits_and_the_same_in_every_process() -> None:
    assert hash64("ferry") == FERRY
    assert all(-(2**63) <= hash64(str(n)) < 2**63 for n in range(100))
    assert min(hash64(str(n)) for n in range(100)) < 0
    assert isinstance(hash64("\ud800"), int)


FERRY = 1_188_261_472_080_712_558
