"""Redirects of a page that may lead back to it: over other hosts of its institution (a login, a wall), or at once.

They are kept back until the end of the chain. Where it leads to the page, the page counts and each of them over another
host is "raw". Where it does not, the first says where the page leads to. One that leads back for ever is all that the
page answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from archive.core.model import Exchange
from crawler.fetch.cookies import institution


@dataclass(frozen=True)
class Held:
    """An answer that is not archived yet, and what archives it. `is_over`: it is of another host, or leads to one.
    `is_back`: it leads to itself, or to where its chain began."""

    exchange: Exchange
    record: Callable[[Exchange], None]
    is_over: bool
    is_back: bool


@dataclass
class Detour:
    """The answers of one chain that are kept back, in order."""

    held: list[Held] = field(default_factory=list)

    def take(self, held: Held | None) -> None:
        """Keep back an answer, if it is one to keep back."""
        if held:
            self.held.append(held)

    @property
    def returns(self) -> int:
        """How many of them lead back."""
        return sum(one.is_back for one in self.held)

    def close(self) -> None:
        """Archive them: the last that leads back does so for ever. It is what the page answers."""
        last = max((number for number, one in enumerate(self.held) if one.is_back), default=None)
        if last is not None:
            back = self.held.pop(last)
            self.end(is_back=True)
            back.record(replace(back.exchange, kind="page"))

    def end(self, is_back: bool) -> None:
        """Archive them. `is_back`: the chain led to a page of the source."""
        for number, one in enumerate(self.held):
            aside = one.is_over and (is_back or number > 0)
            one.record(replace(one.exchange, kind="raw") if aside else one.exchange)
        self.held.clear()


def may_pass(url: str, own_hosts: Collection[str]) -> bool:
    """Whether an address is on another host of an institution whose hosts are known."""
    name = urlsplit(url).hostname or ""
    return bool(name) and name not in own_hosts and institution(name) in map(institution, own_hosts)
