"""Sources are added to sources.toml and changed in it, and all else stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.errors import SourcesError
from crawler.sources.edits import EXAMPLE, add, change, name_from
from crawler.sources.sources import load, parse
from tests.crawler.sources.texts import HEAD, with_lines


def test_add_keeps_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    before = "# mine\n" + with_lines("delay  =  3   # slow") + "\n\n# the end\n"
    path.write_text(before)
    source = add(path, "https://www.lake.example.org/news/", feeds=("https://lake.example.org/f",), title='The "Lake"')
    assert path.read_text().startswith(before)
    assert load(path)[1] == source
    assert (source.name, source.title, source.feeds) == ("lake-example", 'The "Lake"', ("https://lake.example.org/f",))
    assert list(tmp_path.iterdir()) == [path]


def test_add_to_the_example(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(EXAMPLE)
    add(path, "https://lake.example.org/", "lake", schedule="every 5m", delay=0)
    text = path.read_text()
    assert text.startswith(EXAMPLE)
    assert text[len(EXAMPLE) :].strip().split("\n") == [
        "[[source]]",
        'name = "lake"',
        'url = "https://lake.example.org/"',
        'schedule = "every 5m"',
        "delay = 0",
    ]


def test_add_refuses_what_is_watched_and_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(with_lines())
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
    assert path.read_text() == with_lines()


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
    assert [source.name for source in parse(EXAMPLE)] == ["astana-times"]
    uncommented = re.sub(r"^# (?=\[\[source|[a-z_]+ = )", "", EXAMPLE, flags=re.MULTILINE)
    first, *more = parse(uncommented)
    defaults = parse(with_lines())[0]
    assert len(more) >= 3
    assert (first.policy, first.max_pages, first.timeout) == (defaults.policy, defaults.max_pages, defaults.timeout)


@pytest.mark.parametrize("host", ["con.example", "www.nul.org", "aux"])
def test_a_name_made_of_a_host_is_no_device(host: str) -> None:
    assert name_from(f"https://{host}/").endswith("-news")


def test_a_field_of_one_source_is_changed_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(HEAD, encoding="utf-8")
    assert change(file, "a", paused=True).paused
    assert change(file, "a", paused=None, tags=("ports",)).tags == ("ports",)
    assert file.read_text(encoding="utf-8") == f'{HEAD}tags = ["ports"]\n'
    with pytest.raises(SourcesError, match="no source is called b"):
        change(file, "b", paused=True)
