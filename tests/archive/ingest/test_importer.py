"""What others archived comes in once: WARC files, saved pages, folders of both."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archive import warc
from archive.core.errors import ArchiveError
from archive.ingest.importer import Imported, ImportProgress, import_files
from archive.ingest.rebuild import rebuild
from archive.warc import WarcWriter
from archive.warc.records import digest
from tests.support.archiving import DAY, AtOnce, Newsroom, full, ingesting, later, page, rows, tables
from tests.support.foreign_warcs import Answer, record

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A WARC file of another archive, with four pages of which one is no article, and a feed."""
    elsewhere = tmp_path / "elsewhere"
    room = Newsroom(elsewhere, "their-name")
    for number in range(3):
        room.answer(f"/news/{number}-path", page(number), at=later(minutes=number))
    room.answer("/void", "<html><body></body></html>")
    room.answer("/feed", "<rss/>", kind="feed")
    (found,) = (elsewhere / "warc" / "their-name").iterdir()
    kept = tmp_path / "foreign.warc.gz"
    shutil.move(found, kept)
    return kept


@contextmanager
def _archive(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "archive"
    directory.mkdir(parents=True, exist_ok=True)
    yield directory


def _import(
    directory: Path,
    *paths: Path,
    sources: dict[str, str] | None = None,
    progress: Callable[[ImportProgress], object] = id,
) -> Imported:
    writer = WarcWriter(directory, "dateline/test")
    with ingesting(directory) as ingest:
        done = import_files(paths, ingest, writer, sources, progress=progress)
    writer.close()
    return done


def test_a_warc_file_comes_in_once(tmp_path: Path, foreign: Path) -> None:
    with _archive(tmp_path) as directory:
        steps: list[ImportProgress] = []
        assert _import(directory, foreign, progress=steps.append) == Imported(1, 5, 3, ())
        assert steps[-1] == ImportProgress(foreign, 1, 1, 5)
        notes = {row["url"]: row["note"] for row in rows(directory / "archive.db", "select * from captures")}
        assert len(notes) == 5
        assert notes[full("/void")]
        before = tables(directory / "archive.db")
        assert _import(directory, foreign) == Imported(1, 0, 0, (), {warc.KNOWN: 5})
        assert _import(directory, foreign, foreign) == Imported(2, 0, 0, (), {warc.KNOWN: 5})
        assert tables(directory / "archive.db") == before
        rebuild(directory, AtOnce())
        assert tables(directory / "archive.db") == before


def test_a_release_is_back_when_a_record_refers_to_its_text_from_before_a_paywall(tmp_path: Path) -> None:
    preview = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
        "<article><h1>Closed</h1><p>Subscribe to read on.</p></article>"
    )
    whole, closed, closed_still = (
        Answer(full("/news/1-path"), text.encode(), after=days * 86_400)
        for days, text in ((0, page(1)), (3, preview), (5, preview))
    )
    found = [_record("response", answer, answer.block) for answer in (whole, closed, closed_still)]
    back = replace(whole, after=8 * 86_400)
    refers = ("WARC-Refers-To-Target-URI", whole.url), ("WARC-Refers-To-Date", f"{whole.at:%Y-%m-%dT%H:%M:%SZ}")
    found.append(_record("revisit", back, whole.head, *refers, ("WARC-Profile", SAME_PAYLOAD)))
    kept = tmp_path / "other.warc.gz"
    kept.write_bytes(b"".join(map(gzip.compress, found)))
    with _archive(tmp_path) as directory:
        _import(directory, kept)
        database = directory / "archive.db"
        kinds = [row["kind"] for row in rows(database, "select * from events order by at")]
        assert kinds == ["new", "blocked", "returned"]
        assert [(row["status"], row["revisions"]) for row in rows(database, "select * from articles")] == [("live", 1)]


def _record(kind: str, answer: Answer, block: bytes, *more: tuple[str, str]) -> bytes:
    """A record of an answer; the digest is that of its whole body, also where the block has none."""
    stated = ("Content-Type", "application/http; msgtype=response"), ("WARC-Payload-Digest", digest(answer.body))
    return record(kind, answer.url, answer.at, block, *stated, *more)


