"""What a site calls itself, from the title of its home page: "Port of Ister", not "Home | Port of Ister". Pure."""

from __future__ import annotations

import re

from archive.core.urls import host
from crawler.discover.address_parts import is_edition, take_apart
from crawler.discover.vocabulary import NEWS, PRESS

_BETWEEN = re.compile(r"\s+[|·•–—-]\s+|\s*[｜»]\s*|\s+::\s+")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 3
"""Letters from which on a name in a host is no chance."""


def site_title(title: str, site_name: str, url: str) -> str:
    """The part of a home page's title that is the site's name: the one that `site_name` (`og:site_name`) is, else the
    only one that its host holds, whole or by its initials ("ecb" for "European Central Bank"). The whole title where
    no part is, and of every page that is not a home page: two lists of one site differ by the rest.
    """
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    if len(parts) < 2 or not all(is_edition(folder.text) for folder in take_apart(url).parts):
        return title
    stated = next((part for part in parts if part.casefold() == site_name.strip().casefold()), "")
    labels = [label for label in host(url).split(":")[0].split(".")[:-1] if not _is_section(label)]
    named = [part for part in parts if _is_in(part, labels)]
    return stated or (named[0] if len(named) == 1 else title)


def _is_section(label: str) -> bool:
    """Whether a label of a host names what its pages are ("newsroom.ister.example") and not whose."""
    return label in NEWS or label in PRESS


def _is_in(part: str, labels: list[str]) -> bool:
    words = [word.casefold() for word in _WORD.findall(part)]
    whole, initials = "".join(words), "".join(word[0] for word in words)
    held = (label.replace("-", "") for label in labels if len(label) >= _SHORTEST_NAME)
    return any(label in (whole, initials) or (len(whole) > _SHORTEST_NAME and whole in label) for label in held)
