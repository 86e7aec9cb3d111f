"""What a host's robots.txt allows (RFC 9309), and how long a copy of it counts, as values. Fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scrapy.robotstxt import ProtegoRobotParser

from archive.core.robots import LONGEST_KEPT, RobotsCopy
from crawler.sources.pace import max_age
from crawler.sources.sources import Source

AGENT = "Dateline"
"""Our product token in robots.txt files."""

MOST_BYTES = 512 * 1024
"""How much of a robots.txt is read: RFC 9309 section 2.5 asks for at least 500 KiB."""

GIVEN_UP_AFTER = timedelta(days=30)
"""How long a server must answer with errors before the last good copy counts again: RFC 9309 section 2.3.1.4."""

_WATCHED_CLOSELY = timedelta(hours=1)
"""A source whose pages are asked for again sooner than this reads robots.txt as often as its pages."""

_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.I)


@dataclass(frozen=True)
class Rules:
    """The rules of one host. `closed` says in words why nothing may be fetched at all; "" if something may.

    `unanswered` says why no server gave an answer to the request for robots.txt; "" if one did. `kept`: they are those
    of an earlier crawl, so that nothing shows yet whether the host answers.
    """

    body: bytes = b""
    closed: str = ""
    parser: ProtegoRobotParser | None = None
    unanswered: str = ""
    kept: bool = False

    def refusal(self, url: str) -> str:
        """Why an address may not be fetched, in words; "" if it may."""
        if self.closed:
            return self.closed
        if self.parser is not None and not self.parser.allowed(url, AGENT):
            return "robots.txt disallows it"
        return ""

    def crawl_delay(self) -> float:
        """The seconds between requests that the host asks for; 0 if it asks for none."""
        delay = self.parser.crawl_delay(AGENT) if self.parser is not None else None
        return max(0.0, delay or 0.0)


def rules(status: int, body: bytes) -> Rules:
    """The rules that follow from an answer to the request for robots.txt.

    RFC 9309 section 2.3.1: 4xx means no rules, 5xx (and 429) that nothing may be fetched for now.
    """
    if is_error(status):
        return Rules(closed=f"robots.txt cannot be read (the server answered {status}), so nothing may be fetched")
    if status != 200:
        return Rules()
    return Rules(body, "", ProtegoRobotParser(body[:MOST_BYTES], None))


def unreachable(reason: str) -> Rules:
    """The rules of a host that gave no answer to the request for robots.txt; `reason` says why."""
    return Rules(closed=f"robots.txt cannot be read ({reason}), so nothing may be fetched", unanswered=reason)


def longest_kept(source: Source) -> timedelta:
    """How long a copy counts for a source at most: a day, or the shortest time between two looks at a page of a source
    that is watched more closely than once an hour."""
    shortest = min((*source.recheck, source.recheck_then))
    return shortest if shortest < _WATCHED_CLOSELY else LONGEST_KEPT


def kept_rules(copy: RobotsCopy) -> Rules:
    """The rules of a copy of an earlier crawl."""
    return replace(rules(copy.status, copy.body), kept=True)


def is_error(status: int) -> bool:
    """Whether an answer says nothing about the rules, because the server has trouble or wants to rest."""
    return status == 429 or status >= 500


def read(url: str, status: int, body: bytes, cache_control: str, at: datetime) -> RobotsCopy:
    """The copy to keep of an answer that is no error: for 24 hours, or shorter if its Cache-Control says so."""
    age = timedelta(0) if _NOT_KEPT.search(cache_control) else max_age(cache_control)
    until = at + (LONGEST_KEPT if age is None else min(age, LONGEST_KEPT))
    return RobotsCopy(url, at, until, status, body[:MOST_BYTES] if status == 200 else b"")


def failed(url: str, known: RobotsCopy | None, at: datetime) -> RobotsCopy:
    """The copy to keep when robots.txt could not be read now: the earlier one, with since when it could not."""
    known = known or RobotsCopy(url)
    return replace(known, failing_since=known.failing_since or at)


def stands_in(copy: RobotsCopy, at: datetime, is_answered: bool) -> bool:
    """Whether an old copy counts, as robots.txt cannot be read now.

    It does while there is no answer at all (RFC 9309 section 2.4). A server that answers with errors (`is_answered`)
    closes its host, but after 30 days of nothing else the copy counts again (section 2.3.1.4).
    """
    if copy.read_at is None:
        return False
    since = copy.failing_since
    return not is_answered or (since is not None and at - since >= GIVEN_UP_AFTER)
