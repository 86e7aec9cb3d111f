"""A connection to a Dask cluster. Only this module knows distributed, an extra that takes long to load.

After an error here nothing is known of the tasks that were sent: they are to be sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from archive.core.errors import ClusterError
from archive.core.software import to_install

PATIENCE = 10.0
"""Seconds to wait for a scheduler to answer."""


class Connection:
    """A cluster's scheduler, and the workers that it has. Every method but `submit` waits for the scheduler.

    Raises ClusterError if distributed is not installed, or if nothing answers at the address.
    """

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise ClusterError(
                f'executor = "dask" needs Dask, which is not installed here ({error}).'
                f" {to_install('dask', 'distributed')}"
            ) from error
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})  # pages may be large
        self.address = address
        try:
            client: Any = Client
            self._client = client(address, timeout=patience, set_as_default=False, name="dateline")
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"No Dask scheduler answers at {address} ({error}). Start one with `dask scheduler`, or correct "
                "`address` in sources.toml under [processing]."
            ) from error
        self._tasks = self._client.get_executor(pure=False)
        self._names: WeakKeyDictionary[Future[Any], str] = WeakKeyDictionary()

    @property
    def is_up(self) -> bool:
        """Whether the scheduler is connected; it is connected again by itself for a while (`is_closed`)."""
        return bool(self._client.status == "running")

    @property
    def is_closed(self) -> bool:
        """Whether the connection is lost for good."""
        return self._client.status in ("closed", "closing")

    def submit(self, task: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Send a task. Whatever its future raises, it is not the task that raised it."""
        name = f"dateline-{uuid4().hex}"
        future: Future[Any] = self._tasks.submit(task, *args, key=name)
        self._names[future] = name
        return future

    def forgotten(self, futures: Iterable[Future[Any]]) -> list[Future[Any]]:
        """Those of the tasks that were sent here of which the scheduler knows nothing: it will never end them.

        What is sent while the scheduler starts again can be lost between the two, and its future waits for ever.
        """
        names = {future: name for future in futures if (name := self._names.get(future))}
        known = self._client.run_on_scheduler(_known, list(names.values())) if names else []
        return [future for future, name in names.items() if name not in known]

    def threads(self) -> dict[str, int]:
        """How many tasks each worker can run at one time, by its address."""
        return dict(self._client.nthreads())

    def ask_workers(self, function: Callable[[], Any]) -> dict[str, Any]:
        """What a function returns on the scheduler and on each worker, by name; or the exception it raised there."""
        try:
            scheduler = self._client.run_on_scheduler(function)
        except Exception as error:  # noqa: BLE001 - whatever it is, it comes from there
            scheduler = error
        workers = self._client.run(function, on_error="return")
        return {"scheduler": scheduler} | {f"worker {name}": answer for name, answer in workers.items()}

    def close(self) -> None:
        """Let go of the cluster; its tasks are dropped."""
        self._client.close(timeout=2)


def _known(names: Sequence[str], dask_scheduler: Any) -> list[str]:
    """Of names of tasks those that the scheduler knows, on which this runs."""
    return [name for name in names if name in dask_scheduler.tasks]
