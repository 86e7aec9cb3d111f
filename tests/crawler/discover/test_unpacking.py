"""Large documents piece by piece."""

from __future__ import annotations

import gzip

import pytest

from crawler.discover.unpacking import Unpacked

TEXT = bytes(range(256)) * 1000


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        gzip.compress(TEXT),
        gzip.compress(gzip.compress(TEXT)),
        gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
        gzip.compress(TEXT) + b"trailing",
    ],
)
def test_what_is_packed_comes_out(body: bytes) -> None:
    pieces = Unpacked(body, 1_000_000, "the sitemap")
    assert (b"".join(pieces), pieces.problem) == (TEXT, "")


def test_no_more_is_unpacked_than_the_bound() -> None:
    pieces = Unpacked(gzip.compress(bytes(30_000_000)), 10_000_000, "the sitemap")
    sizes = [len(piece) for piece in pieces]
    assert (sum(sizes), max(sizes) <= 65_536) == (10_000_000, True)
    assert pieces.problem == "the sitemap is larger than 10 MB; the rest was not read"


def test_members_without_end_are_left() -> None:
    assert sum(len(piece) for piece in Unpacked(gzip.compress(b"x") * 20_000, 1_000_000, "the sitemap")) == 10_000


@pytest.mark.parametrize("cut", [20, 900])
def test_torn_or_damaged_data_is_read_as_far_as_it_goes(cut: int) -> None:
    packed = gzip.compress(TEXT, mtime=0)
    torn, damaged = Unpacked(packed[:cut], 10**6, "it"), Unpacked(packed[:cut] + b"\xff" * 900, 10**6, "it")
    assert TEXT.startswith(b"".join(torn))
    assert torn.problem.startswith("its gzip data ends too early")
    assert b"".join(damaged) or cut == 20
    assert damaged.problem.startswith("its gzip data")
