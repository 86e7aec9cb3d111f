"""From WARC records to tables: articles, edits, removals, aliases, rejections; in any order."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ParamSpec, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.boilerplate.decisions import Decision
from archive.core.errors import ArchiveError
from archive.core.model import Capture, Link, Policy, Validators
from archive.ingest.pipeline import Ingest
from archive.ingest.pool import extraction_pool
from archive.ingest.rebuild import rebuild
from archive.store.database import Store
from archive.store.rows import storable
from archive.store.search import search
from tests.examples import examples
from tests.support.archiving import AT_ONCE, DAY, HOST, AtOnce, Newsroom, ingesting, later, page, rows, story, tables

P = ParamSpec("P")
T = TypeVar("T")

FOOTER = "Write to the harbour office at any hour, and somebody who knows the tides will answer you the same day."


def _ingest(directory: Path, captures: Sequence[Capture], name: str = "archive.db", **options: Any) -> Path:
    with ingesting(directory, name, **options) as ingest:
        ingest.add(captures)
    return directory / name


def _kinds(path: Path) -> list[str]:
    return [event["kind"] for event in rows(path, "select kind from events order by at, capture_id, rowid")]


def test_a_page_becomes_an_article_with_a_revision_and_an_event(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    path = _ingest(tmp_path, [room.answer("/news/1-path", page(1))])
    (article,) = rows(path, "select * from articles")
    assert article["source"] == "valdora"
    assert article["url"] == f"{HOST}/news/1-path"
    assert "Ilva Renn" in article["text"]
    assert article["first_seen"] == article["last_checked"] == DAY.isoformat()
    (revision,) = rows(path, "select * from revisions")
    assert (revision["n"], revision["severity"]) == (1, "first")
    (event,) = rows(path, "select * from events")
    assert (event["kind"], event["article_id"]) == ("new", article["id"])
    (capture,) = rows(path, "select * from captures")
    assert (capture["article_id"], capture["page_kind"], capture["note"]) == (article["id"], "release", "")


def test_an_article_has_the_address_without_session_and_trackers_though_its_page_was_served_with_them(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path)
    served = "/news/1-path;jsessionid=1A2B?utm_source=web"
    path = _ingest(tmp_path, [room.answer(served, page(1), asked="/news/1-path")])
    assert [row["url"] for row in rows(path, "select url from articles")] == [f"{HOST}/news/1-path"]
    assert {row["url"] for row in rows(path, "select url from urls")} == {f"{HOST}/news/1-path"}
    (capture,) = rows(path, "select final_url from captures")
    assert capture["final_url"] == HOST + served


@pytest.mark.parametrize("at_once", [True, False])
def test_an_answer_that_broke_off_is_no_edit_and_the_first_whole_one_none_either(tmp_path: Path, at_once: bool) -> None:
    room = Newsroom(tmp_path)
    less = story(1).rpartition("\n\n")[0]
    answers = [
        room.answer("/news/1-path", page(1, less), truncated="disconnect"),
        room.answer("/news/1-path", page(1), at=later(days=1)),
        room.answer("/news/1-path", page(1, less), at=later(days=2), truncated="time"),
        room.answer("/news/1-path", page(1, less), at=later(days=3), truncated="time"),
        room.answer("/news/1-path", page(1), at=later(days=4)),
    ]
    with ingesting(tmp_path, policies=AT_ONCE) as ingest:
        for batch in [answers] if at_once else [[one] for one in answers]:
            ingest.add(batch)
    path = tmp_path / "archive.db"
    (article,) = rows(path, "select text, revisions, status, last_checked from articles")
    assert "Work on stage 2" in article["text"]
    assert (article["revisions"], article["status"]) == (1, "live")
    assert article["last_checked"] == later(days=4).isoformat()
    (revision,) = rows(path, "select n, severity, text from revisions")
    assert (revision["n"], revision["severity"], revision["text"]) == (1, "first", article["text"])
    assert _kinds(path) == ["new"]


def test_a_byline_that_is_laid_out_anew_is_no_edit_and_one_that_leaves_its_page_is(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    marked, bare, above = (
        page(1).replace("<h1>", f"{before}<h1>").replace("</h1>", f"</h1>{after}")
        for before, after in (
            ("", '<div class="author">Ada Quill</div>'),
            ("", '<div class="x7">Ada Quill</div>'),
            ("<div>Ada Quill</div>", "<div>3 March 2026</div>"),
        )
    )
    captures = [marked, bare, bare, above, above, marked, marked, page(1), page(1)]
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(captures)])
    found = rows(path, "select kinds, authors, fetched_at from revisions order by n")
    assert [tuple(row.values()) for row in found] == [
        ("", '["Ada Quill"]', DAY.isoformat()),
        ("authors", "[]", later(days=7).isoformat()),
    ]
    good = tables(path)
    path.unlink()
    rebuild(tmp_path, AtOnce())
    assert tables(path) == good


def test_an_answer_that_broke_off_is_read_if_the_end_of_its_page_came(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    whole, cut = page(1), page(2)[: page(2).index("</p>") + 4]
    captures = [room.answer(f"/news/{n}", body, truncated="disconnect") for n, body in enumerate((whole, cut))]
    path = _ingest(tmp_path, captures)
    told = rows(path, "select truncated, page_kind, note from captures order by id")
    assert sorted(row["truncated"] for row in told) == ["disconnect", "disconnect"]
    assert {(row["page_kind"], row["note"]) for row in told} == {
        ("release", ""),
        ("error", "the answer broke off before the end of the page"),
    }


def test_a_changed_text_is_a_revision(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    edited = story(1).replace("18 volunteers", "81 volunteers")
    path = _ingest(
        tmp_path,
        [
            room.answer("/news/1-path", page(1)),
            room.answer("/news/1-path", page(1, edited), at=later(days=1)),
            room.answer("/news/1-path", page(1, edited), at=later(days=1, minutes=10)),
        ],
    )
    assert [row["severity"] for row in rows(path, "select * from revisions order by n")] == ["first", "minor"]
    (event,) = rows(path, "select * from events where kind = 'edited'")
    assert "18 → 81" in event["detail"]
    captures = [row["id"] for row in rows(path, "select id from captures order by fetched_at")]
    assert [event["capture_id"], event["confirmed_by"]] == captures[1:]
    (kinds, silent) = rows(path, "select kinds, silent from revisions where n = 2")[0].values()
    assert (kinds, silent) == ("number", None)
    (article,) = rows(path, "select * from articles")
    assert "81 volunteers" in article["text"]
    assert (article["revisions"], article["changed_at"]) == (2, later(days=1).isoformat())
    with Store(path) as store:
        assert search(store.db.conn, "81 volunteers").total == 1
        assert search(store.db.conn, '"18 volunteers"').total == 0


def test_another_author_is_a_revision_and_one_that_only_goes_unread_is_none(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    stated = '{"@type": "NewsArticle", "datePublished": "2026-03-02", "author": {"name": "%s"}}'
    script = f'<script type="application/ld+json">{stated}</script></head>'
    ada, bo = (page(1).replace("</head>", script % name) for name in ("Ada Quill", "Bo Wren"))
    captures = [ada, page(1), page(1), ada, bo, bo]
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(captures)])
    found = "select severity, kinds, authors, summary from revisions order by n"
    assert [tuple(row.values()) for row in rows(path, found)] == [
        ("first", "", '["Ada Quill"]', ""),
        ("minor", "authors", '["Bo Wren"]', "authors changed: Ada Quill → Bo Wren"),
    ]
    assert [row["kind"] for row in rows(path, "select kind from events order by at")] == ["new", "edited"]
    assert rows(path, "select authors from articles") == [{"authors": '["Bo Wren"]'}]
    good = tables(path)
    with ingesting(tmp_path) as ingest:
        ingest.read_again([row["id"] for row in rows(path, "select id from articles")])
    assert tables(path) == good
    path.unlink()
    rebuild(tmp_path, AtOnce())
    assert tables(path) == good


def test_another_line_below_the_title_is_a_revision_though_it_is_no_part_of_the_text(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    line = "</h1><header><p class=standfirst>{}</p></header>"
    was, now = (page(1).replace("</h1>", line.format(said)) for said in ("No delay.", "Some delay."))
    looks = enumerate((was, now, now))
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in looks])
    found = rows(path, "select text, kinds, summary from revisions order by n")
    assert [row["text"] for row in found] == [story(1)] * 2
    assert found[1]["kinds"] == "subtitle"
    assert found[1]["summary"] == "subtitle changed: “No delay.” → “Some delay.”"
    assert rows(path, "select subtitle from articles") == [{"subtitle": "Some delay."}]


def test_a_name_that_leaves_the_line_below_the_picture_is_a_revision_and_another_picture_above_it_is_none(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path)
    figure = "</h1><figure><img src=/{}.jpg alt=''><figcaption>{}</figcaption></figure>"
    shown = (
        (1, "Ilva Renn with Bo Wren at the pier"),
        (2, "Ilva Renn with Bo Wren at the pier"),
        (2, "Ilva Renn at the pier"),
    )
    bodies = [page(1).replace("</h1>", figure.format(*each)) for each in shown for _ in (1, 2)]
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(bodies)])
    found = rows(path, "select severity, kinds, text from revisions order by n")
    assert [(row["severity"], row["kinds"]) for row in found] == [("first", ""), ("minor", "caption")]
    assert [row["text"] for row in found] == [story(1)] * 2
    good = tables(path)
    path.unlink()
    rebuild(tmp_path, AtOnce())
    assert tables(path) == good


def test_contacts_that_leave_a_page_outside_of_its_text_are_a_revision(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    box = "</article><aside><h3>Media contact</h3><p>{}</p></aside>"
    ada, bo, other = (
        page(1, more).replace("</article>", box.format(said) if said else "</article>")
        for said, more in (
            ("Ada Quill, tel. +47 555 0104", ""),
            ("", ""),
            ("", story(1, " Rain.")),
        )
    )
    looks = [ada, bo, bo, other, other]
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(looks)])
    assert [row["kinds"] for row in rows(path, "select kinds from revisions order by n")][1] == "contacts"
    assert [row["kind"] for row in rows(path, "select kind from events order by at")] == ["new", "edited", "edited"]
    good = tables(path)
    path.unlink()
    rebuild(tmp_path, AtOnce())
    assert tables(path) == good


def test_another_label_of_the_contacts_and_a_new_year_at_the_foot_are_no_edit(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    box = "</article><aside><h3>{}</h3><p>Ada Quill</p><p>ada@valdora.example</p></aside>"
    foot = "<footer><p>© {} Valdora Harbour, ada@valdora.example</p></footer>"
    named, unnamed, gone = (
        page(1).replace("</article>", around)
        for around in (
            box.format("Media contact") + foot.format(2026),
            box.format("Ask us") + foot.format(2027),
            "</article>" + foot.format(2027),
        )
    )
    looks = [named, unnamed, unnamed, gone, gone]
    path = _ingest(tmp_path, [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(looks)])
    found = rows(path, "select kinds, fetched_at from revisions order by n")
    assert [tuple(row.values()) for row in found] == [("", DAY.isoformat()), ("contacts", later(days=3).isoformat())]


def test_the_same_page_in_another_encoding_is_no_edit(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    text = story(1, " Přístav stál 5 € – „konečně“.")

    def encoded(name: str) -> bytes:
        return page(1, text).replace("<head>", f'<head><meta charset="{name}">', 1).encode(name)

    names = ("utf-8", "windows-1250", "windows-1250", "utf-16", "utf-16")
    captures = [room.answer("/news/1-path", encoded(name), at=later(days=day)) for day, name in enumerate(names)]
    path = _ingest(tmp_path, captures)
    assert [row["kind"] for row in rows(path, "select kind from events")] == ["new"]
    assert "Přístav stál 5 €" in rows(path, "select text from articles")[0]["text"]


def test_a_new_headline_with_its_address_is_an_edit_and_a_move_that_names_it(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)

    def said(headline: str, path: str) -> str:
        return page(1, title=headline).replace("<head>", f'<head><link rel="canonical" href="{HOST}{path}">', 1)

    shut = said("The path is shut", "/news/path-is-shut")
    captures = [room.answer("/news/path-is-open", said("The path is open", "/news/path-is-open"))]
    captures += [room.answer("/news/path-is-open", shut, at=later(days=day)) for day in (1, 2)]
    captures += [room.answer("/news/path-is-shut", shut, at=later(days=3))]
    events = rows(_ingest(tmp_path, captures), "select url, kind, detail from events order by at, rowid")
    own = [(row["kind"], row["detail"]) for row in events if row["url"].endswith("open")]
    assert [kind for kind, _ in own] == ["new", "edited", "moved"]
    assert own[1][1].startswith("headline")
    assert own[2][1] == f"its address now answers with {HOST}/news/path-is-shut"


def test_an_unchanged_page_is_only_seen_again(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = room.answer("/news/1-path", page(1))
    known = Validators(digest=first.digest, captured_at=first.fetched_at, captured_url=first.url)
    path = _ingest(
        tmp_path,
        [
            first,
            room.answer("/news/1-path", status=304, at=later(hours=1), earlier=known),
            room.answer("/news/1-path", page(1), at=later(hours=6), earlier=known),
            room.answer("/news/1-path", page(1), at=later(days=1)),
        ],
    )
    (article,) = rows(path, "select * from articles")
    assert article["last_seen"] == article["last_checked"] == later(days=1).isoformat()
    assert article["revisions"] == 1
    notes = [row["note"] for row in rows(path, "select note from captures order by fetched_at")]
    assert notes == ["", "not modified", "same payload as before", ""]
    assert _kinds(path) == ["new"]


def test_what_is_no_page_is_a_capture_with_a_note(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    path = _ingest(
        tmp_path,
        [
            room.answer("/feed", "<rss/>", kind="feed"),
            room.answer("/news", "<html>", kind="listing"),
            room.answer("/robots.txt", "User-agent: *", kind="robots"),
            room.answer("/void", "<html><body></body></html>"),
            room.answer("/missing", status=404),
        ],
    )
    assert [row["note"] for row in rows(path, "select note from captures where kind <> 'page' order by kind")] == [
        "feed",
        "listing",
        "robots",
    ]
    assert all(row["note"] for row in rows(path, "select note from captures where kind = 'page'"))
    assert rows(path, "select * from articles") == []
    states = {row["key"].split("/")[1]: row["state"] for row in rows(path, "select * from urls")}
    assert (states["void"], states["missing"]) == ("rejected", "gone")


def test_gone_and_returned_and_blocked(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    answers = [200, 503, 503, 403, 403, 404, 410, 200, 500, 200]
    path = _ingest(
        tmp_path,
        [
            room.answer("/news/1-path", page(1) if status == 200 else "", status=status, at=later(days=day))
            for day, status in enumerate(answers)
        ],
    )
    assert _kinds(path) == ["new", "trouble", "blocked", "missing", "gone", "returned", "trouble"]
    (article,) = rows(path, "select * from articles")
    assert (article["status"], article["last_seen"]) == ("live", later(days=9).isoformat())
    details = {row["kind"]: row["detail"] for row in rows(path, "select * from events")}
    assert details["missing"] == "404 not found"
    assert details["gone"] == f"410 gone at 2 looks since {later(days=5):%Y-%m-%d %H:%M} UTC"


def test_a_page_that_is_refused_is_blocked_and_never_gone(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer("/news/1-path", page(1))]
    captures += [
        room.answer("/news/1-path", status=status, at=later(days=day)) for day, status in enumerate((401, 429, 451), 1)
    ]
    path = _ingest(tmp_path, captures)
    (article,) = rows(path, "select * from articles")
    assert (article["status"], article["last_checked"]) == ("blocked", later(days=3).isoformat())
    assert article["last_seen"] == DAY.isoformat()
    assert _kinds(path) == ["new", "blocked"]


@pytest.mark.parametrize("pages", [1, 2, 4])
def test_a_page_of_maintenance_answered_with_200_is_no_edit_and_no_article(tmp_path: Path, pages: int) -> None:
    room = Newsroom(tmp_path)
    text = "The website of the harbour office is being upgraded this evening. Please come back later."
    notice = page(1, text, title="Under maintenance").replace("article:published_time", "og:none")
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(6)]
    for hours in (24, 24.2, 30, 50):
        body = [notice if hours < 50 else page(n) for n in range(pages)]
        captures += [room.answer(f"/news/{n}-path", body[n], at=later(hours=hours, seconds=n)) for n in range(pages)]
    captures.append(room.answer("/news/9-path", notice, at=later(hours=25)))
    path = _ingest(tmp_path, captures)
    kinds = rows(path, "select kind, count(*) as n from events where kind <> 'new' group by kind")
    assert kinds == [{"kind": "trouble", "n": pages}]
    assert rows(path, "select count(*) as n from articles where status = 'live' and missing_since is null") == [
        {"n": 6}
    ]
    with Store(path) as store:
        assert [link.url for link in store.pending("valdora", later(hours=27))] == [f"{HOST}/news/9-path"]


def test_addresses_of_one_article_are_one_article(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    canonical = "/news/2026/coastal-path-renewed-1001"
    captures = [
        room.answer("http://www.press.valdora.example/news/2026/coastal-path-renewed-1001/", page(1)),
        room.answer("/r/1001", kind="redirect", status=301, headers=[("Location", canonical)], at=later(hours=1)),
        room.answer(canonical, page(1), asked="/r/1001", at=later(hours=1)),
        room.answer("/index.php?id=1001", page(1, canonical=canonical), at=later(hours=2)),
        room.answer("/index.php?id=1001", status=404, at=later(hours=3)),
    ]
    path = _ingest(tmp_path, captures, policies=AT_ONCE)
    (article,) = rows(path, "select * from articles")
    assert article["status"] == "live"  # only another address of it is gone
    assert {row["article_id"] for row in rows(path, "select article_id from captures")} == {article["id"]}
    leading = rows(path, "select key, state from urls where article_id = ? order by key", article["id"])
    assert [(row["key"].split("/", 1)[1], row["state"]) for row in leading] == [
        ("index.php?id=1001", "alias"),
        ("news/2026/coastal-path-renewed-1001", "article"),
        ("r/1001", "alias"),
    ]


@pytest.mark.parametrize(
    "wrong", ["/", "/news", "/news/", "/news/0-the-first", "https://other.example/news/1-path", "/en"]
)
def test_a_wrong_canonical_address_merges_nothing(tmp_path: Path, wrong: str) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n, canonical=wrong)) for n in range(1, 5)]
    path = _ingest(tmp_path, captures)
    assert len(rows(path, "select * from articles")) == 4


@pytest.mark.parametrize(("number", "kind"), [(1, "moved"), (2, "gone")])
def test_an_address_that_leads_to_another_has_moved_if_that_says_the_same(
    tmp_path: Path, number: int, kind: str
) -> None:
    room = Newsroom(tmp_path)
    captures = [
        room.answer("/news/1-path", page(1)),
        room.answer("/news/1-path", kind="redirect", status=302, headers=[("Location", "/n/2")], at=later(days=1)),
        room.answer("/archive/2-other", page(number), asked="/news/1-path", at=later(days=1)),
        room.answer("/news/1-path", status=404, at=later(days=2)),
    ]
    path = _ingest(tmp_path, captures, policies=AT_ONCE)
    first, second = rows(path, "select * from articles order by first_seen")
    assert (first["status"], second["status"]) == (kind, "live")
    assert first["moved_to"] == (second["id"] if kind == "moved" else None)
    events = rows(path, "select kind from events where article_id = ? order by at", first["id"])
    assert [row["kind"] for row in events] == ["new", kind]


def _long_history(room: Newsroom) -> list[Capture]:
    captures = [room.answer(f"/news/{number}-path", page(number), at=later(minutes=number)) for number in range(4)]
    captures += [
        room.answer("/news/1-path", status=404, at=later(minutes=-30)),
        room.answer("/news/1-path", page(1, story(1, " Rain is expected.")), at=later(days=1)),
        room.answer("/news/1-path", page(1, story(1, " Rain is expected.")), at=later(days=2)),
        room.answer("/news/1-path", status=404, at=later(days=3)),
        room.answer("/news/1-path", page(1), at=later(days=4)),
        room.answer("/news/1-path", status=304, at=later(days=5)),
        room.answer("/news/2-path", status=403, at=later(days=1)),
        room.answer("/news/2-path", status=503, at=later(days=2)),
        room.answer("/go/2", kind="redirect", status=301, headers=[("Location", "/news/2-path")], at=later(days=3)),
        room.answer("/news/2-path", page(2), asked="/go/2", at=later(days=3)),
        room.answer("/go/2", status=410, at=later(days=4)),
        room.answer("/news/3-path", kind="redirect", status=301, headers=[("Location", "/x")], at=later(days=1)),
        room.answer("/x/33-elsewhere", page(9), asked="/news/3-path", at=later(days=1)),
        room.answer("/news/3-path", status=404, at=later(days=2)),
        room.answer("/news/3-path", page(3), at=later(days=3)),
        room.answer("/news/1004-path", page(4)),
        room.answer("/p?n=1004", page(4, canonical="/news/1004-path"), at=later(days=1)),
        room.answer("/p?n=1004", status=500, at=later(days=2)),
        room.answer("/news/1004-path", page(4, title="Another headline for section 4"), at=later(days=3)),
        room.answer("/nothing", "<html><body></body></html>"),
        *(room.answer(f"/news/{number}-path", page(number)) for number in (5, 6, 7)),
        room.answer("/news/nosuch-1", _soft(), kind="probe", at=later(days=2)),
        room.answer("/news/5-path", _soft(), at=later(days=1)),
        room.answer("/news/5-path", _soft(), at=later(days=4)),
        room.answer("/news/6-path", status=404, at=later(days=1)),
        room.answer("/new/6-path", page(6), at=later(days=3)),
        room.answer(
            "/all", kind="redirect", status=302, headers=[("Location", "/")], at=later(days=1), asked="/news/7-path"
        ),
        room.answer("/", _home(), asked="/news/7-path", at=later(days=1)),
    ]
    return captures


def _home() -> str:
    """The newsroom's home page: links to releases."""
    links = "".join(f'<h2><a href="/news/{n}-path">Section {n} of the coastal path</a></h2>' for n in range(12))
    return f"<html><head><title>Valdora Harbour</title></head><body class=home><main>{links}</main></body></html>"


