"""Every command: what it does, says and returns, on a real archive of a real local newsroom."""

from __future__ import annotations

import errno
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.cli import terminal
from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.store.database import Store
from crawler.cli.schedules import in_units
from scheduler import main
from tests.support.commandline import dateline, facts, publish, sources
from tests.support.site import Page, Site, always, redirect

pytestmark = pytest.mark.usefixtures("forked")

NOWHERE = "http://127.0.0.1:9/"
"""A port that refuses connections."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(robots="User-agent: *\nDisallow: /private/\n") as newsroom:
        publish(newsroom, 8)
        yield newsroom


@pytest.fixture(scope="module")
def archive(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that was crawled once; tests that change something copy what they need."""
    directory = tmp_path_factory.mktemp("archive")
    (directory / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
    result = dateline("crawl", archive=directory)
    assert result.exit_code == 0, result.output
    return directory


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example_and_its_exit_codes(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"], prog_name="dateline")
    assert result.exit_code == 0
    assert f"dateline {name} " in result.output or f"dateline {name}\n" in result.output
    assert re.search(rf"Example:\n\s+dateline {name}", result.output)
    assert "Exit codes: 0 done" in result.output
    for option in ("--archive DIR", "--verbose", "--debug"):
        assert option in result.output


@pytest.mark.parametrize("words", [[], ["sources"]])
def test_each_command_is_told_in_a_whole_line(words: list[str]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"], prog_name="dateline", terminal_width=80)
    commands = result.output.split("\nCommands:\n")[1].split("\n\n")[0].splitlines()
    assert len(commands) == len(main.commands["sources"].commands if words else main.commands)  # type: ignore[attr-defined]
    assert all(re.fullmatch(r"  \w+ +[A-Z].*[^.]\.", line) for line in commands), commands


def test_all_commands_are_there() -> None:
    assert set(main.commands) == {
        "init", "add", "check", "sources", "crawl", "import", "run", "serve", "search", "status", "rebuild",
        "verify", "compact", "evidence", "export", "backup", "boilerplate", "keep", "remove", "reclean", "alerts",
        "split", "merge", "publish", "offload", "man", "similar",
    }  # fmt: skip


def test_a_wrong_command_line_is_exit_code_two(tmp_path: Path) -> None:
    assert dateline("crawl", "--limit", "0", archive=tmp_path).exit_code == 2
    assert dateline("search", archive=tmp_path).exit_code == 2
    assert dateline("nonsense", archive=tmp_path).exit_code == 2


def test_init_makes_an_archive_once(tmp_path: Path) -> None:
    place = tmp_path / "news" / "rooms"
    assert dateline("init", place, archive=tmp_path).exit_code == 0
    written = (place / "sources.toml").read_text(encoding="utf-8")
    assert "[[source]]" in written
    again = dateline("init", archive=place)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert "the exit code is then 1" in " ".join(dateline("init", "--help", archive=place).stdout.split())
    assert (place / "sources.toml").read_text(encoding="utf-8") == written


def empty(directory: Path) -> Path:
    (directory / "sources.toml").write_text("# mine\n", encoding="utf-8")
    return directory


def test_add_finds_title_and_feed(site: Site, tmp_path: Path) -> None:
    result = dateline(
        "add", site.url, "--allow-private", "--name", "quill", "--schedule", "every 30m", archive=empty(tmp_path)
    )
    assert result.exit_code == 0, result.output
    assert "quill is watched every 30m: Port of Quill Press Office" in result.stdout
    assert f"feed: {site.at('/feed/')}" in result.stdout
    listed = facts("sources", archive=tmp_path)
    assert [(each["name"], each["feeds"], each["title"]) for each in listed] == [
        ("quill", [site.at("/feed/")], "Port of Quill Press Office")
    ]
    assert (tmp_path / "sources.toml").read_text(encoding="utf-8").startswith("# mine")


def test_add_takes_a_feeds_own_address(site: Site, tmp_path: Path) -> None:
    found = facts("add", site.at("/feed/"), "--allow-private", archive=empty(tmp_path))
    assert found["source"]["feeds"] == [site.at("/feed/")]


def test_add_asks_robots_first_and_says_its_name(site: Site, tmp_path: Path) -> None:
    site.log.clear()
    result = dateline("add", site.at("/private/news"), "--allow-private", archive=empty(tmp_path))
    assert result.exit_code == 1
    assert "robots.txt disallows it: nothing was written" in result.stderr
    assert facts("sources", archive=tmp_path) == []
    assert site.paths() == ["/robots.txt"]
    feed = ("--feed", site.at("/feed/"))
    named = dateline("add", site.at("/private/news"), "--allow-private", *feed, archive=tmp_path)
    assert (named.exit_code, len(facts("sources", archive=tmp_path))) == (0, 1)
    assert site.log[0].headers["user-agent"].startswith("dateline/")


def test_add_without_a_network(tmp_path: Path) -> None:
    result = dateline(
        "add", "press.valdora.example", "--no-fetch", "--listing", "https://press.valdora.example/all",
        "--sitemap", "https://press.valdora.example/map.xml", archive=empty(tmp_path),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    source = facts("sources", archive=tmp_path)[0]
    assert source["url"] == "https://press.valdora.example/"
    assert source["listings"] == ["https://press.valdora.example/all"]
    assert source["sitemaps"] == ["https://press.valdora.example/map.xml"]


@pytest.mark.parametrize(
    ("path", "page", "told"),
    [
        ("/missing", Page(status=404), "answered 404"),
        ("/gone", Page(status=410), "answered 410"),
        ("/shut", Page(status=403), "answered 403"),
        ("/note", Page(b"not gzip", headers=(("Content-Encoding", "gzip"),)), "names no feed"),
        ("/picture", Page(b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png"), "names no feed"),
        ("/empty", Page(b""), "names no feed"),
        ("/moved", Page(status=302, headers=(("Location", "/missing"),)), "answered 404"),
    ],
)
def test_add_refuses_what_is_no_newsroom(path: str, page: Page, told: str, site: Site, tmp_path: Path) -> None:
    site.answers[path] = always(page)
    result = dateline("add", site.at(path), "--allow-private", archive=empty(tmp_path))
    assert result.exit_code == 1
    assert told in result.stderr
    assert "nothing was written" in result.stderr
    assert facts("sources", archive=tmp_path) == []
    known = dateline("add", site.at(path), "--allow-private", "--no-fetch", archive=tmp_path)
    assert known.exit_code == 0


@pytest.mark.parametrize("status", [429, 503])
def test_add_writes_the_source_though_its_server_is_busy(status: int, site: Site, tmp_path: Path) -> None:
    site.answers["/busy"] = always(Page(status=status, headers=(("Retry-After", "9" * 400),)))
    result = dateline("add", site.at("/busy"), "--allow-private", archive=empty(tmp_path))
    assert result.exit_code == 0
    assert f"answered {status}" in result.stderr
    assert len(facts("sources", archive=tmp_path)) == 1


def test_add_asks_a_word_for_a_private_address_and_the_source_says_so(site: Site, tmp_path: Path) -> None:
    site.log.clear()
    inside = ("127.0.0.1:9", "http://2130706433/", "http://[::1]/", "http://localhost/", "http://press.internal/")
    for address in (site.url, *inside):
        for more in ((), ("--no-fetch",)):
            result = dateline("add", address, *more, archive=empty(tmp_path))
            assert (result.exit_code, "--allow-private" in result.stderr) == (1, True), address
    named = dateline("add", "https://valdora.example/", "--no-fetch", "--feed", site.at("/feed/"), archive=tmp_path)
    assert (named.exit_code, "--allow-private" in named.stderr) == (1, True)
    assert site.log == []
    assert facts("sources", archive=tmp_path) == []
    assert dateline("add", site.url, "--allow-private", archive=tmp_path).exit_code == 0
    assert "allow_private = true" in (tmp_path / "sources.toml").read_text(encoding="utf-8")
    assert facts("sources", archive=tmp_path)[0]["allow_private"] is True


def test_add_follows_no_redirect_inside_and_writes_no_private_address_that_a_page_names(
    site: Site, tmp_path: Path
) -> None:
    site.log.clear()
    site.answers["/inside"] = redirect(site.at("/news/").replace("127.0.0.1", "localhost"))
    result = dateline("add", site.at("/inside"), "--allow-private", archive=empty(tmp_path))
    assert "localhost leads to" in result.stderr
    assert "/news/" not in site.paths()
    hidden = '<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/feed"><a href="/news/">News</a>'
    site.pages["/names"] = Page(f"<html><head><title>Port</title></head><body>{hidden}</body></html>".encode())
    found = facts("add", site.at("/names"), "--allow-private", archive=tmp_path)
    assert "10.0.0.1" not in str(found)
    assert found["found"]["listings"] == [site.at("/news/")]


def test_add_writes_nothing_where_no_server_answers(tmp_path: Path) -> None:
    result = dateline("add", NOWHERE, "--allow-private", archive=empty(tmp_path))
    assert result.exit_code == 1
    assert "refused: nothing was written. Check the spelling" in result.stderr
    assert facts("sources", archive=tmp_path) == []
    assert dateline("add", NOWHERE, "--allow-private", "--no-fetch", archive=tmp_path).exit_code == 0
    again = dateline("check", facts("sources", archive=tmp_path)[0]["name"], archive=tmp_path)
    assert (again.exit_code, "refused" in again.stderr, "written" in again.stderr) == (3, True, False)


def test_add_refuses_what_it_cannot_watch(tmp_path: Path) -> None:
    empty(tmp_path)
    for stated in ("ftp://valdora.example/", "mailto:press@valdora.example", "javascript:press.show(7)"):
        refused = dateline("add", stated, archive=tmp_path)
        assert (refused.exit_code, "is not a web address" in refused.stderr) == (2, True), stated
    for words in (["https://ida:tide77@a.example/"], ["a.example", "--feed", "https://ida:tide77@a.example/f"]):
        told = dateline("add", *words, "--no-fetch", archive=tmp_path)
        assert (told.exit_code, "never logs in" in told.stderr, "tide77" in told.output) == (1, True, False)
    assert "not the address of a newsroom" in dateline("add", "valdora", archive=tmp_path).stderr
    assert dateline("add", "https://valdora.example/", "--no-fetch", archive=tmp_path).exit_code == 0
    again = dateline("add", "https://valdora.example/", "--no-fetch", archive=tmp_path)
    assert (again.exit_code, "watched already" in again.stderr) == (1, True)
    wrong = dateline("add", "https://ister.example/", "--no-fetch", "--schedule", "soon", archive=tmp_path)
    assert (wrong.exit_code, "every 30m" in wrong.stderr) == (1, True)


def test_json_says_of_each_schedule_which_kind_it_is(tmp_path: Path) -> None:
    text = "\n".join(
        f'[[source]]\nname = "s{n}"\nurl = "https://s{n}.example/"\nschedule = "{words}"'
        for n, words in enumerate(("auto", "every 30m", "*/15 * * * *"))
    )
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    assert [each["schedule"] for each in facts("sources", archive=tmp_path)] == [
        {"kind": "auto"},
        {"kind": "every", "seconds": 1800},
        {"kind": "cron", "expression": "*/15 * * * *", "zone": "UTC"},
    ]


def test_sources_without_any(tmp_path: Path) -> None:
    assert "dateline add" in dateline("sources", archive=empty(tmp_path)).stdout
    assert facts("sources", archive=tmp_path) == []


def test_crawl_tells_what_it_brought(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
    first = facts("crawl", archive=tmp_path)
    assert [(each["source"], each["tally"]["new"], each["failed"]) for each in first] == [("quill", 8, False)]
    second = dateline("crawl", "quill", archive=tmp_path)
    assert second.exit_code == 0
    assert re.search(r"quill\s+0\s+0\s+0", second.stdout)


def test_a_source_that_a_person_took_out_or_named_anew_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    with Site() as old, Site() as new:
        old.release("ferry-sails", "The ferry sails")
        file.write_text(sources(quill=old.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).stderr == ""
        file.write_text(sources(wren=new.url), encoding="utf-8")
        told = dateline("crawl", archive=tmp_path).stderr
        assert "quill is no longer in sources.toml: it is not crawled, and its articles stay." in told
        assert "quill is no longer" not in dateline("crawl", archive=tmp_path).stderr


def test_an_archive_without_its_sources_says_how_they_come_back(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(sources(quill=site.url), encoding="utf-8")
    assert dateline("crawl", archive=tmp_path).exit_code == 0
    file.unlink()
    for command in ("crawl", "sources"):
        assert "copy the file back from a backup" in dateline(command, archive=tmp_path).stderr
    assert dateline("init", archive=tmp_path).exit_code == 0
    assert dateline("sources", "watch", "quill", archive=tmp_path).exit_code == 0
    assert [each["url"] for each in facts("sources", archive=tmp_path) if each["name"] == "quill"] == [site.url]


def test_a_day_that_lies_ahead_or_is_none_is_a_mistake(archive: Path, tmp_path: Path) -> None:
    for words in (["crawl"], ["search", "quay"], ["export"], ["crawl", "--backfill"]):
        told = dateline(*words, "--since", "2999-12-01", archive=archive)
        assert (told.exit_code, "2999-12-01 lies ahead (today is 2" in told.stderr) == (2, True), told.output
    told = dateline("crawl", "--since", "1.12.2025", archive=archive)
    assert (told.exit_code, "'1.12.2025' is not a day written as YYYY-MM-DD" in told.stderr) == (2, True)
    for words in (["search", "quay"], ["export"]):
        told = dateline(*words, "--since", "2026-03-02", "--until", "2026-03-01", archive=archive)
        assert (told.exit_code, "is later than --until 2026-03-01" in told.stderr) == (2, True)
    assert "what the options ask for" in dateline("search", "quay", "--until", "2001-01-01", archive=archive).stdout


def test_robots_txt_is_read_once_a_day_for_all_sources_of_a_host(tmp_path: Path) -> None:
    with Site(robots="User-agent: *\nDisallow: /private/\n") as newsroom:
        publish(newsroom, 3)
        named = sources(quill=newsroom.url, berths=newsroom.at("/news/"))
        (tmp_path / "sources.toml").write_text(named, encoding="utf-8")
        assert dateline("crawl", "quill", archive=tmp_path).exit_code == 0
        for name in ("quill", "berths"):
            newsroom.log.clear()
            assert dateline("crawl", name, archive=tmp_path).exit_code == 0
            assert newsroom.count("/news/") + newsroom.count("/feed/")
            assert not newsroom.count("/robots.txt")
        newsroom.robots = "User-agent: *\nDisallow: /\n"
        with Store(tmp_path / "archive.db") as store, store.writing() as db:
            db.execute("update robots set until = read_at")
        newsroom.log.clear()
        dateline("crawl", archive=tmp_path)
        assert newsroom.paths() == ["/robots.txt"]


def test_crawl_limit_and_since(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
    assert facts("crawl", "--limit", "2", archive=tmp_path)[0]["tally"]["new"] == 2
    recent = tmp_path / "recent"
    recent.mkdir()
    text = sources(quill=site.url) + f'feeds = ["{site.at("/feed/")}"]\n'
    (recent / "sources.toml").write_text(text, encoding="utf-8")
    assert facts("crawl", "--since", "2026-03-06", archive=recent)[0]["tally"]["new"] == 3
    assert facts("crawl", archive=recent)[0]["tally"]["new"] == 5, "what was left for the day is taken up later"


def test_a_walk_back_that_ended_at_a_day_goes_on_when_no_day_is_given(tmp_path: Path) -> None:
    with Site() as site:
        for number in range(50):
            site.release(f"quay-{number:02}", day=f"2026-{number // 10 + 1:02}-{number % 10 + 1:02}")
        place = f'listings = ["{site.at("/news/")}"]\n'
        (tmp_path / "sources.toml").write_text(sources(quill=site.url) + place, encoding="utf-8")
        bounded = facts("crawl", "--backfill", "--since", "2026-04-04", archive=tmp_path)[0]
        assert bounded["tally"]["new"] == 17
        again = facts("crawl", "--backfill", "--since", "2026-04-04", archive=tmp_path)[0]
        assert again["tally"]["new"] == 0
        assert facts("crawl", "--backfill", archive=tmp_path)[0]["tally"]["new"] == 33
        later = tmp_path / "later"
        later.mkdir()
        (later / "sources.toml").write_text(sources(quill=site.url) + place, encoding="utf-8")
        assert facts("crawl", "--backfill", "--since", "2026-06-01", archive=later)[0]["tally"]["new"] == 0
        assert facts("crawl", "--backfill", archive=later)[0]["tally"]["new"] == 50
        assert facts("crawl", "--backfill", archive=tmp_path)[0]["tally"]["new"] == 0


def test_crawl_of_a_source_that_fails_is_exit_code_three_and_the_others_are_crawled(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(sources(down=NOWHERE, quill=site.url), encoding="utf-8")
    result = dateline("crawl", "--json", archive=tmp_path)
    assert result.exit_code == 3
    reports = {each["source"]: each for each in json.loads(result.stdout)}
    assert reports["down"]["failed"]
    assert not reports["quill"]["failed"]
    assert reports["quill"]["tally"]["new"] == 8
    health = {each["name"]: each for each in facts("status", archive=tmp_path)["sources"]}
    assert health["down"]["failures"] == 1
    assert health["down"]["last_error"]
    assert health["quill"]["failures"] == 0


def test_crawl_with_nothing_to_do_says_so(tmp_path: Path) -> None:
    result = dateline("crawl", archive=empty(tmp_path))
    assert result.exit_code == 0
    assert "no source to crawl" in result.stderr


def test_crawl_names_what_is_wrong(tmp_path: Path) -> None:
    missing = dateline("crawl", archive=tmp_path)
    assert (missing.exit_code, "dateline init" in missing.stderr) == (1, True)
    (tmp_path / "sources.toml").write_text(sources(quill=NOWHERE), encoding="utf-8")
    unknown = dateline("crawl", "quil", archive=tmp_path)
    assert (unknown.exit_code, "quil; there are: quill" in unknown.stderr) == (1, True)
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "x"\nurl = 7\n', encoding="utf-8")
    broken = dateline("crawl", archive=tmp_path)
    assert (broken.exit_code, "line 3" in broken.stderr) == (1, True)


def test_one_writer_at_a_time(archive: Path) -> None:
    with writer_lock(archive, "somebody else", datetime.now(UTC)):
        for arguments in (["crawl"], ["rebuild"], ["import", str(archive)], ["run"]):
            result = dateline(*arguments, archive=archive)
            assert result.exit_code == 1
            assert "in use by `somebody else`" in result.stderr
        assert dateline("search", "quay", archive=archive).exit_code == 0
        assert dateline("status", archive=archive).exit_code == 0


def test_search(archive: Path) -> None:
    found = facts("search", "quay", "--limit", "3", archive=archive)
    assert (len(found["hits"]), found["total"]) == (3, 8)
    assert facts("search", "quay-5", archive=archive)["total"] == 1
    shown = dateline("search", "quay-5", archive=archive)
    assert "Quay 5 opens" in shown.stdout
    assert "1 article" in shown.stdout
    none = dateline("search", "zeppelin", archive=archive)
    assert (none.exit_code, "No article" in none.stdout) == (0, True)


@pytest.mark.parametrize("words", ['"', "* AND (", "NEAR(", "title:", "-", "'; drop table articles; --", "[bold]"])
def test_search_takes_any_words(words: str, archive: Path) -> None:
    assert dateline("search", "--", words, archive=archive).exit_code == 0


def test_status(archive: Path) -> None:
    told = facts("status", archive=archive)
    assert told["daemon"] is None
    assert told["bytes"]["warc_files"] == 1
    assert told["bytes"]["warc"] > 1000
    assert [(each["name"], each["articles"], each["failures"]) for each in told["sources"]] == [("quill", 8, 0)]
    shown = dateline("status", archive=archive)
    assert shown.exit_code == 0
    assert "quill" in shown.stdout
    assert "No daemon runs" in shown.stdout


@pytest.mark.parametrize("arguments", [["search", "word"], ["status"], ["serve", "--port", "0"], ["rebuild"]])
def test_where_there_is_no_archive(arguments: list[str], tmp_path: Path) -> None:
    result = dateline(*arguments, archive=tmp_path / "nothing")
    assert result.exit_code == 1
    assert result.stderr.startswith("dateline: ")
    assert not (tmp_path / "nothing").exists()


def tables(directory: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(directory / "archive.db")) as db:
        return {
            name: sorted(db.execute(f"select * from {name}"), key=repr)
            for name in ("articles", "revisions", "captures", "sources", "runs")
        }


def test_rebuild_brings_everything_back(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
    dateline("crawl", archive=tmp_path)
    before = tables(tmp_path)
    assert facts("rebuild", archive=tmp_path)["articles"] == 8
    assert tables(tmp_path) == before
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    assert dateline("rebuild", archive=tmp_path).exit_code == 0
    after = tables(tmp_path)
    assert {name: after[name] for name in ("articles", "revisions", "captures")} == {
        name: before[name] for name in ("articles", "revisions", "captures")
    }


def test_import_of_another_archives_files(archive: Path, tmp_path: Path) -> None:
    first = facts("import", archive / "warc", archive=tmp_path)
    assert first["articles"] == 8
    again = facts("import", archive / "warc", archive=tmp_path)
    assert (again["captures"], again["articles"]) == (0, 0)


def test_import_gives_pages_to_the_source_of_their_host(archive: Path, site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(sources(harbour=site.url), encoding="utf-8")
    dateline("import", archive / "warc", archive=tmp_path)
    assert [each["name"] for each in facts("status", archive=tmp_path)["sources"] if each["articles"]] == ["harbour"]


def test_import_names_what_it_cannot_read(tmp_path: Path) -> None:
    missing = dateline("import", tmp_path / "none.warc", archive=tmp_path)
    assert (missing.exit_code, "does not exist" in missing.stderr) == (1, True)
    (tmp_path / "empty.warc").touch()
    empty_file = dateline("import", tmp_path / "empty.warc", archive=tmp_path)
    assert (empty_file.exit_code, "is no WARC or ARC file: it is empty" in empty_file.stderr) == (3, True)


def test_import_of_a_file_that_breaks_off_keeps_what_it_can_and_is_exit_code_three(
    archive: Path, tmp_path: Path
) -> None:
    whole = next((archive / "warc").rglob("*.warc.gz")).read_bytes()
    (tmp_path / "torn.warc.gz").write_bytes(whole[:-100])
    result = dateline("import", tmp_path / "torn.warc.gz", archive=tmp_path)
    assert (result.exit_code, "breaks off" in result.stderr) == (3, True)
    assert facts("search", "quay", archive=tmp_path)["total"] >= 7


@pytest.mark.parametrize("command", ["init", "crawl", "import", "search", "status", "rebuild"])
def test_an_archive_that_cannot_be_is_a_message(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    words = {"import": [str(tmp_path)], "search": ["word"]}.get(command, [])
    result = dateline(command, *words, archive=tmp_path / "file" / "inside")
    assert result.exit_code == 1
    assert result.stderr.startswith("dateline: ")
    assert isinstance(result.exception, SystemExit)


def test_the_daemon_does_not_start_with_a_wrong_file_or_a_taken_port(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\n", encoding="utf-8")
    wrong = dateline("run", archive=tmp_path)
    assert (wrong.exit_code, "line 1" in wrong.stderr) == (1, True)
    (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
    port = site.url.rstrip("/").rpartition(":")[2]
    taken = dateline("run", "--serve", "--port", port, archive=tmp_path)
    assert (taken.exit_code, f"port {port}" in taken.stderr) == (1, True)


def test_lengths_of_time_as_sources_toml_writes_them() -> None:
    assert [in_units(seconds) for seconds in (1800, 7200, 86400, 604800, 90, 86401)] == [
        "30m", "2h", "1d", "1w", "90s", "86401s",
    ]  # fmt: skip


def failing(error: BaseException) -> click.Command:
    def fail(**_: object) -> None:
        raise error

    return click.command(cls=terminal.Command)(terminal.options(fail))


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ArchiveError("the archive is shut"), 1, "dateline: the archive is shut"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/warc/x"), 1, "No space left on device: /a/warc/x"),
        (PermissionError(errno.EACCES, "Permission denied", "/a"), 1, "dateline: Permission denied: /a"),
        (sqlite3.OperationalError("database or disk is full"), 1, "the disk is full"),
        (sqlite3.DatabaseError("database disk image is malformed"), 1, "dateline rebuild"),
        (sqlite3.OperationalError("attempt to write a readonly database"), 1, "permissions"),
        (sqlite3.OperationalError("database is locked"), 1, "locked by another program"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("oh"), 1, "unexpected error, a bug in Dateline (ZeroDivisionError: oh)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_whatever_goes_wrong_ends_in_a_message(error: BaseException, code: int, said: str) -> None:
    result = CliRunner().invoke(failing(error))
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_bug_leaves_its_traceback_in_a_file_and_debug_shows_it() -> None:
    result = CliRunner().invoke(failing(ZeroDivisionError("oh")))
    named = re.search(r"The traceback is in (\S+\.log);", result.stderr)
    assert named
    assert "ZeroDivisionError: oh" in Path(named[1]).read_text(encoding="utf-8")
    Path(named[1]).unlink()
    shown = CliRunner().invoke(failing(ZeroDivisionError("oh")), ["--debug"])
    assert isinstance(shown.exception, ZeroDivisionError)


def test_status_says_what_is_wrong_with_a_source_since_when_and_what_to_do(site: Site, tmp_path: Path) -> None:
    text = sources(quill=site.url) + f'feeds = ["{site.at("/feed/")}", "{site.at("/no-feed/")}"]\n'
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    assert dateline("crawl", archive=tmp_path).exit_code == 3
    result = dateline("status", "--json", archive=tmp_path)
    assert result.exit_code == 3
    (told,) = json.loads(result.stdout)["sources"]
    (finding,) = told["findings"]
    assert (finding["kind"], finding["about"]) == ("way dead", site.at("/no-feed/"))
    assert finding["since"] == told["health_since"]
    assert finding["words"] in told["health"]
    assert told["contract"]["releases"] == 8
    shown = dateline("status", archive=tmp_path).stdout
    assert re.search(
        r"what to do \(way dead, since [^)]+\): Look for the new address of the feed", " ".join(shown.split())
    )


def test_add_proposes_a_browser_for_a_page_that_scripts_make_and_writes_that_down(site: Site, tmp_path: Path) -> None:
    archive = empty(tmp_path)
    site.pages["/app"] = Page(b"<html><head><script src=/a.js></script></head><body><div id=app></div></body></html>")
    site.robots = "User-agent: *\nDisallow: /feed\nDisallow: /sitemap\nDisallow: /news\n"
    refused = dateline("add", site.at("/app"), "--allow-private", archive=archive)
    command = f"dateline add {site.at('/app')} --listing {site.at('/app')} --render"
    assert refused.exit_code == 1
    assert command in " ".join(refused.stderr.split())
    added = dateline(*command.split()[1:], "--allow-private", "--no-fetch", archive=archive)
    assert added.exit_code == 0, added.output
    assert "render = true" in (archive / "sources.toml").read_text(encoding="utf-8")
