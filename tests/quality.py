"""`make quality CORPORA=directory`: the clean text of real pages, beside trafilatura alone in the same run.

The directory holds pairs of NAME.warc.gz (captured pages) and NAME.gold.jsonl (what is right for each, by its url:
text, title, published, authors, or the segments `with` and `without`). Each file is imported into an archive of its
own with `dateline import` and scored from its archive.db; then both extractors read the same pages in one process, for
the time they take. Prints, asserts nothing.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction
from warcio.archiveiterator import ArchiveIterator

from archive.extract import derive
from archive.model import Capture, Response
from archive.template import Memory, Template, learn
from archive.urls import host
from tests.measures import Answer, measure, wrongly_removed

Gold = list[dict[str, Any]]
MANY = 5


@dataclass
class _Clock:
    """CPU time spent in what is called through it."""

    seconds: float = 0.0
    calls: int = 0

    def time(self, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        try:
            return work()
        finally:
            self.seconds += time.process_time() - start
            self.calls += 1

    @property
    def milliseconds(self) -> float:
        return 1000 * self.seconds / max(1, self.calls)


def main(directory: Path) -> None:
    """Measure every corpus of a directory."""
    lost = lines = 0
    ours, theirs = _Clock(), _Clock()
    for path in sorted(directory.glob("*.warc.gz")):
        gold = [
            json.loads(line)
            for line in path.with_name(_name(path) + ".gold.jsonl").read_text("utf-8").split("\n")
            if line
        ]
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder)
            subprocess.run(
                [Path(sys.executable).with_name("dateline"), "import", path, "--archive", archive],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            answers, removed = _read(archive / "archive.db")
        alone = _run_both(list(_responses(path)), ours, theirs)
        print(f"\n{_name(path)}  {len(gold)} pages")
        _print_scores("dateline", gold, answers)
        _print_scores("trafilatura", gold, alone)
        more = wrongly_removed(gold, removed)
        lost, lines = lost + more[0], lines + more[1]
    print(f"\nlines of the gold texts removed   {lost} of {lines} = {lost / max(1, lines):.3%}")
    print(f"CPU time a page   dateline {ours.milliseconds:.1f} ms, trafilatura {theirs.milliseconds:.1f} ms, "
          f"ratio {ours.milliseconds / (theirs.milliseconds or 1):.2f}")  # fmt: skip


def _gold(path: Path) -> Gold:
    rows = path.with_name(_name(path) + ".gold.jsonl").read_text("utf-8").split("\n")
    return [json.loads(row) for row in rows if row]


def _name(path: Path) -> str:
    return path.name.removesuffix(".warc.gz")


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
    return url.split("://", 1)[-1]


def _read(database: Path) -> tuple[dict[str, Answer], dict[str, list[str]]]:
    """What an archive says of each address, and what it removed there."""
    answers: dict[str, Answer] = {}
    removed: dict[str, list[str]] = defaultdict(list)
    db = sqlite3.connect(database)
    found = db.execute(
        "select c.url, a.id, a.text, a.title, coalesce(a.published_at, ''), a.authors "
        "from captures c join articles a on a.id = c.article_id"
    ).fetchall()
    for url, number, text, title, published, authors in found:
        answers[url] = Answer(text, title, published, tuple(json.loads(authors)))
        removed[url] = [row[0] for row in db.execute("select text from removed where article_id = ?", (number,))]
    db.close()
    return answers, removed


def _responses(path: Path) -> Iterator[Response]:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
                capture = Capture(
                    host(url), url, url, "page", at, int(record.http_headers.get_statuscode()), "", "", 0, 0
                )
                yield Response(capture, tuple(record.http_headers.headers), record.content_stream().read())


def _run_both(pages: list[Response], ours: _Clock, theirs: _Clock) -> dict[str, Answer]:
    """Read every page with both, on the clock: ours with what its host's pages teach. Returned is what theirs says."""
    memories: defaultdict[str, Memory] = defaultdict(Memory.empty)
    for page in pages:
        learn(memories[page.capture.source], derive(page).sample, page.capture.fetched_at)
    templates: dict[str, Template] = {source: memory.template() for source, memory in memories.items()}
    answers: dict[str, Answer] = {}
    for page in pages:
        url, body, known = page.capture.url, page.body, templates[page.capture.source]
        ours.time(lambda page=page, known=known: derive(page, known))  # type: ignore[misc]
        found = theirs.time(
            lambda body=body, url=url: bare_extraction(body, url=url, with_metadata=True, include_comments=False)  # type: ignore[misc]
        )
        if found is not None:
            authors = tuple(name.strip() for name in (found.author or "").split(";"))
            answers[url] = Answer(found.text or "", found.title or "", found.date or "", authors)
    return answers


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("Name a directory of NAME.warc.gz with NAME.gold.jsonl:  make quality CORPORA=directory")
    main(Path(sys.argv[1]))
