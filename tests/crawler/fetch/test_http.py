"""Answers that no HTTP library would write, fetched and archived byte for byte."""

from __future__ import annotations

import gzip
from functools import partial

import pytest

from archive.core.model import Link
from archive.warc import read, read_record
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import Owner, Told, page
from tests.support.rawserver import Answer, RawServer
from tests.support.rawserver import page as response

packed_gzip = partial(gzip.compress, mtime=0)  # the same bytes at every collection of the tests
BODY = b"<p>Boats on the river.</p>" * 20


def fetched(owner: Owner, answer: Answer) -> Told:
    with RawServer({"/a": answer}) as server:
        source = Source("raw", server.url, feeds=(server.at("/none"),), delay=0, timeout=15.0)
        return owner.crawl(Job(source, pending=(Link(server.at("/a")),)))


@pytest.mark.parametrize(
    "answer",
    [
        response(BODY, b"frame-src 'self' news.example;"),
        response(BODY, b"X-Odd : 1; mode=block"),
        response(BODY, "‘access-control-allow-origin’: *".encode()),
        response(BODY, b"X-Note: caf\xc3\xa9 \x01\x02 ok"),
        response(BODY, b"Content-Security-Policy: " + b"x" * 70_000),
        response(BODY, *(b"X-%d: y" % number for number in range(2000))),
        response(BODY, b"Content-Length: %d" % len(BODY)),
        response(BODY).replace(b"\r\n", b"\n"),
        response(BODY, status=b"200"),
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        b"http/1.1 200 ok\r\n\r\n" + BODY,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + response(BODY),
        response(BODY, length=-1),
    ],
)
def test_what_browsers_read_is_read_and_kept_as_it_came(owner: Owner, answer: bytes) -> None:
    capture = page(fetched(owner, answer))
    block = read_record(owner.directory, capture.warc_file, capture.warc_offset, capture.warc_length).block
    assert answer.endswith(block)
    assert block.upper().startswith(b"HTTP/1")
    assert read(owner.directory, capture).body == BODY


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (b"gzip", packed_gzip(BODY)),
        (b"gzip", BODY),
        (b"gzip", packed_gzip(packed_gzip(BODY))),
        (b"gzip, gzip", packed_gzip(packed_gzip(BODY))),
        (b"", packed_gzip(BODY)),
        (b"br", BODY),
        (b"zstd", BODY),
        (b"deflate", BODY),
        (b"moonlight", BODY),
    ],
)
def test_a_body_is_read_whatever_its_header_says(owner: Owner, coding: bytes, body: bytes) -> None:
    answer = response(body, *([b"Content-Encoding: " + coding] if coding else []))
    capture = page(fetched(owner, answer))
    assert read(owner.directory, capture).body == BODY
    block = read_record(owner.directory, capture.warc_file, capture.warc_offset, capture.warc_length).block
    assert block == answer


@pytest.mark.parametrize("packed", [packed_gzip(b"User-agent: *\nDisallow: /a\n"), b"User-agent: *\nDisallow: /a\n"])
def test_a_robots_txt_is_read_whatever_its_header_says(owner: Owner, packed: bytes) -> None:
    with RawServer({"/robots.txt": response(packed, b"Content-Encoding: gzip", kind=b"text/plain")}) as server:
        source = Source("robots", server.url, feeds=(server.at("/none"),), delay=0, timeout=15.0)
        told = owner.crawl(Job(source, pending=(Link(server.at("/a")),)))
        assert told.dropped[server.at("/a")] == "robots.txt disallows it"


def test_a_length_beside_chunks_is_overlooked(owner: Owner) -> None:
    coded = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    capture = page(fetched(owner, response(coded, b"Transfer-Encoding: chunked", length=3)))
    assert read(owner.directory, capture).body == BODY


def test_a_connection_is_used_again_and_opened_anew_when_the_server_had_ended_it(owner: Owner) -> None:
    connections: list[int] = []

    def twice(peer: object) -> None:
        connections.append(1)
        kept = response(BODY).replace(b"Connection: close\r\n", b"")
        peer.send(kept)  # type: ignore[attr-defined]
        peer.connection.recv(65536)  # type: ignore[attr-defined]  # the next request, and no answer to it

    with RawServer({"/robots.txt": twice, "/a": response(BODY)}) as server:
        source = Source("again", server.url, feeds=(server.at("/none"),), delay=0, timeout=15.0)
        told = owner.crawl(Job(source, pending=(Link(server.at("/a")),)))
        assert page(told).status == 200
        assert connections == [1]
        assert server.paths().count("/a") == 1
