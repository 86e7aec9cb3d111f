"""The template of a source: what its pages repeat, and what that means for the next page. Pure.

Based on shared-segment template detection (Bar-Yossef and Rajagopalan, WWW 2002): a passage that is on many pages of a
source is boilerplate. Its frequency is measured only among the pages of its own lifetime, so that learning starts again
after a redesign. A passage that occurs again and again between new neighbours, in a place with new text each time, is
part of the text (a motto, a line of a schedule) and no boilerplate, unless it is prose that nearly all pages have as
the same line of their text; so is a sentence with new figures each time, one that came to a few pages that had been
seen without it, one of a single page which others show in links to it, a paragraph that a few releases share, a line
that some say and others do not, and the rows of a form. A line that comes to pages and leaves others, time and again,
is boilerplate, though it may stand between new neighbours or be said by some.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Self

from archive.boilerplate.form_rows import chosen_for_each
from archive.boilerplate.rotating_lines import take_turns
from archive.boilerplate.said_by_some import said_by_some
from archive.boilerplate.sample import Sample
from archive.boilerplate.sample_set import SampleSet, TemplatePage
from archive.boilerplate.series import said_with_new_figures
from archive.boilerplate.shared_by_few import shared_by_few
from archive.boilerplate.teasers import linked_headlines, said_on_one_page
from archive.boilerplate.unlikely_places import unlikely_places

MIN_PAGES, MIN_SHARE = 3, 0.2
"""The pages, and the share of those of its lifetime, that a passage must be on to be frequent."""

_VARIED, _OWN_PLACE = 0.6, 0.5
"""The share of its pages on which a frequent passage stands between passages that are not, and of frequent passages at
its place below which that is one of texts: then it is what several texts say, and no boilerplate."""

_COMMON = 0.2
"""The share of pages that have a passage from which it tells no page from another."""

_FEW = 8
"""Pages up to which those with the same prose are copies of one; more have none of their own."""

_SENTENCE, _CAME, _MOST = 40, 0.5, 0.6
"""Characters of a sentence that may come to a few pages; the share of its pages to which it came later than the page,
and of all pages since then that have it from which a site repeats it."""

_PROSE, _FEWEST, _NEARLY_ALL = 80, 5, 0.8
"""Characters of a passage of prose; the pages, and the share of all, that have it at one point of their text if it is
put into each: a call to subscribe, a writer's biography.
"""


@dataclass(frozen=True)
class Template:
    """What the pages of a source are known to repeat. Compact and picklable; a worker needs nothing else about it.

    `kept` and `refused` are a person's decisions, which win over what was learned. `places` are those that hold no text
    (`Container.path`). `headlines` are repeated passages that are links to the one or two pages that they head.
    """

    pages: int = 0
    repeated: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    headlines: frozenset[int] = frozenset()

    def decided(self, keep: Iterable[int] = (), remove: Iterable[int] = ()) -> Template:
        """The template with a person's decisions: passages to keep always, passages to remove always."""
        return replace(self, kept=frozenset(keep), refused=frozenset(remove))

    def verdict(self, mark: int) -> str:
        """Why a passage is removed: "decided", "repeated", or "" if it stays."""
        if mark in self.refused:
            return "decided"
        return "repeated" if mark in self.repeated and mark not in self.kept else ""

    def repeats(self, mark: int) -> bool:
        """Whether a passage is known to repeat, or a person removes it; 0 stands for a passage without words."""
        return bool(mark and self.verdict(mark))

    def names_no_page(self, mark: int) -> bool:
        """Whether a passage repeats and is no page's headline: then it is the name of the site, or of a section."""
        return self.repeats(mark) and mark not in self.headlines

    def to_bytes(self) -> bytes:
        """The template as bytes, for another process or for the database."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
        return zlib.compress(json.dumps(plain).encode("ascii"), 1)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The template that `to_bytes` wrote: no pickle, since a database may come from a stranger, and a pickle can
        run code."""
        values = json.loads(zlib.decompress(stored))
        typed: dict[str, Any] = {
            name: frozenset(value) if isinstance(value, list) else value for name, value in values.items()
        }
        return cls(**typed)


