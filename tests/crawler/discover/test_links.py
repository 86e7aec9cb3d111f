"""The values that discovery gives: documents can be told apart, and what was found cannot be changed afterwards."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from archive.core.model import Link
from crawler.discover.links import Discovered, Document, addresses_once, links_once

URL = "https://orlin.example/feed/"


def test_documents_are_told_apart_by_address_and_kind() -> None:
    assert len({Document(URL, "feed"), Document(URL, "feed"), Document(URL, "listing")}) == 2


def test_what_was_found_is_a_value_that_nobody_can_change() -> None:
    found = Discovered((Link(URL),), (Document(URL, "feed"),))
    assert hash(found) == hash(Discovered((Link(URL),), (Document(URL, "feed"),)))
    with pytest.raises(FrozenInstanceError):
        found.problem = "none"  # type: ignore[misc]


def test_links_stand_once_in_their_order() -> None:
    assert links_once((Link(URL, "a"), Link(f"{URL}b"), Link(URL, "c"))) == (Link(URL, "a"), Link(f"{URL}b"))


def test_addresses_of_documents_stand_once_in_their_order() -> None:
    named = [Document(URL, "feed"), Document(f"{URL}b", "feed"), Document(URL, "listing")]
    assert addresses_once(named) == [URL, f"{URL}b"]


def test_nothing_found_is_no_problem_by_itself() -> None:
    assert Discovered() == Discovered((), (), "", "")
