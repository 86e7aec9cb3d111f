"""What a crawl costs does not grow with the archive, and what it brought is counted rightly all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from archive.boilerplate.template import Template
from archive.core.model import CrawlCounts, Extraction
from archive.history.events import REDIRECTED
from archive.history.mass_changes import SeenChange
from archive.ingest.passages import PassagePages
from archive.store.captures import CaptureStore
from archive.store.database import Store
from archive.store.hosts import robots
from archive.store.readings import UnreadCaptures
from archive.store.repeated.block_index import NOTED
from archive.store.runs import RunResult
from archive.text.fingerprint import fingerprint
from tests.support.archiving import DAY, later

SMALL, LARGE = 2_000, 20_000
ONCE = "The bell rings once."
BLOCKS = ("The pier is open.", "It has three lamps.", "Boats come at noon.")


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def fill(store: Store, count: int) -> None:
    """One source with so many articles, each with a capture, an event, an address and a place in the queue."""
    old = (DAY - timedelta(days=300)).isoformat()
    numbers = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})"
    with store.writing() as db:
        db.execute("insert into sources (name, title) values ('valdora', 'Valdora')")
        db.execute(
            f"{numbers} insert into articles (id, source, url, title, text, word_count, first_seen, last_seen,"
            " last_checked, changed_at, capture_id, published_day) select i, 'valdora', 'https://v.example/' || i,"
            f" 'Pier ' || i, 'Text ' || i, 2, '{old}', '{old}', '{old}', '{old}', i, '2025-05-01' from n"
        )
        db.execute(
            f"{numbers} insert into captures (id, article_id, source, url, final_url, key, kind, fetched_at, status,"
            " digest, warc_file, warc_offset, warc_length) select i, i, 'valdora', 'https://v.example/' || i,"
            f" 'https://v.example/' || i, 'v.example/' || i, 'page', '{old}', 200, 'sha1:' || i, 'warc/v/a', i, 1"
            " from n"
        )
        db.execute(
            f"{numbers} insert into events (at, source, article_id, url, kind, capture_id)"
            f" select '{old}', 'valdora', i, 'https://v.example/' || i, 'new', i from n"
        )
        db.execute(
            f"{numbers} insert into urls (source, key, url, article_id, state, first_seen, last_checked, next_check)"
            " select 'valdora', 'v.example/' || i, 'https://v.example/' || i, i, 'article',"
            f" '{old}', '{old}', '2030-01-01' from n"
        )
        db.execute(f"{numbers} insert into reextract_queue select i, i from n")
        for block in BLOCKS:
            db.execute("insert into block_index select ?, id from captures where id <= ?", (fingerprint(block), NOTED))
        db.execute("insert into block_index values (?, 999)", (fingerprint(ONCE),))
        db.execute(f"{numbers} insert into seen_changes select 'valdora', i % 9, '{old}', i, '{old}' from n")
        db.execute(
            f"{numbers} insert into unread select i, 'record', 'its file is away', '{old}', 1, '2030-01-01', 'today'"
            " from n"
        )
        db.execute(
            f"{numbers} insert into runs (source, started_at, finished_at, outcome)"
            f" select 'valdora', '{old}', '{old}', 'ok' from n"
        )


def steps(store: Store, work: Callable[[], object]) -> int:
    """How many instructions SQLite runs for some work, in tens."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    store.db.conn.set_progress_handler(count, 10)
    try:
        work()
    finally:
        store.db.conn.set_progress_handler(None, 10)
    return counted[0]


