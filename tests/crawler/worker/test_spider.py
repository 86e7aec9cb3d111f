"""What a crawl reads and how far it goes: a real newsroom, a real Scrapy in a real crawler process."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.warc import files, scan
from crawler.worker.messages import Job
from tests.support.owner import Owner, page, source
from tests.support.site import Site


def test_every_file_written_here_is_read_back_whole(owner: Owner, site: Site) -> None:
    site.release("last")
    told = owner.crawl(Job(source(site)))
    (name,) = {capture.warc_file for capture in told.captures}
    assert name in files(owner.directory)
    assert {capture.warc_offset for capture in scan(owner.directory, name)} >= {
        capture.warc_offset for capture in told.captures
    }
    assert page(told).fetched_at <= datetime.now(UTC)
