"""README and the pages of docs/, as tests read them: their chapters, blocks, typed lines, links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATHS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PATHS}
"""The text of every page for users, by its path."""
DOCUMENTS = "\n".join(PAGES.values())

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def blocks(language: str, text: str = DOCUMENTS) -> list[str]:
    """What stands in the fenced blocks of a language, in a text."""
    return [found[2] for found in _FENCED.finditer(text) if found[1] == language]


def prose(text: str) -> str:
    """A text without its fenced blocks."""
    return _FENCED.sub("", text)


def typed(text: str) -> list[str]:
    """What is typed in the console blocks of a text, without the remarks."""
    return re.findall(r"^\$ (.+?)(?:\s{2,}#.*)?$", text, re.M)


def chapter(page: str, title: str, level: int = 2) -> str:
    """A chapter of a page, from below its heading to the next one of its level or above."""
    (text,) = re.split(rf"^{'#' * level} {re.escape(title)}\n", PAGES[page], flags=re.M)[1:]
    return re.split(rf"^#{{1,{level}}} ", text, flags=re.M)[0]


def anchors(text: str) -> list[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", prose(text), re.M)
    return [re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads]


def links(text: str) -> list[str]:
    """Where the links of a page lead, pictures too."""
    return re.findall(r"\]\(([^()\s]+)\)", prose(text))
