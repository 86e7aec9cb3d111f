"""From judged blocks to the clean text of a release: headline, cues and the fields around the release leave it.

Everything that leaves it here is recorded with why. What stands close to the text without being taken for it (a
caption, a call to subscribe under the last paragraph) is looked at too, for what it credits and to record what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from archive.boilerplate.cues import Line, find
from archive.core.model import Removed
from archive.extract.features import compact_text
from archive.extract.rules.closings import of_closings
from archive.extract.rules.copies import (
    Seen,
    fields_of_headline,
    headline_in_lines,
    is_headline,
    leads_to_headline,
    set_apart_again,
)
from archive.extract.rules.paragraphs import ENDS, HALF, is_paragraph
from archive.extract.rules.repeated import goes_with_own, of_own_lists
from archive.page.blocks import Block
from archive.page.hidden_addresses import HiddenAddresses
from archive.page.inline import parts_of_line
from archive.page.places import DIALOGS, Container, is_of_browser
from archive.release import bylines
from archive.release.anatomy import Anatomy, dissect
from archive.release.contacts import is_label
from archive.release.credits import caption_credit, credit_at_end, labelled_name, photo_credit
from archive.text.dates import find_days

KEPT = HALF
"""The likelihood from which a passage is taken for the release."""

_AFTER, _CLOSE_LENGTH = 3, 400
"""Passages below the release that are looked at, and characters of one that stands close to it without being text."""

_LED = 0.5
"""The share of a row of buttons that is links."""

_PARAGRAPH = 60
"""Characters of a line with which the text has begun."""

_MOST_OF_NOTHING, _OF_NOTHING = 2, 60
"""So many headings at the end of a text, each of so few characters, may head what was no part of it."""
_SAYS = ENDS + "'"
_BOLD = 0.9
"""The share of a line in strong type from which it is a title."""
_LABEL = 4
"""Words of the title of contacts: a longer one says something itself."""

_CREDIT = 120
"""Characters of a picture credit at the end of a line."""

_BEFORE_CREDIT = " \t|/·•–—-"
_HOMES_ABOVE = 4
_LISTS = frozenset({"ul", "ol", "dl"})
_IN_OFFER = 12
"""A place with so many lines on one side of a cue is no offer."""
_FORMS = ("form", "input", "select", "textarea")
_HEADER_ABOVE, _FOOTER_BELOW, _CONTACTS_BELOW = 15, 8, 10
"""Lines below the text that are looked at, and those that are where contacts begin among them."""


class ScoredBlock(NamedTuple):
    """A block with its fingerprint, why the source's template takes it out ("" if it does not), and its likelihood.

    What a person decided to keep is `kept`: it stays in a text, and among it, whatever it looks like.
    """

    block: Block
    mark: int
    verdict: str
    score: float
    kept: bool = False


@dataclass(frozen=True)
class Cleaned:
    """The clean text as lines, the fields read out of it, and what was removed.

    `marks` are the fingerprints of the passages that were weighed for it: verdicts on others make no difference.
    """

    lines: tuple[str, ...]
    anatomy: Anatomy
    removed: tuple[Removed, ...]
    marks: tuple[int, ...]


@dataclass
class _Item:
    """A passage of the text before removal: why it goes, if it does. `main`: it is text, and not only close to text.

    Of one that stays, `cut` is what was taken off it.
    """

    judged: ScoredBlock
    main: bool
    text: str
    why: str = ""
    cut: Removed | None = None

    def removed(self, at: int) -> Removed | None:
        """What of the passage goes, with its place among all."""
        if self.why:
            return Removed(at, self.judged.block.text, self.why, self.judged.mark or None)
        return self.cut and replace(self.cut, position=at)


def clean(page: Sequence[ScoredBlock], title: str, language: str) -> Cleaned:
    """The clean text of a page whose blocks were judged."""
    items = _items(page, compact_text(title))
    marks = tuple(item.judged.mark for item in items if item.judged.mark)
    if all(item.judged.verdict for item in items if item.main):
        return Cleaned((), Anatomy(), (), marks)
    _mark_cues(items, title)
    addresses = HiddenAddresses()
    anatomy = _mark_fields(items, language, addresses, *_around(page, items, compact_text(title), addresses))
    _mark_headings_of_contacts(items)
    anatomy = _mark_captions(items, anatomy)
    _mark_bylines(items)
    _mark_headings_of_nothing(items)
    _mark_repeated(items, anatomy, compact_text(title))
    kept = [item for item in items if item.main or item.why]
    removed = tuple(gone for at, item in enumerate(kept) if (gone := item.removed(at)))
    return Cleaned(tuple(item.text for item in kept if not item.why), anatomy, removed, marks)


def _items(page: Sequence[ScoredBlock], headline: str) -> list[_Item]:
    """The passages taken for the release, each once and without its headline, and those that stand close to them.

    Which these are does not depend on verdicts.
    """
    main = _main(page, headline)
    if not main:
        return []
    homes = {
        container
        for at in main
        for container in (page[at].block.container, page[at].block.container.above)
        if container
    }
    near = range(min(main), max(main) + 1 + _AFTER)
    close = {at for at in near if at < len(page) and _is_close(page[at].block, homes)}
    main |= {at for at in close if page[at].kept and page[at].score < KEPT}
    return [_Item(page[at], at in main, page[at].block.text) for at in sorted(main | close)]


def _main(page: Sequence[ScoredBlock], headline: str) -> set[int]:
    """Where the release stands: its likely passages, each once, without the headline."""
    found: set[int] = set()
    seen = Seen()
    titled = begun = False
    for at, (block, score) in enumerate((judged.block, judged.score) for judged in page):
        words = compact_text(block.text) if score >= KEPT or block.container.tag == "h1" else ""
        leads = not titled and not begun and leads_to_headline(words, headline, block)
        if (
            score >= KEPT
            and not seen.is_copy(words, block)
            and not (leads or is_headline(words, headline, block, titled))
        ):
            found.add(at)
            begun = begun or len(words) >= _PARAGRAPH
        titled = titled or (block.container.tag == "h1" and words == headline)
    blocks = [judged.block for judged in page]
    found -= headline_in_lines(blocks, headline) | fields_of_headline(blocks, headline)
    return found - set_apart_again(blocks, found, {at for at in found if page[at].kept})


def _is_close(block: Block, homes: set[Container]) -> bool:
    """Whether a block not taken for the release stands among what was."""
    near = islice(block.container.upward(), _HOMES_ABOVE)
    return len(block.text) < _CLOSE_LENGTH and any(container in homes for container in near)


def _around(
    page: Sequence[ScoredBlock], items: Sequence[_Item], headline: str, addresses: HiddenAddresses
) -> tuple[list[str], list[str], list[str]]:
    """What stands above, amid and below the release without being read with it: from its headline down to what closes
    the page, and to the end of the contacts that begin there.

    There the issuer and the contacts stand on pages whose header is no part of the text.
    """
    main = {id(item.judged) for item in items if item.main}
    places = [at for at, judged in enumerate(page) if id(judged) in main]
    if not places:
        return [], [], []
    header = range(max(0, places[0] - _HEADER_ABOVE), places[0])
    first = next(
        (at for at in header if compact_text(page[at].block.text) == headline), max(0, places[0] - _FOOTER_BELOW)
    )
    read = {id(item.judged) for item in items if not item.why}
    above, amid, below = (
        [addresses.shown(judged.block) for judged in part if id(judged) not in read]
        for part in (
            page[first : places[0]],
            page[places[0] : places[-1]],
            page[places[-1] + 1 : places[-1] + 1 + _FOOTER_BELOW + _CONTACTS_BELOW],
        )
    )
    end = len(below) if any(map(is_label, below[:_FOOTER_BELOW])) else _FOOTER_BELOW
    return above, amid, below[:end]


def _mark_cues(items: Sequence[_Item], title: str) -> None:
    lines = [Line(item.text, item.judged.block.link / len(item.judged.block.text), item.main) for item in items]
    are_buttons = cache(is_of_browser)
    for item, line, is_cue in zip(items, lines, find(lines, title), strict=True):
        is_button = line.linked >= _LED and are_buttons(item.judged.block.container.element)
        if (is_cue or is_button) and not item.judged.kept:
            item.why = "cue"
    _mark_beside_cues(items)


def _mark_beside_cues(items: Sequence[_Item]) -> None:
    """Mark the headings and the parts of a form that stand in one place with a cue where nothing else does: an offer's
    title, the box that agrees to its terms."""
    for at in [at for at, item in enumerate(items) if item.why == "cue"]:
        for box in islice(items[at].judged.block.container.upward(), 2):
            if "heading" in box.roles:
                continue
            near = (items[at + 1 : at + 1 + _IN_OFFER], items[max(0, at - _IN_OFFER) : at][::-1])
            sides = [list(takewhile(partial(_is_in, box), items)) for items in near]
            if any(len(side) == _IN_OFFER for side in sides):
                continue
            beside = [item for side in sides for item in side if not item.why]
            may_go = all(_may_go_with_cue(item) for item in beside if item.main) or _is_call(items, beside, box)
            if any(item.judged.kept for item in beside) or not may_go:
                continue
            for item in beside:
                item.why = "cue"


def _is_call(items: Sequence[_Item], beside: Sequence[_Item], box: Container) -> bool:
    """Whether the lines beside a cue are short, stand in a box that is named for what it asks, or in a dialog over the
    page, and are not all there is."""
    is_named = "service" in box.signs or box.element.get("role") in DIALOGS
    is_short = sum(len(item.text) for item in beside) < _CLOSE_LENGTH
    left = (item for item in items if item.main and not item.why)
    return is_named and is_short and any(all(item is not one for one in beside) for item in left)


def _is_in(place: Container | None, item: _Item) -> bool:
    return place is not None and place in islice(item.judged.block.container.upward(), _HOMES_ABOVE)


def _may_go_with_cue(item: _Item) -> bool:
    container = item.judged.block.container
    return "heading" in container.roles or "form" in (one.tag for one in islice(container.upward(), _HOMES_ABOVE))


def _mark_fields(items: Sequence[_Item], language: str, addresses: HiddenAddresses, *around: Sequence[str]) -> Anatomy:
    """Read the parts of a release out of its lines and around them, and mark the lines that hold nothing else."""
    open_items = [item for item in items if not item.why]
    shown = [
        addresses.shown(item.judged.block) if item.text == item.judged.block.text else item.text for item in open_items
    ]
    anatomy = dissect(shown, language, *around)
    gone = {one.position: one.why for one in anatomy.removed if one.text == shown[one.position]}
    cuts = [one for one in anatomy.removed if one.position not in gone]
    left = [at for at in range(len(open_items)) if at not in gone]
    for at, why in gone.items():
        if not open_items[at].judged.kept:
            open_items[at].why = why
    for one in cuts:
        if not open_items[one.position].judged.kept:
            open_items[one.position].cut = one
    for at, line in zip(left, anatomy.body, strict=True):
        if not open_items[at].judged.kept and line != shown[at]:
            open_items[at].text = line
    return anatomy


def _mark_captions(items: Sequence[_Item], anatomy: Anatomy) -> Anatomy:
    """Mark what stands as a picture's caption and ends with its credit, which is no sentence of the release, and take
    off a credit that is the last part of another line by its element; the fields, with what these credit."""
    credited: list[str] = []
    parts_of = cache(partial(parts_of_line, most=_CREDIT))
    for item in items:
        said, container = item.judged.block.text, item.judged.block.container
        if not item.main or item.why or item.judged.kept or len(said) >= _CLOSE_LENGTH:
            continue
        stands_as_caption = "caption" in container.roles or "media" in container.signs
        part = next((one for one in reversed(parts_of(container.element)) if _ends_with(said, one)), "")
        credit = photo_credit(part) or (stands_as_caption and labelled_name(part)) or ""
        credited += [credit] if credit else []
        if stands_as_caption and (credit or caption_credit(said) or credit_at_end(said)):
            item.why = "credit"
        elif credit and item.text == said:
            item.text = said[: -len(part)].rstrip(_BEFORE_CREDIT)
            item.cut = Removed(0, said[len(item.text) :].strip(), "credit")
    return replace(anatomy, photo_credits=tuple(dict.fromkeys((*anatomy.photo_credits, *credited))))


def _ends_with(line: str, part: str) -> bool:
    return len(part) < len(line) and line.endswith(part)


def _mark_bylines(items: Sequence[_Item]) -> None:
    """Mark the lines around the text that only say who made it, which are a field of the page's header; a heading amid
    the text says what follows ("By Public Transport")."""
    left = [item for item in items if item.main and not item.why]
    is_signed = any(bylines.is_byline(item.text) for item in left)
    told = [at for at, item in enumerate(left) if is_signed and is_paragraph(item.judged.block)]
    for at in bylines.around([item.text for item in left], told):
        place = left[at].judged.block.container
        heads = at > told[0] and at + 1 < len(left) and "heading" in place.roles
        if not left[at].judged.kept and not heads and not _is_listed(place):
            left[at].why = "header"


def _is_listed(place: Container) -> bool:
    """Whether a passage stands in a list, or is a row of a table, which may be of people."""
    return place.tag == "tr" or any(one.tag in _LISTS for one in islice(place.upward(), _HOMES_ABOVE))


def _mark_headings_of_contacts(items: Sequence[_Item]) -> None:
    """Mark the title of contacts that left the text, where nothing else stands below it up to the next title."""
    left = [item for item in items if item.main and item.why in ("", "contact")]
    for at, item in enumerate(left[:-1]):
        is_label = len(item.text.split()) <= _LABEL and not any(map(str.isdigit, item.text))
        if not item.why and is_label and _is_title(item) and left[at + 1].why:
            below = next((one for one in left[at + 1 :] if not one.why), None)
            item.why = "contact" if below is None or _is_title(below) else ""


def _is_title(item: _Item) -> bool:
    """Whether a passage is a heading, or a short line in strong type, that is no sentence."""
    is_bold = item.judged.block.bold >= _BOLD * len(item.text) and len(item.text) <= _OF_NOTHING
    return _is_bare_heading(item) or (is_bold and item.text[-1] not in _SAYS and not item.judged.kept)


def _mark_headings_of_nothing(items: Sequence[_Item]) -> None:
    """Mark the headings that no text follows at all, or none in a place where they head a form: what they head was no
    part of the release."""
    left = [item for item in items if item.main and not item.why]
    last = list(takewhile(_is_bare_heading, reversed(left[1:])))
    is_left = 0 < len(last) <= _MOST_OF_NOTHING and not _go_on(left[-len(last) - 1], last)
    heads = [item for item in left if "heading" in item.judged.block.container.roles] if is_left else []
    dated = [bool(find_days(item.text)) for item in heads]
    is_log = any(dated[: -len(last)]) and any(dated[-len(last) :])  # of updates, each with its day
    if is_left and not is_log:
        for item in last:
            item.why = "cue"
    for item, after in pairwise(left[1:]):
        box = item.judged.block.container.above
        is_left_alone = box is not None and _is_bare_heading(item) and not _is_in(box, after)
        if is_left_alone and box is not None and next(box.element.iter(*_FORMS), None) is not None:
            item.why = "cue"


def _go_on(before: _Item, last: Sequence[_Item]) -> bool:
    """Whether the last headings are a text's own lines: long ones, or built like the line right before them."""
    places = [one.judged.block.container.path for one in last]
    return any(len(one.text) > _OF_NOTHING for one in last) or before.judged.block.container.path in places


