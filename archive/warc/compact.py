"""Compacts the WARC files of past months, and restores them. compact_reader.py describes the two compacted forms.

Pages of one newsroom share most of their bytes: with a dictionary of whole pages, a page takes a tenth or less of its
size alone. This is true for bodies that came uncompressed. Bodies that came as gzip or Brotli stay as they came,
because no library promises to compress them into the same bytes again; they gain a quarter.

The original is deleted only after every record of the new file was read back and found equal. At any moment one of the
two files is complete. Rows that point into the file stay as they are.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archive.core.errors import ArchiveError, WarcError
from archive.core.files import atomic_write, sync_folder
from archive.warc import records
from archive.warc.compact_reader import (
    AWAY,
    BR,
    DICTIONARY_FRAME,
    FOOTER,
    INDEX_FRAME,
    INDEX_TYPE,
    SKIPPABLE,
    ZST,
    Compacted,
    compacted_form,
    find_compacted,
    open_compacted,
    pack_index,
)
from archive.warc.compression import gzip_member, pack_brotli, pack_zstd, zstd_dictionary, zstd_packer
from archive.warc.file import Damage, Located, lock, open_file, path_of, walk_file
from archive.warc.reader import files
from archive.warc.records import Record

SMALL = 3 * 1024 * 1024
"""Months up to this many uncompressed bytes become one Brotli stream: so much one read may have to unpack."""

DICTIONARY = 1024 * 1024
"""Bytes of the dictionary (whole records) of a larger month. Four times as many make the file 4 % smaller."""

_SAMPLES = 4 * 1024 * 1024
"""Bytes of the records whose statistics the dictionary gets."""

_MONTH = re.compile(r"(\d{4}-\d{2})(-\d+)?\.warc\.gz")


@dataclass(frozen=True)
class Compaction:
    """The result for a file: bytes before and after, and whether `undo` gives back exactly the same bytes.

    If not (because another program or version compressed the records) it gives back the bytes of every record.
    """

    warc_file: str
    records: int
    before: int
    after: int
    exact: bool


def closed_months(directory: Path, now: datetime) -> list[str]:
    """The archive's WARC files of months before `now` that are not compacted yet."""
    month = f"{now.astimezone(UTC):%Y-%m}"
    names = [(name, _MONTH.fullmatch(Path(name).name)) for name in files(directory)]
    return [name for name, match in names if match and match[1] < month and (directory / name).exists()]


def compact(directory: Path, warc_file: str, now: datetime, patience: float = 1.0) -> Compaction:
    """Replace a file by its compacted form. Takes about 10 ms for each page, and a few megabytes of memory.

    Raises WarcError, and leaves the file as it was, if it is being written, is damaged, or the disk is full. A
    compaction that was interrupted is completed.
    """
    path = path_of(directory, warc_file)
    with open_file(path, "r+b") as held:
        lock(held.fileno(), path, patience)
        try:
            return _compact(path, warc_file, now)
        except WarcError:
            raise
        except (ArchiveError, OSError) as error:
            refusal = error.__cause__ if isinstance(error.__cause__, OSError) else error
            raise WarcError(
                f"{path} cannot be compacted: {getattr(refusal, 'strerror', refusal)}. It stays as it was. Make room "
                "or correct the permissions, then compact again."
            ) from error


def compacted_months(directory: Path) -> list[str]:
    """The archive's WARC files that are compacted and on this disk, by the names they had before."""
    forms = {name: compacted_form(directory / name) for name in files(directory)}
    return [name for name, form in forms.items() if form and form.suffix != AWAY]


def undo(directory: Path, warc_file: str) -> Compaction:
    """Restore the .warc.gz that was compacted, byte for byte, so that every offset is right.

    Raises WarcError, and leaves the compacted file as it was, if the result would differ (records of other programs are
    restored with their content, but not with their compression), if it is damaged, or if the disk is full. The caller
    holds `archive.core.files.writer_lock`. An interrupted restore is completed.
    """
    path = path_of(directory, warc_file)
    made = find_compacted(path)
    if made is None:
        raise WarcError(f"{warc_file} is not compacted.")
    if made.path.suffix == AWAY:
        raise WarcError(f"{warc_file} is in object storage. Run `dateline offload --back` first.")
    before = made.path.stat().st_size
    if not (path.exists() and _checksum(path) == made.sha256):
        _put_back(made, path)
    made.path.unlink()
    sync_folder(path.parent)
    return Compaction(warc_file, len(made.offsets), before, path.stat().st_size, exact=True)


