"""WACZ files: what the specification asks for, and that every line of the index leads to its record."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.errors import ArchiveError
from archive.core.model import Validators
from archive.export import cdxj, wacz
from archive.export.records import Excerpt
from archive.export.wacz import Collection, WaczPage, write_wacz
from archive.warc import records
from archive.warc.file import Located, walk_file
from tests.support.warcs import AT, PAGE, exchange, written

PAGES = (
    WaczPage("https://press.velmora.example/0", AT, "Harbour „opens“", "The port.\n\nÜberfällig."),
    WaczPage("https://press.velmora.example/1", AT + timedelta(seconds=1), "Quay", "Second"),
)
ABOUT = Collection("Harbours", "Two quays.", "dateline 9.9", AT, PAGES[1])


def captured(directory: Path, count: int) -> list[Excerpt]:
    written(
        directory,
        *(
            exchange(url=f"https://press.velmora.example/{n}", body=PAGE + str(n).encode(), fetched_at=AT)
            for n in range(count)
        ),
        exchange(
            url="https://press.velmora.example/0",
            body=PAGE + b"0",
            fetched_at=AT + timedelta(days=1),
            earlier=Validators(digest=records.digest(PAGE + b"0"), captured_at=AT),
        ),
        exchange(url="https://press.velmora.example/0", status=304, body=b"", fetched_at=AT + timedelta(days=2)),
    )
    found = walk_file(directory / "warc/velmora/2026-11.warc.gz")
    return [Excerpt(each.record, each.content) for each in found if isinstance(each, Located)]


def packed(excerpts: Iterable[Excerpt], pages: Iterable[WaczPage] = PAGES) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_wacz(file, ABOUT, excerpts, pages)
    return zipfile.ZipFile(file)


def lines(archive: zipfile.ZipFile) -> list[str]:
    return gzip.decompress(archive.read(wacz.INDEX)).decode().splitlines()


def stated(line: str) -> Any:
    return json.loads(line.split(" ", 2)[2])


def test_the_package_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    archive = packed(captured(tmp_path, 3))
    package = json.loads(archive.read("datapackage.json"))
    assert package["profile"] == "data-package"
    assert package["wacz_version"] == "1.1.1"
    assert (package["title"], package["software"]) == ("Harbours", "dateline 9.9")
    assert (package["created"], package["mainPageUrl"]) == ("2026-11-24T09:30:15Z", PAGES[1].url)
    assert package["mainPageDate"] == "2026-11-24T09:30:16Z"
    listed = {each["path"]: each for each in package["resources"]}
    assert {*listed, "datapackage.json", "datapackage-digest.json"} == set(archive.namelist())
    assert set(listed) == {"archive/data-1.warc.gz", wacz.INDEX, wacz.POINTERS, wacz.PAGES}
    for path, each in listed.items():
        content = archive.read(path)
        assert each["bytes"] == len(content)
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert each["name"] == path.split("/")[1]
    digest = json.loads(archive.read("datapackage-digest.json"))
    assert digest["path"] == "datapackage.json"
    assert digest["hash"] == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"


def test_what_is_compressed_is_stored_and_headers_are_short(tmp_path: Path) -> None:
    """Replay programs read a record by its place in the zip file, which they count from the central directory."""
    archive = packed(captured(tmp_path, 3))
    file = archive.fp
    assert file
    for info in archive.infolist():
        assert info.compress_type == (zipfile.ZIP_STORED if info.filename.endswith(".gz") else zipfile.ZIP_DEFLATED)
        file.seek(info.header_offset + 26)
        name, extra = struct.unpack("<HH", file.read(4))
        assert (name, extra) == (len(info.filename), len(info.extra))


def test_every_line_leads_to_its_record(tmp_path: Path) -> None:
    excerpts = captured(tmp_path, 3)
    archive = packed(excerpts)
    warc = archive.read("archive/data-1.warc.gz")
    assert warc == b"".join(each.member for each in excerpts)
    found = lines(archive)
    assert found == sorted(found)
    assert len(found) == 4
    for line in found:
        told = stated(line)
        member = warc[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        record = records.parse(gzip.decompress(member))[0]
        assert told["url"] == record.url
        assert line.split(" ")[:2] == [cdxj.surt(record.url), cdxj.timestamp(record)]
        assert told["digest"] == record.get("WARC-Payload-Digest")
        assert told["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
        assert told["filename"] == "data-1.warc.gz"
    assert [(stated(line)["mime"], stated(line)["status"]) for line in found] == [
        ("text/html", "200"), ("warc/revisit", "200"), ("text/html", "200"), ("text/html", "200")
    ]  # fmt: skip


def test_long_indexes_come_in_blocks_that_stand_alone(tmp_path: Path) -> None:
    archive = packed(captured(tmp_path, 2 * cdxj.BLOCK))
    header, *pointers = archive.read(wacz.POINTERS).decode().splitlines()
    assert header == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    blocks = archive.read(wacz.INDEX)
    read = []
    for pointer in pointers:
        place = stated(pointer)
        block = blocks[place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == f"sha256:{hashlib.sha256(block).hexdigest()}"
        chunk = gzip.decompress(block).decode().splitlines()
        assert chunk[0].startswith(" ".join(pointer.split(" ")[:2]) + " {")
        read += chunk
    assert [len(pointers), len(read)] == [3, 2 * cdxj.BLOCK + 1]
    assert read == sorted(lines(archive))


def test_pages_have_their_words(tmp_path: Path) -> None:
    header, *pages = map(json.loads, packed(captured(tmp_path, 1)).read(wacz.PAGES).decode().splitlines())
    assert (header["format"], header["hasText"]) == ("json-pages-1.0", True)
    assert [(each["url"], each["ts"], each["title"], each["text"]) for each in pages] == [
        (PAGES[0].url, "2026-11-24T09:30:15Z", PAGES[0].title, PAGES[0].text),
        (PAGES[1].url, "2026-11-24T09:30:16Z", "Quay", "Second"),
    ]
    assert len({each["id"] for each in pages}) == 2


def test_records_go_on_in_another_volume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    excerpts = captured(tmp_path, 5)
    monkeypatch.setattr(wacz, "VOLUME", 1500)
    archive = packed(excerpts)
    volumes = [name for name in archive.namelist() if name.startswith("archive/")]
    assert len(volumes) > 2
    assert volumes == [f"archive/data-{number}.warc.gz" for number in range(1, len(volumes) + 1)]
    assert b"".join(map(archive.read, volumes)) == b"".join(each.member for each in excerpts)
    for line in lines(archive):
        told = stated(line)
        volume = archive.read(f"archive/{told['filename']}")
        member = volume[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        assert records.parse(gzip.decompress(member))[0].url == told["url"]


def test_equal_records_give_equal_files(tmp_path: Path) -> None:
    excerpts = captured(tmp_path, 3)
    one, other = io.BytesIO(), io.BytesIO()
    assert write_wacz(one, ABOUT, excerpts, PAGES) == write_wacz(other, ABOUT, excerpts, PAGES) == 4
    assert one.getvalue() == other.getvalue()


def test_nothing_is_no_collection() -> None:
    with pytest.raises(ArchiveError, match="nothing to write"):
        packed([])


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/News?b=1&a=2", "org,example)/news?a=2&b=1"),
        ("http://example.org", "org,example)/"),
        ("https://www2.example.org:443/a/", "org,example)/a"),
        ("https://example.org:8443/a/b.html#top", "org,example:8443)/a/b.html"),
        ("https://example.org/a//b/./c/../d/", "org,example)/a/b/d"),
        ("https://example.org/a?", "org,example)/a"),
        ("https://example.org/a?&b=1&", "org,example)/a?&&b=1"),
        ("https://example.org/a%20b/%C3%A9?q=%D0%B0%26x", "org,example)/a%20b/%c3%a9?q=%d0%b0&x"),
        ("https://example.org/ü/ß?q=ä b", "org,example)/%c3%bc/%c3%9f?q=%c3%a4%20b"),
        ("https://press.überfällig.example./x", "example,xn--berfllig-3za9u,press)/x"),
        ("http://127.0.0.1:8080/News/1", "1,0,0,127:8080)/news/1"),
        ("https://example.org/it's(1)?x=[1]|{2}", "org,example)/it's(1)?x=[1]|{2}"),
        ("https://user:pw@example.org/100%", "org,example)/100%25"),
        ("http://example.org:99999/a", "http://example.org:99999/a"),
    ],
)
def test_keys_are_those_of_other_programs(url: str, key: str) -> None:
    """As the package surt 0.3.1 makes them, but for the last, which no program can take apart."""
    assert cdxj.surt(url) == key


@given(st.text(max_size=60))
def test_no_address_breaks_the_index(text: str) -> None:
    key = cdxj.surt(f"https://example.org/{text}")
    assert key
    assert not set(key) & set(" \n\r\t") or key == f"https://example.org/{text}"
