"""The lines of decisions.toml that make an alert of a search. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.core import toml

SERVICES: Mapping[str, tuple[str, str]] = {
    "mail": ("Mail", "mailtos://USER:${MAIL_PASSWORD}@mail.example.org?to=you@example.org"),
    "ntfy": ("ntfy (phone)", "ntfys://ntfy.sh/${NTFY_TOPIC}"),
    "slack": ("Slack", "slack://${SLACK_TOKEN}/#news"),
    "matrix": ("Matrix", "matrixs://USER:${MATRIX_PASSWORD}@matrix.example.org/#news"),
    "webhook": ("Webhook (JSON)", "jsons://hooks.example.org/dateline"),
}
"""Services that are offered, by their short name: the name for people, and an example of their address."""

_ORDER = (
    "name", "search", "ever", "what", "source", "tag", "severity", "status", "language", "author", "place", "edited",
    "when", "timezone", "deliver",
)  # fmt: skip


def lines(values: Mapping[str, Any]) -> str:
    """An [[alert]] with these values, as text to add to decisions.toml; empty ones are left out."""
    ordered = {name: values[name] for name in _ORDER if values.get(name)}
    return toml.appended("", "alert", ordered)
