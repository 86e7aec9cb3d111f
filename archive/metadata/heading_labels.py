"""A label in an element of its own at the beginning or end of a heading: a kicker, a number, a day. Pure.

`<h1><span>Press release</span> Oats are cheap again</h1>` reads as one text; only its build and what else the page and
the source say show that the first words are no part of the headline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archive.metadata.title import fold
from archive.page.markup import words_of
from archive.text.characters import word_count
from archive.text.dates import read_moment
from archive.text.fingerprint import normalise

_LABELS = frozenset({"span", "small", "div", "p", "em", "i", "b", "strong", "sup", "sub", "mark", "time", "a", "label"})
_NUMBER = re.compile(r"\(?\d{1,5}\s?/\s?(?:19|20)\d\d\)?:?")
_MOST = 4
_LONGEST = 60
_SHORTEST_REST = 8
_LINE_WORDS = 3
_DEEPEST = 3


@dataclass(frozen=True)
class Labelled:
    """A heading with a label: the label's words, and those of the heading without it."""

    label: str
    rest: str


def labels_of(heading: HtmlElement) -> tuple[Labelled, ...]:
    """The elements that begin or end a heading and may be labels, with what is left of the heading without each."""
    return tuple(
        Labelled(label, rest)
        for label, rest in _parts(_holder(heading))
        if label and len(label) <= _LONGEST and len(fold(rest)) >= max(_SHORTEST_REST, len(fold(label)) // 2)
    )


def without_labels(heading: HtmlElement, stated: Collection[str], is_repeated: Callable[[str], bool]) -> str:
    """The words of a heading without its labels.

    A label is one that only says a day or the number of a release, one that the source is known to repeat, or one that
    the page leaves out where else it states its title: `stated` are these titles and their parts, folded.
    """
    whole = words_of(heading)
    if fold(whole) in stated:
        return whole
    for one in labels_of(heading):
        is_label = _says_only_when(one.label) or (is_repeated(one.label) and not one.rest[0].islower())
        if is_label or fold(one.rest) in stated:
            return one.rest
    between, _ = _between_labels(heading)
    return between if fold(between) in stated else whole


def line_below(heading: HtmlElement, title: str) -> str:
    """The words of an element that ends a heading below its title, as some pages hold the second line; "" without."""
    wanted = fold(title)
    between, last = _between_labels(heading)
    ends = [one.label for one in labels_of(heading) if fold(one.rest) == wanted and not _begins(heading, one.label)]
    found = last if fold(between) == wanted else next(iter(ends), "")
    return found if word_count(found) >= _LINE_WORDS and not _says_only_when(found) else ""


def _begins(heading: HtmlElement, label: str) -> bool:
    return words_of(heading).startswith(label)


def _between_labels(heading: HtmlElement) -> tuple[str, str]:
    """What a heading says between a label that begins it and one that ends it, and the latter; "" without both."""
    labels = [one for one in labels_of(heading) if fold(one.rest)]
    if len(labels) != 2 or not _begins(heading, labels[0].label):
        return "", ""
    whole, first, last = words_of(heading), labels[0].label, labels[1].label
    between = whole[len(first) : len(whole) - len(last)].strip()
    return (between, last) if len(fold(between)) >= _SHORTEST_REST else ("", "")


def _says_only_when(label: str) -> bool:
    return not normalise(label) and bool(_NUMBER.fullmatch(label) or read_moment(label))


def _holder(heading: HtmlElement) -> HtmlElement:
    """The element that holds the parts of a heading: the innermost that holds all of it."""
    for _ in range(_DEEPEST):
        inner = [one for one in islice(heading, _MOST) if isinstance(one.tag, str)]
        if len(inner) != 1 or (heading.text or "").strip() or (inner[0].tail or "").strip():
            break
        heading = inner[0]
    return heading


def _parts(holder: HtmlElement) -> Iterator[tuple[str, str]]:
    """The first and the last element of a heading that begin and end it, each with the words of the others."""
    inner = [one for one in holder if isinstance(one.tag, str) and (one.tag == "br" or words_of(one))]
    elements = [one for one in inner if one.tag != "br"]
    if not elements:
        return
    whole = words_of(holder)
    for element, is_end in ((elements[0], False), (elements[-1], True)):
        outside = element.tail if is_end else holder.text
        label = words_of(element)
        if element.tag not in _LABELS or (outside or "").strip():
            continue
        if is_end and whole.endswith(label):
            yield label, whole[: len(whole) - len(label)].strip()
        elif not is_end and whole.startswith(label):
            yield label, whole[len(label) :].strip()
