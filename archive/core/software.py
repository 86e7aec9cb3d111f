"""Which programs make what is archived, with their versions."""

from __future__ import annotations

import platform
from importlib import metadata


def version() -> str:
    """The version of the installed package; "0" in a checkout that is not installed."""
    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "0"


def software() -> dict[str, str]:
    """The programs that made the data in a pack, with their versions."""
    return {
        "dateline": version(),
        "trafilatura": metadata.version("trafilatura"),
        "Python": platform.python_version(),
    }
