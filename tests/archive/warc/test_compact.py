"""Closed months compacted: smaller, read as before, and whole at every instant."""

from __future__ import annotations

import gzip
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd
from warcio.archiveiterator import ArchiveIterator

from archive.core.errors import WarcError
from archive.core.model import Capture, Response
from archive.warc import Located, WarcWriter, files, locate, read, recover, scan, walk
from archive.warc import compact as compacting
from archive.warc.compact import Compaction, closed_months, compact, compacted_months, undo
from archive.warc.compact_reader import DICTIONARY_FRAME, SKIPPABLE, Compacted
from archive.warc.compression import pack_brotli
from archive.warc.file import lock
from tests.support.warcs import AT, check, exchange, written

NOW = datetime(2026, 12, 5, tzinfo=UTC)
FILE = "warc/velmora/2026-11.warc.gz"
WORDS = ("harbour", "council", "budget", "ferry", "minister", "grain", "signed", "winter", "opened", "bridge", "tariff")


def release(number: int, paragraphs: int = 12) -> bytes:
    """A page whose every word is its own, in a frame that all pages of the newsroom share."""
    chance = random.Random(number)
    text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=40))}, {chance.random()}</p>" for _ in range(paragraphs))
    menu = "".join(
        f'<li class="menu-item-{n}"><a href="/section/{n * 7919}">Section {n * 104729}</a></li>' for n in range(150)
    )
    return f"<html><head><title>Release {number}</title></head><body><ul>{menu}</ul>{text}</body></html>".encode()


def month(directory: Path, pages: int) -> tuple[Capture, ...]:
    writer = WarcWriter(directory, "Dateline/0.1", "press-archive@velmora.example")
    for number in range(pages):
        url = f"https://press.velmora.example/news/{number}"
        writer.write(exchange(url=url, body=release(number), fetched_at=AT + timedelta(seconds=number)))
    captures = writer.sync()
    writer.close()
    return captures


def responses(directory: Path, captures: tuple[Capture, ...]) -> list[Response]:
    return [read(directory, capture) for capture in captures]