def _soft() -> str:
    """What the newsroom says at an address that does not exist, with 200."""
    return page(0, "Nobody at the harbour knows of such a page. Perhaps the tide took it.", title="Lost at sea")


def test_a_long_history_in_the_order_of_time(tmp_path: Path) -> None:
    path = _ingest(tmp_path, _long_history(Newsroom(tmp_path)), policies=AT_ONCE)
    kinds = {
        row["url"].removeprefix(HOST): row["kinds"]
        for row in rows(
            path,
            "select a.url, group_concat(e.kind) kinds from articles a join"
            " (select * from events order by at, rowid) e on e.article_id = a.id group by a.id",
        )
    }
    assert kinds == {
        "/news/0-path": "new",
        "/news/1-path": "new,edited,gone,returned,edited",
        "/news/5-path": "new,gone",
        "/news/6-path": "new,gone,moved",
        "/news/7-path": "new,gone",
        "/news/2-path": "new,blocked,trouble,returned",
        "/news/3-path": "new,gone,returned",
        "/news/1004-path": "new,edited",
        "/x/33-elsewhere": "new",
    }


Forward = tuple[Path, list[Capture], dict[bool, dict[str, list[tuple[Any, ...]]]]]
"""An archive's directory, captures of it, and the tables they give in their order, without and with policies."""


