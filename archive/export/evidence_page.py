"""The two texts of an evidence pack that people read: the page (evidence.html) and README.txt. Pure.

The page is one HTML file that loads nothing from the network. Everything archived is hostile: the template escapes all
text, only http(s) addresses become links, and the policy of the page forbids scripts and requests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.store.rows import Row
from archive.text.diff import Fold, Paragraph, Run, compare, compare_line, compare_names, folded
from archive.text.wording import CHANGE, SEVERITY, STATUS, count, moment, paragraphs, readable, weblink


@dataclass(frozen=True)
class Case:
    """Everything about an article: rows of its tables, oldest first, and the records that prove them.

    `proofs` are the pack's records by the id of their capture.
    """

    article: Row
    source_title: str
    revisions: Sequence[Row]
    events: Sequence[Row]
    captures: Sequence[Row]
    proofs: Mapping[int, Proof]


@dataclass(frozen=True)
class Proof:
    """Where a record lies in the pack's WARC file, and its fingerprints.

    `sha256` is that of the whole uncompressed record, `payload_digest` the one that the record states of the body.
    """

    record_id: str
    type: str
    url: str
    date: str
    offset: int
    length: int
    sha256: str
    payload_digest: str
    block_digest: str


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=lambda name: bool(name) and str(name).endswith(".html"),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)
_TEMPLATES.filters.update(moment=moment, paragraphs=paragraphs, readable=readable, weblink=weblink)
_TEMPLATES.globals.update(CHANGE=CHANGE, SEVERITY=SEVERITY, STATUS=STATUS, count=count)


def page(case: Case, created: str, software: Mapping[str, str], verifying: str) -> str:
    """The whole page. `created` is an ISO 8601 time, `verifying` the text that says how to check the pack."""
    return _TEMPLATES.get_template("evidence.html").render(
        case=case,
        title=readable(case.article["title"]) or "Untitled",
        revisions=list(_changes(case.revisions)),
        verifying=verifying,
        created=created,
        software=", ".join(f"{name} {version}" for name, version in software.items()),
    )


def readme(example: Proof | None, records: str, collection: str) -> str:
    """The text that says how to verify a pack, with commands. `example` is a record to try the commands on.

    `records` and `collection` are the names of the pack's WARC and WACZ files.
    """
    return _TEMPLATES.get_template("evidence_readme.txt").render(
        offset=example.offset if example else 0,
        length=example.length if example else 0,
        sha256=example.sha256 if example else "",
        records=records,
        collection=collection,
    )


_Compared = tuple[Row, Sequence[Run], Sequence[Run], Sequence[Paragraph | Fold] | None]


def _changes(revisions: Sequence[Row]) -> Iterator[_Compared]:
    """Each revision with its title and authors, and its text compared with the revision before; no text for the first,
    and no authors where they are the same as before.
    """
    for before, row in zip((None, *revisions), revisions, strict=False):
        title = readable(row["title"])
        if before is None:
            authors = ", ".join(_authors(row) or ())
            yield row, compare_line(title, title), compare_line(authors, authors), None
        else:
            parts = folded(compare(readable(before["text"]), readable(row["text"])))
            others = compare_names(_authors(before), _authors(row))
            yield row, compare_line(readable(before["title"]), title), others, list(parts)


def _authors(row: Row) -> Sequence[str] | None:
    return [readable(name) for name in json.loads(row["authors"])] if row.get("authors") else None
