"""sources.toml: every field read, every mistake named with its line, edits that keep comments."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.errors import SourcesError
from archive.core.model import Policy
from crawler.sources.sources import Cron, Every, Source, load, parse
from tests.crawler.sources.texts import HEAD, mistakes, with_lines

_ALL = """\
[[source]]
name = "lake-town"
title = "Town of Lake"
url = "https://lake.example.org/"
feeds = ["https://lake.example.org/feed/"]
sitemaps = ["https://lake.example.org/sitemap.xml"]
listings = ["https://lake.example.org/news?source=web"]
include = ["/news/"]
exclude = ['/news/\\d+/print$']
schedule = "*/15 8-20 * * mon-fri"
timezone = "Asia/Almaty"
delay = 0
contact = "archive@example.org"
recheck = ["2h", "1d"]
recheck_then = "90d"
gone_after = "0s"
confirm = 3
max_pages = 0
timeout = 90.5
max_bytes = 5000
allow_private = true
"""


def test_every_field_of_a_source_is_read() -> None:
    assert parse(_ALL) == (
        Source(
            name="lake-town",
            title="Town of Lake",
            url="https://lake.example.org/",
            feeds=("https://lake.example.org/feed/",),
            sitemaps=("https://lake.example.org/sitemap.xml",),
            listings=("https://lake.example.org/news?source=web",),
            include=("/news/",),
            exclude=(r"/news/\d+/print$",),
            schedule=Cron("*/15 8-20 * * mon-fri", "Asia/Almaty"),
            delay=0.0,
            contact="archive@example.org",
            recheck=(timedelta(hours=2), timedelta(days=1)),
            recheck_then=timedelta(days=90),
            gone_after=timedelta(),
            confirm=3,
            max_pages=0,
            timeout=90.5,
            max_bytes=5000,
            allow_private=True,
        ),
    )


def test_name_and_address_are_enough() -> None:
    (source,) = parse(with_lines())
    assert source == Source(name="a", title="a", url="https://example.org/")
    assert source.policy == Policy()
    assert (source.delay, source.schedule) == (2.0, Every(3600))


def test_defaults_hold_where_a_source_says_nothing() -> None:
    text = '[defaults]\ndelay = 7\ntimezone = "Asia/Tokyo"\nschedule = "0 6 * * *"\n' + with_lines("delay = 1")
    text += '\n[[source]]\nname = "b"\nurl = "https://example.net/"\nschedule = "every 2d"\n'
    a, b = parse(text)
    assert (a.delay, a.schedule) == (1.0, Cron("0 6 * * *", "Asia/Tokyo"))
    assert (b.delay, b.schedule) == (7.0, Every(172800))


def test_no_source_is_no_mistake() -> None:
    assert parse("# nothing yet\n") == ()


def test_all_mistakes_at_once_in_the_order_of_lines() -> None:
    text = (
        with_lines("delay = 'x'", 'titel = "T"')
        + '\n\n[[source]]\nname = "a"\nurl = "https://b.example.org"\n[[source]]\n'
    )
    assert [mistake.split(":")[0] for mistake in mistakes("sources = 1\n" + text)] == [
        "s.toml, line 1, sources",
        "s.toml, line 5, delay",
        "s.toml, line 6, titel",
        "s.toml, line 9, name",
        "s.toml, line 11, name",
        "s.toml, line 11, url",
    ]


def test_a_key_of_a_later_source_is_not_taken_for_an_earlier_ones() -> None:
    text = with_lines("") + '\n[[source]]\nname = "b" # [[source]]\nurl = "https://b.example.org"\ndelay = -1'
    assert mistakes(text)[0].startswith("s.toml, line 8, delay")


def test_a_table_where_a_value_belongs() -> None:
    text = with_lines("[source.delay]", "x = 1") + '\n[[source]]\nname = "b"\nurl = "https://b.example.org"\ndelay = 1'
    assert mistakes(text) == ["s.toml, line 1, delay: expected seconds from 0 to 3600, found a table"]


def test_mistakes_among_the_defaults_are_told_once() -> None:
    text = (
        '[defaults]\nname = "a"\nrecheck = ["1d", "1h"]\n'
        + with_lines("")
        + '\n[[source]]\nname = "b"\nurl = "https://b.org"'
    )
    assert [mistake.split(": ")[0] for mistake in mistakes(text)] == [
        "s.toml, line 2, name",
        "s.toml, line 3, recheck",
    ]
    assert mistakes(with_lines("") + "\n[defualts]\nurl = 1") == [
        's.toml, line 5, defualts: unknown field; did you mean "defaults"?'
    ]


def test_fields_without_the_line_that_begins_a_source_are_one_mistake() -> None:
    fields = 'name = "a"\nurl = "https://a.example/"\nfeeds = []\nschedule = "auto"\n'
    [said] = mistakes(f"# mine\n{fields}")
    assert said.startswith("s.toml, line 2, name: expected a line [[source]] above the fields of each source")
    assert mistakes(f"{fields}colour = 1\n" + with_lines("delay = -1"))[0].startswith(
        "s.toml, line 1, name: expected a line"
    )
    assert len(mistakes(f"{fields}colour = 1\n" + with_lines("delay = -1"))) == 3


def test_a_source_in_single_brackets_is_a_mistake_that_says_so() -> None:
    assert mistakes('[source]\nname = "a"\n') == [
        "s.toml, line 1, source: expected [[source]] (with two brackets) before the fields of each source"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [('[[source]]\nname = "a\n', 2), ("[[source]]\nname = a\n", 2), (with_lines('name = "b"'), 4), ("a = [1,\n\n2", 3)],
)
def test_what_is_not_toml(text: str, line: int) -> None:
    (mistake,) = mistakes(text)
    assert mistake.startswith(f"s.toml, line {line}: expected TOML, found")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="does not exist"):
        load(tmp_path / "sources.toml")
    with pytest.raises(SourcesError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"# a\n# caf\xe9\n")
    with pytest.raises(SourcesError, match="line 2: expected UTF-8 text, found byte 0xe9"):
        load(tmp_path / "latin.toml")


def test_files_with_a_byte_order_mark_and_other_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(b"\xef\xbb\xbf" + with_lines().replace("\n", "\r\n").encode())
    assert load(tmp_path / "s.toml")[0].name == "a"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except SourcesError as error:
        read = ()
        message = str(error)
    else:
        message = "sources.toml, line "
    assert read == ()
    assert message.startswith("sources.toml, line ")


def test_defaults_in_the_wrong_shape_are_a_mistake() -> None:
    for wrong in ('defaults = "every 1h"\n', "[[defaults]]\ndelay = 1\n"):
        with pytest.raises(SourcesError, match=r"line 1, defaults: expected \[defaults\] before its fields"):
            parse(wrong + '[[source]]\nname = "quill"\nurl = "https://quill.example/"\n')


def test_states_and_tags_of_a_source() -> None:
    source = parse(f'{HEAD}tags = ["Ports", "énergie", "ports"]\n')[0]
    assert (source.tags, source.state) == (("ports", "énergie"), "watched")
    assert parse(f"{HEAD}paused = true\n")[0].state == "paused"
    assert parse(f"{HEAD}paused = true\nwatched = false\n")[0].state == "unwatched"
    for wrong in ('tags = ["two words"]', 'tags = ["-x"]', "tags = [1]", 'paused = "yes"', "watched = 1"):
        with pytest.raises(SourcesError, match="line 4"):
            parse(f"{HEAD}{wrong}\n")
    with pytest.raises(SourcesError, match="paused: unknown field"):
        parse(f"[defaults]\npaused = true\n{HEAD}")