@pytest.fixture(scope="module")
def forward(tmp_path_factory: pytest.TempPathFactory) -> Forward:
    directory = tmp_path_factory.mktemp("forward")
    captures = _long_history(Newsroom(directory))
    given: tuple[dict[str, Policy], ...] = ({}, AT_ONCE)
    return directory, captures, {
        bool(policies): tables(_ingest(directory, captures, f"{bool(policies)}.db", policies=policies))
        for policies in given
    }  # fmt: skip


@examples(20)
@given(
    order=st.randoms(use_true_random=False),
    cuts=st.lists(st.integers(1, 5), max_size=6),
    policies=st.sampled_from(({}, AT_ONCE)),
)
def test_the_order_of_arrival_does_not_matter(
    forward: Forward, order: random.Random, cuts: list[int], policies: dict[str, Policy]
) -> None:
    directory, captures, expected = forward
    shuffled = [*captures, *order.sample(captures, 4)]
    order.shuffle(shuffled)
    with TemporaryDirectory(dir=directory) as folder:
        name = f"{Path(folder).name}/shuffled.db"
        with ingesting(directory, name, policies=policies) as ingest:
            start = 0
            for cut in cuts:
                ingest.add(shuffled[start : start + cut])
                ingest.flush()
                start += cut
            ingest.add(shuffled[start:])
        assert tables(directory / name) == expected[bool(policies)]


