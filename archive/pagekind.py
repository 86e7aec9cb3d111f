"""What kind of page a response holds: only a release becomes an article. Several weak signs are weighed, none decides alone."""

from __future__ import annotations

import re
from typing import Protocol

from lxml.html import HtmlElement

from archive.model import PageKind


class Described(Protocol):
    """The part of a page's metadata that its kind is judged by."""

    @property
    def title(self) -> str: ...
    @property
    def published_at(self) -> str: ...
    @property
    def kinds(self) -> tuple[str, ...]: ...
    @property
    def free(self) -> bool: ...


def kind_of(tree: HtmlElement, url: str, status: int, metadata: Described, text: str) -> tuple[PageKind, str]:
    """What a page is taken for, and why in words. `text` is the clean text that extraction found in it."""
    if status >= 400:
        return "error", f"the server answered {status}"
    if not text.strip():
        return "other", "no text was found in the page"
    return "release", "an article with text"
