"""sources.toml: every field read, every mistake named with its line, edits that keep comments."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.errors import SourcesError
from archive.core.model import Policy
from crawler.sources.sources import Cron, Every, Source, add, change, example, load, name_from, parse

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


def _mistakes(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        parse(text, "s.toml")
    return str(caught.value).split("\n")


def _with(*lines: str) -> str:
    return "\n".join(["[[source]]", 'name = "a"', 'url = "https://example.org/"', *lines])


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
    (source,) = parse(_with())
    assert source == Source(name="a", title="a", url="https://example.org/")
    assert source.policy == Policy()
    assert (source.delay, source.schedule) == (2.0, Every(3600))


def test_defaults_hold_where_a_source_says_nothing() -> None:
    text = '[defaults]\ndelay = 7\ntimezone = "Asia/Tokyo"\nschedule = "0 6 * * *"\n' + _with("delay = 1")
    text += '\n[[source]]\nname = "b"\nurl = "https://example.net/"\nschedule = "every 2d"\n'
    a, b = parse(text)
    assert (a.delay, a.schedule) == (1.0, Cron("0 6 * * *", "Asia/Tokyo"))
    assert (b.delay, b.schedule) == (7.0, Every(172800))


def test_no_source_is_no_mistake() -> None:
    assert parse("# nothing yet\n") == ()


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
    (mistake,) = _mistakes(_with(line))
    assert mistake.startswith("s.toml, line ")
    assert words in mistake


@pytest.mark.parametrize("name", ["A", "a b", "../a", ".a", "a/b", "a\\\\b", "a.", "", "a" * 65, "-a"])
def test_a_name_must_be_safe_as_a_folder(name: str) -> None:
    (mistake,) = _mistakes(f'[[source]]\nurl = "https://example.org/"\nname = "{name}"\n')
    assert mistake.startswith("s.toml, line 3, name: expected up to 64 lower-case letters")


def test_all_mistakes_at_once_in_the_order_of_lines() -> None:
    text = (
        _with("delay = 'x'", 'titel = "T"') + '\n\n[[source]]\nname = "a"\nurl = "https://b.example.org"\n[[source]]\n'
    )
    assert [mistake.split(":")[0] for mistake in _mistakes("sources = 1\n" + text)] == [
        "s.toml, line 1, sources",
        "s.toml, line 5, delay",
        "s.toml, line 6, titel",
        "s.toml, line 9, name",
        "s.toml, line 11, name",
        "s.toml, line 11, url",
    ]


def test_a_key_of_a_later_source_is_not_taken_for_an_earlier_ones() -> None:
    text = _with("") + '\n[[source]]\nname = "b" # [[source]]\nurl = "https://b.example.org"\ndelay = -1'
    assert _mistakes(text)[0].startswith("s.toml, line 8, delay")


def test_a_table_where_a_value_belongs() -> None:
    text = _with("[source.delay]", "x = 1") + '\n[[source]]\nname = "b"\nurl = "https://b.example.org"\ndelay = 1'
    assert _mistakes(text) == ["s.toml, line 1, delay: expected seconds from 0 to 3600, found a table"]


def test_mistakes_among_the_defaults_are_told_once() -> None:
    text = (
        '[defaults]\nname = "a"\nrecheck = ["1d", "1h"]\n'
        + _with("")
        + '\n[[source]]\nname = "b"\nurl = "https://b.org"'
    )
    assert [mistake.split(": ")[0] for mistake in _mistakes(text)] == [
        "s.toml, line 2, name",
        "s.toml, line 3, recheck",
    ]
    assert _mistakes(_with("") + "\n[defualts]\nurl = 1") == [
        's.toml, line 5, defualts: unknown field; did you mean "defaults"?'
    ]


def test_fields_without_the_line_that_begins_a_source_are_one_mistake() -> None:
    fields = 'name = "a"\nurl = "https://a.example/"\nfeeds = []\nschedule = "auto"\n'
    [said] = _mistakes(f"# mine\n{fields}")
    assert said.startswith("s.toml, line 2, name: expected a line [[source]] above the fields of each source")
    assert _mistakes(f"{fields}colour = 1\n" + _with("delay = -1"))[0].startswith(
        "s.toml, line 1, name: expected a line"
    )
    assert len(_mistakes(f"{fields}colour = 1\n" + _with("delay = -1"))) == 3


def test_a_source_in_single_brackets_is_a_mistake_that_says_so() -> None:
    assert _mistakes('[source]\nname = "a"\n') == [
        "s.toml, line 1, source: expected [[source]] (with two brackets) before the fields of each source"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [('[[source]]\nname = "a\n', 2), ("[[source]]\nname = a\n", 2), (_with('name = "b"'), 4), ("a = [1,\n\n2", 3)],
)
def test_what_is_not_toml(text: str, line: int) -> None:
    (mistake,) = _mistakes(text)
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
    (tmp_path / "s.toml").write_bytes(b"\xef\xbb\xbf" + _with().replace("\n", "\r\n").encode())
    assert load(tmp_path / "s.toml")[0].name == "a"


def test_add_keeps_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    before = "# mine\n" + _with("delay  =  3   # slow") + "\n\n# the end\n"
    path.write_text(before)
    source = add(path, "https://www.lake.example.org/news/", feeds=("https://lake.example.org/f",), title='The "Lake"')
    assert path.read_text().startswith(before)
    assert load(path)[1] == source
    assert (source.name, source.title, source.feeds) == ("lake-example", 'The "Lake"', ("https://lake.example.org/f",))
    assert list(tmp_path.iterdir()) == [path]


def test_add_to_the_example(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(example())
    add(path, "https://lake.example.org/", "lake", schedule="every 5m", delay=0)
    text = path.read_text()
    assert text.startswith(example())
    assert text[len(example()) :].strip().split("\n") == [
        "[[source]]",
        'name = "lake"',
        'url = "https://lake.example.org/"',
        'schedule = "every 5m"',
        "delay = 0",
    ]


def test_add_refuses_what_is_watched_and_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(_with())
    with pytest.raises(SourcesError, match=r'http://www\.example\.org is watched already, by the source "a"'):
        add(path, "http://www.example.org")
    with pytest.raises(SourcesError, match='the name "a" is taken'):
        add(path, "https://b.example.org", "a")
    with pytest.raises(SourcesError, match="url: expected an http or https address"):
        add(path, "lake")
    with pytest.raises(SourcesError, match="schedule: expected"):
        add(path, "https://b.example.org", schedule="often")
    with pytest.raises(SourcesError, match="does not exist"):
        add(tmp_path / "none.toml", "https://b.example.org")
    assert path.read_text() == _with()


def test_names_are_made_unique(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text("")
    for page in "abc":
        add(path, f"https://example.org/{page}")
    assert [source.name for source in load(path)] == ["example", "example-2", "example-3"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.astanatimes.com/news/", "astanatimes"),
        ("https://press.un.org/en", "press-un"),
        ("https://news.example.co.uk", "news-example"),
        ("http://127.0.0.1:8000/", "127-0-0-1-8000"),
        ("https://www.gov.uk/", "gov"),
        ("nonsense", "source"),
    ],
)
def test_the_name_of_a_source_is_made_of_its_address(url: str, name: str) -> None:
    assert name_from(url) == name


@given(st.from_regex(r"https?://[a-z0-9.\-]{1,80}(:[0-9]{1,5})?/", fullmatch=True))
def test_a_name_made_of_an_address_is_a_name(url: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,63}", name_from(url))


def test_the_example_is_read_and_so_is_what_it_comments_out() -> None:
    assert [source.name for source in parse(example())] == ["astana-times"]
    uncommented = re.sub(r"^# (?=\[\[source|[a-z_]+ = )", "", example(), flags=re.MULTILINE)
    first, *more = parse(uncommented)
    defaults = parse(_with())[0]
    assert len(more) >= 3
    assert (first.policy, first.max_pages, first.timeout) == (defaults.policy, defaults.max_pages, defaults.timeout)


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


@pytest.mark.parametrize(
    "name", ["con", "nul", "prn", "aux", "com1", "lpt9", "con.news", "nul.tar.gz", "a.", "a ", " a", "."]
)
def test_names_of_devices_and_names_that_a_system_changes_are_refused(name: str) -> None:
    with pytest.raises(SourcesError, match="it names a folder"):
        parse(f'[[source]]\nname = "{name}"\nurl = "https://a.example/"\n', "sources.toml")


@pytest.mark.parametrize("name", ["console", "nullarbor", "com10", "co", "news.con", "aux-port"])
def test_names_that_only_begin_like_devices_are_names(name: str) -> None:
    assert parse(f'[[source]]\nname = "{name}"\nurl = "https://a.example/"\n', "sources.toml")[0].name == name


@pytest.mark.parametrize("host", ["con.example", "www.nul.org", "aux"])
def test_a_name_made_of_a_host_is_no_device(host: str) -> None:
    assert name_from(f"https://{host}/").endswith("-news")


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


def test_a_field_of_one_source_is_changed_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(HEAD, encoding="utf-8")
    assert change(file, "a", paused=True).paused
    assert change(file, "a", paused=None, tags=("ports",)).tags == ("ports",)
    assert file.read_text(encoding="utf-8") == f'{HEAD}tags = ["ports"]\n'
    with pytest.raises(SourcesError, match="no source is called b"):
        change(file, "b", paused=True)


HEAD = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'
