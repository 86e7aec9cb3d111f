"""WARC and ARC files that are broken or hostile: read in bounded memory and time, told, and read on."""

from __future__ import annotations

import contextlib
import gzip
import io
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.core.errors import ForeignWarcError
from archive.warc import foreign
from archive.warc.foreign import Unreadable, read_records
from archive.warc.records import Record
from tests.support.archiving import DAY
from tests.support.foreign_warcs import record

MEGABYTE = 1024 * 1024


def found(content: bytes) -> list[Record | Unreadable]:
    return list(read_records(io.BytesIO(content), "x.warc"))


def good(number: int = 1) -> bytes:
    return record("response", f"https://osk.example/{number}", DAY, b"HTTP/1.1 200 OK\r\n\r\nbody %d" % number)


def zeros(size: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """One gzip member that unpacks to many zeros, made without holding them."""
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(before), *(packer.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE))]
    return b"".join([*parts, packer.compress(after), packer.flush()])


def head(length: int) -> bytes:
    return record("response", "https://osk.example/bomb", DAY, b"").replace(
        b"Content-Length: 0", b"Content-Length: %d" % length
    )[:-4]


BOMBS: dict[str, Callable[[], bytes]] = {
    "a block of zeros": lambda: zeros(300 * MEGABYTE, head(300 * MEGABYTE)),
    "zeros after a record": lambda: zeros(300 * MEGABYTE, good(9)),
    "a head without an end": lambda: zeros(300 * MEGABYTE, b"WARC/1.0\r\nX: "),
    "a length that lies": lambda: zeros(300 * MEGABYTE, head(10**14)),
    "zeros and no record": lambda: zeros(300 * MEGABYTE, b"WARC/1.0\r\n\r\n"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_member_bomb_is_left_and_the_next_record_read(name: str) -> None:
    content = gzip.compress(good(1)) + BOMBS[name]() + gzip.compress(good(2))
    tracemalloc.start()
    try:
        read = found(content)
        assert tracemalloc.get_traced_memory()[1] < 3 * foreign.MAX_BLOCK
    finally:
        tracemalloc.stop()
    urls = [one.url for one in read if isinstance(one, Record)]
    assert (urls[0], urls[-1]) == ("https://osk.example/1", "https://osk.example/2")
    assert any(isinstance(one, Unreadable) for one in read)


def test_a_bomb_compressed_as_a_whole_ends_the_file() -> None:
    read = found(zeros(300 * MEGABYTE, good(1) + head(300 * MEGABYTE), good(2)))
    assert [one.url for one in read if isinstance(one, Record)] == ["https://osk.example/1"]
    assert "times its bytes" in str(read[-1])


@pytest.mark.parametrize(
    "lines",
    [b"X: y\r\n" * 300_000, b"X" * 3 * MEGABYTE, b" z\r\n" * 500_000, b"X: " + b"y" * 2 * MEGABYTE + b"\r\n"],
)
def test_an_endless_head_is_told_and_left(lines: bytes) -> None:
    read = found(good(1) + b"WARC/1.0\r\nWARC-Type: response\r\n" + lines + b"\r\n\r\n" + good(2))
    assert [one.url for one in read if isinstance(one, Record)] == ["https://osk.example/1", "https://osk.example/2"]
    assert any(isinstance(one, Unreadable) and "does not end within" in one.reason for one in read)


@pytest.mark.parametrize("length", [b"", b"-5", b"x", b"9" * 400, "\u0665".encode(), b"1 2"])
def test_a_length_that_cannot_be_read_is_told_and_left(length: bytes) -> None:
    broken = good(7).replace(b"Content-Length: 25", b"Content-Length: " + length)
    assert broken != good(7)
    first, fault, last = found(good(1) + broken + good(2))
    assert isinstance(first, Record)
    assert isinstance(fault, Unreadable)
    assert isinstance(last, Record)
    assert last.url == "https://osk.example/2"


def test_a_record_larger_than_any_page_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "MAX_BLOCK", 1000)
    large = record("response", "https://osk.example/film", DAY, b"HTTP/1.1 200 OK\r\n\r\n" + bytes(range(256)) * 40)
    read = found(good(1) + large + good(2))
    assert [getattr(one, "url", "") for one in read] == [f"https://osk.example/{name}" for name in ("1", "film", "2")]
    assert isinstance(read[1], Unreadable)
    assert "are more than 1000" in read[1].reason


def test_rubbish_between_records_is_passed_over() -> None:
    read = found(good(1) + b"rubbish\r\n\0\0\r\n" + good(2) + b"\r\n" * 50 + good(3))
    assert [one.url[-1] for one in read if isinstance(one, Record)] == ["1", "2", "3"]
    assert len([one for one in read if isinstance(one, Unreadable)]) == 1


@pytest.mark.parametrize("size", range(MEGABYTE - 40, MEGABYTE + 8, 3))
def test_a_record_after_rubbish_is_found_wherever_pieces_end(size: int) -> None:
    """Pieces are a megabyte, or 64 KB of a plain file."""
    rubbish = b"x" * (size - len(good(1)) - 1) + b"\n"
    for content in (gzip.compress(good(1) + rubbish + good(2)), good(1) + rubbish[-65_536 + 300 :] + good(2)):
        assert [one.url[-1] for one in found(content) if isinstance(one, Record)] == ["1", "2"]


def test_an_arc_file_of_the_second_version_is_read() -> None:
    body = b"HTTP/1.0 200 OK\r\n\r\nold"
    version = b"2 0 Archive\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename"
    version += b" Archive-length\n"
    content = b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain 200 - - 0 x.arc %d\n%b\n" % (len(version), version)
    content += b"http://osk.example/old 192.0.2.1 20010203040506 text/html 200 - - 99 x.arc %d\n%b\n" % (
        len(body),
        body,
    )
    (one,) = found(content)
    assert isinstance(one, Record)
    assert (one.url, one.get("WARC-Date"), one.block) == ("http://osk.example/old", "2001-02-03T04:05:06Z", body)


def _forms(content: list[bytes]) -> Iterator[bytes]:
    yield b"".join(content)
    yield b"".join(map(gzip.compress, content))
    yield gzip.compress(b"".join(content))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["response", "request", "metadata"]), st.binary(max_size=300)), min_size=1))
