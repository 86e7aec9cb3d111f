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


def to_install(extra: str, library: str) -> str:
    """What a person has to do for a library that only an extra of Dateline brings."""
    return (
        f"Install {library} in Dateline's environment: pip install 'dateline[{extra}]' there,"
        f" or pipx inject dateline {library}."
    )
