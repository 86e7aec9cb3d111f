"""The closing parts of a release in boxes of their own: notes to editors, and what its issuer says of itself. Pure.

Systems that keep them in fields of their own show them beside the text, not in it (`<div class="body">…</div>
<div class="notes"><h3>Notes to editors</h3>…</div>`). Their headings are those of `archive.release.sections`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from archive.extract.rules.endings import NO_END, NO_LINE
from archive.extract.rules.paragraphs import asks
from archive.page.blocks import Block
from archive.page.places import Container, wrapped
from archive.release.sections import is_closing

_ITEMS = frozenset({"li", "dt", "dd", "tr", "td"})
_IN_ITEM = 3
"""Places around a line that may be an item's."""

_BOXES, _LINKED = 8, 0.5
"""Boxes below that of the text among which they are looked for, and the share of one in links from which it leads
elsewhere."""


def closings(found: Sequence[Block], home: Container, last: int) -> Iterator[int]:
    """The blocks of boxes right below that of the text (`home`, its last block there is `last`), which begin with the
    heading of a closing part."""
    field = wrapped(home)
    if field.above is None:
        return
    inside = takewhile(lambda at: field in found[at].container.upward(), range(last + 1, len(found)))
    after = last + 1 + sum(1 for _ in inside)
    boxes: list[tuple[Container, list[int]]] = []
    for at in range(after, len(found)):
        box = _below(found[at].container, field.above)
        if box is None or len(boxes) > _BOXES:
            break
        if not boxes or boxes[-1][0] is not box:
            boxes.append((box, []))
        boxes[-1][1].append(at)
    for box, places in boxes[:_BOXES]:
        called = "boilerplate" in box.named.casefold()  # as press offices call what they say of themselves
        if _is_free(box, [found[at] for at in places]) and (called or is_closing([found[at].text for at in places])):
            yield from places


def of_closings(lines: Sequence[tuple[str, Container]], sections: Sequence[str]) -> set[int]:
    """Which lines are of the closing parts of a release. From the first paragraph below a heading on, they are built
    like that one, beside it, items or quotes: what else stands below them is of the site's column."""
    told, heads = "\n".join(sections), {section.split("\n", 1)[0] for section in sections}
    found = set[int]()
    first: Container | None = None
    is_headed = False
    for at, (text, place) in enumerate(lines):
        if text not in told:
            continue
        if text in heads:
            is_headed, first = True, None
        elif is_headed and not _is_item(place):
            first = first or place
            if place.above is not first.above and _build(place) != _build(first):
                continue
        found.add(at)
    return found


def _is_item(place: Container) -> bool:
    return any(one.tag in _ITEMS for one in islice(place.upward(), _IN_ITEM))


def _build(place: Container) -> list[str]:
    """The tags of the places around a line, without those of quotes."""
    return [one.tag for one in place.upward() if one.tag != "blockquote"]


def _below(place: Container, around: Container | None) -> Container | None:
    """The part of `around` that a place stands in; None where it stands elsewhere."""
    within = list(takewhile(lambda one: one is not around, place.upward()))
    return within[-1] if within and within[-1].above is around else None


def _is_free(box: Container, lines: Sequence[Block]) -> bool:
    """Whether a box is no part of the site's frame, and neither leads elsewhere nor asks for anything."""
    linked = sum(line.link for line in lines) >= _LINKED * sum(len(line.text) for line in lines)
    is_frame = any(not NO_LINE.isdisjoint(line.container.roles) for line in lines)
    return (
        not linked
        and not is_frame
        and (NO_END - {"about"}).isdisjoint(box.signs)
        and not any(asks(line.text) for line in lines)
    )
