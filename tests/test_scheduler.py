"""The command line as a whole. What it does is tested from the outside (tests/end_to_end)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from archive.cli import serve
from archive.cli.source_settings import SourceSettings
from archive.core.errors import ArchiveError
from scheduler import settings_of
from tests.support.commandline import dateline


class _EndedSite:
    """A site that ends while it starts; `number`: because a signal ended it and the daemon with it."""

    address = ""

    def __init__(self, number: int) -> None:
        self.number = number

    def start(self) -> None:
        if self.number:
            os.kill(os.getpid(), self.number)
        raise ArchiveError("The site did not start.")

    def stop(self) -> None:
        pass

    end = stop


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (0, 1)])
def test_a_daemon_that_is_stopped_while_its_site_starts_ends_without_an_error(
    number: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(serve, "site", lambda *args, **given: _EndedSite(number))
    ended = dateline("run", "--serve", archive=tmp_path)
    assert (ended.exit_code, "did not start" in ended.output) == (code, bool(code))


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
