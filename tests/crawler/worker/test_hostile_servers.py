"""Servers that want to hold, fill or mislead a crawler: each ends in time with its reason and harms no other."""

from __future__ import annotations

import gzip
import itertools
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from isal import isal_zlib

from archive.core.model import Link
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import QUICK, Owner, Told
from tests.support.rawserver import Answer, Peer, RawServer, page
from tests.support.site import Site

LIMITS = replace(QUICK, document_bytes=1_000_000, page_seconds=5.0, document_seconds=5.0)
"""All of them are crawled at once, so a busy machine needs more time for each."""
ZEROS = bytes(20_000_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
RSS = b"application/rss+xml"
ELSEWHERE = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "


@dataclass(frozen=True)
class Hostile:
    """What a server does at a path, and the words of the reason that is recorded ("" where a page is captured)."""

    name: str
    answer: Answer
    words: str
    path: str = "/a"


def silent(peer: Peer) -> None:
    peer.wait_for_the_end()


def hang_up(peer: Peer) -> None:
    """The connection ends after an answer."""


def reset(peer: Peer) -> None:
    peer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(start: bytes, piece: bytes, pause: float = 0.0) -> Answer:
    """A beginning, and a piece again and again."""
    return lambda peer: peer.forever(itertools.chain([start], itertools.repeat(piece)), pause)


def drip(content: bytes) -> Answer:
    """A byte every twentieth of a second, and then silence."""
    return lambda peer: (peer.forever((bytes([byte]) for byte in content), 0.05), peer.wait_for_the_end())[0]  # type: ignore[func-returns-value]


def reset_in_body(peer: Peer) -> None:
    peer.send(OK + b"Content-Length: 9000\r\n\r\n<p>some")
    reset(peer)


def new_cookie(peer: Peer) -> None:
    count = len(peer.server.asked)
    peer.send(ELSEWHERE + b"/a\r\nSet-Cookie: n=%d\r\n\r\n" % count)


def next_hop(peer: Peer) -> None:
    peer.send(ELSEWHERE + b"/hop\r\n\r\n" if "GET /a " in peer.head else ELSEWHERE + b"/a\r\n\r\n")


def bomb(coding: bytes, body: bytes) -> bytes:
    return page(body, b"Content-Encoding: " + coding, kind=RSS)


IN_TIME = "no complete answer within 5 seconds"
GZIP = gzip.compress(ZEROS, mtime=0)
RAW_DEFLATE = isal_zlib.compress(ZEROS, 2, -15)
PAGES = (
    Hostile("says nothing", silent, IN_TIME),
    Hostile("hangs up", hang_up, "closed the connection without an answer"),
    Hostile("resets", reset, "closed the connection"),
    Hostile("a status line that drips", drip(b"HTTP/1.1 200 OK" + b" " * 500), IN_TIME),
    Hostile("headers that drip", endless(OK, b"A: b\r\n", 0.05), IN_TIME),
    Hostile("headers without end", endless(OK, b"A: b\r\n" * 1000), "headers have more than"),
    Hostile("one header without end", endless(OK + b"A: ", b"b" * 65536), "headers have more than"),
    Hostile("a folded header without end", endless(OK + b"A: b", b"\r\n c" * 9999), "headers have more than"),
    Hostile("blank lines without end", endless(b"", b"\r\n" * 9999), "cannot be read"),
    Hostile("blanks without end", endless(b"HTTP/1.1 200 OK\r\n", b" " * 65536), "headers have more than"),
    Hostile("headers that end in the middle", OK + b"A: b", "its headers have no end"),
    Hostile("noise", endless(b"", bytes(range(1, 256)) * 100), "no status line"),
    Hostile("another protocol", b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "no status line"),
    Hostile("a body without a head", b"<html><p>old</p></html>\r\n\r\n", "no status line"),
    Hostile("a status that is no number", b"HTTP/1.1 OK OK\r\n\r\n", "no status line"),
    Hostile("an answer to follow, for ever", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "again and again"),
    Hostile(
        "hints for ever",
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"),
        "again and again",
    ),
    Hostile("another protocol asked for", b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "another protocol"),
    Hostile("two lengths", page(b"<p>x", b"Content-Length: 3"), "several lengths (3, 4)"),
    Hostile("a length beyond all bounds", page(b"x", length=10**17), "more than the 1000000 allowed"),
    Hostile("a body without end", endless(OK + b"\r\n", b"x" * 65536), "more than the 1000000 bytes allowed"),
    Hostile(
        "chunks without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n%s\r\n" % (b"x" * 65536)),
        "more than the 1000000 bytes allowed",
    ),
    Hostile(
        "a flood of chunks",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 9999),
        "pieces",
    ),
    Hostile("chunks that drip", endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05), IN_TIME),
    Hostile(
        "a chunk beyond all bounds",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFF\r\n", b"x" * 65536),
        "more than the 1000000 bytes allowed",
    ),
    Hostile("a chunk of more digits", OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 400 + b"\r\n", "no number"),
    Hostile("a chunk below nothing", OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n", "no number"),
    Hostile(
        "a chunk's size without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 9999),
        "size of a chunk has no end",
    ),
    Hostile(
        "a chunk's extension without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 9999),
        "size of a chunk has no end",
    ),
    Hostile("a body that drips", endless(OK + b"Content-Length: 90000\r\n\r\n", b".", 0.05), IN_TIME),
    Hostile("a body that stops", lambda peer: (peer.send(page(b"x", length=9)), silent(peer))[1], IN_TIME),  # type: ignore[func-returns-value]
    Hostile("a body that is reset", reset_in_body, "broke before the whole body came"),
    Hostile("a body that is short", page(b"<p>x", length=9000), "broke before the whole body came"),
    Hostile("a redirect to itself", ELSEWHERE + b"/a\r\n\r\n", "go round in a loop"),
    Hostile("two that redirect to each other", next_hop, "go round in a loop", "/a"),
    Hostile("a new cookie each time", new_cookie, "more than 10 redirects"),
    Hostile("a redirect inside", ELSEWHERE + b"http://169.254.169.254/latest/\r\n\r\n", "redirected to http://169.254"),
    Hostile("a refresh to itself", page(b"", b"Refresh: 0; url=/a", b"Set-Cookie: a=1; Path=/none"), "loop"),
    Hostile("a refresh inside", page(b"<meta http-equiv=refresh content='0;url=http://10.0.0.1/'>"), "redirected to"),
    Hostile("an error always", page(b"oops", status=b"500 Oops"), "the server answered 500"),
    Hostile("a rest of ages", page(b"", b"Retry-After: " + b"9" * 400, status=b"429 Busy"), "asks to wait"),
    Hostile(
        "a rest until the end of time",
        page(b"", b"Retry-After: Fri, 31 Dec 9999 23:59:59 -2359", status=b"503 Busy"),
        "asks to wait",
    ),
    Hostile("a redirect to a file", ELSEWHERE + b"file:///etc/passwd\r\n\r\n", ""),
    Hostile("a redirect to a long address", ELSEWHERE + b"/" + b"x" * 90_000 + b"\r\n\r\n", ""),
    Hostile("a bomb of a page", page(GZIP, b"Content-Encoding: gzip"), ""),
    Hostile("a bomb that is not declared", page(gzip.compress(GZIP, mtime=0)), ""),
    Hostile(
        "cookies without measure", page(b"<p>x", *(b"Set-Cookie: n%d=%b" % (n, b"x" * 4000) for n in range(60))), ""
    ),
    Hostile("more than it said", page(b"<p>x</p>" + b"HTTP/1.1 200 OK\r\n\r\n" * 9, length=8), ""),
)
DOCUMENTS = (
    Hostile("a feed that drips", endless(OK + b"\r\n", b"<", 0.05), IN_TIME, "/feed"),
    Hostile("a feed without end", endless(OK + b"\r\n", b"<x>" * 9999), "more than the 1000000 bytes", "/feed"),
    Hostile("a bomb of gzip", bomb(b"gzip", GZIP), "once it is decompressed", "/feed"),
    Hostile("a bomb in a bomb", bomb(b"gzip, gzip", gzip.compress(GZIP, mtime=0)), "once it is decompressed", "/feed"),
    Hostile("a bomb not declared", page(GZIP, kind=RSS), "once it is decompressed", "/feed"),
    Hostile("a bomb of brotli", bomb(b"br", brotli.compress(ZEROS, quality=4)), "once it is decompressed", "/feed"),
    Hostile("a bomb of deflate", bomb(b"deflate", RAW_DEFLATE), "once it is decompressed", "/feed"),
    Hostile("a feed in a loop", ELSEWHERE + b"/feed\r\n\r\n", "go round in a loop", "/feed"),
    Hostile("a feed that resets", reset, "closed the connection", "/feed"),
    Hostile(
        "a feed that redirects inside",
        ELSEWHERE + b"http://[::1]/\r\n\r\n",
        "::1 is an address of a local network",
        "/feed",
    ),
    Hostile("a silent robots.txt", silent, "robots.txt cannot be read (no complete answer", "/robots.txt"),
    Hostile("an endless robots.txt", endless(OK + b"\r\n", b"#" * 9999), "robots.txt cannot be read", "/robots.txt"),
    Hostile("a bomb of a robots.txt", bomb(b"gzip", GZIP), "robots.txt cannot be read", "/robots.txt"),
    Hostile("a robots.txt in a loop", ELSEWHERE + b"/robots.txt\r\n\r\n", "go round in a loop", "/robots.txt"),
    Hostile("a busy robots.txt", page(b"", status=b"503 Busy"), "the server answered 503", "/robots.txt"),
)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, dict[str, str], Site]]:
    """All of them crawled side by side, with a newsroom that does no harm: what was told, and their addresses."""
    servers = {hostile.name: RawServer({hostile.path: hostile.answer}) for hostile in (*PAGES, *DOCUMENTS)}
    servers["two that redirect to each other"].answers["/hop"] = next_hop
    jobs: list[Job] = []
    addresses: dict[str, str] = {}
    with Owner(tmp_path_factory.mktemp("archive"), LIMITS) as owner, Site() as site:
        for hostile in (*PAGES, *DOCUMENTS):
            server = servers[hostile.name].__enter__()
            addresses[hostile.name] = server.at(hostile.path)
            source = Source(f"s{len(jobs)}", server.url, feeds=(server.at("/feed"),), delay=0, timeout=30)
            jobs.append(Job(source, pending=(Link(server.at("/a")),) if hostile.path == "/a" else ()))
        for number in range(5):
            site.release(f"calm-{number}")
        calm = Source("calm", site.url, feeds=(site.at("/feed/"),), delay=0, timeout=30)
        told = owner.crawl(Job(calm), *jobs, seconds=120)
        yield told, addresses, site
    for server in servers.values():
        server.__exit__(None, None, None)