@contextmanager
def _room(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a month of a few pages a large one."""
    monkeypatch.setattr(compacting, "SMALL", 100_000)
    monkeypatch.setattr(compacting, "DICTIONARY", 100_000)


@pytest.fixture(params=["one Brotli stream", "Zstandard with a dictionary"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The pages of a month, for either form."""
    if request.param == "one Brotli stream":
        return 5
    small(monkeypatch)
    return 40


def test_a_compacted_month_is_small_and_read_as_before(tmp_path: Path, size: int) -> None:
    captures = month(tmp_path, size)
    before, length = responses(tmp_path, captures), (tmp_path / FILE).stat().st_size
    result = compact(tmp_path, FILE, NOW)
    after = locate(tmp_path, FILE)
    assert result == Compaction(FILE, 1 + 2 * size, length, after.stat().st_size, exact=True)
    assert result.after < 0.4 * result.before
    assert not (tmp_path / FILE).exists()
    assert os.listdir(after.parent) == [after.name]
    assert files(tmp_path) == [FILE]
    assert responses(tmp_path, captures) == before
    assert tuple(scan(tmp_path, FILE)) == captures
    assert tuple(scan(tmp_path, FILE, captures[2].warc_offset)) == captures[2:]
    assert recover(tmp_path, FILE, captures[-1].warc_offset).kept == captures[-1:]


def test_a_compacted_month_becomes_the_same_file_again(tmp_path: Path, size: int) -> None:
    captures = month(tmp_path, size)
    before, original = responses(tmp_path, captures), (tmp_path / FILE).read_bytes()
    assert compacted_months(tmp_path) == []
    small_size = compact(tmp_path, FILE, NOW).after
    assert compacted_months(tmp_path) == [FILE]
    with _room(500), pytest.raises(WarcError, match="cannot be written"):
        undo(tmp_path, FILE)
    assert undo(tmp_path, FILE) == Compaction(FILE, 1 + 2 * size, small_size, len(original), exact=True)
    assert (tmp_path / FILE).read_bytes() == original
    assert os.listdir(tmp_path / "warc" / "velmora") == ["2026-11.warc.gz"]
    assert responses(tmp_path, captures) == before
    with pytest.raises(WarcError, match="is not compacted"):
        undo(tmp_path, FILE)


def test_an_undoing_that_was_interrupted_is_completed(tmp_path: Path, size: int) -> None:
    captures = month(tmp_path, size)
    original = (tmp_path / FILE).read_bytes()
    compact(tmp_path, FILE, NOW)
    for left in (f".{Path(FILE).name}.part-4194305", Path(FILE).name):
        small_form = locate(tmp_path, FILE).read_bytes()
        place = locate(tmp_path, FILE)
        (place.with_name(left)).write_bytes(original if left.endswith(".gz") else original[:50])
        assert files(tmp_path) == [FILE]
        assert tuple(scan(tmp_path, FILE)) == captures
        undo(tmp_path, FILE)
        assert os.listdir(place.parent) == ["2026-11.warc.gz"]
        place.write_bytes(small_form)
        (tmp_path / FILE).unlink()
    assert tuple(scan(tmp_path, FILE)) == captures


def test_records_that_another_program_compressed_come_back_with_the_same_content(tmp_path: Path, size: int) -> None:
    month(tmp_path, size)
    path = tmp_path / FILE
    records = [found.content for found in walk(path) if isinstance(found, Located)]
    path.write_bytes(b"".join(gzip.compress(record, 9) for record in records))
    recompressed = tuple(scan(tmp_path, FILE))
    before = responses(tmp_path, recompressed)
    assert not compact(tmp_path, FILE, NOW).exact
    assert responses(tmp_path, recompressed) == before
    with pytest.raises(WarcError, match=r"cannot become the same 2026-11\.warc\.gz again"):
        undo(tmp_path, FILE)
    assert responses(tmp_path, recompressed) == before


def test_the_dictionary_form_is_that_of_the_specification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    captures = month(tmp_path, 40)
    compact(tmp_path, FILE, NOW)
    path = locate(tmp_path, FILE)
    assert path.name == "2026-11.warc.zst"
    content = path.read_bytes()
    magic, length = SKIPPABLE.unpack(content[:8])
    assert magic == DICTIONARY_FRAME == 0x184D2A5D
    dictionary = zstd.ZstdDict(zstd.decompress(content[8 : 8 + length]))
    assert dictionary.dict_id, "a dictionary with statistics, not raw content"
    plain = tmp_path / "plain.warc"
    plain.write_bytes(zstd.decompress(content, zstd_dict=dictionary))
    with plain.open("rb") as file:
        types = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert types == ["warcinfo", *["request", "response"] * len(captures), "metadata"]


def test_a_small_month_is_a_warc_in_one_brotli_stream(tmp_path: Path) -> None:
    month(tmp_path, 3)
    compact(tmp_path, FILE, NOW)
    path = locate(tmp_path, FILE)
    assert path.name == "2026-11.warc.br"
    plain = tmp_path / "plain.warc"
    plain.write_bytes(brotli.decompress(path.read_bytes()))
    with plain.open("rb") as file:
        assert len(list(ArchiveIterator(file, check_digests="raise"))) == 8


def test_only_closed_months_are_offered(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    for at in (datetime(2026, 12, 1, tzinfo=UTC), AT, datetime(2025, 12, 31, tzinfo=UTC)):
        writer.write(exchange(fetched_at=at))
    writer.sync()
    writer.close()
    assert closed_months(tmp_path, NOW) == ["warc/velmora/2025-12.warc.gz", FILE]
    compact(tmp_path, FILE, NOW)
    assert closed_months(tmp_path, NOW) == ["warc/velmora/2025-12.warc.gz"]


def test_what_comes_late_goes_in_a_file_of_its_own(tmp_path: Path) -> None:
    early = month(tmp_path, 3)
    compact(tmp_path, FILE, NOW)
    (late,) = written(tmp_path, exchange(url="https://press.velmora.example/late"))
    assert late.warc_file == "warc/velmora/2026-11-2.warc.gz"
    assert files(tmp_path) == ["warc/velmora/2026-11-2.warc.gz", FILE]
    assert closed_months(tmp_path, NOW) == ["warc/velmora/2026-11-2.warc.gz"]
    compact(tmp_path, late.warc_file, NOW)
    (later,) = written(tmp_path, exchange(url="https://press.velmora.example/later"))
    assert later.warc_file == "warc/velmora/2026-11-3.warc.gz"
    assert [capture for name in files(tmp_path) for capture in scan(tmp_path, name)] == [late, later, *early]


def test_bytes_that_cannot_be_made_smaller_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    noise = [random.Random(number).randbytes(30_000) for number in range(6)]
    captures = written(tmp_path, *(exchange(body=body) for body in noise))
    compact(tmp_path, FILE, NOW)
    assert [read(tmp_path, capture).body for capture in captures] == noise


def test_a_file_in_use_is_left_alone(tmp_path: Path) -> None:
    month(tmp_path, 2)
    with (tmp_path / FILE).open("rb") as file:
        lock(file.fileno(), tmp_path / FILE)
        with pytest.raises(WarcError, match="being written by another process"):
            compact(tmp_path, FILE, NOW, patience=0)
    assert os.listdir(tmp_path / "warc" / "velmora") == ["2026-11.warc.gz"]


def test_a_writer_that_waited_does_not_write_to_a_file_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = month(tmp_path, 3)
    compared, proceed = threading.Event(), threading.Event()
    exact = compacting.is_exact

    def slow(path: Path, made: Compacted) -> bool:
        compared.set()
        proceed.wait(120)
        return exact(path, made)

    monkeypatch.setattr(compacting, "is_exact", slow)
    late: list[Capture] = []
    compaction = threading.Thread(target=compact, args=(tmp_path, FILE, NOW))
    writing = threading.Thread(target=lambda: late.extend(written(tmp_path, exchange())))
    compaction.start()
    assert compared.wait(120)
    writing.start()
    monkeypatch.undo()
    while not _waits_for(tmp_path / FILE):
        time.sleep(0.01)
    proceed.set()
    compaction.join()
    writing.join()
    assert [capture.warc_file for capture in late] == ["warc/velmora/2026-11-2.warc.gz"]
    assert [capture for name in files(tmp_path) for capture in scan(tmp_path, name)] == [*late, *early]


def _waits_for(path: Path) -> bool:
    """Whether two descriptors of this process are open on a file: one that holds it, one that waits."""
    open_files = [os.path.realpath(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]
    return open_files.count(str(path.resolve())) > 1


def test_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    captures = month(tmp_path, 3)
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(captures[1].warc_offset + 40)
        file.write(bytes(20))
    content = (tmp_path / FILE).read_bytes()
    with pytest.raises(WarcError, match=f"damaged at byte {captures[1].warc_offset} .* stays as it is"):
        compact(tmp_path, FILE, NOW)
    assert (tmp_path / FILE).read_bytes() == content
    assert os.listdir(tmp_path / "warc" / "velmora") == ["2026-11.warc.gz"]


@pytest.mark.parametrize("content", [b"", None])
def test_nothing_to_compact_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).parent.mkdir(parents=True)
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(WarcError, match=r"holds no record|cannot be opened"):
        compact(tmp_path, FILE, NOW)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, size: int) -> None:
    captures = month(tmp_path, size)
    before = responses(tmp_path, captures)
    with _room(1000), pytest.raises(WarcError, match="cannot be compacted: File too large"):
        compact(tmp_path, FILE, NOW)
    assert os.listdir(tmp_path / "warc" / "velmora") == ["2026-11.warc.gz"]
    assert responses(tmp_path, captures) == before
    check(tmp_path)


def test_a_form_that_would_read_differently_never_replaces_the_file(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    captures = month(tmp_path, size)
    before = responses(tmp_path, captures)
    monkeypatch.setattr(compacting, "pack_brotli", lambda content: pack_brotli(content.replace(b"winter", b"summer")))
    monkeypatch.setattr(compacting, "zstd_packer", lambda _: lambda content: zstd.compress(content[:-1] + b"?"))
    with pytest.raises(WarcError, match="does not give back the record"):
        compact(tmp_path, FILE, NOW)
    assert responses(tmp_path, captures) == before
    assert os.listdir(tmp_path / "warc" / "velmora") == ["2026-11.warc.gz"]


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from archive.warc import compact

steps = int(sys.argv[2])

def counted(do):
    def step(*args, **kwargs):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*args, **kwargs)
    return step

os.fsync = counted(os.fsync)
Path.replace = counted(Path.replace)
Path.unlink = counted(Path.unlink)
compact.is_exact = counted(compact.is_exact)
compact.pack_brotli = counted(compact.pack_brotli)
compact.compact(Path(sys.argv[1]), "warc/velmora/2026-11.warc.gz", datetime(2026, 12, 5, tzinfo=UTC))
"""


def test_a_kill_at_any_step_loses_nothing_and_the_next_run_completes_it(tmp_path: Path) -> None:
    codes = []
    for step in range(9):
        directory = tmp_path / str(step)
        captures = month(directory, 3)
        before = responses(directory, captures)
        ended = subprocess.run([sys.executable, "-c", _KILLED, str(directory), str(step)], check=False)
        codes.append(ended.returncode)
        assert files(directory) == [FILE]
        assert responses(directory, captures) == before
        assert tuple(scan(directory, FILE)) == captures
        if (directory / FILE).exists():
            compact(directory, FILE, NOW)
        assert responses(directory, captures) == before
        assert os.listdir(directory / "warc" / "velmora") == ["2026-11.warc.br"]
    assert codes == [-signal.SIGKILL] * 8 + [0], "every step was tried"


def test_a_damaged_compacted_file_is_named(tmp_path: Path, size: int) -> None:
    captures = month(tmp_path, size)
    compact(tmp_path, FILE, NOW)
    path = locate(tmp_path, FILE)
    content = path.read_bytes()
    path.write_bytes(content[:-50])
    with pytest.raises(WarcError, match=f"{path.name} is damaged: its index cannot be read"):
        read(tmp_path, captures[0])
    path.write_bytes(b"")
    with pytest.raises(WarcError, match="is damaged"):
        list(scan(tmp_path, FILE))


def test_an_offset_where_no_record_lay_is_refused(tmp_path: Path) -> None:
    captures = month(tmp_path, 2)
    compact(tmp_path, FILE, NOW)
    wrong = Capture(**{**captures[0].__dict__, "warc_offset": captures[0].warc_offset + 1})
    with pytest.raises(WarcError, match="no record lay at offset"):
        read(tmp_path, wrong)
