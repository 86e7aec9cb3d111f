"""What a person wrote about a source goes with it, comments and all, and means the same in its new place."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archive.core.errors import SourcesError
from archive.shards import settings
from crawler.sources.sources import load
from tests.archive.shards.support import DECISIONS, SETTINGS

CLOCK = """\
[[ahead]]
warc_file = "warc/osk/2027-01.warc.gz"
before = 100
after = 2026-03-02T09:00:00Z
seconds = 60

[[ahead]]
warc_file = "warc/valdora/2027-01.warc.gz"
before = 200
after = 2026-03-02T09:00:00Z
seconds = 60
"""


@pytest.fixture
def giving(tmp_path: Path) -> Path:
    directory = tmp_path / "giving"
    directory.mkdir()
    for name, text in (("sources.toml", SETTINGS), ("decisions.toml", DECISIONS), ("clock.toml", CLOCK)):
        (directory / name).write_text(text)
    (tmp_path / "taking").mkdir()
    return directory


def moved(giving: Path, *names: str) -> Path:
    taking = giving.parent / "taking"
    for _ in range(2):
        settings.add(giving, taking, frozenset(names))
    for _ in range(2):
        settings.remove(giving, frozenset(names))
    return taking


def test_each_file_gives_its_part(giving: Path) -> None:
    before = {source.name: source for source in load(giving / "sources.toml")}
    taking = moved(giving, "valdora", "osk")
    assert load(taking / "sources.toml") == (before["valdora"], before["osk"])
    assert load(giving / "sources.toml") == (before["tarn"],)
    assert "# Newsrooms of the coast." in (taking / "sources.toml").read_text()
    assert "# the harbour" in (taking / "sources.toml").read_text()
    there = tomllib.loads((taking / "decisions.toml").read_text())
    assert [each["source"] for each in there["boilerplate"]] == ["osk", "valdora"]
    left = tomllib.loads((giving / "decisions.toml").read_text())
    assert [*left] == ["alert"]
    assert len(tomllib.loads((taking / "clock.toml").read_text())["ahead"]) == 2
    assert "ahead" not in tomllib.loads((giving / "clock.toml").read_text())


def test_only_what_is_of_the_source_goes(giving: Path) -> None:
    taking = moved(giving, "osk")
    assert settings.watched(taking) == {"osk"}
    assert settings.watched(giving) == {"valdora", "tarn"}
    assert 'source = "valdora"' in (giving / "decisions.toml").read_text()
    assert "warc/osk/" not in (giving / "clock.toml").read_text()


def test_a_source_keeps_the_defaults_it_had(giving: Path) -> None:
    before = {source.name: source for source in load(giving / "sources.toml")}
    taking = giving.parent / "taking"
    (taking / "sources.toml").write_text(
        '[defaults]\ndelay = 9\n\n[[source]]\nname = "q"\nurl = "https://q.example/"\n'
    )
    moved(giving, "valdora", "osk")
    assert load(taking / "sources.toml")[1:] == (before["valdora"], before["osk"])
    assert load(taking / "sources.toml")[0].delay == 9


def test_defaults_that_a_source_would_get_anew_are_refused(giving: Path) -> None:
    taking = giving.parent / "taking"
    (taking / "sources.toml").write_text("[defaults]\nconfirm = 1\n")
    with pytest.raises(SourcesError, match=r"defaults.*osk does not have.*confirm = 1.*State these fields"):
        settings.add(giving, taking, frozenset(["osk"]))
    assert (taking / "sources.toml").read_text() == "[defaults]\nconfirm = 1\n"


def test_an_archive_without_settings_gives_none(tmp_path: Path) -> None:
    settings.add(tmp_path, tmp_path, frozenset(["osk"]))
    settings.remove(tmp_path, frozenset(["osk"]))
    assert list(tmp_path.iterdir()) == []
    assert settings.watched(tmp_path) == frozenset()
