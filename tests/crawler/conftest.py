"""A crawler process with the side that owns it, and a site that it crawls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.owner import Owner
from tests.support.site import Site


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with Owner(tmp_path_factory.mktemp("archive")) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running
