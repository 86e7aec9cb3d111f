"""TOML files that a person edits: mistakes with their lines, and what stands there stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from archive.core import toml
from archive.core.errors import SourcesError
from archive.core.toml import LineIndex, TomlDocument, many, number_of, text_of

TEXT = """# ferries
[[ferry]]
name = "Brekk"
ports = [
  "Tamsk",
  "Osk",
]

[[ferry]]
name = "Amsel" # the old one
crew = 3
"""


def test_tables_and_keys_have_their_lines() -> None:
    lines = LineIndex(TEXT)
    assert lines.tables("ferry") == [2, 9]
    assert (lines.key(2, "name"), lines.key(9, "crew")) == (3, 11)
    assert lines.key(2, "ports", "Osk") == 6
    assert lines.key(2, "crew") == 2, "a key of a later table is not this one's"
    assert lines.text(11) == "crew = 3"
    assert (lines.text(0), lines.text(99), lines.last) == ("", "", 11)


def _mistakes(table: dict[str, object], line: int = 9) -> list[tuple[int, str]]:
    document = TomlDocument(LineIndex(TEXT))
    readers = {"name": text_of("a name"), "crew": number_of("a number from 1 to 9", 1, 9, whole=True)}
    document.values(table, readers, line)
    return document.mistakes


def test_values_are_read_and_mistakes_noted_where_they_stand() -> None:
    document = TomlDocument(LineIndex(TEXT))
    assert document.values({"name": " Amsel "}, {"name": text_of("a name"), "crew": text_of("x")}, 9) == {
        "name": "Amsel"
    }
    assert document.mistakes == []
    assert _mistakes({"crew": 12}) == [(11, "crew: expected a number from 1 to 9, found 12")]
    assert _mistakes({"name": ["a"]}) == [(10, "name: expected a name, found a list")]


def test_an_unknown_field_has_a_hint() -> None:
    assert _mistakes({"crw": 1})[0][1] == 'crw: unknown field; did you mean "crew"?'
    assert _mistakes({"zzz": 1})[0][1] == "zzz: unknown field; expected one of: name, crew"


def test_all_mistakes_are_told_once_in_the_order_of_lines() -> None:
    document = TomlDocument(LineIndex(TEXT))
    document.refuse_mistakes("ferries.toml")
    for line in (11, 3, 11):
        document.note(line, "crew", "too many")
    with pytest.raises(SourcesError) as told:
        document.refuse_mistakes("ferries.toml")
    assert str(told.value) == "ferries.toml, line 3, crew: too many\nferries.toml, line 11, crew: too many"


@pytest.mark.parametrize("value", [True, 0, 10, "3", 2.5])
def test_no_whole_number_between_one_and_nine(value: object) -> None:
    with pytest.raises(ValueError, match="one to nine"):
        number_of("one to nine", 1, 9, whole=True)(value)


def test_numbers_texts_and_lists() -> None:
    assert number_of("", 1, 9)(9) == 9.0
    assert many(text_of("a port"))(["Tamsk", "Osk "]) == ("Tamsk", "Osk")
    with pytest.raises(toml.Unexpected, match="a port") as told:
        many(text_of("a port"))(["Tamsk", 4])
    assert told.value.found == 4
    with pytest.raises(ValueError, match="a list"):
        many(text_of("a port"))("Tamsk")
    for value in ("two\nlines", "", 3):
        with pytest.raises(ValueError, match="a line"):
            text_of("a line")(value)


def test_files_are_read_whatever_wrote_them_and_what_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ferries.toml"
    with pytest.raises(SourcesError, match=r"ferries\.toml does not exist\. Make one\."):
        toml.read(path, "Make one.")
    path.write_bytes(b"\xef\xbb\xbfname = 1\r\n")
    assert toml.read(path, "") == "name = 1\n"
    path.write_bytes(b"a = 1\nb = '\xff'\n")
    with pytest.raises(SourcesError, match="line 2: expected UTF-8 text, found byte 0xff"):
        toml.read(path, "")
    with pytest.raises(SourcesError, match="cannot be read"):
        toml.read(tmp_path, "")


def test_what_is_no_toml_is_told_with_its_line() -> None:
    assert toml.tables("a = 1", "f.toml") == {"a": 1}
    with pytest.raises(SourcesError, match=r"f\.toml, line 2: expected TOML, found: b = = 2"):
        toml.tables("a = 1\nb = = 2\n", "f.toml")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[[ferry]]\ndelay = 1\ndelay = 2\n", 3, "this name is given twice: keep one of the two"),
        ("[defaults]\n[defaults]\n", 2, "this table is begun twice: put its fields together"),
        ("name = \u201crenn\u201d\n", 1, 'write straight quotes: "..."'),
        ("ports = [\u2018osk\u2019]\n", 1, 'write straight quotes: "..."'),
        ('name = "\u201crenn\u201d\n', 1, "a quote is not closed"),
        ("name = 'renn", 1, "a quote is not closed"),
        ('pages = ["\\d+"]\n', 1, "a text with a backslash stands in single quotes: '...'"),
        ('ports = ["osk"\nfares = []\n', 2, "a list is not closed, or lacks a comma"),
        ('name: "renn"\n', 1, "write NAME = VALUE"),
        ('name = "the "renn" ferry"\n', 1, "a line has one field and one value; behind them only a # comment"),
        ("paused = True\n", 1, 'a text stands in quotes, "..."; what is no text is a number, true, false or a list'),
    ],
)
def test_a_frequent_slip_is_told_with_what_to_do(text: str, line: int, what: str) -> None:
    with pytest.raises(SourcesError, match=rf"^f\.toml, line {line}: expected TOML, found: .* \({re.escape(what)}\)$"):
        toml.tables(text, "f.toml")


def test_a_table_is_added_and_what_stands_there_stays() -> None:
    text = toml.appended(TEXT, "ferry", {"name": "Renn", "ports": ("Osk",), "note": "", "crew": None, "fares": ()})
    assert text.startswith(TEXT)
    assert tomllib.loads(text)["ferry"][2] == {"name": "Renn", "ports": ["Osk"]}
    assert toml.appended(" \n", "ferry", {"name": "Renn"}).startswith("[[ferry]]")


def test_a_table_is_changed_and_comments_stay() -> None:
    text = toml.changed(TEXT, "ferry", 1, {"crew": 5})
    assert text == TEXT.replace("crew = 3", "crew = 5")


def test_a_file_is_replaced_and_trouble_is_told(tmp_path: Path) -> None:
    toml.write(tmp_path / "f.toml", "a = 1\n")
    assert (tmp_path / "f.toml").read_text() == "a = 1\n"
    with pytest.raises(SourcesError, match="cannot be written"):
        toml.write(tmp_path / "nowhere" / "f.toml", "a = 1\n")


GIVING = """\
# head
[[source]]
name = "a"  # first
feeds = [
    "x", # why
]

