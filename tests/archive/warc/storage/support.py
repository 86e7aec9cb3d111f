"""An archive of past months in both compacted forms, to be moved to a storage."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path

from archive.warc.compact import compact
from tests.support.archiving import Newsroom, ingesting, later, page

NOW = later(days=90)
SMALL = "warc/osk/2026-03.warc.gz"
LARGE = "warc/valdora/2026-03.warc.gz"


def build(directory: Path) -> Path:
    """A month of valdora that is large enough for zstd, and one of osk that becomes Brotli."""
    return Path(shutil.copytree(_built(), directory, dirs_exist_ok=True))


@cache
def _built() -> Path:
    """Made once in each process, to be copied."""
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    chance = random.Random(3)
    words = ["harbour", "tide", "crane", "ferry", "pilot", "budget", "council", "bridge"]
    large, small = Newsroom(directory), Newsroom(directory, "osk")
    with ingesting(directory) as ingest:
        for number in range(12):
            more = "".join(f"<!-- {' '.join(chance.choices(words, k=6000))} -->" for _ in range(8))
            ingest.add([large.answer(f"/news/{number}-path", page(number) + more, at=later(minutes=number))])
        for number in range(3):
            url = f"https://osk.example/news/{number}"
            ingest.add([small.answer(url, page(number + 50), at=later(minutes=number))])
    for name in (SMALL, LARGE):
        compact(directory, name, NOW)
    return directory
