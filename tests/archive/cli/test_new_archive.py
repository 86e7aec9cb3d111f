"""An archive that was only just made can be served; one that lost its database is not taken for new."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from archive.cli.database import make_if_new
from archive.core.errors import ArchiveError
from archive.web.server import build


def test_a_new_archive_has_a_front_page(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    make_if_new(tmp_path)
    page = asyncio.run(build(tmp_path).client.get("/")).text
    assert "Nothing is archived yet" in page


@pytest.mark.parametrize("there", ["warc/valdora/2026-03.warc.gz", ""])
def test_what_is_no_new_archive_is_left_alone(there: str, tmp_path: Path) -> None:
    if there:
        (tmp_path / there).parent.mkdir(parents=True)
        (tmp_path / there).write_bytes(b"")
        (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    make_if_new(tmp_path)
    with pytest.raises(ArchiveError, match="does not exist"):
        build(tmp_path)
