"""Objects in a storage that fsspec can reach (s3://bucket/key, file:///path, ...): read by ranges, written, deleted.

Credentials and the address of the service come from where the storage's own tools take them; for S3 that is the
environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3, ...) and ~/.aws.
"""

from __future__ import annotations

import errno
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from archive.core.errors import StorageError, WarcError
from archive.core.software import to_install

CHUNK = 8 * 1024 * 1024
"""Bytes that are read at once from a whole object."""

PAUSE = 30.0
"""Seconds for which a storage that did not answer is not asked again by this process: others wait for its answers."""

_NO_ANSWER = {"ConnectionError", "HTTPClientError", "TimeoutError", "gaierror"}
"""Names of errors that mean that a storage did not answer: Python's own, and those of botocore."""

_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "use_listings_cache": False,
        "config_kwargs": {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 1}},
    }
}
SILENT_UNTIL: dict[str, float] = {}
"""Storages that did not answer, and until when they are not asked, on the monotonic clock."""


def read_range(url: str, start: int, length: int) -> bytes:
    """Bytes of an object. Raises StorageError if it cannot be read now, WarcError if it ends before."""
    with _reaching(url) as (files, path):
        try:
            content: bytes = files.cat_file(path, start=start, end=start + length)
        except OSError as error:  # also where the object ends before the range begins
            if error.errno != errno.EINVAL or int(files.info(path)["size"]) > start:
                raise
            content = b""
    if len(content) != length:
        raise WarcError(f"{url} ends before byte {start + length}: it was altered or cut off.")
    return content


def size(url: str) -> int | None:
    """The size of an object in bytes; None if there is none. Raises StorageError if the storage cannot be read now."""
    with _reaching(url) as (files, path):
        try:
            return int(files.info(path)["size"])
        except FileNotFoundError:
            return None


def pieces(url: str) -> Iterator[bytes]:
    """A whole object, in pieces. Raises StorageError if it cannot be read now."""
    total = size(url)
    if total is None:
        raise StorageError(f"{url} is not in its storage.")
    for start in range(0, total, CHUNK):
        yield read_range(url, start, min(CHUNK, total - start))


def sha256(url: str) -> str:
    """The digest of a whole object, which is read for it. Raises StorageError if it cannot be read now."""
    found = hashlib.sha256()
    for piece in pieces(url):
        found.update(piece)
    return found.hexdigest()


def upload(path: Path, url: str) -> None:
    """Write a file as an object. Raises StorageError if the storage refuses."""
    with _reaching(url) as (files, target):
        files.makedirs(target.rpartition("/")[0], exist_ok=True)
        files.put_file(str(path), target)


def download(url: str, file: BinaryIO) -> str:
    """Write an object to an open file; returns its SHA-256. Raises StorageError if it cannot be read now."""
    found = hashlib.sha256()
    for piece in pieces(url):
        found.update(piece)
        file.write(piece)
    return found.hexdigest()


def check_address(url: str) -> None:
    """Raise StorageError if an address is none, or if the library for its kind of storage is not installed."""
    _file_system(url)


@contextmanager
def _reaching(url: str) -> Iterator[tuple[Any, str]]:
    """The storage of an address and the path in it. What it raises becomes a StorageError in words."""
    place = _place(url)
    if time.monotonic() < SILENT_UNTIL.get(place, 0.0):
        raise StorageError(
            f"{url} cannot be read now: {place} did not answer a moment ago. Nothing is lost; try again."
        )
    files, path = _file_system(url)
    try:
        yield files, path
    except WarcError:
        raise
    except FileNotFoundError as error:
        raise StorageError(f"{url} is not in its storage. Put it back, or name the storage that has it.") from error
    except PermissionError as error:
        raise StorageError(
            f"{url} cannot be read now: {place} refuses these credentials ({error}). Nothing is lost. Check the access"
            " key in the environment."
        ) from error
    except Exception as error:
        if {each.__name__ for each in type(error).__mro__} & _NO_ANSWER:
            SILENT_UNTIL[place] = time.monotonic() + PAUSE
        raise StorageError(
            f"{url} cannot be read now ({type(error).__name__}: {error}). Nothing is lost. Check the network and the"
            " credentials, then try again."
        ) from error


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _file_system(url: str) -> tuple[Any, str]:
    opened = _opener()
    scheme = urlsplit(url).scheme
    if not scheme:
        raise StorageError(f"{url} is no address of a storage: write one such as s3://bucket/prefix.")
    try:
        files, path = opened(url, **_OPTIONS.get(scheme, {}))
    except (ImportError, ValueError) as error:
        raise StorageError(
            f"{url} cannot be reached: {error}. For s3:// a library is needed. {to_install('s3', 's3fs')}"
        ) from error
    if hasattr(files, "retries"):
        files.retries = 1  # s3fs would wait for a storage that is not there for half a minute
    return files, path


def _opener() -> Callable[..., tuple[Any, str]]:
    try:
        from fsspec.core import url_to_fs  # here, because only archives with months in a storage need it
    except ImportError as error:
        raise StorageError(f"Storages need fsspec, which is not installed. {to_install('s3', 's3fs')}") from error
    found: Callable[..., tuple[Any, str]] = url_to_fs
    return found
