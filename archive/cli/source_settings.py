"""What the archive's own commands know of sources.toml, which only the crawler's rooms read.

The command line passes in the reader as the object of click's context.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from archive.core.errors import ArchiveError
from archive.core.model import Policy, Processing
from archive.store import search
from archive.store.runs import WatchedSource


@dataclass(frozen=True)
class SourceSettings:
    """What the commands here need of sources.toml: the source of each host, when articles are checked again, and the
    sources as the tables know them (None where there is no sources.toml), and where pages are read.
    """

    hosts: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    watched: tuple[WatchedSource, ...] | None = None
    processing: Processing = field(default_factory=Processing)


def tagged(ctx: click.Context, archive: Path, connection: sqlite3.Connection, tag: str) -> tuple[str, ...] | None:
    """The names of the sources with a tag, as sources.toml says; None, for all, without a tag.

    Raises ArchiveError, with all tags, if none has it.
    """
    if not tag:
        return None
    watched = settings_of(ctx, archive).watched
    if watched is None:
        pairs = sorted(search.source_tags(connection))
    else:
        pairs = sorted((each, source.name) for source in watched for each in source.tags)
    found = tuple(source for each, source in pairs if each == tag.strip().lower())
    if not found:
        there = ", ".join(dict.fromkeys(each for each, _ in pairs)) or "none"
        raise ArchiveError(f"No source has the tag {tag}; tags: {there}.")
    return found


def settings_of(ctx: click.Context, archive: Path) -> SourceSettings:
    """The settings of sources.toml. Only the crawler's rooms can read it, so the command line passes in the reader."""
    settings: SourceSettings = ctx.obj(archive) if ctx.obj else SourceSettings()
    return settings
