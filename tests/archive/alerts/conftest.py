"""An archive, and a service that takes messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.alerts.support import Happenings, Webhook


@pytest.fixture
def happenings(tmp_path: Path) -> Happenings:
    return Happenings(tmp_path)


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as service:
        yield service
