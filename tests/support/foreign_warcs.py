"""WARC files as other programs write them, of one fictional newsroom and what its pages load from elsewhere.

Each function imitates one program's records, in their order and with the fields that its documentation and files show:
GNU Wget (--warc-file), Heritrix 3, browsertrix-crawler (WACZ), warcit, Common Crawl, warcprox.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from archive.warc import records
from tests.support.archiving import DAY, page

SITE = "https://press.valdora.example"
RELEASES = tuple(f"{SITE}/news/{number}-path" for number in range(1, 4))


@dataclass(frozen=True)
class Answer:
    """What one address answered. `dest` is what a browser says that it asks for; `hops` Heritrix's way to it."""

    url: str
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    dest: str = "document"
    hops: str = "L"
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0
    version: str = "HTTP/1.1"

    @property
    def at(self) -> datetime:
        return DAY + timedelta(seconds=self.after)

    @property
    def head(self) -> bytes:
        lines = [f"{self.version} {self.status} Said"]
        lines += [f"Content-Type: {self.kind}"] if self.kind else []
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode()

    @property
    def block(self) -> bytes:
        return self.head + self.body


def newsroom() -> list[Answer]:
    """Three releases, and all that a browser meets on the way to them."""
    home = f'<html><title>Valdora Harbour</title><a href="/news/1-path">One</a><img src="{SITE}/logo.png"></html>'
    frames = (
        '<iframe src="https://ads.tracker.example/frame.html"></iframe>'
        "<script src='https://cdn.fast.example/app.js'></script>"
    )
    ad = "<html><title>Offer</title><body><h1>Buy now</h1>" + "<p>All shoes at half their price this week.</p>" * 9
    texts = [page(number).replace("</body>", frames + "</body>") for number in range(1, 4)]
    answers = [
        Answer(f"{SITE}/robots.txt", b"User-agent: *\nDisallow:\n", "text/plain", hops="P", dest="empty"),
        Answer(f"{SITE}/", home.encode(), hops=""),
        *(Answer(url, text.encode()) for url, text in zip(RELEASES, texts, strict=True)),
        Answer(f"{SITE}/logo.png", b"\x89PNG\r\n", "image/png", hops="E", dest="image"),
        Answer("https://cdn.fast.example/app.js", b"run()", "text/javascript", hops="LE", dest="script"),
        Answer("https://cdn.fast.example/lost.js", b"<html><title>404</title>", status=404, hops="LE", dest="script"),
        Answer("https://ads.tracker.example/frame.html", ad.encode(), hops="LE", dest="iframe"),
        Answer("https://ads.tracker.example/pixel?n=1", b"", hops="LE", dest="image"),
        Answer("https://login.tracker.example/sync", b"", "", 302, "image", "LE", headers=(("Location", "/pixel"),)),
        Answer(f"{SITE}/api/related", b'{"items": []}', "application/json", hops="LX", dest="empty"),
        Answer(f"{SITE}/search", page(9).encode(), method="POST", dest="empty", hops="LS"),
        Answer(f"{SITE}/news/2-path", b"", method="HEAD", hops="L"),
        Answer(f"{SITE}/annual-report.pdf", b"%PDF-1.7", "application/pdf"),
        Answer(f"{SITE}/never", b"", "", 0),
    ]
    return [replace(answer, after=float(number)) for number, answer in enumerate(answers)]


def moved(after: float = 1000) -> list[Answer]:
    """The first release answers at another address, by way of two redirects."""
    old, between, new = RELEASES[0], f"{SITE}/r?id=1", f"{SITE}/releases/section-1"
    return [
        Answer(old, b"", status=301, headers=(("Location", "/r?id=1"),), after=after),
        Answer(between, b"", status=302, headers=(("Location", new),), after=after + 1, hops="LR"),
        Answer(new, page(1).encode(), after=after + 2, hops="LRR"),
    ]


def record(kind: str, url: str, at: datetime, block: bytes, *fields: tuple[str, str], version: str = "1.0") -> bytes:
    """One record, uncompressed, with its fields in the order given."""
    stated = [
        ("WARC-Type", kind),
        *([("WARC-Target-URI", url)] if url else []),
        ("WARC-Date", f"{at:%Y-%m-%dT%H:%M:%SZ}"),
        *fields,
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in stated)
    return f"WARC/{version}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def wget(answers: Iterable[Answer]) -> bytes:
    """Addresses in angle brackets, requests before responses, its log and manifest in records of their own."""
    found = [record("warcinfo", "", DAY, b"software: Wget/1.21.3\r\n", ("Content-Type", "application/warc-fields"))]
    for answer in answers:
        asked, told = records.new_id(), records.new_id()
        found.append(
            record(
                "request",
                f"<{answer.url}>",
                answer.at,
                f"{answer.method} / HTTP/1.1\r\nReferer: {SITE}/\r\n\r\n".encode(),
                ("Content-Type", "application/http;msgtype=request"),
                ("WARC-Record-ID", asked),
                ("WARC-Concurrent-To", told),
            )
        )
        found.append(
            record(
                "response",
                f"<{answer.url}>",
                answer.at,
                answer.block,
                ("Content-Type", "application/http;msgtype=response"),
                ("WARC-Record-ID", told),
                ("WARC-Payload-Digest", records.digest(answer.body)),
            )
        )
    own = (f"<metadata://gnu.org/software/wget/warc/{name}>" for name in ("manifest.txt", "wget.log"))
    found += [record("resource", name, DAY, b"log") for name in own]
    return b"".join(map(gzip.compress, found))


