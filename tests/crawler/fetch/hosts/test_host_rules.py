"""The rules of the hosts of a crawl: each robots.txt is asked for once, and a copy that counts not at all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from archive.core.model import Validators
from archive.core.robots import RobotsCopy
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched
from crawler.fetch.hosts.host_rules import HostRules
from crawler.fetch.hosts.robots import Rules

PAGE = "https://press.velmora.example/news/a"
FILE = "https://press.velmora.example/robots.txt"
DISALLOW = b"User-agent: *\nDisallow: /news/\n"
DOWN = NotFetched("it does not answer", retry=True, failure=True)


class Asked:
    """Answers for robots.txt, one after the other (the last one stays), and what was asked and settled."""

    def __init__(self, *answers: bytes | NotFetched, kept: RobotsCopy | None = None) -> None:
        self.answers = list(answers)
        self.files: list[str] = []
        self.settled: list[str] = []
        self.rules = HostRules(self.ask, {}, {FILE: kept} if kept else {}, timedelta(days=1), self.settle)

    async def ask(self, file: str, earlier: Validators | None) -> Answer:
        self.files.append(file)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, NotFetched):
            raise answer
        return Answer(file, 200, answer, "", Validators())

    def settle(self, url: str, found: Rules) -> None:
        self.settled.append(url)


def copy(age: timedelta) -> RobotsCopy:
    read_at = datetime.now(UTC) - age
    return RobotsCopy(FILE, read_at, read_at + timedelta(days=1), 200, DISALLOW)


def test_requests_side_by_side_ask_for_a_robots_txt_once() -> None:
    asked = Asked(DISALLOW)

    async def all_at_once() -> list[Rules]:
        return await asyncio.gather(*(asked.rules.of(f"{PAGE}{n}") for n in range(5)))

    found = asyncio.run(all_at_once())
    assert {rules.refusal(PAGE) for rules in found} == {"robots.txt disallows it"}
    assert (asked.files, asked.settled) == ([FILE], [f"{PAGE}0"])
    read = asked.rules.take_read()
    assert [(one.url, answer is not None and answer.status) for one, answer in read] == [(FILE, 200)]
    assert asked.rules.take_read() == []


def test_a_copy_that_counts_is_not_asked_for_again() -> None:
    asked = Asked(b"", kept=copy(timedelta(hours=1)))
    assert asyncio.run(asked.rules.of(PAGE)).refusal(PAGE) == "robots.txt disallows it"
    assert (asked.files, asked.rules.are_kept(PAGE), asked.rules.has_copy(PAGE)) == ([], True, True)


def test_a_copy_stands_in_while_there_is_no_answer() -> None:
    asked = Asked(DOWN, kept=copy(timedelta(days=3)))
    assert asyncio.run(asked.rules.of(PAGE)).refusal(PAGE) == "robots.txt disallows it"
    assert asked.files == [FILE]
    (known, answer), *_ = asked.rules.take_read()
    assert (known.failing_since is not None, answer) == (True, None)


@pytest.mark.parametrize(("answer", "is_closed"), [(DOWN, True), (DISALLOW, False)])
def test_a_host_with_a_copy_that_gives_no_answer_is_judged_by_its_robots_txt(
    answer: bytes | NotFetched, is_closed: bool
) -> None:
    asked = Asked(answer, kept=copy(timedelta(hours=1)))

    async def first_request_failed() -> Rules:
        await asked.rules.of(PAGE)
        return await asked.rules.without_answer(PAGE, "it does not answer")

    found = asyncio.run(first_request_failed())
    assert (asked.files, bool(found.closed), asked.rules.closed) == ([FILE], is_closed, found.closed)


def test_only_the_host_that_the_crawl_begins_with_closes_it() -> None:
    asked = Asked(DOWN)
    other = "https://files.velmora.example/a.pdf"

    async def both() -> Rules:
        await asked.rules.of("https://www.velmora.example/")
        await asked.rules.of(other)
        return await asked.rules.without_answer(other, "it does not answer")

    assert asyncio.run(both()).closed
    assert (asked.rules.closed, asked.rules.is_entrance(other)) == ("", False)
