"""What a start finds in the WARC files: what was not entered, torn tails, files that lost records or are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import warc
from archive.core.model import Capture
from archive.store.database import Store
from tests.support.archiving import Newsroom, ingesting, later, page, rows, tables


def recovered(directory: Path) -> list[tuple[str, int, int, str]]:
    with ingesting(directory) as ingest:
        return [(item.warc_file, item.captures, item.lost, item.message) for item in ingest.recover()]


def events(directory: Path) -> list[str]:
    found = rows(directory / "archive.db", "select detail from events where kind = 'recovered' order by rowid")
    return [row["detail"] for row in found]


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    """Ten pages of one month in the tables."""
    room = Newsroom(tmp_path)
    made = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(10)]
    with ingesting(tmp_path) as ingest:
        ingest.add(made)
    return made


def test_an_event_is_noted_once_however_often_it_is_found(tmp_path: Path, captures: list[Capture]) -> None:
    file = tmp_path / captures[0].warc_file
    file.write_bytes(file.read_bytes() + b"\x1f\x8b\x08 half a record")
    assert len(recovered(tmp_path)) == 1
    file.write_bytes(file.read_bytes() + b"\x1f\x8b\x08 half a record")
    assert len(recovered(tmp_path)) == 1
    assert len(events(tmp_path)) == 1


def test_a_file_shorter_than_the_tables_know_is_told_and_what_is_new_in_it_comes_in(
    tmp_path: Path, captures: list[Capture]
) -> None:
    before = tables(tmp_path / "archive.db", ["articles", "revisions"])
    file = tmp_path / captures[0].warc_file
    file.write_bytes(file.read_bytes()[: captures[3].warc_offset])
    ((name, new, lost, message),) = recovered(tmp_path)
    assert (name, new, lost) == (captures[0].warc_file, 0, 7)
    assert f"{captures[0].warc_file} lacks 7 captures" in message
    assert events(tmp_path) == [message]
    assert tables(tmp_path / "archive.db", ["articles", "revisions"]) == before
    room = Newsroom(tmp_path)
    for number in range(20, 29):  # at the places of those that are lost, and never entered: a kill
        room.answer(f"/news/{number}-path", page(number), at=later(days=1, minutes=number))
    assert sum(item[1] for item in recovered(tmp_path)) == 9
    assert len(rows(tmp_path / "archive.db", "select id from articles")) == 19
    assert sum(item[1] for item in recovered(tmp_path)) == 0


def test_a_missing_file_is_told_until_it_is_back(tmp_path: Path, captures: list[Capture]) -> None:
    file = tmp_path / captures[0].warc_file
    content = file.read_bytes()
    file.unlink()
    ((name, _, lost, message),) = recovered(tmp_path)
    assert (name, lost) == (captures[0].warc_file, 10)
    assert "is missing" in message
    file.write_bytes(content)
    assert recovered(tmp_path) == []
    assert len(rows(tmp_path / "archive.db", "select id from articles")) == 10


def test_a_look_at_a_sound_file_reads_one_record_and_what_follows(
    tmp_path: Path, captures: list[Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[int] = []
    recover = warc.recover

    def noted(directory: Path, warc_file: str, start: int = 0) -> warc.Recovery:
        starts.append(start)
        return recover(directory, warc_file, start)

    monkeypatch.setattr(warc, "recover", noted)
    assert recovered(tmp_path) == []
    assert starts == [captures[-1].warc_offset + captures[-1].warc_length]


def test_asked_to_stop_it_leaves_the_rest_for_the_next_start(tmp_path: Path) -> None:
    made = [Newsroom(tmp_path, name).answer("/news/1-path", page(1)) for name in ("ister", "osk")]
    with Store(tmp_path / "archive.db"):
        pass
    with ingesting(tmp_path, stopping=lambda: True) as ingest:
        assert ingest.recover() == ()
    assert len(recovered(tmp_path)) == len(made)
