"""A revisit proves something only beside its original: whether that is there, and the one that it names."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.core.model import Capture, Validators
from archive.warc.compact import compact
from archive.warc.verify import verify
from tests.archive.warc.test_verify import FILE, named
from tests.support.warcs import AT, PAGE, exchange, written


@pytest.fixture
def revisited(tmp_path: Path) -> list[Capture]:
    """An archive in which a page was asked for again, twice, in a later month."""
    (original,) = written(tmp_path, exchange())
    known = Validators(digest=original.digest, captured_at=original.fetched_at, captured_url=original.url)
    later = AT + timedelta(days=30)
    again = [
        exchange(status=304, body=b"", fetched_at=later, earlier=known),
        exchange(fetched_at=later + timedelta(days=1), earlier=known),
    ]
    return [original, *written(tmp_path, *again)]


def test_a_revisit_whose_original_is_there_is_sound(tmp_path: Path, revisited: list[Capture]) -> None:
    assert [row.revisit for row in revisited] == [False, True, True]
    assert list(verify(tmp_path, revisited)) == []
    compact(tmp_path, FILE, datetime(2027, 1, 1, tzinfo=UTC))
    assert list(verify(tmp_path, revisited)) == []


def test_a_missing_original_is_named_once(tmp_path: Path, revisited: list[Capture]) -> None:
    (tmp_path / FILE).unlink()
    (found,) = verify(tmp_path, revisited[1:])
    later = "warc/velmora/2026-12.warc.gz"
    assert (found.fault, found.warc_file, found.offset) == ("original missing", later, revisited[1].warc_offset)
    assert found.url == revisited[0].url
    assert found.detail == (
        f"no response of {found.url} at 2026-11-24T09:30:15.250000Z is in the archive; 2 revisits refer to it"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"captured_at": AT + timedelta(seconds=1)},
        {"captured_url": "https://press.velmora.example/other"},
        {"digest": "sha1:" + "A" * 32},
    ],
)
def test_an_original_that_is_another_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    (original,) = written(tmp_path, exchange())
    known = Validators(digest=original.digest, captured_at=original.fetched_at, captured_url=original.url)
    again = exchange(status=304, body=b"", fetched_at=AT + timedelta(days=1), earlier=replace(known, **change))
    rows = [original, *written(tmp_path, again)]
    assert named(tmp_path, rows) == [("original missing", FILE, rows[1].warc_offset)]


def test_an_original_may_state_its_digest_otherwise(tmp_path: Path) -> None:
    (original,) = written(tmp_path, exchange())
    other = "sha256:" + hashlib.sha256(PAGE).hexdigest()
    known = Validators(digest=other, captured_at=original.fetched_at, captured_url=original.url)
    again = exchange(status=304, body=b"", fetched_at=AT + timedelta(days=1), earlier=known)
    assert list(verify(tmp_path, [original, *written(tmp_path, again)])) == []


def test_a_revisit_that_names_no_original_says_nothing_to_check(tmp_path: Path) -> None:
    assert list(verify(tmp_path, written(tmp_path, exchange(status=304, body=b"")))) == []