def test_pages_go_to_the_source_of_their_host(tmp_path: Path, foreign: Path) -> None:
    with _archive(tmp_path) as directory:
        _import(directory, foreign, sources={"press.valdora.example": "valdora"})
        assert {row["source"] for row in rows(directory / "archive.db", "select * from captures")} == {"valdora"}
    with _archive(tmp_path / "second") as directory:
        _import(directory, foreign)
        named = {row["source"] for row in rows(directory / "archive.db", "select * from captures")}
        assert named == {"press.valdora.example"}
        assert [row["name"] for row in rows(directory / "archive.db", "select * from sources")] == [
            "press.valdora.example"
        ]


def test_saved_pages_of_a_folder(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    (saved / "deep").mkdir(parents=True)
    (saved / "one.html").write_text(page(1, canonical="/news/1-path"))
    (saved / "deep" / "two words.htm").write_text(page(2))
    (saved / "deep" / "three.html").write_text("<html><body></body></html>")
    (saved / "notes.txt").write_text("no page")
    for path in saved.rglob("*.htm*"):
        os.utime(path, (DAY.timestamp(), DAY.timestamp()))
    with _archive(tmp_path) as directory:
        assert _import(directory, saved) == Imported(3, 3, 2, ())
        captures = rows(directory / "archive.db", "select * from captures order by url")
        assert [(row["url"], row["source"]) for row in captures] == [
            ("http://import.invalid/deep/three.html", "import.invalid"),
            ("http://import.invalid/deep/two%20words.htm", "import.invalid"),
            (full("/news/1-path"), "press.valdora.example"),
        ]
        assert {row["fetched_at"] for row in captures} == {DAY.isoformat()}
        assert _import(directory, saved) == Imported(3, 0, 0, (), {warc.KNOWN: 3})
        before = tables(directory / "archive.db")
        rebuild(directory, AtOnce())
        assert tables(directory / "archive.db") == before


def test_names_of_files_need_not_be_in_utf8(tmp_path: Path, foreign: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    shutil.copy(foreign, odd / os.fsdecode(b"caf\xe9 #1.warc.gz"))
    (odd / os.fsdecode(b"p\xe9r.html")).write_text(page(9))
    broken = odd / os.fsdecode(b"caf\xe9.wacz")
    broken.write_bytes(b"no zip file")
    with _archive(tmp_path) as directory:
        done = _import(directory, odd)
        assert (done.captures, done.articles) == (6, 4)
        assert [str(broken) in problem for problem in done.problems] == [True]
        addresses = {row["url"] for row in rows(directory / "archive.db", "select url from captures")}
        assert "http://import.invalid/p%E9r.html" in addresses


def test_a_saved_page_is_at_the_address_that_its_browser_wrote_into_it(tmp_path: Path) -> None:
    """Before what the page calls canonical, which may be the same for all."""
    saved = tmp_path / "saved"
    saved.mkdir()
    told = f"<!-- saved from url=(0051){full('/news/1-path')} -->"
    single = f"<!--\n Page saved with SingleFile\n url: {full('/news/2-path')}\n saved date: Tue Feb 03 2026\n-->"
    (saved / "a.html").write_text(page(1, canonical="/").replace("<html", f"{told}\n<html", 1))
    (saved / "b.html").write_text(page(2).replace("<head>", f"{single}<head>", 1))
    (saved / "c.html").write_text(page(3).replace("<head>", f"<!-- a page, url: {full('/news/9')} --><head>", 1))
    with _archive(tmp_path) as directory:
        assert _import(directory, saved).captures == 3
        urls = [row["url"] for row in rows(directory / "archive.db", "select url from captures order by url")]
        assert urls == ["http://import.invalid/c.html", full("/news/1-path"), full("/news/2-path")]


def test_what_cannot_be_imported_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with _archive(tmp_path) as directory:
        with pytest.raises(ArchiveError, match="does not exist"):
            _import(directory, tmp_path / "nowhere")
        with pytest.raises(ArchiveError, match="holds no WARC file"):
            _import(directory, tmp_path / "empty")


def test_what_a_folder_holds_besides_is_named_if_it_is_an_archive(tmp_path: Path, foreign: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    shutil.copy(foreign, folder / "one.warc.gz")
    for name in ("two.warc.zst", "three.warc.gz.open", "four.har", "one.warc.gz.md5", "one.cdxj", "notes.txt"):
        (folder / name).write_bytes(b"x")
    (folder / "five.warc.gz").symlink_to(tmp_path / "nowhere")
    with _archive(tmp_path) as directory:
        done = _import(directory, folder)
    assert done.captures
    named = sorted(problem.partition(" is left out: ")[0] for problem in done.problems)
    assert named == [str(folder / name) for name in ("five.warc.gz", "four.har", "three.warc.gz.open", "two.warc.zst")]


def test_a_file_that_is_no_archive_is_named_and_the_others_come_in(tmp_path: Path, foreign: Path) -> None:
    broken, empty = tmp_path / "broken.warc.gz", tmp_path / "empty.warc"
    broken.write_bytes(b"no archive")
    empty.touch()
    with _archive(tmp_path) as directory:
        done = _import(directory, broken, foreign, empty)
        assert (done.files, done.captures, done.articles) == (3, 5, 3)
        assert [problem.split(":")[0] for problem in done.problems] == [
            f"{broken} is no WARC or ARC file",
            f"{empty} is no WARC or ARC file",
        ]


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path, foreign: Path) -> None:
    with foreign.open("r+b") as file:
        file.truncate(foreign.stat().st_size - 60)
    with _archive(tmp_path) as directory:
        done = _import(directory, foreign)
        assert done.captures == 4
        assert done.problems


def test_a_saved_page_that_cannot_be_read_is_named_and_the_others_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "1.html").write_text(page(1, canonical="/news/1-path"))
    (saved / "2.html").write_text(page(2, canonical="/news/2-path"))
    (saved / "3.html").write_bytes(b"no markup at all")
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "1.html":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with _archive(tmp_path) as directory:
        done = _import(directory, saved)
        assert (done.files, done.captures, done.articles) == (3, 2, 1)
        assert done.problems == (f"{saved / '1.html'} cannot be read: Permission denied",)
        urls = {row["url"] for row in rows(directory / "archive.db", "select url from captures")}
        assert urls == {full("/news/2-path"), "http://import.invalid/3.html"}


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Tue Feb 03 2026 12:30:00 GMT+0500 (Lake Standard Time)", "2026-02-03T07:30:00"),
        ("Wed Feb 03 2038 12:30:00 GMT+0500", "2026-03-01T00:00:00"),
        ("Tue Feb 31 2026 12:30:00 GMT+0500", "2026-03-01T00:00:00"),
        ("Sat Jan 01 2005 10:00:00 GMT+0000 (UTC)", "2026-03-01T00:00:00"),
        ("Mon Jan 01 0001 10:00:00 GMT+0000 (UTC)", "2026-03-01T00:00:00"),
    ],
    ids=["as it says", "later than its file", "no such day", "before the program", "before all years"],
)
def test_a_page_that_singlefile_saved_is_of_the_moment_it_says(tmp_path: Path, said: str, at: str) -> None:
    comment = f"<!--\n Page saved with SingleFile\n url: {full('/news/2-path')}\n saved date: {said}\n-->"
    (tmp_path / "b.html").write_text(page(2).replace("<head>", f"{comment}<head>", 1))
    os.utime(tmp_path / "b.html", (1772323200, 1772323200))  # 2026-03-01, as after a copy
    with _archive(tmp_path) as directory:
        _import(directory, tmp_path / "b.html")
        (row,) = rows(directory / "archive.db", "select fetched_at from captures")
        assert row["fetched_at"].startswith(at)
