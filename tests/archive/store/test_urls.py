"""Rows of `urls` as captures change them: which article an address leads to, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.core.ids import article_number
from archive.core.model import Capture, Extraction, Link, Policy
from archive.core.urls import key
from archive.history.events import ArticleState, Pending
from archive.store import frontier
from archive.store.database import Store
from archive.store.hosts import rests
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
        table.read(capture, 7, key(OWN), OWN, "An old path")
    table.save()


def test_the_addresses_of_a_reading_lead_to_its_article(store: Store) -> None:
    _read(store, _capture(asked=OLD))
    own, old = _row(store, OWN), _row(store, OLD)
    assert (own["state"], own["article_id"], own["etag"], own["digest"]) == ("article", 7, '"1"', "sha1:A")
    assert (old["state"], old["article_id"], old["next_check"]) == ("alias", 7, None)


def test_an_older_reading_does_not_replace_a_newer_one(store: Store) -> None:
    _read(store, _capture(at=later(days=1), etag='"2"'), _capture(etag='"1"'))
    assert (_row(store, OWN)["etag"], _row(store, OWN)["read_at"]) == ('"2"', moment(later(days=1)))


def test_what_was_last_seen_at_an_address_stays_when_an_old_capture_is_read_again(store: Store) -> None:
    table = UrlTable(store.db)
    table.read(_capture(), 7, key(OWN), OWN, "An old path")
    table.other(_capture(at=later(days=1), status=304, etag='"2"'), "unchanged", "")
    table.other(_capture(at=later(days=2), status=500), "trouble", "500 error")
    table.save()
    before = _row(store, OWN)
    _read(store, _capture())
    assert _row(store, OWN) == before
    assert (before["last_checked"], before["failures"], before["etag"]) == (moment(later(days=2)), 1, '"2"')


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


def _urls(store: Store, *ages: timedelta, then: timedelta = timedelta(hours=1)) -> UrlTable:
    return UrlTable(store.db, {"valdora": Policy(ages=ages, then=then)})


def _state(checked: datetime, published: str = "", changed: datetime = DAY) -> ArticleState:
    extraction = Extraction(OWN, "Ferries", "The ferries sail again.", published_at=published)
    return ArticleState(extraction, 1, moment(DAY), moment(DAY), moment(checked), moment(changed))


def _states(table: UrlTable) -> list[str]:
    return [row["state"] for row in (table.get("valdora", key(url)) for url in (OLD, OWN)) if row]


def _next(store: Store, url: str = OWN) -> datetime:
    return datetime.fromisoformat(str(_row(store, url)["next_check"]))


def test_an_article_is_looked_at_where_it_answered_until_its_identity_has(store: Store) -> None:
    table = UrlTable(store.db)
    table.read(_capture(OLD), 7, key(OWN), OWN, "An old path")
    assert _states(table) == ["article", "alias"]
    table.read(_capture(OWN, later(hours=1)), 7, key(OWN), OWN, "An old path")
    assert _states(table) == ["alias", "article"]
    table.read(_capture(OLD, later(hours=2)), 7, key(OWN), OWN, "An old path")
    assert _states(table) == ["alias", "article"]


def test_an_article_whose_address_leads_to_another_is_asked_for_at_its_own(store: Store) -> None:
    asked, new = f"{OWN}?style=plain", f"{HOST}/news/1-new-path"
    article, other = article_number("valdora", key(OWN)), article_number("valdora", key(new))
    table = UrlTable(store.db)
    table.read(_capture(asked), article, key(OWN), OWN, "An old path")
    table.save()
    table.read(_capture(new, later(hours=1), asked=asked), other, key(new), new, "An old path")
    table.save()
    assert (_row(store, asked)["article_id"], _row(store, asked)["state"]) == (other, "alias")
    assert (_row(store, OWN)["article_id"], _row(store, OWN)["state"]) == (article, "article")
    assert _next(store) == later(hours=1)


def test_of_the_addresses_of_an_article_only_its_own_is_scheduled(store: Store) -> None:
    table = _urls(store)
    table.read(_capture(OLD), 7, key(OLD), OLD, "An old path")
    table.schedule("valdora", 7, _state(DAY))
    assert _next(store, OLD) > DAY
    table.read(_capture(OWN, later(hours=1), asked=OLD), 7, key(OWN), OWN, "An old path")
    table.schedule("valdora", 7, _state(later(hours=1)))
    assert _row(store, OLD)["next_check"] is None
    assert later(hours=2) <= _next(store) <= later(hours=2, minutes=6)


def test_an_article_that_failed_waits_for_its_host_and_not_for_its_age(store: Store) -> None:
    table = _urls(store)
    table.read(_capture(), 7, key(OWN), OWN, "An old path")
    for hour in (1, 2, 3):
        table.other(_capture(at=later(hours=hour), status=503), "trouble", "503")
    table.schedule("valdora", 7, _state(later(hours=3)))
    assert later(hours=3, minutes=40) <= _next(store) <= later(hours=3, minutes=44)


def test_only_an_answer_with_a_body_counts_as_read_in_full(store: Store) -> None:
    _read(store, _capture())
    table = UrlTable(store.db)
    for hour, status, full_at in ((1, 304, None), (2, 200, moment(later(hours=2))), (3, 304, moment(later(hours=2)))):
        table.other(_capture(at=later(hours=hour), status=status), "unchanged", "")
        table.save()
        assert _row(store, OWN)["full_at"] == full_at


@pytest.mark.parametrize(
    ("seen", "status", "wait"),
    [
        ("gone", 404, timedelta(hours=1)),
        ("unchanged", 304, timedelta(hours=1)),
        ("unclear", 200, timedelta(days=1)),
        ("trouble", 500, timedelta(minutes=10)),
    ],
)
def test_the_wait_doubles_with_each_look_and_answers_within_minutes_are_one(
    store: Store, seen: str, status: int, wait: timedelta
) -> None:
    table = UrlTable(store.db)
    for at, waits in ((DAY, wait), (later(minutes=1), wait), (later(days=3), 2 * wait)):
        table.other(_capture(at=at, status=status), seen, "why")  # type: ignore[arg-type]
        table.save()
        assert at + waits <= _next(store) <= at + waits * 1.1


@pytest.mark.parametrize(
    ("truncated", "state", "wait"),
    [
        ("disconnect", "dropped", timedelta(minutes=10)),
        ("time", "dropped", timedelta(minutes=10)),
        ("length", "rejected", timedelta(days=1)),
    ],
)
def test_a_first_answer_that_broke_off_is_the_hosts_trouble_and_one_too_long_is_not(
    store: Store, truncated: str, state: str, wait: timedelta
) -> None:
    table = UrlTable(store.db)
    table.other(_capture(truncated=truncated), "unclear", "the answer broke off")
    table.save()
    assert _row(store, OWN)["state"] == state
    assert DAY + wait <= _next(store) <= DAY + wait * 1.1


@pytest.mark.parametrize(("answers", "state"), [(True, "dropped"), (False, "pending")])
def test_a_new_address_is_dropped_at_its_eighth_failure_if_its_host_answers(
    store: Store, answers: bool, state: str
) -> None:
    table = UrlTable(store.db)
    for day in range(frontier.MOST_FAILURES):
        assert day == 0 or _states(table) == ["pending"]
        if answers:
            rests.note_answers(store.db, ["press.valdora.example"], later(days=day, hours=-1))
        table.other(_capture(at=later(days=day), status=500), "trouble", "500")
    assert _states(table) == [state]


def test_a_claim_of_a_change_is_true_where_the_text_changed_since(store: Store) -> None:
    table, counted = _urls(store), []
    for day, changed in ((1, 0), (2, 0), (3, 3), (4, 0)):
        _read(store, _capture(at=later(days=day)))
        store.db.execute("update urls set claimed_at = ?", (moment(later(days=day)),))
        table.schedule("valdora", 7, _state(later(days=day), changed=later(days=changed)))
        counted.append(_row(store, OWN)["false_claims"])
        assert _row(store, OWN)["claimed_at"] is None
    assert counted == [1, 2, 0, 1]


def test_a_claim_is_not_judged_by_a_look_before_it_or_by_a_text_that_waits(store: Store) -> None:
    table, seen = _urls(store), _state(later(days=1))
    waiting = replace(seen, pending=Pending(seen.extraction, moment(later(days=1)), 2, 2))
    _read(store, _capture(at=later(days=1)))
    for claimed, state, counted in ((2, seen, 5), (1, waiting, 0)):
        store.db.execute("update urls set claimed_at = ?, false_claims = 5", (moment(later(days=claimed)),))
        table.schedule("valdora", 7, state)
        assert _row(store, OWN)["false_claims"] == counted


@pytest.mark.parametrize(
    ("published", "days"), [("2026-02-25T09:00:00", 5), ("2027-01-01", 10), ("no date", 10), ("", 10)]
)
def test_age_begins_at_publication_but_not_after_the_article_was_seen(store: Store, published: str, days: int) -> None:
    _read(store, _capture())
    _urls(store, timedelta(days=10), then=timedelta(days=99)).schedule("valdora", 7, _state(DAY, published))
    assert later(days=days) <= _next(store) <= later(days=days * 1.1)


def test_what_a_link_said_is_kept_without_what_sqlite_cannot_keep(store: Store) -> None:
    table = UrlTable(store.db)
    link = Link(OWN, title="Ferries \ud83d sail\0", published="2026-03-01", via=f"{HOST}/feed")
    table.other(_capture(status=404, link=link), "gone", "404")
    table.save()
    row = _row(store, OWN)
    assert (row["title"], row["published"], row["via"]) == ("Ferries ? sail", "2026-03-01", f"{HOST}/feed")
    assert (row["first_seen"], table.rows) == (moment(DAY), {})


def test_the_addresses_that_a_capture_touches() -> None:
    row = {"key": "a", "final_key": None, "article_key": None}
    assert address_columns(row) == ("a", "a", "a")
    assert address_columns(row | {"final_key": "b"}) == ("a", "b", "b")
    assert address_columns(row | {"final_key": "b", "article_key": "c"}) == ("a", "b", "c")


def _planned(store: Store, published: str = "", **article: object) -> str:
    """Plan the check of an article of DAY that was read an hour later, hourly; when it is planned for."""
    _read(store, _capture(at=later(hours=1)))
    table = UrlTable(store.db, {"valdora": Policy(ages=(timedelta(days=3),))})
    table.schedule(
        "valdora", 7, replace(_state(later(hours=1), published), extraction=_state(DAY, published).extraction)
    )
    columns = {
        "id": 7,
        "source": "valdora",
        "url": OWN,
        "title": "T",
        "text": "T",
        "word_count": 1,
        "first_seen": moment(DAY),
        **dict.fromkeys(("last_seen", "last_checked", "changed_at"), moment(DAY)),
        "capture_id": 1,
        "published_at": published,
    }
    columns |= {"status": "live"} | article
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    store.db.execute(f"insert into articles ({names}) values ({marks})", tuple(columns.values()))
    return str(_row(store, OWN)["next_check"])


def test_checks_are_planned_again_when_the_ages_of_a_source_change(store: Store) -> None:
    before = _planned(store)
    old, short = Policy(ages=(timedelta(days=3),)), Policy(ages=(timedelta(hours=6),), then=timedelta(days=2))
    store.plan_again({"valdora": old})
    assert _row(store, OWN)["next_check"] == before, "a source that is seen for the first time stays as it is"
    store.plan_again({"valdora": short, "other": old})
    assert moment(later(hours=6)) <= str(_row(store, OWN)["next_check"]) < moment(later(hours=7))
    store.db.execute("update urls set next_check = 'mark'")
    store.plan_again({"valdora": short, "other": old})
    assert _row(store, OWN)["next_check"] == "mark", "nothing changed"
    store.plan_again({"valdora": old})
    assert _row(store, OWN)["next_check"] == before


def test_what_waits_to_be_seen_again_is_not_put_off_by_longer_ages(store: Store) -> None:
    before = _planned(store, missing_since=moment(DAY))
    store.plan_again({"valdora": Policy(ages=(timedelta(days=3),))})
    store.plan_again({"valdora": Policy(ages=(timedelta(days=30),))})
    assert _row(store, OWN)["next_check"] == before
    store.db.execute("update articles set missing_since = null")
    store.plan_again({"valdora": Policy(ages=(timedelta(days=40),))})
    assert str(_row(store, OWN)["next_check"]) > moment(later(days=39))
