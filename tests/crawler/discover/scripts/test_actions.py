"""Addresses of scripts that do something, in place of showing a page."""

from __future__ import annotations

import pytest

from crawler.discover.scripts.actions import does_something


@pytest.mark.parametrize(
    ("address", "function", "does"),
    [
        ("/news/delete.do?id=", "", True),
        ("/news/boardDelete.do?id=", "", True),
        ("/news/list.do?mode=remove&id=", "", True),
        ("/news/like/", "", True),
        ("/drop.do", "fn_del", True),
        ("https://nets.example/sharer.php?u=", "", True),
        ("/news/view.do?id=", "fn_view", False),
        ("/share/news/view.do?id=", "", False),
        ("/news/deletions/", "showDetail", False),
        ("", "", False),
    ],
)
def test_an_address_does_something_by_its_end_or_by_its_function(address: str, function: str, does: bool) -> None:
    assert does_something(address, function) == does
