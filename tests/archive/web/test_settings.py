"""The file that says who may see what: what it may hold, and which slips are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.web.server import build
from archive.web.settings import SiteConfig, SiteOptions, read_config
from tests.support.sample import build_sample


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
