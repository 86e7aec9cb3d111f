"""Which sources are to be crawled, and which of them may start now: decisions only, no clock, no I/O, no scheduler.

A source is never crawled twice at once, and two sources that share a host are never crawled at the same time: one crawl
does not know the requests of the other, so both together could break the delay, robots.txt or a Retry-After.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawler.sources.addresses import hosts_reached
from crawler.sources.sources import Source


@dataclass(frozen=True)
class CrawlQueue:
    """The sources that wait, in the order in which they became due, and those that run, with the hosts they use."""

    waiting: tuple[str, ...] = ()
    running: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing runs."""
        return not self.waiting and not self.running

    def ask(self, name: str) -> CrawlQueue:
        """A source became due. If it already waits or runs, nothing changes."""
        if name in self.waiting or name in self.running:
            return self
        return replace(self, waiting=(*self.waiting, name))

    def again(self, name: str) -> CrawlQueue:
        """Put a source at the head of the queue, because its crawl was interrupted for another reason than the
        source.
        """
        return replace(self.finish(name), waiting=(name, *(other for other in self.waiting if other != name)))

    def start(self, sources: Mapping[str, Source], most: int) -> tuple[tuple[Source, ...], CrawlQueue]:
        """The sources that may start now, so that at most `most` run; the others keep their places.

        A name that is not in `sources` (because it was deleted from sources.toml) is dropped.
        """
        running = dict(self.running)
        taken = frozenset[str]().union(*running.values())
        chosen: list[Source] = []
        waiting: list[str] = []
        for place, name in enumerate(self.waiting):
            if len(running) >= most:
                waiting += self.waiting[place:]
                break
            source = sources.get(name)
            if source is None:
                continue
            wanted = hosts_reached(source)
            if wanted & taken:
                waiting.append(name)
            else:
                running[name] = wanted
                taken |= wanted
                chosen.append(source)
        return tuple(chosen), CrawlQueue(tuple(waiting), running)

    def finish(self, name: str) -> CrawlQueue:
        """A crawl is over: its hosts are free again."""
        return replace(self, running={other: taken for other, taken in self.running.items() if other != name})


def first_due(
    last: datetime | None, following: Callable[[datetime], datetime | None], now: datetime
) -> datetime | None:
    """When a source is first due after a start: now if it never ran, or if it was due since `last`.

    `following` gives the first scheduled moment after another; None when there is none.
    """
    if last is None:
        return now
    planned = following(min(last, now))
    return None if planned is None else max(planned, now)


def spread(names: Iterable[str], now: datetime, step: timedelta, within: timedelta) -> dict[str, datetime]:
    """Moments for sources that are all due at once: `step` apart, the last no later than `within` from now."""
    ordered = tuple(names)
    gap = min(step, within / max(len(ordered), 1))
    return {name: now + gap * place for place, name in enumerate(ordered)}


def overtime(started: Mapping[str, tuple[datetime, float]], now: datetime, grace: timedelta) -> tuple[str, ...]:
    """Sources whose crawl is longer than its own time limit (seconds) plus `grace`: the crawler itself must hang."""
    return tuple(name for name, (at, limit) in started.items() if now - at > timedelta(seconds=limit) + grace)
