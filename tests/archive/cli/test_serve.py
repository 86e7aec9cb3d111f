"""What `serve` refuses before it serves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commandline import dateline


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--hub", "hub.example"), "hub.example is no address; it begins with https:// or http://."),
        (("--hub", "ftp://hub.example/"), "ftp://hub.example/ is no address"),
        (("--hub", "https://[hub/"), "https://[hub/ is no address"),
        (("--rate", "-1"), "-1 is not in the range"),
    ],
)
def test_options_that_make_no_sense_are_named(tmp_path: Path, option: tuple[str, str], said: str) -> None:
    result = dateline("serve", *option, archive=tmp_path)
    assert result.exit_code == 2
    assert said in result.stderr
