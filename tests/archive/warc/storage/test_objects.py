"""Objects are written, read by ranges and deleted; what a storage raises becomes words for a person."""

from __future__ import annotations

import builtins
import errno
import hashlib
import io
from pathlib import Path
from typing import Any

import fsspec
import pytest

from archive.core.errors import StorageError, WarcError
from archive.warc.storage import objects

CONTENT = bytes(range(256)) * 100


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "here"
    path.write_bytes(CONTENT)
    url = f"{request.param}://{tmp_path}/storage/osk/2026-03.warc.zst"
    objects.upload(path, url)
    return url


def test_what_was_written_is_read_whole_and_by_ranges(url: str) -> None:
    assert objects.size(url) == len(CONTENT)
    assert objects.read_range(url, 300, 50) == CONTENT[300:350]
    assert objects.sha256(url) == hashlib.sha256(CONTENT).hexdigest()
    file = io.BytesIO()
    assert objects.download(url, file) == hashlib.sha256(CONTENT).hexdigest()
    assert file.getvalue() == CONTENT


def test_large_objects_are_read_in_pieces(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "CHUNK", 1000)
    assert [len(piece) for piece in objects.pieces(url)] == [1000] * 25 + [600]
    assert objects.sha256(url) == hashlib.sha256(CONTENT).hexdigest()


def test_an_object_that_is_missing_or_short_is_said_to_be(url: str) -> None:
    other = url.replace("2026-03", "2026-04")
    assert objects.size(other) is None
    with pytest.raises(StorageError, match=r"2026-04.* is not in its storage"):
        objects.sha256(other)
    with pytest.raises(StorageError, match="is not in its storage"):
        objects.read_range(other, 0, 10)
    with pytest.raises(WarcError, match="ends before byte 25650: it was altered or cut off"):
        objects.read_range(url, 25550, 100)


def test_an_address_must_be_one_that_a_storage_has() -> None:
    for address, words in (("bucket/prefix", "is no address of a storage"), ("nothing://x/y", "cannot be reached")):
        with pytest.raises(StorageError, match=words):
            objects.check_address(address)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name.startswith("fsspec"):
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StorageError, match=r"pip install 'dateline\[s3\]'"):
        objects.check_address("s3://bucket/x")


class Failing(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A storage that raises what it is told to."""

    protocol = "failing"
    cachable = False
    error: Exception = OSError()
    asked = 0

    def info(self, path: str, **_: object) -> dict[str, int]:
        return {"size": 100}

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: object) -> bytes:
        Failing.asked += 1
        raise Failing.error


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> type[Failing]:
    fsspec.register_implementation("failing", Failing, clobber=True)
    monkeypatch.setattr(objects, "SILENT_UNTIL", {})
    Failing.asked = 0
    return Failing


def test_a_storage_that_does_not_answer_is_not_asked_again_at_once(failing: type[Failing]) -> None:
    failing.error = ConnectionRefusedError("nobody there")
    with pytest.raises(StorageError, match=r"cannot be read now \(ConnectionRefusedError: nobody there\). Nothing is"):
        objects.read_range("failing://bucket/x", 0, 1)
    with pytest.raises(StorageError, match="did not answer a moment ago"):
        objects.read_range("failing://bucket/y", 0, 1)
    assert failing.asked == 1


def test_a_storage_that_answers_with_an_error_is_asked_again(failing: type[Failing]) -> None:
    for failing.error in (OSError("slow down"), RuntimeError("odd")):
        with pytest.raises(StorageError, match="cannot be read now"):
            objects.read_range("failing://bucket/x", 0, 1)
    failing.error = OSError(errno.EINVAL, "not satisfiable")  # of the range, or of the request
    with pytest.raises(StorageError, match="cannot be read now"):
        objects.read_range("failing://bucket/x", 99, 1)
    with pytest.raises(WarcError, match="ends before byte 101"):
        objects.read_range("failing://bucket/x", 100, 1)
    assert failing.asked == 4


def test_refused_credentials_are_said_to_be(failing: type[Failing]) -> None:
    failing.error = PermissionError("Access Denied")
    for _ in range(2):
        with pytest.raises(StorageError, match=r"refuses these credentials \(Access Denied\).*access key"):
            objects.read_range("failing://bucket/x", 0, 1)
    assert failing.asked == 2
