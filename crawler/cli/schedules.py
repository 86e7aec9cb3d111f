"""Schedules in words, as commands print them."""

from __future__ import annotations

from crawler.sources.schedule import Auto
from crawler.sources.sources import Every, Source


def when(source: Source) -> str:
    """A schedule in words."""
    if isinstance(source.schedule, Auto):
        return "when it usually publishes (auto)"
    if isinstance(source.schedule, Every):
        return f"every {in_units(source.schedule.seconds)}"
    return f'at "{source.schedule.expression}" ({source.schedule.zone})'


def in_units(seconds: int) -> str:
    """A length of time as sources.toml writes it: "30m", "1d"."""
    units = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
    return next(f"{seconds // length}{unit}" for unit, length in units if seconds % length == 0)
