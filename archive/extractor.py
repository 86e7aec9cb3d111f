"""Which extractor this is: a short name that changes whenever what it makes of a page may change.

Made of the files and libraries that reading a page goes through, so that nobody has to remember to change it. Articles
keep the name of the one that made their text: by it those are known that a newer one has not read yet.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from importlib import metadata
from importlib.resources import files

LIBRARIES = ("trafilatura", "htmldate", "lxml", "courlan", "charset-normalizer")

APART = frozenset({"model", "sample", "lines", "memory", "template"})
"""Files whose change needs no new reading: shapes and marks of values, and what was learned, compared by itself."""

_OF_MODULE = re.compile(r"^from archive\.(\w+) import ", re.MULTILINE)
_OF_ROOM = re.compile(r"^from archive import ([\w, ]+)$", re.MULTILINE)


def sources() -> dict[str, bytes]:
    """The files that reading a page goes through, by their names in this room, in the order of these."""
    room, found, waiting = files("archive"), dict[str, bytes](), {"extract"}
    while waiting:
        name = waiting.pop()
        found[name] = room.joinpath(f"{name}.py").read_bytes()
        text = found[name].decode()
        named = {*_OF_MODULE.findall(text), *(one for line in _OF_ROOM.findall(text) for one in line.split(", "))}
        waiting |= named - found.keys() - APART
    return dict(sorted(found.items()))


def name() -> str:
    """The name of the extractor as it is installed now."""
    digest = blake2b(digest_size=5)
    for content in sources().values():
        digest.update(content)
    digest.update(files("archive").joinpath("judge.json").read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()


EXTRACTOR = name()
"""The extractor of this process and of those it starts."""
