"""Scrapy's settings, and the limits of a crawl: sizes, times, tries, the longest wait for a Retry-After.

Scrapy runs without a Twisted reactor, on asyncio, with our own download handler. Its redirect, retry and robots.txt
middlewares are off: `crawler.fetch.fetcher` does their work, because each step of a redirect has to pass the address
guard, robots.txt and the archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.core.model import Kind


@dataclass(frozen=True)
class Limits:
    """Limits of a crawl; seconds and bytes.

    `page_bytes` is as much as is read of a page (`archive.page.html.MAX_BYTES`).
    `patience` is the longest Retry-After that a crawl waits for. After `failures` answers 5xx in a row (or a third as
    many requests without an answer) the crawl of a source ends. `concurrency` is the number of parallel requests to a
    host whose delay is 0, `polite_concurrency` to any other, `backfill_concurrency` while a source is walked back (so
    that a kill costs hardly any request twice). `flush_seconds` and `flush_records` say how often what was fetched is
    made durable and announced.
    """

    page_bytes: int = 12_000_000
    document_bytes: int = 50 * 1024 * 1024
    page_seconds: float = 60.0
    document_seconds: float = 180.0
    redirects: int = 10
    attempts: int = 3
    backoff: float = 1.0
    patience: float = 120.0
    failures: int = 30
    concurrency: int = 16
    polite_concurrency: int = 4
    backfill_concurrency: int = 1
    sitemaps: int = 1000
    listing_pages: int = 1000
    feed_pages: int = 50
    flush_seconds: float = 0.25
    flush_records: int = 32
    waiting_bytes: int = 64 * 1024 * 1024

    def size(self, kind: Kind) -> int:
        """The most bytes that a response of this kind may have, before and after decompression."""
        return self.page_bytes if kind in ("page", "redirect") else self.document_bytes

    def seconds(self, kind: Kind) -> float:
        """The longest that one request of this kind may take."""
        return self.page_seconds if kind in ("page", "redirect", "robots") else self.document_seconds


def user_agent(software: str, contact: str) -> str:
    """The one honest user agent: "Dateline/0.2.0 (+mailto:archive@example.org)"."""
    words = "".join(character for character in contact if character.isprintable() and character not in "()")
    return f"{software} (+{words})" if words.strip() else software


def scrapy_settings(limits: Limits) -> dict[str, Any]:
    """Scrapy's settings for one batch. Everything that is not needed is off, because it costs time at every request."""
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {"crawler.fetch.throttle.Throttle": 0},
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0,
        "AUTOTHROTTLE_MAX_DELAY": 60,
        "DOWNLOAD_DELAY": 2,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.concurrency,
        "DOWNLOAD_MAXSIZE": limits.document_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.fetch.http.WireDownloadHandler",
            "https": "crawler.fetch.http.WireDownloadHandler",
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.fetch.http.DocumentDecompression": 590,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
            "crawler.fetch.address_guard.GuardMiddleware": 760,
            "crawler.fetch.capture.CaptureMiddleware": 900,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "COOKIES_ENABLED": False,
    }
