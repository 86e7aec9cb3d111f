"""What holds for README and every page of docs/: links lead somewhere, what is shown can be typed and read, once."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from pathlib import Path

import click
import pytest

from archive.alerts import settings as alerts
from archive.boilerplate import decisions
from crawler.sources.sources import parse
from scheduler import main
from tests.docs.pages import DOCUMENTS, PAGES, ROOT, anchors, blocks, links, typed
from tests.support.sample import build_sample

OTHERS = ("CONTRIBUTING.md", "CHANGELOG.md", "archive/README.md", "crawler/README.md")
LINKING = PAGES | {name: (ROOT / name).read_text(encoding="utf-8") for name in OTHERS}
OUR_TABLES = {"source", "defaults", "processing", "boilerplate", "title", "alert", "site"}
PROGRAMS = {
    "cd", "cp", "dask", "dateline", "datasette", "docker", "export", "journalctl", "make", "mkdir", "pip", "pipx",
    "python3", "rm", "runuser", "sha256sum", "systemctl", "useradd", "warcio",
}  # fmt: skip


@pytest.mark.parametrize("page", LINKING)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in links(LINKING[page]):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.is_file(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_two_headings_alike(page: str) -> None:
    assert max(Counter(anchors(PAGES[page])).values()) == 1


def test_every_page_is_in_the_list_of_questions() -> None:
    listed = {link.partition("#")[0] for link in links(PAGES["docs/README.md"])}
    assert {Path(name).name for name in PAGES if name.startswith("docs/")} - {"README.md"} <= listed


def _commands(text: str) -> list[str]:
    """What is typed in a text: in console blocks, and in those of sh."""
    lines = "\n".join(blocks("sh", text)).replace("\\\n", " ").splitlines()
    return typed(text) + [re.sub(r"\s{2,}#.*$", "", line) for line in lines if line.strip()]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_can_be_parsed(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("feeds.opml", "newsrooms.csv"):
        Path(name).touch()
    Path("access.json").write_text("{}", encoding="utf-8")
    for line in _commands(PAGES[page]):
        assert re.split(r"[ =]", line)[0].removeprefix(".venv/bin/").rpartition("/")[2] in PROGRAMS | {"python"}, line
        for part in re.split(r" && |\|", re.sub(r" > .*", "", line)):
            found = re.search(r"(?:^|bin/)dateline (.*)", part.strip())
            if found and not line.startswith("docker"):
                words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', found[1])]
                _parse(main, words)


def _parse(group: click.Group, words: list[str]) -> None:
    """As the program reads a command line, to the innermost command."""
    inner = group.commands[words[0]]
    if isinstance(inner, click.Group) and words[1:] and words[1] in inner.commands:
        _parse(inner, words[1:])
    else:
        with inner.make_context(words[0], words[1:]):
            pass


def test_the_verbs_of_make_and_the_extras_that_are_named_are_there() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.findall(r"^\$ make (\S+)", DOCUMENTS, re.M) + re.findall(r"`make ([\w-]+)", DOCUMENTS)
    assert len(verbs) > 8
    for verb in verbs:
        assert re.search(rf"^{verb}:", rules, re.M), verb
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name for found in re.findall(r"'(?:\.|dateline)\[([\w,]+)\]'", DOCUMENTS) for name in found.split(",")}
    assert extras == set(project["optional-dependencies"]) - {"dev"}


@pytest.mark.parametrize("example", blocks("toml"), ids=lambda example: example.splitlines()[1])
def test_every_example_of_toml_is_read(example: str) -> None:
    found = tomllib.loads(example)
    assert found.keys() <= OUR_TABLES
    if found.keys() & {"source", "processing"}:
        assert len(parse(example)) == len(found.get("source", []))
    elif "boilerplate" in found:
        assert decisions.parse(example)
    else:
        assert alerts.parse(example).alerts


def test_every_example_of_json_is_read() -> None:
    assert len([json.loads(example) for example in blocks("json")]) > 1


def test_every_query_runs_and_none_is_printed_twice(tmp_path: Path) -> None:
    queries = blocks("sql")
    assert len(queries) == len(set(queries)) > 8
    with closing(sqlite3.connect(build_sample(tmp_path / "sample") / "archive.db")) as db:
        for query in queries:
            db.execute(query).fetchall()


def test_every_block_says_what_it_is() -> None:
    """So that none escapes these tests; what is neither typed nor read by a program is plain."""
    for page, text in PAGES.items():
        languages = re.findall(r"^```(\w+)$", text, re.M)
        assert set(languages) <= {"console", "sh", "sql", "toml", "json", "text", "ini", "dockerfile"}, page
        assert all("$ " not in block for block in blocks("", text)), page


def test_fields_and_exit_codes_are_described_in_one_place() -> None:
    for head in ("| field |", "| exit code |", "| event |", "| signal |", "| address |", "| table |"):
        assert len(re.findall(rf"^{re.escape(head)}", DOCUMENTS, re.M)) == 1, head


def test_the_program_names_pages_that_are_there() -> None:
    modules = [ROOT / "scheduler.py", *(ROOT / "archive").rglob("*.py"), *(ROOT / "crawler").rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in modules]
    named = {page for text in texts for page in re.findall(r"\bdocs/[\w-]+\.md\b", text)}
    assert named
    assert named <= PAGES.keys()
    assert not [text for text in texts if re.search(r"README['’]s (?:chapter|section)|README, \"", text)]
