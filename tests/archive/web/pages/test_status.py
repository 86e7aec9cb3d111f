"""Status for people, for health checks and for Prometheus."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from archive.core.software import version
from tests.archive.web.test_site import text_of

Ask = Callable[..., Any]


def test_the_status_page_says_what_is_wrong_and_what_there_is(ask: Ask, change: Any) -> None:
    change("insert into urls (source, key, url, state, first_seen) values ('port-of-ister', 'k', 'u', 'pending', '')")
    page = text_of(ask("/status").text)
    assert "Daemon not running" in page
    assert "noor-institute: 3 crawls in a row failed: noor.example did not answer within 30 s" in page
    assert "Port of Ister watched 8 1 1 13 March 2026, 06:00 UTC" in page


def test_commands_in_what_is_wrong_are_shown_as_code(ask: Ask, change: Any) -> None:
    change("update sources set health = 'Gone: `dateline check` <b>' where name = 'port-of-ister'")
    said = "Gone: <code>dateline check</code> &lt;b&gt;"
    assert ask("/status").text.count(said) == 2  # at the top, and with its source
    assert said in ask("/source/port-of-ister").text


def test_the_page_shows_the_room_and_the_version(ask: Ask) -> None:
    page = ask("/status").text
    assert re.search(r"<dt>Free on its disk</dt><dd>[\d.]+ [kMGT]?B", page)
    assert f"<dt>Version</dt><dd>{version()}</dd>" in page


def test_health_is_503_with_reasons(ask: Ask) -> None:
    answer = ask("/-/health")
    assert answer.status_code == 503
    said = answer.json()
    assert (said["ok"], said["sources"], said["articles"], said["daemon_since"]) == (False, 4, 18, None)
    assert len(said["problems"]) == 1


def test_metrics_are_read_by_prometheus(ask: Ask) -> None:
    answer = ask("/-/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    families = {family.name: family.samples for family in text_string_to_metric_families(answer.text)}
    figures = {sample.labels.get("source"): sample.value for sample in families["dateline_articles"]}
    assert figures["port-of-ister"] == 8
    assert {sample.value for sample in families["dateline_daemon_up"]} == {0}
    failing = {sample.labels["source"]: sample.value for sample in families["dateline_source_failures"]}
    assert failing["noor-institute"] == 3


def test_releases_that_came_without_a_crawl_are_imported_on_every_page(ask: Ask, change: Any) -> None:
    change("update sources set state = 'unwatched', last_crawl = null, last_ok = null where name = 'port-of-ister'")
    assert "Port of Ister imported 8" in text_of(ask("/status").text)
    assert "imported, never crawled" in text_of(ask("/source/port-of-ister").text)


def test_a_single_failure_is_not_counted(ask: Ask, change: Any) -> None:
    change("update sources set failures = 1, last_error = 'it was busy', health = '' where name = 'port-of-ister'")
    assert "port-of-ister: the last crawl failed: it was busy" in text_of(ask("/status").text)
    assert "failing, the last crawl only" in text_of(ask("/source/port-of-ister").text)
