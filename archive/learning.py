"""What sources repeat, as kept in archive.db: each source's template memory, and the table of its boilerplate."""

from __future__ import annotations

import pickle
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from archive.rows import boilerplate_number, moment
from archive.template import Memory, Sample, Template, changed, learn

_SOURCES_IN_MEMORY = 64

Lesson = tuple[Sample, datetime]
"""What one page teaches, and the moment of its capture."""


@dataclass(frozen=True)
class Edition:
    """A source's template as it was at some moment, also packed for the way to another process."""

    template: Template
    packed: bytes


@dataclass
class _Known:
    memory: Memory
    edition: Edition


class Learning:
    """The templates of an archive's sources. Methods that write want to be inside the store's `writing` block."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def edition(self, source: str) -> Edition:
        """What is known to repeat on a source's pages."""
        return self._of(source).edition

    def learn(self, source: str, lessons: Iterable[Lesson]) -> frozenset[int]:
        """Learn from pages; the blocks on which the verdict is another than before."""
        known = self._of(source)
        memory = known.memory
        for sample, at in lessons:
            memory = learn(memory, sample, at)
        template = memory.template()
        differing = changed(known.edition.template, template)
        self._known[source] = _Known(memory, _packed(template) if template != known.edition.template else known.edition)
        self.db.execute(
            "insert or replace into templates (source, memory, pages) values (?, ?, ?)",
            (source, memory.to_bytes(), len(memory)),
        )
        return differing

    def forget(self) -> None:
        """Read every memory from the database again: what was learned in a transaction that failed is not kept."""
        self._known.clear()

    def tabulate(self, source: str) -> None:
        """Bring the table `boilerplate` of a source to what is known now."""
        self.db.execute("delete from boilerplate where source = ? and state = 'active'", (source,))
        for known in self._of(source).memory.known():
            self.db.execute(
                "insert or ignore into boilerplate"
                " (id, source, fingerprint, text, documents, first_seen, last_seen, why)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    boilerplate_number(source, known.fingerprint),
                    source,
                    known.fingerprint,
                    known.text,
                    known.documents,
                    moment(known.first_seen),
                    moment(known.last_seen),
                    known.why,
                ),
            )

    def _of(self, source: str) -> _Known:
        known = self._known.get(source)
        if known is None:
            memory = self._stored(source)
            known = self._known[source] = _Known(memory, _packed(memory.template()))
            if len(self._known) > _SOURCES_IN_MEMORY:
                self._known.popitem(last=False)
        self._known.move_to_end(source)
        return known

    def _stored(self, source: str) -> Memory:
        row = self.db.execute("select memory from templates where source = ?", (source,)).fetchone()
        return Memory.from_bytes(row[0]) if row else Memory.empty()


def _packed(template: Template) -> Edition:
    return Edition(template, zlib.compress(pickle.dumps(template), 1))


def unpacked(packed: bytes) -> Template:
    """A template as another process sent it; only ever called on what this program packed itself."""
    template: Template = pickle.loads(zlib.decompress(packed))
    return template
