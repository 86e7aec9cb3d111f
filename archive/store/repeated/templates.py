"""What sources repeat, stored in archive.db: the samples and the template of each source, and the table
`boilerplate`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.boilerplate.decisions import Decided, Decision, by_source
from archive.boilerplate.sample import Sample
from archive.boilerplate.sample_set import TemplatePage
from archive.boilerplate.template import RepeatedPassage, Template, TemplateBuilder, changed, learn
from archive.core.errors import ArchiveError
from archive.core.ids import boilerplate_number
from archive.store.rows import moment
from archive.store.schema import Database

_SOURCES_IN_MEMORY = 64
_WEIGH_SHARE = 2
_STATE = {"keep": "kept", "remove": "removed"}

LearnedPage = tuple[Sample, datetime]
"""The sample of one page, and the moment of its capture."""


@dataclass(frozen=True)
class TemplateVersion:
    """A source's template at some moment, also packed for sending it to another process."""

    template: Template
    packed: bytes


@dataclass
class _Learned:
    """The template last made of a source's memory, how many pages it took in since, and the memory once it is used."""

    version: TemplateVersion
    new_pages: int = 0
    memory: TemplateBuilder | None = None


class TemplateStore:
    """The templates of an archive's sources. Call the methods that write inside the store's `writing` block.

    A template is built again when the pages learned since are half as many as the pages it was built from, and by
    `retrain`. The template in use is stored with the memory. A new template is always compared with the one by which
    the articles were read.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self._learned: OrderedDict[str, _Learned] = OrderedDict()
        self._decisions: Mapping[str, tuple[Decision, ...]] = {}
        self._decided: Mapping[str, Decided] = {}

    def decide(self, decisions: Iterable[Decision]) -> dict[str, frozenset[int]]:
        """Apply exactly these decisions; returns by source the blocks whose verdict has changed.

        The earlier decisions are in the tables, so changes are noticed even if they were made while nothing ran.
        """
        made: dict[str, list[Decision]] = {}
        for one in decisions:
            made.setdefault(one.source, []).append(one)
        self._decisions = {source: tuple(of_it) for source, of_it in made.items()}
        self._decided = by_source(one for of_it in made.values() for one in of_it)
        before = {row[0] for row in self.db.execute("select distinct source from boilerplate where state <> 'active'")}
        differing = {source: self._apply(source) for source in sorted(before | made.keys())}
        return {source: marks for source, marks in differing.items() if marks}

    def _apply(self, source: str) -> frozenset[int]:
        """Update a source's template and table to the decisions."""
        learned = self._of(source)
        current = self._with_decisions(source, learned.version.template)
        differing = changed(learned.version.template, current)
        if current != learned.version.template:
            learned.version = _edition(current)
            self._save(source, learned)
        if self._tabulated_decisions(source) != {
            (one.mark, _STATE[one.decision]) for one in self._decisions.get(source, ())
        }:
            self._write_table(source)
        return differing

    def _tabulated_decisions(self, source: str) -> set[tuple[int, str]]:
        rows = self.db.execute(
            "select fingerprint, state from boilerplate where source = ? and state <> 'active'", (source,)
        ).fetchall()
        return {(mark, state) for mark, state in rows}

    def _with_decisions(self, source: str, template: Template) -> Template:
        decided = self._decided.get(source, Decided())
        return template.decided(decided.keep, decided.remove)

    def version(self, source: str) -> TemplateVersion:
        """The present template of a source."""
        return self._of(source).version

    def learn(self, source: str, lessons: Iterable[LearnedPage]) -> frozenset[int]:
        """Learn from pages; returns the blocks whose verdict has changed."""
        learned = self._of(source)
        for sample, at in lessons:
            learned.memory = learn(self._memory(source), sample, at)
            learned.new_pages += 1
        if learned.new_pages >= max(learned.version.template.pages // _WEIGH_SHARE, 1):
            return self.retrain(source)
        self._save(source, learned)
        return frozenset()

    def retrain(self, source: str) -> frozenset[int]:
        """Build a source's template from all its samples; returns the blocks whose verdict has changed."""
        learned = self._of(source)
        if not learned.new_pages:
            return frozenset()
        current = self._with_decisions(source, self._memory(source).template())
        differing = changed(learned.version.template, current)
        if current != learned.version.template:
            learned.version = _edition(current)
        learned.new_pages = 0
        self._save(source, learned)
        return differing

    def unfinished(self) -> tuple[str, ...]:
        """The sources that learned from pages since `tabulate`, perhaps before this process began."""
        return tuple(
            row[0] for row in self.db.execute("select source from templates where not table_current").fetchall()
        )

    def forget(self) -> None:
        """Drop what is in memory and read it from the database again, after a transaction that failed."""
        self._learned.clear()

    def tabulate(self, source: str) -> None:
        """Update the table `boilerplate` of a source to what is learned and decided now."""
        self._write_table(source)
        self.db.execute("update templates set table_current = 1 where source = ?", (source,))

    def _write_table(self, source: str) -> None:
        memory = self._memory(source)
        decided = {one.mark: one for one in self._decisions.get(source, ())}
        rows = [_learned_row(source, item) for item in memory.known() if item.fingerprint not in decided]
        rows += [_decided_row(one, memory.pages()) for one in decided.values()]
        self.db.execute("delete from boilerplate where source = ?", (source,))
        self.db.conn.executemany(
            "insert into boilerplate (id, source, fingerprint, text, documents, first_seen, last_seen, why, state)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _of(self, source: str) -> _Learned:
        learned = self._learned.get(source)
        if learned is None:
            learned = self._learned[source] = self._stored(source)
            if len(self._learned) > _SOURCES_IN_MEMORY:
                self._learned.popitem(last=False)
        self._learned.move_to_end(source)
        return learned

    def _stored(self, source: str) -> _Learned:
        row = self.db.execute("select template, new_pages from templates where source = ?", (source,)).fetchone()
        if row is None:
            return _Learned(_edition(Template()))
        self._pages(source, 1)  # an older form is noticed before anything is fetched
        return _Learned(TemplateVersion(Template.from_bytes(row[0]), row[0]), row[1])

    def _memory(self, source: str) -> TemplateBuilder:
        """The pages of which a source's template is made. Read when pages are learned: most crawls bring none."""
        learned = self._of(source)
        if learned.memory is None:
            learned.memory = TemplateBuilder(self._pages(source, -1))
        return learned.memory

    def _pages(self, source: str, most: int) -> list[TemplatePage]:
        kept = self.db.execute("select sample from template_pages where source = ? limit ?", (source, most)).fetchall()
        try:
            return [TemplatePage.from_bytes(sample) for (sample,) in kept]
        except ValueError as error:
            raise ArchiveError(
                f"What was learned of {source} is kept in a form that this version does not read ({error}). Run "
                "`dateline rebuild`: it learns again from the WARC files."
            ) from error

    def _save(self, source: str, learned: _Learned) -> None:
        came, went = learned.memory.unsaved() if learned.memory else ((), ())
        self.db.conn.executemany(
            "insert or replace into template_pages (source, page, sample) values (?, ?, ?)",
            [(source, page.key, page.to_bytes()) for page in came],
        )
        self.db.conn.executemany(
            "delete from template_pages where source = ? and page = ?", [(source, key) for key in went]
        )
        self.db.execute(
            "insert or replace into templates (source, template, new_pages, table_current, pages)"
            " values (?, ?, ?, 0, ?)",
            (source, learned.version.packed, learned.new_pages, learned.version.template.pages),
        )


def _learned_row(source: str, item: RepeatedPassage) -> tuple[object, ...]:
    return (
        boilerplate_number(source, item.fingerprint),
        source,
        item.fingerprint,
        item.text,
        item.documents,
        moment(item.first_seen),
        moment(item.last_seen),
        item.why,
        "active",
    )


def _decided_row(one: Decision, pages: Sequence[TemplatePage]) -> tuple[object, ...]:
    """What was decided of a passage, counted on the pages that are remembered."""
    times = [page.at for page in pages if one.mark in page.marks]
    first, last = (moment(datetime.fromtimestamp(at(times), UTC)) if times else None for at in (min, max))
    state = _STATE[one.decision]
    number = boilerplate_number(one.source, one.mark)
    return number, one.source, one.mark, one.text, len(times), first, last, "decided", state


def _edition(current: Template) -> TemplateVersion:
    return TemplateVersion(current, current.to_bytes())
