"""The queue of what is to be read again: oldest first, nothing lost, also over restarts."""

from __future__ import annotations

from pathlib import Path

from archive.store.database import Store
from archive.store.reextract_queue import ReextractQueue
from archive.store.repeated.block_index import BlockIndex
from tests.support.archiving import Newsroom, full, ingesting, page


def queue_of(store: Store) -> ReextractQueue:
    return ReextractQueue(store.db, BlockIndex(store.db.conn))


def test_an_entry_that_was_added_again_meanwhile_stays(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        queue = queue_of(store)
        queue.add(3)
        (task,) = queue.tasks(9)
        queue.add(3)
        assert queue.take(task)
        assert queue.waiting([2, 3]) == {3}
        (task,) = queue.tasks(9)
        assert queue.take(task)
        assert queue.is_empty
        assert not queue.take(task)


def test_a_restart_goes_on_behind_the_newest_entry(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        for number in (5, 6, 7):
            queue_of(store).add(number)
        (first, *_) = queue_of(store).tasks(9)
        queue = queue_of(store)
        queue.add(4)
        queue.add(5)
        assert [task.id for task in queue.tasks(9)] == [6, 7, 4, 5]
        assert queue.take(first)
        assert 5 in queue.waiting([5]), "it was added again since"


def test_a_capture_stands_for_its_article_or_for_itself_and_an_unknown_one_for_nothing(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1)), room.answer("/void", "<html><body></body></html>")])
        ingest.flush()
        queue = queue_of(ingest.store)
        found = {row["url"]: row for row in ingest.store.db.query("select id, url, article_id from captures")}
        article, void = found[full("/news/1-path")], found[full("/void")]
        with ingest.store.writing():
            queue.add_capture(article["id"])
            assert [task.id for task in queue.tasks(9)] == [article["article_id"]]
            queue.add_capture(void["id"])
            assert [task.id for task in queue.tasks(9)] == [article["article_id"], void["id"]]
            queue.add_capture(void["id"] + 1)
            assert len(queue.tasks(9)) == 2
            for task in queue.tasks(9):
                queue.take(task)
