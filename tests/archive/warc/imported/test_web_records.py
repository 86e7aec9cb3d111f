"""What a record of another program is: an answer of the web, a page, and what the page embeds."""

from __future__ import annotations

import pytest

from archive.warc import records
from archive.warc.http import Message
from archive.warc.imported.web_records import (
    embedded_addresses,
    is_html,
    is_like_a_page,
    is_web,
    join_address,
    message_of,
)
from tests.support.archiving import DAY
from tests.support.foreign_warcs import SITE, record


@pytest.mark.parametrize(
    ("kind", "body", "html"),
    [
        ("text/html; charset=utf-8", b"", True),
        ("application/xhtml+xml", b"", True),
        ("image/png", b"<html>", False),
        ("", b"\xef\xbb\xbf\n<!DOCTYPE html><p>", True),
        ("", "\ufeff<html><p>Schnee".encode("utf-16-le"), True),
        ("", "\ufeff<html><p>Schnee".encode("utf-16-be"), True),
        ("text/plain", b"<!-- x --><html lang=en>", True),
        ("", b"<rss/>", False),
        ("", b"run('<html>')", False),
    ],
)
def test_a_page_is_known_by_its_type_or_its_first_bytes(kind: str, body: bytes, html: bool) -> None:
    assert is_html(Message(200, "OK", (("Content-Type", kind),) if kind else (), body)) == html


def test_a_resource_is_answered_with_its_own_type_and_bytes() -> None:
    (resource, *_) = records.parse(record("resource", f"{SITE}/a", DAY, b"<p>", ("Content-Type", "text/html")))
    message = message_of(resource)
    assert message is not None
    assert (message.status, message.get("Content-Type"), message.body) == (200, "text/html", b"<p>")
    assert is_web(resource)


def test_a_response_that_is_none_has_no_message() -> None:
    (broken, *_) = records.parse(record("response", "dns:lake.example", DAY, b"no HTTP"))
    assert message_of(broken) is None
    assert not is_web(broken)


def test_what_a_page_embeds_is_given_with_whole_addresses() -> None:
    body = b"<iframe src='/map'></iframe><img alt=x src=lamp.png><a href='/b'>b</a><object data=\"/o?a=1&amp;b=2\">"
    assert list(embedded_addresses(body, f"{SITE}/a/")) == [f"{SITE}/map", f"{SITE}/a/lamp.png", f"{SITE}/o?a=1&b=2"]
    assert join_address(f"{SITE}/a", "http://[broken") == "http://[broken"


def test_only_html_that_a_person_reads_is_like_a_page() -> None:
    assert is_like_a_page(b"<body><article>The lamps burn</article>")
    assert not is_like_a_page(b"<body><script>x</script>")
