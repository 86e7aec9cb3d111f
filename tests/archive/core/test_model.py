"""The values that pass between rooms: frozen, safe to send to another process, and shown as plain JSON."""

from __future__ import annotations

import inspect
import json
import pickle
from dataclasses import FrozenInstanceError, is_dataclass
from datetime import UTC, datetime, timedelta

import pytest

from archive.core import model
from archive.core.model import Contact, Extraction, Link, Policy, Removed, as_json


def test_every_value_is_frozen() -> None:
    kinds = [kind for _, kind in inspect.getmembers(model, inspect.isclass) if kind.__module__ == model.__name__]
    values = [kind for kind in kinds if is_dataclass(kind)]
    assert len(values) > 10
    assert all(kind.__dataclass_params__.frozen for kind in values)  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        Link("https://tamsk.example/").url = ""  # type: ignore[misc]


def test_an_extraction_is_plain_json() -> None:
    said = Extraction(
        "https://tamsk.example/a",
        "Bridge",
        "Open.",
        contacts=(Contact("Oda Brekk", email="oda@tamsk.example"),),
        removed=(Removed(2, "Share", "cue"),),
        origins={"title": "meta"},
    )
    plain = as_json(said)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["contacts"] == [{"name": "Oda Brekk", "role": "", "phone": "", "email": "oda@tamsk.example"}]
    assert plain["removed"] == [{"position": 2, "text": "Share", "why": "cue", "fingerprint": None}]
    assert plain["origins"] == {"title": "meta"}


def test_moments_keep_their_zone_and_sets_are_lists() -> None:
    assert as_json({1: datetime(2026, 3, 2, 9, tzinfo=UTC)}) == {"1": "2026-03-02T09:00:00+00:00"}
    assert as_json(frozenset({"a"})) == ["a"]


def test_values_go_to_another_process_and_back() -> None:
    said = Extraction("https://tamsk.example/a", "Bridge", "Open.", tags=("ferry",))
    assert pickle.loads(pickle.dumps(said)) == said


def test_looks_come_ever_more_rarely() -> None:
    policy = Policy()
    assert list(policy.ages) == sorted(set(policy.ages))
    assert policy.ages[0] == timedelta(hours=1)
    assert policy.then > policy.ages[-1]
    assert policy.confirm >= 2