def _is_bare_heading(item: _Item) -> bool:
    """Whether a passage is a heading that is no sentence."""
    is_heading = "heading" in item.judged.block.container.roles and not item.judged.kept
    return is_heading and (item.text[-1] not in _SAYS or item.text[-1] == "?")


def _mark_repeated(items: Sequence[_Item], anatomy: Anatomy, headline: str) -> None:
    """Mark what the source repeats, except what the trade itself repeats on purpose, the article's own headline, and
    the headings, rows and terms of what is the text's own."""
    closing = of_closings([(item.text, item.judged.block.container) for item in items], (*anatomy.about, anatomy.notes))
    own = [item.main and not item.judged.verdict and not item.why for item in items]
    found = [item.judged.block for item in items]
    repeated = [item.main and not item.why and item.judged.verdict == "repeated" for item in items]
    says = [is_own and item.judged.mark != 0 for is_own, item in zip(own, items, strict=True)]
    rows = of_own_lists(found, repeated, says)
    left = [is_own or at in rows for at, is_own in enumerate(own)]
    for at, item in enumerate(items):
        verdict, words = item.judged.verdict, compact_text(item.text)
        spared = not item.main or at in closing or (bool(headline) and (words in headline or headline in words))
        spared = spared or at in rows or goes_with_own(found, left, at, item.judged.score)
        spared = spared or ((_heads_table(items, at) or _is_term(items, at)) and own[at + 1])
        if verdict == "decided" or (verdict and item.why in ("", "cue") and not spared):
            item.why = verdict


def _heads_table(items: Sequence[_Item], at: int) -> bool:
    """Whether a passage is the first row of a table that has two rows at least."""
    rows = [item.judged.block.container for item in items[max(0, at - 1) : at + 2]]
    first, place = (at == 0 or rows[0].above is not rows[1].above), items[at].judged.block.container
    return at + 1 < len(items) and place.tag == rows[-1].tag == "tr" and first and rows[-1].above is place.above


def _is_term(items: Sequence[_Item], at: int) -> bool:
    """Whether a passage is the term of a list, and the next one what it means."""
    return [item.judged.block.container.tag for item in items[at : at + 2]] == ["dt", "dd"]
