"""Full text in any language for SQLite's FTS5: text for the index, queries, and the words around a hit. Pure.

FTS5's unicode61 tokenizer splits words at spaces and punctuation. Han, kana, Thai, Lao, Khmer and Myanmar are written
without spaces. There, each character is a token, and several characters in a query are a phrase: any substring is
found, but the index is longer and there is no ranking by word. Korean is written with spaces and stays as it is. Upper
and lower case are equal, and so are letters with and without accents (Latin, Greek, Cyrillic ё), Latin letters of one
language and those that others write in their place (ł and l, ø and o, ı and i, ß and ss), digits of all scripts, wide
letters and narrow ones, Arabic with and without vowel signs, and as Persian has its letters, Hebrew with and without
points. For the scripts of India, the tokenizer in archive.store.search_index.index treats marks as parts of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"  # radicals, iteration marks
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # Han, half-width kana
    "\U0001aff0-\U0001b16f\U00020000-\U0003fffd"
)
"""Characters of scripts that are written without spaces, as the inside of a set in a pattern."""

_UNSPACED_CHARACTER = re.compile(f"([{UNSPACED}])")
_LETTER = rf"[^\W_{UNSPACED}]"
"""A letter or digit of a word that has spaces around it."""

_DROPPED = dict.fromkeys(
    (
        *range(0x0591, 0x05C8),  # Hebrew points
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),  # Arabic vowel signs
        0x0640,
        0x0670,
        0x00AD,
    ),
    "",
)
_GREEK = {
    place: unicodedata.normalize("NFD", chr(place))[0]
    for place in (*range(0x0386, 0x03CF), *range(0x1F00, 0x2000))
    if unicodedata.category(chr(place))[0] == "L"
}
_EQUAL: dict[int, str] = {**_DROPPED, **_GREEK, **dict(zip(map(ord, "ςёЁأإآٱ"), "σеЕاااا", strict=True))}
_LATIN = {
    "łŁ": "l", "øØ": "o", "đĐðÐ": "d", "ħĦ": "h", "ŧŦ": "t", "ı": "i",
    "þÞ": "th", "æÆ": "ae", "œŒ": "oe", "ßẞ": "ss", "ĳĲ": "ij",
}  # fmt: skip
"""Latin letters that are more than a letter with an accent, and how keyboards without them write them."""

_ARABIC = {"ىی": "ي", "ک": "ك", "ةۀۂۃ": "ه"}
"""Arabic letters that stand for each other, by habit of language and keyboard (as in Lucene's ArabicNormalizer and
PersianNormalizer)."""

_DIGITS = {chr(ord(zero) + digit): str(digit) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐" for digit in range(10)}
_WIDE = {chr(place + 0xFEE0): chr(place) for place in range(0x21, 0x7F)}
"""Letters and digits as wide as Chinese characters: U+FF01 to U+FF5E are ASCII (Unicode, chapter 18)."""

_INDEXED = _EQUAL | {
    ord(letter): plain
    for table in (_LATIN, _ARABIC, _DIGITS, _WIDE)
    for letters, plain in table.items()
    for letter in letters
}
_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"()]+))')
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def index_text(text: str) -> str:
    """A text for the index: characters of scripts without spaces are separated, and equal letters are unified.

    A text that is deleted from the index must come from the same function.
    """
    return text if text.isascii() else _apart(text.translate(_INDEXED))


def comparable_text(text: str) -> str:
    """A text whose words are compared: as for the index, but with the letters of its own language."""
    return text if text.isascii() else _apart(text.translate(_EQUAL))


def _apart(text: str) -> str:
    return _UNSPACED_CHARACTER.sub(r" \1 ", text)


@dataclass(frozen=True)
class _Term:
    """One term of a query: tokens in order, the last one perhaps only a prefix; `negated` by NOT or minus."""

    text: str
    prefix: bool
    negated: bool


def match_query(words: str) -> str:
    """An FTS5 expression for what a person typed; never a syntax error; "" if there is no term.

    All words must occur. "quoted words" must be together, and so must the parts of a hyphenated word; beginning*
    matches a prefix; OR, AND and NOT (in capitals) and -word work; AND binds more strongly than OR; everything else is
    a word.
    """
    groups = [_group(terms) for terms in _groups(words)]
    return " OR ".join(f"({group})" if len(groups) > 1 else group for group in groups)


def wanted_terms(words: str) -> dict[str, tuple[str, ...]]:
    """The terms of a query that are not negated, each as an FTS5 expression, with the expressions of its tokens."""
    terms = [term for group in _groups(words) for term in group if not term.negated]
    return {_quoted(term): tuple(_token_queries(term)) for term in terms}


def _token_queries(term: _Term) -> Iterator[str]:
    *others, last = term.text.split()
    yield from (f'"{token}"' for token in others)
    yield _quoted(_Term(last, term.prefix, False))


def rare_query(words: str, frequent: Collection[str]) -> str:
    """A wider expression than `match_query`: without negations and without terms that are frequent.

    `frequent` has expressions of `wanted_terms`. "" if one side of an OR has no other term.
    """
    groups = [[_quoted(term) for term in group if not term.negated] for group in _groups(words)]
    rare = [[term for term in group if term not in frequent] for group in groups]
    return " OR ".join(f"({' AND '.join(group)})" for group in rare) if all(rare) else ""


def word_queries(text: str) -> Iterator[str]:
    """The words of a text in their order, each as an FTS5 expression that finds it.

    In scripts without spaces, two characters that stand together count as a word. Numbers, and words too short to say
    anything, are left out.
    """
    before = ""
    for token in _tokens(text):
        alone = bool(_UNSPACED_CHARACTER.fullmatch(token))
        if alone and before:
            yield f'"{before} {token}"'
        elif not alone and not token.isdecimal() and len(token) >= (3 if token.isascii() else 2):
            yield f'"{token.lower()}"'
        before = token if alone else ""


def _groups(words: str) -> list[list[_Term]]:
    """Groups of terms joined by OR; a group with only negated terms is dropped (FTS5 has no NOT alone)."""
    groups: list[list[_Term]] = [[]]
    negate_next = False
    for part in _PART.finditer(words):
        operator = part["word"] if not part["minus"] and part["word"] in _OPERATORS else ""
        if operator == "OR":
            groups.append([])
        if operator:
            negate_next = operator == "NOT"
            continue
        term = _term(part, negate_next)
        negate_next = False
        if term:
            groups[-1].append(term)
    return [terms for terms in groups if any(not term.negated for term in terms)]


def _term(part: re.Match[str], negated: bool) -> _Term | None:
    written = part["phrase"] if part["phrase"] is not None else part["word"]
    prefix = part["phrase"] is None and written.endswith("*")
    tokens = " ".join(_tokens(written))
    return _Term(tokens, prefix, negated or bool(part["minus"])) if tokens else None


def _group(terms: Sequence[_Term]) -> str:
    wanted = " AND ".join(_quoted(term) for term in terms if not term.negated)
    unwanted = [_quoted(term) for term in terms if term.negated]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def _quoted(term: _Term) -> str:
    return f'"{term.text}"{"*" if term.prefix else ""}'


def _tokens(text: str) -> Iterator[str]:
    """The tokens in the index: letters, marks, digits and private use characters.

    No token has only marks, but for those of scripts without spaces, each of which stands alone in the index.
    """
    run = ""
    for character in f"{index_text(text)} ":
        category = unicodedata.category(character)
        if category[0] in "LN" or category in ("Mn", "Mc", "Co"):
            run += character
        elif run:
            if _UNSPACED_CHARACTER.fullmatch(run) or any(unicodedata.category(part)[0] != "M" for part in run):
                yield run
            run = ""


@dataclass(frozen=True)
class Snippet:
    """A passage with the places of the words of a query: pairs of start and end in `text`."""

    text: str
    hits: tuple[tuple[int, int], ...]


def snippet(text: str, words: str, length: int = 240) -> Snippet:
    """The passage of a text with the most words of a query, about `length` characters, cut at spaces."""
    terms = [term for group in _groups(words) for term in group if not term.negated]
    folded, places = _folded(text)
    hits = sorted({hit for term in terms for hit in _hits(term, folded, places)})
    start = _densest([hit[0] for hit in hits], length)
    start = max(0, start - length // 6) if start + length <= len(text) else max(0, len(text) - length)
    end = min(len(text), start + length)
    start, end = _at_spaces(text, start, end)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    shown = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in _merged(hits) if a < end and b > start)
    return Snippet(before + text[start:end] + after, shown)


def _hits(term: _Term, folded: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    tokens = term.text.split()
    pattern = r"[\W_]*".join(re.escape(_fold(token)) for token in tokens)
    if not _UNSPACED_CHARACTER.fullmatch(tokens[0]):
        pattern = rf"(?<!{_LETTER}){pattern}"
    if not _UNSPACED_CHARACTER.fullmatch(tokens[-1]):
        pattern += rf"{_LETTER}*" if term.prefix else rf"(?!{_LETTER})"
    for match in re.finditer(pattern, folded):
        yield places[match.start()], places[match.end() - 1] + 1


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """A text as it is compared, and for each of its characters the place in the original."""
    if text.isascii():
        return text.lower(), range(len(text))
    known = {ord(character): _fold(character) for character in set(text)}
    if all(len(part) == 1 for part in known.values()):
        return text.translate(known), range(len(text))
    folded = [known[ord(character)] for character in text]
    places = [place for place, parts in enumerate(folded) for _ in parts]
    return "".join(folded), places


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.translate(_INDEXED).lower())
    return "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f"))


def _densest(starts: Sequence[int], length: int) -> int:
    """Where a window of this length begins that holds the most hits (the earliest of equals)."""
    best, best_count, first = (starts[0] if starts else 0), 0, 0
    for last, start in enumerate(starts):
        while start - starts[first] > length * 2 // 3:
            first += 1
        if last - first + 1 > best_count:
            best, best_count = starts[first], last - first + 1
    return best


def _at_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        space = text.find(" ", start, start + 20)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(end - 20, start + 1), end)
        end = space if space > start else end
    return start, end


def _merged(hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
