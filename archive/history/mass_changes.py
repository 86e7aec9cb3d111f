"""Changes that most pages of a source show at one time: the source's doing, and no edit of an article. Pure.

A redesign puts a line above every release, a counter counts on all pages, a list of teasers rotates below all texts.
Which these are is not written down here: it is learned from how many articles show a change of one kind between two
looks, when other articles were looked at before and after too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.core.ids import number_of
from archive.core.model import Extraction
from archive.history.change import FIELDS, date_changed, fields_changed
from archive.text.alignment import Budget, opcodes
from archive.text.fingerprint import fingerprint, words
from archive.text.lines import line_mark, normalize

FEWEST = 4
"""Articles that must show a change of one kind at one time."""

SHARE = 0.6
"""The share of the articles looked at that must show it."""

ABSENT, BACK = number_of("absent"), number_of("back")
"""Kinds of what is no change of a text: another page in the place of an article, from its last look to the first that
lacks it; and the article found again, from that look to the one that found it."""

ALWAYS = 3
"""Times at which most pages changed in one way, after which it is what the source's pages do."""

_MOST_REFUSED = 8
"""Busy moments that are found to have too few articles, at most."""

_SHORT = 120
"""Characters of a line that counts as one of a kind by its place alone: a byline, a teaser, no paragraph."""

_AMID = "amid"
"""The place of a line between others. A short one that is no sentence is a teaser or a heading."""

_ENDS = (".", "!", "?", ":", ";", ",", "。", "！", "？", "।", "۔", "؟", "…", '"', "”", "»", "’")

_MOST_PAIRED = 40
"""Words of a title, or changed lines, that are compared each with each."""

Keys = tuple[int, ...]
"""What kinds a change is of, from the narrow one (this very line) to the wide one (something below the text)."""


@dataclass(frozen=True)
class SeenChange:
    """A change of one kind that an article showed at a look (`until`) and not at the one before (`since`)."""

    key: int
    since: str
    until: str


@dataclass(frozen=True)
class MassAbsence:
    """A time (`at` to just before `until`) in which most articles of a source had another page in their place.

    `absent` articles were first found so in it; `present` ones were looked at and there. `back`: when most of the
    absent ones had been found again, there or elsewhere; "" if they were not.
    """

    at: str
    until: str
    absent: int
    present: int
    back: str = ""


@dataclass(frozen=True)
class MassChanges:
    """When most pages of a source changed in one way: by the kind of change, moments between two looks at them.

    `kept` are kinds of changes (`keys_of_kept`) that only a decision of a person brought into the texts.
    """

    moments: Mapping[int, Sequence[str]] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    absences: Sequence[MassAbsence] = ()

    def cover(self, keys: Keys, since: str, until: str) -> bool:
        """Whether a change that came between two looks is the source's."""
        for key in keys:
            found = self.moments.get(key, ())
            if len(found) >= ALWAYS or any(since < at <= until for at in found):
                return True
        return False

    def cover_move(self, keys: Keys, since: str, until: str) -> bool:
        """Whether a change that came with another address is the source's.

        There, what a person decided to keep is too: pages of the source repeat it, and those of before need not.
        """
        return not self.kept.isdisjoint(keys) or self.cover(keys, since, until)

    def doubt(self, since: str, first: str, at: str) -> bool:
        """Whether it says nothing of an article, last seen at `since`, that another page is in its place at `first`,
        and still at `at`: most of the source is so."""
        return any(since < one.at <= first and at < one.until for one in self.absences)


NONE = MassChanges()


def moments_of_mass(
    changes: Iterable[tuple[int, SeenChange]], looked: Callable[[str, int], int]
) -> list[tuple[str, int]]:
    """The moments at which most articles changed, and how many did, from (article, change) of one kind.

    `looked` says how many articles of the source were read before a moment and looked at since; it may stop counting
    at a number. Every change belongs to one moment at most; the moment that has most articles is taken first.
    """
    left = list(changes)
    found: list[tuple[str, int]] = []
    refused = 0
    while left and refused < _MOST_REFUSED:
        at, articles = _busiest(left)
        if articles < FEWEST:
            break
        if articles < SHARE * looked(at, int(articles / SHARE) + 1):
            refused += 1  # fewer articles may be most of those that were looked at another time
        else:
            found.append((at, articles))
        left = [(article, one) for article, one in left if not one.since < at <= one.until]
    return sorted(found)


