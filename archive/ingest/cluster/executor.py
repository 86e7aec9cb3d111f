"""An executor of a cluster's workers, on which nothing that happens to the cluster is the fault of a page.

A worker that ends, a scheduler that starts again, a network that drops: the tasks concerned are sent again after
growing pauses, for as long as it takes. The caller only sees a task that takes longer; the log says why.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from archive.core.errors import ClusterError
from archive.core.model import Capture, Unread
from archive.ingest.cluster import worker
from archive.ingest.cluster.worker import FACTS, RELEASE, Answer, Answered, RecordTask, TemplateWanted
from archive.ingest.extraction import RemoteExecutor
from archive.ingest.task import Extracted, stored_record

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before a task is sent again: after its first failure, the second, and so on; the last one repeats."""

_TURN = 0.2
_REFRESH = 2.0
_DOUBTED = 10.0
"""Seconds after which the scheduler is asked whether it knows of a task, now and then."""
_TELL_AGAIN = 60.0
_ENDING = 2.0
_TEMPLATES = 1024


class Cluster(Protocol):
    """What an executor needs of a connection (`archive.ingest.cluster.connection.Connection`)."""

    @property
    def is_up(self) -> bool: ...
    @property
    def is_closed(self) -> bool: ...
    def submit(self, task: Callable[..., Any], /, *args: Any) -> Future[Any]: ...
    def forgotten(self, futures: Iterable[Future[Any]]) -> Iterable[Future[Any]]: ...
    def threads(self) -> Mapping[str, int]: ...
    def ask_workers(self, function: Callable[[], Any]) -> dict[str, Any]: ...
    def close(self) -> None: ...


@dataclass(eq=False)
class _Sent:
    """A task that was given, and how often it was lost. `done` is what the caller waits for.

    `template` is that of a task whose worker may not have it yet.
    """

    done: Future[Any]
    function: Callable[..., Answer]
    args: tuple[Any, ...]
    template: bytes = b""
    lost: int = 0
    due: float = 0.0


