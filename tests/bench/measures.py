"""The measures of public extraction benchmarks: what share of a text was found, and how much else.

Text: mean precision and recall of shingles of four tokens, their F1, and the share of texts that are exactly right
(article-extraction-benchmark); a CJK character is a token. Segments: F1 over passages that must and must not be in the
text (trafilatura's evaluation). Title, date, moment, authors: the share that is equal. Contacts: a page has them when
a contact block stands by its text, with an address or a number in it; they are found when one of these is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean
from typing import Any

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_LABEL = re.compile(r"\W*(?:(?:media|press|news)\s)?contacts?(?:\s(?:person|information|for\s[^:]{2,60}))?\s?:", re.I)
_REACHED_BY = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\(?\d[\d\s().-]{6,16}\d")
_ABOVE, _BELOW, _BLOCK_LINES = 15, 10, 5


@dataclass(frozen=True)
class Answer:
    """What an extractor says of one page."""

    text: str = ""
    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()


def measure(gold: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer]) -> dict[str, float]:
    """The measures for which the gold values hold something, by name. Pages are known by their `url`."""
    pairs = [(page, answers.get(page["url"], Answer())) for page in gold]
    rates = {
        "title": [_fold(a.title) == _fold(g["title"]) for g, a in pairs if g.get("title")],
        "date": [_same_day(a.published, g["published"]) for g, a in pairs if g.get("published")],
        "instant": [_moment(a.published) == _moment(g["published"]) for g, a in pairs if _has_moment(g)],
        "authors": [set(map(_fold, a.authors)) == set(map(_fold, g["authors"])) for g, a in pairs if g.get("authors")],
    }
    return {
        **_text_measures([(g["text"], a.text) for g, a in pairs if g.get("text")]),
        **_segment_measure([(g["with"], g["without"], a.text) for g, a in pairs if g.get("with") is not None]),
        **{name: mean(hits) for name, hits in rates.items() if hits},
    }


def wrongly_removed(gold: Sequence[Mapping[str, Any]], removed: Mapping[str, Iterable[str]]) -> tuple[int, int]:
    """How many lines of the gold texts were removed, and how many lines these texts have."""
    lost = total = 0
    for page in gold:
        lines = {_fold(line) for line in (page.get("text") or "").split("\n")} - {""}
        lost += len(lines & {_fold(text) for text in removed.get(page["url"], ())})
        total += len(lines)
    return lost, total


def contacts_beside(lines: Sequence[str], text: str) -> frozenset[str]:
    """The addresses and numbers (as digits) in the contact blocks of a page's visible lines that stand by or in the
    page's text: a line that says "Contact:" or the like, and the four under it."""
    told = _fold(text)
    places = [at for at, line in enumerate(lines) if len(line) > 40 and _fold(line) in told]
    if not places:
        return frozenset()
    by = lines[max(0, places[0] - _ABOVE) : places[-1] + 1 + _BELOW]
    labels = [at for at, line in enumerate(by) if _LABEL.match(line)]
    near = ["\n".join(by[at : at + _BLOCK_LINES]) for at in labels]
    return frozenset(_number_or_address(found) for block in near for found in _REACHED_BY.findall(block))


def has_found(contacts: Iterable[Mapping[str, str]], beside: frozenset[str]) -> bool:
    """Whether one of the contacts found is among those that stand beside the text."""
    said = {_number_or_address(one[key]) for one in contacts for key in ("email", "phone") if one.get(key)}
    return bool(said & beside)


def _number_or_address(text: str) -> str:
    return text.lower() if "@" in text else re.sub(r"\D", "", text)


def _text_measures(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    precision: list[float] = []
    recall: list[float] = []
    for want, got in pairs:
        wanted, found = _shingles(want), _shingles(got)
        good = (wanted & found).total()
        if found:
            precision.append(good / found.total())
        recall.append(good / wanted.total() if wanted else 1.0)
    if not precision:
        return {}
    p, r = mean(precision), mean(recall)
    exact = mean(_TOKEN.findall(want) == _TOKEN.findall(got) for want, got in pairs)
    return {"f1": 2 * p * r / (p + r) if p + r else 0.0, "precision": p, "recall": r, "exact": exact}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3)) if tokens)


def _segment_measure(pages: Sequence[tuple[Sequence[str], Sequence[str], str]]) -> dict[str, float]:
    found = missed = wrong = 0
    for with_, without, text in pages:
        flat = " ".join(text.split())
        hits = sum(" ".join(segment.split()) in flat for segment in with_)
        found, missed = found + hits, missed + len(with_) - hits
        wrong += sum(" ".join(segment.split()) in flat for segment in without)
    return {"segments": 2 * found / (2 * found + missed + wrong)} if pages else {}


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text or "").strip().lower()


def _moment(value: str) -> datetime | date | None:
    try:
        when = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return when if when.tzinfo else when.date()


def _has_moment(page: Mapping[str, Any]) -> bool:
    return isinstance(_moment(page.get("published") or ""), datetime)


def _same_day(got: str, want: str) -> bool:
    found, wanted = _moment(got or ""), _moment(want)
    days = [when.date() if isinstance(when, datetime) else when for when in (found, wanted)]
    return found is not None and (days[0] == days[1] or found == wanted)
