"""The file that says who may see what: what it may hold, and which slips are refused."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.web.server import build
from archive.web.settings import SiteConfig, SiteOptions, read_config
from tests.support.sample import article_id, build_sample


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("settings") / "archive")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "neither JSON nor YAML"),
        ("[1]", "a mapping of settings"),
        ('{"settings": {"sql_time_limit": 1}}', "no setting 'sql_time_limit'"),
        ('{"databases": {"news": {"allow": false}}}', "called \"archive\", not 'news'"),
        ('{"databases": {"archive": {"tables": {"artcles": {"allow": false}}}}}', "no table 'artcles'"),
        ('{"databases": {"archive": {"queries": {"taken_donw": {"allow": false}}}}}', "'taken_donw' has no SQL"),
        ("permissions:\n  view-instance:\n    id: root\n", "Datasette 1.0"),
        ("databases:\n  archive:\n    permissions: {}\n", "Datasette 1.0"),
        ('{"databases": []}', '"databases" must be a mapping'),
        ('{"databases": {"archive": {"tables": ["articles"]}}}', "must be mappings"),
        ('{"databases": {"archive": {"tables": {"articles": [1]}}}}', "table 'articles' must be a mapping"),
    ],
)
def test_a_file_that_would_leave_something_open_is_refused(
    archive: Path, tmp_path: Path, content: str, complaint: str
) -> None:
    file = tmp_path / "metadata.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ArchiveError, match=complaint):
        build(archive, SiteOptions(config=file))


def test_a_file_that_cannot_be_read_is_named(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nothing\.json cannot be read"):
        read_config(tmp_path / "nothing.json", archive / "archive.db")


def test_settings_are_taken_apart_from_metadata(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text("settings:\n  force_https_urls: true\nallow:\n  id: root\n", encoding="utf-8")
    assert read_config(file, archive / "archive.db") == SiteConfig(
        {"force_https_urls": True}, {"allow": {"id": "root"}}
    )
    assert read_config(None, archive / "archive.db") == SiteConfig()


def test_the_file_says_what_the_site_is_called_and_who_answers_for_it(archive: Path, tmp_path: Path) -> None:
    said = {"title": "Harbour <Watch>", "description": "Read & kept.", "about": "Imprint", "license": "CC0"}
    addresses = {"about_url": "https://watch.example/imprint", "license_url": "javascript:alert(1)"}
    (tmp_path / "site.json").write_text(json.dumps(said | addresses), encoding="utf-8")
    site = build(archive, SiteOptions(config=tmp_path / "site.json"))
    paths = ("/", "/nothing", "/feed.xml", "/feed.json", f"/article/{article_id('budget')}/cite.json")
    with asyncio.Runner() as runner:
        home, lost, atom, feed, cited = (runner.run(site.client.get(path)).text for path in paths)
    assert "<title>Harbour &lt;Watch&gt;: what institutions say" in home
    assert ">Harbour &lt;Watch&gt;</a>" in home
    assert 'Read &amp; kept. · <a href="https://watch.example/imprint">Imprint</a> · CC0</p>' in home
    assert "— Harbour &lt;Watch&gt;</title>" in lost
    assert "<title>Harbour &lt;Watch&gt;: Newest releases</title>" in atom
    assert json.loads(feed)["title"] == "Harbour <Watch>: Newest releases"
    assert json.loads(cited)[0]["archive"] == "Harbour <Watch>"
    for database in site.databases.values():
        database.close()
