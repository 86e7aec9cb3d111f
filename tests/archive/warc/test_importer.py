"""WARC files of other programs copied into an archive."""

from __future__ import annotations

import gzip
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.core.errors import WarcError
from archive.core.model import Capture
from archive.warc import Archive, Located, Report, WarcWriter, copy_in, read, records, recover, scan, walk
from tests.support.warcs import PAGE, check

_RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def foreign(kind: str, url: str, block: bytes, *extra: str, version: str = "1.0") -> bytes:
    lines = [
        f"WARC/{version}",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2019-05-06T07:08:09Z",
        "WARC-Record-ID: <urn:uuid:0b1c2d3e-0000-4000-8000-000000000001>",
        "Content-Type: application/http; msgtype=response",
        *extra,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


FOREIGN = [
    foreign("warcinfo", "", b"software: Heritrix/3.4\r\n"),
    foreign("response", "dns:osk.example", b"20190506070809\nosk.example. 60 IN A 192.0.2.1\n"),
    foreign("request", "http://osk.example/a", b"GET /a HTTP/1.0\r\n\r\n"),
    foreign("response", "<http://osk.example/a>", _RESPONSE + PAGE),
    foreign("response", "http://osk.example/b", b"HTTP/1.0 200\nX: y\n\n" + PAGE, version="1.1"),
    foreign(
        "response",
        "http://osk.example/chunked",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE),
        "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    foreign("metadata", "http://osk.example/a", b"outlink: http://osk.example/b\r\n"),
    foreign(
        "revisit",
        "http://osk.example/a",
        _RESPONSE,
        "WARC-Payload-Digest: sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
    ),
    foreign("response", "http://osk.example/odd", b"no status line at all"),
]
_FORMS = {
    "plain.warc": b"".join(FOREIGN),
    "records.warc.gz": b"".join(map(gzip.compress, FOREIGN)),
    "whole.warc.gz": gzip.compress(b"".join(FOREIGN)),
}


def _imported(directory: Path, path: Path, known: set[Any] | None = None) -> tuple[list[Capture], list[str]]:
    writer = WarcWriter(directory, "Dateline/0.1")
    problems: list[str] = []
    seen = known or set()
    archive = Archive(writer, lambda url: urlsplit(url).hostname or "", lambda *one: one in seen)
    captures = [one for _, found in copy_in([path], archive, Report(problems.append)) for one in found]
    writer.close()
    return captures, problems


@pytest.mark.parametrize("form", _FORMS)
def test_responses_of_other_programs_are_copied_block_for_block(tmp_path: Path, form: str) -> None:
    path = tmp_path / form
    path.write_bytes(_FORMS[form])
    captures, problems = _imported(tmp_path, path)
    check(tmp_path)
    assert [(capture.url[-2:], capture.status, capture.revisit) for capture in captures] == [
        ("/a", 200, False),
        ("/b", 200, False),
        ("ed", 200, False),
        ("/a", 200, True),
    ]
    assert {capture.warc_file for capture in captures} == {"warc/osk.example/2019-05.warc.gz"}
    assert [read(tmp_path, capture).body for capture in captures] == [PAGE, PAGE, PAGE, b""]
    assert captures[0].digest == records.digest(PAGE)
    assert captures[3].digest == "sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    assert list(scan(tmp_path, captures[0].warc_file)) == captures
    blocks = [one.record.block for one in walk(tmp_path / captures[0].warc_file) if isinstance(one, Located)][1:]
    assert blocks == [FOREIGN[n][FOREIGN[n].index(b"\r\n\r\n") + 4 : -4] for n in (3, 4, 5, 7)]
    assert len(problems) == 1
    assert "http://osk.example/odd is left out: no HTTP status line" in problems[0]


def test_importing_a_file_again_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "twice.warc"
    path.write_bytes(_FORMS["plain.warc"] * 2)
    captures, _ = _imported(tmp_path, path)
    assert len(captures) == 4, "a record that stands twice in one file is copied once"
    size = (tmp_path / captures[0].warc_file).stat().st_size
    again, _ = _imported(tmp_path, path, {(one.url, one.fetched_at, one.digest) for one in captures})
    assert again == []
    assert (tmp_path / captures[0].warc_file).stat().st_size == size


@pytest.mark.parametrize(
    ("form", "size"),
    [
        ("plain.warc", len(b"".join(FOREIGN[:6])) - 20),
        ("plain.warc", len(b"".join(FOREIGN[:5])) + 100),
        ("records.warc.gz", len(b"".join(map(gzip.compress, FOREIGN[:6]))) - 20),
        ("whole.warc.gz", len(_FORMS["whole.warc.gz"]) - 180),
    ],
)
def test_a_file_that_breaks_off_gives_what_is_whole(tmp_path: Path, form: str, size: int) -> None:
    path = tmp_path / form
    path.write_bytes(_FORMS[form][:size])
    captures, problems = _imported(tmp_path, path)
    assert [capture.url for capture in captures] == ["http://osk.example/a", "http://osk.example/b"]
    assert [read(tmp_path, capture).body for capture in captures] == [PAGE, PAGE]
    assert any("cut off" in problem or "breaks off after" in problem for problem in problems)
    check(tmp_path)


def test_an_arc_file_of_the_nineties_can_be_imported(tmp_path: Path) -> None:
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 1 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    path = tmp_path / "old.arc"
    path.write_bytes(
        b"filedesc://old.arc 0.0.0.0 19990101000000 text/plain %d\n%b\n" % (len(version), version)
        + b"http://osk.example/old 192.0.2.1 19990102030405 text/html %d\n%b\n" % (len(page), page)
    )
    (capture,), _ = _imported(tmp_path, path)
    assert capture.fetched_at == datetime(1999, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert read(tmp_path, capture).body == PAGE


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html>no archive</html>", "it begins with “<html>no archive</ht”"),
        ("næ\x00 ja".encode(), "it begins with “næ  ja”"),
        (gzip.compress(b"neither", mtime=0), "it begins with “neither”"),
        (b"\x1f\x8b\x08broken", ""),
        (b"\x1f\x8bgarbage", ""),
        (b"", "it is empty"),
    ],
)
def test_what_is_no_archive_is_refused_by_name(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)
    captures, (problem,) = _imported(tmp_path, path)
    assert captures == []
    assert f"page.html is no WARC or ARC file: {why}" in problem
    assert ("it is empty" in problem) == (not content)
    captures, (problem,) = _imported(tmp_path, tmp_path / "missing.warc")
    assert captures == []
    assert "cannot be read" in problem


