"""Kinds of changes, and when most pages of a source changed in one way."""

from __future__ import annotations

import pytest

from archive.core.model import Contact, Extraction
from archive.history.mass_changes import ALWAYS, NONE, MassChanges, SeenChange, describes, moments_of_mass, parted
from tests.support.archiving import later, story

LINES = story(1).split("\n\n")


def _page(*lines: str, title: str = "The path is open", **fields: object) -> Extraction:
    return Extraction("https://press.valdora.example/a", title, "\n\n".join(lines), **fields)  # type: ignore[arg-type]


def _keys(old: Extraction, new: Extraction) -> frozenset[int]:
    return parted(old, new, lambda _: False)[1]


def _at(hours: float) -> str:
    return later(hours=hours).isoformat()


def _spans(*hours: tuple[float, float]) -> list[tuple[int, SeenChange]]:
    return [(article, SeenChange(7, _at(since), _at(until))) for article, (since, until) in enumerate(hours)]


def test_most_pages_change_where_their_looks_overlap() -> None:
    spans = _spans((0, 24), (1, 25), (20, 30), (22, 40))
    assert moments_of_mass(spans, lambda *_: 6) == [(_at(24), 4)]
    assert moments_of_mass(spans, lambda *_: 7) == []
    assert moments_of_mass(spans[:3], lambda *_: 3) == []


def test_a_look_that_ends_when_another_begins_does_not_overlap() -> None:
    assert moments_of_mass(_spans((0, 24), (0, 24), (24, 48), (24, 48)), lambda *_: 4) == []


def test_an_article_counts_once_and_a_change_for_one_moment() -> None:
    twice = [(1, SeenChange(7, _at(0), _at(24))), (1, SeenChange(7, _at(1), _at(23))), *_spans((0, 24))]
    assert moments_of_mass(twice, lambda *_: 2) == []
    days = [(article, SeenChange(7, _at(24 * day), _at(24 * day + 24))) for article in range(5) for day in range(3)]
    assert moments_of_mass(days, lambda *_: 5) == [(_at(24), 5), (_at(48), 5), (_at(72), 5)]


def test_fewer_articles_are_most_of_those_that_were_looked_at_another_time() -> None:
    spans = _spans(*[(0, 24)] * 4, *[(48, 72)] * 5)

    def looked(at: str, _: int) -> int:
        return 20 if at == _at(72) else 5

    assert moments_of_mass(spans, looked) == [(_at(24), 4)]
    assert moments_of_mass(spans, lambda *_: 20) == []


def test_a_change_is_the_sources_between_the_looks_around_the_moment() -> None:
    mass = MassChanges({7: (_at(24),)})
    assert mass.cover((3, 7), _at(23), _at(24))
    assert not mass.cover((7,), _at(24), _at(25))
    assert not mass.cover((3,), _at(23), _at(24))
    assert not NONE.cover((7,), _at(0), _at(99))
    assert MassChanges({7: tuple(map(_at, range(ALWAYS)))}).cover((7,), _at(80), _at(81))


@pytest.mark.parametrize("what", ["comes", "goes"])
@pytest.mark.parametrize(("place", "where"), [(0, "above"), (3, "below")])
def test_a_short_line_above_or_below_the_text_is_of_one_kind_on_all_pages(what: str, place: int, where: str) -> None:
    short = _page(*LINES[:place], "Ada Quill writes", *LINES[place:])
    other = _page(*LINES[:place], "A word by Hugo Larch", *LINES[place:])
    plain = _page(*LINES)
    pairs = [(plain, short), (plain, other)] if what == "comes" else [(short, plain), (other, plain)]
    both = frozenset.intersection(*(_keys(*pair) for pair in pairs))
    assert [describes(key) for key in both] == [f"lines {where} the text {'came' if what == 'comes' else 'went'}"]


def test_short_lines_within_the_text_that_are_no_sentences_are_of_one_kind() -> None:
    titles = ("Anchors on show", "Pilots wanted", "New lamps for the pier", "Old lamps for the pier")
    pages = [_page(LINES[0], title, *LINES[1:]) for title in titles]
    plain = _page(*LINES)
    pairs = [(plain, pages[0]), (pages[1], plain), (pages[0], pages[1]), (pages[2], pages[3])]
    (key,) = frozenset.intersection(*(_keys(*pair) for pair in pairs))
    assert describes(key) == "other short lines within the text"


