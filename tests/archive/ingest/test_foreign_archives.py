"""WARC and WACZ files of other programs: their pages become articles, nothing else becomes an event of a publisher."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.ingest.importer import Imported, import_files
from archive.ingest.rebuild import rebuild
from archive.store import search
from archive.warc import WarcWriter
from archive.warc.verify import verify
from tests.support import foreign_warcs as foreign
from tests.support.archiving import AtOnce, ingesting, page, rows, tables
from tests.support.foreign_warcs import RELEASES, SITE, Answer, Revisits, save


def imported(directory: Path, *paths: Path, sources: dict[str, str] | None = None) -> Imported:
    directory.mkdir(exist_ok=True)
    writer = WarcWriter(directory, "dateline/test")
    with ingesting(directory) as ingest:
        done = import_files(paths, ingest, writer, sources)
    writer.close()
    return done


def column(directory: Path, sql: str) -> list[Any]:
    return [next(iter(row.values())) for row in rows(directory / "archive.db", sql)]


def kinds(directory: Path) -> Counter[str]:
    return Counter(column(directory, "select kind from events"))


def check_whole(directory: Path) -> None:
    """The archive agrees with its files, and can be made from them again."""
    before = tables(directory / "archive.db")
    with ingesting(directory) as ingest:
        assert list(verify(directory, search.all_captures(ingest.store.db.conn))) == []
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == before


PROGRAMS: dict[str, Callable[[Sequence[Answer]], bytes]] = {
    "wget.warc.gz": foreign.wget,
    "heritrix.warc.gz": foreign.heritrix,
    "browsertrix.wacz": lambda answers: foreign.browsertrix(answers, [f"{SITE}/", *RELEASES]),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_only_pages_of_the_newsroom_come_in(tmp_path: Path, name: str) -> None:
    path = save(tmp_path, name, PROGRAMS[name](foreign.newsroom()))
    directory = tmp_path / "archive"
    done = imported(directory, path)
    assert done.problems == ()
    assert sorted(column(directory, "select url from articles")) == sorted(RELEASES)
    assert column(directory, "select name from sources") == ["press.valdora.example"]
    assert set(column(directory, "select url from captures")) == {f"{SITE}/", *RELEASES}
    assert kinds(directory) == {"new": 3}
    told = done.passed_over
    assert told["files that are no pages (image/png)"] == 1
    assert told["files that are no pages (application/pdf)"] == 1
    assert told["answers to POST requests"] == 1
    assert told["answers to HEAD requests"] == 1
    assert told["exchanges without an answer (status 0)"] == 1
    assert sum(told.values()) == len(foreign.newsroom()) - 4
    assert imported(directory, path).captures == 0
    check_whole(directory)


def test_a_folder_of_saved_files_comes_in_as_resources(tmp_path: Path) -> None:
    answers = [answer for answer in foreign.newsroom() if answer.url in RELEASES and answer.method == "GET"]
    answers += [Answer(f"{SITE}/style.css", b"a{}", "text/css")]
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "site.warc.gz", foreign.warcit(answers)))
    assert done.articles == 3
    assert done.passed_over == {
        "files that are no pages (text/css)": 1,
        "conversions that a program made, not the publisher": 1,
    }
    check_whole(directory)


def test_sites_of_which_nothing_is_said_are_taken_in(tmp_path: Path) -> None:
    answers = [
        Answer(f"https://{host}.example/news/{number}-path", page(number).encode(), after=number)
        for number, host in enumerate(("osk", "velmora", "tarn"))
    ]
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "cc.warc.gz", foreign.common_crawl(answers)))
    assert (done.articles, done.passed_over) == (3, {})
    assert sorted(column(directory, "select name from sources")) == ["osk.example", "tarn.example", "velmora.example"]


def test_frames_that_pages_embed_are_known_without_any_word_of_the_crawler(tmp_path: Path) -> None:
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "cc.warc.gz", foreign.common_crawl(foreign.newsroom()[1:9])))
    assert column(directory, "select name from sources") == ["press.valdora.example"]
    assert done.passed_over["frames and trackers of other sites"] == 1


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_redirect_is_one_move(tmp_path: Path, name: str) -> None:
    directory = tmp_path / "archive"
    first = save(tmp_path, f"1-{name}", PROGRAMS[name](foreign.newsroom()))
    then = save(tmp_path, f"2-{name}", PROGRAMS[name](foreign.moved(after=40 * 24 * 3600)))
    done = imported(directory, first, then)
    assert done.problems == ()
    found = kinds(directory)
    assert (found["moved"], found["missing"], found["gone"]) == (1, 0, 0)
    assert column(directory, f"select status from articles where url = '{RELEASES[0]}'") == ["moved"]
    check_whole(directory)


def test_a_redirect_comes_in_later_as_the_same_history(tmp_path: Path) -> None:
    directory = tmp_path / "archive"
    imported(directory, save(tmp_path, "1.warc.gz", foreign.wget(foreign.newsroom())))
    imported(directory, save(tmp_path, "2.warc.gz", foreign.wget(foreign.moved(after=40 * 24 * 3600))))
    assert kinds(directory)["moved"] == 1
    assert not {"missing", "gone"} & set(kinds(directory))
    check_whole(directory)


def test_a_revisit_of_another_address_is_a_page_of_its_own(tmp_path: Path) -> None:
    answers = [Answer(url, page(1).encode(), after=number) for number, url in enumerate(RELEASES[:2])]
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "proxy.warc.gz", Revisits().add(*answers)))
    assert (done.captures, done.problems, done.passed_over) == (2, (), {})
    assert column(directory, "select revisit from captures order by fetched_at") == [0, 0]
    assert len(set(column(directory, "select digest from captures"))) == 1
    assert column(directory, "select count(*) from captures where note = ''") == [2]
    check_whole(directory)


def test_a_revisit_of_an_older_text_is_an_edit_back(tmp_path: Path) -> None:
    day = 24 * 3600.0
    texts = [page(1), page(1, title="Section 1 of the coastal path closed again"), page(1), page(1)]
    answers = [Answer(RELEASES[0], text.encode(), after=day * number) for number, text in enumerate(texts)]
    directory = tmp_path / "archive"
    imported(directory, save(tmp_path, "proxy.warc.gz", Revisits().add(*answers)))
    assert column(directory, "select revisit from captures order by fetched_at") == [0, 0, 0, 1]
    check_whole(directory)


def test_a_revisit_in_another_file_or_import_finds_its_original(tmp_path: Path) -> None:
    proxy = Revisits()
    save(tmp_path / "crawl", "2.warc.gz", proxy.add(Answer(RELEASES[0], page(1).encode())))
    proxy.found.clear()
    later = [Answer(RELEASES[1], page(1).encode(), after=60), Answer(RELEASES[0], page(1).encode(), after=90)]
    save(tmp_path / "crawl", "1.warc.gz", proxy.add(*later))
    together, apart = tmp_path / "together", tmp_path / "apart"
    assert imported(together, tmp_path / "crawl").captures == 3
    imported(apart, tmp_path / "crawl" / "2.warc.gz")
    imported(apart, tmp_path / "crawl" / "1.warc.gz")
    for directory in (together, apart):
        assert column(directory, "select revisit from captures order by fetched_at") == [0, 0, 1]
        check_whole(directory)


def test_a_revisit_without_its_original_is_told(tmp_path: Path) -> None:
    proxy = Revisits()
    proxy.add(Answer(RELEASES[0], page(1).encode()))
    proxy.found.clear()
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "p.warc.gz", proxy.add(Answer(RELEASES[1], page(1).encode(), after=9))))
    assert (done.captures, done.passed_over) == (0, {"revisits of what is no page or is not there": 1})


def test_a_304_says_nothing_of_a_publisher(tmp_path: Path) -> None:
    day = 24 * 3600
    answers = [
        Answer(RELEASES[0], page(1).encode()),
        *(Answer(RELEASES[0], status=304, kind="", after=day * n) for n in range(1, 4)),
        Answer(RELEASES[1], status=304, kind=""),
    ]
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "wget.warc.gz", foreign.wget(answers)))
    assert kinds(directory) == {"new": 1}
    assert done.passed_over == {"answers that say only that nothing had changed (status 304)": 4}


def test_a_page_that_went_is_told_of(tmp_path: Path) -> None:
    day = 24 * 3600
    answers = [
        Answer(RELEASES[0], page(1).encode()),
        *(Answer(RELEASES[0], b"<html>Gone</html>", status=410, after=day * n) for n in (10, 20, 30)),
    ]
    directory = tmp_path / "archive"
    imported(directory, save(tmp_path, "heritrix.warc.gz", foreign.heritrix(answers)))
    assert column(directory, "select status from articles") == ["gone"]


def test_bodies_are_read_whether_their_codings_were_undone_or_not(tmp_path: Path) -> None:
    text = page(1).encode()
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(text), text)
    coding = (("Transfer-Encoding", "chunked"),)
    answers = [
        Answer(RELEASES[0], chunked, headers=coding),
        Answer(RELEASES[1], page(2).encode(), headers=(*coding, ("Content-Encoding", "gzip")), after=1),
        Answer(RELEASES[2], page(3).encode(), kind="", after=2),
    ]
    directory = tmp_path / "archive"
    assert imported(directory, save(tmp_path, "mixed.warc.gz", foreign.heritrix(answers))).articles == 3
    check_whole(directory)


def test_a_truncated_record_is_marked(tmp_path: Path) -> None:
    answer = Answer(RELEASES[0], page(1).encode()[:900])
    content = foreign.record("response", answer.url, answer.at, answer.block, ("WARC-Truncated", "length"))
    directory = tmp_path / "archive"
    imported(directory, save(tmp_path, "cut.warc", content))
    assert b"WARC-Truncated: length" in _unpacked(directory)


def test_a_page_whose_coding_breaks_off_is_no_edit(tmp_path: Path) -> None:
    """As much of it as can be read, without its end: nothing states that it is cut."""
    texts = [page(1), page(1) + "<!-- served by two -->", page(1)]
    packed = [gzip.compress(text.encode()) for text in texts]
    packed[1] = packed[1][: len(packed[1]) * 2 // 3]
    coded = (("Content-Encoding", "gzip"),)
    answers = [Answer(RELEASES[0], body, headers=coded, after=86400 * n) for n, body in enumerate(packed)]
    directory = tmp_path / "archive"
    imported(directory, save(tmp_path, "cut.warc.gz", foreign.wget(answers)))
    assert kinds(directory)["edited"] == 0
    assert column(directory, "select count(*) from revisions") == [1]
    assert column(directory, "select note from captures order by fetched_at")[1] != ""


def _unpacked(directory: Path) -> bytes:
    return gzip.decompress(next((directory / "warc").rglob("*.gz")).read_bytes())


def test_a_watched_host_keeps_its_errors_though_no_page_of_it_is_there(tmp_path: Path) -> None:
    answer = Answer(RELEASES[0], b"<html>Gone</html>", status=404)
    path = save(tmp_path, "one.warc.gz", foreign.wget([answer]))
    assert imported(tmp_path / "strange", path).captures == 0
    watched = imported(tmp_path / "watched", path, sources={"press.valdora.example": "valdora"})
    assert (watched.captures, watched.passed_over) == (1, {})


def test_folders_hold_wacz_files_too(tmp_path: Path) -> None:
    content = foreign.browsertrix(foreign.newsroom(), RELEASES)
    save(tmp_path / "deep" / "folder", "crawl.wacz", content)
    assert imported(tmp_path / "archive", tmp_path / "deep").articles == 3


def test_the_same_crawl_reaches_an_address_twice(tmp_path: Path) -> None:
    """One redirect that is followed counts once, however many redirects lead to the same page."""
    answers = foreign.moved()
    again = [replace(one, after=one.after - 100) for one in answers[:2]]
    directory = tmp_path / "archive"
    done = imported(directory, save(tmp_path, "w.warc.gz", foreign.wget([*foreign.newsroom(), *again, *answers])))
    assert done.problems == ()
    assert kinds(directory)["gone"] == 0
    check_whole(directory)


@pytest.mark.parametrize("gate", [RELEASES[0], f"{SITE}/gate"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_redirect_back_to_the_page_for_a_cookie_is_no_trouble(tmp_path: Path, name: str, gate: str) -> None:
    day = 24 * 3600
    ways = [(RELEASES[0], gate), (gate, RELEASES[0])][: 1 if gate == RELEASES[0] else 2]
    answers = [
        Answer(url, b"", status=302, headers=(("Location", to),), after=day * look + step)
        for look in (2, 4)
        for step, (url, to) in enumerate(ways)
    ]
    pages = [Answer(RELEASES[0], page(1).encode(), after=day * look + 5) for look in (0, 2, 4)]
    directory = tmp_path / "archive"
    told = sorted([*answers, *pages], key=lambda one: one.after)
    imported(directory, save(tmp_path, name, PROGRAMS[name](told)))
    assert kinds(directory) == {"new": 1}
    check_whole(directory)
