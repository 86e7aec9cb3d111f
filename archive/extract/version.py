"""Which extractor this is: a short name that changes whenever what it makes of a page may change.

Made of the files and libraries that reading a page goes through, so that nobody has to remember to change it. Articles
keep the name of the extractor that made their text, so that those can be found that a newer one has not read yet.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from importlib import metadata
from importlib.resources import files

LIBRARIES = ("trafilatura", "htmldate", "lxml", "courlan", "charset-normalizer", "webencodings")

TABLES = (
    ("archive.extract", "classifier.json"),
    ("archive.extract", "page_classifier.json"),
    ("archive.text", "months.json"),
)
"""Files that the modules read, by their room."""

APART = frozenset(
    {
        "archive.core.model",
        "archive.boilerplate.sample",
        "archive.boilerplate.sample_set",
        "archive.boilerplate.series",
        "archive.boilerplate.template",
        "archive.boilerplate.unlikely_places",
    }
)
"""Modules whose change needs no new reading: shapes and marks of values, and what was learned, compared by itself."""

_IMPORT = re.compile(rb"^ *from (archive[\w.]*) import (?:\(([^)]*)\)|([^\n#]*))", re.M)
_START = "archive.extract.extract"


def sources() -> dict[str, bytes]:
    """The modules that reading a page goes through, by name, with their source text."""
    found, waiting = dict[str, bytes](), {_START}
    while waiting:
        name = waiting.pop()
        found[name] = _source(name) or b""
        waiting |= {module for module in _imported(found[name]) if _source(module)} - found.keys() - APART
    return dict(sorted(found.items()))


def _source(module: str) -> bytes | None:
    """The source text of a module of ours; None where the name is that of a package or of something in a module."""
    package, _, name = module.rpartition(".")
    if not package.startswith("archive."):
        return None
    path = files(package.partition(".")[0]).joinpath(*package.split(".")[1:], f"{name}.py")
    return path.read_bytes() if path.is_file() else None


def _imported(source: bytes) -> set[str]:
    """The names that a module imports, in full: `from a.b import c` names both a.b and a.b.c."""
    found: set[str] = set()
    for module, several, one in _IMPORT.findall(source):
        names = (name.split()[0] for name in (several or one).decode().split(",") if name.strip())
        found |= {module.decode(), *(f"{module.decode()}.{name}" for name in names)}
    return found


def name() -> str:
    """The name of the extractor as it is installed now."""
    digest = blake2b(digest_size=5)
    for content in sources().values():
        digest.update(content)
    for room, table in TABLES:
        digest.update(files(room).joinpath(table).read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()


def values() -> str:
    """A short name for the shapes of the values that go in and out, whose change makes no other extractor."""
    digest = blake2b(digest_size=5)
    for module in sorted(APART):
        digest.update(_source(module) or b"")
    return digest.hexdigest()


EXTRACTOR = name()
"""The extractor of this process and of those it starts."""
