"""How often a host is requested: each host has a minimum delay; slow answers make it longer, nothing makes it
shorter.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class HostDelays:
    """The minimum delay of each host of a batch (seconds), stored in Scrapy's download slots."""

    def __init__(self, downloader: Downloader) -> None:
        self._downloader = downloader
        self._floors: dict[str, float] = {}

    def floor(self, slot: str) -> float:
        """The minimum delay of a host; 0 if none was set."""
        return self._floors.get(slot, 0.0)

    def slow_to(self, slot: str, delay: float, concurrency: int) -> None:
        """Request a host at most once in `delay` seconds; a longer delay that was set before stays."""
        known = self._floors.get(slot)
        if known is not None and known >= delay:
            return
        self._floors[slot] = delay
        self._downloader.per_slot_settings[slot] = {"concurrency": concurrency, "delay": delay, "jitter": 0.0}
        if slot in self._downloader.slots:
            live = self._downloader.slots[slot]
            live.delay, live.concurrency = max(live.delay, delay), concurrency


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle with a minimum delay for each host; the original has one for all."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._spider_of = crawler

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        delays: Any = getattr(spider, "delays")  # noqa: B009
        floor = delays.floor(request.meta["download_slot"])
        if floor > 0:
            self.mindelay = floor
            super()._response_downloaded(response, request, spider)
