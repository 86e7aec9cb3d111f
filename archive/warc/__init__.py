"""Read and write WARC files: the functions of this package that others use."""

from archive.warc.file import Damage, Located
from archive.warc.importer import KNOWN, Archive, Report, copy_in
from archive.warc.reader import (
    Recovery,
    files,
    is_away,
    locate,
    read,
    read_raw,
    read_record,
    recover,
    response_in,
    scan,
    stored,
    walk,
)
from archive.warc.records import digest
from archive.warc.writer import WarcWriter

__all__ = [
    "KNOWN",
    "Archive",
    "Damage",
    "Located",
    "Recovery",
    "Report",
    "WarcWriter",
    "copy_in",
    "digest",
    "files",
    "is_away",
    "locate",
    "read",
    "read_raw",
    "read_record",
    "recover",
    "response_in",
    "scan",
    "stored",
    "walk",
]
