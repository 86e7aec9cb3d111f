"""`python -m tests.bench.months` writes archive/text/months.json anew from the CLDR, as Babel holds it."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parents[2] / "archive/text/months.json"
LOCALES = """
    af am ar ar_SY ar_LB ar_IQ ar_JO ar_PS ar_DZ ar_TN ar_MA ar_MR ar_SA as az be bg bn bs ca cs cy da de de_AT el en
    en_GB en_AU en_CA es es_MX es_UY et eu fa fi fil fo fr fr_CA fr_CH ga gd gl gu he hi hr hu hy id is it ja ka kk km
    kn ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn or pa pl pt pt_PT ro ru rw sd si sk sl so sq sr sr_Latn sv sw
    ta te tg th tk tr tt uk ur uz uz_Cyrl vi zu
"""
"""The languages of the written web, with the regions that have month names of their own."""

PREFIXES = ("de ", "d’", "dhen ")


def from_cldr() -> dict[str, int]:
    """Month words, folded and without a dot at the end, each with its number; the most used meaning of each.

    Those that hold figures ("tháng 3", "3月") are not among them.
    """
    meanings: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name in LOCALES.split():
        months = Locale.parse(name).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, text in months[context].get(width, {}).items():
                    for word in _forms(text):
                        meanings[word][number] += 1
    return {word: max(sorted(found), key=lambda number: found[number]) for word, found in sorted(meanings.items())}


def _forms(text: str) -> set[str]:
    word = text.casefold().strip(" .").replace("\u200c", "")
    for prefix in PREFIXES:
        word = word.removeprefix(prefix)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    plain = {word, unicodedata.normalize("NFC", bare)} if word[:1] < "\u0530" else {word}
    return {one for one in plain if len(one) > 2 - (one > "\u0530") and not any(map(str.isdigit, one))}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(from_cldr(), ensure_ascii=False, indent=0) + "\n", "utf-8")