def costs(store: Store) -> dict[str, int]:
    """What the steps of a crawl cost that are taken again and again, whatever the archive holds."""
    entering = CaptureStore(store, None, "today", lambda _: Template())
    store.finish_run(store.begin_run("valdora", DAY), DAY, RunResult())  # the first one writes down all before it
    run = store.begin_run("valdora", DAY)
    said = Extraction("https://v.example/1", "Pier 1", "\n\n".join(BLOCKS))
    hop = {"source": "valdora", "kind": "redirect", "fetched_at": DAY.isoformat()}
    unread = {"kind": "page", "final_key": "v.example/5", "note": f"{REDIRECTED} x", "article_id": 1}
    unread_captures, passages = UnreadCaptures(store.db, "today"), PassagePages(store.db.conn, "valdora")
    new = (SeenChange(5, DAY.isoformat(), later(hours=1).isoformat()),)

    def settle() -> None:
        with store.writing():
            entering.mass.replace("valdora", 1, new, (DAY.isoformat(), later(hours=1).isoformat()))
            entering.mass.settle()

    return {
        "what an article showed that most pages did": steps(store, settle),
        "how many were looked at": steps(store, lambda: entering.mass.looked("valdora", DAY.isoformat(), 9)),
        "what could not be read and is due": steps(store, lambda: unread_captures.due(DAY, 50)),
        "where a passage is": steps(store, lambda: passages.captures(fingerprint(ONCE), 1)),
        "who has nearly a text": steps(store, lambda: entering.found_again.near("valdora", 1, said)),
        "where blocks are": steps(store, lambda: entering.block_index.pages("valdora", map(fingerprint, BLOCKS))),
        "what an address leads to": steps(store, lambda: entering.observer.read_at(hop, "v.example/7")),
        "what an unfollowed redirect leads to": steps(store, lambda: entering.observer.reading_at_target(hop | unread)),
        "end of a crawl": steps(store, lambda: store.finish_run(run, later(minutes=5), RunResult())),
        "who waits to be read again": steps(store, lambda: entering.queue.waiting(range(40))),
        "what is read again next": steps(store, lambda: entering.queue.tasks(20)),
        "start": steps(store, lambda: CaptureStore(store, None, "today", lambda _: Template())),
        "addresses that are due": steps(store, lambda: store.due("valdora", DAY, 100)),
        "addresses that wait": steps(store, lambda: store.pending("valdora", DAY, 100)),
        "documents": steps(store, lambda: store.documents("valdora")),
        "the last probe": steps(store, lambda: store.last_probe("valdora", DAY)),
        "the clock": steps(store, lambda: store.heal_clock("valdora", DAY)),
        "validators": steps(store, lambda: store.trusts_validators("valdora", DAY)),
        "hosts": steps(store, lambda: store.resting_hosts(DAY)),
        "copies of robots.txt": steps(store, lambda: robots.kept(store.db, ["https://press.valdora.example/news"])),
    }


def compare(tmp_path: Path, small: int, large: int) -> None:
    found = []
    for count in (small, large):
        with Store(tmp_path / f"{count}.db") as store:
            fill(store, count)
            found.append(costs(store))
    for name, cost in found[0].items():
        assert found[1][name] <= 1.5 * cost + 20, f"{name}: {cost} of {small}, {found[1][name]} of {large}"


def test_the_cost_of_a_crawl_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    compare(tmp_path, SMALL, LARGE)


@pytest.mark.soak
def test_the_cost_of_a_crawl_is_the_same_with_a_million_articles(tmp_path: Path) -> None:
    compare(tmp_path, SMALL, 1_000_000)


def test_what_a_crawl_brought_is_counted_whatever_happened_before_and_after(store: Store) -> None:
    fill(store, 9)
    run = store.begin_run("valdora", DAY)
    with store.writing() as db:
        for minutes, kind in ((-1, "new"), (0, "new"), (1, "edited"), (2, "gone"), (2, "moved"), (9, "gone")):
            db.execute(
                "insert into events (at, source, article_id, kind) values (?, 'valdora', ?, ?)",
                (later(minutes=minutes).isoformat(), 1, kind),
            )
        db.execute(
            "insert into events (at, source, article_id, kind) values (?, 'valdora', 99, 'new')", (DAY.isoformat(),)
        )
        for minutes, failures in ((-1, 1), (1, 2), (2, 0), (9, 1)):
            db.execute(
                "insert into urls (source, key, url, state, first_seen, last_checked, failures)"
                " values ('valdora', ?, '', 'pending', '', ?, ?)",
                (str(minutes), later(minutes=minutes).isoformat(), failures),
            )
        for minutes, status, revisit in ((-1, 304, 0), (1, 304, 0), (2, 200, 1), (2, 200, 0), (9, 304, 0)):
            db.execute(
                "insert into captures (id, source, url, final_url, key, kind, fetched_at, status, digest, revisit,"
                " warc_file, warc_offset, warc_length)"
                " values (?, 'valdora', '', '', '', 'page', ?, ?, '', ?, '', 0, 0)",
                (1000 + minutes * 10 + revisit, later(minutes=minutes).isoformat(), status, revisit),
            )
    brought = store.finish_run(run, later(minutes=5), RunResult())
    assert brought == CrawlCounts(new=1, edited=1, gone=1, unchanged=2, dropped=1)
