"""The lines that the site makes are those that the program reads."""

from __future__ import annotations

import pytest

from archive.alerts.alert_toml import SERVICES, lines
from archive.alerts.settings import parse


@pytest.mark.parametrize("service", list(SERVICES))
def test_the_lines_can_be_read(service: str) -> None:
    text = lines({"deliver": [SERVICES[service][1]], "name": 'The "ferry"', "search": "ferry OR boat", "ever": False})
    (alert,) = parse(text).alerts
    assert (alert.name, alert.search, alert.deliver) == ('The "ferry"', "ferry OR boat", (SERVICES[service][1],))
    assert "ever" not in text
    assert text.index("name") < text.index("search") < text.index("deliver")