@pytest.mark.parametrize("form", ["plain.warc", "records.warc.gz"])
def test_a_foreign_file_laid_in_the_archive_by_hand_is_scanned(tmp_path: Path, form: str) -> None:
    path = tmp_path / "warc" / "osk" / form
    path.parent.mkdir(parents=True)
    path.write_bytes(_FORMS[form])
    captures = list(scan(tmp_path, f"warc/osk/{form}"))
    assert [(capture.source, capture.kind) for capture in captures] == [("osk", "page")] * 4
    assert [read(tmp_path, capture).body for capture in captures] == [PAGE, PAGE, PAGE, b""]
    path.write_bytes(_FORMS[form][:-30])
    assert recover(tmp_path, f"warc/osk/{form}").torn_at is not None
    assert list(scan(tmp_path, f"warc/osk/{form}")) == captures


def test_a_file_compressed_as_a_whole_must_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "warc" / "osk" / "whole.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(_FORMS["whole.warc.gz"])
    with pytest.raises(WarcError, match="import it"):
        list(scan(tmp_path, "warc/osk/whole.warc.gz"))


def _reported(directory: Path, *paths: Path) -> tuple[list[Capture], Report, list[str]]:
    writer = WarcWriter(directory, "Dateline/0.1")
    problems: list[str] = []
    report = Report(problems.append)
    archive = Archive(writer, lambda url: urlsplit(url).hostname or "", lambda *_: False)
    captures = [one for _, found in copy_in(paths, archive, report) for one in found]
    writer.close()
    return captures, report, problems


