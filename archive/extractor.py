"""Which extractor this is: a short name that changes whenever what it makes of a page may change.

Made of the files and libraries that reading a page goes through, so that nobody has to remember to change it. Articles
keep the name of the one that made their text: by it those are known that a newer one has not read yet.
"""

from __future__ import annotations

from hashlib import blake2b
from importlib import metadata
from importlib.resources import files

MODULES = (
    "anatomy", "attribution", "authors", "blocks", "calendar_words", "clean", "contacts", "cue_words", "cues",
    "dateline", "dates", "decode", "extract", "features", "fingerprint", "jsonld", "judge", "languages", "metadata",
    "pagekind", "publication", "release_marks", "sections", "statements", "surroundings", "titles", "traces", "urls",
)  # fmt: skip
"""The files of this room whose change may change a text; template and memory say what was learned, which is noticed."""

LIBRARIES = ("trafilatura", "htmldate", "lxml", "courlan", "charset-normalizer")


def name() -> str:
    """The name of the extractor as it is installed now."""
    room = files("archive")
    digest = blake2b(digest_size=5)
    for module in MODULES:
        digest.update(room.joinpath(f"{module}.py").read_bytes())
    digest.update(room.joinpath("judge.json").read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()


EXTRACTOR = name()
"""The extractor of this process and of those it starts."""
