"""A newsroom that gives all its releases new addresses: each moved, and none is a new release."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.commandline import dateline, publish, sources
from tests.support.site import Conversation, Page, Site, redirect

COUNT = 5
GONE = Page(b"<h1>Not found</h1>", status=404)


def _redirected(site: Site, old: str, new: str) -> None:
    site.answers[old] = redirect(new)


def _removed(site: Site, old: str, new: str) -> None:
    site.pages[old] = GONE


def _led_home(site: Site, old: str, new: str) -> None:
    site.answers[old] = redirect("/news/", 302)


def _move(site: Site, leave: Callable[[Site, str, str], None]) -> dict[str, str]:
    """Give every release another address, and leave something at the old one; the new addresses by the old ones."""
    moved = [(one, replace(one, slug=f"2026-{one.slug}-item")) for one in site.releases]
    site.releases[:] = [new for _, new in moved]
    for old, new in moved:
        leave(site, old.path, new.path)
    return {site.at(old.path): site.at(new.path) for old, new in moved}


def _rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        return db.execute(sql).fetchall()


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("leave", [_redirected, _removed, _led_home])
def test_releases_at_new_addresses_have_moved_and_are_not_new(
    leave: Callable[[Site, str, str], None], tmp_path: Path
) -> None:
    with Site() as site:
        publish(site, COUNT)
        (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        where = _move(site, leave)
        told = dateline("crawl", archive=tmp_path)
        assert re.search(r"quill\s+0\s+0\s+0", told.stdout)
        moved = _rows(
            tmp_path,
            "select old.url, new.url from events e join articles old on old.id = e.article_id"
            " join articles new on new.id = old.moved_to where e.kind = 'moved' and old.status = 'moved'",
        )
        assert dict(moved) == where
        assert _rows(tmp_path, "select count(*) from events where kind = 'new'") == [(COUNT,)]
        before = _record(tmp_path)
        site.log.clear()
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        assert not {asked.path for asked in site.log} & {old.removeprefix(site.url.rstrip("/")) for old in where}
        assert _record(tmp_path) == before


@pytest.mark.usefixtures("forked")
def test_a_release_that_is_published_twice_is_two_and_its_first_address_is_asked_once(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, COUNT)
        (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        again = [replace(one, slug=f"2026-{one.slug}-item") for one in site.releases[:3]]
        site.releases += again
        for number in (1, 0, 0):
            site.log.clear()
            assert dateline("crawl", archive=tmp_path).exit_code == 0
            assert [site.count(one.path) for one in site.releases[:3]] == [number] * 3
        for one in site.releases[:3]:
            site.pages[one.path] = GONE
        with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
            db.execute("update urls set next_check = last_checked where state = 'article'")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        told = dict(_rows(tmp_path, "select kind, count(*) from events group by 1"))
        assert told == {"new": COUNT + 3, "missing": 3}


class _Hosts(Site):
    """A proxy that stands for all hosts: the newsroom is at the first, or has moved to the second."""

    def __init__(self, *hosts: str) -> None:
        super().__init__()
        self.hosts = hosts
        self.now = hosts[0]

    @property
    def url(self) -> str:
        return f"http://{self.now}/"

    def answer(self, conversation: Conversation) -> None:
        asked = urlsplit(conversation.path)
        conversation.path = asked.path
        if asked.hostname == self.now:
            super().answer(conversation)
        else:
            redirect(self.at(asked.path))(conversation)


@pytest.mark.parametrize("is_seen_first", [True, False])
def test_releases_of_a_newsroom_that_moves_to_another_host_are_not_new(
    is_seen_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _Hosts("press.quill.example", "www.osk.example")
    with site:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        publish(site, COUNT)
        (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        site.now = site.hosts[1]
        if is_seen_first:
            assert dateline("crawl", archive=tmp_path).exit_code == 0
            assert {kind for (kind,) in _rows(tmp_path, "select kind from health")} == {"moved"}
        (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        assert _rows(tmp_path, "select count(*) from articles where moved_to is not null") == [(COUNT,)]
        assert _rows(tmp_path, "select count(*) from events where kind = 'new'") == [(COUNT,)]


def _record(archive: Path) -> list[list[tuple[Any, ...]]]:
    return [
        sorted(_rows(archive, "select kind, at, article_id, url, detail, capture_id, confirmed_by from events")),
        sorted(_rows(archive, "select id, url, title, text, status, moved_to, first_seen, revisions from articles")),
        sorted(_rows(archive, "select article_id, n, title, text, severity, summary from revisions")),
    ]
