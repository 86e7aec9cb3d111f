"""An evidence pack: whole records, digests that hold, a page that shows every edit and cannot run anything."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from warcio.checker import Checker

from archive.core.errors import ArchiveError, WarcError
from archive.core.ids import capture_number
from archive.export.evidence import COLLECTION, RECORDS, Pack, write_evidence
from archive.export.records import excerpts
from archive.store import search
from archive.store.search import Selection
from archive.warc.compact import compact
from archive.warc.file import Located, walk_file
from tests.support.archiving import later
from tests.support.record import EDITED, GONE, article_at, build, reading

SOFTWARE = {"dateline": "9.9", "trafilatura": "2.3"}
NAMES = {"index.html", RECORDS, COLLECTION, "article.json", "manifest.json", "README.txt", "SHA256SUMS"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("archive")
    build(directory)
    return directory


def pack_of(archive: Path, target: Path, url: str = EDITED) -> Pack:
    with reading(archive) as connection:
        return write_evidence(archive, connection, article_at(archive, url), target, later(days=9), SOFTWARE)


def manifest(target: Path) -> Any:
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_the_records_are_those_of_the_archive_byte_for_byte(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    pack = pack_of(archive, target)
    original = {
        found.record.get("WARC-Record-ID"): found.content
        for found in walk_file(archive / "warc/valdora/2026-03.warc.gz")
        if isinstance(found, Located)
    }
    found = [each for each in walk_file(target / RECORDS) if isinstance(each, Located)]
    assert [each.record.type for each in found] == (
        ["warcinfo", "request", "response", "request", "revisit", "request", "revisit"] + ["request", "response"] * 2
    )
    assert all(original[each.record.get("WARC-Record-ID")] == each.content for each in found)
    assert (pack.captures, pack.records, pack.revisions) == (5, 11, 2)


def test_warcio_finds_every_record_sound(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack")

    class Command:
        inputs = [str(tmp_path / "pack" / RECORDS)]  # noqa: RUF012
        verbose = False

    assert Checker(Command).process_all() == 0


def test_every_digest_holds(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    pack = pack_of(archive, target)
    assert {path.name for path in target.iterdir()} == NAMES
    told = manifest(target)
    for each in told["files"]:
        content = (target / each["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["bytes"], each["sha256"])
    packed = (target / RECORDS).read_bytes()
    for record in told["records"]:
        content = gzip.decompress(packed[record["offset"] : record["offset"] + record["length"]])
        assert hashlib.sha256(content).hexdigest() == record["sha256"]
        assert record["record_id"].encode() in content
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=target, capture_output=True, check=True, text=True)
    assert done.stdout.count(": OK") == len(NAMES) - 1
    assert hashlib.sha256((target / "SHA256SUMS").read_bytes()).hexdigest() == pack.checksum


def test_the_commands_it_tells_of_give_what_it_says(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    pack_of(archive, target)
    command, expected = re.findall(
        r"^ +(tail .* sha256sum)\n +(\w{64})$", (target / "README.txt").read_text(encoding="utf-8"), re.MULTILINE
    )[0]
    done = subprocess.run(command, shell=True, cwd=target, capture_output=True, check=True, text=True)
    assert done.stdout.split()[0] == expected


def test_the_manifest_names_every_capture_with_its_record(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack")
    told = manifest(tmp_path / "pack")
    assert told["created"] == later(days=9).isoformat()
    assert told["software"] == SOFTWARE
    assert [each["fetched_at"] for each in told["captures"]] == [
        later(**by).isoformat() for by in ({"minutes": 1}, {"hours": 1}, {"hours": 2}, {"days": 1}, {"days": 2})
    ]
    proven = {record["capture"] for record in told["records"] if record["capture"]}
    assert proven == {each["id"] for each in told["captures"]}


def test_what_is_gone_is_proven_by_the_answers_that_said_so(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack", GONE)
    told = manifest(tmp_path / "pack")
    assert [each["status"] for each in told["captures"]] == [200, 410, 410, 410]
    assert told["article"]["status"] == "gone"
    assert "Taken down" in (tmp_path / "pack" / "index.html").read_text(encoding="utf-8")


def test_the_page_shows_every_revision_with_its_difference(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack")
    tree = html.parse(tmp_path / "pack" / "index.html").getroot()
    assert [heading.text_content().split("  ")[0][:10] for heading in tree.iter("h3")] == ["Revision 1", "Revision 2"]
    assert "Rain is expected <b>& more</b>." in "".join(each.text_content() for each in tree.iter("ins"))
    said = tree.text_content()
    for fact in (EDITED, later(days=2).isoformat(), "dateline 9.9", "unchanged: a revisit", "sha256sum -c SHA256SUMS"):
        assert fact in said
    for record in manifest(tmp_path / "pack")["records"]:
        assert (record["sha256"] in said) == (record["capture"] is not None)


def test_equal_archives_give_equal_packs(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack")
    first = contents(tmp_path / "pack")
    (tmp_path / "pack").rename(tmp_path / "earlier")
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", archive, copy], check=True)
    compact(copy, "warc/valdora/2026-03.warc.gz", later(days=90))
    pack_of(copy, tmp_path / "pack")
    assert contents(tmp_path / "pack") == first


def test_a_zip_file_holds_the_same(archive: Path, tmp_path: Path) -> None:
    pack_of(archive, tmp_path / "pack")
    pack_of(archive, tmp_path / "pack.zip")
    first = (tmp_path / "pack.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "pack.zip") as packed:
        held = {name.removeprefix("pack/"): packed.read(name) for name in packed.namelist()}
    assert held == contents(tmp_path / "pack")
    (tmp_path / "pack.zip").unlink()
    pack_of(archive, tmp_path / "pack.zip")
    assert (tmp_path / "pack.zip").read_bytes() == first


def test_what_is_there_stays(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    with pytest.raises(ArchiveError, match="is there already"):
        pack_of(archive, tmp_path / "pack")
    with pytest.raises(ArchiveError, match="cannot be written"):
        pack_of(archive, tmp_path / "nowhere" / "pack")


def test_without_the_record_there_is_no_pack(tmp_path: Path) -> None:
    build(tmp_path / "archive")
    path = tmp_path / "archive/warc/valdora/2026-03.warc.gz"
    content = bytearray(path.read_bytes())
    with reading(tmp_path / "archive") as connection:
        place = connection.execute("select warc_offset from captures where url = ?", (EDITED,)).fetchone()[0]
    content[place + 40] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(WarcError, match="dateline verify"):
        pack_of(tmp_path / "archive", tmp_path / "pack")
    path.unlink()
    with pytest.raises(WarcError):
        pack_of(tmp_path / "archive", tmp_path / "pack.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_revisit_comes_with_what_it_refers_to(tmp_path: Path) -> None:
    captures = build(tmp_path)
    original = captures[2]
    with reading(tmp_path) as connection, connection:
        connection.execute("update captures set article_id = null where warc_offset = ?", (original.warc_offset,))
        connection.execute("delete from revisions where n = 1")
        connection.execute("delete from events")
        chosen = search.captures(connection, Selection(article=article_at(tmp_path, EDITED)))
        assert original.warc_offset in [capture.warc_offset for capture in chosen]


@pytest.mark.parametrize("table", ["revisions", "events"])
def test_what_revisions_and_events_refer_to_is_proven(tmp_path: Path, table: str) -> None:
    build(tmp_path)
    with reading(tmp_path) as connection, connection:
        number = article_at(tmp_path, GONE)
        connection.execute("update captures set article_id = null")
        connection.execute(f"delete from {'events' if table == 'revisions' else 'revisions'}")
        expected = connection.execute(f"select capture_id from {table} where article_id = ?", (number,)).fetchall()
        chosen = list(search.captures(connection, Selection(article=number)))
    assert chosen
    assert {capture_number(each) for each in chosen} == {row[0] for row in expected}


def test_a_request_that_follows_its_response_is_found(tmp_path: Path) -> None:
    captures = build(tmp_path)
    path = tmp_path / "warc/valdora/2026-03.warc.gz"
    found = [each for each in walk_file(path) if isinstance(each, Located)]
    members = [path.read_bytes()[each.offset : each.offset + each.length] for each in found]
    info, rest = members[0], members[1:]
    swapped = [
        member for request, response in zip(rest[::2], rest[1::2], strict=True) for member in (response, request)
    ]
    path.write_bytes(b"".join([info, *swapped]))
    with reading(tmp_path) as connection, connection:
        place = len(info)
        for capture, request in zip([one for one in captures if one.source == "valdora"], rest[::2], strict=True):
            values = (place, *(capture.warc_file, capture.warc_offset))
            connection.execute(
                "update captures set warc_offset = -?1 where warc_file = ?2 and warc_offset = ?3", values
            )
            place += capture.warc_length + len(request)
        connection.execute("update captures set warc_offset = -warc_offset where warc_offset < 0")
        chosen = search.captures(connection, Selection(article=article_at(tmp_path, EDITED)))
        types = [each.record.type for each in excerpts(tmp_path, connection, chosen)]
    assert types == ["warcinfo", "response", "request"] + ["revisit", "request"] * 2 + ["response", "request"] * 2


def test_an_article_is_named_by_id_or_address(archive: Path) -> None:
    with reading(archive) as connection:
        number = article_at(archive, EDITED)
        bare = EDITED.removeprefix("https://")
        spelled = (f"{EDITED}/", f"http://{bare}", f"https://www.{bare}")
        for name in (str(number), EDITED, f"{EDITED}?utm_source=mail#top", *spelled):
            assert search.article_named(connection, name) == number
        with pytest.raises(ArchiveError, match="No article"):
            search.article_named(connection, "https://press.valdora.example/nothing")
        with pytest.raises(ArchiveError, match="No article"):
            search.article_named(connection, "no address at all")
        with pytest.raises(ArchiveError, match="No article"):
            search.article_named(connection, "12")


def test_an_address_that_two_sources_share_is_asked_about(tmp_path: Path) -> None:
    build(tmp_path)
    with reading(tmp_path) as connection, connection:
        connection.execute("update articles set url = ? where source = 'osk'", (EDITED,))
        with pytest.raises(ArchiveError, match=r"by its id, \d+ or \d+"):
            search.article_named(connection, EDITED)
