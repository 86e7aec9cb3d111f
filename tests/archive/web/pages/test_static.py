"""Style sheets, scripts and pictures: kept by browsers as long as their version stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive.web.pages.static import VERSION


def test_a_file_of_this_version_is_kept_and_others_are_asked_for_again(ask: Callable[..., Any]) -> None:
    kept = ask(f"/-/dateline/style.css?v={VERSION}")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-type"].startswith("text/css")
    assert ask("/-/dateline/style.css?v=older").headers["cache-control"] == "no-cache"
    assert ask("/-/dateline/nothing.css").status_code == 404