def test_what_pages_share_is_removed_without_making_a_revision(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n, footer=FOOTER), at=later(minutes=n)) for n in range(30)]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures[:1])
        ingest.flush()
        (article,) = ingest.store.db.query("select text from articles")
        assert FOOTER in article["text"]
        ingest.add(captures[1:])
    path = tmp_path / "archive.db"
    texts = [row["text"] for row in rows(path, "select text from articles")]
    assert len(texts) == 30
    assert not any(FOOTER in text for text in texts)
    assert not any(FOOTER in row["text"] for row in rows(path, "select text from revisions"))
    assert {row["severity"] for row in rows(path, "select severity from revisions")} == {"first"}
    assert {row["text"] for row in rows(path, "select text from removed")} == {FOOTER}
    (known,) = [row for row in rows(path, "select * from boilerplate") if FOOTER.startswith(row["text"])]
    assert {row["boilerplate_id"] for row in rows(path, "select * from removed")} == {known["id"]}
    with Store(path) as store:
        assert search(store.db.conn, "tides").total == 0
    expected = tables(path)
    rebuild(tmp_path, AtOnce())
    assert tables(path) == expected


def test_a_sentence_that_is_added_to_a_few_releases_is_an_edit_of_each(tmp_path: Path) -> None:
    room, added = Newsroom(tmp_path), "The office corrects: the works end a year later than it had said in the spring."
    captures = [room.answer(f"/news/{n}-path", page(n, footer=FOOTER), at=later(minutes=n)) for n in range(12)]
    for hours in (24, 48):
        for n in range(3):
            served = page(n, f"{story(n)}\n\n{added}", footer=FOOTER)
            captures.append(room.answer(f"/news/{n}-path", served, at=later(hours=hours, minutes=n)))
    with ingesting(tmp_path) as ingest:
        for batch in (captures[:12], captures[12:15], captures[15:]):
            ingest.add(batch)
            ingest.flush()
    path = tmp_path / "archive.db"
    edited = rows(path, "select text from articles join revisions using (text) where n = 2")
    assert sorted(row["text"] for row in edited) == sorted(f"{story(n)}\n\n{added}" for n in range(3))
    assert [row["documents"] for row in rows(path, "select documents from boilerplate")] == [12]
    expected = tables(path)
    rebuild(tmp_path, AtOnce())
    assert tables(path) == expected


