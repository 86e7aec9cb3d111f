"""clock.toml: which records were written while the clock was ahead, and by how much.

Written at the first crawl after the clock was put right, beside the WARC files, which keep the date that they were
given. A look counts for the moment at which it was made, so that what was seen since comes after it; a rebuild finds
the file as it was. Without it, a page that was read while the clock was a year ahead would be the latest for a year.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive import warc
from archive.core import toml
from archive.core.errors import WarcError
from archive.core.model import Capture
from archive.core.toml import LineIndex, TomlDocument, number_of, text_of

FILE = "clock.toml"
STEP = timedelta(minutes=5)
"""By so much a clock may be set back without anything being written down."""

_LONGEST = timedelta(days=30)
_BEGINNING = """\
# Records that were written while the computer's clock was ahead: those of `warc_file` that begin before the byte
# `before` and are dated later than `after` are taken to be `seconds` older than they say. Written by `dateline crawl`
# and `dateline run`; after a change `dateline rebuild` takes it up. One [[ahead]] for each file.
"""
_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock of commands, of the daemon and of crawls, which hand the time on as an argument."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Ahead:
    """Records of a WARC file, before a byte of it and dated later than a moment, that are older than they say."""

    warc_file: str
    before: int
    after: datetime
    by: timedelta

    def covers(self, capture: Capture) -> bool:
        """Whether a capture is one of these."""
        return capture.warc_file == self.warc_file and capture.warc_offset < self.before and self.after < capture.dated


class ClockCorrections:
    """The corrections of one archive. The file is read when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: tuple[Ahead, ...] | None = None

    def corrected(self, capture: Capture) -> Capture:
        """A capture at the moment at which it was made. Raises SourcesError where clock.toml holds a mistake."""
        found = next((ahead for ahead in self._all() if ahead.covers(capture)), None)
        return replace(capture, fetched_at=capture.dated - found.by, stated_at=capture.dated) if found else capture

    def note(self, captures: Iterable[Capture], now: datetime) -> None:
        """Write down that these captures of one source, dated later than now, were made before now.

        The last of them is taken to have been made just now, the others as long before it as they say. Where they are
        dated over more than 30 days it is rather now that is wrong: nothing is written.
        """
        new = [one for one in captures if not any(ahead.covers(one) for ahead in self._all())]
        if not new:
            return
        first, last = min(one.dated for one in new), max(one.dated for one in new)
        if last - first > _LONGEST:
            _log.warning("%s: captures are dated from %s to %s, later than now (%s). Is the clock right?",
                         new[0].source, first, last, now)  # fmt: skip
            return
        by = timedelta(seconds=-(-(last - now).total_seconds() // 1))
        made = [Ahead(name, self._end(name, new), now, by) for name in sorted({one.warc_file for one in new})]
        path = self.directory / FILE
        text = toml.read(path, "") if path.exists() else _BEGINNING
        for ahead in made:
            text = toml.appended(text, "ahead", _table(ahead))
        toml.write(path, text)
        self._known = load(path)
        _log.warning("the clock was ahead by %s: %s counts what was read of %s then as read until now",
                     by, FILE, new[0].source)  # fmt: skip

    def _all(self) -> tuple[Ahead, ...]:
        if self._known is None:
            self._known = load(self.directory / FILE)
        return self._known

    def _end(self, warc_file: str, captures: Iterable[Capture]) -> int:
        """Where a file ends now: what was written but is not in the tables yet is older than now too."""
        known = max(one.warc_offset + one.warc_length for one in captures if one.warc_file == warc_file)
        try:
            return max(known, warc.locate(self.directory, warc_file).stat().st_size)
        except (WarcError, OSError):
            return known


def load(path: Path) -> tuple[Ahead, ...]:
    """The corrections of a file, none where it is not there. Raises SourcesError naming file, line, field, expected."""
    if not path.exists():
        return ()
    text = toml.read(path, "")
    reading = TomlDocument(LineIndex(text))
    document = toml.tables(text, str(path))
    reading.unknown(document, ("ahead",), 0)
    tables, lines = document.get("ahead", []), reading.lines.tables("ahead")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        reading.note(1, "ahead", "expected [[ahead]] (with two brackets) before each file")
        tables = []
    found = [
        _ahead(table, reading, line)
        for table, line in zip(tables, lines if len(lines) == len(tables) else [1] * len(tables), strict=True)
    ]
    reading.refuse_mistakes(str(path))
    return tuple(one for one in found if one)


def _ahead(table: Mapping[str, Any], reading: TomlDocument, line: int) -> Ahead | None:
    values = reading.values(table, _READERS, line)
    for field in _READERS:
        if field not in table:
            reading.note(max(line, 1), field, "expected; it is not there")
    if values.keys() < _READERS.keys():
        return None
    return Ahead(values["warc_file"], values["before"], values["after"], timedelta(seconds=values["seconds"]))


def _table(ahead: Ahead) -> dict[str, Any]:
    return {
        "warc_file": ahead.warc_file,
        "before": ahead.before,
        "after": ahead.after.astimezone(UTC),
        "seconds": int(ahead.by.total_seconds()),
    }


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a moment with its zone, such as 2026-03-11T09:30:00Z")
    return value


_READERS = {
    "warc_file": text_of('the name of a WARC file, such as "warc/valdora/2028-11.warc.gz"'),
    "before": number_of("a number of bytes", 0, 2**60, whole=True),
    "after": _moment,
    "seconds": number_of("a whole number of seconds", 1, 10**10, whole=True),
}
