"""Converts values of the model to rows of the tables and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from archive.core import urls
from archive.core.ids import boilerplate_number, capture_number
from archive.core.model import Capture, Contact, Extraction, Link, Removed, as_json

Row = dict[str, Any]
T = TypeVar("T")

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def moment(at: datetime) -> str:
    """An aware moment as stored: ISO 8601 in UTC, which sorts as text."""
    return at.astimezone(UTC).isoformat()


def moment_from(text: str) -> datetime:
    """A stored moment read back."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """A stored moment read back; None where none is stored."""
    return moment_from(text) if text else None


def asked_key(capture: Capture) -> str:
    """The identity of the address at the start of the redirects that led to a capture."""
    return urls.key(capture.asked or capture.url) or (capture.asked or capture.url)


def final_key(capture: Capture) -> str:
    """The identity of the address that answered."""
    return urls.key(capture.url) or capture.url


def capture_row(capture: Capture, page_kind: str, note: str) -> Row:
    """A row of `captures`, not yet of an article. `note` is empty for a page read as one, else the reason why not.

    `key` is the identity of the address asked for; `final_key` that of the one that answered, where it differs.
    """
    final = final_key(capture)
    return {
        "id": capture_number(capture),
        "article_id": None,
        "source": capture.source,
        "url": capture.asked or capture.url,
        "key": asked_key(capture),
        "final_key": final if final != asked_key(capture) else None,
        "article_key": None,
        "final_url": capture.url,
        "kind": capture.kind,
        "fetched_at": moment(capture.fetched_at),
        "stated_at": moment(capture.stated_at) if capture.stated_at else None,
        "status": capture.status,
        "digest": capture.digest,
        "revisit": int(capture.revisit),
        "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset,
        "warc_length": capture.warc_length,
        "page_kind": page_kind,
        "note": note,
        "truncated": capture.truncated,
        "link": json.dumps(as_json(capture.link), ensure_ascii=False) if capture.link else None,
    }


def capture_from(row: Mapping[str, Any]) -> Capture:
    """A capture from its row: enough to find its record again (its validators are in `urls`)."""
    return Capture(
        source=row["source"],
        url=row["final_url"],
        asked=row["url"],
        kind=row["kind"],
        fetched_at=moment_from(row["fetched_at"]),
        stated_at=moment_or_none(row["stated_at"]),
        status=row["status"],
        digest=row["digest"],
        warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
        warc_length=row["warc_length"],
        revisit=bool(row["revisit"]),
        truncated=row["truncated"],
        link=Link(**json.loads(row["link"])) if row["link"] else None,
    )


def storable(value: T) -> T:
    """A value of the model with texts that SQLite can store: no lone surrogates (JSON's \\ud83d), no NUL."""
    return cast(T, _storable(value))


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _storable_text(value)
    if value is None or isinstance(value, (int, float, bytes)):
        return value
    if isinstance(value, (tuple, list)):
        return type(value)(map(_storable, value))
    if isinstance(value, Mapping):
        return {_storable(name): _storable(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: _storable(getattr(value, item.name)) for item in fields(value)})
    return value


def _storable_text(text: str) -> str:
    if text.isascii():
        return text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


_LEARNED = ("repeated", "decided")
_PLAIN = (
    "url", "title", "subtitle", "text", "published_at", "modified_at", "language", "section", "image", "image_caption",
    "dateline", "issuer", "attribution", "embargo_until", "notes", "reference",
)  # fmt: skip
LISTS = ("authors", "tags", "contacts", "photo_credits", "about", "tickers", "links")
"""The columns of `articles` that are lists, each stored as JSON."""


def extraction_columns(extraction: Extraction) -> Row:
    """The columns of `articles` that come from what a page says."""
    row: Row = {name: getattr(extraction, name) for name in _PLAIN}
    for name in LISTS:
        row[name] = _json(as_json(getattr(extraction, name)))
    row["origins"] = _json(dict(sorted(extraction.origins.items())))
    row["published_day"] = published_day(extraction.published_at)
    row["word_count"] = count_words(extraction.text)
    return row


def extraction_from(row: Mapping[str, Any]) -> Extraction:
    """The present extraction of an article, read from its row, which does not have the passages removed."""
    values: dict[str, Any] = {name: row[name] or "" for name in _PLAIN}
    for name in LISTS:
        values[name] = tuple(json.loads(row[name]))
    values["contacts"] = tuple(Contact(**contact) for contact in values["contacts"])
    return Extraction(**values, origins=json.loads(row["origins"]))


def removed_rows(article_id: int, source: str, removed: Iterable[Removed]) -> list[Row]:
    """Rows of `removed`. If two passages have the same position (parts of one line), the second gets the next one."""
    rows: list[Row] = []
    taken: set[int] = set()
    for passage in sorted(removed, key=lambda passage: passage.position):
        position = passage.position
        while position in taken:
            position += 1
        taken.add(position)
        known = passage.fingerprint is not None and passage.why in _LEARNED
        rows.append(
            {
                "article_id": article_id,
                "position": position,
                "text": passage.text,
                "why": passage.why,
                "boilerplate_id": boilerplate_number(source, passage.fingerprint or 0) if known else None,
            }
        )
    return rows


def published_day(published_at: str) -> str | None:
    """The day of publication in the local time of the publisher, for sorting; None if unknown."""
    day = published_at[:10]
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


def count_words(text: str) -> int:
    """Words of a text; in scripts without spaces a character counts as one."""
    return len(words_of(text))


def words_of(text: str) -> list[str]:
    """The words that `count_words` counts."""
    unspaced = _UNSPACED.findall(text)
    return unspaced + _WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
