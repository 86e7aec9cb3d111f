"""The processor time that a page takes, beside trafilatura's: `python -m tests.bench.processor_time corpora/*.warc.gz`.

Both readers run in one process, page by page in turn, with metadata and without comments. Of three passes over all
pages the shortest time of each page counts, so that other programs disturb less and no page is in a cache of its own.
What is loaded once (both forests, dateparser's tables) is loaded before. Other programs change the milliseconds of
both: only the shares say something. Prints, asserts nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from trafilatura import bare_extraction

from archive.core.model import Response
from archive.extract.extract import derive, judge_once
from tests.bench.corpora import name_of, responses

PAGES = 32
"""The most pages of a corpus that are read, spread evenly over it."""

PASSES = 3
_FIRST = 6
"""Every such page is read once before, for what is loaded once."""


@dataclass(frozen=True)
class Times:
    """The shortest processor time of one page in each reader, in seconds."""

    ours: float
    theirs: float


def sampled(pages: Sequence[Response]) -> Sequence[Response]:
    """Some pages of a corpus, spread evenly over it."""
    few = min(PAGES, len(pages))
    return [pages[at * len(pages) // few] for at in range(few)]


def measured(pages: Sequence[Response]) -> list[Times]:
    """The times of some pages, in their order."""
    for page in pages[::_FIRST]:
        _ours(page)
        _theirs(page)
    ours, theirs = ([float("inf")] * len(pages) for _ in range(2))
    for _ in range(PASSES):
        judge_once.cache_clear()
        for at, page in enumerate(pages):
            ours[at] = min(ours[at], _ours(page))
            theirs[at] = min(theirs[at], _theirs(page))
    return [Times(one, other) for one, other in zip(ours, theirs, strict=True)]


def line(name: str, times: Sequence[Times]) -> str:
    """The figures of some pages: milliseconds a page, and our share of theirs in total and in the middle."""
    ours = 1000 * sum(one.ours for one in times) / len(times)
    theirs = 1000 * sum(one.theirs for one in times) / len(times)
    middle = median(one.ours / one.theirs for one in times)
    return (
        f"  {name:20s} {len(times)} pages, dateline {ours:.1f} ms, trafilatura {theirs:.1f} ms, "
        f"ratio {ours / theirs:.2f} in total, {middle:.2f} in the middle"
    )


def print_times(corpora: Iterable[tuple[str, Sequence[Response]]]) -> None:
    """Measure some pages of every corpus in one run, and print the figures of each and of all."""
    pages = [(name, page) for name, found in corpora for page in sampled(found)]
    times = measured([page for _, page in pages])
    print("\nprocessor time a page")
    for name in dict.fromkeys(name for name, _ in pages):
        print(line(name, [one for one, (of, _) in zip(times, pages, strict=True) if of == name]))
    if times:
        print(line("all", times))


def _ours(page: Response) -> float:
    return _timed(lambda: derive(page))


def _theirs(page: Response) -> float:
    url = page.capture.url
    return _timed(lambda: bare_extraction(page.body, url=url, with_metadata=True, include_comments=False))


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    print_times((name_of(path), list(responses(path))) for path in map(Path, sys.argv[1:]))
