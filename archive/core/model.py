"""The values that pass between packages: frozen, picklable, without I/O; times are aware, in UTC unless stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

Kind = Literal["page", "feed", "sitemap", "listing", "robots", "redirect", "probe", "raw", "asset"]
"""What a response was fetched as. Only a page can become an article.
probe: an address that cannot exist, requested to learn how the site says "not found"; or, with a link, the site's home
page or list, to know it where the site shows it in place of a page. raw: an answer in place of which another counts: a
page of which a browser made something, a redirect over a login and back. asset: what a page asks for
in the browser (scripts, data); it is not archived."""

PageKind = Literal[
    "release",
    "listing",
    "home",
    "error",
    "missing",
    "maintenance",
    "consent",
    "challenge",
    "paywalled",
    "unread",
    "other",
]
"""The kind of a page. Only a release (a news article counts as one) becomes an article.
missing: it says that nothing is at its address, though the server answered 200 (a soft 404). error: it cannot be read.
maintenance: it says that its site is closed for a while. unread: we could not read it yet (`Unread`)."""

Failure = Literal["record", "process", "fault"]
"""Why we could not read a capture.
record: its WARC file is absent, or its record is damaged. process: the process that read it ended: the page takes too
much time or memory, or somebody killed the process. fault: an error in our own code."""


@dataclass(frozen=True)
class Link:
    """An address that a feed, sitemap, listing or person named, with what was stated about it there.

    `published` is as stated, ISO 8601, with an offset if one was given; `via` is the address of the document.
    """

    url: str
    title: str = ""
    published: str = ""
    modified: str = ""
    via: str = ""


@dataclass(frozen=True)
class Policy:
    """When a source's articles are checked again, and when what is seen counts.

    An article is checked again at these `ages`, and then at intervals of `then`. An edit, or a missing page, counts
    after `confirm` checks have seen it; a missing page (404, 410 and similar) only if there is `gone_after` between the
    first and the last of these checks.
    """

    ages: tuple[timedelta, ...] = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168, 720))
    then: timedelta = timedelta(days=365)
    gone_after: timedelta = timedelta(days=1)
    confirm: int = 2


ExecutorKind = Literal["processes", "dask"]
"""Where pages are read: in processes of this machine, or on the workers of a Dask cluster."""


@dataclass(frozen=True)
class Processing:
    """Where pages are read. `address` is that of a Dask scheduler.

    `workers`: how many processes (0: one for each core), or how many workers of the cluster must be there at the start
    (0: one).
    """

    executor: ExecutorKind = "processes"
    address: str = ""
    workers: int = 0


@dataclass(frozen=True)
class Validators:
    """What a conditional request for an address needs, and the newest full capture, which an equal answer refers to."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    captured_at: datetime | None = None
    captured_url: str = ""


@dataclass(frozen=True)
class HostRest:
    """A host that asked us to wait until a moment, with its refusal in words."""

    host: str
    until: datetime
    reason: str = ""


@dataclass(frozen=True)
class KnownDocument:
    """A feed, sitemap, listing or robots.txt that was read before. Without validators it is fetched in full.

    `complete` says that the pagination of a listing was once read to the end. `full_at` is when its body was last read
    (the answer was not 304), `links` how many links it had then, `note` what was left out. `problem` says in words why
    nothing could be learned from it. `reread`: its links must be read even if its bytes are the same.

    `root`: the crawl of the source begins with it. `watched`: every crawl reads it, because it names links that no
    other root has. `recent`: an interrupted crawl read it so recently that it need not be read again. `through`: the
    link by which a consent wall let through to it.
    """

    url: str
    kind: Kind
    validators: Validators = field(default_factory=Validators)
    complete: bool = False
    full_at: datetime | None = None
    links: int = 0
    note: str = ""
    problem: str = ""
    reread: bool = False
    root: bool = False
    watched: bool = True
    recent: bool = False
    through: str = ""


@dataclass(frozen=True)
class Recheck:
    """An article's address to check again, with what a conditional request for it needs, and what a list called it."""

    url: str
    validators: Validators = field(default_factory=Validators)
    link: Link | None = None


@dataclass(frozen=True)
class CrawlCounts:
    """What a crawl of a source changed in the archive.

    `new`, `edited` and `gone` count articles, `unchanged` captures that only confirmed one, `dropped` addresses that
    gave no response.
    """

    new: int = 0
    edited: int = 0
    gone: int = 0
    unchanged: int = 0
    dropped: int = 0

    def __add__(self, other: CrawlCounts) -> CrawlCounts:
        """The counts of both crawls together."""
        mine, theirs = astuple(self), astuple(other)
        return CrawlCounts(*(one + two for one, two in zip(mine, theirs, strict=True)))


Truncation = Literal["", "length", "time", "disconnect", "unspecified"]
"""Why the body of a response is incomplete, in the words of WARC-Truncated; "" if it is complete.

disconnect: the connection ended before the stated length, or before the last chunk.
"""


