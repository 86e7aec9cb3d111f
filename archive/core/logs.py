"""How log lines are written: for people, or one JSON object a line. Also by the processes that a command starts."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One JSON object a line: at (ISO 8601, UTC), level, logger, message, and traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, all in ASCII, so that nothing in it moves the terminal."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def log_as_child(as_json: bool) -> None:
    """Write the warnings of a process that a command started to standard error, in the form of the command's own."""
    handler = logging.StreamHandler(sys.stderr)
    lines = logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(JsonLines() if as_json else lines)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
