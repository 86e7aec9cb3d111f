"""From WARC records to tables: articles, edits, removals, aliases, rejections; in any order."""

from __future__ import annotations

from pathlib import Path

from tests.archiving import DAY, Newsroom, ingesting, later, page, rows, story, tables


def test_a_page_becomes_an_article_with_a_revision_and_an_event(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1))])
    (article,) = rows(tmp_path / "archive.db", "select * from articles")
    assert article["source"] == "valdora"
    assert "Ilva Renn" in article["text"]
    assert article["first_seen"] == article["last_checked"] == DAY.isoformat()
    (revision,) = rows(tmp_path / "archive.db", "select * from revisions")
    assert (revision["n"], revision["severity"]) == (1, "first")
    (event,) = rows(tmp_path / "archive.db", "select * from events")
    assert (event["kind"], event["article_id"]) == ("new", article["id"])


def test_a_changed_text_is_a_revision(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1))])
        ingest.add(
            [room.answer("/news/1-path", page(1, story(1).replace("18 volunteers", "81 volunteers")), at=later(days=1))]
        )
    assert [row["severity"] for row in rows(tmp_path / "archive.db", "select severity from revisions order by n")] == [
        "first",
        "minor",
    ]
    (event,) = rows(tmp_path / "archive.db", "select * from events where kind = 'edited'")
    assert "18 → 81" in event["detail"]


def test_the_same_captures_in_another_order_or_twice_give_the_same_tables(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{number}-path", page(number)) for number in range(6)]
    captures += [room.answer("/news/1-path", page(1, story(1, " Late.")), at=later(days=1))]
    captures += [room.answer("/news/1-path", status=404, at=later(days=2))]
    captures += [room.answer("/news/1-path", page(1), at=later(days=3))]
    with ingesting(tmp_path, "forward.db") as ingest:
        ingest.add(captures)
    with ingesting(tmp_path, "backward.db") as ingest:
        for capture in reversed(captures):
            ingest.add([capture, capture])
            ingest.flush()
    assert tables(tmp_path / "forward.db") == tables(tmp_path / "backward.db")
    kinds = [
        row["kind"]
        for row in rows(tmp_path / "forward.db", "select kind from events where kind <> 'new' order by at, rowid")
    ]
    assert kinds == ["edited", "gone", "returned", "edited"]
