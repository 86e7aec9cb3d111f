"""What happens to a cluster costs time alone: lost tasks are sent again, after growing pauses, until they are done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import pytest

from archive.boilerplate.template import Template
from archive.core.errors import ClusterError
from archive.core.model import Unread
from archive.ingest.cluster import worker
from archive.ingest.cluster.executor import ClusterExecutor, unlike
from archive.ingest.cluster.worker import FACTS, Answered, OtherRelease, RecordTask, TemplateWanted
from archive.ingest.pool import in_flight_on
from tests.support.archiving import Newsroom, page

PLAIN = Template().to_bytes()


class FakeCluster:
    """A cluster that does each task at once, but for the failures that stand first in its list."""

    def __init__(self, *failures: Exception | worker.Answer, there: dict[str, int] | None = None) -> None:
        self.failures = list(failures)
        self.there = {"tcp://one": 1, "tcp://two": 1} if there is None else there
        self.answers: dict[str, Any] = dict.fromkeys(self.there, FACTS)
        self.sent: list[tuple[Any, ...]] = []
        self.is_up, self.is_closed, self.closes = True, False, 0
        self.loses, self.without_end = 0, list[Future[Any]]()

    def submit(self, task: Callable[..., Any], /, *args: Any) -> Future[Any]:
        self.sent.append(args)
        future: Future[Any] = Future()
        if self.loses > 0:
            self.loses -= 1
            self.without_end.append(future)
            return future
        failure = self.failures.pop(0) if self.failures else None
        if isinstance(failure, Exception):
            future.set_exception(failure)
        else:
            future.set_result(failure or task(*args))
        return future

    def forgotten(self, futures: Iterable[Future[Any]]) -> list[Future[Any]]:
        return [future for future in futures if future in self.without_end]

    def threads(self) -> dict[str, int]:
        return self.there

    def ask_workers(self, function: Callable[[], Any]) -> dict[str, Any]:
        return self.answers

    def close(self) -> None:
        self.closes += 1


def on(*clusters: FakeCluster, **options: Any) -> ClusterExecutor:
    """An executor that gets these clusters, one after the other, as it connects."""
    waiting = list(clusters)
    return ClusterExecutor("tcp://here", lambda: waiting.pop(0), pauses=(0.01, 0.02), patience=0.0, **options)


@pytest.mark.parametrize(
    "failure", [CancelledError(), OSError("connection lost"), RuntimeError("killed worker"), ImportError("no such")]
)
def test_a_task_that_is_lost_is_sent_again_until_it_is_done(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    cluster = FakeCluster(*[failure] * 5)
    with on(cluster) as executor, caplog.at_level(logging.WARNING):
        assert executor.submit(divmod, 7, 2).result(timeout=60) == (3, 1)
    assert len(cluster.sent) == 6
    assert 1 <= len(caplog.records) <= 2, "it is said once and not for each task"
    assert "no page is lost" in caplog.text


def test_a_task_of_which_the_scheduler_knows_nothing_is_sent_again_and_a_late_answer_to_it_is_passed_over() -> None:
    cluster = FakeCluster()
    cluster.loses = 2
    with on(cluster, doubted=0.05) as executor:
        assert executor.submit(divmod, 7, 2).result(timeout=60) == (3, 1)
        for future in cluster.without_end:
            future.set_result(Answered((0, 0)))
    assert len(cluster.sent) == 3


def test_an_error_of_the_task_itself_comes_back() -> None:
    cluster = FakeCluster()
    with on(cluster) as executor, pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 7, 0).result(timeout=60)
    assert len(cluster.sent) == 1


def test_a_connection_that_is_lost_for_good_is_made_again() -> None:
    first, second = FakeCluster(), FakeCluster()
    with on(first, second) as executor:
        first.is_up, first.is_closed = False, True
        assert executor.submit(abs, -1).result(timeout=60) == 1
    assert (first.sent, len(second.sent), second.closes) == ([], 1, 1)


def test_a_template_is_sent_until_every_worker_may_have_it_and_again_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read", lambda task: Answered(task))
    capture = Newsroom(tmp_path).answer("/news/1-path", page(1))
    cluster = FakeCluster()
    with on(cluster) as executor:
        tasks: list[Any] = [executor.read(tmp_path, capture, PLAIN).result(timeout=60) for _ in range(4)]
        assert [task.template for task in tasks] == [PLAIN, PLAIN, None, None]
        cluster.failures = [TemplateWanted()]
        again: Any = executor.read(tmp_path, capture, PLAIN).result(timeout=60)
    assert isinstance(again, RecordTask)
    assert (again.template, len(cluster.sent)) == (PLAIN, 6)


def test_a_record_that_is_not_there_costs_the_cluster_nothing(tmp_path: Path) -> None:
    capture = Newsroom(tmp_path).answer("/news/1-path", page(1))
    (tmp_path / capture.warc_file).unlink()
    cluster = FakeCluster()
    with on(cluster) as executor:
        assert isinstance(executor.read(tmp_path, capture, PLAIN).result(), Unread)
    assert cluster.sent == []


def test_a_worker_of_another_release_that_came_later_is_named_and_does_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cluster = FakeCluster(OtherRelease({**FACTS, "lxml": "0.1"}))
    with on(cluster) as executor, caplog.at_level(logging.WARNING):
        assert executor.submit(abs, -1).result(timeout=60) == 1
    assert "lxml 0.1 (here" in caplog.text


def test_before_the_first_task_every_worker_must_be_like_this_machine() -> None:
    strange, empty = FakeCluster(), FakeCluster()
    strange.answers["tcp://two"] = {**FACTS, "extractor": "of before"}
    with pytest.raises(ClusterError, match=r"tcp://two .* extractor of before \(here"):
        on(strange)
    empty.answers["tcp://one"] = ModuleNotFoundError("No module named 'archive'")
    with pytest.raises(ClusterError, match=r"tcp://one .* cannot run Dateline .*Install"):
        on(empty)
    with pytest.raises(ClusterError, match=r"has 2 workers, not 3, .* `dask worker tcp://here`"):
        on(FakeCluster(), workers=3)
    assert (strange.closes, empty.closes) == (1, 1)


def test_so_many_tasks_are_in_flight_as_the_cluster_has_room_for() -> None:
    cluster = FakeCluster(there={"tcp://large": 64})
    with on(cluster) as executor:
        assert in_flight_on(executor) >= 2 * 64
        cluster.there = {}
        while executor.size:
            executor.submit(abs, -1).result(timeout=60)


def test_what_differs_is_said_in_words() -> None:
    words = unlike({**FACTS, "Python": "3.9", "more": "1"})
    assert words.startswith("would read pages in another way: Python 3.9 (here ")
    assert "more 1 (here missing)" in words
