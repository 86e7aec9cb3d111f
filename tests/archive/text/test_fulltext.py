"""Full text in any language: what is found, what never breaks, and the passage that is shown."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.store.search_index.index import TOKENIZER
from archive.text.fulltext import comparable_text, index_text, match_query, snippet
from tests.examples import examples

TEXTS = (
    "The harbour-master opened café No. 5 on Monday.",
    "Столица открыла новую набережную.",
    "港口办公室周一开放了新的海滨步道。",
    "港湾局は月曜日に新しい遊歩道を開いた。",
    "สำนักงานท่าเรือเปิดทางเดินใหม่",
    "항만청은 월요일에 새 산책로를 열었다.",
    "ສຳນັກງານທ່າເຮືອ ເປີດທາງ",
    "ការិយាល័យកំពង់ផែបានបើកផ្លូវ",
    "ဆိပ်ကမ်းရုံးက လမ်းသစ်ဖွင့်",
    "Αθήνα: ο δήμος άνοιξε τον δρόμο.",
    "Ёлка стоит.",
    "قال مُحَمَّد ذلك.",
    "यह हिन्दी है।",
    "Είναι μόνος.",
    "Işıklandırma yenilendi.",
    "IŞIKLANDIRMA ÇALIŞMALARI BAŞLADI",
    "Sahil yolunda ışıklandırma çalışmaları sürüyor.",
    "Iñigo y el IMF.",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(f'create virtual table t using fts5(text, tokenize="{TOKENIZER}")')
    connection.executemany(
        "insert into t (rowid, text) values (?, ?)", [(n, index_text(t)) for n, t in enumerate(TEXTS)]
    )
    return connection


def _found(index: sqlite3.Connection, words: str) -> set[int]:
    query = match_query(words)
    if not query:
        return set()
    return {row[0] for row in index.execute("select rowid from t where t match ?", (query,))}


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("harbour", {0}),
        ("HARBOUR CAFE", {0}),
        ("harbour-master", {0}),
        ("master-harbour", set()),
        ('"opened café"', {0}),
        ('"café opened"', set()),
        ("harb*", {0}),
        ("harb", set()),
        ("harbour -café", set()),
        ("harbour NOT monday", set()),
        ("harbour NOT tuesday", {0}),
        ("harbour OR набережную", {0, 1}),
        ("harbour AND набережную", set()),
        ("harbour набережную", set()),
        ("OR", set()),
        ("harbour or", set()),
        ("-harbour", set()),
        ("НАБЕРЕЖНУЮ", {1}),
        ("海滨步道", {2}),
        ("滨海", set()),
        ("港", {2, 3}),
        ("遊歩道", {3}),
        ("ท่าเรือ", {4}),
        ("ท่าเรีอ", set()),
        ("เปิด", {4}),
        ("ເປີດ", {6}),
        ("ဖွင့်", {8}),
        ("산책로를", {5}),
        ("산책*", {5}),
        ("ທ່າເຮືອ", {6}),
        ("កំពង់ផែ", {7}),
        ("ဆိပ်ကမ်း", {8}),
        ("αθηνα", {9}),
        ("5", {0}),
        ("No. 5", {0}),
        ("", set()),
        ('"', set()),
        ('harbour "', {0}),
        ("(harbour", {0}),
        ("text:harbour", set()),
        ("harbour^2 NEAR(a b)", set()),
        ("harbour\x00master", {0}),
        ("Ёлка", {10}),
        ("елка", {10}),
        ("محمد", {11}),
        ("مُحَمَّد", {11}),
        ("हिन्दी", {12}),
        ("हन्दा", set()),
        ("μόνος", {13}),
        ("ΜΟΝΟΣ", {13}),
        ("ışıklandırma", {14, 15, 16}),
        ("IŞIKLANDIRMA", {14, 15, 16}),
        ("Işıklandırma", {14, 15, 16}),
        ("ışık*", {14, 15, 16}),
        ("ışıklandırma çalışmaları", {15, 16}),
        ('"ışıklandırma çalışmaları"', {15, 16}),
        ("çalışmaları -ışıklandırma", set()),
        ("yenilendi OR ışıklandırma", {14, 15, 16}),
        ("ışıklandırmalar", set()),
        ("ıñigo", {17}),
        ("Iñigo IMF", {17}),
    ],
)
def test_what_a_person_types_finds(index: sqlite3.Connection, words: str, rows: set[int]) -> None:
    assert _found(index, words) == rows


_TYPED = st.text(st.one_of(st.characters(), st.sampled_from('"*-()^:+{}ANDORT 港ก')), max_size=40)


@examples(300)
@given(_TYPED)
@example('AND OR NOT -"" *')
@example("a NOT NOT b")
@example("NOT a OR NOT b")
@example("\ud800")
def test_nothing_typed_is_a_syntax_error(index: sqlite3.Connection, words: str) -> None:
    _found(index, words.encode("utf-8", "replace").decode())


@examples(200)
@given(st.sampled_from(TEXTS), st.data())
def test_any_piece_of_a_text_without_spaces_is_found(index: sqlite3.Connection, text: str, data: st.DataObject) -> None:
    row = TEXTS.index(text)
    if row not in (2, 3, 4, 6, 7, 8):
        return
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if match_query(piece):
        assert row in _found(index, piece)


def test_a_snippet_shows_the_words_and_where_they_stand() -> None:
    text = "Nothing here. " * 40 + "At last the Harbour-Master opened the café. " + "Nothing there. " * 40
    shown = snippet(text, "harbour cafe")
    assert [shown.text[start:end] for start, end in shown.hits] == ["Harbour", "café"]
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) < 260


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Łódź otwiera port", "lodz"),
        ("Łódź otwiera port", "ŁÓDŹ"),
        ("Lodz opens its port", "Łódź"),
        ("Tromsø åpner kaia", "tromso"),
        ("Ærø Havn", "aero"),
        ("Die Straße am Hafen", "strasse"),
        ("DIE STRASSE AM HAFEN", "Straße"),
        ("Đà Nẵng mở cảng", "da nang"),
        ("Þórður og Œuvre", "thordur oeuvre"),
        ("IŞIKLANDIRMA", "isiklandirma"),
        ("Işıklandırma", "ısiklandirma"),
        ("İstanbul limanı", "istanbul limani"),
        ("２０２６年４月のＡＩ", "2026年4月"),
        ("２０２６年４月のＡＩ", "ai"),
        ("2026年4月", "２０２６年"),
        ("ميزانية ٢٠٢٦", "2026 ميزانيه"),
        ("كتابخانه ملي", "کتابخانه ملی"),
        ("ปี ๒๕๖๙", "2569"),
        ("साल २०२६", "2026"),
    ],
)
def test_a_word_is_found_without_the_letters_of_its_language(text: str, word: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'create virtual table words using fts5(text, tokenize="{TOKENIZER}")')
    connection.execute("insert into words values (?)", (index_text(text),))
    assert connection.execute("select 1 from words where words match ?", (match_query(word),)).fetchone()
    assert snippet(text, word).hits, "and shown"


def test_the_letters_of_a_language_tell_texts_apart_that_are_compared() -> None:
    assert comparable_text("ışık 海滨") == "ışık  海  滨 "


@pytest.mark.parametrize("word", ["ışık", "IŞIK", "Işık"])
def test_a_snippet_shows_turkish_words_in_any_case(word: str) -> None:
    found = snippet("Işık söndü; IŞIK YOK, ışık geldi.", word)
    assert [found.text[start:end] for start, end in found.hits] == ["Işık", "IŞIK", "ışık"]


def test_a_snippet_of_a_script_without_spaces() -> None:
    shown = snippet("一" * 500 + TEXTS[2] + "二" * 500, "海滨步道")
    assert [shown.text[start:end] for start, end in shown.hits] == ["海滨步道"]


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("A short text.", "absent").text == "A short text."
    assert snippet("word " * 100, "").text.startswith("word word")


@settings(deadline=None)
@given(st.text(max_size=400), _TYPED)
def test_a_snippet_points_inside_itself(text: str, words: str) -> None:
    shown = snippet(text, words)
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.hits)
