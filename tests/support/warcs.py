"""A fictional exchange, and what other programs make of the WARC files it is written to."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.core.model import Capture, Exchange
from archive.warc import WarcWriter, files

AT = datetime(2026, 11, 24, 9, 30, 15, 250_000, tzinfo=UTC)
PAGE = (
    "<html><title>Harbour opens</title><p>The port of Velmora opened its second quay. Überfällig.</p></html>".encode()
)
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("ETag", '"v1"'),
    ("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT"),
)


def exchange(**changes: Any) -> Exchange:
    plain = Exchange(
        source="velmora",
        url="https://press.velmora.example/news/quay?lang=en",
        kind="page",
        fetched_at=AT,
        status=200,
        reason="OK",
        request_headers=(("Host", "press.velmora.example"), ("User-Agent", "Dateline/0.1")),
        response_headers=HEADERS,
        body=PAGE,
        ip="192.0.2.7",
    )
    return replace(plain, **changes)


def written(directory: Path, *exchanges: Exchange) -> tuple[Capture, ...]:
    writer = WarcWriter(directory, "Dateline/0.1", "press-archive@velmora.example")
    for one in exchanges:
        writer.write(one)
    captures = writer.sync()
    writer.close()
    return captures


def check(directory: Path) -> None:
    """What `warcio check` does; fails where it would."""

    class Command:
        inputs = [str(directory / name) for name in files(directory)]  # noqa: RUF012
        verbose = False

    assert Command.inputs
    assert Checker(Command).process_all() == 0


def known_to_warcio(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    with path.open("rb") as stream:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]


def damage(archive: Path) -> list[str]:
    """The files in which `warcio check` finds something wrong."""
    quiet = Namespace(verbose=False, inputs=[])
    checked = [(str(path), Checker(quiet)) for path in sorted((archive / "warc").rglob("*.warc.gz"))]
    assert checked
    for path, checker in checked:
        checker.process_one(path)
    return [path for path, checker in checked if checker.exit_value]
