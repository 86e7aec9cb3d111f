"""The name that the crawler gives itself, and the limits by kind of address."""

from __future__ import annotations

import pytest

from archive.page.html import MAX_BYTES
from crawler.fetch.settings import Limits, user_agent


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "Dateline/1.0"),
        ("https://archive.example/about", "Dateline/1.0 (+https://archive.example/about)"),
        ("a@b.example\r\nX: (y)", "Dateline/1.0 (+a@b.exampleX: y)"),
    ],
)
def test_the_contact_is_part_of_the_name(contact: str, agent: str) -> None:
    assert user_agent("Dateline/1.0", contact) == agent


def test_a_page_has_less_room_and_time_than_a_document_that_names_pages() -> None:
    limits = Limits(page_bytes=1, document_bytes=2, page_seconds=3, document_seconds=4)
    assert [limits.size(kind) for kind in ("page", "redirect", "feed", "robots")] == [1, 1, 2, 2]
    assert [limits.seconds(kind) for kind in ("page", "redirect", "robots", "sitemap")] == [3, 3, 3, 4]


def test_what_can_be_read_of_a_page_is_fetched() -> None:
    assert Limits().size("page") == MAX_BYTES
