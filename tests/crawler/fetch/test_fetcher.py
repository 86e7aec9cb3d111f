"""How single addresses are fetched and archived, from servers that behave and misbehave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.core.model import KnownDocument, Link
from archive.warc import read
from crawler.fetch.answers import following_page
from crawler.sources.sources import Source
from crawler.worker.messages import Dropped, Job
from tests.support.owner import QUICK, Owner, fetch, known_from, page, recheck, source
from tests.support.site import (
    Conversation,
    Page,
    Site,
    always,
    chunked,
    compressed,
    cut_short,
    drip,
    endless,
    hang_up,
    in_turn,
    redirect,
    silence,
)

BUSY = Page(b"busy", status=429, headers=(("Retry-After", "1"),))


# Conditional requests and revisits.


def test_a_page_that_did_not_change_costs_one_conditional_request_and_a_revisit_record(
    owner: Owner, site: Site
) -> None:
    site.release("same")
    first = page(owner.crawl(Job(source(site))))
    told = owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),)))
    seen = page(told)
    assert (seen.status, seen.revisit, seen.digest) == (304, True, first.digest)
    (conditional,) = (asked for asked in site.log if "if-none-match" in asked.headers)
    assert (conditional.path, conditional.headers["if-none-match"]) == ("/news/same/", first.etag)


def test_a_page_that_changed_is_captured_in_full(owner: Owner, site: Site) -> None:
    site.release("edited", "Before", "2026-03-11", "Nine ships.")
    first = page(owner.crawl(Job(source(site))))
    site.release("edited", "After", "2026-03-11", "Ten ships.")
    seen = page(owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),))))
    assert (seen.status, seen.revisit) == (200, False)
    assert b"Ten ships" in read(owner.directory, seen).body


def test_an_unchanged_payload_without_validators_is_a_revisit_too(owner: Owner, site: Site) -> None:
    site.pages["/plain"] = Page(b"<p>Still the same.</p>")
    first = page(fetch(owner, site, "/plain"))
    seen = page(owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),))))
    assert (seen.status, seen.revisit, seen.digest) == (200, True, first.digest)


def test_a_document_without_validators_is_fetched_in_full_but_kept_only_if_it_differs(owner: Owner, site: Site) -> None:
    site.release("one")
    watched = source(site)
    told = owner.crawl(Job(watched))
    bare = tuple(
        KnownDocument(known.url, known.kind, replace(known.validators, etag="", last_modified=""))
        for known in known_from(told)
    )
    again = owner.crawl(Job(watched, documents=bare))
    assert not again.captures
    assert again.documents[site.at("/feed/")].full
    assert "if-none-match" not in [asked for asked in site.log if asked.path == "/feed/"][-1].headers
    assert again.documents[site.at("/feed/")].validators.digest == told.documents[site.at("/feed/")].validators.digest


def test_what_a_feed_asks_for_is_told_with_the_outcome(owner: Owner, site: Site) -> None:
    site.release("one")
    body = b"<rss version='2.0'><channel><ttl>45</ttl><item><link>/news/one/</link></item></channel></rss>"
    site.pages["/patient"] = Page(body, headers=(("Cache-Control", "max-age=60"),))
    told = owner.crawl(Job(source(site, feeds=(site.at("/patient"),))))
    (outcome,) = told.outcomes.values()
    assert outcome.paces == ((site.at("/patient"), "seconds=2700"),)


# The copy of robots.txt.


def test_a_copy_of_robots_txt_is_obeyed_and_not_asked_for_again(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /news/b\nCrawl-delay: 0.3\n"
    kept = fetch(owner, site, "/news/a").robots
    site.log.clear()
    told = owner.crawl(Job(source(site), robots=kept, pending=tuple(Link(site.at(f"/news/{name}")) for name in "bcd")))
    assert sorted(site.paths()) == ["/feed/", "/news/c", "/news/d"]
    assert told.dropped == {site.at("/news/b"): "robots.txt disallows it"}
    assert told.robots == ()
    times = [asked.at for asked in site.log]
    assert times[-1] - times[0] > 0.3  # two pauses; the first answer may be late on a busy machine


def test_a_copy_that_no_longer_counts_is_asked_for_and_what_it_says_now_is_obeyed(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow:\n"
    (kept,) = fetch(owner, site, "/news/a").robots
    site.robots = "User-agent: *\nDisallow: /news/\n"
    assert kept.until is not None
    old = replace(kept, until=kept.read_at)
    told = owner.crawl(Job(source(site), robots=(old,), pending=(Link(site.at("/news/b")),)))
    assert told.dropped == {site.at("/news/b"): "robots.txt disallows it"}
    assert told.robots[0].body == site.robots.encode()


def test_a_server_error_for_robots_txt_closes_a_host_whatever_an_old_copy_says(owner: Owner, site: Site) -> None:
    (kept,) = fetch(owner, site, "/news/a").robots
    site.answers["/robots.txt"] = always(Page(b"", status=503))
    site.log.clear()
    watched = source(site)
    old = replace(kept, until=kept.read_at)
    told = owner.crawl(Job(watched, robots=(old,), pending=(Link(site.at("/news/b")),)))
    assert set(site.paths()) == {"/robots.txt"}
    assert told.outcomes[watched.name].stopped_by == "refused"
    assert told.robots[0].failing_since is not None
    assert told.robots[0].status == kept.status


def test_where_robots_txt_alone_gives_no_answer_an_old_copy_is_obeyed(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /news/b\n"
    (kept,) = fetch(owner, site, "/news/a").robots
    site.answers["/robots.txt"] = hang_up
    watched = source(site)
    old = replace(kept, until=kept.read_at)
    told = owner.crawl(Job(watched, robots=(old,), pending=tuple(Link(site.at(f"/news/{name}")) for name in "bc")))
    assert told.dropped == {site.at("/news/b"): "robots.txt disallows it"}
    assert [capture.url for capture in told.captures if capture.kind == "page"] == [site.at("/news/c")]


def test_a_host_that_is_down_ends_the_crawl_before_any_address_is_blamed(owner: Owner, site: Site) -> None:
    for name in "abc":
        site.release(name)
    told = owner.crawl(Job(source(site)))
    seen = tuple(recheck(capture) for capture in told.pages)
    for path in ("/robots.txt", "/feed/", *(release.path for release in site.releases)):
        site.answers[path] = hang_up
    watched = source(site)
    told = owner.crawl(Job(watched, robots=told.robots, documents=known_from(told), rechecks=seen))
    outcome = told.outcomes[watched.name]
    assert set(told.dropped) == {site.at("/robots.txt")}
    assert "robots.txt cannot be read" in told.dropped[site.at("/robots.txt")]
    assert (outcome.stopped_by, outcome.errors) == ("refused", 1)


def test_a_host_that_says_nothing_is_waited_for_twice_in_all(owner: Owner, site: Site) -> None:
    for name in "abc":
        site.release(name)
    told = owner.crawl(Job(source(site)))
    seen = tuple(recheck(capture) for capture in told.pages)
    paths = ("/robots.txt", "/feed/", *(release.path for release in site.releases))
    site.answers.update({path: silence(4) for path in paths})
    watched, before = source(site), len(site.log)
    told = owner.crawl(Job(watched, robots=told.robots, documents=known_from(told), rechecks=seen))
    assert set(told.dropped) == {site.at("/robots.txt")}
    assert "no complete answer" in told.outcomes[watched.name].message
    assert told.outcomes[watched.name].stopped_by == "refused"
    assert len(site.log) - before == 2


def test_a_document_that_is_late_once_on_a_host_that_answers_is_read(owner: Owner, site: Site) -> None:
    site.release("alive")
    told = owner.crawl(Job(source(site)))
    feed = site.pages["/feed/"] if "/feed/" in site.pages else Page(b"<rss version='2.0'><channel></channel></rss>")
    site.answers["/feed/"] = in_turn(silence(4), always(feed))
    watched = source(site)
    again = owner.crawl(Job(watched, robots=told.robots))
    assert again.outcomes[watched.name].stopped_by == ""
    assert not again.dropped
    assert site.at("/feed/") in again.documents


def test_pages_of_a_host_that_fell_silent_are_not_waited_for_one_after_the_other(owner: Owner, site: Site) -> None:
    paths = [f"/mute-{number}" for number in range(60)]
    site.answers.update({path: silence(6) for path in paths})
    told = fetch(owner, site, *paths)
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "no complete answer to several requests in a row" in outcome.message
    assert sum(site.count(path) for path in paths) < 40


def test_three_mute_pages_change_nothing_for_the_others(owner: Owner, site: Site) -> None:
    paths = [f"/mute-{number}" for number in range(3)]
    site.answers.update({path: silence(6) for path in paths})
    site.release("fine")
    told = fetch(owner, site, *paths)
    assert site.at("/news/fine/") in {capture.url for capture in told.pages}
    assert [site.count(path) for path in paths] == [2, 2, 2]
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == ""


def test_a_feed_without_an_answer_alone_does_not_end_the_crawl(owner: Owner, site: Site) -> None:
    site.release("alive")
    told = owner.crawl(Job(source(site)))
    site.answers["/feed/"] = hang_up
    watched = source(site)
    again = owner.crawl(Job(watched, robots=told.robots, rechecks=(recheck(page(told)),)))
    assert again.outcomes[watched.name].stopped_by == ""
    assert set(again.dropped) == {site.at("/feed/")}
    assert page(again).revisit


# Redirects.


def test_every_hop_of_a_redirect_is_archived(owner: Owner, site: Site) -> None:
    site.release("moved-here")
    site.answers["/old"] = redirect("/older")
    site.answers["/older"] = redirect("/news/moved-here/", 302)
    told = fetch(owner, site, "/old", feeds=(site.at("/none"),))
    hops = [(capture.kind, capture.status, capture.url) for capture in told.captures]
    assert hops == [
        ("redirect", 301, site.at("/old")),
        ("redirect", 302, site.at("/older")),
        ("page", 200, site.at("/news/moved-here/")),
    ]
    assert {capture.asked for capture in told.captures} == {site.at("/old")}
    assert told.captures[0].location == site.at("/older")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/round", "loop"),
        ("https://elsewhere.example/story", "redirected to https://elsewhere.example/story"),
        ("http://169.254.169.254/latest/meta-data/", "redirected to"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_dropped_with_a_reason(
    owner: Owner, site: Site, target: str, words: str
) -> None:
    site.answers["/round"] = redirect(target)
    told = fetch(owner, site, "/round")
    assert words in told.dropped[site.at("/round")]
    assert not [capture for capture in told.pages if capture.status < 300]


def test_a_longer_chain_of_redirects_is_followed_to_its_page(owner: Owner, site: Site) -> None:
    for number in range(7):
        site.answers[f"/hop-{number}"] = redirect(f"/hop-{number + 1}")
    site.answers["/hop-7"] = always(Page(b"<h1>Pier opens</h1>"))
    told = fetch(owner, site, "/hop-0")
    assert not told.dropped
    assert page(told).url == site.at("/hop-7")


def test_a_chain_of_redirects_without_end_is_dropped(owner: Owner, site: Site) -> None:
    for number in range(14):
        site.answers[f"/hop-{number}"] = redirect(f"/hop-{number + 1}")
    told = fetch(owner, site, "/hop-0")
    assert told.dropped[site.at("/hop-0")] == "more than 10 redirects"
    assert site.count("/hop-10") == 1
    assert site.count("/hop-11") == 0


def test_a_wall_that_wants_its_cookie_is_passed_and_the_cookie_forgotten(owner: Owner, site: Site) -> None:
    def wall(conversation: Conversation) -> None:
        seen = "seen=1" in conversation.headers.get("Cookie", "")
        moved = Page(b"", status=302, headers=(("Location", conversation.path), ("Set-Cookie", "seen=1; Path=/")))
        conversation.send(Page(b"<p>behind the wall</p>") if seen else moved)

    site.answers |= {"/a": wall, "/b": wall}
    for _ in range(2):
        told = fetch(owner, site, "/a", "/b")
        assert sorted(capture.status for capture in told.pages) == [200, 200]
        assert {capture.status for capture in told.captures if capture.kind == "redirect"} == {302}
    of_pages = [asked for asked in site.log if asked.path in ("/a", "/b")]
    assert "cookie" not in of_pages[0].headers
    assert sum("cookie" not in asked.headers for asked in of_pages) >= 2


def test_pages_behind_a_consent_wall_are_archived_under_their_own_addresses(owner: Owner, site: Site) -> None:
    def behind(conversation: Conversation) -> None:
        agreed = "agreed=1" in conversation.headers.get("Cookie", "")
        ask = Page(b"", status=302, headers=(("Location", f"/ask?back={conversation.path}"),))
        conversation.send(Page(b"<p>behind the wall</p>") if agreed else ask)

    def ask(conversation: Conversation) -> None:
        back = conversation.path.partition("=")[2]
        conversation.send(Page(f"<h1>Cookies</h1><a href='/yes?back={back}'>Accept all</a>".encode()))

    def yes(conversation: Conversation) -> None:
        back = conversation.path.partition("=")[2]
        conversation.send(Page(b"", status=302, headers=(("Location", back), ("Set-Cookie", "agreed=1; Path=/"))))

    for path in ("/a", "/b"):
        site.answers |= {path: behind, f"/ask?back={path}": ask, f"/yes?back={path}": yes}
    told = fetch(owner, site, "/a", "/b")
    last = {capture.asked: capture for capture in told.pages}
    assert {read(owner.directory, last[site.at(path)]).body for path in ("/a", "/b")} == {b"<p>behind the wall</p>"}
    assert sum(asked.path.startswith("/yes") for asked in site.log) == 1


def test_a_redirect_is_followed_as_it_is_served(owner: Owner, site: Site) -> None:
    site.answers["/a"] = redirect("/a;jsessionid=1A?utm_source=web", 302)
    site.pages["/a;jsessionid=1A?utm_source=web"] = Page(b"<p>with a session</p>")
    capture = page(fetch(owner, site, "/a"))
    assert (capture.status, capture.url) == (200, site.at("/a;jsessionid=1A?utm_source=web"))


@pytest.mark.parametrize("by_header", [True, False])
def test_a_refresh_is_a_redirect_and_archived_as_one(owner: Owner, site: Site, by_header: bool) -> None:
    stub = b"" if by_header else b'<meta http-equiv="refresh" content="0; url=/new">'
    site.pages["/old"] = Page(stub, headers=(("Refresh", "0; url=/new"),) if by_header else ())
    site.pages["/new"] = Page(b"<p>here now</p>")
    told = fetch(owner, site, "/old")
    hops = [
        (capture.kind, capture.url, capture.location) for capture in told.captures if capture.asked.endswith("/old")
    ]
    assert hops == [("redirect", site.at("/old"), site.at("/new")), ("page", site.at("/new"), "")]


# What the server says no to.


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_answer_that_is_no_page_is_archived_as_it_is(owner: Owner, site: Site, status: int) -> None:
    site.pages["/gone"] = Page(b"<h1>no</h1>", status=status)
    told = fetch(owner, site, "/gone")
    assert page(told).status == status
    assert site.at("/gone") not in told.dropped


def test_a_busy_server_is_left_alone_as_long_as_it_asks(owner: Owner, site: Site) -> None:
    site.answers["/busy"] = in_turn(always(BUSY), always(Page(b"<p>ready</p>")))
    told = fetch(owner, site, "/busy")
    assert [capture.status for capture in told.pages] == [429, 200]
    first, second = (asked.at for asked in site.log if asked.path == "/busy")
    assert second - first >= 0.95
    assert site.at("/busy") not in told.dropped


def test_a_server_that_asks_for_too_long_a_rest_ends_the_crawl(owner: Owner, site: Site) -> None:
    site.answers["/busy"] = always(Page(b"busy", status=503, headers=(("Retry-After", "3600"),)))
    told = fetch(owner, site, "/busy", *(f"/other-{number}" for number in range(200)))
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "asks to wait 3600 seconds" in told.dropped[site.at("/busy")]
    assert all(message.retry for message in told.messages if isinstance(message, Dropped))
    assert len(site.log) < 60


def test_a_page_that_fails_for_a_moment_is_asked_again(owner: Owner, site: Site) -> None:
    failing = always(Page(b"oops", status=502))
    site.answers["/flaky"] = in_turn(failing, hang_up, always(Page(b"<p>fine</p>")))
    told = fetch(owner, site, "/flaky")
    assert [capture.status for capture in told.pages] == [502, 200]
    assert site.at("/flaky") not in told.dropped


def test_a_server_that_fails_at_a_condition_is_asked_again_without_it(owner: Owner, site: Site) -> None:
    site.release("choking")
    first = page(owner.crawl(Job(source(site))))
    plain = always(Page(b"<p>Ten ships.</p>"))
    failing = always(Page(b"oops", status=500))

    def answer(conversation: Conversation) -> None:
        (failing if "If-None-Match" in conversation.headers else plain)(conversation)

    site.answers["/news/choking/"] = answer
    told = owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),)))
    assert [capture.status for capture in told.pages] == [500, 200]
    assert not any("choking" in url for url in told.dropped)


def test_a_page_that_fails_always_is_dropped_for_another_crawl(owner: Owner, site: Site) -> None:
    site.pages["/broken"] = Page(b"oops", status=500)
    told = fetch(owner, site, "/broken")
    (dropped,) = (m for m in told.messages if isinstance(m, Dropped) and m.url == site.at("/broken"))
    assert (dropped.reason, dropped.retry) == ("the server answered 500", True)
    assert site.count("/broken") == QUICK.attempts


def test_a_host_that_fails_again_and_again_is_left_alone(owner: Owner, site: Site) -> None:
    for number in range(300):
        site.answers[f"/down-{number}"] = hang_up
    told = fetch(owner, site, *(f"/down-{number}" for number in range(300)))
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "failed again and again" in outcome.message
    assert len(site.log) < 200


def test_pages_that_fail_do_not_keep_others_from_being_fetched(owner: Owner, site: Site) -> None:
    broken = [f"/broken-{number}" for number in range(12)]
    site.answers.update({path: always(Page(b"oops", status=500)) for path in broken})
    site.release("fine")
    told = fetch(owner, site, *broken)
    assert site.at("/news/fine/") in {capture.url for capture in told.pages}
    assert len(told.dropped) == 12


# Bytes as they came.


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_page_is_archived_compressed_and_read_back_plain(owner: Owner, site: Site, coding: str) -> None:
    text = b"<p>Crates on the quay.</p>" * 50
    site.answers["/packed"] = compressed(text, coding)
    capture = page(fetch(owner, site, "/packed"))
    assert capture.warc_length < len(text) * 2
    response = read(owner.directory, capture)
    assert response.body == text
    assert ("Content-Encoding", coding) in response.headers


def test_a_chunked_page_is_archived_whole_with_true_headers(owner: Owner, site: Site) -> None:
    text = b"<p>Piece by piece.</p>" * 200
    site.answers["/pieces"] = chunked(text)
    response = read(owner.directory, page(fetch(owner, site, "/pieces")))
    names = {name.lower(): value for name, value in response.headers}
    assert response.body == text
    assert "transfer-encoding" not in names
    assert names["content-length"] == str(len(text))


def test_header_values_are_archived_as_they_came(owner: Owner, site: Site) -> None:
    odd = (("X-oDD-naMe", "caf\xe9 \xa0 end"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    site.pages["/odd"] = Page(b"<p>odd</p>", headers=odd)
    response = read(owner.directory, page(fetch(owner, site, "/odd")))
    assert [item for item in response.headers if item[0] in ("X-oDD-naMe", "Set-Cookie")] == list(odd)


def test_a_compressed_feed_is_understood(owner: Owner, site: Site) -> None:
    site.release("in-a-packed-feed")
    site.answers["/feed.gz"] = compressed(site._feed().encode(), "gzip")
    told = owner.crawl(Job(source(site, feeds=(site.at("/feed.gz"),))))
    assert page(told).url == site.at("/news/in-a-packed-feed/")


# Connections that break, stall or never end.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (cut_short(b"<p>half", 5000), "broke before the whole body came"),
        (hang_up, "closed the connection"),
        (drip(8), "no complete answer within 1.5 seconds"),
        (silence(8), "no complete answer within 1.5 seconds"),
        (always(Page(b"x" * 1_000_001)), "more than the 1000000 allowed"),
        (endless, "more than the 1000000 bytes allowed"),
    ],
)
def test_a_page_that_never_comes_whole_is_dropped_with_a_reason(
    owner: Owner, site: Site, answer: Any, words: str
) -> None:
    site.answers["/bad"] = answer
    told = fetch(owner, site, "/bad")
    assert words in told.dropped[site.at("/bad")]
    assert not told.pages


def test_a_decompression_bomb_in_a_feed_is_refused(tmp_path: Path, site: Site) -> None:
    site.answers["/feed/"] = compressed(b"0" * 20_000_000, "gzip")
    with Owner(tmp_path, replace(QUICK, document_bytes=1_000_000)) as owner:
        told = owner.crawl(Job(source(site)))
    assert "1000000" in told.dropped[site.at("/feed/")]


def test_a_refused_connection_and_a_name_without_address_are_told_in_words(owner: Owner, site: Site) -> None:
    with Site() as closed:
        pass
    refused = Source("refused", closed.url, delay=0)
    nameless = Source("nameless", "http://newsroom.invalid/", delay=0)
    spoken_plainly = Source("tls", site.url.replace("http:", "https:"), delay=0)
    outcomes = owner.crawl(Job(refused), Job(nameless), Job(spoken_plainly)).outcomes
    assert "the connection was refused" in outcomes["refused"].message
    assert "DNS: the name does not resolve" in outcomes["nameless"].message
    assert "TLS: " in outcomes["tls"].message
    assert all(outcome.errors and outcome.stopped_by == "refused" for outcome in outcomes.values())


@pytest.mark.parametrize("part", [cut_short(b"<p>Nearly all.</p>" * 40, 900), cut_short(b"<p>Half.</p>" * 20, 480)])
def test_a_page_that_breaks_off_is_kept_as_such_and_asked_for_twice(owner: Owner, site: Site, part: Any) -> None:
    site.answers["/cut"] = part
    capture = page(fetch(owner, site, "/cut"))
    assert (capture.status, capture.truncated, capture.etag) == (200, "disconnect", "")
    assert read(owner.directory, capture).body.startswith(b"<p>")
    assert site.count("/cut") == 2


def test_a_page_that_breaks_off_once_is_captured_whole(owner: Owner, site: Site) -> None:
    whole = b"<p>All of it.</p>" * 60
    site.answers["/cut"] = in_turn(cut_short(whole[:600], len(whole)), always(Page(whole)))
    capture = page(fetch(owner, site, "/cut"))
    assert (capture.truncated, read(owner.directory, capture).body) == ("", whole)


def test_what_broke_off_is_next_asked_for_without_conditions(owner: Owner, site: Site) -> None:
    whole = b"<p>All of it.</p>" * 60
    headers = (("ETag", '"1"'), ("Content-Length", "5000"), ("Content-Type", "text/html"))

    def cut(conversation: Conversation) -> None:
        conversation.raw(200, headers, whole)
        conversation.drop()

    site.answers["/cut"] = cut
    site.pages["/feed/"] = Page(site._feed().encode(), "application/rss+xml")
    first = page(fetch(owner, site, "/cut"))
    assert not recheck(first).validators.etag
    owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),)))
    assert not any("if-none-match" in asked.headers for asked in site.log)


def test_chunks_that_end_early_are_kept_too_and_a_stalled_body_as_well(owner: Owner, site: Site) -> None:
    body = b"<p>Piece by piece.</p>" * 60

    def unended(conversation: Conversation) -> None:
        head = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))
        conversation.raw(200, head, b"%x\r\n%s\r\n" % (len(body), body))
        conversation.drop()

    def stalled(conversation: Conversation) -> None:
        conversation.raw(200, (("Content-Type", "text/html"), ("Content-Length", str(len(body) + 20))), body)
        conversation.site.wait(8)

    site.answers |= {"/unended": unended, "/stalled": stalled}
    told = fetch(owner, site, "/unended", "/stalled")
    assert {capture.url: capture.truncated for capture in told.pages} == {
        site.at("/unended"): "disconnect",
        site.at("/stalled"): "time",
    }
    assert {read(owner.directory, capture).body for capture in told.pages} == {body}


@pytest.mark.parametrize(
    ("header", "following"),
    [
        ('<https://lake.example.org/news?page=2>; rel="next"', "https://lake.example.org/news?page=2"),
        ('</news?page=1>; rel="prev", </news?page=3>; rel="next"', "https://lake.example.org/news?page=3"),
        ('</news?cursor=k>; title="x"; rel=next', "https://lake.example.org/news?cursor=k"),
        ('<https://other.example.net/news?page=2>; rel="next"', ""),
        ('</style.css>; rel="preload"', ""),
        ("", ""),
    ],
)
def test_the_next_page_that_a_link_header_names(header: str, following: str) -> None:
    assert following_page(header, "https://lake.example.org/news") == following
