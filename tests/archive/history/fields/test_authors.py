"""Which other authors are the publisher's doing, and which only come from where and how a page names them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from archive.core.model import Extraction
from archive.history.fields.authors import as_shown, changed, in_words, said, steadied
from archive.metadata.names import SITE

BOTH = {"published_at": "json-ld"}
"""Where else the structured data of a page was read."""


def _page(names: str, origin: str = "text", others: Mapping[str, str] = {}) -> Extraction:
    """A page with these authors, apart by ";", read from a place; `others` are the places of its other fields."""
    stated = tuple(name.strip() for name in names.split(";") if name.strip())
    origins = {**others, "authors": origin} if stated else dict(others)
    return Extraction("https://press.valdora.example/1", "The pier opens", "It opens.", authors=stated, origins=origins)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_page("Ada Quill"), _page("Bo Wren")),
        (_page("Ada Quill"), _page("")),
        (_page(""), _page("Ada Quill")),
        (_page("Ada Quill; Bo Wren"), _page("Ada Quill")),
        (_page("Ada Quill"), _page("Ada Quill; Bo Wren")),
        (_page("Ada Quill"), _page("Ada Quille")),
        (_page("A. Quill"), _page("Bo Quill")),
        (_page("Bquill", "meta"), _page("Ada Quill", "meta")),
        (_page("Reuters", "meta"), _page("Ada Quill", "meta")),
        (_page("Ada", "meta"), _page("Bo Wren", "meta")),
        (_page("Jürgen Müller"), _page("Jürgen Möller")),
        (_page("A. Q."), _page("Ada Quill")),
        (_page("A. Quill"), _page("A. Wren")),
        (_page("Ada Quill"), _page("Press Office")),
        (_page("Press Office"), _page("Ada Quill")),
        (_page("Асель Нурова"), _page("Марат Оспанов")),
        (_page("王小明"), _page("李大同")),
        (_page("Reuters", "meta"), _page("AFP", "meta")),
        (_page("Ada Quill", "meta"), _page("")),
        (_page("Ada Quill", "json-ld"), _page("Bo Wren", "json-ld")),
        (_page("Ada Quill", "json-ld", BOTH), _page("", others=BOTH)),
        (_page("", others=BOTH), _page("Ada Quill", "json-ld", BOTH)),
        (_page("Ada Quill"), _page("Valdora Council", SITE)),
        (_page("Valdora Council", SITE), _page("Ada Quill")),
    ],
)
def test_people_who_come_go_or_are_others_are_an_edit(old: Extraction, new: Extraction) -> None:
    assert changed(old, new)
    assert steadied(old, new) is new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_page("Ada Quill"), _page("ADA QUILL")),
        (_page("Ada Quill; Bo Wren"), _page("Bo Wren; Ada Quill")),
        (_page("Ada Quill"), _page("Quill Ada")),
        (_page("Ada Quill", "meta"), _page("Ada Quill; Press Office", "meta")),
        (_page("Ada Quill; Press Office", "meta"), _page("Ada Quill", "meta")),
        (_page("Ada Quill"), _page("Dr. Ada Quill")),
        (_page("Ada Quill"), _page("Ada M. Quill")),
        (_page("Ada Quill"), _page("A. Quill")),
        (_page("А. М. Нурова"), _page("Асель Маратовна Нурова")),
        (_page("José Gárcia"), _page("Jose Garcia")),
        (_page("Jürgen Müller"), _page("Juergen Mueller")),
        (_page("Søren Łukasz Grün"), _page("Soeren Lukasz Gruen")),
        (_page("José Gárcia"), _page("Jose\u0301 Ga\u0301rcia")),
        (_page("Ada Quill"), _page("Ada Quill Press Office")),
        (_page("Press Office", "meta"), _page("")),
        (_page("Corporate Communications", "meta"), _page("")),
        (_page("Valdora Harbour Authority", "meta"), _page("")),
        (_page("", "meta"), _page("Media Relations", "meta")),
        (_page(""), _page("Press Office", "meta")),
        (_page("Press Office; Editorial Desk"), _page("Editorial Desk")),
        (_page("aquill", "meta"), _page("bwren2", "meta")),
        (_page("aquill", "meta"), _page("Ada Quill")),
        (_page("Aquill", "meta"), _page("Ada Quill", "meta")),
        (_page("Ada Quill", "meta"), _page("AdaQuill", "meta")),
        (_page("Ada", "meta"), _page("Ada Quill", "meta")),
        (_page("Ada Quill", "json-ld", BOTH), _page("")),
        (_page(""), _page("Ada Quill", "json-ld", BOTH)),
        (_page("Ada Quill", "json-ld"), _page("")),
        (_page("Ada Quill", "json-ld", BOTH), _page("Bo Wren")),
        (_page("Ada Quill"), _page("Web Group", "json-ld", BOTH)),
        (_page("Valdora Council", SITE), _page("")),
    ],
)
def test_what_is_read_otherwise_is_no_edit(old: Extraction, new: Extraction) -> None:
    assert not changed(old, new)


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        (_page("Ada Quill", "json-ld", BOTH), _page(""), "Ada Quill from json-ld"),
        (_page("Ada Quill", "json-ld", BOTH), _page("ADA QUILL"), "Ada Quill from text"),
        (_page("Ada Quill", "json-ld", BOTH), _page("Bo Wren"), "Ada Quill from json-ld"),
        (_page(""), _page("Ada Quill", "json-ld", BOTH), "Ada Quill from json-ld"),
        (_page("Valdora Council", SITE), _page("Ada Quill", "json-ld", BOTH), "Ada Quill from json-ld"),
        (_page("Valdora Council", SITE), _page(""), "Valdora Council from site"),
    ],
)
def test_authors_stay_where_they_are_only_not_read(old: Extraction, new: Extraction, stays: str) -> None:
    kept = steadied(old, new)
    assert f"{', '.join(kept.authors)} from {kept.origins['authors']}" == stays


def test_a_place_that_was_missing_at_one_look_does_not_hide_what_changed_at_the_next() -> None:
    first, lost, swapped = _page("Ada Quill", "json-ld", BOTH), _page(""), _page("Bo Wren", "json-ld", BOTH)
    assert changed(steadied(first, lost), swapped)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Ada Quill", "Bo Wren", "Ada Quill → Bo Wren"),
        ("Ada Quill; Bo Wren", "Bo Wren", "Ada Quill went"),
        ("Bo Wren", "Ada Quill; Bo Wren", "Ada Quill came"),
        ("A Alder; B Birch; C Cedar; D Dogwood; E Elm", "", "A Alder, B Birch, C Cedar and 2 more went"),
        ("דנה רון", "יואב בר", "\u2068דנה רון\u2069 → \u2068יואב בר\u2069"),
    ],
)
def test_who_came_and_went_is_said_in_words(old: str, new: str, words: str) -> None:
    assert in_words(_page(old), _page(new)) == f"authors changed: {words}"


def test_the_site_itself_and_accounts_say_nothing() -> None:
    assert said(_page("Ada Quill; aquill")) == said(_page("ADA QUILL")) != said(_page("Bo Wren"))
    assert said(_page("Valdora Council", SITE)) == said(_page(""))


HEADLINE, ADA, BO, OTHER = 1, 2, 3, 4
"""Marks of lines of a page."""


@pytest.mark.parametrize(
    ("old", "new", "was", "now", "kept"),
    [
        ("Ada Quill", "", (HEADLINE, ADA), (HEADLINE, OTHER, ADA), True),
        ("Ada Quill", "", (HEADLINE, ADA), (HEADLINE, OTHER), False),
        ("", "Ada Quill", (HEADLINE, ADA), (ADA, HEADLINE), True),
        ("", "Ada Quill", (HEADLINE,), (ADA, HEADLINE), False),
        ("Ada Quill", "Bo Wren", (ADA, BO), (BO, ADA), True),
        ("Ada Quill", "Bo Wren", (HEADLINE, ADA), (HEADLINE, BO), False),
        ("Ada Quill", "Bo Wren", (ADA, BO), (HEADLINE, BO), False),
        ("Ada Quill; Bo Wren", "Ada Quill", (ADA, BO), (ADA, OTHER), False),
        ("Ada Quill; Bo Wren", "Ada Quill", (ADA, BO), (ADA, BO), True),
    ],
)
def test_who_is_shown_at_both_looks_neither_came_nor_went(
    old: str, new: str, was: tuple[int, ...], now: tuple[int, ...], kept: bool
) -> None:
    marks = {"Ada Quill": ADA, "Bo Wren": BO}
    one, other = (
        replace(page, signed=tuple(marks[name] for name in page.authors)) for page in (_page(old), _page(new))
    )
    assert as_shown(one, other, was, now).authors == (one if kept else other).authors


def test_what_names_its_authors_for_programs_alone_or_names_others_there_has_changed_them() -> None:
    meta = replace(_page("Ada Quill", "meta"), signed=())
    assert as_shown(meta, _page(""), (HEADLINE,), (HEADLINE,)).authors == ()
    ada, bo = (replace(_page(name, "meta"), signed=(mark,)) for name, mark in (("Ada Quill", ADA), ("Bo Wren", BO)))
    assert as_shown(ada, bo, (ADA, BO), (ADA, BO)).authors == ("Bo Wren",)


def test_hundreds_of_authors_are_all_looked_at_and_soon() -> None:
    names = [f"Ada {first}q {second}w Quill" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrst"]
    old, turned = _page("; ".join(names)), _page("; ".join(reversed(names)))
    assert not changed(old, turned)
    more = _page("; ".join([*names, "Bo Wren"]))
    assert changed(old, more)
    assert in_words(old, more) == "authors changed: Bo Wren came"
    began = time.process_time()
    assert changed(old, _page("; ".join(name.replace("Quill", "Wren") for name in names)))
    assert time.process_time() - began < 5
