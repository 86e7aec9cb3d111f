"""What a page says twice: its headline above the text, a passage for another screen, a quote in large type. Pure.

`words` and `headline` are in `compact_text`'s form.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from archive.extract.features import compact_text, weight
from archive.page.blocks import BETWEEN_CELLS, Block
from archive.page.places import HEADINGS, Container, is_set_apart, table_of
from archive.text.fingerprint import word_set

_SAME_TITLE = 0.75
"""The share of the longer one that a heading and the headline have, if they are one and the same."""

_TWICE = 30
"""Characters of a passage that no page says twice by chance."""

_FIELD = 12
"""Characters of the name of a field in a form's row, or of what stands beside a headline in brackets."""

_ROWS, _ROW = 8, 40
"""Rows around that of a headline, at most; the weight of one that is a field, or of each cell of one with several."""

_PAIR = 2
"""The cells of a field: its name and what it says."""

_OPENS, _CLOSES = "(（［【", ")）］】"
_LISTING = word_set("li ul ol dl dt dd td th tr tbody thead tfoot table")


class Seen:
    """The passages of a page that were read so far, each with the place where it was read first."""

    def __init__(self) -> None:
        self._places: dict[str, Container | None] = {}
        self._said: dict[Container, str] = {}
        self._same: dict[tuple[Container, Container], bool] = {}

    def is_copy(self, words: str, block: Block) -> bool:
        """Whether a passage was read before, elsewhere: a quote set in large type, the text for another screen.

        What is said twice in one place is meant twice ("Where: City Hall" in a schedule), and so it is in places of one
        build side by side that say other things as well: the days of a programme, the stanzas of a song. Two of which
        one only begins or ends with the other are the beginning of a text and its whole, or one with a button.
        """
        place = _place(block.container)
        first = self._places.setdefault(words, place) if len(words) > _TWICE else place
        if first is place or first is None or place is None:
            return first is not place
        is_beside = first.path == place.path and first.above is place.above
        if is_beside and (first, place) not in self._same:
            short, long = sorted((self._whole(first), self._whole(place)), key=len)
            self._same[first, place] = long.startswith(short) or long.endswith(short)
        return not is_beside or self._same[first, place]

    def _whole(self, place: Container) -> str:
        if place not in self._said:
            self._said[place] = compact_text("".join(place.element.itertext()))
        return self._said[place]


def _place(container: Container) -> Container | None:
    """What a passage stands in: its lists and tables belong to one place with the paragraphs around them."""
    place = container.above
    while place is not None and place.tag in _LISTING:
        place = place.above
    return place


def is_headline(words: str, headline: str, block: Block, titled: bool) -> bool:
    """Whether a passage is the headline, also named in brackets; a paragraph under a page's title is the text's own."""
    if block.text[0] in _OPENS and block.text[-1] in _CLOSES and words.endswith(headline) and weight(headline) > _FIELD:
        return len(words) <= len(headline) + _FIELD
    if words == headline:
        return not titled or block.container.tag != "p"
    alike = words in headline or headline in words
    short, long = sorted((len(words), len(headline)))
    return alike and short >= _SAME_TITLE * long and "heading" in block.container.roles


def leads_to_headline(words: str, headline: str, block: Block) -> bool:
    """Whether a line above the text ends with the headline, and what stands before that is the way to the page, as
    links, or the name of a form's field; or is a heading that begins with it, and with the site's name is read out."""
    before = len(words) - len(headline)
    if not headline or not before or not words.endswith(headline):
        return block.container.is_for_screen_readers and bool(headline) and words.startswith(headline)
    return (block.led and before <= block.link) or (block.container.tag == "tr" and before <= _FIELD)


def fields_of_headline(found: Sequence[Block], headline: str) -> set[int]:
    """The rows, and the caption, around the row that says the headline in a table that holds the text below them, as
    boards lay out an entry: when and by whom it was published, its files. None where a row says more than a field."""
    for at, block in enumerate(found):
        if block.container.tag != "tr" or len(block.text) > 2 * (len(headline) + _FIELD):
            continue
        if not leads_to_headline(compact_text(block.text), headline, block):
            continue
        table = table_of(block.container)
        around = range(max(0, at - _ROWS), min(at + _ROWS, len(found)))
        rows = [one for one in around if _is_row_of(found[one], table)]
        below = rows[-1] + 1
        if any(not found[one].link and _says_more(found[one].text) for one in rows if one != at):
            return set()
        if table and below < around.stop and table in found[below].container.upward():
            return set(rows)
    return set()


def _says_more(row: str) -> bool:
    """Whether a row says more than a field, or than several: office, day and views in one."""
    cells = row.split(BETWEEN_CELLS)
    return max(map(weight, cells if len(cells) > _PAIR else [row])) > _ROW


def _is_row_of(block: Block, table: Container | None) -> bool:
    return block.container.tag in ("tr", "caption") and table_of(block.container) is table


def headline_in_lines(found: Sequence[Block], headline: str) -> set[int]:
    """The lines of each heading that says the headline as a whole, where line breaks part it."""
    places = [at for at, block in enumerate(found) if block.container.tag in HEADINGS]
    runs = map(list, (run for _, run in groupby(places, lambda at: found[at].container)))
    said = ((run, "".join(compact_text(found[at].text) for at in run)) for run in runs if len(run) > 1)
    return {at for run, words in said if words == headline for at in run}


def set_apart_again(found: Sequence[Block], text: Collection[int], kept: Collection[int]) -> set[int]:
    """Those passages of a text that are set apart beside it and that a longer one of its paragraphs says as well, as a
    quote in large type; without those that are to be `kept`."""
    apart = {at: compact_text(found[at].text) for at in text if at not in kept and is_set_apart(found[at].container)}
    apart = {at: words for at, words in apart.items() if len(words) > _TWICE}
    told = [compact_text(found[at].text) for at in text if at not in apart] if apart else []
    return {at for at, words in apart.items() if any(words in one for one in told)}
