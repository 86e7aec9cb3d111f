"""Texts of sources.toml, and what is wrong with them."""

from __future__ import annotations

import pytest

from archive.core.errors import SourcesError
from crawler.sources.sources import parse

HEAD = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'


def mistakes(text: str) -> list[str]:
    """The mistakes of a text, each a line."""
    with pytest.raises(SourcesError) as caught:
        parse(text, "s.toml")
    return str(caught.value).split("\n")


def with_lines(*lines: str) -> str:
    """A text with one source, and lines of fields."""
    return "\n".join(["[[source]]", 'name = "a"', 'url = "https://example.org/"', *lines])