def test_what_is_no_answer_to_a_request_for_a_page_is_counted_with_its_reason(tmp_path: Path) -> None:
    def answer(number: int, block: bytes, *extra: str, kind: str = "response") -> bytes:
        return foreign(kind, f"http://osk.example/{number}", block, *extra)

    path = tmp_path / "odd.warc"
    path.write_bytes(
        b"".join(
            (
                answer(1, _RESPONSE + PAGE),
                answer(2, _RESPONSE.replace(b"200 OK", b"206 Partial Content") + PAGE),
                answer(3, _RESPONSE.replace(b"200 OK", b"304 Not Modified")),
                answer(4, PAGE, "WARC-Segment-Number: 2", kind="continuation"),
                answer(5, PAGE, kind="conversion"),
                answer(6, b"POST /6 HTTP/1.1\r\n\r\n", "WARC-Concurrent-To: <urn:uuid:6>", kind="request").replace(
                    b"0b1c2d3e-0000-4000-8000-000000000001", b"7"
                ),
                answer(6, _RESPONSE + PAGE).replace(b"0b1c2d3e-0000-4000-8000-000000000001", b"6"),
            )
        )
    )
    captures, report, problems = _reported(tmp_path, path)
    assert [capture.url for capture in captures] == ["http://osk.example/1"]
    assert problems == []
    assert dict(report.passed_over) == {
        "answers without a whole page (status 206)": 1,
        "answers that say only that nothing had changed (status 304)": 1,
        "later parts of records that were cut in pieces": 1,
        "conversions that a program made, not the publisher": 1,
        "answers to POST requests": 1,
    }


@pytest.mark.parametrize("first", ["request", "response"])
def test_the_answer_to_a_form_is_no_page_though_no_record_names_the_other(tmp_path: Path, first: str) -> None:
    def exchange(method: bytes, moment: bytes) -> bytes:
        url = "http://osk.example/search"
        records = {
            "request": foreign("request", url, method + b" /search HTTP/1.1\r\n\r\n"),
            "response": foreign("response", url, _RESPONSE + PAGE),
        }
        pair = [records.pop(first), *records.values()]
        named = [
            one.replace(b"000000000001", b"%012d" % number + moment).replace(b"07:08:09", moment)
            for number, one in enumerate(pair)
        ]
        return b"".join(named)

    path = tmp_path / "forms.warc"
    path.write_bytes(exchange(b"GET", b"07:08:10") + exchange(b"POST", b"07:08:11"))
    captures, report, _ = _reported(tmp_path, path)
    assert [capture.fetched_at.second for capture in captures] == [10]
    assert dict(report.passed_over) == {"answers to POST requests": 1}


def test_of_very_many_unreadable_records_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    path = tmp_path / "damaged.warc"
    good = foreign("response", "http://osk.example/good", _RESPONSE + PAGE)
    unreadable = foreign("response", "http://osk.example/bad", b"").replace(b"Content-Length: 0", b"Content-Length: x")
    path.write_bytes(good + unreadable * 50)
    captures, _, problems = _reported(tmp_path, path)
    assert [capture.url for capture in captures] == ["http://osk.example/good"]
    *named, counted = problems
    assert len(named) == 20
    assert all(problem.startswith(f"{path}: ") for problem in named)
    assert counted == f"{path}: 30 more records cannot be read."


def test_no_password_of_another_program_comes_into_the_archive(tmp_path: Path) -> None:
    with_user, refers = (
        "http://ida:tide77@osk.example/a",
        "WARC-Refers-To-Target-URI: <http://ida:tide77@osk.example/a>",
    )
    profile = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    again = foreign("revisit", with_user, _RESPONSE, refers, profile, f"WARC-Payload-Digest: {records.digest(PAGE)}")
    path = tmp_path / "in.warc"
    path.write_bytes(
        foreign("response", with_user, _RESPONSE + PAGE)
        + again.replace(b"08:09Z", b"09:09Z").replace(b"000000000001>", b"000000000002>")
        + foreign("request", with_user, b"GET /a HTTP/1.1\r\nAuthorization: Basic aWRhOnRpZGU3Nw==\r\n\r\n")
    )
    (tmp_path / "archive").mkdir()
    captures, problems = _imported(tmp_path / "archive", path)
    assert [(one.url, one.asked, one.revisit) for one in captures] == [
        ("http://osk.example/a", "http://osk.example/a", False),
        ("http://osk.example/a", "http://osk.example/a", True),
    ]
    assert not problems
    written = b"".join(gzip.decompress(file.read_bytes()) for file in (tmp_path / "archive").rglob("*.warc.gz"))
    assert not re.search(b"tide77|aWRhOn", written)
    assert read(tmp_path / "archive", captures[0]).body == PAGE


def test_a_wacz_file_without_warc_files_is_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
    captures, _, problems = _reported(tmp_path, path)
    assert captures == []
    assert f"{path} holds no WARC file." in problems
