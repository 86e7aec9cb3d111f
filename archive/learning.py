"""What sources repeat, as kept in archive.db: each source's template memory, and the table of its boilerplate."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from archive.model import ArchiveError
from archive.rows import boilerplate_number, moment
from archive.schema import Database
from archive.template import Memory, Sample, Template, changed, learn

_SOURCES_IN_MEMORY = 64
_WEIGH_SHARE = 2
_WEIGH_PAGES = 100

Lesson = tuple[Sample, datetime]
"""What one page teaches, and the moment of its capture."""


@dataclass(frozen=True)
class Edition:
    """A source's template as it was at some moment, also packed for the way to another process."""

    template: Template
    packed: bytes


@dataclass
class _Learned:
    """A source's memory, the template last made of it, and how many pages it took in since."""

    memory: Memory
    edition: Edition
    unweighed: int = 0


class Learning:
    """The templates of an archive's sources. Methods that write want to be inside the store's `writing` block.

    A template is made anew when the memory grew by half or by 100 pages, and by `weigh`. The one in use is stored
    with the memory, so that a new one is always compared with that by which the articles were read.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self._learned: OrderedDict[str, _Learned] = OrderedDict()

    def edition(self, source: str) -> Edition:
        """What is known to repeat on a source's pages."""
        return self._of(source).edition

    def learn(self, source: str, lessons: Iterable[Lesson]) -> frozenset[int]:
        """Learn from pages; the blocks on which the verdict is now another than before."""
        learned = self._of(source)
        for sample, at in lessons:
            learned.memory = learn(learned.memory, sample, at)
            learned.unweighed += 1
        weighed = learned.edition.template.pages
        if learned.unweighed >= min(max(weighed // _WEIGH_SHARE, 1), _WEIGH_PAGES):
            return self.weigh(source)
        self._save(source, learned)
        return frozenset()

    def weigh(self, source: str) -> frozenset[int]:
        """Make a source's template of all it remembers; the blocks on which the verdict is now another than before."""
        learned = self._of(source)
        if not learned.unweighed:
            return frozenset()
        current = learned.memory.template()
        differing = changed(learned.edition.template, current)
        if current != learned.edition.template:
            learned.edition = _edition(current)
        learned.unweighed = 0
        self._save(source, learned)
        return differing

    def unfinished(self) -> tuple[str, ...]:
        """The sources that learned from pages since `tabulate`, perhaps before this process began."""
        return tuple(row[0] for row in self.db.execute("select source from templates where not tabulated").fetchall())

    def forget(self) -> None:
        """Read every memory from the database again: what was learned in a transaction that failed is not kept."""
        self._learned.clear()

    def tabulate(self, source: str) -> None:
        """Bring the table `boilerplate` of a source to what is known now."""
        self.db.execute("delete from boilerplate where source = ? and state = 'active'", (source,))
        self.db.conn.executemany(
            "insert or ignore into boilerplate (id, source, fingerprint, text, documents, first_seen, last_seen, why)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    boilerplate_number(source, item.fingerprint),
                    source,
                    item.fingerprint,
                    item.text,
                    item.documents,
                    moment(item.first_seen),
                    moment(item.last_seen),
                    item.why,
                )
                for item in self._of(source).memory.known()
            ],
        )
        self.db.execute("update templates set tabulated = 1 where source = ?", (source,))

    def _of(self, source: str) -> _Learned:
        learned = self._learned.get(source)
        if learned is None:
            learned = self._learned[source] = self._stored(source)
            if len(self._learned) > _SOURCES_IN_MEMORY:
                self._learned.popitem(last=False)
        self._learned.move_to_end(source)
        return learned

    def _stored(self, source: str) -> _Learned:
        row = self.db.execute(
            "select memory, template, unweighed from templates where source = ?", (source,)
        ).fetchone()
        if row is None:
            return _Learned(Memory.empty(), _edition(Template()))
        try:
            return _Learned(Memory.from_bytes(row[0]), Edition(unpacked(row[1]), row[1]), row[2])
        except ValueError as error:
            raise ArchiveError(
                f"What was learned of {source} is kept in a form that this version does not read ({error}). Run "
                "`dateline rebuild`: it learns again from the WARC files."
            ) from error

    def _save(self, source: str, learned: _Learned) -> None:
        self.db.execute(
            "insert or replace into templates (source, memory, template, unweighed, tabulated, pages)"
            " values (?, ?, ?, ?, 0, ?)",
            (
                source,
                learned.memory.to_bytes(),
                learned.edition.packed,
                learned.unweighed,
                learned.edition.template.pages,
            ),
        )


def unpacked(packed: bytes) -> Template:
    """A template as it was packed. Not a pickle: a database may come from elsewhere, and a pickle can run code."""
    values = json.loads(zlib.decompress(packed))
    typed: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Template(**typed)


def _edition(current: Template) -> Edition:
    values = {item.name: getattr(current, item.name) for item in fields(current)}
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
    return Edition(current, zlib.compress(json.dumps(plain).encode("ascii"), 1))