@pytest.mark.parametrize("hostile", [*PAGES, *DOCUMENTS], ids=lambda hostile: hostile.name)
def test_it_ends_with_its_reason(hostile: Hostile, crawled: tuple[Told, dict[str, str], Site]) -> None:
    told, addresses, _ = crawled
    address = addresses[hostile.name]
    said = " ".join((*(words for url, words in told.dropped.items() if url == address), *_closing_words(told, address)))
    captured = [capture for capture in told.captures if capture.url == address and capture.kind in ("page", "redirect")]
    assert hostile.words in said
    assert bool(hostile.words) or captured


def test_at_least_so_many_servers_are_tried() -> None:
    assert len({hostile.name for hostile in (*PAGES, *DOCUMENTS)}) >= 60


def test_the_source_beside_them_is_unharmed(crawled: tuple[Told, dict[str, str], Site]) -> None:
    told, _, site = crawled
    assert {capture.url for capture in told.pages if capture.source == "calm"} == {
        site.at(release.path) for release in site.releases
    }
    assert told.outcomes["calm"].stopped_by == ""
    assert len(told.outcomes) == len(PAGES) + len(DOCUMENTS) + 1


def test_no_crawl_outlasts_its_time_and_says_why_in_the_end(tmp_path: Path) -> None:
    """A request that is under way when the crawl's time is over leaves its reason too."""
    limits = replace(LIMITS, page_seconds=60, document_seconds=60)
    with RawServer({"/a": silent}) as server, Owner(tmp_path, limits) as owner:
        source = Source("slow", server.url, feeds=(server.at("/none"),), delay=0, timeout=2)
        told = owner.crawl(Job(source, pending=(Link(server.at("/a")),)))
    said = told.dropped[server.at("/a")]
    assert said.startswith(("no complete answer within", "the time of this crawl is over")), said


def test_a_crawl_stops_at_its_bytes_and_says_so(tmp_path: Path) -> None:
    noise = page(b"<p>" + b"noise " * 20_000)
    paths = [f"/{number}" for number in range(60)]
    with RawServer(dict.fromkeys(paths, noise)) as server, Owner(tmp_path, replace(LIMITS, concurrency=2)) as owner:
        source = Source("noisy", server.url, feeds=(server.at("/none"),), delay=0, timeout=30, max_bytes=1_000_000)
        told = owner.crawl(Job(source, pending=tuple(Link(server.at(path)) for path in paths)))
    outcome = told.outcomes["noisy"]
    assert outcome.stopped_by == "bytes"
    assert "max_bytes allows 1000000" in outcome.message
    assert 9 <= len(told.pages) <= 12


def _closing_words(told: Told, address: str) -> list[str]:
    """How the crawl of an address's source ended, in words."""
    origin = address.rpartition("/")[0] + "/"
    return [words for url, words in told.dropped.items() if url == origin and address.endswith("/robots.txt")]
