"""What is remembered of an article between looks, beside its row: as JSON, and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from archive.history import Absence, Pending, Place, Standing, Twin
from archive.model import Contact, Extraction, Removed, as_json

_REMEMBERED = ("pending", "absence", "twin", "shown", "turns", "heard")
_TUPLES = ("authors", "tags", "photo_credits", "about", "tickers")


def packed(standing: Standing) -> str:
    """What is remembered besides the row; "" where that is nothing."""
    if standing.pending:
        standing = replace(standing, pending=replace(standing.pending, page=frozenset()))
    values = {name: as_json(value) for name in _REMEMBERED if (value := getattr(standing, name))}
    return json.dumps(values, ensure_ascii=False) if values else ""


def with_memory(standing: Standing, memory: str) -> Standing:
    """A standing read from a row, with what `packed` gave of it."""
    values: dict[str, Any] = json.loads(memory) if memory else {}
    pending, absence, twin = (values.get(name) for name in _REMEMBERED[:3])
    return replace(
        standing,
        pending=_pending(pending) if pending else None,
        absence=Absence(**absence) if absence else None,
        twin=Twin(**{**twin, "place": Place(**twin["place"])}) if twin else None,
        shown=tuple(values.get("shown", ())),
        turns=values.get("turns", 0),
        heard=values.get("heard", ""),
    )


def _pending(values: Mapping[str, Any]) -> Pending:
    return Pending(**{**values, "page": frozenset(), "extraction": _extraction(values["extraction"])})


def _extraction(values: Mapping[str, Any]) -> Extraction:
    return Extraction(
        **{
            **values,
            **{name: tuple(values[name]) for name in _TUPLES},
            "contacts": tuple(Contact(**contact) for contact in values["contacts"]),
            "removed": tuple(Removed(**passage) for passage in values["removed"]),
        }
    )
