"""Which executor reads the pages: processes of this machine, or a cluster, as sources.toml or the command line says."""

from __future__ import annotations

from functools import partial

from archive.core.errors import ClusterError
from archive.core.model import Processing
from archive.ingest.cluster.connection import Connection
from archive.ingest.cluster.executor import ClusterExecutor
from archive.ingest.pool import SizedExecutor, extraction_pool


def chosen(processing: Processing) -> SizedExecutor:
    """The executor that was chosen, ready for tasks. Raises ClusterError if there is no such cluster."""
    if processing.executor == "processes":
        return extraction_pool(processing.workers or None)
    if not processing.address:
        raise ClusterError(
            'executor = "dask" needs the address of a scheduler: address = "tcp://..." in sources.toml under '
            "[processing], or --address."
        )
    return ClusterExecutor(processing.address, partial(Connection, processing.address), processing.workers)
