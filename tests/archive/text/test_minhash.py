"""How alike texts are, and the signatures by which alike ones are found."""

from __future__ import annotations

from archive.text.minhash import BANDS, LONGEST, RUN, Similarity, bands, shingles, similarity, words


def _text(first: int, last: int) -> str:
    return " ".join(f"word{number}" for number in range(first, last))


def test_a_run_is_five_words() -> None:
    assert RUN == 5
    assert shingles("One, two! THREE four five six") == {"one two three four five", "two three four five six"}
    assert shingles("one two three four") == frozenset()


def test_scripts_without_spaces_have_their_characters_as_words() -> None:
    assert words("渡船开航") == ["渡", "船", "开", "航"]
    assert words("ＦＥＲＲＹ Straße") == ["ferry", "strasse"]


def test_resemblance_and_containment() -> None:
    found = similarity(shingles(_text(0, 104)), shingles(_text(0, 54)))
    assert found == Similarity(50, 100, 50)
    assert (found.resemblance, found.containment) == (0.5, 1.0)
    assert Similarity(10, 20, 30).resemblance == 0.25
    assert Similarity(10, 20, 30).containment == 0.5
    assert (Similarity(0, 0, 0).resemblance, Similarity(0, 0, 0).containment) == (0.0, 0.0)


def test_only_the_beginning_of_a_very_long_text_is_compared() -> None:
    text = "a b c d e " * (LONGEST // 10)
    assert shingles(text + "and an end of its own that differs") == shingles(text)


def test_alike_texts_share_bands_and_others_do_not() -> None:
    whole, half, other = (shingles(_text(*ends)) for ends in ((0, 400), (0, 200), (5_000, 5_400)))
    assert len(bands(whole)) == BANDS
    assert set(bands(whole)) & set(bands(half))
    assert not set(bands(whole)) & set(bands(other))


def test_bands_are_of_the_set_and_fit_in_48_bits() -> None:
    one = shingles(_text(0, 50))
    assert bands(one) == bands(frozenset(sorted(one, reverse=True)))
    assert all(0 <= band < 2**48 for band in bands(one))
    assert len(set(bands(one))) == BANDS, "the number of a band is part of it"


def test_bands_stay_what_archives_already_hold() -> None:
    assert bands(shingles(_text(0, 50)))[:2] == STORED


STORED = (47_717_846_752_281, 71_070_267_215_185)