def changed(old: Template, new: Template) -> frozenset[int]:
    """The fingerprints whose verdict, or whose decision, differs between two templates, and the places likewise.

    Both are numbers; places have 32 bits, which a fingerprint of 64 has by chance once in four thousand million.
    """
    marks = (old.repeated ^ new.repeated) | (old.refused ^ new.refused)
    differing = frozenset(mark for mark in marks if old.verdict(mark) != new.verdict(mark))
    return differing | (old.kept ^ new.kept) | (old.places ^ new.places) | (old.headlines ^ new.headlines)


@dataclass(frozen=True)
class RepeatedPassage:
    """A passage that counts as boilerplate; `text` is its beginning, as one of the pages has it."""

    fingerprint: int
    text: str
    documents: int
    first_seen: datetime
    last_seen: datetime
    why: str = "repeated"


class TemplateBuilder(SampleSet):
    """The samples of a source, from which its template is built."""

    _found: tuple[int, dict[int, list[int]], frozenset[int], frozenset[int]] | None = None

    def add(self, sample: Sample, at: int) -> None:
        """Add a page at a time in seconds; what is repeated is found anew when it is next asked for."""
        super().add(sample, at)
        self._found = None

    def template(self) -> Template:
        """The template that follows from the samples."""
        count, repeated, places, headlines = self._find()
        return Template(pages=count, repeated=frozenset(repeated), places=places, headlines=headlines)

    def known(self) -> list[RepeatedPassage]:
        """Every repeated passage with its counts, the most repeated first."""
        _, repeated, *_ = self._find()
        begin = self.beginnings(repeated)
        found = [
            RepeatedPassage(mark, begin[mark], len(times), _moment(min(times)), _moment(max(times)))
            for mark, times in repeated.items()
        ]
        return sorted(found, key=lambda item: (-item.documents, item.fingerprint))

    def _find(self) -> tuple[int, dict[int, list[int]], frozenset[int], frozenset[int]]:
        """How many pages count, the repeated passages with the times of their pages, the places without text, and the
        headlines among these passages."""
        if self._found is None:
            pages = _distinct(self.pages())
            repeated = _repeated(pages)
            self._found = len(pages), repeated, unlikely_places(pages), linked_headlines(pages, repeated)
        return self._found


def learn(memory: TemplateBuilder, page: Sample, at: datetime) -> TemplateBuilder:
    """Add the sample of a page at the time of its capture; the given builder is changed and returned."""
    if page.article:
        memory.add(page, int(at.timestamp()))
    return memory


def _repeated(pages: Sequence[TemplatePage]) -> dict[int, list[int]]:
    """The repeated passages, each with the times of the pages that contain it."""
    moments = sorted(page.at for page in pages)
    seen: dict[int, list[int]] = defaultdict(list)
    for page in pages:
        for mark in set(page.marks):
            seen[mark].append(page.at)
    often = {mark: times for mark, times in seen.items() if _is_frequent(times, moments)}
    turns = take_turns(pages, often)
    said = _said_anew(pages, often) - turns
    said |= said_with_new_figures(pages, often) | _came_to_few(pages, often)
    said |= said_on_one_page(pages, often) | shared_by_few(pages, often) | chosen_for_each(pages, often)
    often = {mark: times for mark, times in often.items() if mark not in said}
    some = said_by_some(pages, often) - turns
    return {mark: times for mark, times in often.items() if mark not in some}


def _is_frequent(times: Sequence[int], moments: Sequence[int]) -> bool:
    """Whether a passage seen at these times is on enough of the pages of its lifetime."""
    if len(times) < MIN_PAGES:
        return False
    alive = bisect_right(moments, max(times)) - bisect_left(moments, min(times))
    return len(times) >= MIN_SHARE * alive