def _busiest(changes: Sequence[tuple[int, SeenChange]]) -> tuple[str, int]:
    """The moment that lies between the looks of most articles; the earliest of several."""
    ends = sorted(end for article, one in changes for end in ((one.until, 0, article), (one.since, 1, article)))
    open_of: Counter[int] = Counter()
    best, at = 0, ""
    for moment, is_start, article in ends:
        if is_start:
            open_of[article] += 1
            continue
        if len(open_of) > best:
            best, at = len(open_of), moment
        open_of[article] -= 1
        if not open_of[article]:
            del open_of[article]
    return at, best


def parted(old: Extraction, new: Extraction, is_mass: Callable[[Keys], bool]) -> tuple[Extraction, frozenset[int]]:
    """The older reading with what the source changed, as the newer one has it; and the kinds of all changes.

    So are lines that only lead to other releases (teasers that rotate or grow within a text), and labels of a text that
    is folded now, or is no longer.
    """
    values: dict[str, Any] = {}
    seen = set[int]()
    if normalize(old.title) != normalize(new.title):
        keys = _title_keys(old.title, new.title)
        seen.update(keys)
        title = _with_mass_part(old.title, new.title, is_mass) or (new.title if is_mass(keys) else "")
        values = {"title": title} if title else {}
    for name, keys in _fields(old, new):
        seen.update(keys)
        if is_mass(keys):
            values[name] = getattr(new, name)
    if old.text != new.text:
        before, after = old.text.split("\n\n"), new.text.split("\n\n")
        lines: list[str] = []
        changed = False
        for keys, was, now in _deltas(before, after):
            seen.update(keys)
            mass = bool(keys) and (_is_no_news(was, old, now, new) or is_mass(keys))
            changed = changed or mass
            one = now if mass or not keys else was
            lines += [] if one is None else [one]
        if changed:
            values["text"] = "\n\n".join(lines)
            stays = set(map(line_mark, lines))
            values["asides"] = tuple(sorted({*old.asides, *new.asides} & stays))
            values["folds"] = tuple(sorted({*old.folds, *new.folds} & stays))
    return (replace(old, **values) if values else old), frozenset(seen)


def _is_no_news(was: str | None, old: Extraction, now: str | None, new: Extraction) -> bool:
    """Whether a line that came, went or changed only leads to another release, or labels what a click unfolds, in a
    text of which nothing was folded before, or is now.
    """
    if _is_in(was, old.asides) and _is_in(now, new.asides):
        return True
    return not (old.folds and new.folds) and _is_in(was, old.folds) and _is_in(now, new.folds)


def _is_in(line: str | None, marks: Sequence[int]) -> bool:
    """Whether a line has one of these marks; no line at all counts as one."""
    return line is None or line_mark(line) in marks


def _title_keys(old: str, new: str) -> Keys:
    """The kinds of another title: a part that came before or behind it, or went, and just another title."""
    parts = [_part("comes", *part[:2]) for part in _parts_of(new) if normalize(part[2]) == normalize(old)]
    parts += [_part("goes", *part[:2]) for part in _parts_of(old) if normalize(part[2]) == normalize(new)]
    return (*parts, number_of("title"))


def _with_mass_part(old: str, new: str, is_mass: Callable[[Keys], bool]) -> str:
    """The older title with the part that came to the titles of the source, or without the one that left them; "" where
    there is none. What else the newer title says is the article's own.
    """
    for place, part, _ in _parts_of(new):
        if is_mass((_part("comes", place, part),)):
            title = f"{part} {old}" if place == "head" else f"{old} {part}"
            return new if normalize(title) == normalize(new) else title
    for place, part, rest in _parts_of(old):
        if is_mass((_part("goes", place, part),)):
            return new if normalize(rest) == normalize(new) else rest
    return ""


