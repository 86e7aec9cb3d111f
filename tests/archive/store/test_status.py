"""How an archive stands: counted by indexes alone."""

from __future__ import annotations

import re
from pathlib import Path

from archive.store import status
from archive.store.database import Store
from archive.store.opening.readonly import open_readonly

SHORT = "(SCAN|SEARCH) (s|sources|backfills|unread)( |$)"
"""Tables that hold a row for each source, or only what waits."""


def test_no_count_reads_a_table_or_sorts_it(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db"):
        pass
    asked: list[str] = []
    with open_readonly(tmp_path / "archive.db") as connection:
        connection.set_trace_callback(asked.append)
        status.of_sources(connection)
        status.dropped(connection)
        connection.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in connection.execute(f"explain query plan {sql}")]
    steps = [step for step in plans if re.match("SCAN|SEARCH", step) and not re.match(SHORT, step)]
    assert len(steps) >= 6
    assert [step for step in steps if "INDEX" not in step] == []
    assert [
        step
        for step in steps
        if re.search("articles|captures|urls", step) and not re.search("COVERING|urls_due|urls_pending", step)
    ] == []