class ClusterExecutor(RemoteExecutor):
    """Runs tasks on the workers of a cluster. `connect` makes a connection, and again one where it was lost for good.

    Waits until so many `workers` (at least one) are there, at most `patience` seconds, and checks that all are of our
    version. Raises ClusterError if not. `pauses` are the seconds before a task is sent again, `doubted` those after
    which the scheduler is asked whether it knows of it.
    """

    def __init__(
        self,
        address: str,
        connect: Callable[[], Cluster],
        workers: int = 1,
        patience: float = 30.0,
        pauses: tuple[float, ...] = PAUSES,
        doubted: float = _DOUBTED,
    ) -> None:
        self.address = address
        self._connect = connect
        self._pauses, self._doubted = pauses, doubted
        self._waiting: list[_Sent] = []
        self._flying: dict[Future[Answer], tuple[_Sent, float]] = {}
        self._held: OrderedDict[bytes, int] = OrderedDict()
        self._lock = threading.Lock()
        self._told_at = -_TELL_AGAIN
        self._wake, self._closing = threading.Event(), threading.Event()
        self._cluster = connect()
        try:
            self._size = self._awaited(max(workers, 1), patience)
            self._check()
        except BaseException:
            self._cluster.close()
            raise
        self._thread = threading.Thread(target=self._keep, name="dateline-cluster", daemon=True)
        self._thread.start()

    @property
    def size(self) -> int:
        """How many tasks the workers can run at one time: as of a few seconds ago."""
        return self._size

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task that needs no file of this machine; it and its result must be picklable. It may run twice."""
        return self._given(_Sent(Future(), worker.call, (task, args, kwargs)))

    def read(self, directory: Path, capture: Capture, template: bytes) -> Future[Extracted]:
        """Extract a capture: its record and template are sent, the template only until the workers have it."""
        record = stored_record(directory, capture)
        if isinstance(record, Unread):
            unread: Future[Extracted] = Future()
            unread.set_result(record)
            return unread
        digest = worker.digest_of(template)
        comes_along = template if self._times_sent(digest) < self._size else None
        task = RecordTask(capture, record, digest, comes_along, RELEASE)
        return self._given(_Sent(Future(), worker.read, (task,), template))

    def rest(self) -> None:
        """The workers are not ours to end."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster. Tasks that have not ended are dropped; nobody waits for them."""
        self._closing.set()
        self._wake.set()
        self._thread.join(_ENDING)
        with suppress(Exception):  # it may be gone
            self._cluster.close()

    def abandon(self) -> None:
        """Let go of the cluster at once."""
        self.shutdown(wait=False)

    def _awaited(self, workers: int, patience: float) -> int:
        """The size of the cluster, when it has so many workers."""
        until = time.monotonic() + patience
        while len(there := self._cluster.threads()) < workers:
            if time.monotonic() > until:
                raise ClusterError(
                    f"The Dask cluster at {self.address} has {len(there)} workers, not {workers}, after {patience:.0f} "
                    f"seconds. Start more with `dask worker {self.address}`, or ask for fewer."
                )
            time.sleep(_TURN)
        return sum(there.values())

    def _check(self) -> None:
        """Refuse a cluster with a worker that would read pages in another way. The scheduler unpacks tasks, too."""
        for name, there in sorted(self._cluster.ask_workers(worker.facts).items()):
            if isinstance(there, BaseException):
                raise ClusterError(
                    f"The {name} of the cluster at {self.address} cannot run Dateline ({there}). Install there "
                    f"what is installed here: Dateline {FACTS['Dateline']}."
                )
            if there != FACTS:
                raise ClusterError(f"The {name} of the cluster at {self.address} {unlike(there)}")

    def _times_sent(self, digest: bytes) -> int:
        """How often a template was sent already; it is counted as sent once more."""
        with self._lock:
            times = self._held.pop(digest, 0)
            self._held[digest] = times + 1
            if len(self._held) > _TEMPLATES:
                self._held.popitem(last=False)
        return times

    def _given(self, sent: _Sent) -> Future[Any]:
        sent.done.set_running_or_notify_cancel()  # a task that was sent cannot be taken back
        self._send(sent)
        return sent.done

    def _send(self, sent: _Sent) -> None:
        if not self._cluster.is_up:
            self._park(sent)
            return
        try:
            future = self._cluster.submit(sent.function, *sent.args)
        except Exception as error:  # noqa: BLE001 - the cluster's failure, whatever it is
            self._lost(sent, error)
        else:
            with self._lock:
                self._flying[future] = (sent, time.monotonic())
            future.add_done_callback(self._arrived)

    def _arrived(self, ended: Future[Answer]) -> None:
        """Called in the connection's thread, which must not wait. A task that was sent again is passed over."""
        sent = self._landed(ended)
        if sent is None:
            return
        try:
            answer = ended.result()
        except Exception as error:  # noqa: BLE001 - tasks raise nothing: the cluster failed
            self._lost(sent, error)
            return
        if isinstance(answer, Answered):
            if answer.error:
                sent.done.set_exception(answer.error)
            else:
                sent.done.set_result(answer.result)
        elif isinstance(answer, TemplateWanted):
            sent.args = tuple(replace(task, template=sent.template) for task in sent.args)
            self._park(sent)
        else:
            self._lost(sent, ClusterError(f"a worker {unlike(answer.facts)}"))

    def _landed(self, future: Future[Answer]) -> _Sent | None:
        with self._lock:
            sent, _ = self._flying.pop(future, (None, 0.0))
        return sent

    def _doubt(self, now: float) -> None:
        """Send again the tasks that the scheduler does not know of, of those that it should have had for some time."""
        with self._lock:
            long = [future for future, (_, at) in self._flying.items() if now - at >= self._doubted]
        for future in self._cluster.forgotten(long) if long else ():
            if not future.done() and (sent := self._landed(future)):
                self._lost(sent, ClusterError("its scheduler knows nothing of it"))

    def _lost(self, sent: _Sent, error: BaseException) -> None:
        if self._closing.is_set():
            return
        pause = self._pauses[min(sent.lost, len(self._pauses) - 1)]
        sent.lost += 1
        with self._lock:
            self._held.clear()  # other workers may come, which have no template
            told, now = self._told_at, time.monotonic()
            if now - told >= _TELL_AGAIN or sent.lost == len(self._pauses):
                self._told_at = now
                log.warning(
                    "The cluster at %s lost a task (%s). This and others are sent again, first in %g s; no page is "
                    "lost. See that its scheduler and workers run.",
                    self.address,
                    " ".join(str(error).split()) or type(error).__name__,
                    pause,
                )
        self._park(sent, pause)

    def _park(self, sent: _Sent, pause: float = 0.0) -> None:
        sent.due = time.monotonic() + pause
        with self._lock:
            self._waiting.append(sent)
        self._wake.set()

    def _keep(self) -> None:
        """What the executor's thread does: connects again, sends again what is due, asks for the size."""
        refresh_at = connect_at = 0.0
        while not self._closing.is_set():
            self._wake.wait(_TURN)
            self._wake.clear()
            now = time.monotonic()
            if self._cluster.is_closed and now >= connect_at:
                connect_at = now + self._connected_again()
            if self._cluster.is_up:
                self._send_due(now)
                if now >= refresh_at:
                    refresh_at = now + _REFRESH
                    with suppress(Exception):  # the next turn asks again
                        self._size = sum(self._cluster.threads().values())
                        self._doubt(now)

    def _connected_again(self) -> float:
        """Connect; returns how many seconds not to try it again."""
        try:
            self._cluster = self._connect()
        except ClusterError as error:
            log.warning("%s Dateline tries again.", error)
            return self._pauses[-1] / 2
        return 0.0

    def _send_due(self, now: float) -> None:
        with self._lock:
            due = [sent for sent in self._waiting if sent.due <= now]
            self._waiting = [sent for sent in self._waiting if sent.due > now]
        for sent in due:
            self._send(sent)


def unlike(there: Mapping[str, str]) -> str:
    """In words, how a worker differs from this machine."""
    names = (*FACTS, *(name for name in there if name not in FACTS))
    differing = [
        f"{name} {there.get(name, 'missing')} (here {FACTS.get(name, 'missing')})"
        for name in names
        if there.get(name) != FACTS.get(name)
    ]
    return f"would read pages in another way: {', '.join(differing)}. Install there what is installed here."
