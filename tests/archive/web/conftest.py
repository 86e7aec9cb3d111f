"""The site answers as late as a busy machine makes it: only the tests of that limit set one."""

from __future__ import annotations

import pytest

from archive.web import security


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "ANSWER_WITHIN", 600.0)
