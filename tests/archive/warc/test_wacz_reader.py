"""WACZ files read: their WARC files and lists of pages, and what hostile ones are refused for."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from archive.core.errors import ForeignWarcError
from archive.warc import wacz_reader
from archive.warc.wacz_reader import open_inputs
from tests.support.archiving import DAY
from tests.support.foreign_warcs import record, save, wacz

WARC = record("response", "https://osk.example/", DAY, b"HTTP/1.1 200 OK\r\n\r\n")


def read(path: Path) -> tuple[dict[str, bytes], list[str], list[str]]:
    """The WARC files of a WACZ file by their names, its pages, and the problems with it."""
    problems: list[str] = []
    with open_inputs(path, problems.append) as (inputs, pages):
        found = {}
        for one in inputs:
            with one.open() as file:
                found[one.name.split(": ")[-1]] = file.read()
        return found, pages, problems


def test_warc_files_and_pages_are_found(tmp_path: Path) -> None:
    pages = [{"format": "json-pages-1.0"}, {"url": "https://osk.example/"}, {"url": 7}, ["x"]]
    listed = "\n".join([*map(json.dumps, pages), "{broken"]).encode()
    more = json.dumps({"url": "https://osk.example/more"}).encode()
    files = {"archive/a.warc.gz": WARC, "pages/pages.jsonl": listed, "pages/extraPages.jsonl": more, "indexes/x": b""}
    path = save(tmp_path, "x.wacz", wacz(files))
    assert read(path) == ({"archive/a.warc.gz": WARC}, ["https://osk.example/", "https://osk.example/more"], [])


def test_a_warc_file_stands_alone(tmp_path: Path) -> None:
    path = save(tmp_path, "x.warc", WARC)
    assert read(path) == ({str(path): WARC}, [], [])


@pytest.mark.parametrize("name", ["../../up.warc.gz", "/etc/up.warc", "archive/../../up.warc", "archive\\..\\up.warc"])
def test_a_name_that_leads_out_is_left(tmp_path: Path, name: str) -> None:
    path = save(tmp_path, "x.wacz", wacz({"archive/a.warc": WARC, name: WARC}))
    inputs, _, problems = read(path)
    assert list(inputs) == ["archive/a.warc"]
    assert len(problems) == 1
    assert "leads out" in problems[0]
    assert [item.name for item in tmp_path.rglob("*")] == ["x.wacz"]


def test_a_zip_bomb_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacz_reader, "MAX_UNPACKED", 1_000_000)
    files = {"archive/a.warc": WARC, "archive/bomb.warc": bytes(5_000_000), "pages/pages.jsonl": bytes(5_000_000)}
    inputs, pages, problems = read(save(tmp_path, "x.wacz", wacz(files, zipfile.ZIP_DEFLATED)))
    assert (list(inputs), pages) == (["archive/a.warc"], [])
    assert len([problem for problem in problems if "would unpack" in problem]) == 2


def test_a_directory_that_would_take_all_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacz_reader, "MAX_DIRECTORY", 10_000)
    path = save(tmp_path, "x.wacz", wacz({f"{number:080}": b"" for number in range(100)}))
    with pytest.raises(ForeignWarcError, match="its directory takes"):
        read(path)


def test_a_wacz_file_in_another_is_named(tmp_path: Path) -> None:
    _, _, (problem,) = read(save(tmp_path, "x.wacz", wacz({"a.wacz": b"", "archive/a.warc": WARC})))
    assert "holds another WACZ file" in problem


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip file at all", wacz({"archive/a.warc": WARC})[:-30]])
def test_what_is_no_zip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ForeignWarcError, match="is no WACZ file"):
        read(save(tmp_path, "x.wacz", content))


def test_files_that_are_damaged_within_a_wacz_file_are_named(tmp_path: Path) -> None:
    """The bytes of one file are changed, so that its checksum no longer fits; the rest is read."""
    path = tmp_path / "damaged.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/good.warc", b"WARC one")
        archive.writestr("archive/locked.warc", b"WARC two")
        archive.writestr("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n{"url": "https://osk.example/a"}\n')
    content = path.read_bytes().replace(b"https://osk.example/a", b"https://osk.example/b", 1)
    place = content.rfind(b"archive/locked.warc") - 46  # its entry in the zip file's directory
    content = content[: place + 8] + b"\x01\x00" + content[place + 10 :]  # now says that it is encrypted
    path.write_bytes(content)
    problems: list[str] = []
    with open_inputs(path, problems.append) as (inputs, pages):
        good, locked = inputs
        with good.open() as file:
            assert file.read() == b"WARC one"
        with pytest.raises(ForeignWarcError, match=r"archive/locked\.warc cannot be read"):
            locked.open()
    assert pages in ([], ["https://osk.example/b"])
    assert [problem.split(": ", 1)[1][:36] for problem in problems] == ["'pages/pages.jsonl' cannot be read: "]


def test_lines_of_a_list_of_pages_that_name_none_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.wacz"
    lines = (b'{"url": "https://osk.example/a"}', b"not json", b"[1]", b'{"url": 7}', b"[" * 100_000, b"{}")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pages/pages.jsonl", b"\n".join(lines))
    with open_inputs(path, pytest.fail) as (_, pages):
        assert pages == ["https://osk.example/a"]
