"""What is stated about the programs that made the data."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from archive.core.software import software, version


def test_every_program_has_a_version() -> None:
    stated = software()
    assert list(stated) == ["dateline", "trafilatura", "Python"]
    assert all(re.match(r"\d+(\.\d+)*", value) for value in stated.values())


def test_a_checkout_that_is_not_installed_has_version_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert version() == "0"
