"""Which answers of other programs are pages, and what is said of the others."""

from __future__ import annotations

from contextlib import closing

import pytest

from archive.warc import records
from archive.warc.http import parse_response
from archive.warc.imported.crawl_facts import CrawlFacts
from archive.warc.imported.selection import why_passed_over
from tests.support.archiving import DAY, page
from tests.support.foreign_warcs import SITE, record

OTHER = "https://ads.tracker.example/frame"


def _why(head: str, url: str = f"{SITE}/a", watched: str = SITE, hops: str = "L", body: str = "") -> str:
    block = f"HTTP/1.1 {head}\r\n\r\n{body}".encode()
    answer = records.parse(record("response", url, DAY, block, ("WARC-Record-ID", "<1>")))[0]
    about = records.parse(record("metadata", url, DAY, f"hopsFromSeed: {hops}\r\n".encode()))[0]
    with closing(CrawlFacts()) as facts:
        for one in (answer, about):
            facts.note(one, "crawl")
        facts.settle()
        return why_passed_over(answer, parse_response(block), facts, lambda asked: asked.startswith(watched))


def test_a_page_of_a_watched_site_is_taken() -> None:
    assert _why("200 OK\r\nContent-Type: text/html", body=page(1)) == ""
    assert _why("404 Not Found\r\nContent-Type: text/html", body=page(1)) == ""


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("101 Switching Protocols", "exchanges without an answer (status 101)"),
        ("206 Partial Content\r\nContent-Type: text/html", "answers without a whole page (status 206)"),
        ("200 OK\r\nContent-Type: image/png", "files that are no pages (image/png)"),
        ("200 OK\r\nContent-Type: <b>strange</b>", "files that are no pages (no type)"),
        ("404 Not Found\r\nContent-Type: image/png", "errors and redirects of files that are no pages (status 404)"),
    ],
)
def test_an_answer_that_is_no_page_is_passed_over_for_what_it_is(head: str, why: str) -> None:
    assert _why(head) == why


def test_what_other_sites_put_into_a_page_is_passed_over() -> None:
    html = "200 OK\r\nContent-Type: text/html"
    assert _why(html, OTHER, hops="LE", body=page(1)) == "frames and trackers of other sites"
    assert _why("302 Found\r\nLocation: /b", OTHER, hops="LE") == "errors and redirects of sites that have no page"