def test_an_edit_and_a_learned_footer_stay_apart(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    other = (
        "The harbour office answers letters within a day, and calls from boats in distress within one minute of them."
    )
    captures = [
        room.answer("/news/1-path", page(1, footer=FOOTER)),
        room.answer("/news/1-path", page(1, story(1, " Rain is expected."), footer=other), at=later(days=1)),
        room.answer("/news/1-path", page(1, story(1, " Rain is expected."), footer=FOOTER), at=later(days=2)),
        room.answer("/news/1-path", page(1, story(1, " Rain is expected."), footer=other), at=later(days=3)),
    ]
    captures += [room.answer(f"/news/{n}-path", page(n, footer=FOOTER), at=later(minutes=n)) for n in range(2, 22)]
    captures += [
        room.answer(f"/news/{n}-path", page(n, footer=other), at=later(days=1, minutes=n)) for n in range(22, 42)
    ]
    path = _ingest(tmp_path, captures)
    article = rows(path, "select * from articles where url like '%/1-path'")[0]
    history = rows(path, "select * from revisions where article_id = ? order by n", article["id"])
    assert [row["severity"] for row in history] == ["first", "minor"]
    assert history[1]["text"].removesuffix(" Rain is expected.") == history[0]["text"]


class Breaking(Executor):
    """An executor whose process ends when it gets a certain page, for as often as told."""

    def __init__(self, address: str, times: int) -> None:
        self.address = address
        self.times = times
        self.inner = AtOnce()

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        capture: Any = args[1]
        if capture.url.endswith(self.address) and self.times:
            self.times -= 1
            future: Future[T] = Future()
            future.set_exception(BrokenExecutor("a process ended"))
            return future
        return self.inner.submit(task, *args, **kwargs)


@pytest.mark.parametrize(("times", "articles"), [(1, 3), (2, 2)])
def test_a_page_that_breaks_its_process_is_tried_twice_and_costs_no_other(
    tmp_path: Path, times: int, articles: int
) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    path = _ingest(tmp_path, captures, executor=Breaking("/1-path", times))
    assert len(rows(path, "select * from articles")) == articles
    assert len(rows(path, "select * from captures")) == 3
    notes = [row["note"] for row in rows(path, "select note from captures where note <> ''")]
    assert len(notes) == 3 - articles
    assert all("ended its process" in note for note in notes)


def test_a_record_that_cannot_be_read_is_a_note(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    capture = room.answer("/news/1-path", page(1))
    path = _ingest(tmp_path, [replace(capture, warc_offset=capture.warc_offset + 7)])
    (row,) = rows(path, "select * from captures")
    assert row["note"].startswith("the record cannot be read")


def test_a_failed_commit_is_repeated_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        learn = ingest.templates.learn

        def fails(*_: Any) -> frozenset[int]:
            raise OSError("no room")

        monkeypatch.setattr(ingest.templates, "learn", fails)
        ingest.add([room.answer("/news/1-path", page(1))])
        with pytest.raises(OSError, match="no room"):
            ingest.flush()
        assert ingest.store.db.execute("select count(*) from captures").fetchone() == (0,)
        monkeypatch.setattr(ingest.templates, "learn", learn)
    assert len(rows(tmp_path / "archive.db", "select * from articles")) == 1


def test_add_waits_when_the_pool_is_full(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(12)]
    most = 0

    class Counting(ThreadPoolExecutor):
        def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
            nonlocal most
            future = super().submit(task, *args, **kwargs)
            running.append(future)
            most = max(most, sum(not item.done() for item in running))
            return future

    running: list[Future[Any]] = []
    with Counting(2) as executor, ingesting(tmp_path, executor=executor, in_flight=3) as ingest:
        ingest.add(captures)
    assert 0 < most <= 3
    assert len(rows(tmp_path / "archive.db", "select * from articles")) == 12


def test_a_batch_is_committed_when_it_is_full_or_old(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    clock = [0.0]
    with ingesting(tmp_path, clock=lambda: clock[0]) as ingest:
        ingest.add([room.answer("/news/1-path", page(1))])
        assert (ingest.backlog, ingest.entered) == (1, 0)
        clock[0] += 1
        ingest.collect()
        assert (ingest.backlog, ingest.entered) == (0, 1)


def test_the_date_a_feed_gave_outlives_a_recheck_that_does_not_know_it(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    link = Link(f"{HOST}/news/1-path", published="2026-02-28T10:00:00+01:00", via=f"{HOST}/feed")
    capture = room.answer("/news/1-path", page(1), link=link)
    path = _ingest(tmp_path, [capture, room.answer("/news/1-path", page(1), at=later(days=1))])
    assert len(rows(path, "select * from revisions")) == 1
    (stored,) = rows(path, "select link from captures where link is not null")
    assert "2026-02-28" in stored["link"]


def test_the_real_pool_gives_the_same_tables_and_survives_a_killed_process(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(6)]
    expected = tables(_ingest(tmp_path, captures, "at-once.db"))
    with extraction_pool(2) as pool, Store(tmp_path / "archive.db") as store, Ingest(store, tmp_path, pool) as ingest:
        ingest.add(captures[:2])
        ingest.flush()
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        ingest.add(captures[2:])
    assert tables(tmp_path / "archive.db") == expected


def test_what_is_entered_schedules_the_next_look(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    policy = Policy((timedelta(hours=2), timedelta(days=2)))
    published = page(1).replace("2026-03-02T08:00:00+01:00", "2026-03-02T09:30:00+00:00")
    with ingesting(tmp_path, policies={"valdora": policy}) as ingest:
        ingest.add([room.answer("/news/1-path", published, headers=[("ETag", '"a"')])])
        ingest.flush()
        assert ingest.store.due("valdora", later(hours=1)) == ()
        (again,) = ingest.store.due("valdora", later(hours=3))
        assert (again.url, again.validators.etag, again.validators.captured_at) == (f"{HOST}/news/1-path", '"a"', DAY)
        ingest.add([room.answer("/news/1-path", status=304, at=later(hours=3))])
        ingest.flush()
        assert ingest.store.due("valdora", later(hours=4)) == ()
        assert len(ingest.store.due("valdora", later(days=3))) == 1


def test_text_that_no_database_can_keep_is_mended(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    said = page(1, title="Half \ufffe a &#xD83D; face").replace("<p>", "<p>One &#0; sign. ", 1)
    capture = room.answer("/news/1-path", said, link=Link(f"{HOST}/news/1-path", title="Half a face"))
    broken = replace(capture, link=Link(f"{HOST}/news/1-path", title="Half \ud83d a \0 face"), content_type="\ud83d")
    path = _ingest(tmp_path, [broken])
    assert len(rows(path, "select * from articles")) == 1
    assert storable(("a\ud83d\0", {"b": "c\udfff"})) == ("a?", {"b": "c?"})


def test_a_memory_of_another_version_asks_for_a_rebuild(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    path = _ingest(tmp_path, [room.answer("/news/1-path", page(1))])
    with Store(path) as store:
        store.db.execute("update template_pages set sample = cast(x'63' || substr(sample, 2) as blob)")
    with pytest.raises(ArchiveError, match="dateline rebuild"):
        _ingest(tmp_path, [room.answer("/news/2-path", page(2))])
    assert rebuild(tmp_path, AtOnce()).articles == 2


def test_articles_are_read_again_before_the_flush_when_nothing_else_waits(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    clock = [0.0]
    with ingesting(tmp_path, clock=lambda: clock[0]) as ingest:
        for number in range(12):
            ingest.add([room.answer(f"/news/{number}-path", page(number, footer=FOOTER))])
            clock[0] += 1
            ingest.collect()
        for _ in range(12):
            ingest.collect()
        texts = [row["text"] for row in ingest.store.db.query("select text from articles")]
        assert len(texts) >= 11
        assert not any(FOOTER in text for text in texts)


class Counted(AtOnce):
    """Counts its tasks."""

    tasks = 0

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.tasks += 1
        return super().submit(task, *args, **kwargs)


def test_a_learned_menu_makes_no_article_be_read_again(tmp_path: Path) -> None:
    menu = "<nav><ul><li><a href=/a>Tide tables</a></li><li><a href=/b>Fees of the harbour</a></li></ul></nav>"
    room = Newsroom(tmp_path)
    counted = Counted()
    with ingesting(tmp_path, executor=counted) as ingest:
        ingest.add([room.answer(f"/news/{n}-path", page(n).replace("<body>", f"<body>{menu}")) for n in range(12)])
    assert len(rows(tmp_path / "archive.db", "select * from boilerplate where text in ('Tide tables')")) == 1
    assert counted.tasks == 12


def test_a_title_loses_what_the_titles_of_its_source_end_with(tmp_path: Path) -> None:
    tail = "News of the harbour masters"
    room = Newsroom(tmp_path)
    pages = [page(n, title=f"Pier {name}").replace("<h1>Pier", "<p>On pier").replace("</h1>", "</p>")
             for n, name in enumerate(("Aster", "Birch", "Cedar", "Daffodil", "Elder"))]  # fmt: skip
    captures = [
        room.answer(f"/news/{n}-path", html.replace("| Valdora Harbour", f"- {tail}"), at=later(hours=n))
        for n, html in enumerate(pages)
    ]
    path = _ingest(tmp_path, captures)
    titles = {row["title"] for row in rows(path, "select title from articles")}
    assert titles == {"Pier Aster", "Pier Birch", "Pier Cedar", "Pier Daffodil", "Pier Elder"}
    assert rows(path, "select max(n) as most from revisions") == [{"most": 1}]
    with ingesting(tmp_path) as ingest:
        ingest.decide([Decision("valdora", tail, "keep")])
    assert all(row["title"].endswith(tail) for row in rows(path, "select title from articles"))


def test_a_tail_that_the_heading_has_as_well_is_part_of_the_title(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    names = ("Aster", "Birch", "Cedar", "Daffodil", "Elder")
    captures = [
        room.answer(f"/news/{n}-path", page(n, title=f"Pier {name} - a guide to the harbour"), at=later(hours=n))
        for n, name in enumerate(names)
    ]
    path = _ingest(tmp_path, captures)
    assert {row["title"] for row in rows(path, "select title from articles")} == {
        f"Pier {name} - a guide to the harbour" for name in names
    }
