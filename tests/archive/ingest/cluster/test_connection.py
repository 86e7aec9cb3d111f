"""Whole imports through a real cluster, which give the same tables whatever happens to it; and what keeps it busy."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from itertools import count as counted
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archive.boilerplate.template import Template
from archive.core.errors import ClusterError
from archive.core.model import Capture, Processing
from archive.ingest import executors
from archive.ingest.cluster.connection import Connection
from archive.ingest.cluster.executor import ClusterExecutor
from archive.ingest.extraction import ExtractionQueue
from archive.ingest.importer import import_files
from archive.ingest.pipeline import Ingest
from archive.store.database import Store
from archive.store.repeated.templates import TemplateVersion
from archive.warc import WarcWriter
from tests.support.archiving import AtOnce, Newsroom, later, page, tables
from tests.support.cluster import DaskCluster, dask_cluster

PAGES, EDITED = 60, 6
PLAIN = TemplateVersion(Template(), Template().to_bytes())


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC file of another archive: pages of one newsroom, which all end with the same line; some were edited."""
    room = Newsroom(tmp_path_factory.mktemp("elsewhere"), "their-name")
    for number in range(PAGES):
        body = page(number, footer="Write to the harbour office at any hour of the day.")
        room.writer.write(room.exchange(f"/news/{number}-path", body, later(minutes=number)))
    for number in range(EDITED):
        room.writer.write(room.exchange(f"/news/{number}-path", page(number + 70), later(days=20, minutes=number)))
    room.writer.sync()
    room.writer.close()
    (found,) = (room.writer.directory / "warc" / "their-name").iterdir()
    return found


def imported(directory: Path, foreign: Path, executor: Executor, at: dict[int, Callable[[], None]]) -> Path:
    """The database that an import makes; when so many captures are in it, something happens."""
    waiting = dict(at)
    directory.mkdir()
    writer = WarcWriter(directory, "dateline/test")
    with Store(directory / "archive.db") as store:

        def happen() -> bool:
            for count in [count for count in waiting if ingest.entered >= count]:
                waiting.pop(count)()
            return False

        with Ingest(store, directory, executor, in_flight=16, stopping=happen) as ingest:
            import_files([foreign], ingest, writer)
    writer.close()
    assert not waiting, "something was to happen in the middle and did not"
    return directory / "archive.db"


def made_here(directory: Path) -> Path:
    """The database that this process makes of the same WARC files alone."""
    copy = directory.with_name(f"{directory.name}-here")
    shutil.copytree(directory / "warc", copy / "warc")
    with Store(copy / "archive.db") as store, Ingest(store, copy, AtOnce()) as ingest:
        ingest.recover()
    return copy / "archive.db"


def import_while_it_breaks(cluster: DaskCluster, directory: Path, foreign: Path, chance: Random) -> None:
    """An import in the middle of which a worker dies, and then the scheduler; nothing of it is in the tables."""
    total = PAGES + EDITED
    first = chance.randint(1, total // 3)
    then = chance.randint(first + 1, total - 20)
    happening = {first: cluster.kill_worker, then: cluster.restart_scheduler}
    with executors.chosen(Processing("dask", cluster.address, len(cluster.workers))) as executor:
        made = imported(directory, foreign, executor, happening)
    found = tables(made)
    assert found == tables(made_here(directory))
    assert len(found["captures"]) == total
    assert tables(made, ["unread"])["unread"] == [], "what happened to the cluster was taken for a page's fault"


def test_an_import_through_a_cluster_that_breaks_gives_the_same_tables(tmp_path: Path, foreign: Path) -> None:
    with dask_cluster(tmp_path / "cluster") as cluster:
        import_while_it_breaks(cluster, tmp_path / "archive", foreign, Random(4))
        assert {path.name for folder in (tmp_path / "cluster").glob("worker-*/") for path in folder.iterdir()} == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_an_import_through_a_cluster_that_breaks_at_any_moment(tmp_path: Path, foreign: Path, seed: int) -> None:
    with dask_cluster(tmp_path / "cluster", workers=3) as cluster:
        import_while_it_breaks(cluster, tmp_path / "archive", foreign, Random(seed))


MACHINES = 64
_ALL = threading.Barrier(MACHINES)
_BEGUN = counted()


def meet() -> bool:
    """Wait until as many tasks as there are machines run at once: four times, then no more."""
    if next(_BEGUN) < MACHINES * 4:
        _ALL.wait(600)
    return True


class Meeting(ClusterExecutor):
    """A cluster that reads nothing: its tasks wait for each other."""

    def read(self, directory: Path, capture: Capture, template: bytes) -> Future[Any]:
        return self.submit(meet)


@pytest.mark.soak
def test_64_workers_are_busy(tmp_path: Path) -> None:
    """64 threads of one process stand for as many machines: all have a task at once, again and again."""
    capture = Newsroom(tmp_path).answer("/news/1-path", page(1))
    with (
        dask_cluster(tmp_path / "cluster", workers=1, threads=MACHINES) as cluster,
        Meeting(cluster.address, partial(Connection, cluster.address)) as executor,
    ):
        assert executor.size == MACHINES
        queue = ExtractionQueue(tmp_path, executor, lambda _: PLAIN)
        jobs = [queue.submit(capture) for _ in range(MACHINES * 5)]
        while not queue.is_idle:
            queue.wait(1.0)
    answers: list[Any] = [job.answer for job in jobs]
    assert answers == [True] * len(jobs)


def test_where_nobody_answers_the_error_says_so_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9 .* `dask scheduler`"):
        Connection("tcp://127.0.0.1:9", patience=0.5)


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'dateline\[dask\]'"):
        Connection("tcp://127.0.0.1:9")
