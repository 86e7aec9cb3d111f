"""The options that say where pages are read, for the commands that read any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, get_args

import click

from archive.core.model import ExecutorKind, Processing

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


@dataclass(frozen=True)
class ProcessingOptions:
    """Where pages are read as the command line says; None: as sources.toml says."""

    executor: ExecutorKind | None = None
    address: str | None = None
    workers: int | None = None

    def over(self, stated: Processing) -> Processing:
        """What holds: these options, else what sources.toml states."""
        executor = self.executor or ("dask" if self.address else stated.executor)
        workers = stated.workers if self.workers is None else self.workers
        return Processing(executor, self.address or stated.address, workers)


def processing_options(function: AnyFunction) -> AnyFunction:
    """--executor, --address and --workers; the command gets them as `processing`, a `ProcessingOptions`."""

    @wraps(function)
    def command(
        *args: Any, executor: ExecutorKind | None, address: str | None, workers: int | None, **keywords: Any
    ) -> Any:
        return function(*args, processing=ProcessingOptions(executor, address, workers), **keywords)

    for option in (
        click.option(
            "--workers",
            metavar="N",
            type=click.IntRange(min=1),
            help="How many processes read pages, or how many workers of the cluster to wait for.",
        ),
        click.option("--address", metavar="URL", help="The cluster's scheduler, such as tcp://10.0.0.5:8786."),
        click.option(
            "--executor",
            type=click.Choice(get_args(ExecutorKind)),
            help="Read pages in processes of this machine or on a Dask cluster; else as sources.toml says.",
        ),
    ):
        command = option(command)
    return command  # type: ignore[return-value]
