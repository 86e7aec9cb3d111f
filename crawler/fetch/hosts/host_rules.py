"""The rules of the hosts of one crawl: what the robots.txt of each allows, asked for once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from archive.core.model import Validators
from archive.core.robots import RobotsCopy, robots_of
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, Resting
from crawler.fetch.hosts import robots
from crawler.fetch.hosts.robots import Rules


class HostRules:
    """What the hosts of one crawl allow. Makes no request itself: `ask` fetches a robots.txt, through redirects, with
    what a conditional request for it needs; it raises NotFetched, or SourceRefuses.

    `known` is what is known of captures of robots.txt files, `kept` the copies of earlier crawls, both by address; a
    copy counts for `longest_kept` at most. `settled` is called with the address that is asked for and the rules of its
    host, as soon as these are known. `closed` says why the host that the crawl begins with lets nothing be fetched,
    where only its first request showed that.
    """

    def __init__(
        self,
        ask: Callable[[str, Validators | None], Awaitable[Answer]],
        known: Mapping[str, Validators],
        kept: Mapping[str, RobotsCopy],
        longest_kept: timedelta,
        settled: Callable[[str, Rules], None],
    ) -> None:
        self.closed = ""
        self._ask = ask
        self._known = known
        self._kept = dict(kept)
        self._longest_kept = longest_kept
        self._settled = settled
        self._rules: dict[str, Rules] = {}
        self._reading = asyncio.Lock()
        self._entrance = ""
        self._read: list[tuple[RobotsCopy, Answer | None]] = []

    async def of(self, url: str) -> Rules:
        """The rules of an address's host: by a copy that still counts, or else by what its robots.txt says now."""
        file = robots_of(url)
        self._entrance = self._entrance or file
        if file not in self._rules:
            async with self._reading:
                if file not in self._rules:
                    copy = self._kept.get(file)
                    is_kept = copy is not None and copy.counts(datetime.now(UTC), self._longest_kept)
                    found = robots.kept_rules(copy) if copy and is_kept else await self._read_now(file)
                    self._settle(url, found)
        return self._rules[file]

    def has_copy(self, url: str) -> bool:
        """Whether there is a copy of the robots.txt of an address's host, from this crawl or an earlier one."""
        return robots_of(url) in self._kept

    def are_kept(self, url: str) -> bool:
        """Whether the rules of an address's host, which are settled, are those of an earlier crawl."""
        return self._rules[robots_of(url)].kept

    def is_entrance(self, url: str) -> bool:
        """Whether an address is of the host that the crawl begins with."""
        return robots_of(url) == self._entrance

    async def without_answer(self, url: str, reason: str) -> Rules:
        """The rules of a host that gave no answer to an address, because of `reason`, so that no copy of earlier crawls
        counts: what its robots.txt says now. Where that was asked for now, its host is closed."""
        file = robots_of(url)
        is_asked = not self._kept[file].counts(datetime.now(UTC))
        found = robots.unreachable(reason) if is_asked else await self._read_now(file, may_stand_in=False)
        self._settle(url, found)
        if self.is_entrance(url):
            self.closed = found.closed
        return found

    def take_read(self) -> list[tuple[RobotsCopy, Answer | None]]:
        """Every robots.txt that was asked for since the last call, with its answer if there was one."""
        read, self._read = self._read, []
        return read

    def _settle(self, url: str, found: Rules) -> None:
        self._settled(url, found)
        self._rules[robots_of(url)] = found

    async def _read_now(self, file: str, may_stand_in: bool = True) -> Rules:
        """What a robots.txt says now; with `may_stand_in`, an old copy may count where it cannot be read."""
        answer = None
        try:
            answer = await self._ask(file, self._known.get(file))
            found = robots.rules(answer.status, answer.body)
        except Resting as rest:
            return Rules(closed=rest.reason)
        except NotFetched as failure:
            found = robots.unreachable(failure.reason)
        now = datetime.now(UTC)
        if answer is not None and not robots.is_error(answer.status):
            copy = robots.read(file, answer.status, answer.body, answer.cache_control, now)
        else:
            copy = robots.failed(file, self._kept.get(file), now)
            if may_stand_in and robots.stands_in(copy, now, is_answered=answer is not None):
                found = robots.kept_rules(copy)
        self._kept[file] = copy
        self._read.append((copy, answer))
        return found
