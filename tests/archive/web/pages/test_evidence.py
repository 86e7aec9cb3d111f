"""The evidence pack that the site hands out: that of the command, whole and verifiable."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.core.errors import ArchiveError
from archive.web.pages import evidence
from archive.web.workers import Overrun, lanes
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_a_pack_holds_what_its_sums_say(ask: Ask) -> None:
    number = article_id("budget")
    assert f'href="/article/{number}/evidence.zip"' in ask(f"/article/{number}").text
    answer = ask(f"/article/{number}/evidence.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert f"evidence-{number}.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        names = pack.namelist()
        (sums,) = [name for name in names if name.endswith("SHA256SUMS")]
        assert len(names) == 7
        for line in pack.read(sums).decode().splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(pack.read(sums.replace("SHA256SUMS", name))).hexdigest() == digest


def test_what_is_not_there_or_cannot_be_read_is_said(ask: Ask, archive: Path) -> None:
    assert ask("/article/7/evidence.zip").status_code == 404
    for path in (archive / "warc").rglob("*.warc.gz"):
        path.unlink()
    answer = ask(f"/article/{article_id('budget')}/evidence.zip")
    assert answer.status_code == 503
    assert f"dateline evidence {article_id('budget')} --zip" in answer.text


def test_a_pack_that_takes_too_long_is_left_to_the_command(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ended(*_: object) -> bytes:
        raise Overrun

    monkeypatch.setattr(lanes().pages, "run", ended)
    answer = ask(f"/article/{article_id('budget')}/evidence.zip")
    assert answer.status_code == 503
    assert "takes longer than a page may take" in answer.text


def test_a_pack_that_is_too_large_is_none(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(evidence, "_MOST", 100)
    with pytest.raises(ArchiveError, match="larger than"):
        evidence.pack(archive, archive / "archive.db", True, article_id("budget"), datetime(2026, 3, 12, tzinfo=UTC))
