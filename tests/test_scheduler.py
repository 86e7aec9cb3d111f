"""The command line as a whole: what its processes share. What it does is tested from the outside (tests/end_to_end)."""

from __future__ import annotations

import sys

import pytest

from scheduler import spare_children


@pytest.mark.parametrize(("script", "left"), [("/venv/bin/dateline", None), ("/venv/bin/pytest", "/venv/bin/pytest")])
def test_spawned_processes_do_not_run_the_installed_script_again(
    script: str, left: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__file__", script, raising=False)
    spare_children()
    assert sys.modules["__main__"].__file__ == left
