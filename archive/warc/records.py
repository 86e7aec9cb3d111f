"""WARC records as bytes: an exchange becomes records, a record becomes a capture. Pure.

ISO 28500:2017 (WARC 1.1), https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
The records are not written with warcio, because its writer percent-encodes header bytes beyond ASCII, which would
change what the server sent, and because it takes several times as long. In the tests, warcio reads and checks them.

The payload digest is the digest of the body as it is in the record, still content-encoded. Equal digests mean equal
bytes from the server. If a server compresses one page in two ways, that only costs one more full record.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, cast, get_args
from urllib.parse import quote

from archive.core.credentials import without_user
from archive.core.model import Capture, Exchange, Kind, Link, Truncation
from archive.warc import redirect
from archive.warc.http import Headers, Message, parse_headers, parse_response, request_head, response_head, split_head

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_RESPONSE = ("Content-Type", "application/http; msgtype=response")
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_FOURTEEN = re.compile(r"\A(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z?\Z")
_LEAP_SECOND = re.compile(r"(T\d\d:\d\d):60")
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
CAPTURED = ("response", "revisit", "conversion")
"""The types of records that are captures: answers, and what a browser made of one."""

_WITHOUT_BODY = frozenset((204, 304))
_LINK_FIELDS = tuple(field.name for field in fields(Link))


@dataclass(frozen=True)
class Record:
    """A WARC record: its named fields in order, and its block."""

    fields: Headers
    block: bytes

    def get(self, name: str) -> str:
        """The first field of that name in any case; "" if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), "")

    @property
    def type(self) -> str:
        return self.get("WARC-Type").lower()

    @property
    def url(self) -> str:
        """The target URI, without the angle brackets around it that wget and the grammar of WARC 1.0 have, and without
        a user name and a password: other programs write there with what they logged in."""
        return public_value("WARC-Target-URI", self.get("WARC-Target-URI"))


def public_value(name: str, value: str) -> str:
    """The value of a field as it may be told: an address without angle brackets, a user name and a password."""
    return without_user(value.removeprefix("<").removesuffix(">")) if name.lower().endswith("-target-uri") else value


