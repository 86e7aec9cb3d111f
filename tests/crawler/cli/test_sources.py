"""`dateline sources`: what it writes, what each command then does, and that nothing archived changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive.core.files import writer_lock
from crawler.sources.sources import load
from tests.support.archiving import DAY, Newsroom, ingesting, page, rows, tables
from tests.support.commandline import dateline, facts, publish, sources
from tests.support.site import Site

TEXT = """\
# what we watch
[[source]]
name = "valdora"     # the capital
url = "https://press.valdora.example/"
schedule = "every 2h"

# the other port
[[source]]
name = "osk"
url = "https://osk.example/"
tags = ["Ports"]
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Articles of two sources of sources.toml, and of one that was only imported."""
    pages = {"valdora": (1, 2), "osk": (3,), "renn": (4,)}
    with ingesting(tmp_path) as ingest:
        for name, numbers in pages.items():
            room = Newsroom(tmp_path, name)
            ingest.add([room.answer(f"https://{name}.example/news/{n}-path", page(n)) for n in numbers])
    (tmp_path / "sources.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def states(archive: Path) -> dict[str, str]:
    return {row["name"]: row["state"] for row in rows(archive / "archive.db", "select name, state from sources")}


def said(archive: Path, *arguments: str) -> str:
    result = dateline("sources", *arguments, archive=archive)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_pausing_and_watching_again_leaves_the_file_as_it_was(archive: Path) -> None:
    assert "valdora is paused" in said(archive, "pause", "valdora", "osk")
    assert [source.state for source in load(archive / "sources.toml")] == ["paused", "paused"]
    assert (archive / "sources.toml").read_text(encoding="utf-8").count("paused = true\n") == 2
    assert states(archive)["valdora"] == "paused"
    assert "no source to crawl" in dateline("crawl", archive=archive).stderr
    assert "valdora paused" in " ".join(said(archive).split())
    assert "valdora is watched, every 2h." in said(archive, "watch", "valdora", "osk")
    assert (archive / "sources.toml").read_text(encoding="utf-8") == TEXT
    assert states(archive) == {"valdora": "watched", "osk": "watched", "renn": "unwatched"}


def test_what_is_no_longer_watched_keeps_its_articles_and_its_settings(archive: Path) -> None:
    before = tables(archive / "archive.db", ["articles", "captures", "events", "revisions"])
    said(archive, "unwatch", "valdora")
    assert states(archive) == {"valdora": "unwatched", "osk": "watched", "renn": "unwatched"}
    assert 'schedule = "every 2h"' in (archive / "sources.toml").read_text(encoding="utf-8")
    assert 'text="valdora"' not in said(archive, "--opml")
    assert 'category="ports"' in said(archive, "--opml")
    assert tables(archive / "archive.db", ["articles", "captures", "events", "revisions"]) == before
    again = dateline("add", "https://press.valdora.example/", "--yes", archive=archive)
    assert "`dateline sources watch valdora` watches it again" in again.output


def test_a_source_that_was_only_imported_is_listed_as_not_watched(archive: Path) -> None:
    listed = {each["name"]: (each["watched"], each["url"]) for each in facts("sources", archive=archive)}
    assert listed["renn"] == (False, "https://renn.example/")
    assert [name for name, (watched, _) in listed.items() if watched] == ["valdora", "osk"]
    assert "renn unwatched https://renn.example/" in " ".join(said(archive).split())
    assert "renn" not in said(archive, "--opml")


def test_tags_narrow_what_commands_find(archive: Path) -> None:
    assert "valdora has the tags energy, ports." in said(archive, "tag", "valdora", "Energy", "ports")
    assert [each["name"] for each in facts("sources", "--tag", "PORTS", archive=archive)] == ["valdora", "osk"]
    for tag, count in (("energy", 2), ("ports", 3)):
        assert facts("search", "harbour", "--tag", tag, archive=archive)["total"] == count
        exported = dateline("export", "--tag", tag, archive=archive).stdout.splitlines()
        assert len([json.loads(line) for line in exported]) == count
    assert facts("search", "harbour", "--tag", "energy", "--source", "osk", archive=archive)["total"] == 0
    assert [one["name"] for one in facts("status", "--tag", "energy", archive=archive)["sources"]] == ["valdora"]
    for command in (["search", "harbour"], ["export"], ["status"], ["crawl"], ["sources"]):
        wrong = dateline(*command, "--tag", "trains", archive=archive)
        assert wrong.exit_code == 1
        assert "tags" in wrong.stderr
        assert "energy, ports" in wrong.stderr
    said(archive, "tag", "valdora", "energy", "--remove")
    assert [each["tags"] for each in facts("sources", archive=archive)[:2]] == [["ports"], ["ports"]]
    assert rows(archive / "archive.db", "select * from source_tags order by source") == [
        {"tag": "ports", "source": "osk"},
        {"tag": "ports", "source": "valdora"},
    ]


def test_a_tag_written_by_hand_counts_at_once_and_without_sources_toml_the_last_ones_do(archive: Path) -> None:
    said(archive, "tag", "valdora", "energy")
    text = (archive / "sources.toml").read_text(encoding="utf-8").replace("energy", "coal")
    (archive / "sources.toml").write_text(text, encoding="utf-8")
    assert facts("search", "harbour", "--tag", "coal", archive=archive)["total"] == 2
    (archive / "sources.toml").unlink()
    assert facts("search", "harbour", "--tag", "energy", archive=archive)["total"] == 2


def test_crawl_takes_what_is_watched_of_the_tagged_and_what_is_named(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, 1)
        text = sources(quill=site.url, osk=site.url).replace("delay = 0", 'delay = 0\ntags = ["ports"]', 1)
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
        crawled = [report["source"] for report in facts("crawl", "--tag", "ports", archive=tmp_path)]
        assert crawled == ["quill"]
        said(tmp_path, "pause", "quill")
        assert "no source to crawl" in dateline("crawl", "--tag", "ports", archive=tmp_path).stderr
        assert [report["source"] for report in facts("crawl", "quill", archive=tmp_path)] == ["quill"]
        assert states(tmp_path) == {"quill": "paused", "osk": "watched"}


def test_a_new_title_has_no_comment_of_the_old_one_but_a_persons(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    table = '[[source]]\nname = "{}"\nurl = "https://{}.example/" # its page\ntitle = "Old"{}\n\n'
    notes = {"a": " # the title of its page", "b": "", "c": "  # ask Ida", "d": "   # what its file says"}
    file.write_text("".join(table.format(name, name, note) for name, note in notes.items()), encoding="utf-8")
    for name in notes:
        said(tmp_path, "rename", name, f"New {name}")
    said(tmp_path, "rename", "a", "Newer a")
    assert [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("title")] == [
        'title = "Newer a" # you gave it this title',
        'title = "New b"',
        'title = "New c"  # ask Ida',
        'title = "New d"   # you gave it this title',
    ]
    assert file.read_text(encoding="utf-8").count("# its page") == 4


def test_a_new_title_is_shown_and_rebuild_gives_the_same(archive: Path) -> None:
    said(archive, "rename", "valdora", "Port of Valdora")
    said(archive, "tag", "valdora", "energy")
    said(archive, "pause", "osk")
    names = ["articles", "captures", "source_tags"]
    before = tables(archive / "archive.db", names)
    everything = "select name, title, state from sources order by name"
    kept = rows(archive / "archive.db", everything)
    assert {"name": "valdora", "title": "Port of Valdora", "state": "watched"} in kept
    (archive / "archive.db").unlink()
    assert dateline("rebuild", archive=archive).exit_code == 0
    assert tables(archive / "archive.db", names) == before
    assert rows(archive / "archive.db", everything) == kept


def test_a_source_that_was_only_imported_gets_its_tags_too(archive: Path) -> None:
    said(archive, "tag", "renn", "ports")
    source = load(archive / "sources.toml")[2]
    assert (source.name, source.url, source.tags) == ("renn", "https://renn.example/", ("ports",))
    assert source.state == "unwatched"
    assert facts("search", "harbour", "--tag", "ports", archive=archive)["total"] == 2


@pytest.mark.parametrize(("command", "state"), [("watch", "watched"), ("pause", "unwatched"), ("unwatch", "unwatched")])
def test_a_source_that_is_no_longer_in_the_file_is_known_to_commands(archive: Path, command: str, state: str) -> None:
    kept = TEXT[: TEXT.rindex("[[source]]")]  # a person took out the table of osk, whose articles stay
    (archive / "sources.toml").write_text(kept, encoding="utf-8")
    said(archive, command, "osk")
    source = load(archive / "sources.toml")[-1]
    assert (source.name, source.url, source.state) == ("osk", "https://osk.example/", state)


def test_a_source_under_another_name_is_not_watched_a_second_time(archive: Path) -> None:
    renamed = TEXT.replace('"osk"', '"osk-port"')
    (archive / "sources.toml").write_text(renamed, encoding="utf-8")
    wrong = dateline("sources", "watch", "osk", archive=archive)
    assert wrong.exit_code == 1
    assert "https://osk.example/, is watched as osk-port" in wrong.stderr
    assert (archive / "sources.toml").read_text(encoding="utf-8") == renamed
    assert "osk-port is watched" in said(archive, "watch", "osk-port")


def test_mistakes_change_nothing(archive: Path) -> None:
    for arguments, words in (
        (["tag", "valdora", "two words"], "expected a word"),
        (["rename", "valdora", "two\nlines"], "expected a title"),
        (["pause", "nobody"], "no source is called nobody"),
        (["tag", "nobody", "ports"], "no source is called nobody"),
        (["rename", "nobody", "ports"], "no source is called nobody"),
    ):
        wrong = dateline("sources", *arguments, archive=archive)
        assert wrong.exit_code == 1
        assert words in wrong.stderr
    assert (archive / "sources.toml").read_text(encoding="utf-8") == TEXT


def test_while_another_command_writes_only_the_file_is_changed(archive: Path) -> None:
    with writer_lock(archive, "dateline run", DAY):
        said(archive, "tag", "valdora", "energy")
    assert rows(archive / "archive.db", "select * from source_tags") == []
    assert load(archive / "sources.toml")[0].tags == ("energy",)


def test_the_archive_may_be_named_before_or_behind_the_verb(archive: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(archive / "sources.toml", elsewhere)
    for words in (["--archive", str(elsewhere), "pause", "osk"], ["watch", "osk", "--archive", str(elsewhere)]):
        assert dateline("sources", *words, archive=archive).exit_code == 0
        assert (archive / "sources.toml").read_text(encoding="utf-8") == TEXT
        paused = load(elsewhere / "sources.toml")[1].paused
        assert paused == ("pause" in words)
