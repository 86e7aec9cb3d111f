"""The example of docs/alerts.md is an alert, and has every field."""

from __future__ import annotations

import re

from archive.alerts.settings import FIELDS, parse
from tests.docs.pages import PAGES, blocks


def test_the_example_can_be_read_and_names_every_field() -> None:
    (example,) = blocks("toml", PAGES["docs/alerts.md"])
    settings = parse(example)
    assert [alert.name for alert in settings.alerts] == ["Ferries"]
    assert settings.site == "https://news.example.org"
    for field in FIELDS:
        assert re.search(rf"\b{field}\b", example), field
