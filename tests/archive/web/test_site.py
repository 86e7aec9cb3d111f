"""The site, asked through Datasette's own client: what each page says, and what it refuses to do."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette
from lxml import html

from archive import web
from archive.text import diff, wording
from archive.web import replay, search_request
from archive.web.data.canned import CANNED
from archive.web.server import build
from tests.support.archiving import RECORD
from tests.support.sample import HOSTILE, SCRIPT, START, article_id, build_sample, move_to, number, publish

ATOM = "{http://www.w3.org/2005/Atom}"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("site") / "archive")


@pytest.fixture(scope="module")
def ask(archive: Path) -> Iterator[Ask]:
    """Asks the site for a path; the event loop stays the same, as a server's does."""
    site = build(archive)
    with asyncio.Runner() as runner:
        yield lambda path, **options: runner.run(site.client.get(path, **options))
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()


def text_of(source: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())


def rows(archive: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(archive / "archive.db")
    found = connection.execute(sql, parameters).fetchall()
    connection.close()
    return found


def capture_of(archive: Path, slug: str, n: int = 1) -> int:
    found = rows(archive, "select capture_id from revisions where article_id = ? and n = ?", article_id(slug), n)
    return int(found[0][0])


def test_home_shows_newest_releases_by_day_sources_and_changes(ask: Ask) -> None:
    page = text_of(ask("/").text)
    assert page.index("Thursday, 12 March 2026") < page.index("Wednesday, 11 March 2026")
    assert "Three electric cranes were unloaded at the east quay on Thursday morning." in page
    assert "Search 18 releases" in ask("/").text
    assert "failing, 3 times in a row" in page
    assert "Taken down Port of Ister Night ferry to Korrin suspended after engine fire" in page
    assert "One figure changed: 128 million became 118 million" in page


def test_an_archive_without_releases_has_a_home(tmp_path: Path) -> None:
    db = build_sample(tmp_path / "archive") / "archive.db"
    connection = sqlite3.connect(db)
    connection.executescript(
        "delete from articles; delete from search_groups; delete from events; delete from sources;delete from captures;"
    )
    connection.close()
    page = asyncio.run(build(tmp_path / "archive").client.get("/")).text
    assert "Nothing is archived yet" in page
    assert "no source is watched" in page


@pytest.mark.parametrize(
    ("query", "found", "absent"),
    [
        ("q=ferry", "Night ferry to Korrin", "cranes"),
        ("q=FERRY+korrin", "Night ferry to Korrin", "cranes"),
        ('q="electric+cranes"', "Three electric cranes arrive", "ferry"),
        ("q=海水", "を電解液に使う電池の試作品を公開した", "ferry"),
        ("q=المدن", "معهد نور يعلن نتائج", "ferry"),
        ("q=street&source=port-of-ister", "Birch Street", "Cedar Street"),
        ("q=street&from=2026-03-12", "Dogwood Street", "Cedar Street"),
        ("q=street&to=2026-03-09", "Almond Street", "Birch Street"),
        ("q=street&from=2026-03-10&to=2026-03-10&sort=newest", "Birch Street", "Dogwood Street"),
        ("source=hoshino-lab", "星野研究所、海水から作る電池の試作品を公開", "Almond Street"),
        ("", "Almond Street", "No release matches"),
    ],
)
def test_search_finds(ask: Ask, query: str, found: str, absent: str) -> None:
    answer = ask(f"/search?{query}")
    page = text_of(answer.text.partition('<ol class="results"')[2])
    assert answer.status_code == 200
    assert found in page
    assert absent not in page


@pytest.mark.parametrize(
    "words", ['"', "AND OR NOT", "title:x", "a*b^(", "'; drop table articles", "***", "NEAR(", "\x00"]
)
def test_no_words_are_a_mistake(ask: Ask, words: str) -> None:
    assert ask("/search", params={"q": words}).status_code == 200


def test_search_marks_the_words_and_says_what_it_did(ask: Ask) -> None:
    source = ask("/search?q=street&sort=newest").text
    assert "Almond <mark>Street</mark> closes" in source
    assert "13 releases with street , newest first." in text_of(source)
    days = re.findall(r'datetime="(2026-03-\d\d)', source.partition('class="results"')[2])
    assert days == sorted(days, reverse=True)
    assert "best match first" in ask("/search?q=street").text
    assert re.search(r"0 releases with zebra ?\.", text_of(ask("/search?q=zebra").text))


def test_a_word_in_the_title_ranks_first(ask: Ask) -> None:
    results = ask("/search?q=budget+OR+street+OR+school").text.partition('<ol class="results"')[2]
    assert text_of(results).index("Council adopts budget") < text_of(results).index("closes for repairs")


def test_a_day_that_is_none_is_named(ask: Ask) -> None:
    page = text_of(ask("/search?q=street&from=yesterday").text)
    assert "“yesterday” is not a day" in page
    assert "13 releases" in page


def test_search_pages(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    for n in range(15):
        publish(archive, f"more-{n}", f"Meeting {n} about the street lamps")
    site = build(archive)
    pages = [asyncio.run(site.client.get(f"/search?q=street&page={n}")).text for n in (1, 2)]
    articles = [set(re.findall(r"/article/(\d+)", page)) for page in pages]
    assert [len(found) for found in articles] == [20, 8]
    assert not articles[0] & articles[1]
    assert 'rel="next" href="?q=street&amp;sort=best&amp;page=2"' in pages[0]
    assert "Page 2 of 2" in pages[1]


def test_an_article_reads_whole(ask: Ask) -> None:
    source = ask(f"/article/{article_id('budget')}").text
    page = text_of(source)
    assert "VALDORA CITY—The Council of Valdora adopted a budget of 402 million crowns" in page
    assert '<p dir="auto" class="subheading">What the money is for</p>' in source
    assert "10 March 2026, 14:30 UTC+02:00" in page
    assert "stated in the page's structured data" in page
    assert "Tomas Reuel" in page
    assert '<a href="mailto:press@council.valdora.example">' in source
    assert '<a href="https://council.valdora.example/budget" rel="noopener noreferrer nofollow">' in source
    for said in ("CV/2026/114", "+999 555 0142", "Photo: Council of Valdora / I. Marsh", "elected assembly", "Live"):
        assert said in page


def test_an_article_shows_its_edits_word_by_word(ask: Ask) -> None:
    source = ask(f"/article/{article_id('budget')}").text
    assert "<del>412</del><ins>402</ins> million crowns" in source
    assert "<del>, the largest in its history,</del>" in source
    assert "Council adopts<del> record</del> budget" in source
    assert "<del>128</del><ins>118</ins> million crowns for roads" in source
    assert 'Headline changed</span><span class="badge silent"' in source
    assert "4 unchanged paragraphs" in source


def test_an_article_shows_what_was_left_out_and_why(ask: Ask) -> None:
    page = text_of(ask(f"/article/{article_id('budget')}").text)
    assert "Left out of the text 3 passages" in page
    assert "Sign up to our newsletter for the latest stories! Reads like a sign-up, share or cookie line" in page


def test_a_removed_article_says_so_and_can_still_be_read(ask: Ask) -> None:
    page = text_of(ask(f"/article/{article_id('ferry')}").text)
    assert "This release is no longer at its address." in page
    assert "Nobody was hurt when a fire broke out" in page
    assert "13 March 2026, 06:00 UTC 404" in page


def test_a_cosmetic_edit_is_no_edited_badge(ask: Ask) -> None:
    source = ask(f"/article/{article_id('cranes')}").text
    assert "Cosmetic" in source
    assert ">Edited<" not in source


def test_text_of_any_direction_finds_its_own(ask: Ask) -> None:
    source = ask(f"/article/{article_id('water')}").text
    assert '<div class="prose" lang="ar">' in source
    assert '<h1 dir="auto" lang="ar">معهد نور يعلن' in source


def test_a_revision_reads_in_full(ask: Ask) -> None:
    first = ask(f"/article/{article_id('budget')}/revision/1").text
    assert "budget of 412 million crowns" in text_of(first)
    assert "<del>" not in first
    last = ask(f"/article/{article_id('budget')}/revision/3").text
    assert "<del>412</del><ins>402</ins>" in last
    assert "Work on the Linden Bridge begins in May" in text_of(last)
    assert ask(f"/article/{article_id('budget')}/revision/4").status_code == 404


def test_a_source_has_its_releases_changes_and_crawls(ask: Ask) -> None:
    page = text_of(ask("/source/port-of-ister").text)
    assert "8 releases" in page
    assert "Taken down" in page
    assert "finished: 12 requests, 6 new" in page
    failing = text_of(ask("/source/noor-institute").text)
    assert "The last crawl failed: noor.example did not answer within 30 s" in failing
    assert ask("/source/nobody").status_code == 404


def test_source_names_of_any_kind_are_addresses(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    name = 'a/b "<script>alert(1)</script>" %2f?#é'
    connection = sqlite3.connect(archive / "archive.db")
    move_to(connection, article_id("ferry"), name)
    connection.commit()
    connection.close()
    site = build(archive)
    home = asyncio.run(site.client.get("/")).text
    assert "<script>alert" not in home
    link = next(found for found in re.findall(r'href="(/source/[^"]+)"', home) if "a%2Fb" in found)
    answer = asyncio.run(site.client.get(unescape(link)))
    assert answer.status_code == 200
    assert f"{name} — Dateline" in unescape(answer.text)
    assert "Night ferry" in answer.text
    assert "<script>" not in answer.text


def test_changes_by_kind(ask: Ask) -> None:
    every = text_of(ask("/events").text)
    assert every.index("Night ferry to Korrin") < every.index("The headline and the sum changed")
    gone = text_of(ask("/events?kind=gone").text)
    assert "Night ferry" in gone
    assert "The headline and the sum changed" not in gone
    assert "No release was edited or taken down" in ask("/events?kind=returned").text
    earlier = text_of(ask("/events", params={"before": START.replace(day=12).isoformat()}).text)
    assert "One figure changed" in earlier
    assert "Night ferry" not in earlier


def test_feeds_are_atom(ask: Ask) -> None:
    answer = ask("/feed.xml")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.text).findall(f"{ATOM}entry")
    assert len(entries) == 18
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert "Night ferry to Korrin suspended after engine fire" in titles
    assert f"Library {SCRIPT} opening hours" in titles
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 18
    changes = ElementTree.fromstring(ask("/changes.xml").text)
    newest = changes.find(f"{ATOM}entry")
    assert newest is not None
    assert newest.findtext(f"{ATOM}title") == "Taken down: Night ferry to Korrin suspended after engine fire"
    assert newest.findtext(f"{ATOM}updated") == changes.findtext(f"{ATOM}updated")


def test_a_feed_survives_control_characters(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    of_article = publish(archive, "control", "Bell \x07 and \x0b tab \ufffe")
    feed = ElementTree.fromstring(asyncio.run(build(archive).client.get("/feed.xml")).text)
    entry = next(e for e in feed.findall(f"{ATOM}entry") if str(of_article) in (e.findtext(f"{ATOM}id") or ""))
    assert (entry.findtext(f"{ATOM}title") or "").split() == ["Bell", "and", "tab"]


@pytest.mark.parametrize("query", sorted(CANNED))
def test_every_canned_query_runs(ask: Ask, query: str) -> None:
    answer = ask(f"/archive/{query}.json", params={"_shape": "objects", "words": "street"})
    assert answer.status_code == 200, answer.text
    silent = query in ("edits_this_month", "same_story", "republished", "pages_not_kept", "boilerplate_learned")
    assert bool(answer.json()["rows"]) is not silent
    assert ask(f"/archive/{query}").status_code == 200


def test_canned_queries_say_what_they_promise(ask: Ask) -> None:
    assert len(CANNED) >= 10
    silent = ask("/archive/silent_edits.json?_shape=array").json()
    assert [row["severity"] for row in silent] == ["headline", "minor"]
    (headline,) = ask("/archive/headlines_changed.json?_shape=array").json()
    assert headline["said"] == "Council adopts record budget for schools and roads"
    assert headline["says"] == "Council adopts budget for schools and roads"
    assert [row["title"] for row in ask("/archive/taken_down.json?_shape=array").json()] == [
        "Night ferry to Korrin suspended after engine fire"
    ]
    contacts = ask("/archive/media_contacts.json?_shape=array").json()
    assert "press@council.valdora.example" in [row["email"] for row in contacts]


def test_datasette_stays_reachable(ask: Ask) -> None:
    assert "Edits this month" in ask("/archive").text
    assert ask("/archive/articles.json?_shape=array&_size=1").json()[0]["id"]
    assert ask("/archive/articles.csv").text.startswith("id,source,url,title")
    assert ask("/archive.json?sql=select+count(*)+as+n+from+articles&_shape=array").json() == [{"n": 18}]
    row = ask(f"/archive/articles/{article_id('ferry')}.json?_shape=objects").json()["rows"][0]
    assert row["status"] == "gone"
    assert 'href="/archive"' in ask("/").text
    searched = text_of(ask("/archive/articles?_search=ferry").text)
    assert "1 row where search matches" in searched
    assert "1 row where search matches" in text_of(ask("/archive/articles?_search=海水+電池").text)
    by_words = "/archive.json?_shape=array&sql=select+count(*)+as+n+from+articles_fts+where+articles_fts+match+"
    assert ask(f"{by_words}dateline_query('海水+電池')").json() == [{"n": 1}]
    assert ask(f"{by_words}dateline_query('')").json() == [{"n": 0}]


def test_tables_and_queries_link_to_pages(ask: Ask, archive: Path) -> None:
    page = f'<a href="/article/{article_id("ferry")}">'
    assert page in ask("/archive/taken_down").text
    assert page in ask("/archive/events?kind=gone").text
    assert page in ask(f"/archive/articles/{article_id('ferry')}").text
    capture = capture_of(archive, "ferry")
    assert f'<a href="/capture/{capture}">' in ask(f"/archive/captures/{capture}").text
    assert "Night ferry to Korrin" in ask("/archive/captures").text


def test_tables_tell_what_they_mean_and_hide_what_is_only_memory(ask: Ask) -> None:
    assert "Every page as it was served" in ask("/archive/captures").text
    database = ask("/archive.json").json()
    shown = {table["name"] for table in database["tables"] if not table["hidden"]}
    assert shown == {*RECORD, "sources", "source_tags", "runs", "contracts", "health", "urls", "documents"}


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/article/1",
        "/article/999999999999999999",
        "/article/x",
        "/capture/1",
        "/capture/1/raw",
        "/archive/none",
    ],
)
def test_what_is_not_there_is_404_in_the_sites_looks(ask: Ask, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert capsys.readouterr().out == ""


def test_errors_are_pages_and_json(ask: Ask) -> None:
    answer = ask("/archive?sql=select+nonsense")
    assert answer.status_code == 400
    assert "no such column: nonsense" in answer.text
    assert ask("/archive.json?sql=delete+from+articles").json()["ok"] is False
    assert ask("/nothing.json").json()["status"] == 404


# A safe host ---------------------------------------------------------------------------------------------------------


def test_hostile_text_is_text_everywhere(ask: Ask, archive: Path) -> None:
    hostile = article_id("hostile")
    paths = [
        "/",
        "/events",
        "/search?q=library",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/search?from=%3Cscript%3Ealert(1)%3C/script%3E&source=%22%3E%3Cscript%3E",
        f"/article/{hostile}",
        f"/article/{hostile}/revision/2",
        f"/article/{hostile}/revision/1",
        f"/capture/{capture_of(archive, 'hostile')}",
        "/source/valdora-council",
        "/archive/articles",
        f"/archive/articles/{hostile}",
        "/archive?sql=select+*+from+articles",
        "/archive/taken_down",
    ]
    for path in paths:
        tree = html.document_fromstring(ask(path).text)
        assert not tree.xpath("//script[not(@src)] | //img | //@*[starts-with(name(), 'on')]"), path
        linking = [element.attrib for element in tree.iter() if isinstance(element.tag, str)]
        addresses = [str(at.get(name, "")).strip().lower() for at in linking for name in ("href", "src", "action")]
        assert not [link for link in addresses if link.startswith(("javascript:", "data:", "http://192"))], path
    assert unescape(ask(f"/article/{hostile}").text).count(HOSTILE) >= 8


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("http:", ""),
        ("http://[", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_are_links(url: str | None, link: str) -> None:
    assert wording.weblink(url) == link


def test_pages_allow_no_script_and_nothing_from_elsewhere(ask: Ask) -> None:
    for path in ("/", "/search?q=street", f"/article/{article_id('budget')}", "/nothing"):
        answer = ask(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not re.findall(r'<(?:link|script|img|iframe)[^>]*(?:href|src)="(?!/)', answer.text), path
    tables = ask("/archive/articles").headers["content-security-policy"]
    assert "script-src 'self';" in tables


def test_the_raw_capture_is_sandboxed(ask: Ask, archive: Path) -> None:
    raw = ask(f"/capture/{capture_of(archive, 'budget')}/raw")
    policy = raw.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow-" not in policy
    assert raw.headers["content-type"] == "text/html; charset=utf-8"
    assert raw.headers["x-content-type-options"] == "nosniff"
    assert "server" not in raw.headers
    assert "<h1>Council adopts record budget" in raw.text
    page = ask(f"/capture/{capture_of(archive, 'budget')}").text
    assert re.search(r'<iframe [^>]*sandbox referrerpolicy="no-referrer" src="/capture/\d+/raw"', page)
    assert "allow-scripts" not in page


def test_a_capture_downloads_byte_for_byte(ask: Ask, archive: Path) -> None:
    answer = ask(f"/capture/{capture_of(archive, 'budget')}/raw?download=1")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert b'<link rel="stylesheet" href="/theme.css">' in answer.content
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("content_type", "body", "sent", "attached"),
    [
        ("text/html; charset=iso-8859-1", "<p>Überfällig".encode("latin-1"), "text/html; charset=utf-8", False),
        ("application/xhtml+xml", b"<p>x", "text/html; charset=utf-8", False),
        ("", b"<p>x", "text/html; charset=utf-8", False),
        ("text/plain", b"<script>1</script>", "text/plain; charset=utf-8", False),
        ("application/rss+xml", b"<rss/>", "text/plain; charset=utf-8", False),
        ("application/json", b"{}", "text/plain; charset=utf-8", False),
        ("image/svg+xml", b"<svg onload='x'/>", "application/octet-stream", True),
        ("application/pdf", b"%PDF", "application/octet-stream", True),
        ("text/html\r\nX-Evil: 1", b"x", "application/octet-stream", True),
    ],
)
def test_how_a_body_is_shown(content_type: str, body: bytes, sent: str, attached: bool) -> None:
    shown = replay.shown(7, (("Content-Type", content_type), ("Set-Cookie", "a=b")), body)
    assert shown.content_type == sent
    assert ("Content-Disposition" in shown.headers) is attached
    assert "Set-Cookie" not in shown.headers
    if "charset=iso" in content_type:
        assert shown.body.decode() == "<p>Überfällig"


def test_links_that_would_reach_out_are_defused() -> None:
    body = b'<LINK rel=preconnect href="//x.example"><link/rel=prefetch><linker><p>a link</p><IFRAME\nsrc=x></iframe>'
    shown = replay.shown(1, (("Content-Type", "text/html"),), body).body
    assert (
        shown
        == b'<meta rel=preconnect href="//x.example"><meta/rel=prefetch><linker><p>a link</p><x-IFRAME\nsrc=x></iframe>'
    )
    wide = '<link rel=preconnect href="//x.example">'.encode("utf-16")
    assert b"<link" not in replay.shown(1, (("Content-Type", "text/html"),), wide).body.replace(b"\0", b"")


def test_a_revisit_shows_the_body_it_refers_to(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    full = capture_of(archive, "ferry")
    connection = sqlite3.connect(archive / "archive.db")
    (columns,) = [[row[1] for row in connection.execute("pragma table_info(captures)")]]
    values = dict(
        zip(columns, connection.execute("select * from captures where id = ?", [full]).fetchone(), strict=True)
    )
    values |= {"id": number("revisit"), "revisit": 1, "warc_offset": 10**9, "fetched_at": "2026-03-12T06:00:00+00:00"}
    marks = ", ".join(f":{name}" for name in columns)
    connection.execute(f"insert into captures values ({marks})", values)
    connection.execute("update captures set digest = 'sha1:none' where id = ?", [capture_of(archive, "cranes")])
    connection.commit()
    connection.close()
    site = build(archive)
    page = asyncio.run(site.client.get(f"/capture/{number('revisit')}")).text
    assert f'href="/capture/{full}"' in page
    assert "Night ferry" in asyncio.run(site.client.get(f"/capture/{number('revisit')}/raw")).text


def test_a_lost_warc_file_is_explained(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    capture = capture_of(archive, "ferry")
    for path in (archive / "warc").rglob("*.warc.gz"):
        path.unlink()
    site = build(archive)
    page = asyncio.run(site.client.get(f"/capture/{capture}"))
    assert page.status_code == 200
    assert "The WARC file could not be read" in page.text
    assert asyncio.run(site.client.get(f"/capture/{capture}/raw")).status_code == 404


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "insert into events values (1, 2, 3, 4, 5, 6, 7)",
        "attach 'x.db' as x",
        "pragma query_only = 0",
        "select load_extension('x')",
        "select length(zeroblob(100000000))",
        "with x(a) as (values (1) union all select a + 1 from x) select max(a) from x",
        "vacuum into 'x.db'",
    ],
)
def test_sql_can_neither_write_nor_exhaust(ask: Ask, archive: Path, sql: str) -> None:
    answer = ask("/archive.json", params={"sql": sql, "_shape": "objects"})
    assert answer.status_code in (400, 503)
    assert not answer.json()["ok"]
    assert rows(archive, "select count(*) from articles") == [(18,)]


def test_writing_methods_and_downloads_are_refused(ask: Ask) -> None:
    assert ask("/archive.db").status_code == 403
    assert "path" not in ask("/-/databases.json").json()[0]


def test_the_connection_is_read_only(archive: Path) -> None:
    site = build(archive)

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("pragma query_only = 0")
        connection.execute("delete from events")

    with pytest.raises(sqlite3.OperationalError, match="readonly database"):
        asyncio.run(site.databases["archive"].execute_fn(write))


def test_the_site_follows_a_writer(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    site = build(archive)
    with asyncio.Runner() as runner:
        assert "Fountain" not in runner.run(site.client.get("/")).text
        publish(archive, "fountain", "Fountain on Market Square flows again")
        assert "Fountain on Market Square flows again" in runner.run(site.client.get("/")).text
        assert "Search 19 releases" in runner.run(site.client.get("/")).text
        assert "Fountain" in runner.run(site.client.get("/search?q=fountain")).text


def test_the_site_follows_a_file_that_takes_the_place_of_the_old(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    other = build_sample(tmp_path / "other")
    publish(other, "fountain", "Fountain on Market Square flows again")
    site = build(archive)
    with asyncio.Runner() as runner:
        assert "Night ferry" in runner.run(site.client.get("/")).text
        for suffix in ("", "-wal", "-shm"):
            (archive / f"archive.db{suffix}").unlink(missing_ok=True)
        for _ in range(6):  # a thread that has it open reads on, another says so
            away = runner.run(site.client.get("/"))
            assert "Night ferry" in away.text if away.status_code == 200 else "being rebuilt" in away.text
        os.replace(other / "archive.db", archive / "archive.db")
        assert "Fountain on Market Square" in runner.run(site.client.get("/")).text
        assert "Fountain" in runner.run(site.client.get("/archive/articles")).text


def test_pages_answer_while_another_process_holds_the_write_lock(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    writer = sqlite3.connect(archive / "archive.db")
    writer.execute("begin immediate")
    writer.execute("delete from articles")
    assert "Night ferry" in asyncio.run(build(archive).client.get("/")).text
    writer.rollback()
    writer.close()


def test_other_databases_look_as_they_always_did(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").close()
    site = Datasette([str(tmp_path / "other.db")])
    page = asyncio.run(site.client.get("/"))
    assert "Datasette: other" in page.text
    assert "Dateline" not in page.text
    assert "content-security-policy" not in page.headers
    assert "DATASETTE_ALLOW_FACET" not in asyncio.run(site.client.get("/other")).text
    assert "CodeMirror.fromTextArea" in asyncio.run(site.client.get("/other")).text
    assert asyncio.run(site.client.get("/search")).status_code == 404


# Pure parts ----------------------------------------------------------------------------------------------------------


def test_the_comparison_gives_back_both_texts() -> None:
    old = "One two three.\n\nGone entirely.\n\nSame."
    new = "One 2 three!\n\nSame.\n\nCame at last."
    parts = diff.compare(old, new)
    before = [_said(part, "removed") for part in parts]
    after = [_said(part, "added") for part in parts]
    assert [text for text in before if text] == ["One two three.", "Gone entirely.", "Same."]
    assert [text for text in after if text] == ["One 2 three!", "Same.", "Came at last."]
    assert [part.mark for part in parts] == ["changed", "removed", "same", "added"]


def _said(part: diff.Paragraph, mark: str) -> str:
    return "".join(run.text for run in part.runs if run.mark in ("same", mark))


def test_paragraphs_that_share_nothing_are_not_mixed() -> None:
    parts = diff.compare("The mayor opened the bridge on Monday.", "Tickets cost nine crowns at night!")
    assert [part.mark for part in parts] == ["removed", "added"]


def test_a_number_with_its_decimals_and_a_time_of_day_are_one_word() -> None:
    runs = diff.compare_line("4.1 of 1,212 at 9:30.", "3.9 of 1,312 at 9:45.")
    removed = [run.text for run in runs if run.mark == "removed"]
    assert removed == ["4.1", "1,212", "9:30"]


def test_a_script_without_spaces_is_compared_by_letter() -> None:
    runs = diff.compare_line("費用は三分の一になる", "費用は四分の一になる")
    assert [(run.mark, run.text) for run in runs if run.mark != "same"] == [("removed", "三"), ("added", "四")]


def test_unchanged_stretches_fold() -> None:
    lines = [f"Paragraph number {n} is here." for n in range(9)]
    parts = diff.compare("\n\n".join(lines), "\n\n".join([*lines[:4], "Paragraph number four is here.", *lines[5:]]))
    folded = diff.folded(parts)
    assert folded[0] == diff.Fold(3)
    assert folded[-1] == diff.Fold(3)
    assert len(folded) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 200_000, "b a " * 200_000),
        ("x\n" * 20_000, "y\n" * 20_000),
        ("\n".join(["a b"] * 900), "\n".join(["b a"] * 900)),
    ],
)
def test_no_text_is_too_long_to_compare(old: str, new: str) -> None:
    started = time.process_time()
    assert diff.compare(old, new)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("The port opened a quay worth 3.5 million crowns. More later.", 48),
        ("The first sentence of the text, which is long enough to stand alone.", 68),
        ("研究所は海水を電解液に使う電池の試作品を公開した。従来品に比べて費用は三分の一になる。" * 3, 43),
        ("", 0),
    ],
)  # fmt: skip
def test_the_opening_is_a_sentence(text: str, length: int) -> None:
    assert wording.opening(text, "Title") == text[:length]
    assert wording.opening(f"Title\n\n{text}", "Title") == text[:length]


def test_a_lone_short_line_is_a_heading_and_short_lines_in_a_row_are_a_list() -> None:
    said = (
        "A sentence begins.\n\nWhat comes next\n\nA sentence follows it.\n\nApples\n\nPears\n\nAnother sentence.\n\nEnd"
    )
    headings = [line for line, is_heading in wording.with_subheadings(said) if is_heading]
    assert headings == ["What comes next"]
    assert [line for line, _ in wording.with_subheadings(said)] == said.split("\n\n")
    assert wording.with_subheadings("") == []


def test_the_opening_is_bounded() -> None:
    assert len(wording.opening("word " * 500)) <= 261
    assert wording.opening("word " * 500).endswith("word…")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-03-11", "11 March 2026"),
        ("2026-03-11T09:30:00+05:00", "11 March 2026, 09:30 UTC+05:00"),
        ("2026-03-11T09:30:00+00:00", "11 March 2026, 09:30 UTC"),
        ("2026-03-11T09:30:00", "11 March 2026, 09:30"),
        ("next Tuesday at noon", "next Tuesday at noon"),
        (None, ""),
    ],
)
def test_moments_are_shown_as_stated(value: str | None, shown: str) -> None:
    assert wording.moment(value) == shown


def test_a_query_is_read_within_bounds() -> None:
    assert search_request.read_query({"page": "99999999"}).page == search_request.LIMIT // search_request.PAGE
    assert search_request.read_query({"page": "-1", "sort": "x"}) == search_request.Query()
    assert len(search_request.read_query({"q": "x" * 10_000}).words) == 400


def test_colours_can_be_read_in_light_and_dark() -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text."""
    style = (Path(web.__file__).parent / "static" / "style.css").read_text()
    schemes = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root \{([^}]+)\}", style)]
    assert len(schemes) == 2
    for colours in (schemes[0], schemes[0] | schemes[1]):
        pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "raised", "quiet")]
        pairs += [("added-ink", "added"), ("removed-ink", "removed"), ("warn-ink", "warn"), ("ink", "mark")]
        pairs += [("paper", "accent"), ("removed-ink", "paper")]
        for ink, ground in pairs:
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
