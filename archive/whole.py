"""Files that appear at once and whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.model import ArchiveError
from archive.warcfile import sync_folder


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes its name when the block ends well and is durable; else what was there stays.

    Raises ArchiveError where the file system refuses.
    """
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        with part.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
