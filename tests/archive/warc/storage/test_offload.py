"""Months go to a storage and come back; all is read there as before; nothing is lost, whatever happens."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.core.errors import StorageError, WarcError
from archive.export.backup import backup
from archive.ingest.rebuild import rebuild
from archive.store import search
from archive.warc import compact, reader, verify
from archive.warc.storage import away, objects, offload
from tests.archive.warc.storage.support import LARGE, NOW, SMALL, build
from tests.support.archiving import AtOnce, ingesting, tables
from tests.support.limits import kill_until_done
from tests.support.record import reading


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built") / "archive")


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "archive"))


def storage(archive: Path) -> Path:
    return archive.parent / "storage"


def gone(archive: Path, *names: str) -> None:
    for name in names or (SMALL, LARGE):
        offload.offload(archive, name, f"file://{storage(archive)}")


def bodies(archive: Path) -> list[bytes]:
    with reading(archive) as connection:
        return [reader.read(archive, capture).body for capture in search.all_captures(connection)]


def differences(archive: Path) -> list[str]:
    with reading(archive) as connection:
        return [str(each) for each in verify.verify(archive, search.all_captures(connection))]


def test_a_month_that_is_away_is_read_as_before(archive: Path) -> None:
    before, records = bodies(archive), [list(reader.walk(archive / name)) for name in (SMALL, LARGE)]
    gone(archive)
    kept = sorted(path.relative_to(archive / "warc").as_posix() for path in (archive / "warc").glob("*/*"))
    assert kept == ["osk/2026-03.warc.br.away", "valdora/2026-03.warc.zst.away"]
    assert (storage(archive) / "osk/2026-03.warc.br").is_file()
    assert reader.files(archive) == [SMALL, LARGE] == offload.in_storage(archive)
    assert offload.on_disk(archive) == []
    assert bodies(archive) == before
    assert [list(reader.walk(archive / name)) for name in (SMALL, LARGE)] == records
    assert differences(archive) == []


def test_a_record_costs_its_range_and_not_the_month(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(archive, LARGE)
    asked: list[int] = []
    real = objects.read_range

    def counted(url: str, start: int, length: int) -> bytes:
        asked.append(length)
        return real(url, start, length)

    monkeypatch.setattr(objects, "read_range", counted)
    with reading(archive) as connection:
        captures = [each for each in search.all_captures(connection) if each.source == "valdora"]
    for capture in captures[:4]:
        reader.read(archive, capture)
    month = (storage(archive) / "valdora/2026-03.warc.zst").stat().st_size
    assert len(asked) == 5  # the dictionary, and one range for each
    assert sum(asked[1:]) < month / 2
    assert reader.is_away(archive, LARGE)
    assert not reader.is_away(archive, SMALL)


def test_it_comes_back_byte_for_byte(archive: Path) -> None:
    form = archive / "warc/valdora/2026-03.warc.zst"
    before = form.read_bytes()
    gone(archive)
    done = [offload.bring_back(archive, name) for name in offload.in_storage(archive)]
    assert [each.warc_file for each in done] == [SMALL, LARGE]
    assert form.read_bytes() == before
    assert not list((archive / "warc").glob("*/*.away"))
    assert (storage(archive) / "valdora/2026-03.warc.zst").exists()
    gone(archive)
    assert offload.in_storage(archive) == [SMALL, LARGE]


def test_what_is_already_away_or_not_compacted_is_refused(archive: Path) -> None:
    gone(archive, SMALL)
    with pytest.raises(WarcError, match="is not compacted on this disk"):
        gone(archive, SMALL)
    with pytest.raises(WarcError, match="is not in object storage"):
        offload.bring_back(archive, LARGE)
    with pytest.raises(WarcError, match=r"is in object storage. Run `dateline offload --back` first"):
        compact.undo(archive, SMALL)
    assert compact.compacted_months(archive) == [LARGE]


def test_an_object_of_another_archive_is_never_overwritten(archive: Path) -> None:
    other = storage(archive) / "osk/2026-03.warc.br"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"of somebody else")
    with pytest.raises(StorageError, match=r"is there already and is not .*another archive may use this address"):
        gone(archive, SMALL)
    assert other.read_bytes() == b"of somebody else"
    assert bodies(archive)


def test_a_storage_that_writes_something_else_frees_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = objects.upload

    def spoiled(path: Path, url: str) -> None:
        real(path, url)
        target = Path(url.removeprefix("file://"))
        written = target.read_bytes()
        target.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))

    monkeypatch.setattr(objects, "upload", spoiled)
    with pytest.raises(WarcError, match="is not what was written there"):
        gone(archive, SMALL)
    assert offload.on_disk(archive) == [SMALL, LARGE]


def _alter(archive: Path, change: Callable[[bytes], bytes]) -> None:
    for path in storage(archive).glob("*/*"):
        path.write_bytes(change(path.read_bytes()))


def _one_bit_in_the_middle(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_an_altered_object_is_found_and_never_taken_for_the_page(archive: Path) -> None:
    gone(archive)
    _alter(archive, _one_bit_in_the_middle)
    found = differences(archive)
    assert sum("object altered" in each and "SHA-256" in each for each in found) == 2
    with reading(archive) as connection:
        osk = [each for each in search.all_captures(connection) if each.source == "osk"]
    with pytest.raises(WarcError, match="was altered"):
        reader.read(archive, osk[0])
    with pytest.raises(WarcError, match="was altered"):
        offload.bring_back(archive, SMALL)
    assert reader.is_away(archive, SMALL)


def test_a_storage_that_is_gone_is_no_verdict_on_what_it_holds(archive: Path) -> None:
    gone(archive)
    before = tables(archive / "archive.db")
    storage(archive).rename(archive.parent / "elsewhere")
    done = rebuild(archive, AtOnce())
    assert (done.replaced, done.lost) == (False, 15)
    assert any("is not in its storage" in problem for problem in done.problems)
    assert len(done.problems) <= 4
    with ingesting(archive) as ingest:
        assert ingest.recover() == ()  # which asks no storage
        (number,) = ingest.store.db.execute("select min(id) from articles").fetchone()
        ingest.read_again([number])
        ingest.flush()
    assert tables(archive / "archive.db") == before
    assert any("unreadable file" in each for each in differences(archive))
    (archive.parent / "elsewhere").rename(storage(archive))
    assert rebuild(archive, AtOnce()).replaced
    assert tables(archive / "archive.db") == before


def test_a_backup_refers_to_the_storage_and_keeps_what_it_had(archive: Path) -> None:
    backup(archive, archive.parent / "first", NOW)
    gone(archive, LARGE)
    assert backup(archive, archive.parent / "first", NOW).problems == ()
    assert backup(archive, archive.parent / "second", NOW).problems == ()
    assert not reader.is_away(archive.parent / "first", LARGE)
    assert reader.is_away(archive.parent / "second", LARGE)
    for name in ("first", "second"):
        assert differences(archive.parent / name) == []


@pytest.mark.parametrize("step", ["half an object", "an object", "a note", "a note that is synced"])
def test_interrupted_after_each_step_the_same_command_finishes(
    archive: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, upload, write = bodies(archive), objects.upload, away.write

    def uploaded(path: Path, url: str) -> None:
        upload(path, url)
        target = Path(url.removeprefix("file://"))
        if step == "half an object":
            os.truncate(target, target.stat().st_size // 2)
        raise KeyboardInterrupt

    def written(path: Path, stub: away.Away) -> None:
        if step == "a note that is synced":
            write(path, stub)
        raise KeyboardInterrupt

    monkeypatch.setattr(*((objects, "upload", uploaded) if "object" in step else (away, "write", written)))
    with pytest.raises(KeyboardInterrupt):
        gone(archive, LARGE)
    monkeypatch.undo()
    assert bodies(archive) == before
    assert offload.on_disk(archive) == [SMALL, LARGE]
    gone(archive)
    assert bodies(archive) == before
    assert differences(archive) == []


def _offload_all(archive: Path) -> None:
    for name in offload.on_disk(archive):
        offload.offload(archive, name, f"file://{storage(archive)}")


@pytest.mark.soak  # interrupted after each step: see above
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_moment_nothing_is_lost(archive: Path, seed: int) -> None:
    before = bodies(archive)
    order = random.Random(seed)
    begun = time.monotonic()
    gone(Path(shutil.copytree(archive, archive.parent / "other/archive")))
    usual = time.monotonic() - begun

    def check() -> None:
        assert bodies(archive) == before

    kills = kill_until_done(
        lambda: _offload_all(archive),
        lambda kills: order.uniform(0, 0.2 + kills / 10) * usual if kills else 0,
        check,
    )
    assert kills
    assert offload.in_storage(archive) == [SMALL, LARGE]
    assert bodies(archive) == before
    assert differences(archive) == []