[[source]]
name = "b"
"""


def _is_a(table: Mapping[str, Any]) -> bool:
    return bool(table["name"] == "a")


def test_tables_go_from_one_text_to_another_with_their_comments() -> None:
    taken = toml.transferred(GIVING, "# mine\n", "source", _is_a, {"delay": 5})
    assert taken.startswith('# mine\n\n[[source]]\nname = "a"  # first\nfeeds = [\n    "x", # why\n]\n')
    assert tomllib.loads(taken) == {"source": [{"name": "a", "feeds": ["x"], "delay": 5}]}
    assert toml.transferred(GIVING, taken, "source", _is_a, {"delay": 5}) == taken
    assert tomllib.loads(toml.without(GIVING, "source", _is_a)) == {"source": [{"name": "b"}]}
    assert toml.without(GIVING, "source", lambda table: True) == "# head\n"


def test_tables_that_are_written_inline_go_too() -> None:
    inline = 'source = [{name = "a"}, {name = "b"}]\n'
    assert tomllib.loads(toml.transferred(inline, "", "source", _is_a)) == {"source": [{"name": "a"}]}
    assert tomllib.loads(toml.without(inline, "source", _is_a)) == {"source": [{"name": "b"}]}


def test_a_new_field_stands_with_the_others_and_one_that_is_taken_out_leaves_no_trace() -> None:
    text = "[[ferry]]\nname = 'Osk'  # the first\n\n# the second\n[[ferry]]\nname = 'Renn'\n# end\n"
    more = toml.changed(text, "ferry", 0, {"decks": ("low", "high"), "name": "Oska"})
    assert more == text.replace("'Osk'  # the first\n", '"Oska"  # the first\ndecks = ["low", "high"]\n')
    last = toml.changed(text, "ferry", 1, {"crew": 5})
    assert last == text.replace("'Renn'\n", "'Renn'\ncrew = 5\n")
    assert toml.changed(last, "ferry", 1, {"crew": None, "decks": None}) == text
    without_end = "[[ferry]]\nname = 'Osk'"
    assert tomllib.loads(toml.changed(without_end, "ferry", 0, {"crew": 5}))["ferry"] == [{"name": "Osk", "crew": 5}]
    assert tomllib.loads(toml.changed("ferry = [{name = 'Osk'}]", "ferry", 0, {"crew": 5}))["ferry"][0]["crew"] == 5


@pytest.mark.parametrize(
    ("value", "found"), [("[" * 5000 + "]" * 5000, "lists within lists"), ("9" * 5000, "digits of one number")]
)
def test_what_the_parser_of_toml_cannot_bear_is_a_mistake_of_the_file(value: str, found: str) -> None:
    with pytest.raises(SourcesError, match=rf"ferries\.toml: expected TOML, found .*{found}.* by the thousand"):
        toml.tables(f"decks = {value}\n", "ferries.toml")
