"""The table [processing] of sources.toml: where pages are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from archive.core.model import ExecutorKind, Processing
from archive.core.toml import TomlDocument, Validator, number_of, text_of

TABLE = "processing"


def _executor(value: Any) -> ExecutorKind:
    kinds: tuple[ExecutorKind, ...] = get_args(ExecutorKind)
    for kind in kinds:
        if value == kind:
            return kind
    raise ValueError(" or ".join(f'"{kind}"' for kind in kinds))


_READERS: Mapping[str, Validator] = {
    "executor": _executor,
    "address": text_of(
        'the address of a Dask scheduler, such as "tcp://10.0.0.5:8786"', r"(?:tcp|tls|ws|wss|ucx)://\S{1,200}"
    ),
    "workers": number_of("a whole number from 1 to 100000", 1, 100_000, whole=True),
}


def processing_in(document: Mapping[str, Any], reading: TomlDocument) -> Processing:
    """What the file says, in which an address without an executor means Dask. Its mistakes are added to `reading`."""
    table = document.get(TABLE, {})
    begins = reading.lines.tables(TABLE)
    line = begins[0] if begins else 0
    if not isinstance(table, dict):
        reading.note(reading.lines.key(0, TABLE), TABLE, f"expected [{TABLE}] before its fields")
        return Processing()
    values = reading.values(table, _READERS, line)
    executor = values.setdefault("executor", "dask" if "address" in values else "processes")
    if executor == "dask" and "address" not in table:
        reading.note(line, "address", 'expected address = "tcp://..." beside executor = "dask"; there is none')
    return Processing(**values)