def digest(content: bytes) -> str:
    """A digest as WARC files state it: SHA-1 in base 32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode("ascii")


def moment(at: datetime) -> str:
    """A WARC-Date: UTC, with microseconds if there are any (WARC 1.1 section 5.4)."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def parse_moment(text: str) -> datetime:
    """A WARC-Date of 1.0 or 1.1, or fourteen figures as in ARC and CDX; one without a zone is UTC. Raises ValueError.

    A leap second is the second before it: datetime has none.
    """
    stated = _FOURTEEN.sub(r"\1-\2-\3T\4:\5:\6", text.strip())
    try:
        at = datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", stated))
    except ValueError as error:
        raise ValueError(f"its date cannot be read: {text[:40]!r}") from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def to_bytes(record: Record) -> bytes:
    """A record as it is written to a file before compression, with its length and block digest."""
    stated = [*record.fields, ("WARC-Block-Digest", digest(record.block)), ("Content-Length", str(len(record.block)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in stated)
    return b"".join((b"WARC/1.1\r\n", head.encode(errors="replace"), b"\r\n", record.block, b"\r\n\r\n"))


def parse(content: bytes) -> tuple[Record, int]:
    """The first record of `content`, and its length in bytes with its closing empty lines.

    Raises ValueError if there is no complete record.
    """
    head, start = split_head(content)
    first, *lines = head.split(b"\n")
    if not first.startswith(b"WARC/") or start > len(content):
        raise ValueError(f"no WARC record but {content[:40]!r}")
    stated = Record(parse_headers(lines, "utf-8"), b"")
    length, there = int(stated.get("Content-Length")), len(content) - start
    if not 0 <= length <= there:
        raise ValueError(f"the record states {length} bytes and has {there}")
    end = start + length
    tail = 4 if content[end : end + 4] == b"\r\n\r\n" else 0
    return Record(stated.fields, content[start:end]), end + tail


def warcinfo(name: str, at: datetime, statements: Headers) -> Record:
    """The first record of a file: who made it, with what software, and by which rules."""
    block = "".join(f"{key}: {_line(value)}\r\n" for key, value in statements if value).encode()
    return Record(
        (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", new_id()),
            ("WARC-Date", moment(at)),
            ("WARC-Filename", name),
            ("Content-Type", "application/warc-fields"),
        ),
        block,
    )


def of_exchange(exchange: Exchange) -> tuple[Record, ...]:
    """The request and the response record of an exchange; the second is a revisit if the content is not new.

    What a browser made of a page is one conversion record (WARC 1.1 section 6.8), which refers to that page's.
    """
    if exchange.converts:
        return (_conversion(exchange),)
    response_id = exchange.record_id or new_id()
    shared = [("WARC-Target-URI", _uri(exchange.url)), ("WARC-Date", moment(exchange.fetched_at))]
    request = Record(
        (
            ("WARC-Type", "request"),
            ("WARC-Record-ID", new_id()),
            *shared,
            ("WARC-Concurrent-To", response_id),
            ("Content-Type", "application/http; msgtype=request"),
        ),
        request_head(exchange),
    )
    truncated = [("WARC-Truncated", exchange.truncated)] if exchange.truncated else []
    begin = [("WARC-Record-ID", response_id), *shared, *_address(exchange), *truncated, *_remarks(exchange), _RESPONSE]
    return request, _response(exchange, begin)


def capture(record: Record, source: str, warc_file: str, offset: int, length: int) -> Capture | None:
    """The capture in a record; None if the record is no HTTP response.

    An incomplete response gets no validators, so that it is requested again in full. A redirect to itself that another
    program recorded is a step on its way (it set a cookie), not what the address answers. Raises ValueError if a
    response record cannot be understood.
    """
    if record.type not in CAPTURED or not record.url.lower().startswith(("http:", "https:")):
        return None
    message = message_of(record)
    remarks = _read_remarks(record.get("WARC-JSON-Metadata"))
    truncation = _truncation(record, message)
    location = redirect.target(record.url, message.status, message.headers, message.body)
    return Capture(
        source=source,
        url=record.url,
        asked=without_user(str(remarks.get("asked") or record.url)),
        kind=_KINDS.get(str(remarks.get("kind")), "redirect" if location == record.url else "page"),
        fetched_at=parse_moment(record.get("WARC-Date")),
        status=message.status,
        digest=record.get("WARC-Payload-Digest") or ("" if record.type == "revisit" else digest(message.body)),
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=length,
        revisit=record.type == "revisit",
        etag="" if truncation else message.get("ETag"),
        last_modified="" if truncation else message.get("Last-Modified"),
        location=location,
        content_type=message.get("Content-Type"),
        link=_read_link(remarks.get("link")),
        truncated=truncation,
    )


def message_of(record: Record) -> Message:
    """The HTTP response of a record, or what a conversion record holds as one. Raises ValueError if there is none."""
    if record.type == "conversion":
        return Message(200, "OK", (("Content-Type", record.get("Content-Type")),), record.block)
    return parse_response(record.block)


def new_id() -> str:
    """A WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def _response(exchange: Exchange, begin: list[tuple[str, str]]) -> Record:
    head, earlier = response_head(exchange), exchange.earlier
    payload = digest(exchange.body)
    if exchange.status == 304:
        known = [("WARC-Payload-Digest", earlier.digest)] if earlier and earlier.digest else []
        return Record((*_revisit(exchange, "server-not-modified"), *begin, *known), head)
    if exchange.status == 200 and earlier and earlier.captured_at and earlier.digest == payload:
        stated = ("WARC-Payload-Digest", payload)
        return Record((*_revisit(exchange, "identical-payload-digest"), *begin, stated), head)
    return Record((("WARC-Type", "response"), *begin, ("WARC-Payload-Digest", payload)), head + exchange.body)


def _conversion(exchange: Exchange) -> Record:
    content_type = next((value for name, value in exchange.response_headers if name.lower() == "content-type"), "")
    return Record(
        (
            ("WARC-Type", "conversion"),
            ("WARC-Record-ID", exchange.record_id or new_id()),
            ("WARC-Target-URI", _uri(exchange.url)),
            ("WARC-Date", moment(exchange.fetched_at)),
            ("WARC-Refers-To", exchange.converts),
            *_remarks(exchange),
            ("WARC-Payload-Digest", digest(exchange.body)),
            ("Content-Type", content_type),
        ),
        exchange.body,
    )


def _revisit(exchange: Exchange, profile: str) -> list[tuple[str, str]]:
    fields = [("WARC-Type", "revisit"), ("WARC-Profile", _PROFILE + profile)]
    earlier = exchange.earlier
    if earlier and earlier.captured_at:
        fields.append(("WARC-Refers-To-Target-URI", _uri(earlier.captured_url or exchange.url)))
        fields.append(("WARC-Refers-To-Date", moment(earlier.captured_at)))
    return fields


def _address(exchange: Exchange) -> list[tuple[str, str]]:
    return [("WARC-IP-Address", _line(exchange.ip))] if exchange.ip else []


def _remarks(exchange: Exchange) -> list[tuple[str, str]]:
    """Facts that a rebuild needs and that are in no header, in a field that pywb and warcio keep."""
    remarks: dict[str, Any] = {"kind": exchange.kind}
    if exchange.asked and exchange.asked != exchange.url:
        remarks["asked"] = exchange.asked
    if exchange.link:
        remarks["link"] = {name: value for name in _LINK_FIELDS if (value := getattr(exchange.link, name))}
    return [("WARC-JSON-Metadata", json.dumps(remarks))]


def _read_remarks(text: str) -> dict[str, Any]:
    """Read these facts. Other programs also use the field, so it may contain anything."""
    try:
        remarks = json.loads(text or "{}")
    except ValueError:
        return {}
    return remarks if isinstance(remarks, dict) else {}


def _read_link(stated: Any) -> Link | None:
    if not isinstance(stated, dict):
        return None
    return Link(**{"url": "", **{name: str(stated[name]) for name in _LINK_FIELDS if name in stated}})


def _truncation(record: Record, message: Message) -> Truncation:
    """Why a record's body is incomplete: as it states, or because it is shorter than its own Content-Length.

    WARC 1.1 section 5.13 lets other programs use their own words; these only say that the body is incomplete.
    """
    stated = record.get("WARC-Truncated").strip().lower()
    if stated:
        return cast(Truncation, stated) if stated in get_args(Truncation) else "unspecified"
    if record.type != "response" or message.status in _WITHOUT_BODY or message.get("Transfer-Encoding"):
        return ""
    promised = message.get("Content-Length")
    is_short = promised.isascii() and promised.isdigit() and len(promised) < 16 and len(message.body) < int(promised)
    return "disconnect" if is_short else ""


def _uri(url: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match[0]), url)


def _line(text: str) -> str:
    return " ".join(text.split())
