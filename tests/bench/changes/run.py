"""`make edits CORPORA=directory`: precision and recall of edits on real pages.

Real pages are changed as publishers change them (`tests.bench.changes.kinds`), each in one way, and read through the
whole extraction and history: twice as they were, twice as they are. Half of the hosts are for work, the other half (by
a hash of the name) for the last word. What is learned of a source over time is not part of it: each page stands alone.
Prints, asserts nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random

from lxml import etree, html
from lxml.html import HtmlElement

from archive.boilerplate.template import Template, TemplateBuilder, learn
from archive.core.model import Capture, Extraction, Response
from archive.extract.extract import Derived, derive
from archive.history.events import Event, Observation
from archive.history.replay import replay
from archive.page.html import Unreadable, parse
from tests.bench.changes.ground import Ground
from tests.bench.changes.kinds import Change, kinds
from tests.bench.corpora import gold_of, name_of, responses

CORPORA = ("fundus", "wcxb", "zyte", "daniel", "phila-2016-11-07")
_EACH = 45
_TRIED = (3, 4)
_START = datetime(2026, 3, 2, 9, tzinfo=UTC)
_HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True)
class Page:
    """A real page with what is right for its text, and the template of its host."""

    response: Response
    text: str
    template: Template
    strange: str


@dataclass(frozen=True)
class Trial:
    """One change of one page: its kind, whether it is an edit, and what was recorded of it."""

    url: str
    kind: str
    is_edit: bool
    events: tuple[Event, ...]

    @property
    def recorded(self) -> bool:
        """Whether an edit was recorded."""
        return any(event.kind in ("edited", "alternates") for event in self.events)


def trials(pages: Iterable[Page], every: bool = False) -> Iterator[Trial]:
    """Changes of these pages: of each a few kinds, chosen by its address, or every kind."""
    for page in pages:
        random = Random(page.response.capture.url)
        before = _as_utf8(page.response)
        first = derive(before, page.template) if before else None
        if before is None or first is None or not isinstance(first.result, Extraction):
            continue
        tree = parse(before.body, "text/html; charset=utf-8")
        ground = Ground(tree, page.text, first.result.title, page.strange, url=before.capture.url)
        for change in _chosen(random, every):
            early = _mutated(before, ground, change, 0) if change.prepared else before
            after = _mutated(before, ground, change, 1)
            if early is not None and after is not None:
                older, newer = derive(early, page.template), derive(after, page.template)
                events = history([older, older, newer, newer])
                yield Trial(page.response.capture.url, change.name, change.is_edit, events)


def _chosen(random: Random, every: bool) -> list[Change]:
    known = list(kinds())
    if every:
        return known
    edits, rest = ([one for one in known if one.is_edit is wanted] for wanted in (True, False))
    return random.sample(edits, _TRIED[0]) + random.sample(rest, _TRIED[1])


def history(readings: Sequence[Derived]) -> tuple[Event, ...]:
    """What is recorded of a page that was read so at one look after the other, a day apart."""
    observations = [
        Observation(
            (_START + timedelta(days=n)).isoformat(),
            n,
            "read" if isinstance(derived.result, Extraction) else "unclear",
            "",
            derived.result if isinstance(derived.result, Extraction) else None,
            page=derived.sample.exact,
        )
        for n, derived in enumerate(readings)
    ]
    return replay(observations).events


def _mutated(before: Response, ground: Ground, change: Change, number: int) -> Response | None:
    changed = replace(ground, tree=_copied(ground.tree), number=number)
    made = change.mutation(changed, Random(f"{before.capture.url} {change.name}"))
    return replace(before, body=_serialised(changed.tree)) if made else None


def _as_utf8(response: Response) -> Response | None:
    """A page as its tree gives it, so that a change of the tree is all that changes."""
    content_type = next((value for name, value in response.headers if name.lower() == "content-type"), "")
    try:
        tree = parse(response.body, content_type)
    except Unreadable:
        return None
    for meta in tree.xpath("//meta[@charset or translate(@http-equiv, 'CONTEY', 'contey') = 'content-type']"):
        meta.drop_tree()
    return replace(response, headers=_HEADERS, body=_serialised(tree))


def _serialised(tree: HtmlElement) -> bytes:
    body: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return body


def _copied(tree: HtmlElement) -> HtmlElement:
    return html.document_fromstring(_serialised(tree), parser=html.HTMLParser(encoding="utf-8"))


def pages_of(directory: Path, half: int, each: int = _EACH) -> Iterator[Page]:
    """Pages of one half of the hosts, at most `each` of a corpus, with what their hosts repeat."""
    for name in CORPORA:
        path = directory / f"{name}.warc.gz"
        if not path.exists():
            continue
        gold = {page["url"]: page for page in gold_of(path) if page.get("text")}
        fit = [one for one in responses(path) if one.capture.url in gold and half_of(one.capture) == half]
        chosen = Random(name_of(path)).sample(fit, min(each, len(fit)))
        templates = _templates(path, {one.capture.source for one in chosen})
        texts = [gold[one.capture.url]["text"] for one in chosen]
        for n, one in enumerate(chosen):
            strange = _paragraph_of(texts[n - 1]) or _paragraph_of(texts[n - 2])
            if strange:
                yield Page(one, texts[n], templates[one.capture.source], strange)


def half_of(capture: Capture) -> int:
    """Which half a capture's host is in; phila, which is one host, is divided by address."""
    name = capture.url if "phila.gov" in capture.source else capture.source
    return blake2b(name.encode(), digest_size=1).digest()[0] % 2


