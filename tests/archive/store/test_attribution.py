"""Which article a capture belongs to: the one that its address led to at its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.store import attribution
from tests.support.archiving import HOST, Newsroom, ingesting, later, page, rows

FOUND = """
    select a.url from captures c left join articles a on a.id = c.article_id where c.status = 404 order by c.fetched_at
"""


def test_an_article_with_the_id_of_another_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "article_number", lambda *_: 7)
    with ingesting(tmp_path) as ingest:
        ingest.add([Newsroom(tmp_path).answer("/news/1-path", page(1))])
    refused = pytest.raises(ArchiveError, match=r"valdora and at https://osk\.example/a of osk have the same id")
    with refused, ingesting(tmp_path) as ingest:
        ingest.add([Newsroom(tmp_path, "osk").answer("https://osk.example/a", page(2))])
    assert rows(tmp_path / "archive.db", "select count(*) as n from captures") == [{"n": 1}]


def test_what_was_no_page_belongs_to_the_article_that_its_address_led_to_then(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    missing = [room.answer("/news/1-path", status=404, at=later(hours=hours)) for hours in (-1, 5, 30)]
    first = room.answer("/news/1-path", page(1), at=later(hours=1))
    second = room.answer("/archive/2", page(2, canonical="/archive/2"), asked="/news/1-path", at=later(hours=20))
    for number, order in enumerate(([*missing, first, second], [second, first, *missing], [first, *missing, second])):
        with ingesting(tmp_path, f"{number}.db") as ingest:
            for capture in order:
                ingest.add([capture])
                ingest.flush()
        found = rows(tmp_path / f"{number}.db", FOUND)
        assert [row["url"] for row in found] == [None, f"{HOST}/news/1-path", f"{HOST}/archive/2"]
