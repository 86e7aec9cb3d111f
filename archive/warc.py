"""Captures to and from WARC files: the room's door to the files that write, read and import them."""

from archive.records import digest
from archive.warcfile import Damage, Located
from archive.warcimport import copy_in
from archive.warcread import Recovery, files, locate, read, read_raw, read_record, recover, scan, walk
from archive.warcwrite import WarcWriter

__all__ = [
    "Damage",
    "Located",
    "Recovery",
    "WarcWriter",
    "copy_in",
    "digest",
    "files",
    "locate",
    "read",
    "read_raw",
    "read_record",
    "recover",
    "scan",
    "walk",
]
