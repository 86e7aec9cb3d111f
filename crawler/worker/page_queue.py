"""The pages that one crawl of a source still has to fetch: each once, new pages before pages to check again."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.core.model import Kind, Link, Validators
from archive.core.urls import key


@dataclass(frozen=True)
class PageRequest:
    """A page to fetch. `earlier` is what is known of a page that is checked again; None: it is new.

    `kind` is page, or probe for an address that cannot exist or is the site's own. `is_named`: a list names it now;
    else `link` is what one called it before."""

    url: str
    link: Link | None = None
    earlier: Validators | None = None
    kind: Kind = "page"
    is_named: bool = True


class PageQueue:
    """A queue that several fetchers take pages from, until it is empty and complete, or closed.

    `limit` is the most new pages that it gives out (None: no limit), `most` the most pages of all (0: no limit).
    """

    def __init__(self, limit: int | None, most: int) -> None:
        self._limit = limit
        self._most = most
        self._new: deque[PageRequest] = deque()
        self._again: deque[PageRequest] = deque()
        self._keys: set[str] = set()
        self._taken_new = 0
        self._taken = 0
        self._open = True
        self._more_may_come = True
        self._changed = asyncio.Event()

    @property
    def closed(self) -> bool:
        """No more pages are given out, so nobody needs to search for more."""
        return not self._open

    @property
    def enough(self) -> bool:
        """No more new pages are given out, even if more are added."""
        return not self._open or self._full or (self._limit is not None and self._taken_new >= self._limit)

    @property
    def supplied(self) -> bool:
        """As many new pages as will be handed out are queued: nothing further need be looked for."""
        waiting = self._taken_new + len(self._new)
        most = self._most and self._taken + len(self._new) >= self._most
        return self.enough or bool(most) or (self._limit is not None and waiting >= self._limit)

    @property
    def left(self) -> int:
        """The number of pages that were not given out."""
        return len(self._new) + len(self._again)

    @property
    def _full(self) -> bool:
        return bool(self._most) and self._taken >= self._most

    @property
    def reason(self) -> Literal["", "limit", "pages"]:
        """Which limit kept pages in the queue: "pages", "limit" or ""."""
        if not self.left:
            return ""
        return "pages" if self._full else "limit" if self.enough else ""

    def add(self, requests: Iterable[PageRequest], first: bool = False) -> None:
        """Queue pages, but for those that this crawl had before under any form of their address.

        `first`: before the new pages that wait, in their order.
        """
        fresh: list[PageRequest] = []
        for request in requests:
            identity = key(request.url)
            if identity and identity not in self._keys:
                self._keys.add(identity)
                (fresh if request.earlier is None else self._again).append(request)
        if first:
            self._new.extendleft(reversed(fresh))
        else:
            self._new.extend(fresh)
        self._changed.set()

    def complete(self) -> None:
        """Nothing more will be added."""
        self._more_may_come = False
        self._changed.set()

    def close(self) -> None:
        """Give out no more pages."""
        self._open = False
        self._changed.set()

    async def take(self) -> PageRequest | None:
        """The next page; waits until one is added. None if there is none and none can come."""
        while True:
            request = self._next()
            if request is not None or not self._open or self._full or not self._more_may_come:
                return request
            self._changed.clear()
            await self._changed.wait()

    def _next(self) -> PageRequest | None:
        if not self._open or self._full:
            return None
        queue = self._new if self._new and not self.enough else self._again
        if not queue:
            return None
        self._taken += 1
        self._taken_new += queue is self._new
        return queue.popleft()
