"""`make quality CORPORA=directory [SEED=directory]`: clean text of real pages, beside trafilatura's in the same run.

The directory holds pairs of NAME.warc.gz (captured pages) and NAME.gold.jsonl (what is right for each, by its url:
text, title, published, authors, or the segments `with` and `without`). Each file is imported into an archive of its
own with `dateline import` and scored from its archive.db; trafilatura reads the same pages. The time that both take is
measured on some pages of each (processor_time.py). What was removed of the texts that are right is counted twice: all
lines, and those that went as boilerplate (repeated, cue), without header fields, contacts, credits and end marks, which
go to columns of their own.

SEED (without it the `seed` beside the corpora, where there is one) holds articles that every kind of markup must
bring out exactly: see seed.py.

The trees were fitted to these pages, so the first figures say little of other sites. Two more are printed for each
corpus, through the whole extraction: cross-validation by host, and with the whole corpus left out (crossval.py). Only
these two say how good the method is. Prints, asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from archive.core.model import Response
from archive.core.urls import host
from archive.page.blocks import blocks
from archive.page.html import Unreadable, parse
from tests.bench.corpora import gold_of, name_of, responses
from tests.bench.crossval import by_corpus, by_host, kinds_by_host
from tests.bench.examples import read
from tests.bench.measures import Answer, contacts_beside, has_found, measure, wrongly_removed
from tests.bench.processor_time import print_times
from tests.bench.seed import trials

Gold = list[dict[str, Any]]
MANY = 5
BOILERPLATE = ("repeated", "cue")


@dataclass
class _Lost:
    """Lines of the gold texts, and how many of them were removed: as boilerplate, and in all."""

    boilerplate: int = 0
    all: int = 0
    lines: int = 0

    def add(self, gold: Gold, removed: dict[str, list[tuple[str, str]]]) -> None:
        plain = {url: [text for text, why in gone if why in BOILERPLATE] for url, gone in removed.items()}
        self.boilerplate += wrongly_removed(gold, plain)[0]
        lost, lines = wrongly_removed(gold, {url: [text for text, _ in gone] for url, gone in removed.items()})
        self.all, self.lines = self.all + lost, self.lines + lines


def main(directory: Path, seed: Path) -> None:
    """Measure every corpus of a directory, and the markups of a seed where there is one."""
    lost = _Lost()
    for path in sorted(directory.glob("*.warc.gz")):
        _measure_corpus(path, lost)
    lines = max(1, lost.lines)
    print(f"\nlines of the gold texts removed   as boilerplate {lost.boilerplate} of {lost.lines} = "
          f"{lost.boilerplate / lines:.3%}, in all {lost.all} = {lost.all / lines:.3%}")  # fmt: skip
    print_times((name_of(path), list(responses(path))) for path in _judged(sorted(directory.glob("*.warc.gz"))))
    for trial in trials(seed) if seed.is_dir() else ():
        print(
            f"{trial.article}  {trial.markup:34s}", "exact" if not trial.wrong else f"WRONG: {', '.join(trial.wrong)}"
        )
    _measure_unseen(sorted(directory.glob("*.warc.gz")))
    _measure_kinds(sorted(directory.glob("*.warc.gz")))


def _judged(corpora: list[Path]) -> list[Path]:
    """The corpora of whose pages the right text is known."""
    return [path for path in corpora if any(page.get("text") or page.get("with") for page in gold_of(path))]


def _measure_unseen(corpora: list[Path]) -> None:
    """Every corpus read with trees that have not seen its hosts, then with trees that have not seen the corpus."""
    judged = _judged(corpora)
    examples = [example for path in judged for example in read(path)]
    for what, answers in (
        ("hosts not seen", by_host(examples, judged)),
        ("corpus not seen", by_corpus(examples, judged)),
    ):
        print(f"\n{what}")
        for path in judged:
            _print_scores(name_of(path), gold_of(path), answers[name_of(path)])


def _measure_kinds(corpora: list[Path]) -> None:
    """How many pages of each kind become articles where the trees have not seen their hosts."""
    if any("kind" in page for path in corpora for page in gold_of(path)):
        print("\npages that become articles, hosts not seen")
        for kind, (kept, pages) in sorted(kinds_by_host(corpora).items()):
            print(f"  {kind:24s} {kept} of {pages} = {kept / pages:.1%}")


def _measure_corpus(path: Path, lost: _Lost) -> None:
    gold = gold_of(path)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder)
        subprocess.run(
            [Path(sys.executable).with_name("dateline"), "import", path, "--archive", archive],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        answers, removed, contacts = _read(archive / "archive.db")
    pages = list(responses(path))
    alone = _alone(pages)
    print(f"\n{name_of(path)}  {len(gold)} pages")
    _print_scores("dateline", gold, answers)
    _print_scores("trafilatura", gold, alone)
    _print_contacts(pages, gold, contacts)
    lost.add(gold, removed)


def _print_contacts(pages: list[Response], gold: Gold, contacts: dict[str, list[dict[str, str]]]) -> None:
    """On how many of the pages that have contacts beside their text one of them was found."""
    texts = {page["url"]: page["text"] for page in gold if page.get("text")}
    known = {_key(url): found for url, found in contacts.items()}
    hits = [
        has_found(known.get(_key(page.capture.url), ()), beside)
        for page in pages
        if page.capture.url in texts and (beside := contacts_beside(_visible_lines(page), texts[page.capture.url]))
    ]
    if hits:
        print(f"  contacts found on {sum(hits)} of the {len(hits)} pages that have them = {sum(hits) / len(hits):.1%}")


def _visible_lines(page: Response) -> list[str]:
    try:
        return [block.text for block in blocks(parse(page.body, ""))]
    except Unreadable:
        return []


def _print_scores(who: str, gold: Gold, answers: dict[str, Answer]) -> None:
    known = {_key(url): answer for url, answer in answers.items()}
    by_url = {page["url"]: known[_key(page["url"])] for page in gold if _key(page["url"]) in known}
    print(f"  {who:12s}", *(f"{name} {value:.4f}" for name, value in measure(gold, by_url).items()))
    pages = Counter(host(page["url"]) for page in gold)
    many = [page for page in gold if pages[host(page["url"])] >= MANY]
    if many and len(many) < len(gold):
        scores = measure(many, by_url)
        print(f"  {who:12s} hosts of {MANY} pages or more:", *(f"{name} {value:.4f}" for name, value in scores.items()))


def _key(url: str) -> str:
    """An address without its scheme, nor the white space that some were written down with."""
    return url.strip().split("://", 1)[-1]


def _read(
    database: Path,
) -> tuple[dict[str, Answer], dict[str, list[tuple[str, str]]], dict[str, list[dict[str, str]]]]:
    """What an archive says of each address, what it removed there and why, and the contacts it found."""
    answers: dict[str, Answer] = {}
    removed: dict[str, list[tuple[str, str]]] = {}
    contacts: dict[str, list[dict[str, str]]] = {}
    db = sqlite3.connect(database)
    found = db.execute(
        "select c.url, a.id, a.text, a.title, coalesce(a.published_at, ''), a.authors, a.contacts "
        "from captures c join articles a on a.id = c.article_id"
    ).fetchall()
    for url, number, text, title, published, authors, named in found:
        answers[url] = Answer(text, title, published, tuple(json.loads(authors)))
        removed[url] = db.execute("select text, why from removed where article_id = ?", (number,)).fetchall()
        contacts[url] = json.loads(named)
    db.close()
    return answers, removed, contacts


def _alone(pages: list[Response]) -> dict[str, Answer]:
    """What trafilatura says of every page by itself."""
    answers: dict[str, Answer] = {}
    for page in pages:
        found = bare_extraction(page.body, url=page.capture.url, with_metadata=True, include_comments=False)
        if found is not None and not isinstance(found, dict):
            authors = tuple(name.strip() for name in (found.author or "").split(";"))
            answers[page.capture.url] = Answer(found.text or "", found.title or "", found.date or "", authors)
    return answers


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="make quality CORPORA=directory", description=__doc__)
    asked.add_argument("corpora", type=Path, help="a directory of NAME.warc.gz with NAME.gold.jsonl")
    asked.add_argument("--seed", type=Path, help="a directory of NAME.txt with NAME.clean.json")
    options = asked.parse_args()
    if not options.corpora.is_dir():
        sys.exit("Name a directory of NAME.warc.gz with NAME.gold.jsonl:  make quality CORPORA=directory")
    main(options.corpora, options.seed or options.corpora.resolve().parent / "seed")
