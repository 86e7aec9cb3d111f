"""Benchmark corpora: pairs of NAME.warc.gz (captured pages) and NAME.gold.jsonl (what is right for each, by url)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from archive.core.model import Capture, Response
from archive.core.urls import host


def name_of(path: Path) -> str:
    """The name of a corpus, from the path of its WARC file."""
    return path.name.removesuffix(".warc.gz")


def gold_of(path: Path) -> list[dict[str, Any]]:
    """What is right for each page of a corpus."""
    rows = path.with_name(name_of(path) + ".gold.jsonl").read_text("utf-8").split("\n")
    return [json.loads(row) for row in rows if row]


def responses(path: Path) -> Iterator[Response]:
    """The pages of a corpus, as captures."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
                status = int(record.http_headers.get_statuscode())
                capture = Capture(host(url), url, url, "page", at, status, "", "", 0, 0)
                yield Response(capture, tuple(record.http_headers.headers), record.content_stream().read())