def _came_to_few(pages: Sequence[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent sentences that came to pages which had been seen without them, and to few others.

    A publisher who adds the same sentence to several releases edits them. What a site begins to repeat comes to most of
    its pages, or is on new ones from the start.
    """
    if not any(page.spans for page in pages):
        return set()
    rows = (row for page in pages for row in zip(page.marks, page.lengths, strict=True))
    frequent = {mark for mark, length in rows if length >= _SENTENCE and mark in often}
    spans: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    had = [page.had() for page in pages]
    for page, sentences in zip(pages, had, strict=True):
        for mark in frequent & sentences.keys():
            begin = sentences[mark][0]
            spans[mark].append((begin, begin > page.first))
    return {mark for mark, found in spans.items() if _is_added(mark, found, pages, had)}


def _is_added(
    mark: int, found: Sequence[tuple[int, bool]], pages: Sequence[TemplatePage], had: Sequence[Mapping[int, object]]
) -> bool:
    """Whether a sentence was added to a few pages. `found`: when each page with it had it first, and if that was later
    than the page; `had`: the sentences of each page."""
    came = [begin for begin, later in found if later]
    if len(came) < _CAME * len(found):
        return False
    without = sum(page.at >= min(came) and mark not in sentences for page, sentences in zip(pages, had, strict=True))
    on_new = len(found) - len(came) >= MIN_PAGES or len(found) >= _MOST * len(pages)
    return len(found) < _MOST * (len(found) + without) or not on_new


def _said_anew(pages: Sequence[TemplatePage], often: Iterable[int]) -> set[int]:
    """The frequent passages that are everywhere between passages that are not frequent."""
    frequent = set(often)
    total: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    blocks_at: Counter[int] = Counter()
    frequent_at: Counter[int] = Counter()
    place_of: dict[int, int] = {}
    for page in pages:
        marks, places = page.marks, page.places
        found = [i for i, mark in enumerate(marks) if mark in frequent]
        marks_found = [marks[i] for i in found]
        places_found = [places[i] for i in found]
        blocks_at.update(places)
        frequent_at.update(places_found)
        place_of.update(zip(marks_found, places_found, strict=True))
        total.update(marks_found)
        among = {-1, len(marks), *found}
        alone.update(marks[i] for i in found if i - 1 not in among and i + 1 not in among)
    anew = {
        mark
        for mark in frequent
        if alone[mark] >= _VARIED * total[mark] and frequent_at[place_of[mark]] < _OWN_PLACE * blocks_at[place_of[mark]]
    }
    return anew - _put_into_each(pages, anew) if anew else anew


def _put_into_each(pages: Sequence[TemplatePage], marks: Container[int]) -> set[int]:
    """Of these passages the prose that nearly all pages have as the same line of their text, from its start or end."""
    lines: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for page in pages:
        of_place, before = Counter(page.places), Counter[int]()
        for mark, place, length in zip(page.marks, page.places, page.lengths, strict=True):
            if length >= _PROSE and mark in marks:
                lines[mark].update((before[place], before[place] - of_place[place]))
            before[place] += 1
    least = max(_FEWEST, _NEARLY_ALL * len(pages))
    return {mark for mark, at in lines.items() if max(at.values()) >= least}


def _distinct(pages: Sequence[TemplatePage]) -> list[TemplatePage]:
    """The pages, without those that have the text of another page at a second address."""
    pages = _without_copies(pages)
    on_pages = Counter(mark for page in pages for mark in set(page.marks))
    common = {mark for mark, count in on_pages.items() if count > max(2, _COMMON * len(pages))}
    kept: list[TemplatePage] = []
    by_passage: dict[int, list[TemplatePage]] = defaultdict(list)
    for page in pages:
        rivals = {id(other): other for mark in page.longest for other in by_passage[mark]}
        if any(page.is_twin(other, common) for other in rivals.values()):
            continue
        kept.append(page)
        for mark in page.longest:
            if mark not in common:
                by_passage[mark].append(page)
    return kept


def _without_copies(pages: Sequence[TemplatePage]) -> list[TemplatePage]:
    """The pages, without those that only have the prose of another page, if these are few.

    In a small source, the passages of one article at a few addresses are as frequent as what all pages repeat; but
    pages of other articles have their own prose. If many pages have none, they only show what is repeated.
    """
    alike: dict[int, list[TemplatePage]] = defaultdict(list)
    for page in pages:
        alike[page.said].append(page)
    copies = {page.key for said, group in alike.items() if said and len(group) <= _FEW for page in group[1:]}
    return [page for page in pages if page.key not in copies] if copies else list(pages)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
