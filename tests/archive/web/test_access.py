"""Who may see what: with the site closed, or a table of it, no address shows what is closed to somebody who may not."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette_auth_passwords.utils import hash_password

from archive.web.access import tables_read
from archive.web.data.canned import CANNED
from archive.web.server import build
from archive.web.settings import SiteOptions
from tests.archive.web.test_server import line_of, started
from tests.archive.web.test_site import capture_of, rows
from tests.docs.pages import blocks, chapter
from tests.support.sample import article_id, build_sample

ROOT = {"id": "root"}
CLOSED: dict[str, Any] = {"allow": ROOT}
WORDS = ("ferry", "crane", "budget", "Valdora", "Ister", "noor", "hoshino", "street", "Okafor")
"""Words of the sample's releases, sources and addresses; none may reach a stranger."""

TOKEN = re.compile(r"(?<=name=\"csrftoken\" value=\")[^\"]+")
"""What a form has at random, in which any four letters may stand."""

STATIC = (r"^/-/dateline/", "/favicon", "/-/static")
"""Beginnings of the patterns of static files, which all may have."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = build_sample(tmp_path_factory.mktemp("access") / "archive")
    with closing(sqlite3.connect(directory / "archive.db")) as connection, connection:
        connection.execute("insert into source_tags (tag, source) values ('harbours', 'port-of-ister')")
    return directory


@contextmanager
def served(archive: Path, config: dict[str, Any], place: Path) -> Iterator[tuple[Datasette, Callable[..., Any]]]:
    """A site with a config file; what is called asks it for a path, as an actor with `actor=`."""
    file = place / "config.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    site = build(archive, SiteOptions(config=file))

    with asyncio.Runner() as runner:

        def ask(path: str, actor: dict[str, str] | None = None) -> Any:
            cookies = {"ds_actor": site.sign({"a": actor}, "actor")} if actor else None
            return runner.run(site.client.get(path, cookies=cookies))

        yield site, ask
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()


def addresses(site: Datasette, archive: Path) -> dict[str, list[str]]:
    """For every route of the site, static files apart, addresses that lead to it."""
    article, capture = str(article_id("budget")), str(capture_of(archive, "budget"))
    tables = ["articles", "revisions", "captures", "events", "sources", "articles_fts", *CANNED]
    values = {
        "id": [capture if "capture" in "x" else article, capture],
        "n": ["2"],
        "name": ["port-of-ister"],
        "database": ["archive", "_internal"],
        "table": tables,
        "pks": [article],
        "format": ["json"],
        "rest": [""],
        "path": ["x"],
    }
    found: dict[str, list[str]] = {}
    for pattern, _ in site._routes():
        if pattern.pattern.startswith(STATIC):
            continue
        bare = re.sub(r"^\^|\$$", "", pattern.pattern)
        bare = re.sub(r"\(\?:[^()]*\)\?|\(\\\.\(\?P<format>[^)]*\)\)\?", "", bare)
        paths = [bare.replace("\\", "")]
        for name, choices in values.items():
            marked = re.compile(rf"\(\?P<{name}>.*?\)(?=/|$|\.)")
            paths = [
                marked.sub(choice, path) for path in paths for choice in (choices if marked.search(path) else [""])
            ]
        found[pattern.pattern] = paths
    assert all("(" not in path for paths in found.values() for path in paths), found
    return found


def test_every_route_of_a_closed_site_is_closed(archive: Path, tmp_path: Path) -> None:
    with served(archive, CLOSED, tmp_path) as (site, ask):
        routes = addresses(site, archive)
        assert len(routes) > 35
        assert {"/", "/search", "/feed.xml", "/archive", "/archive/articles"} <= {
            path for paths in routes.values() for path in paths
        }
        for pattern, paths in routes.items():
            for path in [*paths, *(f"{path}.json" for path in paths if "archive" in path)]:
                answer = ask(path)
                told = TOKEN.sub("", answer.text).lower()
                assert not [word for word in WORDS if word.lower() in told], path
                if path not in ("/-/login", "/-/password-tool"):
                    assert answer.status_code in (301, 302, 403, 404), (pattern, path, answer.status_code)
        assert ask("/archive.json?sql=select+title+from+articles").status_code == 403
        assert ask("/archive/articles.csv?_stream=1").status_code == 403


def test_who_is_let_in_sees_every_page(archive: Path, tmp_path: Path) -> None:
    article, capture = article_id("budget"), capture_of(archive, "budget")
    with served(archive, CLOSED, tmp_path) as (_, ask):
        pages = (
            "/", "/search?q=ferry", f"/article/{article}", f"/article/{article}/revision/2", f"/capture/{capture}",
            f"/capture/{capture}/raw", "/source/port-of-ister", "/events", "/feed.xml", "/feed.json", "/search.xml",
            "/changes.xml", "/robots.txt",
            "/archive", "/archive/articles", "/archive/taken_down", "/-/databases.json", "/-/metadata",
            "/-/allow-debug",
        )  # fmt: skip
        for path in pages:
            assert ask(path, ROOT).status_code == 200, path
            assert ask(path, {"id": "visitor"}).status_code == 403, path
        assert "Logged in as" in ask("/", ROOT).text
        assert "Log in" in ask("/").text


def test_a_site_that_is_open_to_all_asks_nobody_to_log_in(archive: Path) -> None:
    """Though a plugin for passwords is installed: it has no account."""
    site = build(archive)
    with asyncio.Runner() as runner:
        for path in ("/", "/archive/articles"):
            page = runner.run(site.client.get(path)).text
            assert "Feed of changes" in page
            assert "Log in" not in page


@pytest.mark.parametrize(
    ("closed", "shut", "open_"),
    [
        (
            "articles",
            "/ /search?q=ferry /article/{article} /article/{article}/revision/2 /capture/{capture} "
            "/capture/{capture}/raw /source/port-of-ister /events /feed.xml /changes.xml /archive/articles "
            "/archive/revisions /archive/articles_fts /archive/articles_fts_docsize /archive/events "
            "/archive/removed /archive/taken_down /archive/full_text?words=ferry "
            "/archive?sql=select+title+from+articles /archive/articles/{article}.json",
            "/archive /archive/captures /archive/sources /archive/pages_not_kept",
        ),
        (
            "captures",
            "/capture/{capture} /capture/{capture}/raw /archive/captures /archive?sql=select+1",
            "/ /article/{article} /events /archive/articles",
        ),
        (
            "revisions",
            "/article/{article}/revision/2 /archive/edits_this_month /search?q=ferry&ever=1 /search.csv?q=ferry&ever=1 "
            "/search.xml?q=ferry&ever=1 /archive/earlier_fts /archive/article_state",
            "/ /article/{article} /events /search?q=ferry /archive/removed",
        ),
        ("events", "/events /changes.xml /archive/events", "/ /article/{article} /source/port-of-ister /feed.xml"),
        ("sources", "/source/port-of-ister /archive/sources", "/ /article/{article} /search"),
    ],
)
def test_a_closed_table_closes_what_shows_it(archive: Path, tmp_path: Path, closed: str, shut: str, open_: str) -> None:
    names = {"article": article_id("budget"), "capture": capture_of(archive, "budget")}
    config = {"databases": {"archive": {"tables": {closed: {"allow": ROOT}}}}}
    with served(archive, config, tmp_path) as (_, ask):
        for path in shut.format(**names).split():
            assert ask(path).status_code == 403, path
            assert ask(path, ROOT).status_code == 200, path
        for path in open_.format(**names).split():
            assert ask(path).status_code == 200, path


def test_a_feed_of_changes_tells_no_earlier_words_to_whom_they_are_closed(archive: Path, tmp_path: Path) -> None:
    config = {"databases": {"archive": {"tables": {"revisions": {"allow": ROOT}}}}}
    with served(archive, config, tmp_path) as (_, ask):
        assert "[-" in ask("/changes.xml?kind=edited", ROOT).text
        assert "[-" not in ask("/changes.xml?kind=edited").text


def test_every_table_with_words_of_releases_closes_with_articles(archive: Path, tmp_path: Path) -> None:
    (names,) = zip(*rows(archive, "select name from sqlite_master where type in ('table', 'view')"), strict=True)
    wordless = {"captures", "documents", "runs", "source_tags", "sources", "story_articles", "urls"}
    assert len(names) > 20
    with served(archive, {"databases": {"archive": {"tables": {"articles": {"allow": ROOT}}}}}, tmp_path) as (_, ask):
        assert {name for name in names if ask(f"/archive/{name}.json").status_code == 200} == wordless
        assert all(ask(f"/archive/{name}.json", ROOT).status_code == 200 for name in names)


def test_sections_of_closed_tables_are_left_out(archive: Path, tmp_path: Path) -> None:
    names = ("captures", "events", "removed", "revisions", "runs", "sources", "story_articles")
    config = {"databases": {"archive": {"tables": {name: {"allow": ROOT} for name in names}}}}
    with served(archive, config, tmp_path) as (_, ask):
        page, home = ask(f"/article/{article_id('budget')}").text, ask("/").text
        for heading in ("How it changed", "Left out of the text", "What happened", "As it was served", "/capture/"):
            assert heading not in page
        assert "Edits and removals</h2>" not in home
        assert "failing, 3 times" not in home
        whole = ask(f"/article/{article_id('budget')}", ROOT).text
        assert "How it changed" in whole
        assert "As it was served" in whole


def test_closed_tags_narrow_nothing(archive: Path, tmp_path: Path) -> None:
    with served(archive, {"databases": {"archive": {"tables": {"source_tags": {"allow": ROOT}}}}}, tmp_path) as (
        _,
        ask,
    ):
        assert ask("/feed.xml?tag=harbours").status_code == 404
        assert ask("/feed.xml?tag=harbours", ROOT).status_code == 200
        for path in ("/search?tag=harbours", "/events?tag=harbours", "/trends?q=ferry&tag=harbours"):
            assert "tag=harbours" in ask(path, ROOT).text, path
            assert "No source" in ask(path).text, path


def test_a_closed_table_lends_no_titles_to_others(archive: Path, tmp_path: Path) -> None:
    tables = {"articles": {"allow": ROOT}, "events": {"allow": True}}
    with served(archive, {"databases": {"archive": {"tables": tables}}}, tmp_path) as (_, ask):
        for path in ("/archive/captures", "/archive/story_articles", "/archive/events?kind=gone"):
            answer = ask(path)
            assert answer.status_code == 200
            assert "Night ferry" not in answer.text
            assert "adopts" not in answer.text


def test_queries_and_databases_have_rules_of_their_own(archive: Path, tmp_path: Path) -> None:
    queries = {"taken_down": {"allow": ROOT}, "mine": {"sql": "select 1 as one", "allow": ROOT}}
    with served(archive, {"databases": {"archive": {"queries": queries}}}, tmp_path) as (_, ask):
        for path in ("/archive/taken_down", "/archive/mine"):
            assert ask(path).status_code == 403
            assert ask(path, ROOT).status_code == 200
        assert "Night ferry" in ask("/archive/taken_down", ROOT).text
        assert ask("/archive/silent_edits").status_code == 200
        assert "taken_down" not in ask("/archive").text
    with served(archive, {"databases": {"archive": {"allow": ROOT}}}, tmp_path) as (_, ask):
        for path in ("/", "/search", "/feed.xml", "/archive", "/archive/articles"):
            assert ask(path).status_code == 403, path
            assert ask(path, ROOT).status_code == 200, path
        assert ask("/-/databases.json").json() == []
    opened = {"allow_sql": True, "tables": {"captures": {"allow": ROOT}}}
    with served(archive, {"databases": {"archive": opened}}, tmp_path) as (_, ask):
        assert ask("/archive.json?sql=select+1").status_code == 200


def test_the_tables_that_queries_read_are_known() -> None:
    assert tables_read(CANNED["same_story"]["sql"]) == ("stories", "articles")
    assert tables_read(CANNED["media_contacts"]["sql"]) == ("articles",)
    assert all(tables_read(query["sql"]) for query in CANNED.values())


def test_settings_of_the_file_hold_and_keys_of_plugins_are_told_to_nobody(archive: Path, tmp_path: Path) -> None:
    config = {
        "title": "Harbour archive",
        "settings": {"default_page_size": 7, "base_url": "/news/"},
        "plugins": {"datasette-auth-passwords": {"root_password_hash": "pbkdf2:hidden"}},
    }
    with served(archive, config, tmp_path) as (site, ask):
        assert site.setting("default_page_size") == 7
        metadata = ask("/-/metadata")
        assert metadata.json()["title"] == "Harbour archive"
        assert "pbkdf2" not in metadata.text
        assert 'href="/news/search"' in ask("/").text


def test_plugins_of_a_directory_are_loaded(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "one_header_user.py").write_text(
        "from datasette import hookimpl\n\n@hookimpl\ndef actor_from_request(request):\n"
        "    return {'id': 'root'} if request.headers.get('x-test-user') == 'wren' else None\n"
    )
    file = tmp_path / "config.json"
    file.write_text(json.dumps(CLOSED))
    site = build(archive, SiteOptions(file, tmp_path / "plugins"))
    with asyncio.Runner() as runner:
        assert runner.run(site.client.get("/")).status_code == 403
        assert runner.run(site.client.get("/", headers={"x-test-user": "wren"})).status_code == 200


_SERVE = "import sys; from scheduler import main; main(sys.argv[1:], prog_name='dateline')"


def test_the_password_of_the_page_on_services_opens_the_site(archive: Path, tmp_path: Path) -> None:
    """The file that docs/service.md prints, a browser's way through the form, and a script's cookie."""
    printed = blocks("json", chapter("docs/service.md", "Behind a password"))[0]
    file = tmp_path / "access.json"
    file.write_text(printed, encoding="utf-8")
    os.environ["DATELINE_PASSWORD_HASH"] = hash_password("a long pass phrase")
    try:
        with started(_SERVE, "serve", "--port", "0", "--config", str(file), "--archive", str(archive)) as server:
            site = line_of(server).removeprefix("Serving ")
            _log_in_and_read(site)
    finally:
        del os.environ["DATELINE_PASSWORD_HASH"]


def _log_in_and_read(site: str) -> None:
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with pytest.raises(urllib.error.HTTPError, match="403"):
        browser.open(site, timeout=120)
    assert not list(jar), "a visitor who may not come in gets no cookie"
    form = browser.open(f"{site}-/login", timeout=120).read().decode()
    token = re.findall(r'name="csrftoken" value="([^"]+)"', form)[0]
    for password, expected in (("wrong", "Invalid username"), ("a long pass phrase", "Night ferry")):
        fields = {"username": "root", "password": password, "csrftoken": token}
        answer = browser.open(f"{site}-/login", urllib.parse.urlencode(fields).encode(), timeout=120)
        assert expected in answer.read().decode()
    assert "Night ferry" in browser.open(f"{site}feed.xml", timeout=120).read().decode()
