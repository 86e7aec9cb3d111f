"""What a message says, in plain words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.alerts.changes import Change
from archive.alerts.settings import Alert
from archive.text.wording import SEVERITY, count, day, moment, shortened

MOST = 20
"""Changes in one message; more of them make several messages."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""Control characters, and those that turn the direction of a line."""

_TITLE, _SUMMARY, _SUBJECT = 200, 400, 150
"""The most characters of each."""

_HEADS = {"new": "New", "edited": "Edited", "removed": "Taken down", "unwell": "Source unwell"}
_KINDS = {"new": "new release", "edited": "edit", "removed": "removal", "unwell": "source unwell"}
_MANY = {"unwell": "sources unwell"}


@dataclass(frozen=True)
class Message:
    """A subject on one line, and plain text."""

    subject: str
    body: str


def compose(alert: Alert, changes: Sequence[Change], site: str) -> Message:
    """The message about these changes (one at least); `site` is the public address of the archive's site, or ""."""
    if len(changes) == 1:
        subject = f"{alert.name}: {_head(changes[0])}: {_line(changes[0].title, _TITLE)}"
    else:
        kinds = dict.fromkeys(change.what for change in changes)
        counts = {what: sum(change.what == what for change in changes) for what in kinds}
        subject = (
            f"{alert.name}: {', '.join(count(n, _KINDS[what], _MANY.get(what, '')) for what, n in counts.items())}"
        )
    return Message(shortened(subject, _SUBJECT), "\n\n".join(_paragraph(change, site) for change in changes))


def sample(alert: Alert) -> Message:
    """A message that shows that the way works."""
    about = f"It will report: {', '.join(_HEADS[what].lower() for what in alert.what)}; {alert.when}."
    return Message(f"{alert.name}: test", f"This is a test of the alert “{alert.name}” of Dateline. {about}")


def with_id(body: str, identity: str) -> str:
    """The text with the id of its message: one that comes twice has the same id both times."""
    return f"{body}\n\nMessage {identity}"


def _paragraph(change: Change, site: str) -> str:
    if change.what == "unwell":
        lines = [
            f"{_head(change)}: {change.source_title}",
            f"Since {moment(change.at)}: {_line(change.text, _SUMMARY)}",
        ]
        return "\n".join(filter(None, [*lines, f"{site}/source/{change.source}" if site else "", change.url]))
    lines = [f"{_head(change)}: {_line(change.title, _TITLE) or 'Untitled'}", _source_and_days(change)]
    if change.summary:
        lines.append(_line(change.summary, _SUMMARY))
    lines += [f"{site}/article/{change.article}" if site else "", change.url]
    return "\n".join(line for line in lines if line)


def _head(change: Change) -> str:
    if change.what == "edited":
        return SEVERITY.get(change.severity, _HEADS["edited"])
    return _HEADS[change.what]


def _source_and_days(change: Change) -> str:
    """The source, the day that the release states, and when a change was seen."""
    stated = f", {day(change.day)}" if change.day else ""
    seen = f"; seen {moment(change.at[:16])} UTC" if change.what != "new" else ""
    return f"{change.source_title}{stated}{seen}"


def _line(text: str, limit: int) -> str:
    return shortened(" ".join(_CONTROL.sub(" ", text).split()), limit)
