"""Log lines of the processes that a command starts."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CODE = """
import logging, sys
from archive.core.logs import log_as_child
log_as_child(sys.argv[1] == "json")
logging.getLogger("uvicorn.error").warning("odd: %s", "a\\nb")
logging.getLogger("x").info("nothing")
"""


@pytest.mark.parametrize("form", ["json", "text"])
def test_warnings_are_written_in_the_form_that_was_asked_for(form: str) -> None:
    told = subprocess.run([sys.executable, "-c", CODE, form], capture_output=True, text=True, check=True).stderr
    if form == "json":
        (line,) = told.splitlines()
        said = json.loads(line)
        assert (said["level"], said["logger"], said["message"]) == ("warning", "uvicorn.error", "odd: a\nb")
    else:
        assert told.endswith(" WARNING odd: a\nb\n")