def test_a_paragraph_and_a_sentence_within_the_text_are_of_no_kind_but_their_own() -> None:
    plain = _page(*LINES)
    long = [_page(*LINES, story(n).split("\n\n")[0]) for n in (2, 3)]
    within = [_page(LINES[0], words, *LINES[1:]) for words in ("Ada Quill wrote it.", "“Come soon,” she said.")]
    for one, other in (long, within):
        assert not _keys(plain, one) & _keys(plain, other)


def test_other_figures_in_one_line_are_of_one_kind_and_other_words_are_not() -> None:
    def counted(views: int, words: str = "boats came in") -> Extraction:
        return _page(LINES[0], f"{views} {words}", *LINES[1:])

    assert _keys(counted(3), counted(4)) == _keys(counted(30), counted(41))
    assert _keys(counted(3), counted(4)) & _keys(counted(3), counted(3, "ships left")) == frozenset()


def test_what_the_source_changed_is_taken_over_and_an_edit_beside_it_is_not() -> None:
    old = _page("Ada Quill writes", *LINES, "Views 17")
    new = _page("Written by Hugo Larch", LINES[0].replace("18", "4"), *LINES[1:], "Views 23")
    heads = {key for key in _keys(old, new) if "above" in describes(key)}
    base, _ = parted(old, new, lambda keys: bool(heads & set(keys)))
    assert base.text.split("\n\n") == ["Written by Hugo Larch", *LINES, "Views 17"]
    assert parted(old, new, lambda _: False)[0] is old
    assert parted(old, new, lambda _: True)[0].text == new.text


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("title", "The path is open", "The path | Valdora", "other titles"),
        ("contacts", (Contact("Ilva Renn"),), (Contact("Ada Quill"),), "other contacts"),
        ("photo_credits", ("Photo: Ada",), ("Photo: Ilva",), "other photo credits"),
        ("about", ("A port.",), ("A city.",), "other about"),
        ("subtitle", "No delay", "A delay", "other subtitle"),
        ("authors", ("Ilva Renn",), ("Ada Quill",), "other authors"),
        ("dateline", "VALDORA", "TARN", "other dateline"),
        ("links", ("Map | https://v.example/m.pdf",), ("Map | https://v.example/n.pdf",), "other links"),
        ("published_at", "2026-03-02", "2026-03-09", "other dates of publication"),
    ],
)
def test_fields_are_of_kinds_too(name: str, old: object, new: object, words: str) -> None:
    before, after = (_page(*LINES, **{name: value}) for value in (old, new))  # type: ignore[arg-type]
    (key,) = _keys(before, after)
    assert describes(key) == words
    assert getattr(parted(before, after, lambda keys: key in keys)[0], name) == new
    assert getattr(parted(before, after, lambda _: False)[0], name) == old


def test_the_same_reading_has_no_changes() -> None:
    assert parted(_page(*LINES), _page(*LINES), lambda _: True) == (_page(*LINES), frozenset())


@pytest.mark.parametrize(
    ("without", "other", "new"),
    [
        ("The path is open", "The path is shut", "Valdora Harbour: The path is open"),
        ("The path is open", "The path is shut", "The path is open | Valdora Harbour"),
    ],
)
def test_a_headline_that_changes_beside_a_name_that_comes_to_all_titles_is_an_edit(
    without: str, other: str, new: str
) -> None:
    for old, now in ((without, new), (new, without)):
        mass = _keys(_page(title=old), _page(title=now))
        assert len(mass) == 2

        def is_mass(keys: tuple[int, ...], mass: frozenset[int] = mass) -> bool:
            return not mass.isdisjoint(keys)

        edited = old.replace(without, other)
        assert parted(_page(title=edited), _page(title=now), is_mass)[0].title == now.replace(without, other)
        assert parted(_page(title=old), _page(title=now), is_mass)[0].title == now


def test_titles_that_are_other_on_most_pages_without_a_part_in_common_are_the_sources() -> None:
    (key,) = _keys(_page(title="The path is open"), _page(title="Open path"))
    assert parted(_page(title="Pier shut"), _page(title="Shut: the pier"), lambda keys: key in keys)[0].title == (
        "Shut: the pier"
    )
