"""Commands that are imported when they are asked for, because what they need takes long to import."""

from __future__ import annotations

from collections import UserDict
from pkgutil import resolve_name
from typing import Any

import click


class LazyCommands(UserDict[str, click.Command]):
    """Commands by name, as `click.Group.commands`. One that is set as "module:name" is imported at its first use."""

    def __init__(self, **late: str) -> None:
        super().__init__()
        self.data: dict[str, Any] = dict(late)

    def __getitem__(self, name: str) -> click.Command:
        found = self.data[name]
        if isinstance(found, str):
            found = self.data[name] = resolve_name(found)
        command: click.Command = found
        return command
