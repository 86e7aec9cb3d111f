"""The extractor's name: it changes with whatever reading a page goes through, and with nothing else."""

from __future__ import annotations

from importlib import metadata

import pytest

from archive.extract import version


def test_the_modules_are_those_that_reading_a_page_goes_through() -> None:
    sources = version.sources()
    assert {"archive.extract.extract", "archive.page.html", "archive.text.dates", "archive.metadata.title"} <= set(
        sources
    )
    assert not version.APART & set(sources)
    assert not [
        name for name in sources if name.startswith(("archive.store", "archive.web", "archive.ingest", "crawler"))
    ]
    assert all(sources.values())


def test_the_name_is_the_same_as_long_as_nothing_changes() -> None:
    assert version.name() == version.name() == version.EXTRACTOR
    assert len(version.EXTRACTOR) == 10


def test_another_source_text_is_another_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.sources()
    name = next(iter(before))
    monkeypatch.setattr(version, "sources", lambda: before | {name: before[name] + b"#"})
    assert version.name() != version.EXTRACTOR


def test_another_library_is_another_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = metadata.version
    monkeypatch.setattr(metadata, "version", lambda library: installed(library) + (".1" if library == "lxml" else ""))
    assert version.name() != version.EXTRACTOR
