"""A network that is down is said once, and no source is blamed for it; a source that fails itself is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.schedule.network import NETWORK_IS_DOWN
from crawler.worker.messages import Finished, Outcome
from tests.crawler.schedule.test_dispatcher import Stage, done


def unreached(source: str, blamed: str = "unclear") -> Finished:
    hosts = ((f"{source}.example", blamed),)
    return Finished(source, Outcome(requests=3, errors=1, stopped_by="refused", unreached=hosts, problems=("DNS",)))


def ends(stage: Stage) -> dict[str, tuple[bool, bool]]:
    """Of each source: whether its last crawl failed, and whether it was offline."""
    return {report.source: (report.failed, report.outcome.offline) for report in stage.seen.reports}


def test_all_hosts_that_fail_together_are_the_networks_fault(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "crawler.schedule.network")  # commands in other tests set the level of "crawler"
    stage = Stage("valdora", "ister", "osk")
    stage.crawl.turn(0)
    stage.says(unreached("valdora"), unreached("ister"))
    assert stage.seen.reports == [], "the third may be reached"
    stage.says(unreached("osk"))
    assert ends(stage) == dict.fromkeys(("valdora", "ister", "osk"), (False, True))
    assert {report.outcome.message for report in stage.seen.reports} == {NETWORK_IS_DOWN}
    assert all(report.outcome.problems == () for report in stage.seen.reports)
    assert len([record for record in caplog.records if "seems to be down" in record.message]) == 1
    assert stage.crawl.idle


def test_one_host_that_answers_shows_that_the_others_fail_themselves() -> None:
    stage = Stage("valdora", "ister", "osk")
    stage.crawl.turn(0)
    stage.says(unreached("valdora", "network"), unreached("ister"), done("osk"))
    assert ends(stage) == {"valdora": (True, False), "ister": (True, False), "osk": (False, False)}


@pytest.mark.parametrize(("blamed", "expected"), [("unclear", (True, False)), ("network", (False, True))])
def test_one_source_alone_is_blamed_unless_only_the_network_can_fail_so(
    blamed: str, expected: tuple[bool, bool]
) -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    stage.says(unreached("valdora", blamed))
    assert ends(stage) == {"valdora": expected}


def test_a_source_that_stays_away_while_others_answer_is_blamed_at_last() -> None:
    stage = Stage("valdora", "osk")
    stage.crawl.queue = stage.crawl.queue.__class__().ask("valdora")
    for source, message in (("valdora", unreached("valdora", "network")), ("osk", done("osk"))):
        stage.crawl.ask(source)
        stage.crawl.turn(0)
        stage.clock.now += timedelta(minutes=1)
        stage.says(message)
    assert ends(stage) == {"valdora": (False, True), "osk": (False, False)}
    stage.clock.now += timedelta(minutes=30)
    stage.crawl.ask("valdora")
    stage.crawl.turn(0)
    stage.says(unreached("valdora", "network"))
    assert ends(stage)["valdora"] == (True, False)
    assert stage.crawl.network.is_down is False
