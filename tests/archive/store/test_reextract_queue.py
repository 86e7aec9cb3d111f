"""The queue of what is to be read again: oldest first, nothing lost, also over restarts."""

from __future__ import annotations

from pathlib import Path

from archive.store.database import Store
from archive.store.reextract_queue import ReextractQueue
from archive.store.repeated.block_index import BlockIndex


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
