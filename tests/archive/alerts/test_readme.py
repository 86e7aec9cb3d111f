"""The example of the README is an alert, and has every field."""

from __future__ import annotations

import re
from pathlib import Path

from archive.alerts.settings import FIELDS, parse

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def test_the_example_can_be_read_and_names_every_field() -> None:
    chapter = README.partition("\n## Alerts\n")[2].partition("\n## ")[0]
    example = chapter.partition("```toml\n")[2].partition("```")[0]
    settings = parse(example)
    assert [alert.name for alert in settings.alerts] == ["Ferries"]
    assert settings.site == "https://news.example.org"
    for field in FIELDS:
        assert re.search(rf"\b{field}\b", example), field