def heritrix(answers: Iterable[Answer]) -> bytes:
    """A metadata record after each response says by which hops it was reached; addresses are resolved on record."""
    found = [record("warcinfo", "", DAY, b"software: Heritrix/3.4.0\r\n")]
    dns = b"20260302090000\npress.valdora.example.\t60\tIN\tA\t192.0.2.7\n"
    found.append(record("response", "dns:press.valdora.example", DAY, dns, ("Content-Type", "text/dns")))
    for answer in answers:
        told = records.new_id()
        found += [
            record("response", answer.url, answer.at, answer.block, ("WARC-Record-ID", told)),
            record(
                "request",
                answer.url,
                answer.at,
                f"{answer.method} / HTTP/1.0\r\n\r\n".encode(),
                ("WARC-Record-ID", records.new_id()),
                ("WARC-Concurrent-To", told),
            ),
            record(
                "metadata",
                answer.url,
                answer.at,
                (f"via: {SITE}/\r\nhopsFromSeed: {answer.hops}\r\n" if answer.hops else "seed: \r\n").encode(),
                ("Content-Type", "application/warc-fields"),
                ("WARC-Concurrent-To", told),
            ),
        ]
    return b"".join(map(gzip.compress, found))


def browsertrix(answers: Sequence[Answer], pages: Sequence[str]) -> bytes:
    """A WACZ file: requests of a browser, HTTP/2, a list of pages, and a record for each page of what it loaded."""
    found = [record("warcinfo", "", DAY, b"software: Browsertrix-Crawler 1.2\r\n", version="1.1")]
    for answer in answers:
        told = records.new_id()
        found.append(
            record(
                "response",
                answer.url,
                answer.at,
                replace(answer, version="HTTP/2").block,
                ("WARC-Record-ID", told),
                ("WARC-Protocol", "h2"),
                ("WARC-JSON-Metadata", '{"ipType": "Public", "cert": {"issuer": "Test"}}'),
                version="1.1",
            )
        )
        found.append(
            record(
                "request",
                answer.url,
                answer.at,
                f"{answer.method} / HTTP/1.1\r\nSec-Fetch-Dest: {answer.dest}\r\n\r\n".encode(),
                ("WARC-Record-ID", records.new_id()),
                ("WARC-Concurrent-To", told),
                version="1.1",
            )
        )
    for url in pages:
        loaded = {answer.url: {"status": answer.status, "type": answer.dest} for answer in answers}
        info = json.dumps({"url": url, "urls": {**loaded, url: {"status": 200, "type": "document"}}}).encode()
        found.append(record("resource", f"urn:pageinfo:{url}", DAY, info, ("Content-Type", "application/json")))
        found.append(record("resource", f"urn:text:{url}", DAY, b"Text", ("Content-Type", "text/plain")))
    listed = [{"format": "json-pages-1.0", "id": "pages"}, *({"url": url, "title": "x"} for url in pages)]
    return wacz(
        {
            "archive/rec-1.warc.gz": b"".join(map(gzip.compress, found)),
            "pages/pages.jsonl": "\n".join(map(json.dumps, listed)).encode(),
            "datapackage.json": b"{}",
        }
    )


def wacz(files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


def warcit(answers: Iterable[Answer]) -> bytes:
    """Files of a folder as resource records, their times those of the files; videos with conversions."""
    found = [record("warcinfo", "", DAY, b"software: warcit 0.4\r\n")]
    for answer in answers:
        source = ("WARC-Source-URI", "file://./site/index.html")
        kind = ("Content-Type", answer.kind.partition(";")[0])
        found.append(record("resource", answer.url, answer.at, answer.body, source, kind))
    found.append(record("conversion", f"{SITE}/film.webm", DAY, b"film", ("Content-Type", "video/webm")))
    return b"".join(map(gzip.compress, found))


def common_crawl(answers: Iterable[Answer]) -> bytes:
    """Pages of many sites: request, response, metadata on how long the fetch took; nothing on who linked to them."""
    found = [record("warcinfo", "", DAY, b"isPartOf: CC-MAIN-2026-10\r\n")]
    for answer in answers:
        asked, told = records.new_id(), records.new_id()
        together = ("WARC-Concurrent-To", asked)
        found += [
            record("request", answer.url, answer.at, b"GET / HTTP/1.1\r\n\r\n", ("WARC-Record-ID", asked)),
            record("response", answer.url, answer.at, answer.block, ("WARC-Record-ID", told), together),
            record("metadata", answer.url, answer.at, b"fetchTimeMs: 91\r\n", ("WARC-Concurrent-To", told)),
        ]
    return b"".join(map(gzip.compress, found))


@dataclass
class Revisits:
    """warcprox and the like: a body that was met before, at this or another address, is not stored again."""

    found: list[bytes] = field(default_factory=list)
    met: dict[str, Answer] = field(default_factory=dict)

    def add(self, *answers: Answer) -> bytes:
        for answer in answers:
            digest = records.digest(answer.body)
            earlier = self.met.get(digest)
            stated = [("WARC-Payload-Digest", digest), ("WARC-Record-ID", records.new_id())]
            if earlier and answer.body:
                refers = [
                    ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
                    ("WARC-Refers-To-Target-URI", f"<{earlier.url}>"),
                    ("WARC-Refers-To-Date", f"{earlier.at:%Y-%m-%dT%H:%M:%SZ}"),
                ]
                self.found.append(record("revisit", answer.url, answer.at, answer.head, *stated, *refers))
            else:
                self.found.append(record("response", answer.url, answer.at, answer.block, *stated))
                self.met[digest] = answer
        return b"".join(map(gzip.compress, self.found))


def save(folder: Path, name: str, content: bytes) -> Path:
    """A file with this content."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path
