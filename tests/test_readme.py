"""The README is true: its commands and options exist and none is missing, its tables are the tables, its SQL runs."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from pathlib import Path

import click
import pytest

from archive import decisions
from crawler.sources import parse
from scheduler import main
from tests.sample import build_sample

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
MEMORY = {
    "urls",
    "documents",
    "templates",
    "samples",
    "blocks",
    "unsettled",
    "imprints",
    "likenesses",
    "bands",
    "untold",
    "standings",
    "probes",
}


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def _section(title: str) -> str:
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], flags=re.M)[0]


def test_every_command_is_in_the_table_and_nothing_else() -> None:
    assert set(re.findall(r"^\| `dateline (\w+)", _section("The commands"), re.M)) == set(main.commands)


def test_every_command_line_shown_can_be_parsed() -> None:
    shown = re.findall(r"^\$ dateline (.+?)(?:\s{2,}#.*)?$", README, re.M)
    assert len(shown) > 5
    for line in shown:
        for command in re.sub(r"&& .*|> .*", "", line).split("|"):
            name, *words = re.findall(r'"[^"]*"|\S+', command)
            main.commands[name].make_context(name, [word.strip('"') for word in words], resilient_parsing=False)


def test_options_named_in_the_table_exist() -> None:
    for name, options in re.findall(r"^\| `dateline (\w+)([^`]*)`", _section("The commands"), re.M):
        known = {opt for p in main.commands[name].params if isinstance(p, click.Option) for opt in p.opts}
        assert set(re.findall(r"--\w[\w-]*", options)) <= known


def test_the_documented_tables_are_the_tables(tmp_path: Path) -> None:
    archive = tmp_path / "sample"
    build_sample(archive)
    section = _section("An archive is a directory")
    documented = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", section, re.M)))) | MEMORY
    with sqlite3.connect(archive / "archive.db") as db:
        names = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    assert {name for name in names if not name.startswith(("articles_fts", "_sqlite", "sqlite_"))} == documented
    for name in MEMORY:
        assert f"`{name}`" in section


@pytest.mark.parametrize("query", _blocks("sql"), ids=lambda query: query.splitlines()[0].lstrip("- "))
def test_the_sql_runs(query: str, tmp_path: Path) -> None:
    archive = tmp_path / "sample"
    build_sample(archive)
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute(query).fetchall()


def test_the_example_of_sources_is_read() -> None:
    example = next(block for block in _blocks("toml") if "[[source]]" in block)
    (source,) = parse(example)
    assert source.name == "astana-times"
    assert source.delay == 2


def test_the_example_of_a_decision_is_read() -> None:
    example = next(block for block in _blocks("toml") if "[[boilerplate]]" in block)
    (decision,) = decisions.parse(example)
    assert (decision.source, decision.decision) == ("astana-times", "keep")


def test_every_field_of_sources_is_explained() -> None:
    table = _section("Five minutes with your own newsroom")
    fields = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", table, re.M))))
    for field in fields - {"url", "name"}:
        value = {
            "schedule": '"every 1h"',
            "timezone": '"UTC"',
            "delay": "1",
            "max_pages": "1",
            "timeout": "60",
            "confirm": "2",
        }
        words = {
            "title": '"t"',
            "contact": '"a@b.example"',
            "recheck_then": '"1d"',
            "gone_after": '"1d"',
            "confirm": "2",
            "recheck": '["1d"]',
        }
        text = {**value, **words}.get(field, '["https://a.example/x"]')
        document = f'[[source]]\nname = "a"\nurl = "https://a.example/"\n{field} = {text}\n'
        if field == "timezone":
            document += 'schedule = "0 * * * *"\n'
        tomllib.loads(document)
        parse(document)
