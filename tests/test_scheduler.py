"""The command line as a whole. What it does is tested from the outside (tests/end_to_end)."""

from __future__ import annotations

from pathlib import Path

from archive.cli.source_settings import SourceSettings
from scheduler import settings_of


def test_the_archives_own_commands_know_the_sources_by_their_hosts(tmp_path: Path) -> None:
    assert settings_of(tmp_path) == SourceSettings()
    (tmp_path / "sources.toml").write_text(
        """
[[source]]
name = "valdora"
url = "https://press.valdora.example/"
feeds = ["https://feeds.valdora.example/news.xml"]
confirm = 4

[[source]]
name = "second"
url = "https://press.valdora.example/second"
"""
    )
    found = settings_of(tmp_path)
    assert found.hosts == {"press.valdora.example": "valdora", "feeds.valdora.example": "valdora"}
    assert found.policies["valdora"].confirm == 4
