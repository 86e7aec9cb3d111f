"""Status for people (/status), for health checks (/-/health) and for Prometheus (/-/metrics)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from archive.core.software import version
from archive.web.pages.render import directory, page, reader
from archive.web.queries.status import ArchiveStatus, archive_status

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


async def status_page(datasette: Datasette, request: Request) -> Response:
    """What is due, what waits, what is wrong and since when, how much room the archive takes."""
    found = await _status(datasette)
    return await page(datasette, request, "status.html", archive=found, version=version())


async def health(datasette: Datasette, request: Request) -> Response:
    """200 where all is well, 503 where a watched source fails, or where the daemon is silent or no longer runs.

    The reasons are given as JSON. Where no daemon ever ran (crawls by cron, a published site), none is expected.
    """
    found = await _status(datasette)
    said = {
        "ok": not found.problems,
        "problems": list(found.problems),
        "daemon_since": found.daemon.since if found.daemon else None,
        "last_crawl": found.last_crawl or None,
        "sources": len(found.sources),
        "articles": sum(source.releases for source in found.sources),
    }
    return Response.json(said, status=503 if found.problems else 200, headers={"Cache-Control": "no-store"})


async def metrics(datasette: Datasette, request: Request) -> Response:
    """The figures of the archive in Prometheus's text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(await _status(datasette)))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


async def _status(datasette: Datasette) -> ArchiveStatus:
    return await archive_status(reader(datasette), directory(datasette), datetime.now(UTC))


class _Figures(Collector):
    """The status of the archive as metrics."""

    def __init__(self, found: ArchiveStatus) -> None:
        self.found = found

    def collect(self) -> Iterator[Metric]:
        """The metrics, each with a sample for every source where it is of sources."""
        yield GaugeMetricFamily("dateline_daemon_up", "1 while a daemon crawls", 1 if self.found.daemon else 0)
        yield GaugeMetricFamily("dateline_database_bytes", "Size of archive.db", self.found.database_bytes)
        yield GaugeMetricFamily("dateline_problems", "What is wrong, as /-/health says", len(self.found.problems))
        for name, words, attribute in (
            ("articles", "Releases in the archive", "releases"),
            ("articles_gone", "Releases that were taken down", "gone"),
            ("pending", "Addresses that wait to be fetched", "pending"),
            ("source_failures", "Crawls of a source that failed in a row", "failures"),
        ):
            family = GaugeMetricFamily(f"dateline_{name}", words, labels=["source"])
            for source in self.found.sources:
                family.add_metric([source.name], getattr(source, attribute))
            yield family
        last = GaugeMetricFamily(
            "dateline_source_last_success_timestamp_seconds", "When the last good crawl ended", labels=["source"]
        )
        for source in self.found.sources:
            if source.last_ok:
                last.add_metric([source.name], datetime.fromisoformat(source.last_ok).timestamp())
        yield last
