"""The pages that a crawl has still to fetch: each once, new ones first, within its bounds."""

from __future__ import annotations

import asyncio

from archive.core.model import Link, Validators
from crawler.worker.page_queue import PageQueue, PageRequest

TAMSK = "https://tamsk.example/"


def _new(*names: str) -> list[PageRequest]:
    return [PageRequest(TAMSK + name, Link(TAMSK + name)) for name in names]


def _again(*names: str) -> list[PageRequest]:
    return [PageRequest(TAMSK + name, None, Validators()) for name in names]


def _taken(queue: PageQueue) -> list[str]:
    """All that a queue to which nothing more comes hands out."""

    async def take() -> list[str]:
        found = []
        while (request := await queue.take()) is not None:
            found.append(request.url.removeprefix(TAMSK))
        return found

    queue.complete()
    return asyncio.run(take())


def test_new_pages_come_before_those_to_look_at_again() -> None:
    queue = PageQueue(None, 0)
    queue.add([*_again("old"), *_new("a", "b")])
    assert queue.left == 3
    assert _taken(queue) == ["a", "b", "old"]
    assert (queue.left, queue.reason) == (0, "")


def test_a_page_is_handed_out_once_under_whatever_form_of_its_address() -> None:
    queue = PageQueue(None, 0)
    queue.add([*_new("a"), *_new("a?utm_source=feed", "a#top"), *_again("a")])
    queue.add(_new("a"))
    assert _taken(queue) == ["a"]


def test_an_address_that_is_none_is_left_out() -> None:
    queue = PageQueue(None, 0)
    queue.add([PageRequest("mailto:oda@tamsk.example")])
    assert queue.left == 0


def test_the_limit_bounds_new_pages_and_not_those_looked_at_again() -> None:
    queue = PageQueue(1, 0)
    queue.add([*_new("a", "b"), *_again("old", "older")])
    assert _taken(queue) == ["a", "old", "older"]
    assert (queue.enough, queue.left, queue.reason) == (True, 1, "limit")


def test_the_bound_of_a_source_counts_all_pages() -> None:
    queue = PageQueue(5, 2)
    queue.add([*_new("a"), *_again("old", "older")])
    assert _taken(queue) == ["a", "old"]
    assert (queue.enough, queue.reason) == (True, "pages")


def test_a_closed_queue_hands_out_nothing() -> None:
    queue = PageQueue(None, 0)
    queue.add(_new("a"))
    queue.close()
    assert _taken(queue) == []
    assert (queue.closed, queue.enough, queue.left) == (True, True, 1)


def test_a_fetcher_waits_for_what_may_still_come_and_ends_when_nothing_can() -> None:
    async def fetch() -> list[str]:
        queue = PageQueue(None, 0)
        fetchers = [asyncio.ensure_future(queue.take()) for _ in range(3)]
        await asyncio.sleep(0)
        assert not any(fetcher.done() for fetcher in fetchers)
        queue.add(_new("a"))
        queue.complete()
        return sorted(request.url if request else "" for request in await asyncio.gather(*fetchers))

    assert asyncio.run(fetch()) == ["", "", TAMSK + "a"]


def test_closing_wakes_those_that_wait() -> None:
    async def fetch() -> object:
        queue = PageQueue(None, 0)
        waiting = asyncio.ensure_future(queue.take())
        await asyncio.sleep(0)
        queue.close()
        return await waiting

    assert asyncio.run(fetch()) is None


def test_a_page_looked_at_again_does_not_count_for_the_limit() -> None:
    async def fetch() -> list[str]:
        queue = PageQueue(1, 0)
        queue.add(_again("old"))
        first = await queue.take()
        queue.add(_new("a"))
        return [request.url.removeprefix(TAMSK) for request in (first, await queue.take()) if request]

    assert asyncio.run(asyncio.wait_for(fetch(), 60)) == ["old", "a"]


def test_what_a_watch_found_goes_before_what_waits_and_enough_is_known_before_it_is_taken() -> None:
    queue = PageQueue(4, 0)
    queue.add(_new("a", "b"))
    queue.add(_new("c", "d"), first=True)
    assert queue.supplied
    assert not queue.enough
    queue.complete()
    assert [url.rpartition("/")[2] for url in _taken(queue)] == ["c", "d", "a", "b"]
    assert not PageQueue(None, 0).supplied
    full = PageQueue(None, 2)
    full.add(_new("a", "b"))
    assert full.supplied
