"""CDXJ: the index with which replay programs find an address and a time in WARC files.

One line for each response: the address as a key that sorts well, the time, and a JSON object. Large indexes have the
"ZipNum" form: blocks of sorted lines, each in its own gzip member, and a second index of the first lines of the blocks.
Sources: https://specs.webrecorder.net/cdxj/0.1.0/, the rules of the Internet Archive's SURT.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from archive.core.urls import DEFAULT_PORTS, ascii_host
from archive.warc.http import parse_response
from archive.warc.records import Record, parse_moment

BLOCK = 300
"""Lines in a block, the same number as in other programs."""

_WWW = re.compile(r"www\d*\.")
_KEPT = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True)
class ZipNumBlock:
    """Lines of an index that are compressed together, and the line that says where they begin."""

    packed: bytes
    pointer: str


def surt(url: str) -> str:
    """The key of an address: "https://www.Example.org/News?b=1&a=2" is "org,example)/news?a=2&b=1".

    An address that cannot be parsed, or has no host ("dns:example.org"), is its own key. The package surt is not used:
    it loads the public suffix list, which is not needed for keys, and removes session parameters that can distinguish
    pages here. The published test vectors of surt pass (tests/archive/export/test_cdxj.py).
    """
    try:
        parts = urlsplit(url.strip())
        port = "" if parts.port in (None, DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    except ValueError:
        return url
    if not parts.netloc:
        return url
    host = _WWW.sub("", _ascii((parts.hostname or "").lower()).rstrip("."), count=1)
    path = _plain_path(_escaped(parts.path).lower())
    query = "&".join(sorted(_escaped(parts.query).lower().split("&")))
    return f"{','.join(reversed(host.split('.')))}{port}){path}" + (f"?{query}" if query else "")


def line(record: Record, offset: int, member: bytes, filename: str) -> str:
    """The line, without newline, for a response or revisit whose gzip member is at an offset of a file.

    Raises ValueError if its block is no HTTP response.
    """
    message = parse_response(record.block)
    revisit = record.type == "revisit"
    values = {
        "url": record.url,
        "mime": "warc/revisit" if revisit else re.split(r"[;\s]", message.get("Content-Type"), maxsplit=1)[0],
        "status": str(message.status),
        "digest": record.get("WARC-Payload-Digest"),
        "length": str(len(member)),
        "offset": str(offset),
        "filename": filename,
        "recordDigest": f"sha256:{hashlib.sha256(member).hexdigest()}",
    }
    stated = json.dumps({name: value for name, value in values.items() if value})
    return f"{surt(record.url)} {timestamp(record)} {stated}"


def is_not_modified(record: Record) -> bool:
    """Whether a record only says that nothing has changed (status 304), so that there is no page to show.

    If it were in the index, ReplayWeb.page would choose it and show nothing.
    """
    return record.get("WARC-Profile").endswith("/server-not-modified")


def timestamp(record: Record) -> str:
    """The time of a record in fourteen digits, to the second."""
    return f"{parse_moment(record.get('WARC-Date')):%Y%m%d%H%M%S}"


def blocks(lines: Iterable[str], filename: str) -> Iterator[ZipNumBlock]:
    """Blocks of sorted lines for a file with this name; the first pointer has the header in front."""
    waiting, offset = iter(lines), 0
    header = f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': filename})}\n"
    while chosen := list(islice(waiting, BLOCK)):
        packed = _member("".join(f"{each}\n" for each in chosen).encode())
        place = {"offset": offset, "length": len(packed), "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}"}
        yield ZipNumBlock(packed, f"{header}{chosen[0].split('{', 1)[0].strip()} {json.dumps(place)}\n")
        offset += len(packed)
        header = ""


def _member(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _ascii(host: str) -> str:
    try:
        return ascii_host(host)
    except ValueError:
        return host


def _plain_path(path: str) -> str:
    """A path without empty and dot segments and without a slash at its end."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment not in ("", "."):
            segments.append(segment)
    return f"/{'/'.join(segments)}"


def _escaped(text: str) -> str:
    """Percent-encoding in its normal form: only what must be encoded is encoded."""
    content = text.encode("utf-8", "surrogatepass")
    while (plain := unquote_to_bytes(content)) != content:
        content = plain
    return quote_from_bytes(content, safe=_KEPT)
