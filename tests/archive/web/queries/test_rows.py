"""Running the SQL of pages."""

from __future__ import annotations

from archive.web.queries.rows import number, row, rows
from tests.archive.web.queries.support import Database, got


def test_rows_a_row_and_a_number(db: Database) -> None:
    names = "select name from sources order by name"
    assert len(got(rows(db, names))) == 4
    first = got(row(db, names))
    assert first is not None
    assert first["name"] == "hoshino-lab"
    assert got(row(db, "select 1 from sources where name = ?", ["nobody"])) is None
    assert got(number(db, "select count(*) from sources where name <> :name", {"name": "hoshino-lab"})) == 3
