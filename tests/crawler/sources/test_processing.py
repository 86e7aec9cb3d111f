"""The table [processing] of sources.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import SourcesError
from archive.core.model import Processing
from crawler.sources import sources

ONE = '[[source]]\nname = "valdora"\nurl = "https://press.valdora.example/"\n'


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", Processing()),
        ("[processing]\n", Processing()),
        ("[processing]\nworkers = 8\n", Processing(workers=8)),
        (
            '[processing]\nexecutor = "dask"\naddress = "tcp://10.0.0.5:8786"\n',
            Processing("dask", "tcp://10.0.0.5:8786"),
        ),
        ('[processing]\naddress = "tls://cluster:8786"\n', Processing("dask", "tls://cluster:8786")),
        (
            '[processing]\nexecutor = "processes"\naddress = "tcp://10.0.0.5:8786"\n',
            Processing("processes", "tcp://10.0.0.5:8786"),
        ),
    ],
)
def test_where_pages_are_read(tmp_path: Path, table: str, expected: Processing) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(ONE + table)
    assert sources.processing(file) == expected
    assert [source.name for source in sources.load(file)] == ["valdora"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[processing]\nexecutor = "threads"\n', 'line 5, executor: expected "processes" or "dask", found "threads"'),
        ('[processing]\naddress = "10.0.0.5"\n', "line 5, address: expected the address of a Dask scheduler"),
        ("[processing]\nworkers = 0\n", "line 5, workers: expected a whole number from 1"),
        ('[processing]\nexecutor = "dask"\n', 'line 4, address: expected address = "tcp://..." beside'),
        ("[processing]\nworker = 3\n", 'line 5, worker: unknown field; did you mean "workers"?'),
    ],
)
def test_every_mistake_is_named(tmp_path: Path, table: str, words: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(ONE + table)
    for read in (sources.processing, sources.load):
        with pytest.raises(SourcesError) as raised:
            read(file)
        assert words in str(raised.value)


def test_a_table_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text("processing = 3\n" + ONE)
    with pytest.raises(SourcesError, match=r"line 1, processing: expected \[processing\]"):
        sources.processing(file)