def _parts_of(title: str) -> Iterator[tuple[str, str, str]]:
    """The parts that may stand before or behind a title: the place of each, its words, and the title without it."""
    words = title.split()[:_MOST_PAIRED]
    for at in range(1, len(words)):
        before, after = " ".join(words[:at]), " ".join(words[at:])
        yield "head", before, after
        yield "tail", after, before


def _part(what: str, place: str, part: str) -> int:
    return number_of("title", what, place, normalize(part))


def _fields(old: Extraction, new: Extraction) -> Iterator[tuple[str, Keys]]:
    for kind in fields_changed(old, new):
        yield FIELDS[kind], (number_of("field", kind),)
    if date_changed(old, new):
        yield "published_at", (number_of("date"),)


def _deltas(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Keys, str | None, str | None]]:
    """Every line of both texts in order: the kinds of its change (none where it is the same), as it was, as it is."""
    codes = opcodes([line_mark(line) for line in old], [line_mark(line) for line in new], Budget())
    some = any(tag == "equal" for tag, *_ in codes)
    for number, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            yield from (((), was, now) for was, now in zip(old[i:j], new[k:m], strict=True))
            continue
        place = "" if not some else "head" if number == 0 else "tail" if number == len(codes) - 1 else _AMID
        yield from _of_stretch(old[i:j], new[k:m], place)


def _of_stretch(old: Sequence[str], new: Sequence[str], place: str) -> Iterator[tuple[Keys, str | None, str | None]]:
    """The lines of a stretch that differs: those that say the same but for figures, or nearly, are one that changed."""
    was_of = _paired(old, new)
    for at, line in enumerate(old):
        if at not in was_of.values():
            yield _keys("goes", line, place), line, None
    for at, line in enumerate(new):
        if at not in was_of:
            yield _keys("comes", line, place), None, line
        else:
            was = old[was_of[at]]
            alike = fingerprint(was) == fingerprint(line)
            of_place = (place != _AMID) if alike else (place == _AMID)
            yield _keys("differs" if alike else "reads", line, place if of_place else ""), was, line


def keys_of_kept(fingerprints: Iterable[int]) -> frozenset[int]:
    """The kinds of changes in which a passage comes into a text or leaves it, by the fingerprint of the passage."""
    return frozenset(number_of("line", what, mark) for mark in fingerprints for what in ("comes", "goes"))


def _paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """For lines of a newer stretch their place in the older one: first by fingerprint, then by most of their words."""
    found: dict[int, int] = {}
    tests: tuple[Callable[[str, str], bool], ...] = (_same_words, _most_words)
    for test in tests:
        for at, line in enumerate(new[:_MOST_PAIRED]):
            free = (place for place in range(min(len(old), _MOST_PAIRED)) if place not in found.values())
            place = next((place for place in free if at not in found and test(old[place], line)), None)
            if place is not None:
                found[at] = place
    return found


def _same_words(old: str, new: str) -> bool:
    return fingerprint(old) == fingerprint(new)


def _most_words(old: str, new: str) -> bool:
    one, other = set(words(old)), set(words(new))
    return 2 * len(one & other) >= max(len(one), len(other), 1)


def _keys(what: str, line: str, place: str) -> Keys:
    own = number_of("line", what, fingerprint(line))
    if not place or len(line) >= _SHORT or (place == _AMID and line.rstrip().endswith(_ENDS)):
        return (own,)
    return own, number_of(place, "changes" if place == _AMID else what)


def describes(key: int) -> str:
    """What most pages did, in words; "" where it is a line whose figures changed, which is no news."""
    return _WORDS.get(key, "")


_WORDS = {
    number_of("title"): "other titles",
    number_of("date"): "other dates of publication",
    number_of(_AMID, "changes"): "other short lines within the text",
    **{number_of("field", kind): f"other {name.replace('_', ' ')}" for kind, name in FIELDS.items()},
    **{
        number_of(place, what): f"lines {where} the text {how}"
        for place, where in (("head", "above"), ("tail", "below"))
        for what, how in (("comes", "came"), ("goes", "went"))
    },
}