def test_every_record_comes_back_from_every_form(blocks: list[tuple[str, bytes]]) -> None:
    content = [record(kind, "https://osk.example/a", DAY, block) for kind, block in blocks]
    for form in _forms(content):
        read = found(form)
        assert [(one.type, one.block) for one in read if isinstance(one, Record)] == blocks
        assert len(read) == len(blocks)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2))
def test_no_bytes_break_the_reader(rubbish: bytes, form: int) -> None:
    whole = list(_forms([good(1), rubbish, good(2)]))[form]
    for content in (whole, rubbish, b"WARC/" + rubbish, b"filedesc://" + rubbish, whole[: len(whole) // 2]):
        with contextlib.suppress(ForeignWarcError):
            found(content)


@pytest.mark.parametrize(
    "unit", [gzip.compress(b"", mtime=0), gzip.compress(b"\r\n", mtime=0), gzip.compress(good(), mtime=0)]
)
def test_work_grows_with_the_file_and_no_faster(unit: bytes) -> None:
    """Processor time of one run: four times the members take about four times as long, and not sixteen."""

    def seconds(count: int) -> float:
        content = gzip.compress(good(1)) + unit * count
        begin = time.process_time()
        found(content)
        return time.process_time() - begin

    seconds(1000)
    assert min(seconds(8_000) for _ in range(2)) < 9 * min(seconds(2_000) for _ in range(3))


@pytest.mark.parametrize("place", ["between", "within"])
def test_after_damage_the_next_whole_record_is_read(place: str) -> None:
    members = [gzip.compress(good(number)) for number in (1, 2, 3)]
    if place == "between":
        members.insert(2, b"rubbish that is no member")
    else:
        middle = len(members[1]) // 2
        members[1] = (
            members[1][:middle]
            + bytes(byte ^ 0xFF for byte in members[1][middle : middle + 9])
            + members[1][middle + 9 :]
        )
    told = found(b"".join(members))
    assert [one.url[-1] for one in told if isinstance(one, Record)] == (
        ["1", "2", "3"] if place == "between" else ["1", "3"]
    )
    assert any("damaged" in one.reason for one in told if isinstance(one, Unreadable))


def test_a_file_with_damage_after_damage_ends() -> None:
    damaged = gzip.compress(good(1))[:-9] + b"x" * 9
    told = found(gzip.compress(good(7)) + damaged * 50 + gzip.compress(good(8)))
    assert [one.url[-1] for one in told if isinstance(one, Record)][-1] == "8"