def _paragraph_of(text: str) -> str:
    fit = [line for line in text.split("\n") if 120 <= len(line) <= 600]
    return fit[len(fit) // 2].strip() if fit else ""


def _templates(path: Path, sources: set[str]) -> dict[str, Template]:
    """What the pages of each of these hosts repeat, learned from 40 of them at most."""
    builders: defaultdict[str, TemplateBuilder] = defaultdict(TemplateBuilder)
    seen: Counter[str] = Counter()
    for response in responses(path):
        source = response.capture.source
        seen[source] += 1
        if source in sources and seen[source] <= 40:
            learn(builders[source], derive(response).sample, response.capture.fetched_at)
    return {source: builders[source].template() for source in sources}


def main(directory: Path, half: int, each: int, every: bool, names: frozenset[str]) -> None:
    """Print what was right and wrong for each kind, then precision and recall over all."""
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for trial in trials(pages_of(directory, half, each), every):
        counts[trial.kind][trial.recorded] += 1
        if trial.recorded is not trial.is_edit or trial.kind in names:
            said = "; ".join(f"{event.kind} {event.detail}" for event in trial.events)
            print(f"{'missed' if trial.is_edit else 'false '} {trial.kind:26s} {trial.url}  {said[:200]}", flush=True)
    found = missed = invented = 0
    for change in kinds():
        yes, no = counts[change.name][True], counts[change.name][False]
        print(f"{change.name:28s} {'recorded' if change.is_edit else 'invented'} {yes:4d} of {yes + no}")
        if change.is_edit:
            found, missed = found + yes, missed + no
        else:
            invented += yes
    print(f"precision {found / max(1, found + invented):.3f}  recall {found / max(1, found + missed):.3f}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpora", type=Path)
    asked.add_argument("--half", type=int, default=0, choices=(0, 1))
    asked.add_argument("--pages", type=int, default=_EACH, help="pages of each corpus")
    asked.add_argument("--all", action="store_true", help="every kind on every page")
    asked.add_argument("--show", action="append", default=[], help="print the trials of this kind")
    options = asked.parse_args()
    main(options.corpora, options.half, options.pages, options.all, frozenset(options.show))
