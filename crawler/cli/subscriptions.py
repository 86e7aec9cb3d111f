"""Lists of newsrooms from other programs and for them: OPML, which feed readers write and read, and CSV.

What is wrong with a row is a mistake of that row, with what to do; the other rows are read. Sources: OPML 2.0
(opml.org/spec2.opml), RFC 4180 (CSV). Of an outline the attributes xmlUrl, htmlUrl, url, title and text are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from archive.core.counted import count
from archive.core.errors import CrawlError
from archive.core.urls import canonical
from crawler.discover.opml import outlines
from crawler.sources.sources import Source

_COLUMNS = ("url", "feed", "title", "name")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_SAVE_AGAIN = 'in a spreadsheet, "CSV UTF-8 (comma delimited)"'
_CUT = "Was it cut off? Export or download it once more"


class UnreadableList(CrawlError):
    """A file of newsrooms cannot be read."""


@dataclass(frozen=True)
class Subscription:
    """A newsroom in such a list, and where it stands ("row 3"). One of `url` and `feed` may be empty."""

    url: str
    feed: str = ""
    title: str = ""
    name: str = ""
    where: str = ""


@dataclass(frozen=True)
class Mistake:
    """What of a list cannot be read: where, what stands there, and in words what to do."""

    where: str
    found: str
    words: str


@dataclass(frozen=True)
class Listed:
    """The newsrooms of a list, in its order, and what of it could not be read."""

    found: tuple[Subscription, ...]
    mistakes: tuple[Mistake, ...] = ()


def from_opml(body: bytes) -> Listed:
    """The newsrooms of an OPML file, folders apart. Raises UnreadableList where it names none."""
    if not body.strip():
        raise UnreadableList("the OPML file is empty: export the feeds of your feed reader once more.")
    read = outlines(body)
    mistakes = [
        Mistake(f"line {one.line}", one.feed or one.page, _not_utf8("its title or address", "the file as UTF-8"))
        for one in read.found
        if _UNKNOWN in f"{one.title}{one.feed}{one.page}"
    ]
    spoiled = {mistake.where for mistake in mistakes}
    found = [
        Subscription(one.page, one.feed, one.title, "", f"line {one.line}")
        for one in read.found
        if _UNKNOWN not in f"{one.title}{one.feed}{one.page}"
    ]
    if read.broken_at:
        words = f"the file is not well-formed XML from here on, and what follows may be lacking. {_CUT}."
        mistakes.append(Mistake(f"line {read.broken_at}", "", words))
    if not found and not spoiled:
        what = f"its first tag is <{read.root}>" if read.root not in ("", "opml") else "it names no newsroom"
        what = what if read.root else "it is not XML"
        broken = f" It is not well-formed from line {read.broken_at} on. {_CUT}." if read.broken_at else ""
        raise UnreadableList(
            f"the OPML file names no feed ({what}): it must have outlines with an xmlUrl or a url.{broken} A table of"
            " addresses is added with --csv."
        )
    return Listed(tuple(found), tuple(mistakes))


def from_csv(body: bytes) -> Listed:
    """The newsrooms of a CSV file: with a first row of column names, or only addresses. Rows are counted from 1, as a
    spreadsheet counts them. Raises UnreadableList where no row can be read.
    """
    text = _text(body)
    ends_within = not text.endswith(("\n", "\r"))
    rows = [(n, row, words) for n, row, words in _rows(text) if words or any(row)]
    if not rows:
        raise UnreadableList("the CSV file is empty: it must have a row for each newsroom, with its address.")
    header = [cell.lower() for cell in rows[0][1]]
    if not set(header) & {"url", "feed"}:
        if not any(map(_is_address, rows[0][1])):
            raise UnreadableList(_no_column(rows[0][1], [row for _, row, _ in rows[1:]]))
        header = []
    elif len(rows) == 1:
        raise UnreadableList("the CSV file has names of columns, but no row below them: nothing is there to add.")
    found: list[Subscription] = []
    mistakes: list[Mistake] = []
    for n, row, words in rows[1:] if header else rows:
        named = dict(zip(header, row, strict=False)) if header else {"url": next(filter(_is_address, row), row[0])}
        address = named.get("url") or named.get("feed", "")
        words = words or _wrong(header, row, address, ends_within and n == rows[-1][0])
        if words:
            mistakes.append(Mistake(f"row {n}", address.encode("utf-8", "replace").decode(), words))
        else:
            url, feed, title, name = (named.get(column, "") for column in _COLUMNS)
            found.append(Subscription(url, feed, title, name, f"row {n}"))
    return Listed(tuple(found), tuple(mistakes))


def to_opml(sources: Iterable[Source]) -> str:
    """An OPML file of sources: their first feeds, and their pages."""
    lines = [
        f"    <outline type={quoteattr('rss' if source.feeds else 'link')} text={quoteattr(source.title)}"
        f" title={quoteattr(source.title)}"
        + (f" xmlUrl={quoteattr(source.feeds[0])} htmlUrl=" if source.feeds else " url=")
        + f"{quoteattr(source.url)}"
        + (f" category={quoteattr(','.join(source.tags))}/>" if source.tags else "/>")
        for source in sources
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Dateline</title></head>\n  <body>'
    )
    return "\n".join([head, *lines, "  </body>\n</opml>"])


def _text(body: bytes) -> str:
    """The text of a table; bytes that are not UTF-8 become lone surrogates, which `_wrong` finds in their row."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if body.startswith(b"PK\x03\x04"):
        raise UnreadableList(f"the file is a spreadsheet or an archive, and no CSV: save it as CSV ({_SAVE_AGAIN}).")
    if b"\0" in body:
        raise UnreadableList(f"the CSV file is no text (it has zero bytes): save it as UTF-8 ({_SAVE_AGAIN}).")
    return body.decode("utf-8-sig", "surrogateescape")


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Each row: its number, its cells, and what is wrong with it ("" for nothing).

    A quotation mark that is never closed spoils its own line; the lines below it are rows.
    """
    first = text.partition("\n")[0]
    delimiter = next((one for one in ("\t", ";") if one in first), ",")
    lines = list(io.StringIO(text, newline=""))
    number = at = 0
    while at < len(lines):
        number += 1
        cells, used, words = _row(lines, at, delimiter)
        yield number, [cell.strip() for cell in cells], words
        at += max(used, 1)


def _row(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    """The row that begins on a line: its cells, on how many lines it stands, and what is wrong with it."""
    words = ""
    for rest, strict in ((range(at, len(lines)), True), (range(at, at + 1), False)):
        reader = csv.reader((lines[n] for n in rest), delimiter=delimiter, strict=strict)
        try:
            return next(reader, []), reader.line_num, words
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                words = f"a quotation mark that opens here is never closed: close it. {_CUT}."
    return [], 1, words or "it is no row of a table"


def _wrong(header: Sequence[str], row: Sequence[str], address: str, is_cut: bool) -> str:
    """What is wrong with a row, and what to do; "" for nothing. `is_cut`: it is the last, and has no line end."""
    spoiled = next((n for n, cell in enumerate(row) if any("\udc80" <= letter <= "\udcff" for letter in cell)), None)
    if spoiled is not None:
        what = f'its "{header[spoiled]}"' if spoiled < len(header) else "it"
        return _not_utf8(what, f"the table as UTF-8 ({_SAVE_AGAIN})")
    if not address:
        return "it has no address: fill in its url, or take the row out."
    if header and is_cut and len(row) < len(header):
        return (
            f"the file ends within this row, which has {count(len(row), 'value')} for {len(header)} columns. {_CUT}."
            " If the row is whole, end it with a line break."
        )
    if header and any(row[len(header) :]):
        return (
            f"it has {len(row)} values for {count(len(header), 'column')}: put a value that holds the separator in"
            ' quotation marks ("Harbours, ports and quays").'
        )
    return ""


def _not_utf8(what: str, save: str) -> str:
    return f"{what} is not UTF-8 text, so its letters cannot be told: save {save}, and add it again."


def _is_address(cell: str) -> bool:
    return bool(canonical(cell if "://" in cell else f"https://{cell}")) and ("." in cell or "://" in cell)


def _no_column(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """That no column is called url, with the one that was perhaps meant."""
    addresses = [sum(map(_is_address, column)) for column in zip(*rows, strict=False)]
    likely = names[addresses.index(max(addresses))] if any(addresses) else ""
    meant = f'"{likely}" has addresses: call it url.' if likely else "Call the one with the addresses url."
    return f"row 1 of the CSV file names no column url and no column feed, but {', '.join(names)}. {meant}"
