"""Captures to and from WARC files: the room's door to the files that write, read and import them."""

from archive.warcimport import copy_in
from archive.warcread import (
    Damage,
    Located,
    Recovery,
    files,
    locate,
    read,
    read_raw,
    read_record,
    recover,
    scan,
    walk,
)
from archive.warcwrite import WarcWriter

__all__ = [
    "Damage",
    "Located",
    "Recovery",
    "WarcWriter",
    "copy_in",
    "files",
    "locate",
    "read",
    "read_raw",
    "read_record",
    "recover",
    "scan",
    "walk",
]
