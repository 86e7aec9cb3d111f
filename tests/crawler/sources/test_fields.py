"""What the fields of a source may be."""

from __future__ import annotations

import pytest

from archive.core.errors import SourcesError
from crawler.sources.sources import parse
from tests.crawler.sources.texts import mistakes, with_lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('schedul = "every 1h"', 'line 4, schedul: unknown field; did you mean "schedule"?'),
        ('colour = "red"', "line 4, colour: unknown field; expected one of: name, title"),
        ('schedule = "hourly"', 'line 4, schedule: expected "every 30m" or five cron fields'),
        ('schedule = "every 30"', "line 4, schedule: expected a number and a unit"),
        ('schedule = "60 * * * *"', 'numbers 0 to 59, ranges ("1-5"), lists ("1,15") or steps ("*/10") as the minute'),
        ('schedule = "0 0 31 4 *"', "this schedule would never be due"),
        ('timezone = "Mars/Base"', 'line 4, timezone: expected an IANA time zone such as "Asia/Almaty"'),
        ('timezone = "../etc"', "line 4, timezone: expected an IANA time zone"),
        ("delay = -1", "line 4, delay: expected seconds from 0 to 3600, found -1"),
        ("delay = true", "line 4, delay: expected seconds from 0 to 3600, found true"),
        ("delay = nan", "line 4, delay: expected seconds from 0 to 3600, found NaN"),
        ('allow_private = "yes"', "line 4, allow_private: expected true or false"),
        ("max_pages = 1.5", "line 4, max_pages: expected a whole number"),
        ('feeds = "https://example.org/feed"', 'line 4, feeds: expected a list, such as ["...", "..."], found "https'),
        (
            'feeds = [\n  "https://example.org/a",\n  "ftp://example.org/b",\n]',
            "line 6, feeds: expected an http or https",
        ),
        ('listings = ["example.org/news"]', '(perhaps "https://example.org/news"), found "example.org/news"'),
        ('exclude = ["("]', "line 4, exclude: expected a regular expression (missing )"),
        ('hosts = ["https://a.example/"]', "line 4, hosts: expected the name of a host, such as media.example.org"),
        ('hosts = ["a.example/x"]', "line 4, hosts: expected the name of a host"),
        ("include = [3]", "line 4, include: expected a regular expression, found 3"),
        ('contact = "a\\r\\nX-Evil: 1"', "line 4, contact: expected an e-mail or web address in ASCII"),
        ('recheck = ["1d", "1h"]', "line 4, recheck: expected ages that grow"),
        ('recheck = ["soon"]', 'line 4, recheck: expected a number and a unit (s, m, h, d, w), such as "30m" or "1d"'),
        ('title = ""', "line 4, title: expected a title on one line"),
        ("schedule = 5", "line 4, schedule: expected a text in quotes, found 5"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, words: str) -> None:
    (mistake,) = mistakes(with_lines(line))
    assert mistake.startswith("s.toml, line ")
    assert words in mistake


@pytest.mark.parametrize("name", ["A", "a b", "../a", ".a", "a/b", "a\\\\b", "a.", "", "a" * 65, "-a"])
def test_a_name_must_be_safe_as_a_folder(name: str) -> None:
    (mistake,) = mistakes(f'[[source]]\nurl = "https://example.org/"\nname = "{name}"\n')
    assert mistake.startswith("s.toml, line 3, name: expected up to 64 lower-case letters")


@pytest.mark.parametrize(
    "name", ["con", "nul", "prn", "aux", "com1", "lpt9", "con.news", "nul.tar.gz", "a.", "a ", " a", "."]
)
def test_names_of_devices_and_names_that_a_system_changes_are_refused(name: str) -> None:
    with pytest.raises(SourcesError, match="it names a folder"):
        parse(f'[[source]]\nname = "{name}"\nurl = "https://a.example/"\n', "sources.toml")


@pytest.mark.parametrize("name", ["console", "nullarbor", "com10", "co", "news.con", "aux-port"])
def test_names_that_only_begin_like_devices_are_names(name: str) -> None:
    assert parse(f'[[source]]\nname = "{name}"\nurl = "https://a.example/"\n', "sources.toml")[0].name == name


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("delay", 0, 3600),
        ("confirm", 1, 10),
        ("max_pages", 0, 10_000_000),
        ("timeout", 1, 604_800),
        ("max_bytes", 0, 10**15),
    ],
)
def test_numbers_are_held_to_their_bounds(field: str, least: int, most: int) -> None:
    document = '[[source]]\nname = "quill"\nurl = "https://quill.example/"\n' + field + " = {}\n"
    for fits in (least, most):
        (source,) = parse(document.format(fits))
        assert getattr(source, field) == fits
    for wrong in (least - 1, most + 1):
        with pytest.raises(SourcesError, match=f"line 4, {field}: expected .*, found {wrong}"):
            parse(document.format(wrong))