def _put_back(made: Compacted, path: Path) -> None:
    try:
        with atomic_write(path) as file:
            if _expand(made, file) != made.sha256:
                raise WarcError(
                    f"{made.path} cannot become the same {path.name} again, because another program had compressed "
                    "it. It stays as it is; `dateline export --format warc` gives its records."
                )
    except WarcError:
        raise
    except ArchiveError as error:
        raise WarcError(str(error)) from error


def _expand(compacted: Compacted, file: BinaryIO) -> str:
    checksum = hashlib.sha256()
    for offset, _ in compacted.records():
        member = gzip_member(compacted.content(offset))
        checksum.update(member)
        file.write(member)
    file.flush()
    os.fsync(file.fileno())
    return checksum.hexdigest()


def _compact(path: Path, warc_file: str, now: datetime) -> Compaction:
    made = find_compacted(path)
    if made is None:
        target = path.with_suffix(_form([len(found.content) for found in _records(path)], path))
        with atomic_write(target) as file:
            _write(path, target.suffix, file, now)
            file.flush()
            made = open_compacted(Path(file.name))
            exact = is_exact(path, made)
            size = os.fstat(file.fileno()).st_size
    else:
        exact, size = is_exact(path, made), made.path.stat().st_size
    result = Compaction(warc_file, len(made.offsets), path.stat().st_size, size, exact)
    path.unlink()
    sync_folder(path.parent)
    return result


def _form(sizes: list[int], path: Path) -> str:
    """The suffix of the better form for a month with records of these sizes."""
    if not sizes:
        raise WarcError(f"{path} holds no record.")
    return BR if sum(sizes) <= SMALL else ZST


def _write(path: Path, form: str, file: BinaryIO, now: datetime) -> None:
    if form == BR:
        _write_brotli(path, file, now)
    else:
        _write_zstd(path, file, now)


def _write_brotli(path: Path, file: BinaryIO, now: datetime) -> None:
    found = list(_records(path))
    contents = [located.content for located in found]
    index = _index(path, now, [located.length for located in found], [len(content) for content in contents])
    file.write(pack_brotli(b"".join((*contents, index))))


def _write_zstd(path: Path, file: BinaryIO, now: datetime) -> None:
    dictionary = zstd_dictionary(*_choose(path))
    packed = pack_zstd(dictionary.dict_content)
    file.write(SKIPPABLE.pack(DICTIONARY_FRAME, len(packed)) + packed)
    pack = zstd_packer(dictionary)
    lengths, sizes = [], []
    for found in _records(path):
        lengths.append(found.length)
        sizes.append(file.write(pack(found.content)))
    at = file.tell()
    file.write(pack_zstd(_index(path, now, lengths, sizes)))
    file.write(FOOTER.pack(INDEX_FRAME, FOOTER.size - SKIPPABLE.size, at))


def _choose(path: Path) -> tuple[bytes, list[bytes]]:
    """Whole records from all parts of the file: those for the dictionary, and others for its statistics."""
    total = sum(len(found.content) for found in _records(path))
    chosen: list[bytes] = []
    samples: list[bytes] = []
    seen = taken = sampled = 0
    for found in _records(path):
        size = len(found.content)
        seen += size
        if taken + size <= seen * DICTIONARY // total:
            chosen.append(found.content)
            taken += size
        elif sampled + size <= seen * _SAMPLES // total:
            samples.append(found.content)
            sampled += size
    return b"".join(chosen), samples or chosen


def _records(path: Path) -> Iterator[Located]:
    for found in walk_file(path):
        if isinstance(found, Damage):
            raise WarcError(f"{path} is damaged at byte {found.offset} ({found.reason}) and stays as it is.")
        yield found


def _index(path: Path, now: datetime, lengths: list[int], sizes: list[int]) -> bytes:
    checksum = _checksum(path)
    fields = (
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", records.new_id()),
        ("WARC-Date", records.moment(now)),
        ("Content-Type", INDEX_TYPE),
    )
    return records.to_bytes(Record(fields, pack_index(path.name, checksum, lengths, sizes)))


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_exact(path: Path, made: Compacted) -> bool:
    """Whether the file can be restored byte for byte. Raises WarcError if a record would not be read as it is."""
    checksum = hashlib.sha256()
    for found, (offset, length) in zip(_records(path), made.records(), strict=True):
        if (found.offset, found.length) != (offset, length) or found.content != made.content(offset):
            raise WarcError(f"{made.path} does not give back the record at offset {offset} of {path}, which stays.")
        checksum.update(gzip_member(found.content))
    return checksum.hexdigest() == made.sha256
