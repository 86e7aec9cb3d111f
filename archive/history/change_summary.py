"""The changes a reader looks for first, in words: other numbers, names and quotations than before. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from archive.text.alignment import Budget, opcodes
from archive.text.lines import normalize

_NUMBER = re.compile(
    r"(?:(?<!\w)[-−–+](?=[$€£¥₽₸₴₺₹]?\d)|[<>≤≥±~≈]\s?)?[$€£¥₽₸₴₺₹]?(?<!\d)\.?\d+(?:[.,:/]\d+)*(?:\s?[%‰°$€£¥₽₸₴₺₹]|\+)?"
)
_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*|[.!?:…]")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{3,600})[”“»\"]|「([^」]{2,600})」|『([^』]{2,600})』")
_NOUNS_CAPITAL = ("de", "lb")
_MOST_NAMED = 3

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
    more = f" and {len(pairs) - _MOST_NAMED} more" if len(pairs) > _MOST_NAMED else ""
    told = ", ".join(f"{was} → {now}" for was, now in pairs[:_MOST_NAMED])
    return f"{what}: {told}{more}" if pairs else ""
