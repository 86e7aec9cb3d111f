"""What a visitor reads on a page, and how much of it certain words are. Pure.

A release may have the words of any notice. A notice says next to nothing else: what counts is what stands beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.page.markup import StatedMarkup

VERY_SHORT = 250
"""Weight of a text (`archive.extract.features.weight`) under which a page has hardly more than a notice."""

LONGEST_TITLE = 200
"""Characters that are read of a title and of a heading."""

_TITLE_PARTS = re.compile(r"\s[|–—·»:-]\s|:\s")
_BARS = re.compile(r"\s[|–—·»-]\s")
_SENTENCES = re.compile(r"[.!?。！？।\n]+(?:\s|$)|(?<=[。！？।])")
_SENTENCE_ENDS = re.compile(r"[.!?。！？؟।](?=\s|$)")

_BESIDE = 4
"""Letters that may stand beside the words of a notice in a title that says next to nothing else."""


@dataclass(frozen=True)
class Shown:
    """What a visitor reads on a page. `text` is what extraction found in it.

    `title` is the title that was read; `page_title` the page's `title` element, cut; `heading` its first one, cut.
    """

    title: str
    page_title: str
    heading: str
    text: str


def shown_on(markup: StatedMarkup, title: str, text: str) -> Shown:
    """What a page shows; `title` and `text` as they were read in it."""
    return Shown(title, markup.title[:LONGEST_TITLE], next(iter(markup.heading_texts), "")[:LONGEST_TITLE], text)


def title_parts(title: str) -> list[str]:
    """What separators or a colon set apart in a title: the headline, a section, the site's name."""
    return _TITLE_PARTS.split(title)


def barred_parts(title: str) -> list[str]:
    """What separators set apart in a title; a colon belongs to a part."""
    return _BARS.split(title)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, without what ends them."""
    return _SENTENCES.split(text)


def sentence_ends(text: str) -> int:
    """How many sentences of a text have an end."""
    return len(_SENTENCE_ENDS.findall(text))


def is_nearly_all(found: re.Match[str] | None, words: str) -> bool:
    """Whether next to no letters stand beside what was found in a title or heading."""
    return found is not None and letters(words) <= letters(found[0]) + _BESIDE


def letters(words: str) -> int:
    """How many letters some words have."""
    return sum(map(str.isalpha, words))
