"""The names of hosts as browsers look them up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.hosts import ascii_host
from archive.core.urls import canonical


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gazette.EXAMPLE", "gazette.example"),
        ("hafengroße.example", "xn--hafengroe-n1a.example"),
        ("HAFENGROẞE.example", "xn--hafengroe-n1a.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("münster.example", "xn--mnster-3ya.example"),
        ("日本。example", "xn--wgv71a.example"),
        ("ｎｅｗｓ.example", "news.example"),
        ("☃.example", "xn--n3h.example"),
    ],
)
def test_the_ascii_form(name: str, expected: str) -> None:
    assert ascii_host(name) == expected
    assert canonical(f"https://{name}/a") == f"https://{expected}/a"


@pytest.mark.parametrize("name", ["a\u200db.example", "ü" * 300 + ".example", "\u0300a.example"])
def test_a_name_that_cannot_be(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_host(name)
    assert canonical(f"https://{name}/a") == ""


@given(st.text(max_size=80))
def test_any_name(name: str) -> None:
    try:
        found = ascii_host(name)
    except ValueError:
        return
    assert found.isascii()
    assert ascii_host(found) == found
