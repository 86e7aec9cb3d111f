"""What the files of a crawl say of its addresses, whichever program wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from archive.warc import records
from archive.warc.imported.crawl_facts import DOCUMENT, EMBEDDED, PART, UNKNOWN, CrawlFacts
from archive.warc.records import Record
from tests.support.archiving import DAY, page
from tests.support.foreign_warcs import SITE, record

Ask = Callable[..., bytes]
FRAME = "https://ads.tracker.example/frame"


@pytest.fixture
def facts() -> Iterator[CrawlFacts]:
    found = CrawlFacts()
    yield found
    found.close()


def noted(facts: CrawlFacts, *content: bytes) -> list[Record]:
    parsed = [records.parse(one)[0] for one in content]
    for one in parsed:
        facts.note(one, "crawl")
    facts.settle()
    return parsed


def answer(url: str, body: str = "", *fields: tuple[str, str], head: str = "200 OK", later: float = 0) -> bytes:
    block = f"HTTP/1.1 {head}\r\nContent-Type: text/html\r\n\r\n{body or page(1)}".encode()
    name = f"<{later}:{url}>" if later else f"<{url}>"
    return record("response", url, DAY + timedelta(seconds=later), block, ("WARC-Record-ID", name), *fields)


def request(url: str, line: str, fields: str = "") -> bytes:
    return record("request", url, DAY, f"{line}\r\n{fields}\r\n".encode(), ("WARC-Concurrent-To", f"<{url}>"))


@pytest.mark.parametrize(
    ("hops", "use"),
    [("", DOCUMENT), ("L", DOCUMENT), ("LLR", DOCUMENT), ("LE", EMBEDDED), ("EL", EMBEDDED), ("P", PART)],
)
def test_hops_say_how_an_address_was_reached(facts: CrawlFacts, hops: str, use: int) -> None:
    about = record("metadata", FRAME, DAY, f"hopsFromSeed: {hops}\r\n".encode())
    found, _ = noted(facts, answer(FRAME), about)
    assert facts.use(found) == use


@pytest.mark.parametrize(
    ("dest", "use"), [("document", DOCUMENT), ("iframe", EMBEDDED), ("image", PART), ("empty", PART), ("", UNKNOWN)]
)
def test_a_browser_says_what_it_asks_for(facts: CrawlFacts, dest: str, use: int) -> None:
    asked = request(FRAME, "GET / HTTP/1.1", f"Sec-Fetch-Dest: {dest}\r\n" if dest else "")
    _, found = noted(facts, asked, answer(FRAME))
    assert (facts.use(found), facts.method(found)) == (use, "GET")


def test_the_method_is_that_of_the_request(facts: CrawlFacts) -> None:
    _, posted, other = noted(facts, request(FRAME, "POST / HTTP/1.1"), answer(FRAME), answer(f"{SITE}/"))
    assert (facts.method(posted), facts.method(other)) == ("POST", "GET")


def alone(url: str, line: str, fields: str = "", later: float = 0) -> bytes:
    """A request that does not say to which response it belongs."""
    at = DAY + timedelta(seconds=later)
    return record("request", url, at, f"{line}\r\n{fields}\r\n".encode(), ("WARC-Record-ID", f"<r{later}:{url}>"))


FORM = f"{SITE}/search"
GOT = alone(FORM, "GET / HTTP/1.1")
POSTED = alone(FORM, "POST / HTTP/1.1", later=1)


@pytest.mark.parametrize(
    ("content", "methods"),
    [
        ((alone(FORM, "POST / HTTP/1.1"), answer(FORM)), ["POST"]),
        ((answer(FORM), alone(FORM, "POST / HTTP/1.1")), ["POST"]),
        ((answer(FORM), alone(FORM, "POST / HTTP/1.1", later=2)), ["POST"]),
        ((alone(FORM, "POST / HTTP/1.1"), answer(f"{SITE}/"), answer(FORM)), ["GET", "POST"]),
        ((alone(FORM, "POST / HTTP/1.1", later=2), answer(f"{SITE}/"), answer(FORM)), ["GET", "GET"]),
        ((answer(f"{SITE}/"), alone(FORM, "POST / HTTP/1.1"), answer(FORM)), ["GET", "POST"]),
        ((GOT, answer(FORM), POSTED, answer(FORM, later=1)), ["GET", "POST"]),
        ((answer(FORM), GOT, answer(FORM, later=1), POSTED), ["GET", "POST"]),
        ((request(FORM, "GET / HTTP/1.1"), answer(FORM), POSTED), ["GET"]),
    ],
)  # fmt: skip
def test_a_request_that_names_no_response_is_that_of_the_record_beside_it(
    facts: CrawlFacts, content: tuple[bytes, ...], methods: list[str]
) -> None:
    answers = [one for one in noted(facts, *content) if one.type == "response"]
    assert [facts.method(one) for one in answers] == methods


@pytest.mark.parametrize("ask", [request, alone])
def test_what_was_asked_for_counts_though_the_request_comes_after_the_answer(facts: CrawlFacts, ask: Ask) -> None:
    found, _ = noted(facts, answer(FRAME), ask(FRAME, "GET / HTTP/1.1", "Sec-Fetch-Dest: iframe\r\n"))
    assert facts.use(found) == EMBEDDED


@pytest.mark.parametrize("source", ["#", "#player", f"{SITE}/", "./"])
def test_a_page_that_embeds_itself_is_a_page(source: str, facts: CrawlFacts) -> None:
    (found,) = noted(facts, answer(f"{SITE}/", page(1) + f"<audio src='{source}'></audio>"))
    assert facts.use(found) == UNKNOWN


@pytest.mark.parametrize("tag", ["<iframe src='{}'>", '<IMG alt=x SRC="{}">', "<script async src={}></script>"])
def test_what_a_page_embeds_is_no_page(facts: CrawlFacts, tag: str) -> None:
    home, frame = noted(facts, answer(f"{SITE}/", page(1) + tag.format(FRAME)), answer(FRAME))
    assert (facts.use(home), facts.use(frame)) == (UNKNOWN, EMBEDDED)
    assert (facts.is_page_host(f"{SITE}/x"), facts.is_page_host(FRAME)) == (True, False)


def test_a_list_of_pages_outweighs_that_another_page_embeds_one(facts: CrawlFacts) -> None:
    facts.note_pages([FRAME])
    _, frame = noted(facts, answer(f"{SITE}/", f"<title>x</title><iframe src={FRAME}>"), answer(FRAME))
    assert facts.use(frame) == DOCUMENT
    assert not facts.is_page_host(f"{SITE}/"), "where pages are named, a host of which nothing is said has none"


def test_a_redirect_is_joined_to_its_answer(facts: CrawlFacts) -> None:
    first = record("response", f"{SITE}/a", DAY, b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n")
    origin, end = noted(facts, first, answer(f"{SITE}/b"))
    assert facts.asked(origin) == (f"{SITE}/a", True)
    assert facts.asked(end) == (f"{SITE}/a", False)
    assert facts.landing(origin) == f"{SITE}/b"


def test_redirects_in_a_circle_lead_nowhere(facts: CrawlFacts) -> None:
    heads = (("/a", "/b"), ("/b", "/a"))
    found = noted(
        facts,
        *(
            record("response", SITE + url, DAY, f"HTTP/1.1 302 X\r\nLocation: {to}\r\n\r\n".encode())
            for url, to in heads
        ),
    )
    assert [facts.asked(one) for one in found] == [None, None]
