"""Rows of `urls` as captures change them: which article an address leads to, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive.core.model import Capture
from archive.core.urls import key
from archive.store.database import Store
from archive.store.rows import moment
from archive.store.urls import UrlTable, address_columns
from tests.support.archiving import DAY, HOST, later

OWN, OLD = f"{HOST}/news/1-path", f"{HOST}/old"


def _capture(url: str = OWN, at: datetime = DAY, **changes: object) -> Capture:
    plain = Capture("valdora", url, url, "page", at, 200, "sha1:A", "warc/valdora/a.warc.gz", 1, 1, etag='"1"')
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        opened.db.execute("insert into sources (name) values ('valdora')")
        yield opened


def _row(store: Store, url: str) -> dict[str, object]:
    return next(iter(store.db.query("select * from urls where source = 'valdora' and key = ?", (key(url),))))


def _read(store: Store, *captures: Capture) -> None:
    table = UrlTable(store.db)
    for capture in captures:
        table.read(capture, 7, key(OWN), OWN)
    table.save()


def test_the_addresses_of_a_reading_lead_to_its_article(store: Store) -> None:
    _read(store, _capture(asked=OLD))
    own, old = _row(store, OWN), _row(store, OLD)
    assert (own["state"], own["article_id"], own["etag"], own["digest"]) == ("article", 7, '"1"', "sha1:A")
    assert (old["state"], old["article_id"], old["next_check"]) == ("alias", 7, None)


def test_an_older_reading_does_not_replace_a_newer_one(store: Store) -> None:
    _read(store, _capture(at=later(days=1), etag='"2"'), _capture(etag='"1"'))
    assert (_row(store, OWN)["etag"], _row(store, OWN)["read_at"]) == ('"2"', moment(later(days=1)))


def test_other_bytes_under_the_same_validator_are_noted(store: Store) -> None:
    sql = "select validators_false_at from sources"
    _read(store, _capture(), _capture(at=later(days=1), digest="sha1:B", etag='"2"'))
    assert store.db.execute(sql).fetchone() == (None,)
    _read(store, _capture(at=later(days=2), digest="sha1:C", etag='"2"', truncated="length"))
    assert store.db.execute(sql).fetchone() == (None,), "a part has other bytes for another reason"
    _read(store, _capture(at=later(days=3), digest="sha1:D", etag='"2"'))
    assert store.db.execute(sql).fetchone() == (moment(later(days=3)),)


def test_an_unchanged_answer_confirms_and_a_failure_counts(store: Store) -> None:
    _read(store, _capture())
    table = UrlTable(store.db)
    table.other(_capture(at=later(days=1), status=503), "trouble", "503")
    table.other(_capture(at=later(days=2), status=503), "trouble", "503")
    table.save()
    assert (_row(store, OWN)["failures"], _row(store, OWN)["reason"]) == (2, "503")
    table.other(_capture(at=later(days=3), status=304, etag=""), "unchanged", "not modified")
    table.other(_capture(at=later(days=1), status=404), "gone", "404")
    table.save()
    row = _row(store, OWN)
    assert (row["failures"], row["reason"], row["etag"], row["last_checked"]) == (0, "", '"1"', moment(later(days=3)))


@pytest.mark.parametrize(
    ("seen", "state"), [("gone", "gone"), ("unclear", "rejected"), ("trouble", "pending"), ("blocked", "pending")]
)
def test_an_address_without_an_article_is_asked_again_later(store: Store, seen: str, state: str) -> None:
    table = UrlTable(store.db)
    table.other(_capture(), seen, "why")  # type: ignore[arg-type]
    table.save()
    row = _row(store, OWN)
    assert (row["state"], row["reason"], row["article_id"]) == (state, "why", None)
    assert str(row["next_check"]) > moment(DAY)


def test_a_document_is_no_page_to_ask_for(store: Store) -> None:
    table = UrlTable(store.db)
    table.other(_capture(kind="feed"), "unclear", "feed")
    table.save()
    assert (_row(store, OWN)["state"], _row(store, OWN)["next_check"]) == ("rejected", None)


def test_a_304_where_nothing_was_known_says_nothing(store: Store) -> None:
    table = UrlTable(store.db)
    table.other(_capture(status=304), "unchanged", "not modified")
    table.save()
    assert _row(store, OWN)["state"] == "gone"
    assert "nothing was known" in str(_row(store, OWN)["reason"])


def test_an_address_is_read_once_and_unknown_ones_are_none(store: Store) -> None:
    table = UrlTable(store.db)
    assert table.get("valdora", key(OWN)) is None
    _read(store, _capture())
    known = table.get("valdora", key(OWN))
    assert known is not None
    assert table.get("valdora", key(OWN)) is known


def test_the_addresses_that_a_capture_touches() -> None:
    row = {"key": "a", "final_key": None, "article_key": None}
    assert address_columns(row) == ("a", "a", "a")
    assert address_columns(row | {"final_key": "b"}) == ("a", "b", "b")
    assert address_columns(row | {"final_key": "b", "article_key": "c"}) == ("a", "b", "c")
