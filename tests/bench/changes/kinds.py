"""Every kind of change of which it is known whether it is an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.changes.edits import CHANGING_EDITS, EDITS
from tests.bench.changes.ground import Mutation
from tests.bench.changes.surroundings import CHANGING_REST, REST


@dataclass(frozen=True)
class Change:
    """A kind of change. `prepared`: its mutation is also made before the first look, with number 0."""

    name: str
    is_edit: bool
    mutation: Mutation
    prepared: bool


def kinds() -> Iterator[Change]:
    """Every kind of change."""
    for known, is_edit, prepared in (
        (EDITS, True, False), (CHANGING_EDITS, True, True), (REST, False, False), (CHANGING_REST, False, True),
    ):  # fmt: skip
        for name, mutation in known.items():
            yield Change(name, is_edit, mutation, prepared)
