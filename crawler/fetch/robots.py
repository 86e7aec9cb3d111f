"""What a host's robots.txt allows (RFC 9309), as values. Reads bytes; fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.robotstxt import ProtegoRobotParser

AGENT = "Dateline"
"""Our product token in robots.txt files."""


@dataclass(frozen=True)
class Rules:
    """The rules of one host. `closed` says in words why nothing may be fetched at all; "" if something may.

    `unanswered` says why no server gave an answer to the request for robots.txt; "" if one did.
    """

    body: bytes = b""
    closed: str = ""
    parser: ProtegoRobotParser | None = None
    unanswered: str = ""

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
    if status == 429 or status >= 500:
        return Rules(closed=f"robots.txt cannot be read (the server answered {status}), so nothing may be fetched")
    if status != 200:
        return Rules()
    return Rules(body, "", ProtegoRobotParser(body[: 512 * 1024], None))
