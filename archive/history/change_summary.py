"""What changed, in words: numbers, names and quotations first, then other words, and paragraphs. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from archive.text.alignment import Budget, opcodes
from archive.text.lines import normalize
from archive.text.wording import shortened

_NUMBER = re.compile(
    r"(?:(?<!\w)[-−–+](?=[$€£¥₽₸₴₺₹]?\d)|[<>≤≥±~≈]\s?)?[$€£¥₽₸₴₺₹]?(?<!\d)\.?\d+(?:[.,:/]\d+)*(?:\s?[%‰°$€£¥₽₸₴₺₹]|\+)?"
)
_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*|[.!?:…]")
_PIECE = re.compile(r"[^\s、。，；！？]+|[、。，；！？]+")
"""A word; in Chinese and Japanese, what stands between two marks."""

_FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{3,600})[”“»\"]|「([^」]{2,600})」|『([^』]{2,600})』")
_MARKS = " .,;:!?…()[]“”„«»\"'‘’"
_NOUNS_CAPITAL = ("de", "lb")
_MOST_NAMED = 3
_SHOWN = 80
"""Characters that are shown of a title, a paragraph or a stretch of words."""

_REWRITTEN = 0.5
"""The share of a paragraph's words from which on it was written anew: then no words of it are named."""

Pair = tuple[str, str]


def numbers_changed(pairs: Iterable[Pair]) -> str:
    """Which numbers became which, in words; "" where paragraphs differ in more than the value of numbers."""
    found: list[Pair] = []
    for before, after in pairs:
        old, new = _NUMBER.findall(before), _NUMBER.findall(after)
        if len(old) == len(new):
            found += [(was, now) for was, now in zip(old, new, strict=True) if normalize(was) != normalize(now)]
    return _named("numbers changed", found)


def names_changed(pairs: Iterable[Pair], language: str, budget: Budget) -> str:
    """Which capitalised words within sentences became which; "" in languages that capitalise every noun."""
    if language[:2].lower() in _NOUNS_CAPITAL:
        return ""
    return _named("names changed", [changed for before, after in pairs for changed in _names(before, after, budget)])


def quotations_changed(removed: Iterable[str], added: Iterable[str], loosened: Callable[[str], str]) -> str:
    """Whether paragraphs quote otherwise than those they replace, in words; `loosened` takes typography out."""
    old, new = _quoted(removed, loosened), _quoted(added, loosened)
    gone, come = (old - new).total(), (new - old).total()
    if gone and come:
        return "quotation changed"
    return "quotation removed" if gone else "quotation added" if come else ""


def headline_changed(was: str, now: str) -> str:
    """Which title became which, in words."""
    return f"headline changed: {_shown(was)} → {_shown(now)}" if was and now else "headline changed"


def line_changed(name: str, was: str, now: str) -> str:
    """Which line below a title or a picture (`name`) became which, in words."""
    return f"{name} changed: {_stretch(was, now)}"


def words_changed(pairs: Iterable[Pair], budget: Budget, named: str = "") -> str:
    """Which other words came, went or were replaced, in words; "" where paragraphs were written anew.

    `named` is what `names_changed` said: that is not said again.
    """
    found: list[str] = []
    for before, after in pairs:
        old, new = list(_PIECE.finditer(before)), list(_PIECE.finditer(after))
        aligned = opcodes([_bare(word[0]) for word in old], [_bare(word[0]) for word in new], budget)
        codes = [code for code in aligned if code[0] != "equal"]
        if sum(max(code[2] - code[1], code[4] - code[3]) for code in codes) > _REWRITTEN * max(len(old), len(new), 8):
            continue
        are_counted = len(_NUMBER.findall(before)) == len(_NUMBER.findall(after))
        for _, start, end, first, last in codes:
            was, now = _between(before, old[start:end]), _between(after, new[first:last])
            if not _is_said(was, now, are_counted) and f"{was} → {now}" not in named:
                found.append(_stretch(was, now))
    return _told("words changed", found)