@dataclass(frozen=True)
class Exchange:
    """One HTTP request and its response as they were sent and received, to be written to a WARC file.

    `body` is still content-encoded; the transfer coding is already decoded. Header values are as they came, in order.
    `link` is what discovery knew about the address. `asked` is the address at the start of the redirects that led here.
    `head` is the status line and the header lines byte for byte, if known (empty if there are only the pairs of
    `response_headers`). `truncated` says that the body is incomplete. `record_id` is that of the response's record (""
    for a new one). One that `converts` the record with an id is what a browser made of it, with no request of its own.
    """

    source: str
    url: str
    kind: Kind
    fetched_at: datetime
    status: int
    reason: str
    request_headers: tuple[tuple[str, str], ...]
    response_headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str = ""
    http_version: str = "1.1"
    method: str = "GET"
    asked: str = ""
    link: Link | None = None
    earlier: Validators | None = None
    head: bytes = b""
    truncated: Truncation = ""
    record_id: str = ""
    converts: str = ""


@dataclass(frozen=True)
class Capture:
    """A response that is safely in a WARC file: its place and what it was. Ingest works with these.

    `warc_file` is relative to the archive directory, with forward slashes. `warc_offset` and `warc_length` (bytes)
    locate the response or revisit record's own gzip member. `digest` is the payload digest ("sha1:...") of the full
    body; for a `revisit` that of the capture it refers to. `asked` differs from `url` after a redirect. If the body is
    `truncated` (as the record states, or because it is shorter than its own Content-Length), its text is no edit.
    `stated_at` is the moment that the record states, where the clock was ahead then; None where that is `fetched_at`.
    """

    source: str
    url: str
    asked: str
    kind: Kind
    fetched_at: datetime
    status: int
    digest: str
    warc_file: str
    warc_offset: int
    warc_length: int
    revisit: bool = False
    etag: str = ""
    last_modified: str = ""
    location: str = ""
    content_type: str = ""
    link: Link | None = None
    truncated: Truncation = ""
    stated_at: datetime | None = None

    @property
    def dated(self) -> datetime:
        """The moment that its record states."""
        return self.stated_at or self.fetched_at


@dataclass(frozen=True)
class Response:
    """The HTTP response of a capture with the content coding decoded, ready for extraction.

    `truncated` says why `body` is not the whole page: as the capture does, or because its coding breaks off.
    """

    capture: Capture
    headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: Truncation = ""


@dataclass(frozen=True)
class Removed:
    """A passage that cleaning removed from a page's text: its place, its text, and the reason.

    `position` counts the lines of the text before removal, from 0. `why` is one of: repeated, cue, decided, credit,
    contact, header, end mark. `fingerprint` is the hash of the block if the source's template knew it.
    """

    position: int
    text: str
    why: str
    fingerprint: int | None = None


@dataclass(frozen=True)
class Contact:
    """A media contact that a release names."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


SUMMARY = "summary"
"""The origin of a text that comes only from the page's markup, because the page shows none."""
PREVIEW = "preview"
"""The origin of a text that may be only its beginning: the page asks to subscribe or log in to read on."""


@dataclass(frozen=True)
class Extraction:
    """The content of one capture: the clean release, its metadata, and what was removed.

    `text` is paragraphs joined by a blank line. Dates are ISO 8601, as precise as the page is. `origins`: where a field
    comes from ("json-ld", "meta", "time", "text", "url", "feed", "htmldate"); for `text`, if the page shows none, from
    which markup ("json-ld", SUMMARY), or PREVIEW. `asides`: marks of lines in it that only lead to other releases.
    `links`: lines below the text that lead to more. `folds`, `reached`, `signed`: marks of labels that unfold, of lines
    with contacts, of short ones with authors.
    """

    url: str
    title: str
    text: str
    subtitle: str = ""
    published_at: str = ""
    modified_at: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    image_caption: str = ""
    dateline: str = ""
    issuer: str = ""
    attribution: str = ""
    embargo_until: str = ""
    contacts: tuple[Contact, ...] = ()
    photo_credits: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    notes: str = ""
    tickers: tuple[str, ...] = ()
    reference: str = ""
    removed: tuple[Removed, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    asides: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    folds: tuple[int, ...] = ()
    reached: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """Why a page did not become an article, in words for a person; `kind` is the kind of the page.

    Of a list, a home page or a page of another kind that has text also the `title` that was read, and how the page
    begins as `text`: its own title in the first line, then all that it shows.
    """

    kind: PageKind
    reason: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Unread:
    """Why a capture could not be read now, in words for a person. This is our failure, so it is tried again."""

    kind: Failure
    reason: str


def as_json(value: Any) -> Any:
    """A value of this module as plain JSON types (dataclasses to objects, tuples to arrays, times to ISO 8601)."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_json(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value
