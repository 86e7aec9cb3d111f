"""User names and passwords in addresses."""

from __future__ import annotations

import pytest

from archive.core.credentials import hidden, names_user, without_user


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ida:tide77@quill.example/news", "https://...@quill.example/news"),
        ("https://ida:ti/de@77@quill.example/news", "https://...@quill.example/news"),
        ("https://ida@quill.example", "https://...@quill.example"),
        ("ida:tide77@quill.example/news", "...@quill.example/news"),
        ("https://ida:tide77@[::1", "https://...@[::1"),
    ],
)
def test_a_user_and_a_password_are_known_and_hidden(address: str, shown: str) -> None:
    assert names_user(address)
    assert hidden(f'url: found "{address}", and more') == f'url: found "{shown}", and more'


def test_an_address_without_its_user() -> None:
    assert without_user("HTTP://ida:tide77@quill.example/a?b=@c#d") == "HTTP://quill.example/a?b=@c#d"
    assert without_user("//ida:ti@de77@quill.example") == "//quill.example"
    assert without_user("https://ida@[::1]:8080/@ida") == "https://[::1]:8080/@ida"
    assert without_user("urn:ida@quill.example") == "urn:ida@quill.example"


@pytest.mark.parametrize(
    "address",
    [
        "https://quill.example:8080/@harbour",
        "https://quill.example/@harbour",
        "https://quill.example/news?by=ida@quill.example",
        "https://quill.example/a:b@c",
        "quill.example/news",
        "ida@quill.example",
        "mailto:ida@quill.example",
        "",
    ],
)
def test_other_addresses_are_as_they_were(address: str) -> None:
    assert not names_user(address)
    assert without_user(address) == address
    assert hidden(address) == address