def paragraphs_changed(changed: int, added: Sequence[str], removed: Sequence[str]) -> str:
    """How many paragraphs changed, came, went, or only stand elsewhere, with how the first that came or went begin."""
    moved = Counter(map(normalize, added)) & Counter(map(normalize, removed))
    come, gone = ([one for one in many if normalize(one) not in moved] for many in (added, removed))
    told = [_counted(number, what) for number, what in ((changed, "changed"), (moved.total(), "moved")) if number]
    for many, what in ((come, "added"), (gone, "removed")):
        if many:
            more = f" and {len(many) - 1} more" if many[1:] else ""
            told.append(f"{_counted(len(many), what)}: {_shown(many[0])}{more}")
    return ", ".join(told)


def _counted(number: int, what: str) -> str:
    return f"{number} paragraph{'s' * (number > 1)} {what}"


def _between(text: str, words: Sequence[re.Match[str]]) -> str:
    """What stands from the first of these words to the last, without marks around it."""
    return " ".join(text[words[0].start() : words[-1].end()].split()).strip(_MARKS) if words else ""


def _shown(text: str) -> str:
    return quoted(shortened(" ".join(text.split()), _SHOWN))


def quoted(text: str) -> str:
    """Words in quotation marks."""
    return apart(f"“{text}”")


def apart(text: str) -> str:
    """Words that do not turn what is written beside them where they are read from the right."""
    return f"\u2068{text}\u2069" if _FROM_THE_RIGHT.search(text) else text


def _stretch(was: str, now: str) -> str:
    """A stretch of words that became another, in words; of long ones without spaces only what differs."""
    if " " not in was + now and max(len(was), len(now)) > _SHOWN // 2:
        start = _shared(was, now)
        end = _shared(was[start:][::-1], now[start:][::-1])
        was, now = was[start : len(was) - end], now[start : len(now) - end]
    if not (was and now):
        return f"{_shown(was or now)} {'went' if was else 'came'}"
    return f"{_shown(was)} → {_shown(now)}"


def _shared(one: str, other: str) -> int:
    """How many characters two strings have in common from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _is_said(was: str, now: str, are_counted: bool) -> bool:
    """Whether a replacement is of typography alone, or of numbers alone where `numbers_changed` told them all."""
    if normalize(was) == normalize(now):
        return True
    without = [_NUMBER.sub("", one).strip(_MARKS) for one in (was, now)]
    return are_counted and bool(was and now) and without[0] == without[1]


def _bare(word: str) -> str:
    """A word without the typography around it."""
    return normalize(word).strip(_MARKS) or word


def _quoted(paragraphs: Iterable[str], loosened: Callable[[str], str]) -> Counter[str]:
    found = (next(filter(None, match.groups())) for text in paragraphs for match in _QUOTED.finditer(text))
    return Counter(filter(None, map(loosened, found)))


def _names(before: str, after: str, budget: Budget) -> list[Pair]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    codes = opcodes(old, new, budget)
    replaced = [(_capitals(old, *code[1:3]), _capitals(new, *code[3:5])) for code in codes if code[0] == "replace"]
    return [(was, now) for was, now in replaced if was and now and was != now]


def _capitals(tokens: Sequence[str], start: int, end: int) -> str:
    """The capitalised words of a stretch that do not begin a sentence."""
    within = (n for n in range(start, end) if n and tokens[n - 1][-1] not in ".!?:…")
    return " ".join(tokens[n] for n in within if tokens[n][0].isupper())


def _named(what: str, pairs: Sequence[Pair]) -> str:
    return _told(what, [f"{was} → {now}" for was, now in pairs])


def _told(what: str, changes: Iterable[str]) -> str:
    """The first of these changes in words, each once, and how many others there are."""
    found = list(dict.fromkeys(changes))
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return f"{what}: {', '.join(found[:_MOST_NAMED])}{more}" if found else ""
