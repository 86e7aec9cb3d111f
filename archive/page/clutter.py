"""Rows of records beside a text: readers' comments, other articles each with its day and its author, teasers; and lines
that are hidden by themselves. Pure.

A record is a passage of a place whose passages all stand between the same other lines, among them the day or time of
each and who it is by. Entries of a live blog say their times too, but by the same few writers, and are its text; so
are rows without a text above or below them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, islice, pairwise, takewhile

from lxml.html import HtmlElement

from archive.page.blocks import Block
from archive.page.places import CONCEALED, CONTROL, DIALOGS, Container

_TIME, _DAY = r"\d{1,2}[:h]\d{2}(?::\d{2})?", r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"
_WHEN = re.compile(rf"(?<!\d)(?:{_TIME}|{_DAY})(?!\d)")
"""A time or a day in figures. A year alone may be that of a car, and what has one point a price."""

_STAMP = re.compile(rf"(?<!\d)(?:{_DAY}\D{{1,12}}{_TIME}|{_TIME}\D{{1,12}}{_DAY})(?!\d)")
"""A day with its time, which in a row of lines no text has."""

_NO_LETTERS = re.compile(r"[\W\d_]+")
_PLACES = 20
"""Places whose passages are looked at, those with the most first: a page may have any number of places."""

_FEWEST = 3
"""Passages of a row of records."""

_MOST, _OFTEN = 0.8, 0.5
"""The share from which on something is the rule among records or teasers, and the one from which on it is common."""

_VARIED = 0.6
"""The share of the names beside records that must be different: a live blog has few writers."""

_HEAD, _NAME = 80, 40
"""Characters of a line that says when a record is of, and of one that says whose it is."""

_TEXT, _SHARE = 300.0, 0.1
"""What a text beside records weighs at least, in characters and as a share of the records."""

_ONE_SIDE = 0.9
"""The share of that text that stands above the records, or below them."""

_SURE = 0.8
_FIELDS, _DEEP, _BOX = 20, 6, 500
"""Fields that are looked at, places around one, and characters that such a place may say."""

_BESIDE_DIALOG = 100.0
"""What a text weighs at least beside a dialog."""

_NEVER = 2.0
"""More than any likelihood."""

_CUT = ("...", "…")
_FEWEST_CUT = 2
"""How teasers break off, and how many must."""

_LINKED = 0.9
"""The share of a passage in links from which on it is a link."""


def records(found: Sequence[Block], weights: Sequence[float], likely: Sequence[float], kept: float) -> range:
    """Where records stand on a page, from the first to the last block of all rows.

    `likely` are the likelihoods that blocks are text, and `kept` the one from which they count as text. Empty where
    there are none, or where less than a text with nearly all of it on one side of them would be left.
    """
    taken = [at for at, score in enumerate(likely) if score >= kept]
    many = Counter(found[at].container.path for at in taken).most_common(_PLACES)
    sought = {path for path, passages in many if passages >= _FEWEST}
    if not sought:
        return range(0)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        if block.container.path in sought:
            places[block.container.path].append(at)
    rows = [row for passages in places.values() if (row := _row(passages, found, likely, kept))]
    if not rows:
        return range(0)
    whole = range(min(row.start for row in rows), max(row.stop for row in rows))
    before = sum(weights[at] for at in taken if at < whole.start)
    after = sum(weights[at] for at in taken if at >= whole.stop)
    least = max(_TEXT, _SHARE * sum(weights[at] for at in taken if at in whole))
    is_beside = before + after >= least and max(before, after) >= _ONE_SIDE * (before + after)
    return whole if is_beside else range(0)


def teasers(found: Sequence[Block], weights: Sequence[float], taken: Sequence[int]) -> set[int]:
    """The blocks among those taken for the text that are teasers of other articles.

    Teasers are passages of one place that nearly all begin with a link, or stand right below one, and of which half,
    and at least two, break off with an ellipsis. Empty where less than a text would be left without them.
    """
    if not any(_is_cut(found[at]) for at in taken):
        return set()
    passages, linked, cut = Counter[int](), Counter[int](), Counter[int]()
    for at, block in enumerate(found):
        if not _is_link(block):
            place = block.container.path
            passages[place] += 1
            linked[place] += block.led or (at > 0 and _is_link(found[at - 1]))
            cut[place] += _is_cut(block)
    places = {
        place for place, most in cut.items()
        if most >= max(_FEWEST_CUT, _OFTEN * passages[place]) and linked[place] >= _MOST * passages[place]
    }  # fmt: skip
    apart = {at for at in taken if found[at].container.path in places}
    apart |= {at - 1 for at in apart if at and _is_link(found[at - 1])}
    left = sum(weights[at] for at in taken if at not in apart)
    return apart if left >= _TEXT else set()


def hidden_lines(found: Sequence[Block], weights: Sequence[float], taken: Sequence[int]) -> set[int]:
    """The blocks among those taken for the text whose own element the page hides, and no element around it: notices for
    another time, for printing, for old browsers. What hides a part of a text, to unfold it, hides what is around its
    lines, or stands right below a heading or a button. Empty where they are the larger part of what was taken.
    """
    hidden = {at for at in taken if _is_hidden_itself(found[at]) and not (at and _may_unfold(found[at - 1]))}
    whole = sum(weights[at] for at in taken) if hidden else 0.0
    return hidden if 2 * sum(weights[at] for at in hidden) < whole else set()


def dialogs(
    found: Sequence[Block], weights: Sequence[float], likely: Sequence[float], taken: Sequence[int]
) -> set[int]:
    """The blocks among those taken for the text that stand in a dialog which the page opens later, as it says itself,
    or, in doubt, in any. Empty where next to nothing was taken outside of it."""
    known: dict[Container, float] = {}
    apart = {at for at in taken if likely[at] < _likelihood_in(found[at].container, known)}
    left = sum(weights[at] for at in taken if at not in apart) if apart else 0.0
    return apart if left >= _BESIDE_DIALOG else set()


def _likelihood_in(place: Container, known: dict[Container, float]) -> float:
    """The likelihood under which what stands in a place is no text: more than any in a closed dialog, 0 in none."""
    within = list(takewhile(lambda one: one not in known, place.upward()))
    above = within[-1].above if within else place
    least = known[above] if above is not None else 0.0
    for one in reversed(within):
        known[one] = least = max(least, _of_dialog(one))
    return known[place]


def _of_dialog(place: Container) -> float:
    element = place.element
    if element.get("role") not in DIALOGS:
        return 0.0
    return _NEVER if CONCEALED in place.roles or element.get("aria-hidden") == "true" else _SURE


def sign_ups(
    found: Sequence[Block], weights: Sequence[float], likely: Sequence[float], taken: Sequence[int]
) -> set[int]:
    """The blocks among those taken for the text, in doubt, that stand in a small box with a field for an address of
    mail, or with the choices of a poll: what they offer is the box's, if most there is in doubt. Empty where less than
    a text would be left."""
    doubted = [at for at in taken if likely[at] < _SURE]
    boxes = _boxes_of_fields(found[taken[0]].container.element.getroottree().getroot()) if doubted else frozenset()
    if not boxes:
        return set()
    surely: defaultdict[HtmlElement, float] = defaultdict(float)
    for at in taken:
        for place in islice(found[at].container.upward(), _DEEP):
            surely[place.element] += weights[at] if likely[at] >= _SURE else -weights[at]
    apart = {
        at
        for at in doubted
        if any(one.element in boxes and surely[one.element] <= 0 for one in islice(found[at].container.upward(), _DEEP))
    }
    return apart if sum(weights[at] for at in taken if at not in apart) >= _TEXT else set()


def _boxes_of_fields(tree: HtmlElement) -> frozenset[HtmlElement]:
    """The places, each with few words, around the first fields for an address of mail and choices in a form."""
    fields = islice(filter(_is_offer, tree.iter("input")), _FIELDS)
    around = (takewhile(_says_little, islice(one.iterancestors(), _DEEP)) for one in fields)
    return frozenset(chain.from_iterable(around))


def _is_offer(field: HtmlElement) -> bool:
    kind = field.get("type", "").lower()
    return kind == "email" or (kind == "radio" and next(field.iterancestors("form"), None) is not None)


def _says_little(place: HtmlElement) -> bool:
    said = 0
    for lines, text in enumerate(place.itertext()):
        said += len(text.strip())
        if max(said, lines) > _BOX:
            return False
    return True


def _is_hidden_itself(block: Block) -> bool:
    """Whether the element of a block is hidden, and none around it."""
    above = block.container.above
    return CONCEALED in block.container.roles and above is not None and CONCEALED not in above.roles


def _may_unfold(block: Block) -> bool:
    """Whether a block may be what is clicked on to see what stands below it."""
    place = block.container
    controls = place.element.get("aria-controls") is not None or place.element.get("aria-expanded") is not None
    return controls or place.tag == "summary" or not {"heading", CONTROL}.isdisjoint(place.roles)


def _is_cut(block: Block) -> bool:
    return block.text.rstrip(" ]»").endswith(_CUT)


def _is_link(block: Block) -> bool:
    return block.link >= _LINKED * len(block.text)


def _row(passages: Sequence[int], found: Sequence[Block], likely: Sequence[float], kept: float) -> range:
    """The row of records whose passages stand at one place, with the lines above the first; empty if they are none."""
    gaps = [range(one + 1, two) for one, two in pairwise(passages) if two > one + 1]
    if len(gaps) < _FEWEST - 1:
        return range(0)
    between: defaultdict[int, list[int]] = defaultdict(list)
    cover: Counter[int] = Counter()
    for gap in gaps:
        for at in gap:
            between[found[at].container.path].append(at)
        cover.update({found[at].container.path for at in gap})
    heads = {
        path: lines
        for path, lines in between.items()
        if cover[path] >= _MOST * len(gaps)
        and (sum(likely[at] for at in lines) < kept * len(lines) or _are_dated(lines, found, _STAMP))
    }
    if not any(_has_names(lines, heads, found) for lines in heads.values() if _are_dated(lines, found, _WHEN)):
        return range(0)
    start = passages[0]
    while start and cover[found[start - 1].container.path] >= _OFTEN * len(gaps):
        start -= 1
    return range(start, passages[-1] + 1)


def _are_dated(lines: Sequence[int], found: Sequence[Block], when: re.Pattern[str]) -> bool:
    dated = sum(len(found[at].text) <= _HEAD and when.search(found[at].text) is not None for at in lines)
    return dated >= _MOST * len(lines)


def _has_names(dated: Sequence[int], heads: dict[int, list[int]], found: Sequence[Block]) -> bool:
    """Whether days and times come with as many names: in the same lines, or in those right above or below."""
    if _vary(dated, found):
        return True
    for step in (-1, 1):
        beside = [at + step for at in dated if 0 <= at + step < len(found)]
        beside = [at for at in beside if found[at].container.path in heads and len(found[at].text) <= _NAME]
        if len(beside) >= _MOST * len(dated) and _vary(beside, found):
            return True
    return False


def _vary(lines: Sequence[int], found: Sequence[Block]) -> bool:
    """Whether lines name different persons or things, figures apart."""
    names = {_NO_LETTERS.sub("", found[at].text) for at in lines} - {""}
    return len(names) >= max(2, _VARIED * len(lines))
