"""Finds cues: passages that ask the reader for something instead of reporting: subscribe, follow, share, read also,
rate, cookies, scripts, copyright. For the first page of a source, when nothing is known yet about what it repeats.

Several weak signs are added, similar to naive Bayes with weights set by hand: the words of asking (`cue_words`) and
their place in the sentence (`cue_kinds`), the number of networks named, the share of links, the place in the text,
words that address the reader. Signs of reporting, and length, count against it. No sign alone is enough, so an article
about Twitter and Facebook, or one that quotes "subscribe", stays complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from archive.boilerplate import call_words, cue_words
from archive.boilerplate.cue_kinds import ENOUGH, SHORT, named_networks, strongest
from archive.text.characters import small

_LONGEST = 500
"""Characters from which on a passage is no cue: it says more than one asks."""

_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\s\"”»]*")
_ENDS_TOLD = frozenset(".…。")
_AFTER_END = "\"'”»)]"
_LEADING = 0.5
"""The share of a sentence that is a link from which the sentence leads somewhere."""

_EDGE = 3
"""Lines at the end of a text among which calls are usual."""

_SHORT, _LONG, _FEW_SENTENCES = 160, 280, 3
"""Characters under which a passage has the length of a call, and over which that of a paragraph, and sentences up to
which it may be one call."""

_SUBJECTS = (("cookies", cue_words.COOKIES), ("letter", call_words.NEWSLETTER))


class Line(NamedTuple):
    """A passage of a text, or one close to it that is none; `linked` is the share of its characters that are links."""

    text: str
    linked: float = 0.0
    is_text: bool = True


def find(lines: Sequence[Line], headline: str = "") -> list[bool]:
    """Whether each line of a text is a cue. Lines that only introduce a cue (a bare "Follow us:") count with it.

    What the headline is about (a network, a newsletter, cookies), a sentence that leads nowhere tells of, unless it is
    as short as a call ("Follow us on Facebook."), or names others as well.
    """
    after = list(accumulate((line.is_text for line in reversed(lines)), initial=0))[-2::-1]
    found = [score(line, after[at], from_start=at) >= ENOUGH for at, line in enumerate(lines)]
    about = _subjects(headline) if any(found) else frozenset()
    if about:
        found = [
            is_cue and not (_is_told(line) and len(line.text) >= SHORT and frozenset() < _subjects(line.text) <= about)
            for is_cue, line in zip(found, lines, strict=True)
        ]
    return found


def _subjects(text: str) -> frozenset[str]:
    """What of a cue a text speaks of, by name: networks, newsletters, cookies."""
    plain = small(text)
    return frozenset((*named_networks(plain), *(kind for kind, form in _SUBJECTS if form.search(plain))))


def _is_told(line: Line) -> bool:
    """Whether a line is a whole sentence, and does not lead elsewhere: it has its end, and is no link."""
    ended = line.text.rstrip().rstrip(_AFTER_END)
    return ended[-1:] in _ENDS_TOLD and line.linked < _LEADING


def score(line: Line, from_end: int, from_start: int) -> float:
    """How strong the signs are that a line is a cue, with so many lines of the text after it, and lines before.

    The last lines of a text are the likeliest; the first is above others. A line that is all link has the most of them.
    """
    text = line.text
    if not text.strip() or len(text) > _LONGEST:
        return 0.0
    at_edge = 1.0 if from_end < _EDGE else 0.3 if from_start == 0 else 0.0
    around = at_edge + (0.5 if len(text) < _SHORT else 0.0) + min(1.5, 2 * line.linked)
    asks = strongest(text, ENOUGH - around, _is_told(line))
    return asks + around - _telling(text) if asks > 0 else 0.0


def _telling(text: str) -> float:
    """How much a passage looks like reporting: by its verbs, where to learn more, its length and its sentences."""
    sentences = len([part for part in _SENTENCE.split(text) if part.strip()])
    plain = small(text)
    return (
        min(2.0, 1.0 * len(set(cue_words.REPORTED.findall(text))))
        + (2.5 if cue_words.ELSEWHERE.search(plain) and not cue_words.PUBLISHER.search(plain) else 0.0)
        + (0.7 if len(text) > _LONG else 0.0)
        + 0.3 * max(0, sentences - _FEW_SENTENCES)
    )
